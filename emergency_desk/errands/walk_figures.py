"""The figures a walk may expect: each read from what the desk itself would show. The registry is `walk_registry`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields

from emergency_desk.domain.boards import DueKind, OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.incidents import Figures, Happening, Incident, TaskState
from emergency_desk.domain.moments import CHINA
from emergency_desk.domain.plans import NoMatch, PlanMatch
from emergency_desk.domain.texts import Text
from emergency_desk.domain.walks import FigureShape, Found
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.services import accounts, boards, calls, incidents, teams
from emergency_desk.services.teams import open_gaps


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: how it is written, and how it is read. `read` is given what stands between head and tail, "" for a plain one."""

    shape: FigureShape
    read: Callable[[Stage, str], Found]


def plain(name: str, read: Callable[[Stage], Found]) -> Figure:
    """Return a figure with a fixed name."""
    return Figure(FigureShape(name), lambda stage, _subject: read(stage))


def asked_of(head: str, tail: str, what: str, read: Callable[[Stage, str], Found]) -> Figure:
    """Return a figure that is asked of something named between head and tail."""
    return Figure(FigureShape(head, tail, what), read)


# -- the incident -----------------------------------------------------------------------------------------------------
def _incident(stage: Stage) -> Incident:
    return stage.room().incident


def _type(stage: Stage) -> Found:
    return stage.advice.type_id if stage.is_draft and stage.advice else _incident(stage).type_id


def _grade(stage: Stage) -> Found:
    grade = stage.grade().grade if stage.is_draft else _incident(stage).grade
    return grade.value if grade else None


def _match(stage: Stage) -> PlanMatch | NoMatch | None:
    return stage.advice.plan if stage.is_draft and stage.advice else None


def _plan(stage: Stage) -> Found:
    if stage.is_draft:
        match = _match(stage)
        return match.plan.code if isinstance(match, PlanMatch) else None
    return _incident(stage).plan_code


def _level(stage: Stage) -> Found:
    if stage.is_draft:
        match = _match(stage)
        return match.level.value if isinstance(match, PlanMatch) and match.level else None
    return _incident(stage).plan_level


def _level_tier(stage: Stage) -> Found:
    if stage.is_draft:
        return stage.advice.acting_tier.value if stage.advice and isinstance(stage.advice.plan, PlanMatch) else None
    return _incident(stage).plan_tier


def _clause(stage: Stage) -> Found:
    if stage.is_draft:
        match = _match(stage)
        return match.clause if isinstance(match, PlanMatch) else None
    chosen = [line.entry for line in stage.room().log if line.entry.happening is Happening.PLAN_CHOSEN]
    return chosen[0].value("clause") if chosen else None


def _borrowed(stage: Stage) -> Found:
    if stage.advice is None or not isinstance(stage.advice.plan, NoMatch):
        return ()
    return tuple(one.plan.code for one in stage.advice.plan.borrowed)


def _next_grade(stage: Stage) -> Found:
    grade = stage.grade().next_grade
    return grade.value if grade else None


def _to_next(stage: Stage, name: str) -> Found:
    return next((short.more for short in stage.grade().missing_to_next if short.criterion == name), None)


def _casualty(name: str) -> Callable[[Stage], Found]:
    return lambda stage: getattr(_incident(stage), name)


# -- who should go ----------------------------------------------------------------------------------------------------
def _recommended(stage: Stage) -> Found:
    advice = stage.recommendation()
    return tuple(stage.team_name(choice.team_id) for choice in advice.choices) if advice else ()


def _recommended_for(stage: Stage, capability: str) -> Found:
    advice = stage.recommendation()
    return sum(choice.serves == capability for choice in advice.choices) if advice else 0


def _serves(stage: Stage) -> Found:
    advice = stage.recommendation()
    return tuple(sorted({choice.serves for choice in advice.choices})) if advice else ()


def _unmet(stage: Stage) -> Found:
    advice = stage.recommendation()
    return tuple(f"{name} {count}" for name, count in advice.unmet.items()) if advice else ()


def _why_not(stage: Stage, name: str) -> Found:
    advice = stage.recommendation()
    reason = advice.why_not(stage.team(name).id) if advice else None
    return reason.reason.value if reason else None


