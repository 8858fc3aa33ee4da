"""Frozen contents of the papers of stock, and how lines become groups with sums: only what has one unit is ever added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sheets import Imprint
from emergency_desk.domain.stock import MovementKind
from emergency_desk.domain.stock_columns import StockColumn, StockPaper
from emergency_desk.domain.stock_reports import FIGURES, StockChoice
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.domain.texts import Text


class CardLine(StrEnum):
    """What stands on a stock card beside its movements."""

    BROUGHT_FORWARD = "brought_forward"


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what it is sorted and told apart by: an item's code, an area's code."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A movement of a kind that takes an earlier one back."""

    kind: MovementKind


Value = Named | TakenBack | StrEnum | int | Decimal | date | datetime | str | None


@dataclass(frozen=True, slots=True)
class StockFact:
    """One line before it is laid out. What has the same `sum_key` behind the unit may be added up."""

    item_id: Id
    values: Mapping[StockColumn, Value]
    kind: ReserveKind | None = None  # where the paper has lines of several kinds
    level: Value = None  # the tier of the place: targets of a district and of its streets lie within one another
    serial: int = 0  # above 0 for a line that stands by itself, however like another it is

    @property
    def sum_key(self) -> tuple[ReserveKind | None, Value, str]:
        """What a sum is of."""
        return self.kind, self.level, str(self.values.get(StockColumn.UNIT) or "")


@dataclass(frozen=True, slots=True)
class StockTotal:
    """The sums of what can be added up; `unit` "" for the value of things in several units."""

    unit: str
    sums: tuple[Value, ...]
    kind: ReserveKind | None = None
    level: Value = None


@dataclass(frozen=True, slots=True)
class StockPart:
    """One band of a paper: its name (None where the paper has none), its lines and their sums."""

    name: Value
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[StockTotal, ...]


@dataclass(frozen=True, slots=True)
class TargetBar:
    """How far one target of one kind of reserve is met."""

    kind: ReserveKind
    item: Text
    place: Text
    unit: str
    held: int
    minimum: int
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSheet:
    """One paper of stock. `counts` are numbers its heading tells: how many lots, how many targets of how many …"""

    imprint: Imprint
    at: datetime
    area: Text
    choice: StockChoice
    parts: tuple[StockPart, ...]
    totals: tuple[StockTotal, ...]
    lines: int
    depot: Text | None = None
    item: Named | None = None
    lot: str = ""
    days: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    bars: tuple[TargetBar, ...] = ()

    @property
    def is_exercise(self) -> bool:
        return self.imprint.is_exercise


class StockReportSheet(StockSheet):
    """What there is, each kind of reserve in columns of its own."""

    __slots__ = ()


class ExpiringSheet(StockSheet):
    """The lots that expired or expire soon."""

    __slots__ = ()


class ShortfallSheet(StockSheet):
    """Where less is held than there should be."""

    __slots__ = ()


class RotationSheet(StockSheet):
    """What is to be swapped, and until when."""

    __slots__ = ()


class MovementsSheet(StockSheet):
    """What came, went and was moved in a span of days."""

    __slots__ = ()


class StockCardSheet(StockSheet):
    """The card of one item or lot: what was there, every movement, what is there."""

    __slots__ = ()


SHEETS: dict[StockPaper, type[StockSheet]] = {
    StockPaper.STOCK: StockReportSheet, StockPaper.EXPIRING: ExpiringSheet, StockPaper.SHORTFALL: ShortfallSheet,
    StockPaper.ROTATION: RotationSheet, StockPaper.MOVEMENTS: MovementsSheet, StockPaper.CARD: StockCardSheet,
}
StockSheets = StockReportSheet | ExpiringSheet | ShortfallSheet | RotationSheet | MovementsSheet | StockCardSheet


