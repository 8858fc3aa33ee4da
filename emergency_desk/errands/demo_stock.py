"""The stock of the demo city: depots with bins, lots with their history, targets, and what firms promised. It throws its own dice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id, stock_number
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import Inspection, Lot, LotSource, Movement, MovementKind, StockAccount, accounts_of
from emergency_desk.domain.stock_acts import months_later
from emergency_desk.domain.supplies import (
    Depot,
    DepotKind,
    PackUnit,
    ReserveKind,
    StockPlace,
    StockTarget,
    SupplyItem,
    SupplyPromise,
)
from emergency_desk.errands.demo_dice import Dice
from emergency_desk.services.founding import FoundStock

_KIND = {Tier.CITY: DepotKind.WAREHOUSE, Tier.DISTRICT: DepotKind.WAREHOUSE, Tier.STREET: DepotKind.STREET_POINT}
_LOADING = {Tier.CITY: (4, 3, 30, 40), Tier.DISTRICT: (2, 1, 15, 60), Tier.STREET: (1, 0, 5, 45)}  # docks, forklifts, tonnes, minutes
_NAMES = {Tier.CITY: "city", Tier.DISTRICT: "district", Tier.STREET: "street"}
_BINS = {Tier.CITY: ("A", "B", "C", "D"), Tier.DISTRICT: ("A", "B"), Tier.STREET: ()}
_SERVED = 0.93  # of its shelf life a lot has served at most, but for the few that are past it


@dataclass
class _Building:
    """What is being laid out, and the dice it is thrown with."""

    dice: Dice
    today: date
    account_id: Id
    desk_code: str
    tree: AreaTree
    found: FoundStock = field(default_factory=FoundStock)

    def move(self, kind: MovementKind, lot: Lot, quantity: int, place: Id, on: date, **more: Any) -> None:
        """Append one movement under a document of its own."""
        start, end = accounts_of(kind)
        inside = (StockAccount.FREE, StockAccount.RESERVED, StockAccount.QUARANTINED)
        at = from_local(on, 9 + self.dice.between(0, 7), self.dice.between(0, 59))
        serial = len(self.found.movements) + 1
        self.found.movements.append(Movement(
            id=self.dice.new_id(), document=stock_number(self.desk_code, on.year, serial), kind=kind, lot_id=lot.id, item_id=lot.item_id,
            quantity=quantity, from_account=start, to_account=end, occurred_at=at, recorded_at=at, account_id=self.account_id,
            from_place=place if start in inside else "", to_place=place if end in inside else "", **more))


def demo_stock(
    sites: Sequence[Site], material: Any, dice: Dice, *, today: date, account_id: Id, desk_code: str, tree: AreaTree, city_id: Id,
) -> FoundStock:
    """Return everything that stands in the demo city's depots, with its papers."""
    building = _Building(dice, today, account_id, desk_code, tree)
    items = _items(building, material)
    for site in sites:
        if site.kind is SiteKind.DEPOT and site.area_id is not None:
            _depot(building, site, material, items)
    building.found.targets.extend(_targets(building, material, items, city_id))
    building.found.promises.extend(_promises(building, material, items, city_id))
    return building.found


def _items(building: _Building, material: Any) -> dict[str, SupplyItem]:
    made = {}
    for entry in material["items"]:
        packs = tuple(PackUnit(name, int(holds)) for name, holds in entry.get("packs", {}).items())
        made[entry["code"]] = SupplyItem(
            id=building.dice.new_id(), code=entry["code"], name=entry["zh"], name_en=entry["en"], specification=entry["spec"], unit=entry["unit"],
            packs=packs, shelf_months=int(entry["months"]), is_demo=True)
    building.found.items.extend(made.values())
    return made


def _depot(building: _Building, site: Site, material: Any, items: Mapping[str, SupplyItem]) -> None:
    dice, found = building.dice, building.found
    assert site.area_id is not None
    tier = building.tree.by_id[site.area_id].tier
    docks, forklifts, tonnes, minutes = _LOADING[tier]
    late = len(found.depots) % 9 == 4
    found.depots.append(Depot(
        id=site.id, kind=_KIND[tier], keeper=material["keepers"][len(found.depots) % 3], phone=site.phone, docks=docks, forklifts=forklifts,
        largest_truck_tonnes=tonnes, loading_minutes=minutes, counted_on=building.today - timedelta(days=130 if late else dice.between(5, 80)),
        is_demo=True))
    places = [StockPlace(id=site.id, site_id=site.id)]
    places += [StockPlace(id=dice.new_id(), site_id=site.id, zone=zone, bin=f"{number:02d}") for zone in _BINS[tier] for number in range(1, 7)]
    found.places.extend(places)
    for number, entry in enumerate(material["items"]):
        span = entry["in"].get(_NAMES[tier])
        if span and (tier is not Tier.STREET or dice.part() < 0.8):
            place = places[1 + number % (len(places) - 1)] if len(places) > 1 else places[0]
            for share in _shares(dice.between(int(span[0]), int(span[1])), dice, 1 if tier is Tier.STREET else 2):
                _lot(building, items[entry["code"]], entry, share, place)


