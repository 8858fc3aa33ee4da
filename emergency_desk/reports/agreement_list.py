"""The list of agreements (协议清单): who promises what, how much, how soon and until when; which counts as own under GB 30077 §8.3."""

from __future__ import annotations

from reportlab.lib.units import mm

from emergency_desk.domain.agreements import Agreement, counts_as_own
from emergency_desk.domain.register_sheets import AgreementListSheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.reports import logs
from emergency_desk.reports.listing import Listing, entries_told, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Column
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.counting import in_units
from emergency_desk.wording.formats import calendar_day
from emergency_desk.wording.labels import label


def _listing(sheet: AgreementListSheet, paper: PaperSettings) -> Listing:
    told = entries_told(len(sheet.rows), sheet.today)
    columns = (Column(_("Valid until"), 36 * mm), Column(_("Number"), 32 * mm), Column(_("Partner")),
               Column(pgettext("column", "What"), 54 * mm), Column(_("There within"), 30 * mm), Column(_("Phone"), 36 * mm))
    return Listing(title=_("List of agreements"), told=(told,), columns=columns, imprint=sheet.imprint,
                   rows=tuple(_row(one, sheet, paper) for one in sheet.rows), is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _row(one: Agreement, sheet: AgreementListSheet, paper: PaperSettings) -> tuple[str, ...]:
    end = calendar_day(one.valid_until) if one.valid_until else _("no end")
    if one.valid_until and one.valid_until < sheet.today:
        end = _("ended {day}").format(day=end)
    capability = in_paper(sheet.names[one.capability], paper) if one.capability in sheet.names else one.capability
    amount = in_units(one.quantity, one.unit) if one.quantity is not None else ""
    what = " · ".join(part for part in (label(one.kind), capability, amount, one.terms) if part)
    soon = _("{minutes} min").format(minutes=one.arrival_minutes) if one.arrival_minutes is not None else "—"
    if counts_as_own(one, sheet.today):
        soon = _("{minutes} min, counts as own").format(minutes=one.arrival_minutes)
    return end, one.number, one.partner, what, soon, one.phone


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
