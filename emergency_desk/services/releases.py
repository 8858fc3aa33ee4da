"""Release orders: goods ordered out of depots, picked by bin, sent on the road, received in parts, their differences explained.

What is on the road has an account of its own in the ledger, so that nothing vanishes between two signatures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from emergency_desk.domain import release_orders as orders
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, IncidentIsClosed, NotFound, OccurredInFuture, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegReceipt, ReleaseLeg, check_load, leg_meant, waybill_number
from emergency_desk.domain.release_orders import (
    Arrived,
    LotAmounts,
    ReleaseOrder,
    ReleaseState,
    ReleaseStep,
    ToRelease,
    Transport,
)
from emergency_desk.domain.stock import ClaimKind, MovementKind, StockAccount
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.domain.stock_errors import DecidedTooMuch, NothingReleased, OrderNotThere
from emergency_desk.domain.supplies import check_count
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import releasing
from emergency_desk.services.steps.packing import units_of
from emergency_desk.services.steps.stocking import Moving, Taken, next_document, place_in
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork

Released = tuple[ReleaseOrder, ...]
_BEFORE_IT_IS_OVER = (ReleaseState.ORDERED, ReleaseState.PICKED, ReleaseState.ON_THE_WAY, ReleaseState.PART_RECEIVED)


# -- ordering ---------------------------------------------------------------------------------------------------------
def release(
    desk: Desk, *, lines: Sequence[ToRelease], approved_by: str, approved_how: str = "", incident_id: Id | None = None,
    request_id: Id | None = None, to_site_id: Id | None = None, place: str = "", receiver: str = "", phone: str = "", note: str = "",
) -> Done[Released]:
    """Order goods out, one order for each depot; the lots are kept back at once, the one that expires first first.

    Without a destination they go to the incident. Raises NothingReleased, FieldMissing, StockShort, LotExpired, DecidedTooMuch,
    IncidentIsClosed, NotFound.
    """
    desk.may(Act.RELEASE_STOCK)
    if not lines:
        raise NothingReleased()
    if not approved_by.strip():
        raise FieldMissing(name="approved_by")
    at = desk.now()
    with desk.open_work() as work:
        if request_id is not None:
            request = work.supply_requests.get(request_id)
            incident_id = incident_id or request.incident_id
            to_site_id, place = to_site_id or (None if place else request.site_id), place or request.place
            phone, receiver = phone or request.phone, receiver or request.asked_by
        if incident_id is None and to_site_id is None and not place.strip():
            raise FieldMissing(name="place")
        blank = _blank(desk, work, at, approved_by=approved_by.strip(), approved_how=approved_how.strip(), incident_id=incident_id,
                       request_id=request_id, to_site_id=to_site_id, place=place.strip(), receiver=receiver.strip(), phone=phone.strip(),
                       note=note.strip())
        made = tuple(_order(desk, work, replace(blank, site_id=site_id), [line for line in lines if line.site_id == site_id], at=at)
                     for site_id in dict.fromkeys(line.site_id for line in lines))
        return Done(made, work.commit("release_stock", orders=[order.number for order in made]))


def _blank(desk: Desk, work: UnitOfWork, at: datetime, *, incident_id: Id | None, to_site_id: Id | None, **given: object) -> ReleaseOrder:
    incident = work.incidents.get(incident_id) if incident_id is not None else None
    if incident is not None and not incident.is_open:
        raise IncidentIsClosed(number=incident.number)
    if to_site_id is not None:
        place_in(work, to_site_id, None)
    return ReleaseOrder(id=Id(""), number="", site_id=Id(""), ordered_at=at, recorded_at=at, account_id=desk.who, incident_id=incident_id,
                        to_site_id=to_site_id, is_exercise=desk.is_exercise or (incident is not None and incident.is_exercise),
                        **given)  # type: ignore[arg-type]


def _order(desk: Desk, work: UnitOfWork, blank: ReleaseOrder, lines: Sequence[ToRelease], *, at: datetime) -> ReleaseOrder:
    order = work.release_orders.add(replace(blank, id=desk.new_id(), number=releasing.next_release(desk, work, at)))
    document = next_document(desk, work, at)
    for line in lines:
        item = work.supply_items.get(line.item_id)
        quantity = check_count("quantity", units_of(work, item, line.quantity, line.unit, lot_id=line.lot_id))
        request_line_id = line.request_line_id or _line_for(work, order, line)
        if request_line_id is not None:
            _check_granted(work, request_line_id, quantity, item.name)
        _free_kept_back(desk, work, order, line, quantity, at=at, document=document)
        moving = releasing.moving_for(desk, work, order, MovementKind.RESERVE, item_id=item.id, quantity=quantity, at=at, document=document)
        moving.good_on = line.good_on or moving.good_on
        if line.lot_id is not None:
            moving.asked = replace(moving.asked, lot_id=line.lot_id)
        taken = moving.first_out() if line.lot_id is None else moving.of_lot(StockAccount.FREE)
        moving.write(taken)
        releasing.keep_lines(desk, work, order, taken, request_line_id=request_line_id)
    items = releasing.told(work, ((line.item_id, line.quantity) for line in work.release_lines.where("WHERE order_id = ?", (order.id,))))
    releasing.mark(desk, work, order, ReleaseStep.ORDERED, at=at, document=document, person=order.approved_by, how=order.approved_how,
                   items=items[0], items_en=items[1])
    return releasing.carry(work, order, at=at)


def _line_for(work: UnitOfWork, order: ReleaseOrder, line: ToRelease) -> Id | None:
    """Return the line of the order's request that asks for the item; None where none does."""
    if order.request_id is None:
        return None
    return next((each.id for each in releasing.lines_of(work, order.request_id) if each.item_id == line.item_id), None)


