"""How many by +2 h, +6 h, +24 h, +72 h, from where, and at what risk: each kind of reserve in its own band.

Hours are inclusive. Goods count while their lot may still be issued at that hour and, where the way is known, once they can be there.
An agreement counts from its call-off hours on, a production line by whole days after its start-up (domain §0.1, 18; peers idea 7).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock import Holding
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import ReserveKind, SupplyPromise

_DAY_HOURS = 24


class SupplyRisk(StrEnum):
    """Why a source may give less than it says."""

    WAY_UNKNOWN = "way_unknown"
    NOT_CALLED = "not_called"  # a promise: nothing of it is here before the partner has kept it
    ENDS_SOON = "ends_soon"  # the agreement ends within the days asked about
    MUST_START = "must_start"  # a line that has to be switched over first


class Surety(StrEnum):
    """How sure a band is, in words: what it rests on, and what could still make less of it."""

    NOTHING_THERE = "nothing_there"
    ON_THE_SHELF = "on_the_shelf"  # no place of need was named, so no way is counted
    WAY_ESTIMATED = "way_estimated"  # on the shelf, less the depots that are too far by then
    WAY_PARTLY_UNKNOWN = "way_partly_unknown"  # some depots stand at no known place
    COUNT_IS_OLD = "count_is_old"  # some of it nobody counted for longer than a count may wait
    PARTNER_MUST_DELIVER = "partner_must_deliver"
    LINE_MUST_START = "line_must_start"
    PROMISE_ENDS = "promise_ends"  # some of it rests on a promise that ends soon


class LeftOutReason(StrEnum):
    """Why a source gives nothing."""

    LOT_EXPIRES = "lot_expires"
    PROMISE_ENDED = "promise_ended"
    PROMISE_NOT_BEGUN = "promise_not_begun"
    PROMISE_USED_UP = "promise_used_up"


@dataclass(frozen=True, slots=True)
class SupplySource:
    """What one depot, partner or line gives by an hour. `id` is the site's or the promise's."""

    kind: ReserveKind
    id: Id
    quantity: int
    risks: tuple[SupplyRisk, ...] = ()
    travel_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not counted and why: a lot (with its depot and its date), or a promise."""

    reason: LeftOutReason
    id: Id  # a lot's or a promise's
    quantity: int
    ends_on: date | None = None
    site_id: Id | None = None


