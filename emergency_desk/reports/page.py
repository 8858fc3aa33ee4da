"""Sheets of paper: their margins, what is put on them, and how they become a PDF file.

A booklet is filled page by page with marks (something to draw) before anything is drawn, so that every page knows how many
there are. The file appears under its name only when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.levels import writing

# Plain binary streams: base 85 makes a long log a quarter larger and slower to write, for mail gateways of the past.
rl_config.useA85 = 0

Mark = Callable[[Canvas], None]
Furniture = Callable[["Booklet", int, int], None]  # booklet, page number, pages
HAIRLINE, RULE, THICK = 0.4, 0.8, 2.0


@contextmanager
def worded(paper: PaperSettings) -> Iterator[None]:
    """Speak the language of a paper and write levels as it does."""
    with speaking(paper.language), writing(paper.numerals):
        yield


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet and its type area, in points. x counts from the left edge, y from the bottom edge."""

    width: float
    height: float
    left: float
    right_margin: float
    top_margin: float
    bottom: float

    @property
    def right(self) -> float:
        return self.width - self.right_margin

    @property
    def top(self) -> float:
        return self.height - self.top_margin

    @property
    def measure(self) -> float:
        """The width of the type area."""
        return self.right - self.left


# 版心 156 × 225 mm, 天头 37 mm, 订口 28 mm. Source: GB/T 9704-2012, 5.2.1.
LETTER = Layout(A4[0], A4[1], 28 * mm, 26 * mm, 37 * mm, 35 * mm)
FORM = Layout(A4[0], A4[1], 25 * mm, 18 * mm, 24 * mm, 22 * mm)
CARD = Layout(A5[0], A5[1], 11 * mm, 9 * mm, 9 * mm, 13 * mm)
CARD_OF_A_DRILL = Layout(A5[0], A5[1], 11 * mm, 9 * mm, 22 * mm, 13 * mm)  # room for the mark
TABLE = Layout(A4[1], A4[0], 18 * mm, 18 * mm, 24 * mm, 20 * mm)  # the left edge is wide enough to be punched


class Booklet:
    """The pages of one paper while they are filled, from the top down."""

    def __init__(self, layout: Layout, faces: Faces) -> None:
        self.layout = layout
        self.faces = faces
        self.y = layout.top
        self.on_turn: Callable[[], None] | None = None  # sets the heading that every further page repeats
        self._pages: list[list[Mark]] = [[]]

    @property
    def pages(self) -> int:
        return len(self._pages)

    @property
    def room(self) -> float:
        """The height that is left on the page, in points."""
        return self.y - self.layout.bottom

    @property
    def is_at_top(self) -> bool:
        """Say whether nothing takes any height of the page yet."""
        return self.y >= self.layout.top

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self._pages.append([])
        self.y = self.layout.top
        if self.on_turn is not None:
            self.on_turn()

    def need(self, height: float) -> None:
        """Turn the page unless this height is left, or the page is still empty."""
        if self.room < height and self._pages[-1]:
            self.turn()

    def put(self, mark: Mark, *, page: int | None = None) -> None:
        """Put a mark on the page that is being filled, or on one that was."""
        self._pages[self.pages - 1 if page is None else page].append(mark)

    def take_pages(self, other: Booklet) -> None:
        """Put the pages of another booklet behind the own ones; an own first page that is still empty gives way."""
        self._pages = [*(self._pages if self._pages != [[]] else []), *other._pages]
        self.y = other.y

    def line(self, x: float, y: float, text: str, face: Face, size: float, *, page: int | None = None, align: str = "left",
             stretch: float = 0) -> None:
        """Put a line of text with its base line at y; x is its left edge, its middle or its right edge."""
        if align != "left":
            x -= face.width(text, size) / (2 if align == "middle" else 1)
        self.put(lambda canvas: draw_line(canvas, x, y, text, face, size, stretch), page=page)

    def dashes(self, y: float) -> None:
        """Put a dashed rule from edge to edge of the type area: here the paper is cut."""
        def mark(canvas: Canvas) -> None:
            canvas.setDash(4, 3)
            _draw_rule(canvas, self.layout.left, y, self.layout.right, y, HAIRLINE)
            canvas.setDash()
        self.put(mark)

    def rule(self, y: float, *, thick: float = HAIRLINE, left: float | None = None, right: float | None = None,
             page: int | None = None) -> None:
        """Put a level rule over the type area, or from left to right."""
        start, end = self.layout.left if left is None else left, self.layout.right if right is None else right
        self.put(lambda canvas: _draw_rule(canvas, start, y, end, y, thick), page=page)

    def upright(self, x: float, top: float, bottom: float, *, thick: float = HAIRLINE, page: int | None = None) -> None:
        """Put an upright rule."""
        self.put(lambda canvas: _draw_rule(canvas, x, top, x, bottom, thick), page=page)

    def box(self, x: float, y: float, width: float, height: float, *, thick: float = HAIRLINE, page: int | None = None) -> None:
        """Put an empty frame; x and y are its lower left corner."""
        def mark(canvas: Canvas) -> None:
            canvas.setLineWidth(thick)
            canvas.rect(x, y, width, height)
        self.put(mark, page=page)

    def save(self, path: Path, paper: PaperSettings, imprint: Imprint, *, title: str, subject: str, furniture: Furniture) -> Printed:
        """Draw every page with its furniture and write the file."""
        for page in range(self.pages):
            furniture(self, page, self.pages)
        beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._draw(beginning, paper, title=title, author=in_paper(imprint.desk, paper), subject=subject)
            os.replace(beginning, path)
        finally:
            beginning.unlink(missing_ok=True)
        return Printed(path, self.pages, self.faces.missing)

    def _draw(self, path: Path, paper: PaperSettings, *, title: str, author: str, subject: str) -> None:
        canvas = Canvas(str(path), pagesize=(self.layout.width, self.layout.height), pageCompression=1, invariant=int(paper.invariant),
                        lang=paper.language.replace("_", "-"), initialFontName=self.faces.table.font.fontName)
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setCreator("Emergency Desk")
        canvas.setKeywords(paper.mark)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        for marks in self._pages:
            for mark in marks:
                mark(canvas)
            canvas.showPage()
        canvas.save()


def in_paper(text: Text, paper: PaperSettings) -> str:
    """Return a text in the paper's language."""
    return text.in_language(paper.language)


def draw_line(canvas: Canvas, x: float, y: float, text: str, face: Face, size: float, stretch: float = 0) -> None:
    """Draw one line; `stretch` points are added after every character."""
    pen = canvas.beginText(x, y)
    if stretch:
        pen.setCharSpace(stretch)
    for font, piece in face.runs(text):
        pen.setFont(font.fontName, size)
        pen.textOut(piece)
    if stretch:
        pen.setCharSpace(0)
    canvas.drawText(pen)


def _draw_rule(canvas: Canvas, x: float, y: float, to_x: float, to_y: float, thick: float) -> None:
    canvas.setLineWidth(thick)
    canvas.line(x, y, to_x, to_y)
