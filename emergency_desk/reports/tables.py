"""Tables of any length: the head repeated on every page, rows never torn unless one is longer than a page, bands and totals.

Drawn the fast way: on each page one text object a column, because a call for every cell makes ten thousand lines take three times as long;
what a cell says is measured, broken and put into the letters of the file once, however often it comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports.blocks import Line, broken
from emergency_desk.reports.fonts import Face
from emergency_desk.reports.page import HAIRLINE, RULE, Booklet
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import calendar_day, number

SIZE, GUTTER = 9.0, 6.0
_LEADING, _PAD = 12.5, 3.0
APART = 8.0  # what words keep from the figures at their left
_RISE = 3.2  # of a base line above the foot of its line
_FIGURES = "0123456789,"
_LEAST = 36.0  # points that a column without a width of its own keeps, however many others there are

Cell = str | int | Decimal | date | None  # a Decimal is an amount of money


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and its width in points; 0 takes its share of what the others leave.

    `right`: figures, which stand at its right edge. `over`: what stands over it and over its neighbours with the same words.
    """

    name: str
    width: float = 0
    right: bool = False
    over: str = ""
    share: float = 1


@dataclass(frozen=True, slots=True)
class Band:
    """A line across all columns, such as the day that begins; one of a deeper level stands within one of a higher."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A line of sums, in bold. It closes the bands of its level and deeper."""

    cells: tuple[Cell, ...]
    level: int = 0


Row = Sequence[Cell] | Band | Total
_Lines = tuple[tuple[str, float], ...]  # what a cell says, line by line, and how far right of the column's left edge each begins