@dataclass(frozen=True, slots=True)
class SupplyAt:
    """The answer for one hour. The bands are of different kinds; `if_all_hold` adds them up only for somebody who asks for that by name."""

    hours: int
    goods: int
    agreements: int
    capacity: int
    sources: tuple[SupplySource, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def if_all_hold(self) -> int:
        """How many there could be if every partner keeps its word and every line starts in time."""
        return self.goods + self.agreements + self.capacity

    def band(self, kind: ReserveKind) -> int:
        """Return the number of one kind of reserve."""
        return {ReserveKind.PHYSICAL: self.goods, ReserveKind.CONTRACT: self.agreements, ReserveKind.CAPACITY: self.capacity}[kind]

    def sureness(self, kind: ReserveKind, *, has_place: bool, not_counted: Container[Id] = ()) -> tuple[Surety, ...]:
        """Return how sure a band is. `has_place`: a place of need was named; `not_counted`: the depots whose count is overdue."""
        some = [one for one in self.sources if one.kind is kind]
        if not some:
            return (Surety.NOTHING_THERE,)
        ends = (Surety.PROMISE_ENDS,) if any(SupplyRisk.ENDS_SOON in one.risks for one in some) else ()
        if kind is not ReserveKind.PHYSICAL:
            return (Surety.PARTNER_MUST_DELIVER if kind is ReserveKind.CONTRACT else Surety.LINE_MUST_START, *ends)
        unknown = any(SupplyRisk.WAY_UNKNOWN in one.risks for one in some)
        way = Surety.ON_THE_SHELF if not has_place else Surety.WAY_PARTLY_UNKNOWN if unknown else Surety.WAY_ESTIMATED
        return (way, *((Surety.COUNT_IS_OLD,) if any(one.id in not_counted for one in some) else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyQuestion:
    """What the answer is computed from. `drawn`: called off so far by agreement; `travel_minutes`: by depot, a depot left out is unknown."""

    at: datetime
    hours: tuple[int, ...]
    holdings: Sequence[Holding]
    promises: Sequence[SupplyPromise]
    rules: StockRules
    drawn: Mapping[Id, int]
    travel_minutes: Mapping[Id, int] | None = None


def supply_over_time(asked: SupplyQuestion) -> tuple[SupplyAt, ...]:
    """Return the answer for each hour asked about."""
    return tuple(_at(asked, hours) for hours in asked.hours)


def _at(asked: SupplyQuestion, hours: int) -> SupplyAt:
    goods, lots_out = _goods(asked, hours)
    promised: list[SupplySource] = []
    promises_out: list[LeftOut] = []
    for promise in asked.promises:
        _weigh(asked, promise, hours, promised, promises_out)
    return SupplyAt(
        hours=hours, goods=_total(goods), agreements=_total(one for one in promised if one.kind is ReserveKind.CONTRACT),
        capacity=_total(one for one in promised if one.kind is ReserveKind.CAPACITY), sources=(*goods, *promised),
        left_out=(*lots_out, *promises_out))


def _goods(asked: SupplyQuestion, hours: int) -> tuple[list[SupplySource], list[LeftOut]]:
    """Return what each depot has that is still good at that hour and can be there, and the lots that are not."""
    need_on = local_day(asked.at + timedelta(hours=hours))
    by_site: dict[Id, int] = {}
    left_out = []
    for one in asked.holdings:
        if not one.free:
            continue
        if asked.rules.is_expired(one.expires_on, need_on):
            left_out.append(LeftOut(LeftOutReason.LOT_EXPIRES, one.lot_id, one.free, one.expires_on, one.site_id))
        else:
            by_site[one.site_id] = by_site.get(one.site_id, 0) + one.free
    ways = asked.travel_minutes
    sources = []
    for site_id, quantity in by_site.items():
        minutes = ways.get(site_id) if ways is not None else None
        if minutes is not None and minutes > hours * 60:
            continue
        risks = (SupplyRisk.WAY_UNKNOWN,) if ways is not None and minutes is None else ()
        sources.append(SupplySource(ReserveKind.PHYSICAL, site_id, quantity, risks, minutes))
    return sorted(sources, key=lambda one: (-one.quantity, one.id)), sorted(left_out, key=lambda one: (str(one.ends_on or ""), one.id))


def _weigh(
    asked: SupplyQuestion, promise: SupplyPromise, hours: int, given: list[SupplySource], left_out: list[LeftOut],
) -> None:
    """Put a promise among what is given by that hour, or among what is left out; before its time it is in neither."""
    today, whole = local_day(asked.at), promise.quantity if promise.kind is ReserveKind.CONTRACT else promise.units_a_day
    begins, ends = promise.signed_on, promise.valid_until
    if begins is not None and begins > today:
        left_out.append(LeftOut(LeftOutReason.PROMISE_NOT_BEGUN, promise.id, whole, begins))
    elif ends is not None and ends < _delivered_on(asked, promise):
        left_out.append(LeftOut(LeftOutReason.PROMISE_ENDED, promise.id, whole, ends))
    elif promise.kind is ReserveKind.CONTRACT and promise.quantity <= asked.drawn.get(promise.id, 0):
        left_out.append(LeftOut(LeftOutReason.PROMISE_USED_UP, promise.id, promise.quantity))
    else:
        quantity = given_by(promise, hours, drawn=asked.drawn.get(promise.id, 0))
        if quantity:
            given.append(SupplySource(promise.kind, promise.id, quantity, _risks(asked, promise)))


def given_by(promise: SupplyPromise, hours: int, *, drawn: int = 0) -> int:
    """Return how many a valid promise has given so many hours after the call, hours inclusive; a line gives by whole days."""
    if promise.kind is ReserveKind.CONTRACT:
        return max(0, promise.quantity - drawn) if hours >= promise.call_off_hours else 0
    return promise.units_a_day * max(0, (hours - promise.start_up_days * _DAY_HOURS) // _DAY_HOURS)


def _delivered_on(asked: SupplyQuestion, promise: SupplyPromise) -> date:
    hours = promise.call_off_hours if promise.kind is ReserveKind.CONTRACT else promise.start_up_days * _DAY_HOURS
    return local_day(asked.at + timedelta(hours=hours))


def _risks(asked: SupplyQuestion, promise: SupplyPromise) -> tuple[SupplyRisk, ...]:
    risks = [SupplyRisk.NOT_CALLED if promise.kind is ReserveKind.CONTRACT else SupplyRisk.MUST_START]
    last = local_day(asked.at + timedelta(days=min(asked.rules.alarm_days, default=0)))
    if promise.valid_until is not None and promise.valid_until <= last:
        risks.append(SupplyRisk.ENDS_SOON)
    return tuple(risks)


def _total(sources: Iterable[SupplySource]) -> int:
    return sum(one.quantity for one in sources)
