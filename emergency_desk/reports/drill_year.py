"""The year plan of drills (演练年度计划): what falls due in a year or is late, because of which term, and what is planned for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from emergency_desk.domain.drill_programme import ProgrammeEntry
from emergency_desk.domain.drill_sheets import DrillYearSheet
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports.document import Document, Heading, Piece, Setting, grid, prose
from emergency_desk.reports.document_docx import set_document_docx
from emergency_desk.reports.document_pdf import set_document
from emergency_desk.reports.drill_words import sentences
from emergency_desk.reports.page import TABLE, in_paper, worded
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.drill_labels import how_often
from emergency_desk.wording.formats import calendar_day, local
from emergency_desk.wording.labels import label

_WIDTHS = (0.9, 4.2, 2.4, 1.9, 2.2, 4.6, 3.4, 2.8)
_SETTING = Setting(size=11, leading=16, indent=0, gap=4, cell=9, cell_leading=12.5)


def write(sheet: DrillYearSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the plan."""
    with worded(paper):
        return set_document(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def write_docx(sheet: DrillYearSheet, path: Path, paper: PaperSettings) -> Printed:
    """Write the plan as a DOCX file."""
    with worded(paper):
        return set_document_docx(document_of(sheet, paper), path, paper, sheet.imprint, is_exercise=sheet.is_exercise)


def document_of(sheet: DrillYearSheet, paper: PaperSettings) -> Document:
    """Return the plan in words of the language being spoken."""
    title = _("Year plan of drills {year}").format(year=sheet.year)
    return Document(title=title, heading=(in_paper(sheet.imprint.desk, paper),), pieces=tuple(_pieces(sheet, paper)), subject=str(sheet.year),
                    running=title, setting=_SETTING, layout=TABLE)


def _pieces(sheet: DrillYearSheet, paper: PaperSettings) -> Iterator[Piece]:
    today = sheet.today
    yield prose(sentences((*_counted(sheet), _("Of the terms of nation, province and city the stricter counts."))))
    heads = (_("No."), _("To be drilled"), pgettext("drill", "Kind"), _("Last drilled"), _("To be drilled by"), _("Because"),
             _("Planned: drill, day, form"), _("Who answers for it"))
    rows = [(str(place), *_row(one, today, paper)) for place, one in enumerate(sheet.entries, start=1)]
    if rows:
        yield grid(heads, rows, _WIDTHS, least=24)
    else:
        yield prose(_("Nothing falls due in this year."))
    if sheet.without_day:
        yield Heading(text=_("Never drilled at this desk: no day to count from"), depth=2, in_contents=False)
        yield grid(heads, [(str(place), *_row(one, today, paper)) for place, one in enumerate(sheet.without_day, start=1)],
                   _WIDTHS, least=24)


def _counted(sheet: DrillYearSheet) -> Iterator[str]:
    entries = sheet.entries
    planned, late = sum(one.planned is not None for one in entries), sum(one.is_late_on(sheet.today) for one in entries)
    yield ngettext("{count} is to be drilled by the end of the year: {planned} planned, {late} late.",
                   "{count} are to be drilled by the end of the year: {planned} planned, {late} late.", len(entries)).format(
                       count=len(entries), planned=planned, late=late)
    if sheet.kept.share is not None:
        yield _("Drilled inside their term today: {kept} of {all} ({share} %).").format(
            kept=sheet.kept.total - sheet.kept.late, all=sheet.kept.total, share=f"{100 * sheet.kept.share:.1f}")


def _row(one: ProgrammeEntry, today: date, paper: PaperSettings) -> tuple[str, ...]:
    due = calendar_day(one.due_on) if one.due_on is not None else "—"
    if one.is_late_on(today):
        due = _("{day} ▲ late").format(day=due)
    planned = ""
    if one.planned is not None:
        planned = _("{title}, {day}, {form}").format(title=one.planned.title, day=calendar_day(local(one.planned.planned_at).date()),
                                                     form=label(one.planned.form))
    basis = one.basis
    because = "—" if basis is None else _("{how_often}: {law} Art. {article}").format(
        how_often=how_often(one.months), law=in_paper(basis.title, paper), article=basis.article or "—")
    return in_paper(one.name, paper), _(", ").join(map(label, one.kinds)), calendar_day(one.last) if one.last else "—", due, because, planned, ""

