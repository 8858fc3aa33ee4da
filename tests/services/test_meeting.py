"""What the plan, the clocks and the ladder ask for alike is asked for and done once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain import next_acts
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import NextAct, NextActKind
from emergency_desk.domain.command import PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, LogEntry, Task, TaskState
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level, PlanFact
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import ReportKind
from emergency_desk.domain.responses import Heard
from emergency_desk.errands import drafting
from emergency_desk.services import command, incidents, ladder, posts, reports, responses
from emergency_desk.services.command import HandOver
from emergency_desk.services.desk import Desk
from emergency_desk.services.posts import Named
from tests import story
from tests.builders import START, SetClock, acting_as, later, make_desk

STREET, DISTRICT, CITY = Tier.STREET, Tier.DISTRICT, Tier.CITY
ACTIVATION = {"level": Level.III, "matter": "火灾", "expected_hours": 24, "measures": "搜救", "decided_by": "局长"}
SAID = Heard("街道值班室", "phone", True)


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, plans=story.FIRE_PLANS)


@pytest.fixture
def fire(desk: Desk) -> Id:
    """A fire with people trapped, taken by the district, which runs by its plan at the district."""
    return story.opened(desk, figures=story.figures(trapped=14)).id


def asking(desk: Desk, fire: Id, fact: PlanFact, tier: Tier = DISTRICT) -> list[Task]:
    return [task for task in incidents.open_room(desk, incident_id=fire).tasks if task.meets == fact and task.tier == tier]


def ended_by(desk: Desk, fire: Id, task: Task, happening: Happening = Happening.TASK_DONE) -> list[LogEntry]:
    entries = [line.entry for line in incidents.read_log(desk, incident_id=fire)]
    return [entry for entry in entries if entry.happening is happening and entry.about_id == task.id]


def phone(desk: Desk, fire: Id, channel: Channel = Channel.PHONE) -> None:
    draft = drafting.draft(desk, incident_id=fire, from_tier=desk.tier, to_tier=CITY, channel=channel).value
    reports.sign_and_send(desk, report_id=draft.id, signer="王主任", received_by="李值班员")


def next_act(desk: Desk, fire: Id) -> NextAct:
    return incidents.open_room(desk, incident_id=fire).next_act


def test_a_report_by_phone_ends_the_plans_report_by_phone_and_no_other(desk: Desk, fire: Id, clock: SetClock) -> None:
    clock.forward(5)
    phone(desk, fire)
    (task,) = asking(desk, fire, PlanFact.REPORT_PHONE)
    assert (task.state, task.ended_at, task.clause) == (TaskState.DONE, clock.at, "4.2")
    (entry,) = ended_by(desk, fire, task)
    assert (entry.occurred_at, entry.value("met_by")) == (clock.at, "report_phone")
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_WRITTEN)] == [TaskState.OPEN]
    phone(desk, fire, Channel.WRITTEN)
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_WRITTEN)] == [TaskState.DONE]
    story.assert_sound(desk)


def test_a_report_of_another_tier_that_was_heard_ends_that_tiers_task_at_its_own_time(desk: Desk, fire: Id, clock: SetClock) -> None:
    responses.activate_response(desk, incident_id=fire, tier=STREET, heard=SAID, **ACTIVATION)  # type: ignore[arg-type]
    sent = clock.forward(4)
    clock.forward(6)
    reports.record_heard_report(desk, incident_id=fire, from_tier=STREET, to_tier=DISTRICT, channel=Channel.PHONE, heard_from="街道值班室",
                                sent_at=sent)
    assert [(task.state, task.ended_at) for task in asking(desk, fire, PlanFact.REPORT_PHONE, STREET)] == [(TaskState.DONE, sent)]
    assert [task.state for task in asking(desk, fire, PlanFact.REPORT_PHONE)] == [TaskState.OPEN]


def test_an_activation_ends_the_plans_activation_though_it_lays_it_itself(desk: Desk, fire: Id, clock: SetClock) -> None:
    clock.forward(9)
    for tier in (DISTRICT, CITY):  # the district's was laid with the call, the city's is laid by its activation
        acting_as(desk, "city" if tier is CITY else "leader")
        responses.activate_response(desk, incident_id=fire, **ACTIVATION)  # type: ignore[arg-type]
        (task,) = asking(desk, fire, PlanFact.ACTIVATE, tier)
        assert (task.state, task.ended_at) == (TaskState.DONE, clock.at)
        assert len(ended_by(desk, fire, task)) == 1
    story.assert_sound(desk)


def test_what_stands_already_ends_what_a_higher_level_asks_for(desk: Desk, clock: SetClock) -> None:
    fire = story.opened(desk).id
    assert not asking(desk, fire, PlanFact.FORM_COMMAND)
    formed = clock.forward(5)
    posts.form_post(desk, incident_id=fire, place="南门", people=(Named(PostRole.COMMANDER, "局长"),))
    clock.forward(5)
    incidents.report_figures(desk, incident_id=fire, figures=story.figures(trapped=14), reported_by="119")
    (task,) = asking(desk, fire, PlanFact.FORM_COMMAND)
    assert (task.state, task.ended_at) == (TaskState.DONE, formed)


def test_a_hand_over_up_ends_it_for_who_gave_and_who_took_and_the_way_down_ends_nothing(desk: Desk, fire: Id, clock: SetClock) -> None:
    responses.activate_response(desk, incident_id=fire, **ACTIVATION | {"level": Level.II})  # type: ignore[arg-type]
    acting_as(desk, "city")
    responses.activate_response(desk, incident_id=fire, **ACTIVATION | {"level": Level.II})  # type: ignore[arg-type]
    assert [task.state for task in asking(desk, fire, PlanFact.HAND_OVER)] == [TaskState.OPEN]
    taken = clock.forward(20)
    command.take_command(desk, incident_id=fire, given_by="区局长", taken_by="市局长", carried=HandOver())
    for fact, tier in ((PlanFact.HAND_OVER, DISTRICT), (PlanFact.TAKE_OVER, CITY)):
        assert [(task.state, task.ended_at) for task in asking(desk, fire, fact, tier)] == [(TaskState.DONE, taken)]
    incidents.reopen_task(desk, task_id=asking(desk, fire, PlanFact.TAKE_OVER, CITY)[0].id)
    command.offer_command(desk, incident_id=fire, to=DISTRICT, given_by="市局长", carried=HandOver())
    acting_as(desk, "leader")
    command.accept_command(desk, incident_id=fire, taken_by="区局长")
    assert [task.state for task in asking(desk, fire, PlanFact.TAKE_OVER, CITY)] == [TaskState.OPEN]


def test_a_step_or_a_report_skipped_with_a_reason_skips_its_task_and_what_comes_all_the_same_was_no_skip(
    desk: Desk, fire: Id, clock: SetClock,
) -> None:
    ladder.mark_step(desk, incident_id=fire, step=Step.ACTIVATE, state=StepState.SKIPPED, reason="市里已启动")
    (task,) = asking(desk, fire, PlanFact.ACTIVATE)
    assert (task.state, task.reason) == (TaskState.SKIPPED, "市里已启动")
    assert ended_by(desk, fire, task, Happening.TASK_SKIPPED)[0].text == "市里已启动"
    due = next(each for each in ladder.read_ladder(desk, incident_id=fire).dues if each.is_open and each.channel is Channel.PHONE)
    reports.skip_due(desk, due_id=due.id, reason="市值班室在现场")
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_PHONE)] == [TaskState.SKIPPED]
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_WRITTEN)] == [TaskState.OPEN]
    clock.forward(3)
    responses.activate_response(desk, incident_id=fire, **ACTIVATION)  # type: ignore[arg-type]
    (task,) = asking(desk, fire, PlanFact.ACTIVATE)
    assert (task.state, task.ended_at, task.reason) == (TaskState.DONE, clock.at, "")


def test_a_task_that_was_opened_again_stays_open_until_it_happens_again(desk: Desk, fire: Id, clock: SetClock) -> None:
    phone(desk, fire)
    incidents.reopen_task(desk, task_id=asking(desk, fire, PlanFact.REPORT_PHONE)[0].id)
    incidents.report_figures(desk, incident_id=fire, figures=story.figures(dead=12), reported_by="119")
    responses.activate_response(desk, incident_id=fire, **ACTIVATION | {"level": Level.I})  # type: ignore[arg-type]
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_PHONE)] == [TaskState.OPEN]
    phone(desk, fire)
    assert [each.state for each in asking(desk, fire, PlanFact.REPORT_PHONE)] == [TaskState.DONE]


def test_a_follow_up_from_before_does_not_end_the_follow_up_that_a_higher_level_asks_for(desk: Desk, clock: SetClock) -> None:
    fire = story.opened(desk).id
    phone(desk, fire)
    draft = drafting.draft(desk, incident_id=fire, from_tier=DISTRICT, to_tier=CITY, channel=Channel.PHONE).value
    assert draft.kind is ReportKind.FOLLOW_UP
    reports.sign_and_send(desk, report_id=draft.id, received_by="李值班员")
    clock.forward(5)
    incidents.report_figures(desk, incident_id=fire, figures=story.figures(trapped=14), reported_by="119")
    assert [task.state for task in asking(desk, fire, PlanFact.REPORT_FOLLOW_UP)] == [TaskState.OPEN]


def test_walking_by_the_next_act_alone_no_fact_is_asked_for_twice(desk: Desk, fire: Id, clock: SetClock) -> None:
    """Whatever the clocks, the ladder and the plan ask for alike stands on the panel once: as the report or the step, never as the task."""
    seen: list[str] = []
    for _number in range(80):
        act = next_act(desk, fire)
        task = next((each for each in incidents.open_room(desk, incident_id=fire).tasks if each.id == act.about_id), None)
        if act.kind is NextActKind.WATCH:
            break
        if task is not None and task.tier == DISTRICT and task.meets:
            seen.append(f"task {task.meets}")
        _do(desk, fire, act, seen)
        clock.forward(2)
    assert sorted(seen) == ["report_phone", "report_written", "step activate", "step form_command", "task report_follow_up"]


def _do(desk: Desk, fire: Id, act: NextAct, seen: list[str]) -> None:
    if act.kind is NextActKind.TASK and act.about_id is not None:
        incidents.end_task(desk, task_id=act.about_id)
    elif act.kind is NextActKind.REPORT:
        seen.append(f"report_{act.value('channel')}")
        phone(desk, fire, Channel(act.value("channel")))
    elif act.kind is NextActKind.STEP and act.value("step") == Step.ACTIVATE:
        seen.append("step activate")
        responses.activate_response(desk, incident_id=fire, **ACTIVATION | {"level": Level.III})  # type: ignore[arg-type]
    elif act.kind is NextActKind.STEP and act.value("step") == Step.FORM_COMMAND:
        seen.append("step form_command")
        posts.form_post(desk, incident_id=fire, place="南门", people=(Named(PostRole.COMMANDER, "局长"),))
    elif act.kind is NextActKind.STEP:
        ladder.mark_step(desk, incident_id=fire, step=Step(act.value("step")), state=StepState.SKIPPED, reason="本例不走")
    elif act.kind is NextActKind.SEND:
        ladder.mark_step(desk, incident_id=fire, step=Step.DISPATCH, state=StepState.SKIPPED, reason="本例不派")
    else:
        raise AssertionError(act)


def test_the_step_is_asked_for_by_the_time_and_clause_of_the_plan(desk: Desk, fire: Id, clock: SetClock) -> None:
    _do(desk, fire, NextAct(NextActKind.SEND), [])
    clock.set(19, 31)
    for task in incidents.open_room(desk, incident_id=fire).tasks:
        if task.meets != PlanFact.ACTIVATE:
            incidents.end_task(desk, task_id=task.id)
    act = next_act(desk, fire)
    while act.value("step") != Step.ACTIVATE:
        _do(desk, fire, act, [])
        act = next_act(desk, fire)
    assert (act.kind, act.due_at) == (NextActKind.STEP, later(START, 15))


@pytest.mark.parametrize(("plan_minutes", "due_minutes", "clause"), [(5, 5, "4.2"), (30, 30, ""), (45, 30, "")])
def test_a_report_is_asked_for_at_the_earlier_of_the_clock_and_the_plan(
    desk: Desk, fire: Id, plan_minutes: int, due_minutes: int, clause: str,
) -> None:
    room = incidents.open_room(desk, incident_id=fire)
    (task,) = asking(desk, fire, PlanFact.REPORT_PHONE)
    act = next_acts.next_act(
        room.incident, [replace(task, due_at=later(START, plan_minutes))], (), wanted={}, now=later(START, 46), own_tier=DISTRICT.value,
        ladder=room.ladder, soon_minutes=10, silent_minutes=10, at_once=desk.trade.clocks.at_once)
    assert (act.kind, act.value("channel"), act.due_at, act.clause) == (NextActKind.REPORT, "phone", later(START, due_minutes), clause)
