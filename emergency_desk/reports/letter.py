"""A house letter in the spirit of GB/T 9704-2012: red head, number, title, paragraphs, tables, signature, foot.

What stands in it (`LetterText`) is kept apart from how it is set, so that the same letter becomes a PDF here and a DOCX in `letter_docx`.
3号 letters on 29 pt give 22 lines of 28 characters on the type area of 156 × 225 mm (GB/T 9704-2012, 5.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.blocks import Line, Type, balanced, broken, exercise_mark, paragraph, rise, small_print
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.reports.page import HAIRLINE, LETTER, RULE, Booklet, draw_line

RED = (0.76, 0.07, 0.09)
BODY, HEAD, TITLE, PAGE_NUMBER = 16.0, 30.0, 22.0, 14.0  # 3号, the red head, 2号, 4号
LEADING = 29.0
_END = 7  # lines of a short last paragraph, the signature and the foot
_ATTEMPTS = ((BODY, LEADING), (BODY, 26.5), (15.0, 24.0), (14.0, 21.5))  # tighter before a second page takes only a signature (9704, 5.2.3)
_GRID, _GRID_LEADING, _GRID_PAD = 12.0, 17.0, 4.0


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph with its name in front; `mark` stands behind the name, such as "changed".

    The last one goes to the page of the signature, which no page carries alone (9704, 5.2.3).
    """

    name: str
    text: str
    mark: str = ""
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table; `shares` are the widths of its columns as parts of the whole."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """What stands in a letter, in words."""

    head: str
    number: str
    title: str
    below_head: str = ""
    beside_number: str = ""
    marks: tuple[str, ...] = ()  # secrecy and urgency, at the top left
    addressee: str = ""
    parts: tuple[Part | Grid, ...] = ()
    signature: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    file_title: str = ""
    subject: str = ""


def set_letter(letter: LetterText, path: Path, paper: PaperSettings, imprint: Imprint, *, is_exercise: bool) -> Printed:
    """Set a letter as a PDF."""
    faces = Faces(paper)
    books = (_compose(letter, faces, size, leading) for size, leading in _ATTEMPTS)
    book = next((each for each in books if each.pages == 1), None) or _compose(letter, faces, BODY, LEADING)
    return book.save(path, paper, imprint, title=letter.file_title or letter.title, subject=letter.subject,
                     furniture=lambda book, page, pages: furniture(book, page, imprint, paper, is_exercise=is_exercise))


def _compose(letter: LetterText, faces: Faces, size: float, leading: float) -> Booklet:
    book = Booklet(LETTER, faces)
    _head(book, letter)
    _title(book, letter)
    text, strong = Type(faces.text, size, leading), Type(faces.label, size, leading)
    if letter.addressee:
        paragraph(book, letter.addressee, text)
    for part in letter.parts:
        if isinstance(part, Grid):
            _grid(book, part)
        else:
            _part(book, part, text, strong)
    _signature_and_foot(book, letter, text)
    return book


def furniture(book: Booklet, page: int, imprint: Imprint, paper: PaperSettings, *, is_exercise: bool) -> None:
    """Put the drill mark, the number of the page (outside, as the standard has it) and the small print on a page."""
    edges, face = book.layout, book.faces.text
    if is_exercise:
        exercise_mark(book, page)
    number = f"— {page + 1} —"
    y = edges.bottom - 7 * mm - PAGE_NUMBER
    if page % 2 == 0:
        book.line(edges.right - PAGE_NUMBER, y, number, face, PAGE_NUMBER, page=page, align="right")
    else:
        book.line(edges.left + PAGE_NUMBER, y, number, face, PAGE_NUMBER, page=page)
    small_print(book, page, imprint, paper, is_exercise=is_exercise, y=14 * mm)


def _head(book: Booklet, letter: LetterText) -> None:
    edges, faces, middle = book.layout, book.faces, book.layout.width / 2
    for mark in letter.marks:
        book.y -= 20
        book.line(edges.left, book.y, mark, faces.label, BODY)
    size = min(HEAD, edges.measure / max(1.0, faces.title.width(letter.head, 1)))
    book.y -= size * 1.15
    _red(book, middle, book.y, letter.head, faces.title, size)
    if letter.below_head:
        book.y -= 26
        book.line(middle, book.y, letter.below_head, faces.text, BODY, align="middle")
    book.y -= 28
    book.line(edges.left, book.y, letter.number, faces.text, 14)
    book.line(edges.right, book.y, letter.beside_number, faces.text, 14, align="right")
    book.y -= 8
    y = book.y
    book.put(lambda canvas: _red_rule(canvas, edges.left, edges.right, y))


def _title(book: Booklet, letter: LetterText) -> None:
    kind = Type(book.faces.title, TITLE, 34)
    book.y -= 14
    for line in balanced(letter.title, kind, book.layout.measure):
        book.y -= kind.leading
        book.line(book.layout.width / 2, book.y + rise(kind), line.text, kind.face, kind.size, align="middle")
    book.y -= 10


def _part(book: Booklet, part: Part, text: Type, strong: Type) -> None:
    """Set a paragraph whose name runs in, in the face of names."""
    indent = 2 * text.size
    name = part.name
    width = strong.face.width(name, strong.size)
    book.need(_END * text.leading if part.is_last else text.leading)
    y = book.y - text.leading + rise(text)
    book.line(book.layout.left + indent, y, name, strong.face, strong.size)
    if part.mark:
        marked = Type(book.faces.strong, 11, text.leading)
        book.line(book.layout.left + indent + width + 2, y, part.mark, marked.face, marked.size)
        width += marked.face.width(part.mark, marked.size) + 6
        book.upright(book.layout.left - 6, book.y - 3, book.y - text.leading + 3, thick=RULE * 2)
    paragraph(book, in_one(part.text), text, indent=indent + width)


def in_one(text: str) -> str:
    """Return a text of several lines as one paragraph; after a Chinese stop no space is put."""
    return "".join(line if line.endswith(("。", "；", "，")) else f"{line} " for line in text.split("\n")).rstrip()


def _grid(book: Booklet, grid: Grid) -> None:
    """Set a small table; its heads stand again on a further page, and a row that fits a page is never torn."""
    book.y -= 6
    head = _cells(book, grid, grid.heads, book.faces.label)
    for number, row in enumerate((grid.heads, *grid.rows)):
        cells = head if number == 0 else _cells(book, grid, row, book.faces.text)
        if book.room < _height(cells):
            book.turn()
            if number:
                _grid_row(book, grid, head, book.faces.label)
        _grid_row(book, grid, cells, book.faces.text if number else book.faces.label)
    book.y -= 6


def _cells(book: Booklet, grid: Grid, row: tuple[str, ...], face: Face) -> list[list[Line]]:
    measure = book.layout.measure
    return [broken(cell, face, _GRID, measure * share - 2 * _GRID_PAD) for cell, share in zip(row, grid.shares, strict=True)]


def _height(cells: list[list[Line]]) -> float:
    return max(len(cell) for cell in cells) * _GRID_LEADING + 2 * _GRID_PAD


def _grid_row(book: Booklet, grid: Grid, cells: list[list[Line]], face: Face) -> None:
    edges, top = book.layout, book.y
    lefts = [edges.left + edges.measure * sum(grid.shares[:place]) for place in range(len(grid.shares))]
    for left, cell in zip(lefts, cells, strict=True):
        for place, line in enumerate(cell):
            book.line(left + _GRID_PAD, top - _GRID_PAD - (place + 1) * _GRID_LEADING + 5, line.text, face, _GRID)
    book.y -= _height(cells)
    for left in (*lefts, edges.right):
        book.upright(left, top, book.y, thick=HAIRLINE)
    book.rule(top, thick=HAIRLINE)
    book.rule(book.y, thick=HAIRLINE)


def _signature_and_foot(book: Booklet, letter: LetterText, text: Type) -> None:
    """Set who sends it, and the foot at the end of the type area; both stay on one page with each other."""
    edges, foot = book.layout, Type(book.faces.text, 14, 20)
    lines = [line for entry in letter.foot for line in broken(entry, foot.face, foot.size, edges.measure - 2 * foot.size)]
    foot_height = len(lines) * foot.leading + 12 if lines else 0
    book.need((len(letter.signature) + 0.6) * text.leading + foot_height)
    book.y -= text.leading * 0.6
    widest = max((text.face.width(line, text.size) for line in letter.signature), default=0)
    middle = edges.right - 2 * text.size - widest / 2
    for line in letter.signature:
        book.y -= text.leading
        book.line(middle, book.y + rise(text), line, text.face, text.size, align="middle")
    if not lines:
        return
    book.y = edges.bottom + foot_height
    book.rule(book.y, thick=RULE)
    book.y -= 3
    for each in lines:
        book.y -= foot.leading
        book.line(edges.left + foot.size, book.y + rise(foot), each.text, foot.face, foot.size)
    book.y -= 4
    book.rule(book.y, thick=RULE)


def _red(book: Booklet, middle: float, y: float, text: str, face: Face, size: float) -> None:
    x = middle - face.width(text, size) / 2

    def mark(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*RED)
        draw_line(canvas, x, y, text, face, size)
        canvas.setFillColorRGB(0, 0, 0)

    face.width(text, size)
    book.put(mark)


def _red_rule(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(1.6)
    canvas.line(left, y, right, y)
    canvas.setStrokeColorRGB(0, 0, 0)
