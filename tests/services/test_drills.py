"""The forest-fire drill of a street: planned, checked, run by its script, everybody counted, evaluated; and what the desk refuses on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.drill_errors import (
    DrillClockBack,
    DrillHeadsOpen,
    DrillNotReady,
    DrillPlanGone,
    DrillStateWrong,
    EvaluatorTakesPart,
    InjectWrong,
    ScoreWithoutEvidence,
    ScoreWrong,
    VerdictTooGood,
)
from emergency_desk.domain.drill_life import Lack, running_time
from emergency_desk.domain.drills import Drill, DrillForm, DrillRole, DrillState, DrillStep, ReadyCheck, Verdict
from emergency_desk.domain.errors import FieldMissing, NotFound, ReasonMissing, RoleMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.recovery import FindingSource
from emergency_desk.services import drill_evaluation, drill_lists, drills, findings, integrity, plan_life
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill, AskedInject
from emergency_desk.store.engine import open_connection
from tests.builders import SetClock, acting_as, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


def plan_code(desk: Desk) -> str:
    """Return the code of the plan for forest fires that ships."""
    return next(plan.code for plan in desk.trade.shelf.in_force if "forest_fire" in plan.hazard_types)


def asked(desk: Desk, **other: Any) -> AskedDrill:
    return AskedDrill(**{"title": "森林火灾实战演练", "planned_at": desk.now(), "form": DrillForm.FIELD, "plan_code": plan_code(desk),
                         "aims": ("15分钟内到场",), "scenario": "北宅街道护林员发现火情", "stop_conditions": ("真实火警", "5级以上风"),
                         "expected_heads": 214, **other})


def designed(desk: Desk, **other: Any) -> Drill:
    """Return a drill with two injects, a director and an evaluator."""
    drill = drills.plan_drill(desk, asked=asked(desk, **other)).value
    drills.add_inject(desk, drill_id=drill.id, asked=AskedInject(at_minutes=2, to_whom="街道值班室", text="护林员报告火情", expected="报告区",
                                                                 limit_minutes=5))
    drills.add_inject(desk, drill_id=drill.id, asked=AskedInject(at_minutes=30, to_whom="区指挥部", text="过火1.2公顷", expected="区启动响应"))
    drills.add_person(desk, drill_id=drill.id, name="总指挥甲", role=DrillRole.DIRECTOR)
    drills.add_person(desk, drill_id=drill.id, name="评估员乙", role=DrillRole.EVALUATOR)
    return drill


def started(desk: Desk, clock: SetClock, **other: Any) -> Drill:
    drill = designed(desk, **other)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    return drills.start_drill(desk, drill_id=drill.id).value


def ended(desk: Desk, clock: SetClock) -> Drill:
    drill = started(desk, clock)
    clock.forward(120)
    return drills.end_drill(desk, drill_id=drill.id, heads=214).value


def board(desk: Desk, drill: Drill) -> Any:
    return drill_lists.drill_board(desk, drill_id=drill.id)


def test_a_drill_does_not_begin_before_everything_is_there(desk: Desk) -> None:
    drill = drills.plan_drill(desk, asked=asked(desk, aims=(), stop_conditions=(), expected_heads=None)).value
    with pytest.raises(DrillStateWrong):
        drills.start_drill(desk, drill_id=drill.id)
    with pytest.raises(DrillNotReady) as refused:
        drills.check_drill(desk, drill_id=drill.id, checks=[ReadyCheck.SITE])
    assert set(refused.value.values["reasons"]) == set(Lack) - {Lack.SCENARIO, Lack.PLAN}
    whole = designed(desk)
    with pytest.raises(DrillNotReady) as refused:
        drills.check_drill(desk, drill_id=whole.id, checks=set(ReadyCheck) - {ReadyCheck.RECALL})
    assert refused.value.values["reasons"] == (Lack.CHECKS,)
    assert drills.check_drill(desk, drill_id=whole.id, checks=ReadyCheck).value.state is DrillState.CHECKED


def test_a_change_of_the_script_asks_for_the_checklist_anew(desk: Desk) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.drop_inject(desk, inject_id=board(desk, drill).injects[1].id)
    assert (board(desk, drill).drill.state, len(board(desk, drill).injects)) == (DrillState.DRAFTED, 1)
    with pytest.raises(Stale):
        drills.change_drill(desk, drill_id=drill.id, changes={"place": "山"}, version=drill.version)


def test_an_inject_to_nobody_is_refused(desk: Desk) -> None:
    drill = designed(desk)
    with pytest.raises(FieldMissing) as refused:
        drills.add_inject(desk, drill_id=drill.id, asked=AskedInject(at_minutes=3, to_whom=" ", text="风向变"))
    assert refused.value.values["name"] == "to_whom"


def test_a_drill_of_a_plan_that_was_withdrawn_does_not_begin(desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    plan_life.withdraw(desk, code=drill.plan_code, version=drill.plan_version, reason="由新预案替代")
    clock.forward(24 * 60)
    assert board(desk, drill).lacking == (Lack.PLAN,), "and it is told before anybody confirms a checklist"
    with pytest.raises(DrillPlanGone) as refused:
        drills.start_drill(desk, drill_id=drill.id)
    assert refused.value.values["plan"] == desk.trade.plan_title(drill.plan_code, drill.plan_version), "by its name, not by its code"
    with pytest.raises(DrillPlanGone):
        drills.plan_drill(desk, asked=AskedDrill(title="再演练一次", planned_at=desk.now(), plan_code=drill.plan_code))


def test_times_are_measured_from_what_was_written_down_and_name_it(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    first, second = board(desk, drill).injects
    clock.forward(3)
    drills.release_inject(desk, inject_id=first.id)
    clock.forward(4)
    drills.answer_inject(desk, inject_id=first.id, text="已报区应急局", person="街道值班员")
    drills.pause_drill(desk, drill_id=drill.id, reason="道路让行")
    clock.forward(10)
    drills.resume_drill(desk, drill_id=drill.id)
    clock.forward(23)
    drills.release_inject(desk, inject_id=second.id)
    one, two = board(desk, drill).times
    assert (one.late_by, one.took, one.is_met) == (timedelta(minutes=1), timedelta(minutes=4), True)
    assert (two.late_by, two.took, two.is_met) == (timedelta(0), None, None), "a pause is nobody's delay"
    marks = {mark.id: mark.step for mark in board(desk, drill).marks}
    assert [marks[id_] for id_ in one.marks] == [DrillStep.RELEASED, DrillStep.ANSWERED]
    assert running_time(board(desk, drill).marks, until=clock.at) == timedelta(minutes=30)


def test_an_inject_goes_out_once_and_is_answered_after_it_went_out(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    first, second = board(desk, drill).injects
    drills.release_inject(desk, inject_id=first.id)
    with pytest.raises(InjectWrong):
        drills.release_inject(desk, inject_id=first.id)
    with pytest.raises(InjectWrong):
        drills.answer_inject(desk, inject_id=second.id, text="已启动")
    with pytest.raises(DrillStateWrong):
        drills.change_inject(desk, inject_id=second.id, asked=AskedInject(at_minutes=1, to_whom="区", text="改"))


def test_an_act_told_to_the_minute_may_be_of_the_minute_its_inject_went_out(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    first = board(desk, drill).injects[0]
    clock.forward(0.7)
    minute = clock.at.replace(second=0, microsecond=0)
    drills.release_inject(desk, inject_id=first.id)
    clock.forward(1)
    with pytest.raises(InjectWrong):
        drills.answer_inject(desk, inject_id=first.id, text="已报", occurred_at=minute - timedelta(minutes=1))
    drills.answer_inject(desk, inject_id=first.id, text="已报", occurred_at=minute)
    assert board(desk, drill).times[0].took == timedelta(0)


def test_the_script_goes_by_minutes_in_whatever_order_it_was_written(desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    drills.add_inject(desk, drill_id=drill.id, asked=AskedInject(at_minutes=10, to_whom="区指挥部", text="风向变"))
    shown = board(desk, drill)
    assert [one.inject.at_minutes for one in shown.times] == [one.at_minutes for one in shown.injects] == [2, 10, 30]


def test_who_does_what_is_said_anew_before_the_drill_begins(desk: Desk, clock: SetClock) -> None:
    drill = designed(desk)
    wrong = drills.add_person(desk, drill_id=drill.id, name="评估员丙", role=DrillRole.PARTICIPANT).value
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    director = next(one for one in board(desk, drill).people if one.role is DrillRole.DIRECTOR)
    with pytest.raises(EvaluatorTakesPart):
        drills.change_person(desk, person_id=wrong.id, name=director.name, role=DrillRole.EVALUATOR)
    changed = drills.change_person(desk, person_id=wrong.id, name="评估员丙", role=DrillRole.EVALUATOR, unit="市应急局").value
    assert (changed.role, changed.unit) == (DrillRole.EVALUATOR, "市应急局")
    assert board(desk, drill).drill.state is DrillState.DRAFTED, "the checklist is asked for anew"
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    with pytest.raises(DrillStateWrong):
        drills.change_person(desk, person_id=wrong.id, name="评估员丙", role=DrillRole.PARTICIPANT)


def test_it_does_not_end_while_one_of_214_is_not_counted(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    drills.count_heads(desk, drill_id=drill.id, heads=213, person="保障组")
    with pytest.raises(DrillHeadsOpen) as refused:
        drills.end_drill(desk, drill_id=drill.id, heads=213)
    assert (refused.value.values["heads"], refused.value.values["wanted"]) == (213, 214)
    assert board(desk, drill).drill.state is DrillState.RUNNING
    assert drills.end_drill(desk, drill_id=drill.id, heads=214).value.state is DrillState.ENDED


def test_a_clock_that_was_set_back_writes_nothing(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    clock.forward(-5)
    with pytest.raises(DrillClockBack):
        drills.pause_drill(desk, drill_id=drill.id, reason="大雨")
    assert len(board(desk, drill).marks) == 3


def test_a_clock_that_was_set_back_keeps_nobody_from_breaking_it_off_and_counting_who_came_back(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    begun = clock.at
    clock.forward(-60)
    stopped = drills.stop_drill(desk, drill_id=drill.id, reason="真实火警").value
    drills.count_heads(desk, drill_id=drill.id, heads=214)
    marks = board(desk, drill).marks
    assert [mark.step for mark in marks[-2:]] == [DrillStep.STOPPED, DrillStep.COUNTED]
    assert begun < marks[-2].recorded_at < marks[-1].recorded_at, "they stand after what came before them"
    assert stopped.ended_at == marks[-2].recorded_at
    assert running_time(marks, until=begun + timedelta(hours=1)) < timedelta(minutes=1)


def test_whoever_was_recalled_is_counted_before_the_drill_is_evaluated(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    drills.count_heads(desk, drill_id=drill.id, heads=214)
    drills.stop_drill(desk, drill_id=drill.id, reason="真实火警")
    assert board(desk, drill).next_step is DrillStep.COUNTED, "a count before it was broken off says nothing of who came back"
    drills.count_heads(desk, drill_id=drill.id, heads=213)
    assert board(desk, drill).next_step is DrillStep.EVALUATED


def test_a_real_event_breaks_it_off_and_caps_the_word(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    with pytest.raises(ReasonMissing):
        drills.stop_drill(desk, drill_id=drill.id, reason="")
    drills.stop_drill(desk, drill_id=drill.id, reason="真实火警")
    with pytest.raises(DrillStateWrong):
        drills.end_drill(desk, drill_id=drill.id, heads=214)
    drills.count_heads(desk, drill_id=drill.id, heads=214)
    with pytest.raises(VerdictTooGood):
        drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.GOOD, person="评估员乙", words="中止")
    assert drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.FAIR, person="评估员乙", words="中止").value.verdict is Verdict.FAIR


def test_points_are_added_up_by_aspect_and_items_without_evidence_stay_empty(desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    with pytest.raises(ScoreWithoutEvidence):
        drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=5)
    for wrong in ({"points": 4}, {}, {"points": 5, "is_met": True}):
        with pytest.raises(ScoreWrong):
            drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", evidence="见记录", **wrong)
    with pytest.raises(NotFound):
        drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-99.1", evaluator="评估员乙", points=5, evidence="见记录")
    for item, points in (("A2-1.5", 5), ("A2-1.6", 3), ("A2-7.1", 1)):
        drill_evaluation.score_item(desk, drill_id=drill.id, item_id=item, evaluator="评估员乙", points=points, evidence="见记录")
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.1", evaluator="评估员乙", is_met=False, evidence="见记录")
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-5.1", evaluator="评估员乙", measured="13 min",
                                mark_ids=[board(desk, drill).marks[-1].id])
    found = board(desk, drill).assessment
    by_aspect = {one.id: (one.points, one.most) for one in found.aspects if one.scored}
    assert by_aspect == {"A2-1": (8, 10), "A2-7": (1, 5)} and (found.points, found.most) == (9, 15)
    assert found.empty == 101 - 5 and found.advice is Verdict.FAIR
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-7.1", evaluator="评估员乙", points=5, evidence="复看录音")
    assert board(desk, drill).assessment.points == 13, "what was given before gives way"


def test_a_serious_error_caps_advice_and_word(desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=5, evidence="见记录")
    assert board(desk, drill).assessment.advice is Verdict.EXCELLENT
    with pytest.raises(VerdictTooGood):
        drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.GOOD, person="评估员乙", words="总体顺利", serious_error="误伤一人")
    drill_evaluation.conclude(desk, drill_id=drill.id, verdict=Verdict.POOR, person="评估员乙", words="误伤一人", serious_error="误伤一人")
    assert board(desk, drill).assessment.advice is Verdict.POOR


def test_whoever_takes_part_does_not_evaluate(desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    drills.add_person(desk, drill_id=drill.id, name="队长丙", role=DrillRole.PARTICIPANT)
    for name in ("队长丙", "总指挥甲"):
        with pytest.raises(EvaluatorTakesPart):
            drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator=name, points=5, evidence="见记录")
        with pytest.raises(EvaluatorTakesPart):
            drills.add_person(desk, drill_id=drill.id, name=name, role=DrillRole.EVALUATOR)


def test_marks_that_were_deleted_outside_leave_their_item_empty(desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    last = board(desk, drill).marks[-1].id
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=5, mark_ids=[last])
    connection = open_connection(desk.store.path)
    connection.execute("DROP TRIGGER drill_marks_no_delete")
    connection.execute("DELETE FROM drill_marks WHERE id = ?", (last,))
    connection.close()
    found = board(desk, drill).assessment
    assert (found.without_evidence, found.most, found.advice) == (("A2-1.5",), 0, None)
    assert not integrity.check(desk).is_sound


def test_findings_of_a_drill_stand_in_the_one_list(desk: Desk, clock: SetClock) -> None:
    drill = ended(desk, clock)
    made = findings.add_finding(desk, problem="山谷通信盲区", drill_id=drill.id, unit="区应急局", owner="张三").value
    assert (made.source, made.is_exercise, made.incident_id) == (FindingSource.DRILL, False, None)
    assert [one.id for one in board(desk, drill).findings] == [made.id] == [one.id for one in findings.list_findings(desk)]
    other = drills.plan_drill(desk, asked=asked(desk)).value
    with pytest.raises(DrillStateWrong):
        findings.add_finding(desk, problem="还没有开始", drill_id=other.id)


def test_the_programme_counts_from_the_last_drill_of_the_plan(desk: Desk, clock: SetClock) -> None:
    code = plan_code(desk)
    assert next(one for one in drill_lists.programme(desk) if one.header.code == code).due_on is None, "nobody knows when it was drilled"
    drill = ended(desk, clock)
    line = next(one for one in drill_lists.programme(desk) if one.header.code == code)
    assert (line.since, line.was_drilled, line.planned) == (date(2026, 11, 5), True, None)
    assert line.due_on is not None and line.due_on > date(2026, 11, 5)
    coming = drills.plan_drill(desk, asked=asked(desk)).value
    line = next(one for one in drill_lists.programme(desk) if one.header.code == code)
    assert line.planned is not None and line.planned.id == coming.id != drill.id


def test_live_tables_are_as_they_were(desk: Desk, clock: SetClock) -> None:
    mine = {"drills", "drill_injects", "drill_people", "drill_marks", "drill_scores", "plan_moves", "journal"}
    before = {table.table: table.digest for table in integrity.check(desk).tables if table.table not in mine}
    drill = ended(desk, clock)
    drill_evaluation.score_item(desk, drill_id=drill.id, item_id="A2-1.5", evaluator="评估员乙", points=5, evidence="见记录")
    report = integrity.check(desk)
    assert report.is_sound and {table.table: table.digest for table in report.tables if table.table not in mine | {"counters"}} == {
        name: digest for name, digest in before.items() if name != "counters"}


def test_an_officer_reads_and_does_not_run(desk: Desk, clock: SetClock) -> None:
    drill = started(desk, clock)
    acting_as(desk, "officer")
    assert drill_lists.find_drill(desk, number="E1").id == drill.id
    for act in (lambda: drills.stop_drill(desk, drill_id=drill.id, reason="x"), lambda: drills.observe(desk, drill_id=drill.id, text="x"),
                lambda: drills.plan_drill(desk, asked=replace(asked(desk)))):
        with pytest.raises(RoleMissing):
            act()
    with pytest.raises(NotFound):
        drill_lists.find_drill(desk, number=Id("E9"))
