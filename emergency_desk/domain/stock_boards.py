"""What the screens of stock show: a line of the long list, an item whole, a line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from emergency_desk.domain.catalogue import CatalogueEntry, PackColour
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import NEVER, Holding, Inspection, Lot, Movement
from emergency_desk.domain.supplies import Depot, StockPlace, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.supply_over_time import SupplyAt
from emergency_desk.domain.texts import Text

Place = tuple[str, str, str]  # day of expiry, lot, place: what the page after a line begins behind


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which lots a list shows. Empty means any; `area_id` holds everything below it; `ends_by`: expired or expiring by that day."""

    text: str = ""
    item_id: Id | None = None
    site_id: Id | None = None
    area_id: Id | None = None
    ends_by: date | None = None
    lot_id: Id | None = None  # of a label that was scanned


class StockLine(NamedTuple):
    """What there is of one lot at one place, as it was read: pages of them are made while somebody scrolls, and most are only passed by."""

    lot_id: Id
    place_id: Id
    item_id: Id
    item: str
    item_en: str
    specification: str
    unit: str
    number: str
    expires: str
    inspected: str
    site_id: Id
    site: str
    site_en: str
    zone: str
    bin_number: str
    free: int
    reserved: int
    quarantined: int

    @property
    def expires_on(self) -> date | None:
        """The day the lot expires, None when it never does."""
        return None if self.expires == NEVER else date.fromisoformat(self.expires)

    @property
    def inspection(self) -> Inspection:
        """What the last inspection found."""
        return Inspection(self.inspected)

    @property
    def bin(self) -> str:
        """Where in the depot: "A-03", or ""."""
        return "-".join(part for part in (self.zone, self.bin_number) if part)

    @property
    def place(self) -> Place:
        """What the page after this line begins behind."""
        return self.expires, self.lot_id, self.place_id

    @property
    def on_hand(self) -> int:
        """What stands on the shelf."""
        return self.free + self.reserved + self.quarantined


@dataclass(frozen=True, slots=True)
class LotStanding:
    """A lot with what there is of it at one place, as a list that leaves the desk tells it."""

    lot: Lot
    place: StockPlace
    holding: Holding

    @property
    def item_id(self) -> Id:
        """The item it is of."""
        return self.lot.item_id

    @property
    def site_id(self) -> Id:
        """The depot it stands in."""
        return self.place.site_id

    @property
    def quantity(self) -> int:
        """What stands on the shelf, whatever for."""
        return self.holding.on_hand

    @property
    def quarantined(self) -> int:
        """How much of it is in quarantine."""
        return self.holding.quarantined


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One movement as it is read: with the lot's number, the depots' names, the incident's number, and whether it was taken back."""

    movement: Movement
    lot_number: str
    from_name: tuple[str, str]  # Chinese, English
    to_name: tuple[str, str]
    incident_number: str
    recorded_at: datetime
    is_taken_back: bool


class ShelfSum(NamedTuple):
    """What there is of one item in one depot. `expired` is part of what is free; `unpriced`: how many lots came without a price."""

    item_id: Id
    site_id: Id
    free: int
    reserved: int
    quarantined: int
    expired: int
    value_fen: int
    unpriced: int


class ShelfLot(NamedTuple):
    """One lot where it stands, with what papers tell of it."""

    item_id: Id
    site_id: Id
    zone: str
    bin_number: str
    number: str
    expires: str
    produced: str
    received: str
    source: str
    inspected: str
    supplier: str
    price_fen: int | None
    free: int
    reserved: int
    quarantined: int

    @property
    def on_hand(self) -> int:
        """What stands on the shelf."""
        return self.free + self.reserved + self.quarantined

    @property
    def bin(self) -> str:
        """Where in the depot: "A-03", or ""."""
        return "-".join(part for part in (self.zone, self.bin_number) if part)

    @property
    def expires_on(self) -> date:
        """The day it expires."""
        return date.fromisoformat(self.expires)

    @property
    def produced_on(self) -> date | None:
        """The day it was made, where that is known."""
        return date.fromisoformat(self.produced) if self.produced else None

    @property
    def began_on(self) -> date:
        """The day its life began as far as is known: when it was made, else when it came in."""
        return date.fromisoformat(self.produced or self.received)


class LedgerLine(NamedTuple):
    """One movement as papers tell it: with the lot's number, the depots (ids, "" outside), the incident's number and who entered it."""

    movement: Movement
    lot_number: str
    from_site: str
    to_site: str
    incident_number: str
    who: str
    who_en: str


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
    depots: dict[Id, Depot] = field(default_factory=dict)
    not_counted: frozenset[Id] = frozenset()  # the depots whose count is overdue
    wanted_at: Text | None = None  # the place of need, where one was named
    colour: PackColour = PackColour.BLUE