def _check_granted(work: UnitOfWork, request_line_id: Id, quantity: int, item: str) -> None:
    granted = releasing.line_amounts(work, work.request_lines.get(request_line_id)).to_release
    if quantity > granted:
        raise DecidedTooMuch(item=item, wanted=quantity, there=granted)


def _free_kept_back(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, line: ToRelease, quantity: int, *, at: datetime, document: str,
) -> None:
    """Free what was kept back for the incident in this depot, up to what the order takes: the order keeps it back now."""
    if order.incident_id is None:
        return
    asked = Asked(item_id=line.item_id, site_id=order.site_id, quantity=quantity, incident_id=order.incident_id)
    there = 0
    for claim in work.balances.claims_for(order.incident_id):
        here = work.balances.at_place(claim.lot_id, claim.place_id) if claim.kind is ClaimKind.RESERVED else None
        if here is not None and (here.item_id, here.site_id) == (line.item_id, order.site_id):
            there += claim.quantity
    if there:
        moving = Moving(desk, work, MovementKind.UNRESERVE, replace(asked, quantity=min(there, quantity)), at=at, document=document, tells=False)
        moving.write(moving.kept_back())


# -- in the depot -----------------------------------------------------------------------------------------------------
def pick(
    desk: Desk, *, order_id: Id, picked_by: str, picked: Mapping[Id, int] | None = None, reason: str = "", packages: int | None = None,
    occurred_at: datetime | None = None,
) -> Done[ReleaseOrder]:
    """Enter what was picked, by lot (None: all of it). What was not found is freed again, with the reason.

    Raises OrderNotThere, FieldMissing, FieldRefused, ReasonMissing, OccurredInFuture.
    """
    desk.may(Act.SHIP_STOCK)
    if not picked_by.strip():
        raise FieldMissing(name="picked_by")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        order = orders.require_state(work.release_orders.get(order_id), ReleaseState.ORDERED)
        document = _free_unpicked(desk, work, order, picked, reason, at) if picked is not None else ""
        items = _standing(work, order)
        releasing.mark(desk, work, order, ReleaseStep.PICKED, at=at, occurred_at=occurred_at, document=document, person=picked_by,
                       packages=packages, reason=reason, items=items[0], items_en=items[1])
        order = releasing.carry(work, order, at=at)
        return Done(order, work.commit("pick_stock", order=order.number))


def _free_unpicked(desk: Desk, work: UnitOfWork, order: ReleaseOrder, picked: Mapping[Id, int], reason: str, at: datetime) -> str:
    amounts = orders.amounts_by_lot(releasing.movements_of(work, order.id))
    document = ""
    for lot_id in picked:
        if lot_id not in amounts:
            raise NotFound(kind="lots", key=lot_id)
    for lot_id, there in amounts.items():
        lot = work.lots.get(lot_id)
        fewer = orders.check_picked(lot.number, picked=picked.get(lot_id, there.to_ship), ordered=there.to_ship, reason=reason)
        if fewer:
            document = document or next_document(desk, work, at)
            _take_reserved(desk, work, order, MovementKind.UNRESERVE, lot_id, fewer, at=at, document=document, reason=reason)
    return document


def _take_reserved(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, kind: MovementKind, lot_id: Id, quantity: int, *, at: datetime, document: str,
    reason: str = "", occurred_at: datetime | None = None, vehicle: str = "",
) -> None:
    """Move so much of a lot on from where it stands reserved for an order."""
    lot, taken, left = work.lots.get(lot_id), [], quantity
    for each, place, there in releasing.still_reserved(releasing.movements_of(work, order.id)):
        if each == lot_id and left:
            taken.append(Taken(lot, StockAccount.RESERVED, place, min(left, there)))
            left -= min(left, there)
    releasing.moving_for(desk, work, order, kind, item_id=lot.item_id, quantity=quantity, at=at, document=document, reason=reason,
                         occurred_at=occurred_at, counterpart=vehicle).write(taken)


