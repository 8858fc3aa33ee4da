"""What of the duties is laid anew, what lapsed, and what a report that went has met.

A due once laid keeps its own time (R-2.2); a follow-up after the end of its tier's response lapses, and a final report is owed instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.report_duties import Duty, ReportFacts, Rows, Sent, key_of, owed
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import DueState, ReportDue, ReportFamily, ReportKind


@dataclass(frozen=True, slots=True)
class Laying:
    """What changes in the dues of an incident: duties to lay, and dues that were met or lapsed."""

    new: tuple[Duty, ...] = ()
    lapsed: tuple[ReportDue, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.lapsed)


def reconcile(facts: ReportFacts, rows: Rows, laid: Sequence[ReportDue], *, now: datetime) -> Laying:
    """Return what is to be laid anew and what lapsed. An older due keeps its own time; what a report answered already is not laid."""
    duties = owed(facts, rows, now=now)
    keys = {key_of(due) for due in laid}
    new: list[Duty] = []
    for duty in duties:
        if duty.key in keys or any(answers(sent, duty) for sent in facts.sent) or _is_carried(duty, laid, new):
            continue
        keys.add(duty.key)
        new.append(duty)
    return Laying(tuple(new), tuple(_lapse(due, facts) for due in laid if due.is_open and _has_lapsed(due, facts)))


def _is_carried(duty: Duty, laid: Sequence[ReportDue], new: Sequence[Duty]) -> bool:
    """Say whether another report to the same tier, still owed until then, carries what a supplement would say."""
    if duty.kind is not ReportKind.SUPPLEMENT:
        return False
    others: list[ReportDue | Duty] = [*(due for due in laid if due.is_open), *new]
    return any(other.from_tier is duty.from_tier and other.to_tier is duty.to_tier and other.family is duty.family
               and other.due_at <= duty.due_at for other in others)


def _has_lapsed(due: ReportDue, facts: ReportFacts) -> bool:
    if facts.is_void:
        return True
    if due.kind is not ReportKind.FOLLOW_UP:
        return False
    stops = [facts.ended.get(due.from_tier), facts.stable_at if due.family is ReportFamily.DISASTER else None]
    return any(moment is not None and due.due_at > moment for moment in stops)


def _lapse(due: ReportDue, facts: ReportFacts) -> ReportDue:
    reason = "void" if facts.is_void else "stable" if due.family is ReportFamily.DISASTER and due.from_tier not in facts.ended else "ended"
    return replace(due, state=DueState.LAPSED, reason=reason)


def answers(sent: Sent, duty: Duty | ReportDue) -> bool:
    """Say whether a report answers a duty: right tiers, right channel, right family, and sent after the duty's clock had started."""
    if sent.from_tier is not duty.from_tier or duty.to_tier not in sent.to_tiers or sent.family is not duty.family:
        return False
    if duty.channel is not Channel.ANY and sent.channel is not duty.channel:
        return False
    if duty.kind in (ReportKind.FINAL, ReportKind.SETTLED):
        return sent.kind is duty.kind
    return sent.sent_at >= duty.clock_at
