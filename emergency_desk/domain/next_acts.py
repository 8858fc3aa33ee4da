"""The next act of an incident: the one thing to do now, why, and by when.

Order of urgency, a house rule: a receipt that fails to come; a team out that gives no word; an offer of the command that waits for this
tier; teams while nobody is sent; whatever is late, the longest first; teams still to be sent; the command, where this tier's post stands and
a tier below commands still; what is due soon, receipts first; where no plan was made, the plan to be borrowed; the step of the ladder that
stands open; then whatever is due next, other tiers' last. At the end the close.

One thing is asked for once: a task of the plan that an owed report or an open step of its own tier asks for as well is asked for by that
report or step, at the earlier of the two times (the stricter rule holds).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from emergency_desk.domain.boards import Ladder, NextAct, NextActKind, OrderLine
from emergency_desk.domain.borrowing import BORROWS
from emergency_desk.domain.command import CommandMove
from emergency_desk.domain.incidents import Incident, IncidentState, Task, TaskState
from emergency_desk.domain.ladder import Step, StepLine, StepState, next_step
from emergency_desk.domain.meeting import OF_COMMAND, STEP_OF, of_due
from emergency_desk.domain.plan_records import PlanFact, PlanRole
from emergency_desk.domain.reports import ReportDue, ReportKind
from emergency_desk.domain.responses import left_open_at
from emergency_desk.domain.teams import OUT

_AFTER = frozenset({Step.RECOVER, Step.REVIEW})
_BY_SENDING = frozenset({Step.FIRST_RESPONSE, Step.DISPATCH})  # the panel of teams asks for these itself
_BY_REPORTING = frozenset({Step.REPORT})  # the reports owed ask for it, with their clocks


def next_act(
    incident: Incident, tasks: Sequence[Task], orders: Sequence[OrderLine], *, wanted: Mapping[str, int], now: datetime, own_tier: str,
    ladder: Ladder, soon_minutes: int, silent_minutes: int, at_once: timedelta,
) -> NextAct:
    """Return the most pressing act. `wanted`: teams still to be sent, by capability; `at_once`: after how long what is due at once is late."""
    if not incident.is_open:
        return _afterwards(ladder, own_tier, at_once)
    sending = None if _is_over(ladder) else _send(wanted, ladder)
    timed = sorted(_timed(tasks, orders, ladder, own_tier, at_once), key=_pressing)
    late = [act for act in timed if act.due_at is not None and act.due_at < now and not act.is_others]
    silent = next((act for act in late if act.kind is NextActKind.CHASE_RECEIPT), None)
    if silent is not None:
        return silent
    lost = sorted(((at, line) for line in orders if (at := line.silent_at(silent_minutes)) is not None and at <= now),
                  key=lambda each: each[0])
    if lost:
        return _ring(*lost[0])
    offered = next((act for act in timed if act.kind is NextActKind.ANSWER_OFFER), None)
    if offered is not None:
        return offered
    if sending is not None and not orders:
        return sending
    if late:
        return late[0]
    if sending is not None:
        return sending
    taking = _take(ladder)
    if taking is not None:
        return taking
    soon = [act for act in timed if act.due_at is not None and act.due_at <= now + timedelta(minutes=soon_minutes) and not act.is_others]
    if soon:  # whether the teams have their orders matters most of what is not late yet
        return next((act for act in soon if act.kind is NextActKind.CHASE_RECEIPT), soon[0])
    borrowing = next((act for act in timed if act.kind is NextActKind.BORROW and not act.is_others), None)
    if borrowing is not None:
        return borrowing
    step = _step(ladder, tasks)
    if step is not None:
        return next((act for act in timed if act.kind is NextActKind.STEP and act.value("step") == step.value("step")), step)
    if incident.figures.is_unknown and incident.state in (IncidentState.RESPONDING, IncidentState.CONTROLLED):
        return NextAct(kind=NextActKind.FILL_FIGURES)
    untold = next((notice for notice in ladder.notices if not notice.is_told and notice.tier == own_tier), None)
    if untold is not None and not any(act.kind is NextActKind.REPORT for act in timed):
        return NextAct(kind=NextActKind.TELL, about_id=untold.id, title=untold.name, title_en=untold.name_en,
                       values=(("phone", untold.phone), ("why", untold.why)))
    if timed:
        return timed[0]
    return _at_the_end(incident, orders, _afterwards(ladder, own_tier, at_once), ladder)


def _at_the_end(incident: Incident, orders: Sequence[OrderLine], follows: NextAct, ladder: Ladder) -> NextAct:
    """Nothing waits: close the incident once everybody is back, and say what is owed afterwards once the last response has ended."""
    is_over = _is_over(ladder)
    after = follows if is_over else NextAct(kind=NextActKind.WATCH)
    if (orders or is_over) and not any(line.team.state in OUT and line.team.incident_id == incident.id for line in orders):
        return NextAct(kind=NextActKind.CLOSE, values=after.values)
    return after


def _is_over(ladder: Ladder) -> bool:
    """Say whether the last response has ended: nobody is sent any more, what follows is the aftermath."""
    return bool(ladder.responses) and not any(response.is_running for response in ladder.responses)


def _send(wanted: Mapping[str, int], ladder: Ladder) -> NextAct | None:
    """Ask for the teams still wanted, unless somebody ended or skipped that step: a need that nobody can meet must not hold up the rest."""
    own = ladder.own
    dispatch = next((line for line in own.steps if line.step is Step.DISPATCH), None) if own is not None else None
    is_over = dispatch is not None and dispatch.is_marked and dispatch.state in (StepState.DONE, StepState.SKIPPED)
    if not wanted or is_over:
        return None
    return NextAct(kind=NextActKind.SEND, values=tuple((name, str(count)) for name, count in wanted.items()))


def _timed(tasks: Sequence[Task], orders: Sequence[OrderLine], ladder: Ladder, own_tier: str, at_once: timedelta) -> Iterator[NextAct]:
    """Yield everything that waits for an officer, own tier's first among equals."""
    yield from (_chase(line) for line in orders if line.dispatch.awaits_receipt)
    owed = [due for due in ladder.dues if due.is_open and due.from_tier == own_tier]
    waiting = [task for task in tasks if task.state is TaskState.OPEN and left_open_at(task, ladder.responses) is None]
    yield from (_report(due, [task for task in waiting if task.tier == own_tier and task.meets in of_due(due)], at_once) for due in owed)
    if ladder.offer is not None:
        yield _offer(ladder.offer, own_tier)
    asked = frozenset(fact for due in owed for fact in of_due(due)) | _offered(ladder.offer, own_tier)
    yield from (_task(task, ladder, own_tier) for task in waiting if task.tier != own_tier or task.meets not in asked)


