"""Sets a long document as PDF: cover, contents with the numbers of the pages, text in the layout of GB/T 9704-2012.

The text is set first, so that the contents know on which page each heading stands; then the pages are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.bars import set_bars
from emergency_desk.reports.blocks import Line, Type, balanced, broken, exercise_mark, rise, small_print, to_fill
from emergency_desk.reports.document import BELOW_NOTE, Bars, Cover, Document, Entries, Grid, Heading, Picture, Piece, Prose, ToWrite
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.grids import GridTypes, least_height, set_grid
from emergency_desk.reports.page import HAIRLINE, LETTER, RULE, THICK, Booklet, draw_line
from emergency_desk.reports.pictures import set_picture
from emergency_desk.reports.word_lines import WordLine, broken_words, set_words
from emergency_desk.wording.catalog import _

_PAGE_NUMBER, _TITLE, _TITLE_LEADING = 14.0, 22.0, 34.0  # 4号, 2号
_COVER_TITLES = ((30.0, 46.0), (26.0, 40.0), (22.0, 34.0), (18.0, 28.0), (15.0, 23.0), (12.0, 18.0))
_CONTENTS, _CONTENTS_LEADING = 12.0, 20.0
_SIGNED_ROW, _TO_WRITE = 27.0, 26.0
_RED = (0.76, 0.07, 0.09)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a heading stands: its page (0 for the first of the whole paper) and the height on it."""

    heading: Heading
    page: int
    y: float


def set_document(document: Document, path: Path, paper: PaperSettings, imprint: Imprint, *, is_exercise: bool) -> Printed:
    """Set a document as a PDF file."""
    book, _stands = compose(document, Faces(paper))
    first = 1 if document.cover else 0
    return book.save(path, paper, imprint, title=document.title, subject=document.subject,
                     furniture=lambda book, page, pages: _furniture(book, page, pages, first, document, imprint, paper, is_exercise=is_exercise))


def compose(document: Document, faces: Faces) -> tuple[Booklet, tuple[Stands, ...]]:
    """Return the pages of a document, and where its headings stand."""
    front = Booklet(document.layout, faces)
    if document.cover:
        _cover(front, document.cover)
    text = _Text(document, faces)
    if not document.contents:
        front.take_pages(text.book)
        return front, text.stands(front.pages - text.book.pages)
    covers = front.pages if document.cover else 0
    pages = 1
    while True:
        contents = _contents(document, text.stands(covers + pages), faces)
        if contents.pages == pages:
            break
        pages = contents.pages
    front.take_pages(contents)
    front.take_pages(text.book)
    return front, text.stands(covers + pages)


