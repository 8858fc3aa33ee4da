"""Could we fight this plan tonight? What each level of a plan asks for, held against today's teams, shelters and stock.

**Teams.** Who counts is decided by the recommendation's own checks (`judgement`): free, ready, certificate and agreement valid, this
tier's to order, within its radius of the area's middle. One team fills one place, the most places that can be filled at once.
**Shelters** are the sites of that kind that are in use and have a known capacity, within the tier's area. **Items** are what the depots of the
area may issue tonight (`plan_stock`); too little is red, what expires within a month is not relied on, and what no ledger keeps is
never green. **Two plans** that want more of a team than there is, each at this level, are both amber. A level that **asks for nothing** is
amber: nobody wrote what it takes, and a call will ask for what its type of incident needs.

A tier above the desk is judged for the area of that tier the desk lies in; a tier below for each of its areas, and the worst speaks.
Where there are too many of them (the streets of a city, which answer to their districts) the tier is left to the desks between.
Colours are a house rule: red, something cannot be met; amber, it could be met and something stands against relying on it; green.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress

from emergency_desk.domain.areas import LADDER, Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.judgement import Judgement, Question
from emergency_desk.domain.matching import Places
from emergency_desk.domain.plan_records import NO_NEEDS, NO_TEXT, Item, Level, Needs, Plan
from emergency_desk.domain.plan_stock import StockTonight
from emergency_desk.domain.plan_wants import PlanWants, wants_of
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.roster import CAN, Roster
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import TravelSettings

MOST_AREAS = 40  # of one tier; a house limit
_MOST_TOLD = 12  # other plans that want the same; nobody reads more


class Readiness(StrEnum):
    """The answer in one colour."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("red", "amber", "green").index(self.value)


