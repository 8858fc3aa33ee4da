"""A plan goes from its draft to the files of the tier above: each step in its order, by who may, and what was issued never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, NotFound, ReasonMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_clocks import PlanDueKind
from emergency_desk.domain.plan_drafts import DraftState, PartKind, PlanDraft
from emergency_desk.domain.plan_errors import (
    DrafterDecides,
    DraftNotOpen,
    MattersOpen,
    NothingToFollow,
    NothingToUndo,
    NotMinor,
    PlanDayWrong,
    PlanMoveRefused,
    PlanNotWhole,
    PlanOvertaken,
    PlanStepsMissing,
)
from emergency_desk.domain.plan_life import PlanStage
from emergency_desk.domain.plan_moves import (
    Evaluation,
    FilingRoute,
    MatterFinding,
    MoveKind,
    ReviewMatter,
    RevisionScope,
    RevisionTrigger,
)
from emergency_desk.domain.plan_records import Clause, Plan
from emergency_desk.domain.texts import Text
from emergency_desk.errands.plan_issuing import issue_plan, withdraw_plan
from emergency_desk.errands.trade import read_trade
from emergency_desk.services import incidents, integrity, library, plan_drafts, plan_dues, plan_editing, plan_life
from emergency_desk.services.desk import Desk
from emergency_desk.wording import refusals
from tests import story
from tests.builders import SetClock, acting_as, make_desk

CODE = "building_fire"
MET = tuple(MatterFinding(matter, True) for matter in ReviewMatter)


@pytest.fixture
def clock() -> SetClock:
    clock = SetClock()
    clock.set(9, 0, day=date(2026, 9, 28))
    return clock


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, account="planner")


def standing(desk: Desk, code: str = CODE) -> Plan:
    return next(plan for plan in desk.trade.current_plans if plan.code == code)


def revision(desk: Desk, scope: RevisionScope = RevisionScope.MAJOR, code: str = CODE) -> PlanDraft:
    return plan_drafts.start_revision(desk, code=code, version=standing(desk, code).version, scope=scope, trigger=RevisionTrigger.LAW).value


def change_phone(desk: Desk, draft: PlanDraft) -> None:
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in view.parts if part.kind is PartKind.CONTACT)
    plan_editing.save_part(desk, part_id=part.id, record=replace(view.plan.contacts[0], phone="0532-99990001"), version=part.version)


def submitted(desk: Desk, draft: PlanDraft) -> None:
    plan_life.consult(desk, draft_id=draft.id, units="区消防救援大队、区住建局", due_on=date(2026, 10, 12))
    plan_life.receive_opinions(desk, draft_id=draft.id, note="收到意见 7 条，采纳 6 条")
    plan_life.hear_experts(desk, draft_id=draft.id, person="李工、王工")
    plan_life.coordinate(desk, draft_id=draft.id, unit="区应急管理局")
    plan_life.submit(desk, draft_id=draft.id, unit="区政府办公室")


def approved(desk: Desk, draft: PlanDraft) -> None:
    acting_as(desk, "leader")
    plan_life.review(desk, draft_id=draft.id, matters=MET, person="区政府办公室 赵主任")
    plan_life.approve(desk, draft_id=draft.id, person="区长", unit="区人民政府", number="第 41 次常务会议")
    acting_as(desk, "planner")


def stage(desk: Desk, version: str, code: str = CODE) -> PlanStage:
    return plan_dues.read_life(desk, code=code, version=version).life.stage


# -- the whole way -----------------------------------------------------------------------------------------------------
def test_a_major_revision_walks_the_whole_path_and_the_desk_works_by_it(desk: Desk, clock: SetClock) -> None:
    draft = revision(desk)
    change_phone(desk, draft)
    with pytest.raises(PlanStepsMissing):
        plan_life.submit(desk, draft_id=draft.id)
    submitted(desk, draft)
    with pytest.raises(DraftNotOpen):  # what is under review is not written on
        change_phone(desk, draft)
    with pytest.raises(RoleMissing):
        plan_life.review(desk, draft_id=draft.id, matters=MET, person="本人")
    approved(desk, draft)
    old = standing(desk)
    with pytest.raises(FieldMissing):
        issue_plan(desk, draft_id=draft.id, number=" ")
    issue_plan(desk, draft_id=draft.id, number="北政办字〔2026〕12号", unit="区人民政府办公室")
    new = standing(desk)
    assert (new.version, new.contacts[0].phone) == ("2.0", "0532-99990001")
    assert desk.trade.plan(CODE, old.version) == old  # stays readable
    assert (stage(desk, "2.0"), stage(desk, old.version)) == (PlanStage.ISSUED, PlanStage.REPLACED)
    with desk.reading() as reading:
        assert reading.plan_drafts.get(draft.id).state is DraftState.ISSUED
    again = read_trade(library.rule_texts(desk.store), library.plan_texts(desk.store), library.plan_moves(desk.store))
    assert (again.plans, again.current_plans) == (desk.trade.plans, desk.trade.current_plans)  # and so it is after the next opening
    assert integrity.check(desk).is_sound


def test_b12_the_clocks_of_filing_and_publication_run_from_the_issue(desk: Desk) -> None:
    draft = revision(desk)
    submitted(desk, draft)
    approved(desk, draft)
    issue_plan(desk, draft_id=draft.id, number="12号")
    owed = {due.kind: due for due in plan_dues.list_dues(desk).dues}
    assert owed[PlanDueKind.FILING].due_on == owed[PlanDueKind.PUBLICATION].due_on == date(2026, 10, 30)
    plan_life.file(desk, code=CODE, version="2.0", route=FilingRoute.SPECIAL, unit="市消防救援支队", number="备 7")
    plan_life.publish(desk, code=CODE, version="2.0", note="区政府门户网站")
    assert {due.kind for due in plan_dues.list_dues(desk).dues} == {PlanDueKind.DRILL, PlanDueKind.EVALUATION}
    plan_life.train(desk, code=CODE, version="2.0", note="全体成员单位")
    plan_life.drill(desk, code=CODE, version="2.0", note="桌面推演")
    plan_life.evaluate(desk, code=CODE, version="2.0", result=Evaluation.REVISE, person="第三方")
    plan_life.decide_revision(desk, code=CODE, version="2.0", trigger=RevisionTrigger.PRACTICE, scope=RevisionScope.MAJOR)
    view = plan_dues.read_life(desk, code=CODE, version="2.0")
    assert view.life.wants_revision
    assert [move.kind for move in view.life.moves][-6:] == [MoveKind.FILED, MoveKind.PUBLISHED, MoveKind.TRAINED, MoveKind.DRILLED,
                                                            MoveKind.EVALUATED, MoveKind.REVISION_DECIDED]


def test_a_minor_revision_takes_the_short_path_and_is_filed_again(desk: Desk) -> None:
    draft = revision(desk, RevisionScope.MINOR)
    change_phone(desk, draft)
    with pytest.raises(RoleMissing):
        plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=draft.id, number="13号")
    assert standing(desk).version == "1.1"
    assert PlanDueKind.FILING in {due.kind for due in plan_dues.list_dues(desk).dues}


def test_a_minor_revision_that_touches_a_level_is_refused_and_may_become_a_major_one(desk: Desk) -> None:
    draft = revision(desk, RevisionScope.MINOR)
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in view.parts if part.kind is PartKind.ACTION)
    plan_editing.save_part(desk, part_id=part.id, record=replace(view.plan.actions[0], due_minutes=99), version=part.version)
    acting_as(desk, "leader")
    with pytest.raises(NotMinor) as caught:
        plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    assert "Action" in refusals.sentence(caught.value) and part.key in refusals.sentence(caught.value)
    acting_as(desk, "planner")
    assert plan_life.make_major(desk, draft_id=draft.id).value.scope is RevisionScope.MAJOR
    acting_as(desk, "leader")
    with pytest.raises(PlanMoveRefused):
        plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    submitted(desk, draft)
    assert plan_dues.read_life(desk, code=CODE, version="1.1").life.scope is RevisionScope.MAJOR


def test_a_draft_that_is_given_back_is_written_on_again_and_reviewed_again(desk: Desk) -> None:
    draft = revision(desk)
    submitted(desk, draft)
    acting_as(desk, "leader")
    unmet = (MatterFinding(ReviewMatter.LAWFUL, False, "第 2.1 条引用的文件已废止"), *MET[1:])
    plan_life.review(desk, draft_id=draft.id, matters=unmet, person="赵主任")
    with pytest.raises(MattersOpen):
        plan_life.approve(desk, draft_id=draft.id, person="区长", unit="区人民政府")
    with pytest.raises(ReasonMissing):
        plan_life.give_back(desk, draft_id=draft.id, reason="")
    plan_life.give_back(desk, draft_id=draft.id, reason="依据过期")
    acting_as(desk, "planner")
    change_phone(desk, draft)
    plan_life.submit(desk, draft_id=draft.id)  # the opinions of before still count
    approved(desk, draft)
    assert stage(desk, "2.0") is PlanStage.APPROVED


def test_whoever_began_the_draft_does_not_approve_it_whatever_the_role(desk: Desk) -> None:
    with desk.open_work() as work:
        account = next(one for one in work.accounts.where("") if one.name == "planner")
        from emergency_desk.domain.accounts import Role

        work.accounts.put(replace(account, roles=(Role.PLANNER, Role.DUTY_LEADER)))
        work.commit("roles")
    acting_as(desk, "planner")
    draft = revision(desk)
    submitted(desk, draft)
    with pytest.raises(DrafterDecides):
        plan_life.review(desk, draft_id=draft.id, matters=MET, person="本人")
    assert MoveKind.REVIEWED not in plan_dues.read_life(desk, code=CODE, version="2.0").mine
    assert MoveKind.RETURNED in plan_dues.read_life(desk, code=CODE, version="2.0").mine


# -- what was issued ---------------------------------------------------------------------------------------------------
def test_a_running_incident_stays_with_the_version_it_began_with(desk: Desk, clock: SetClock) -> None:
    draft = revision(desk, RevisionScope.MINOR)
    acting_as(desk, "leader")
    before = story.opened(desk).id
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=draft.id, number="13号")
    acting_as(desk, "leader")
    room = incidents.open_room(desk, incident_id=before)
    assert (room.incident.plan_code, room.incident.plan_version) == (CODE, "1.0")
    after = story.opened(desk).id
    assert incidents.open_room(desk, incident_id=after).incident.plan_version == "1.1"
    withdraw_plan(desk, code=CODE, version="1.1", reason="合并到总体预案")
    assert CODE not in {plan.code for plan in desk.trade.current_plans}
    assert desk.trade.plan(CODE, "1.1") and desk.trade.plan(CODE, "1.0")
    third = story.opened(desk).id
    assert incidents.open_room(desk, incident_id=third).incident.plan_code != CODE
    assert incidents.open_room(desk, incident_id=before).incident.plan_version == "1.0"


def test_an_issued_version_is_not_issued_twice_nor_written_on(desk: Desk) -> None:
    draft = revision(desk, RevisionScope.MINOR)
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=draft.id, number="13号")
    with pytest.raises(PlanMoveRefused):
        issue_plan(desk, draft_id=draft.id, number="14号")
    with pytest.raises(DraftNotOpen):
        change_phone(desk, draft)


def test_a_draft_that_is_no_whole_plan_is_not_issued_and_nothing_is_half_done(desk: Desk) -> None:
    draft = revision(desk, RevisionScope.MINOR)
    plan_editing.add_part(desk, draft_id=draft.id, record=Clause(number="88", title=Text("", "English alone")))
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=draft.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    with pytest.raises(PlanNotWhole) as caught:
        issue_plan(desk, draft_id=draft.id, number="13号")
    assert "clauses" in refusals.sentence(caught.value)
    assert stage(desk, "1.1") is PlanStage.APPROVED
    assert standing(desk).version == "1.0"


def test_a_model_plan_says_so_and_is_nobodys_to_file(desk: Desk) -> None:
    view = plan_dues.read_life(desk, code=CODE, version="1.0")
    assert (view.life.stage, view.dues, view.draft) == (PlanStage.MODEL, (), None)
    with pytest.raises(PlanMoveRefused) as caught:
        plan_life.file(desk, code=CODE, version="1.0", route=FilingRoute.SPECIAL, unit="x")
    assert "model plan" in refusals.sentence(caught.value)
    with pytest.raises(NotFound):
        plan_dues.read_life(desk, code="nothing", version="1.0")


def test_nothing_is_dated_in_the_future(desk: Desk) -> None:
    draft = revision(desk)
    with pytest.raises(PlanDayWrong):
        plan_life.consult(desk, draft_id=draft.id, units="各街道", due_on=date(2026, 11, 1), on_date=date(2026, 9, 29))
    with pytest.raises(FieldMissing):
        plan_life.consult(desk, draft_id=draft.id, units=" ", due_on=date(2026, 11, 1))


# -- lists -------------------------------------------------------------------------------------------------------------
def test_opinions_that_are_awaited_stand_in_the_list_with_their_draft(desk: Desk) -> None:
    draft = revision(desk)
    plan_life.consult(desk, draft_id=draft.id, units="各街道", due_on=date(2026, 10, 12))
    owed = plan_dues.list_dues(desk)
    assert [(due.kind, due.due_on) for due in owed.dues] == [(PlanDueKind.OPINIONS, date(2026, 10, 12))]
    assert owed.drafts[CODE, "2.0"] == draft.id
    states = {(state.header.code, state.header.version): state for state in plan_dues.list_states(desk)}
    assert states[CODE, "2.0"].life.stage is PlanStage.CONSULTATION and states[CODE, "2.0"].due == owed.dues[0]
    assert states[CODE, "1.0"].life.stage is PlanStage.MODEL


def test_what_may_follow_depends_on_who_sits_there(desk: Desk) -> None:
    draft = revision(desk)
    submitted(desk, draft)
    view = plan_dues.read_life(desk, code=CODE, version="2.0")
    assert view.possible == (MoveKind.REVIEWED, MoveKind.RETURNED) and view.mine == {MoveKind.RETURNED}
    acting_as(desk, "leader")
    assert plan_dues.read_life(desk, code=CODE, version="2.0").mine == {MoveKind.REVIEWED, MoveKind.RETURNED}
    acting_as(desk, "observer")
    assert plan_dues.read_life(desk, code=CODE, version="2.0").mine == frozenset()


def test_only_this_desk_knows_the_draft_by_its_own_id(desk: Desk) -> None:
    with pytest.raises(NotFound):
        plan_life.submit(desk, draft_id=Id("0" * 32))


# -- two revisions at a time -------------------------------------------------------------------------------------------
def test_a_phone_changed_while_a_major_revision_is_written_is_not_lost(desk: Desk) -> None:
    major, minor = revision(desk), revision(desk, RevisionScope.MINOR)
    change_phone(desk, minor)
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=minor.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=minor.id, number="13号")
    assert plan_dues.read_life(desk, code=CODE, version="2.0").overtaken_by == "1.1"
    with pytest.raises(PlanOvertaken):
        submitted(desk, major)
    done = plan_editing.follow(desk, draft_id=major.id).value
    assert [part.kind for part in done.taken] == [PartKind.CONTACT] and done.clashes == ()
    plan_life.submit(desk, draft_id=major.id)
    approved(desk, major)
    issue_plan(desk, draft_id=major.id, number="14号")
    assert standing(desk).contacts[0].phone == "0532-99990001"
    with pytest.raises(DraftNotOpen):
        plan_editing.follow(desk, draft_id=major.id)
    assert integrity.check(desk).is_sound


def test_what_both_changed_differently_stays_in_the_draft_and_is_named(desk: Desk) -> None:
    major, minor = revision(desk), revision(desk, RevisionScope.MINOR)
    change_phone(desk, minor)
    view = plan_drafts.open_draft(desk, draft_id=major.id)
    part = next(part for part in view.parts if part.kind is PartKind.CONTACT)
    plan_editing.save_part(desk, part_id=part.id, record=replace(view.plan.contacts[0], phone="0532-7"), version=part.version)
    with pytest.raises(NothingToFollow):
        plan_editing.follow(desk, draft_id=major.id)
    acting_as(desk, "leader")
    plan_life.approve(desk, draft_id=minor.id, person="局长", unit="区应急局")
    acting_as(desk, "planner")
    issue_plan(desk, draft_id=minor.id, number="13号")
    done = plan_editing.follow(desk, draft_id=major.id).value
    assert (done.taken, done.clashes) == ((), ((PartKind.CONTACT, part.key),))
    assert plan_drafts.open_draft(desk, draft_id=major.id).plan.contacts[0].phone == "0532-7"
    assert plan_dues.read_life(desk, code=CODE, version="2.0").overtaken_by == ""
    with pytest.raises(NothingToUndo):  # undo stops at what was brought over
        plan_editing.undo(desk, draft_id=major.id)
