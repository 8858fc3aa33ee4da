"""What is kept in stock, where, how much of it there should be, and what others promised to give or to make.

Three kinds of reserve that are never added up without saying so: goods on the shelf, agreements, production capacity (R-5.1).
Sources: 山东省突发事件应急保障条例 Art. 42 (kinds, 比例和数量), Art. 43 (rotation, consigned storage), 突发事件应对法 Art. 45, 46; domain §5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b

from emergency_desk.domain.catalogue import OWN, Catalogue
from emergency_desk.domain.errors import FieldMissing, FieldRefused, FieldUnreadable
from emergency_desk.domain.ids import Id

MOST = 1_000_000_000  # units of one thing; more is a slip of the pen
MOST_PICTURE_BYTES = 262_144  # of one photograph as it is kept
MOST_HOURS, MOST_DAYS = 24 * 30, 365


class ReserveKind(StrEnum):
    """The form a reserve has (实物, 社会化/协议, 生产能力). Source: SDG20 Art. 42."""

    PHYSICAL = "reserve_physical"
    CONTRACT = "reserve_contract"
    CAPACITY = "reserve_capacity"


class ReserveOwner(StrEnum):
    """Whose reserve it is: the other axis beside its form (NMP25 4.3; domain §0.1, 11)."""

    GOVERNMENT = "owner_government"
    ENTERPRISE = "owner_enterprise"
    SOCIETY = "owner_society"


class DepotKind(StrEnum):
    """What sort of store a site is (domain §5.5)."""

    WAREHOUSE = "warehouse"
    CONSIGNED = "consigned"  # 代储: goods of the desk kept by somebody else
    LOGISTICS = "logistics"
    STREET_POINT = "street_point"
    VILLAGE_ROOM = "village_room"


@dataclass(frozen=True, slots=True)
class PackUnit:
    """A larger unit and how many of the base unit it holds: a box of 24 bottles."""

    name: str
    holds: int


@dataclass(frozen=True, slots=True)
class SupplyItem:
    """One thing that is kept. Quantities are whole numbers of `unit`, the smallest that is ever handed out."""

    id: Id
    code: str  # of the catalogue, or own: x-…
    name: str
    unit: str
    name_en: str = ""
    specification: str = ""
    packs: tuple[PackUnit, ...] = ()
    shelf_months: int | None = None
    note: str = ""
    is_retired: bool = False
    search_key: str = ""
    is_demo: bool = False
    version: int = 0

    def in_units(self, quantity: int, unit: str = "") -> int:
        """Return a quantity in the base unit. Raises FieldRefused for a unit the item does not have."""
        if unit in ("", self.unit):
            return quantity
        for pack in self.packs:
            if pack.name == unit:
                return quantity * pack.holds
        raise FieldRefused(name="unit", reason="unit_unknown", typed=unit, other=", ".join((self.unit, *(one.name for one in self.packs))))


@dataclass(frozen=True, slots=True)
class PackChange:
    """The packs of an item became others; lots that came in until then keep those before. Appended."""

    id: Id
    item_id: Id
    before: tuple[PackUnit, ...]
    packs: tuple[PackUnit, ...]
    recorded_at: datetime
    account_id: Id
    reason: str


def packed_at(item: SupplyItem, changes: Iterable[PackChange], moment: datetime) -> SupplyItem:
    """Return an item with the packs it had at a moment; `changes` the oldest first."""
    later = next((one for one in changes if one.recorded_at > moment), None)
    return item if later is None else replace(item, packs=later.before)


def pack_sizes(item: SupplyItem, changes: Iterable[PackChange], unit: str) -> tuple[int, ...]:
    """Return every number a pack of that name has held, the newest first."""
    every = [item.packs, *(one.before for one in reversed(list(changes)))]
    return tuple(dict.fromkeys(pack.holds for packs in every for pack in packs if pack.name == unit))


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it is kept: a small JPEG."""

    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What seals it."""
        return picture_digest(self.content)


def picture_digest(content: bytes) -> str:
    """Return the seal of a picture: 128 bits of blake2b."""
    return blake2b(content, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class ItemPhoto:
    """A picture of an item: what it is of and how large. The picture itself is kept beside it under the id; `digest` (blake2b) seals it."""

    id: Id
    item_id: Id
    caption: str
    digest: str
    width: int
    height: int
    added_at: datetime
    added_by: Id
    is_retired: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Depot:
    """What a site is as a store of goods; `id` is the site's. Loading facts decide which lorry is sent."""

    id: Id
    kind: DepotKind
    owner: ReserveOwner = ReserveOwner.GOVERNMENT
    keeper: str = ""
    phone: str = ""  # answered by day and night
    kept_for: str = ""  # whose goods a consigned store keeps
    docks: int | None = None
    forklifts: int | None = None
    largest_truck_tonnes: int | None = None
    loading_minutes: int | None = None  # for one lorry
    loading_note: str = ""
    counted_on: date | None = None
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class StockPlace:
    """Where in a depot: the depot as a whole (its id is the site's), or a zone with a bin."""

    id: Id
    site_id: Id
    zone: str = ""
    bin: str = ""
    note: str = ""
    is_retired: bool = False
    version: int = 0

    @property
    def words(self) -> str:
        """"A-03", or "" for the depot as a whole."""
        return "-".join(part for part in (self.zone, self.bin) if part)


