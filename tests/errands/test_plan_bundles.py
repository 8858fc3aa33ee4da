"""Plans travel between two real desks without a network: out, edited on both sides, back, and merged so that both end with the same words."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile, FieldUnreadable, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import PlanText
from emergency_desk.domain.plan_drafts import PartKind, PlanDraft
from emergency_desk.domain.plan_errors import PartsUndecided, PlansUnknown, WordsUnknown
from emergency_desk.domain.plan_merge import Decision, MergeChoice, MergeOutcome
from emergency_desk.domain.plan_moves import MoveKind, RevisionScope
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import PlanBundle, PlanNode, PlanVerdict, digest_of
from emergency_desk.domain.texts import Text
from emergency_desk.errands import plan_bundles
from emergency_desk.errands.background import Background
from emergency_desk.errands.plan_bundles import BundlePreview
from emergency_desk.exchange.plan_bundles import write_bundle
from emergency_desk.exchange.plan_writing import write_plan
from emergency_desk.services import integrity, library, plan_drafts, plan_editing
from emergency_desk.services.desk import Desk
from emergency_desk.wording.refusals import sentence
from tests.builders import SetClock, acting_as, make_desk
from tests.domain.plan_parts import sound_plan
from tests.errands import child_jobs

CODE = "building_fire"
FIRST, SECOND = PartKey(PlanSection.CLAUSE, "1.1"), PartKey(PlanSection.CLAUSE, "1.2")


def texts_of(desk: Desk) -> list[PlanText]:
    """Return every version a desk keeps."""
    with desk.reading() as reading:
        return reading.plans.where("ORDER BY code, plan_version")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Desk]:
    clock = SetClock()
    clock.forward(30)
    desk = make_desk(tmp_path, account="planner", clock=clock, name="here.store")
    yield desk
    desk.store.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Desk]:
    clock = SetClock()
    clock.forward(60)
    desk = make_desk(tmp_path, account="second_planner", clock=clock, name="there.store")
    desk.facts = replace(desk.facts, code="990102", name="南山区应急指挥中心")
    yield desk
    desk.store.close()


@pytest.fixture
def carrier(tmp_path: Path) -> Path:
    """Return where the file lies that is carried to and fro."""
    return tmp_path / "plans.edplan"


def carry(sender: Desk, receiver: Desk, path: Path, *, codes: tuple[str, ...] = (CODE,)) -> BundlePreview:
    """Let one desk write a file and the other look at it."""
    plan_bundles.export_plans(sender, path=path, codes=codes)
    return plan_bundles.preview(receiver, path=path)


def verdicts(shown: BundlePreview) -> list[str]:
    return [arrival.verdict.value for arrival in shown.arrivals]


def revise(desk: Desk, scope: RevisionScope = RevisionScope.MINOR) -> PlanDraft:
    """Begin a draft from the version that stands."""
    standing = next(plan for plan in desk.trade.current_plans if plan.code == CODE)
    return plan_drafts.start_revision(desk, code=CODE, version=standing.version, scope=scope).value


def draft_of(desk: Desk) -> PlanDraft:
    return plan_drafts.list_drafts(desk, code=CODE)[0].draft


def plan_of_draft(desk: Desk) -> Plan:
    return plan_drafts.open_draft(desk, draft_id=draft_of(desk).id).plan


def write(desk: Desk, number: str, words: str, *, draft_id: Id | None = None) -> None:
    """Save other words in one clause of the desk's draft."""
    if isinstance(desk._clock, SetClock):
        desk._clock.forward(5)
    view = plan_drafts.open_draft(desk, draft_id=draft_id or draft_of(desk).id)
    part = view.part(PartKind.CLAUSE, number)
    old = view.plan.clause(number)
    assert part is not None and old is not None
    plan_editing.save_part(desk, part_id=part.id, record=replace(old, body=Text(words, old.body.en)), version=part.version)


def words(plan: Plan, number: str) -> str:
    clause = plan.clause(number)
    assert clause is not None
    return clause.body.zh


# -- whole plans ------------------------------------------------------------------------------------------------------
def test_the_plans_that_both_desks_have_are_the_same(here: Desk, there: Desk, carrier: Path) -> None:
    shown = carry(here, there, carrier, codes=())
    assert verdicts(shown) == ["same"] * 11 and not shown.takeable and not shown.unknown


