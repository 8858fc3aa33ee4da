"""The log of one incident as a timeline: what happened when, and when it was written down (R-2.6)."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.sheets import IncidentLogSheet, PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import FORM, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.reports.terms import said, writer
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import date_time, local, number
from emergency_desk.wording.labels import label


def write(sheet: IncidentLogSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the log, earliest event first."""
    with worded(paper):
        book = Booklet(FORM, Faces(paper))
        title = _("Incident log {number}").format(number=sheet.incident.number)
        logs.heading(book, _("Incident log"), in_paper(sheet.imprint.desk, paper), _about(sheet, paper))
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, _columns()).set_rows(_rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.title,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper,
                                                                       is_exercise=sheet.is_exercise))


def _columns() -> tuple[Column, ...]:
    return (Column(_("No."), 10 * mm), Column(_("Happened"), 18 * mm), Column(_("Entered"), 19 * mm), Column(_("Kind"), 24 * mm),
            Column(_("What happened")), Column(_("Entered by"), 22 * mm))


def _about(sheet: IncidentLogSheet, paper: PaperSettings) -> list[str]:
    incident = sheet.incident
    grade = label(incident.grade) if incident.grade is not None else _("not yet judged")
    lines = len(sheet.lines)
    chosen = [_chosen(sheet)] if sheet.only else []
    return [
        *chosen,
        _("{incident} ({type}), no. {number}").format(incident=incident.title, type=in_paper(sheet.incident_type, paper),
                                                      number=incident.number),
        _("Place: {place}").format(place=" ".join(part for part in (in_paper(sheet.place, paper), incident.address) if part)),
        _("Occurred: {occurred}    Received: {received}").format(
            occurred=date_time(incident.occurred_at), received=date_time(incident.recorded_at)),
        _("Grade: {grade}    State: {state}    {lines}").format(
            grade=grade, state=label(incident.state), lines=ngettext("{count} line", "{count} lines", lines).format(count=number(lines))),
    ]


def _chosen(sheet: IncidentLogSheet) -> str:
    """Say that these are not all lines, and which."""
    if not sheet.only.words:
        return _("Only: {kind}").format(kind=label(sheet.only.kind))
    return _("Only: {kind}, with the words “{words}”").format(kind=label(sheet.only.kind), words=" ".join(sheet.only.words))


def _rows(sheet: IncidentLogSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    lines = sorted(sheet.lines, key=lambda line: (line.entry.occurred_at, line.entry.sequence))
    numbers = {str(line.entry.id): line.entry.sequence for line in lines}
    days = (local(line.entry.occurred_at).date() for line in lines)
    return [
        line if isinstance(line, Band) else (str(line.entry.sequence), *logs.times(line), label(line.entry.happening),
                                             said(line.entry, numbers), in_paper(writer(line), paper))
        for line in logs.with_days(lines, days)
    ]
