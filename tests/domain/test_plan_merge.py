"""Merging two versions of a plan: the same whichever side begins, twice changes nothing, and nothing that was written is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_errors import PartsUndecided
from emergency_desk.domain.plan_merge import (
    Decision,
    MergeChoice,
    MergeOutcome,
    PlanMerge,
    brings_nothing,
    merge,
    mirrored,
    order_of_both,
    settle,
)
from emergency_desk.domain.plan_parts import shifted
from emergency_desk.domain.plan_records import Clause, Level, Needs, Plan
from emergency_desk.domain.plan_renumbering import with_numbers
from emergency_desk.domain.plan_sections import PartKey, PlanSection, take_apart
from emergency_desk.domain.plans import clause_key
from emergency_desk.domain.text_merge import merge_texts
from emergency_desk.domain.texts import Text
from tests.domain.plan_parts import ALWAYS, action, level, sound_plan
from tests.domain.plan_strategies import bodies, histories
from tests.quickness import examples

CLAUSE_1, CLAUSE_2 = PartKey(PlanSection.CLAUSE, "1"), PartKey(PlanSection.CLAUSE, "2")
# A whole plan takes a while to draw, and making a failing one smaller takes minutes: what was drawn is told as it is.
MANY = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow],
                phases=[Phase.explicit, Phase.reuse, Phase.generate])


def body(plan: Plan, number: str, words: str) -> Plan:
    """Return a plan with other words in one clause."""
    return replace(plan, clauses=tuple(replace(one, body=Text(words, one.body.en)) if one.number == number else one for one in plan.clauses))


def with_action(plan: Plan, id_: str, **changes: object) -> Plan:
    """Return a plan with one action changed."""
    return replace(plan, actions=tuple(replace(one, **changes) if one.id == id_ else one for one in plan.actions))  # type: ignore[arg-type]


def preferred(merged: PlanMerge, choice: MergeChoice = MergeChoice.BOTH, otherwise: MergeChoice = MergeChoice.MINE) -> dict[PartKey, Decision]:
    """Decide every clash: one choice where it is offered, else another."""
    return {part.key: Decision(choice if choice in part.choices else otherwise) for part in merged.clashes}


# -- for every pair of versions -----------------------------------------------------------------------------------------
@MANY
@given(histories())
def test_it_does_not_matter_which_side_begins(history: tuple[Plan, Plan, Plan]) -> None:
    base, mine, theirs = history
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert mirrored(here) == there
    one = settle(here, preferred(here, otherwise=MergeChoice.MINE), version="2.0")
    assert one == settle(there, preferred(there, otherwise=MergeChoice.THEIRS), version="2.0")


@MANY
@given(histories())
def test_merging_the_result_again_changes_nothing(history: tuple[Plan, Plan, Plan]) -> None:
    base, mine, theirs = history
    first = merge(base, mine, theirs)
    result = settle(first, preferred(first), version="2.0").plan
    for side in (theirs, mine):
        again = merge(base, result, side)
        # Whose clauses go by their titles is found from texts drawn at random here; how renumbering behaves is tested below.
        assume(first.renumbered is None and again.renumbered is None)
        assert settle(again, preferred(again), version="2.0").plan == result
    assert brings_nothing(merge(base, result, result))


@MANY
@given(histories())
def test_a_side_that_changed_nothing_changes_nothing(history: tuple[Plan, Plan, Plan]) -> None:
    base, mine, _theirs = history
    merged = merge(base, mine, base)
    assert settle(merged, version=mine.version).plan == mine and brings_nothing(merged)
    assert settle(merge(base, base, mine), version=mine.version).plan == mine


@MANY
@given(histories())
def test_nothing_that_somebody_wrote_is_lost(history: tuple[Plan, Plan, Plan]) -> None:
    """Each part that a side wrote stands in the result as it is, is laid together with the other's, or waits with both for a person."""
    base, mine, theirs = history
    merged = merge(base, mine, theirs)
    shown = {part.key: part for part in merged.parts}
    for at, side in ((1, "mine"), (2, "theirs")):
        before, written = merged.sections[0].parts, merged.sections[at].parts
        changed = [key for key in before.keys() | written.keys() if before.get(key) != written.get(key)]
        assert all(getattr(shown[key], side) == written.get(key) for key in changed)
    whole = settle(merged, preferred(merged), version="2.0").plan
    assume(merged.renumbered is None)  # else the parts still bear the numbers of the base; how renumbering behaves is tested below
    for part in merged.parts:
        if part.outcome in (MergeOutcome.MINE, MergeOutcome.THEIRS, MergeOutcome.ALIKE) and part.key.section is not PlanSection.ORDER:
            value = part.value(None)
            assert value is None or value in everything(whole, part.key)


