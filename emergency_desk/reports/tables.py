"""Tables of any length: the head repeated on every page, rows never torn unless one is longer than a page.

Drawn the fast way: on each page one text object a column, because a call for every cell makes ten thousand lines take
three times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports.blocks import Line, broken
from emergency_desk.reports.fonts import Face
from emergency_desk.reports.page import HAIRLINE, RULE, Booklet
from emergency_desk.wording.catalog import _

_SIZE, _LEADING, _PAD, _GUTTER = 9.0, 12.5, 3.0, 6.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and its width in points; 0 takes what the others leave."""

    name: str
    width: float = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A line across all columns, such as the day that begins."""

    text: str


@dataclass(slots=True)
class _Page:
    """What was set on one page of the table, by column."""

    columns: list[list[tuple[float, float, str]]]
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


class Table:
    """A table that goes on from page to page of a booklet."""

    def __init__(self, book: Booklet, columns: tuple[Column, ...], *, pad: float = _PAD) -> None:
        self._book = book
        self._pad = pad  # the white above and below a row: more where somebody is to write by hand
        self._names = [column.name for column in columns]
        rest = book.layout.measure - sum(column.width for column in columns) - _GUTTER * (len(columns) - 1)
        self._widths = [column.width or rest for column in columns]
        self._band: Band | None = None
        self._short: dict[tuple[int, str], list[Line]] = {}
        self._lefts = [book.layout.left + sum(self._widths[:place]) + place * _GUTTER for place in range(len(columns))]

    def set_rows(self, rows: Iterable[tuple[str, ...] | Band]) -> None:
        """Set the rows from where the booklet stands to wherever they end."""
        page = self._begin()
        book = self._book
        for row in rows:
            if isinstance(row, Band):
                page = self._set_band(row, page)
                continue
            cells = [self._cell(place, text) for place, text in enumerate(row)]
            lines = max(len(cell) for cell in cells)
            if book.room < min(lines, self._lines_of_a_page()) * _LEADING + 2 * self._pad:
                page = self._turn()
            book.y -= self._pad
            for number in range(lines):
                if book.room < _LEADING:
                    page = self._turn()
                book.y -= _LEADING
                for place, cell in enumerate(cells):
                    if number < len(cell) and cell[number].text:
                        page.columns[place].append((self._lefts[place], book.y + 3.2, cell[number].text))
            book.y -= self._pad
            page.rules.append((book.layout.left, book.y, book.layout.right, book.y))

    def _cell(self, place: int, text: str) -> list[Line]:
        lines = self._short.get((place, text))
        if lines is None:
            lines = broken(text, self._book.faces.table, _SIZE, self._widths[place])
            if len(text) < 20:  # times, kinds and names come again and again; sentences do not
                self._short[(place, text)] = lines
        return lines

    def _lines_of_a_page(self) -> int:
        layout = self._book.layout
        return int((layout.top - layout.bottom) / _LEADING) - 6

    def _turn(self) -> _Page:
        self._book.turn()
        page = self._begin()
        if self._band is not None:  # the rows that follow still belong to it
            self._draw_band(_("{title} (continued)").format(title=self._band.text), page)
        return page

    def _begin(self) -> _Page:
        """Set the head of the columns, and open the page that the rows are kept on until it is drawn."""
        book, label = self._book, self._book.faces.label
        heads = [broken(name, label, _SIZE, width) for name, width in zip(self._names, self._widths, strict=True)]
        book.rule(book.y, thick=RULE)
        book.y -= _PAD
        for number in range(max(len(head) for head in heads)):
            book.y -= _LEADING
            for left, head in zip(self._lefts, heads, strict=True):
                if number < len(head):
                    book.line(left, book.y + 3.2, head[number].text, label, _SIZE)
        book.y -= _PAD
        book.rule(book.y, thick=RULE)
        page = _Page([[] for name in self._names])
        book.put(_drawn(page, book.faces.table))
        return page

    def _set_band(self, band: Band, page: _Page) -> _Page:
        self._band = None
        if self._book.room < 3 * _LEADING + 4 * _PAD:  # a day never begins at the foot of a page without its first line
            page = self._turn()
        self._draw_band(band.text, page)
        self._band = band
        return page

    def _draw_band(self, text: str, page: _Page) -> None:
        book = self._book
        book.y -= _LEADING + _PAD
        book.line(book.layout.left, book.y + 2.2, text, book.faces.label, _SIZE)
        book.y -= _PAD
        page.rules.append((book.layout.left, book.y, book.layout.right, book.y))


def _drawn(page: _Page, face: Face) -> Callable[[Canvas], None]:
    def mark(canvas: Canvas) -> None:
        canvas.setLineWidth(HAIRLINE)
        canvas.lines(page.rules)
        for column in page.columns:
            _draw_column(canvas, column, face)
    return mark


def _draw_column(canvas: Canvas, lines: list[tuple[float, float, str]], face: Face) -> None:
    pen = canvas.beginText()
    pen.setFont(face.font.fontName, _SIZE)
    for x, y, text in lines:
        pen.setTextOrigin(x, y)
        for font, piece in face.runs(text):
            if font is not face.font:
                pen.setFont(font.fontName, _SIZE)
            pen.textOut(piece)
            if font is not face.font:
                pen.setFont(face.font.fontName, _SIZE)
    canvas.drawText(pen)
