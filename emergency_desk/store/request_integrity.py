"""Derives requests, release orders and requisitions again from what was appended, and holds what was handed out against the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from emergency_desk.domain import release_orders as orders
from emergency_desk.domain import requisitions
from emergency_desk.domain import supply_requests as requests
from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.release_orders import ReleaseStep
from emergency_desk.store.repositories.supply_flow import leg_views, line_amounts, lines_of, movements_of

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

# What an order keeps back in all is what its lines say, less what was taken off again.
_LINES = """
SELECT o.id, coalesce((SELECT sum(quantity) FROM release_lines l WHERE l.order_id = o.id), 0) AS lines, coalesce((
  SELECT sum(m.quantity) FROM stock_movements m WHERE m.order_id = o.id AND m.kind = 'reserve' AND m.reverses_id IS NULL), 0) AS moved
FROM release_orders o WHERE lines <> moved"""
_STRAY = """SELECT m.id, m.order_id FROM stock_movements m LEFT JOIN release_orders o ON o.id = m.order_id
WHERE m.order_id IS NOT NULL AND o.id IS NULL"""
_LEGS = """SELECT m.id, o.id FROM stock_movements m JOIN release_orders o ON o.id = m.order_id
WHERE m.kind = 'ship' AND m.reverses_id IS NULL AND EXISTS (SELECT 1 FROM release_legs g WHERE g.order_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM release_legs g WHERE g.order_id = o.id AND g.document = m.document)"""
_HANDED = """SELECT d.id, d.quantity, coalesce((SELECT sum(m.quantity) FROM stock_movements m
  WHERE m.document = d.document AND m.kind = 'distribute'), 0) AS moved FROM distributions d WHERE d.quantity <> moved"""
_UPWARD = """SELECT d.id, d.upward_id FROM supply_decisions d LEFT JOIN supply_requests r ON r.id = d.upward_id
WHERE (d.kind = 'passed_up') <> (d.upward_id IS NOT NULL) OR d.upward_id IS NOT NULL AND r.follows_id IS NOT d.request_id"""


def check_requests(connection: Any, reading: Repositories) -> Iterator[Difference]:
    """Yield what does not follow from the appended records."""
    for step in (_requests, _orders, _requisitions):
        try:
            yield from step(reading)
        except (LookupError, ValueError, TypeError) as error:  # a value no desk would write: its seal is broken too, and the check goes on
            yield Difference(what="supplies", where=step.__name__.strip("_"), expected="values a desk writes", found=str(error))
    for order, lines, moved in connection.exec_driver_sql(_LINES):
        yield Difference(what="release_lines", where=f"release_orders {order}", expected=str(lines), found=str(moved))
    for movement, order in connection.exec_driver_sql(_STRAY):
        yield Difference(what="order_of_movement", where=f"stock_movements {movement}", expected="a release order", found=str(order))
    for movement, order in connection.exec_driver_sql(_LEGS):
        yield Difference(what="vehicle_of_movement", where=f"stock_movements {movement}", expected="a vehicle of its order", found=str(order))
    for one, quantity, moved in connection.exec_driver_sql(_HANDED):
        yield Difference(what="handed_out", where=f"distributions {one}", expected=str(moved), found=str(quantity))
    for decision, upward in connection.exec_driver_sql(_UPWARD):
        yield Difference(what="passed_up", where=f"supply_decisions {decision}", expected="a request that follows it", found=str(upward))


def _requests(reading: Repositories) -> Iterator[Difference]:
    for request in reading.supply_requests.where("ORDER BY recorded_at, id"):
        amounts = [line_amounts(reading, line) for line in lines_of(reading, request.id)]
        state = requests.state_of(amounts)
        if request.state is not state:
            yield Difference(what="request_state", where=f"supply_requests {request.id}", expected=state, found=request.state)
        for one in amounts:
            if one.undecided < 0 or min(one.granted, one.refused, one.withdrawn, one.passed_up) < 0 or one.ordered - one.lost > one.granted:
                yield Difference(what="decided", where=f"supply_requests {request.id}", expected=f"at most {one.asked}", found=str(one))


def _orders(reading: Repositories) -> Iterator[Difference]:
    for order in reading.release_orders.where("ORDER BY recorded_at, id"):
        amounts = orders.amounts_by_lot(movements_of(reading, order.id))
        is_picked = bool(reading.release_steps.count("WHERE order_id = ? AND step = ?", (order.id, ReleaseStep.PICKED.value)))
        state = orders.state_of(amounts, is_picked=is_picked)
        if order.state is not state:
            yield Difference(what="order_state", where=f"release_orders {order.id}", expected=state, found=order.state)
        if any(one.in_transit < 0 for leg in leg_views(reading, order) for one in leg.amounts.values()):
            yield Difference(what="vehicle_amounts", where=f"release_orders {order.id}", expected="nothing below nothing", found=str(amounts))
        if any(one.in_transit < 0 or one.to_ship < 0 for one in amounts.values()):
            yield Difference(what="order_amounts", where=f"release_orders {order.id}", expected="nothing below nothing", found=str(amounts))


def _requisitions(reading: Repositories) -> Iterator[Difference]:
    for one in reading.requisitions.where("ORDER BY recorded_at, id"):
        marks = reading.requisition_steps.where("WHERE requisition_id = ? ORDER BY seq", (one.id,))
        state = requisitions.state_of(one, marks)
        if one.state is not state:
            yield Difference(what="requisition_state", where=f"requisitions {one.id}", expected=state, found=one.state)
        if requisitions.amounts_of(one, marks).held < 0:
            yield Difference(what="requisition_held", where=f"requisitions {one.id}", expected="nothing below nothing", found=str(one.quantity))
