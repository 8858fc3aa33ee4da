"""The duty board: the gravest first, then what is due first; and what is due, by the clock."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.boards import DueKind, NextActKind
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.report_facts import Traces, first_traces
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import boards, calls, dispatches, incidents, reports
from emergency_desk.services.desk import Desk
from emergency_desk.store.readings.report_traces import report_traces
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def quiet(desk: Desk, words: str) -> str:
    """Take a call without a plan and without a grade's worth of figures."""
    return calls.take_call(desk, draft=CallDraft(words=words, area_id=STREET)).value.incident.number


def test_the_worse_grade_stands_above_and_then_the_earlier_due(desk: Desk, clock: SetClock) -> None:
    calm = quiet(desk, "小区停水")
    early = story.opened(desk).number
    clock.forward(1)
    late = story.opened(desk).number
    grave = story.opened(desk, figures=story.figures(dead=3)).number
    assert [line.number for line in boards.duty_board(desk).incidents] == [grave, early, late, calm]


def test_without_a_due_the_newer_stands_above(desk: Desk, clock: SetClock) -> None:
    first = quiet(desk, "小区停水")
    clock.forward(1)
    second = quiet(desk, "又停水了")
    for owed in reports.list_due(desk):
        reports.skip_due(desk, due_id=owed.due.id, reason="已口头报告")
    assert [line.number for line in boards.duty_board(desk).incidents] == [second, first]


def test_what_two_other_tiers_owe_one_another_is_not_late_at_this_desk(desk: Desk, clock: SetClock) -> None:
    quiet(desk, "小区停水")  # taken at the district
    owed = [line for line in boards.what_is_due(desk) if line.kind is DueKind.REPORT]
    assert {(line.from_tier, line.to_tier) for line in owed} == {("tier_district", "tier_city")}
    assert {line.id for line in owed} <= {line.id for line in boards.duty_board(acting_as(desk, "city")).due.lines}
    assert [line for line in boards.duty_board(acting_as(desk, "street")).due.lines if line.kind is DueKind.REPORT] == []


def test_a_street_counts_its_own_teams_and_the_desk_all_of_them(desk: Desk) -> None:
    everywhere = desk.memory.roster(today=local_day(desk.now())).teams
    own = [team for team in everywhere if desk.tree.is_within(team.area_id, STREET)]
    assert 0 < len(own) < len(everywhere)
    assert sum(boards.duty_board(acting_as(desk, "street")).team_states.values()) == len(own)


@pytest.mark.parametrize("words", ["居民楼着火，三楼有人被困", "小区停水", "燃气泄漏", "山火", "有人溺水"])
@pytest.mark.parametrize("figures", [{}, {"dead": 3, "hurt": 2}])
def test_what_a_first_call_asks_for_is_what_the_store_then_tells(desk: Desk, words: str, figures: dict[str, int]) -> None:
    taken = calls.take_call(desk, draft=CallDraft(words=words, area_id=STREET, figures=Figures(**figures))).value
    with desk.reading() as reading:
        found = report_traces(reading, incident_id=taken.incident.id)[0]
    at_hand = first_traces(taken.incident, taken.call, taken_in=desk.area_id)
    late = {"due_keys", "read_dues", "at_once_from"}  # what is laid afterwards
    assert {each.name: getattr(found, each.name) for each in fields(Traces) if each.name not in late} == {
        each.name: getattr(at_hand, each.name) for each in fields(Traces) if each.name not in late}


