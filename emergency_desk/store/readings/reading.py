"""A read transaction: the repositories, and the joined SELECTs that fill boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from emergency_desk.domain.boards import Due, DueKind, DueLine, IncidentLine, LogLine, OrderLine
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES, Grade, IncidentState
from emergency_desk.domain.teams import TeamMove, TeamState
from emergency_desk.store.codec import moment_from_column, moment_to_column
from emergency_desk.store.readings.register import RegisterReading
from emergency_desk.store.readings.timeline import TimelineReading

_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
_LINE = """
SELECT i.id, i.number, i.title, i.type_id, i.grade, i.state, i.area_id, a.name, i.address, i.plan_tier, i.plan_level, i.occurred_at,
       i.recorded_at, i.closed_at, i.is_exercise,
       (SELECT count(*) FROM teams t WHERE t.incident_id = i.id) AS teams_out
FROM incidents i JOIN areas a ON a.id = i.area_id """
_DUE_RECEIPTS = f"""
SELECT d.id, i.id, i.number, i.title, t.name, d.receipt_due_at, t.name_en, '', d.order_number, t.duty_phone
FROM dispatches d JOIN incidents i ON i.id = d.incident_id JOIN teams t ON t.id = d.team_id
WHERE d.state = 'sent' AND d.receipt_at IS NULL AND i.state IN ({_OPEN}) """
_DUE_TASKS = f"""
SELECT k.id, i.id, i.number, i.title, k.title, k.due_at, k.title_en, k.clause, '', ''
FROM tasks k JOIN incidents i ON i.id = k.incident_id
WHERE k.state = 'open' AND k.due_at IS NOT NULL AND i.state IN ({_OPEN}) """
_TASK_MOMENTS = f"""
SELECT k.id, k.incident_id, k.due_at FROM tasks k JOIN incidents i ON i.id = k.incident_id
WHERE k.state = 'open' AND k.due_at IS NOT NULL AND i.state IN ({_OPEN}) ORDER BY k.due_at, k.id """
_AT_ONCE = 500  # ids in one SELECT
LOG_PAGE = 200


class Reading(RegisterReading, TimelineReading):
    """One moment of the store."""

    def incident_lines(self, rest: str, values: Sequence[Any] = ()) -> list[IncidentLine]:
        """Return incident lines of a SELECT's rest over `i` (incidents) and `a` (areas), without their next due."""
        return [
            IncidentLine(
                id=Id(row[0]), number=row[1], title=row[2], type_id=row[3], grade=Grade(row[4]) if row[4] else None,
                state=IncidentState(row[5]), area_id=Id(row[6]), area_name=row[7], address=row[8], plan_tier=row[9], plan_level=row[10],
                occurred_at=_moment(row[11]), recorded_at=_moment(row[12]), closed_at=moment_from_column(row[13]),
                is_exercise=bool(row[14]), teams_out=row[15])
            for row in self._connection.exec_driver_sql(_LINE + rest, tuple(values))
        ]

    def open_incident_lines(self) -> list[IncidentLine]:
        """Return every open incident, the newest first."""
        return self.incident_lines(f"WHERE i.state IN ({_OPEN}) ORDER BY i.recorded_at DESC, i.id DESC")

    def ended_incident_lines(self, *, before: tuple[datetime, Id] | None = None, limit: int = 200) -> list[IncidentLine]:
        """Return a page of ended incidents, newest first, starting after (recorded_at, id)."""
        ended = f"WHERE i.state NOT IN ({_OPEN})"
        if before is None:
            return self.incident_lines(f"{ended} ORDER BY i.recorded_at DESC, i.id DESC LIMIT ?", (limit,))
        page = f"{ended} AND (i.recorded_at, i.id) < (?, ?) ORDER BY i.recorded_at DESC, i.id DESC LIMIT ?"
        return self.incident_lines(page, (moment_to_column(before[0]), before[1], limit))

    def due_lines(self, *, incident_id: Id | None = None) -> list[DueLine]:
        """Return everything open incidents wait for, the earliest due first."""
        one = "AND i.id = ? " if incident_id else ""
        values = (incident_id,) if incident_id else ()
        return sorted([*self._receipts(one, values), *self._tasks(one, values)], key=_by_time)

    def due(self, *, most: int = 60) -> Due:
        """Return what presses: every receipt awaited, the earliest tasks up to `most`, and the first task of each incident.

        A flood lays thousands of tasks; only their moments are read, for counting.
        """
        tasks = self._connection.exec_driver_sql(_TASK_MOMENTS).fetchall()
        first: dict[str, str] = {}
        for id_, incident_id, _moment_due in tasks:
            first.setdefault(incident_id, id_)
        wanted = list({*first.values(), *(row[0] for row in tasks[:most])})
        lines = self._receipts()
        moments = sorted([*(line.due_at for line in lines), *(_moment(row[2]) for row in tasks)])
        for start in range(0, len(wanted), _AT_ONCE):
            ids = wanted[start:start + _AT_ONCE]
            lines += self._tasks(f"AND k.id IN ({', '.join('?' * len(ids))}) ", ids)
        return Due(tuple(sorted(lines, key=_by_time)), tuple(moments))

    def _receipts(self, rest: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        return [_due(DueKind.RECEIPT, row) for row in self._connection.exec_driver_sql(_DUE_RECEIPTS + rest, tuple(values))]

    def _tasks(self, rest: str, values: Sequence[Any]) -> list[DueLine]:
        return [_due(DueKind.TASK, row) for row in self._connection.exec_driver_sql(_DUE_TASKS + rest, tuple(values))]

    def team_states(self) -> dict[TeamState, int]:
        """Return how many teams stand in each state."""
        rows = self._connection.exec_driver_sql("SELECT state, count(*) FROM teams WHERE is_retired = 0 GROUP BY state")
        return {TeamState(state): count for state, count in rows}

    def log_lines(self, *, incident_id: Id | None = None, before: int | None = None, limit: int = LOG_PAGE) -> list[LogLine]:
        """Return a page of the log, the newest first, of one incident or of the whole desk, before a sequence number."""
        conditions, values = [], []
        if incident_id is not None:
            conditions.append("l.incident_id = ?")
            values.append(incident_id)
        if before is not None:
            conditions.append("l.sequence < ?")
            values.append(before)  # type: ignore[arg-type]
        where = ("WHERE " + " AND ".join(conditions)) if conditions else ""
        return self.log_of(f"{where} ORDER BY l.sequence DESC LIMIT ?", (*values, limit))

    def log_lines_between(self, from_at: datetime, until_at: datetime) -> list[LogLine]:
        """Return everything the desk wrote down from one moment until before another, in the order of entry."""
        return self.log_of("WHERE l.recorded_at >= ? AND l.recorded_at < ? ORDER BY l.sequence",
                               (moment_to_column(from_at), moment_to_column(until_at)))

    def order_lines(self, incident_id: Id) -> list[OrderLine]:
        """Return the orders of an incident with team and moves, the newest order first."""
        moves: dict[str, list[TeamMove]] = {}
        orders = "SELECT {} FROM dispatches WHERE incident_id = ?"  # not the moves' own incident: orders of a joined one came over
        ordered = f"WHERE team_id IN ({orders.format('team_id')}) AND dispatch_id IN ({orders.format('id')}) ORDER BY seq"
        for move in self.team_moves.where(ordered, (incident_id, incident_id)):
            moves.setdefault(move.dispatch_id or move.team_id, []).append(move)
        return [
            OrderLine(dispatch, self.teams.get(dispatch.team_id), tuple(moves.get(dispatch.id, ())))
            for dispatch in self.dispatches.where("WHERE incident_id = ? ORDER BY sent_at DESC, order_number DESC", (incident_id,))
        ]

    def tasks_done_since(self, moment: datetime) -> int:
        """Return how many tasks were done or skipped since a moment."""
        return self.tasks.count("WHERE state <> 'open' AND ended_at >= ?", (moment_to_column(moment),))


def _moment(value: int) -> datetime:
    moment = moment_from_column(value)
    assert moment is not None
    return moment


def _by_time(line: DueLine) -> tuple[datetime, DueKind, Id]:
    return line.due_at, line.kind, line.id


def _due(kind: DueKind, row: Sequence[Any]) -> DueLine:
    return DueLine(kind=kind, id=Id(row[0]), incident_id=Id(row[1]), incident_number=row[2], incident_title=row[3], what=row[4],
                   due_at=_moment(row[5]), what_en=row[6], clause=row[7], order_number=row[8], phone=row[9])
