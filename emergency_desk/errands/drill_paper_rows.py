"""The rows of the papers of drills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emergency_desk.domain import drill_sheets as sheets
from emergency_desk.errands.paper_rows import About, Paper, PaperAsked
from emergency_desk.services import drill_papers as names
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import Sheet
from emergency_desk.wording.catalog import N_
from emergency_desk.wording.formats import local


def _of_drill(name: str, sheet: type, stem: str, title: str) -> Paper:
    return Paper(name=name, sheet=sheet, about=About.DRILL, drawn_by="drill_papers", has_docx=True, read=_read(name), title=title,
                 stem=lambda made: f"{made.board.drill.number}-{stem}", number=_number)


def _read(name: str) -> Callable[[Desk, PaperAsked], Sheet]:
    return lambda desk, asked: names.drill_sheet(desk, name, drill_id=asked.about_id, number=asked.number)


def _year(desk: Desk, asked: PaperAsked) -> Sheet:
    named = int(asked.number) if asked.number.isdigit() else None
    return names.year_sheet(desk, year=local(asked.from_at).year if asked.from_at is not None else named)


def _number(sheet: Any) -> str:
    return str(sheet.board.drill.number)


DRILL_PAPERS: tuple[Paper, ...] = (
    _of_drill(names.PLAN, sheets.DrillPlanSheet, "plan", N_("Work plan of drill {number}")),
    _of_drill(names.SCRIPT, sheets.DrillScriptSheet, "script", N_("Script of drill {number}")),
    _of_drill(names.CARDS, sheets.InjectCardsSheet, "cards", N_("Inject cards of drill {number}")),
    _of_drill(names.SIGN_IN, sheets.DrillSignInSheet, "sign-in", N_("Sheet to sign in on, drill {number}")),
    _of_drill(names.OBSERVERS, sheets.ObserverSheet, "observers", N_("Observers' sheet of drill {number}")),
    _of_drill(names.BOOK, sheets.ObserverBookSheet, "book", N_("Visitors' book of drill {number}")),
    _of_drill(names.SUPPORT, sheets.DrillSupportSheet, "support", N_("Support plan of drill {number}")),
    _of_drill(names.FORM, sheets.EvaluationFormSheet, "form", N_("Evaluation form of drill {number}")),
    _of_drill(names.REPORT, sheets.DrillReportSheet, "report", N_("Evaluation of drill {number}")),
    _of_drill(names.LETTER, sheets.DrillLetterSheet, "letter", N_("Summary letter of drill {number}")),
    _of_drill(names.LEDGER, sheets.DrillLedgerSheet, "findings", N_("Rectification ledger of drill {number}")),
    _of_drill(names.YEARS, sheets.DrillYearsSheet, "years", N_("Drill {number} over the years")),
)
NAMES_OF_A_DRILL = tuple(paper.name for paper in DRILL_PAPERS)
YEAR_PAPERS: tuple[Paper, ...] = (
    Paper(name=names.YEAR, sheet=sheets.DrillYearSheet, about=About.DESK, drawn_by="drill_year", has_docx=True, read=_year,
          stem=lambda made: f"drill-year-{made.year}", title=N_("Year plan of drills {number}"), number=lambda made: str(made.year)),
)
