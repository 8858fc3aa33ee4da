"""Could we fight this plan tonight? What each level of a plan asks for, held against today's teams, shelters and stock.

**Teams.** Who counts is decided by the recommendation's own checks (`judgement`): free, ready, certificate and agreement valid, this
tier's to order, within its radius of the area's middle. One team fills one place, the most places that can be filled at once.
**Shelters** are those of the register within the tier's area that may be opened for the plan's hazards, with the places still free
(`plan_shelters`); what only a reason opens is amber. **Items** are what the depots of the area may issue tonight, with what the teams that the
level sends bring along, on the spot in time (`plan_stock`, `plan_carried`, `plan_wants`): too little is red, too late is red, a way that nobody
can tell and what expires within a month are not relied on, and what no ledger keeps is never green. **Two plans** that want more of a team, of
places or of goods than there is, each at this level, are both amber. A level that **asks for nothing** is amber: nobody wrote what it takes, and
a call will ask for what its type of incident needs.

A tier above the desk is judged for the area of that tier the desk lies in; a tier below for each of its areas, and the worst speaks.
Where there are too many of them (the streets of a city, which answer to their districts) the tier is left to the desks between.
Colours are a house rule: red, something cannot be met; amber, it could be met and something stands against relying on it; green.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import compress

from emergency_desk.domain.areas import LADDER, Area, AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.judgement import Judgement, Question
from emergency_desk.domain.matching import Places
from emergency_desk.domain.plan_carried import Candidate, Keeping, sent_for, when_wanted, with_carried
from emergency_desk.domain.plan_records import NO_TEXT, Item, Level, Plan
from emergency_desk.domain.plan_rivals import Rival, Rivals, greedy_first, touch
from emergency_desk.domain.plan_shelters import NO_ROOM, NoPlaces, SheltersTonight
from emergency_desk.domain.plan_stock import Carrier, Goods, StockHere, StockTonight, code_of
from emergency_desk.domain.plan_wants import GoodsBy, LevelWants, PlanWants, earliest, wants_of
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.roster import CAN, Roster
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
    LATE_ITEMS = "late_items"
    DOUBTFUL_PLACES = "doubtful_places"
    SHARED_TEAMS = "shared_teams"
    SHARED_PLACES = "shared_places"
    SHARED_ITEMS = "shared_items"
    WAY_UNKNOWN = "way_unknown"
    EXPIRING_ITEMS = "expiring_items"
    NOT_KEPT = "not_kept"
    NO_STOCK = "no_stock"
    ASKS_NOTHING = "asks_nothing"

    @property
    def is_red(self) -> bool:
        """Say whether the level cannot be met."""
        return self in _RED


_RED = frozenset({ShortfallKind.TEAMS, ShortfallKind.PLACES, ShortfallKind.ITEMS, ShortfallKind.LATE_ITEMS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """One thing that binds. `what` is a capability, `item` the name of an item; `others` says why further teams that have it do not count,
    and `elsewhere` how many could go and fill another need of the level.

    `barred` says why shelters do not count, and `doubtful` how many places only a reason opens. `carried` of `there` come with the teams that
    are sent, which `is_with_teams` says are waited for; `is_team`: what is late is a team's. `unknown` counts for NO_STOCK and NOT_KEPT the
    kinds of items that are asked for, for WAY_UNKNOWN how many lie where no way can be told. `by_minutes` is when the goods are wanted, None
    where the plan names no time; `depot` has `late` of them on the spot `arrives` minutes after T.
    """

    kind: ShortfallKind
    what: str = ""
    wanted: int = 0
    there: int = 0
    others: tuple[tuple[ReasonNot, int], ...] = ()
    elsewhere: int = 0
    barred: tuple[tuple[NoPlaces, int], ...] = ()
    doubtful: int = 0
    unknown: int = 0
    other_plan: Text = NO_TEXT
    item: Text = NO_TEXT
    unit: Text = NO_TEXT
    by_minutes: int | None = None
    depot: str = ""
    late: int = 0
    arrives: int = 0
    carried: int = 0
    is_with_teams: bool = False
    is_team: bool = False


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
    """What stands ready: the teams, the shelters, the shelves (None when no stock is kept), and for which desk it is asked."""

    roster: Roster
    desk_area_id: Id
    travel: TravelSettings
    shelters: SheltersTonight = field(default_factory=SheltersTonight)
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
    near = [rival for rival in others.at(tier, without=plan.code) if any(touch(area.code, rival.area_code) for area in areas)]
    kinds = _Kinds(tonight.roster, sorted({name for one in wants for name, _count in one.needs.teams}))
    keeping = Keeping({item.id: item for one in wants for item in one.goods}.values())
    grounds = [_Forces(area, kinds, tonight, plan, keeping) for area in areas]
    lines = []
    for one in wants:
        rivals = [rival for rival in (each.of(one) for each in near) if rival is not None]
        judged = [LevelReadiness(
            tier=tier, level=one.level, clause=one.clause, area_id=forces.area.id, areas=len(areas),
            shortfalls=tuple(forces.shortfalls(one, rivals, most=1))) for forces in grounds]
        worst_of = min(range(len(judged)), key=lambda place: (judged[place].colour.rank, -_missing(judged[place])))
        told = replace(judged[worst_of], shortfalls=tuple(grounds[worst_of].shortfalls(one, rivals, most=_MOST_TOLD)))
        lines.append(grounds[worst_of].explained(told))
    return lines


def _missing(line: LevelReadiness) -> int:
    return sum(one.wanted - one.there for one in line.shortfalls if one.kind is ShortfallKind.TEAMS)


def _lacking(item: Item, goods: Goods, by: list[GoodsBy]) -> list[Shortfall]:
    """Return a list of at most one: what binds of one item; too little before too late, too late before what is not relied on."""
    doubtful: list[Shortfall] = []
    everything, most = goods.all(), max((one.count for one in by), default=0)
    if everything.there < most:
        return [Shortfall(kind=ShortfallKind.ITEMS, what=item.id, wanted=most, there=everything.there, item=item.name, unit=item.unit,
                          carried=goods.carried(None))]
    for one in by:
        known = goods.by(one.minutes)
        if known.there >= one.count and known.lasting >= one.count:
            continue
        at_best = goods.by_at_best(one.minutes)
        short = Shortfall(kind=ShortfallKind.LATE_ITEMS, what=item.id, wanted=one.count, there=known.there, item=item.name, unit=item.unit,
                          by_minutes=one.minutes, is_with_teams=bool(one.goes_with))
        late = goods.late_for(one.minutes, one.count) if one.minutes is not None and at_best.there < one.count else None
        if late is not None:
            return [replace(short, carried=goods.carried(one.minutes), depot=late.depot.name, late=late.quantity, arrives=late.arrives,
                            is_team=isinstance(late.depot, Carrier))]
        if known.there < one.count:
            doubtful.append(replace(short, kind=ShortfallKind.WAY_UNKNOWN, unknown=at_best.there - known.there))
        elif known.lasting < one.count:
            doubtful.append(replace(short, kind=ShortfallKind.EXPIRING_ITEMS, there=known.lasting))
    return doubtful[:1]


class _Kinds:
    """The roster's rows by what they can do of what is wanted, found once for all areas."""

    def __init__(self, roster: Roster, names: list[str]) -> None:
        nothing, numbers = bytes(len(roster)), dict[tuple[bool, ...], int]()
        columns = [map(CAN.__eq__, roster.capabilities.get(name, nothing)) for name in names]
        self.names = names
        self.of_row = [numbers.setdefault(can, len(numbers)) for can in zip(*columns, strict=True)] if names else []
        self.can = [tuple(compress(names, can)) for can in numbers]


