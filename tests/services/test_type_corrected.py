"""A type corrected: another table grades the incident, another plan fits, and the record says so."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.incidents import Figures
from emergency_desk.services import calls, incidents, integrity
from tests import builders
from tests.builders import make_desk


def test_what_was_taken_for_a_sick_person_and_is_a_fire_runs_by_the_fire_plan(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    draft = CallDraft(words="有人晕倒", area_id=builders.STREET, figures=Figures(dead=3), type_id="medical_aid")
    taken = calls.take_call(desk, draft=draft).value.incident
    assert taken.plan_code == ""
    fire = incidents.correct_incident(desk, incident_id=taken.id, type_id="building_fire").value
    assert (fire.plan_code, fire.grade) == ("building_fire", "grade_3")
    assert any(task.clause for task in incidents.open_room(desk, incident_id=taken.id).tasks)
    assert integrity.check(desk).is_sound


def test_a_fire_that_was_none_loses_the_fire_plan(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = calls.take_call(desk, draft=CallDraft(words="楼上着火", area_id=builders.STREET)).value.incident
    lift = incidents.correct_incident(desk, incident_id=taken.id, type_id="elevator").value
    assert lift.plan_code == "" and lift.plan_level == ""
    assert integrity.check(desk).is_sound
