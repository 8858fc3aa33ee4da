"""The acts of an open incident: figures, log, tasks, its state and its close; and those that only look."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import IncidentState, TaskState
from emergency_desk.domain.walks import NO, YES, ActShape, ArgumentKind, ArgumentShape, Step
from emergency_desk.errands.walk_acts import Act, Run
from emergency_desk.errands.walk_stage import WHOLE_FIGURES, Made, Stage
from emergency_desk.services import borrowing, incidents, integrity

_TEXT, _MOMENT = ArgumentShape(), ArgumentShape(ArgumentKind.MOMENT)
_INCIDENT = ArgumentShape(ArgumentKind.INCIDENT)
_FIGURES = {**{name: ArgumentShape(ArgumentKind.NUMBER) for name in WHOLE_FIGURES}, "hectares": ArgumentShape(ArgumentKind.DECIMAL)}
_TASK = {"incident": _INCIDENT, "clause": _TEXT, "title": _TEXT, "task": ArgumentShape(ArgumentKind.TASK)}
_ENTRY = frozenset({ArgumentKind.ENTRY})


def on_incident(act: Callable[[Stage, Step, Id], Made | None]) -> Run:
    """Find the step's incident, let the act work on it, and keep what it made."""
    def run(stage: Stage, step: Step) -> None:
        incident_id = stage.incident_id(step)
        made = act(stage, step, incident_id) or Made()
        stage.keep(step, Made(incident=incident_id, entry=made.entry, task=made.task))

    return run


