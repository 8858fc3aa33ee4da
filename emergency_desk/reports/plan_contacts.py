"""Whom to ring for a plan, or for all plans in use (预案联络表): by tier and unit, with room for what is filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.plan_sheets import PlanContactsSheet, ToRing
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.domain.texts import Text
from emergency_desk.reports import logs
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.plan_annexes import BLANK, tier_said
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.formats import calendar_day, local, number

_PAD = 6.5  # a row of 25 points can be written on


def write(sheet: PlanContactsSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list."""
    with worded(paper):
        book, count = Booklet(TABLE, Faces(paper)), len(sheet.rows)
        title = _("Whom to ring: {plan}").format(plan=in_paper(sheet.plan.title, paper)) if sheet.plan else _("Whom to ring: all plans in use")
        told = ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(
            count=number(count), day=calendar_day(local(sheet.imprint.printed_at).date()))
        if sheet.plan:
            told = " · ".join((_("v{version}").format(version=sheet.plan.version), told))
        notes = [told, _("Numbers with * come from the register of units. What is missing is filled in by hand, and told to the planner.")]
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), notes)
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        columns = [Column(_("Unit"), 62 * mm), Column(pgettext("plan", "Role"), 52 * mm), Column(_("Phone"), 46 * mm),
                   Column(_("Person and mobile"), 44 * mm), Column(_("Tried on"), 26 * mm)]
        if sheet.plan is None:
            columns = [Column(_("Unit"), 50 * mm), Column(pgettext("plan", "Role"), 42 * mm), *columns[2:], Column(_("Plans"))]
        Table(book, tuple(columns), pad=_PAD).set_rows(_rows(sheet, paper))
        return book.save(path, paper, sheet.imprint, title=title, subject=told,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


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
