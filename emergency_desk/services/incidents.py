"""An open incident: its room, its log, figures, tasks, corrections, its close."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from emergency_desk.domain import next_acts
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.boards import IncidentLine, IncidentRoom, LogLine
from emergency_desk.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    IncidentHasTeamsOut,
    IncidentIsClosed,
    LogLineEmpty,
    NotFound,
    ReasonMissing,
)
from emergency_desk.domain.grading import GradeSuggestion
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES, Figures, Happening, Incident, IncidentState, LogEntry, Task, TaskState
from emergency_desk.services import library
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.dispatches import needs_left, served_by
from emergency_desk.services.steps import (
    climbing,
    ending,
    figuring,
    judging,
    logbook,
    opening,
    purging,
    recovering,
    reporting,
    responding,
    suggesting,
)
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


def open_room(desk: Desk, *, incident_id: Id, log_limit: int = 200) -> IncidentRoom:
    """Return everything the room of an incident shows. Raises NotFound."""
    now, minutes = desk.now(), library.silent_minutes(desk)
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        kept = climbing.keep(desk, reading, incident)
        orders, ladder = tuple(reading.order_lines(incident_id)), climbing.ladder_of(desk, reading, kept)
        wanted = needs_left(desk, incident, served_by(line.dispatch for line in orders), ladder.responses)
        act = next_acts.next_act(incident, kept.tasks, orders, wanted=wanted, now=now, own_tier=desk.tier.value, ladder=ladder,
                                 soon_minutes=desk.trade.ladder.soon_minutes, silent_minutes=minutes, at_once=desk.trade.clocks.at_once)
        room = IncidentRoom(
            read_at=now, incident=incident, area_path=tuple(area.name for area in desk.tree.path(incident.area_id)), calls=tuple(kept.calls),
            figures=tuple(kept.figures), grades=tuple(kept.grades), tasks=tuple(kept.tasks), orders=orders,
            log=tuple(reading.log_lines(incident_id=incident_id, limit=log_limit)),
            log_total=reading.log.count("WHERE incident_id = ?", (incident_id,)), next_act=act, ladder=ladder,
            joined=tuple(reading.incident_lines("WHERE i.joined_to_id = ? ORDER BY i.recorded_at", (incident_id,))),
            silent_minutes=minutes, plan=judging.pinned_plan(desk, incident.plan_code, incident.plan_version),
        )
    return room


def grade_now(desk: Desk, *, incident_id: Id) -> GradeSuggestion:
    """Return what the current figures suggest, and how far the next grade is."""
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
    return judging.grade_of(desk, incident.type_id, incident.figures)


def find_incident(desk: Desk, *, number: str) -> Incident:
    """Return an incident by its number. Raises NotFound."""
    with desk.reading() as reading:
        found = reading.incidents.where("WHERE number = ?", (number,))
    if not found:
        raise NotFound(kind="incidents", key=number)
    return found[0]


def find(desk: Desk, *, text: str, limit: int = 20) -> list[IncidentLine]:
    """Return incidents found by number, title, address, pinyin or initials, open ones first, then the newest."""
    words = text.lower().split()
    conditions = " AND ".join("i.search_key LIKE ? ESCAPE '\\'" for _word in words) or "1"
    values = ["%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for word in words]
    with desk.reading() as reading:
        return reading.incident_lines(
            f"WHERE {conditions} ORDER BY i.closed_at IS NOT NULL, i.recorded_at DESC LIMIT {int(limit)}", values)


def list_ended(desk: Desk, *, before: tuple[datetime, Id] | None = None, limit: int = 200) -> list[IncidentLine]:
    """Return a page of ended incidents, newest first."""
    with desk.reading() as reading:
        return reading.ended_incident_lines(before=before, limit=limit)


def list_open(desk: Desk) -> list[IncidentLine]:
    """Return the open incidents, newest first."""
    with desk.reading() as reading:
        return reading.open_incident_lines()


def read_log(desk: Desk, *, incident_id: Id | None = None, before: int | None = None, limit: int = 200) -> list[LogLine]:
    """Return a page of the log, newest first, before a sequence number."""
    with desk.reading() as reading:
        return reading.log_lines(incident_id=incident_id, before=before, limit=limit)


def write_log(
    desk: Desk, *, text: str, incident_id: Id | None = None, occurred_at: datetime | None = None, heard_from: str = "", how: str = "",
    read_back: bool = False,
) -> Done[LogEntry]:
    """Write a line into the log of an incident, or of the desk. Raises LogLineEmpty.

    `read_back`: what was heard was repeated to whoever said it, as a tier that does not sit at this desk is recorded.
    """
    desk.may(Act.WRITE_LOG)
    if not text.strip():
        raise LogLineEmpty()
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        if incident_id is not None:
            work.incidents.get(incident_id)
        happening = Happening.HEARD if heard_from else (Happening.NOTE if incident_id else Happening.DUTY)
        entry = logbook.write(desk, work, happening, at=at, incident_id=incident_id, occurred_at=occurred_at, text=text.strip(),
                              heard_from=heard_from.strip(), how=how, read_back="yes" if heard_from and read_back else "")
        return Done(entry, work.commit("write_log", sequence=entry.sequence))


def correct_log(desk: Desk, *, entry_id: Id, text: str) -> Done[LogEntry]:
    """Correct a log line by a further one that names it; the first stays as it was (R-2.6)."""
    desk.may(Act.WRITE_LOG)
    if not text.strip():
        raise LogLineEmpty()
    at = desk.now()
    with desk.open_work() as work:
        first = work.log.get(entry_id)
        entry = logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=first.incident_id, occurred_at=first.occurred_at,
                              text=text.strip(), corrects_id=first.id, what="log", line=first.sequence)
        return Done(entry, work.commit("correct_log", sequence=entry.sequence, corrects=first.sequence))


def report_figures(
    desk: Desk, *, incident_id: Id, figures: Figures, occurred_at: datetime | None = None, reported_by: str = "", reason: str = "",
) -> Done[Incident]:
    """Record changed figures. Fewer dead than before asks for a reason.

    On a closed incident they are a supplement (D8): reports are owed for it, but no plan is raised and no task laid.
    Raises ReasonMissing, and IncidentIsClosed for a false alarm or what was joined to another.
    """
    desk.may(Act.WRITE_LOG)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    opening.check_figures(figures)
    with desk.open_work() as work:
        incident = _open_or_closed(work, incident_id)
        falls = figures.dead is not None and incident.dead is not None and figures.dead < incident.dead
        if falls and not reason.strip():
            raise ReasonMissing(act="fewer_dead")
        lay = figuring.lay_figures if incident.is_open else figuring.lay_supplement
        incident = lay(desk, work, incident, figures, at=at, occurred_at=occurred_at or at, reported_by=reported_by)
        if reason.strip():
            logbook.write(desk, work, Happening.NOTE, at=at, incident_id=incident.id, text=reason.strip())
        told = {name: value for name, value in figures.by_name.items() if value is not None}
        return Done(incident, work.commit("report_figures", incident=incident.number, **told))


def correct_incident(
    desk: Desk, *, incident_id: Id, title: str | None = None, type_id: str | None = None, area_id: Id | None = None,
    address: str | None = None, version: int | None = None,
) -> Done[Incident]:
    """Correct what an incident is called, what it is and where. `version`: the one the form was read at. Raises Stale."""
    desk.may(Act.TAKE_CALL)
    at = desk.now()
    with desk.open_work() as work:
        incident = _open(work, incident_id)
        if version is not None:
            incident = replace(incident, version=version)
        changes = {name: value for name, value in (("title", title), ("type_id", type_id), ("area_id", area_id), ("address", address))
                   if value is not None and value != getattr(incident, name)}
        if "title" in changes and not str(changes["title"]).strip():
            raise FieldMissing(name="title")
        if area_id is not None and area_id not in desk.tree.by_id:
            raise NotFound(kind="areas", key=area_id)
        old = {name: str(getattr(incident, name)) for name in changes}
        if "type_id" in changes:
            kind = desk.trade.type(str(changes["type_id"]))
            changes["incident_class"] = kind.incident_class
        incident = work.incidents.put(replace(incident, **changes))  # type: ignore[arg-type]
        for name, before in old.items():
            logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=incident.id, what=name, before=_told(desk, name, before),
                          after=_told(desk, name, str(getattr(incident, name))))
        if "type_id" in changes:
            incident = figuring.judge_anew(desk, work, incident, at=at)
        return Done(incident, work.commit("correct_incident", incident=incident.number, fields=sorted(old)))


def set_state(desk: Desk, *, incident_id: Id, state: IncidentState, note: str = "") -> Done[Incident]:
    """Say where an open incident stands: verifying, responding, controlled. An end has its own acts, `close_incident` among them (R-1.13)."""
    desk.may(Act.WRITE_LOG)
    if state not in OPEN_STATES:
        raise FieldUnreadable(name="state", typed=state, expected=", ".join(sorted(OPEN_STATES)))
    at = desk.now()
    with desk.open_work() as work:
        incident = _open(work, incident_id)
        before = incident.state
        incident = work.incidents.put(replace(incident, state=state))
        logbook.write(desk, work, Happening.STATE, at=at, incident_id=incident.id, text=note.strip(), state=state.value, before=before.value)
        reporting.lay_dues(desk, work, incident, at=at)
        return Done(incident, work.commit("set_state", incident=incident.number, state=state.value))


def add_task(desk: Desk, *, incident_id: Id, title: str, due_at: datetime | None = None) -> Done[Task]:
    """Add a task of the officer's own."""
    desk.may(Act.WORK_TASK)
    if not title.strip():
        raise FieldMissing(name="title")
    at = desk.now()
    with desk.open_work() as work:
        incident = _open(work, incident_id)
        task = work.tasks.add(Task(id=desk.new_id(), incident_id=incident.id, title=title.strip(), created_at=at, due_at=due_at,
                                   tier=desk.tier.value))
        return Done(task, work.commit("add_task", incident=incident.number, task=task.id))