def test_a_new_plan_is_taken_with_its_life_and_a_second_time_it_is_the_same(here: Desk, there: Desk, carrier: Path) -> None:
    own = sound_plan(code="reservoir")
    library.take_plans(here, texts=[("reservoir", "1.0", write_plan(own))], source="own")
    shown = carry(here, there, carrier, codes=("reservoir",))
    assert verdicts(shown) == ["new"]
    taken = plan_bundles.take(there, shown).value
    assert taken.versions == ("reservoir 1.0",) and there.trade.plan("reservoir", "1.0") == own
    assert verdicts(plan_bundles.preview(there, path=carrier)) == ["same"]
    assert [text.source for text in texts_of(there) if text.code == "reservoir"] == ["990101 北河区应急指挥中心"]
    assert integrity.check(there).is_sound


def test_a_newer_version_is_taken_and_the_older_one_coming_back_is_told_so(here: Desk, there: Desk, carrier: Path, tmp_path: Path) -> None:
    plan_bundles.export_plans(there, path=tmp_path / "old.edplan", codes=(CODE,))
    next_one = replace(there.trade.plan(CODE, "1.0"), version="1.1", title=Text("建筑火灾应急预案（修订）"))
    library.take_plans(here, texts=[(CODE, "1.1", write_plan(next_one))], source="own")
    shown = carry(here, there, carrier)
    assert verdicts(shown) == ["newer"]
    plan_bundles.take(there, shown)
    assert there.trade.plan(CODE, "1.1") == next_one
    assert verdicts(plan_bundles.preview(there, path=tmp_path / "old.edplan")) == ["older"]


# -- drafts -----------------------------------------------------------------------------------------------------------
def test_a_draft_is_edited_elsewhere_and_comes_back_newer(here: Desk, there: Desk, carrier: Path) -> None:
    revise(here)
    write(here, "1.1", "甲席位写的。")
    plan_bundles.take(there, carry(here, there, carrier))
    assert plan_of_draft(there) == plan_of_draft(here)
    write(there, "1.2", "乙席位写的。")
    shown = carry(there, here, carrier)
    assert verdicts(shown) == ["newer"]
    plan_bundles.take(here, shown)
    assert (words(plan_of_draft(here), "1.1"), words(plan_of_draft(here), "1.2")) == ("甲席位写的。", "乙席位写的。")
    assert len(plan_drafts.list_drafts(here, code=CODE)) == 1
    plan_editing.undo(here, draft_id=draft_of(here).id)
    assert words(plan_of_draft(here), "1.2") != "乙席位写的。"


def both_went_on(here: Desk, there: Desk, carrier: Path) -> None:
    """Let a draft travel, and both desks write on it: each another clause, and both the same one."""
    revise(here)
    plan_bundles.take(there, carry(here, there, carrier))
    write(here, "1.1", "甲席位写的。")
    write(there, "1.1", "乙席位写的。")
    write(there, "1.2", "只有乙席位写。")


def test_diverged_drafts_show_both_texts_with_both_authors(here: Desk, there: Desk, carrier: Path) -> None:
    both_went_on(here, there, carrier)
    (arrival,) = carry(there, here, carrier).arrivals
    assert arrival.verdict is PlanVerdict.DIVERGED and arrival.base is not None and arrival.here is not None
    merged = plan_bundles.merge_of(arrival)
    assert [(part.key, part.outcome) for part in merged.parts] == [(FIRST, MergeOutcome.CLASH), (SECOND, MergeOutcome.THEIRS)]
    clash = merged.part(FIRST)
    assert (clash.mine.body.zh, clash.theirs.body.zh) == ("甲席位写的。", "乙席位写的。")
    assert (arrival.here.author_of(FIRST).person, arrival.here.author_of(FIRST).desk) == ("planner", "990101")
    assert (arrival.head.author_of(FIRST).person, arrival.head.author_of(FIRST).desk) == ("second_planner", "990102")


