"""The words of stock-taking: a count among others, a line of one, and what of a blind count is not told before it is settled."""

from __future__ import annotations

from datetime import datetime

from emergency_desk.domain.count_boards import CountBoard, CountOverview
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_counts import CountState, LineStand, LineWeighed
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.ui.supplies.stock_words import expiry_cell
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.count_lines import scope_words
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.labels import label

_LOOK = {
    LineStand.TO_COUNT: (Shape.TO_DO, Tone.TEXT), LineStand.COUNT_AGAIN: (Shape.DUE, Tone.ORANGE), LineStand.DIFFERS: (Shape.LATE, Tone.RED),
    LineStand.AGREES: (Shape.DONE, Tone.GREEN), LineStand.GONE: (Shape.SKIPPED, Tone.SECONDARY),
}
_STATE_LOOK = {CountState.OPEN: (Shape.WORKING, Tone.ACT), CountState.POSTED: (Shape.DONE, Tone.GREEN),
               CountState.ABANDONED: (Shape.UNAVAILABLE, Tone.SECONDARY)}


def counts_columns() -> tuple[Column, ...]:
    """Return the columns of the list of counts."""
    return (Column(_("Number"), width=150), Column(_("State"), width=110), Column(_("Depot"), stretch=3), Column(_("What is counted"), stretch=3),
            Column(_("Lines counted"), width=100, right=True), Column(_("Opened"), stretch=2), Column(_("Closed"), stretch=3))


def overview_line(one: CountOverview, now: datetime) -> Line:
    """Return a count among others."""
    count = one.count
    shape, tone = _STATE_LOOK[count.state]
    closed = " · ".join(part for part in (formats.when(count.closed_at, now=now) if count.closed_at else "", one.closed_by, count.document,
                                          count.reason) if part)
    return line(count.id, Cell(count.number, strong=True), Cell(label(count.state), tone, shape=shape),
                Cell(in_words(one.depot.zh, one.depot.en)), Cell(scope_words(count), Tone.SECONDARY),
                Cell(f"{formats.number(one.counted)} / {formats.number(one.lines)}"),
                Cell(f"{formats.when(count.opened_at, now=now)} · {one.opened_by}", Tone.SECONDARY),
                Cell(closed or "—", Tone.SECONDARY, hint=closed))


def count_columns() -> tuple[Column, ...]:
    """Return the columns of one count."""
    return (Column(_("No."), width=44, right=True), Column(_("Bin"), width=70), Column(_("Item"), stretch=3), Column(_("Lot"), width=120),
            Column(_("Expires"), width=144), Column(_("Books"), width=90, right=True), Column(_("Counted"), width=90, right=True),
            Column(_("Difference"), width=90, right=True), Column(_("Counted by"), stretch=2), Column(_("State"), width=150))


def count_line(board: CountBoard, one: LineWeighed, rules: StockRules, now: datetime) -> Line:
    """Return one line of a count; what a blind one keeps to itself stands as a dash."""
    names = board.names[one.line.id]
    shape, tone = _LOOK[one.stand]
    hidden = is_hidden(board)
    difference = "—" if hidden or not one.tallies else formats.signed(one.difference) if one.difference else "0"
    item = Cell(in_words(names.item, names.item_en), after=_("found there") if one.line.is_found else names.specification)
    return line(one.line.id, Cell(str(one.line.number), Tone.SECONDARY), Cell(names.place or "—", Tone.SECONDARY), item, Cell(names.lot),
                expiry_cell(names.expires_on, rules, local_day(now)), Cell("—" if hidden else in_units(one.books, names.unit), Tone.SECONDARY),
                Cell("—" if one.counted is None else in_units(one.counted, names.unit), strong=True),
                Cell(difference, Tone.RED if one.difference and not hidden else Tone.SECONDARY), Cell(_("; ").join(one.counters), Tone.SECONDARY),
                Cell(label(one.stand), tone, shape=shape))


def is_hidden(board: CountBoard) -> bool:
    """Say whether the books are not told yet: in a blind count, until nobody has to count any more."""
    return board.count.is_blind and board.count.state is CountState.OPEN and board.to_do > 0


def summary_words(board: CountBoard) -> str:
    """Return how far a count is: how many lines, to count, agreeing, differing."""
    parts = [ngettext("{count} line", "{count} lines", len(board.lines)).format(count=len(board.lines))]
    again = sum(1 for one in board.lines if one.stand is LineStand.COUNT_AGAIN)
    left = sum(1 for one in board.lines if one.stand is LineStand.TO_COUNT)
    for count, words in ((left, _("{count} to count")), (again, _("{count} to count again by another")), (board.agreeing, _("{count} agree"))):
        if count:
            parts.append(words.format(count=count))
    if board.differing and not is_hidden(board):
        parts.append(_("{count} differ").format(count=len(board.differing)))
    return " · ".join(parts)
