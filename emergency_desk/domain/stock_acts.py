"""What somebody asks for when stock is moved: the answers of a form, before lots and places are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import LotSource, Movement, MovementKind

_KIND_OF = {
    LotSource.PURCHASE: MovementKind.PURCHASE_IN, LotSource.DONATION: MovementKind.DONATION_IN, LotSource.TRANSFER: MovementKind.TRANSFER_IN,
    LotSource.REQUISITION: MovementKind.REQUISITION_IN, LotSource.OPENING: MovementKind.OPENING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Goods that come in as one lot. `quantity` in `unit` ("" is the item's own). `place_id`: a place of the depot, None the depot as a whole."""

    item_id: Id
    site_id: Id
    quantity: int
    lot_number: str
    source: LotSource = LotSource.PURCHASE
    unit: str = ""
    place_id: Id | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    supplier: str = ""
    origin: str = ""
    price_fen: int | None = None
    responsible: str = ""
    incident_id: Id | None = None
    note: str = ""
    occurred_at: datetime | None = None

    @property
    def kind(self) -> MovementKind:
        """The kind of movement that brings it in."""
        return _KIND_OF[self.source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Goods that are to be moved. Without a lot the desk chooses, first expired first out. `incident_id`: whom they are for or come from."""

    item_id: Id
    site_id: Id
    quantity: int
    unit: str = ""
    lot_id: Id | None = None
    place_id: Id | None = None
    incident_id: Id | None = None
    counterpart: str = ""
    reason: str = ""
    approved_by: str = ""
    note: str = ""
    occurred_at: datetime | None = None
    order_id: Id | None = None

    def with_lot(self) -> Id:
        """Return the lot that was named. Raises FieldMissing."""
        if self.lot_id is None:
            raise FieldMissing(name="lot")
        return self.lot_id


@dataclass(frozen=True, slots=True)
class StockDocument:
    """One act of stock keeping under its number: every movement it made."""

    number: str
    movements: tuple[Movement, ...]

    @property
    def quantity(self) -> int:
        """How much was moved in all."""
        return sum(one.quantity for one in self.movements)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, the last of a month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = date(first.year + (first.month == 12), first.month % 12 + 1, 1).toordinal() - 1
    return date.fromordinal(min(first.toordinal() + day.day - 1, last))