@dataclass(slots=True)
class _Page:
    """What was set on one page of the table: by column what stands where, the bold cells, and the rules."""

    columns: list[list[tuple[float, float, str]]]
    bold: list[tuple[float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    top: float = 0
    foot: float = 0


class Table:
    """A table that goes on from page to page of a booklet. `pad`: the white above and below a row, more where somebody is to write by hand."""

    def __init__(self, book: Booklet, columns: Sequence[Column], *, pad: float = _PAD, has_uprights: bool = False) -> None:
        self._book, self._columns, self._pad, self._has_uprights = book, tuple(columns), pad, has_uprights
        self._widths = widths_of(self._columns, book.layout.measure)
        self._lefts = [book.layout.left + sum(self._widths[:place]) + place * GUTTER for place in range(len(self._columns))]
        for place in range(1, len(self._columns)):
            if self._columns[place - 1].right and not self._columns[place].right:
                self._lefts[place] += APART
                self._widths[place] -= APART
        if has_uprights:  # what stands at an edge keeps as far from its line as what stands between two
            self._lefts[0] += GUTTER / 2
            self._widths[0] -= GUTTER / 2
            self._widths[-1] -= GUTTER / 2
        self._bands: list[Band] = []
        self._plain: list[dict[Cell, _Lines]] = [{} for _column in self._columns]
        self._figures: dict[int, float] = {}  # how wide so many digits with their commas are
        self._letters = Letters()

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Set the rows from where the booklet stands to wherever they end."""
        page = self._begin()
        for row, follower in _with_next(rows):
            if isinstance(row, Band):
                page = self._set_band(row, page)
            elif isinstance(row, Total):
                page = self._set_total(row, page, goes_on=isinstance(follower, Total))
            else:
                page = self._set_row(row, page, room_behind=_LEADING + 2 * self._pad if isinstance(follower, Total) else 0)
        page.foot = self._book.y

    # -- rows ----------------------------------------------------------------------------------------------------------
    def _set_row(self, row: Sequence[Cell], page: _Page, *, room_behind: float = 0) -> _Page:
        book, pad, plain = self._book, self._pad, self._plain
        cells = [known[cell] if cell in known else self._meet(place, cell) for place, (known, cell) in enumerate(zip(plain, row, strict=True))]
        lines = max(1, *map(len, cells))
        if book.y - book.layout.bottom < min(lines, self._lines_of_a_page()) * _LEADING + 2 * pad + room_behind:
            page = self._turn(page)
        book.y -= pad
        if lines <= 1:
            book.y -= _LEADING
            y = book.y + _RISE
            for left, column, cell in zip(self._lefts, page.columns, cells, strict=True):
                if cell:
                    text, indent = cell[0]
                    column.append((left + indent, y, text))
        else:
            page = self._set_lines(cells, lines, page)
        book.y -= pad
        page.rules.append((book.layout.left, book.y, book.layout.right, book.y))
        return page

    def _set_lines(self, cells: list[_Lines], lines: int, page: _Page) -> _Page:
        book = self._book
        for number_ in range(lines):
            if book.room < _LEADING:
                page = self._turn(page)
            book.y -= _LEADING
            for left, column, cell in zip(self._lefts, page.columns, cells, strict=True):
                if number_ < len(cell):
                    text, indent = cell[number_]
                    column.append((left + indent, book.y + _RISE, text))
        return page

    def _set_total(self, row: Total, page: _Page, *, goes_on: bool = False) -> _Page:
        book = self._book
        cells = [self._meet_strong(place, row.cells) for place in range(len(row.cells))]
        lines = max(map(len, cells))
        if book.room < lines * _LEADING + 2 * self._pad:
            page = self._turn(page)
        book.y -= self._pad
        for number_ in range(lines):
            book.y -= _LEADING
            page.bold += [(left + cell[number_][1], book.y + _RISE, cell[number_][0])
                          for left, cell in zip(self._lefts, cells, strict=True) if number_ < len(cell)]
        book.y -= self._pad
        book.rule(book.y, thick=HAIRLINE if goes_on else RULE)
        self._bands = [band for band in self._bands if band.level < row.level]
        return page

    def _meet(self, place: int, cell: Cell) -> _Lines:
        """Measure and break what a cell says; the next cell that says it again is found."""
        column, width = self._columns[place], self._widths[place]
        if type(cell) is int and column.right:  # figures come by the ten thousand, and digits are all of one width
            text = f"{cell:,}"
            wide = self._figures.get(len(text))
            if wide is None:
                wide = self._figures[len(text)] = self._book.faces.table.width(text, SIZE)
            if wide <= width:
                self._plain[place][cell] = ((text, width - wide),)
                return self._plain[place][cell]
        self._plain[place][cell] = _set_in(as_text(cell), self._book.faces.table, width, is_right=column.right)
        return self._plain[place][cell]

    def _meet_strong(self, place: int, cells: Sequence[Cell]) -> _Lines:
        """Measure and break a cell of a line of sums; what its words are may run on over empty neighbours."""
        is_right, width = self._columns[place].right and not isinstance(cells[place], str), self._widths[place]
        for behind in range(place + 1, len(cells)):
            if is_right or cells[behind] not in (None, ""):
                break
            width += GUTTER + self._widths[behind]
        return _set_in(as_text(cells[place]), self._book.faces.label, width, is_right=is_right)

    def _lines_of_a_page(self) -> int:
        layout = self._book.layout
        return int((layout.top - layout.bottom) / _LEADING) - 6

    # -- pages ---------------------------------------------------------------------------------------------------------
    def _turn(self, page: _Page) -> _Page:
        page.foot = self._book.y
        self._book.turn()
        page = self._begin()
        for band in self._bands:  # the rows that follow still belong to them
            self._draw_band(_("{title} (continued)").format(title=band.text), band.level, page)
        return page

    def _begin(self) -> _Page:
        """Set the head of the columns, and open the page that the rows are kept on until it is drawn."""
        book, label = self._book, self._book.faces.label
        top = book.y
        book.rule(book.y, thick=RULE)
        if any(column.over for column in self._columns):
            self._set_over(label)
        book.y -= _PAD
        heads = [broken(column.name, label, SIZE, width) for column, width in zip(self._columns, self._widths, strict=True)]
        for number_ in range(max(len(head) for head in heads)):
            book.y -= _LEADING
            for left, width, column, head in zip(self._lefts, self._widths, self._columns, heads, strict=True):
                if number_ < len(head):
                    x = left + width if column.right else left
                    book.line(x, book.y + _RISE, head[number_].text, label, SIZE, align="right" if column.right else "left")
        book.y -= _PAD
        book.rule(book.y, thick=RULE)
        page = _Page([[] for _column in self._columns], top=top)
        book.put(self._drawn(page))
        return page

    def _set_over(self, label: Face) -> None:
        """Set what stands over several columns, its last line lowest, with a rule below it."""
        book, at = self._book, 0
        found: list[tuple[float, float, list[Line]]] = []
        for words, some in groupby(self._columns, key=lambda column: column.over):
            count = len(list(some))
            left, right = self._lefts[at], self._lefts[at + count - 1] + self._widths[at + count - 1]
            found.append((left, right, broken(words, label, SIZE, right - left) if words else []))
            at += count
        lines = max(len(told) for _left, _right, told in found)
        book.y -= lines * _LEADING + _PAD
        for left, right, told in found:
            for number_, line in enumerate(told, start=1):
                book.line((left + right) / 2, book.y + _RISE + (len(told) - number_) * _LEADING, line.text, label, SIZE, align="middle")
            if told:
                book.rule(book.y, left=left, right=right)

    def _set_band(self, band: Band, page: _Page) -> _Page:
        self._bands = [one for one in self._bands if one.level < band.level]
        if self._book.room < 3 * _LEADING + 4 * _PAD:  # a day never begins at the foot of a page without its first line
            page = self._turn(page)
        self._draw_band(band.text, band.level, page)
        self._bands.append(band)
        return page

    def _draw_band(self, text: str, level: int, page: _Page) -> None:
        book, indent = self._book, 10.0 * level
        for line in broken(text, book.faces.label, SIZE, book.layout.measure - indent):
            book.y -= _LEADING
            book.line(book.layout.left + indent, book.y + 2.2 - _PAD, line.text, book.faces.label, SIZE)
        book.y -= 2 * _PAD
        page.rules.append((book.layout.left, book.y, book.layout.right, book.y))

    def _edges(self) -> list[float]:
        layout, last = self._book.layout, len(self._lefts) - 1
        return [layout.left, *(left - GUTTER / 2 for left in self._lefts[1:]), layout.right] if last else [layout.left, layout.right]

    def _drawn(self, page: _Page) -> Callable[[Canvas], None]:
        def mark(canvas: Canvas) -> None:
            canvas.setLineWidth(HAIRLINE)
            edges = self._edges() if self._has_uprights else ()
            rules = [*page.rules, *((x, page.top, x, page.foot) for x in edges)]
            if rules:
                canvas.addLiteral("\n".join((*(f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l" for x, y, to_x, to_y in rules), "S")))
            for column in page.columns:
                self._letters.draw(canvas, column, self._book.faces.table, SIZE)
            self._letters.draw(canvas, page.bold, self._book.faces.label, SIZE)
        return mark


class Letters:
    """Draws many short texts with one text object, each put into the letters of the file once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], tuple[tuple[str, str], ...]] = {}
        self._plain: dict[int, str] = {}

    def _pieces_of(self, canvas: Canvas, face: Face, text: str) -> tuple[tuple[str, str], ...]:
        if text[0].isdigit() and text.isascii() and text.replace(",", "").isdigit():
            if id(face) not in self._plain:
                self._plain[id(face)] = _are_plain(canvas, face)
            if self._plain[id(face)]:
                return ((self._plain[id(face)], f"({text}) Tj"),)
        return tuple(_pieces(canvas, face, text))

    def draw(self, canvas: Canvas, lines: Sequence[tuple[float, float, str]], face: Face, size: float) -> None:
        """Draw texts with their base lines at (x, y)."""
        if not lines:
            return
        known, key, told, font = self._known, id(face), ["BT"], ""
        for x, y, text in lines:
            pieces = known.get((key, text))
            if pieces is None:
                pieces = known[key, text] = self._pieces_of(canvas, face, text)
            told.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for name, letters in pieces:
                if name != font:
                    told.append(f"{name} {size:g} Tf")
                    font = name
                told.append(letters)
        told.append("ET")
        canvas.addLiteral("\n".join(told))


