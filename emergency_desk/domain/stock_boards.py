"""What the screens of stock show: a line of the long list, an item whole, a line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from emergency_desk.domain.catalogue import CatalogueEntry
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import Inspection, Movement
from emergency_desk.domain.supplies import StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_over_time import SupplyAt

Place = tuple[str, str, str]  # day of expiry, lot, place: what the page after a line begins behind


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which lots a list shows. Empty means any; `area_id` holds everything below it; `ends_by`: expired or expiring by that day."""

    text: str = ""
    item_id: Id | None = None
    site_id: Id | None = None
    area_id: Id | None = None
    ends_by: date | None = None


class StockLine(NamedTuple):
    """What there is of one lot at one place. A tuple, because pages of them are made while somebody scrolls."""

    lot_id: Id
    place_id: Id
    item_id: Id
    item: str
    item_en: str
    specification: str
    unit: str
    number: str
    expires_on: date | None
    inspection: Inspection
    site_id: Id
    site: str
    site_en: str
    bin: str
    free: int
    reserved: int
    quarantined: int
    place: Place

    @property
    def on_hand(self) -> int:
        """What stands on the shelf."""
        return self.free + self.reserved + self.quarantined


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement as it is read: with the lot's number, the depots' names, the incident's number, and whether it was taken back."""

    movement: Movement
    lot_number: str
    from_name: str
    to_name: str
    incident_number: str
    recorded_at: datetime
    is_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One item whole."""

    item: SupplyItem
    classes: tuple[CatalogueEntry, ...]
    supply: tuple[SupplyAt, ...]
    on_hand: int
    available: int
    reserved: int
    quarantined: int
    expired: int
    targets: tuple[StockTarget, ...] = ()
    held: dict[Id, int] = field(default_factory=dict)  # by target: what its place has of its own kind
    promises: tuple[SupplyPromise, ...] = ()
    drawn: dict[Id, int] = field(default_factory=dict)
    site_names: dict[Id, tuple[str, str]] = field(default_factory=dict)
    lot_numbers: dict[Id, str] = field(default_factory=dict)
    movements: tuple[MovementLine, ...] = ()
