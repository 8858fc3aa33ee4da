"""The register of stock: items, depots with their places, how much there should be, what others promised, and the counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from emergency_desk.domain import supplies
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldRefused, OccurredInFuture, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.library import Setting
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_errors import DepotThere, PromiseEnded, PromiseShort
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import Depot, PackChange, PromiseDraw, ReserveKind, StockPlace, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.packing import changes_of
from emergency_desk.services.steps.stocking import USE_ON_THE_DAY, is_apart, place_in, rules_of
from emergency_desk.store.unit_of_work import UnitOfWork

MOST = 2_000


# -- items ------------------------------------------------------------------------------------------------------------
def list_items(desk: Desk, *, text: str = "", is_retired: bool = False, limit: int = MOST) -> list[SupplyItem]:
    """Return the items found by name, pinyin, initials or code, in the order of their codes."""
    conditions, values = ["is_retired = ?"], [str(int(is_retired))]
    for word in text.lower().split():
        conditions.append("search_key LIKE ? ESCAPE '\\'")
        values.append("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    with desk.reading() as reading:
        return reading.supply_items.where(f"WHERE {' AND '.join(conditions)} ORDER BY code, name, id LIMIT {int(limit)}", values)


def keep_item(desk: Desk, *, item: SupplyItem, reason: str = "") -> Done[SupplyItem]:
    """Add an item, or change one (an item with an id). The unit of an item that was moved stays; other packs want a reason.

    Raises FieldMissing, FieldRefused, ReasonMissing, Stale.
    """
    desk.may(Act.KEEP_STOCK)
    supplies.check_item(item, desk.trade.catalogue)
    with desk.open_work() as work:
        if item.id:
            before = work.supply_items.get(item.id)
            if before.unit != item.unit and work.movements.count("WHERE item_id = ?", (item.id,)):
                raise FieldRefused(name="unit", reason="unit_in_use", typed=item.unit, other=before.unit)
            if before.packs != item.packs:
                _change_packs(desk, work, before, item, reason)
        kept = work.supply_items.put(item) if item.id else work.supply_items.add(replace(item, id=desk.new_id()))
        return Done(kept, work.commit("keep_item", item=kept.code))


def list_pack_changes(desk: Desk, *, item_id: Id) -> list[PackChange]:
    """Return how the packs of an item changed, the oldest first."""
    with desk.reading() as reading:
        return changes_of(reading, item_id)


def _change_packs(desk: Desk, work: UnitOfWork, before: SupplyItem, item: SupplyItem, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(act="change_packs")
    work.pack_changes.add(PackChange(id=desk.new_id(), item_id=item.id, before=before.packs, packs=item.packs, recorded_at=desk.now(),
                                     account_id=desk.who, reason=reason.strip()))


def set_item_retired(desk: Desk, *, item_id: Id, is_retired: bool) -> Done[SupplyItem]:
    """Take an item out of use, or into use again. Raises FieldRefused while some of it stands on a shelf."""
    desk.may(Act.KEEP_STOCK)
    with desk.open_work() as work:
        item = work.supply_items.get(item_id)
        there = work.balances.on_hand(item_id) if is_retired else 0
        if there:
            raise FieldRefused(name="item", reason="still_in_stock", typed=item.name, other=f"{there} {item.unit}")
        kept = work.supply_items.put(replace(item, is_retired=is_retired))
        return Done(kept, work.commit("retire_item" if is_retired else "bring_back_item", item=kept.code))


# -- depots -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class KnownDepot:
    """A depot with the site it is at and its places."""

    site: Site
    depot: Depot
    places: tuple[StockPlace, ...] = ()


def list_depots(desk: Desk, *, with_places: bool = False) -> list[KnownDepot]:
    """Return the depots whose site is in use, by name."""
    with desk.reading() as reading:
        sites = {site.id: site for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)")}
        places: dict[Id, list[StockPlace]] = {}
        for place in reading.stock_places.where("WHERE is_retired = 0 ORDER BY zone, bin") if with_places else ():
            places.setdefault(place.site_id, []).append(place)
        depots = [KnownDepot(sites[one.id], one, tuple(places.get(one.id, ()))) for one in reading.depots.where() if one.id in sites]
    return sorted(depots, key=lambda one: (one.site.name, one.site.id))


def keep_depot(desk: Desk, *, depot: Depot) -> Done[Depot]:
    """Say what a site is as a store of goods, for the first time or anew. Raises FieldMissing, FieldRefused, DepotThere, NotFound, Stale."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_depot(depot)
    with desk.open_work() as work:
        site = work.sites.get(depot.id)
        if not depot.version and work.depots.count("WHERE id = ?", (depot.id,)):
            raise DepotThere(site=site.name)
        kept = work.depots.put(depot) if depot.version else work.depots.add(depot)
        place_in(work, depot.id, None)
        return Done(kept, work.commit("keep_depot", depot=site.name))


