"""A team that is out and gives no word for too long is due like everything else that is late (失联, domain §4.3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.boards import DueKind, NextActKind
from emergency_desk.domain.errors import FieldUnreadable, MoveNotAllowed, OccurredInFuture, TeamNotOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import boards, dispatches, incidents, library, register_lists, teams
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import DISTRICT, SetClock, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, plans=story.FIRE_PLANS)


def working(desk: Desk) -> TakenCall:
    """A fire at which one team works, with its receipt given."""
    taken = story.take(desk, story.FIRE_ONE)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING)
    return taken


def silent(desk: Desk) -> list[str]:
    return [line.what for line in boards.duty_board(desk).due.silent(desk.now())]


def test_a_team_at_work_is_silent_after_the_minutes_of_the_setting(desk: Desk, clock: SetClock) -> None:
    working(desk)
    clock.forward(29)
    assert silent(desk) == []
    late = boards.duty_board(desk).overdue
    clock.forward(1)
    assert silent(desk) == ["消防一站"]
    assert boards.duty_board(desk).overdue >= late + 1
    (line,) = boards.duty_board(desk).due.silent(desk.now())
    assert (line.kind, line.phone) == (DueKind.CONTACT, "0532-00000101")
    assert line.since is not None and (line.due_at - line.since).total_seconds() == 30 * 60


def test_the_desk_sets_its_own_minutes(desk: Desk, clock: SetClock) -> None:
    working(desk)
    library.set_silent_minutes(desk, minutes=5)
    clock.forward(5)
    assert silent(desk) == ["消防一站"]
    for minutes in (0, -1, 2_000):
        with pytest.raises(FieldUnreadable):
            library.set_silent_minutes(desk, minutes=minutes)


@pytest.mark.parametrize("word", ["state", "check-in", "mere word"])
def test_any_word_of_the_team_begins_the_count_anew(desk: Desk, clock: SetClock, word: str) -> None:
    order = working(desk).orders[0].id
    clock.forward(40)
    if word == "state":
        story.report(desk, story.FIRE_ONE, TeamState.WITHDRAWING)
    elif word == "check-in":
        dispatches.check_in(desk, dispatch_id=order)
    else:
        teams.hear_team(desk, team_id=story.FIRE_ONE, reported_by="班长", note="一切正常")
    assert silent(desk) == []
    clock.forward(30)
    assert silent(desk) == ["消防一站"]
    story.assert_sound(desk)


def test_a_mere_word_leaves_the_state_and_its_time_alone(desk: Desk, clock: SetClock) -> None:
    taken = working(desk)
    before = teams.get_team(desk, team_id=story.FIRE_ONE)
    clock.forward(10)
    teams.hear_team(desk, team_id=story.FIRE_ONE, occurred_at=clock.at)
    after = teams.get_team(desk, team_id=story.FIRE_ONE)
    assert (after.state, after.state_since) == (before.state, before.state_since)
    assert story.happenings(desk, taken.incident)[-1] == "team_heard"
    with pytest.raises(OccurredInFuture):
        teams.hear_team(desk, team_id=story.FIRE_ONE, occurred_at=clock.at.replace(year=2099))


def test_a_team_reported_lost_is_due_at_once_until_it_says_where_it_is(desk: Desk, clock: SetClock) -> None:
    working(desk)
    story.report(desk, story.FIRE_ONE, TeamState.LOST_CONTACT)
    assert silent(desk) == ["消防一站"]
    with pytest.raises(MoveNotAllowed):
        teams.hear_team(desk, team_id=story.FIRE_ONE)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING)
    assert silent(desk) == []


def test_a_receipt_awaited_has_its_own_alarm_and_a_team_at_home_is_not_awaited(desk: Desk, clock: SetClock) -> None:
    story.take(desk, story.FIRE_ONE)
    clock.forward(60)
    assert silent(desk) == []
    with pytest.raises(TeamNotOut):
        teams.hear_team(desk, team_id=story.FIRE_TWO)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING, TeamState.RETURNED)
    clock.forward(60)
    assert silent(desk) == []


def test_a_recalled_team_is_awaited_until_it_is_back(desk: Desk, clock: SetClock) -> None:
    order = working(desk).orders[0].id
    dispatches.recall_team(desk, dispatch_id=order)
    clock.forward(31)
    assert silent(desk) == ["消防一站"]
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    assert silent(desk) == []


def test_the_room_says_whom_to_ring_next(desk: Desk, clock: SetClock) -> None:
    taken = working(desk)
    clock.forward(31)
    room = incidents.open_room(desk, incident_id=taken.incident.id)
    assert (room.next_act.kind, room.next_act.about_id) == (NextActKind.CHASE_CONTACT, taken.orders[0].id)
    teams.hear_team(desk, team_id=story.FIRE_ONE)
    assert incidents.open_room(desk, incident_id=taken.incident.id).next_act.kind is not NextActKind.CHASE_CONTACT


def test_the_state_board_counts_by_the_same_rule(desk: Desk, clock: SetClock) -> None:
    working(desk)
    clock.forward(31)

    def counted() -> dict[Id, int]:
        return {row.area_id: row.silent for row in register_lists.states_below(desk)}

    assert counted()[DISTRICT] == 1
    teams.hear_team(desk, team_id=story.FIRE_ONE)
    assert counted()[DISTRICT] == 0
