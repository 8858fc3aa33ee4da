"""The contact list (应急通讯录): units and teams with the numbers they are reached by, area by area."""

from __future__ import annotations

from itertools import groupby

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import ContactListSheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports import logs
from emergency_desk.reports.listing import TO_FILL_IN, Listing, entries_told, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Band, Column
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import local
from emergency_desk.wording.labels import label


def _listing(sheet: ContactListSheet, paper: PaperSettings) -> Listing:
    told = entries_told(len(sheet.rows), local(sheet.imprint.printed_at).date())
    columns = (Column(_("Name")), Column(_("Kind"), 50 * mm), Column(_("Duty phone"), 52 * mm), Column(_("In charge"), 40 * mm))
    return Listing(title=_("Contact list"), told=(told,), columns=columns, rows=_rows(sheet, paper), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _rows(sheet: ContactListSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    for area, some in groupby(sheet.rows, lambda row: in_paper(row.area, paper) or _("Units and command posts")):
        rows.append(Band(area))
        rows += [(in_paper(row.name, paper), label(row.kind), row.phone or TO_FILL_IN, row.person) for row in some]
    return rows


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
