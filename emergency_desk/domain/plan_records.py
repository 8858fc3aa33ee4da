"""The frozen records a contingency plan is made of: clauses, levels with their conditions, groups, actions, needs, contacts.

Which plan fits a call, and what follows from it, is decided in `domain.plans`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.texts import Text


class PlanKind(StrEnum):
    """Who makes a plan and what for. Source: 突发事件应急预案管理办法 Art. 7–16."""

    OVERALL = "overall"
    SPECIAL = "special"
    DEPARTMENT = "department"
    SUPPORT = "support"  # 保障类, and plans for important targets and infrastructure (Art. 11)
    EVENT = "event"  # 重大活动 (Art. 12)
    JOINT = "joint"  # 联合应急预案 of neighbouring areas or departments (Art. 13)
    CATASTROPHE = "catastrophe"  # 巨灾应急预案 (Art. 14)
    TOWNSHIP = "township"
    VILLAGE = "village"
    UNIT = "unit"


class Numerals(StrEnum):
    """How a desk writes response levels: Ⅰ to Ⅳ, or 一级 to 四级 as some plans do. The value is what its setting keeps."""

    ROMAN = "roman"
    CHINESE = "chinese"


class Level(StrEnum):
    """A response level, I the highest: what one tier does. Not a grade, not a warning (R-0.2). Sort by `rank`."""

    I = "I"  # noqa: E741 (the numeral is the name)
    II = "II"
    III = "III"
    IV = "IV"

    @property
    def rank(self) -> int:
        """1 for I … 4 for IV."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level, start=1)}


class PlanRole(StrEnum):
    """Who carries an action of a plan."""

    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    COMMANDER = "commander"
    COORDINATION = "grp_coord"
    RESCUE = "grp_rescue"
    MEDICAL = "grp_medical"
    ORDER = "grp_order"
    LOGISTICS = "grp_logistics"
    PUBLIC_INFO = "grp_public_info"
    AFTERMATH = "grp_aftermath"
    EXPERTS = "grp_experts"
    MONITORING = "grp_monitoring"
    EVACUATION = "grp_evacuation"


DESK_ROLES = frozenset({PlanRole.DUTY_OFFICER, PlanRole.DUTY_LEADER})  # held at every desk, plan or no plan
GROUP_FUNCTIONS = tuple(role for role in PlanRole if role.value.startswith("grp_"))


class PlanFact(StrEnum):
    """What an action may be met by (`meets`): once it happens at the action's tier, the action is done and nobody is asked for it again."""

    REPORT = "report"  # to a tier above, by whatever channel
    REPORT_PHONE = "report_phone"
    REPORT_WRITTEN = "report_written"
    REPORT_FOLLOW_UP = "report_follow_up"
    REPORT_LOSSES = "report_losses"  # 灾情: the family of disaster returns
    ACTIVATE = "activate"
    FORM_COMMAND = "form_command"
    HAND_OVER = "hand_over"  # the command, to a tier above
    TAKE_OVER = "take_over"  # the command, from a tier below