@MANY
@given(histories())
def test_the_result_never_speaks_of_what_is_not_there(history: tuple[Plan, Plan, Plan]) -> None:
    merged = merge(*history)
    for choice in (MergeChoice.BOTH, MergeChoice.MINE, MergeChoice.THEIRS):
        plan = settle(merged, preferred(merged, choice), version="2.0").plan
        clauses, items = {one.number for one in plan.clauses}, {one.id for one in plan.items}
        situations = {one.id for one in plan.situations}
        assert {one.clause for one in (*plan.levels, *plan.actions, *plan.cards)} <= clauses
        assert {name for one in (*plan.levels, *plan.actions) for name, _count in one.needs.items} <= items
        assert {name for rule in plan.levels for condition in rule.conditions for name in condition.situations} <= situations
        assert all(any(rule.level.rank <= one.from_level.rank for rule in plan.levels_of(one.tier)) for one in plan.actions)


@settings(max_examples=examples(300), deadline=None)
@given(bodies(), bodies(), bodies())
def test_two_texts_become_one_and_stay_it(base: str, mine: str, theirs: str) -> None:
    merged, is_clear = merge_texts(base, mine, theirs)
    assert (merged, is_clear) == merge_texts(base, theirs, mine)
    assert merge_texts(base, merged, theirs)[0] == merged == merge_texts(base, mine, merged)[0]
    if not is_clear:
        assert mine in merged and theirs in merged


def test_each_side_left_out_the_others_half_and_it_is_settled_once() -> None:
    both, first, second = "First people. \n先救人。\n", "First people. ", "先救人。\n"
    merged, is_clear = merge_texts(both, first, second)
    assert (is_clear, first in merged, second in merged, merged == both) == (False, True, True, False)
    assert merge_texts(both, merged, second)[0] == merged == merge_texts(both, first, merged)[0]


def everything(plan: Plan, key: PartKey) -> list[object]:
    """Return all that a plan says in a section."""
    return [value for at, value in take_apart(plan)[0].parts.items() if at.section is key.section]


# -- what a planner meets ---------------------------------------------------------------------------------------------
def test_each_side_changed_another_clause() -> None:
    base = sound_plan()
    merged = merge(base, body(base, "1", "设前方指挥部。"), body(base, "2", "先报街道。"))
    assert [(part.key, part.outcome) for part in merged.parts] == [(CLAUSE_1, MergeOutcome.MINE), (CLAUSE_2, MergeOutcome.THEIRS)]
    plan = settle(merged, version="1.1").plan
    assert (plan.clause("1").body.zh, plan.clause("2").body.zh, plan.version) == ("设前方指挥部。", "先报街道。", "1.1")  # type: ignore[union-attr]


def test_both_changed_the_same_sentence_and_a_person_decides() -> None:
    base = sound_plan()
    merged = merge(base, body(base, "1", "设前方指挥部。"), body(base, "1", "设后方指挥部。"))
    assert [part.outcome for part in merged.parts] == [MergeOutcome.CLASH]
    with pytest.raises(PartsUndecided):
        settle(merged, version="1.1")
    for choice, words in ((MergeChoice.MINE, "设前方指挥部。"), (MergeChoice.THEIRS, "设后方指挥部。"),
                          (MergeChoice.BOTH, "设前方指挥部。\n设后方指挥部。")):
        made = settle(merged, {CLAUSE_1: Decision(choice)}, version="1.1").plan
        assert made.clause("1").body.zh == words  # type: ignore[union-attr]
    edited = replace(base.clauses[0], body=Text("前后方各设指挥部。"))
    assert settle(merged, {CLAUSE_1: Decision(MergeChoice.EDITED, edited)}, version="1.1").plan.clauses[0] == edited


def test_both_changed_one_action_in_different_fields() -> None:
    base = sound_plan()
    merged = merge(base, with_action(base, "s1", due_minutes=5), with_action(base, "s1", title=Text("电话报告", "Ring")))
    assert [part.outcome for part in merged.parts] == [MergeOutcome.COMBINED]
    made = settle(merged, version="1.1").plan
    assert next((one.due_minutes, one.title.zh) for one in made.actions if one.id == "s1") == (5, "电话报告")