def end_task(desk: Desk, *, task_id: Id, skipped: bool = False, reason: str = "", occurred_at: datetime | None = None) -> Done[Task]:
    """Mark a task done, or skipped with a reason. Raises ReasonMissing."""
    desk.may(Act.WORK_TASK)
    if skipped and not reason.strip():
        raise ReasonMissing(act="skip_task")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        task = work.tasks.get(task_id)
        _open(work, task.incident_id)
        state = TaskState.SKIPPED if skipped else TaskState.DONE
        task = work.tasks.put(replace(task, state=state, ended_at=occurred_at or at, reason=reason.strip()))
        logbook.write(desk, work, Happening.TASK_SKIPPED if skipped else Happening.TASK_DONE, at=at, incident_id=task.incident_id,
                      occurred_at=occurred_at or at, about_id=task.id, text=reason.strip(), clause=task.clause, task=task.title,
                      task_en=task.title_en)
        return Done(task, work.commit("end_task", task=task.id, state=state.value))


def reopen_task(desk: Desk, *, task_id: Id) -> Done[Task]:
    """Take the end of a task back."""
    desk.may(Act.WORK_TASK)
    at = desk.now()
    with desk.open_work() as work:
        task = work.tasks.get(task_id)
        task = work.tasks.put(replace(task, state=TaskState.OPEN, ended_at=None, reason=""))
        logbook.write(desk, work, Happening.CORRECTED, at=at, incident_id=task.incident_id, about_id=task.id, what="task",
                      clause=task.clause, task=task.title, task_en=task.title_en)
        return Done(task, work.commit("reopen_task", task=task.id))