# -- laying out -------------------------------------------------------------------------------------------------------
def lay_out(facts: Iterable[StockFact], choice: StockChoice) -> tuple[tuple[StockPart, ...], tuple[StockTotal, ...], int]:
    """Return the parts in their order with their sums, the sums over all, and how many lines there are.

    Lines that differ in nothing that is shown become one, their figures added; they have one item, so they have one unit.
    """
    some, band = list(facts), choice.group.column
    grouped: dict[Value, list[StockFact]] = {}
    for fact in some:
        grouped.setdefault(fact.values.get(band) if band else None, []).append(fact)
    parts = []
    for name in sorted(grouped, key=_rank):
        lines = _in_order(_merged(grouped[name], choice), choice)
        rows = tuple(tuple(line.values.get(column) for column in choice.columns) for line in lines)
        parts.append(StockPart(name, rows, _totals(lines, choice)))
    return tuple(parts), _totals(some, choice), sum(len(part.rows) for part in parts)


def _merged(facts: Sequence[StockFact], choice: StockChoice) -> Sequence[StockFact]:
    told = [column for column in choice.columns if column not in FIGURES]
    figures = [column for column in choice.columns if column in FIGURES]
    merged: dict[tuple[Value, ...], StockFact] = {}
    for fact in facts:
        key = (fact.item_id, fact.serial, *fact.sum_key, *(fact.values.get(column) for column in told))
        before = merged.get(key)
        if before is None:
            merged[key] = fact
        else:
            sums = {column: _added(before.values.get(column), fact.values.get(column)) for column in figures}
            merged[key] = StockFact(fact.item_id, {**before.values, **sums}, fact.kind, fact.level)
    return facts if len(merged) == len(facts) else list(merged.values())


def _in_order(facts: Sequence[StockFact], choice: StockChoice) -> Sequence[StockFact]:
    if choice.order is StockColumn.WHEN:
        return facts  # they were read in the order of time
    if choice.order in FIGURES:
        return sorted(facts, key=lambda fact: -_figure(fact.values.get(choice.order)))
    return sorted(facts, key=lambda fact: _rank(fact.values.get(choice.order)))


def _totals(facts: Sequence[StockFact], choice: StockChoice) -> tuple[StockTotal, ...]:
    """Return one line of sums for each unit (and kind of reserve, and tier); behind several the value of all."""
    figures = [column if column in FIGURES else None for column in choice.columns]
    sums: dict[tuple[ReserveKind | None, Value, str], list[Value]] = {}
    for fact in facts:
        line = sums.setdefault(fact.sum_key, [None] * len(figures))
        for place, column in enumerate(figures):
            if column is StockColumn.BALANCE:
                line[place] = fact.values.get(column)  # what stands there in the end
            elif column is not None:
                line[place] = _added(line[place], fact.values.get(column))
    found = [StockTotal(unit, tuple(line), kind, level) for (kind, level, unit), line in sums.items()]
    if len(found) > 1 and StockColumn.VALUE in choice.columns:
        worth: Value = None
        for one in found:
            worth = _added(worth, one.sums[choice.columns.index(StockColumn.VALUE)])
        found.append(StockTotal("", tuple(worth if column is StockColumn.VALUE else None for column in choice.columns)))
    return tuple(found)


def _added(one: Value, other: Value) -> Value:
    if one is None or other is None:
        return other if one is None else one
    assert isinstance(one, int | Decimal) and isinstance(other, int | Decimal)
    return one + other


def _figure(value: Value) -> Decimal | int:
    return value if isinstance(value, int | Decimal) else -1


def _rank(value: Value) -> tuple[int, str | int | Decimal]:
    """Return what a value is sorted by: names by their keys, words of a list in its order, nothing last."""
    if value is None:
        return 2, ""
    if isinstance(value, Named):
        return 1, value.key
    if isinstance(value, TakenBack):
        return _rank(value.kind)
    if isinstance(value, StrEnum):
        return 0, list(type(value)).index(value)
    if isinstance(value, int | Decimal):
        return 0, value
    return 1, value if isinstance(value, str) else value.isoformat()
