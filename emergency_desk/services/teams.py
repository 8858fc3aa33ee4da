"""What teams report of themselves: their states, and gaps filled later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.errors import MoveNotAllowed, MoveOutOfOrder, TeamNotOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident, IncidentState, LogEntry
from emergency_desk.domain.teams import OUT, HowHeard, Team, TeamMove, TeamState, allowed_moves, move
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


def report_state(
    desk: Desk, *, team_id: Id, to: TeamState, occurred_at: datetime | None = None, reported_by: str = "",
    how: HowHeard = HowHeard.RADIO, note: str = "",
) -> Done[TeamMove]:
    """Record a state a team reports: who said so, how, when it was so. Skipped states are marked not reported (R-4.3).

    Raises MoveNotAllowed, MoveOutOfOrder, OccurredInFuture, NotFound.
    """
    desk.may(Act.REPORT_TEAM)
    at = desk.now()
    happened_at = occurred_at or at
    refuse_future(happened_at, at=at)
    with desk.open_work() as work:
        team = work.teams.get(team_id)
        incident_id = team.incident_id
        order_id = _order_in_force(work, team)
        moved, record = move(team, to=to, occurred_at=happened_at, recorded_at=at, move_id=desk.new_id(), account_id=desk.who,
                             dispatch_id=order_id, reported_by=reported_by.strip(), how=how, note=note.strip())
        work.teams.put(moved)
        work.team_moves.add(record)
        _follow(work, order_id, incident_id, to, at)
        logbook.write(desk, work, Happening.TEAM_STATE, at=at, incident_id=incident_id, occurred_at=happened_at, about_id=record.id,
                      text=note.strip(), team=team.name, team_en=team.name_en, to=to.value, from_state=team.state.value,
                      by=reported_by.strip(), how=how.value, unreported=",".join(record.unreported))
        return Done(record, work.commit("report_state", team=team.code or team.id, to=to.value))


def hear_team(
    desk: Desk, *, team_id: Id, occurred_at: datetime | None = None, reported_by: str = "", how: HowHeard = HowHeard.RADIO, note: str = "",
) -> Done[LogEntry]:
    """Record that a team that is out gave word, and nothing else changed; its silence is counted anew (domain §4.3).

    Raises TeamNotOut, MoveNotAllowed for a team reported lost (it must say where it is), OccurredInFuture, NotFound.
    """
    desk.may(Act.REPORT_TEAM)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        team = work.teams.get(team_id)
        if not team.is_out or team.incident_id is None:
            raise TeamNotOut(team=team.name, state=team.state)
        if team.state is TeamState.LOST_CONTACT:
            raise MoveNotAllowed(team=team.name, from_state=team.state, to_state=team.state, allowed=allowed_moves(team.state))
        entry = logbook.write(desk, work, Happening.TEAM_HEARD, at=at, incident_id=team.incident_id, occurred_at=occurred_at, about_id=team.id,
                              text=note.strip(), team=team.name, team_en=team.name_en, by=reported_by.strip(), how=how.value)
        return Done(entry, work.commit("hear_team", team=team.code or team.id))


def fill_gap(
    desk: Desk, *, dispatch_id: Id, state: TeamState, occurred_at: datetime, reported_by: str = "", how: HowHeard = HowHeard.RADIO,
) -> Done[TeamMove]:
    """Fill in a state that an earlier report had skipped, with the time it really was. The team's state now is not touched.

    Raises MoveNotAllowed when the state is not an open gap of this order, MoveOutOfOrder when the time does not fit between its neighbours.
    """
    desk.may(Act.REPORT_TEAM)
    at = desk.now()
    with desk.open_work() as work:
        order = work.dispatches.get(dispatch_id)
        team = work.teams.get(order.team_id)
        moves = work.team_moves.where("WHERE dispatch_id = ? ORDER BY seq", (dispatch_id,))
        gaps = open_gaps(moves)
        if state not in gaps:
            raise MoveNotAllowed(team=team.name, from_state=team.state, to_state=state, allowed=gaps)
        jump = next(one for one in moves if state in one.unreported)
        before = [one.occurred_at for one in moves if not one.fills_gap and one.to_state is jump.from_state]
        earliest = before[-1] if before else order.sent_at
        if not earliest <= occurred_at <= jump.occurred_at:
            raise MoveOutOfOrder(team=team.name, last_at=earliest, typed=occurred_at)
        record = work.team_moves.add(TeamMove(
            id=desk.new_id(), team_id=team.id, from_state=jump.from_state, to_state=state, occurred_at=occurred_at, recorded_at=at,
            account_id=desk.who, incident_id=order.incident_id, dispatch_id=order.id, reported_by=reported_by.strip(), how=how, fills_gap=True))
        logbook.write(desk, work, Happening.GAP_FILLED, at=at, incident_id=order.incident_id, occurred_at=occurred_at, about_id=record.id,
                      team=team.name, team_en=team.name_en, to=state.value, by=reported_by.strip(), how=how.value)
        return Done(record, work.commit("fill_gap", team=team.code or team.id, state=state.value))


def open_gaps(moves: list[TeamMove]) -> tuple[TeamState, ...]:
    """Return the states that were skipped and not filled yet, in the order of the road."""
    filled = {one.to_state for one in moves if one.fills_gap}
    skipped = [state for one in moves for state in one.unreported if state not in filled]
    return tuple(dict.fromkeys(skipped))


def list_teams(desk: Desk, *, text: str = "", states: tuple[TeamState, ...] = (), limit: int = 500) -> list[Team]:
    """Return teams in use found by name, pinyin, initials or code, by name."""
    conditions: list[str] = ["is_retired = 0"]
    values: list[str] = []
    for word in text.lower().split():
        conditions.append("search_key LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    if states:
        conditions.append(f"state IN ({', '.join('?' for _ in states)})")
        values.extend(state.value for state in states)
    where = "WHERE " + " AND ".join(conditions)
    with desk.reading() as reading:
        return reading.teams.where(f"{where} ORDER BY name, id LIMIT {int(limit)}", values)


def get_team(desk: Desk, *, team_id: Id) -> Team:
    """Return one team. Raises NotFound."""
    with desk.reading() as reading:
        return reading.teams.get(team_id)


def _order_in_force(work: UnitOfWork, team: Team) -> Id | None:
    if team.incident_id is None:
        found = work.dispatches.where("WHERE team_id = ? ORDER BY sent_at DESC LIMIT 1", (team.id,))
        return found[0].id if found and team.state is TeamState.RETURNED else None
    found = work.dispatches.where("WHERE team_id = ? AND incident_id = ? ORDER BY sent_at DESC LIMIT 1", (team.id, team.incident_id))
    return found[0].id if found else None


def _follow(work: UnitOfWork, order_id: Id | None, incident_id: Id | None, to: TeamState, at: datetime) -> None:
    """Let order and incident follow: an order ends when the team is no longer out; working on scene means responding."""
    if order_id is not None and to not in OUT:
        order = work.dispatches.get(order_id)
        if order.state in (OrderState.SENT, OrderState.RECEIVED):
            work.dispatches.put(replace(order, state=OrderState.DONE, ended_at=at))
    if incident_id is not None and to in (TeamState.ON_SCENE, TeamState.WORKING):
        incident: Incident = work.incidents.get(incident_id)
        if incident.state in (IncidentState.RECEIVED, IncidentState.VERIFYING, IncidentState.FIRST_RESPONSE):
            work.incidents.put(replace(incident, state=IncidentState.RESPONDING))
