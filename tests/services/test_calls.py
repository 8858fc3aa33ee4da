"""A call comes in: what it becomes, what may be missing, when two calls are one event."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.errors import CannotJoin, FieldMissing, FieldUnreadable, IncidentIsClosed, NotFound, OccurredInFuture, TeamIsOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Figures, Grade, IncidentState, LogEntry
from emergency_desk.domain.plans import BorrowedKind, NoMatch
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import calls, dispatches, incidents
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import OTHER_STREET, STREET, SetClock, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def test_three_answers_are_enough(desk: Desk) -> None:
    incident = calls.take_call(desk, draft=CallDraft(words="居民楼着火", area_id=STREET)).value.incident
    assert (incident.number, incident.type_id, incident.state) == ("990101-2026-0001", "building_fire", IncidentState.RECEIVED)


def test_unknown_figures_stay_unknown(desk: Desk) -> None:
    incident = story.opened(desk)
    assert incident.figures == Figures()
    assert incidents.open_room(desk, incident_id=incident.id).figures == ()


def test_nobody_dead_is_another_thing_than_unknown(desk: Desk) -> None:
    assert story.opened(desk, figures=story.figures(dead=0)).dead == 0


def test_incidents_are_numbered_in_a_row(desk: Desk) -> None:
    assert [story.opened(desk).number[-4:] for _ in range(3)] == ["0001", "0002", "0003"]


def test_each_year_numbers_anew(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    story.opened(desk)
    clock.at += timedelta(days=57)
    assert story.opened(desk).number == "990101-2027-0001"


@pytest.mark.parametrize(("field", "value", "named"), [
    ("words", "  ", "words"), ("area_id", None, "area"),
])
def test_a_call_without_a_needed_answer_is_refused(desk: Desk, field: str, value: object, named: str) -> None:
    with pytest.raises(FieldMissing) as refusal:
        calls.take_call(desk, draft=story.fire(**{field: value}))
    assert refusal.value.field == named


@pytest.mark.parametrize(("field", "value"), [
    ("figures", Figures(dead=-1)), ("figures", Figures(loss_yuan=10**19)), ("figures", Figures(hectares=float("inf"))),
    ("latitude", 91.0), ("longitude", -181.0), ("words", "火" * 2001),
])
def test_an_answer_nobody_can_mean_is_refused(desk: Desk, field: str, value: object) -> None:
    with pytest.raises(FieldUnreadable):
        calls.take_call(desk, draft=story.fire(**{field: value}))


def test_an_event_of_tomorrow_is_refused(desk: Desk) -> None:
    with pytest.raises(OccurredInFuture):
        calls.take_call(desk, draft=story.fire(occurred_at=desk.now() + timedelta(hours=1)))


def test_a_place_off_the_map_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        calls.take_call(desk, draft=story.fire(area_id=Id("0" * 32)))


def test_a_refused_call_leaves_nothing_behind(desk: Desk) -> None:
    story.take(desk, story.FIRE_ONE)
    with pytest.raises(TeamIsOut):
        story.take(desk, story.FIRE_TWO, story.FIRE_ONE)
    assert len(incidents.list_open(desk)) == 1
    assert story.opened(desk).number.endswith("0002")  # and no number was used up
    story.assert_sound(desk)


def test_the_plan_lays_its_tasks_from_the_moment_of_receipt(desk: Desk) -> None:
    received = desk.now() - timedelta(minutes=4)
    incident = story.opened(desk, received_at=received)
    tasks = incidents.open_room(desk, incident_id=incident.id).tasks
    assert (incident.plan_code, incident.plan_level) == ("building_fire", "IV")
    assert tasks and all(task.clause for task in tasks)
    assert min(task.due_at for task in tasks if task.due_at) == received + timedelta(minutes=2)


def test_without_a_plan_the_log_says_so_and_a_plan_may_be_borrowed(desk: Desk) -> None:
    draft = CallDraft(words="电梯困人", area_id=STREET)
    advice = calls.advise(desk, draft=draft)
    incident = calls.take_call(desk, draft=draft).value.incident
    assert isinstance(advice.plan, NoMatch) and all(isinstance(borrowed.kind, BorrowedKind) for borrowed in advice.plan.borrowed)
    assert "no_plan" in story.happenings(desk, incident)
    assert all("第34条" in task.title for task in incidents.open_room(desk, incident_id=incident.id).tasks)


def test_three_dead_raise_the_grade_and_the_history_keeps_both(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=3))
    room = incidents.open_room(desk, incident_id=incident.id)
    assert [change.grade for change in room.grades] == [Grade.ORDINARY, Grade.RELATIVELY_MAJOR]
    assert room.grades[-1].basis == "fire:dead:3:3"
    assert room.incident.grade is Grade.RELATIVELY_MAJOR


def test_advice_reads_and_writes_nothing(desk: Desk) -> None:
    with desk.reading() as reading:
        before = reading.journal_number()
    calls.advise(desk, draft=story.fire())
    with desk.reading() as reading:
        assert reading.journal_number() == before


def test_a_second_call_about_the_fire_is_likely_the_same(desk: Desk) -> None:
    incident = story.opened(desk)
    likely = calls.advise(desk, draft=story.fire(words="延安三路那边楼上冒火")).duplicates
    assert [likeness.incident_id for likeness in likely] == [incident.id]


# -- joining and parting ----------------------------------------------------------------------------------------------
def test_a_call_joins_the_incident_it_is_about(desk: Desk) -> None:
    incident = story.opened(desk)
    joined = calls.join_call(desk, draft=CallDraft(words="还有人在阳台", figures=story.figures(trapped=2)), incident_id=incident.id).value
    room = incidents.open_room(desk, incident_id=incident.id)
    assert joined.call.joined and joined.call.area_id == STREET
    assert (len(room.calls), room.incident.trapped) == (2, 2)
    assert len(incidents.list_open(desk)) == 1


def test_a_joined_call_can_be_parted_again(desk: Desk) -> None:
    incident = story.opened(desk)
    call = calls.join_call(desk, draft=story.fire(words="另一处着火", caller=story.CALLER), incident_id=incident.id).value.call
    parted = calls.part_call(desk, call_id=call.id).value
    incidents.erase_personal(desk, incident_id=incident.id)
    kept = incidents.open_room(desk, incident_id=parted.id).calls[0]
    assert (parted.number[-4:], kept.joined) == ("0002", False)
    assert calls.caller_of(desk, call=kept) == story.CALLER  # the caller went with the call
    story.assert_sound(desk)


def test_a_call_that_was_not_joined_cannot_be_parted(desk: Desk) -> None:
    with pytest.raises(CannotJoin):
        calls.part_call(desk, call_id=story.take(desk).call.id)


def test_nothing_joins_a_closed_incident(desk: Desk) -> None:
    incident = story.opened(desk)
    incidents.close_incident(desk, incident_id=incident.id)
    with pytest.raises(CannotJoin):
        calls.join_call(desk, draft=story.fire(), incident_id=incident.id)


def test_an_incident_taken_twice_becomes_one(desk: Desk) -> None:
    first, twice = story.opened(desk), story.take(desk, story.FIRE_ONE, caller=story.CALLER)
    story.report(desk, story.FIRE_ONE, TeamState.EN_ROUTE)
    calls.join_incident(desk, incident_id=twice.incident.id, into_id=first.id)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    room = incidents.open_room(desk, incident_id=first.id)
    assert len(room.calls) == 2 and [line.id for line in room.joined] == [twice.incident.id]
    (order,) = room.orders
    assert order.team.incident_id == first.id
    assert [move.to_state for move in order.moves] == [TeamState.MUSTERING, TeamState.EN_ROUTE, TeamState.ON_SCENE]
    assert [line.id for line in incidents.list_open(desk)] == [first.id]
    story.assert_sound(desk)


def test_an_incident_does_not_join_itself(desk: Desk) -> None:
    incident = story.opened(desk)
    with pytest.raises(CannotJoin):
        calls.join_incident(desk, incident_id=incident.id, into_id=incident.id)


def test_a_joined_incident_takes_no_orders(desk: Desk) -> None:
    first, second = story.opened(desk), story.opened(desk)
    calls.join_incident(desk, incident_id=second.id, into_id=first.id)
    with pytest.raises(IncidentIsClosed):
        story.send(desk, second, story.FIRE_ONE)
    assert dispatches.recommend(desk, incident_id=first.id).choices


# -- personal data ----------------------------------------------------------------------------------------------------
def test_a_caller_is_kept_beside_the_call_and_nowhere_else(desk: Desk) -> None:
    call = story.take(desk, caller=story.CALLER).call
    calls.correct_call(desk, call_id=call.id, caller=Caller(name="郝不存在", phone="13800001111"))
    with desk.reading() as reading:
        told = [entry.values + entry.touched for entry in reading.journal_after(0)]
        lines: list[LogEntry] = reading.log.where("")
        assert calls.caller_of(desk, call=reading.calls.get(call.id)).phone == "13800001111"
    assert not any(word in line for line in told for word in ("郝不存在", "13800009999", "13800001111"))
    assert not any("郝不存在" in repr(line) or "1380000" in repr(line) for line in lines)
    story.assert_sound(desk)


def test_erased_callers_are_gone_and_the_chain_still_holds(desk: Desk) -> None:
    taken = story.take(desk, caller=story.CALLER)
    assert incidents.erase_personal(desk, incident_id=taken.incident.id).value == 1
    assert not calls.caller_of(desk, call=taken.call)
    story.assert_sound(desk)


def test_the_title_is_cut_and_the_words_are_kept(desk: Desk) -> None:
    taken = story.take(desk, words="楼上着火 " + "很大的烟" * 30, area_id=OTHER_STREET)
    assert len(taken.incident.title) == 43 and taken.incident.title.endswith("…")
    assert taken.call.words.endswith("很大的烟")
