"""What the printed logs have in common: heading, rows with both times (R-2.6), and the foot that is signed on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reportlab.lib.units import mm

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.sheets import Imprint, PaperSettings
from emergency_desk.reports.blocks import Type, broken, exercise_mark, set_line, small_print
from emergency_desk.reports.page import Booklet, in_paper
from emergency_desk.reports.tables import Band
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import calendar_day, clock_time, local, when, written_date

_TITLE = 18.0


def heading(book: Booklet, title: str, desk: str, about: Iterable[str]) -> None:
    """Set the name of the paper, whose it is, and what it is about. Where both do not stand in one line, the desk stands above."""
    faces, edges = book.faces, book.layout
    if faces.title.width(title, _TITLE) + faces.label.width(desk, 10) + 8 * mm <= edges.measure:
        book.y -= _TITLE
        book.line(edges.left, book.y, title, faces.title, _TITLE)
        book.line(edges.right, book.y, desk, faces.label, 10, align="right")
    else:
        book.y -= 10
        book.line(edges.right, book.y, desk, faces.label, 10, align="right")
        large = Type(faces.title, _TITLE, _TITLE + 4)
        for line in broken(title, large.face, large.size, edges.measure):
            set_line(book, edges.left, line, large, edges.measure)
    book.y -= 5
    kind = Type(faces.table, 10, 14.5)
    for text in about:
        for line in broken(text, kind.face, kind.size, edges.measure):
            set_line(book, edges.left, line, kind, edges.measure)
    book.y -= 7


def heading_again(book: Booklet, text: str) -> None:
    """Set what every further page begins with."""
    book.y -= 10
    book.line(book.layout.left, book.y, text, book.faces.label, 10)
    book.y -= 7


def times(line: LogLine) -> tuple[str, str]:
    """Return when it happened, and when it was written down where that was another minute."""
    entry = line.entry
    happened = clock_time(entry.occurred_at)
    written = when(entry.recorded_at, now=entry.occurred_at)
    return happened, written


def with_days(lines: Iterable[LogLine], days: Iterable[date]) -> Iterator[Band | LogLine]:
    """Yield the lines with a band before the first of each day."""
    before: date | None = None
    for line, day in zip(lines, days, strict=True):
        if day != before:
            yield Band(written_date(day))
            before = day
        yield line


def foot(book: Booklet, page: int, pages: int, imprint: Imprint, paper: PaperSettings, *, is_exercise: bool, signed: str = "") -> None:
    """Put who drew it up and who checks it, the page and the small print at the foot of a page. `signed`: by whom else, in words."""
    edges, face, size = book.layout, book.faces.table, 9.0
    y = edges.bottom - 5.5 * mm
    book.line(edges.left, y, signed or checked_by(imprint, paper), face, size, page=page)
    book.line(edges.right, y, _("Page {page} of {pages}").format(page=page + 1, pages=pages), face, size, page=page, align="right")
    if is_exercise:
        exercise_mark(book, page)
    small_print(book, page, imprint, paper, is_exercise=is_exercise, y=edges.bottom - 10.5 * mm)


def checked_by(imprint: Imprint, paper: PaperSettings) -> str:
    """Return the line of who drew a paper up and who checks it."""
    return _("Drawn up by: {name}      Checked by: ____________________      Date: {date}").format(
        name=in_paper(imprint.printed_by, paper) or "____________", date=calendar_day(local(imprint.printed_at).date()))


def approved_by(imprint: Imprint, paper: PaperSettings) -> str:
    """Return the line of who drew a paper up, who checks it and who approves it."""
    return _("Drawn up by: {name}      Checked by: ______________      Approved by: ______________      Date: {date}").format(
        name=in_paper(imprint.printed_by, paper) or "____________", date=calendar_day(local(imprint.printed_at).date()))