def test_two_due_times_cannot_both_stand() -> None:
    base = sound_plan()
    merged = merge(base, with_action(base, "s1", due_minutes=5), with_action(base, "s1", due_minutes=10))
    assert merged.parts[0].choices == (MergeChoice.MINE, MergeChoice.THEIRS, MergeChoice.EDITED)


def test_the_greater_need_is_offered_where_both_set_one_and_never_taken_in_silence() -> None:
    base = sound_plan()
    two, five = (with_action(base, "s1", needs=Needs(teams=(("drainage", count),))) for count in (2, 5))
    merged = merge(base, two, five)
    assert (merged.parts[0].outcome, merged.parts[0].both.needs.teams) == (MergeOutcome.CLASH, (("drainage", 5),))


def test_a_clause_that_was_struck_out_stays_when_the_other_side_put_an_action_under_it() -> None:
    base = sound_plan()
    struck = replace(base, clauses=base.clauses[:-1], levels=base.levels[:-1], actions=base.actions[1:])
    merged = merge(base, struck, replace(base, actions=(*base.actions, action("s9", Tier.STREET, "封路", clause="3.3"))))
    settled = settle(merged, version="1.1")
    assert settled.plan.clause("3.3") is not None and settled.plan.level_rule(Tier.STREET, Level.IV) is not None
    assert {what for what, _why in settled.kept_for} == {PartKey(PlanSection.CLAUSE, "3.3"), PartKey(PlanSection.LEVEL, "tier_street\x1fIV")}


def test_struck_out_on_one_side_and_changed_on_the_other_is_asked_about() -> None:
    base = sound_plan()
    merged = merge(base, replace(base, actions=base.actions[:-1]), with_action(base, "d3", due_minutes=7))
    (part,) = merged.clashes
    assert (part.mine, part.theirs.due_minutes, part.has_both) == (None, 7, False)
    assert len(settle(merged, {part.key: Decision(MergeChoice.MINE)}, version="1.1").plan.actions) == len(base.actions) - 1


def test_levels_that_both_added_at_one_tier_come_together() -> None:
    base = sound_plan()
    mine = replace(base, levels=(*base.levels, level(Tier.STREET, Level.II, "3.3", ALWAYS)))
    theirs = replace(base, levels=(*base.levels, level(Tier.STREET, Level.III, "3.3", ALWAYS)))
    made = settle(merge(base, mine, theirs), version="1.1").plan
    assert [rule.level for rule in made.levels_of(Tier.STREET)] == [Level.II, Level.III, Level.IV]


def test_contacts_keep_their_order_and_a_new_phone_is_a_change_of_the_same_contact() -> None:
    base = sound_plan()
    theirs = replace(base, contacts=(replace(base.contacts[0], phone="0532-1"),))
    assert [part.outcome for part in merge(base, base, theirs).parts] == [MergeOutcome.THEIRS]


def test_both_put_a_list_in_another_order() -> None:
    base = sound_plan()
    one, two, three, four = base.actions
    merged = merge(base, replace(base, actions=(two, one, three, four)), replace(base, actions=(four, one, two, three)))
    (part,) = merged.clashes
    assert part.key == PartKey(PlanSection.ORDER, "action")
    made = settle(merged, {part.key: Decision(MergeChoice.THEIRS)}, version="1.1").plan
    assert [each.id for each in made.actions] == ["d3", "s1", "d1", "d2"]
    assert order_of_both(merged, part) == ("d1", "s1", "d2", "d3")
    by_hand = Decision(MergeChoice.EDITED, ("d2", "d3", "d1", "s1"))
    for side in (merged, mirrored(merged)):
        assert [each.id for each in settle(side, {part.key: by_hand}, version="1.1").plan.actions] == list(by_hand.value)


def test_sentences_that_both_touched_apart_become_one_text() -> None:
    assert merge_texts("甲。乙。丙。", "甲一。乙。丙。", "甲。乙。丙三。") == ("甲一。乙。丙三。", True)
    assert merge_texts("甲。乙。", "甲。", "甲。乙。丙。") == ("甲。乙。丙。", False)  # struck out beside what came in: somebody looks


# -- renumbered clauses -----------------------------------------------------------------------------------------------
def with_clause(plan: Plan, number: str, title: str) -> Plan:
    """Return a plan with a clause put in: the one that had its number and its later sisters count one on, with all that rests on them."""
    numbers = shifted([one.number for one in plan.clauses], number)
    moved = with_numbers(plan, numbers)
    clauses = (*moved.clauses, Clause(number=number, title=Text(title), body=Text(f"{title}。")))
    return replace(moved, clauses=tuple(sorted(clauses, key=lambda one: clause_key(one.number))))


