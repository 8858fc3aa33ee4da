"""A drill under way: its clock faster, slower, standing; injects by it; a real event that breaks it off; what its twin measured as evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.drill_errors import DrillStateWrong, PaceWrong, RealEventMissing, TwinClosed, TwinGone
from emergency_desk.domain.drill_following import Following
from emergency_desk.domain.drills import Drill, DrillState, DrillStep, ReadyCheck
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident, IncidentState
from emergency_desk.domain.integrity import room_digests
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands import drill_evidence
from emergency_desk.services import dispatches, drill_evaluation, drill_lists, drill_running, drill_twins, drills, integrity, stock
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedInject
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services import stock_ground
from tests.services.test_drill_twins import made, opened
from tests.services.test_drills import designed, started


@pytest.fixture
def live(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock, plans=frozenset({"building_fire", "forest_fire"})), "leader")


def followed(live: Desk, twin: Desk) -> Following:
    assert twin.facts.twin is not None
    return drill_running.follow(live.store, twin.facts.twin)


def test_the_clock_of_a_drill_goes_faster_slower_and_stands(live: Desk, clock: SetClock) -> None:
    drill = started(live, clock)
    twin = opened(live, made(live, drill))
    begun = clock.at
    clock.forward(10)
    drill_running.set_pace(live, drill_id=drill.id, percent=6_000)
    clock.forward(1)
    assert followed(live, twin).clock(clock.at) - begun == timedelta(minutes=70)
    drills.pause_drill(live, drill_id=drill.id, reason="讲评")
    clock.forward(30)
    assert (followed(live, twin).clock(clock.at) - begun, followed(live, twin).pace) == (timedelta(minutes=70), 0)
    drills.resume_drill(live, drill_id=drill.id)
    drill_running.set_pace(live, drill_id=drill.id, percent=50)
    clock.forward(10)
    assert followed(live, twin).clock(clock.at) - begun == timedelta(minutes=75)


def test_a_pace_there_is_not_and_one_before_the_checklist_are_refused(live: Desk, clock: SetClock) -> None:
    drill = designed(live)
    with pytest.raises(PaceWrong):
        drill_running.set_pace(live, drill_id=drill.id, percent=-100)
    with pytest.raises(DrillStateWrong):
        drill_running.set_pace(live, drill_id=drill.id, percent=1_000)


def test_injects_go_out_by_the_clock_of_the_drill_and_their_times_are_its_own(live: Desk, clock: SetClock) -> None:
    drill = started(live, clock)
    drill_running.set_pace(live, drill_id=drill.id, percent=1_000)
    clock.forward(0.1)
    assert drill_running.release_due(live, drill_id=drill.id).value == ()
    clock.forward(0.1)
    gone = drill_running.release_due(live, drill_id=drill.id).value
    assert [one.number for one in gone] == [1]
    clock.forward(0.4)
    drills.answer_inject(live, inject_id=gone[0].id, text="已报区")
    times = drill_lists.drill_board(live, drill_id=drill.id).times[0]
    assert (times.late_by, times.took, times.is_met) == (timedelta(0), timedelta(minutes=4), True)
    clock.forward(60)
    assert [one.number for one in drill_running.release_due(live, drill_id=drill.id).value] == [2]


def test_a_real_event_is_heard_at_the_twin_and_one_key_recalls_everybody(live: Desk, clock: SetClock) -> None:
    before = story.opened(live)
    clock.forward(5)
    drill = started(live, clock)
    twin = opened(live, made(live, drill))
    played = story.opened(twin)
    assert followed(live, twin).real == ()
    clock.forward(3)
    with pytest.raises(RealEventMissing):
        drill_running.recall(live, drill_id=drill.id, incident_id=_closed(live, before))
    incident = story.opened(live, address="香港中路9号")
    assert [line.number for line in followed(live, twin).real] == [incident.number]
    anybody = acting_as(live, "keeper")
    clock.forward(-20)  # and somebody set the clock of the computer back meanwhile
    stopped = drill_running.recall(anybody, drill_id=drill.id, incident_id=incident.id).value
    now = followed(live, twin)
    assert (stopped.state, now.is_over, now.broken_off_for) == (DrillState.STOPPED, True, f"{incident.number} {incident.title}")
    twin.close_for(now.broken_off_for)
    with pytest.raises(TwinClosed) as refused:
        story.send(twin, played, story.FIRE_ONE)
    assert refused.value.values["incident"] == now.broken_off_for


def _closed(live: Desk, incident: Incident) -> Id:
    with live.open_work() as work:
        work.incidents.put(replace(work.incidents.get(incident.id), state=IncidentState.CLOSED))
        work.commit("close")
    return incident.id


def test_what_the_twin_measured_stands_in_the_drill_with_the_entry_it_rests_on(live: Desk, clock: SetClock) -> None:
    drill = started(live, clock)
    twin = opened(live, made(live, drill))
    taken = story.take(twin, story.FIRE_ONE)
    clock.forward(2.5)
    dispatches.take_receipt(twin, dispatch_id=taken.orders[0].id)
    clock.forward(10.5)
    story.report(twin, story.FIRE_ONE, TeamState.ON_SCENE)
    marks = drill_evidence.take_over(live, drill_id=drill.id).value
    order = next(mark for mark in marks if mark.about_id == taken.orders[0].id)
    assert order.step is DrillStep.MEASURED
    for word in (taken.orders[0].order_number, "2.5", "13"):
        assert word in order.text
    assert drill_evidence.take_over(live, drill_id=drill.id).value == ()
    _end(live, drill)
    score = drill_evaluation.score_item(live, drill_id=drill.id, item_id="A2-2.1", evaluator="评估员乙", points=5, mark_ids=[order.id]).value
    assert score.mark_ids == (order.id,)


def test_measures_of_a_twin_that_is_gone_are_told_and_what_was_taken_over_stays(live: Desk, clock: SetClock) -> None:
    drill = started(live, clock)
    twin = opened(live, made(live, drill))
    story.take(twin, story.FIRE_ONE)
    marks = drill_evidence.take_over(live, drill_id=drill.id).value
    twin.store.close()
    kept = drill_twins.twin_of(live, drill_id=drill.id)
    assert kept is not None
    drill_twins.path_of(live, kept).unlink()
    with pytest.raises(TwinGone):
        drill_evidence.take_over(live, drill_id=drill.id)
    board = drill_lists.drill_board(live, drill_id=drill.id)
    assert not board.is_twin_there
    assert set(marks) <= set(board.marks)


def test_a_whole_drill_leaves_the_live_rooms_as_they_were_but_for_what_was_really_scrapped(tmp_path: Path) -> None:
    ground = stock_ground.ground(tmp_path, plans=None)
    ground.receive(20, "A1", days=300)
    live, clock = acting_as(ground.desk, "leader"), ground.clock
    before = _rooms(live)
    drill = started(live, clock)
    twin = opened(live, made(live, drill))
    taken = story.take(twin, story.FIRE_ONE)
    stock.issue(acting_as(twin, "keeper"), asked=Asked(item_id=ground.item.id, site_id=ground.depot, quantity=20, incident_id=taken.incident.id))
    drill_evidence.take_over(live, drill_id=drill.id)
    _end(live, drill)
    drill_twins.seal_twin(live, drill_id=drill.id)
    assert _rooms(live) == before
    stock.write_off(acting_as(live, "keeper"), asked=ground.asked(1, reason="启动失败报废", approved_by="局长", lot_id=ground.lot("A1")))
    after = _rooms(live)
    assert {room for room in after if after[room] != before[room]} == {"stock"}
    assert ground.there() == (19, 0, 0)


def _end(live: Desk, drill: Drill) -> None:
    drills.end_drill(live, drill_id=drill.id, heads=214)


def _rooms(desk: Desk) -> dict[str, str]:
    report = integrity.check(desk)
    assert report.is_sound, report.differences
    return room_digests(report.tables)


def test_two_hundred_injects_go_out_in_their_minute(live: Desk, clock: SetClock) -> None:
    drill = designed(live)
    for number in range(200):
        drills.add_inject(live, drill_id=drill.id, asked=AskedInject(at_minutes=number // 10, to_whom="街道", text=f"信息{number}"))
    drills.check_drill(live, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(live, drill_id=drill.id)
    drill_running.set_pace(live, drill_id=drill.id, percent=6_000)
    for _second in range(40):
        drill_running.release_due(live, drill_id=drill.id)
        clock.forward(1 / 60)
    late = [one.late_by for one in drill_lists.drill_board(live, drill_id=drill.id).times]
    assert len(late) == 202 and all(one is not None and one <= timedelta(minutes=1) for one in late)
