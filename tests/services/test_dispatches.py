"""Who is sent, who never is, and what becomes of an order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.dispatches import OrderState
from emergency_desk.domain.errors import (
    ApplicationNeeded,
    FieldMissing,
    FieldUnreadable,
    IncidentIsClosed,
    NoTeamChosen,
    NotFound,
    OccurredInFuture,
    OrderNotOpen,
    ReasonMissing,
    ReceiptAlreadyGiven,
    Stale,
    TeamIsOut,
    TeamNotSendable,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import IncidentState
from emergency_desk.domain.reasons import ReasonNot
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from tests import story
from tests.builders import SetClock, acting_as, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def test_the_recommended_teams_go_without_a_word(desk: Desk) -> None:
    advised = [choice.team_id for choice in calls.advise(desk, draft=story.fire()).recommendation.choices]
    taken = story.take(desk, *advised, reason="")
    assert {order.team_id for order in taken.orders} == set(advised)
    assert taken.incident.state is IncidentState.FIRST_RESPONSE
    assert "override" not in story.happenings(desk, taken.incident)


def test_orders_are_numbered_within_their_incident(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE, story.FIRE_TWO)
    third = story.send(desk, taken.incident, story.SPECIAL, reason="高层")
    assert [order.order_number for order in (*taken.orders, third)] == [f"990101-2026-0001-D0{n}" for n in (1, 2, 3)]


def test_an_order_team_move_and_log_line_stand_in_one_commit(desk: Desk) -> None:
    incident = story.opened(desk)
    with desk.reading() as reading:
        before = reading.journal_number()
    order = story.send(desk, incident, story.FIRE_ONE)
    team = teams.get_team(desk, team_id=story.FIRE_ONE)
    with desk.reading() as reading:
        (entry,) = reading.journal_after(before)
    assert (team.state, team.incident_id) == (TeamState.MUSTERING, incident.id)
    assert {line.split(" ")[0] for line in entry.touched.splitlines()} == {"dispatches", "teams", "team_moves", "log_entries", "incidents"}
    assert order.receipt_due_at - order.sent_at == timedelta(minutes=desk.trade.clocks.receipt_minutes)


def test_a_farther_team_needs_no_reason(desk: Desk) -> None:
    order = story.send(desk, story.opened(desk), story.SPECIAL)
    assert order.override_reason == ""


@pytest.mark.parametrize(("team", "reason"), [
    (story.POWER, ReasonNot.MISSING_CAPABILITY), (story.FAR_STATION, ReasonNot.NOT_THIS_TIER),
])
def test_what_speaks_against_a_team_is_overridden_by_a_reason_that_is_logged(desk: Desk, team: Id, reason: ReasonNot) -> None:
    incident = story.opened(desk)
    with pytest.raises(ReasonMissing) as refusal:
        story.send(desk, incident, team, reason="  ")
    assert refusal.value.values["reason"] is reason
    order = story.send(desk, incident, team, reason="现场指挥要求")
    assert order.override_reason == "现场指挥要求"
    assert story.happenings(desk, incident)[-1] == "override"


def test_a_team_whose_certificate_ran_out_needs_a_reason(desk: Desk) -> None:
    incident = calls.take_call(desk, draft=story.fire(words="闻到燃气泄漏的味道")).value.incident
    with pytest.raises(ReasonMissing) as refusal:
        story.send(desk, incident, story.GAS)
    assert refusal.value.values["reason"] is ReasonNot.CERTIFICATE_EXPIRED


def test_what_the_plan_asks_for_is_sent_and_the_scene_asks_for_one_more_of_it(desk: Desk) -> None:
    incident, second = story.opened(desk), Id(f"{105:032x}")
    story.send(desk, incident, story.MEDICAL, serves="medical")
    advice = dispatches.recommend(desk, incident_id=incident.id)
    why = advice.why_not(second)
    assert "medical" not in {choice.serves for choice in advice.choices}
    assert why is not None and why.reason.could_go
    assert story.send(desk, incident, second, serves="medical", reason="").override_reason == ""


def test_the_garrison_is_never_sent_whatever_the_reason(desk: Desk) -> None:
    with pytest.raises(TeamNotSendable) as refusal:
        story.send(desk, story.opened(desk), story.MILITARY, reason="十万火急")
    assert refusal.value.values["reason"] is ReasonNot.BY_REQUEST


def test_a_social_force_applies_before_it_is_sent(desk: Desk) -> None:
    incident = story.opened(desk)
    with pytest.raises(ApplicationNeeded):
        story.send(desk, incident, story.SOCIAL, reason="他们就在旁边")
    with pytest.raises(FieldMissing):
        dispatches.accept_application(desk, incident_id=incident.id, team_id=story.SOCIAL, applied_by=" ")
    (order,) = dispatches.accept_application(desk, incident_id=incident.id, team_id=story.SOCIAL, applied_by="队长刘波").value
    assert order.application_by == "队长刘波"
    assert "application" in story.happenings(desk, incident)


def test_the_garrison_cannot_apply_either(desk: Desk) -> None:
    incident = story.opened(desk)
    with pytest.raises(TeamNotSendable):
        dispatches.accept_application(desk, incident_id=incident.id, team_id=story.MILITARY, applied_by="人武部")
    assert "application" not in story.happenings(desk, incident)


def test_a_team_that_is_out_is_not_sent_twice(desk: Desk) -> None:
    first = story.take(desk, story.FIRE_ONE).incident
    with pytest.raises(TeamIsOut) as refusal:
        story.send(desk, story.opened(desk), story.FIRE_ONE, reason="近")
    assert refusal.value.values["incident"] == first.number


def test_the_same_team_twice_in_one_order_is_refused_whole(desk: Desk) -> None:
    incident = story.opened(desk)
    twice = (Sending(team_id=story.FIRE_ONE), Sending(team_id=story.FIRE_ONE))
    with pytest.raises(TeamIsOut):
        dispatches.send_teams(desk, incident_id=incident.id, teams=twice)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state is TeamState.STANDBY


def test_sending_nobody_or_somebody_unknown_is_refused(desk: Desk) -> None:
    incident = story.opened(desk)
    with pytest.raises(NoTeamChosen):
        dispatches.send_teams(desk, incident_id=incident.id, teams=())
    with pytest.raises(NotFound):
        story.send(desk, incident, Id("0" * 32))


def test_nobody_is_sent_to_a_closed_incident(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.close_incident(desk, incident_id=incident.id)
    with pytest.raises(IncidentIsClosed):
        story.send(desk, incident, story.FIRE_ONE)


def test_a_street_orders_its_own_teams_and_asks_for_those_above(desk: Desk) -> None:
    acting_as(desk, "street")
    incident = calls.take_call(desk, draft=story.fire(words="小区停电")).value.incident
    with pytest.raises(ReasonMissing) as refusal:
        story.send(desk, incident, story.POWER)
    assert refusal.value.values["reason"] is ReasonNot.NOT_THIS_TIER


# -- receipts ---------------------------------------------------------------------------------------------------------
def test_a_receipt_in_time(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    clock.forward(5)
    order = dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id, received_by="班长").value
    assert (order.state, order.receipt_by) == (OrderState.RECEIVED, "班长")
    assert story.happenings(desk, taken.incident)[-1] == "receipt"


def test_a_receipt_after_its_time_is_marked_late(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    clock.forward(5.1)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    assert story.happenings(desk, taken.incident)[-1] == "receipt_late"


def test_a_receipt_given_in_time_and_written_down_late_is_in_time(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    given = clock.forward(2)
    clock.forward(30)
    order = dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id, received_at=given).value
    assert (order.receipt_at, order.receipt_recorded_at) == (given, clock.at)
    assert story.happenings(desk, taken.incident)[-1] == "receipt"


def test_a_receipt_is_given_once(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    dispatches.take_receipt(desk, dispatch_id=order.id)
    with pytest.raises(ReceiptAlreadyGiven):
        dispatches.take_receipt(desk, dispatch_id=order.id)


def test_a_receipt_of_tomorrow_is_refused(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    with pytest.raises(OccurredInFuture):
        dispatches.take_receipt(desk, dispatch_id=order.id, received_at=desk.now() + timedelta(minutes=10))


# -- what an order says -----------------------------------------------------------------------------------------------
def test_an_order_is_approved_after_it_went_out(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    with pytest.raises(FieldMissing):
        dispatches.approve_order(desk, dispatch_id=order.id, approved_by="", how="电话")
    approved = dispatches.approve_order(desk, dispatch_id=order.id, approved_by="王副区长", how="电话").value
    assert (approved.approved_by, approved.approved_at) == ("王副区长", desk.now())


def test_what_an_order_says_is_mended_with_a_line_for_each_change(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    before = len(story.happenings(desk, taken.incident))
    order = dispatches.detail_order(desk, dispatch_id=taken.orders[0].id, facts={"route": "延安三路", "task": "灭火", "safety": ""}).value
    assert (order.route, order.task) == ("延安三路", "灭火")
    assert story.happenings(desk, taken.incident)[before:] == ["corrected", "corrected"]


def test_an_order_form_left_open_does_not_overwrite(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    dispatches.detail_order(desk, dispatch_id=order.id, facts={"route": "山东路"})
    with pytest.raises(Stale) as refusal:
        dispatches.detail_order(desk, dispatch_id=order.id, facts={"route": "延安路"}, version=order.version)
    assert (refusal.value.values["theirs"].route, refusal.value.values["ours"].route) == ("山东路", "延安路")


def test_an_unknown_fact_of_an_order_is_refused(desk: Desk) -> None:
    with pytest.raises(FieldUnreadable):
        dispatches.detail_order(desk, dispatch_id=story.take(desk, story.FIRE_ONE).orders[0].id, facts={"state": "done"})


# -- recall -----------------------------------------------------------------------------------------------------------
def test_a_team_that_has_not_left_stands_by_again_when_recalled(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    order = dispatches.recall_team(desk, dispatch_id=taken.orders[0].id, reason="误报").value
    team = teams.get_team(desk, team_id=story.FIRE_ONE)
    assert (order.state, team.state, team.incident_id) == (OrderState.RECALLED, TeamState.STANDBY, None)
    story.send(desk, taken.incident, story.FIRE_ONE)


def test_a_team_on_the_road_withdraws_when_recalled_and_stays_out_until_it_is_back(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    story.report(desk, story.FIRE_ONE, TeamState.EN_ROUTE)
    dispatches.recall_team(desk, dispatch_id=taken.orders[0].id)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state is TeamState.WITHDRAWING
    with pytest.raises(TeamIsOut):
        story.send(desk, story.opened(desk), story.FIRE_ONE)
    story.report(desk, story.FIRE_ONE, TeamState.RETURNED)
    assert teams.get_team(desk, team_id=story.FIRE_ONE).incident_id is None


def test_a_team_already_on_its_way_back_makes_no_second_move_when_recalled(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    story.report(desk, story.FIRE_ONE, TeamState.WITHDRAWING)
    dispatches.recall_team(desk, dispatch_id=order.id)
    with desk.reading() as reading:
        assert reading.team_moves.count("WHERE team_id = ?", (story.FIRE_ONE,)) == 2


def test_an_order_is_recalled_once(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    dispatches.recall_team(desk, dispatch_id=order.id)
    for act in (dispatches.recall_team, dispatches.take_receipt):
        with pytest.raises(OrderNotOpen):
            act(desk, dispatch_id=order.id)


def test_reporting_at_the_post_is_another_fact_than_arriving(desk: Desk) -> None:
    order = story.take(desk, story.FIRE_ONE).orders[0]
    checked = dispatches.check_in(desk, dispatch_id=order.id, at_post="现场指挥部").value
    assert checked.checked_in_at == desk.now()
    assert teams.get_team(desk, team_id=story.FIRE_ONE).state is TeamState.MUSTERING
