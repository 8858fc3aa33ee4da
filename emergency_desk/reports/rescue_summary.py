"""The summary of a rescue in nine parts (应急救援工作总结), as PDF and as DOCX for those who must edit it. Source: 安委〔2013〕8号五（二）."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.after_sheets import SummarySheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.blocks import DRILL, Type, exercise_mark, imprint_lines, paragraph, small_print, to_fill
from emergency_desk.reports.docx_pages import DocxPages
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import LETTER, Booklet, in_paper, worded
from emergency_desk.reports.summary_words import Part, lines_of, parts
from emergency_desk.reports.tables import Column, Table
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import local, written_date

_TITLE, _TEXT, _LEADING, _SUBTITLE = 22.0, 16.0, 28.0, 14.0  # 2号, 3号, 4号
_LINES_TO_WRITE = 4


def write(sheet: SummarySheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the summary."""
    with worded(paper):
        book = Booklet(LETTER, Faces(paper))
        _heading(book, sheet, paper)
        for part in parts(sheet, paper):
            _set(book, part)
        title = _title(sheet)
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.title,
                         furniture=lambda book, page, pages: _furniture(book, page, pages, sheet, paper))


def write_docx(sheet: SummarySheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the summary as a DOCX file; its pages are counted by whoever opens it."""
    with worded(paper):
        note = imprint_lines(sheet.imprint, paper, is_exercise=sheet.is_exercise)
        pages = DocxPages(title=_title(sheet), author=in_paper(sheet.imprint.desk, paper), language=paper.language, mark=paper.mark,
                          subject=sheet.incident.title, note=note, top=DRILL if sheet.is_exercise else "")
        pages.title(_("Summary of the rescue"))
        pages.subtitle(_subtitle(sheet, paper))
        for part in parts(sheet, paper):
            pages.heading(part.title)
            for line in lines_of(part):
                pages.paragraph(line)
            if part.rows:
                pages.table(part.head, part.rows, widths_mm=part.widths_mm)
            if part.is_to_be_written:
                pages.paragraph(_("(to be written)"))
        pages.save(path)
        return Printed(path, 0)


def _title(sheet: SummarySheet) -> str:
    return _("Summary of the rescue {number}").format(number=sheet.incident.number)


def _subtitle(sheet: SummarySheet, paper: PaperSettings) -> str:
    return _("{desk}, {date}").format(desk=in_paper(sheet.imprint.desk, paper), date=written_date(local(sheet.imprint.printed_at).date()))


def _heading(book: Booklet, sheet: SummarySheet, paper: PaperSettings) -> None:
    middle = book.layout.width / 2
    book.y -= _TITLE
    book.line(middle, book.y, _("Summary of the rescue"), book.faces.title, _TITLE, align="middle")
    book.y -= _SUBTITLE * 1.9
    book.line(middle, book.y, _subtitle(sheet, paper), book.faces.text, _SUBTITLE, align="middle")
    book.y -= _SUBTITLE


def _set(book: Booklet, part: Part) -> None:
    text = Type(book.faces.text, _TEXT, _LEADING)
    book.need(3 * _LEADING)  # a heading never stands alone at the foot of a page
    paragraph(book, part.title, Type(book.faces.label, _TEXT, _LEADING))
    for line in lines_of(part):
        paragraph(book, line, text, indent=2 * _TEXT)
    if part.rows:
        book.need(4 * _LEADING)
        book.y -= 6
        columns = tuple(Column(name, 0 if width == max(part.widths_mm) else width * mm) for name, width in
                        zip(part.head, part.widths_mm, strict=True))
        Table(book, columns).set_rows(part.rows)
        book.y -= 8
    if part.is_to_be_written:
        book.need(_LINES_TO_WRITE * _LEADING)
        for _number in range(_LINES_TO_WRITE):
            book.y -= _LEADING
            to_fill(book, book.layout.left, book.y + 6, book.layout.measure)


def _furniture(book: Booklet, page: int, pages: int, sheet: SummarySheet, paper: PaperSettings) -> None:
    edges = book.layout
    y = edges.bottom - 9 * mm
    book.line(edges.right, y, _("Page {page} of {pages}").format(page=page + 1, pages=pages), book.faces.table, 9, page=page, align="right")
    book.line(edges.left, y, _title(sheet), book.faces.table, 9, page=page)
    if sheet.is_exercise:
        exercise_mark(book, page)
    small_print(book, page, sheet.imprint, paper, is_exercise=sheet.is_exercise, y=y - 14)
