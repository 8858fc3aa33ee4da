"""The same letter as a DOCX, for those who must edit it: what stands where; the file itself is written by `docx_pages`."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports.blocks import DRILL, imprint_lines
from emergency_desk.reports.docx_pages import BODY as TEXT_FACE
from emergency_desk.reports.docx_pages import HEAD as NAME_FACE
from emergency_desk.reports.docx_pages import MEASURE_MM, TAB, DocxPages, Look, Run
from emergency_desk.reports.docx_pages import TITLE as TITLE_FACE
from emergency_desk.reports.letter import BODY, HEAD, LEADING, TITLE, Grid, LetterText, Part, in_one
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _

_RED, _BLACK = "C21217", "000000"
_SMALL = 14.0
_LINE = Look(leading=LEADING)


def set_letter_docx(letter: LetterText, path: Path, paper: PaperSettings, imprint: Imprint, *, is_exercise: bool) -> Printed:
    """Write a letter as DOCX. Its number of pages is the word processor's affair: 0 is told, as for a workbook."""
    pages = DocxPages(title=letter.file_title or letter.title, author=in_paper(imprint.desk, paper), language=paper.language,
                      subject=letter.subject, mark=paper.mark, note=imprint_lines(imprint, paper, is_exercise=is_exercise),
                      top=DRILL if is_exercise else "")
    _head(pages, letter)
    for part in letter.parts:
        if isinstance(part, Grid):
            pages.table(part.heads, part.rows, widths_mm=[MEASURE_MM * share for share in part.shares])
        else:
            _part(pages, part)
    _end(pages, letter)
    pages.save(path)
    return Printed(path, 0)


def _head(pages: DocxPages, letter: LetterText) -> None:
    for mark in letter.marks:
        pages.set(Run(mark, NAME_FACE), look=Look(leading=20))
    pages.set(Run(letter.head, TITLE_FACE, HEAD, _RED), look=Look(align="center", leading=HEAD * 1.4))
    if letter.below_head:
        pages.set(Run(letter.below_head), look=Look(align="center"))
    pages.set(Run(letter.number, size=_SMALL), TAB, Run(letter.beside_number, size=_SMALL),
              look=Look(has_tab=True, rule_below=_RED, above=4))
    pages.set(Run(letter.title, TITLE_FACE, TITLE), look=Look(align="center", leading=34, above=14, below=10))
    if letter.addressee:
        pages.set(Run(letter.addressee), look=_LINE)


def _part(pages: DocxPages, part: Part) -> None:
    mark = (Run(_("[{mark}] ").format(mark=part.mark), NAME_FACE, 11),) if part.mark else ()
    pages.set(Run(part.name, NAME_FACE, bold=True), *mark, Run(in_one(part.text), TEXT_FACE), look=Look(leading=LEADING, indent=2 * BODY))


def _end(pages: DocxPages, letter: LetterText) -> None:
    last = len(letter.foot) - 1
    for place, line in enumerate(letter.signature):
        pages.set(Run(line), look=Look(align="right", leading=LEADING, right=2 * BODY, above=0 if place else 16, keeps_next=True))
    for place, line in enumerate(letter.foot):
        pages.set(Run(line, size=_SMALL), look=Look(
            leading=20, above=0 if place else 14, keeps_next=place < last, rule_above="" if place else _BLACK,
            rule_below=_BLACK if place == last else ""))
