"""No matching plan: the law's own path is laid on the incident (R-1.10, 青岛市突发事件应对条例 Art. 34)."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.plans import BorrowedKind, NoMatch
from emergency_desk.services import calls, incidents
from tests import builders
from tests.builders import make_desk

NO_WATER = CallDraft(words="小区停水", area_id=builders.STREET, address="合肥路123号")


def test_without_a_plan_the_articles_steps_become_tasks(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    assert isinstance(calls.advise(desk, draft=NO_WATER).plan, NoMatch)
    room = incidents.open_room(desk, incident_id=calls.take_call(desk, draft=NO_WATER).value.incident.id)
    told = " ".join(task.title for task in room.tasks)
    assert "先期处置" in told and "立即报告市应急指挥机构" in told and "第34条" in told
    assert all(task.title_en and task.due_at is None for task in room.tasks)


def test_the_city_does_not_report_to_itself(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="city")
    room = incidents.open_room(desk, incident_id=calls.take_call(desk, draft=NO_WATER).value.incident.id)
    assert not any("报告市" in task.title for task in room.tasks)


def test_where_the_law_lets_the_overall_plan_stand_in_the_first_task_names_it(tmp_path: Path) -> None:
    """Art. 34 names the upper special plan, the overall plan and the nearest special plan, in this order."""
    for account in ("street", "leader", "city"):
        desk = make_desk(tmp_path, account=account, name=f"{account}.store")
        call = CallDraft(words="煤矿井下冒顶，有矿工被困", area_id=builders.STREET)
        plan = calls.advise(desk, draft=call).plan
        assert isinstance(plan, NoMatch) and [one.kind for one in plan.borrowed] == [BorrowedKind.OVERALL]
        taken = calls.take_call(desk, draft=call).value.incident
        tasks = incidents.open_room(desk, incident_id=taken.id).tasks
        assert "参照突发事件总体应急预案处置" in tasks[0].title and tasks[0].title_en.startswith("Work by the Overall Contingency Plan")
        assert (taken.plan_code, taken.plan_level) == ("", "")  # it is named, not pinned: no plan was made for this
