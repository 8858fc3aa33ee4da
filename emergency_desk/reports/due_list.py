"""The list of what is due (到期清单): papers that ended or end soon, and contacts to be tried, with room to tick them off."""

from __future__ import annotations

from reportlab.lib.units import mm

from emergency_desk.domain.register import ExpiryKind, ExpiryLine
from emergency_desk.domain.register_sheets import DueListSheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.listing import TO_FILL_IN, Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Band, Column
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label


def _listing(sheet: DueListSheet, paper: PaperSettings) -> Listing:
    told = ngettext("Ended, or ending within {days} day from {day}", "Ended, or ending within {days} days from {day}", sheet.days).format(
        days=sheet.days, day=calendar_day(sheet.today))
    columns = (Column(_("Ends on"), 26 * mm), Column(_("Kind"), 34 * mm), Column(_("Name")), Column(pgettext("column", "What"), 62 * mm),
               Column(_("Duty phone"), 34 * mm), Column(_("Done"), 22 * mm))
    return Listing(title=_("What expires"), told=(told,), columns=columns, rows=_rows(sheet, paper), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _rows(sheet: DueListSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    parts = (
        (_("Ended"), [one for one in sheet.lines if one.kind is not ExpiryKind.CONTACT and one.ends_on and one.ends_on < sheet.today]),
        (_("Ending soon"), [one for one in sheet.lines if one.kind is not ExpiryKind.CONTACT and one.ends_on and one.ends_on >= sheet.today]),
        (_("Contacts to be tried"), [one for one in sheet.lines if one.kind is ExpiryKind.CONTACT]),
    )
    for title, lines in parts:
        if lines:
            rows.append(Band(_("{title} ({count})").format(title=title, count=len(lines))))
            rows += [_row(one, sheet, paper) for one in lines]
    return rows or [Band(_("Nothing is due."))]


def _row(one: ExpiryLine, sheet: DueListSheet, paper: PaperSettings) -> tuple[str, ...]:
    when = calendar_day(one.ends_on) if one.ends_on else _("never tried")
    what = in_paper(sheet.names[one.what], paper) if one.what in sheet.names else one.what
    return when, label(one.kind), in_paper(Text(one.name, one.name_en), paper), what, one.phone, TO_FILL_IN


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