def _are_plain(canvas: Canvas, face: Face) -> str:
    """Return the font of the file in which figures are written as they are, "" where it has none: reportlab leaves ASCII readable."""
    found = tuple(_pieces(canvas, face, _FIGURES))
    return found[0][0] if len(found) == 1 and found[0][1] == f"({_FIGURES}) Tj" else ""


def _pieces(canvas: Canvas, face: Face, text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as (font of the file, its letters): what reportlab itself writes, asked for once a text."""
    for named, piece in face.runs(text):
        font = getFont(named.fontName)  # as reportlab's own drawing finds it: two of one face cannot stand in one file
        for subset, letters in font.splitString(piece, canvas._doc):
            yield font.getSubsetInternalName(subset, canvas._doc), f"({canvas._escape(letters)}) Tj"


# -- cells and widths -------------------------------------------------------------------------------------------------
def as_text(cell: Cell) -> str:
    """Return what a cell says on paper: numbers with groups of three, days as 2026-11-24, nothing for None."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return number(cell) if isinstance(cell, int) else calendar_day(cell)


def _set_in(text: str, face: Face, width: float, *, is_right: bool) -> _Lines:
    lines = broken(text, face, SIZE, width) if text else ()
    return tuple((line.text, width - face.width(line.text, SIZE) if is_right else 0.0) for line in lines)


def widths_of(columns: Sequence[Column], measure: float) -> list[float]:
    """Return how wide the columns are in points; where their own widths leave too little for the others, all of them give way alike."""
    room = measure - GUTTER * (len(columns) - 1)
    own = sum(column.width for column in columns)
    shares = sum(column.share for column in columns if not column.width)
    least = min(room / 2, sum(_LEAST * column.share for column in columns if not column.width))
    shrink = min(1.0, (room - least) / own) if own else 1.0
    rest = room - own * shrink
    return [column.width * shrink if column.width else rest * column.share / shares for column in columns]


def _with_next(rows: Iterable[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield every row with the one that follows it."""
    some = iter(rows)
    row = next(some, None)
    while row is not None:
        follower = next(some, None)
        yield row, follower
        row = follower