def add_place(desk: Desk, *, site_id: Id, zone: str, bin_: str = "", note: str = "") -> Done[StockPlace]:
    """Add a zone or a bin to a depot. Raises FieldRefused when it is there, NotFound."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_named(zone=zone)
    with desk.open_work() as work:
        work.depots.get(site_id)
        if work.stock_places.count("WHERE site_id = ? AND zone = ? AND bin = ?", (site_id, zone.strip(), bin_.strip())):
            raise FieldRefused(name="bin", reason="place_twice", typed="-".join(filter(None, (zone.strip(), bin_.strip()))), other="")
        place = work.stock_places.add(StockPlace(id=desk.new_id(), site_id=site_id, zone=zone.strip(), bin=bin_.strip(), note=note.strip()))
        return Done(place, work.commit("add_place", place=place.words))


def keep_place(desk: Desk, *, place: StockPlace) -> Done[StockPlace]:
    """Change the zone, the bin or the note of a place. Raises FieldMissing, FieldRefused when another one is called so, Stale."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_named(zone=place.zone)
    named = replace(place, zone=place.zone.strip(), bin=place.bin.strip(), note=place.note.strip())
    with desk.open_work() as work:
        twins = work.stock_places.where("WHERE site_id = ? AND zone = ? AND bin = ?", (named.site_id, named.zone, named.bin))
        if any(one.id != named.id for one in twins):
            raise FieldRefused(name="bin", reason="place_twice", typed=named.words, other="")
        kept = work.stock_places.put(named)
        return Done(kept, work.commit("keep_place", place=kept.words))


def set_place_retired(desk: Desk, *, place_id: Id, is_retired: bool) -> Done[StockPlace]:
    """Take a zone or a bin out of use, or into use again. Raises FieldRefused while goods stand there, and for the depot as a whole."""
    desk.may(Act.KEEP_STOCK)
    with desk.open_work() as work:
        place = work.stock_places.get(place_id)
        lots = work.balances.lots_in(place.site_id).get(place_id, 0)
        if is_retired and (lots or place.id == place.site_id):
            raise FieldRefused(name="bin", reason="place_not_empty" if lots else "place_is_depot", typed=place.words, other=str(lots))
        kept = work.stock_places.put(replace(place, is_retired=is_retired))
        return Done(kept, work.commit("retire_place" if is_retired else "bring_back_place", place=kept.words))


def lots_by_place(desk: Desk, *, site_id: Id) -> dict[Id, int]:
    """Return how many lots stand at each place of a depot."""
    with desk.reading() as reading:
        return reading.balances.lots_in(site_id)


def note_count(desk: Desk, *, site_id: Id, counted_on: date | None = None) -> Done[Depot]:
    """Note that a depot was counted. Raises FieldRefused for a day to come, NotFound."""
    desk.may(Act.MOVE_STOCK)
    today = local_day(desk.now())
    day = counted_on or today
    if day > today:
        raise FieldRefused(name="counted_on", reason="in_future", typed=day, other=today)
    with desk.open_work() as work:
        kept = work.depots.put(replace(work.depots.get(site_id), counted_on=day))
        return Done(kept, work.commit("note_count", depot=site_id, day=day.isoformat()))


# -- how much there should be -----------------------------------------------------------------------------------------
def list_targets(desk: Desk, *, item_id: Id) -> list[StockTarget]:
    """Return the targets of an item, by kind of reserve."""
    with desk.reading() as reading:
        return reading.stock_targets.where("WHERE item_id = ? ORDER BY kind DESC, id", (item_id,))


