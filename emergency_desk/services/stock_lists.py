"""What stock answers: a page of lots, an item whole, how many by when, what alarms, what an incident has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from emergency_desk.domain import stock_alarms as alarms
from emergency_desk.domain.areas import AreaTree
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Claim, Holding
from emergency_desk.domain.stock_alarms import HeldAt, StockAlarm
from emergency_desk.domain.stock_boards import ItemPage, MovementLine, Place, StockFilter, StockLine
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import Depot, StockTarget
from emergency_desk.domain.supply_over_time import SupplyAt, SupplyQuestion, supply_over_time
from emergency_desk.domain.texts import Text
from emergency_desk.domain.travel import distance_km, travel_minutes
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stocking import rules_of

if TYPE_CHECKING:
    from emergency_desk.store.readings.reading import Reading

PAGE = 200
MOST_ALARMS = 2_000


# -- the long list ----------------------------------------------------------------------------------------------------
def page_of_stock(desk: Desk, *, asked: StockFilter, after: Place | None = None, limit: int = PAGE) -> list[StockLine]:
    """Return a page of what stands on the shelves behind a place (`StockLine.place`), or the first page; the lot that expires first first."""
    with desk.reading() as reading:
        return reading.stock_lines(asked, after=after, limit=limit, items=_items(reading, asked))


def count_stock(desk: Desk, *, asked: StockFilter) -> int:
    """Return how many lines a filter finds."""
    with desk.reading() as reading:
        return reading.stock_count(asked, items=_items(reading, asked))


def place_of_page(desk: Desk, *, asked: StockFilter, page: int, known: Mapping[int, Place] | None = None) -> Place | None:
    """Return behind which place a page after the first begins, found from the nearest one before it that is known; None past the end."""
    before = max((number for number in known or {} if number <= page), default=0)
    after = (known or {}).get(before)
    if before == page and after is not None:
        return after
    with desk.reading() as reading:
        return reading.stock_place(asked, lines=(page - before) * PAGE, after=after, items=_items(reading, asked))


def _items(reading: Reading, asked: StockFilter) -> list[str] | None:
    return reading.items_called(asked.text) if asked.text.strip() else None


# -- an item ----------------------------------------------------------------------------------------------------------
def item_page(
    desk: Desk, *, item_id: Id, area_id: Id | None = None, to_area_id: Id | None = None, to_incident_id: Id | None = None, ledger: int = 60,
) -> ItemPage:
    """Return an item whole: what there is in an area (the desk's own), what can be had by when, targets, promises, the newest movements.

    `to_area_id` or `to_incident_id`: where it is wanted; then goods count only once they can be there. Raises NotFound.
    """
    at = desk.now()
    today, tree = local_day(at), desk.tree
    with desk.reading() as reading:
        item = reading.supply_items.get(item_id)
        sites = _sites(reading, tree, area_id or desk.area_id)
        promises = tuple(reading.supply_promises.where("WHERE item_id = ? ORDER BY kind DESC, partner, id", (item_id,)))
        targets = tuple(reading.stock_targets.where("WHERE item_id = ? ORDER BY kind DESC, id", (item_id,)))
        rules, drawn = rules_of(desk, reading), reading.drawn()
        longest = today + timedelta(hours=max(rules.hours, default=0), days=1)
        holdings = reading.balances.of_item(item_id, good_after=longest, sites=sites)
        held = _held(reading, tree, (item_id,), rules, drawn, today)
        wanted_at, there = _place_of_need(reading, tree, to_area_id, to_incident_id)
        supply = supply_over_time(SupplyQuestion(
            at=at, hours=rules.hours, holdings=holdings, promises=promises, rules=rules, drawn=drawn,
            travel_minutes=_ways(desk, sites.values(), there) if wanted_at else None))
        depots = {depot.id: depot for depot in reading.depots.get_many(set(sites))}
        return ItemPage(
            item=item, classes=desk.trade.catalogue.path(item.code), supply=supply, on_hand=sum(one.on_hand for one in holdings),
            available=sum(one.available(rules, today) for one in holdings), reserved=sum(one.reserved for one in holdings),
            quarantined=sum(one.quarantined for one in holdings), expired=sum(one.expired(rules, today) for one in holdings),
            targets=targets, held={target.id: held.of(target) for target in targets}, promises=promises, drawn=drawn,
            site_names={site.id: (site.name, site.name_en) for site in sites.values()}, lot_numbers=_named(reading, holdings, supply),
            movements=tuple(reading.ledger_of(item_id, limit=ledger)), depots=depots, wanted_at=wanted_at,
            not_counted=frozenset(one.site_id for one in alarms.count_alarms(depots.values(), rules, today) if one.site_id),
            colour=desk.trade.catalogue.colour_of(item.code))


def _named(reading: Reading, holdings: Iterable[Holding], supply: Iterable[SupplyAt]) -> dict[Id, str]:
    return reading.lot_numbers([*(one.lot_id for one in holdings), *(out.id for one in supply for out in one.left_out if out.site_id)])


def _sites(reading: Reading, tree: AreaTree, area_id: Id) -> dict[Id, Site]:
    """Return the depots in an area."""
    sites = reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)")
    return {site.id: site for site in sites if site.area_id is None or tree.is_within(site.area_id, area_id)}


def _place_of_need(
    reading: Reading, tree: AreaTree, area_id: Id | None, incident_id: Id | None,
) -> tuple[Text | None, tuple[float, float] | None]:
    """Return what the place of need is called, and where it lies: an incident's own point, else its area's."""
    if incident_id is not None:
        incident = reading.incidents.get(incident_id)
        known = incident.latitude is not None and incident.longitude is not None
        where = (incident.latitude, incident.longitude) if known else tree.position(incident.area_id)
        return Text(f"{incident.number} {incident.title}"), where  # type: ignore[return-value]
    if area_id is None:
        return None, None
    area = tree.by_id[area_id]
    return Text(area.name, area.name_en), tree.position(area_id)


def _ways(desk: Desk, sites: Iterable[Site], there: tuple[float, float] | None) -> dict[Id, int]:
    """Return the estimated minutes on the road from each depot whose position is known."""
    if there is None:
        return {}
    return {site.id: travel_minutes(distance_km(site.latitude, site.longitude, *there), desk.trade.travel)
            for site in sites if site.latitude is not None and site.longitude is not None}


def ledger_of(desk: Desk, *, item_id: Id, limit: int = PAGE) -> list[MovementLine]:
    """Return the movements of an item, the newest first."""
    with desk.reading() as reading:
        return reading.ledger_of(item_id, limit=limit)


def what_an_incident_has(desk: Desk, *, incident_id: Id) -> tuple[list[Claim], list[MovementLine]]:
    """Return what is kept back for an incident or out with it, and every movement made for it."""
    with desk.reading() as reading:
        return reading.balances.claims_for(incident_id), reading.ledger_for(incident_id)


# -- alarms -----------------------------------------------------------------------------------------------------------
def stock_alarms(desk: Desk, *, limit: int = MOST_ALARMS) -> list[StockAlarm]:
    """Return what is wrong, the most pressing first: too little, expired, expiring, not counted, promises that end, too much."""
    today, tree = local_day(desk.now()), desk.tree
    with desk.reading() as reading:
        rules, drawn = rules_of(desk, reading), reading.drawn()
        targets = reading.stock_targets.where("")
        held = _held(reading, tree, tuple(dict.fromkeys(target.item_id for target in targets)), rules, drawn, today)
        expiring = reading.balances.expiring(today + timedelta(days=max(rules.alarm_days, default=0)), limit=limit)
        found = [*alarms.amount_alarms(targets, held.of), *alarms.date_alarms(expiring, rules, today),
                 *alarms.promise_alarms(held.promises, rules, today), *alarms.count_alarms(_depots_in_use(reading), rules, today)]
    return alarms.in_order(found)[:limit]


def _depots_in_use(reading: Reading) -> list[Depot]:
    return reading.depots.where("WHERE id IN (SELECT id FROM sites WHERE is_retired = 0) ORDER BY counted_on IS NOT NULL, counted_on, id")


def _held(reading: Reading, tree: AreaTree, items: tuple[Id, ...], rules: StockRules, drawn: dict[Id, int], today: date) -> HeldAt:
    return HeldAt(
        goods=reading.balances.available(items, rules.last_expired(today)),
        site_areas={site.id: site.area_id for site in reading.sites.where("WHERE id IN (SELECT id FROM depots)")},
        promises=tuple(reading.supply_promises.where("ORDER BY valid_until IS NULL, valid_until, id")), drawn=drawn, today=today,
        is_within=tree.is_within)


def names_of_alarms(desk: Desk, *, found: Iterable[StockAlarm]) -> dict[Id, tuple[str, str]]:
    """Return the names, Chinese and English, of the items, lots, depots and partners that alarms are about."""
    some = list(found)
    with desk.reading() as reading:
        names: dict[Id, tuple[str, str]] = {}
        for item in reading.supply_items.get_many({one.item_id for one in some if one.item_id}):
            names[item.id] = (item.name, item.name_en)
        for site in reading.sites.get_many({one.site_id for one in some if one.site_id}):
            names[site.id] = (site.name, site.name_en)
        for promise in reading.supply_promises.get_many({one.promise_id for one in some if one.promise_id}):
            names[promise.id] = (promise.partner, "")
        names.update((id_, (number, "")) for id_, number in reading.lot_numbers(one.lot_id for one in some if one.lot_id).items())
    return names


def held_of(desk: Desk, *, targets: Iterable[StockTarget]) -> dict[Id, int]:
    """Return what the place of each target has of its own kind of reserve."""
    some = tuple(targets)
    today = local_day(desk.now())
    with desk.reading() as reading:
        held = _held(reading, desk.tree, tuple({one.item_id for one in some}), rules_of(desk, reading), reading.drawn(), today)
    return {one.id: held.of(one) for one in some}