def _pressing(act: NextAct) -> tuple[bool, float, str]:
    """The own tier's first, then by due time; what has none comes last."""
    return act.is_others, act.due_at.timestamp() if act.due_at else float("inf"), act.clause


def _step(ladder: Ladder, tasks: Sequence[Task]) -> NextAct | None:
    own = ladder.own
    if own is None:
        return None
    by_task = any(task.role == PlanRole.EVACUATION and task.tier == own.tier and task.state is TaskState.OPEN for task in tasks)
    elsewhere = _AFTER | _BY_SENDING | _BY_REPORTING | (frozenset({Step.EVACUATE}) if by_task else frozenset())
    line = next_step(line for line in own.steps if line.step not in elsewhere)
    return _step_act(line, own.suggested_clause) if line is not None else None


def _step_act(line: StepLine, clause: str) -> NextAct:
    return NextAct(kind=NextActKind.STEP, clause=clause if line.step is Step.ACTIVATE else "",
                   values=(("step", line.step.value), ("tier", line.tier.value)))


def _afterwards(ladder: Ladder, own_tier: str, at_once: timedelta) -> NextAct:
    """After the close: a change of dead or hurt to be reported the same day (D8), else what recovery and review still ask of the own tier."""
    own = ladder.own
    changed = [due for due in ladder.dues if due.is_open and due.from_tier == own_tier and due.kind is ReportKind.SUPPLEMENT]
    if changed:
        return _report(min(changed, key=lambda due: due.due_at), (), at_once)
    lines = [line for line in own.steps if line.step in _AFTER and line.state is StepState.OPEN] if own is not None else []
    return _step_act(lines[0], "") if lines else NextAct(kind=NextActKind.WATCH)


