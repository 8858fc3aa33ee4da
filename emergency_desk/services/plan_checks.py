"""A plan looked over: what is wrong with it, and whether it could be fought with what stands ready tonight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain.grading import TableKind
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_faults import PlanFault
from emergency_desk.domain.plan_readiness import LevelReadiness, Readiness, Tonight, readiness, worst
from emergency_desk.domain.plan_shelf import Shelf, code_of
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stocking import rules_of

if TYPE_CHECKING:
    from emergency_desk.domain.trade import Trade


@dataclass(frozen=True, slots=True)
class PlanLook:
    """What was found of one plan, and the worst colour of each current plan at the desk's own tier."""

    code: str
    version: str
    faults: tuple[PlanFault, ...] = ()
    levels: tuple[LevelReadiness, ...] = ()
    colours: dict[str, Readiness] = field(default_factory=dict)


def look_over(desk: Desk, *, plan: Plan) -> PlanLook:
    """Check a plan against the other plans, the register and the law of today, and hold its needs against tonight's forces."""
    trade, today = desk.trade, local_day(desk.now())
    roster = desk.memory.roster(today=today)
    with desk.reading() as reading:
        units = tuple(reading.units.where("WHERE is_retired = 0"))
        shelters = tuple(reading.sites.where("WHERE is_retired = 0 AND kind = ?", (SiteKind.SHELTER.value,)))
    against = CheckedAgainst(today=today, plans=trade.current_plans, units=units, teams=roster.teams, superseded=trade.superseded,
                             ungraded_types=_ungraded(trade))
    tonight = Tonight(roster=roster, sites=shelters, desk_area_id=desk.area_id, travel=trade.travel,
                      shelf=shelf_tonight(desk, trade.current_plans))
    colours = {one.code: worst(readiness(one, trade.current_plans, tonight, tiers=(desk.tier,))) for one in trade.current_plans}
    return PlanLook(code=plan.code, version=plan.version, faults=check(plan, against), levels=readiness(plan, trade.current_plans, tonight),
                    colours={code: colour for code, colour in colours.items() if colour is not None})


def shelf_tonight(desk: Desk, plans: Iterable[Plan]) -> Shelf | None:
    """Return what the depots hold of what plans ask for; None when this desk keeps no stock."""
    codes, today = {code_of(item) for plan in plans for item in plan.items}, local_day(desk.now())
    with desk.reading() as reading:
        if not reading.supply_items.count("WHERE is_retired = 0"):
            return None
        rules = rules_of(desk, reading)
        kept: dict[str, tuple[SupplyItem, ...]] = {}
        for item in reading.supply_items.where("WHERE is_retired = 0 ORDER BY code, name, id"):
            if item.code in codes:
                kept[item.code] = (*kept.get(item.code, ()), item)
        ids = [item.id for some in kept.values() for item in some]
        month = timedelta(days=min(rules.alarm_days, default=0))
        return Shelf(items=kept, there=reading.balances.available(ids, rules.last_expired(today)),
                     lasting=reading.balances.available(ids, rules.last_expired(today + month)),
                     areas={site.id: site.area_id for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)")})


def _ungraded(trade: Trade) -> frozenset[str]:
    graded = {table.id for table in trade.grading if table.kind is not TableKind.NOT_GRADED}
    return frozenset(kind.id for kind in trade.types if kind.grading_table not in graded)
