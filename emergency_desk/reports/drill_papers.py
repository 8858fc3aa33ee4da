"""The papers of a drill: which document each of them is, set as PDF or as DOCX with the mark of a drill on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from emergency_desk.domain import drill_sheets as sheets
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import drill_book, drill_forms, drill_handouts, drill_letter, drill_plan, drill_report, drill_script, drill_years
from emergency_desk.reports.document import Document
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.page import worded

_DOCUMENTS: dict[type, Callable[[Any, PaperSettings], Document]] = {
    sheets.DrillPlanSheet: drill_plan.document_of,
    sheets.DrillScriptSheet: drill_script.document_of,
    sheets.InjectCardsSheet: drill_handouts.cards,
    sheets.DrillSignInSheet: drill_handouts.sign_in,
    sheets.ObserverSheet: drill_handouts.observers,
    sheets.ObserverBookSheet: drill_book.visitors,
    sheets.DrillSupportSheet: drill_book.support,
    sheets.EvaluationFormSheet: drill_forms.document_of,
    sheets.DrillReportSheet: drill_report.document_of,
    sheets.DrillLetterSheet: drill_letter.letter,
    sheets.DrillLedgerSheet: drill_letter.ledger,
    sheets.DrillYearsSheet: drill_years.document_of,
}


def write(sheet: sheets.DrillPaper, path: Path, paper: PaperSettings) -> Printed:
    """Print a paper of a drill."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: sheets.DrillPaper, path: Path, paper: PaperSettings) -> Printed:
    """Write a paper of a drill as a DOCX file, for those who complete it."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: sheets.DrillPaper, paper: PaperSettings) -> Document:
    """Return a paper in words of the language being spoken."""
    return _DOCUMENTS[type(sheet)](sheet, paper)
