"""What teams report, in order and with gaps; and any evening at all, played by chance, leaves the store sound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.errors import MoveNotAllowed, MoveOutOfOrder, OccurredInFuture, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, IncidentState
from emergency_desk.domain.teams import OUT, TeamState, allowed_moves
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, make_desk
from tests.builders import teams as made_up_teams
from tests.quickness import examples


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, plans=story.FIRE_PLANS)


def test_a_report_keeps_who_said_it_how_and_both_times(desk: Desk, clock: SetClock) -> None:
    story.take(desk, story.FIRE_ONE)
    was = clock.forward(3)
    clock.forward(4)
    move = teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.DISPATCHED, occurred_at=was, reported_by="班长").value
    assert (move.occurred_at, move.recorded_at, move.reported_by, move.how) == (was, clock.at, "班长", "radio")
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state_since == was


def test_a_state_the_machine_does_not_know_is_refused(desk: Desk) -> None:
    with pytest.raises(MoveNotAllowed):
        teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.WORKING)


def test_a_report_before_the_last_one_or_of_tomorrow_is_refused(desk: Desk) -> None:
    story.take(desk, story.FIRE_ONE)
    with pytest.raises(MoveOutOfOrder):
        teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.EN_ROUTE, occurred_at=desk.now() - timedelta(minutes=1))
    with pytest.raises(OccurredInFuture):
        teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.EN_ROUTE, occurred_at=desk.now() + timedelta(minutes=9))


def test_a_team_on_scene_makes_the_incident_one_that_is_responded_to(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    assert incidents.open_room(desk, incident_id=incident.id).incident.state is IncidentState.RESPONDING


def test_the_order_ends_when_the_team_is_back(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING, TeamState.RETURNED)
    (line,) = incidents.open_room(desk, incident_id=taken.incident.id).orders
    assert (line.dispatch.state, line.dispatch.ended_at) == (OrderState.DONE, desk.now())


def test_skipped_states_stay_open_until_they_are_filled(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    order, left = taken.orders[0], clock.forward(2)
    clock.forward(8)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    (line,) = incidents.open_room(desk, incident_id=taken.incident.id).orders
    assert teams.open_gaps(list(line.moves)) == (TeamState.DISPATCHED, TeamState.EN_ROUTE)
    teams.fill_gap(desk, dispatch_id=order.id, state=TeamState.EN_ROUTE, occurred_at=left)
    (line,) = incidents.open_room(desk, incident_id=taken.incident.id).orders
    assert teams.open_gaps(list(line.moves)) == (TeamState.DISPATCHED,)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state is TeamState.ON_SCENE  # the state now is not touched
    story.assert_sound(desk)


def test_a_clock_that_was_wrong_for_a_while_holds_no_team_up(desk: Desk, clock: SetClock) -> None:
    clock.forward(24 * 60)  # somebody set it a day ahead
    story.take(desk, story.FIRE_ONE)
    clock.forward(-24 * 60 + 5)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state_since == clock.at
    with pytest.raises(MoveOutOfOrder):
        teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.RETURNED, occurred_at=clock.at - timedelta(minutes=1))
    story.assert_sound(desk)


def test_a_gap_is_filled_once_and_between_its_neighbours(desk: Desk, clock: SetClock) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    before = clock.at - timedelta(minutes=1)
    clock.forward(5)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    for moment in (before, clock.at + timedelta(minutes=1)):
        with pytest.raises(MoveOutOfOrder):
            teams.fill_gap(desk, dispatch_id=order.id, state=TeamState.EN_ROUTE, occurred_at=moment)
    teams.fill_gap(desk, dispatch_id=order.id, state=TeamState.EN_ROUTE, occurred_at=clock.at)
    with pytest.raises(MoveNotAllowed):
        teams.fill_gap(desk, dispatch_id=order.id, state=TeamState.EN_ROUTE, occurred_at=clock.at)


def test_a_team_lost_from_contact_keeps_its_incident(desk: Desk) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    story.report(desk, story.FIRE_ONE, TeamState.EN_ROUTE, TeamState.LOST_CONTACT)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).incident_id == incident.id
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)


def test_a_team_works_at_one_place_after_another(desk: Desk) -> None:
    story.take(desk, story.FIRE_ONE)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING, TeamState.EN_ROUTE, TeamState.WORKING, TeamState.RETURNED, TeamState.STANDBY)
    story.assert_sound(desk)


def test_teams_are_listed_by_name_initials_and_state(desk: Desk) -> None:
    assert [team.name for team in teams.list_teams(desk, text="xf te")] == ["消防特勤站"]
    assert [team.name for team in teams.list_teams(desk, text="xftq")] == ["消防特勤站"]
    story.take(desk, story.FIRE_ONE)
    assert [team.id for team in teams.list_teams(desk, states=(TeamState.MUSTERING,))] == [story.FIRE_ONE]


TEAMS = [team.id for team in made_up_teams()]
MINUTES = st.integers(-5, 30)


@contextmanager
def only_refusals() -> Iterator[None]:
    """A refusal is an answer; anything else is a fault of ours."""
    try:
        yield
    except Refused:
        return


class AnyEvening(RuleBasedStateMachine):
    """Random calls, orders, reports and ends. Whatever happens, the store stays sound and no team is in two places."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="desk-machine-", ignore_cleanup_errors=True)
        self.clock = SetClock()
        self.desk = make_desk(Path(self.folder.name), clock=self.clock, plans=story.FIRE_PLANS)
        self.incidents: list[Id] = []
        self.orders: list[Id] = []
        self.calls: list[Id] = []

    def kept(self, taken: calls.TakenCall) -> None:
        self.incidents.append(taken.incident.id)
        self.calls.append(taken.call.id)
        self.orders.extend(order.id for order in taken.orders)

    @rule(sent=st.lists(st.sampled_from(TEAMS), max_size=2), dead=st.none() | st.integers(0, 40))
    def a_call(self, sent: list[Id], dead: int | None) -> None:
        with only_refusals():
            self.kept(story.take(self.desk, *sent, figures=Figures(dead=dead)))

    @rule(minutes=st.integers(0, 90))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes)

    @precondition(lambda self: self.incidents)
    @rule(data=st.data(), team=st.sampled_from(TEAMS), reason=st.sampled_from(["", "命令"]), applied=st.booleans())
    def an_order(self, data: st.DataObject, team: Id, reason: str, applied: bool) -> None:
        incident = data.draw(st.sampled_from(self.incidents))
        with only_refusals():
            if applied:
                done = dispatches.accept_application(self.desk, incident_id=incident, team_id=team, applied_by="队长")
                self.orders.extend(order.id for order in done.value)
            else:
                sending = (story.Sending(team_id=team),)
                sent = dispatches.send_teams(self.desk, incident_id=incident, teams=sending, override_reason=reason)
                self.orders.extend(order.id for order in sent.value)

    @rule(data=st.data(), team=st.sampled_from(TEAMS), minutes=MINUTES)
    def a_likely_report(self, data: st.DataObject, team: Id, minutes: int) -> None:
        to = data.draw(st.sampled_from(allowed_moves(teams.get_team(self.desk, team_id=team).state)))
        with only_refusals():
            teams.report_state(self.desk, team_id=team, to=to, occurred_at=self.clock.at - timedelta(minutes=minutes))

    @rule(team=st.sampled_from(TEAMS), to=st.sampled_from(TeamState))
    def any_report(self, team: Id, to: TeamState) -> None:
        with only_refusals():
            teams.report_state(self.desk, team_id=team, to=to)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), act=st.sampled_from(["receipt", "recall", "check_in"]), state=st.sampled_from(TeamState), minutes=MINUTES)
    def about_an_order(self, data: st.DataObject, act: str, state: TeamState, minutes: int) -> None:
        order = data.draw(st.sampled_from(self.orders))
        with only_refusals():
            if act == "receipt":
                dispatches.take_receipt(self.desk, dispatch_id=order)
            elif act == "recall":
                dispatches.recall_team(self.desk, dispatch_id=order)
            else:
                teams.fill_gap(self.desk, dispatch_id=order, state=state, occurred_at=self.clock.at - timedelta(minutes=minutes))

    @precondition(lambda self: self.incidents)
    @rule(data=st.data(), act=st.sampled_from(["close", "reopen", "figures", "join", "part", "state"]), reason=st.sampled_from(["", "因"]))
    def about_an_incident(self, data: st.DataObject, act: str, reason: str) -> None:
        incident, other = (data.draw(st.sampled_from(self.incidents)) for _ in range(2))
        acts: dict[str, Any] = {
            "close": lambda: incidents.close_incident(self.desk, incident_id=incident, override_reason=reason),
            "reopen": lambda: incidents.reopen_incident(self.desk, incident_id=incident, reason=reason),
            "figures": lambda: incidents.report_figures(self.desk, incident_id=incident, figures=Figures(dead=2), reason=reason),
            "join": lambda: calls.join_incident(self.desk, incident_id=incident, into_id=other),
            "part": lambda: self.incidents.append(calls.part_call(self.desk, call_id=data.draw(st.sampled_from(self.calls))).value.id),
            "state": lambda: incidents.set_state(self.desk, incident_id=incident, state=IncidentState.CONTROLLED),
        }
        with only_refusals():
            acts[act]()

    @invariant()
    def a_team_has_an_incident_exactly_while_it_is_out(self) -> None:
        with self.desk.reading() as reading:
            for team in reading.teams.where(""):
                assert (team.state in OUT) == (team.incident_id is not None), team

    @invariant()
    def a_team_has_one_order_in_force_at_most(self) -> None:
        with self.desk.reading() as reading:
            in_force = [order.team_id for order in reading.dispatches.where("WHERE state IN ('sent', 'received')")]
        assert len(in_force) == len(set(in_force))

    def teardown(self) -> None:
        story.assert_sound(self.desk)
        for incident in self.incidents:
            incidents.open_room(self.desk, incident_id=incident)
        self.desk.store.close()
        self.folder.cleanup()


AnyEvening.TestCase.settings = settings(max_examples=examples(25), stateful_step_count=25, deadline=None, derandomize=True)
TestAnyEvening = AnyEvening.TestCase
