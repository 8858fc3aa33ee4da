"""Ends the tasks of the plan that a fact has done, inside the open unit of work that writes the fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain import command, meeting
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import CommandMove
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Task, TaskState
from emergency_desk.domain.plan_records import PlanFact
from emergency_desk.domain.reports import Report, ReportDue
from emergency_desk.services.steps import logbook

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.unit_of_work import UnitOfWork

_LASTING = frozenset(PlanFact) - {PlanFact.REPORT_FOLLOW_UP}  # a follow-up from before is not the one that is asked for now


def by_report(desk: Desk, work: UnitOfWork, report: Report, *, at: datetime) -> None:
    """End what a report that went has done for the tier that sent it."""
    assert report.sent_at is not None
    by_fact(desk, work, report.incident_id, report.from_tier, meeting.of_report(report), at=at, occurred_at=report.sent_at)


def by_move(desk: Desk, work: UnitOfWork, move: CommandMove, *, at: datetime) -> None:
    """End what a hand-over of the command has done, for the tier that gave it and the tier that took it."""
    for tier, fact in meeting.of_move(move).items():
        by_fact(desk, work, move.incident_id, tier, (fact,), at=at, occurred_at=move.occurred_at)


def by_fact(
    desk: Desk, work: UnitOfWork, incident_id: Id, tier: Tier, facts: Collection[PlanFact], *, at: datetime, occurred_at: datetime,
) -> None:
    """End the tasks of a tier that facts have done, each with its line in the log, at the time of the fact.

    What was skipped and came all the same was no skip.
    """
    for task in _asking(work, incident_id, tier, facts, "state <> 'done'"):
        end(desk, work, task, at=at, occurred_at=occurred_at)


def skip(
    desk: Desk, work: UnitOfWork, incident_id: Id, tier: Tier, facts: Collection[PlanFact], *, reason: str, at: datetime, occurred_at: datetime,
) -> None:
    """Skip the open tasks that ask for what was just skipped with a reason: nobody is asked for the same thing again by the plan."""
    for task in _asking(work, incident_id, tier, facts, "state = 'open'"):
        work.tasks.put(replace(task, state=TaskState.SKIPPED, ended_at=occurred_at, reason=reason))
        _tell(desk, work, Happening.TASK_SKIPPED, task, at=at, occurred_at=occurred_at, text=reason)


def by_skipped_due(desk: Desk, work: UnitOfWork, due: ReportDue, *, at: datetime) -> None:
    """Skip what the plan asks for as the same report, unless another due of the tier still asks for it."""
    others = [each for each in work.report_dues.where("WHERE incident_id = ? AND state = 'open'", (due.incident_id,))
              if each.from_tier is due.from_tier]
    facts = meeting.of_due(due).difference(*(meeting.of_due(each) for each in others))
    skip(desk, work, due.incident_id, due.from_tier, facts, reason=due.reason, at=at, occurred_at=at)


def by_what_stands(desk: Desk, work: UnitOfWork, incident_id: Id, laid: Collection[Id], *, at: datetime) -> None:
    """End those of newly laid tasks that were done before they were asked for: a report that went, a response that runs, a post that stands."""
    open_tasks = work.tasks.where("WHERE incident_id = ? AND state = 'open' AND meets <> '' ORDER BY due_at, id", (incident_id,))
    asking = [task for task in open_tasks if task.id in laid and task.meets in _LASTING]
    if not asking:
        return
    known: dict[tuple[Tier, PlanFact], datetime] = {}
    for tier, fact, happened_at in _standing(work, incident_id):
        known.setdefault((tier, fact), happened_at)
    for task in asking:
        happened = known.get((Tier(task.tier), PlanFact(task.meets)))
        if happened is not None:
            end(desk, work, task, at=at, occurred_at=happened)


def _standing(work: UnitOfWork, incident_id: Id) -> Iterator[tuple[Tier, PlanFact, datetime]]:
    """Yield what holds of an incident now: what comes first for a tier and a fact is when it happened."""
    one = (incident_id,)
    for report in work.reports.where("WHERE incident_id = ? AND sent_at IS NOT NULL ORDER BY sent_at, id", one):
        if report.sent_at is not None:
            yield from ((report.from_tier, fact, report.sent_at) for fact in meeting.of_report(report))
    for response in work.responses.where("WHERE incident_id = ? ORDER BY activated_at, id", one):
        if response.is_running:
            yield response.tier, PlanFact.ACTIVATE, response.activated_at
    for post in work.command_posts.where("WHERE incident_id = ? AND dissolved_at IS NULL ORDER BY formed_at, id", one):
        yield post.tier, PlanFact.FORM_COMMAND, post.formed_at
    moves = work.command_moves.where("WHERE incident_id = ? ORDER BY seq", one)
    holder = command.holder(moves)
    for move in reversed(moves):
        for tier, fact in meeting.of_move(move).items():
            if holder is not None and (tier is holder if fact is PlanFact.TAKE_OVER else holder.rank < tier.rank):
                yield tier, fact, move.occurred_at


def _asking(work: UnitOfWork, incident_id: Id, tier: Tier, facts: Collection[PlanFact], state: str) -> list[Task]:
    tasks = work.tasks.where(f"WHERE incident_id = ? AND tier = ? AND {state} AND meets <> '' ORDER BY due_at, id", (incident_id, tier.value))
    return [task for task in tasks if task.meets in facts]


def end(desk: Desk, work: UnitOfWork, task: Task, *, at: datetime, occurred_at: datetime) -> None:
    """End a task that something else has done, with its line in the log."""
    work.tasks.put(replace(task, state=TaskState.DONE, ended_at=occurred_at, reason=""))
    _tell(desk, work, Happening.TASK_DONE, task, at=at, occurred_at=occurred_at)


def _tell(desk: Desk, work: UnitOfWork, happening: Happening, task: Task, *, at: datetime, occurred_at: datetime, text: str = "") -> None:
    logbook.write(desk, work, happening, at=at, incident_id=task.incident_id, occurred_at=occurred_at, about_id=task.id, text=text,
                  clause=task.clause, task=task.title, task_en=task.title_en, met_by=task.meets)
