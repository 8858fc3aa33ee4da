"""What a plan asks for at each level of each tier: all that other plans must know of it, to see that two of them want the same team.

**By when** goods are wanted is said by the actions that ask for them (T+minutes). The list of a level names no time: what stands only there is
wanted while the level is fought, so until the last of the tier's actions at that level is due; a level without actions names no time at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import NO_NEEDS, Item, Level, LevelRule, Needs, Plan
from emergency_desk.domain.plans import actions_for, needs_for
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True)
class GoodsBy:
    """How many of an item are wanted so many minutes after T; None: the plan names no time. More is never wanted earlier than less."""

    item: str
    count: int
    minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWants:
    """All that one level of one tier asks for, its actions included."""

    tier: Tier
    level: Level
    clause: str
    needs: Needs = NO_NEEDS
    goods: tuple[Item, ...] = ()  # the items that are asked for
    by: tuple[GoodsBy, ...] = ()  # by item, the earliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWants:
    """What one plan asks for."""

    code: str
    title: Text
    area_code: str = ""
    levels: tuple[LevelWants, ...] = ()

    def of_tier(self, tier: Tier) -> tuple[LevelWants, ...]:
        """Return the levels of a tier, the highest first."""
        return tuple(sorted((one for one in self.levels if one.tier is tier), key=lambda one: one.level.rank))


def wants_of(plan: Plan) -> PlanWants:
    """Return what a plan asks for."""
    return PlanWants(code=plan.code, title=plan.title, area_code=plan.area_code, levels=tuple(_levels(plan)))


def _levels(plan: Plan) -> Iterator[LevelWants]:
    for rule in plan.levels:
        needs = needs_for(plan, rule.tier, rule.level)
        asked = {name for name, _count in needs.items}
        yield LevelWants(tier=rule.tier, level=rule.level, clause=rule.clause, needs=needs,
                         goods=tuple(item for item in plan.items if item.id in asked), by=tuple(_goods_by(plan, rule)))


def _goods_by(plan: Plan, rule: LevelRule) -> Iterator[GoodsBy]:
    """Tell by when what is wanted; of what one action wants and an earlier one wants as much of, nothing."""
    actions = actions_for(plan, rule.tier, rule.level)
    last = max((action.due_minutes for action in actions), default=None)
    told = [GoodsBy(item, count, action.due_minutes) for action in actions for item, count in action.needs.items]
    told += [GoodsBy(item, count, last) for item, count in rule.needs.items]
    most: dict[str, int] = {}
    for one in sorted(told, key=lambda each: (each.minutes is None, each.minutes or 0, -each.count)):
        if one.count > most.get(one.item, 0):
            most[one.item] = one.count
            yield one
