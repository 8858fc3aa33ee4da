"""A plan looked over: what is wrong with it, and whether it could be fought with what stands ready tonight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain.areas import LADDER
from emergency_desk.domain.grading import TableKind
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_contacts import ContactState, contact_states
from emergency_desk.domain.plan_faults import PlanFault
from emergency_desk.domain.plan_readiness import LevelReadiness, Readiness, Tonight, readiness, worst
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_rivals import Rivals
from emergency_desk.domain.plan_shelf import Shelf, ShelvedPlan
from emergency_desk.domain.plan_shelters import SheltersTonight, ShelterTonight
from emergency_desk.domain.plan_stock import DepotTonight, Held, StockTonight, code_of
from emergency_desk.domain.plan_wants import wants_of
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.shelters import FIRST_STAY
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelters import heads_in
from emergency_desk.services.steps.contact_trying import last_tries
from emergency_desk.services.steps.stocking import rules_of
from emergency_desk.services.stored_plans import PlansWants, StoredPlans

if TYPE_CHECKING:
    from emergency_desk.domain.roster import Roster
    from emergency_desk.domain.trade import Trade
    from emergency_desk.store.readings.reading import Reading

MOST_LINKED = 60  # plans that one is held against in one look; the nearest, and one for each hazard and tier below


@dataclass(frozen=True, slots=True)
class PlanLook:
    """What was found of one plan. `linked` plans cover its hazards or name it; the nearest `compared` of them were opened and held against it."""

    code: str
    version: str
    today: date
    faults: tuple[PlanFault, ...] = ()
    levels: tuple[LevelReadiness, ...] = ()
    linked: int = 0
    compared: int = 0
    contacts: tuple[ContactState, ...] = ()


def look_over(desk: Desk, *, plan: Plan) -> PlanLook:
    """Check a plan against the plans beside it, the register and the law of today, and hold its needs against tonight's forces."""
    trade, today = desk.trade, local_day(desk.now())
    tonight = _tonight(desk, plan.items)
    with desk.reading() as reading:
        units = tuple(reading.units.where("WHERE is_retired = 0"))
        tries = tuple(last_tries(reading))
    linked = linked_plans(trade.shelf, plan)
    near = nearest(plan, linked)
    against = CheckedAgainst(today=today, plans=tuple(trade.plan(back.code, back.version) for back in near), shelf=trade.shelf.in_force,
                             units=units, teams=tonight.roster.teams, tries=tries, superseded=trade.superseded,
                             ungraded_types=_ungraded(trade))
    return PlanLook(code=plan.code, version=plan.version, today=today, faults=check(plan, against),
                    levels=readiness(plan, wants_in_force(trade.shelf).rivals, tonight), linked=len(linked), compared=len(near),
                    contacts=contact_states(plan, units=units, teams=tonight.roster.teams, tries=tries))


def colours(desk: Desk, *, codes: Sequence[str]) -> dict[str, Readiness]:
    """Return the worst colour at the desk's own tier of some plans in force; those that set no level for it are left out."""
    wants = wants_in_force(desk.trade.shelf)
    asked = [wants.by_code[code] for code in codes if code in wants.by_code]
    tonight = _tonight(desk, [item for one in asked for level in one.levels for item in level.goods])
    found = {one.code: worst(readiness(one, wants.rivals, tonight, tiers=(desk.tier,))) for one in asked}
    return {code: colour for code, colour in found.items() if colour is not None}


def wants_in_force(shelf: Shelf) -> PlansWants:
    """Return what every plan in force asks for, without opening them."""
    if isinstance(shelf.source, StoredPlans):
        return shelf.source.wants(shelf)
    wants = [wants_of(shelf.plan(back.code, back.version)) for back in shelf.in_force]
    return PlansWants({one.code: one for one in wants}, Rivals(wants))


def linked_plans(shelf: Shelf, plan: Plan) -> list[ShelvedPlan]:
    """Return the plans in force that a plan must agree with, the nearest first: above and beside it by name, then those of its hazards."""
    named = {plan.parent, *plan.aligned}
    found = {back.code: back for back in shelf.in_force if back.code in named or plan.code in (back.parent, *back.aligned)}
    for hazard in plan.hazard_types:
        found.update((back.code, back) for back in shelf.covering(hazard) if _share_ground(plan, back))
    found.pop(plan.code, None)
    return sorted(found.values(), key=lambda back: (
        back.code not in named and plan.code not in (back.parent, *back.aligned), back.area_code != plan.area_code,
        abs(back.tier.rank - plan.tier.rank), abs(len(back.area_code) - len(plan.area_code)), back.code))


