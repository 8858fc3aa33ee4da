"""What is sent from where: what a plan's level asks for, the question over all depots, and the lots kept back as it was decided.

Reading functions but for `keep_back` and `weigh_item`; the exact answer is worked out elsewhere, from the same question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.allocation import AllocationQuestion, AllocationRules, FixedLine, GoodsNeed, Position, SendingDepot
from emergency_desk.domain.allocation_board import (
    AllocationBoard,
    KeptBack,
    PlanWanted,
    RunningIncident,
    WantedGoods,
    check_wanted,
    later_options,
)
from emergency_desk.domain.allocation_lists import AllocationList
from emergency_desk.domain.allocation_quick import quick_answer, with_next_depots
from emergency_desk.domain.errors import FieldMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.library import Setting
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_records import Item
from emergency_desk.domain.plan_stock import code_of, holds_of
from emergency_desk.domain.plans import needs_for
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Movement, MovementKind
from emergency_desk.domain.stock_acts import Asked, StockDocument
from emergency_desk.domain.supplies import SupplyItem, check_count
from emergency_desk.domain.texts import Text
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.dispatches import levels_in_force
from emergency_desk.services.steps.stocking import Moving, rules_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

_GRAMS = "stock_grams:"
_MOST_GRAMS = 100_000_000


# -- what a plan asks for ---------------------------------------------------------------------------------------------
def wanted_by_plan(desk: Desk, *, incident_id: Id) -> PlanWanted:
    """Return what the levels in force of an incident's plan ask for and what is not kept back or out for it already. Raises NotFound."""
    with desk.reading() as reading:
        incident = reading.incidents.get(incident_id)
        if not incident.plan_code:
            return PlanWanted()
        plan = desk.trade.plan(incident.plan_code, incident.plan_version)
        counts: dict[str, tuple[int, str]] = {}
        for tier, level in levels_in_force(incident, reading.responses.where("WHERE incident_id = ?", (incident_id,))):
            rule = plan.level_rule(tier, level)
            for name, count in needs_for(plan, tier, level).items:
                counts[name] = max((count, rule.clause if rule else ""), counts.get(name, (0, "")))
        has = _what_it_has(reading, incident_id)
        goods = {item.id: item for item in plan.items}
        asked = [(goods[name], count, clause) for name, (count, clause) in counts.items() if name in goods and count]
        return _sorted_out(reading, incident, asked, has)


def _sorted_out(reading: Reading, incident: Incident, asked: Iterable[tuple[Item, int, str]], has: dict[Id, int]) -> PlanWanted:
    wanted: list[WantedGoods] = []
    covered: list[tuple[Text, int]] = []
    not_kept: list[tuple[Text, int]] = []
    for item, count, clause in asked:
        kept = reading.supply_items.where("WHERE is_retired = 0 AND code = ? ORDER BY name, id", (code_of(item),))
        fitting = [(one, holds) for one in kept for holds in [holds_of(one, item.unit)] if holds]
        left = count * fitting[0][1] - sum(has.get(one.id, 0) for one, _holds in fitting) if fitting else 0
        if not fitting:
            not_kept.append((item.name, count))
        elif left <= 0:
            covered.append((item.name, count))
        else:
            one = fitting[0][0]
            wanted.append(WantedGoods(key=f"{incident.id}:{item.id}", item_id=one.id, quantity=left, incident_id=incident.id, clause=clause))
    return PlanWanted(wanted=tuple(wanted), covered=tuple(covered), not_kept=tuple(not_kept), has_plan=True)


def _what_it_has(reading: Reading, incident_id: Id) -> dict[Id, int]:
    """Return how much of each item is kept back for an incident or out with it."""
    claims = reading.balances.claims_for(incident_id)
    items = {lot.id: lot.item_id for lot in reading.lots.get_many({one.lot_id for one in claims})}
    found: dict[Id, int] = {}
    for one in claims:
        found[items[one.lot_id]] = found.get(items[one.lot_id], 0) + one.quantity
    return found


