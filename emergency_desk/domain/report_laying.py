"""What of the duties is laid anew, what lapsed, and what a report that went has met.

A due once laid keeps its own time (R-2.2); a follow-up after the end of its tier's response lapses, and a final report is owed instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from emergency_desk.domain.report_duties import Duty, Key, ReportFacts, Rows, Sent, key_of, owed
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import DueState, ReportDue, ReportFamily, ReportKind


@dataclass(frozen=True, slots=True)
class Laying:
    """What changes in the dues of an incident: duties to lay, and dues that were met or lapsed."""

    new: tuple[Duty, ...] = ()
    lapsed: tuple[ReportDue, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.lapsed)


class Laid:
    """The dues an incident has: their keys at hand, the records themselves read when somebody needs them."""

    def __init__(self, keys: Collection[Key], read: Callable[[], Sequence[ReportDue]]) -> None:
        self.keys, self._read = keys, read

    @classmethod
    def of(cls, dues: Sequence[ReportDue]) -> Laid:
        """Return the dues of a list."""
        return cls({key_of(due) for due in dues}, lambda: dues)

    @property
    def open(self) -> list[ReportDue]:
        """The dues that are still owed."""
        return [due for due in self._read() if due.is_open]


def reconcile(facts: ReportFacts, rows: Rows, laid: Laid, *, now: datetime) -> Laying:
    """Return what is to be laid anew and what lapsed. An older due keeps its own time; what a report answered already is not laid."""
    new: dict[Key, Duty] = {}
    for duty in owed(facts, rows, now=now):
        key = duty.key
        if key in laid.keys or key in new or any(answers(sent, duty) for sent in facts.sent) or _is_carried(duty, laid, new.values()):
            continue
        new[key] = duty
    may_lapse = facts.is_void or facts.ended or facts.stable_at is not None
    lapsed = tuple(_lapse(due, facts) for due in laid.open if _has_lapsed(due, facts)) if may_lapse else ()
    return Laying(tuple(new.values()), lapsed)


def _is_carried(duty: Duty, laid: Laid, new: Iterable[Duty]) -> bool:
    """Say whether another report to the same tier, due after the change and before the supplement, carries what the supplement would say.

    What was overdue when the change became known cannot be relied on to tell it.
    """
    if duty.kind is not ReportKind.SUPPLEMENT:
        return False
    others: list[ReportDue | Duty] = [*laid.open, *new]
    return any(other.from_tier is duty.from_tier and other.to_tier is duty.to_tier and other.family is duty.family
               and duty.clock_at <= other.due_at <= duty.due_at for other in others)


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