def chapters(count: int = 5) -> Plan:
    """Return a plan whose clauses have titles of their own, one action under each."""
    base = sound_plan()
    clauses = tuple(Clause(number=f"2.{place}", title=Text(f"第{place}节"), body=Text(f"第{place}节的内容。")) for place in range(1, count + 1))
    levels = tuple(replace(rule, clause="2.1") for rule in base.levels)
    return replace(base, clauses=clauses, levels=levels,
                   actions=tuple(action(f"s{place}", Tier.STREET, f"第{place}件事", clause=f"2.{place}") for place in range(1, count + 1)))


def by_title(plan: Plan) -> dict[str, tuple[str, str]]:
    return {one.title.zh: (one.number, one.body.zh) for one in plan.clauses}


def test_a_clause_put_in_on_one_side_does_not_disturb_what_the_other_changed() -> None:
    base = chapters()
    mine = with_clause(base, "2.2", "新的一节")
    theirs = with_action(body(base, "2.4", "改过的第4节。"), "s5", due_minutes=3)
    merged = merge(base, mine, theirs)
    assert not merged.clashes and {part.outcome for part in merged.parts} == {MergeOutcome.MINE, MergeOutcome.THEIRS}
    assert len(merged.parts) == 3
    made = settle(merged, version="1.1").plan
    assert by_title(made)["第4节"] == ("2.5", "改过的第4节。") and by_title(made)["新的一节"][0] == "2.2"
    assert [(one.id, one.clause) for one in made.actions] == [("s1", "2.1"), ("s2", "2.3"), ("s3", "2.4"), ("s4", "2.5"), ("s5", "2.6")]


def test_an_action_put_under_a_clause_follows_it_when_the_other_side_renumbered() -> None:
    base = chapters()
    theirs = replace(base, actions=(*base.actions, action("s9", Tier.STREET, "封路", clause="2.3")))
    made = settle(merge(base, with_clause(base, "2.2", "新的一节"), theirs), version="1.1").plan
    assert next(one.clause for one in made.actions if one.id == "s9") == by_title(made)["第3节"][0] == "2.4"


def test_the_author_of_a_renumbered_clause_is_looked_for_under_its_own_number() -> None:
    base = chapters()
    merged = merge(base, with_clause(base, "2.2", "新的一节"), body(base, "2.4", "改过。"))
    key = PartKey(PlanSection.CLAUSE, "2.4")
    assert (merged.key_mine(key).key, merged.key_theirs(key).key) == ("2.5", "2.4")


@MANY
@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_clauses_put_in_on_both_sides_come_together_whoever_begins(mine_at: int, theirs_at: int, changed: int, alike: bool) -> None:
    base = chapters()
    mine = with_clause(base, f"2.{mine_at}", "甲方的一节")
    theirs = with_clause(body(base, f"2.{changed}", "对方改过。"), f"2.{theirs_at}", "甲方的一节" if alike else "乙方的一节")
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert mirrored(here) == there
    made = settle(here, preferred(here), version="1.1").plan
    assert made == settle(there, preferred(there, otherwise=MergeChoice.THEIRS), version="1.1").plan
    assert set(by_title(made)) == set(by_title(mine)) | set(by_title(theirs)) and len(made.clauses) == 7 - alike
    assert len({one.number for one in made.clauses}) == len(made.clauses)
    assert by_title(made)[f"第{changed}节"][1] == "对方改过。"
    assert all(one.clause == by_title(made)[f"第{one.id[1:]}节"][0] for one in made.actions)
    for side in (mine, theirs):
        again = merge(base, made, side)
        assert settle(again, preferred(again), version="1.1").plan == made


def test_another_article_of_a_law_is_another_entry() -> None:
    base = sound_plan()
    law = base.basis[0]
    mine, theirs = (replace(base, basis=(*base.basis, replace(law, article=article))) for article in ("72", "73"))
    made = settle(merge(base, mine, theirs), version="1.1").plan
    assert [one.article for one in made.basis] == ["71", "72", "73"]


def test_two_phones_for_one_contact_wait_for_a_person() -> None:
    base = sound_plan()
    mine, theirs = (replace(base, contacts=(replace(base.contacts[0], phone=phone),)) for phone in ("0532-1", "0532-2"))
    (clash,) = merge(base, mine, theirs).clashes
    assert (clash.key.words, clash.mine.phone, clash.theirs.phone) == (("值班", "区水务局"), "0532-1", "0532-2")
