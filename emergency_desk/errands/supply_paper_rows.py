"""The rows of the papers from request to receipt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from emergency_desk.domain import supply_sheets as supply
from emergency_desk.domain.ids import Id
from emergency_desk.errands.paper_rows import About, Paper, PaperAsked
from emergency_desk.services import papers, supply_papers
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import Sheet
from emergency_desk.wording.catalog import N_
from emergency_desk.wording.formats import local

RELEASE_ORDER, PICKING_LIST, WAYBILL, GOODS_RECEIPT = "release-order", "picking-list", "waybill", "goods-receipt"
SUPPLY_REQUEST, DISTRIBUTION, REQUISITION, GIFTS = "supply-request", "distribution-list", "requisition-notice", "gift-list"


def _of_order(read: Callable[..., Sheet], desk: Desk, asked: PaperAsked) -> Sheet:
    return read(desk, order_id=asked.about_id, number=asked.number)


def _order_paper(name: str, sheet: type, read: Callable[..., Sheet], title: str, *, stands_there: bool = True) -> Paper:
    def stem(made: Any) -> str:
        return f"{made.view.order.number}-{name}"

    return Paper(name=name, sheet=sheet, about=About.GOODS, drawn_by="goods", has_xlsx=True, read=partial(_of_order, read), title=title,
                 stem=stem, number=lambda made: made.view.order.number, line=title if stands_there else "")


def _incident_id(desk: Desk, asked: PaperAsked) -> Id:
    return asked.about_id or papers.find_incident(desk, number=asked.number).id


SUPPLY_PAPERS: tuple[Paper, ...] = (
    _order_paper(RELEASE_ORDER, supply.ReleaseOrderSheet, supply_papers.release_order_sheet, N_("Release order {number}")),
    _order_paper(PICKING_LIST, supply.PickingListSheet, supply_papers.picking_list_sheet, N_("Picking list {number}"), stands_there=False),
    _order_paper(WAYBILL, supply.WaybillSheet, supply_papers.waybill_sheet, N_("Waybill {number}")),
    _order_paper(GOODS_RECEIPT, supply.GoodsReceiptSheet, supply_papers.goods_receipt_sheet, N_("Receipt of goods {number}")),
    Paper(name=SUPPLY_REQUEST, sheet=supply.SupplyRequestSheet, about=About.GOODS, drawn_by="goods", has_xlsx=True,
          read=lambda desk, asked: supply_papers.supply_request_sheet(desk, request_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.view.request.number}-request", title=N_("Request for supplies {number}"),
          number=lambda sheet: sheet.view.request.number, line=N_("Request for supplies {number}")),
    Paper(name=DISTRIBUTION, sheet=supply.DistributionListSheet, about=About.INCIDENT, drawn_by="goods", has_xlsx=True,
          read=lambda desk, asked: supply_papers.distribution_list_sheet(desk, incident_id=_incident_id(desk, asked)),
          stem=lambda sheet: f"{sheet.incident_number}-given-out", title=N_("List of goods given out {number}"),
          number=lambda sheet: sheet.incident_number, line=N_("List of goods given out")),
    Paper(name=REQUISITION, sheet=supply.RequisitionNoticeSheet, about=About.GOODS, drawn_by="requisition_notice", has_docx=True,
          read=lambda desk, asked: supply_papers.requisition_notice_sheet(desk, requisition_id=asked.about_id, number=asked.number),
          stem=lambda sheet: f"{sheet.requisition.number}-notice", title=N_("Requisition notice {number}"),
          number=lambda sheet: sheet.requisition.number, line=N_("Requisition notice {number}")),
    Paper(name=GIFTS, sheet=supply.GiftListSheet, about=About.DESK, drawn_by="gift_list", has_xlsx=True,
          read=lambda desk, _asked: supply_papers.gift_list_sheet(desk), stem=lambda sheet: f"gifts-{local(sheet.imprint.printed_at):%Y%m%d}",
          title=N_("Donations received and used"), number=lambda _sheet: ""),
)