def test_receipts_and_tasks_are_due_together_by_the_clock(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    due = boards.what_is_due(desk, incident_id=taken.incident.id)
    receipt = next(line for line in due if line.kind is DueKind.RECEIPT)
    assert [line.due_at for line in due] == sorted(line.due_at for line in due)
    assert (receipt.what, receipt.order_number, receipt.phone) == ("消防一站", taken.orders[0].order_number, "0532-00000101")
    assert boards.duty_board(desk).overdue == 0
    clock.forward(4)
    assert boards.duty_board(desk).overdue == 2  # the tasks of two and of three minutes


def test_a_flood_of_tasks_is_counted_and_only_what_presses_is_read(desk: Desk, clock: SetClock) -> None:
    for _number in range(3):
        incident = story.opened(desk)
        clock.forward(1)
        for minute in range(40):
            incidents.add_task(desk, incident_id=incident.id, title=f"巡查 {minute}", due_at=clock.at + timedelta(minutes=120 + minute))
    everything = boards.what_is_due(desk)
    board = boards.duty_board(desk)
    assert len(everything) > len(board.due.lines) >= 60
    assert board.due.lines[:60] == tuple(everything[:60])
    assert [line.next_due for line in board.incidents] == [
        next(due for due in everything if due.incident_id == line.id) for line in board.incidents]
    assert len(board.due.moments) == len(everything)
    later = clock.at + timedelta(minutes=130)
    assert board.due.late(later) == sum(1 for due in everything if due.due_at < later)
    assert boards.what_presses(desk) == board.due


def test_what_was_done_or_belongs_to_an_ended_incident_is_due_no_longer(desk: Desk) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    first = boards.what_is_due(desk)[0]
    incidents.end_task(desk, task_id=first.id)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id)
    assert first.id not in {line.id for line in boards.what_is_due(desk)}
    assert DueKind.RECEIPT not in {line.kind for line in boards.what_is_due(desk)}
    assert boards.duty_board(desk).done_today == 1
    incidents.close_incident(desk, incident_id=taken.incident.id, override_reason="x")
    assert {line.kind for line in boards.what_is_due(desk)} == {DueKind.REPORT}, "what was to be reported is owed after the end too"


def test_the_board_counts_teams_by_state_and_those_out_on_each_incident(desk: Desk) -> None:
    story.take(desk, story.FIRE_ONE, story.FIRE_TWO)
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    board = boards.duty_board(desk)
    assert (board.team_states[TeamState.ON_SCENE], board.team_states[TeamState.MUSTERING], board.team_states[TeamState.STANDBY]) == (1, 1, 11)
    assert board.incidents[0].teams_out == 2
    assert board.log[0].entry.happening == "team_state" and board.log[0].account_name == "leader"


def test_a_day_ends_at_midnight_in_china(desk: Desk, clock: SetClock) -> None:
    task = incidents.add_task(desk, incident_id=story.opened(desk).id, title="夜里").value
    clock.set(23, 59)
    incidents.end_task(desk, task_id=task.id)
    assert boards.duty_board(desk).done_today == 1
    clock.forward(2)
    assert boards.duty_board(desk).done_today == 0


# -- the next act of a room -------------------------------------------------------------------------------------------
def test_a_room_says_what_is_next(desk: Desk, clock: SetClock) -> None:
    incident = story.opened(desk)

    def next_kind() -> NextActKind:
        return incidents.open_room(desk, incident_id=incident.id).next_act.kind

    assert next_kind() is NextActKind.SEND
    advised = dispatches.recommend(desk, incident_id=incident.id).choices
    orders = [story.send(desk, incident, choice.team_id, serves=choice.serves) for choice in advised]
    assert next_kind() is NextActKind.CHASE_RECEIPT, "whether the teams have their orders matters most of what is not late yet"
    for order in orders:
        dispatches.take_receipt(desk, dispatch_id=order.id)
    assert next_kind() is NextActKind.TASK  # due within minutes, so it goes before the steps of the ladder
    for task in incidents.open_room(desk, incident_id=incident.id).tasks:
        incidents.end_task(desk, task_id=task.id)
    assert next_kind() is NextActKind.STEP
    assert story.pass_over_steps(desk, incident)[0] == "verify"
    assert next_kind() is NextActKind.WATCH
    for choice in advised:
        story.report(desk, choice.team_id, TeamState.WORKING, TeamState.RETURNED)
    incidents.report_figures(desk, incident_id=incident.id, figures=story.figures(dead=0))
    assert next_kind() is NextActKind.CLOSE
    incidents.close_incident(desk, incident_id=incident.id)
    assert next_kind() is NextActKind.STEP, "what the law asks for afterwards"


def test_a_receipt_that_fails_to_come_goes_before_everything(desk: Desk, clock: SetClock) -> None:
    taken = story.take(desk, story.FIRE_ONE)
    clock.at += timedelta(minutes=6)
    act = incidents.open_room(desk, incident_id=taken.incident.id).next_act
    assert (act.kind, act.about_id) == (NextActKind.CHASE_RECEIPT, taken.orders[0].id)
