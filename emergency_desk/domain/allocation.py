"""What is sent from where: what is needed, what the depots have, how two answers are compared, and what cannot be met and why.

Goods on the shelf are all that is sent; agreements and production lines are named beside it and never added to it (R-5.1). An answer is the
better one by, in this order: what stays unmet, the most pressing priority first; the minutes until the goods are there, those that come late
weighing more; the number of lorries. The order, the weights and the reach are the house's own: `allocation.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.domain.travel import TravelSettings

PRIORITIES = (1, 2, 3)  # the most pressing first
Position = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRules:
    """The house's numbers of an allocation, read from `allocation.yaml`."""

    reach_minutes: int = 0  # a depot farther away is not asked
    late_factor: int = 0  # a minute after the time wanted counts as so many more on the way
    minute_weights: tuple[int, ...] = (1, 1, 1)  # what a minute of each priority weighs
    loading_minutes: int = 0  # of one lorry, where a depot does not say
    lorry_tonnes: int = 1  # where a depot does not say
    basis: RuleBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsNeed:
    """So much of an item is wanted somewhere. `destination` is one for all needs a lorry serves at once; `good_on`: still in date then."""

    id: str
    item_id: Id
    quantity: int
    destination: str
    good_on: date
    priority: int = 2
    position: Position | None = None
    within_minutes: int | None = None  # when it is wanted; later is late, and still sent
    incident_id: Id | None = None
    area_id: Id | None = None


@dataclass(frozen=True, slots=True)
class SendingDepot:
    """A depot as it sends: where it lies, how long a lorry loads, what the largest carries."""

    site_id: Id
    position: Position | None = None
    loading_minutes: int | None = None
    lorry_tonnes: int | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """So much of an item stands free in a depot, expiring on a day (None never)."""

    site_id: Id
    item_id: Id
    quantity: int
    expires_on: date | None = None


class BoundBy(StrEnum):
    """Why goods on a shelf are not free."""

    RESERVED = "bound_reserved"
    QUARANTINED = "bound_quarantined"


@dataclass(frozen=True, slots=True)
class BoundGoods:
    """So much of an item stands in a depot and is not to be had: kept back for an incident ("" for none), or in quarantine."""

    site_id: Id
    item_id: Id
    quantity: int
    by: BoundBy
    claim: str = ""


