"""Carries a release order and its request along inside an open unit of work: the ledger's movements, the appended step, both states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import release_orders as orders
from emergency_desk.domain import supply_requests as requests
from emergency_desk.domain.ids import Id, release_number, request_number
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.moments import local_year
from emergency_desk.domain.release_legs import leg_told_of
from emergency_desk.domain.release_orders import ReleaseLine, ReleaseMark, ReleaseOrder, ReleaseState, ReleaseStep
from emergency_desk.domain.stock import MovementKind
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.stocking import Moving, Taken
from emergency_desk.store.repositories.supply_flow import leg_views, line_amounts, lines_of, movements_of, still_reserved

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

__all__ = ["carry", "follow", "keep_lines", "leg_views", "line_amounts", "lines_of", "mark", "movements_of", "moving_for", "next_release",
           "next_request", "still_reserved", "told"]

def next_request(desk: Desk, work: UnitOfWork, at: datetime) -> str:
    """Return the next number of a request."""
    year = local_year(at)
    return request_number(desk.facts.code, year, work.next_number(f"request {desk.facts.code} {year}"))


def next_release(desk: Desk, work: UnitOfWork, at: datetime) -> str:
    """Return the next number of a release order."""
    year = local_year(at)
    return release_number(desk.facts.code, year, work.next_number(f"release {desk.facts.code} {year}"))


# -- carrying along ---------------------------------------------------------------------------------------------------
def follow(work: UnitOfWork, request_id: Id | None) -> None:
    """Let the state of a request, and of those it passes on for, follow its lines."""
    if request_id is None:
        return
    request = work.supply_requests.get(request_id)
    state = requests.state_of(line_amounts(work, line) for line in lines_of(work, request_id))
    if state is not request.state:
        work.supply_requests.put(replace(request, state=state))
    follow(work, request.follows_id)


def carry(work: UnitOfWork, order: ReleaseOrder, *, at: datetime) -> ReleaseOrder:
    """Let the state of an order follow its movements, and its request after it; an arrival that ends it is noted with its moment."""
    amounts = orders.amounts_by_lot(movements_of(work, order.id))
    is_picked = bool(work.release_steps.count("WHERE order_id = ? AND step = ?", (order.id, ReleaseStep.PICKED.value)))
    state = orders.state_of(amounts, is_picked=is_picked)
    arrived = (order.arrived_at or at) if state is ReleaseState.RECEIVED else None
    carried = _as_its_vehicle(work, replace(order, state=state, arrived_at=arrived), at=at)
    if carried != order:
        order = work.release_orders.put(carried)
    follow(work, order.request_id)
    return order


def _as_its_vehicle(work: UnitOfWork, order: ReleaseOrder, *, at: datetime) -> ReleaseOrder:
    """Return an order told by the vehicle that is expected first; a vehicle that is empty has arrived."""
    views = leg_views(work, order)
    if not work.release_legs.count("WHERE order_id = ?", (order.id,)):
        return order  # left before vehicles were told apart, or not yet
    for view in views:
        arrived = None if view.is_on_the_road or not view.whole.shipped else view.leg.arrived_at or at
        if arrived != view.leg.arrived_at:
            work.release_legs.put(replace(view.leg, arrived_at=arrived))
    leg = leg_told_of(views)
    return replace(order, vehicle=leg.vehicle, driver=leg.driver, driver_phone=leg.driver_phone, carrier=leg.carrier, waybill=leg.waybill,
                   departed_at=min(view.leg.departed_at for view in views), expected_at=leg.expected_at)


def mark(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, step: ReleaseStep, *, at: datetime, occurred_at: datetime | None = None,
    document: str = "", person: str = "", how: str = "", packages: int | None = None, reason: str = "", approved_by: str = "",
    items: str = "", items_en: str = "", vehicle: str = "",
) -> ReleaseMark:
    """Append a step of an order and tell it in its incident's log."""
    made = work.release_steps.add(ReleaseMark(
        id=desk.new_id(), order_id=order.id, step=step, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who, document=document,
        person=person.strip(), how=how.strip(), packages=packages, reason=reason.strip(), approved_by=approved_by.strip()))
    if order.incident_id is not None:
        depot = work.sites.get(order.site_id)
        logbook.write(desk, work, Happening.STOCK, at=at, occurred_at=occurred_at, incident_id=order.incident_id, about_id=made.id,
                      text=reason.strip(), step=step.value, document=order.number, depot=depot.name, items=items, items_en=items_en or items,
                      person=person.strip(), vehicle=vehicle)
    return made


def told(work: Repositories, amounts: Iterable[tuple[Id, int]]) -> tuple[str, str]:
    """Return goods in words, Chinese and English: what and how many of it."""
    by_item: dict[Id, int] = {}
    for item_id, quantity in amounts:
        by_item[item_id] = by_item.get(item_id, 0) + quantity
    some = [(work.supply_items.get(item_id), quantity) for item_id, quantity in by_item.items() if quantity]
    return ("；".join(f"{item.name} {quantity} {item.unit}" for item, quantity in some),
            "; ".join(f"{item.name_en or item.name} {quantity} {item.unit}" for item, quantity in some))


def moving_for(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, kind: MovementKind, *, item_id: Id, quantity: int, at: datetime, document: str,
    occurred_at: datetime | None = None, reason: str = "", approved_by: str = "", counterpart: str = "",
) -> Moving:
    """Return a moving of one item of an order, under a shared document and without a line of its own in the log."""
    asked = Asked(item_id=item_id, site_id=order.site_id, quantity=quantity, incident_id=order.incident_id, order_id=order.id, reason=reason,
                  approved_by=approved_by, counterpart=counterpart, occurred_at=occurred_at)
    return Moving(desk, work, kind, asked, at=at, document=document, tells=False)


def keep_lines(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, taken: Sequence[Taken], *, request_line_id: Id | None,
) -> None:
    """Append which lots were ordered out, and for which line of the request."""
    for one in taken:
        work.release_lines.add(ReleaseLine(id=desk.new_id(), order_id=order.id, item_id=one.lot.item_id, lot_id=one.lot.id,
                                           place_id=one.place_id, quantity=one.quantity, request_line_id=request_line_id))