NO_TEXT = Text("")
MOST_CARD_STEPS = 7  # one page, read on the run (domain §3.5)
CONDITION_FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate", "at_risk", "loss_yuan")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One article a plan or a rule rests on. `number` is a document number or the date in force."""

    title: Text
    number: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause; a chapter has a title and may have no body. `tier` when it binds one tier alone."""

    number: str
    title: Text
    body: Text = NO_TEXT
    tier: Tier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing the plan asks for. `code` is GB/T 38565-2020's seven digits, or empty for an own item (R-5.2)."""

    id: str
    name: Text
    unit: Text
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a level or an action asks for: teams by capability, items by id, places for people in shelters."""

    teams: tuple[tuple[str, int], ...] = ()
    items: tuple[tuple[str, int], ...] = ()
    places: int = 0

    def __bool__(self) -> bool:
        return bool(self.teams or self.items or self.places)


NO_NEEDS = Needs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A named circumstance of a call, chosen by the officer or read from what was said. "10+层" means a number from 10 up."""

    id: str
    name: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """All parts must hold: each figure at least its number (以上 includes it), the grade at least as bad, each situation said.

    Without parts it holds for every incident of the plan's types.
    """

    figures: tuple[tuple[str, int], ...] = ()
    grade: Grade | None = None
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRule:
    """One level at one tier. One of its conditions suffices."""

    tier: Tier
    level: Level
    clause: str
    activated_by: Text
    activated_by_role: PlanRole
    conditions: tuple[Condition, ...]
    needs: Needs = NO_NEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    """One group of the on-site command (R-11.1). A plan may have several of one function, told apart by their names.

    `role` is the function; without it the id itself names it ("grp_rescue"). Raises ValueError where neither does.
    """

    id: str
    lead: Text
    members: tuple[Text, ...]
    duties: Text
    name: Text = NO_TEXT
    role: PlanRole | None = None

    def __post_init__(self) -> None:
        if self.function not in GROUP_FUNCTIONS:
            raise ValueError(self.id)

    @property
    def function(self) -> PlanRole:
        """Return what the group is for: owners of actions are named by it."""
        return self.role or PlanRole(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do. `due_minutes` counts from the desk's receipt of the report (T); it applies from `from_level` upward.

    `meets` names the act of the desk that does it; without it somebody says that it is done.
    """

    id: str
    clause: str
    tier: Tier
    role: PlanRole
    due_minutes: int
    from_level: Level
    title: Text
    needs: Needs = NO_NEEDS
    meets: PlanFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ring. Shipped plans leave the phone empty: the city fills it."""

    role: Text
    unit: Text
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStep:
    """One step of a response card: within how many minutes of the card's trigger, and what."""

    due_minutes: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCard:
    """One page for one post (处置卡): what starts it, at most seven steps, whom to report to, what never to do, when to get out.

    Source: 生产安全事故应急预案管理办法 Art. 19; domain §3.5.
    """

    id: str
    post: Text
    tier: Tier
    clause: str
    from_level: Level
    trigger: Text
    steps: tuple[CardStep, ...]
    reports_to: tuple[Contact, ...] = ()
    never: Text = NO_TEXT
    resources: Text = NO_TEXT
    withdraw_when: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of one plan. An empty `area_code` means any area of the tier; else the code's beginning ("3702", "370203").

    `parent` is the code of the plan above it, `aligned` those of the plans it works beside (相衔接的预案).
    """

    code: str
    version: str
    title: Text
    kind: PlanKind
    hazard_types: tuple[str, ...]
    tier: Tier
    area_code: str = ""
    parent: str = ""
    aligned: tuple[str, ...] = ()
    near_types: tuple[str, ...] = ()  # types without a plan of their own that may borrow this one (QD17 Art. 34)
    basis: tuple[LegalBasis, ...] = ()
    clauses: tuple[Clause, ...] = ()
    items: tuple[Item, ...] = ()
    situations: tuple[Situation, ...] = ()
    levels: tuple[LevelRule, ...] = ()
    work_groups: tuple[WorkGroup, ...] = ()
    actions: tuple[Action, ...] = ()
    contacts: tuple[Contact, ...] = ()
    cards: tuple[ResponseCard, ...] = ()

    def __hash__(self) -> int:
        return hash((self.code, self.version))  # what else it holds would take longer to hash than to read

    def clause(self, number: str) -> Clause | None:
        """Return the clause of a number, or None."""
        return next((clause for clause in self.clauses if clause.number == number), None)

    def item(self, id_: str) -> Item | None:
        """Return the item of an id, or None."""
        return next((item for item in self.items if item.id == id_), None)

    def situation(self, id_: str) -> Situation | None:
        """Return the situation of an id, or None."""
        return next((situation for situation in self.situations if situation.id == id_), None)

    def acts_at(self, tier: Tier) -> bool:
        """Say whether the plan sets levels for a tier."""
        return any(rule.tier is tier for rule in self.levels)

    def levels_of(self, tier: Tier) -> tuple[LevelRule, ...]:
        """Return the levels of a tier, the highest first."""
        return tuple(sorted((rule for rule in self.levels if rule.tier == tier), key=lambda rule: rule.level.rank))

    def level_rule(self, tier: Tier, level: Level) -> LevelRule | None:
        """Return the rule of a level at a tier, or None."""
        return next((rule for rule in self.levels if rule.tier == tier and rule.level == level), None)