# -- the question -----------------------------------------------------------------------------------------------------
def read_board(
    desk: Desk, *, wanted: Sequence[WantedGoods], fixed: Sequence[FixedLine] = (), reach_minutes: int | None = None,
) -> AllocationBoard:
    """Return the question that what is wanted makes over all depots, with the quick answer. Raises FieldRefused, FieldMissing, NotFound.

    What is wanted for an incident that has closed meanwhile is left out.
    """
    at = desk.now()
    rules = desk.trade.allocation
    if reach_minutes is not None:
        rules = replace(rules, reach_minutes=check_count("reach_minutes", reach_minutes, most=60 * 24 * 30))
    with desk.reading() as reading:
        running = tuple(RunningIncident(each.id, each.number, each.title, each.area_id) for each in reading.open_incident_lines())
        open_ids = {each.id for each in running}
        some = tuple(check_wanted(one) for one in wanted if one.incident_id is None or one.incident_id in open_ids)
        question = _question(desk, reading, some, rules, at)
        keys = {one.key for one in some}
        question = replace(question, fixed=tuple(one for one in fixed if one.need_id in keys))
        items = {item.id: item for item in reading.supply_items.get_many({one.item_id for one in some})}
        promises = reading.supply_promises.where(f"WHERE item_id IN ({_marks(items)})", tuple(items)) if items else []
        sites = {site.id: (site.name, site.name_en) for site in reading.sites.where("WHERE id IN (SELECT id FROM depots)")}
        claims = {Id(one.claim) for one in question.bound if one.claim}
        numbers = _numbers(reading, claims) | {each.id: each.number for each in running}
        return AllocationBoard(
            wanted=some, question=question, quick=with_next_depots(question, quick_answer(question)), items=items, sites=sites, running=running,
            numbers={str(id_): number for id_, number in numbers.items()},
            later=later_options(some, promises, reading.drawn(), at=at), partners={one.id: one.partner for one in promises})


def _numbers(reading: Reading, claims: Collection[Id]) -> dict[Id, str]:
    """Return by its number what goods are kept back for: an incident, or a release order."""
    if not claims:
        return {}
    where, values = f"WHERE id IN ({_marks(claims)})", tuple(claims)
    incidents = {each.id: each.number for each in reading.incidents.where(where, values)}
    return incidents | {each.id: each.number for each in reading.release_orders.where(where, values)}


def _question(desk: Desk, reading: Reading, wanted: Sequence[WantedGoods], rules: AllocationRules, at: datetime) -> AllocationQuestion:
    stock, items = rules_of(desk, reading), {one.item_id for one in wanted}
    sites = {site.id: site for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)")}
    depots = tuple(SendingDepot(depot.id, _position_of(sites[depot.id]), depot.loading_minutes, depot.largest_truck_tonnes)
                   for depot in reading.depots.where("ORDER BY id") if depot.id in sites)
    return AllocationQuestion(
        needs=tuple(_need(desk, reading, one, rules, at) for one in wanted), depots=depots, goods=tuple(reading.balances.free_goods(items)),
        bound=tuple(reading.balances.bound_goods(items)), travel=desk.trade.travel, stock=stock, rules=rules, unit_grams=_grams(reading))


def _need(desk: Desk, reading: Reading, one: WantedGoods, rules: AllocationRules, at: datetime) -> GoodsNeed:
    """Return what is wanted as a need: where it is, and until which day it must be in date."""
    incident = reading.incidents.get(one.incident_id) if one.incident_id is not None else None
    area_id = incident.area_id if incident is not None else one.area_id
    if area_id is None:
        raise FieldMissing(name="area_id")
    there = at + timedelta(minutes=max(rules.reach_minutes, one.within_minutes or 0), days=one.good_days)
    position = (_position_of(incident) if incident is not None else None) or desk.tree.position(area_id)
    return GoodsNeed(id=one.key, item_id=one.item_id, quantity=one.quantity, destination=one.incident_id or area_id, good_on=local_day(there),
                     priority=one.priority, position=position, within_minutes=one.within_minutes, incident_id=one.incident_id, area_id=area_id)


