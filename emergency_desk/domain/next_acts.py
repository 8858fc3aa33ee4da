"""The next act of an incident: the one thing to do now, why, and by when.

Order of urgency, a house rule: a receipt that fails to come, a team out that gives no word, a plan action that is late, teams still to be
sent, the figures nobody has given, the plan action due next, and at the end the close.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from emergency_desk.domain.boards import NextAct, NextActKind, OrderLine
from emergency_desk.domain.incidents import Incident, IncidentState, Task, TaskState
from emergency_desk.domain.teams import OUT


def next_act(
    incident: Incident, tasks: Sequence[Task], orders: Sequence[OrderLine], *, wanted: Mapping[str, int], now: datetime, own_tier: str,
    silent_minutes: int,
) -> NextAct:
    """Return the most pressing act. `wanted`: teams still to be sent, by capability."""
    if not incident.is_open:
        return NextAct(kind=NextActKind.WATCH)
    silent = sorted((line for line in orders if line.dispatch.awaits_receipt), key=lambda line: line.dispatch.receipt_due_at)
    open_tasks = sorted((task for task in tasks if task.state is TaskState.OPEN), key=lambda task: _task_order(task, own_tier))
    if silent and silent[0].dispatch.receipt_due_at < now:
        return _chase(silent[0])
    lost = sorted(((at, line) for line in orders if (at := line.silent_at(silent_minutes)) is not None and at <= now),
                  key=lambda each: each[0])
    if lost:
        return _ring(*lost[0])
    if not orders and wanted:
        return NextAct(kind=NextActKind.SEND, values=tuple((name, str(count)) for name, count in wanted.items()))
    late = [task for task in open_tasks if task.due_at is not None and task.due_at < now]
    if late:
        return _do(late[0])
    if wanted:
        return NextAct(kind=NextActKind.SEND, values=tuple((name, str(count)) for name, count in wanted.items()))
    if silent:
        return _chase(silent[0])
    if incident.figures.is_unknown and incident.state in (IncidentState.RESPONDING, IncidentState.CONTROLLED):
        return NextAct(kind=NextActKind.FILL_FIGURES)
    if open_tasks:
        return _do(open_tasks[0])
    if orders and not any(line.team.state in OUT and line.team.incident_id == incident.id for line in orders):
        return NextAct(kind=NextActKind.CLOSE)
    return NextAct(kind=NextActKind.WATCH)


def _task_order(task: Task, own_tier: str) -> tuple[bool, float, str]:
    """Own tier first, then by due time; a task without one comes last."""
    return task.tier != own_tier, task.due_at.timestamp() if task.due_at else float("inf"), task.clause


def _chase(line: OrderLine) -> NextAct:
    return NextAct(kind=NextActKind.CHASE_RECEIPT, about_id=line.dispatch.id, title=line.team.name, title_en=line.team.name_en,
                   due_at=line.dispatch.receipt_due_at, values=(("order", line.dispatch.order_number), ("phone", line.team.duty_phone)))


def _ring(at: datetime, line: OrderLine) -> NextAct:
    return NextAct(kind=NextActKind.CHASE_CONTACT, about_id=line.dispatch.id, title=line.team.name, title_en=line.team.name_en, due_at=at,
                   values=(("phone", line.team.duty_phone), ("state", line.team.state.value)))


def _do(task: Task) -> NextAct:
    return NextAct(kind=NextActKind.TASK, about_id=task.id, title=task.title, title_en=task.title_en, clause=task.clause, due_at=task.due_at)
