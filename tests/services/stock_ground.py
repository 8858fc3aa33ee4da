"""A made-up stock: one item, two depots with bins, and the short ways to move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_acts import Asked, Receipt, StockDocument
from emergency_desk.domain.supplies import Depot, DepotKind, PackUnit, SupplyItem
from emergency_desk.services import integrity, stock, supplies, units
from emergency_desk.services.desk import Desk
from tests.builders import DISTRICT, STREET, SetClock, acting_as, make_desk


@dataclass
class Ground:
    """A desk with blankets and two depots."""

    desk: Desk
    clock: SetClock
    item: SupplyItem
    depot: Id
    other: Id
    bin: Id

    @property
    def today(self) -> date:
        return local_day(self.clock.at)

    def asked(self, quantity: int, **more: Any) -> Asked:
        return Asked(**({"item_id": self.item.id, "site_id": self.depot, "quantity": quantity} | more))

    def receive(self, quantity: int, number: str = "B1", *, days: int | None = None, **more: Any) -> StockDocument:
        """Take in a lot that expires in so many days."""
        expires = None if days is None else self.today + timedelta(days=days)
        receipt = Receipt(**({"item_id": self.item.id, "site_id": self.depot, "quantity": quantity, "lot_number": number, "expires_on": expires}
                             | more))
        return stock.receive(self.desk, receipt=receipt).value

    def lot(self, number: str = "B1") -> Id:
        with self.desk.reading() as reading:
            return reading.lots.where("WHERE number = ?", (number,))[0].id

    def there(self, site: Id | None = None) -> tuple[int, int, int]:
        """Free, reserved and quarantined of the item in a depot."""
        with self.desk.reading() as reading:
            some = reading.balances.of_item_at(self.item.id, site or self.depot)
        return sum(one.free for one in some), sum(one.reserved for one in some), sum(one.quarantined for one in some)

    def is_sound(self) -> bool:
        return integrity.check(self.desk).is_sound


def ground(folder: Path, *, account: str = "keeper", plans: frozenset[str] | None = frozenset()) -> Ground:
    """Return the ground, kept by a keeper. Goods ask for no plan; who wants some names them (`builders.make_desk`)."""
    clock = SetClock()
    desk = make_desk(folder, clock=clock, account="leader", plans=plans)
    sites = [units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name=name, area_id=area)).value.id
             for name, area in (("区救灾物资库", DISTRICT), ("街道储备点", STREET))]
    item = supplies.keep_item(desk, item=SupplyItem(
        id=Id(""), code="1110202", name="毛毯", name_en="Blanket", unit="条", packs=(PackUnit("包", 10),))).value
    for site, kind in zip(sites, (DepotKind.WAREHOUSE, DepotKind.STREET_POINT), strict=True):
        supplies.keep_depot(desk, depot=Depot(site, kind, keeper="管库员", phone="0532-80000001", docks=2))
    place = supplies.add_place(desk, site_id=sites[0], zone="A", bin_="03").value
    return Ground(acting_as(desk, account), clock, item, sites[0], sites[1], place.id)