def test_nothing_is_put_in_before_every_clash_is_decided(here: Desk, there: Desk, carrier: Path) -> None:
    both_went_on(here, there, carrier)
    shown = carry(there, here, carrier)
    before = plan_of_draft(here)
    with pytest.raises(PartsUndecided):
        plan_bundles.put_merge(here, shown, shown.arrivals[0], {})
    assert plan_of_draft(here) == before and not shown.takeable


@pytest.mark.parametrize("choice", [MergeChoice.BOTH, MergeChoice.MINE, MergeChoice.THEIRS])
def test_whichever_desk_merges_both_end_with_the_same_words_and_twice_changes_nothing(
    here: Desk, there: Desk, carrier: Path, tmp_path: Path, choice: MergeChoice,
) -> None:
    both_went_on(here, there, carrier)
    to_here, to_there = tmp_path / "to-here.edplan", tmp_path / "to-there.edplan"
    plan_bundles.export_plans(there, path=to_here, codes=(CODE,))
    plan_bundles.export_plans(here, path=to_there, codes=(CODE,))
    mirror = {MergeChoice.MINE: MergeChoice.THEIRS, MergeChoice.THEIRS: MergeChoice.MINE}.get(choice, choice)
    for desk, path, decision in ((here, to_here, choice), (there, to_there, mirror)):
        shown = plan_bundles.preview(desk, path=path)
        plan_bundles.put_merge(desk, shown, shown.arrivals[0], {FIRST: Decision(decision)})
        assert verdicts(plan_bundles.preview(desk, path=path)) in (["older"], ["same"])  # the same where all of theirs was taken
    assert plan_of_draft(here) == plan_of_draft(there)
    assert words(plan_of_draft(here), "1.2") == "只有乙席位写。"
    assert verdicts(carry(here, there, carrier)) == ["same"] and verdicts(carry(there, here, carrier)) == ["same"]
    assert integrity.check(here).is_sound and integrity.check(there).is_sound


def test_what_one_desk_merged_is_newer_for_the_other(here: Desk, there: Desk, carrier: Path) -> None:
    both_went_on(here, there, carrier)
    shown = carry(there, here, carrier)
    theirs = shown.arrivals[0].head.plan.clause("1.1")
    assert theirs is not None
    plan_bundles.put_merge(here, shown, shown.arrivals[0], {FIRST: Decision(MergeChoice.EDITED, replace(theirs, body=Text("商定的。")))})
    back = carry(here, there, carrier)
    assert verdicts(back) == ["newer"]
    plan_bundles.take(there, back)
    assert words(plan_of_draft(there), "1.1") == "商定的。" and plan_of_draft(here) == plan_of_draft(there)


def test_the_author_of_a_part_that_came_in_is_who_wrote_it(here: Desk, there: Desk, carrier: Path) -> None:
    revise(here)
    plan_bundles.take(there, carry(here, there, carrier))
    write(there, "1.2", "乙席位写的。")
    plan_bundles.take(here, carry(there, here, carrier))
    write(here, "1.1", "甲席位写的。")
    shown = carry(here, there, carrier)
    assert [shown.arrivals[0].head.author_of(key).person for key in (FIRST, SECOND)] == ["planner", "second_planner"]


def test_two_issued_versions_of_one_number_are_merged_into_a_draft_and_neither_is_lost(here: Desk, there: Desk, carrier: Path) -> None:
    base = here.trade.plan(CODE, "1.0")
    for desk, number, said in ((here, "1.1", "甲席位印发。"), (there, "1.2", "乙席位印发。")):
        clauses = tuple(replace(one, body=Text(said, one.body.en)) if one.number == number else one for one in base.clauses)
        library.take_plans(desk, texts=[(CODE, "1.1", write_plan(replace(base, version="1.1", clauses=clauses)))], source="own")
    shown = carry(there, here, carrier)
    assert verdicts(shown) == ["diverged"]
    draft = plan_bundles.put_merge(here, shown, shown.arrivals[0], {}).value
    assert (draft.plan_version, draft.base_version) == ("1.2", "1.1")
    merged = plan_of_draft(here)
    assert (words(merged, "1.1"), words(merged, "1.2")) == ("甲席位印发。", "乙席位印发。")
    assert words(here.trade.plan(CODE, "1.1"), "1.1") == "甲席位印发。"
    assert verdicts(plan_bundles.preview(here, path=carrier)) == ["older"]


