"""The clock of a drill and what hangs on it: its pace, the injects whose minute has come, and breaking off for a real event (R-7.3).

Source: AQ/T 9007-2019 7 (控制, 中断); domain R-7.1, R-7.3.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain import drill_life
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.drill_errors import PaceWrong, RealEventMissing
from emergency_desk.domain.drill_following import Following
from emergency_desk.domain.drill_life import PACES, REAL_TIME, running_time
from emergency_desk.domain.drill_twins import TwinMark
from emergency_desk.domain.drills import Drill, DrillPace, DrillState, DrillStep, Inject
from emergency_desk.domain.ids import Id
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.drill_twins import require_live
from emergency_desk.services.steps import drilling

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.store import Store


def set_pace(desk: Desk, *, drill_id: Id, percent: int) -> Done[DrillPace]:
    """Let the clock of a drill go at so many per cent of real time from now on. Raises PaceWrong, DrillStateWrong, DrillClockBack."""
    desk.may(Act.RUN_DRILL)
    if percent not in PACES:
        raise PaceWrong(typed=f"{percent / REAL_TIME:g}")
    at = desk.now()
    with desk.open_work() as work:
        drill = work.drills.get(drill_id)
        drill_life.require(drill, DrillStep.PACED)
        drilling.mark(desk, work, drill, DrillStep.PACED, at=at, text=f"× {percent / REAL_TIME:g}")
        pace = work.drill_paces.add(DrillPace(id=desk.new_id(), drill_id=drill.id, changed_at=at, account_id=desk.who, percent=percent))
        return Done(pace, work.commit("pace_drill", drill=drill.number, percent=percent))


def release_due(desk: Desk, *, drill_id: Id) -> Done[tuple[Inject, ...]]:
    """Let every inject go out whose minute has come by the clock of the drill, each with its own entry. Raises DrillClockBack."""
    desk.may(Act.RUN_DRILL)
    at = desk.now()
    with desk.reading() as reading:
        drill = reading.drills.get(drill_id)
        due = _due(reading, drill, at) if drill.state is DrillState.RUNNING else []
    if not due:
        return Done((), ChangeSet(journal_number=0))
    with desk.open_work() as work:
        gone = tuple(drilling.let_out(desk, work, drill, inject, at=at) for inject in _due(work, drill, at))
        return Done(gone, work.commit("release_due", drill=drill.number, injects=len(gone)))


def recall(desk: Desk, *, drill_id: Id, incident_id: Id) -> Done[Drill]:
    """Break a drill off for a real event that came: everybody is recalled, and nothing more is entered in its twin (R-7.3).

    Whoever sits at the real desk or at the twin may do it; no right of drills is asked for. Raises RealEventMissing, DrillStateWrong.
    """
    desk.may(Act.READ)
    require_live(desk)
    with desk.open_work() as work:
        drill, incident, at = work.drills.get(drill_id), work.incidents.get(incident_id), drilling.moment(desk, work, drill_id)
        if incident.is_exercise or not incident.is_open:
            raise RealEventMissing(number=incident.number)
        stored = work.drills.put(drill_life.moved(drill, DrillStep.STOPPED, at=at))
        drilling.mark(desk, work, stored, DrillStep.STOPPED, at=at, about_id=incident.id, text=f"{incident.number} {incident.title}")
        return Done(stored, work.commit("recall_drill", drill=stored.number, incident=incident.number))


def under_way(desk: Desk) -> tuple[Following, ...]:
    """Return every drill that is under way, as its participants see it."""
    with desk.reading() as reading:
        found = reading.drills.where("WHERE state IN (?, ?) ORDER BY started_at", (DrillState.RUNNING.value, DrillState.PAUSED.value))
        return tuple(_following(reading, drill, drill.started_at or drill.created_at) for drill in found)


def follow(store: Store, mark: TwinMark) -> Following:
    """Return how the drill of a twin stands at the real desk's store. Raises NotFound, StoreTrouble."""
    with store.reading() as reading:
        drill = reading.drills.get(mark.drill_id)
        return _following(reading, drill, drill.started_at or mark.made_at)


def _following(reading: Reading, drill: Drill, since: datetime) -> Following:
    about = (drill.id,)
    return Following(
        drill=drill, marks=tuple(reading.drill_marks.where("WHERE drill_id = ? AND step <> 'drill_step_measured' ORDER BY seq", about)),
        paces=tuple(reading.drill_paces.where("WHERE drill_id = ? ORDER BY seq", about)),
        injects=tuple(reading.injects.where("WHERE drill_id = ? AND released_at IS NOT NULL ORDER BY released_at DESC, number DESC", about)),
        real=tuple(line for line in reading.open_incident_lines() if line.recorded_at >= since and not line.is_exercise))


def _due(reading: Repositories, drill: Drill, at: datetime) -> list[Inject]:
    marks = reading.drill_marks.where("WHERE drill_id = ? ORDER BY seq", (drill.id,))
    paces = reading.drill_paces.where("WHERE drill_id = ? ORDER BY seq", (drill.id,))
    ran = running_time(marks, until=at, paces=paces)
    return [inject for inject in reading.injects.where(
        "WHERE drill_id = ? AND is_dropped = 0 AND released_at IS NULL ORDER BY at_minutes, number", (drill.id,))
            if timedelta(minutes=inject.at_minutes) <= ran]
