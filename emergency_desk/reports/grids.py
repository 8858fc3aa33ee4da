"""Tables with lines around their cells, in a document: the head repeated on every page, a row torn only where it is longer than a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from emergency_desk.domain.plan_markup import Words, said
from emergency_desk.reports.blocks import Type as TypeOf
from emergency_desk.reports.blocks import rise, stretch_of, unbreakable
from emergency_desk.reports.document import Grid, Setting
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.reports.page import HAIRLINE, RULE, Booklet, Layout
from emergency_desk.reports.word_lines import WordLine, broken_words, draw_words
from emergency_desk.wording.catalog import _

_PAD = 4.0
_WIDEST = 0.55  # of the measure: what one column may ask for when the cells decide
_Cells = list[list[WordLine]]


@dataclass(frozen=True, slots=True)
class GridTypes:
    """The faces a table is set in, at one size."""

    text: Face
    strong: Face
    head: Face
    size: float
    leading: float
    border: float = 0.0
    least: float = 0.0  # of a row's height

    @classmethod
    def of(cls, faces: Faces, setting: Setting) -> GridTypes:
        """Return the faces of a document's tables."""
        return cls(faces.text, faces.strong, faces.label, setting.cell, setting.cell_leading, faces.row_border)


def set_grid(book: Booklet, grid: Grid, types: GridTypes) -> None:
    """Set a table from where the booklet stands to wherever it ends."""
    widths = widths_of(grid, types, book.layout.measure)
    head = _broken(grid.heads, widths, types, types.head) if any(grid.heads) else []
    book.y -= 6
    _begin(book, head, widths, types)
    types = replace(types, least=grid.least)
    known: dict[tuple[Words, float], list[WordLine]] = {}  # cells that say the same are broken once
    for row in grid.rows:
        _set_row(book, _broken(row, widths, types, types.text, known), head, widths, types)
    book.rule(book.y, thick=RULE)
    book.y -= 8


def least_height(grid: Grid, types: GridTypes, layout: Layout) -> float:
    """Return what must begin together: the head and the first rows; of a table that stays whole all of it, if a page holds it."""
    widths = widths_of(grid, types, layout.measure)
    head = _height(_broken(grid.heads, widths, types, types.head), types) if any(grid.heads) else 0
    asked = grid.rows if grid.whole else grid.rows[:2 if len(grid.rows) > 2 else 1]  # one row alone below its head looks lost
    rows = [_height(_broken(row, widths, types, types.text), replace(types, least=grid.least)) for row in asked]
    if grid.whole and head + sum(rows) + 4 * types.leading < layout.top - layout.bottom:
        return head + sum(rows)
    return head + min(sum(rows[:2 if len(grid.rows) > 2 else 1]), 12 * types.leading)


def widths_of(grid: Grid, types: GridTypes, measure: float) -> list[float]:
    """Return the widths of the columns in points: by their shares, else by what stands in them."""
    if grid.shares:
        whole = sum(grid.shares)
        return [measure * share / whole for share in grid.shares]
    rows = [grid.heads, *grid.rows]
    cells = [[said(row[place]) if place < len(row) else "" for row in rows] for place in range(len(grid.heads))]
    least = [max((_widest_piece(text, types) for text in column), default=0) + 2 * _PAD + 1 for column in cells]
    liked = [min(_WIDEST * measure, max(_natural(text, types) for text in column) + 2 * _PAD + 1) for column in cells]
    spare = measure - sum(least)
    if spare <= 0:  # long words everywhere: they are cut
        return [measure * width / sum(least) for width in least]
    wish = [max(0.1, want - need) for want, need in zip(liked, least, strict=True)]
    return [need + more for need, more in zip(least, _shared_out(spare, wish), strict=True)]


def _shared_out(spare: float, wish: Sequence[float]) -> list[float]:
    """Share out what is left, so that who wants little has it all and long texts break for it; what nobody wants goes by the wishes."""
    if sum(wish) <= spare:
        return [spare * want / sum(wish) for want in wish]
    given, left = [0.0] * len(wish), spare
    for number, place in enumerate(sorted(range(len(wish)), key=wish.__getitem__)):
        given[place] = min(wish[place], left / (len(wish) - number))
        left -= given[place]
    return given


def _natural(text: str, types: GridTypes) -> float:
    return max((types.head.width(line, types.size) for line in text.split("\n")), default=0)


def _widest_piece(text: str, types: GridTypes) -> float:
    return max((types.head.width(piece, types.size) for line in text.split("\n") for piece in unbreakable(line)), default=0)


def _broken(row: Sequence[Words], widths: Sequence[float], types: GridTypes, face: Face,
            known: dict[tuple[Words, float], list[WordLine]] | None = None) -> _Cells:
    cells, known = [], {} if known is None else known
    for cell, width in zip((*row, *((),) * (len(widths) - len(row))), widths, strict=True):
        found = known.get((cell, width))
        if found is None:
            found = known[cell, width] = broken_words(cell, face, types.strong, types.size, width - 2 * _PAD)
        cells.append(found)
    return cells


def _height(cells: _Cells, types: GridTypes) -> float:
    if not cells:
        return 0
    return max(types.least, max(1, *(len(cell) for cell in cells)) * types.leading + 2 * _PAD) + types.border


def _begin(book: Booklet, head: _Cells, widths: Sequence[float], types: GridTypes) -> None:
    book.rule(book.y, thick=RULE)
    if head:
        _draw(book, head, widths, replace(types, least=0.0))


def _go_on(book: Booklet, types: GridTypes) -> None:
    """Say above the repeated head that the table goes on from the page before."""
    book.y -= types.leading
    book.line(book.layout.right, book.y + types.leading - types.size, _("(continued)"), types.text, types.size, align="right")


def _set_row(book: Booklet, cells: _Cells, head: _Cells, widths: Sequence[float], types: GridTypes) -> None:
    whole_page = book.layout.top - book.layout.bottom - _height(head, types) - types.leading
    while cells and any(cells):
        if _height(cells, types) <= book.room:
            _draw(book, cells, widths, types)
            return
        fitting = int((book.room - 2 * _PAD) / types.leading)
        if _height(cells, types) > whole_page and fitting >= 4:
            _draw(book, [cell[:fitting] for cell in cells], widths, types)
            cells = [cell[fitting:] for cell in cells]
        book.turn()
        _go_on(book, types)
        _begin(book, head, widths, types)
    if not any(cells):
        _draw(book, cells, widths, types)


def _draw(book: Booklet, cells: _Cells, widths: Sequence[float], types: GridTypes) -> None:
    kind = TypeOf(types.text, types.size, types.leading)
    top, x, bottom = book.y, book.layout.left, book.y - _height(cells, types)
    lines = max(1, *(len(cell) for cell in cells))
    pad = max(_PAD, (types.least - lines * types.leading) / 2)
    for cell, width in zip(cells, widths, strict=True):
        for place, line in enumerate(cell):
            draw_words(book, x + _PAD, top - pad - (place + 1) * types.leading + rise(kind), line, types.size,
                       stretch=stretch_of(line.line, width - 2 * _PAD, types.size))
        book.upright(x, top, bottom, thick=HAIRLINE)
        x += width
    book.upright(x, top, bottom, thick=HAIRLINE)
    book.y = bottom
    book.rule(bottom, thick=HAIRLINE)
