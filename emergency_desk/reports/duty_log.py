"""The duty log (值班日志): everything a desk wrote down between two moments, in the order it was entered."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.sheets import DutyLogSheet, PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.reports.terms import said, writer
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import clock_time, date_time, local, number, when
from emergency_desk.wording.labels import label


def write(sheet: DutyLogSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the log, in the order of its entry."""
    with worded(paper):
        book = Booklet(TABLE, Faces(paper))
        span = _("{start} to {end}").format(start=date_time(sheet.from_at), end=date_time(sheet.until_at))
        title = _("Duty log, {span}").format(span=span)
        logs.heading(book, _("Duty log"), in_paper(sheet.imprint.desk, paper), _about(sheet, span, paper))
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, _columns()).set_rows(_rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=span,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper,
                                                                       is_exercise=sheet.is_exercise))


def _columns() -> tuple[Column, ...]:
    return (Column(_("No."), 14 * mm), Column(_("Entered"), 17 * mm), Column(_("Happened"), 20 * mm), Column(_("Incident"), 34 * mm),
            Column(_("Kind"), 28 * mm), Column(_("What happened")), Column(_("Entered by"), 26 * mm))


def _about(sheet: DutyLogSheet, span: str, paper: PaperSettings) -> list[str]:
    on_duty = "  ".join(in_paper(name, paper) for name in sheet.on_duty) or "____________________"
    lines = len(sheet.lines)
    return [_("{span}    On duty: {names}    {lines}").format(
        span=span, names=on_duty, lines=ngettext("{count} line", "{count} lines", lines).format(count=number(lines)))]


def _rows(sheet: DutyLogSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    lines = sorted(sheet.lines, key=lambda line: line.entry.sequence)
    numbers = {str(line.entry.id): line.entry.sequence for line in lines}
    days = (local(line.entry.recorded_at).date() for line in lines)
    return [
        line if isinstance(line, Band) else (
            str(line.entry.sequence), clock_time(line.entry.recorded_at), when(line.entry.occurred_at, now=line.entry.recorded_at),
            line.incident_number, label(line.entry.happening), said(line.entry, numbers), in_paper(writer(line), paper))
        for line in logs.with_days(lines, days)
    ]
