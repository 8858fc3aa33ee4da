"""The same long document as DOCX, for those who must edit it: headings by style, contents as a field, tables as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.plan_markup import Words
from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.blocks import DRILL, broken, imprint_lines
from emergency_desk.reports.document import BELOW_NOTE, Bars, Cover, Document, Entries, Grid, Heading, Picture, Piece, Prose, ToWrite, grid, prose
from emergency_desk.reports.document_pdf import compose
from emergency_desk.reports.docx_pages import BODY, HEAD, MEASURE_MM, SECOND, TITLE, ContentsLine, DocxPages, Look, Run
from emergency_desk.reports.fonts import DocxFaces, Faces
from emergency_desk.reports.grids import GridTypes, widths_of
from emergency_desk.reports.page import in_paper

_RED = "C21217"
_FACES = {1: HEAD, 2: SECOND, 3: BODY}
_COVER_TITLES, _COVER_ROOM = (30.0, 26.0, 22.0, 18.0, 15.0, 12.0), 160.0  # points; the room is that of the title
_CONTENTS, _CONTENTS_LEADING = 12.0, 20.0


def set_document_docx(document: Document, path: Path, paper: PaperSettings, imprint: Imprint, *, is_exercise: bool) -> Printed:
    """Write a document as DOCX. The pages of its contents are those of the PDF until the reader's program fills them anew."""
    document = replace(document, pieces=tuple(map(_in_one_line, document.pieces)))
    book, stands = compose(document, faces := DocxFaces(paper))
    printed, others = imprint_lines(imprint, paper, is_exercise=is_exercise)
    # Two lines: a third would make the foot so high that it takes a line from the text.
    note = ("\u3000".join(part for part in (document.running, printed) if part), others)
    pages = DocxPages(title=document.title, author=in_paper(imprint.desk, paper), language=paper.language, subject=document.subject,
                      mark=paper.mark, note=note, top=DRILL if is_exercise else document.mark, top_size=18 if is_exercise else 10.5,
                      layout=document.layout, has_cover=document.cover is not None, cell=document.setting.cell,
                      cell_leading=document.setting.cell_leading, cell_pad=80)
    if document.cover:
        _cover(pages, document.cover, faces, document.layout.measure)
    else:
        pages.title(document.title)
        for line in document.heading:
            pages.subtitle(line)
    if document.contents:
        pages.set(Run(document.contents, TITLE, 22), look=Look(align="center", leading=34, below=16, starts_page=document.cover is not None))
        pages.contents([ContentsLine(each.heading.entry, each.heading.depth, _anchor(place), each.page + 1)
                        for place, each in enumerate(stands)], size=_CONTENTS, leading=_CONTENTS_LEADING)
    _Pieces(pages, document, faces).set()
    pages.save(path)
    return Printed(path, book.pages)


def _in_one_line(piece: Piece) -> Piece:
    """Put the word above a heading before it: the contents are filled anew from paragraphs."""
    return replace(piece, text=piece.entry, above="") if isinstance(piece, Heading) and piece.above else piece


def _anchor(place: int) -> str:
    return f"_Toc{100000 + place}"  # Word's own form, which it clears away when it fills the contents anew


