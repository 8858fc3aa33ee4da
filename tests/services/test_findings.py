"""A finding is mended by its owner, shown by evidence, and closed by somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.drills import Drill, ReadyCheck
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, FindingNotReady, ReasonMissing, RoleMissing, Stale
from emergency_desk.domain.mending import closure
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_moves import RevisionScope
from emergency_desk.domain.plan_suggestions import SuggestionState
from emergency_desk.domain.recovery import Finding, FindingClass, FindingSource, FindingState
from emergency_desk.domain.review import ProposalKind
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import dispatches, drill_lists, drills, findings, incidents, plan_drafts, plan_suggestions
from emergency_desk.services.desk import Desk
from emergency_desk.services.review import review
from emergency_desk.wording.log_lines import told
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services.test_drills import designed

DUE = date(2026, 12, 10)


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def found(desk: Desk, **more: object) -> Finding:
    given = {"problem": "一条指令回执 9 分钟", "owner": "街道 张三", "measure": "建立回执制", "due_on": DUE} | more
    return findings.add_finding(desk, **given).value  # type: ignore[arg-type]


def mended(desk: Desk, **more: object) -> Finding:
    finding = findings.begin_mending(desk, finding_id=found(desk, **more).id).value
    return findings.finish_mending(desk, finding_id=finding.id, evidence="复测照片").value


# -- the road ---------------------------------------------------------------------------------------------------------
def test_a_finding_goes_from_open_over_mended_to_verified(desk: Desk, clock: SetClock) -> None:
    fire = story.opened(desk)
    finding = mended(desk, incident_id=fire.id)
    assert (finding.number, finding.state, finding.done_at) == ("990101-2026-Z0001", FindingState.DONE, clock.at)
    clock.forward(60)
    finding = findings.verify_finding(desk, finding_id=finding.id, verifier="区应急局 李四").value
    assert (finding.state, finding.verifier, finding.verified_at) == (FindingState.VERIFIED, "区应急局 李四", clock.at)
    lines = [told(line.entry) for line in incidents.read_log(desk, incident_id=fire.id)][:4]
    assert lines == ["Finding 990101-2026-Z0001 was verified.",
                     "Finding 990101-2026-Z0001 is mended; somebody else verifies it. 复测照片",
                     "Finding 990101-2026-Z0001 is being mended.", "Finding 990101-2026-Z0001: 一条指令回执 9 分钟"]
    story.assert_sound(desk)


@pytest.mark.parametrize("verifier", ["街道 张三", "张三", "  张三 ", "街道　张三"])
def test_the_owner_never_verifies(desk: Desk, verifier: str) -> None:
    finding = mended(desk)
    with pytest.raises(FindingNotReady) as refusal:
        findings.verify_finding(desk, finding_id=finding.id, verifier=verifier)
    assert refusal.value.values["reason"] == "same_person"
    with pytest.raises(FindingNotReady):
        found(desk, verifier=verifier)


def test_nothing_is_closed_without_evidence_and_a_verifier(desk: Desk) -> None:
    finding = findings.begin_mending(desk, finding_id=found(desk).id).value
    with pytest.raises(FindingNotReady) as refusal:
        findings.finish_mending(desk, finding_id=finding.id, evidence="  ")
    assert refusal.value.values["reason"] == "evidence"
    findings.finish_mending(desk, finding_id=finding.id, evidence="照片")
    with pytest.raises(FieldMissing):
        findings.verify_finding(desk, finding_id=finding.id)


@pytest.mark.parametrize(("lacking", "reason"), [("owner", "owner"), ("due_on", "owner"), ("measure", "measure")])
def test_the_mending_begins_with_owner_due_day_and_measure(desk: Desk, lacking: str, reason: str) -> None:
    finding = found(desk, **{lacking: None if lacking == "due_on" else ""})
    with pytest.raises(FindingNotReady) as refusal:
        findings.begin_mending(desk, finding_id=finding.id)
    assert refusal.value.values["reason"] == reason


def test_no_step_is_jumped_over(desk: Desk) -> None:
    finding = found(desk)
    for leap in (lambda: findings.finish_mending(desk, finding_id=finding.id, evidence="x"),
                 lambda: findings.verify_finding(desk, finding_id=finding.id, verifier="李四"),
                 lambda: findings.reopen_finding(desk, finding_id=finding.id, reason="x")):
        with pytest.raises(FindingNotReady) as refusal:
            leap()
        assert refusal.value.values["reason"] == "state"


def test_whoever_is_not_content_sends_it_back(desk: Desk) -> None:
    finding = mended(desk)
    with pytest.raises(ReasonMissing):
        findings.send_back(desk, finding_id=finding.id, reason="")
    assert findings.send_back(desk, finding_id=finding.id, reason="只修了一半").value.state is FindingState.MENDING


def test_a_finding_is_dropped_with_a_reason_and_taken_up_again(desk: Desk) -> None:
    finding = found(desk)
    with pytest.raises(ReasonMissing):
        findings.drop_finding(desk, finding_id=finding.id, reason=" ")
    dropped = findings.drop_finding(desk, finding_id=finding.id, reason="重复").value
    assert (dropped.state, dropped.note) == (FindingState.DROPPED, "重复")
    assert findings.reopen_finding(desk, finding_id=finding.id, reason="并不重复").value.state is FindingState.OPEN


# -- the list ---------------------------------------------------------------------------------------------------------
def test_late_ones_are_known_from_the_day_after(desk: Desk) -> None:
    finding = found(desk)
    assert [finding.is_late_on(DUE + timedelta(days=days)) for days in (-1, 0, 1)] == [False, False, True]
    assert not mended(desk).is_late_on(DUE + timedelta(days=9))


def test_the_list_counts_what_somebody_else_verified(desk: Desk, clock: SetClock) -> None:
    for _ in range(4):
        findings.verify_finding(desk, finding_id=mended(desk).id, verifier="李四")
    mended(desk), found(desk, due_on=date(2026, 11, 1))
    findings.drop_finding(desk, finding_id=found(desk).id, reason="重复")
    counted = closure(findings.list_findings(desk), today=local_day(clock.at))
    assert (counted.total, counted.closed, counted.late) == (6, 4, 1)
    assert counted.share == pytest.approx(2 / 3)
    assert closure([], today=local_day(clock.at)).share is None


def test_the_list_is_filtered_and_the_earliest_due_stands_first(desk: Desk) -> None:
    later, none = found(desk, due_on=date(2027, 1, 31)), found(desk, due_on=None)
    first = found(desk)
    findings.begin_mending(desk, finding_id=first.id)
    assert [one.number for one in findings.list_findings(desk)] == [first.number, later.number, none.number]
    assert [one.number for one in findings.list_findings(desk, states=(FindingState.MENDING,))] == [first.number]


def test_a_drill_puts_its_findings_into_the_same_list(desk: Desk) -> None:
    finding = found(desk, source=FindingSource.DRILL, kind=FindingClass.SUPPORT, problem="山谷通信盲区", funds_yuan=60_000)
    assert (finding.source, finding.funds_yuan, finding.incident_id) == (FindingSource.DRILL, 60_000, None)


def test_two_officers_at_one_finding_are_told(desk: Desk) -> None:
    finding = found(desk)
    changed = findings.change_finding(desk, finding_id=finding.id, changes={"owner": "区应急局", "kind": FindingClass.PLAN}, version=1).value
    assert (changed.owner, changed.kind) == ("区应急局", FindingClass.PLAN)
    with pytest.raises(Stale):
        findings.change_finding(desk, finding_id=finding.id, changes={"owner": "街道"}, version=1)
    with pytest.raises(FieldUnreadable):
        findings.change_finding(desk, finding_id=finding.id, changes={"state": FindingState.VERIFIED})
    with pytest.raises(FieldUnreadable):
        findings.change_finding(desk, finding_id=finding.id, changes={"funds_yuan": -1})


def test_what_is_verified_is_not_changed_any_more(desk: Desk) -> None:
    finding = mended(desk)
    findings.verify_finding(desk, finding_id=finding.id, verifier="李四")
    with pytest.raises(FindingNotReady):
        findings.change_finding(desk, finding_id=finding.id, changes={"measure": "别的"})


def test_an_observer_and_an_empty_problem_are_refused(desk: Desk) -> None:
    with pytest.raises(FieldMissing):
        found(desk, problem=" ")
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        found(desk)
    assert findings.list_findings(desk) == []


# -- what the record suggests -----------------------------------------------------------------------------------------
def test_a_late_receipt_is_suggested_and_never_added_by_itself(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE, story.MEDICAL)
    late, silent = taken.orders
    assert not [one for one in review(desk, incident_id=taken.incident.id).proposals if one.team is not None]  # it may still come in time
    clock.forward(9)
    dispatches.take_receipt(desk, dispatch_id=late.id)
    suggested = [one for one in review(desk, incident_id=taken.incident.id).proposals if one.team is not None]
    assert [(one.kind, one.about_id) for one in suggested] == [
        (ProposalKind.LATE_RECEIPT, late.order_number), (ProposalKind.NO_RECEIPT, silent.order_number)]
    assert suggested[0].late_by == timedelta(minutes=4)
    assert findings.list_findings(desk) == []
    findings.add_finding(desk, problem=f"命令 {late.order_number} 回执晚 4 分钟", incident_id=taken.incident.id)
    left = review(desk, incident_id=taken.incident.id)
    assert late.order_number not in [one.about_id for one in left.proposals]
    assert len(left.findings) == 1


def test_a_skipped_action_is_suggested_with_its_clause_and_reason(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    task = next(task for task in incidents.open_room(desk, incident_id=taken.incident.id).tasks if task.clause)
    incidents.end_task(desk, task_id=task.id, skipped=True, reason="街道已做")
    found_ = next(one for one in review(desk, incident_id=taken.incident.id).proposals if one.about_id == task.id)
    assert (found_.kind, found_.clause, found_.reason) == (ProposalKind.SKIPPED_ACTION, task.clause, "街道已做")


def test_the_review_of_a_closed_incident_holds_open_actions_against_the_close(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    clock.forward(600)
    story.report(desk, story.FIRE_ONE, TeamState.WORKING, TeamState.RETURNED)
    closed = incidents.close_incident(desk, incident_id=taken.incident.id).value
    clock.forward(10_000)
    seen = review(desk, incident_id=closed.id)
    overdue = [line for line in seen.plan.lines if line.late_by]
    assert overdue and max(line.late_by for line in overdue) <= timedelta(minutes=600)
    assert {item.id for item in (*seen.owed, *seen.settlement)} == {item.id for item in seen.items}
    assert seen.open_items == len(seen.items)


# -- the loop to the plan ---------------------------------------------------------------------------------------------
def drilled(desk: Desk) -> Drill:
    """Return a drill of the plan for forest fires that is under way."""
    drill = designed(desk)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    return drills.start_drill(desk, drill_id=drill.id).value


def in_plan(desk: Desk, finding: Finding) -> tuple[str, SuggestionState, str] | None:
    """Return clause, state and version of what became of a finding in its plan."""
    one = findings.in_plans(desk, findings=[finding]).get(finding.id)
    return None if one is None else (one.clause, one.state, one.taken_into)


def test_a_finding_of_a_drill_comes_back_to_its_plan_until_a_version_takes_it_up(desk: Desk) -> None:
    acting_as(desk, "leader")
    drill = drilled(desk)
    clause = desk.trade.plan(drill.plan_code, drill.plan_version).clauses[4].number
    finding = findings.add_finding(desk, problem="转移路线与现状不符", drill_id=drill.id, kind=FindingClass.PLAN, measure="改走东路").value
    assert in_plan(desk, finding) == ("", SuggestionState.OPEN, ""), "about the plan, no clause yet: to the plan as a whole"
    finding = findings.change_finding(desk, finding_id=finding.id, changes={"clause": clause}).value
    assert in_plan(desk, finding) == (clause, SuggestionState.OPEN, "")
    acting_as(desk, "planner")
    draft = plan_drafts.start_revision(desk, code=drill.plan_code, version=drill.plan_version, scope=RevisionScope.MINOR).value
    suggestion = findings.in_plans(desk, findings=[finding])[finding.id]
    plan_suggestions.take_suggestion(desk, suggestion_id=suggestion.id, draft_id=draft.id)
    assert in_plan(desk, finding) == (clause, SuggestionState.TAKEN, draft.plan_version)
    assert findings.source_numbers(desk, findings=[finding]) == {str(finding.id): drill.number}


def test_a_finding_of_a_drill_about_people_names_no_plan(desk: Desk) -> None:
    acting_as(desk, "leader")
    finding = findings.add_finding(desk, problem="登记慢", drill_id=drilled(desk).id, kind=FindingClass.PEOPLE).value
    assert in_plan(desk, finding) is None
    again = findings.change_finding(desk, finding_id=finding.id, changes={"kind": FindingClass.PLAN}).value
    assert in_plan(desk, again) == ("", SuggestionState.OPEN, "")


def test_a_finding_of_a_drill_whose_clause_was_mistyped_is_not_lost_to_the_planner(desk: Desk) -> None:
    acting_as(desk, "leader")
    drill = drilled(desk)
    finding = findings.add_finding(desk, problem="住户名单不全", drill_id=drill.id, clause="5.3.99").value
    assert in_plan(desk, finding) == ("", SuggestionState.OPEN, ""), "the plan has no such clause: to the plan as a whole"
    laid = drill_lists.drill_board(desk, drill_id=drill.id).in_plans[finding.id]
    assert laid.text == "5.3.99 住户名单不全", "with the clause as it was typed"
    clause = desk.trade.plan(drill.plan_code, drill.plan_version).clauses[4].number
    findings.change_finding(desk, finding_id=finding.id, changes={"clause": clause})
    assert in_plan(desk, finding) == (clause, SuggestionState.OPEN, "")


def test_findings_of_incidents_and_drills_stand_in_one_list_with_where_they_come_from(desk: Desk) -> None:
    acting_as(desk, "leader")
    drill, incident = drilled(desk), story.take(desk, story.FIRE_ONE).incident
    one = findings.add_finding(desk, problem="山谷通信盲区", drill_id=drill.id).value
    two = findings.add_finding(desk, problem="回执晚", incident_id=incident.id).value
    other = findings.add_finding(desk, problem="检查发现", source=FindingSource.INSPECTION).value
    told = findings.source_numbers(desk, findings=findings.list_findings(desk))
    assert told == {str(one.id): drill.number, str(two.id): incident.number} and str(other.id) not in told


def test_the_list_tells_how_long_it_took_in_the_mean(desk: Desk, clock: SetClock) -> None:
    quick, slow = mended(desk), found(desk)
    clock.forward(2 * 24 * 60)
    findings.verify_finding(desk, finding_id=quick.id, verifier="李四")
    findings.begin_mending(desk, finding_id=slow.id)
    findings.finish_mending(desk, finding_id=slow.id, evidence="照片")
    clock.forward(8 * 24 * 60)
    findings.verify_finding(desk, finding_id=slow.id, verifier="李四")
    assert closure(findings.list_findings(desk), today=local_day(clock.at)).mean_days == pytest.approx((2 + 10) / 2)
    assert closure([found(desk)], today=local_day(clock.at)).mean_days is None


@pytest.mark.parametrize(("unit", "tier"), [("北河区东台街道", Tier.DISTRICT), ("北河区应急局", Tier.CITY), ("没有写单位", Tier.CITY)])
def test_what_is_overdue_goes_up_to_the_tier_above_its_unit(desk: Desk, clock: SetClock, unit: str, tier: Tier) -> None:
    finding = found(desk, unit=unit)
    assert findings.raised(desk, found=[finding]) == {}
    clock.forward(60 * 24 * 60)
    assert findings.raised(desk, found=[finding]) == {finding.id: tier}
