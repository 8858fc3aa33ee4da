"""Gathers what stands on the papers from request to receipt. Reads only."""

from __future__ import annotations

from emergency_desk.domain import requisitions as rules
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import LegView
from emergency_desk.domain.request_boards import OrderView
from emergency_desk.domain.supply_sheets import (
    DistributionListSheet,
    GiftListSheet,
    GoodsReceiptSheet,
    PickingListSheet,
    ReleaseOrderSheet,
    RequisitionNoticeSheet,
    SupplyRequestSheet,
    WaybillSheet,
)
from emergency_desk.services import blackout, giving_out, requisitions, supply_board
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint
from emergency_desk.services.requisitions import Owner


def supply_request_sheet(desk: Desk, *, request_id: Id | None = None, number: str = "") -> SupplyRequestSheet:
    """Return a request by id or number, or the newest. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    if request_id is None:
        with desk.reading() as reading:
            found = reading.supply_requests.first(*_newest(number, "recorded_at DESC, id DESC"))
        request_id = _one([each.id for each in found], "supply-request", number)
    return SupplyRequestSheet(imprint(desk), supply_board.request_view(desk, request_id=request_id))


def release_order_sheet(desk: Desk, *, order_id: Id | None = None, number: str = "") -> ReleaseOrderSheet:
    """Return a release order. Raises NothingToPrint, NotFound."""
    return ReleaseOrderSheet(imprint(desk), _order(desk, order_id, number, "release-order"))


def picking_list_sheet(desk: Desk, *, order_id: Id | None = None, number: str = "") -> PickingListSheet:
    """Return the picking list of an order, by bin. Raises NothingToPrint, NotFound."""
    view = _order(desk, order_id, number, "picking-list")
    return PickingListSheet(imprint(desk), view, code=str(blackout.code_of_release(desk, order_id=view.order.id)))


def waybill_sheet(desk: Desk, *, order_id: Id | None = None, number: str = "") -> WaybillSheet:
    """Return the waybill of a vehicle, or of the last one that left with goods of an order. Raises NothingToPrint, NotFound."""
    view, leg = _leg(desk, order_id, number, "waybill")
    return WaybillSheet(imprint(desk), view, leg)


def goods_receipt_sheet(desk: Desk, *, order_id: Id | None = None, number: str = "") -> GoodsReceiptSheet:
    """Return the receipt of what a vehicle brings: to be signed, or as it was received. Raises NothingToPrint, NotFound."""
    view, leg = _leg(desk, order_id, number, "goods-receipt")
    return GoodsReceiptSheet(imprint(desk), view, leg)


def distribution_list_sheet(desk: Desk, *, incident_id: Id) -> DistributionListSheet:
    """Return a list to be signed for what is out in use at an incident. Raises NotFound."""
    desk.may(Act.READ)
    board = supply_board.supply_board(desk, incident_id=incident_id)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
    goods = tuple((one.name, one.unit, one.in_use) for one in board.items if one.in_use)
    return DistributionListSheet(imprint(desk), incident.id, incident.number, incident.title, goods, incident.address,
                                 desk.is_exercise or incident.is_exercise)


def requisition_notice_sheet(desk: Desk, *, requisition_id: Id | None = None, number: str = "") -> RequisitionNoticeSheet:
    """Return the notice of a requisition. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    if requisition_id is None:
        with desk.reading() as reading:
            found = reading.requisitions.first(*_newest(number, "recorded_at DESC, id DESC"))
        requisition_id = _one([each.id for each in found], "requisition-notice", number)
    owner = requisitions.owner_of(desk, requisition_id=requisition_id)
    with desk.reading() as reading:
        known = reading.requisitions.get(requisition_id)
        incident = reading.incidents.get(known.incident_id)
    return RequisitionNoticeSheet(imprint(desk, known.area_id), known, incident.number, incident.title, owner.get(Owner.NAME, ""),
                                  owner.get(Owner.ADDRESS, ""), owner.get(Owner.PHONE, ""), rules.ART_12)


def gift_list_sheet(desk: Desk) -> GiftListSheet:
    """Return the list of gifts as it is made public. Raises NothingToPrint while there is none."""
    desk.may(Act.READ)
    board = giving_out.gift_board(desk)
    if not board.gifts:
        raise NothingToPrint(name="gift-list", number="")
    return GiftListSheet(imprint(desk), board, desk.is_exercise)


def _order(desk: Desk, order_id: Id | None, number: str, name: str) -> OrderView:
    desk.may(Act.READ)
    if order_id is None:
        with desk.reading() as reading:
            found = reading.release_orders.first(*_newest(number, "recorded_at DESC, id DESC"))
        order_id = _one([each.id for each in found], name, number)
    return supply_board.order_view(desk, order_id=order_id)


def _leg(desk: Desk, about_id: Id | None, number: str, name: str) -> tuple[OrderView, LegView]:
    """Return the order and the vehicle that are meant: by the vehicle's id or waybill, else the last that left of an order."""
    with desk.reading() as reading:
        where, values = ("WHERE id = ?", (about_id,)) if about_id is not None else ("WHERE waybill = ?", (number,)) if number else ("", ())
        legs = reading.release_legs.where(f"{where} ORDER BY departed_at DESC, serial DESC LIMIT 1", values)
    view = _order(desk, legs[0].order_id if legs else about_id, "" if legs else number, name)
    if not view.legs:
        raise NothingToPrint(name=name, number=view.order.number)
    return view, next((one for one in view.legs if legs and one.leg.id == legs[0].id), view.legs[-1])


def _newest(number: str, order: str) -> tuple[str, tuple[str, ...]]:
    return (f"WHERE number = ? ORDER BY {order}", (number,)) if number else (f"ORDER BY {order}", ())


def _one(ids: list[Id], name: str, number: str) -> Id:
    if not ids:
        raise NothingToPrint(name=name, number=number)
    return ids[0]