def cancel(desk: Desk, *, order_id: Id, reason: str) -> Done[ReleaseOrder]:
    """Take back what of an order stands in the depot still: it is free again. Raises OrderNotThere, ReasonMissing."""
    desk.may(Act.RELEASE_STOCK)
    if not reason.strip():
        raise ReasonMissing(act="cancel_release")
    at = desk.now()
    with desk.open_work() as work:
        order = orders.require_state(work.release_orders.get(order_id), *_BEFORE_IT_IS_OVER)
        amounts = orders.amounts_by_lot(releasing.movements_of(work, order.id))
        if not orders.total(amounts.values()).to_ship:
            raise OrderNotThere(order=order.number, state=order.state)
        document = next_document(desk, work, at)
        for lot_id, there in amounts.items():
            if there.to_ship:
                _take_reserved(desk, work, order, MovementKind.UNRESERVE, lot_id, there.to_ship, at=at, document=document, reason=reason)
        releasing.mark(desk, work, order, ReleaseStep.CANCELLED, at=at, document=document, reason=reason)
        order = releasing.carry(work, order, at=at)
        return Done(order, work.commit("cancel_release", order=order.number))


# -- on the road ------------------------------------------------------------------------------------------------------
def ship(
    desk: Desk, *, order_id: Id, transport: Transport, handed_by: str = "", load: Mapping[Id, int] | None = None,
) -> Done[ReleaseOrder]:
    """Send a vehicle on the road with what was picked, or with so much of each lot (`load`); the rest waits for another.

    Raises OrderNotThere, FieldMissing, FieldRefused, OccurredInFuture, LotExpired.
    """
    desk.may(Act.SHIP_STOCK)
    if not transport.vehicle.strip():
        raise FieldMissing(name="vehicle")
    at = desk.now()
    departed_at = transport.departed_at or at
    if departed_at > at:
        raise OccurredInFuture()
    with desk.open_work() as work:
        order = orders.require_state(work.release_orders.get(order_id), *_BEFORE_IT_IS_OVER)
        there = orders.amounts_by_lot(releasing.movements_of(work, order.id))
        if not orders.total(there.values()).to_ship:
            raise OrderNotThere(order=order.number, state=order.state)
        loaded = check_load(load, there, {lot.id: lot.number for lot in work.lots.get_many(there)})
        document = next_document(desk, work, at)
        leg = _leave(desk, work, order, transport, document=document, at=at, departed_at=departed_at)
        for lot_id, quantity in loaded.items():
            _take_reserved(desk, work, order, MovementKind.SHIP, lot_id, quantity, at=at, document=document, occurred_at=departed_at,
                           vehicle=leg.vehicle)
        items = releasing.told(work, ((work.lots.get(lot_id).item_id, quantity) for lot_id, quantity in loaded.items()))
        releasing.mark(desk, work, order, ReleaseStep.SHIPPED, at=at, occurred_at=departed_at, document=document, person=handed_by,
                       items=items[0], items_en=items[1], vehicle=leg.vehicle)
        order = releasing.carry(work, order, at=at)
        return Done(order, work.commit("ship_stock", order=order.number, vehicle=leg.serial))


def _leave(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, transport: Transport, *, document: str, at: datetime, departed_at: datetime,
) -> ReleaseLeg:
    serial = len(releasing.leg_views(work, order)) + 1
    return work.release_legs.add(ReleaseLeg(
        id=desk.new_id(), order_id=order.id, serial=serial, document=document, recorded_at=at, account_id=desk.who,
        vehicle=transport.vehicle.strip(), departed_at=departed_at, driver=transport.driver.strip(),
        driver_phone=transport.driver_phone.strip(), carrier=transport.carrier.strip(),
        waybill=transport.waybill.strip() or waybill_number(order, serial), expected_at=transport.expected_at))


