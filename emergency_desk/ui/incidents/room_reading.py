"""What the room of an incident reads on the store thread, and the frozen answer it shows. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from emergency_desk.domain.boards import IncidentLine, IncidentRoom, LogLine, OrderLine
from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.grading import GradeSuggestion, NearMiss
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.request_boards import SupplyBoard
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import dispatches, grades, incidents, supply_board
from emergency_desk.services.desk import Desk
from emergency_desk.services.grades import Family, Grading
from emergency_desk.services.teams import open_gaps
from emergency_desk.ui.incidents.team_facts import TeamFact, TeamFacts
from emergency_desk.wording.composing import NamedTeam

PAGE = 120
_IN_FORCE = (OrderState.SENT, OrderState.RECEIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Who should go now: the needs that are left, the teams recommended, and everybody else with the first reason."""

    needs: tuple[tuple[str, int], ...] = ()
    unmet: tuple[tuple[str, int], ...] = ()
    chosen: tuple[TeamFact, ...] = ()
    could_go: tuple[TeamFact, ...] = ()
    by_request: tuple[TeamFact, ...] = ()
    barred: tuple[TeamFact, ...] = ()
    could_total: int = 0
    request_total: int = 0
    barred_total: int = 0

    def find(self, team_id: str) -> TeamFact | None:
        """Return a team that is listed, or None."""
        listed = (*self.chosen, *self.could_go, *self.by_request, *self.barred)
        return next((each for each in listed if each.id == team_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """Everything the room shows at one moment."""

    room: IncidentRoom
    grade: GradeSuggestion
    advised: Advised | None
    others_open: tuple[IncidentLine, ...]
    corrected: Mapping[Id | None, LogLine] = field(default_factory=dict)  # log lines of this page by their id
    near_miss: NearMiss
    gradings: tuple[Grading, ...] = ()  # its own table's first, then those of what else it is
    family: Family = field(default_factory=Family)
    supplies: SupplyBoard

    @property
    def id(self) -> Id:
        """The incident's id."""
        return self.room.incident.id

    @property
    def numbers(self) -> dict[Id, str]:
        """The numbers of every open incident."""
        return {each.id: each.number for each in self.others_open} | {self.id: self.room.incident.number}

    def order(self, key: str) -> OrderLine | None:
        """Return the order of an id, or None."""
        return next((each for each in self.room.orders if each.dispatch.id == key), None)

    def order_of_team(self, team_id: Id) -> OrderLine | None:
        """Return the newest order of a team that is in force, else its newest."""
        own = [each for each in self.room.orders if each.team.id == team_id]
        return next((each for each in own if each.dispatch.state in _IN_FORCE), own[0] if own else None)

    @property
    def named_teams(self) -> tuple[NamedTeam, ...]:
        """The teams a command of the composer may name."""
        return tuple({each.team.id: NamedTeam(each.team.id, each.team.name, each.team.name_en) for each in self.room.orders}.values())

    @property
    def plan_since(self) -> LogLine | None:
        """The log line by which the incident took the plan and level it runs at, if it is among those read."""
        return next((each for each in self.room.log if each.entry.happening is Happening.PLAN_CHOSEN), None)


def gaps(order: OrderLine) -> tuple[TeamState, ...]:
    """Return the states a team skipped on this order and nobody filled in yet."""
    return open_gaps(list(order.moves))


def falls_silent(view: RoomView, now: datetime) -> bool:
    """Say whether a team has become silent since the room was read."""
    turns = (each.silent_at(view.room.silent_minutes) for each in view.room.orders)
    return view.room.incident.is_open and any(turn is not None and view.room.read_at < turn <= now for turn in turns)


def read_room(desk: Desk, incident_id: Id, *, log_limit: int, listed: int) -> RoomView:
    """Read all of it. Runs on the store thread. Raises NotFound."""
    room = incidents.open_room(desk, incident_id=incident_id, log_limit=log_limit)
    advised = _advise(desk, room, listed) if room.incident.is_open else None
    return RoomView(
        room=room, grade=incidents.grade_now(desk, incident_id=incident_id), advised=advised,
        others_open=tuple(each for each in incidents.list_open(desk) if each.id != incident_id),
        corrected={each.entry.id: each for each in room.log}, near_miss=grades.near_miss(desk, incident=room.incident),
        gradings=grades.gradings(desk, incident=room.incident), family=grades.family(desk, incident=room.incident),
        supplies=supply_board.supply_board(desk, incident_id=incident_id),
    )


def _advise(desk: Desk, room: IncidentRoom, listed: int) -> Advised:
    found = dispatches.recommend(desk, incident_id=room.incident.id)
    needs = dispatches.needs_left(desk, room.incident, dispatches.served_by(each.dispatch for each in room.orders), room.ladder.responses)
    make = TeamFacts(desk.memory.roster(today=local_day(desk.now())), found, desk.trade.travel,
                     [*found.unmet, *needs, *dispatches.needs_asked(desk, room.incident, room.ladder.responses)])
    could = sum(count for reason, count in found.counts.items() if reason.could_go)
    return Advised(
        needs=tuple(needs.items()), unmet=tuple(found.unmet.items()),
        chosen=make.advised(),
        could_go=make.of(found.others[:min(could, listed)]), by_request=make.of(found.by_request[:listed]),
        barred=make.of(found.others[could:could + listed]),
        could_total=could, request_total=len(found.by_request), barred_total=len(found.others) - could,
    )
