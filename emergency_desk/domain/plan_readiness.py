"""Could we fight this plan tonight? What each level of a plan asks for, held against today's teams, shelters and stock.

**Teams.** Who counts is decided by the recommendation's own checks (`judgement`): free, ready, certificate and agreement valid, this
tier's to order, within its radius of the area's middle. One team fills one place, the most places that can be filled at once.
**Shelters** are the sites of that kind that are in use and have a known capacity, within the tier's area. **Items** are what the depots of the
area may issue tonight (`plan_shelf`); too little is red, what expires within a month is not relied on, and what no ledger keeps is
never green. **Two plans** that want more of a team than there is, each at this level, are both amber.

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
from emergency_desk.domain.plan_records import NO_TEXT, Level, Needs, Plan
from emergency_desk.domain.plan_shelf import Shelf
from emergency_desk.domain.plans import needs_for
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.roster import CAN, Roster
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import TravelSettings

MOST_AREAS = 40  # of one tier; a house limit


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
    shelf: Shelf | None = None


def readiness(plan: Plan, plans: Iterable[Plan], tonight: Tonight, *, tiers: Sequence[Tier] = LADDER) -> tuple[LevelReadiness, ...]:
    """Return how each level of each tier of a plan stands tonight, street first, the highest level first."""
    others = [other for other in plans if other.code != plan.code]
    lines = []
    for tier in tiers:
        areas = _areas(tonight.roster.tree, tonight.desk_area_id, tier)
        if areas and plan.levels_of(tier):
            lines += _of_tier(plan, others, tier, areas, tonight)
    return tuple(lines)


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


def _of_tier(plan: Plan, others: list[Plan], tier: Tier, areas: list[Area], tonight: Tonight) -> list[LevelReadiness]:
    wants = {rule.level: needs_for(plan, tier, rule.level) for rule in plan.levels_of(tier)}
    rivals = {level: [(other, needs) for other in others for needs in [_at_or_below(other, tier, level)] if needs] for level in wants}
    capabilities = {name for needs in wants.values() for name, _count in needs.teams}
    kinds = _Kinds(tonight.roster, sorted(capabilities))
    grounds = [_Forces(area, kinds, tonight) for area in areas]
    lines = []
    for rule in plan.levels_of(tier):
        judged = [LevelReadiness(
            tier=tier, level=rule.level, clause=rule.clause, area_id=forces.area.id, areas=len(areas),
            shortfalls=tuple(forces.shortfalls(plan, wants[rule.level], rivals[rule.level]))) for forces in grounds]
        worst_of = min(range(len(judged)), key=lambda place: (judged[place].colour.rank, -_missing(judged[place])))
        lines.append(grounds[worst_of].explained(judged[worst_of]))
    return lines


def _at_or_below(plan: Plan, tier: Tier, level: Level) -> Needs:
    """Return what another plan wants at the same level of a tier, or at its nearest lower one."""
    rule = next((rule for rule in plan.levels_of(tier) if rule.level.rank >= level.rank), None)
    return needs_for(plan, tier, rule.level) if rule else Needs()


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

    def shortfalls(self, plan: Plan, needs: Needs, rivals: list[tuple[Plan, Needs]]) -> list[Shortfall]:
        """Return what binds, in the order in which it is told."""
        met = self._met(dict(needs.teams))
        found = [Shortfall(kind=ShortfallKind.TEAMS, what=name, wanted=count, there=met[name])
                 for name, count in needs.teams if met[name] < count]
        if needs.places > self.places:
            found.append(Shortfall(kind=ShortfallKind.PLACES, wanted=needs.places, there=self.places, unknown=self._unknown))
        on_shelf = self._items(plan, needs)
        found += [one for one in on_shelf if one.kind.is_red]
        found += self._wanted_by_two(needs, rivals, {one.what for one in found})
        return found + [one for one in on_shelf if not one.kind.is_red]

    def _items(self, plan: Plan, needs: Needs) -> list[Shortfall]:
        """Return what the shelves lack of what is asked for."""
        shelf, tree = self._tonight.shelf, self._tonight.roster.tree
        if shelf is None:
            return [Shortfall(kind=ShortfallKind.NO_STOCK, unknown=len(needs.items))] if needs.items else []
        known, found, unkept = {item.id: item for item in plan.items}, [], 0
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

    def _wanted_by_two(self, needs: Needs, rivals: list[tuple[Plan, Needs]], short: set[str]) -> list[Shortfall]:
        """Return, for each other plan that could not be met besides, the first team or the places both want."""
        found = []
        for other, theirs in rivals:
            own, both = dict(needs.teams), Counter(dict(needs.teams))
            both.update({name: count for name, count in theirs.teams if name in own})
            shared = [name for name in own if both[name] > own[name] and name not in short]
            met = self._met(both) if shared else Counter[str]()
            name = next((each for each in shared if met[each] < both[each]), None)
            if name is not None:
                found.append(Shortfall(kind=ShortfallKind.SHARED_TEAMS, what=name, wanted=both[name], there=met[name], other_plan=other.title))
            elif needs.places and theirs.places and needs.places <= self.places < needs.places + theirs.places:
                found.append(Shortfall(kind=ShortfallKind.SHARED_PLACES, wanted=needs.places + theirs.places, there=self.places,
                                       other_plan=other.title))
        return found

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
