"""The ledger of stock: lots, and movements between accounts that take from one what they give to another (R-5.6).

Inside a depot a quantity of a lot is free, reserved or quarantined; outside it is with the supplier, in use at an incident, consumed, lost …
A movement is appended and never changed; it is taken back by a further one that names it. What there is is derived and never below nothing.
Sources: domain §5.3 (kinds of movement, account fields), SDG20 Art. 43 (first in date first out, expired goods are scrapped).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from emergency_desk.domain.errors import FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_errors import LotExpired, MovementNotVoidable, StockShort
from emergency_desk.domain.stock_rules import StockRules
from emergency_desk.domain.supplies import check_count


class LotSource(StrEnum):
    """How a lot came (来源)."""

    PURCHASE = "purchase"
    DONATION = "donation"
    TRANSFER = "transfer"
    REQUISITION = "requisition"
    OPENING = "opening"


class Inspection(StrEnum):
    """What the last inspection found."""

    NOT_YET = "not_inspected"
    PASSED = "passed"
    FAILED = "failed"


class StockAccount(StrEnum):
    """Where a quantity is. The first three are in a depot, `in_use` at an incident; the others lie outside the desk's keeping."""

    FREE = "free"
    RESERVED = "reserved"
    QUARANTINED = "quarantined"
    IN_USE = "in_use"
    IN_TRANSIT = "in_transit"  # on the road with a release order: nothing vanishes between two signatures
    SUPPLIER = "supplier"
    DONOR = "donor"
    OTHER_STORE = "other_store"
    OWNER = "property_owner"
    BEFORE = "before_the_books"
    PEOPLE = "people"
    CONSUMED = "consumed"
    MARKET = "market"
    SCRAP = "scrap"
    COUNT = "count"
    LOST = "lost"  # on the road, explained and approved


NEVER = "9999-12-31"  # the day of expiry, as balances keep it, of a lot that never expires: it sorts behind every other
INSIDE = (StockAccount.FREE, StockAccount.RESERVED, StockAccount.QUARANTINED)


class MovementKind(StrEnum):
    """The movements of domain §5.3."""

    OPENING = "opening_entry"
    PURCHASE_IN = "purchase_in"
    DONATION_IN = "donation_in"
    TRANSFER_IN = "transfer_in"
    RETURN_IN = "return_in"
    REQUISITION_IN = "requisition_in"
    ISSUE = "issue"
    ALLOCATE_OUT = "allocate_out"
    DISTRIBUTE = "distribute"
    CONSUME = "consume"
    ROTATE_OUT = "rotate_out"
    WRITE_OFF = "write_off"
    OVERAGE = "overage"
    SHORTAGE = "shortage"
    RELOCATE = "relocate"
    RESERVE = "reserve"
    UNRESERVE = "unreserve"
    QUARANTINE = "quarantine"
    RELEASE = "release"
    SHIP = "ship"
    ARRIVE = "arrive"
    ARRIVE_IN_USE = "arrive_in_use"
    TRANSIT_DAMAGE = "transit_damage"
    TRANSIT_LOSS = "transit_loss"
    OVER_IN_USE = "over_in_use"
    GIVE_BACK = "give_back"  # to the owner of what was requisitioned


