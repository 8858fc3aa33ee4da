"""What the page of a paper reads at one moment: the sheet, the incident's other papers, and what was typed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.ladder_sheets import LETTERS, BriefSheet, ReportSheet
from emergency_desk.domain.register_sheets import TeamCardSheet
from emergency_desk.domain.sheets import CallRecordSheet, IncidentLogSheet, OrderSheet
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import PaperAsked, read_sheet
from emergency_desk.services import drafts, papers
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import PaperLine, Sheet
from emergency_desk.ui.papers.order_facts import Typed
from emergency_desk.wording.catalog import current_language

OF_INCIDENT = (OrderSheet, IncidentLogSheet, CallRecordSheet, BriefSheet, *LETTERS)


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What one reading found."""

    sheet: Sheet
    papers: tuple[PaperLine, ...]
    draft: Typed
    now: datetime


def read_paper(desk: Desk, asked: PaperAsked) -> PaperRead:
    """Read a paper on the store thread."""
    sheet = read_sheet(desk, asked)
    lines: tuple[PaperLine, ...] = ()
    if isinstance(sheet, OF_INCIDENT):
        lines = papers.papers_of(desk, incident_id=sheet.incident.id)
    draft: Typed = drafts.get_draft(desk, name=draft_name(sheet.dispatch.id)) if isinstance(sheet, OrderSheet) else {}
    return PaperRead(sheet, lines, draft, desk.now())


def draft_name(dispatch_id: Id) -> str:
    """Return the name under which the facts typed for an order are kept."""
    return f"order {dispatch_id}"


def number_of(sheet: Sheet) -> str:
    """Return the number a paper is called by, "" for a list."""
    if isinstance(sheet, OrderSheet):
        return sheet.dispatch.order_number
    if isinstance(sheet, TeamCardSheet):
        team = sheet.detail.team
        return Text(team.name, team.name_en).in_language(current_language())
    if isinstance(sheet, ReportSheet):
        return sheet.report.number or sheet.incident.number
    return sheet.incident.number if isinstance(sheet, OF_INCIDENT) else ""
