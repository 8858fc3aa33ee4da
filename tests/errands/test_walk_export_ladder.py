"""The ladder of a real incident leaves as the acts that climbed it: played back, the same tiers respond, command and report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, settings

from emergency_desk.app.ground import WalkGround
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.command import DecisionKind, NamedBy, NoticeKind, PostRole
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, Grade, Production, TaskState
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.responses import Heard
from emergency_desk.domain.walks import Walk
from emergency_desk.errands import drafting, walks
from emergency_desk.errands.walk_export import export_walk, walk_of
from emergency_desk.exchange.walk_writing import write_walk
from emergency_desk.services import command, grades, incidents, ladder, posts, reports, responses
from emergency_desk.services.command import HandOver
from emergency_desk.services.desk import Desk
from emergency_desk.services.posts import Named
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.errands.playing_back import deviations, played_back
from tests.quickness import examples
from tests.services.test_any_ladder import AnyLadder

WALKS = Path(__file__).resolve().parents[2] / "plans" / "walks"
CITY_SAID = Heard("市值班员钱某", "phone", True)


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def climbed(desk: Desk, incident_id: Id) -> dict[str, Any]:
    """Return what a replay must climb alike, without the names of people."""
    found = ladder.read_ladder(desk, incident_id=incident_id)
    tiers = {response.id: response.tier for response in found.responses}
    return {
        "commander": (found.holder, found.leading),
        "moves": [(move.step, move.from_tier, move.to_tier, move.occurred_at) for move in found.moves],
        "responses": [(each.tier, each.level, each.state, each.clause, each.activated_at, each.expected_until, each.ended_at)
                      for each in found.responses],
        "changes": [(tiers[change.response_id], change.step, change.level, change.occurred_at) for change in found.changes],
        "posts": [(post.tier, post.place, post.formed_at, post.dissolved_at) for post in found.posts],
        "members": sorted((member.role, member.unit, member.group_id, member.until is None) for member in found.members),
        "notices": sorted((notice.tier, notice.name, notice.told_at) for notice in found.notices),
        "decisions": [(each.kind, each.text, each.occurred_at) for each in found.decisions],
        "dues": sorted((due.from_tier, due.to_tier, due.channel, due.kind, due.due_at, due.state, due.met_at,
                        due.was_on_time(desk.trade.clocks.at_once)) for due in found.dues),
        "reports": [(each.from_tier, each.to_tier, each.channel, each.kind, each.sent_at, each.received_at, each.read_back)
                    for each in found.reports],
        "steps": [(line.tier, step.step, step.state) for line in found.tiers for step in line.steps]}


def replayed(walk: Walk, folder: Path) -> tuple[Desk, Id]:
    """Play a walk on the demo city; every expectation must hold."""
    folder.mkdir()
    stage = walks.open_scratch(walk, WalkGround(), folder, store=None)
    played = walks.play(walk, stage)
    assert deviations(played) == []
    return stage.desk, incidents.find(stage.desk, text="", limit=1)[0].id


def test_the_tall_building_climbs_the_same_ladder_when_its_export_is_played(tmp_path: Path) -> None:
    first, incident_id = replayed(walks.read_file(WALKS / "tall_building_three_tiers.yaml"), tmp_path / "one")
    before = climbed(first, incident_id)
    export_walk(first, incident_id=incident_id, path=tmp_path / "exported.yaml")
    first.store.close()
    second, again = replayed(walks.read_file(tmp_path / "exported.yaml"), tmp_path / "two")
    after = climbed(second, again)
    second.store.close()
    for what, said in before.items():
        assert (what, after[what]) == (what, said)
    assert len(before["dues"]) >= 18 and len(before["moves"]) == 8


# -- every act of the ladder ------------------------------------------------------------------------------------------
def whole_ladder(desk: Desk, clock: SetClock) -> Id:
    """Climb with everything three tiers can do, the city heard by phone."""
    incident_id = story.take(acting_as(desk, "street"), story.FIRE_ONE).incident.id
    about: dict[str, Any] = {"incident_id": incident_id}
    said: dict[str, Any] = {**about, "tier": Tier.CITY, "heard": CITY_SAID}

    def then(who: str = "leader") -> Iterator[None]:
        clock.forward(1)
        acting_as(desk, who)
        yield

    next(then("street"))
    grades.say_production(desk, **about, production=Production.YES, circumstances=("pollution", "important_place"))
    grades.set_secondary_types(desk, **about, types=("hazmat_leak",) if "hazmat_leak" in {one.id for one in desk.trade.types} else ())
    responses.activate_response(desk, **about, level=Level.III, matter="楼房起火", expected_hours=2.5, measures="搜救", decided_by="主任孙某")
    report = drafting.draft(desk, **about, from_tier=Tier.STREET, to_tier=Tier.DISTRICT, channel=Channel.PHONE,
                            said={"outlook": "火势向上", "requests": "增派云梯车"}).value
    reports.sign_and_send(desk, report_id=report.id)
    clock.forward(1)
    reports.take_receipt_of_report(desk, report_id=report.id, received_by="区值班员李某", read_back=True)
    command.offer_command(desk, **about, to=Tier.DISTRICT, given_by="主任孙某", carried=HandOver("明火", "两队", "疏散"), reason="超出能力")
    next(then())
    command.refuse_command(desk, **about, reason="正在路上")
    acting_as(desk, "street")
    command.offer_command(desk, **about, to=Tier.DISTRICT, given_by="主任孙某", carried=HandOver())
    command.repeat_offer(desk, **about, reason="未答复")
    command.withdraw_offer(desk, **about, reason="先再看")
    next(then())
    responses.activate_response(desk, **about, level=Level.III, matter="楼房起火", expected_hours=24, measures="增援", decided_by="局长周某",
                                occurred_at=clock.at)
    command.take_command(desk, **about, given_by="主任孙某", taken_by="局长周某", carried=HandOver("明火"), reason="上级指挥部成立")
    post = posts.form_post(desk, **about, place="楼前", channel="1频道", people=(
        Named(PostRole.COMMANDER, "周某", post_name="局长", unit="区应急局", phone="0532-55550130", named_by=NamedBy.COMMITTEE),
        Named(PostRole.RECORDER, "吴某", unit="区应急局，值班室"), Named(PostRole.GARRISON, "", unit="区人武部"))).value
    clock.forward(1)
    seated = posts.seat_member(desk, post_id=post.id, member=Named(PostRole.WORKING_GROUP, "郑某", unit="市应急局", duties="指导")).value
    posts.seat_member(desk, post_id=post.id, member=Named(PostRole.FIRE_COMMANDER, "冯某", unit="消防大队"))
    clock.forward(1)
    posts.release_member(desk, member_id=seated.id)
    posts.record_decision(desk, **about, kind=DecisionKind.MEETING, text="逐层搜救", decided_by="局长周某", present="冯某、吴某")
    posts.record_decision(desk, **said, kind=DecisionKind.INSTRUCTION, text="全力救人", decided_by="市长陈某")
    notice = command.add_notice(desk, **about, name="燃气站", phone="0532-55550113", kind=NoticeKind.NEIGHBOUR, why="5.3.5").value
    command.tell(desk, notice_id=notice.id, told_to="褚某", how="radio", read_back=True)
    command.add_notice(desk, **about, name="卫副区长", kind=NoticeKind.LEADER)
    next(then())
    incidents.report_figures(desk, **about, figures=Figures(dead=3, trapped=2), reported_by="冯某")
    grades.judge_grade(desk, **about, grade=Grade.MAJOR, decided_by="局长周某", reason="影响大")
    reports.owe_at_once(desk, **about, reason="可能升级")
    reports.record_heard_report(desk, **about, from_tier=Tier.CITY, to_tier=Tier.PROVINCE, channel=Channel.WRITTEN, heard_from="市值班员钱某",
                                text="已报省", signer="秘书长蒋某", how="phone", read_back=True, sent_at=clock.at)
    owed = [each.due for each in reports.list_due(desk, incident_id=incident_id) if each.due.from_tier is Tier.DISTRICT]
    reports.skip_due(desk, due_id=owed[0].id, reason="市里已在现场")
    responses.activate_response(desk, **said, level=Level.II, matter="较大火灾", expected_hours=24, measures="统一指挥", decided_by="市长陈某")
    responses.adjust_response(desk, **said, level=Level.I, decided_by="市长陈某", reason="扩大")
    command.take_command(desk, **said, given_by="局长周某", taken_by="市长陈某", carried=HandOver())
    responses.extend_response(desk, **about, expected_hours=36, decided_by="局长周某")
    responses.suspend_response(desk, **about, reason="坍塌征兆", decided_by="局长周某")
    clock.forward(1)
    responses.resume_response(desk, **about, reason="可以进入", decided_by="局长周某")
    ladder.mark_step(desk, **about, step=Step.EVACUATE, state=StepState.SKIPPED, reason="已疏散完")
    ladder.mark_step(desk, **about, step=Step.EVACUATE, state=StepState.OPEN)
    ladder.mark_step(desk, **said, step=Step.VERIFY)
    posts.dissolve_post(desk, **about)
    command.offer_command(desk, **said, to=Tier.DISTRICT, given_by="市长陈某", carried=HandOver())
    command.accept_command(desk, **about, taken_by="局长周某")
    clock.forward(1)
    responses.end_response(desk, **said, decided_by="市长陈某", override_reason="市级任务完成")
    return incident_id


def test_every_act_of_the_ladder_is_exported_and_plays_back(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    incident_id = whole_ladder(desk, clock)
    played = played_back(desk, incident_id, tmp_path)
    assert deviations(played) == []
    acts = {verdict.step.act for verdict in played.verdicts}
    assert {"activate", "adjust", "extend", "suspend", "resume", "end_response", "offer_command", "repeat_offer", "withdraw_offer",
            "refuse_command", "take_command", "accept_command", "form_post", "seat", "release", "dissolve_post", "meeting", "instruction",
            "add_notice", "tell", "judge_grade", "say_production", "report", "report_receipt", "heard_report", "skip_report",
            "may_become_major", "step_skip", "step_open", "step_done"} <= acts
    assert "log" not in acts  # nothing of the ladder is left to be told in words alone


def test_whoever_decided_signed_or_sat_at_the_post_stays_at_home(desk: Desk, clock: SetClock) -> None:
    text = write_walk(walk_of(desk, incident_id=whole_ladder(desk, clock)))
    for name in ("孙某", "李某", "周某", "吴某", "郑某", "冯某", "陈某", "褚某", "钱某", "蒋某", "卫副区长", "55550130", "55550113"):
        assert name not in text
    for kept in ("区应急局", "区人武部", "燃气站", "增派云梯车", "火势向上"):
        assert kept in text


def test_one_person_has_one_stand_in_wherever_named(desk: Desk, clock: SetClock) -> None:
    walk = walk_of(desk, incident_id=whole_ladder(desk, clock))
    signed = [step.arguments[key] for step in walk.steps for key in ("given_by", "taken_by", "decided_by") if key in step.arguments]
    assert len(set(signed)) == 3  # of street, district and city


def test_a_secondary_incident_hangs_below_a_call_of_its_own(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    above = story.opened(desk, words="台风过境，电话13912345678")
    clock.forward(1)
    below = story.opened(desk)
    clock.forward(1)
    grades.set_parent(desk, incident_id=below.id, parent_id=above.id)
    clock.forward(1)
    grades.set_parent(desk, incident_id=below.id, parent_id=None)
    played = played_back(desk, below.id, tmp_path)
    assert deviations(played) == []
    assert [verdict.step.act for verdict in played.verdicts] == ["call", "call", "set_parent", "set_parent"]
    assert "139" not in (tmp_path / "exported.yaml").read_text(encoding="utf-8")


def test_a_task_that_an_act_ended_by_itself_is_not_told_as_another_tiers(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    incident_id = story.take(acting_as(desk, "street"), story.FIRE_ONE).incident.id
    clock.forward(4)
    incidents.report_figures(acting_as(desk, "leader"), incident_id=incident_id, figures=Figures(dead=9), reported_by="冯某")
    clock.forward(10)
    responses.activate_response(acting_as(desk, "city"), incident_id=incident_id, level=Level.IV, matter="火灾", expected_hours=24,
                                measures="统一指挥", decided_by="市长陈某")
    tasks = incidents.open_room(desk, incident_id=incident_id).tasks
    assert [task.tier for task in tasks if task.state is TaskState.DONE] == [Tier.CITY.value]
    played = played_back(desk, incident_id, tmp_path)
    assert deviations(played) == []
    assert "task_done" not in {verdict.step.act for verdict in played.verdicts}


# -- by chance --------------------------------------------------------------------------------------------------------
class AnyLadderPlaysBack(AnyLadder):
    """Any walk up and down the ladder, exported at its end and played on another store."""

    def teardown(self) -> None:
        acting_as(self.desk, "city")
        with TemporaryDirectory() as folder:
            assert deviations(played_back(self.desk, self.incident.id, Path(folder))) == []
        super().teardown()


TestAnyLadderPlaysBack = AnyLadderPlaysBack.TestCase
TestAnyLadderPlaysBack.settings = settings(max_examples=examples(12), stateful_step_count=25, phases=(Phase.generate,))  # shrinking takes minutes
