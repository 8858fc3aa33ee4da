"""What a stock-taking found (盘点结果表): every line that differs, with what it is worth, who counted and why; then what agrees, in figures."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm

from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.count_sheets import CountResultSheet
from emergency_desk.domain.sheets import Imprint, PaperSettings
from emergency_desk.domain.stock_counts import CountState, LineWeighed
from emergency_desk.domain.texts import Text
from emergency_desk.reports.count_sheet import about
from emergency_desk.reports.listing import Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Band, Column, Row, Total
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import calendar_day, date_time, local, number, signed
from emergency_desk.wording.labels import label


def _listing(sheet: CountResultSheet, paper: PaperSettings) -> Listing:
    board = sheet.board
    columns = (Column(_("No."), 10 * mm, right=True), Column(_("Bin"), 16 * mm), Column(_("Item")), Column(_("Lot"), 26 * mm),
               Column(_("Books"), 18 * mm, right=True), Column(_("Counted"), 18 * mm, right=True), Column(_("Difference"), 20 * mm, right=True),
               Column(_("Worth, yuan"), 24 * mm, right=True), Column(_("Counted by"), 34 * mm), Column(_("Reason"), 38 * mm))
    return Listing(
        title=_("Stock-take result {number}").format(number=board.count.number), told=(*about(board, paper), _state(board)), columns=columns,
        rows=tuple(_rows(board, paper)), imprint=sheet.imprint, is_exercise=sheet.is_exercise, notes=_notes(board),
        signed=lambda imprint, paper: _signed(board, imprint, paper))


def _state(board: CountBoard) -> str:
    count = board.count
    parts = [label(count.state), date_time(count.closed_at) if count.closed_at else "",
             _("document {document}").format(document=count.document) if count.document else "", count.reason]
    return " · ".join(part for part in parts if part)


def _rows(board: CountBoard, paper: PaperSettings) -> Iterator[Row]:
    """Yield overages, then shortages, each with its sum; a worth that is not known stands as a dash and in no sum."""
    for title, some in ((_("Overage"), [one for one in board.differing if one.difference > 0]),
                        (_("Shortage"), [one for one in board.differing if one.difference < 0])):
        if some:
            yield Band(f"{title} · " + ngettext("{count} line", "{count} lines", len(some)).format(count=number(len(some))))
            yield from (_row(board, one, paper) for one in some)
            worth = [fen for one in some if (fen := board.value_fen(one)) is not None]
            words = _("{title} in all: {worth} yuan").format(title=title, worth=_yuan(sum(worth)))
            yield Total((None, None, words, *(None,) * 7))


def _row(board: CountBoard, one: LineWeighed, paper: PaperSettings) -> Row:
    names, fen = board.names[one.line.id], board.value_fen(one)
    said = one.tallies[-1].tally.note or board.count.reason
    item = " ".join(part for part in (in_paper(Text(names.item, names.item_en), paper), names.specification) if part)
    return (one.line.number, names.place, item, names.lot, in_units(one.books, names.unit), in_units(one.counted or 0, names.unit),
            signed(one.difference), "—" if fen is None else _yuan(fen), _("; ").join(one.counters), said)


def _yuan(fen: int) -> str:
    sign = "−" if fen < 0 else "+" if fen > 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _notes(board: CountBoard) -> tuple[str, ...]:
    lines, settled = len(board.lines), sum(1 for one in board.lines if one.stand.is_settled)
    share = f"{100 * board.agreeing / lines:.1f}%" if lines else "—"
    found = _("{lines} lines, {settled} settled, {agreeing} agree, {differing} differ; books and goods agree in {share} of the lines.").format(
        lines=number(lines), settled=number(settled), agreeing=number(board.agreeing), differing=number(len(board.differing)), share=share)
    unpriced = sum(1 for one in board.differing if board.value_fen(one) is None)
    without = (_("{count} lines have no price; the sums are without them.").format(count=number(unpriced)),) if unpriced else ()
    unfinished = (_("The count is not closed yet; nothing of this is booked."),) if board.count.state is CountState.OPEN else ()
    given_up = (_("The count was given up; nothing of this was booked."),) if board.count.state is CountState.ABANDONED else ()
    return (found, *without, *unfinished, *given_up)


def _signed(board: CountBoard, imprint: Imprint, paper: PaperSettings) -> str:
    counters = _("; ").join(dict.fromkeys(name for one in board.lines for name in one.counters)) or "____________"
    day = calendar_day(local(imprint.printed_at).date())
    return _("Counted by: {counters}      Approved by: {name}      Drawn up by: {drawn}      Date: {date}").format(
        counters=counters, name=board.closed_by or "____________", drawn=in_paper(imprint.printed_by, paper) or "____________", date=day)


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
