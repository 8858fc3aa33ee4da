"""Response cards held against the plan they belong to: which post has one, which action a step repeats, what is wrong with a card.

Source: 生产安全事故应急预案管理办法 Art. 19 (a card for each key post); domain §3.5. Which post a card is for is read from its Chinese
words, which every plan has; a card for the duty officer stands first by habit, but need not.
"""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_records import Action, CardStep, Level, Plan, PlanRole, ResponseCard

MOST_STEPS = 7  # domain §3.5: read on the run
POSTS = {
    PlanRole.DUTY_OFFICER: ("值班员", "值班人员"), PlanRole.DUTY_LEADER: ("带班", "值班领导"),
    PlanRole.COMMANDER: ("指挥长", "现场负责人", "总指挥"),
}


def cards_of(plan: Plan, tier: Tier) -> tuple[ResponseCard, ...]:
    """Return the cards of a tier in the plan's order, that of the duty officer first."""
    cards = [card for card in plan.cards if card.tier is tier]
    return tuple(sorted(cards, key=lambda card: not is_for(card, PlanRole.DUTY_OFFICER)))


def is_for(card: ResponseCard, role: PlanRole) -> bool:
    """Say whether a card is the card of one of the three posts of a desk."""
    return any(word in card.post.zh for word in POSTS[role])


def step_action(plan: Plan, card: ResponseCard, step: CardStep) -> Action | None:
    """Return the action of the card's tier that a step repeats word for word, with or without a level before it; or None."""
    said = step.text.zh.rstrip("。")
    fitting = [action for action in plan.actions if action.tier is card.tier and said.endswith(action.title.zh.rstrip("。"))]
    return max(fitting, key=lambda action: (len(action.title.zh), action.due_minutes == step.due_minutes), default=None)


def applies_at(plan: Plan, card: ResponseCard, step: CardStep, level: Level) -> bool:
    """Say whether a step is to be done at a level: that of the action it repeats, else that of the card."""
    action = step_action(plan, card, step)
    return level.rank <= (action.from_level if action is not None else card.from_level).rank


# -- what is wrong ----------------------------------------------------------------------------------------------------
def card_faults(plan: Plan) -> Iterator[PlanFault]:
    """Name key posts without a card, cards that are too long, and steps that give more time than the action they repeat."""
    yield from _missing(plan)
    for card in plan.cards:
        at = Spot(clause=card.clause, card_id=card.id, tier=card.tier, level=card.from_level)
        if len(card.steps) > MOST_STEPS:
            yield PlanFault(kind=FaultKind.CARD_TOO_LONG, severity=Severity.WRONG, at=at, said=card.post, count=len(card.steps))
        for step in card.steps:
            action = step_action(plan, card, step)
            if action is not None and step.due_minutes > action.due_minutes:
                yield PlanFault(kind=FaultKind.CARD_STEP_LATE, severity=Severity.WRONG, at=at, said=card.post, other_said=action.title,
                                count=step.due_minutes, other_count=action.due_minutes, other_clause=action.clause)


def _missing(plan: Plan) -> Iterator[PlanFault]:
    """A duty officer and a leader stand at every tier with levels, a commander where an action of the tier asks for one."""
    for tier in LADDER:
        rules = plan.levels_of(tier)
        for role in POSTS if rules else ():
            asked = role is not PlanRole.COMMANDER or any(one.tier is tier and one.role is role for one in plan.actions)
            if asked and not any(is_for(card, role) for card in plan.cards if card.tier is tier):
                yield PlanFault(kind=FaultKind.NO_CARD, severity=Severity.GAP, role=role, at=Spot(clause=rules[-1].clause, tier=tier))
