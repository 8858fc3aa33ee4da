"""Plan against actual: what became of each action that the plan laid on an incident, by clause. Pure.

Source: domain R-10.1; 安委〔2013〕8号五（二）: the summary of a rescue tells how the plan was carried out; on time means at or before the
due second (§20 B14).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.incidents import Task, TaskState
from emergency_desk.domain.plans import clause_key

_NO_TIME = timedelta(0)


class Outcome(StrEnum):
    """What became of an action."""

    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"  # it had no due time
    SKIPPED = "skipped"
    OPEN = "open"
    OVERDUE = "overdue"  # still open after its due time


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of the plan, or one the officer added, with what became of it. `late_by` is set for late and overdue ones."""

    task: Task
    outcome: Outcome
    late_by: timedelta = _NO_TIME

    @property
    def is_added(self) -> bool:
        """Say whether the officer added it: no action of a plan stands behind it."""
        return not self.task.action_id


@dataclass(frozen=True, slots=True)
class PlanActual:
    """Every action by clause, and how many came to which end."""

    lines: tuple[ActionLine, ...]

    def count(self, *outcomes: Outcome) -> int:
        """Return how many actions came to one of these ends."""
        return sum(line.outcome in outcomes for line in self.lines)

    @property
    def added(self) -> int:
        """How many the officer added."""
        return sum(line.is_added for line in self.lines)


def plan_actual(tasks: Iterable[Task], *, until: datetime) -> PlanActual:
    """Hold every task against its due time. `until`: the close of the incident, or now while it runs; what is open then is overdue or not."""
    lines = (ActionLine(task, *_outcome(task, until)) for task in tasks)
    return PlanActual(tuple(sorted(lines, key=_by_clause)))


def _outcome(task: Task, until: datetime) -> tuple[Outcome, timedelta]:
    if task.state is TaskState.SKIPPED:
        return Outcome.SKIPPED, _NO_TIME
    if task.state is TaskState.DONE:
        if task.due_at is None or task.ended_at is None:
            return Outcome.DONE, _NO_TIME
        late = task.ended_at - task.due_at
        return (Outcome.LATE, late) if late > _NO_TIME else (Outcome.ON_TIME, _NO_TIME)
    if task.due_at is not None and task.due_at < until:
        return Outcome.OVERDUE, until - task.due_at
    return Outcome.OPEN, _NO_TIME


def _by_clause(line: ActionLine) -> tuple[bool, tuple[int, ...], str, datetime, str]:
    """The plan's clauses in their order, then what was added, the earliest first."""
    task = line.task
    return line.is_added, clause_key(task.clause), task.tier, task.due_at or task.created_at, task.id
