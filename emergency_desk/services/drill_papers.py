"""Gathers what stands on the papers of a drill. Reads only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emergency_desk.domain import drill_sheets as sheets
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_objects import kept_on
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sheets import Imprint
from emergency_desk.services import drill_files, drill_lists, drill_objects
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint

PLAN, SCRIPT, CARDS, SIGN_IN, OBSERVERS = "drill-plan", "drill-script", "drill-cards", "drill-sign-in", "drill-observers"
BOOK, SUPPORT, FORM, REPORT = "drill-book", "drill-support", "drill-form", "drill"
LETTER, LEDGER, YEARS, YEAR = "drill-letter", "drill-findings", "drill-years", "drill-year"
_SHEETS: dict[str, type] = {
    PLAN: sheets.DrillPlanSheet, SCRIPT: sheets.DrillScriptSheet, CARDS: sheets.InjectCardsSheet, SIGN_IN: sheets.DrillSignInSheet,
    OBSERVERS: sheets.ObserverSheet, BOOK: sheets.ObserverBookSheet, SUPPORT: sheets.DrillSupportSheet, FORM: sheets.EvaluationFormSheet,
    REPORT: sheets.DrillReportSheet, LETTER: sheets.DrillLetterSheet, LEDGER: sheets.DrillLedgerSheet, YEARS: sheets.DrillYearsSheet,
}


def drill_sheet(desk: Desk, name: str, *, drill_id: Id | None = None, number: str = "") -> sheets.DrillPaper:
    """Return a paper of a drill by its name, of a drill by id or number, or of the newest one. Raises NothingToPrint."""
    desk.may(Act.READ)
    board = _board(desk, name, drill_id, number)
    more: dict[str, Any] = {}
    if name in (REPORT, LETTER, LEDGER):
        more["closure"] = closure(board.findings, today=local_day(desk.now()))
    if name in (REPORT, YEARS):
        more["earlier"] = tuple(drill_lists.earlier(desk, board.drill))
    if name == CARDS:
        more["files"] = tuple(drill_files.files_of(desk, drill_id=board.drill.id).items())
    made: sheets.DrillPaper = _SHEETS[name](imprint=_imprint(desk), board=board, rules=desk.trade.drills, **more)
    return made


def year_sheet(desk: Desk, *, year: int | None = None) -> sheets.DrillYearSheet:
    """Return the year plan: what is due by the end of the year (this one unless another is named) or is planned in it."""
    desk.may(Act.READ)
    today = local_day(desk.now())
    year = year or today.year
    found = drill_objects.entries(desk)
    due = tuple(one for one in found if (one.due_on is not None and one.due_on.year <= year) or (
        one.planned is not None and local_day(one.planned.planned_at).year == year))
    return sheets.DrillYearSheet(_imprint(desk), year, due, tuple(one for one in found if one.due_on is None and one.basis and one not in due),
                                 kept_on([one.due_on for one in found], day=today), today)


def _imprint(desk: Desk) -> Imprint:
    return replace(imprint(desk), is_exercise=True)


def _board(desk: Desk, name: str, drill_id: Id | None, number: str) -> DrillBoard:
    try:
        drill_id = drill_id or drill_lists.find_drill(desk, number=number).id
    except NotFound:
        raise NothingToPrint(name=name, number=number) from None
    return drill_lists.drill_board(desk, drill_id=drill_id)
