"""What the page of a paper reads at one moment: the sheet, the incident's other papers, and what was typed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.sheets import OrderSheet
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import StockAsked
from emergency_desk.domain.supply_sheets import SupplySheet
from emergency_desk.errands.papers import About, PaperAsked, paper_of, papers_of_plan, read_sheet
from emergency_desk.services import drafts, papers
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import PaperLine, Sheet
from emergency_desk.ui.papers.order_facts import Typed


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What one reading found."""

    sheet: Sheet
    papers: tuple[PaperLine, ...]
    draft: Typed
    now: datetime
    of_plan: tuple[PaperAsked, ...] = ()  # the other papers of the plan, or of stock


def read_paper(desk: Desk, asked: PaperAsked) -> PaperRead:
    """Read a paper on the store thread."""
    sheet = read_sheet(desk, asked)
    lines: tuple[PaperLine, ...] = ()
    incident_id = incident_id_of(sheet)
    if incident_id is not None:
        lines = papers.papers_of(desk, incident_id=incident_id)
    draft: Typed = drafts.get_draft(desk, name=draft_name(sheet.dispatch.id)) if isinstance(sheet, OrderSheet) else {}
    plan = plan_of(sheet)
    beside = asked.beside or (papers_of_stock(asked) if is_of_stock(asked) else papers_of_plan(desk, plan) if plan is not None else ())
    return PaperRead(sheet, lines, draft, desk.now(), beside)


def is_of_stock(asked: PaperAsked) -> bool:
    """Say whether a paper is one of stock, which is chosen how it looks."""
    return paper_of(asked.name).about is About.STOCK


def papers_of_stock(asked: PaperAsked) -> tuple[PaperAsked, ...]:
    """Return the papers of stock about the same place."""
    about = StockAsked(area_id=asked.stock.area_id, site_id=asked.stock.site_id, card_of=asked.stock.card_of)
    return tuple(asked if paper.value == asked.name else PaperAsked(paper.value, stock=about) for paper in StockPaper)


def draft_name(dispatch_id: Id) -> str:
    """Return the name under which the facts typed for an order are kept."""
    return f"order {dispatch_id}"


def plan_of(sheet: Sheet) -> Plan | None:
    """Return the plan among whose papers this one stands, or None."""
    about: Any = sheet
    return about.plan if paper_of(sheet).about is About.PLAN else None


def incident_of(sheet: Sheet) -> Incident | None:
    """Return the incident to whose room one goes back from a paper; None for a list, and for a paper of goods: it has boards of its own."""
    about: Any = sheet
    return about.incident if paper_of(sheet).line and not isinstance(sheet, SupplySheet) else None


def incident_id_of(sheet: Sheet) -> Id | None:
    """Return the incident among whose papers this one stands, or None for a list."""
    if isinstance(sheet, SupplySheet):
        return sheet.incident_id
    incident = incident_of(sheet)
    return incident.id if incident is not None else None