@dataclass(frozen=True, slots=True)
class _GoodsHere:
    """What there is of each item of a level on one ground, by when it is wanted there, and which of them the ledger keeps."""

    there: Mapping[str, Goods | None]
    by: Mapping[str, list[GoodsBy]]
    kept: frozenset[str]


class _Forces:
    """What one area's desk could send and open tonight."""

    def __init__(self, area: Area, kinds: _Kinds, tonight: Tonight, plan: PlanWants, keeping: Keeping) -> None:
        self.area = area
        question = Question(needs=dict.fromkeys(kinds.names, 1), place=None, area_id=area.id, desk_area_id=area.id, travel=tonight.travel)
        self._judged = Judgement(tonight.roster, question)
        alike = Counter(compress(kinds.of_row, self._judged.could_go))
        self._alike = sorted(((kinds.can[kind], count) for kind, count in alike.items()), key=lambda each: (len(each[0]), each[0]))
        self._shelf = StockHere(tonight.stock, tonight.roster.tree, area.id, tonight.travel) if tonight.stock is not None else None
        wants = plan.of_tier(area.tier)
        self._room = NO_ROOM if not any(one.needs.places for one in wants) else tonight.shelters.room(
            tonight.roster.tree, area_id=area.id, tier=area.tier, kinds=plan.hazard_types)
        self._keeping, self._goods = keeping, dict[Level, _GoodsHere]()
        self._candidates = self._near(wants)

    def _near(self, levels: Iterable[LevelWants]) -> list[Candidate]:
        """Return the nearest teams, as many as the level that asks for most; none where no level asks for goods."""
        most: dict[str, int] = {}
        for one in levels:
            most |= {name: max(count, most.get(name, 0)) for name, count in one.needs.teams if one.goods}
        return self._judged.choose(0, most)[0] if most else []

    def shortfalls(self, wants: LevelWants, rivals: list[Rival], *, most: int) -> list[Shortfall]:
        """Return what binds, in the order in which it is told; of other plans that want the same at most so many."""
        needs = wants.needs
        if not needs:
            return [Shortfall(kind=ShortfallKind.ASKS_NOTHING)]
        met = self._met(dict(needs.teams))
        found = [Shortfall(kind=ShortfallKind.TEAMS, what=name, wanted=count, there=met[name])
                 for name, count in needs.teams if met[name] < count]
        if needs.places > self._room.firm:
            is_enough = needs.places <= self._room.firm + self._room.doubtful
            found.append(Shortfall(kind=ShortfallKind.DOUBTFUL_PLACES if is_enough else ShortfallKind.PLACES, wanted=needs.places,
                                   there=self._room.firm, doubtful=self._room.doubtful, barred=self._room.barred))
        on_shelf = self._items(wants)
        found += [one for one in on_shelf if one.kind.is_red]
        if most > 1 or not (found or on_shelf):  # one that binds gives the colour already
            found += self._wanted_by_two(wants, rivals, {one.what for one in found}, {one.what for one in on_shelf}, most)
        return found + [one for one in on_shelf if not one.kind.is_red]

    def _items(self, wants: LevelWants) -> list[Shortfall]:
        """Return what the shelves lack of what is asked for, or have too far away."""
        here, known, found, unkept = self._goods_of(wants), {item.id: item for item in wants.goods}, list[Shortfall](), 0
        for name, _count in wants.needs.items:
            goods = here.there.get(name)
            lacking = _lacking(known[name], goods, here.by.get(name, [])) if goods is not None else []
            if goods is None or (name not in here.kept and lacking):  # what a team carries is known; what else there is, no ledger tells
                unkept += 1
            else:
                found += lacking
        kind = ShortfallKind.NO_STOCK if self._shelf is None else ShortfallKind.NOT_KEPT
        return [*found, *([Shortfall(kind=kind, unknown=unkept)] if unkept else [])]

    def _goods_of(self, wants: LevelWants) -> _GoodsHere:
        """Return what there is of each item a level asks for, by when it is wanted here; remembered."""
        here = self._goods.get(wants.level)
        if here is None:
            sent = sent_for(dict(wants.needs.teams), self._candidates, self._judged.roster.teams, self._keeping)
            by: dict[str, list[GoodsBy]] = {}
            for one in sorted((when_wanted(each, sent) for each in wants.goods_by), key=earliest):
                by.setdefault(one.item, []).append(one)
            on_shelf = {item.id: self._shelf.of(item) for item in wants.goods} if self._shelf is not None else {}
            there = {item.id: with_carried(on_shelf.get(item.id), item, sent) for item in wants.goods}
            here = self._goods[wants.level] = _GoodsHere(there, by, frozenset(id_ for id_, goods in on_shelf.items() if goods is not None))
        return here

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

    def _wanted_by_two(
        self, wants: LevelWants, rivals: list[Rival], short_teams: set[str], short_goods: set[str], most: int,
    ) -> list[Shortfall]:
        """Return, for the first plans that could not be met besides, the first team, the places or the first goods both want.

        The greedy ones are tried first: where one can be met, so can all that want no more.
        """
        found: dict[int, Shortfall] = {}
        easy: list[Rival] = []
        for number, rival in sorted(self._distinct(rivals), key=greedy_first):
            if len(found) >= most:
                break
            if any(rival.is_within(other) for other in easy):
                continue
            shortfall = self._with_rival(wants, rival, short_teams, short_goods)
            if shortfall is None:
                easy.append(rival)
            else:
                found[number] = shortfall
        return [found[number] for number in sorted(found)]

    def _distinct(self, rivals: list[Rival]) -> list[tuple[int, Rival]]:
        """Return the rivals on this ground with their number; of those that want the same the first."""
        firsts: dict[tuple[object, ...], tuple[int, Rival]] = {}
        for number, rival in enumerate(rivals):
            if touch(self.area.code, rival.area_code):
                firsts.setdefault(rival.wants, (number, rival))
        return list(firsts.values())

    def _with_rival(self, wants: LevelWants, rival: Rival, short_teams: set[str], short_goods: set[str]) -> Shortfall | None:
        needs = wants.needs
        own, both = dict(needs.teams), Counter(dict(needs.teams))
        both.update(dict(rival.teams))
        shared = [name for name in own if both[name] > own[name] and name not in short_teams]
        met = self._met(both) if shared else Counter[str]()
        name = next((each for each in shared if met[each] < both[each]), None)
        if name is not None:
            return Shortfall(kind=ShortfallKind.SHARED_TEAMS, what=name, wanted=both[name], there=met[name], other_plan=rival.title)
        if needs.places and rival.places and needs.places <= self._room.firm < needs.places + rival.places:
            return Shortfall(kind=ShortfallKind.SHARED_PLACES, wanted=needs.places + rival.places, there=self._room.firm,
                             other_plan=rival.title)
        return self._goods_with(wants, rival, short_goods) if rival.goods and self._shelf is not None else None

    def _goods_with(self, wants: LevelWants, rival: Rival, short: set[str]) -> Shortfall | None:
        """Return the first goods that suffice for one of two plans by the time this one wants them, and not for both."""
        assert self._shelf is not None
        here = self._goods_of(wants)
        for item in wants.goods:
            goods = here.there[item.id] if item.id in here.kept else None
            own = max(here.by.get(item.id, ()), key=lambda one: one.count, default=None)
            theirs = sum(self._shelf.in_unit_of(item, count, unit) for (code, unit), count in rival.goods if code == code_of(item))
            if goods is None or own is None or not theirs or item.id in short:
                continue
            there = goods.by(own.minutes).lasting
            if there < own.count + theirs:
                return Shortfall(kind=ShortfallKind.SHARED_ITEMS, what=item.id, wanted=own.count + theirs, there=there, item=item.name,
                                 unit=item.unit, by_minutes=own.minutes, other_plan=rival.title)
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
