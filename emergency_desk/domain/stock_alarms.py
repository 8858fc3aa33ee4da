"""What a keeper is told about stock: too little, too much, going off, gone off, not counted for too long.

A reserve of another kind never silences an alarm of this one: 500 promised do not fill a shelf (R-5.5, B17).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Holding
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import Depot, ReserveKind, StockTarget, SupplyPromise


class StockAlarmKind(StrEnum):
    """What is wrong, the most pressing first."""

    BELOW_MINIMUM = "below_minimum"
    EXPIRED = "lot_is_expired"
    EXPIRING = "lot_expiring"
    COUNT_OVERDUE = "count_overdue"
    PROMISE_ENDED = "promise_has_ended"
    PROMISE_ENDING = "promise_ending"
    BELOW_TARGET = "below_target"
    ABOVE_MOST = "above_most"

    @property
    def is_red(self) -> bool:
        """Say whether it has to be acted on now."""
        return self in (StockAlarmKind.BELOW_MINIMUM, StockAlarmKind.EXPIRED, StockAlarmKind.PROMISE_ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAlarm:
    """One thing to be told. `there` against `wanted` for amounts; `ends_on` and the span of days `within` for dates."""

    kind: StockAlarmKind
    reserve: ReserveKind = ReserveKind.PHYSICAL
    item_id: Id | None = None
    lot_id: Id | None = None
    site_id: Id | None = None
    area_id: Id | None = None
    promise_id: Id | None = None
    there: int = 0
    wanted: int = 0
    ends_on: date | None = None
    within: int = 0


def amount_alarms(targets: Iterable[StockTarget], held: Callable[[StockTarget], int]) -> list[StockAlarm]:
    """Return where there is too little or too much. `held` says how much of its own kind a target's place has (goods: what is available)."""
    found = []
    for target in targets:
        there = held(target)
        kind, wanted = None, 0
        if there < target.minimum:
            kind, wanted = StockAlarmKind.BELOW_MINIMUM, target.minimum
        elif there < target.target:
            kind, wanted = StockAlarmKind.BELOW_TARGET, target.target
        elif target.most is not None and there > target.most:
            kind, wanted = StockAlarmKind.ABOVE_MOST, target.most
        if kind is not None:
            found.append(StockAlarm(kind=kind, reserve=target.kind, item_id=target.item_id, site_id=target.site_id, area_id=target.area_id,
                                    there=there, wanted=wanted))
    return found


def date_alarms(holdings: Iterable[Holding], rules: StockRules, today: date) -> list[StockAlarm]:
    """Return the lots that are expired or expire soon, one line for each lot at each place, the earliest first."""
    found = []
    for one in holdings:
        within = rules.alarm_of(one.expires_on, today) if one.on_hand else None
        if within is not None:
            found.append(StockAlarm(
                kind=StockAlarmKind.EXPIRING if within else StockAlarmKind.EXPIRED, item_id=one.item_id, lot_id=one.lot_id, site_id=one.site_id,
                there=one.on_hand, ends_on=one.expires_on, within=within))
    return sorted(found, key=lambda alarm: (alarm.ends_on or today, alarm.item_id or "", alarm.lot_id or ""))


def promise_alarms(promises: Iterable[SupplyPromise], rules: StockRules, today: date) -> list[StockAlarm]:
    """Return the promises that ended or end within the longest span."""
    last = today + timedelta(days=min(rules.alarm_days, default=0))
    return [StockAlarm(kind=StockAlarmKind.PROMISE_ENDED if one.valid_until < today else StockAlarmKind.PROMISE_ENDING, reserve=one.kind,
                       item_id=one.item_id, promise_id=one.id, ends_on=one.valid_until, there=one.quantity or one.units_a_day)
            for one in promises if one.valid_until is not None and one.valid_until <= last]


def count_alarms(depots: Iterable[Depot], rules: StockRules, today: date) -> list[StockAlarm]:
    """Return the depots nobody counted for too long, or ever."""
    latest = today - timedelta(days=rules.count_days)
    return [StockAlarm(kind=StockAlarmKind.COUNT_OVERDUE, site_id=depot.id, ends_on=depot.counted_on)
            for depot in depots if depot.counted_on is None or depot.counted_on < latest]


def in_order(alarms: Iterable[StockAlarm]) -> list[StockAlarm]:
    """Return alarms with the most pressing kind first; each kind keeps its own order."""
    kinds = list(StockAlarmKind)
    return sorted(alarms, key=lambda alarm: kinds.index(alarm.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAt:
    """What is held, asked by place: goods that are available by depot, promises by their area."""

    goods: Mapping[tuple[Id, Id], int]  # (item, site) → available
    site_areas: Mapping[Id, Id | None]
    promises: Sequence[SupplyPromise]
    drawn: Mapping[Id, int]
    today: date
    is_within: Callable[[Id, Id], bool]  # an area, and one that holds it

    def of(self, target: StockTarget) -> int:
        """Return how much of the target's own kind of reserve its place has; promises belong to areas, never to one depot."""
        if target.kind is ReserveKind.PHYSICAL:
            return sum(amount for (item, site), amount in self.goods.items() if item == target.item_id
                       and (site == target.site_id if target.site_id else self._lies_in(self.site_areas.get(site), target.area_id)))
        return sum(_promised(one, self.drawn) for one in self.promises if one.kind is target.kind and one.item_id == target.item_id
                   and one.is_valid_on(self.today) and self._lies_in(one.area_id, target.area_id))

    def _lies_in(self, inner: Id | None, outer: Id | None) -> bool:
        return inner is not None and outer is not None and self.is_within(inner, outer)


def _promised(promise: SupplyPromise, drawn: Mapping[Id, int]) -> int:
    return max(0, promise.quantity - drawn.get(promise.id, 0)) if promise.kind is ReserveKind.CONTRACT else promise.units_a_day