def close_incident(desk: Desk, *, incident_id: Id, note: str = "", false_alarm: bool = False, override_reason: str = "") -> Done[Incident]:
    """Close an incident, and lay what is owed afterwards. Refused while a response runs, and while its teams are out unless a reason is given
    for the log (R-1.13).
    """
    desk.may(Act.CLOSE_INCIDENT)
    at = desk.now()
    with desk.open_work() as work:
        incident = _open(work, incident_id)
        responding.refuse_running(work, incident)
        out = work.teams.where("WHERE incident_id = ? ORDER BY name", (incident.id,))
        if out and not override_reason.strip():
            raise IncidentHasTeamsOut(number=incident.number, teams=tuple(team.name for team in out))
        state = IncidentState.FALSE_ALARM if false_alarm else IncidentState.CLOSED
        incident = work.incidents.put(replace(incident, state=state, closed_at=at, close_note=note.strip()))
        if out:
            logbook.write(desk, work, Happening.OVERRIDE, at=at, incident_id=incident.id, text=override_reason.strip(),
                          reason="teams_out", teams=", ".join(team.name for team in out))
        ending.dissolve_all_posts(desk, work, incident, at=at)
        owed = recovering.lay(desk, work, incident, at=at)
        if not false_alarm:
            suggesting.from_incident(desk, work, incident, at=at)
        logbook.write(desk, work, Happening.CLOSED, at=at, incident_id=incident.id, text=note.strip(), state=state.value,
                      number=incident.number, title=incident.title, owed=owed or "")
        reporting.lay_dues(desk, work, incident, at=at)
        return Done(incident, work.commit("close_incident", incident=incident.number, state=state.value))


def reopen_incident(desk: Desk, *, incident_id: Id, reason: str) -> Done[Incident]:
    """Open a closed incident again, with a reason."""
    desk.may(Act.CLOSE_INCIDENT)
    if not reason.strip():
        raise ReasonMissing(act="reopen")
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        if incident.is_open:
            return Done(incident, work.commit("reopen_incident", incident=incident.number, was_open=True))
        incident = work.incidents.put(replace(incident, state=IncidentState.RESPONDING, closed_at=None, joined_to_id=None))
        logbook.write(desk, work, Happening.REOPENED, at=at, incident_id=incident.id, text=reason.strip(), number=incident.number)
        reporting.lay_dues(desk, work, incident, at=at)
        return Done(incident, work.commit("reopen_incident", incident=incident.number))


def erase_personal(desk: Desk, *, incident_id: Id) -> Done[int]:
    """Destroy the personal data of an incident when the response work is over (ERL24 Art. 85). Raises PurgeTooEarly, PurgeHeld."""
    desk.may(Act.ERASE_PERSONAL)
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        rows = purging.purge(desk, work, incident, at=at).records
        recovering.note_erased(work, incident.id, at=at)
        done = Done(rows, work.commit("erase_personal", incident=incident.number, rows=rows))
    purging.swept(desk)
    return done


def _open(work: UnitOfWork, incident_id: Id) -> Incident:
    incident = work.incidents.get(incident_id)
    if not incident.is_open:
        raise IncidentIsClosed(number=incident.number)
    return incident


def _open_or_closed(work: UnitOfWork, incident_id: Id) -> Incident:
    """Return an incident whose figures may still change: an open one, or one that was closed in earnest."""
    incident = work.incidents.get(incident_id)
    return incident if incident.state is IncidentState.CLOSED else _open(work, incident_id)


def _told(desk: Desk, name: str, value: str) -> str:
    if name == "area_id":
        return " ".join(area.name for area in desk.tree.path(Id(value)))
    return value
