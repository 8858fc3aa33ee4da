"""Planners write on a draft: each section by itself, two at one store without losing a word, and what was done can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotFound, ReasonMissing, RoleMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import DraftState, EditAct, PartKind, PlanDraft
from emergency_desk.domain.plan_errors import (
    ClauseNotThere,
    DraftExists,
    DraftNotOpen,
    NothingToUndo,
    PartChanged,
    PartKeyTaken,
    PlanCodeTaken,
    PlanVersionTaken,
    UndoOvertaken,
)
from emergency_desk.domain.plan_moves import MoveKind, RevisionScope, RevisionTrigger
from emergency_desk.domain.plan_records import Clause, Plan, PlanKind
from emergency_desk.domain.texts import Text
from emergency_desk.services import integrity, plan_drafts, plan_editing
from emergency_desk.services.desk import Desk
from emergency_desk.wording import refusals
from tests.builders import SetClock, acting_as, make_desk

CODE = "building_fire"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock, account="planner")


def standing(desk: Desk) -> Plan:
    return next(plan for plan in desk.trade.current_plans if plan.code == CODE)


def revision(desk: Desk, scope: RevisionScope = RevisionScope.MAJOR) -> PlanDraft:
    return plan_drafts.start_revision(desk, code=CODE, version=standing(desk).version, scope=scope, trigger=RevisionTrigger.PRACTICE).value


def empty(code: str = "tunnel", version: str = "1.0", *clauses: Clause) -> Plan:
    return Plan(code=code, version=version, title=Text("隧道事故应急预案"), kind=PlanKind.SPECIAL, hazard_types=("road_tunnel",),
                tier=Tier.DISTRICT, clauses=clauses)


def clause(number: str, title: str = "处置", body: str = "") -> Clause:
    return Clause(number=number, title=Text(title), body=Text(body))


def numbers(desk: Desk, draft: PlanDraft) -> list[str]:
    return [one.number for one in plan_drafts.open_draft(desk, draft_id=draft.id).plan.clauses]


def id_of(desk: Desk, draft: PlanDraft, kind: PartKind, key: str) -> Id:
    part = plan_drafts.open_draft(desk, draft_id=draft.id).part(kind, key)
    assert part is not None, key
    return part.id


# -- beginning ---------------------------------------------------------------------------------------------------------
def test_a_revision_begins_with_the_words_that_stand_under_the_next_number(desk: Desk) -> None:
    base = standing(desk)
    view = plan_drafts.open_draft(desk, draft_id=revision(desk).id)
    assert view.plan == replace(base, version="2.0")
    assert (view.draft.base_version, view.draft.scope, view.draft.state) == (base.version, RevisionScope.MAJOR, DraftState.OPEN)
    minor = revision(desk, RevisionScope.MINOR)
    assert minor.plan_version == "1.1"
    assert [line.draft.plan_version for line in plan_drafts.list_drafts(desk, code=CODE)] == ["2.0", "1.1"]
    with desk.reading() as reading:
        moves = reading.plan_moves.where("WHERE code = ? ORDER BY seq", (CODE,))
    assert [(move.plan_version, move.kind, move.scope) for move in moves] == [
        ("2.0", MoveKind.DRAFTED, RevisionScope.MAJOR), ("1.1", MoveKind.DRAFTED, RevisionScope.MINOR)]
    assert integrity.check(desk).is_sound


def test_a_draft_never_reaches_dispatch(desk: Desk) -> None:
    revision(desk)
    assert [plan.version for plan in desk.trade.shelf.issued if plan.code == CODE] == [standing(desk).version]


def test_a_new_plan_has_a_code_of_its_own_and_a_version_nobody_used(desk: Desk) -> None:
    plan_drafts.start_draft(desk, plan=empty())
    with pytest.raises(DraftExists) as caught:
        plan_drafts.start_draft(desk, plan=empty())
    assert caught.value.values["person"] == "planner"
    with pytest.raises(PlanCodeTaken):
        plan_drafts.start_draft(desk, plan=empty(version="1.1"))
    with pytest.raises(PlanCodeTaken):
        plan_drafts.start_draft(desk, plan=empty(CODE, "9.0"))
    with pytest.raises(PlanVersionTaken):
        plan_drafts.start_draft(desk, plan=standing(desk), base_version="1.0")
    with pytest.raises(NotFound):
        plan_drafts.start_revision(desk, code="nothing", version="1.0", scope=RevisionScope.MAJOR)


def test_only_planners_write(desk: Desk) -> None:
    draft = revision(desk)
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        revision(desk)
    with pytest.raises(RoleMissing):
        plan_editing.add_part(desk, draft_id=draft.id, record=clause("88"))
    assert plan_drafts.open_draft(desk, draft_id=draft.id).plan.clauses


# -- one section -------------------------------------------------------------------------------------------------------
def test_saving_a_section_writes_that_section_alone(desk: Desk, clock: SetClock) -> None:
    draft = revision(desk)
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in view.parts if part.kind is PartKind.CLAUSE)
    old = view.plan.clauses[0]
    clock.forward(5)
    done = plan_editing.save_part(desk, part_id=part.id, record=replace(old, body=Text("新的一段。", "A new passage.")), version=part.version)
    assert done.value.version == part.version + 1
    with desk.reading() as reading:
        entry = reading.journal_after(done.changes.journal_number - 1)[0]
    assert [line.split()[0] for line in entry.touched.splitlines()] == ["plan_parts", "plan_edits"]
    after = plan_drafts.open_draft(desk, draft_id=draft.id)
    assert after.plan.clauses[0].body.en == "A new passage."
    assert after.plan.clauses[1:] == view.plan.clauses[1:]
    line = plan_drafts.list_drafts(desk)[0]
    assert (line.changed_by, line.changed_at, line.parts) == ("planner", clock.at, len(view.parts))


def test_what_is_as_it_was_is_not_written_again(desk: Desk) -> None:
    draft = revision(desk)
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in view.parts if part.kind is PartKind.CLAUSE)
    done = plan_editing.save_part(desk, part_id=part.id, record=view.plan.clauses[0], version=part.version)
    assert (done.value, done.changes.journal_number) == (part, 0)


def test_a_part_saved_over_a_newer_one_is_refused_with_whose_it_is_and_nothing_is_lost(desk: Desk, clock: SetClock) -> None:
    draft = revision(desk)
    read = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in read.parts if part.kind is PartKind.CLAUSE)
    acting_as(desk, "second_planner")
    clock.forward(3)
    plan_editing.save_part(desk, part_id=part.id, record=replace(read.plan.clauses[0], body=Text("别人的")), version=part.version)
    acting_as(desk, "planner")
    with pytest.raises(PartChanged) as caught:
        plan_editing.save_part(desk, part_id=part.id, record=replace(read.plan.clauses[0], body=Text("自己的")), version=part.version)
    assert isinstance(caught.value, Stale)
    assert "second_planner" in refusals.sentence(caught.value)
    assert "别人的" in caught.value.values["theirs"].content and "自己的" in caught.value.values["ours"].content
    # two planners in two sections do not meet
    other = next(part for part in read.parts if part.kind is PartKind.ACTION)
    plan_editing.save_part(desk, part_id=other.id, record=replace(read.plan.actions[0], due_minutes=9), version=other.version)


def test_a_clause_goes_where_its_number_belongs_and_never_stands_twice(desk: Desk) -> None:
    draft = plan_drafts.start_draft(desk, plan=empty("tunnel", "1.0", clause("1"), clause("2"), clause("2.1"), clause("3"))).value
    plan_editing.add_part(desk, draft_id=draft.id, record=clause("2.2"))
    assert numbers(desk, draft) == ["1", "2", "2.1", "2.2", "3"]
    with pytest.raises(PartKeyTaken):
        plan_editing.add_part(desk, draft_id=draft.id, record=clause("2.2"))
    for count in range(3, 20):  # the room between two positions is used up
        plan_editing.add_part(desk, draft_id=draft.id, record=clause(f"2.{count}"))
    assert numbers(desk, draft) == ["1", "2", *(f"2.{count}" for count in range(1, 20)), "3"]
    part = id_of(desk, draft, PartKind.CLAUSE, "3")
    with pytest.raises(PartKeyTaken):
        plan_editing.save_part(desk, part_id=part, record=clause("2.2"), version=1)
    assert integrity.check(desk).is_sound


def test_inserting_and_moving_clauses_carries_along_what_rests_on_them(desk: Desk) -> None:
    draft = revision(desk)
    plan = standing(desk)
    at = plan.actions[0].clause
    plan_editing.insert_clause(desk, draft_id=draft.id, clause=clause(at, "新条"))
    after = plan_drafts.open_draft(desk, draft_id=draft.id).plan
    parent, _dot, last = at.rpartition(".")
    assert after.actions[0].clause == f"{parent}.{int(last) + 1}"
    assert after.clause(at) == clause(at, "新条")
    assert after.clause(after.actions[0].clause) == replace(plan.clause(at), number=after.actions[0].clause)
    done = plan_editing.move_clause(desk, draft_id=draft.id, number=at)
    moved = plan_drafts.open_draft(desk, draft_id=draft.id).plan
    assert moved.clause(done.value[at]) == replace(clause(at, "新条"), number=done.value[at])
    assert moved.actions == plan.actions
    with pytest.raises(ClauseNotThere):
        plan_editing.move_clause(desk, draft_id=draft.id, number=at, before="1")


def test_renumbering_never_gives_a_number_twice(desk: Desk) -> None:
    draft = plan_drafts.start_draft(desk, plan=empty("tunnel", "1.0", clause("1"), clause("2"), clause("3"))).value
    plan_editing.renumber_clauses(desk, draft_id=draft.id, numbers={"1": "2", "2": "1"})
    assert numbers(desk, draft) == ["2", "1", "3"]
    with pytest.raises(PartKeyTaken):
        plan_editing.renumber_clauses(desk, draft_id=draft.id, numbers={"1": "3"})
    with pytest.raises(ClauseNotThere):
        plan_editing.renumber_clauses(desk, draft_id=draft.id, numbers={"7": "8"})


def test_parts_of_a_kind_are_put_in_another_order(desk: Desk) -> None:
    draft = revision(desk)
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    first, second, *_rest = [part for part in view.parts if part.kind is PartKind.ACTION]
    plan_editing.move_part(desk, part_id=first.id, after=second.id)
    after = plan_drafts.open_draft(desk, draft_id=draft.id).plan.actions
    assert after[:2] == (view.plan.actions[1], view.plan.actions[0]) and after[2:] == view.plan.actions[2:]
    plan_editing.move_part(desk, part_id=first.id, after=None)
    assert plan_drafts.open_draft(desk, draft_id=draft.id).plan == view.plan


def test_the_head_is_saved_by_itself_and_keeps_its_code_and_number(desk: Desk) -> None:
    draft = revision(desk)
    header = plan_drafts.header_of_draft(draft)
    done = plan_editing.save_header(desk, draft_id=draft.id, header=replace(header, title=Text("新名"), code="x", version="9"),
                                    version=draft.version)
    assert (done.value.title, done.value.code, done.value.plan_version) == ("新名", CODE, "2.0")
    with pytest.raises(Stale):
        plan_editing.save_header(desk, draft_id=draft.id, header=header, version=draft.version)
    plan_editing.undo(desk, draft_id=draft.id)
    assert plan_drafts.open_draft(desk, draft_id=draft.id).plan.title == standing(desk).title


# -- taking back -------------------------------------------------------------------------------------------------------
def test_changes_are_taken_back_one_by_one_and_done_again(desk: Desk) -> None:
    draft = revision(desk)
    stages = [plan_drafts.open_draft(desk, draft_id=draft.id).plan]

    def noted() -> None:
        stages.append(plan_drafts.open_draft(desk, draft_id=draft.id).plan)

    part = next(part for part in plan_drafts.open_draft(desk, draft_id=draft.id).parts if part.kind is PartKind.CLAUSE)
    saved = plan_editing.save_part(desk, part_id=part.id, record=replace(stages[0].clauses[0], body=Text("一")), version=part.version).value
    noted()
    plan_editing.save_part(desk, part_id=part.id, record=replace(stages[0].clauses[0], body=Text("二")), version=saved.version)
    noted()
    plan_editing.add_part(desk, draft_id=draft.id, record=clause("88"))
    noted()
    gone = plan_drafts.open_draft(desk, draft_id=draft.id)
    plan_editing.remove_parts(desk, parts={one.id: one.version for one in gone.parts if one.kind is PartKind.CARD or one.key == "88"})
    noted()
    plan_editing.move_clause(desk, draft_id=draft.id, number=stages[0].clauses[0].number)
    noted()
    for stage in reversed(stages[:-1]):
        plan_editing.undo(desk, draft_id=draft.id)
        assert plan_drafts.open_draft(desk, draft_id=draft.id).plan == stage
    with pytest.raises(NothingToUndo):
        plan_editing.undo(desk, draft_id=draft.id)
    for stage in stages[1:]:
        plan_editing.redo(desk, draft_id=draft.id)
        assert plan_drafts.open_draft(desk, draft_id=draft.id).plan == stage
    with pytest.raises(NothingToUndo):
        plan_editing.redo(desk, draft_id=draft.id)
    assert plan_editing.undo(desk, draft_id=draft.id).value is EditAct.MOVE
    plan_editing.add_part(desk, draft_id=draft.id, record=clause("89"))  # a new change: what was taken back is not done again
    with pytest.raises(NothingToUndo):
        plan_editing.redo(desk, draft_id=draft.id)
    assert integrity.check(desk).is_sound


def test_only_ones_own_changes_are_taken_back_and_never_over_somebody_elses(desk: Desk) -> None:
    draft = revision(desk)
    view = plan_drafts.open_draft(desk, draft_id=draft.id)
    part = next(part for part in view.parts if part.kind is PartKind.CLAUSE)
    mine = plan_editing.save_part(desk, part_id=part.id, record=replace(view.plan.clauses[0], body=Text("一")), version=part.version).value
    acting_as(desk, "second_planner")
    with pytest.raises(NothingToUndo):
        plan_editing.undo(desk, draft_id=draft.id)
    plan_editing.save_part(desk, part_id=part.id, record=replace(view.plan.clauses[0], body=Text("二")), version=mine.version)
    acting_as(desk, "planner")
    with pytest.raises(UndoOvertaken) as caught:
        plan_editing.undo(desk, draft_id=draft.id)
    assert caught.value.values["person"] == "second_planner"
    assert plan_drafts.open_draft(desk, draft_id=draft.id).plan.clauses[0].body.zh == "二"


# -- the end -----------------------------------------------------------------------------------------------------------
def test_a_discarded_draft_is_read_but_not_written_on_and_its_number_is_free_again(desk: Desk) -> None:
    draft = revision(desk)
    with pytest.raises(ReasonMissing):
        plan_drafts.discard_draft(desk, draft_id=draft.id, reason=" ")
    plan_drafts.discard_draft(desk, draft_id=draft.id, reason="方案取消")
    assert plan_drafts.list_drafts(desk) == []
    assert plan_drafts.open_draft(desk, draft_id=draft.id).plan.clauses
    with pytest.raises(DraftNotOpen):
        plan_editing.add_part(desk, draft_id=draft.id, record=clause("88"))
    with pytest.raises(DraftNotOpen):
        plan_editing.undo(desk, draft_id=draft.id)
    assert revision(desk).plan_version == "2.0"
