"""What a plan asks for at each level of each tier: all that other plans must know of it, to see that two of them want the same team.

**By when** goods are wanted is said by the actions that ask for them (T+minutes). An action of the duty room that sends teams is done once the
order is out; what it names goes with these teams and is wanted when they are there, not before. The list of a level names no time: what stands
only there is wanted while the level is fought, so until the last of the tier's actions at that level is due; a level without actions names no
time at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import DESK_ROLES, NO_NEEDS, Action, Item, Level, LevelRule, Needs, Plan
from emergency_desk.domain.plans import actions_for, needs_for
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True)
class GoodsBy:
    """How many of an item are wanted so many minutes after T; None: the plan names no time.

    `goes_with`: the capabilities of the teams that an order of the duty room sends these goods along with; they are wanted where the teams are.
    """

    item: str
    count: int
    minutes: int | None
    goes_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWants:
    """All that one level of one tier asks for, its actions included."""

    tier: Tier
    level: Level
    clause: str
    needs: Needs = NO_NEEDS
    goods: tuple[Item, ...] = ()  # the items that are asked for
    goods_by: tuple[GoodsBy, ...] = ()  # by item, the earliest first


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWants:
    """What one plan asks for."""

    code: str
    title: Text
    area_code: str = ""
    hazard_types: tuple[str, ...] = ()
    levels: tuple[LevelWants, ...] = ()

    def of_tier(self, tier: Tier) -> tuple[LevelWants, ...]:
        """Return the levels of a tier, the highest first."""
        return tuple(sorted((one for one in self.levels if one.tier is tier), key=lambda one: one.level.rank))


def wants_of(plan: Plan) -> PlanWants:
    """Return what a plan asks for."""
    return PlanWants(code=plan.code, title=plan.title, area_code=plan.area_code, hazard_types=plan.hazard_types, levels=tuple(_levels(plan)))


def _levels(plan: Plan) -> Iterator[LevelWants]:
    for rule in plan.levels:
        needs = needs_for(plan, rule.tier, rule.level)
        asked = {name for name, _count in needs.items}
        yield LevelWants(tier=rule.tier, level=rule.level, clause=rule.clause, needs=needs,
                         goods=tuple(item for item in plan.items if item.id in asked), goods_by=tuple(_goods_by(plan, rule)))


def _goods_by(plan: Plan, rule: LevelRule) -> Iterator[GoodsBy]:
    """Tell by when what is wanted; of what one action wants and an earlier one wants as much of, nothing.

    Goods that go with teams may be wanted later than they are ordered, so they take nothing away from what others want in between.
    """
    actions = actions_for(plan, rule.tier, rule.level)
    last = max((action.due_minutes for action in actions), default=None)
    told = [GoodsBy(item, count, action.due_minutes, _goes_with(action)) for action in actions for item, count in action.needs.items]
    told += [GoodsBy(item, count, last) for item, count in rule.needs.items]
    most, most_sure = dict[str, int](), dict[str, int]()
    for one in sorted(told, key=earliest):
        before = most if one.goes_with else most_sure
        if one.count > before.get(one.item, 0):
            most[one.item] = max(one.count, most.get(one.item, 0))
            if not one.goes_with:
                most_sure[one.item] = one.count
            yield one


def earliest(one: GoodsBy) -> tuple[bool, int, int]:
    """Return the rank by which the earliest stands first, and of one time the most."""
    return one.minutes is None, one.minutes or 0, -one.count


def _goes_with(action: Action) -> tuple[str, ...]:
    """Return what the teams can do that an order sends: it is done in time once it is given out, and what it names goes with the teams."""
    return tuple(name for name, _count in action.needs.teams) if action.role in DESK_ROLES else ()
