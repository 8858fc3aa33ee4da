"""The contact list (应急通讯录): units and teams with the numbers they are reached by, area by area."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import ContactListSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.listing import Listing, write_pdf
from emergency_desk.reports.listing import write_xlsx as write_workbook
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.tables import Band, Column
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import calendar_day, local, number
from emergency_desk.wording.labels import label


def write(sheet: ContactListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        return write_pdf(_listing(sheet, paper, blank="____________"), path, paper)


def write_xlsx(sheet: ContactListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the list as a workbook."""
    with worded(paper):
        return write_workbook(_listing(sheet, paper, blank=""), path, paper)


def _listing(sheet: ContactListSheet, paper: PaperSettings, *, blank: str) -> Listing:
    count = len(sheet.rows)
    told = ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(
        count=number(count), day=calendar_day(local(sheet.imprint.printed_at).date()))
    columns = (Column(_("Name")), Column(_("Kind"), 50 * mm), Column(_("Duty phone"), 52 * mm), Column(_("In charge"), 40 * mm))
    return Listing(title=_("Contact list"), told=(told,), columns=columns, rows=_rows(sheet, paper, blank=blank), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _rows(sheet: ContactListSheet, paper: PaperSettings, *, blank: str) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    before: str | None = None
    for row in sheet.rows:
        area = in_paper(row.area, paper) or _("Units and command posts")
        if area != before:
            rows.append(Band(area))
            before = area
        rows.append((in_paper(row.name, paper), label(row.kind), row.phone or blank, row.person))
    return rows
