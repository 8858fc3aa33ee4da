"""The list of sites (点位清单): hospitals, depots, shelters and protected places with address, capacity and phone, kind by kind."""

from __future__ import annotations

from itertools import groupby

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import SiteListSheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.sites import Site
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.listing import TO_FILL_IN, Listing, entries_told, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Band, Column
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import local
from emergency_desk.wording.labels import label
from emergency_desk.wording.site_words import capacity_words


def _listing(sheet: SiteListSheet, paper: PaperSettings) -> Listing:
    told = entries_told(len(sheet.rows), local(sheet.imprint.printed_at).date())
    columns = (Column(_("Name")), Column(_("Address"), 84 * mm), Column(_("Capacity"), 28 * mm), Column(_("Phone"), 40 * mm))
    return Listing(title=_("List of sites"), told=(told,), columns=columns, rows=_rows(sheet, paper), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _rows(sheet: SiteListSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    for kind, some in groupby(sheet.rows, lambda one: one[0].kind):
        rows.append(Band(label(kind)))
        rows += [_row(site, place, paper) for site, place in some]
    return rows


def _row(site: Site, place: Text, paper: PaperSettings) -> tuple[str, ...]:
    where = " ".join(part for part in (in_paper(place, paper), site.address) if part)
    return in_paper(Text(site.name, site.name_en), paper), where, capacity_words(site), site.phone or TO_FILL_IN


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
