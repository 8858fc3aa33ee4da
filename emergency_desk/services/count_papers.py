"""Gathers what stands on the papers of a stock-taking. Reads only."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.count_sheets import CountResultSheet, CountSheet
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.services import stock_counts
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint


def count_sheet(desk: Desk, *, count_id: Id | None = None, number: str = "") -> CountSheet:
    """Return the sheets of a count by id or by number, or of the newest one. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    return CountSheet(imprint(desk), _board(desk, "count-sheet", count_id, number))


def count_result_sheet(desk: Desk, *, count_id: Id | None = None, number: str = "") -> CountResultSheet:
    """Return what a count found, by id or by number, or what the newest one did. Raises NothingToPrint, NotFound."""
    desk.may(Act.READ)
    return CountResultSheet(imprint(desk), _board(desk, "count-result", count_id, number))


def _board(desk: Desk, name: str, count_id: Id | None, number: str) -> CountBoard:
    if count_id is None:
        with desk.reading() as reading:
            found = (reading.stock_counts.first("WHERE number = ?", (number,)) if number
                     else reading.stock_counts.first("ORDER BY opened_at DESC, id DESC"))
        if not found:
            raise NothingToPrint(name=name, number=number)
        count_id = found[0].id
    return stock_counts.count_board(desk, count_id=count_id)