@dataclass(frozen=True, slots=True)
class StockTarget:
    """How much there should be of an item, of one kind of reserve, in an area (with all below it) or in one depot. Source: SDG20 Art. 42.

    For production capacity the numbers are units a day.
    """

    id: Id
    item_id: Id
    kind: ReserveKind
    minimum: int
    target: int
    area_id: Id | None = None
    site_id: Id | None = None
    most: int | None = None
    basis: str = ""
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class SupplyPromise:
    """An agreement (so much, so many hours after the call) or a production line (so many a day after starting up). Valid through its last day."""

    id: Id
    kind: ReserveKind
    item_id: Id
    partner: str
    number: str = ""
    owner: ReserveOwner = ReserveOwner.ENTERPRISE
    quantity: int = 0  # an agreement's
    call_off_hours: int = 0
    start_up_days: int = 0  # a line's
    units_a_day: int = 0
    contact: str = ""
    phone: str = ""
    terms: str = ""
    signed_on: date | None = None
    valid_until: date | None = None
    area_id: Id | None = None
    is_demo: bool = False
    version: int = 0

    def is_valid_on(self, day: date) -> bool:
        """Say whether the promise holds on a day."""
        return (self.signed_on is None or self.signed_on <= day) and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class PromiseDraw:
    """So much was called off from an agreement, or (less than nothing) made good again. Appended, never changed."""

    id: Id
    promise_id: Id
    quantity: int
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    incident_id: Id | None = None
    told_to: str = ""
    reason: str = ""
    is_exercise: bool = False


# -- what may stand in them -------------------------------------------------------------------------------------------
def check_item(item: SupplyItem, catalogue: Catalogue) -> SupplyItem:
    """Return the item if it can be kept. Raises FieldMissing, FieldRefused."""
    check_named(code=item.code, name=item.name, unit=item.unit)
    if item.code not in catalogue.by_code and not (item.code.startswith(OWN) and len(item.code) > len(OWN)):
        raise FieldRefused(name="code", reason="code_unknown", typed=item.code, other=OWN)
    names = [item.unit, *(pack.name for pack in item.packs)]
    for pack in item.packs:
        if not pack.name.strip() or pack.holds < 2 or pack.holds > MOST:
            raise FieldRefused(name="packs", reason="pack", typed=f"{pack.name} {pack.holds}", other=item.unit)
    if len(set(names)) != len(names):
        raise FieldRefused(name="packs", reason="unit_twice", typed=", ".join(names), other="")
    if item.shelf_months is not None and not 0 < item.shelf_months <= 1_200:
        raise FieldRefused(name="shelf_months", reason="months", typed=str(item.shelf_months), other="1-1200")
    return item


def check_depot(depot: Depot) -> Depot:
    """Return the depot if it can be kept. Raises FieldMissing, FieldRefused."""
    if depot.kind is DepotKind.CONSIGNED:
        check_named(kept_for=depot.kept_for)
    for name in ("docks", "forklifts", "largest_truck_tonnes", "loading_minutes"):
        value = getattr(depot, name)
        if value is not None and not 0 <= value <= 10_000:
            raise FieldRefused(name=name, reason="quantity", typed=str(value), other="0-10000")
    return depot


def check_target(target: StockTarget) -> StockTarget:
    """Return the target if it can be kept: least ≤ target ≤ most, in one area or one depot. Raises FieldMissing, FieldRefused."""
    if (target.area_id is None) == (target.site_id is None):
        raise FieldMissing(name="place")
    check_count("minimum", target.minimum, least=0)
    check_count("target", target.target, least=0)
    if target.target < target.minimum:
        raise FieldRefused(name="target", reason="target_below_minimum", typed=str(target.target), other=str(target.minimum))
    if target.most is not None and target.most < target.target:
        raise FieldRefused(name="most", reason="most_below_target", typed=str(target.most), other=str(target.target))
    return target


def check_promise(promise: SupplyPromise) -> SupplyPromise:
    """Return the promise if it can be kept. Raises FieldMissing, FieldRefused."""
    check_named(partner=promise.partner)
    if promise.kind is ReserveKind.PHYSICAL:
        raise FieldRefused(name="kind", reason="goods_are_no_promise", typed=promise.kind, other="")
    if promise.kind is ReserveKind.CONTRACT:
        check_count("quantity", promise.quantity)
        check_count("call_off_hours", promise.call_off_hours, least=0, most=MOST_HOURS)
    else:
        check_count("units_a_day", promise.units_a_day)
        check_count("start_up_days", promise.start_up_days, least=0, most=MOST_DAYS)
    if promise.signed_on and promise.valid_until and promise.valid_until < promise.signed_on:
        raise FieldRefused(name="valid_until", reason="ends_before_it_begins", typed=promise.valid_until, other=promise.signed_on)
    return promise


def check_picture(picture: Picture) -> Picture:
    """Return the picture if it is a JPEG small enough to be kept. Raises FieldRefused."""
    size = len(picture.content)
    if not picture.content.startswith(b"\xff\xd8") or size > MOST_PICTURE_BYTES:
        raise FieldRefused(name="photo", reason="picture", typed=f"{size // 1_024} KB", other=f"{MOST_PICTURE_BYTES // 1_024} KB")
    return picture


def check_count(name: str, value: int, *, least: int = 1, most: int = MOST) -> int:
    """Return a number that lies between least and most. Raises FieldUnreadable, FieldRefused."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldUnreadable(name=name, typed=str(value), expected=f"{least}-{most}")
    if not least <= value <= most:
        raise FieldRefused(name=name, reason="quantity", typed=str(value), other=f"{least}-{most}")
    return value


def check_named(**values: str) -> None:
    """Refuse an empty answer. Raises FieldMissing."""
    for name, value in values.items():
        if not value.strip():
            raise FieldMissing(name=name)