def _by_request(stage: Stage) -> Found:
    advice = stage.recommendation()
    return tuple(stage.team_name(team_id) for team_id, _why in advice.by_request) if advice else ()


def _duplicates(stage: Stage) -> Found:
    """Return the likely duplicates by the name of the step that took them, else by number."""
    if stage.advice is None:
        return ()
    names = {made.incident: name for name, made in reversed(stage.names.items()) if made.incident}
    found = [(one.incident_id, names.get(one.incident_id, "")) for one in stage.advice.duplicates]
    return tuple(name or incidents.open_room(stage.desk, incident_id=id_, log_limit=1).incident.number for id_, name in found)


# -- orders and teams -------------------------------------------------------------------------------------------------
def _orders(stage: Stage) -> tuple[OrderLine, ...]:
    return stage.room().orders


def _of_order(read: Callable[[Stage, OrderLine], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(stage, stage.order(name, stage.incident_id()))


def _is_late(stage: Stage, line: OrderLine) -> Found:
    order = line.dispatch
    came = order.receipt_at or (stage.clock.at if order.state is OrderState.SENT else None)
    return came is not None and came > order.receipt_due_at


def _teams_out(stage: Stage) -> Found:
    incident_id = _incident(stage).id
    return len({line.team.id for line in _orders(stage) if line.team.is_out and line.team.incident_id == incident_id})


def _team_state(stage: Stage, name: str) -> Found:
    return stage.team(name, stage.latest.incident).state.value


def _team_gaps(stage: Stage, line: OrderLine) -> Found:
    return tuple(state.value for state in open_gaps(list(line.moves)))


# -- tasks, dues, log -------------------------------------------------------------------------------------------------
def _tasks(state: TaskState) -> Callable[[Stage], Found]:
    return lambda stage: sum(task.state is state for task in stage.room().tasks)


def _late_tasks(stage: Stage) -> Found:
    return sum(task.state is TaskState.OPEN and task.due_at is not None and task.due_at < stage.clock.at for task in stage.room().tasks)


def _task_state(stage: Stage, clause: str) -> Found:
    return tuple(dict.fromkeys(task.state.value for task in stage.room().tasks if task.clause == clause))


def _task_due(stage: Stage, clause: str) -> Found:
    return tuple(task.due_at.astimezone(CHINA).strftime("%H:%M") for task in stage.room().tasks if task.clause == clause and task.due_at)


def _due_receipts(stage: Stage) -> Found:
    due = boards.what_is_due(stage.desk, incident_id=stage.incident_id())
    return tuple(line.what for line in due if line.kind is DueKind.RECEIPT)


def _late_receipts(stage: Stage) -> Found:
    due = boards.what_is_due(stage.desk, incident_id=stage.incident_id())
    return tuple(line.what for line in due if line.kind is DueKind.RECEIPT and line.due_at < stage.clock.at)


def _happenings(stage: Stage) -> Found:
    return tuple(line.entry.happening.value for line in reversed(stage.room().log))


def _last_happening(stage: Stage) -> Found:
    log = stage.room().log
    return log[0].entry.happening.value if log else None


def _last_text(stage: Stage) -> Found:
    log = stage.room().log
    return log[0].entry.text if log else None


def _corrected(stage: Stage) -> Found:
    """Return the first text of the line that the newest correction names: it must still be there."""
    log = stage.room().log
    named = next((line.entry.corrects_id for line in log if line.entry.corrects_id), None)
    return next((line.entry.text for line in log if line.entry.id == named), None)


def _caller(stage: Stage) -> Found:
    call = next((call for call in stage.room().calls if call.id == stage.latest.call), None) or stage.room().calls[-1]
    return bool(calls.caller_of(stage.desk, call=call))


def _refusal(stage: Stage, name: str) -> Found:
    value = stage.refusal.values.get(name) if stage.refusal else None
    if isinstance(value, tuple | list):
        return tuple(str(getattr(one, "value", one)) for one in value)
    if isinstance(value, Text):
        return value.zh
    return None if value is None else str(getattr(value, "value", value))


def _team_states(stage: Stage, state: str) -> Found:
    return sum(count for kind, count in boards.duty_board(stage.desk, log_limit=1).team_states.items() if kind.value == state)


FIGURES: tuple[Figure, ...] = (
    plain("number", lambda stage: _incident(stage).number),
    plain("title", lambda stage: _incident(stage).title),
    plain("state", lambda stage: _incident(stage).state.value),
    plain("type", _type),
    plain("class", lambda stage: kind.value if (kind := _incident(stage).incident_class) else None),
    plain("address", lambda stage: _incident(stage).address),
    plain("area", lambda stage: stage.desk.tree.by_id[_incident(stage).area_id].name),
    plain("grade", _grade),
    plain("standing", lambda stage: stage.grade().standing.value),
    plain("decided_by", lambda stage: tuple(one.criterion for one in stage.grade().decided_by)),
    plain("next_grade", _next_grade),
    asked_of("to_next.", "", "figure", _to_next),
    plain("plan", _plan),
    plain("plan_version", lambda stage: _incident(stage).plan_version),
    plain("level", _level),
    plain("level_tier", _level_tier),
    plain("clause", _clause),
    plain("borrowed", _borrowed),
    *(plain(one.name, _casualty(one.name)) for one in fields(Figures)),
    plain("recommended", _recommended),
    asked_of("recommended.", "", "capability", _recommended_for),
    plain("serves", _serves),
    plain("unmet", _unmet),
    asked_of("why_not.", "", "team", _why_not),
    plain("by_request", _by_request),
    plain("duplicates", _duplicates),
    plain("calls", lambda stage: len(stage.room().calls)),
    plain("joined", lambda stage: tuple(line.number for line in stage.room().joined)),
    plain("orders", lambda stage: len(_orders(stage))),
    asked_of("orders.", "", "capability", lambda stage, name: Counter(line.dispatch.serves for line in _orders(stage))[name]),
    asked_of("order.", ".state", "team", _of_order(lambda _stage, line: line.dispatch.state.value)),
    asked_of("order.", ".receipt_late", "team", _of_order(_is_late)),
    asked_of("order.", ".receipt_by", "team", _of_order(lambda _stage, line: line.dispatch.receipt_by)),
    asked_of("order.", ".approved_by", "team", _of_order(lambda _stage, line: line.dispatch.approved_by)),
    asked_of("order.", ".override", "team", _of_order(lambda _stage, line: line.dispatch.override_reason)),
    asked_of("order.", ".application_by", "team", _of_order(lambda _stage, line: line.dispatch.application_by)),
    asked_of("order.", ".checked_in", "team", _of_order(lambda _stage, line: line.dispatch.checked_in_at is not None)),
    asked_of("order.", ".gaps", "team", _of_order(_team_gaps)),
    asked_of("team.", ".state", "team", _team_state),
    plain("teams_out", _teams_out),
    asked_of("teams.", "", "state", _team_states),
    plain("tasks", lambda stage: len(stage.room().tasks)),
    plain("tasks.open", _tasks(TaskState.OPEN)),
    plain("tasks.done", _tasks(TaskState.DONE)),
    plain("tasks.skipped", _tasks(TaskState.SKIPPED)),
    plain("tasks.late", _late_tasks),
    asked_of("task.", ".state", "clause", _task_state),
    asked_of("task.", ".due", "clause", _task_due),
    plain("due_receipts", lambda stage: len(_as_tuple(_due_receipts(stage)))),
    plain("late_receipts", lambda stage: len(_as_tuple(_late_receipts(stage)))),
    plain("log", _happenings),
    plain("log.count", lambda stage: stage.room().log_total),
    plain("log.last", _last_happening),
    plain("log.text", _last_text),
    plain("log.corrected", _corrected),
    plain("next_act", lambda stage: stage.room().next_act.kind.value),
    plain("next_act.clause", lambda stage: stage.room().next_act.clause),
    plain("caller_known", _caller),
    plain("open_incidents", lambda stage: len(boards.duty_board(stage.desk, log_limit=1).incidents)),
    plain("overdue", lambda stage: boards.duty_board(stage.desk, log_limit=1).overdue),
    plain("accounts", lambda stage: len(accounts.list_accounts(stage.desk))),
    plain("team_count", lambda stage: len(teams.list_teams(stage.desk, limit=1_000_000))),
    plain("check.differences", lambda stage: len(stage.integrity().differences)),
    asked_of("refused.", "", "value", _refusal),
)


def _as_tuple(found: Found) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else ()
