"""Random evenings at the made-up desk: one incident and everything that may befall it, each act a public service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from emergency_desk.domain.boards import IncidentRoom
from emergency_desk.domain.incidents import Figures, IncidentState
from emergency_desk.domain.teams import TeamState, allowed_moves
from emergency_desk.services import dispatches, incidents, teams
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock

TEAMS = (story.FIRE_ONE, story.FIRE_TWO, story.MEDICAL, story.POLICE)


class Evening:
    """One incident and everything that may befall it."""

    def __init__(self, desk: Desk, clock: SetClock) -> None:
        self.desk, self.clock = desk, clock
        self.incident = story.opened(desk)
        self.acts: tuple[Callable[[int], object], ...] = (
            self.figures, self.send, self.receipt, self.move, self.move, self.end_task, self.reopen_task, self.say_state, self.write,
            self.correct, self.recall, self.close, self.reopen)

    @property
    def room(self) -> IncidentRoom:
        return incidents.open_room(self.desk, incident_id=self.incident.id)

    def figures(self, pick: int) -> None:
        incidents.report_figures(self.desk, incident_id=self.incident.id, figures=Figures(dead=pick % 12, hurt=pick % 5), reason="核实")

    def send(self, pick: int) -> None:
        story.send(self.desk, self.incident, TEAMS[pick % len(TEAMS)], reason="就近")

    def receipt(self, pick: int) -> None:
        orders = self.room.orders
        if orders:
            dispatches.take_receipt(self.desk, dispatch_id=orders[pick % len(orders)].dispatch.id)

    def move(self, pick: int) -> None:
        orders = self.room.orders
        if orders:
            team = orders[pick % len(orders)].team
            allowed = [state for state in allowed_moves(team.state) if state is not TeamState.LOST_CONTACT]
            teams.report_state(self.desk, team_id=team.id, to=allowed[pick % len(allowed)])

    def end_task(self, pick: int) -> None:
        tasks = self.room.tasks
        incidents.end_task(self.desk, task_id=tasks[pick % len(tasks)].id, skipped=pick % 3 == 0, reason="另有安排")

    def reopen_task(self, pick: int) -> None:
        tasks = self.room.tasks
        incidents.reopen_task(self.desk, task_id=tasks[pick % len(tasks)].id)

    def say_state(self, pick: int) -> None:
        states = (IncidentState.VERIFYING, IncidentState.RESPONDING, IncidentState.CONTROLLED)
        incidents.set_state(self.desk, incident_id=self.incident.id, state=states[pick % 3])

    def write(self, pick: int) -> None:
        was = self.clock.at - timedelta(minutes=pick % 9)
        incidents.write_log(self.desk, incident_id=self.incident.id, text=f"第 {pick} 句", occurred_at=was)

    def correct(self, pick: int) -> None:
        lines = self.room.log
        incidents.correct_log(self.desk, entry_id=lines[pick % len(lines)].entry.id, text="更正")

    def recall(self, pick: int) -> None:
        orders = self.room.orders
        if orders:
            dispatches.recall_team(self.desk, dispatch_id=orders[pick % len(orders)].dispatch.id)

    def close(self, pick: int) -> None:
        incidents.close_incident(self.desk, incident_id=self.incident.id, override_reason="已无危险", false_alarm=pick % 4 == 0)

    def reopen(self, _pick: int) -> None:
        incidents.reopen_incident(self.desk, incident_id=self.incident.id, reason="复燃")
