"""The rectification list (整改台账): problem, class, owner, measure, money, due, interim, verifier, evidence, state (R-7.5)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from reportlab.lib.units import mm

from emergency_desk.domain.after_sheets import FindingListSheet
from emergency_desk.domain.mending import UNDER_WAY
from emergency_desk.domain.recovery import Finding, FindingState
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.drill_words import closure_words
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import TABLE, Booklet, in_paper, worded
from emergency_desk.reports.tables import Band, Column, Table
from emergency_desk.wording.catalog import _
from emergency_desk.wording.formats import calendar_day, local, number, span
from emergency_desk.wording.labels import label


def write(sheet: FindingListSheet, path: Path, paper: PaperSettings) -> Printed:
    """Print the list, the earliest due first."""
    with worded(paper):
        book = Booklet(TABLE, Faces(paper))
        title = _("Rectification list")
        logs.heading(book, title, in_paper(sheet.imprint.desk, paper), _about(sheet))
        book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=title))
        Table(book, _columns()).set_rows([_row(finding, sheet) for finding in sheet.findings] or [Band(_("Nothing is to be mended."))])
        return book.save(path, paper, sheet.imprint, title=title, subject=sheet.incident.number if sheet.incident else title,
                         furniture=lambda book, page, pages: logs.foot(book, page, pages, sheet.imprint, paper, is_exercise=sheet.is_exercise))


def _columns() -> tuple[Column, ...]:
    return (Column(_("No."), 32 * mm), Column(_("Problem")), Column(_("Class"), 17 * mm), Column(_("Owner"), 24 * mm),
            Column(_("Measure"), 38 * mm), Column(_("Money"), 14 * mm), Column(_("Due"), 18 * mm), Column(_("Until then"), 20 * mm),
            Column(_("Verified by"), 18 * mm), Column(_("State and evidence"), 24 * mm))


def _about(sheet: FindingListSheet) -> list[str]:
    told = closure_words(sheet.counted)
    incident = sheet.incident
    return [told] if incident is None else [_("Incident {number}: {title}").format(number=incident.number, title=incident.title), told]


def _row(finding: Finding, sheet: FindingListSheet) -> tuple[str, ...]:
    numbers = dict(sheet.numbers)
    where = numbers.get(str(finding.id), label(finding.source))
    problem = finding.problem if not finding.clause else _("{problem} (clause {clause})").format(problem=finding.problem, clause=finding.clause)
    due = calendar_day(finding.due_on) if finding.due_on else ""
    if finding.is_late_on(sheet.today):
        due = _("{day} ▲ late").format(day=due)
    owner = " ".join(part for part in (finding.unit, finding.owner) if part)
    return (finding.number if sheet.incident else f"{finding.number}\n{where}", problem, label(finding.kind), owner, finding.measure,
            "" if finding.funds_yuan is None else number(finding.funds_yuan), due, finding.interim, finding.verifier,
            _state(finding, sheet.today))


def _state(finding: Finding, today: date) -> str:
    state = label(finding.state)
    if finding.state in UNDER_WAY:
        state = _("{state}, {age}").format(state=state, age=span(max(timedelta(days=1), today - local(finding.found_at).date())))
    if finding.state is FindingState.VERIFIED and finding.verified_at is not None:
        state = _("{state} {day}").format(state=state, day=calendar_day(local(finding.verified_at).date()))
    return "\n".join(part for part in (state, finding.evidence) if part)
