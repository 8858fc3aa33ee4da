"""Stock as lists from elsewhere tell it: lots when the books are opened, sites as stores of goods; and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emergency_desk.domain import stock
from emergency_desk.domain.catalogue import Catalogue
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock import Inspection, Lot, LotSource, MovementKind
from emergency_desk.domain.supplies import Depot, SupplyItem, check_count


@dataclass(frozen=True, slots=True)
class LotEntry:
    """So much of a lot at one place of a depot, as it stands when the books are opened. `quarantined` is a part of the quantity."""

    item_id: Id
    number: str
    site_id: Id
    quantity: int
    received_on: date
    zone: str = ""
    bin: str = ""
    quarantined: int = 0
    source: LotSource = LotSource.OPENING
    produced_on: date | None = None
    expires_on: date | None = None
    supplier: str = ""
    origin: str = ""
    price_fen: int | None = None
    inspection: Inspection = Inspection.NOT_YET
    inspected_on: date | None = None
    responsible: str = ""
    note: str = ""

    @property
    def lot(self) -> Lot:
        """The lot it is of, without an id."""
        return Lot(
            id=Id(""), item_id=self.item_id, number=self.number, received_on=self.received_on, source=self.source, produced_on=self.produced_on,
            expires_on=self.expires_on, supplier=self.supplier, origin=self.origin, price_fen=self.price_fen, inspection=self.inspection,
            inspected_on=self.inspected_on, responsible=self.responsible, note=self.note)


@dataclass(frozen=True, slots=True)
class DepotEntry:
    """A site and what it is as a store of goods. Both ids are empty."""

    site: Site
    depot: Depot


@dataclass(frozen=True, slots=True)
class StockKnown:
    """What the desk knows of stock when it reads a list: items, depots (id, code, name, English name), its catalogue, and the day."""

    today: date
    items: tuple[SupplyItem, ...] = ()
    depots: tuple[tuple[Id, str, str, str], ...] = ()
    catalogue: Catalogue | None = None


def check_entry(entry: LotEntry, *, today: date) -> LotEntry:
    """Return the entry if the books can be opened with it: by the rules of every receipt. Raises FieldMissing, FieldRefused.

    Goods that failed their inspection stand in quarantine, all of them.
    """
    stock.check_movement(MovementKind.OPENING, quantity=entry.quantity)
    stock.check_lot(entry.lot, today=today)
    check_count("quarantined", entry.quarantined, least=0, most=entry.quantity)
    if entry.inspected_on is not None and entry.inspected_on > today:
        raise FieldRefused(name="inspected_on", reason="in_future", typed=entry.inspected_on, other=today)
    return entry
