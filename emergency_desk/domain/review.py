"""The review of an incident: everything its After page shows at one moment, and the findings it suggests.

A suggestion is drawn from plan against actual and from the scorecard; it becomes a finding only when somebody takes it (R-10.1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident, Task
from emergency_desk.domain.moments import CHINA
from emergency_desk.domain.plan_actual import Outcome, PlanActual
from emergency_desk.domain.recovery import SETTLEMENT, AftermathItem, AftermathState, Finding, FindingClass
from emergency_desk.domain.reports import ReportDue
from emergency_desk.domain.scorecard import DeadlineCard, Latency, Stage
from emergency_desk.domain.teams import Team
from emergency_desk.domain.texts import Text

_NO_TIME = timedelta(0)


class ProposalKind(StrEnum):
    """What speaks for a finding."""

    NO_RECEIPT = "no_receipt"
    LATE_RECEIPT = "late_receipt"
    LATE_REPORT = "late_report"
    SKIPPED_REPORT = "skipped_report"
    LATE_ACTION = "late_action"
    SKIPPED_ACTION = "skipped_action"
    OPEN_ACTION = "open_action"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One suggestion for a finding. One of its `marks` stands in the problem of the finding that is made of it, and so does its clause:
    it is not suggested again.
    """

    kind: ProposalKind
    about_id: str
    marks: tuple[str, ...]  # an order's number, the local time a report was due, an action's title in either language
    finding_class: FindingClass = FindingClass.MECHANISM
    clause: str = ""
    late_by: timedelta = _NO_TIME
    task: Task | None = None
    due: ReportDue | None = None
    team: Team | None = None
    reason: str = ""

    def is_taken_up(self, finding: Finding) -> bool:
        """Say whether a finding was made of it."""
        return finding.clause == self.clause and any(mark in finding.problem for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Review:
    """What the After page shows."""

    read_at: datetime
    incident: Incident
    items: tuple[AftermathItem, ...]
    plan: PlanActual
    deadlines: DeadlineCard
    latencies: tuple[Latency, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    whose: Mapping[Id, str] = field(default_factory=dict)  # whose property an item is about, until it is erased
    offices: Mapping[str, Text] = field(default_factory=dict)  # the offices of the desk that owe something, by the name they are kept under

    def owner(self, item: AftermathItem) -> Text:
        """Return who owes an item: an office in both languages, anybody else as it was typed."""
        return self.offices.get(item.owner, Text(item.owner))

    @property
    def owed(self) -> tuple[AftermathItem, ...]:
        """What is owed by law or by somebody's word, beside the settlement; the open ones first."""
        return _open_first(item for item in self.items if item.kind not in SETTLEMENT)

    @property
    def settlement(self) -> tuple[AftermathItem, ...]:
        """What is to be given back, paid for, replaced (R-10.2)."""
        return _open_first(item for item in self.items if item.kind in SETTLEMENT)

    @property
    def open_items(self) -> int:
        """How many items are still open."""
        return sum(item.state is AftermathState.OPEN for item in self.items)


def proposals(
    plan: PlanActual, deadlines: DeadlineCard, orders: Iterable[Latency], *, receipt_limit: timedelta, findings: Iterable[Finding],
    awaited: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Return what speaks for a finding and is none yet, by clause and number. `awaited`: orders whose receipt may still come in time."""
    kept = tuple(findings)
    found = (*_of_actions(plan), *_of_reports(deadlines), *_of_receipts(orders, receipt_limit))
    return tuple(one for one in found if not any(one.is_taken_up(finding) for finding in kept)
                 and not (one.kind is ProposalKind.NO_RECEIPT and one.about_id in awaited))


def _of_actions(plan: PlanActual) -> Iterator[Proposal]:
    kinds = {Outcome.SKIPPED: ProposalKind.SKIPPED_ACTION, Outcome.LATE: ProposalKind.LATE_ACTION, Outcome.OVERDUE: ProposalKind.OPEN_ACTION}
    for line in plan.lines:
        kind = kinds.get(line.outcome)
        if kind is not None and not line.is_added:
            marks = tuple(title for title in (line.task.title, line.task.title_en) if title)
            yield Proposal(kind, line.task.id, marks, FindingClass.PLAN if kind is ProposalKind.SKIPPED_ACTION else FindingClass.ORGANISATION,
                           clause=line.task.clause, late_by=line.late_by, task=line.task, reason=line.task.reason)


def _of_reports(deadlines: DeadlineCard) -> Iterator[Proposal]:
    for due, late_by in deadlines.late:
        yield Proposal(ProposalKind.LATE_REPORT, due.id, _clock(due), clause=due.rule_id, late_by=late_by, due=due)
    for due in deadlines.skipped:
        yield Proposal(ProposalKind.SKIPPED_REPORT, due.id, _clock(due), clause=due.rule_id, due=due, reason=due.reason)


def _clock(due: ReportDue) -> tuple[str, ...]:
    return (f"{due.due_at.astimezone(CHINA):%H:%M}",)


def _of_receipts(orders: Iterable[Latency], limit: timedelta) -> Iterator[Proposal]:
    for latency in orders:
        if latency.stage is not Stage.RECEIPT:
            continue
        for sample in latency.samples:
            if sample.took is None:
                yield Proposal(ProposalKind.NO_RECEIPT, sample.order_number, (sample.order_number,), team=sample.team)
            elif sample.took > limit:
                yield Proposal(ProposalKind.LATE_RECEIPT, sample.order_number, (sample.order_number,), late_by=sample.took - limit,
                               team=sample.team)


def _open_first(items: Iterable[AftermathItem]) -> tuple[AftermathItem, ...]:
    return tuple(sorted(items, key=lambda item: (item.state is not AftermathState.OPEN, item.due_at or datetime.max.replace(
        tzinfo=item.created_at.tzinfo), item.created_at, item.id)))