def change_arrival(desk: Desk, *, order_id: Id, expected_at: datetime, reason: str, leg_id: Id | None = None) -> Done[ReleaseOrder]:
    """Say when a vehicle is expected now, with why. Raises OrderNotThere, ReasonMissing, FieldMissing where several are on the road."""
    desk.may(Act.SHIP_STOCK)
    if not reason.strip():
        raise ReasonMissing(act="change_arrival")
    with desk.open_work() as work:
        order = orders.require_state(work.release_orders.get(order_id), ReleaseState.ON_THE_WAY, ReleaseState.PART_RECEIVED)
        leg = leg_meant(releasing.leg_views(work, order), leg_id, order).leg
        if leg.id != order.id:  # else it left before vehicles were told apart
            work.release_legs.put(replace(leg, expected_at=expected_at, note=reason.strip()))
        told = replace(order, note=reason.strip(), expected_at=expected_at if leg.id == order.id else order.expected_at)
        order = releasing.carry(work, work.release_orders.put(told), at=desk.now())
        return Done(order, work.commit("change_arrival", order=order.number, reason=reason.strip()))


# -- receiving --------------------------------------------------------------------------------------------------------
def receive(
    desk: Desk, *, order_id: Id, arrived: Sequence[Arrived], received_by: str, how: str = "", occurred_at: datetime | None = None,
    reason: str = "", approved_by: str = "", leg_id: Id | None = None,
) -> Done[ReleaseOrder]:
    """Take in what a vehicle brought, in one part or several: good goods, and every difference with its reason and who approved it.

    `leg_id` names the vehicle where several are on the road. What is not told of stays there.
    Raises OrderNotThere, FieldMissing, FieldRefused, ReasonMissing, OccurredInFuture, NotFound.
    """
    desk.may(Act.RECEIVE_STOCK)
    if not received_by.strip():
        raise FieldMissing(name="received_by")
    at = desk.now()
    if occurred_at is not None and occurred_at > at:
        raise OccurredInFuture()
    with desk.open_work() as work:
        order = orders.require_state(work.release_orders.get(order_id), ReleaseState.ON_THE_WAY, ReleaseState.PART_RECEIVED)
        leg = leg_meant(releasing.leg_views(work, order), leg_id, order)
        amounts = leg.amounts
        some = [one for one in arrived if one.from_the_road or one.over]
        if not some:
            raise FieldMissing(name="received")
        document = next_document(desk, work, at)
        if leg.leg.id != order.id:
            work.leg_receipts.add(LegReceipt(id=desk.new_id(), leg_id=leg.leg.id, document=document))
        for one in some:
            lot = work.lots.get(one.lot_id)
            orders.check_arrived(one, lot=lot.number, in_transit=amounts.get(one.lot_id, LotAmounts()).in_transit, reason=reason,
                                 approved_by=approved_by)
            _arrive(desk, work, order, one, at=at, document=document, occurred_at=occurred_at, reason=reason, approved_by=approved_by,
                    received_by=received_by)
        step = ReleaseStep.RECEIVED if any(one.good or one.over for one in some) else ReleaseStep.EXPLAINED
        items = releasing.told(work, ((work.lots.get(one.lot_id).item_id, one.good + one.over) for one in some))
        releasing.mark(desk, work, order, step, at=at, occurred_at=occurred_at, document=document, person=received_by, how=how, reason=reason,
                       approved_by=approved_by, items=items[0], items_en=items[1])
        order = releasing.carry(work, order, at=occurred_at or at)
        return Done(order, work.commit("receive_transport", order=order.number))


def _arrive(
    desk: Desk, work: UnitOfWork, order: ReleaseOrder, one: Arrived, *, at: datetime, document: str, occurred_at: datetime | None,
    reason: str, approved_by: str, received_by: str,
) -> None:
    lot = work.lots.get(one.lot_id)
    place = place_in(work, order.to_site_id, None) if order.to_site_id is not None else ""
    parts = ((MovementKind.ARRIVE if place else MovementKind.ARRIVE_IN_USE, StockAccount.IN_TRANSIT, one.good),
             (MovementKind.TRANSIT_DAMAGE, StockAccount.IN_TRANSIT, one.damaged), (MovementKind.TRANSIT_LOSS, StockAccount.IN_TRANSIT, one.short),
             (MovementKind.OVERAGE if place else MovementKind.OVER_IN_USE, StockAccount.COUNT, one.over))
    for kind, account, quantity in parts:
        if quantity:
            moving = releasing.moving_for(desk, work, order, kind, item_id=lot.item_id, quantity=quantity, at=at, document=document,
                                          occurred_at=occurred_at, reason=reason if account is StockAccount.COUNT or one.differs else "",
                                          approved_by=approved_by, counterpart=received_by)
            moving.write([Taken(lot, account, place, quantity)], to_place=place)


# -- words for the log ------------------------------------------------------------------------------------------------
def _standing(work: UnitOfWork, order: ReleaseOrder) -> tuple[str, str]:
    amounts = orders.amounts_by_lot(releasing.movements_of(work, order.id))
    return releasing.told(work, ((work.lots.get(lot).item_id, there.to_ship) for lot, there in amounts.items()))
