"""A read transaction: the repositories, and the joined SELECTs that fill boards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Due, DueKind, DueLine, IncidentLine, LogLine, OrderLine
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES, Grade, IncidentState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.release_orders import ON_THE_ROAD
from emergency_desk.domain.teams import Team, TeamMove, TeamState
from emergency_desk.store.codec import moment_from_column, moment_to_column
from emergency_desk.store.readings.plan_shelf import PlanShelfReading
from emergency_desk.store.readings.plans import PlanReading
from emergency_desk.store.readings.register import BELOW, RegisterReading
from emergency_desk.store.readings.requests import RequestReading
from emergency_desk.store.readings.stock import StockReading
from emergency_desk.store.readings.stock_papers import StockPaperReading
from emergency_desk.store.readings.timeline import TimelineReading

_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
_LINE = """
SELECT i.id, i.number, i.title, i.type_id, i.grade, i.state, i.area_id, a.name, i.address, i.plan_tier, i.plan_level, i.occurred_at,
       i.recorded_at, i.closed_at, i.is_exercise,
       (SELECT count(*) FROM teams t WHERE t.incident_id = i.id) AS teams_out,
       (SELECT m.to_tier FROM command_moves m WHERE m.incident_id = i.id AND m.step IN ('begun', 'accepted', 'taken')
        ORDER BY m.seq DESC LIMIT 1),
       (SELECT group_concat(r.tier || ' ' || r.level) FROM responses r WHERE r.incident_id = i.id AND r.state <> 'ended')
FROM incidents i JOIN areas a ON a.id = i.area_id """
_DUE_RECEIPTS = f"""
SELECT d.id, i.id, i.number, i.title, t.name, d.receipt_due_at, t.name_en, '', d.order_number, t.duty_phone
FROM dispatches d JOIN incidents i ON i.id = d.incident_id JOIN teams t ON t.id = d.team_id
WHERE d.state = 'sent' AND d.receipt_at IS NULL AND i.state IN ({_OPEN}) """
# What the plan asked of a tier whose response has ended is not late any more: it was left open at the end (`responses.left_open_at`).
_STILL_ASKED = """NOT EXISTS (
    SELECT 1 FROM responses r WHERE r.incident_id = k.incident_id AND r.tier = k.tier AND r.state = 'ended' AND r.ended_at >= k.created_at
    AND k.action_id <> '' AND NOT EXISTS (
        SELECT 1 FROM responses s WHERE s.incident_id = r.incident_id AND s.tier = r.tier AND s.state <> 'ended'))"""
_DUE_TASKS = f"""
SELECT k.id, i.id, i.number, i.title, k.title, k.due_at, k.title_en, k.clause, '', ''
FROM tasks k JOIN incidents i ON i.id = k.incident_id
WHERE k.state = 'open' AND k.due_at IS NOT NULL AND i.state IN ({_OPEN}) AND {_STILL_ASKED} """
# A report is owed after the end of its incident too: the final report, and changes of dead and hurt.
_DUE_REPORTS = """
SELECT r.id, i.id, i.number, i.title, r.due_at, r.from_tier, r.to_tier, r.kind, r.family, r.channel, r.clock_at
FROM report_dues r JOIN incidents i ON i.id = r.incident_id WHERE r.state = 'open' """
# An offer waits while no later move of its incident answers it, passes the command on, or makes it again.
_DUE_OFFERS = f"""
SELECT m.id, i.id, i.number, i.title, m.answer_due_at, m.from_tier, m.to_tier
FROM command_moves m JOIN incidents i ON i.id = m.incident_id
WHERE m.step IN ('offered', 'repeated') AND m.answer_due_at IS NOT NULL AND i.state IN ({_OPEN})
      AND m.seq = (SELECT max(n.seq) FROM command_moves n WHERE n.incident_id = m.incident_id) """
# What is on the road and was to be there by a time, and the paper that follows a requisition: owed after the end of the incident too.
_DUE_SUPPLIES = f"""
SELECT o.id AS id, i.id, i.number, i.title, trim(o.vehicle || ' ' || o.driver), o.expected_at, '', '', o.number, o.driver_phone, 'transport'
FROM release_orders o JOIN incidents i ON i.id = o.incident_id
WHERE o.state IN ({", ".join(f"'{state}'" for state in ON_THE_ROAD)}) AND o.expected_at IS NOT NULL {{one}}
UNION ALL
SELECT r.id, i.id, i.number, i.title, r.what, r.paper_due_at, '', '', r.number, '', 'requisition_paper'
FROM requisitions r JOIN incidents i ON i.id = r.incident_id WHERE r.state = 'requisition_paper_owed' {{one}}"""
_TASK_MOMENTS = f"""
SELECT k.id, k.incident_id, k.due_at FROM tasks k JOIN incidents i ON i.id = k.incident_id
WHERE k.state = 'open' AND k.due_at IS NOT NULL AND i.state IN ({_OPEN}) AND {_STILL_ASKED} ORDER BY k.due_at, k.id """
# The last word of each team that is out: a state, a receipt, a check-in, or a mere "all well" in the log.
_CONTACTS = f"""
SELECT d.id, i.id, i.number, i.title, t.name, max(coalesce(t.state_since, 0), coalesce(d.receipt_at, 0), coalesce(d.checked_in_at, 0),
       coalesce((SELECT max(l.occurred_at) FROM log_entries l WHERE l.incident_id = i.id AND l.happening = 'team_heard' AND l.about_id = t.id),
                0)), t.name_en, '', d.order_number, t.duty_phone, t.state, t.id