_FROM_AND_TO: dict[MovementKind, tuple[tuple[StockAccount, ...], StockAccount]] = {
    MovementKind.OPENING: ((StockAccount.BEFORE,), StockAccount.FREE),
    MovementKind.PURCHASE_IN: ((StockAccount.SUPPLIER,), StockAccount.FREE),
    MovementKind.DONATION_IN: ((StockAccount.DONOR,), StockAccount.FREE),
    MovementKind.TRANSFER_IN: ((StockAccount.OTHER_STORE,), StockAccount.FREE),
    MovementKind.RETURN_IN: ((StockAccount.IN_USE,), StockAccount.FREE),
    MovementKind.REQUISITION_IN: ((StockAccount.OWNER,), StockAccount.FREE),
    MovementKind.ISSUE: ((StockAccount.FREE, StockAccount.RESERVED), StockAccount.IN_USE),
    MovementKind.ALLOCATE_OUT: ((StockAccount.FREE, StockAccount.RESERVED), StockAccount.OTHER_STORE),
    MovementKind.DISTRIBUTE: ((StockAccount.FREE, StockAccount.RESERVED, StockAccount.IN_USE), StockAccount.PEOPLE),
    MovementKind.CONSUME: ((StockAccount.IN_USE,), StockAccount.CONSUMED),
    MovementKind.ROTATE_OUT: ((StockAccount.FREE, StockAccount.QUARANTINED), StockAccount.MARKET),
    MovementKind.WRITE_OFF: ((StockAccount.FREE, StockAccount.QUARANTINED, StockAccount.IN_USE), StockAccount.SCRAP),
    MovementKind.OVERAGE: ((StockAccount.COUNT,), StockAccount.FREE),
    MovementKind.SHORTAGE: ((StockAccount.FREE, StockAccount.QUARANTINED), StockAccount.COUNT),
    MovementKind.RELOCATE: ((StockAccount.FREE,), StockAccount.FREE),
    MovementKind.RESERVE: ((StockAccount.FREE,), StockAccount.RESERVED),
    MovementKind.UNRESERVE: ((StockAccount.RESERVED,), StockAccount.FREE),
    MovementKind.QUARANTINE: ((StockAccount.FREE,), StockAccount.QUARANTINED),
    MovementKind.RELEASE: ((StockAccount.QUARANTINED,), StockAccount.FREE),
    MovementKind.SHIP: ((StockAccount.RESERVED,), StockAccount.IN_TRANSIT),
    MovementKind.ARRIVE: ((StockAccount.IN_TRANSIT,), StockAccount.FREE),
    MovementKind.ARRIVE_IN_USE: ((StockAccount.IN_TRANSIT,), StockAccount.IN_USE),
    MovementKind.TRANSIT_DAMAGE: ((StockAccount.IN_TRANSIT,), StockAccount.SCRAP),
    MovementKind.TRANSIT_LOSS: ((StockAccount.IN_TRANSIT,), StockAccount.LOST),
    MovementKind.OVER_IN_USE: ((StockAccount.COUNT,), StockAccount.IN_USE),
    MovementKind.GIVE_BACK: ((StockAccount.FREE, StockAccount.QUARANTINED, StockAccount.IN_USE), StockAccount.OWNER),
}
RECEIPTS = (MovementKind.PURCHASE_IN, MovementKind.DONATION_IN, MovementKind.TRANSFER_IN, MovementKind.REQUISITION_IN, MovementKind.OPENING)
# What hands goods out for use; an expired lot is not for it. Rotation and transfer of short-dated goods are other matters.
FOR_USE = (MovementKind.ISSUE, MovementKind.ALLOCATE_OUT, MovementKind.DISTRIBUTE, MovementKind.RESERVE, MovementKind.SHIP)
NEEDS_REASON = (MovementKind.WRITE_OFF, MovementKind.QUARANTINE, MovementKind.RELEASE, MovementKind.OVERAGE, MovementKind.SHORTAGE,
                MovementKind.TRANSIT_DAMAGE, MovementKind.TRANSIT_LOSS, MovementKind.OVER_IN_USE)
NEEDS_APPROVAL = (MovementKind.WRITE_OFF, MovementKind.OVERAGE, MovementKind.SHORTAGE, MovementKind.TRANSIT_DAMAGE, MovementKind.TRANSIT_LOSS,
                  MovementKind.OVER_IN_USE)  # 盘盈、盘亏、报废 (domain §5.3)


@dataclass(frozen=True, slots=True)
class Lot:
    """Goods of one item that came together. Price in fen (1/100 yuan) for one base unit, None when it is not known."""

    id: Id
    item_id: Id
    number: str
    received_on: date
    source: LotSource = LotSource.PURCHASE
    produced_on: date | None = None
    expires_on: date | None = None
    supplier: str = ""
    origin: str = ""
    price_fen: int | None = None
    inspection: Inspection = Inspection.NOT_YET
    inspected_on: date | None = None
    responsible: str = ""
    note: str = ""
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Movement:
    """So much of one lot from one account to another. `place` is a place in a depot; at outer accounts it is empty.

    `claim` is whom reserved or used goods are for: an incident's id, or "" for a claim without an incident. What a release order keeps back
    or has on the road is the order's (`order_id`) and nobody else's. An exercise's movement is kept and changes no real balance (B20).
    """

    id: Id
    document: str
    kind: MovementKind
    lot_id: Id
    item_id: Id
    quantity: int
    from_account: StockAccount
    to_account: StockAccount
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    from_place: str = ""
    to_place: str = ""
    incident_id: Id | None = None
    counterpart: str = ""
    reason: str = ""
    approved_by: str = ""
    note: str = ""
    reverses_id: Id | None = None
    is_exercise: bool = False
    order_id: Id | None = None

    @property
    def claim(self) -> str:
        """Whom used goods are for."""
        return self.incident_id or ""

    @property
    def order_claim(self) -> str:
        """Whom reserved goods, or goods on the road, are for."""
        return self.order_id or self.incident_id or ""


