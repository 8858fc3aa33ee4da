"""Goods handed to people, and gifts: the counts that are kept, and the list that is published (发放、捐赠公示).

Names stand on the signed paper alone; the store keeps households and heads, and where the paper lies (ERL24 Art. 85; SDG20 Art. 48).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import check_count
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True)
class Distribution:
    """One handing out against signatures: how much, to how many households and heads, and where the signed list lies. Appended."""

    id: Id
    document: str
    item_id: Id
    quantity: int
    households: int
    heads: int
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    place: str = ""
    handed_by: str = ""
    kept_at: str = ""
    incident_id: Id | None = None
    note: str = ""
    is_exercise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """A handing out as a screen shows it. `is_taken_back`: its document was taken back by its mirror."""

    distribution: Distribution
    item: Text
    unit: str
    incident_number: str = ""
    incident_title: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class DonationPublication:
    """The list of gifts was made public: where, and how many lots it named (SDG20 Art. 48). Appended."""

    id: Id
    published_at: datetime
    recorded_at: datetime
    account_id: Id
    place: str
    lots: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class GiftLine:
    """What came of one gift, and where it went."""

    lot_id: Id
    item_id: Id
    number: str
    item: str
    item_en: str
    unit: str
    donor: str
    received_on: date
    received: int
    on_hand: int
    on_the_way: int
    in_use: int
    distributed: int
    consumed: int
    elsewhere: int  # scrapped, rotated, handed to another store, lost

    @property
    def accounted_for(self) -> int:
        """Where all of it is, added up."""
        return self.on_hand + self.on_the_way + self.in_use + self.distributed + self.consumed + self.elsewhere


@dataclass(frozen=True, slots=True)
class GiftBoard:
    """Every gift, the newest first, and when the list was made public."""

    gifts: tuple[GiftLine, ...]
    published: tuple[DonationPublication, ...] = ()  # the newest first

    @property
    def not_public(self) -> int:
        """How many gifts came since the list was made public last."""
        return max(0, len(self.gifts) - (self.published[0].lots if self.published else 0))


def check_handed_out(*, quantity: int, households: int, heads: int, handed_by: str) -> None:
    """Refuse a handing out nobody stands for, or one that reached nobody. Raises FieldMissing, FieldRefused."""
    check_count("households", households, least=0)
    check_count("heads", heads, least=0)
    if not households and not heads:
        raise FieldMissing(name="heads")
    if heads and households > heads:
        raise FieldRefused(name="households", reason="households_above_heads", typed=str(households), other=str(heads))
    if not handed_by.strip():
        raise FieldMissing(name="handed_by")
    check_count("quantity", quantity)