class ShortfallKind(StrEnum):
    """What binds, in the order in which it is told."""

    TEAMS = "teams"
    PLACES = "places"
    ITEMS = "items"
    SHARED_TEAMS = "shared_teams"
    SHARED_PLACES = "shared_places"
    EXPIRING_ITEMS = "expiring_items"
    NOT_KEPT = "not_kept"
    NO_STOCK = "no_stock"
    ASKS_NOTHING = "asks_nothing"

    @property
    def is_red(self) -> bool:
        """Say whether the level cannot be met."""
        return self in (ShortfallKind.TEAMS, ShortfallKind.PLACES, ShortfallKind.ITEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """One thing that binds. `what` is a capability, `item` the name of an item; `others` says why further teams that have it do not count,
    and `elsewhere` how many could go and fill another need of the level.

    `unknown` counts shelters whose capacity nobody noted, or for NO_STOCK and NOT_KEPT the kinds of items that are asked for.
    """

    kind: ShortfallKind
    what: str = ""
    wanted: int = 0
    there: int = 0
    others: tuple[tuple[ReasonNot, int], ...] = ()
    elsewhere: int = 0
    unknown: int = 0
    other_plan: Text = NO_TEXT
    item: Text = NO_TEXT
    unit: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelReadiness:
    """One level of one tier tonight. `area_id` is the area that was judged; of several the worst, `areas` how many there are."""

    tier: Tier
    level: Level
    clause: str
    area_id: Id
    areas: int = 1
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def colour(self) -> Readiness:
        """Return the colour."""
        if any(one.kind.is_red for one in self.shortfalls):
            return Readiness.RED
        return Readiness.AMBER if self.shortfalls else Readiness.GREEN

    @property
    def first(self) -> Shortfall | None:
        """Return the first binding shortfall, or None."""
        return self.shortfalls[0] if self.shortfalls else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """What stands ready: the teams, the sites, the shelves (None when no stock is kept), and for which desk it is asked."""

    roster: Roster
    sites: tuple[Site, ...]
    desk_area_id: Id
    travel: TravelSettings
    stock: StockTonight | None = None


def readiness(
    plan: Plan | PlanWants, plans: Iterable[Plan | PlanWants] | Rivals, tonight: Tonight, *, tiers: Sequence[Tier] = LADDER,
) -> tuple[LevelReadiness, ...]:
    """Return how each level of each tier of a plan stands tonight, street first, the highest level first. A plan is asked for its wants alone."""
    own, others = _wants(plan), plans if isinstance(plans, Rivals) else Rivals(map(_wants, plans))
    lines = []
    for tier in tiers:
        areas = _areas(tonight.roster.tree, tonight.desk_area_id, tier)
        if areas and own.of_tier(tier):
            lines += _of_tier(own, others, tier, areas, tonight)
    return tuple(lines)


def _wants(plan: Plan | PlanWants) -> PlanWants:
    return plan if isinstance(plan, PlanWants) else wants_of(plan)


def worst(lines: Iterable[LevelReadiness]) -> Readiness | None:
    """Return the worst colour, or None when there is nothing to judge."""
    return min((line.colour for line in lines), key=lambda colour: colour.rank, default=None)


def _areas(tree: AreaTree, desk_area_id: Id, tier: Tier) -> list[Area]:
    """Return the areas of a tier that a desk looks at: the one it lies in, else those below it."""
    above = tree.at_tier(desk_area_id, tier)
    if above is not None:
        return [above]
    found, open_areas = [], tree.living_children(desk_area_id)
    while open_areas:
        area = open_areas.pop()
        if area.tier is tier:
            found.append(area)
        else:
            open_areas += tree.living_children(area.id)
    return sorted(found, key=lambda area: (area.code, area.name)) if len(found) <= MOST_AREAS else []


def _of_tier(plan: PlanWants, others: Rivals, tier: Tier, areas: list[Area], tonight: Tonight) -> list[LevelReadiness]:
    wants = plan.of_tier(tier)
    near = [rival for rival in others.at(tier, without=plan.code) if any(_touch(area.code, rival.area_code) for area in areas)]
    kinds = _Kinds(tonight.roster, sorted({name for one in wants for name, _count in one.needs.teams}))
    grounds = [_Forces(area, kinds, tonight) for area in areas]
    lines = []
    for one in wants:
        rivals = [rival for rival in (each.of(one.needs, one.level) for each in near) if rival is not None]
        judged = [LevelReadiness(
            tier=tier, level=one.level, clause=one.clause, area_id=forces.area.id, areas=len(areas),
            shortfalls=tuple(forces.shortfalls(one.needs, one.goods, rivals, most=1))) for forces in grounds]
        worst_of = min(range(len(judged)), key=lambda place: (judged[place].colour.rank, -_missing(judged[place])))
        told = replace(judged[worst_of], shortfalls=tuple(grounds[worst_of].shortfalls(one.needs, one.goods, rivals, most=_MOST_TOLD)))
        lines.append(grounds[worst_of].explained(told))
    return lines


@dataclass(frozen=True, slots=True)
class _Rival:
    """What another plan wants of that which is wanted here."""

    title: Text
    area_code: str
    teams: tuple[tuple[str, int], ...]
    places: int

    def is_within(self, other: _Rival) -> bool:
        """Say whether another one wants as much of everything."""
        more = dict(other.teams)
        return self.places <= other.places and all(count <= more.get(name, 0) for name, count in self.teams)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a plan wants at each level of one tier, the highest first, as (rank, needs). Of plans that want the same the first speaks."""

    title: Text
    area_code: str
    wants: tuple[tuple[int, Needs], ...]

    def of(self, needs: Needs, level: Level) -> _Rival | None:
        """Return what it wants of the same capabilities and places at a level, or at its nearest lower one; None where that is nothing."""
        theirs = next((wants for rank, wants in self.wants if rank >= level.rank), NO_NEEDS)
        own = {name for name, _count in needs.teams}
        teams = tuple((name, count) for name, count in theirs.teams if name in own)
        places = theirs.places if needs.places else 0
        return _Rival(self.title, self.area_code, teams, places) if teams or places else None


def _greedy_first(numbered: tuple[int, _Rival]) -> tuple[int, int, int]:
    number, rival = numbered
    return -sum(count for _name, count in rival.teams), -rival.places, number


class Rivals:
    """The plans in force as rivals for teams and places, put together once for all questions: many want the very same."""

    def __init__(self, plans: Iterable[PlanWants]) -> None:
        self._groups: dict[Tier, dict[tuple[str, tuple[tuple[int, Needs], ...]], list[tuple[str, Text]]]] = {}
        for plan in plans:
            for tier in dict.fromkeys(one.tier for one in plan.levels):
                key = (plan.area_code, tuple((one.level.rank, one.needs) for one in plan.of_tier(tier)))
                alike = self._groups.setdefault(tier, {}).setdefault(key, [])
                if len(alike) < 2:  # one speaks for all; a second one where the first is the plan that asks
                    alike.append((plan.code, plan.title))

    def at(self, tier: Tier, *, without: str) -> list[_Standing]:
        """Return what others than one plan want at a tier."""
        found = []
        for (area_code, wants), alike in self._groups.get(tier, {}).items():
            title = next((title for code, title in alike if code != without), None)
            if title is not None:
                found.append(_Standing(title, area_code, wants))
        return found


def _touch(area_code: str, plan_area: str) -> bool:
    """Say whether a plan's area and another one have ground in common; an area without a code may lie anywhere."""
    return not area_code or area_code.startswith(plan_area) or plan_area.startswith(area_code)


def _missing(line: LevelReadiness) -> int:
    return sum(one.wanted - one.there for one in line.shortfalls if one.kind is ShortfallKind.TEAMS)


class _Kinds:
    """The roster's rows by what they can do of what is wanted, found once for all areas."""

    def __init__(self, roster: Roster, names: list[str]) -> None:
        nothing, numbers = bytes(len(roster)), dict[tuple[bool, ...], int]()
        columns = [map(CAN.__eq__, roster.capabilities.get(name, nothing)) for name in names]
        self.names = names
        self.of_row = [numbers.setdefault(can, len(numbers)) for can in zip(*columns, strict=True)] if names else []
        self.can = [tuple(compress(names, can)) for can in numbers]


class _Forces:
    """What one area's desk could send and open tonight."""

    def __init__(self, area: Area, kinds: _Kinds, tonight: Tonight) -> None:
        self.area, self._tonight = area, tonight
        question = Question(needs=dict.fromkeys(kinds.names, 1), place=None, area_id=area.id, desk_area_id=area.id, travel=tonight.travel)
        self._judged = Judgement(tonight.roster, question)
        alike = Counter(compress(kinds.of_row, self._judged.could_go))
        self._alike = sorted(((kinds.can[kind], count) for kind, count in alike.items()), key=lambda each: (len(each[0]), each[0]))
        self._shelters(tonight)

    def _shelters(self, tonight: Tonight) -> None:
        tree = tonight.roster.tree
        here = [site for site in tonight.sites if site.kind is SiteKind.SHELTER and not site.is_retired and site.area_id is not None
                and tree.is_within(site.area_id, self.area.id)]
        self.places = sum(site.capacity or 0 for site in here)
        self._unknown = sum(site.capacity is None for site in here)

    def shortfalls(self, needs: Needs, goods: tuple[Item, ...], rivals: list[_Rival], *, most: int) -> list[Shortfall]:
        """Return what binds, in the order in which it is told; of other plans that want the same at most so many."""
        if not needs:
            return [Shortfall(kind=ShortfallKind.ASKS_NOTHING)]
        met = self._met(dict(needs.teams))
        found = [Shortfall(kind=ShortfallKind.TEAMS, what=name, wanted=count, there=met[name])
                 for name, count in needs.teams if met[name] < count]
        if needs.places > self.places:
            found.append(Shortfall(kind=ShortfallKind.PLACES, wanted=needs.places, there=self.places, unknown=self._unknown))
        on_shelf = self._items(goods, needs)
        found += [one for one in on_shelf if one.kind.is_red]
        if most > 1 or not (found or on_shelf):  # one that binds gives the colour already
            found += self._wanted_by_two(needs, rivals, {one.what for one in found}, most)
        return found + [one for one in on_shelf if not one.kind.is_red]

    def _items(self, goods: tuple[Item, ...], needs: Needs) -> list[Shortfall]:
        """Return what the shelves lack of what is asked for."""
        shelf, tree = self._tonight.stock, self._tonight.roster.tree
        if shelf is None:
            return [Shortfall(kind=ShortfallKind.NO_STOCK, unknown=len(needs.items))] if needs.items else []
        known, found, unkept = {item.id: item for item in goods}, [], 0
        for name, wanted in needs.items:
            item = known.get(name)
            there = shelf.of(item, lambda area: tree.is_within(area, self.area.id)) if item is not None else None
            if item is None or there is None:
                unkept += 1
            elif there.lasting < wanted:
                kind, count = ((ShortfallKind.ITEMS, there.there) if there.there < wanted else (ShortfallKind.EXPIRING_ITEMS, there.lasting))
                found.append(Shortfall(kind=kind, what=name, wanted=wanted, there=count, item=item.name, unit=item.unit))
        return [*found, *([Shortfall(kind=ShortfallKind.NOT_KEPT, unknown=unkept)] if unkept else [])]

    def _met(self, needs: Mapping[str, int]) -> Counter[str]:
        """Return how many places of each capability can be filled at once."""
        places, row = Places(needs), 0
        for can, count in self._alike:
            if not places.free:
                break
            for _each in range(min(count, sum(needs.get(name, 0) for name in can))):
                places.take(row, can)
                row += 1
        return Counter(places.served().values())

    def _wanted_by_two(self, needs: Needs, rivals: list[_Rival], short: set[str], most: int) -> list[Shortfall]:
        """Return, for the first plans that could not be met besides, the first team or the places both want.

        The greedy ones are tried first: where one can be met, so can all that want no more.
        """
        found: dict[int, Shortfall] = {}
        easy: list[_Rival] = []
        for number, rival in sorted(self._distinct(rivals), key=_greedy_first):
            if len(found) >= most:
                break
            if any(rival.is_within(other) for other in easy):
                continue
            shortfall = self._with_rival(needs, rival, short)
            if shortfall is None:
                easy.append(rival)
            else:
                found[number] = shortfall
        return [found[number] for number in sorted(found)]

    def _distinct(self, rivals: list[_Rival]) -> list[tuple[int, _Rival]]:
        """Return the rivals on this ground with their number; of those that want the same the first."""
        firsts: dict[tuple[object, ...], tuple[int, _Rival]] = {}
        for number, rival in enumerate(rivals):
            if _touch(self.area.code, rival.area_code):
                firsts.setdefault((rival.teams, rival.places), (number, rival))
        return list(firsts.values())

    def _with_rival(self, needs: Needs, rival: _Rival, short: set[str]) -> Shortfall | None:
        own, both = dict(needs.teams), Counter(dict(needs.teams))
        both.update(dict(rival.teams))
        shared = [name for name in own if both[name] > own[name] and name not in short]
        met = self._met(both) if shared else Counter[str]()
        name = next((each for each in shared if met[each] < both[each]), None)
        if name is not None:
            return Shortfall(kind=ShortfallKind.SHARED_TEAMS, what=name, wanted=both[name], there=met[name], other_plan=rival.title)
        if needs.places and rival.places and needs.places <= self.places < needs.places + rival.places:
            return Shortfall(kind=ShortfallKind.SHARED_PLACES, wanted=needs.places + rival.places, there=self.places, other_plan=rival.title)
        return None

    def explained(self, line: LevelReadiness) -> LevelReadiness:
        """Return a line whose missing teams say why further ones that have the capability do not count, in the order of the checks."""
        told = []
        for one in line.shortfalls:
            if one.kind is ShortfallKind.TEAMS:
                counts = self._judged.bars_of(one.what)
                one = replace(one, others=tuple((reason, counts[reason]) for reason in ReasonNot if counts[reason]),
                              elsewhere=self._judged.count_able(one.what) - one.there)
            told.append(one)
        return replace(line, shortfalls=tuple(told))
