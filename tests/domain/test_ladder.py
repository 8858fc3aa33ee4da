"""The steps of a tier and who leads: what facts ask for, what they answer, and what somebody's mark says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.errors import StepByAct
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, IncidentClass
from emergency_desk.domain.ladder import Step, StepMark, StepState, TierFacts, check_tick, leading_tier, next_step, step_lines
from tests.builders import trade

AT = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)
OPEN, DONE, SKIPPED, NOT_ASKED = StepState.OPEN, StepState.DONE, StepState.SKIPPED, StepState.NOT_ASKED
KNOWS: dict[str, Any] = {"received_at": AT}
LEADS: dict[str, Any] = {"received_at": AT, "commands": True}
RUNS: dict[str, Any] = {"activated_at": AT, "level_reached": True}


def state(step: Step, *marks: StepMark, tier: Tier = Tier.DISTRICT, **facts: Any) -> StepState:
    lines = step_lines(TierFacts(tier=tier, **facts), marks)
    return next(line.state for line in lines if line.step is step)


def mark(step: Step, said: StepState, at: datetime = AT, *, tier: Tier = Tier.DISTRICT) -> StepMark:
    return StepMark(id=Id("1" * 32), incident_id=Id("2" * 32), tier=tier, step=step, state=said, occurred_at=at, recorded_at=at,
                    account_id=Id("3" * 32), reason="理由")


@pytest.mark.parametrize(("step", "facts", "expected"), [
    (Step.RECEIVE, {}, NOT_ASKED), (Step.RECEIVE, KNOWS, DONE), (Step.RECEIVE, {"commands": True}, OPEN),
    (Step.VERIFY, {}, NOT_ASKED), (Step.VERIFY, KNOWS, OPEN), (Step.VERIFY, {**KNOWS, "verified_at": AT}, DONE),
    (Step.FIRST_RESPONSE, KNOWS, NOT_ASKED), (Step.FIRST_RESPONSE, LEADS, OPEN), (Step.FIRST_RESPONSE, {**LEADS, "sent_first_at": AT}, DONE),
    (Step.APPRAISE, KNOWS, OPEN), (Step.APPRAISE, {**KNOWS, "level_reached": True}, NOT_ASKED),
    (Step.APPRAISE, {**KNOWS, "appraised_at": AT}, DONE),
    (Step.ACTIVATE, KNOWS, NOT_ASKED), (Step.ACTIVATE, {**KNOWS, "level_reached": True}, OPEN), (Step.ACTIVATE, RUNS, DONE),
    (Step.FORM_COMMAND, LEADS, NOT_ASKED), (Step.FORM_COMMAND, {**LEADS, **RUNS}, OPEN), (Step.FORM_COMMAND, {**RUNS}, NOT_ASKED),
    (Step.FORM_COMMAND, {"leads": True}, NOT_ASKED), (Step.FORM_COMMAND, {"leads": True, **RUNS}, OPEN),
    (Step.FORM_COMMAND, {**LEADS, **RUNS, "post_formed_at": AT}, DONE),
    (Step.EVACUATE, LEADS, NOT_ASKED), (Step.EVACUATE, {**LEADS, "evacuation_asked": True}, OPEN),
    (Step.EVACUATE, {**LEADS, "evacuation_asked": True, "evacuated_at": AT}, DONE),
    (Step.REPORT, {**KNOWS, "reports_owed": True, "reported_at": AT}, OPEN), (Step.REPORT, {**KNOWS, "reported_at": AT}, DONE),
    (Step.EXPAND, {**KNOWS, "should_expand": True}, NOT_ASKED), (Step.EXPAND, {**LEADS, "should_expand": True}, OPEN),
    (Step.EXPAND, {**LEADS, "should_expand": True, "expanded_at": AT}, DONE),
    (Step.END, {**KNOWS, "is_controlled": True}, NOT_ASKED), (Step.END, {**RUNS, "is_controlled": True}, OPEN), (Step.END, RUNS, NOT_ASKED),
    (Step.END, {**RUNS, "ended_at": LATER}, DONE),
    (Step.RECOVER, {**RUNS, "aftermath_open": 2, "aftermath_laid": True}, OPEN),
    (Step.RECOVER, {**RUNS, "ended_at": LATER, "aftermath_laid": True}, DONE), (Step.RECOVER, {**RUNS, "ended_at": LATER}, NOT_ASKED),
    (Step.REVIEW, RUNS, NOT_ASKED), (Step.REVIEW, {**RUNS, "ended_at": LATER}, OPEN),
    (Step.REVIEW, {**RUNS, "ended_at": LATER, "reviewed_at": LATER}, DONE),
])  # fmt: skip
def test_facts_ask_for_a_step_and_answer_it(step: Step, facts: dict[str, Any], expected: StepState) -> None:
    assert state(step, **facts) is expected


def test_a_street_is_never_asked_for_a_command_post() -> None:
    assert state(Step.FORM_COMMAND, tier=Tier.STREET, **LEADS, **RUNS) is NOT_ASKED


def test_a_tier_that_knows_nothing_has_no_step() -> None:
    assert {line.state for line in step_lines(TierFacts(tier=Tier.CITY))} == {NOT_ASKED}
    assert next_step(step_lines(TierFacts(tier=Tier.CITY))) is None


def test_the_steps_stand_in_their_order_and_the_first_open_one_is_next() -> None:
    lines = step_lines(TierFacts(tier=Tier.DISTRICT, **LEADS, level_reached=True))
    assert [line.step for line in lines] == list(Step) and [step.rank for step in Step] == list(range(1, 14))
    first = next_step(lines)
    assert first is not None and first.step is Step.VERIFY


def test_the_newest_mark_of_the_own_tier_holds() -> None:
    marks = (mark(Step.VERIFY, DONE), mark(Step.VERIFY, SKIPPED, LATER), mark(Step.VERIFY, DONE, LATER, tier=Tier.CITY))
    assert state(Step.VERIFY, *marks, **KNOWS) is SKIPPED
    assert state(Step.VERIFY, mark(Step.VERIFY, DONE, tier=Tier.CITY), **KNOWS) is OPEN


def test_a_step_opened_again_is_open_although_a_fact_had_answered_it() -> None:
    assert state(Step.VERIFY, mark(Step.VERIFY, OPEN, LATER), **KNOWS, verified_at=AT) is OPEN


@pytest.mark.parametrize("said", [OPEN, SKIPPED])
def test_what_happened_after_the_mark_counts(said: StepState) -> None:
    assert state(Step.ACTIVATE, mark(Step.ACTIVATE, said), activated_at=LATER, level_reached=True) is DONE


@pytest.mark.parametrize("step", list(Step))
def test_a_response_neither_begins_nor_ends_by_a_tick(step: Step) -> None:
    if step in (Step.ACTIVATE, Step.END):
        with pytest.raises(StepByAct) as raised:
            check_tick(step, Tier.DISTRICT)
        assert raised.value.values["basis"].zh
    else:
        check_tick(step, Tier.DISTRICT)


# -- who leads --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("grade", "standing", "tier"), [
    (Grade.ORDINARY, LADDER, Tier.DISTRICT), (Grade.RELATIVELY_MAJOR, LADDER, Tier.CITY), (Grade.MAJOR, LADDER, Tier.CITY),
    (Grade.ESPECIALLY_MAJOR, LADDER, Tier.CITY), (Grade.ORDINARY, (Tier.STREET, Tier.CITY), Tier.CITY),
    (Grade.RELATIVELY_MAJOR, (Tier.STREET, Tier.DISTRICT), None), (None, LADDER, None),
])
def test_the_grade_says_who_leads_and_never_a_street(grade: Grade | None, standing: tuple[Tier, ...], tier: Tier | None) -> None:
    """QD17 Art. 33; a city without districts leads what a district would (0.1 items 8, 9)."""
    led = leading_tier(trade().ladder, grade=grade, incident_class=IncidentClass.ACCIDENT, standing=frozenset(standing))
    assert led is tier


@pytest.mark.parametrize("grade", [None, *Grade])
def test_nobody_leads_a_social_incident_by_its_grade(grade: Grade | None) -> None:
    assert leading_tier(trade().ladder, grade=grade, incident_class=IncidentClass.SOCIAL, standing=frozenset(LADDER)) is None