def nearest(plan: Plan, linked: Sequence[ShelvedPlan]) -> list[ShelvedPlan]:
    """Return the plans of a long list that are opened: the nearest, and of the rest one for each hazard and tier below that none of them has."""
    near = list(linked[:MOST_LINKED])
    covered = set(_counterparts(plan, near))
    for back in linked[MOST_LINKED:]:
        more = set(_counterparts(plan, (back,))) - covered
        if more:
            near.append(back)
            covered |= more
    return near


def _counterparts(plan: Plan, backs: Iterable[ShelvedPlan]) -> Iterator[tuple[str, str]]:
    for back in backs:
        for tier in LADDER:
            if tier.rank > plan.tier.rank and back.acts_at(tier):
                yield from ((hazard, tier.value) for hazard in plan.hazard_types if hazard in back.hazard_types)


def _share_ground(plan: Plan, back: ShelvedPlan) -> bool:
    return plan.area_code.startswith(back.area_code) or back.area_code.startswith(plan.area_code)


def _tonight(desk: Desk, goods: Iterable[Item]) -> Tonight:
    roster: Roster = desk.memory.roster(today=local_day(desk.now()))
    return Tonight(roster=roster, shelters=shelters_tonight(desk), desk_area_id=desk.area_id, travel=desk.trade.travel,
                   stock=stock_tonight(desk, goods))


def shelters_tonight(desk: Desk) -> SheltersTonight:
    """Return every shelter in use, with its places for the stay it is open for or would be opened for, and who is in it."""
    rules = desk.trade.shelters
    with desk.reading() as reading:
        kept = {one.id: one for one in reading.shelters.where()}
        openings = {one.shelter_id: one for one in reading.shelter_openings.where("WHERE closed_at IS NULL")}
        heads = {id_: heads_in(reading, opening) for id_, opening in openings.items()}
        sites = reading.sites.where("WHERE is_retired = 0 AND kind = ?", (SiteKind.SHELTER.value,))
    found = []
    for site in sites:
        shelter, opening = kept.get(site.id), openings.get(site.id)
        places = opening.capacity if opening is not None else rules.capacity(site.effective_area_m2, FIRST_STAY)
        if places is None and shelter is not None:
            places = shelter.stated_capacity
        found.append(ShelterTonight(area_id=site.area_id, shelter=shelter, capacity=places, heads=heads.get(site.id, 0), site_id=site.id))
    return SheltersTonight(shelters=tuple(found), rules=rules, today=local_day(desk.now()))


def faults_of(desk: Desk, *, plan: Plan) -> tuple[PlanFault, ...]:
    """Check a plan alone, such as a draft while it is written; tonight's forces are not asked."""
    trade, today = desk.trade, local_day(desk.now())
    with desk.reading() as reading:
        units = tuple(reading.units.where("WHERE is_retired = 0"))
        tries = tuple(last_tries(reading))
    near = nearest(plan, linked_plans(trade.shelf, plan))
    against = CheckedAgainst(today=today, plans=tuple(trade.plan(back.code, back.version) for back in near), shelf=trade.shelf.in_force,
                             units=units, teams=desk.memory.roster(today=today).teams, tries=tries, superseded=trade.superseded,
                             ungraded_types=_ungraded(trade))
    return check(plan, against)


def stock_tonight(desk: Desk, goods: Iterable[Item]) -> StockTonight | None:
    """Return what the depots hold of what plans ask for; None when this desk keeps no stock."""
    codes, today = {code_of(item) for item in goods}, local_day(desk.now())
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
        there = reading.balances.available(ids, rules.last_expired(today))
        lasting = reading.balances.available(ids, rules.last_expired(today + month))
        depots = _depots(reading)
    held: dict[Id, list[Held]] = {}
    for (item_id, site_id), count in there.items():
        if site_id in depots:
            held.setdefault(item_id, []).append(Held(depots[site_id], count, lasting.get((item_id, site_id), 0)))
    return StockTonight(items=kept, held={id_: tuple(some) for id_, some in held.items()})


def _depots(reading: Reading) -> dict[Id, DepotTonight]:
    loading = {depot.id: depot.loading_minutes or 0 for depot in reading.depots.where()}
    found = {}
    for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)"):
        place = (site.latitude, site.longitude) if site.latitude is not None and site.longitude is not None else None
        found[site.id] = DepotTonight(id=site.id, name=site.name, area_id=site.area_id, place=place, loading_minutes=loading.get(site.id, 0))
    return found


def _ungraded(trade: Trade) -> frozenset[str]:
    graded = {table.id for table in trade.grading if table.kind is not TableKind.NOT_GRADED}
    return frozenset(kind.id for kind in trade.types if kind.grading_table not in graded)
