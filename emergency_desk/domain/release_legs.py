"""The vehicles of a release order, one leg each: what it carries, when it left, is expected and came (调运; SDG20 Art. 72).

What a leg carries stands in the ledger under the document it left by; what was received of it under the documents that name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.errors import FieldMissing, FieldRefused, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import LotAmounts, ReleaseOrder, amounts_by_lot, total
from emergency_desk.domain.stock import Movement, MovementKind
from emergency_desk.domain.stock_errors import OrderNotThere
from emergency_desk.domain.supplies import check_count

_IN_THE_DEPOT = frozenset({MovementKind.RESERVE, MovementKind.UNRESERVE})


@dataclass(frozen=True, slots=True)
class ReleaseLeg:
    """One vehicle that left with goods of an order."""

    id: Id
    order_id: Id
    serial: int
    document: str
    recorded_at: datetime
    account_id: Id
    vehicle: str
    departed_at: datetime
    driver: str = ""
    driver_phone: str = ""
    carrier: str = ""
    waybill: str = ""
    expected_at: datetime | None = None
    arrived_at: datetime | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class LegReceipt:
    """A document took in what one vehicle brought. Appended."""

    id: Id
    leg_id: Id
    document: str


@dataclass(frozen=True, slots=True)
class LegView:
    """A vehicle with where its goods are, by lot."""

    leg: ReleaseLeg
    amounts: Mapping[Id, LotAmounts]
    documents: frozenset[str] = frozenset()  # by which it left and was taken in

    @property
    def whole(self) -> LotAmounts:
        """Return the sum over its lots."""
        return total(self.amounts.values())

    @property
    def is_on_the_road(self) -> bool:
        """Say whether something of it is still on the road."""
        return self.whole.in_transit > 0


def first_leg(order: ReleaseOrder, document: str) -> ReleaseLeg:
    """Return the one vehicle of an order that left before vehicles were told apart; it bears the id of its order."""
    assert order.departed_at is not None
    return ReleaseLeg(
        id=order.id, order_id=order.id, serial=1, document=document, recorded_at=order.departed_at, account_id=order.account_id,
        vehicle=order.vehicle, driver=order.driver, driver_phone=order.driver_phone, carrier=order.carrier, waybill=order.waybill,
        departed_at=order.departed_at, expected_at=order.expected_at, arrived_at=order.arrived_at, note=order.note)


def views_of(legs: Sequence[ReleaseLeg], receipts: Iterable[LegReceipt], movements: Iterable[Movement]) -> tuple[LegView, ...]:
    """Return every vehicle with its goods; a mirror belongs to the vehicle of what it takes back, what names none to the first vehicle."""
    if not legs:
        return ()
    leg_of = {leg.document: leg.id for leg in legs} | {one.document: one.leg_id for one in receipts}
    moved: dict[Id, list[Movement]] = {leg.id: [] for leg in legs}
    by_movement: dict[Id, Id] = {}
    for one in movements:
        if one.kind not in _IN_THE_DEPOT:
            leg_id = by_movement.get(one.reverses_id or Id("")) or leg_of.get(one.document) or legs[0].id
            by_movement[one.id] = leg_id
            moved[leg_id].append(one)
    return tuple(LegView(leg, amounts_by_lot(moved[leg.id]), frozenset(one.document for one in moved[leg.id])) for leg in legs)


def leg_told_of(views: Sequence[LegView]) -> ReleaseLeg:
    """Return the vehicle an order is told by: of those on the road the one expected first, else the last that left."""
    running = [one.leg for one in views if one.is_on_the_road]
    return min(running, key=lambda leg: (leg.expected_at is None, leg.expected_at or leg.departed_at)) if running else views[-1].leg


def leg_meant(views: Sequence[LegView], leg_id: Id | None, order: ReleaseOrder) -> LegView:
    """Return the vehicle that is meant: the one named, or the only one on the road. Raises NotFound, OrderNotThere, FieldMissing."""
    if leg_id is not None:
        found = next((one for one in views if one.leg.id == leg_id), None)
        if found is None:
            raise NotFound(kind="release_legs", key=leg_id)
        return found
    running = [one for one in views if one.is_on_the_road]
    if not running:
        raise OrderNotThere(order=order.number, state=order.state)
    if len(running) > 1:
        raise FieldMissing(name="leg_id")
    return running[0]


def check_load(load: Mapping[Id, int] | None, there: Mapping[Id, LotAmounts], numbers: Mapping[Id, str]) -> dict[Id, int]:
    """Return what goes on a vehicle, by lot: all that stands there where nobody says. Raises FieldRefused, FieldMissing, NotFound."""
    left = {lot_id: amounts.to_ship for lot_id, amounts in there.items() if amounts.to_ship}
    if load is None:
        return left
    for lot_id, quantity in load.items():
        check_count("load", quantity, least=0)
        if lot_id not in there:
            raise NotFound(kind="lots", key=lot_id)
        if quantity > left.get(lot_id, 0):
            raise FieldRefused(name="load", reason="load_too_much", typed=f"{numbers[lot_id]} {quantity}", other=str(left.get(lot_id, 0)))
    chosen = {lot_id: quantity for lot_id, quantity in load.items() if quantity}
    if not chosen:
        raise FieldMissing(name="load")
    return chosen


def waybill_number(order: ReleaseOrder, serial: int) -> str:
    """Return the number of a vehicle's waybill: the order's, from the second vehicle on with its place behind it."""
    return order.number if serial == 1 else f"{order.number}-{serial}"