# -- words that this desk does not know ---------------------------------------------------------------------------------
def foreign(carrier: Path, plan: Plan, *more: Plan) -> None:
    """Write a file as another program might, in words that this desk does not know."""
    histories = tuple((PlanNode(one, digest_of(one)),) for one in (plan, *more))
    write_bundle(PlanBundle("330100", "别处", "钱七", SetClock()(), histories), carrier)


def test_words_that_are_not_known_are_named_matched_and_remembered(here: Desk, carrier: Path) -> None:
    plan = replace(sound_plan(code="volcano", hazards=("volcano",)), parent="elsewhere", area_code="3301")
    foreign(carrier, plan)
    shown = plan_bundles.preview(here, path=carrier)
    assert [(one.kind.value, one.word) for one in shown.unknown] == [("area", "3301"), ("incident_type", "volcano"), ("plan", "elsewhere")]
    with pytest.raises(WordsUnknown):
        plan_bundles.take(here, shown)
    given = plan_bundles.matches_of(["volcano=earthquake", "elsewhere=overall"])
    taken = plan_bundles.take(here, plan_bundles.preview(here, path=carrier, matches=given)).value
    assert taken.versions == ("volcano 1.0",)
    stands = here.trade.plan("volcano", "1.0")
    assert (stands.hazard_types, stands.parent, stands.area_code) == (("earthquake",), "overall", "3301")
    assert verdicts(plan_bundles.preview(here, path=carrier)) == ["same"]
    newer = replace(plan, version="1.1", title=Text("火山预案"))
    history = (PlanNode(plan, digest_of(plan)), PlanNode(newer, digest_of(newer), (digest_of(plan),)))
    write_bundle(PlanBundle("330100", "别处", "钱七", SetClock()(), (history,)), carrier)
    assert verdicts(plan_bundles.preview(here, path=carrier)) == ["newer"]


def test_a_match_to_a_word_that_is_not_known_either_is_refused(here: Desk, carrier: Path) -> None:
    foreign(carrier, sound_plan(code="volcano", hazards=("volcano",)))
    with pytest.raises(FieldUnreadable):
        plan_bundles.preview(here, path=carrier, matches={"volcano": "sunspot"})
    with pytest.raises(FieldUnreadable):
        plan_bundles.matches_of(["volcano"])


def test_plans_that_come_together_know_one_another(here: Desk, carrier: Path) -> None:
    foreign(carrier, replace(sound_plan(code="below"), parent="above"), sound_plan(code="above"))
    assert not plan_bundles.preview(here, path=carrier).unknown


# -- refused ----------------------------------------------------------------------------------------------------------
def test_plans_above_one_another_in_a_circle_are_refused(here: Desk, carrier: Path) -> None:
    library.take_plans(here, texts=[("b", "1.0", write_plan(replace(sound_plan(code="b"), parent="a")))], source="own")
    foreign(carrier, replace(sound_plan(code="a"), parent="b"))
    with pytest.raises(BadFile) as refused:
        plan_bundles.preview(here, path=carrier)
    assert (refused.value.values["reason"], refused.value.values["detail"]) == ("plan_circle", "a → b → a")