class _Pieces:
    """The pieces of a document put on its pages."""

    def __init__(self, pages: DocxPages, document: Document, faces: Faces) -> None:
        self._pages, self._document, self._setting = pages, document, document.setting
        self._grids = GridTypes.of(faces, document.setting)
        self._headings, self._is_first = 0, True
        self._white = 0  # below the table before

    def set(self) -> None:
        """Put all pieces."""
        for piece in self._document.pieces:
            self._set(piece)
            self._is_first, self._white = False, 8 if isinstance(piece, Grid | Bars) else 0
        self._pages.set(look=Look(leading=1))  # a file never ends with a table

    def _set(self, piece: Piece) -> None:
        if isinstance(piece, Heading):
            self._heading(piece)
        elif isinstance(piece, Prose):
            self._prose(piece)
        elif isinstance(piece, Entries):
            for place, words in enumerate(piece.entries):
                self._pages.set(Run("•\u2002", size=self._setting.size), *self._runs(words), look=Look(
                    leading=self._setting.leading, left=self._setting.indent + self._setting.size, indent=-self._setting.size,
                    above=self._setting.gap / 2 + (0 if place else self._white)))
        elif isinstance(piece, Grid):
            self._grid(piece)
        elif isinstance(piece, Bars):  # the figures alone: Word draws no bars of ours
            self._grid(grid((piece.title, ""), [(bar.label, bar.value) for bar in piece.bars], (3, 2)))
        elif isinstance(piece, Picture):
            width, height = piece.size_on(self._document.layout.measure)
            self._pages.picture(piece.content, width, height, words=piece.caption)
            self._prose(prose(piece.caption, is_note=True))
        else:
            self._to_write(piece)

    def _heading(self, heading: Heading) -> None:
        setting, anchor = self._setting, ""
        if heading.in_contents:
            anchor = _anchor(self._headings)
            self._headings += 1
        opens = heading.starts_page or (self._is_first and bool(self._document.contents))
        size = setting.size + (3 if heading.starts_page else 0)
        face = TITLE if heading.starts_page else _FACES[min(heading.depth, 3)]
        tag = (Run(f"\u2002{heading.tag}", BODY, 9),) if heading.tag else ()
        text = Run(heading.text, face, size, bold=heading.depth != 2 and not heading.starts_page)
        self._pages.set(text, *tag, anchor=anchor, look=Look(
            style=f"Heading{min(heading.depth, 3)}", leading=setting.leading, keeps_next=True, starts_page=opens,
            align="center" if heading.starts_page else "left", indent=0 if heading.starts_page else setting.indent,
            above=0 if opens else setting.gap * (3 - min(heading.depth, 2)) + self._white,
            below=0.4 * setting.leading if heading.starts_page else 0))

    def _prose(self, prose: Prose) -> None:
        setting = self._setting
        size, leading = (setting.cell + 0.5, setting.cell_leading + 1) if prose.is_note else (setting.size, setting.leading)
        self._pages.set(*self._runs(prose.words, size), look=Look(
            align="both", leading=leading, indent=0 if prose.is_note else setting.indent, above=setting.gap + self._white,
            below=BELOW_NOTE if prose.is_note else 0))

    def _grid(self, grid: Grid) -> None:
        measure = self._document.layout.measure
        shares = [width / measure for width in widths_of(grid, self._grids, measure)]
        cell = self._setting.cell
        heads = [[Run(run.words, HEAD, cell, bold=True) for run in head] for head in grid.heads]
        self._pages.table(heads,
                          [[self._runs(words, cell) for words in row] for row in grid.rows],
                          widths_mm=[measure / mm * share for share in shares], below=0, least=grid.least,
                          whole=grid.whole)

    def _to_write(self, wanted: ToWrite) -> None:
        for number in range(wanted.lines):
            self._pages.set(Run("_" * 60, size=12), look=Look(leading=26, above=self._white if number == 0 else 0))

    def _runs(self, words: Words, size: float = 0) -> list[Run]:
        return [Run(run.words, BODY, size or self._setting.size, bold=run.strong) for run in words]


def _cover(pages: DocxPages, cover: Cover, faces: Faces, measure: float) -> None:
    for line in cover.above:
        pages.set(Run(line, size=13), look=Look(leading=21))
    size, high = next(((size, lines * 1.5 * size) for size in _COVER_TITLES
                       if (lines := len(broken(cover.title, faces.title, size, measure))) * 1.5 * size <= _COVER_ROOM),
                      (_COVER_TITLES[-1], _COVER_ROOM))
    pages.set(Run(cover.title, TITLE, size), look=Look(align="center", leading=1.5 * size, above=max(10, _COVER_ROOM - 20 - high), below=12))
    for line in cover.below:
        pages.set(Run(line, size=15), look=Look(align="center", leading=25))
    if cover.warning:
        pages.set(Run(cover.warning, HEAD, 12.5, _RED), look=Look(align="center", leading=19, above=22, frame=_RED, left=36, right=36))
    pages.set(look=Look(leading=12, above=max(20, 150 - 12 * len(cover.facts))))
    pages.table((), [(_strong(name), [Run(text, size=11.5)]) for name, text in cover.facts], widths_mm=(50, MEASURE_MM - 50))
    for line in cover.ends:
        pages.set(Run(line), look=Look(align="center", leading=27))


def _strong(text: str) -> Sequence[Run]:
    return [Run(text, HEAD, 11, bold=True)]


