"""A borrowed plan: where no plan was made, what one that may stand in asks a tier to do (QD17 Art. 34, R-1.10).

It stays another plan's: each action bears in its title from which plan and clause it was borrowed, and the incident is not pinned to that plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plan_records import Action, Level, Plan
from emergency_desk.domain.plans import actions_for, level_reached
from emergency_desk.domain.texts import Text

BORROWS = "art34_borrow"  # marks the task of Art. 34 that is done by borrowing


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """What is borrowed: the actions of a tier at the level that the figures reach, each marked with its plan and clause."""

    plan: Plan
    tier: Tier
    level: Level
    actions: tuple[Action, ...]


def borrow(plan: Plan, *, tier: Tier, figures: Figures, words: str, grade: Grade | None) -> Borrowed | None:
    """Return what a tier borrows of a plan: at the level its conditions reach, else at its lowest; None when it asks nothing of that tier."""
    levels = plan.levels_of(tier)
    if not levels:
        return None
    level = level_reached(plan, tier=tier, figures=figures, words=words, grade=grade) or levels[-1].level
    actions = actions_for(plan, tier, level)
    return Borrowed(plan=plan, tier=tier, level=level, actions=tuple(_marked(actions, plan))) if actions else None


def _marked(actions: Iterable[Action], plan: Plan) -> Iterable[Action]:
    for action in actions:
        title = action.title
        yield replace(action, clause="", title=Text(
            f"{title.zh}（借用《{plan.title.zh}》{action.clause}）",
            f"{title.in_language('en')} (borrowed from the {plan.title.in_language('en')}, clause {action.clause})"))
