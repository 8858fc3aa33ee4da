"""No matching plan: the law's own path is laid on the incident (R-1.10, 青岛市突发事件应对条例 Art. 34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain import next_acts
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.incidents import Figures, Happening, TaskState
from emergency_desk.domain.plan_errors import PlanNotBorrowed
from emergency_desk.domain.plans import BorrowedKind, NoMatch, actions_for
from emergency_desk.services import borrowing, calls, incidents, integrity
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


MINE = CallDraft(words="煤矿井下冒顶，有矿工被困", area_id=builders.STREET)


def test_a_borrowed_plan_lays_its_actions_each_marked_with_plan_and_clause(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = calls.take_call(desk, draft=MINE).value.incident
    assert [one.plan.code for one in borrowing.that_may_stand_in(desk, incident_id=taken.id)] == ["overall"]
    assert incidents.open_room(desk, incident_id=taken.id).tasks[0].state is TaskState.OPEN
    borrowed, laid = borrowing.borrow_plan(desk, incident_id=taken.id).value
    room = incidents.open_room(desk, incident_id=taken.id)
    own = [task for task in room.tasks if task.title.endswith("）") and "借用《突发事件总体应急预案》" in task.title]
    plan = desk.trade.plan("overall", borrowed.plan.version)
    asked = actions_for(plan, desk.tier, borrowed.level)
    assert laid == len(own) == len(asked) > 3
    assert {task.title for task in own} == {f"{action.title.zh}（借用《{plan.title.zh}》{action.clause}）" for action in asked}
    assert all(task.title_en.endswith(f"clause {action.clause})") for task, action in
               ((task, next(one for one in asked if one.id == task.action_id)) for task in own))
    minutes = {action.id: action.due_minutes for action in asked}
    assert all(task.due_at == room.read_at + timedelta(minutes=minutes[task.action_id]) for task in own)
    assert next(task for task in room.tasks if "参照" in task.title).state is TaskState.DONE
    assert (room.incident.plan_code, room.plan) == ("", None)  # borrowed, not its own
    line = next(line.entry for line in room.log if line.entry.happening is Happening.PLAN_BORROWED)
    assert (line.value("plan"), line.value("count")) == ("overall", str(laid))
    assert integrity.check(desk).is_sound


def test_asked_again_it_lays_only_what_a_higher_level_asks_for_besides(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = calls.take_call(desk, draft=MINE).value.incident
    first, laid = borrowing.borrow_plan(desk, incident_id=taken.id).value
    with pytest.raises(PlanNotBorrowed) as refused:
        borrowing.borrow_plan(desk, incident_id=taken.id)
    assert refused.value.values["reason"] == "nothing_more"
    incidents.report_figures(desk, incident_id=taken.id, figures=Figures(dead=40))
    higher, more = borrowing.borrow_plan(desk, incident_id=taken.id).value
    assert (higher.level.rank < first.level.rank, more > 0) == (True, True)
    titles = [task.title for task in incidents.open_room(desk, incident_id=taken.id).tasks if "借用" in task.title]
    assert len(titles) == len(set(titles)) == laid + more


def test_an_incident_with_a_plan_of_its_own_borrows_none(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    fire = calls.take_call(desk, draft=CallDraft(words="居民楼着火", area_id=builders.STREET)).value.incident
    assert borrowing.that_may_stand_in(desk, incident_id=fire.id) == ()
    with pytest.raises(PlanNotBorrowed) as refused:
        borrowing.borrow_plan(desk, incident_id=fire.id)
    assert refused.value.values["reason"] == "has_plan"


def test_the_next_act_of_an_incident_without_a_plan_is_to_borrow_one_until_it_is_done(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    taken = calls.take_call(desk, draft=MINE).value.incident
    tasks = incidents.open_room(desk, incident_id=taken.id).tasks

    def asked() -> list[NextActKind]:
        room = incidents.open_room(desk, incident_id=taken.id)
        return [next_acts.next_act(room.incident, room.tasks, room.orders, wanted={}, now=room.read_at, own_tier=desk.tier.value,
                                   ladder=replace(room.ladder, dues=(), notices=()), soon_minutes=5, silent_minutes=30,
                                   at_once=timedelta(minutes=1)).kind]

    assert asked() == [NextActKind.BORROW]
    incidents.end_task(desk, task_id=tasks[0].id, skipped=True, reason="另有安排")
    assert asked() != [NextActKind.BORROW]
