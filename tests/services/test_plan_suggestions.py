"""What did not go as planned comes back to the clause it concerns, and a planner takes it up or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, NotFound, ReasonMissing, RoleMissing
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.plan_actual import Outcome
from emergency_desk.domain.plan_drafts import PlanDraft
from emergency_desk.domain.plan_errors import SuggestionDecided
from emergency_desk.domain.plan_moves import RevisionScope
from emergency_desk.domain.plan_suggestions import SuggestionSource, SuggestionState
from emergency_desk.services import findings, incidents, integrity, plan_drafts, plan_dues, plan_suggestions
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as, make_desk

CODE = "building_fire"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


@pytest.fixture
def ended(desk: Desk, clock: SetClock) -> Incident:
    """A fire whose plan laid actions: one skipped, the others left open when it was closed three hours later."""
    incident = story.opened(desk)
    tasks = incidents.open_room(desk, incident_id=incident.id).tasks
    incidents.end_task(desk, task_id=next(task.id for task in tasks if task.action_id), skipped=True, reason="已由消防通知")
    clock.forward(180)
    return incidents.close_incident(desk, incident_id=incident.id).value


def draft_of(desk: Desk) -> PlanDraft:
    return plan_drafts.start_revision(desk, code=CODE, version="1.0", scope=RevisionScope.MAJOR).value


def test_what_did_not_go_as_planned_comes_back_to_its_clause(desk: Desk, ended: Incident) -> None:
    found = plan_suggestions.list_suggestions(desk, code=CODE)
    assert found and {one.source for one in found} == {SuggestionSource.PLAN_ACTUAL} and {one.source_id for one in found} == {ended.id}
    plan = desk.trade.plan(CODE, "1.0")
    assert all(plan.clause(one.clause) is not None for one in found)
    remarks = [remark for one in found for remark in one.remarks]
    assert ("已由消防通知", Outcome.SKIPPED) in {(remark.reason, remark.outcome) for remark in remarks}
    assert any(remark.outcome is Outcome.OVERDUE and remark.late_minutes > 0 for remark in remarks)
    assert plan_dues.read_life(desk, code=CODE, version="1.0").sources == {ended.id: ended.number}
    incidents.reopen_incident(desk, incident_id=ended.id, reason="复燃")
    incidents.close_incident(desk, incident_id=ended.id)
    assert len(plan_suggestions.list_suggestions(desk, code=CODE)) == len(found)  # said once, however often it is closed
    assert integrity.check(desk).is_sound


def test_a_false_alarm_teaches_the_plan_nothing(desk: Desk, clock: SetClock) -> None:
    incident = story.opened(desk)
    clock.forward(60)
    incidents.close_incident(desk, incident_id=incident.id, false_alarm=True)
    assert plan_suggestions.list_suggestions(desk) == []


def test_a_finding_about_a_clause_comes_back_once_with_its_measure(desk: Desk) -> None:
    incident = story.opened(desk)
    clause = desk.trade.plan(CODE, "1.0").actions[0].clause
    finding = findings.add_finding(desk, problem="没有人通知供电", incident_id=incident.id, clause=clause).value
    findings.change_finding(desk, finding_id=finding.id, changes={"measure": "写明由谁通知"})
    findings.add_finding(desk, problem="回执晚", incident_id=incident.id, clause="D3")  # a row of another table
    findings.add_finding(desk, problem="无条款", incident_id=incident.id)
    found = plan_suggestions.list_suggestions(desk)
    assert [(one.clause, one.text, one.source) for one in found] == [(clause, "没有人通知供电\n写明由谁通知", SuggestionSource.FINDING)]


def test_anybody_who_works_here_suggests_by_hand_to_a_clause_that_is_there(desk: Desk) -> None:
    acting_as(desk, "officer")
    made = plan_suggestions.suggest(desk, code=CODE, version="1.0", clause="1", text="加一句").value
    assert made.source is SuggestionSource.BY_HAND and made.remarks == ()
    with pytest.raises(NotFound):
        plan_suggestions.suggest(desk, code=CODE, version="1.0", clause="99", text="x")
    with pytest.raises(FieldMissing):
        plan_suggestions.suggest(desk, code=CODE, version="1.0", clause="1", text=" ")
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        plan_suggestions.suggest(desk, code=CODE, version="1.0", clause="1", text="x")


def test_a_suggestion_is_taken_into_a_draft_or_declined_with_a_reason_and_decided_once(desk: Desk) -> None:
    first, second = (plan_suggestions.suggest(desk, code=CODE, version="1.0", clause="1", text=text).value for text in ("甲", "乙"))
    with pytest.raises(RoleMissing):
        plan_suggestions.decline_suggestion(desk, suggestion_id=first.id, reason="不必")
    acting_as(desk, "planner")
    draft = draft_of(desk)
    taken = plan_suggestions.take_suggestion(desk, suggestion_id=first.id, draft_id=draft.id).value
    assert (taken.state, taken.taken_into, taken.decided_by) == (SuggestionState.TAKEN, "2.0", desk.who)
    with pytest.raises(ReasonMissing):
        plan_suggestions.decline_suggestion(desk, suggestion_id=second.id, reason=" ")
    plan_suggestions.decline_suggestion(desk, suggestion_id=second.id, reason="上位法已有规定")
    for again in (first, second):
        with pytest.raises(SuggestionDecided):
            plan_suggestions.take_suggestion(desk, suggestion_id=again.id, draft_id=draft.id)
    assert plan_suggestions.list_suggestions(desk) == []
    plan_drafts.discard_draft(desk, draft_id=draft.id, reason="重来")
    assert [one.text for one in plan_suggestions.list_suggestions(desk)] == ["甲"]  # what came to nothing is open again


def test_a_suggestion_goes_into_a_draft_of_its_own_plan(desk: Desk) -> None:
    made = plan_suggestions.suggest(desk, code="hazmat", version="1.0", clause="1", text="甲").value
    acting_as(desk, "planner")
    with pytest.raises(NotFound):
        plan_suggestions.take_suggestion(desk, suggestion_id=made.id, draft_id=draft_of(desk).id)