def _shares(total: int, dice: Dice, parts: int) -> list[int]:
    """Part an amount into lots, each with something in it."""
    if parts == 1 or total < 4:
        return [total]
    first = max(1, round(total * (0.35 + 0.3 * dice.part())))
    return [first, total - first]


def _lot(building: _Building, item: SupplyItem, entry: Any, quantity: int, place: StockPlace) -> None:
    dice, today, number = building.dice, building.today, len(building.found.lots)
    months = item.shelf_months or 60
    served = 1.01 if number % 97 == 40 else _SERVED * dice.part() ** 0.7  # one lot in a hundred is past its date and waits to be scrapped
    produced = today - timedelta(days=round(months * 30.44 * served))
    received = min(today - timedelta(days=1), produced + timedelta(days=dice.between(10, 60)))
    source = LotSource.DONATION if number % 23 == 11 else LotSource.PURCHASE
    inspection = Inspection.NOT_YET if number % 31 == 17 else Inspection.PASSED
    lot = Lot(
        id=dice.new_id(), item_id=item.id, number=f"{produced:%Y%m}-{number:04d}", received_on=received, source=source, produced_on=produced,
        expires_on=months_later(produced, months), supplier="示例供应商" if source is LotSource.PURCHASE else "示例捐赠单位", origin="示例产地",
        price_fen=int(entry["fen"]) if source is LotSource.PURCHASE else None, inspection=inspection,
        inspected_on=received if inspection is Inspection.PASSED else None, is_demo=True)
    building.found.lots.append(lot)
    receipt = MovementKind.DONATION_IN if source is LotSource.DONATION else MovementKind.PURCHASE_IN
    building.move(receipt, lot, quantity, place.id, received, counterpart=lot.supplier)
    flood, rain = today - timedelta(days=75), today - timedelta(days=12)
    if number % 29 == 5 and quantity > 40 and received < flood:
        building.move(MovementKind.DISTRIBUTE, lot, quantity // 20, place.id, flood, counterpart="示例安置点")
    if number % 61 == 30 and quantity > 10 and received < rain:
        building.move(MovementKind.QUARANTINE, lot, max(1, quantity // 10), place.id, rain, reason="包装受潮，待检")


def _targets(building: _Building, material: Any, items: Mapping[str, SupplyItem], city_id: Id) -> Iterator[StockTarget]:
    """Return what the city and its districts should have of each kind; the minimum is four fifths of the target."""
    districts = [area.id for area in building.tree.children(city_id) if area.tier is Tier.DISTRICT]
    for entry in material["items"]:
        item = items[entry["code"]]
        for area_ids, name, depots in (([city_id], "city", 5), (districts, "district", 2)):
            span = entry["in"].get(name)
            for area_id in area_ids if span else ():
                wanted = depots * (int(span[0]) + int(span[1])) // 2 * (2 if name == "city" else 1)
                yield _target(building, item, ReserveKind.PHYSICAL, wanted * 11 // 10 if name == "city" else wanted, area_id)
    for promise in material["promises"]:
        kind = ReserveKind.CONTRACT if promise["kind"] == "contract" else ReserveKind.CAPACITY
        yield _target(building, items[promise["item"]], kind, int(promise.get("quantity") or promise.get("a_day")), city_id)


def _target(building: _Building, item: SupplyItem, kind: ReserveKind, wanted: int, area_id: Id) -> StockTarget:
    return StockTarget(id=building.dice.new_id(), item_id=item.id, kind=kind, minimum=max(1, wanted * 4 // 5), target=max(1, wanted),
                       area_id=area_id, basis="示例目标", is_demo=True)


def _promises(building: _Building, material: Any, items: Mapping[str, SupplyItem], city_id: Id) -> Iterator[SupplyPromise]:
    for serial, entry in enumerate(material["promises"]):
        ends = building.today + timedelta(days=int(entry["ends"]))
        is_contract = entry["kind"] == "contract"
        yield SupplyPromise(
            id=building.dice.new_id(), kind=ReserveKind.CONTRACT if is_contract else ReserveKind.CAPACITY, item_id=items[entry["item"]].id,
            partner=entry["zh"], number=entry["number"], quantity=int(entry.get("quantity", 0)), call_off_hours=int(entry.get("hours", 0)),
            start_up_days=int(entry.get("days", 0)), units_a_day=int(entry.get("a_day", 0)), contact=building.dice.person()[0],
            phone=f"0532-8000-{9500 + serial:04d}", signed_on=ends - timedelta(days=365), valid_until=ends, area_id=city_id, is_demo=True)
