"""Two plans that want the same: what other plans in force want of the teams, shelter places and goods that a level asks for.

What a rival wants is compared here alone; whether both could be met is asked of tonight's forces in `plan_readiness`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_stock import code_of
from emergency_desk.domain.plan_wants import LevelWants, PlanWants
from emergency_desk.domain.texts import Text

Ware = tuple[str, Text]  # the code by which the stock knows it, and the plan's unit


def ware_of(item: Item) -> Ware:
    """Return by what two plans see that they want the same thing."""
    return code_of(item), item.unit


@dataclass(frozen=True, slots=True)
class Rival:
    """What another plan wants of that which is wanted here."""

    title: Text
    area_code: str
    teams: tuple[tuple[str, int], ...]
    places: int
    goods: tuple[tuple[Ware, int], ...] = ()

    @property
    def wants(self) -> tuple[object, ...]:
        """Return what it wants, to see whether two want the very same."""
        return self.teams, self.places, self.goods

    def is_within(self, other: Rival) -> bool:
        """Say whether another one wants as much of everything."""
        teams, goods = dict(other.teams), dict(other.goods)
        return (self.places <= other.places and all(count <= teams.get(name, 0) for name, count in self.teams)
                and all(count <= goods.get(ware, 0) for ware, count in self.goods))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a plan wants at each level of one tier, the highest first. Of plans that want the same the first speaks."""

    title: Text
    area_code: str
    levels: tuple[LevelWants, ...]

    def of(self, wanted: LevelWants) -> Rival | None:
        """Return what it wants of the same things at a level, or at its nearest lower one; None where that is nothing."""
        theirs = next((one for one in self.levels if one.level.rank >= wanted.level.rank), None)
        if theirs is None:
            return None
        own, codes = {name for name, _count in wanted.needs.teams}, {code_of(item) for item in wanted.goods}
        teams = tuple((name, count) for name, count in theirs.needs.teams if name in own)
        counts = dict(theirs.needs.items)
        goods = tuple((ware_of(item), counts.get(item.id, 0)) for item in theirs.goods if code_of(item) in codes)
        places = theirs.needs.places if wanted.needs.places else 0
        return Rival(self.title, self.area_code, teams, places, goods) if teams or places or goods else None


class Rivals:
    """The plans in force as rivals, put together once for all questions: many want the very same."""

    def __init__(self, plans: Iterable[PlanWants]) -> None:
        self._groups: dict[Tier, dict[tuple[object, ...], list[tuple[str, Standing]]]] = {}
        for plan in plans:
            for tier in dict.fromkeys(one.tier for one in plan.levels):
                levels = plan.of_tier(tier)
                key = (plan.area_code, tuple((one.level, one.needs, one.goods) for one in levels))
                alike = self._groups.setdefault(tier, {}).setdefault(key, [])
                if len(alike) < 2:  # one speaks for all; a second one where the first is the plan that asks
                    alike.append((plan.code, Standing(plan.title, plan.area_code, levels)))

    def at(self, tier: Tier, *, without: str) -> list[Standing]:
        """Return what others than one plan want at a tier."""
        found = (next((standing for code, standing in alike if code != without), None) for alike in self._groups.get(tier, {}).values())
        return [standing for standing in found if standing is not None]


def greedy_first(numbered: tuple[int, Rival]) -> tuple[int, int, int, int]:
    """Sort those that want most first."""
    number, rival = numbered
    return -sum(count for _name, count in rival.teams), -rival.places, -sum(count for _ware, count in rival.goods), number


def touch(area_code: str, plan_area: str) -> bool:
    """Say whether a plan's area and another one have ground in common; an area without a code may lie anywhere."""
    return not area_code or area_code.startswith(plan_area) or plan_area.startswith(area_code)
