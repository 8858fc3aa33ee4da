"""Two versions of a plan: what was added, removed, changed or only renumbered, and which words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_compare import PartChange, PartFate, Piece, changes, compare, marked
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Clause, Level, Plan
from emergency_desk.domain.texts import Text
from tests.domain.plan_parts import sound_plan
from tests.exchange.test_plan_files import plans
from tests.quickness import examples

TEXTS = st.text(st.sampled_from("先救人再控火 ab12，。\n"), max_size=40)


def clause(number: str, title: str, body: str = "") -> Clause:
    return Clause(number=number, title=Text(title), body=Text(body))


def of(found: tuple[PartChange, ...], kind: PartKind) -> list[PartChange]:
    return [one for one in found if one.kind is kind]


def test_the_same_plan_has_no_changes() -> None:
    assert changes(sound_plan(), sound_plan()) == ()


def test_a_clause_put_in_between_does_not_make_the_following_ones_changed() -> None:
    first = (clause("4", "响应"), clause("4.1", "先期处置", "救人"))
    before = replace(sound_plan(), clauses=(*first, clause("4.2", "终止", "批准")), levels=(), actions=())
    after = replace(before, clauses=(*first, clause("4.2", "指挥", "会商"), clause("4.3", "终止", "批准")))
    assert [(one.change, one.after and one.after.number) for one in of(changes(before, after), PartKind.CLAUSE)] == [
        (PartFate.ADDED, "4.2"), (PartFate.MOVED, "4.3")]


def test_what_was_removed_stands_where_it_stood() -> None:
    before = sound_plan()
    after = replace(before, clauses=tuple(one for one in before.clauses if one.number != "2"))
    found = of(compare(before, after), PartKind.CLAUSE)
    assert [one.change for one in found] == [PartFate.SAME, PartFate.REMOVED, PartFate.SAME, PartFate.SAME, PartFate.SAME]


def test_a_rewritten_clause_is_known_by_most_of_its_words() -> None:
    before = replace(sound_plan(), clauses=(clause("1", "信息", "值班员十五分钟内电话报告区值班室"),), levels=(), actions=())
    after = replace(before, clauses=(clause("2.1", "报告", "值班员十分钟内电话报告区值班室"),))
    (only,) = of(compare(before, after), PartKind.CLAUSE)
    assert (only.change, only.fields) == (PartFate.CHANGED, ("number", "title", "body"))


def test_an_action_whose_clause_only_moved_did_not_change() -> None:
    before = sound_plan()
    renumbered = tuple(replace(one, number="5") if one.number == "2" else one for one in before.clauses)
    actions = tuple(replace(one, clause="5" if one.clause == "2" else one.clause) for one in before.actions)
    after = replace(before, clauses=renumbered, actions=actions)
    assert of(changes(before, after), PartKind.ACTION) == []


def test_an_action_that_is_due_earlier_is_named_with_the_field() -> None:
    before = sound_plan()
    after = replace(before, actions=(replace(before.actions[0], due_minutes=5), *before.actions[1:]))
    (only,) = changes(before, after)
    assert (only.kind, only.change, only.fields) == (PartKind.ACTION, PartFate.CHANGED, ("due_minutes",))


def test_a_level_is_the_level_of_its_tier() -> None:
    before = sound_plan()
    rules = tuple(replace(rule, clause="3.2") if (rule.tier, rule.level) == (Tier.DISTRICT, Level.III) else rule for rule in before.levels)
    assert [one.fields for one in of(changes(before, replace(before, levels=rules)), PartKind.LEVEL)] == [("clause",)]


def test_the_head_of_the_plan_is_compared_too() -> None:
    before = sound_plan()
    (only,) = changes(before, replace(before, hazard_types=("typhoon",)))
    assert (only.kind, only.fields) == (None, ("hazard_types",))


def test_changed_words_are_marked_and_not_their_neighbours() -> None:
    assert marked("被困3人以上启动", "被困10人以上启动") == (
        Piece("被困", PartFate.SAME), Piece("3", PartFate.REMOVED), Piece("10", PartFate.ADDED), Piece("人以上启动", PartFate.SAME))
    assert marked("Call the station now", "Call the depot now") == (
        Piece("Call the ", PartFate.SAME), Piece("station", PartFate.REMOVED), Piece("depot", PartFate.ADDED), Piece(" now", PartFate.SAME))


def test_a_character_alone_between_two_changes_is_not_left_standing() -> None:
    assert marked("甲的乙", "丙的丁") == (Piece("甲的乙", PartFate.REMOVED), Piece("丙的丁", PartFate.ADDED))


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(before: str, after: str) -> None:
    pieces = marked(before, after)
    assert "".join(one.words for one in pieces if one.change is not PartFate.ADDED) == before
    assert "".join(one.words for one in pieces if one.change is not PartFate.REMOVED) == after
    assert all(one.words for one in pieces)


@given(plans(), plans())
@settings(max_examples=examples(40), deadline=None)
def test_every_part_of_either_version_is_found_once(before: Plan, after: Plan) -> None:
    found = compare(before, after)
    for kind, name in ((PartKind.CLAUSE, "clauses"), (PartKind.ACTION, "actions"), (PartKind.LEVEL, "levels"), (PartKind.ITEM, "items")):
        pairs = of(found, kind)
        assert sorted(map(repr, (one.before for one in pairs if one.before))) == sorted(map(repr, getattr(before, name)))
        assert [one.after for one in pairs if one.after] == list(getattr(after, name))
    assert all((one.change is PartFate.ADDED) == (one.before is None) for one in found)
    assert all((one.change is PartFate.REMOVED) == (one.after is None) for one in found)


@given(plans())
@settings(max_examples=examples(25), deadline=None)
def test_a_plan_never_differs_from_itself(plan: Plan) -> None:
    assert changes(plan, plan) == ()
