"""Response cards against their plan: key posts have one, a step never gives more time than its action, and it keeps to the action's level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_cards import applies_at, card_faults, cards_of, step_action
from emergency_desk.domain.plan_faults import FaultKind, Severity
from emergency_desk.domain.plan_records import CardStep, Level, Plan, PlanRole
from emergency_desk.domain.texts import Text
from tests.domain.plan_parts import card, sound_plan


def with_cards(*ids: str, **change: object) -> Plan:
    """Return the sound plan with only some of its cards, the first of them changed."""
    plan = sound_plan()
    kept = [one for one in plan.cards if one.id in ids]
    return replace(plan, cards=(replace(kept[0], **change), *kept[1:]))  # type: ignore[arg-type]


def test_the_officer_s_card_comes_first_wherever_it_stands() -> None:
    plan = replace(sound_plan(), cards=tuple(reversed(sound_plan().cards)))
    assert [one.id for one in cards_of(plan, Tier.DISTRICT)] == ["cd1", "cd3", "cd2"]
    assert cards_of(plan, Tier.CITY) == ()


@pytest.mark.parametrize(("missing", "tier", "role"), [
    ("cs1", Tier.STREET, PlanRole.DUTY_OFFICER), ("cd2", Tier.DISTRICT, PlanRole.DUTY_LEADER), ("cd3", Tier.DISTRICT, PlanRole.COMMANDER)])
def test_a_key_post_without_a_card_is_named(missing: str, tier: Tier, role: PlanRole) -> None:
    plan = sound_plan()
    found, = card_faults(replace(plan, cards=tuple(one for one in plan.cards if one.id != missing)))
    assert (found.kind, found.severity, found.at.tier, found.role) == (FaultKind.NO_CARD, Severity.GAP, tier, role)


def test_a_tier_without_a_commander_in_its_actions_needs_no_card_for_one() -> None:
    plan = sound_plan()
    plan = replace(plan, actions=tuple(one for one in plan.actions if one.id != "d3"), cards=tuple(one for one in plan.cards if one.id != "cd3"))
    assert list(card_faults(plan)) == []


def test_a_step_that_gives_more_time_than_its_action_is_wrong_and_less_is_not() -> None:
    plan = sound_plan()
    late = replace(plan, cards=(card("cs1", Tier.STREET, "街道值班员", minutes=20), *plan.cards[1:]))
    early = replace(plan, cards=(card("cs1", Tier.STREET, "街道值班员", minutes=10), *plan.cards[1:]))
    found, = card_faults(late)
    assert (found.kind, found.count, found.other_count, found.other_clause) == (FaultKind.CARD_STEP_LATE, 20, 15, "2")
    assert list(card_faults(early)) == []


def test_a_step_repeats_the_action_of_its_own_tier_with_or_without_a_level_before_it() -> None:
    plan = sound_plan()
    step = CardStep(due_minutes=15, text=Text("Ⅲ级以上：电话报区（市）值班室。", "Do it"))
    action = step_action(plan, plan.cards[0], step)
    assert action is not None and action.id == "s1"
    assert step_action(plan, plan.cards[2], step) is None
    assert step_action(plan, plan.cards[0], CardStep(due_minutes=15, text=Text("看一看", "Look"))) is None


def test_a_step_applies_from_the_level_of_its_action_and_one_of_its_own_from_the_card_s() -> None:
    plan = sound_plan()
    plan = replace(plan, actions=tuple(replace(one, from_level=Level.II) if one.id == "s1" else one for one in plan.actions))
    one = plan.cards[0]
    assert not applies_at(plan, one, one.steps[0], Level.III) and applies_at(plan, one, one.steps[0], Level.II)
    own = CardStep(due_minutes=5, text=Text("看一看", "Look"))
    assert applies_at(plan, one, own, Level.IV)
    assert not applies_at(plan, replace(one, from_level=Level.III), own, Level.IV)


def test_a_card_with_more_than_seven_steps_is_too_long() -> None:
    steps = tuple(CardStep(due_minutes=number, text=Text(f"第{number}步", f"Step {number}")) for number in range(1, 9))
    plan = with_cards("cs1", "cs2", "cd1", "cd2", "cd3", steps=steps)
    found, = card_faults(plan)
    assert (found.kind, found.count, found.at.card_id) == (FaultKind.CARD_TOO_LONG, 8, "cs1")
