"""The replay shows what the desk knew at a moment; at the end it shows what the room shows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.boards import IncidentRoom
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Incident, IncidentState, TaskState
from emergency_desk.domain.replay import Facts, facts_at, ordered_moments
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import incidents
from emergency_desk.services.desk import Desk
from emergency_desk.services.replay import history
from tests import story
from tests.builders import SetClock, make_desk
from tests.evenings import Evening
from tests.quickness import examples


def as_the_room_shows(facts: Facts, room: IncidentRoom) -> None:
    """Hold the replayed facts against the room's."""
    incident = room.incident
    assert (facts.state, facts.grade, facts.figures) == (incident.state, incident.grade, incident.figures)
    assert (facts.plan_tier, facts.plan_level) == (incident.plan_tier, incident.plan_level)
    assert dict((team.id, state) for team, state in facts.teams) == {line.team.id: line.team.state for line in room.orders}
    assert {task.id: state for task, state in facts.tasks} == {task.id: task.state for task in room.tasks}
    assert (facts.lines, facts.orders) == (room.log_total, len(room.orders))


# -- random evenings --------------------------------------------------------------------------------------------------
@settings(max_examples=examples(25))
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 59)), min_size=1, max_size=24))
def test_the_facts_at_the_end_are_those_of_the_room(drawn: list[tuple[int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock()
        evening = Evening(make_desk(Path(folder), clock=clock), clock)
        for act, pick in drawn:
            clock.forward(1)
            before = evening.room
            try:
                evening.acts[act](pick)
            except DeskError:
                assert evening.room == before, "what is refused changes nothing"
            kept = history(evening.desk, incident_id=evening.incident.id)
            as_the_room_shows(facts_at(kept, clock.at), evening.room)
            as_the_room_shows(facts_at(kept, clock.at - timedelta(seconds=1)), before)
        evening.desk.store.close()




# -- an evening that is known -----------------------------------------------------------------------------------------
@pytest.fixture
def fire(tmp_path: Path, clock: SetClock) -> tuple[Desk, Incident]:
    desk = make_desk(tmp_path, clock=clock)
    incident = story.take(desk, story.FIRE_ONE).incident
    clock.forward(10)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING)
    clock.forward(30)
    incidents.report_figures(desk, incident_id=incident.id, figures=Figures(dead=3))
    clock.forward(20)
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    incidents.close_incident(desk, incident_id=incident.id)
    return desk, incident


def test_between_two_lines_nothing_changes(fire: tuple[Desk, Incident], clock: SetClock) -> None:
    kept = history(fire[0], incident_id=fire[1].id)
    early, mid = facts_at(kept, clock.at - timedelta(minutes=59)), facts_at(kept, clock.at - timedelta(minutes=45))
    assert (early.state, mid.state) == (IncidentState.FIRST_RESPONSE, IncidentState.RESPONDING)
    assert (early.figures.dead, mid.figures.dead, facts_at(kept, clock.at).figures.dead) == (None, None, 3)
    assert (early.teams_out, facts_at(kept, clock.at).teams_out) == (1, 0)
    assert facts_at(kept, clock.at - timedelta(hours=2)).lines == 0


def test_stepping_goes_from_line_to_line_and_stays_at_both_ends(fire: tuple[Desk, Incident], clock: SetClock) -> None:
    kept = history(fire[0], incident_id=fire[1].id)
    at, seen = kept.begins_at, [kept.begins_at]
    while at < kept.ends_at:
        at = kept.next_moment(at)
        seen.append(at)
    assert seen == sorted(set(kept.moments)) and kept.next_moment(at) == kept.ends_at
    back = [kept.ends_at]
    while back[-1] > kept.begins_at:
        back.append(kept.moment_before(back[-1]))
    assert back == seen[::-1] and kept.moment_before(kept.begins_at) == kept.begins_at


def test_a_late_task_is_late_only_from_its_due_time(fire: tuple[Desk, Incident]) -> None:
    kept = history(fire[0], incident_id=fire[1].id)
    due = min(task.due_at for task in kept.tasks if task.due_at is not None)
    assert facts_at(kept, due).tasks_late == 0
    assert facts_at(kept, due + timedelta(seconds=1)).tasks_late >= 1
    assert facts_at(kept, due).task_count(TaskState.OPEN) == sum(task.created_at <= due for task in kept.tasks)


def test_a_clock_that_went_back_keeps_the_order_of_entry(fire: tuple[Desk, Incident], clock: SetClock) -> None:
    desk, incident = fire
    clock.forward(-600)
    incidents.write_log(desk, incident_id=incident.id, text="时钟倒回以后写的", occurred_at=clock.at)
    kept = history(desk, incident_id=incident.id)
    assert kept.lines[-1].entry.text == "时钟倒回以后写的"
    assert kept.moments == ordered_moments(kept.lines) == tuple(sorted(kept.moments))
    assert facts_at(kept, kept.begins_at).lines < facts_at(kept, kept.ends_at).lines == len(kept.lines)


def test_an_incident_that_joined_another_ends_so(tmp_path: Path, clock: SetClock) -> None:
    from emergency_desk.services import calls

    desk = make_desk(tmp_path, clock=clock)
    one, other = story.opened(desk), story.opened(desk, address="延安三路 107 号")
    clock.forward(1)
    calls.join_incident(desk, incident_id=other.id, into_id=one.id)
    assert facts_at(history(desk, incident_id=other.id), clock.at).state is IncidentState.JOINED
    assert facts_at(history(desk, incident_id=one.id), clock.at).state is IncidentState.RECEIVED
    assert Id(other.id) != one.id