def _position_of(there: Incident | Site) -> Position | None:
    return (there.latitude, there.longitude) if there.latitude is not None and there.longitude is not None else None


def _grams(reading: Reading) -> dict[Id, int]:
    kept = reading.settings.where("WHERE id LIKE ?", (f"{_GRAMS}%",))
    return {Id(one.id.removeprefix(_GRAMS)): int(one.content) for one in kept}


def _marks(some: Iterable[object]) -> str:
    return ", ".join("?" for _one in some)


# -- the list, as the officers left it ---------------------------------------------------------------------------------
def newest_list(desk: Desk) -> AllocationList | None:
    """Return the list as it was left; None before the first. What stands there may meanwhile be of an incident that closed."""
    with desk.reading() as reading:
        return next(iter(reading.allocation_lists.first("ORDER BY seq DESC")), None)


def keep_list(
    desk: Desk, *, wanted: Sequence[WantedGoods], fixed: Sequence[FixedLine], reach_minutes: int | None, based_on: Id | None,
) -> Done[AllocationList]:
    """Append the list as it is now. Raises Stale when somebody else changed it since (`based_on`: the one it was made from), FieldRefused."""
    desk.may(Act.CLAIM_STOCK)
    for one in wanted:
        check_wanted(one)
    if reach_minutes is not None:
        check_count("reach_minutes", reach_minutes, most=60 * 24 * 30)
    with desk.open_work() as work:
        newest = work.allocation_lists.first("ORDER BY seq DESC")
        if newest and newest[0].id != based_on:
            raise Stale(kind="allocation_lists", id=newest[0].id, theirs=newest[0].id, ours=based_on or "")
        kept = work.allocation_lists.add(AllocationList(
            id=desk.new_id(), recorded_at=desk.now(), account_id=desk.who, wanted=tuple(wanted), fixed=tuple(fixed), reach_minutes=reach_minutes))
        return Done(kept, work.commit("keep_allocation_list", things=len(kept.wanted)))


# -- what is done -----------------------------------------------------------------------------------------------------
def keep_back(desk: Desk, *, site_id: Id, lines: Sequence[KeptBack]) -> Done[StockDocument]:
    """Keep goods of one depot back as it was decided, all under one number: of each line the lot that expires first among those that last.

    Raises StockShort when they were taken meanwhile, IncidentIsClosed, FieldMissing.
    """
    desk.may(Act.CLAIM_STOCK)
    if not lines:
        raise FieldMissing(name="quantity")
    at = desk.now()
    with desk.open_work() as work:
        number, movements = "", list[Movement]()
        for line in sorted(lines, key=lambda each: each.good_on):
            asked = Asked(item_id=line.item_id, site_id=site_id, quantity=line.quantity, incident_id=line.incident_id)
            moving = Moving(desk, work, MovementKind.RESERVE, asked, at=at, document=number, good_on=line.good_on)
            document = moving.write(moving.first_out())
            number = document.number
            movements += document.movements
        return Done(StockDocument(number, tuple(movements)), work.commit("keep_back_stock", document=number, lines=len(lines)))


def weigh_item(desk: Desk, *, item_id: Id, grams: int) -> Done[SupplyItem]:
    """Say what one unit of an item weighs, so that lorries can be counted. Raises FieldRefused, NotFound."""
    desk.may(Act.CLAIM_STOCK)
    check_count("grams", grams, most=_MOST_GRAMS)
    with desk.open_work() as work:
        item = work.supply_items.get(item_id)
        found = work.settings.where("WHERE id = ?", (_GRAMS + item_id,))
        if found:
            work.settings.put(replace(found[0], content=str(grams)))
        else:
            work.settings.add(Setting(Id(_GRAMS + item_id), str(grams)))
        return Done(item, work.commit("weigh_item", item=item.code, grams=grams))