def keep_target(desk: Desk, *, target: StockTarget) -> Done[StockTarget]:
    """Set how much there should be; one of the same item, kind and place is changed. Raises FieldMissing, FieldRefused, NotFound."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_target(target)
    with desk.open_work() as work:
        work.supply_items.get(target.item_id)
        known = work.stock_targets.where("WHERE item_id = ? AND kind = ? AND area_id IS ? AND site_id IS ?",
                                         (target.item_id, target.kind.value, target.area_id, target.site_id))
        kept = (work.stock_targets.put(replace(target, id=known[0].id, version=known[0].version)) if known
                else work.stock_targets.add(replace(target, id=desk.new_id())))
        return Done(kept, work.commit("keep_target", item=kept.item_id, kind=kept.kind.value))


# -- what others promised ---------------------------------------------------------------------------------------------
def list_promises(desk: Desk, *, item_id: Id | None = None) -> list[SupplyPromise]:
    """Return agreements and production lines, of an item or all, those that end first before the others."""
    where, values = ("WHERE item_id = ?", (item_id,)) if item_id is not None else ("", ())
    with desk.reading() as reading:
        return reading.supply_promises.where(f"{where} ORDER BY valid_until IS NULL, valid_until, partner, id", values)


def keep_promise(desk: Desk, *, promise: SupplyPromise) -> Done[SupplyPromise]:
    """Add what somebody promised, or change it. Raises FieldMissing, FieldRefused, NotFound, Stale."""
    desk.may(Act.KEEP_STOCK)
    supplies.check_promise(promise)
    with desk.open_work() as work:
        work.supply_items.get(promise.item_id)
        kept = work.supply_promises.put(promise) if promise.id else work.supply_promises.add(replace(promise, id=desk.new_id()))
        return Done(kept, work.commit("keep_promise", partner=kept.partner, kind=kept.kind.value))


def call_off(
    desk: Desk, *, promise_id: Id, quantity: int, told_to: str, incident_id: Id | None = None, occurred_at: datetime | None = None,
) -> Done[PromiseDraw]:
    """Call goods off from an agreement: less is left of it, and nothing changes on any shelf before the goods come in.

    Raises PromiseShort, PromiseEnded, FieldMissing, FieldRefused.
    """
    desk.may(Act.CLAIM_STOCK)
    supplies.check_count("quantity", quantity)
    supplies.check_named(told_to=told_to)
    at = desk.now()
    with desk.open_work() as work:
        promise = work.supply_promises.get(promise_id)
        today, left = local_day(at), promise.quantity - drawn(work, promise_id)
        if promise.kind is not ReserveKind.CONTRACT:
            raise FieldRefused(name="promise", reason="only_agreements", typed=promise.partner, other="")
        if not promise.is_valid_on(today):
            raise PromiseEnded(partner=promise.partner, valid_until=promise.valid_until or promise.signed_on)
        if quantity > left:
            raise PromiseShort(partner=promise.partner, wanted=quantity, there=left)
        draw = _draw(desk, work, promise, quantity, at=at, occurred_at=occurred_at, incident_id=incident_id, told_to=told_to)
        return Done(draw, work.commit("call_off", partner=promise.partner, quantity=quantity))


def give_back_draw(desk: Desk, *, promise_id: Id, quantity: int, reason: str) -> Done[PromiseDraw]:
    """Enter that a partner has filled an agreement up again, or that a call was taken back. Raises PromiseShort, ReasonMissing."""
    desk.may(Act.CLAIM_STOCK)
    supplies.check_count("quantity", quantity)
    if not reason.strip():
        raise ReasonMissing(act="give_back_draw")
    at = desk.now()
    with desk.open_work() as work:
        promise = work.supply_promises.get(promise_id)
        out = drawn(work, promise_id)
        if quantity > out:
            raise PromiseShort(partner=promise.partner, wanted=quantity, there=out)
        draw = _draw(desk, work, promise, -quantity, at=at, occurred_at=None, incident_id=None, told_to="", reason=reason)
        return Done(draw, work.commit("give_back_draw", partner=promise.partner, quantity=quantity))


def drawn(work: UnitOfWork, promise_id: Id) -> int:
    """Return how much of an agreement is called off; an exercise calls nothing off."""
    return sum(one.quantity for one in work.promise_draws.where("WHERE promise_id = ? AND is_exercise = 0", (promise_id,)))


def _draw(
    desk: Desk, work: UnitOfWork, promise: SupplyPromise, quantity: int, *, at: datetime, occurred_at: datetime | None, incident_id: Id | None,
    told_to: str, reason: str = "",
) -> PromiseDraw:
    if occurred_at is not None and occurred_at > at:
        raise OccurredInFuture()
    incident = work.incidents.get(incident_id) if incident_id is not None else None
    draw = work.promise_draws.add(PromiseDraw(
        id=desk.new_id(), promise_id=promise.id, quantity=quantity, occurred_at=occurred_at or at, recorded_at=at, account_id=desk.who,
        incident_id=incident_id, told_to=told_to.strip(), reason=reason.strip(),
        is_exercise=is_apart(desk, incident)))
    if incident is not None:
        item = work.supply_items.get(promise.item_id)
        logbook.write(desk, work, Happening.STOCK, at=at, incident_id=incident.id, step="called_off", item=item.name, item_en=item.name_en,
                      quantity=quantity, unit=item.unit, depot=promise.partner, document=promise.number)
    return draw


# -- the rules --------------------------------------------------------------------------------------------------------
def stock_rules(desk: Desk) -> StockRules:
    """Return the rules of stock keeping as this desk follows them."""
    with desk.reading() as reading:
        return rules_of(desk, reading)


def let_use_on_the_day(desk: Desk, *, allowed: bool) -> Done[Setting]:
    """Say whether a lot may still be issued on the day it expires (B19: in Shandong it may not)."""
    desk.may(Act.KEEP_SETTINGS)
    with desk.open_work() as work:
        found = work.settings.where("WHERE id = ?", (USE_ON_THE_DAY,))
        content = "yes" if allowed else "no"
        kept = work.settings.put(replace(found[0], content=content)) if found else work.settings.add(Setting(Id(USE_ON_THE_DAY), content))
        return Done(kept, work.commit("keep_setting", name=USE_ON_THE_DAY))