def _chase(line: OrderLine) -> NextAct:
    return NextAct(kind=NextActKind.CHASE_RECEIPT, about_id=line.dispatch.id, title=line.team.name, title_en=line.team.name_en,
                   due_at=line.dispatch.receipt_due_at, values=(("order", line.dispatch.order_number), ("phone", line.team.duty_phone)))


def _ring(at: datetime, line: OrderLine) -> NextAct:
    return NextAct(kind=NextActKind.CHASE_CONTACT, about_id=line.dispatch.id, title=line.team.name, title_en=line.team.name_en, due_at=at,
                   values=(("phone", line.team.duty_phone), ("state", line.team.state.value)))


def _report(due: ReportDue, tasks: Sequence[Task], at_once: timedelta) -> NextAct:
    """Ask for an owed report; where the plan asks for it too and earlier, by the time and the clause of the plan."""
    late_from = due.late_from(at_once)
    sooner = min((task for task in tasks if task.due_at is not None and task.due_at < late_from), key=lambda task: task.due_at or late_from,
                 default=None)
    return NextAct(kind=NextActKind.REPORT, about_id=due.id, due_at=sooner.due_at if sooner else late_from,
                   clause=sooner.clause if sooner else "", at_once_from=due.clock_at if due.is_at_once else None,
                   values=(("to", due.to_tier.value), ("channel", due.channel.value), ("kind", due.kind.value), ("rule", due.rule_id)))


def _take(ladder: Ladder) -> NextAct | None:
    """Ask whoever is to lead for the command, once its post stands and a tier below still holds it (AW8 三(二), R-11.2).

    A tier that is not to lead by the grade is never asked: it may have given the command back on purpose.
    """
    own = ladder.own
    if own is None or own.tier is not ladder.leading or own.tier.rank >= ladder.holder.rank or ladder.offer is not None:
        return None
    if not any(post.tier is own.tier and post.dissolved_at is None for post in ladder.posts):
        return None
    return NextAct(kind=NextActKind.TAKE_COMMAND, values=(("from", ladder.holder.value),))


def _offer(offer: CommandMove, own_tier: str) -> NextAct:
    kind = NextActKind.ANSWER_OFFER if offer.to_tier == own_tier else NextActKind.CHASE_OFFER
    return NextAct(kind=kind, about_id=offer.id, due_at=offer.answer_due_at, is_others=own_tier not in (offer.to_tier, offer.from_tier),
                   values=(("from", offer.from_tier.value), ("to", offer.to_tier.value)))


def _offered(offer: CommandMove | None, own_tier: str) -> frozenset[PlanFact]:
    """While an offer of the command waits, it asks for the hand-over."""
    return OF_COMMAND if offer is not None and own_tier in (offer.from_tier, offer.to_tier) else frozenset()


def _task(task: Task, ladder: Ladder, own_tier: str) -> NextAct:
    """Ask for a task: as the step of the ladder that does it, where that step stands open."""
    own = ladder.own
    if own is not None and task.meets and task.tier == own_tier == own.tier:
        step = STEP_OF.get(PlanFact(task.meets))
        line = next((line for line in own.steps if line.step is step and line.state is StepState.OPEN), None)
        if line is not None:
            act = _step_act(line, own.suggested_clause)
            return replace(act, clause=act.clause or task.clause, due_at=task.due_at)
    kind = NextActKind.BORROW if task.action_id == BORROWS else NextActKind.TASK
    return NextAct(kind=kind, about_id=task.id, title=task.title, title_en=task.title_en, clause=task.clause, due_at=task.due_at,
                   is_others=task.tier != own_tier)
