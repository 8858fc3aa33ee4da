"""How single cells of lists of stock are read: a kind by its words, zone and bin; what a rule of the domain refuses is a reason of the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.imports import RowReason
from emergency_desk.exchange import kind_words, stock_words
from emergency_desk.exchange.row_reading import RowReading

_Value = TypeVar("_Value")


def ruled(row: RowReading, ask: Callable[[], _Value], otherwise: _Value) -> _Value:
    """Return what the domain says; what it refuses is a reason of the row."""
    try:
        return ask()
    except DeskError as error:
        row.refuse_by(error)
        return otherwise


def word_of(row: RowReading, field: str, words: kind_words.Words[stock_words.Kind], blank: _Value) -> stock_words.Kind | _Value:
    """Return the kind that a cell tells in its words."""
    written = row.text(field)
    if not written:
        return blank
    found = kind_words.kind_by_words(written, words)
    if found is None:
        row.refuse(RowReason.WORD_UNKNOWN, field, written=written, words=type(words[0][0]).__name__)
        return blank
    return found


def bin_of(row: RowReading) -> tuple[str, str]:
    """Return zone and bin; "A-03" in one cell tells both, a bin without a zone is a zone of its own."""
    zone, bin_ = row.text("zone"), row.text("bin")
    if zone or not bin_:
        return zone, bin_
    first, _dash, rest = bin_.partition("-")
    return first.strip(), rest.strip()
