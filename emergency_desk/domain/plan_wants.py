"""What a plan asks for at each level of each tier: all that other plans must know of it, to see that two of them want the same team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import NO_NEEDS, Level, Needs, Plan
from emergency_desk.domain.plans import needs_for
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWants:
    """All that one level of one tier asks for, its actions included."""

    tier: Tier
    level: Level
    clause: str
    needs: Needs = NO_NEEDS


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
        yield LevelWants(tier=rule.tier, level=rule.level, clause=rule.clause, needs=needs_for(plan, rule.tier, rule.level))
