"""The list of sites (点位清单): hospitals, depots, shelters and protected places with address, capacity and phone, kind by kind."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import SiteListSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.sites import Site
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.listing import Listing, write_pdf
from emergency_desk.reports.listing import write_xlsx as write_workbook
from emergency_desk.reports.page import in_paper, worded
from emergency_desk.reports.tables import Band, Column
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import calendar_day, local, number
from emergency_desk.wording.labels import label
from emergency_desk.wording.site_words import capacity_words


def write(sheet: SiteListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        return write_pdf(_listing(sheet, paper, blank="____________"), path, paper)


def write_xlsx(sheet: SiteListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the list as a workbook."""
    with worded(paper):
        return write_workbook(_listing(sheet, paper, blank=""), path, paper)


def _listing(sheet: SiteListSheet, paper: PaperSettings, *, blank: str) -> Listing:
    count = len(sheet.rows)
    told = ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(
        count=number(count), day=calendar_day(local(sheet.imprint.printed_at).date()))
    columns = (Column(_("Name")), Column(_("Address"), 84 * mm), Column(_("Capacity"), 28 * mm), Column(_("Phone"), 40 * mm))
    return Listing(title=_("List of sites"), told=(told,), columns=columns, rows=_rows(sheet, paper, blank=blank), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise, signed=logs.checked_by)


def _rows(sheet: SiteListSheet, paper: PaperSettings, *, blank: str) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    before = ""
    for site, place in sheet.rows:
        if site.kind != before:
            rows.append(Band(label(site.kind)))
            before = site.kind
        rows.append(_row(site, place, paper, blank))
    return rows


def _row(site: Site, place: Text, paper: PaperSettings, blank: str) -> tuple[str, ...]:
    where = " ".join(part for part in (in_paper(place, paper), site.address) if part)
    return in_paper(Text(site.name, site.name_en), paper), where, capacity_words(site), site.phone or blank
