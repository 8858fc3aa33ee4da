"""What the plan asked of a tier is not late once that tier's response has ended: it was left open at the end, and is shown so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import DueKind, NextActKind
from emergency_desk.domain.incidents import Incident, Task, TaskState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.responses import left_open_at
from emergency_desk.services import boards, incidents, responses
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as, later, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


@pytest.fixture
def fire(desk: Desk) -> Incident:
    return story.opened(desk)


def activate(desk: Desk, fire: Incident, level: Level = Level.III) -> None:
    responses.activate_response(desk, incident_id=fire.id, level=level, matter="火灾", expected_hours=24, measures="搜救", decided_by="局长")


def late_tasks(desk: Desk) -> list[str]:
    due = boards.what_presses(desk)
    return [line.id for line in due.lines if line.kind is DueKind.TASK]


def open_tasks(desk: Desk, fire: Incident) -> list[Task]:
    return [task for task in incidents.open_room(desk, incident_id=fire.id).tasks if task.state is TaskState.OPEN]


def test_open_tasks_of_an_ended_response_press_nobody_any_more(desk: Desk, fire: Incident, clock: SetClock) -> None:
    activate(desk, fire)
    clock.forward(180)
    asked = {task.id for task in open_tasks(desk, fire) if task.due_at is not None}
    assert asked and asked <= set(late_tasks(desk))
    ended = responses.end_response(desk, incident_id=fire.id, decided_by="局长", override_reason="已移交").value
    room = incidents.open_room(desk, incident_id=fire.id)
    left = [task for task in open_tasks(desk, fire) if left_open_at(task, room.ladder.responses) == ended.ended_at]
    assert {task.id for task in left} == {task.id for task in open_tasks(desk, fire) if task.tier == Tier.DISTRICT} and left
    assert not {task.id for task in left} & set(late_tasks(desk))
    assert room.next_act.kind is not NextActKind.TASK or room.next_act.about_id not in {task.id for task in left}


def test_a_task_of_the_officers_own_and_one_laid_after_the_end_are_still_late(desk: Desk, fire: Incident, clock: SetClock) -> None:
    activate(desk, fire)
    own = incidents.add_task(desk, incident_id=fire.id, title="归还对讲机", due_at=later(clock.at, 10)).value
    clock.forward(60)
    responses.end_response(desk, incident_id=fire.id, decided_by="局长", override_reason="已移交")
    assert own.id in late_tasks(desk)
    clock.forward(30)
    activate(desk, fire, Level.II)
    again = set(late_tasks(desk))
    assert {task.id for task in open_tasks(desk, fire) if task.tier == Tier.DISTRICT and task.due_at is not None} <= again


def test_what_was_laid_after_the_end_of_a_response_is_not_taken_for_left(desk: Desk, fire: Incident, clock: SetClock) -> None:
    activate(desk, fire)
    ended = responses.end_response(desk, incident_id=fire.id, decided_by="局长", override_reason="已移交").value
    task = open_tasks(desk, fire)[0]
    assert ended.ended_at is not None
    newer = Task(id=task.id, incident_id=fire.id, title="新任务", created_at=ended.ended_at + timedelta(minutes=1), tier=Tier.DISTRICT.value,
                 action_id="d9")
    assert left_open_at(newer, [ended]) is None
