"""The duty board: how are we, what is next, why — read in one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from emergency_desk.domain.boards import Due, DueLine, DutyBoard, IncidentLine
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import from_local, local_day
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import library
from emergency_desk.services.desk import Desk
from emergency_desk.store.readings.reading import Reading


def duty_board(desk: Desk, *, log_limit: int = 60) -> DutyBoard:
    """Return the board of this desk: open incidents by urgency, what is due, teams by state, the newest log lines."""
    now, silent_after = desk.now(), _silent_after(desk)
    with desk.reading() as reading:
        due = reading.due(tier=desk.tier, silent_after=silent_after, at_once=desk.trade.clocks.at_once)
        incidents = sorted(_with_due(reading.open_incident_lines(), due.pressing(now)), key=_urgency)
        return DutyBoard(
            read_at=now, incidents=tuple(incidents), due=due, team_states=_team_states(desk, reading),
            log=tuple(reading.log_lines(limit=log_limit)), done_today=reading.tasks_done_since(from_local(local_day(now), 0, 0)))


def what_is_due(desk: Desk, *, incident_id: Id | None = None) -> list[DueLine]:
    """Return everything that is due, silent teams too, the earliest first."""
    now, silent_after = desk.now(), _silent_after(desk)
    with desk.reading() as reading:
        return reading.due_lines(now=now, silent_after=silent_after, at_once=desk.trade.clocks.at_once, incident_id=incident_id)


def what_presses(desk: Desk) -> Due:
    """Return what presses at this desk: receipts awaited, teams out, the earliest tasks, and how many more there are by the clock."""
    silent_after = _silent_after(desk)
    with desk.reading() as reading:
        return reading.due(tier=desk.tier, silent_after=silent_after, at_once=desk.trade.clocks.at_once)


def _team_states(desk: Desk, reading: Reading) -> dict[TeamState, int]:
    """Return the teams by state that stand in this desk's area: a street's board does not count the whole city as its own."""
    return dict(desk.memory.team_states(reading, below=None if desk.area_id == desk.facts.area_id else desk.area_id))


def _silent_after(desk: Desk) -> timedelta:
    return timedelta(minutes=library.silent_minutes(desk))


def _with_due(lines: list[IncidentLine], due: Sequence[DueLine]) -> list[IncidentLine]:
    first: dict[Id, DueLine] = {}
    for line in due:
        first.setdefault(line.incident_id, line)
    return [replace(line, next_due=first.get(line.id)) for line in lines]


def _urgency(line: IncidentLine) -> tuple[int, float, float]:
    """The worse grade first, then the earlier due, then the newer."""
    due = line.next_due.due_at.timestamp() if line.next_due else float("inf")
    return (line.grade.rank if line.grade else 4, due, -line.recorded_at.timestamp())
