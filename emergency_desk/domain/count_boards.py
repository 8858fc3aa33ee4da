"""What the screens and papers of a stock-taking show: a count among others, and one count whole with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_counts import LineStand, LineWeighed, StockCount
from emergency_desk.domain.texts import Text


class LineNames(NamedTuple):
    """What a line of a count is called."""

    item: str
    item_en: str
    specification: str
    unit: str
    lot: str
    expires: str
    zone: str
    bin: str
    price_fen: int | None

    @property
    def expires_on(self) -> date | None:
        """The day the lot expires, None when it never does."""
        return date.fromisoformat(self.expires) if self.expires else None

    @property
    def place(self) -> str:
        """"A-03", or "" for the depot as a whole."""
        return "-".join(part for part in (self.zone, self.bin) if part)


@dataclass(frozen=True, slots=True)
class CountOverview:
    """A count among others: where, who opened and closed it, and how far it is."""

    count: StockCount
    depot: Text
    opened_by: str
    closed_by: str = ""
    lines: int = 0
    counted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountBoard:
    """One count whole."""

    count: StockCount
    depot: Text
    keeper: str
    phone: str
    opened_by: str
    closed_by: str = ""
    items: tuple[Text, ...] = ()  # the items it is limited to
    lines: tuple[LineWeighed, ...] = ()
    names: dict[Id, LineNames] = field(default_factory=dict)

    @property
    def to_do(self) -> int:
        """How many lines somebody has to count."""
        return sum(1 for one in self.lines if not one.stand.is_settled)

    @property
    def differing(self) -> tuple[LineWeighed, ...]:
        """The lines whose count and books differ."""
        return tuple(one for one in self.lines if one.difference)

    @property
    def agreeing(self) -> int:
        """How many lines agree."""
        return sum(1 for one in self.lines if one.stand is LineStand.AGREES)

    def value_fen(self, one: LineWeighed) -> int | None:
        """Return what a difference is worth, None where no price is known."""
        price = self.names[one.line.id].price_fen
        return None if price is None else price * one.difference