@dataclass(frozen=True, slots=True)
class Holding:
    """What there is of one lot at one place. `expires_on` is the lot's."""

    lot_id: Id
    place_id: Id
    item_id: Id
    site_id: Id
    free: int = 0
    reserved: int = 0
    quarantined: int = 0
    expires_on: date | None = None

    @property
    def on_hand(self) -> int:
        """What stands on the shelf, whatever for."""
        return self.free + self.reserved + self.quarantined

    def available(self, rules: StockRules, day: date) -> int:
        """On hand less reserved, quarantined and expired (R-5.5)."""
        return 0 if rules.is_expired(self.expires_on, day) else self.free

    def expired(self, rules: StockRules, day: date) -> int:
        """Return how much of it is free and past its date."""
        return self.free if rules.is_expired(self.expires_on, day) else 0


class ClaimKind(StrEnum):
    """A claim on a lot: kept back on a shelf, out in use, or on the road."""

    RESERVED = "claim_reserved"
    IN_USE = "claim_in_use"
    IN_TRANSIT = "claim_in_transit"


@dataclass(frozen=True, slots=True)
class Claim:
    """So much of a lot is kept back at a place for somebody, or out in use or on the road for somebody (place empty)."""

    lot_id: Id
    kind: ClaimKind
    place_id: str
    claim: str  # an incident's id, a release order's, or ""
    quantity: int


Effect = tuple[str, str, str, int]  # "stock", account, place, change · "claim", kind, place + " " + claim, change


def effects_of(movement: Movement) -> list[Effect]:
    """Return what a movement changes in the balances that are kept: the accounts in a depot, and the claims. An exercise changes no stock."""
    found: list[Effect] = []
    for account, place, change in ((movement.from_account, movement.from_place, -movement.quantity),
                                   (movement.to_account, movement.to_place, movement.quantity)):
        if account in INSIDE and not movement.is_exercise:
            found.append(("stock", account.value, place, change))
        if account is StockAccount.RESERVED and not movement.is_exercise:
            found.append(("claim", ClaimKind.RESERVED.value, f"{place} {movement.order_claim}", change))
        if account is StockAccount.IN_USE:
            found.append(("claim", ClaimKind.IN_USE.value, f" {movement.claim}", change))
        if account is StockAccount.IN_TRANSIT:
            found.append(("claim", ClaimKind.IN_TRANSIT.value, f" {movement.order_claim}", change))
    return found


def accounts_of(kind: MovementKind, *, start: StockAccount | None = None) -> tuple[StockAccount, StockAccount]:
    """Return (from, to) of a kind of movement; `start` chooses where the kind may begin at several accounts. Raises FieldRefused."""
    starts, end = _FROM_AND_TO[kind]
    if start is not None and start not in starts:
        raise FieldRefused(name="from_account", reason="account", typed=start, other=kind)
    return start or starts[0], end


def starts_of(kind: MovementKind) -> tuple[StockAccount, ...]:
    """Return the accounts a kind of movement may begin at."""
    return _FROM_AND_TO[kind][0]


# -- checks -----------------------------------------------------------------------------------------------------------
def check_lot(lot: Lot, *, today: date) -> Lot:
    """Return the lot if it can be received. Raises FieldMissing, FieldRefused."""
    if not lot.number.strip():
        raise FieldMissing(name="number")
    if lot.produced_on and lot.produced_on > today:
        raise FieldRefused(name="produced_on", reason="in_future", typed=lot.produced_on, other=today)
    if lot.produced_on and lot.expires_on and lot.expires_on < lot.produced_on:
        raise FieldRefused(name="expires_on", reason="expiry_before_production", typed=lot.expires_on, other=lot.produced_on)
    if lot.received_on > today:
        raise FieldRefused(name="received_on", reason="in_future", typed=lot.received_on, other=today)
    if lot.price_fen is not None:
        check_count("price", lot.price_fen, least=0, most=100_000_000_00)
    return lot


