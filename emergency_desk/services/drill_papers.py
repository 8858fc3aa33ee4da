"""Gathers what stands on the papers of a drill. Reads only."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.drill_boards import DrillBoard
from emergency_desk.domain.drill_sheets import DrillPlanSheet, DrillReportSheet
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sheets import Imprint
from emergency_desk.services import drill_lists
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint

PLAN, REPORT = "drill-plan", "drill"


def plan_sheet(desk: Desk, *, drill_id: Id | None = None, number: str = "") -> DrillPlanSheet:
    """Return the work plan of a drill by id or number, or of the newest one. Raises NothingToPrint."""
    desk.may(Act.READ)
    return DrillPlanSheet(_imprint(desk), _board(desk, PLAN, drill_id, number), desk.trade.drills)


def report_sheet(desk: Desk, *, drill_id: Id | None = None, number: str = "") -> DrillReportSheet:
    """Return the evaluation of a drill by id or number, or of the newest one. Raises NothingToPrint."""
    desk.may(Act.READ)
    board = _board(desk, REPORT, drill_id, number)
    return DrillReportSheet(_imprint(desk), board, desk.trade.drills, closure(board.findings, today=local_day(desk.now())),
                            tuple(drill_lists.earlier(desk, board.drill)))


def _imprint(desk: Desk) -> Imprint:
    return replace(imprint(desk), is_exercise=True)


def _board(desk: Desk, name: str, drill_id: Id | None, number: str) -> DrillBoard:
    try:
        drill_id = drill_id or drill_lists.find_drill(desk, number=number).id
    except NotFound:
        raise NothingToPrint(name=name, number=number) from None
    return drill_lists.drill_board(desk, drill_id=drill_id)
