"""The survey of emergency resources (应急资源调查) as the registers tell it: what is there, what plans ask for, and where the two part.

Sources: 突发事件应急预案管理办法 (国办发〔2024〕5号) Art. 21 (own, convertible, of the cooperation area, stand-by of key
infrastructure, potential); GB/T 29639-2020 (own resources, those outside, gap analysis).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from emergency_desk.domain.agreements import Agreement, AgreementKind, counts_as_own
from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_stock import code_of
from emergency_desk.domain.plan_wants import PlanWants
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.supplies import SupplyPromise
from emergency_desk.domain.teams import BY_APPLICATION, BY_REQUEST, Team, TeamKind
from emergency_desk.domain.texts import Text


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
    """One capability: the teams that have it and are the desk's to order, and the most that a plan in use asks for at the desk's tier."""

    capability: str
    teams: int
    wanted: int = 0
    plan: str = ""  # the code of the plan that asks for it

    @property
    def gap(self) -> int:
        """How many are missing to what is asked for."""
        return max(0, self.wanted - self.teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Equipment that teams keep, added up by name and unit."""

    name: str
    unit: str
    count: int
    teams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGoods:
    """Goods that plans ask for: the most that one of them does, and what may be issued of it. `there` None: the stock keeps no such item."""

    name: Text
    unit: Text
    wanted: int
    plan: str
    there: int | None = None

    @property
    def gap(self) -> int:
        """How many are missing to what is asked for."""
        return max(0, self.wanted - (self.there or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedGoods:
    """An agreement about goods or a production line, never counted as stock (R-5.1)."""

    promise: SupplyPromise
    item: Text
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The shelters: how many, their places, how many of them have no known capacity, and the most places that a plan asks for."""

    sites: int = 0
    places: int = 0
    unknown: int = 0
    wanted: int = 0
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTeam:
    """One team of the list at the end, with the area it stands in."""

    name: Text
    code: str
    area: Text
    kind: TeamKind
    capabilities: tuple[str, ...]
    people: int | None
    ready: int | None
    vehicles: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCount:
    """The sites of one kind in one area straight below the desk's own (or in its own, or in none that is known)."""

    kind: SiteKind
    area: Text
    sites: int
    capacity: int
    unknown: int  # of them without a known capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCount:
    """The agreements of one kind about one capability; `as_own` may be counted as own means (GB 30077-2023 §8.3)."""

    kind: AgreementKind
    capability: str
    agreements: int
    in_force: int
    as_own: int


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """What the registers hold of the desk's area on one day. Sites stand with the area they lie in."""

    imprint: Imprint
    area: Text
    today: date
    kinds: tuple[KindCount, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    holes: tuple[tuple[Text, tuple[str, ...]], ...] = ()  # areas straight below, each with the capabilities that none of its teams has
    equipment: tuple[Held, ...] = ()
    places: Places = field(default_factory=Places)
    site_counts: tuple[SiteCount, ...] = ()
    sites: tuple[tuple[Site, Text], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    callable_teams: tuple[ListedTeam, ...] = ()  # of the city's fire and rescue, outside the area
    teams: tuple[ListedTeam, ...] = ()
    teams_in_all: int = 0  # the list may be shorter
    without_phone: int = 0
    goods: tuple[WantedGoods, ...] = ()
    stock_lines: int = 0  # lots on the shelves of the area's depots; 0: nothing was entered
    promises: tuple[PromisedGoods, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def agreed(self) -> tuple[AgreementCount, ...]:
        """The agreements counted by kind and capability."""
        found: dict[tuple[AgreementKind, str], list[Agreement]] = {}
        for one in self.agreements:
            found.setdefault((one.kind, one.capability), []).append(one)
        return tuple(AgreementCount(
            kind=kind, capability=capability, agreements=len(several), in_force=sum(one.is_valid_on(self.today) for one in several),
            as_own=sum(counts_as_own(one, self.today) for one in several)) for (kind, capability), several in found.items())

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


# -- counting ---------------------------------------------------------------------------------------------------------
def kinds_of(teams: Iterable[Team]) -> tuple[KindCount, ...]:
    """Count teams and people by kind."""
    by_kind: dict[TeamKind, list[Team]] = {}
    for team in teams:
        by_kind.setdefault(team.kind, []).append(team)
    return tuple(KindCount(
        kind=kind, teams=len(several), people=sum(team.people_total or 0 for team in several),
        ready=sum(team.people_ready or 0 for team in several), untold=sum(team.people_total is None for team in several))
        for kind in TeamKind if (several := by_kind.get(kind)))


def capacities(teams: Iterable[Team], plans: Iterable[PlanWants], tier: Tier, known: Iterable[str]) -> tuple[Capacity, ...]:
    """Hold the teams that can be ordered against the most that any plan asks for at a tier; forces that are asked or apply do not count."""
    have = Counter(name for team in teams if team.kind not in BY_REQUEST | BY_APPLICATION for name in team.capabilities)
    wanted: dict[str, tuple[int, str]] = {}
    for plan in plans:
        for level in plan.of_tier(tier):
            for name, count in level.needs.teams:
                wanted[name] = max(wanted.get(name, (0, "")), (count, plan.code), key=lambda told: told[0])
    names = [name for name in known if name in have or name in wanted]
    return tuple(Capacity(capability=name, teams=have[name], wanted=wanted.get(name, (0, ""))[0], plan=wanted.get(name, (0, ""))[1])
                 for name in names)


def holes(
    teams: Iterable[Team], below: Sequence[Area], plans: Iterable[PlanWants], part_of: Callable[[Id], Id | None], known: Iterable[str],
) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """Return for each area straight below the capabilities that plans ask for at its tier and that none of its teams has."""
    have: dict[Id | None, set[str]] = {}
    for team in teams:
        if team.kind not in BY_REQUEST | BY_APPLICATION:
            have.setdefault(part_of(team.area_id), set()).update(team.capabilities)
    every, order = list(plans), list(known)
    wanted = {tier: {name for plan in every for level in plan.of_tier(tier) for name, _count in level.needs.teams}
              for tier in {area.tier for area in below}}
    found = ((Text(area.name, area.name_en), tuple(name for name in order if name in wanted[area.tier] - have.get(area.id, set())))
             for area in below)
    return tuple((area, missing) for area, missing in found if missing)


def site_counts(sites: Iterable[Site], part_of: Callable[[Id | None], Text]) -> tuple[SiteCount, ...]:
    """Count the sites by kind and area, in the order in which the areas come."""
    found: dict[tuple[SiteKind, Text], list[Site]] = {}
    for site in sites:
        found.setdefault((site.kind, part_of(site.area_id)), []).append(site)
    return tuple(SiteCount(kind=kind, area=area, sites=len(several), capacity=sum(site.capacity or 0 for site in several),
                           unknown=sum(site.capacity is None for site in several)) for (kind, area), several in found.items())


def goods_of(plans: Iterable[PlanWants], tier: Tier, there: Callable[[Item], int | None]) -> tuple[WantedGoods, ...]:
    """Hold what may be issued of each of the goods against the most that any plan asks for at a tier."""
    wanted: dict[str, tuple[Item, int, str]] = {}
    for plan in plans:
        for level in plan.of_tier(tier):
            counts = dict(level.needs.items)
            for item in level.goods:
                count = counts.get(item.id, 0)
                if count > wanted.get(code_of(item), (item, 0, ""))[1]:
                    wanted[code_of(item)] = (item, count, plan.code)
    return tuple(WantedGoods(name=item.name, unit=item.unit, wanted=count, plan=code, there=there(item))
                 for item, count, code in wanted.values())


def equipment_of(teams: Iterable[Team]) -> tuple[Held, ...]:
    """Add up what teams keep, the most first."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for team in teams:
        for one in team.equipment:
            count, keepers = counts.get((one.name, one.unit), (0, 0))
            counts[(one.name, one.unit)] = (count + one.count, keepers + 1)
    made = (Held(name=name, unit=unit, count=count, teams=keepers) for (name, unit), (count, keepers) in counts.items())
    return tuple(sorted(made, key=lambda held: (-held.count, held.name)))


def places_of(sites: Iterable[Site], registered: Mapping[Id, int | None], plans: Iterable[PlanWants], tier: Tier) -> Places:
    """Hold the places of the shelters against the most that any plan asks for at a tier.

    `registered`: places by the register of shelters (R-6.2); what stands in no register counts by the site's own figure.
    """
    shelters = [site for site in sites if site.kind is SiteKind.SHELTER]
    places = [site.capacity if (told := registered.get(site.id)) is None else told for site in shelters]
    asked = [(level.needs.places, plan.code) for plan in plans for level in plan.of_tier(tier)]
    wanted, code = max(asked, default=(0, ""), key=lambda told: told[0])
    return Places(sites=len(shelters), places=sum(one or 0 for one in places), unknown=places.count(None), wanted=wanted,
                  plan=code if wanted else "")
