"""The list of sites (点位清单): hospitals, depots, shelters and protected places with address, capacity and phone, kind by kind."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.register_sheets import SiteListSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.sites import Site
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import calendar_day, local, number
from emergency_desk.wording.labels import label
from emergency_desk.wording.site_words import capacity_words


def write(sheet: SiteListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        book, count = Booklet(TABLE, Faces(paper)), len(sheet.rows)
        title = _("List of sites")
        told = ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(
            count=number(count), day=calendar_day(local(sheet.imprint.printed_at).date()))
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), [told])
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, (Column(_("Name")), Column(_("Address"), 84 * mm), Column(_("Capacity"), 28 * mm), Column(_("Phone"), 40 * mm))).set_rows(
            _rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=told,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _rows(sheet: SiteListSheet, paper: PaperSettings) -> list[tuple[str, ...] | Band]:
    rows: list[tuple[str, ...] | Band] = []
    before = ""
    for site, place in sheet.rows:
        if site.kind != before:
            rows.append(Band(label(site.kind)))
            before = site.kind
        rows.append(_row(site, place, paper))
    return rows


def _row(site: Site, place: Text, paper: PaperSettings) -> tuple[str, ...]:
    where = " ".join(part for part in (in_paper(place, paper), site.address) if part)
    return in_paper(Text(site.name, site.name_en), paper), where, capacity_words(site), site.phone or "____________"