@dataclass(frozen=True, slots=True)
class FixedLine:
    """The officer's word: exactly so much goes from there, nothing when it is 0."""

    need_id: str
    site_id: Id
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationQuestion:
    """All that an allocation is worked out from. `unit_grams`: what one unit weighs, of items for which somebody said it."""

    needs: tuple[GoodsNeed, ...]
    depots: tuple[SendingDepot, ...]
    goods: tuple[Goods, ...]
    travel: TravelSettings
    stock: StockRules
    rules: AllocationRules
    fixed: tuple[FixedLine, ...] = ()
    bound: tuple[BoundGoods, ...] = ()
    unit_grams: Mapping[Id, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """So much goes from a depot to a need. `minutes` until it is there, loading included, an estimate; the reach where no way is known."""

    need_id: str
    site_id: Id
    quantity: int
    minutes: int
    is_fixed: bool = False
    is_way_known: bool = True


class WhyUnmet(StrEnum):
    """Why a need stays unmet."""

    NOT_KEPT = "unmet_not_kept"
    GIVEN_ELSEWHERE = "unmet_given_elsewhere"
    OUT_OF_REACH = "unmet_out_of_reach"
    EXPIRES_BEFORE = "unmet_expires_before"
    RESERVED = "unmet_reserved"
    QUARANTINED = "unmet_quarantined"
    OFFICER = "unmet_officer"
    ALL_SENT = "unmet_all_sent"


@dataclass(frozen=True, slots=True)
class UnmetReason:
    """One reason, with how much there would be; where, how far, until when or for whom it is kept, as far as that says something."""

    why: WhyUnmet
    quantity: int
    site_id: Id | None = None
    minutes: int | None = None
    expires_on: date | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What of a need stays unmet, and why."""

    need_id: str
    quantity: int
    reasons: tuple[UnmetReason, ...]


@dataclass(frozen=True, slots=True)
class NextDepot:
    """The nearest depot that could still give to a need: how much, when it would be there, and how much later than the last that is sent."""

    need_id: str
    site_id: Id
    quantity: int
    minutes: int
    later_minutes: int
    is_way_known: bool = True


@dataclass(frozen=True, slots=True)
class LaterOption:
    """What an agreement or a production line could give of a need's item after some hours. Named, never added to goods (R-5.1)."""

    need_id: str
    kind: ReserveKind
    promise_id: Id
    quantity: int
    hours: int


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """How good an answer is; the smaller the better, the first part before the second. `unmet` by priority, `minutes` weighted."""

    unmet: tuple[int, ...]
    minutes: int
    trips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """An answer. `bound`: nothing better than this is possible in what is unmet and in minutes, None when nobody has looked."""

    lines: tuple[AllocationLine, ...]
    worth: Worth
    shortfalls: tuple[Shortfall, ...] = ()
    next_depots: tuple[NextDepot, ...] = ()
    clipped: tuple[FixedLine, ...] = ()  # fixed lines that can no longer be kept whole
    bound: tuple[tuple[int, ...], int] | None = None
    are_trips_least: bool = False

    @property
    def gap(self) -> int | None:
        """How many weighted minutes there may be to win, 0 when the answer is proved the best; None when nobody has looked."""
        if self.bound is None or self.bound[0] != self.worth.unmet:
            return None
        return self.worth.minutes - self.bound[1]

    @property
    def is_proved(self) -> bool:
        """Say whether nothing better exists in what is unmet and in minutes."""
        return self.gap == 0

    def of_need(self, need_id: str) -> tuple[AllocationLine, ...]:
        """Return what is sent to one need."""
        return tuple(line for line in self.lines if line.need_id == need_id)


def weight_of(need: GoodsNeed, minutes: int, rules: AllocationRules) -> int:
    """Return what one unit weighs that is there after some minutes: later weighs more, and more for the most pressing."""
    late = max(0, minutes - need.within_minutes) if need.within_minutes is not None else 0
    return rules.minute_weights[need.priority - 1] * (minutes + rules.late_factor * late)


def lorries(grams: int, tonnes: int) -> int:
    """Return how many lorries carry so much; one at least."""
    return max(1, -(-grams // (tonnes * 1_000_000)))


def worth_of(question: AllocationQuestion, lines: Iterable[AllocationLine]) -> Worth:
    """Return how good some lines are."""
    needs = {need.id: need for need in question.needs}
    unmet = {need.id: need.quantity for need in question.needs}
    minutes = 0
    some = tuple(lines)
    for line in some:
        unmet[line.need_id] -= line.quantity
        minutes += line.quantity * weight_of(needs[line.need_id], line.minutes, question.rules)
    by_priority = [0] * len(PRIORITIES)
    for need in question.needs:
        by_priority[need.priority - 1] += unmet[need.id]
    return Worth(tuple(by_priority), minutes, sum(trips_of(question, some).values()))


def trips_of(question: AllocationQuestion, lines: Iterable[AllocationLine]) -> dict[tuple[Id, str], int]:
    """Return the lorries from each depot to each destination. An item nobody gave a weight fills no lorry, and one at least goes."""
    needs = {need.id: need for need in question.needs}
    tonnes = {depot.site_id: depot.lorry_tonnes or question.rules.lorry_tonnes for depot in question.depots}
    grams: dict[tuple[Id, str], int] = {}
    for line in lines:
        need = needs[line.need_id]
        way = (line.site_id, need.destination)
        grams[way] = grams.get(way, 0) + line.quantity * question.unit_grams.get(need.item_id, 0)
    return {way: lorries(total, tonnes[way[0]]) for way, total in grams.items()}


def better(one: Allocation, other: Allocation) -> Allocation:
    """Return the better of two answers to one question, the first when they are alike."""
    return other if other.worth < one.worth else one


def in_order(question: AllocationQuestion, lines: Iterable[AllocationLine]) -> tuple[AllocationLine, ...]:
    """Return the lines in the order of the needs, the soonest first."""
    rank = {need.id: number for number, need in enumerate(question.needs)}
    return tuple(sorted(lines, key=lambda line: (rank[line.need_id], line.minutes, line.site_id)))


def by_depot(lines: Iterable[AllocationLine]) -> dict[Id, list[AllocationLine]]:
    """Return the lines by the depot that sends them."""
    found: dict[Id, list[AllocationLine]] = {}
    for line in lines:
        found.setdefault(line.site_id, []).append(line)
    return found
