"""The sheets of a stock-taking (盘点表): bin by bin, each lot with its label to scan and room to write; a blind count without the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.count_boards import CountBoard, LineNames
from emergency_desk.domain.count_sheets import CountSheet
from emergency_desk.domain.lot_codes import lot_code
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.stock_counts import LineWeighed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import broken
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.lot_labels import draw_code, modules_of
from emergency_desk.reports.page import RULE, TABLE, Booklet, in_paper, worded
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.count_lines import scope_words
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import calendar_day, date_time, number

_CODE, _ROW, _BAND, _HEAD = 13 * mm, 17 * mm, 7 * mm, 8 * mm
_SIZE, _LEADING, _PAD = 9.0, 12.0, 4.0


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: its head, its width, and what of a line stands in it ("" is room to write)."""

    name: str
    width: float
    words: Callable[[LineWeighed, LineNames], str] = lambda _one, _names: ""
    right: bool = False


def write(sheet: CountSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the sheets."""
    with worded(paper):
        return _Sheets(sheet, paper).write(path)


class _Sheets:
    """The sheets while they are filled."""

    def __init__(self, sheet: CountSheet, paper: PaperSettings) -> None:
        self._sheet, self._paper, self._book = sheet, paper, Booklet(TABLE, Faces(paper))
        self._columns = _columns(sheet.board, paper)
        spare = self._book.layout.measure - sum(column.width for column in self._columns)
        self._widths = [column.width or spare for column in self._columns]

    def write(self, path: Path) -> Printed:
        """Set heading, bins and lines, and save."""
        book, board, paper, imprint = self._book, self._sheet.board, self._paper, self._sheet.imprint
        title = _("Stock-take sheet {number}").format(number=board.count.number)
        told = ngettext("{count} line", "{count} lines", len(board.lines)).format(count=number(len(board.lines)))
        logs.heading(book, title, in_paper(imprint.desk, paper), about(board, paper))
        book.on_turn = lambda: self._begin(_("{title} (continued)").format(title=title))
        self._head()
        for place, lines in groupby(board.lines, key=lambda one: board.names[one.line.id].place):
            self._bin(place, list(lines))
        signed = _("Counted by: ________________      Second count by: ________________      Date and time: ________________")
        return book.save(path, paper, imprint, title=title, subject=told, furniture=lambda book, page, pages: logs.foot(
            book, page, pages, imprint, paper, is_exercise=self._sheet.is_exercise, signed=signed))

    def _begin(self, words: str) -> None:
        logs.heading_again(self._book, words)
        self._head()

    def _head(self) -> None:
        book, face = self._book, self._book.faces.label
        book.rule(book.y, thick=RULE)
        x = book.layout.left
        for column, width in zip(self._columns, self._widths, strict=True):
            book.line(x + (width - _PAD if column.right else _PAD), book.y - _HEAD + 8, column.name, face, _SIZE,
                      align="right" if column.right else "left")
            x += width
        book.y -= _HEAD
        book.rule(book.y, thick=RULE)

    def _bin(self, place: str, lines: Sequence[LineWeighed]) -> None:
        book = self._book
        words = _("Bin {bin}").format(bin=place) if place else _("Without a bin")
        count = ngettext("{count} line", "{count} lines", len(lines)).format(count=number(len(lines)))
        book.need(_BAND + _ROW)
        self._band(f"{words} · {count}")
        for one in lines:
            if book.room < _ROW:
                book.turn()
                self._band(_("{title} (continued)").format(title=words))
            self._row(one)

    def _band(self, words: str) -> None:
        book = self._book
        book.line(book.layout.left + _PAD, book.y - _BAND + 6, words, book.faces.title, 11)
        book.y -= _BAND
        book.rule(book.y)

    def _row(self, one: LineWeighed) -> None:
        book, names = self._book, self._sheet.board.names[one.line.id]
        top, x = book.y, book.layout.left
        modules = modules_of(lot_code(one.line.lot_id))
        for column, width in zip(self._columns, self._widths, strict=True):
            if column.name:
                self._words(x, top, width, column, column.words(one, names))
            else:
                book.put(_code_mark(x + (width - _CODE) / 2, top - _ROW + (_ROW - _CODE) / 2, modules))
            book.upright(x, top, top - _ROW)
            x += width
        book.upright(x, top, top - _ROW)
        book.y -= _ROW
        book.rule(book.y)

    def _words(self, x: float, top: float, width: float, column: _Column, words: str) -> None:
        book, face = self._book, self._book.faces.table
        lines = [line for part in words.split("\n") if part for line in broken(part, face, _SIZE, width - 2 * _PAD)][:3]
        y = top - (_ROW - len(lines) * _LEADING) / 2 - _LEADING + 3
        for line in lines:
            book.line(x + (width - _PAD if column.right else _PAD), y, line.text, face, _SIZE, align="right" if column.right else "left")
            y -= _LEADING


def _code_mark(x: float, y: float, modules: list[list[bool]]) -> Callable[[Canvas], None]:
    return lambda canvas: draw_code(canvas, x, y, _CODE, modules)


def _columns(board: CountBoard, paper: PaperSettings) -> tuple[_Column, ...]:
    books = () if board.count.is_blind else (
        _Column(_("Books"), 22 * mm, lambda one, _names: number(one.line.booked), right=True),)
    return (
        _Column(_("No."), 11 * mm, lambda one, _names: str(one.line.number), right=True), _Column("", 19 * mm),
        _Column(_("Item"), 0, lambda _one, names: "\n".join((in_paper(Text(names.item, names.item_en), paper), names.specification))),
        _Column(_("Lot"), 30 * mm, lambda _one, names: names.lot),
        _Column(_("Expires"), 22 * mm, lambda _one, names: calendar_day(names.expires_on) if names.expires_on else _("no date")), *books,
        _Column(_("Unit"), 14 * mm, lambda _one, names: unit_word(names.unit)), _Column(_("Counted"), 26 * mm),
        _Column(_("Second count"), 26 * mm),
        _Column(_("Note"), 34 * mm))


def about(board: CountBoard, paper: PaperSettings) -> list[str]:
    """Return what stands below the name of the paper: where, whose keys, what is counted, and when the books were held."""
    count = board.count
    where = [in_paper(board.depot, paper), *([_("keeper {name}").format(name=board.keeper)] if board.keeper else []), board.phone]
    items = _("; ").join(in_paper(item, paper) for item in board.items)
    what = [scope_words(count), items, _("books of {moment}").format(moment=date_time(count.opened_at)),
            _("opened by {name}").format(name=board.opened_by)]
    return [" · ".join(part for part in where if part), " · ".join(part for part in what if part)]
