"""The contact list (应急通讯录): units and teams with the numbers they are reached by, area by area."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import ContactListSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import calendar_day, local, number
from emergency_desk.wording.labels import label


def write(sheet: ContactListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        book, count = Booklet(TABLE, Faces(paper)), len(sheet.rows)
        title = _("Contact list")
        told = ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(
            count=number(count), day=calendar_day(local(sheet.imprint.printed_at).date()))
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), [told])
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, (Column(_("Name")), Column(_("Kind"), 50 * mm), Column(_("Duty phone"), 52 * mm), Column(_("In charge"), 40 * mm))).set_rows(
            _rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=told,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _rows(sheet: ContactListSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    before: str | None = None
    for row in sheet.rows:
        area = in_paper(row.area, paper) or _("Units and command posts")
        if area != before:
            rows.append(Band(area))
            before = area
        rows.append((in_paper(row.name, paper), label(row.kind), row.phone or "____________", row.person))
    return rows