class _Text:
    """The text of a document on its pages."""

    def __init__(self, document: Document, faces: Faces) -> None:
        self.book = Booklet(document.layout, faces)
        self._document, self._faces, self._setting = document, faces, document.setting
        self._kind = Type(faces.text, self._setting.size, self._setting.leading)
        self._grids = GridTypes.of(faces, self._setting)
        self._stands: list[tuple[Heading, int, float]] = []
        self._depth = -1  # of the last entry of the outline
        if not document.cover:
            _title(self.book, document.title, document.heading, faces)
        for place, piece in enumerate(document.pieces):
            self._set(piece, document.pieces[place + 1:])

    def stands(self, pages_before: int) -> tuple[Stands, ...]:
        """Return where the headings stand behind so many pages."""
        return tuple(Stands(heading, page + pages_before, y) for heading, page, y in self._stands)

    def _set(self, piece: Piece, after: Sequence[Piece]) -> None:
        if isinstance(piece, Heading):
            self._heading(piece, after)
        elif isinstance(piece, Prose):
            if after and isinstance(after[0], ToWrite):
                self.book.need(len(self._lines(piece)) * self._kind_of_prose(piece).leading + self._least(after))
            self._prose(piece)
        elif isinstance(piece, Entries):
            self._entries(piece)
        elif isinstance(piece, Grid):
            self.book.need(least_height(piece, self._grids, self.book.layout) + 6)
            set_grid(self.book, piece, self._grids)
        elif isinstance(piece, Bars):
            set_bars(self.book, piece, self._faces)
        elif isinstance(piece, Picture):
            set_picture(self.book, piece, self._faces)
        else:
            self._to_write(piece)

    def _heading(self, heading: Heading, after: Sequence[Piece]) -> None:
        book, kind = self.book, self._kind_of(heading)
        if heading.starts_page and not book.is_at_top:
            book.turn()
        indent = 0 if heading.starts_page else self._setting.indent
        lines = balanced(heading.text, kind, book.layout.measure) if heading.starts_page else broken(
            heading.text, kind.face, kind.size, book.layout.measure, indent=indent)
        space = 0 if book.is_at_top else self._above(heading)
        above = self._kind.leading * 1.3 if heading.above else 0
        book.need(space + above + len(lines) * kind.leading + self._least(after))
        if not book.is_at_top:
            book.y -= space
        self._note(heading)
        if heading.above:
            book.y -= self._kind.leading
            book.line(book.layout.left, book.y + rise(self._kind), heading.above, self._faces.label, self._setting.size)
            book.y -= 0.3 * self._kind.leading
        for place, line in enumerate(lines):
            book.y -= kind.leading
            if heading.starts_page:
                book.line(book.layout.width / 2, book.y + rise(kind), line.text, kind.face, kind.size, align="middle")
            else:
                book.line(book.layout.left + (0 if place else indent), book.y + rise(kind), line.text, kind.face, kind.size)
        if heading.tag:
            used = book.layout.left + (indent if len(lines) == 1 else 0) + lines[-1].width + 8
            book.line(used, book.y + rise(kind), heading.tag, self._faces.table, 9)
        if heading.starts_page:
            book.y -= 0.4 * self._kind.leading

    def _above(self, heading: Heading) -> float:
        return self._setting.gap * (3 - min(heading.depth, 2))

    def _kind_of(self, heading: Heading) -> Type:
        size, leading = self._setting.size, self._setting.leading
        if heading.starts_page:
            return Type(self._faces.title, size + 3, leading + 3)
        faces = (self._faces.label, self._faces.second)
        return Type(faces[heading.depth - 1] if heading.depth <= len(faces) else self._faces.strong, size, leading)

    def _least(self, after: Sequence[Piece]) -> float:
        """Return what must stand below a heading on its page."""
        following = after[0] if after else None
        if isinstance(following, Heading) and not following.starts_page:
            return self._above(following) + self._kind_of(following).leading + self._least(after[1:])
        if isinstance(following, Grid):
            return least_height(following, self._grids, self.book.layout) + 6
        if isinstance(following, Prose):
            return self._least_of(self._lines(following), self._kind_of_prose(following).leading)
        if isinstance(following, Picture):
            return following.size_on(self.book.layout.measure)[1] + 2 * self._setting.leading
        if isinstance(following, ToWrite):
            return min(4, following.lines) * _TO_WRITE
        return 2 * self._setting.leading if isinstance(following, Entries) else 0

    def _least_of(self, lines: Sequence[WordLine], leading: float) -> float:
        """Return the height of the lines that must begin together: a short paragraph whole, else two."""
        return self._setting.gap + (len(lines) if len(lines) <= 3 else 2) * leading

    def _note(self, heading: Heading) -> None:
        """Keep where a heading stands, and put it into the outline of the file."""
        book = self.book
        page, y = book.pages - 1, book.y
        if not heading.in_contents:
            return
        key, depth = _key(len(self._stands)), min(heading.depth - 1, self._depth + 1)
        self._depth = depth
        self._stands.append((heading, page, y))

        def mark(canvas: Canvas) -> None:
            canvas.bookmarkHorizontal(key, 0, y)
            canvas.addOutlineEntry(heading.entry, key, depth, closed=depth > 0)
        book.put(mark)

    def _kind_of_prose(self, prose: Prose) -> Type:
        setting = self._setting
        return Type(self._faces.text, setting.cell + 0.5, setting.cell_leading + 1) if prose.is_note else self._kind

    def _lines(self, prose: Prose) -> list[WordLine]:
        kind, indent = self._kind_of_prose(prose), 0 if prose.is_note else self._setting.indent
        return broken_words(prose.words, kind.face, self._faces.strong, kind.size, self.book.layout.measure, indent=indent)

    def _prose(self, prose: Prose) -> None:
        self._space()
        set_words(self.book, self._lines(prose), self._kind_of_prose(prose), indent=0 if prose.is_note else self._setting.indent)
        self.book.y -= BELOW_NOTE if prose.is_note else 0

    def _entries(self, entries: Entries) -> None:
        setting, measure = self._setting, self.book.layout.measure
        left = setting.indent + setting.size
        for words in entries.entries:
            lines = broken_words(words, self._kind.face, self._faces.strong, setting.size, measure - left)
            self._space(0.5)
            self.book.need((2 if len(lines) > 1 else 1) * setting.leading)
            page, y = self.book.pages - 1, self.book.y - setting.leading + rise(self._kind)
            self.book.line(left + self.book.layout.left - setting.size, y, "•", self._faces.text, setting.size, page=page)
            set_words(self.book, lines, self._kind, left=left)

    def _space(self, share: float = 1) -> None:
        if not self.book.is_at_top:
            self.book.y -= self._setting.gap * share

    def _to_write(self, wanted: ToWrite) -> None:
        leading = _TO_WRITE
        self.book.need(min(4, wanted.lines) * leading)
        for _number in range(wanted.lines):
            self.book.need(leading)
            self.book.y -= leading
            to_fill(self.book, self.book.layout.left, self.book.y + 6, self.book.layout.measure)
        self.book.y -= 6


