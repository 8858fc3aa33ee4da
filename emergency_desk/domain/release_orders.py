"""A release order and its way: ordered, picked by bin, on the road, received in parts, its differences explained (调拨单、拣货、运单、签收).

What it moved stands in the ledger under its id; its state follows from that and from the steps that were appended.
Sources: domain §5.4; SDG20 Art. 72 (运输); ERL24 Art. 45.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.errors import FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Movement, MovementKind
from emergency_desk.domain.stock_errors import OrderNotThere
from emergency_desk.domain.supplies import check_count


class ReleaseState(StrEnum):
    """Where a release order stands."""

    ORDERED = "release_ordered"
    PICKED = "release_picked"
    ON_THE_WAY = "release_on_the_way"
    PART_RECEIVED = "release_part_received"
    RECEIVED = "release_received"
    CANCELLED = "release_cancelled"

    @property
    def is_over(self) -> bool:
        """Say whether nothing more is to be done."""
        return self in (ReleaseState.RECEIVED, ReleaseState.CANCELLED)


class ReleaseStep(StrEnum):
    """What was done with a release order."""

    ORDERED = "step_ordered"
    PICKED = "step_picked"
    SHIPPED = "step_shipped"
    RECEIVED = "step_received"
    EXPLAINED = "step_explained"
    CANCELLED = "step_cancelled"


ON_THE_ROAD = (ReleaseState.ON_THE_WAY.value, ReleaseState.PART_RECEIVED.value)


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """Goods ordered out of one depot, to another depot or to a place; with its transport once it is on the road."""

    id: Id
    number: str
    site_id: Id
    ordered_at: datetime
    recorded_at: datetime
    account_id: Id
    approved_by: str
    approved_how: str = ""
    request_id: Id | None = None
    incident_id: Id | None = None
    to_site_id: Id | None = None
    place: str = ""
    receiver: str = ""
    phone: str = ""
    state: ReleaseState = ReleaseState.ORDERED
    carrier: str = ""
    vehicle: str = ""
    driver: str = ""
    driver_phone: str = ""
    waybill: str = ""
    departed_at: datetime | None = None
    expected_at: datetime | None = None
    arrived_at: datetime | None = None
    note: str = ""
    is_exercise: bool = False
    version: int = 0

    def is_late(self, now: datetime) -> bool:
        """Say whether it is on the road and should have been received."""
        return self.state.value in ON_THE_ROAD and self.expected_at is not None and self.expected_at < now


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """So much of one lot at one place was ordered out; `request_line_id`: the line of the request it answers. Appended."""

    id: Id
    order_id: Id
    item_id: Id
    lot_id: Id
    place_id: str
    quantity: int
    request_line_id: Id | None = None


@dataclass(frozen=True, slots=True)
class ReleaseMark:
    """One step of an order: who did it, when, how it was heard, and the stock document it made. Appended."""

    id: Id
    order_id: Id
    step: ReleaseStep
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    document: str = ""
    person: str = ""
    how: str = ""
    packages: int | None = None
    reason: str = ""
    approved_by: str = ""


# -- what somebody types ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ToRelease:
    """So much of an item out of a depot; a lot only where somebody chose it, else first expired first out."""

    site_id: Id
    item_id: Id
    quantity: int
    unit: str = ""
    lot_id: Id | None = None
    request_line_id: Id | None = None
    good_on: date | None = None  # still in date on that day, not only today


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """The leg on the road."""

    vehicle: str
    driver: str = ""
    driver_phone: str = ""
    carrier: str = ""
    waybill: str = ""
    departed_at: datetime | None = None
    expected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What came of one lot: good, damaged, missing for good, or more than was sent."""

    lot_id: Id
    good: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0

    @property
    def from_the_road(self) -> int:
        """How much of what was on the road is accounted for."""
        return self.good + self.damaged + self.short

    @property
    def differs(self) -> bool:
        """Say whether something is to be explained."""
        return bool(self.damaged or self.short or self.over)


