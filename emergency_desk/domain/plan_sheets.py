"""Frozen contents of the papers of a plan: the plan itself, its response cards, whom to ring, its filing; and the resource survey.

Sources: 突发事件应急预案管理办法 (国办发〔2024〕5号) Art. 21 (survey), 26 (filing); 生产安全事故应急预案管理办法 Art. 19 (cards).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import Plan, PlanKind, ResponseCard
from emergency_desk.domain.register import TeamLine
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import TeamKind
from emergency_desk.domain.texts import Text
from emergency_desk.domain.working_days import DueDay

NOTHING = Text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """How far a version has come: a model that nobody adopted, a draft, or issued with number and day."""

    is_adopted: bool = False  # issued here and in force
    number: str = ""  # 文号
    issued_on: date | None = None
    issued_by: str = ""
    approved_by: str = ""
    filed_on: date | None = None
    filing_number: str = ""


NOT_ADOPTED = PlanStanding()


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One version of a plan whole. `names` gives capabilities, `types` incident types and `titles` linked plans their words."""

    imprint: Imprint
    plan: Plan
    standing: PlanStanding = NOT_ADOPTED
    names: Mapping[str, Text] = field(default_factory=dict)
    types: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True)
class CardsSheet:
    """The response cards of a plan (处置卡), one page for one post."""

    imprint: Imprint
    plan: Plan
    cards: tuple[ResponseCard, ...]
    standing: PlanStanding = NOT_ADOPTED

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRing:
    """One contact of one or several plans. `from_register`: the phone is that of the unit of this name in the register."""

    tier: Tier
    unit: Text
    role: Text
    phone: str = ""
    from_register: bool = False
    plans: tuple[str, ...] = ()  # codes


@dataclass(frozen=True, slots=True)
class PlanContactsSheet:
    """Whom to ring, by tier and unit: of one plan, or of all plans in use where `plan` is None. `titles` are the plans' by code."""

    imprint: Imprint
    plan: Plan | None
    rows: tuple[ToRing, ...]
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRoute:
    """Where a plan is filed: with whom, through whose office, and who gets a copy. Source: PMM24 Art. 26."""

    with_whom: Text
    through: Text = NOTHING
    copies: tuple[Text, ...] = ()
    item: int = 0  # of the article's list; 0 where the list has none for it


@dataclass(frozen=True, slots=True)
class FilingSheet:
    """The filing form of a plan (备案表). `due` is the last day, where the day of issue is known."""

    imprint: Imprint
    plan: Plan
    route: FilingRoute
    area: Text
    standing: PlanStanding = NOT_ADOPTED
    due: DueDay | None = None
    types: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """The teams of one kind: how many, their people and those ready, and how many of them have not told their people."""

    kind: TeamKind
    teams: int
    people: int
    ready: int
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """One capability: teams that have it, and the most that any current plan asks for at the desk's tier, with that plan's code."""

    capability: str
    teams: int
    wanted: int = 0
    plan: str = ""

    @property
    def gap(self) -> int:
        """How many are missing to what is asked for."""
        return max(0, self.wanted - self.teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Equipment that teams keep, added up by name and unit."""

    name: str
    count: int
    unit: str
    teams: int


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """What the registers hold of the desk's area on one day (应急资源调查报告). Teams and sites stand with the area they lie in."""

    imprint: Imprint
    area: Text
    today: date
    kinds: tuple[KindCount, ...] = ()
    teams: tuple[tuple[TeamLine, Text], ...] = ()
    capacities: tuple[Capacity, ...] = ()
    holes: tuple[tuple[Text, tuple[str, ...]], ...] = ()  # areas straight below, each with the capabilities that none of its teams has
    equipment: tuple[Held, ...] = ()
    sites: tuple[tuple[Site, Text], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    asked_items: int = 0  # kinds of goods that the plans ask for; stock is not kept, so none can be counted
    wanted_places: int = 0
    names: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


PlanPaper = PlanSheet | CardsSheet | PlanContactsSheet | FilingSheet | SurveySheet


def filing_route(kind: PlanKind, tier: Tier) -> FilingRoute:
    """Return where a plan of a kind and a tier is filed. Source: 突发事件应急预案管理办法 Art. 26 (the seven routes)."""
    upper, upper_office = _UPPER[tier]
    if kind is PlanKind.VILLAGE:
        return FilingRoute(with_whom=Text("乡镇人民政府（街道办事处）", "the township government (street office)"), item=6)
    if kind is PlanKind.TOWNSHIP:
        return FilingRoute(with_whom=upper, through=upper_office, item=6)
    if kind is PlanKind.OVERALL:
        return FilingRoute(with_whom=upper, through=upper_office, item=1)
    if kind is PlanKind.DEPARTMENT:
        return FilingRoute(with_whom=Text("本级人民政府", "the government of the same tier"),
                           through=Text("本级应急管理部门", "its emergency management department"),
                           copies=(Text("上一级行业主管部门", "the department in charge one tier up"),), item=3)
    if kind is PlanKind.JOINT:
        return FilingRoute(with_whom=_LEAD, copies=(Text("联合各方共同的上一级应急管理部门",
                                                         "the emergency management department above all parties"),), item=4)
    if kind is PlanKind.UNIT:
        return FilingRoute(with_whom=Text("按《突发事件应急预案管理办法》第二十六条和行业规定报所在地有关部门",
                                          "the department concerned where the unit lies, by Art. 26 and the rules of the trade"))
    return FilingRoute(with_whom=_LEAD, copies=(Text("上一级应急管理部门", "the emergency management department one tier up"),), item=2)


_LEAD = Text("上一级相应牵头部门", "the department in the lead for it one tier up")
_UPPER: dict[Tier, tuple[Text, Text]] = {
    tier: (Text(f"上一级人民政府（{zh}）", f"the government one tier up ({en})"),
           Text(f"{zh[:-4]}应急管理部门" if zh.endswith("人民政府") else "上一级应急管理部门", f"the emergency management department of the {en}"))
    for tier, (zh, en) in {
        Tier.NATION: ("国务院", "State Council"), Tier.PROVINCE: ("国务院", "State Council"), Tier.CITY: ("省人民政府", "province"),
        Tier.DISTRICT: ("市人民政府", "city"), Tier.STREET: ("区（市）人民政府", "district"), Tier.VILLAGE: ("乡镇人民政府", "township")}.items()
}