def _key(place: int) -> str:
    return f"heading-{place}"


# -- the pages before the text ----------------------------------------------------------------------------------------
def _title(book: Booklet, title: str, lines: Sequence[str], faces: Faces) -> None:
    kind, below = Type(faces.title, _TITLE, _TITLE_LEADING), Type(faces.text, 14, 22)
    for line in balanced(title, kind, book.layout.measure):
        book.y -= kind.leading
        book.line(book.layout.width / 2, book.y + rise(kind), line.text, kind.face, kind.size, align="middle")
    book.y -= 4
    for text in lines:
        for line in balanced(text, below, book.layout.measure):
            book.y -= below.leading
            book.line(book.layout.width / 2, book.y + rise(below), line.text, below.face, below.size, align="middle")
    book.y -= 12


def _cover(book: Booklet, cover: Cover) -> None:
    edges, faces, middle = book.layout, book.faces, book.layout.width / 2
    small = Type(faces.text, 13, 21)
    for text in cover.above:
        book.y -= small.leading
        book.line(edges.left, book.y + rise(small), text, small.face, small.size)
    below, warned = Type(faces.text, 15, 25), Type(faces.label, 12.5, 19)
    lines = [line for text in cover.below for line in balanced(text, below, edges.measure)]
    warning = balanced(cover.warning, warned, 0.82 * edges.measure) if cover.warning else []
    rest = 12 + len(lines) * below.leading + (len(warning) * warned.leading + 48 if warning else 0)
    room = book.y - _signed_top(book, cover) - rest
    kind = next((kind for size in _COVER_TITLES if _height(cover.title, kind := Type(faces.title, *size), edges.measure) <= room),
                Type(faces.title, *_COVER_TITLES[-1]))
    book.y = min(book.y, max(edges.top - 0.2 * (edges.top - edges.bottom), book.y - room + _height(cover.title, kind, edges.measure)))
    for line in balanced(cover.title, kind, edges.measure):
        book.y -= kind.leading
        book.line(middle, book.y + rise(kind), line.text, kind.face, kind.size, align="middle")
    book.y -= 12
    for line in lines:
        book.y -= below.leading
        book.line(middle, book.y + rise(below), line.text, below.face, below.size, align="middle")
    if warning:
        book.y -= 22
        _warn(book, warning, warned)
    _signed(book, cover)


def _height(text: str, kind: Type, measure: float) -> float:
    return len(balanced(text, kind, measure)) * kind.leading


