"""The reports of an incident as lines: what is owed with what is left, and what went with whether it was on time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from emergency_desk.domain.reports import Report, ReportState
from emergency_desk.services.reports import OwedReport
from emergency_desk.ui.incidents.board_lines import due_shape, due_tone
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.drafting import owed_words, report_name
from emergency_desk.wording.labels import label

COLUMNS = (Column(stretch=True), Column(right=True))
DUE, SENT = "due", "report"


def lines_of(dues: Sequence[OwedReport], sent: Sequence[Report], now: datetime) -> list[Line]:
    """Return what is owed, the earliest first, then what went, the newest first."""
    return [*(owed_line(each, now) for each in dues), *(_sent_line(each, now) for each in reversed(sent))]


def owed_line(owed: OwedReport, now: datetime) -> Line:
    """Return a report that is owed; a limit the house gives itself says so."""
    due = owed.due
    tone = due_tone(owed.late_from, now)
    words = owed_words(due.kind, due.family, due.channel, due.from_tier, due.to_tier)
    return line(f"{DUE} {due.id}",
                Cell(words, shape=due_shape(owed.late_from, now), shape_tone=tone, below=basis_of(owed), hint=basis_of(owed)),
                Cell(by_when(owed, now), tone, strong=tone is not Tone.SECONDARY))


def by_when(owed: OwedReport, now: datetime) -> str:
    """Return by when a report is owed."""
    return formats.at_once(owed.due.clock_at, now=now) if owed.due.is_at_once else formats.due(owed.due.due_at, now=now)


def basis_of(owed: OwedReport) -> str:
    """Return what a due rests on: the words of the row with its source; an internal limit is called so in the row itself."""
    if owed.rule is None:
        return ""
    says, source = (text.in_language(current_language()) for text in (owed.rule.says, owed.rule.basis.title))
    return _("{says} ({source})").format(says=says, source=source)


def _sent_line(report: Report, now: datetime) -> Line:
    at = report.sent_at or report.drafted_at
    name = _("{kind} {channel}, {sender} → {receiver}").format(
        kind=report_name(report.kind, report.family, report.serial), channel=label(report.channel), sender=label(report.from_tier),
        receiver=label(report.to_tier))
    taken = report.received_by or report.heard_from
    state = _("{state}: {name}").format(state=label(report.state), name=taken) if taken else label(report.state)
    waits = report.state is ReportState.SENT
    return line(f"{SENT} {report.id}", Cell(name, Tone.SECONDARY, shape=Shape.NONE, below=report.number),
                Cell(formats.when(at, now=now), Tone.SECONDARY, below=state, brief=not waits))
