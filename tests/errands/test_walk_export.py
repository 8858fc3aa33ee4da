"""A real incident's log becomes a walk that plays back, holds what it says, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.app.ground import WalkGround
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.errors import BadFile, DeskError, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.recovery import AftermathKind
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.walks import City
from emergency_desk.errands import walks
from emergency_desk.errands.walk_export import export_walk, walk_of
from emergency_desk.errands.walk_scrubbing import Scrubber
from emergency_desk.exchange.walk_writing import write_walk
from emergency_desk.services import borrowing, calls, dispatches, findings, incidents, recovery
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk
from tests.errands.playing_back import deviations, played_back
from tests.errands.walk_ground import SmallGround
from tests.evenings import Evening
from tests.quickness import examples

WALKS = Path(__file__).resolve().parents[2] / "plans" / "walks"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


# -- whole evenings ---------------------------------------------------------------------------------------------------
def whole_evening(desk: Desk, clock: SetClock, *, kept: tuple[AftermathKind, ...] = ()) -> Id:
    """Live through a fire with everything an officer does, to the archive; what is `kept` stays open."""
    taken = story.take(desk, story.FIRE_ONE, story.MEDICAL, caller=story.CALLER, figures=Figures(trapped=8))
    incident = taken.incident
    clock.forward(2)
    dispatches.take_receipt(desk, dispatch_id=taken.orders[0].id, received_by="站长赵某")
    clock.forward(5)
    story.report(desk, story.FIRE_ONE, TeamState.EN_ROUTE, TeamState.WORKING)
    calls.join_call(desk, draft=story.fire(words="隔壁楼也在冒烟，我电话13912345678", figures=Figures(hurt=2)), incident_id=incident.id)
    clock.forward(3)
    incidents.report_figures(desk, incident_id=incident.id, figures=Figures(dead=3, badly_hurt=4), occurred_at=clock.at - timedelta(minutes=2))
    incidents.report_figures(desk, incident_id=incident.id, figures=Figures(dead=2), reason="重复计算一人")
    line = incidents.write_log(desk, incident_id=incident.id, text="郝不存在说楼里还有老人", heard_from="李队长", how="radio").value
    incidents.correct_log(desk, entry_id=line.id, text="是一层的老人")
    tasks = incidents.open_room(desk, incident_id=incident.id).tasks
    incidents.end_task(desk, task_id=tasks[0].id)
    incidents.end_task(desk, task_id=tasks[1].id, skipped=True, reason="街道已做")
    incidents.reopen_task(desk, task_id=tasks[0].id)
    own = incidents.add_task(desk, incident_id=incident.id, title="给居民送水").value
    clock.forward(10)
    incidents.end_task(desk, task_id=own.id)
    dispatches.recall_team(desk, dispatch_id=taken.orders[1].id)
    story.report(desk, story.FIRE_ONE, TeamState.WITHDRAWING, TeamState.RETURNED)
    incidents.close_incident(desk, incident_id=incident.id, note="明火扑灭", override_reason="救护车改派")
    clock.forward(60)
    recovery.record_requisition(desk, incident_id=incident.id, what="挖掘机", from_whom="某公司张经理", quantity=1, unit="台")
    for item in recovery.list_items(desk, incident_id=incident.id):
        if item.kind not in (AftermathKind.ARCHIVE, AftermathKind.AUDIT, *kept):
            recovery.end_item(desk, item_id=item.id)
    recovery.archive(desk, incident_id=incident.id, override_reason="审计另行")
    finding = findings.add_finding(desk, problem="回执慢", incident_id=incident.id, owner="张三", measure="复诵", due_on=clock.at.date()).value
    findings.begin_mending(desk, finding_id=finding.id)
    findings.finish_mending(desk, finding_id=finding.id, evidence="照片")
    findings.verify_finding(desk, finding_id=finding.id, verifier="李四")
    return incident.id


def test_a_whole_evening_plays_back(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    incident_id = whole_evening(desk, clock)
    played = played_back(desk, incident_id, tmp_path)
    assert deviations(played) == []
    assert played.expected >= 12
    acts = {verdict.step.act for verdict in played.verdicts}
    assert {"call", "join", "send", "receipt", "state", "figures", "heard", "correct_log", "task_done", "task_skip", "task_reopen", "task_add",
            "recall", "close", "requisition", "aftermath_done", "archive", "finding_add", "finding_verify"} <= acts


def test_a_borrowed_plan_is_borrowed_again_when_it_is_played_back(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    taken = calls.take_call(desk, draft=CallDraft(words="煤矿井下冒顶，有矿工被困", area_id=STREET)).value
    clock.forward(2)
    borrowing.borrow_plan(desk, incident_id=taken.incident.id)
    clock.forward(3)
    title = next(task.title for task in incidents.open_room(desk, incident_id=taken.incident.id).tasks if "借用" in task.title)
    incidents.end_task(desk, task_id=next(task.id for task in incidents.open_room(desk, incident_id=taken.incident.id).tasks
                                          if task.title == title))
    played = played_back(desk, taken.incident.id, tmp_path)
    assert deviations(played) == []
    assert {"borrow", "task_done"} <= {verdict.step.act for verdict in played.verdicts}


def test_nothing_personal_leaves_with_it(desk: Desk, clock: SetClock) -> None:
    incident_id = whole_evening(desk, clock, kept=(AftermathKind.PERSONAL_ERASURE,))  # so the desk still knows whom to leave out
    text = write_walk(walk_of(desk, incident_id=incident_id))
    for name in ("郝不存在", "13800009999", "13912345678", "赵某", "李队长", "张经理", "张三", "李四"):
        assert name not in text


def test_what_was_written_is_read_back_alike(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    incident_id = whole_evening(desk, clock)
    export_walk(desk, incident_id=incident_id, path=tmp_path / "a.yaml")
    walk = walks.read_file(tmp_path / "a.yaml")
    assert walk == walk_of(desk, incident_id=incident_id)


def test_a_walk_that_expects_something_else_does_not_hold(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    walk = walk_of(desk, incident_id=whole_evening(desk, clock))
    wrong = replace(walk, steps=tuple(step for step in walk.steps if step.act != "figures"))
    stage = walks.open_scratch(wrong, SmallGround(tmp_path), tmp_path, store=None)
    played = walks.play(wrong, stage)
    stage.desk.store.close()
    assert not played.is_held


@settings(max_examples=examples(15))
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 59)), min_size=4, max_size=24))
def test_any_evening_plays_back(drawn: list[tuple[int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock()
        evening = Evening(make_desk(Path(folder), clock=clock), clock)
        for act, pick in drawn:
            clock.forward(0.7)
            try:
                evening.acts[act](pick)
            except DeskError:
                continue
        played = played_back(evening.desk, evening.incident.id, Path(folder))
        evening.desk.store.close()
        assert deviations(played) == []


# -- a joined incident ------------------------------------------------------------------------------------------------
def test_an_incident_that_another_joined_plays_back_with_its_calls_and_orders(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    one = story.opened(desk)
    other = story.take(desk, story.MEDICAL, words="延安三路有烟，有人晕倒").incident
    clock.forward(1)
    calls.join_incident(desk, incident_id=other.id, into_id=one.id)
    story.report(desk, story.MEDICAL, TeamState.WORKING)
    played = played_back(desk, one.id, tmp_path)
    assert deviations(played) == []
    assert [verdict.step.act for verdict in played.verdicts][:3] == ["call", "join", "send"]


def test_a_call_that_was_parted_plays_back(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    one = story.opened(desk)
    joined = calls.join_call(desk, draft=story.fire(words="马路对面也着火了"), incident_id=one.id).value
    clock.forward(1)
    parted = calls.part_call(desk, call_id=joined.call.id).value
    clock.forward(1)
    incidents.report_figures(desk, incident_id=one.id, figures=Figures(hurt=1))
    for incident_id in (one.id, parted.id):
        with TemporaryDirectory() as folder:
            assert deviations(played_back(desk, incident_id, Path(folder))) == []


# -- where it is played -----------------------------------------------------------------------------------------------
def test_the_shipped_fire_exports_and_replays_on_the_demo_city(tmp_path: Path) -> None:
    walk = walks.read_file(WALKS / "building_fire.yaml")
    (tmp_path / "one").mkdir(), (tmp_path / "two").mkdir()
    stage = walks.open_scratch(walk, WalkGround(), tmp_path / "one", store=None)
    walks.play(walk, stage)
    incident = incidents.find(stage.desk, text="", limit=1)
    played = played_back(stage.desk, incident[0].id, tmp_path / "two", ground=WalkGround(), store=None)
    stage.desk.store.close()
    assert deviations(played) == []


def test_a_real_desk_brings_its_area_and_teams_along(tmp_path: Path) -> None:
    """A desk of the true 市北区: its walk founds the area anew, because no other machine has its register."""
    script = tmp_path / "founded.yaml"
    script.write_text("""\