# -- where the goods are ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LotAmounts:
    """Where the goods of one lot of an order are."""

    reserved: int = 0  # kept back by the order and not taken off again
    shipped: int = 0
    good: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0

    @property
    def to_ship(self) -> int:
        """How much stands in the depot for it."""
        return self.reserved - self.shipped

    @property
    def in_transit(self) -> int:
        """How much is on the road."""
        return self.shipped - self.good - self.damaged - self.short

    def __add__(self, other: LotAmounts) -> LotAmounts:
        return LotAmounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(LotAmounts)))


_COUNTS: dict[MovementKind, tuple[str, int]] = {
    MovementKind.RESERVE: ("reserved", 1), MovementKind.UNRESERVE: ("reserved", -1), MovementKind.SHIP: ("shipped", 1),
    MovementKind.ARRIVE: ("good", 1), MovementKind.ARRIVE_IN_USE: ("good", 1), MovementKind.TRANSIT_DAMAGE: ("damaged", 1),
    MovementKind.TRANSIT_LOSS: ("short", 1), MovementKind.OVERAGE: ("over", 1), MovementKind.OVER_IN_USE: ("over", 1),
}


def amounts_by_lot(movements: Iterable[Movement]) -> dict[Id, LotAmounts]:
    """Return where the goods of an order are, by lot; a movement taken back counts the other way."""
    found: dict[Id, dict[str, int]] = {}
    for one in movements:
        name, sign = _COUNTS[one.kind]
        counts = found.setdefault(one.lot_id, {})
        counts[name] = counts.get(name, 0) + sign * one.quantity * (1 if one.reverses_id is None else -1)
    return {lot: LotAmounts(**counts) for lot, counts in found.items()}


def total(amounts: Iterable[LotAmounts]) -> LotAmounts:
    """Return the sum over the lots."""
    return sum(amounts, LotAmounts())


def state_of(amounts: Mapping[Id, LotAmounts], *, is_picked: bool) -> ReleaseState:
    """Return where an order stands from where its goods are."""
    whole = total(amounts.values())
    if whole.shipped:
        if not whole.in_transit:
            return ReleaseState.PICKED if whole.to_ship else ReleaseState.RECEIVED  # the rest waits for another vehicle
        return ReleaseState.PART_RECEIVED if whole.good or whole.damaged or whole.short else ReleaseState.ON_THE_WAY
    if not whole.reserved:
        return ReleaseState.CANCELLED
    return ReleaseState.PICKED if is_picked else ReleaseState.ORDERED


# -- checks -----------------------------------------------------------------------------------------------------------
def require_state(order: ReleaseOrder, *allowed: ReleaseState) -> ReleaseOrder:
    """Return the order if it stands where an act begins. Raises OrderNotThere."""
    if order.state not in allowed:
        raise OrderNotThere(order=order.number, state=order.state)
    return order


def check_picked(lot: str, *, picked: int, ordered: int, reason: str) -> int:
    """Return how much fewer than ordered were picked. Raises FieldRefused, ReasonMissing."""
    check_count("picked", picked, least=0)
    if picked > ordered:
        raise FieldRefused(name="picked", reason="picked_too_many", typed=f"{lot} {picked}", other=str(ordered))
    if picked < ordered and not reason.strip():
        raise ReasonMissing(act="pick_less")
    return ordered - picked


def check_arrived(one: Arrived, *, lot: str, in_transit: int, reason: str, approved_by: str) -> Arrived:
    """Return what came if it fits what is on the road and every difference is explained and approved.

    Raises FieldRefused, ReasonMissing, FieldMissing.
    """
    for name in ("good", "damaged", "short", "over"):
        check_count(name, getattr(one, name), least=0)
    if one.from_the_road > in_transit:
        raise FieldRefused(name="received", reason="more_than_sent", typed=f"{lot} {one.from_the_road}", other=str(in_transit))
    if one.differs and not reason.strip():
        raise ReasonMissing(act="explain_difference")
    if one.differs and not approved_by.strip():
        raise FieldMissing(name="approved_by")
    return one