def _figures(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.report_figures(stage.desk, incident_id=incident_id, figures=stage.figures(step), occurred_at=step.moments.get("occurred"),
                             reported_by=stage.text(step, "reported_by"), reason=stage.text(step, "reason"))


def _log(stage: Stage, step: Step) -> None:
    at_desk = stage.text(step, "about") == "desk"
    entry = incidents.write_log(
        stage.desk, text=stage.text(step, "text"), incident_id=None if at_desk else stage.incident_id(step),
        occurred_at=step.moments.get("occurred"), heard_from=stage.text(step, "from"), how=stage.text(step, "how"),
        read_back=stage.text(step, "read_back") == YES).value
    stage.keep(step, Made(incident=entry.incident_id, entry=entry.id))


def _correct_log(stage: Stage, step: Step) -> None:
    entry = incidents.correct_log(stage.desk, entry_id=stage.named("entry", stage.text(step, "entry")), text=stage.text(step, "text")).value
    stage.keep(step, Made(incident=entry.incident_id, entry=entry.id))


# -- tasks ------------------------------------------------------------------------------------------------------------
def _task(stage: Stage, step: Step, incident_id: Id, states: tuple[TaskState, ...]) -> Id:
    if "task" in step.arguments:
        return stage.named("task", stage.text(step, "task"))
    if "title" in step.arguments:
        return _task_of(stage, stage.text(step, "title"), incident_id, states, by="title")
    return _task_of(stage, stage.text(step, "clause"), incident_id, states)


def _task_of(stage: Stage, clause: str, incident_id: Id, states: tuple[TaskState, ...], *, by: str = "clause") -> Id:
    """Return the first task of a clause (or title) in one of the states; those of whoever acts go before those of other tiers."""
    tasks = [task for task in incidents.open_room(stage.desk, incident_id=incident_id, log_limit=1).tasks if getattr(task, by) == clause]
    for task in sorted(tasks, key=lambda task: task.tier != stage.desk.tier):
        if task.state in states:
            return task.id
    if not tasks:
        raise WalkLacks(what="task", name=clause)
    return tasks[0].id


def _task_done(stage: Stage, step: Step, incident_id: Id) -> None:
    if "task" in step.arguments or "title" in step.arguments:
        incidents.end_task(stage.desk, task_id=_task(stage, step, incident_id, (TaskState.OPEN,)), occurred_at=step.moments.get("occurred"))
    for clause in stage.texts(step, "clause"):
        task_id = _task_of(stage, clause, incident_id, (TaskState.OPEN,))
        incidents.end_task(stage.desk, task_id=task_id, occurred_at=step.moments.get("occurred"))


def _task_skip(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.end_task(stage.desk, task_id=_task(stage, step, incident_id, (TaskState.OPEN,)), skipped=True, reason=stage.text(step, "reason"))


def _task_reopen(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.reopen_task(stage.desk, task_id=_task(stage, step, incident_id, (TaskState.DONE, TaskState.SKIPPED)))


def _task_add(stage: Stage, step: Step, incident_id: Id) -> Made:
    task = incidents.add_task(stage.desk, incident_id=incident_id, title=stage.text(step, "title"), due_at=step.moments.get("due")).value
    return Made(task=task.id)


def _borrow(stage: Stage, step: Step, incident_id: Id) -> None:
    borrowing.borrow_plan(stage.desk, incident_id=incident_id, code=stage.text(step, "plan"))


# -- state and close --------------------------------------------------------------------------------------------------
def _set_state(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.set_state(stage.desk, incident_id=incident_id, state=IncidentState(stage.text(step, "state")), note=stage.text(step, "note"))


def _close(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.close_incident(stage.desk, incident_id=incident_id, note=stage.text(step, "note"),
                             false_alarm=stage.text(step, "false_alarm") == YES, override_reason=stage.text(step, "override"))


def _reopen(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.reopen_incident(stage.desk, incident_id=incident_id, reason=stage.text(step, "reason"))


def _erase(stage: Stage, step: Step, incident_id: Id) -> None:
    incidents.erase_personal(stage.desk, incident_id=incident_id)


def _look(stage: Stage, step: Step) -> None:
    if "incident" in step.arguments:
        stage.keep(step, Made(incident=stage.incident_id(step)))


def _check(stage: Stage, _step: Step) -> None:
    stage.report = integrity.check(stage.desk)


_MUST = ArgumentShape(is_required=True)
_YES_NO = ArgumentShape(ArgumentKind.CHOICE, choices=(YES, NO))
_STATE = ArgumentShape(ArgumentKind.CHOICE, is_required=True, choices=tuple(state.value for state in IncidentState))
_ABOUT = ArgumentShape(ArgumentKind.CHOICE, choices=("incident", "desk"))

ROOM_ACTS: dict[str, Act] = {
    "figures": Act(ActShape({"incident": _INCIDENT, **_FIGURES, "occurred": _MOMENT, "reported_by": _TEXT, "reason": _TEXT}),
                   on_incident(_figures)),
    "log": Act(ActShape({"incident": _INCIDENT, "text": _TEXT, "about": _ABOUT, "occurred": _MOMENT}, _ENTRY), _log),
    "heard": Act(ActShape({"incident": _INCIDENT, "text": _TEXT, "from": _MUST, "how": _TEXT, "read_back": _YES_NO, "about": _ABOUT,
                           "occurred": _MOMENT}, _ENTRY), _log),
    "correct_log": Act(ActShape({"entry": ArgumentShape(ArgumentKind.ENTRY, is_required=True), "text": _TEXT}, _ENTRY), _correct_log),
    "task_done": Act(ActShape({**_TASK, "clause": ArgumentShape(ArgumentKind.TEXTS), "occurred": _MOMENT}), on_incident(_task_done)),
    "task_skip": Act(ActShape({**_TASK, "reason": _TEXT}), on_incident(_task_skip)),
    "task_reopen": Act(ActShape(_TASK), on_incident(_task_reopen)),
    "task_add": Act(ActShape({"incident": _INCIDENT, "title": _TEXT, "due": _MOMENT}, frozenset({ArgumentKind.TASK})), on_incident(_task_add)),
    "borrow": Act(ActShape({"incident": _INCIDENT, "plan": _TEXT}), on_incident(_borrow)),
    "set_state": Act(ActShape({"incident": _INCIDENT, "state": _STATE, "note": _TEXT}), on_incident(_set_state)),
    "close": Act(ActShape({"incident": _INCIDENT, "note": _TEXT, "false_alarm": _YES_NO, "override": _TEXT}), on_incident(_close)),
    "reopen": Act(ActShape({"incident": _INCIDENT, "reason": _TEXT}), on_incident(_reopen)),
    "erase_personal": Act(ActShape({"incident": _INCIDENT}), on_incident(_erase)),
    "look": Act(ActShape({"incident": _INCIDENT}), _look),
    "check": Act(ActShape({}), _check),
}
