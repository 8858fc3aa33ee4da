"""A plan looked over: what is wrong with it, and whether it could be fought with what stands ready tonight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emergency_desk.domain.grading import TableKind
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_contacts import ContactState, contact_states
from emergency_desk.domain.plan_faults import PlanFault
from emergency_desk.domain.plan_readiness import LevelReadiness, Readiness, Tonight, readiness, worst
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.sites import SiteKind
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.contact_trying import last_tries

if TYPE_CHECKING:
    from emergency_desk.domain.trade import Trade


@dataclass(frozen=True, slots=True)
class PlanLook:
    """What was found of one plan, and the worst colour of each current plan at the desk's own tier."""

    code: str
    version: str
    faults: tuple[PlanFault, ...] = ()
    levels: tuple[LevelReadiness, ...] = ()
    contacts: tuple[ContactState, ...] = ()
    colours: dict[str, Readiness] = field(default_factory=dict)


def look_over(desk: Desk, *, plan: Plan) -> PlanLook:
    """Check a plan against the other plans, the register and the law of today, and hold its needs against tonight's forces."""
    trade, today = desk.trade, local_day(desk.now())
    roster = desk.memory.roster(today=today)
    with desk.reading() as reading:
        units = tuple(reading.units.where("WHERE is_retired = 0"))
        tries = tuple(last_tries(reading))
        shelters = tuple(reading.sites.where("WHERE is_retired = 0 AND kind = ?", (SiteKind.SHELTER.value,)))
    against = CheckedAgainst(today=today, plans=trade.current_plans, units=units, teams=roster.teams, tries=tries,
                             superseded=trade.superseded, ungraded_types=_ungraded(trade))
    tonight = Tonight(roster=roster, sites=shelters, desk_area_id=desk.area_id, travel=trade.travel)
    colours = {one.code: worst(readiness(one, trade.current_plans, tonight, tiers=(desk.tier,))) for one in trade.current_plans}
    return PlanLook(code=plan.code, version=plan.version, faults=check(plan, against), levels=readiness(plan, trade.current_plans, tonight),
                    contacts=contact_states(plan, units=units, teams=roster.teams, tries=tries),
                    colours={code: colour for code, colour in colours.items() if colour is not None})


def _ungraded(trade: Trade) -> frozenset[str]:
    graded = {table.id for table in trade.grading if table.kind is not TableKind.NOT_GRADED}
    return frozenset(kind.id for kind in trade.types if kind.grading_table not in graded)
