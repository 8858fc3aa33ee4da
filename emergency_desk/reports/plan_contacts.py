"""Whom to ring for a plan, or for all plans in use (预案联络表): by tier and unit, with room for what is filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.plan_sheets import PlanContactsSheet, ToRing
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import DRILL, imprint_lines
from emergency_desk.reports.docx_pages import BODY, HEAD, DocxPages, Look, Run
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.listing import entries_told
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.plan_annexes import BLANK, tier_said
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import local

_PAD = 6.5  # a row of 25 points can be written on


def write(sheet: PlanContactsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        book = Booklet(TABLE, Faces(paper))
        title, told, notes = _head(sheet, paper)
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), notes)
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, tuple(Column(name, width * mm) if width else Column(name) for name, width in _columns(sheet)), pad=_PAD).set_rows(
            _rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=told,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def write_docx(sheet: PlanContactsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the list as a DOCX file, a table for each tier, with rows that can be written in."""
    with worded(paper):
        title, told, notes = _head(sheet, paper)
        pages = DocxPages(title=title, author=in_paper(sheet.imprint.desk, paper), language=paper.language, subject=told, mark=paper.mark,
                          note=imprint_lines(sheet.imprint, paper, is_exercise=sheet.is_exercise), top=DRILL if sheet.is_exercise else "",
                          layout=TABLE, cell=10.5, cell_leading=15)
        pages.set(Run(title, HEAD, 16, bold=True), look=Look(leading=24))
        for line in (in_paper(sheet.imprint.desk, paper), *notes):
            pages.set(Run(line, BODY, 9.5), look=Look(leading=14))
        heads, widths = zip(*_columns(sheet), strict=True)
        room = TABLE.measure / mm
        whole = [width or room - sum(widths) for width in widths]
        for tier, rows in groupby(sheet.rows, key=lambda row: row.tier):
            pages.set(Run(tier_said(tier), HEAD, 12, bold=True), look=Look(leading=20, above=6, keeps_next=True))
            pages.table(heads, [_row(row, sheet, paper) for row in rows], widths_mm=[width * room / sum(whole) for width in whole], least=26)
        pages.save(path)
        return Printed(path, 0)


def _head(sheet: PlanContactsSheet, paper: PaperSettings) -> tuple[str, str, list[str]]:
    """Return the title, how many entries there are of which day, and the notes below the title."""
    title = _("Whom to ring: {plan}").format(plan=in_paper(sheet.plan.title, paper)) if sheet.plan else _("Whom to ring: all plans in use")
    told = entries_told(len(sheet.rows), local(sheet.imprint.printed_at).date())
    if sheet.plan:
        told = " · ".join((_("v{version}").format(version=sheet.plan.version), told))
    return title, told, [
        told, _("Numbers with * come from the register of units. What is missing is filled in by hand, and told to the planner.")]


def _columns(sheet: PlanContactsSheet) -> list[tuple[str, float]]:
    """Return the columns with their widths in millimetres; 0 takes what is left."""
    unit, role = (62.0, 52.0) if sheet.plan is not None else (50.0, 42.0)
    columns = [(_("Unit"), unit), (pgettext("plan", "Role"), role), (_("Phone"), 46.0), (_("Person and mobile"), 44.0), (_("Tried on"), 26.0)]
    return columns if sheet.plan is not None else [*columns, (_("Plans"), 0.0)]


def _rows(sheet: PlanContactsSheet, paper: PaperSettings) -> Iterator[tuple[str, ...] | Band]:
    before = None
    for row in sheet.rows:
        if row.tier is not before:
            yield Band(tier_said(row.tier))
            before = row.tier
        yield _row(row, sheet, paper)


def _row(row: ToRing, sheet: PlanContactsSheet, paper: PaperSettings) -> tuple[str, ...]:
    phone = f"{row.phone}{' *' if row.from_register else ''}" if row.phone else f"{BLANK}____"
    told = in_paper(row.unit, paper), in_paper(row.role, paper), phone, f"{BLANK}____", "________"
    if sheet.plan is not None:
        return told
    return *told, _("; ").join(in_paper(sheet.titles.get(code, Text(code)), paper) for code in row.plans)
