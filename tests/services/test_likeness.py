"""Perhaps the same incident: what the desk offers to join, and what it does not."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.advice import CallDraft
from emergency_desk.services import calls
from tests import builders
from tests.builders import make_desk

FIRE = CallDraft(words="中山路一栋楼着火", area_id=builders.STREET, address="中山路20号")


def test_a_second_call_about_the_same_fire_is_noticed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = calls.take_call(desk, draft=FIRE).value.incident
    again = CallDraft(words="中山路有楼冒烟起火", area_id=builders.STREET, address="中山路22号")
    assert [one.incident_id for one in calls.advise(desk, draft=again).duplicates] == [first.id]


def test_the_same_road_in_another_district_is_another_place(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    calls.take_call(desk, draft=FIRE)
    elsewhere = CallDraft(words="中山路有楼冒烟起火", area_id=builders.FAR_STREET, address="中山路20号")
    assert calls.advise(desk, draft=elsewhere).duplicates == ()


def test_coordinates_just_across_the_border_may_be_the_same_place(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    here = CallDraft(words="中山路一栋楼着火", area_id=builders.STREET, address="中山路20号", latitude=36.2000, longitude=120.39)
    first = calls.take_call(desk, draft=here).value.incident
    across = CallDraft(words="中山路楼房着火", area_id=builders.FAR_STREET, address="中山路20号", latitude=36.2010, longitude=120.39)
    assert [one.incident_id for one in calls.advise(desk, draft=across).duplicates] == [first.id]