FROM teams t JOIN incidents i ON i.id = t.incident_id JOIN dispatches d ON d.team_id = t.id AND d.incident_id = i.id
WHERE t.incident_id IS NOT NULL AND i.state IN ({_OPEN})
      AND (d.state IN ('sent', 'received') OR d.state = 'recalled' AND t.state = 'withdrawing') """
_NO_RECEIPT_AWAITED = "AND (d.state <> 'sent' OR d.receipt_at IS NOT NULL) "  # a receipt that fails to come is an alarm of its own
_AREAS_OUT = "SELECT d.id, t.area_id FROM teams t JOIN dispatches d ON d.team_id = t.id AND d.incident_id = t.incident_id"
_AT_ONCE = 500  # ids in one SELECT
_WORDS = "SELECT about_id, max(occurred_at) FROM log_entries WHERE incident_id = ? AND happening = 'team_heard' GROUP BY about_id"
LOG_PAGE = 200


class Reading(RegisterReading, StockReading, StockPaperReading, RequestReading, TimelineReading, PlanReading, PlanShelfReading):
    """One moment of the store."""

    def incident_lines(self, rest: str, values: Sequence[Any] = ()) -> list[IncidentLine]:
        """Return incident lines of a SELECT's rest over `i` (incidents) and `a` (areas), without their next due."""
        return [
            IncidentLine(
                id=Id(row[0]), number=row[1], title=row[2], type_id=row[3], grade=Grade(row[4]) if row[4] else None,
                state=IncidentState(row[5]), area_id=Id(row[6]), area_name=row[7], address=row[8], plan_tier=row[9], plan_level=row[10],
                occurred_at=_moment(row[11]), recorded_at=_moment(row[12]), closed_at=moment_from_column(row[13]),
                is_exercise=bool(row[14]), teams_out=row[15], holder=Tier(row[16]) if row[16] else None, levels=_levels(row[17]))
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

    def due_lines(
        self, *, now: datetime, silent_after: timedelta, at_once: timedelta, incident_id: Id | None = None,
    ) -> list[DueLine]:
        """Return everything open incidents wait for, silent teams among them, the earliest due first."""
        one = "AND i.id = ? " if incident_id else ""
        values = (incident_id,) if incident_id else ()
        silent = [line for line in self._contacts(silent_after, one + _NO_RECEIPT_AWAITED, values) if line.due_at <= now]
        return sorted([*self._receipts(one, values), *self._tasks(one, values), *self._reports(at_once, one, values),
                       *self._offers(one, values), *self._supplies(one, values * 2), *silent], key=_by_time)

    def due(self, *, tier: Tier, silent_after: timedelta, at_once: timedelta, most: int = 60) -> Due:
        """Return what presses at a desk: receipts and answers awaited, the reports its `tier` owes or is owed (what two other tiers owe one
        another is theirs to chase), the earliest tasks up to `most`, and the first task of each incident.

        A flood lays thousands of tasks; only their moments are read, for counting.
        """
        tasks = self._connection.exec_driver_sql(_TASK_MOMENTS).fetchall()
        first: dict[str, str] = {}
        for id_, incident_id, _moment_due in tasks:
            first.setdefault(incident_id, id_)
        wanted = list({*first.values(), *(row[0] for row in tasks[:most])})
        lines = [*self._receipts(), *self._reports(at_once, "AND ? IN (r.from_tier, r.to_tier) ", (tier.value,)), *self._offers(),
                 *self._supplies()]
        moments = sorted([*(line.due_at for line in lines), *(_moment(row[2]) for row in tasks)])
        for start in range(0, len(wanted), _AT_ONCE):
            ids = wanted[start:start + _AT_ONCE]
            lines += self._tasks(f"AND k.id IN ({', '.join('?' * len(ids))}) ", ids)
        contacts = sorted(self._contacts(silent_after, _NO_RECEIPT_AWAITED), key=_by_time)
        return Due(tuple(sorted(lines, key=_by_time)), tuple(moments), tuple(contacts))

    def _receipts(self, rest: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        return [_due(DueKind.RECEIPT, row) for row in self._connection.exec_driver_sql(_DUE_RECEIPTS + rest, tuple(values))]

    def _tasks(self, rest: str, values: Sequence[Any]) -> list[DueLine]:
        return [_due(DueKind.TASK, row) for row in self._connection.exec_driver_sql(_DUE_TASKS + rest, tuple(values))]

    def _contacts(self, silent_after: timedelta, rest: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        """Return when each team that is out counts as silent; one that was reported lost counts from that report."""
        found: dict[str, DueLine] = {}
        for row in self._connection.exec_driver_sql(f"{_CONTACTS}{rest}ORDER BY d.sent_at", tuple(values)):
            heard = _due(DueKind.CONTACT, row)
            waits = timedelta(0) if row[10] == TeamState.LOST_CONTACT else silent_after
            found[row[11]] = replace(heard, since=heard.due_at, due_at=heard.due_at + waits)
        return list(found.values())

    def silent_teams(self, *, now: datetime, silent_after: timedelta) -> list[Id]:
        """Return the area of each team that gave no word for too long, a receipt that fails to come among them."""
        areas = {row[0]: Id(row[1]) for row in self._connection.exec_driver_sql(_AREAS_OUT)}
        return [areas[line.id] for line in self._contacts(silent_after) if line.due_at <= now]

    def _reports(self, at_once: timedelta, rest: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        """Return the reports owed; one due at once is late only after what the house allows."""
        lines = []
        for row in self._connection.exec_driver_sql(_DUE_REPORTS + rest, tuple(values)):
            is_at_once = row[4] == row[10]
            due_at = _moment(row[4])
            lines.append(DueLine(
                kind=DueKind.REPORT, id=Id(row[0]), incident_id=Id(row[1]), incident_number=row[2], incident_title=row[3], what="",
                due_at=due_at + at_once if is_at_once else due_at, from_tier=row[5], to_tier=row[6], report_kind=row[7],
                report_family=row[8], channel=row[9], at_once_from=due_at if is_at_once else None))
        return lines

    def _offers(self, rest: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        return [
            DueLine(kind=DueKind.OFFER, id=Id(row[0]), incident_id=Id(row[1]), incident_number=row[2], incident_title=row[3], what="",
                    due_at=_moment(row[4]), from_tier=row[5], to_tier=row[6])
            for row in self._connection.exec_driver_sql(_DUE_OFFERS + rest, tuple(values))
        ]

    def _supplies(self, one: str = "", values: Sequence[Any] = ()) -> list[DueLine]:
        rows = self._connection.exec_driver_sql(_DUE_SUPPLIES.format(one=one), tuple(values))
        return [_due(DueKind(row[10]), row) for row in rows]

    def team_states(self, *, below: Id | None = None) -> dict[TeamState, int]:
        """Return how many teams stand in each state, of all or of an area and what lies below it."""
        here, values = (f" AND {BELOW}", (below,)) if below else ("", ())
        rows = self._connection.exec_driver_sql(f"SELECT t.state, count(*) FROM teams t WHERE t.is_retired = 0{here} GROUP BY t.state", values)
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
        words = {row[0]: _moment(row[1]) for row in self._connection.exec_driver_sql(_WORDS, (incident_id,))}
        orders = "SELECT {} FROM dispatches WHERE incident_id = ?"  # not the moves' own incident: orders of a joined one came over
        ordered = f"WHERE team_id IN ({orders.format('team_id')}) AND dispatch_id IN ({orders.format('id')}) ORDER BY seq"
        for move in self.team_moves.where(ordered, (incident_id, incident_id)):
            moves.setdefault(move.dispatch_id or move.team_id, []).append(move)
        return [
            _order_line(dispatch, self.teams.get(dispatch.team_id), tuple(moves.get(dispatch.id, ())), words.get(dispatch.team_id))
            for dispatch in self.dispatches.where("WHERE incident_id = ? ORDER BY sent_at DESC, order_number DESC", (incident_id,))
        ]

    def tasks_done_since(self, moment: datetime) -> int:
        """Return how many tasks were done or skipped since a moment."""
        return self.tasks.count("WHERE state <> 'open' AND ended_at >= ?", (moment_to_column(moment),))


def _moment(value: int) -> datetime:
    moment = moment_from_column(value)
    assert moment is not None
    return moment


def _order_line(order: Dispatch, team: Team, moves: tuple[TeamMove, ...], word: datetime | None) -> OrderLine:
    heard = [team.state_since, order.receipt_at, order.checked_in_at, word]
    return OrderLine(order, team, moves, max((at for at in heard if at is not None), default=None))


def _levels(told: str | None) -> tuple[tuple[Tier, Level], ...]:
    """Return the levels of "tier_street III,tier_district II", the street's first."""
    pairs = (each.split(" ") for each in (told or "").split(",") if each)
    return tuple(sorted(((Tier(tier), Level(level)) for tier, level in pairs), key=lambda pair: -pair[0].rank))


def _by_time(line: DueLine) -> tuple[datetime, DueKind, Id]:
    return line.due_at, line.kind, line.id


def _due(kind: DueKind, row: Sequence[Any]) -> DueLine:
    return DueLine(kind=kind, id=Id(row[0]), incident_id=Id(row[1]), incident_number=row[2], incident_title=row[3], what=row[4],
                   due_at=_moment(row[5]), what_en=row[6], clause=row[7], order_number=row[8], phone=row[9])