def test_a_file_with_one_flipped_bit_changes_nothing(here: Desk, there: Desk, carrier: Path) -> None:
    revise(there)
    plan_bundles.export_plans(there, path=carrier, codes=(CODE,))
    content = bytearray(carrier.read_bytes())
    content[len(content) // 2] ^= 4
    carrier.write_bytes(content)
    with pytest.raises(BadFile):
        plan_bundles.preview(here, path=carrier)
    assert not plan_drafts.list_drafts(here)


def test_a_file_that_brings_the_reader_down_is_told_in_the_words_of_plans(
    here: Desk, carrier: Path, monkeypatch: pytest.MonkeyPatch, logged_warnings: list[logging.LogRecord],
) -> None:
    foreign(carrier, sound_plan(code="a"))
    monkeypatch.setattr(plan_bundles, "read_bundle", child_jobs.break_on)
    told: list[str] = []
    with pytest.raises(BadFile) as refused:
        plan_bundles.preview(here, path=carrier)
    told.append(sentence(refused.value))
    background = Background(lambda call: call(), inline=False)
    waiting = threading.Event()
    plan_bundles.ask_preview(background, here, path=carrier, then=lambda _shown: waiting.set(),
                             refused=lambda error: (told.append(sentence(error)), waiting.set()))
    assert waiting.wait(60)
    background.close()
    assert all("have it exported again" in one and "XLSX" not in one for one in told) and len(told) == 2
    logged_warnings.clear()


def test_half_a_set_is_never_taken(here: Desk, carrier: Path) -> None:
    """Words are lacking in one plan: the others are taken and that one is not; a store that refuses takes none."""
    foreign(carrier, sound_plan(code="good"), sound_plan(code="volcano", hazards=("volcano",)))
    shown = plan_bundles.preview(here, path=carrier)
    with pytest.raises(KeyError):
        from emergency_desk.services import plan_travels

        plan_travels.take_arrivals(here, arrivals=shown.arrivals, texts={shown.arrivals[0].head.digest: "x"}, sender=shown.sender, name="x")
    assert "good" not in {text.code for text in texts_of(here)}
    assert plan_bundles.take(here, shown).value.versions == ("good 1.0",)


def test_who_may_not_keep_plans_may_look_and_not_take(here: Desk, there: Desk, carrier: Path) -> None:
    revise(there)
    acting_as(here, "observer")
    shown = carry(there, here, carrier)
    with pytest.raises(RoleMissing):
        plan_bundles.take(here, shown)


def test_a_plan_that_this_desk_does_not_have_is_not_exported(here: Desk, carrier: Path) -> None:
    with pytest.raises(PlansUnknown):
        plan_bundles.export_plans(here, path=carrier, codes=("nowhere",))
    assert not carrier.exists()


def test_what_left_and_what_came_stands_in_the_journal(here: Desk, there: Desk, carrier: Path) -> None:
    revise(here)
    plan_bundles.take(there, carry(here, there, carrier))
    with here.reading() as reading:
        assert [entry.action for entry in reading.journal_after(0)][-1] == "export_plans"
    with there.reading() as reading:
        moves = reading.plan_moves.where("WHERE code = ?", (CODE,))
        assert [(move.kind, move.note) for move in moves] == [(MoveKind.DRAFTED, "990101 北河区应急指挥中心")]


def test_a_draft_that_was_issued_at_the_other_desk_ends_here(here: Desk, there: Desk, carrier: Path) -> None:
    revise(here)
    write(here, "1.1", "甲席位写的。")
    plan_bundles.take(there, carry(here, there, carrier))
    issued = plan_of_draft(there)
    library.take_plans(there, texts=[(CODE, issued.version, write_plan(issued))], source="own")
    plan_drafts.discard_draft(there, draft_id=draft_of(there).id, reason="已印发")
    write(here, "1.1", "甲席位写的。")
    again = replace(issued, version="1.2", title=Text("定稿"))
    library.take_plans(there, texts=[(CODE, "1.2", write_plan(again))], source="own")
    shown = carry(there, here, carrier)
    assert verdicts(shown) == ["newer"]
    plan_bundles.take(here, shown)
    assert plan_drafts.list_drafts(here, code=CODE) == [] and here.trade.plan(CODE, "1.2") == again


def test_a_draft_comes_back_after_it_was_issued_here(here: Desk, there: Desk, carrier: Path) -> None:
    revise(here)
    plan_bundles.take(there, carry(here, there, carrier))
    issued = plan_of_draft(here)
    library.take_plans(here, texts=[(CODE, issued.version, write_plan(issued))], source="own")
    plan_drafts.discard_draft(here, draft_id=draft_of(here).id, reason="已印发")
    write(there, "1.2", "乙席位写的。")
    shown = carry(there, here, carrier)
    assert verdicts(shown) == ["newer"]
    draft = plan_bundles.take(here, shown).value.drafts[0]
    assert (draft.plan_version, draft.base_version) == ("1.2", "1.1") and words(plan_of_draft(here), "1.2") == "乙席位写的。"
