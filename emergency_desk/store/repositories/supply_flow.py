"""Where asked and released goods are: added up from lines, decisions and movements; for services, readings and the check alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from emergency_desk.domain import release_orders as orders
from emergency_desk.domain import supply_requests as requests
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegView, first_leg, views_of
from emergency_desk.domain.release_orders import LotAmounts, ReleaseOrder, ReleaseStep
from emergency_desk.domain.stock import Movement, StockAccount
from emergency_desk.domain.supply_requests import LineAmounts, RequestLine

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

BY_ORDER = "WHERE order_id = ? ORDER BY seq"


def movements_of(reading: Repositories, order_id: Id) -> list[Movement]:
    """Return what an order moved, in its order."""
    return reading.movements.where(BY_ORDER, (order_id,))


def still_reserved(movements: Iterable[Movement]) -> list[tuple[Id, str, int]]:
    """Return (lot, place, quantity) of what stands in the depot for an order."""
    there: dict[tuple[Id, str], int] = {}
    for one in movements:
        if one.to_account is StockAccount.RESERVED:
            there[one.lot_id, one.to_place] = there.get((one.lot_id, one.to_place), 0) + one.quantity
        if one.from_account is StockAccount.RESERVED:
            there[one.lot_id, one.from_place] = there.get((one.lot_id, one.from_place), 0) - one.quantity
    return [(lot, place, quantity) for (lot, place), quantity in there.items() if quantity]


def leg_views(reading: Repositories, order: ReleaseOrder) -> tuple[LegView, ...]:
    """Return the vehicles of an order with their goods; one that left before vehicles were told apart has a single one."""
    found = reading.release_legs.where("WHERE order_id = ? ORDER BY serial", (order.id,))
    if not found and order.departed_at is not None:
        shipped = reading.release_steps.where("WHERE order_id = ? AND step = ? ORDER BY seq LIMIT 1", (order.id, ReleaseStep.SHIPPED.value))
        found = [first_leg(order, shipped[0].document if shipped else "")]
    marks = ", ".join("?" * len(found))
    receipts = reading.leg_receipts.where(f"WHERE leg_id IN ({marks}) ORDER BY seq", [leg.id for leg in found]) if found else []
    return views_of(found, receipts, movements_of(reading, order.id))


def line_amounts(reading: Repositories, line: RequestLine) -> LineAmounts:
    """Return where the quantity of one line is, in this request and in the ones that pass its shortfall on."""
    decisions = reading.supply_decisions.where("WHERE line_id = ? ORDER BY seq", (line.id,))
    moved = _moved(reading, line)
    upward = {one.upward_id for one in decisions if one.upward_id is not None}
    above = [line_amounts(reading, each) for id_ in sorted(upward) for each in lines_of(reading, id_) if _is_same(each, line)]
    return requests.amounts_of(line, decisions, {
        "ordered": moved.reserved, "shipped": moved.shipped, "received": moved.good + moved.over, "lost": moved.damaged + moved.short,
        "received_above": sum(one.received + one.received_above for one in above),
        "refused_above": sum(one.refused + one.withdrawn + one.refused_above for one in above)})


def _moved(reading: Repositories, line: RequestLine) -> LotAmounts:
    found = LotAmounts()
    by_order: dict[Id, set[Id]] = {}
    for one in reading.release_lines.where("WHERE request_line_id = ? ORDER BY seq", (line.id,)):
        by_order.setdefault(one.order_id, set()).add(one.lot_id)
    for order_id, lots in by_order.items():
        some = orders.amounts_by_lot(movements_of(reading, order_id))
        found += orders.total(amounts for lot, amounts in some.items() if lot in lots)
    return found


def _is_same(one: RequestLine, other: RequestLine) -> bool:
    return (one.item_id, one.capability) == (other.item_id, other.capability)


def lines_of(reading: Repositories, request_id: Id) -> list[RequestLine]:
    """Return the lines of a request."""
    return reading.request_lines.where("WHERE request_id = ? ORDER BY seq", (request_id,))
