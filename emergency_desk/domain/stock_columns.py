"""The papers of stock, the columns they can have, and by what their lines can be grouped. Source of the papers: domain §5.5, §18."""

from __future__ import annotations

from enum import StrEnum


class StockPaper(StrEnum):
    """The papers, by the name each is asked for."""

    STOCK = "stock"
    EXPIRING = "expiring"
    SHORTFALL = "shortfall"
    ROTATION = "rotation"
    MOVEMENTS = "movements"
    CARD = "stock-card"


class StockColumn(StrEnum):
    """What can stand in a column. Those of the last block are figures, which are added up."""

    AREA = "area"
    CATEGORY = "category"
    DEPOT = "depot"
    KIND = "kind"
    CODE = "code"
    ITEM = "item"
    SPECIFICATION = "specification"
    LOT = "lot"
    BIN = "bin"
    PLACE = "place"
    LEVEL = "level"
    SPAN = "span"
    MONTH = "month"
    DAY = "day"
    WHEN = "when"
    DOCUMENT = "document"
    MOVEMENT = "movement"
    PRODUCED = "produced"
    EXPIRES = "expires"
    DAYS_LEFT = "days_left"
    ROTATE_BY = "rotate_by"
    LIFE_LEFT = "life_left"
    INSPECTION = "inspection"
    SOURCE = "source"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    FROM = "from"
    TO = "to"
    INCIDENT = "incident"
    COUNTERPART = "counterpart"
    REASON = "reason"
    WHO = "who"
    BASIS = "basis"
    MET = "met"
    UNIT = "unit"
    ON_HAND = "on_hand"
    AVAILABLE = "available"
    RESERVED = "reserved"
    QUARANTINED = "quarantined"
    EXPIRED = "expired"
    AGREED = "agreed"
    A_DAY = "a_day"
    MINIMUM = "minimum"
    TARGET = "target"
    HELD = "held"
    BELOW_MINIMUM = "below_minimum"
    SHORT = "short"
    TO_ROTATE = "to_rotate"
    COMES = "comes"
    GOES = "goes"
    WITHIN = "within"
    OUTSIDE = "outside"
    BALANCE = "balance"
    VALUE = "value"


class StockGroup(StrEnum):
    """By what the lines of a paper are banded; each is a column of the same name."""

    NONE = "none"
    AREA = "area"
    CATEGORY = "category"
    DEPOT = "depot"
    KIND = "kind"
    ITEM = "item"
    SPAN = "span"
    MONTH = "month"
    DAY = "day"
    MOVEMENT = "movement"
    DOCUMENT = "document"

    @property
    def column(self) -> StockColumn | None:
        """The column whose values are the bands."""
        return None if self is StockGroup.NONE else StockColumn(self.value)
