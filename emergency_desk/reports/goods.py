"""The papers from request to receipt as lists: what a request asks, an order orders out, a bin holds, a driver carries, somebody signs for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_legs import ReleaseLeg
from emergency_desk.domain.release_orders import LotAmounts
from emergency_desk.domain.request_boards import OrderLotView, OrderView
from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.domain.supply_sheets import (
    DistributionListSheet,
    GoodsReceiptSheet,
    OrderPaper,
    PickingListSheet,
    ReleaseOrderSheet,
    SupplyRequestSheet,
    WaybillSheet,
)
from emergency_desk.domain.teams import HowHeard
from emergency_desk.reports.listing import Listing, pdf_writer
from emergency_desk.reports.listing import write_xlsx as write_book
from emergency_desk.reports.page import FORM, in_paper, worded
from emergency_desk.reports.tables import Column, Row, Total
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import date_time
from emergency_desk.wording.labels import label

Goods = SupplyRequestSheet | OrderPaper | DistributionListSheet
_NUMBER = 17 * mm


def write_xlsx(sheet: Goods, path: Path, paper: PaperSettings) -> Printed:
    """Write a paper as a workbook."""
    with worded(paper):
        return write_book(listing_of(sheet, paper), path, paper)


def listing_of(sheet: Goods, paper: PaperSettings) -> Listing:
    """Return what a paper says."""
    if isinstance(sheet, SupplyRequestSheet):
        return _request(sheet, paper)
    if isinstance(sheet, DistributionListSheet):
        return _distribution(sheet, paper)
    makers: dict[type[OrderPaper], Callable[..., Listing]] = {
        ReleaseOrderSheet: _release, PickingListSheet: _picking, WaybillSheet: _waybill, GoodsReceiptSheet: _receipt}
    return makers[type(sheet)](sheet, paper)


def _lines(*parts: tuple[str, str]) -> tuple[str, ...]:
    """Return what is told, one fact on a line; a fact nobody knows stays away."""
    return tuple(f"{_('{name}: ').format(name=name)}{value}" for name, value in parts if value)


def _signing(*who: str) -> Callable[[Imprint, PaperSettings], str]:
    return lambda _imprint, _paper: "        ".join(_("{who}: ____________").format(who=each) for each in who)


# -- the request ------------------------------------------------------------------------------------------------------
def _request(sheet: SupplyRequestSheet, paper: PaperSettings) -> Listing:
    view, request = sheet.view, sheet.view.request
    heard = _("{who}, {how}, {back}").format(who=request.heard_from, how=_how(request.heard_how),
                                            back=_("read back") if request.read_back else _("not read back")) if request.heard_from else ""
    rows: list[Row] = []
    for number, one in enumerate(view.lines, start=1):
        amounts = one.amounts
        rows.append((number, in_paper(one.name, paper), unit_word(one.unit), amounts.asked, amounts.granted, amounts.passed_up, amounts.refused,
                     amounts.received + amounts.received_above, one.line.note))
    reasons = tuple(_("{what} {quantity}: {reason} ({person}, {at})").format(
        what=label(each.kind), quantity=each.quantity, reason=each.reason, person=each.decided_by, at=date_time(each.occurred_at))
        for each in view.decisions if each.reason)
    return Listing(
        title=_("Request for supplies"), imprint=sheet.imprint, is_exercise=sheet.is_exercise, rows=rows, notes=reasons,
        told=_lines((_("Number"), request.number), (_("From"), f"{in_paper(view.area, paper)}（{label(request.tier)}）"),
                    (_("To the tier"), label(request.to_tier)), (_("Incident"), _named(view.incident_number, view.incident_title)),
                    (_("To be brought to"), in_paper(view.to, paper)), (_("Asked by"), _named(request.asked_by, request.phone)),
                    (_("Asked at"), date_time(request.asked_at)), (_("Needed by"), date_time(request.needed_by) if request.needed_by else ""),
                    (_("Priority"), label(request.priority)), (_("Heard from"), heard), (_("State"), label(request.state)),
                    (_("Passed up as"), ", ".join(view.upward_numbers)), (_("Follows"), view.follows_number), (_("Note"), request.note)),
        columns=(Column(_("No."), 9 * mm, right=True), Column(pgettext("column", "Goods")), Column(_("Unit"), 12 * mm),
                 Column(_("Asked"), _NUMBER, right=True), Column(_("Granted"), _NUMBER, right=True), Column(_("Passed up"), _NUMBER, right=True),
                 Column(_("Refused"), _NUMBER, right=True), Column(pgettext("goods", "Received"), _NUMBER, right=True),
                 Column(_("Note"), 22 * mm)),
        signed=_signing(_("Asked by"), _("Decided by"), _("Day")))


# -- the order --------------------------------------------------------------------------------------------------------
def _release(sheet: ReleaseOrderSheet, paper: PaperSettings) -> Listing:
    view, order = sheet.view, sheet.view.order
    return _order_listing(sheet, paper, _("Release order"), _lot_columns(Column(_("Ordered"), 20 * mm, right=True)),
                          lambda lot: (lot.ordered,), (view.whole.reserved,),
                          (_("Agreed by"), _named(order.approved_by, order.approved_how)), (_("Receiver"), _named(order.receiver, order.phone)),
                          signed=_signing(_("Approved"), _("Storekeeper"), _("Received there by")))


def _picking(sheet: PickingListSheet, paper: PaperSettings) -> Listing:
    columns = (Column(_("Bin"), 22 * mm), *_lot_columns(Column(_("To pick"), 18 * mm, right=True), Column(_("Picked"), 18 * mm),
                                                        Column(_("Tick"), 11 * mm)))
    return _order_listing(sheet, paper, _("Picking list"), columns, lambda lot: (lot.amounts.reserved, "", ""),
                          (sheet.view.whole.reserved, "", ""), (_("Code for keying back"), sheet.code), bins=True,
                          signed=_signing(_("Picked by"), _("Checked by"), _("Packages")))


def _waybill(sheet: WaybillSheet, paper: PaperSettings) -> Listing:
    order, leg = sheet.view.order, sheet.leg
    return _order_listing(sheet, paper, pgettext("paper", "Waybill"), _lot_columns(Column(_("Sent"), 20 * mm, right=True)),
                          lambda lot: (leg.amounts[lot.lot_id].shipped,), (leg.whole.shipped,), *_transport(sheet.view, leg.leg),
                          (_("Receiver"), _named(order.receiver, order.phone)),
                          signed=_signing(_("Handed over by"), _("Driver"), _("Received there by")), lots=leg.amounts)


def _receipt(sheet: GoodsReceiptSheet, paper: PaperSettings) -> Listing:
    leg, whole = sheet.leg, sheet.leg.whole
    columns = _lot_columns(*(Column(name, 13 * mm, right=True) for name in (
        _("Sent"), _("Good"), _("Damaged"), pgettext("goods", "Short"), pgettext("goods", "Over"), _("On the road"))))

    def cells(lot: OrderLotView) -> tuple[int | str, ...]:
        there = leg.amounts[lot.lot_id]
        return there.shipped, there.good, there.damaged, there.short, there.over, there.in_transit

    several = len(sheet.view.legs) > 1
    notes = tuple(_("{at} {step}, {person}: {reason} (agreed by {approved})").format(
        at=date_time(mark.occurred_at), step=label(mark.step), person=mark.person, reason=mark.reason or "—", approved=mark.approved_by or "—")
        for mark in sheet.view.marks if mark.document and mark.step.value in ("step_received", "step_explained")
        and (not several or mark.document in leg.documents))
    return _order_listing(sheet, paper, _("Receipt of goods"), columns, cells, (
        whole.shipped, whole.good, whole.damaged, whole.short, whole.over, whole.in_transit), *_transport(sheet.view, leg.leg), notes=notes,
        signed=_signing(_("Driver"), _("Received there by"), _("Time")), lots=leg.amounts)


def _lot_columns(*more: Column) -> tuple[Column, ...]:
    return (Column(pgettext("column", "Goods")), Column(_("Lot"), 23 * mm), Column(_("Expires"), 20 * mm), Column(_("Unit"), 12 * mm), *more)


def _order_listing(
    sheet: OrderPaper, paper: PaperSettings, title: str, columns: tuple[Column, ...], cells: Callable[[OrderLotView], tuple[int | str, ...]],
    sums: tuple[int | str, ...], *told: tuple[str, str], signed: Callable[[Imprint, PaperSettings], str], bins: bool = False,
    notes: tuple[str, ...] = (), lots: Mapping[Id, LotAmounts] | None = None,
) -> Listing:
    view = sheet.view
    shown = [lot for lot in view.lots if lots is None or lot.lot_id in lots]  # of one vehicle: what it carries
    head = [""] if bins else []
    rows: list[Row] = []
    for lot in shown:
        name = f"{in_paper(lot.name, paper)} {lot.specification}".strip()
        rows.append((*([lot.bins] if bins else []), name, lot.number, lot.expires_on, unit_word(lot.unit), *cells(lot)))
    if len({(lot.item_id, lot.unit) for lot in shown}) == 1:  # a sum of beds and blankets says nothing
        rows.append(Total((*head, _("Sum"), "", "", "", *sums)))
    return Listing(title=title, imprint=sheet.imprint, is_exercise=sheet.is_exercise, columns=columns, rows=rows, signed=signed, notes=notes,
                   told=_lines((_("Number"), view.order.number), *_where(view, paper), *told, (_("Note"), view.order.note)))


def _where(view: OrderView, paper: PaperSettings) -> tuple[tuple[str, str], ...]:
    return ((_("Ordered at"), date_time(view.order.ordered_at)), (_("Request"), view.request_number),
            (_("Incident"), _named(view.incident_number, view.incident_title)),
            (_("Out of"), _named(in_paper(view.depot, paper), view.keeper, view.depot_phone)), (_("To be brought to"), in_paper(view.to, paper)))


def _transport(view: OrderView, leg: ReleaseLeg) -> tuple[tuple[str, str], ...]:
    several = _("{place} of {count}").format(place=leg.serial, count=len(view.legs)) if len(view.legs) > 1 else ""
    return ((_("Waybill"), leg.waybill), (_("Vehicle"), _named(leg.vehicle, leg.carrier, several)),
            (_("Driver"), _named(leg.driver, leg.driver_phone)), (_("Left at"), date_time(leg.departed_at)),
            (_("Expected at"), date_time(leg.expected_at) if leg.expected_at else ""))


def _how(how: str) -> str:
    return label(HowHeard(how)) if how in set(HowHeard) else how


def _named(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


# -- given to people --------------------------------------------------------------------------------------------------
def _distribution(sheet: DistributionListSheet, paper: PaperSettings) -> Listing:
    goods = "；".join(f"{in_paper(name, paper)} {count} {unit}" for name, unit, count in sheet.goods)
    rows: list[Row] = [(number, "", "", "", "", "") for number in range(1, sheet.lines + 1)]
    return Listing(
        title=_("List of goods given out"), imprint=sheet.imprint, is_exercise=sheet.is_exercise, rows=rows,
        told=_lines((_("Incident"), _named(sheet.incident_number, sheet.incident_title)), (_("Place"), sheet.place), (_("Goods"), goods)),
        notes=(_("Names stand on this paper alone. The desk keeps how many households and people were given what, and where this list lies."),),
        columns=(Column(_("No."), 10 * mm, right=True), Column(_("Name of the household"), 36 * mm), Column(_("People"), 15 * mm),
                 Column(_("Goods and how many")), Column(_("Signature"), 30 * mm), Column(_("Time"), 22 * mm)),
        signed=_signing(_("Handed out by"), _("Witness"), _("Households and people")))


write = pdf_writer(listing_of, layout=FORM, pad=4.0, has_uprights=True)