def check_same_lot(known: Lot, told: Lot) -> Lot:
    """Return the known lot when a further receipt of the same number says the same of it. Raises FieldRefused."""
    for name in ("produced_on", "expires_on"):
        if getattr(told, name) != getattr(known, name):
            raise FieldRefused(name=name, reason="lot_other_dates", typed=getattr(told, name) or "-", other=getattr(known, name) or "-")
    return known


def check_movement(
    kind: MovementKind, *, quantity: int, reason: str = "", approved_by: str = "", from_place: str = "", to_place: str = "",
) -> None:
    """Refuse a movement that lacks what its kind needs. Raises FieldMissing, FieldRefused, ReasonMissing."""
    check_count("quantity", quantity)
    if kind in NEEDS_REASON and not reason.strip():
        raise ReasonMissing(act=kind)
    if kind in NEEDS_APPROVAL and not approved_by.strip():
        raise FieldMissing(name="approved_by")
    if kind is MovementKind.RELOCATE and (from_place == to_place or not to_place):
        raise FieldRefused(name="to_place", reason="same_place", typed=to_place, other=from_place)


def check_usable(kind: MovementKind, lot: Lot, rules: StockRules, day: date) -> None:
    """Refuse to hand out an expired lot, and to free or enlarge one that failed its inspection. Raises LotExpired, FieldRefused."""
    if kind in FOR_USE and rules.is_expired(lot.expires_on, day):
        raise LotExpired(lot=lot.number, expires_on=lot.expires_on, basis=rules.expiry_basis or "")
    if lot.inspection is Inspection.FAILED and (kind in (MovementKind.RELEASE, *FOR_USE) or kind in RECEIPTS):
        raise FieldRefused(name="lot", reason="inspection_failed", typed=lot.number, other="")


def check_reversal(original: Iterable[Movement], already: Iterable[Movement]) -> None:
    """Refuse to take back what was taken back, or a taking back. Raises MovementNotVoidable."""
    taken = {one.reverses_id for one in already}
    for movement in original:
        if movement.reverses_id is not None:
            raise MovementNotVoidable(document=movement.document, reason="is_reversal")
        if movement.id in taken:
            raise MovementNotVoidable(document=movement.document, reason="reversed")


def reversal(movement: Movement, *, id_: Id, document: str, at: datetime, account_id: Id, reason: str) -> Movement:
    """Return the movement that takes another one back."""
    return replace(
        movement, id=id_, document=document, from_account=movement.to_account, to_account=movement.from_account,
        from_place=movement.to_place, to_place=movement.from_place, occurred_at=at, recorded_at=at, account_id=account_id, reason=reason,
        approved_by="", reverses_id=movement.id)


# -- first expired, first out -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Pick:
    """So much to be taken of a lot at a place."""

    lot_id: Id
    place_id: Id
    quantity: int


def first_expired_first_out(
    holdings: Sequence[Holding], wanted: int, *, rules: StockRules, day: date, item: str = "", place: str = "",
) -> list[Pick]:
    """Return what to take, the lot that expires first first; lots without a date last, then the older lot. Expired lots are never taken.

    Raises StockShort when there is too little, naming how much there is.
    """
    check_count("quantity", wanted)
    usable = [one for one in holdings if one.available(rules, day) > 0]
    there = sum(one.free for one in usable)
    if there < wanted:
        raise StockShort(item=item, place=place, wanted=wanted, there=there)
    picks, left = [], wanted
    for one in sorted(usable, key=lambda one: (one.expires_on is None, one.expires_on or day, one.lot_id, one.place_id)):
        if not left:
            break
        taken = min(left, one.free)
        picks.append(Pick(one.lot_id, one.place_id, taken))
        left -= taken
    return picks


# -- playing the ledger -----------------------------------------------------------------------------------------------
Balances = dict[tuple[str, str, str, str], int]  # (lot, "stock" or "claim", account or kind, place [+ claim])


def play(movements: Iterable[Movement], balances: Mapping[tuple[str, str, str, str], int] | None = None) -> Balances:
    """Return the balances after some movements. Raises StockShort where one would fall below nothing."""
    now: Balances = dict(balances or {})
    for movement in movements:
        for part, account, place, change in effects_of(movement):
            key = (movement.lot_id, part, account, place)
            now[key] = now.get(key, 0) + change
            if now[key] < 0:
                raise StockShort(item=movement.item_id, place=place, wanted=movement.quantity, there=now[key] - change)
    return {key: amount for key, amount in now.items() if amount}