def _warn(book: Booklet, lines: Sequence[Line], kind: Type) -> None:
    wide = max(line.width for line in lines) + 28
    high = len(lines) * kind.leading + 14
    x, top = book.layout.width / 2, book.y

    def mark(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(*_RED)
        canvas.setFillColorRGB(*_RED)
        canvas.setLineWidth(THICK)
        canvas.rect(x - wide / 2, top - high, wide, high)
        for place, line in enumerate(lines):
            left = x - kind.face.width(line.text, kind.size) / 2
            draw_line(canvas, left, top - 7 - (place + 1) * kind.leading + rise(kind), line.text, kind.face, kind.size)
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setFillColorRGB(0, 0, 0)
    book.put(mark)
    book.y = top - high


def _signed_top(book: Booklet, cover: Cover) -> float:
    """Return the height at which the table of the cover begins."""
    return book.layout.bottom + (len(cover.facts) + len(cover.ends)) * _SIGNED_ROW + 20


def _signed(book: Booklet, cover: Cover) -> None:
    """Set the table of who made and approved it, and below it who issued it, at the foot of the cover."""
    edges, label, value, row = book.layout, book.faces.label, book.faces.text, _SIGNED_ROW
    ends = Type(value, 16, row)
    book.y = _signed_top(book, cover)
    names = max((label.width(name, 11) for name, _text in cover.facts), default=0) + 18
    top, split = book.y, edges.left + names
    for name, text in cover.facts:
        book.rule(book.y, thick=RULE if book.y == top else HAIRLINE)
        book.y -= row
        book.line(edges.left + 6, book.y + 9, name, label, 11)
        size = 11.5
        while text and value.width(text, size) > edges.right - split - 16 and size > 8:
            size -= 0.5
        if text:
            book.line(split + 8, book.y + 9, text, value, size)
    book.rule(book.y, thick=RULE)
    for x in (edges.left, split, edges.right):
        book.upright(x, top, book.y)
    book.y -= 16
    for text in cover.ends:
        book.y -= ends.leading
        book.line(edges.width / 2, book.y + rise(ends), text, ends.face, ends.size, align="middle")


def _contents(document: Document, stands: Sequence[Stands], faces: Faces) -> Booklet:
    book = Booklet(document.layout, faces)
    kind = Type(faces.title, _TITLE, _TITLE_LEADING)
    book.y -= kind.leading
    book.line(book.layout.width / 2, book.y + rise(kind), document.contents, kind.face, kind.size, align="middle")
    book.y -= 16
    for place, each in enumerate(stands):
        _entry(book, each, _key(place), faces)
    return book


def _entry(book: Booklet, stands: Stands, key: str, faces: Faces) -> None:
    """Set one line of the contents: it leads to its page when it is pressed."""
    face, edges = faces.label if stands.heading.depth == 1 else faces.text, book.layout
    left = edges.left + (stands.heading.depth - 1) * 1.5 * _CONTENTS
    told, number = faces.text, str(stands.page + 1)
    room = edges.right - left - told.width("000", _CONTENTS) - 12
    lines = broken(stands.heading.entry, face, _CONTENTS, room)
    if stands.heading.depth == 1 and not book.is_at_top:
        book.need((len(lines) + 1) * _CONTENTS_LEADING + 3)
        book.y -= 3
    book.need(len(lines) * _CONTENTS_LEADING)
    top = book.y
    for line in lines:
        book.y -= _CONTENTS_LEADING
        book.line(left, book.y + 5, line.text, face, _CONTENTS)
    start, end = left + lines[-1].width + 8, edges.right - told.width(number, _CONTENTS) - 5
    dot = told.width("…", _CONTENTS)
    dots = "…" * max(0, int((end - start) / dot))
    book.line(end, book.y + 5, dots, told, _CONTENTS, align="right")
    book.line(edges.right, book.y + 5, number, told, _CONTENTS, align="right")
    y = book.y
    book.put(lambda canvas: canvas.linkRect("", key, (left, y, edges.right, top), thickness=0))


# -- what stands on every page ----------------------------------------------------------------------------------------
def _furniture(
    book: Booklet, page: int, pages: int, first: int, document: Document, imprint: Imprint, paper: PaperSettings, *, is_exercise: bool,
) -> None:
    edges, face = book.layout, book.faces.text
    if is_exercise:
        exercise_mark(book, page)
    elif document.mark and page >= first:
        book.line(edges.right, edges.top + 8 * mm, document.mark, book.faces.label, 9, page=page, align="right")
    if page >= first and edges is LETTER:
        outside = page % 2 == 0  # odd numbers at the right, even ones at the left (GB/T 9704-2012, 7.5)
        x = edges.right - _PAGE_NUMBER if outside else edges.left + _PAGE_NUMBER
        book.line(x, edges.bottom - 7 * mm - _PAGE_NUMBER, f"— {page + 1} —", face, _PAGE_NUMBER, page=page, align="right" if outside else "left")
    told = _("Page {page} of {pages}").format(page=page + 1, pages=pages)
    running = f"{document.running}　{told}" if document.running else told
    book.line(edges.right, 17.5 * mm, running, book.faces.table, 7.5, page=page, align="right")
    small_print(book, page, imprint, paper, is_exercise=is_exercise, y=14 * mm)

