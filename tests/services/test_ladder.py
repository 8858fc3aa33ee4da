"""The ladder through its services: own tier, own area, heard tiers, the end and what stands against it, posts, notices, grades."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.command import CommandPost, DecisionKind, NoticeKind, PostMember, PostRole
from emergency_desk.domain.errors import (
    CommandNotTheirs,
    FieldMissing,
    FieldUnreadable,
    GradeNotLowered,
    IncidentIsClosed,
    MemberLeft,
    NotOwnArea,
    NotOwnTier,
    NotTheActivator,
    OccurredInFuture,
    ParentCircle,
    PostMissing,
    PostStands,
    ReasonMissing,
    ResponseRuns,
    ResponsesRun,
    RoleMissing,
    StepByAct,
    StillOpen,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, Incident, Production
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.recovery import AftermathKind, AftermathState
from emergency_desk.domain.responses import Heard, Response, ResponseState
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import calls, command, grades, incidents, ladder, posts, recovery, reports, responses
from emergency_desk.services.command import HandOver
from emergency_desk.services.desk import Desk
from emergency_desk.services.posts import Named
from emergency_desk.wording.catalog import speaking
from emergency_desk.wording.log_lines import told
from tests import story
from tests.builders import CITY, DISTRICT, FAR_STREET, SetClock, acting_as, later, make_desk

STREET_TIER, DISTRICT_TIER, CITY_TIER = Tier.STREET, Tier.DISTRICT, Tier.CITY
CITY_SAID = Heard("市值班室", "phone", True)
EMPTY = HandOver()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, plans=story.FIRE_PLANS)


@pytest.fixture
def fire(desk: Desk) -> Incident:
    return story.opened(desk)


def activate(desk: Desk, incident: Incident, level: Level = Level.III, **more: Any) -> Response:
    facts: dict[str, Any] = {"matter": "火灾", "expected_hours": 24, "measures": "搜救", "decided_by": "局长"}
    return responses.activate_response(desk, incident_id=incident.id, level=level, **facts | more).value


def end(desk: Desk, incident: Incident, **more: Any) -> Response:
    return responses.end_response(desk, incident_id=incident.id, **{"decided_by": "局长"} | more).value


def form(desk: Desk, incident: Incident, *others: Named, **more: Any) -> CommandPost:
    people = (Named(PostRole.COMMANDER, "区局长"), Named(PostRole.FIRE_COMMANDER, "大队长"), *others)
    return posts.form_post(desk, incident_id=incident.id, **{"place": "南门", "people": people} | more).value


def holder(desk: Desk, incident: Incident) -> Tier:
    return ladder.read_ladder(desk, incident_id=incident.id).holder


def seated(desk: Desk, incident: Incident, role: PostRole) -> list[PostMember]:
    return [each for each in ladder.read_ladder(desk, incident_id=incident.id).members if each.role is role and each.until is None]


# -- responses --------------------------------------------------------------------------------------------------------
def test_three_tiers_stand_at_three_levels_of_their_own(desk: Desk, fire: Incident) -> None:
    activate(acting_as(desk, "street"), fire, Level.IV)
    activate(acting_as(desk, "leader"), fire, Level.III)
    activate(acting_as(desk, "city"), fire, Level.II)
    levels = {line.tier: line.response.level for line in ladder.read_ladder(desk, incident_id=fire.id).tiers if line.response}
    assert levels == {STREET_TIER: Level.IV, DISTRICT_TIER: Level.III, CITY_TIER: Level.II}
    with pytest.raises(ResponseRuns):
        activate(desk, fire)
    story.assert_sound(desk)


@pytest.mark.parametrize(("fact", "typed"), [("matter", " "), ("level", None), ("expected_hours", None), ("measures", "")])
def test_r_1_11_each_of_the_four_facts_is_asked_for_and_nothing_is_written(desk: Desk, fire: Incident, fact: str, typed: object) -> None:
    with pytest.raises(FieldMissing) as raised:
        activate(desk, fire, **{fact: typed})
    assert raised.value.field == fact
    assert "response" not in story.happenings(desk, fire)


def test_every_step_of_a_response_is_kept_and_told(desk: Desk, fire: Incident, clock: SetClock) -> None:
    activate(desk, fire)
    clock.forward(5)
    responses.adjust_response(desk, incident_id=fire.id, level=Level.II, decided_by="总指挥", reason="扩大")
    responses.extend_response(desk, incident_id=fire.id, expected_hours=48, decided_by="总指挥")
    responses.suspend_response(desk, incident_id=fire.id, reason="坍塌征兆", decided_by="总指挥")
    responses.resume_response(desk, incident_id=fire.id, reason="可以进入", decided_by="总指挥")
    end(desk, fire, override_reason="首报已电话报")
    changes = ladder.read_ladder(desk, incident_id=fire.id).changes
    assert [change.step.value for change in changes] == ["activated", "adjusted", "extended", "suspended", "resumed", "ended"]
    assert (changes[1].level_before, changes[1].level, changes[2].expected_until) == (Level.III, Level.II, clock.at + timedelta(hours=48))
    assert story.happenings(desk, fire).count("response") == 6
    story.assert_sound(desk)


def test_what_runs_at_a_level_asks_for_that_levels_teams_and_no_tier_below_takes_it_away(desk: Desk, fire: Incident) -> None:
    activate(acting_as(desk, "city"), fire, Level.II)
    assert (incidents.open_room(desk, incident_id=fire.id).incident.plan_tier, Level.II) == (CITY_TIER, Level.II)
    acting_as(desk, "street")
    incidents.report_figures(desk, incident_id=fire.id, figures=story.figures(trapped=1))
    now = incidents.open_room(desk, incident_id=fire.id).incident
    assert (now.plan_tier, now.plan_level) == (CITY_TIER, "II")


# -- whose act it is --------------------------------------------------------------------------------------------------
ACTS: dict[str, Any] = {
    "adjust": lambda desk, fire, **whose: responses.adjust_response(desk, incident_id=fire.id, level=Level.I, decided_by="长", reason="大",
                                                                    **whose),
    "extend": lambda desk, fire, **whose: responses.extend_response(desk, incident_id=fire.id, expected_hours=2, decided_by="长", **whose),
    "suspend": lambda desk, fire, **whose: responses.suspend_response(desk, incident_id=fire.id, reason="险", decided_by="长", **whose),
    "take": lambda desk, fire, **whose: command.take_command(desk, incident_id=fire.id, given_by="甲", taken_by="乙", carried=EMPTY,
                                                              **whose),
    "post": lambda desk, fire, **whose: form(desk, fire, **whose),
    "decision": lambda desk, fire, **whose: posts.record_decision(desk, incident_id=fire.id, kind=DecisionKind.DECISION, text="撤",
                                                                  decided_by="长", **whose),
    "step": lambda desk, fire, **whose: ladder.mark_step(desk, incident_id=fire.id, step=Step.VERIFY, **whose),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_another_tiers_act_is_only_recorded_as_heard(desk: Desk, fire: Incident, act: Any) -> None:
    activate(desk, fire, tier=CITY_TIER, heard=CITY_SAID)
    with pytest.raises(NotOwnTier):
        act(desk, fire, tier=CITY_TIER)
    with pytest.raises(FieldMissing):
        act(desk, fire, tier=CITY_TIER, heard=Heard("市值班室"))
    act(desk, fire, tier=CITY_TIER, heard=CITY_SAID)
    with desk.reading() as reading:
        last = reading.log.where("WHERE incident_id = ? ORDER BY sequence DESC LIMIT 1", (fire.id,))[0]
    assert (last.value("heard_from"), last.value("how"), last.value("read_back")) == ("市值班室", "phone", "yes")
    story.assert_sound(desk)


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_another_area_of_the_same_tier_does_not_act_here(desk: Desk, act: Any) -> None:
    far = story.opened(desk, area_id=FAR_STREET)
    with pytest.raises(NotOwnArea):
        act(desk, far)
    with pytest.raises(NotOwnArea):
        activate(desk, far)


def test_an_officer_does_not_end_the_districts_own_response_by_calling_it_heard(desk: Desk, fire: Incident) -> None:
    activate(desk, fire)
    acting_as(desk, "officer")
    with pytest.raises(RoleMissing) as raised:
        end(desk, fire, heard=Heard("本区带班领导", "phone"))
    assert "第八十六条" in raised.value.values["basis"].zh


def test_b16_a_street_ends_no_response_of_the_city_and_is_shown_the_article(desk: Desk, fire: Incident) -> None:
    activate(acting_as(desk, "city"), fire)
    acting_as(desk, "street")
    with pytest.raises(RoleMissing) as raised:
        end(desk, fire, tier=CITY_TIER)
    assert "第八十六条" in raised.value.values["basis"].zh


def test_r_1_13_a_district_ends_neither_the_citys_nor_the_streets(desk: Desk, fire: Incident) -> None:
    for name in ("street", "city"):
        activate(acting_as(desk, name), fire)
    acting_as(desk, "leader")
    for tier in (CITY_TIER, STREET_TIER):
        with pytest.raises(NotTheActivator):
            end(desk, fire, tier=tier)


def test_a_closed_incident_takes_no_act_of_the_ladder(desk: Desk, fire: Incident) -> None:
    incidents.close_incident(desk, incident_id=fire.id)
    for act in (lambda: activate(desk, fire), lambda: form(desk, fire), lambda: ACTS["take"](desk, fire),
                lambda: grades.judge_grade(desk, incident_id=fire.id, grade=Grade.MAJOR, decided_by="长"),
                lambda: command.add_notice(desk, incident_id=fire.id, name="供电")):
        with pytest.raises(IncidentIsClosed):
            act()


def test_nothing_of_tomorrow_is_written(desk: Desk, fire: Incident, clock: SetClock) -> None:
    with pytest.raises(OccurredInFuture):
        activate(desk, fire, occurred_at=clock.at + timedelta(hours=1))


# -- the end ----------------------------------------------------------------------------------------------------------
def test_only_the_own_teams_stand_against_the_end_and_a_reason_overrides_them_in_the_log(desk: Desk, fire: Incident) -> None:
    activate(acting_as(desk, "city"), fire)
    activate(acting_as(desk, "leader"), fire)
    story.send(desk, fire, story.FIRE_ONE, reason="就近")
    assert responses.what_is_open(desk, incident_id=fire.id, tier=CITY_TIER).teams == ()
    with pytest.raises(StillOpen) as raised:
        end(desk, fire, override_reason="")
    assert raised.value.values["teams"] == ("消防一站",)
    command.offer_command(desk, incident_id=fire.id, to=CITY_TIER, given_by="甲", carried=EMPTY)
    command.accept_command(acting_as(desk, "city"), incident_id=fire.id, taken_by="乙")
    end(acting_as(desk, "leader"), fire, override_reason="队伍由市调用")
    with desk.reading() as reading:
        last = [entry for entry in reading.log.where("ORDER BY sequence") if entry.happening == "response"][-1]
    assert (last.value("step"), last.value("override")) == ("ended", "队伍由市调用")


def test_people_missing_stand_against_the_end_of_who_commands(desk: Desk, fire: Incident) -> None:
    activate(desk, fire)
    incidents.report_figures(desk, incident_id=fire.id, figures=story.figures(missing=2))
    assert responses.what_is_open(desk, incident_id=fire.id).people == 2
    assert responses.what_is_open(desk, incident_id=fire.id, tier=STREET_TIER).people == 0
    with pytest.raises(StillOpen):
        end(desk, fire)
    incidents.report_figures(desk, incident_id=fire.id, figures=story.figures(missing=0))
    assert responses.what_is_open(desk, incident_id=fire.id).people == 0


def test_no_reason_lets_a_tier_go_that_commands_others(desk: Desk, fire: Incident) -> None:
    activate(acting_as(desk, "street"), fire)
    activate(acting_as(desk, "leader"), fire)
    with pytest.raises(StillOpen) as raised:
        end(desk, fire, override_reason="都好了")
    assert raised.value.values["commands"] == "yes"
    command.offer_command(desk, incident_id=fire.id, to=STREET_TIER, given_by="甲", carried=EMPTY)
    command.accept_command(acting_as(desk, "street"), incident_id=fire.id, taken_by="乙")
    assert end(acting_as(desk, "leader"), fire, override_reason="首报由街道报").state is ResponseState.ENDED


def test_the_post_goes_with_the_response_and_with_the_incident(desk: Desk, fire: Incident) -> None:
    activate(desk, fire)
    form(desk, fire)
    end(desk, fire, override_reason="首报已电话报")
    assert all(post.dissolved_at for post in ladder.read_ladder(desk, incident_id=fire.id).posts)
    form(desk, fire)
    incidents.close_incident(desk, incident_id=fire.id)
    assert all(post.dissolved_at for post in ladder.read_ladder(desk, incident_id=fire.id).posts)
    story.assert_sound(desk)


def test_an_incident_neither_closes_nor_goes_up_in_another_while_a_response_runs(desk: Desk, fire: Incident) -> None:
    other = story.opened(desk, address="二路")
    activate(desk, fire)
    with pytest.raises(ResponsesRun):
        incidents.close_incident(desk, incident_id=fire.id)
    with pytest.raises(ResponsesRun):
        calls.join_incident(desk, incident_id=fire.id, into_id=other.id)


# -- command ----------------------------------------------------------------------------------------------------------
def test_until_it_is_accepted_the_lower_tier_commands(desk: Desk, clock: SetClock) -> None:
    fire = story.opened(acting_as(desk, "street"))
    moved = command.offer_command(desk, incident_id=fire.id, to=DISTRICT_TIER, given_by="甲", carried=HandOver("明火", "2站", "供电")).value
    assert moved.answer_due_at == clock.at + timedelta(minutes=5) and holder(desk, fire) is STREET_TIER
    with pytest.raises(CommandNotTheirs):
        command.withdraw_offer(acting_as(desk, "leader"), incident_id=fire.id, reason="不是我的")
    clock.forward(6)
    again = command.repeat_offer(acting_as(desk, "street"), incident_id=fire.id).value
    assert again.answer_due_at == clock.at + timedelta(minutes=5)
    taken = command.accept_command(acting_as(desk, "leader"), incident_id=fire.id, taken_by="乙").value
    assert (taken.situation, taken.resources, taken.open_orders, taken.given_by, taken.taken_by) == ("明火", "2站", "供电", "甲", "乙")
    assert holder(desk, fire) is DISTRICT_TIER


def test_a_refused_offer_expands_nothing(desk: Desk) -> None:
    fire = story.opened(acting_as(desk, "leader"), figures=story.figures(dead=3))

    def expand() -> StepState:
        line = ladder.read_ladder(desk, incident_id=fire.id).line(DISTRICT_TIER)
        assert line is not None
        return next(each.state for each in line.steps if each.step is Step.EXPAND)

    assert expand() is StepState.OPEN
    command.offer_command(desk, incident_id=fire.id, to=CITY_TIER, given_by="甲", carried=EMPTY)
    assert expand() is StepState.DONE
    command.refuse_command(acting_as(desk, "city"), incident_id=fire.id, reason="区可处置")
    assert expand() is StepState.OPEN


def test_a_working_group_from_above_commands_nothing(desk: Desk, fire: Incident) -> None:
    """AW8 五(一)."""
    post = form(desk, fire)
    posts.seat_member(desk, post_id=post.id, member=Named(PostRole.WORKING_GROUP, "市工作组"))
    assert holder(desk, fire) is DISTRICT_TIER
    assert [each.name for each in seated(desk, fire, PostRole.COMMANDER)] == ["区局长"]


# -- the post ---------------------------------------------------------------------------------------------------------
def test_a_post_has_its_two_commanders_and_the_plans_groups(desk: Desk, fire: Incident) -> None:
    post = form(desk, fire)
    assert [each.name for each in seated(desk, fire, PostRole.FIRE_COMMANDER)] == ["大队长"]
    assert "grp_coord" in {each.group_id for each in seated(desk, fire, PostRole.GROUP_LEAD)}
    with pytest.raises(PostStands):
        form(desk, fire)
    posts.seat_member(desk, post_id=post.id, member=Named(PostRole.COMMANDER, "副区长"))
    assert [each.name for each in seated(desk, fire, PostRole.COMMANDER)] == ["副区长"]


@pytest.mark.parametrize(("place", "people", "missing"), [
    (" ", (Named(PostRole.COMMANDER, "局长"),), "place"), ("南门", (Named(PostRole.RECORDER, "王"),), "commander"),
    ("南门", (Named(PostRole.COMMANDER, " "),), "commander"),
])
def test_a_post_needs_a_place_and_a_commander(desk: Desk, fire: Incident, place: str, people: tuple[Named, ...], missing: str) -> None:
    with pytest.raises(FieldMissing) as raised:
        form(desk, fire, place=place, people=people)
    assert raised.value.field == missing


def test_somebody_leaves_the_post_once_and_nobody_works_at_one_that_is_gone(desk: Desk, fire: Incident, clock: SetClock) -> None:
    post = form(desk, fire)
    (commander,) = seated(desk, fire, PostRole.COMMANDER)
    left = posts.release_member(desk, member_id=commander.id).value
    clock.forward(5)
    with pytest.raises(MemberLeft):
        posts.release_member(desk, member_id=commander.id)
    assert left.until == clock.at - timedelta(minutes=5)
    with pytest.raises(NotOwnTier):
        posts.seat_member(acting_as(desk, "city"), post_id=post.id, member=Named(PostRole.DEPUTY, "某"))
    posts.dissolve_post(acting_as(desk, "leader"), incident_id=fire.id)
    for act in (lambda: posts.seat_member(desk, post_id=post.id, member=Named(PostRole.DEPUTY, "某")),
                lambda: posts.dissolve_post(desk, incident_id=fire.id)):
        with pytest.raises(PostMissing):
            act()


# -- who is told ------------------------------------------------------------------------------------------------------
def special(desk: Desk, area: Id | None, hazards: tuple[str, ...] = ("building_fire",)) -> None:
    with desk.open_work() as work:
        work.units.add(Unit(id=Id("9" * 32), kind=UnitKind.SPECIAL_HQ, name="消防安全指挥部", area_id=area, duty_phone="0532-1",
                            lead_unit="消防大队", member_units=("公安", "供电"), hazards=hazards))
        work.units.add(Unit(id=Id("8" * 32), kind=UnitKind.DEPARTMENT, name="公安", duty_phone="0532-2"))
        work.commit("register")


@pytest.mark.parametrize(("area", "hazards", "called"), [
    (DISTRICT, ("building_fire",), True), (None, ("building_fire",), True), (CITY, ("building_fire",), False),
    (DISTRICT, ("typhoon",), False),
])
def test_the_hazard_calls_in_the_tiers_own_special_command_post(
    desk: Desk, fire: Incident, area: Id | None, hazards: tuple[str, ...], called: bool,
) -> None:
    special(desk, area, hazards)
    activate(desk, fire)
    notices = ladder.read_ladder(desk, incident_id=fire.id).notices
    expected = {("消防安全指挥部", NoticeKind.SPECIAL_HQ, "0532-1"), ("消防大队", NoticeKind.LEAD_UNIT, ""),
                ("公安", NoticeKind.MEMBER_UNIT, "0532-2"), ("供电", NoticeKind.MEMBER_UNIT, "")}
    assert {(notice.name, notice.kind, notice.phone) for notice in notices} == (expected if called else set())


def test_nobody_is_listed_twice_and_a_tier_tells_its_own_list(desk: Desk, fire: Incident) -> None:
    special(desk, DISTRICT)
    activate(desk, fire)
    end(desk, fire, override_reason="首报已报")
    activate(desk, fire)
    notices = ladder.read_ladder(desk, incident_id=fire.id).notices
    assert len(notices) == 4
    with pytest.raises(NotOwnTier):
        command.tell(acting_as(desk, "city"), notice_id=notices[0].id)
    told = command.tell(acting_as(desk, "leader"), notice_id=notices[0].id, told_to="值班员", read_back=True).value
    assert told.is_told and told.read_back and story.happenings(desk, fire)[-1] == "notice"


# -- steps and grades -------------------------------------------------------------------------------------------------
def test_that_nothing_asks_for_a_step_is_derived_and_nobody_may_say_it(desk: Desk, fire: Incident) -> None:
    with pytest.raises(FieldUnreadable):
        ladder.mark_step(desk, incident_id=fire.id, step=Step.EVACUATE, state=StepState.NOT_ASKED)


def test_a_step_is_skipped_with_a_reason_and_a_response_never_ticked(desk: Desk, fire: Incident) -> None:
    with pytest.raises(ReasonMissing):
        ladder.mark_step(desk, incident_id=fire.id, step=Step.VERIFY, state=StepState.SKIPPED)
    for step in (Step.ACTIVATE, Step.END):
        with pytest.raises(StepByAct):
            ladder.mark_step(desk, incident_id=fire.id, step=step)
    ladder.mark_step(desk, incident_id=fire.id, step=Step.ACTIVATE, state=StepState.SKIPPED, reason="先核实")
    activate(desk, fire)
    assert story.happenings(desk, fire).count("step") == 1


def test_figures_never_lower_a_grade_and_a_downgrade_is_somebodys_with_a_reason(desk: Desk, fire: Incident) -> None:
    incidents.report_figures(desk, incident_id=fire.id, figures=story.figures(dead=3))
    fewer = incidents.report_figures(desk, incident_id=fire.id, figures=story.figures(dead=1), reason="误报").value
    assert fewer.grade is Grade.RELATIVELY_MAJOR
    for decided_by, reason in (("", "核实"), ("局长", "")):
        with pytest.raises(GradeNotLowered):
            grades.judge_grade(desk, incident_id=fire.id, grade=Grade.ORDINARY, decided_by=decided_by, reason=reason)
    change = grades.judge_grade(desk, incident_id=fire.id, grade=Grade.ORDINARY, decided_by="局长", reason="核实后死亡1人").value
    assert (change.is_suggestion, incidents.open_room(desk, incident_id=fire.id).incident.grade) == (False, Grade.ORDINARY)
    story.assert_sound(desk)


@pytest.mark.parametrize(("said", "verdict"), [(None, "ask_production"), (Production.YES, "yes"), (Production.NO, "no")])
def test_the_near_miss_asks_once_whether_it_was_production_work(desk: Desk, said: Production | None, verdict: str) -> None:
    fire = story.opened(desk, figures=story.figures(trapped=3))
    if said is not None:
        fire = grades.say_production(desk, incident_id=fire.id, production=said).value
    assert grades.near_miss(desk, incident=fire).verdict == verdict


def test_two_rules_grade_one_event_side_by_side(desk: Desk) -> None:
    fire = story.opened(desk, figures=story.figures(evacuate=5000, dead=0))
    fire = grades.set_secondary_types(desk, incident_id=fire.id, types=("hazmat",)).value
    assert fire.secondary_types == ("hazmat",) and len(grades.gradings(desk, incident=fire)) == 2


def test_an_incident_hangs_below_another_and_never_below_its_own_child(desk: Desk, fire: Incident) -> None:
    child = story.opened(desk, address="二路")
    grades.set_parent(desk, incident_id=child.id, parent_id=fire.id)
    assert [each.id for each in grades.children(desk, incident_id=fire.id)] == [child.id]
    for incident, parent in ((fire, child), (fire, fire)):
        with pytest.raises(ParentCircle):
            grades.set_parent(desk, incident_id=incident.id, parent_id=parent.id)




# -- what follows -----------------------------------------------------------------------------------------------------
def test_with_the_last_response_ends_the_emergency_and_what_is_owed_afterwards_is_laid(desk: Desk, fire: Incident, clock: SetClock) -> None:
    activate(acting_as(desk, "street"), fire, Level.IV)
    activate(acting_as(desk, "leader"), fire)
    clock.forward(30)
    ended_at = clock.at
    end(acting_as(desk, "street"), fire, override_reason="已移交")
    assert recovery.list_items(desk, incident_id=fire.id) == [], "the district's response still runs"
    acting_as(desk, "leader")
    clock.forward(30)
    end(desk, fire, override_reason="已扑灭", occurred_at=ended_at)
    items = recovery.list_items(desk, incident_id=fire.id)
    assert {item.tier for item in items} == {DISTRICT_TIER} and AftermathKind.LOSS_SURVEY in {item.kind for item in items}
    assert next(item.due_at for item in items if item.kind is AftermathKind.PERSONAL_ERASURE) == ended_at
    line = next(line.entry for line in incidents.read_log(desk, incident_id=fire.id) if line.entry.value("step") == "ended")
    assert int(line.value("owed")) == len(items)
    incidents.close_incident(desk, incident_id=fire.id)
    assert recovery.list_items(desk, incident_id=fire.id) == items
    story.assert_sound(desk)


def test_who_is_to_lead_is_asked_to_form_its_post_and_then_to_take_the_command(desk: Desk) -> None:
    fire = story.opened(acting_as(desk, "street"))
    activate(acting_as(desk, "leader"), fire)
    assert (holder(desk, fire), ladder.read_ladder(desk, incident_id=fire.id).leading) == (STREET_TIER, DISTRICT_TIER)
    own = ladder.read_ladder(desk, incident_id=fire.id).own
    steps = {step.step: step.state for step in own.steps} if own is not None else {}
    assert steps[Step.FORM_COMMAND] is StepState.OPEN, "the one that leads by the grade, though the street commands still"
    form(desk, fire)
    ladder.mark_step(desk, incident_id=fire.id, step=Step.DISPATCH, state=StepState.SKIPPED, reason="119已调派")
    act = incidents.open_room(desk, incident_id=fire.id).next_act
    assert (act.kind, act.value("from")) == (NextActKind.TAKE_COMMAND, STREET_TIER)
    command.take_command(desk, incident_id=fire.id, given_by="街道主任", taken_by="区局长", carried=EMPTY)
    assert holder(desk, fire) is DISTRICT_TIER
    assert incidents.open_room(desk, incident_id=fire.id).next_act.kind is not NextActKind.TAKE_COMMAND


def test_who_does_not_lead_by_the_grade_is_never_told_to_take_the_command(desk: Desk) -> None:
    fire = story.opened(acting_as(desk, "street"))
    activate(acting_as(desk, "city"), fire, Level.III)
    form(desk, fire)
    seen = ladder.read_ladder(desk, incident_id=fire.id)
    assert (seen.own.tier if seen.own else None, seen.holder, seen.leading) == (Tier.CITY, STREET_TIER, DISTRICT_TIER)
    ladder.mark_step(desk, incident_id=fire.id, step=Step.DISPATCH, state=StepState.SKIPPED, reason="119已调派")
    assert incidents.open_room(desk, incident_id=fire.id).next_act.kind is not NextActKind.TAKE_COMMAND


def test_an_offer_that_waits_is_answered_and_not_overtaken_by_taking(desk: Desk) -> None:
    fire = story.opened(acting_as(desk, "street"))
    activate(acting_as(desk, "leader"), fire)
    form(desk, fire)
    command.offer_command(acting_as(desk, "street"), incident_id=fire.id, to=DISTRICT_TIER, given_by="街道主任", carried=EMPTY)
    acting_as(desk, "leader")
    assert incidents.open_room(desk, incident_id=fire.id).next_act.kind is NextActKind.ANSWER_OFFER


def test_the_next_act_tells_of_the_aftermath_once_the_last_response_has_ended(desk: Desk, fire: Incident) -> None:
    activate(desk, fire)
    for task in incidents.open_room(desk, incident_id=fire.id).tasks:
        incidents.end_task(desk, task_id=task.id)
    assert incidents.open_room(desk, incident_id=fire.id).next_act.kind is NextActKind.SEND
    end(desk, fire, override_reason="已扑灭")
    for due in ladder.read_ladder(desk, incident_id=fire.id).dues:
        if due.is_open:
            reports.skip_due(desk, due_id=due.id, reason="已面报")
    story.pass_over_steps(desk, fire)
    act = incidents.open_room(desk, incident_id=fire.id).next_act
    assert (act.kind, act.value("step")) == (NextActKind.CLOSE, Step.RECOVER)
    incidents.close_incident(desk, incident_id=fire.id)
    act = incidents.open_room(desk, incident_id=fire.id).next_act
    assert (act.kind, act.value("step")) == (NextActKind.STEP, Step.RECOVER)


def test_what_was_erased_after_the_response_is_not_owed_again_at_the_close_unless_somebody_called_since(desk: Desk) -> None:
    incident = story.opened(desk, caller=story.CALLER)
    activate(desk, incident)
    end(desk, incident, override_reason="已扑灭")
    incidents.erase_personal(desk, incident_id=incident.id)
    incidents.close_incident(desk, incident_id=incident.id)

    def erasures() -> list[AftermathState]:
        items = recovery.list_items(desk, incident_id=incident.id)
        return [item.state for item in items if item.kind is AftermathKind.PERSONAL_ERASURE]

    assert erasures() == [AftermathState.DONE]
    incidents.reopen_incident(desk, incident_id=incident.id, reason="复燃")
    calls.join_call(desk, draft=story.fire(words="又着了", caller=story.CALLER), incident_id=incident.id)
    incidents.close_incident(desk, incident_id=incident.id)
    assert erasures() == [AftermathState.DONE, AftermathState.OPEN]


# -- who is told ------------------------------------------------------------------------------------------------------
def test_a_notice_is_logged_when_it_is_asked_for_and_the_first_time_it_was_told_stands(desk: Desk, fire: Incident, clock: SetClock) -> None:
    notice = command.add_notice(desk, incident_id=fire.id, name="供电公司", why="断电").value
    first = clock.forward(5)
    command.tell(desk, notice_id=notice.id, told_to="调度员")
    clock.forward(5)
    again = command.tell(desk, notice_id=notice.id, told_to="总经理", read_back=True).value
    assert (again.told_at, again.told_to, again.read_back) == (first, "调度员", False)
    log = [line.entry for line in incidents.read_log(desk, incident_id=fire.id) if line.entry.about_id == notice.id]
    assert [(entry.value("step"), entry.value("told_to"), entry.occurred_at) for entry in reversed(log)] == [
        ("added", "", later(first, -5)), ("", "调度员", first), ("again", "总经理", later(first, 5))]
    with speaking("en"):
        assert [told(entry) for entry in reversed(log)] == [
            "To be told: 供电公司.", "供电公司 told: 调度员, by phone.", "Once more: 供电公司 told: 总经理, by phone, read back."]
    story.assert_sound(desk)