format: 1
title: {zh: 塌陷, en: A hole}
given:
  city: nothing
  date: 2026-11-05
  clock: "08:00"
  area: 370203
  desk: 370203
  teams:
    - {name: 台东抢险一组, kind: professional, area: 台东街道, capabilities: [engineering, cordon], latitude: 36.087, longitude: 120.360}
steps:
  - {at: "08:05", tier: tier_district, act: call, name: hole, words: 路面塌陷，一辆车陷在里面, where: 台东街道 登州路, caller: 许不存在}
  - {at: "08:06", act: send, incident: hole, teams: [台东抢险一组], override: 离得最近}
  - {at: "08:20", act: state, incident: hole, team: 台东抢险一组, to: working}
  - {at: "09:20", act: state, incident: hole, team: 台东抢险一组, to: returned}
  - {at: "09:30", act: close, incident: hole, note: 车已吊出}
""", encoding="utf-8")
    walk = walks.read_file(script)
    (tmp_path / "one").mkdir(), (tmp_path / "two").mkdir()
    stage = walks.open_scratch(walk, WalkGround(), tmp_path / "one", store=None)
    walks.play(walk, stage)
    real = stage.desk
    real.facts = replace(real.facts, is_demo=False)
    incident_id = incidents.find(real, text="", limit=1)[0].id
    exported = walk_of(real, incident_id=incident_id)
    assert (exported.given.city, exported.given.area_code, [team.name for team in exported.given.teams]) == (
        City.NOTHING, "370203", ["台东抢险一组"])
    assert {step.account for step in exported.steps} == {"leader_370203"}
    played = played_back(real, incident_id, tmp_path / "two", ground=WalkGround(), store=None)
    real.store.close()
    assert deviations(played) == []


# -- refusals ---------------------------------------------------------------------------------------------------------
def test_who_may_not_see_callers_may_not_export(desk: Desk, tmp_path: Path) -> None:
    incident = story.opened(desk)
    acting_as(desk, "keeper")
    with pytest.raises(RoleMissing):
        export_walk(desk, incident_id=incident.id, path=tmp_path / "a.yaml")


def test_a_folder_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    incident = story.opened(desk)
    with pytest.raises(BadFile):
        export_walk(desk, incident_id=incident.id, path=tmp_path / "nowhere" / "a.yaml")
    assert list(tmp_path.glob("**/*.part")) == []


@pytest.mark.parametrize(("text", "left"), [
    ("王大锤说138 0000 9999可打", "某人说〔电话〕可打"), ("电话0532-85911234", "电话〔电话〕"), ("证件370203199001011234", "证件〔证件号〕"),
    ("命令370203-2026-0017-D03", "命令370203-2026-0017-D03"), ("死亡3人，18层", "死亡3人，18层"), ("+8613800009999", "〔电话〕"),
])
def test_what_looks_personal_is_taken_out(text: str, left: str) -> None:
    assert Scrubber({"王大锤", "王", ""})(text) == left
