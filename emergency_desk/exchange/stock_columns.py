"""The rows of a foreign list of lots read by columns: each different writing once, by the very readers of single rows.

A row is plain here when everything it says is: one amount in a known unit, days in their order, nothing noted, its lot nowhere else in the
file. Every other row is odd, and is asked one by one by the rules of the domain. A test holds both ways against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import Note, StockDraft
from emergency_desk.domain.record_columns import RecordColumns, Same, laid_out
from emergency_desk.domain.stock import Inspection, LotSource
from emergency_desk.domain.stock_entries import LotEntry
from emergency_desk.domain.supplies import MOST, SupplyItem
from emergency_desk.exchange import stock_words
from emergency_desk.exchange.row_columns import RowColumns
from emergency_desk.exchange.row_reading import LONGEST_NAME, RowReading
from emergency_desk.exchange.row_sorting import Reading
from emergency_desk.exchange.stock_finding import StockFinder
from emergency_desk.exchange.stock_reading import bin_of, word_of
from emergency_desk.exchange.written_amounts import plain_amount, plain_price

_DEAREST_FEN = 1_000_000_00  # what is dearer is asked of the domain


def read_lot_columns(reading: Reading, finder: StockFinder, today: date) -> tuple[RecordColumns[StockDraft], set[int]]:
    """Read all rows by columns; returns the drafts, and the places of the rows that have to be read by themselves."""
    rows = RowColumns(reading)
    count, nobody = rows.count, SupplyItem(Id(""), "", "", "")
    items = [item or nobody for item in rows.each(finder.item, "item_code", "item", "specification")]
    sites = rows.each(finder.depot, "depot_code", "depot")
    bins = rows.each(bin_of, "zone", "bin")
    numbers = rows.text("number", most=LONGEST_NAME)
    quantities = _quantities(rows, items)
    prices = rows.each(lambda row: plain_price(row.text("price")), "price")
    days = {field: rows.each(lambda row, field=field: row.day(field), field)  # type: ignore[misc]
            for field in ("produced_on", "expires_on", "inspected_on", "received_on")}
    received = [day or today for day in days["received_on"]]
    inspections = rows.each(lambda row: word_of(row, "inspection", stock_words.INSPECTIONS, Inspection.NOT_YET), "inspection")
    sources = rows.each(lambda row: word_of(row, "source", stock_words.LOT_SOURCES, LotSource.OPENING), "source")
    _doubtful_are_odd(rows, today, zip(numbers, quantities, prices, days["produced_on"], days["expires_on"], days["inspected_on"], received,
                                       strict=True))
    rows.odd.update(at for at, written in enumerate(rows.written("quarantined")) if written)
    rows.repeated_are_odd(list(map("{}\t{}".format, [item.id for item in items], numbers)))
    columns: dict[str, Sequence[Any]] = {
        "item_id": [item.id for item in items], "number": numbers, "site_id": sites, "quantity": quantities, "received_on": received,
        "zone": [zone for zone, _bin in bins], "bin": [bin_ for _zone, bin_ in bins],
        "quarantined": [amount if found is Inspection.FAILED else 0 for amount, found in zip(quantities, inspections, strict=True)],
        "source": sources, "produced_on": days["produced_on"], "expires_on": days["expires_on"], "supplier": rows.text("supplier"),
        "origin": rows.text("origin"), "price_fen": [fen if fen is None or fen >= 0 else None for fen in prices], "inspection": inspections,
        "inspected_on": days["inspected_on"], "responsible": rows.text("responsible"), "note": rows.each(_note, "note")}
    entries = RecordColumns(LotEntry, [laid_out(columns[name]) for name in RecordColumns(LotEntry, ()).names])
    nothing: tuple[Note, ...] = ()
    called = laid_out([item.name for item in items])
    return RecordColumns(StockDraft, [list(reading.table.lines), entries, called, Same(False, count), Same(nothing, count)]), rows.odd


def _quantities(rows: RowColumns, items: Sequence[SupplyItem]) -> list[int]:
    """Return every quantity in its item's own unit; 0 where it is none or in a unit that the item does not have."""
    parts = rows.each(lambda row: plain_amount(row.text("quantity")), "quantity")
    units = rows.text("unit") or [""] * rows.count
    known: dict[tuple[str, str], int] = {}
    found = []
    for item, (number, told), unit in zip(items, parts, units, strict=True):
        key = (item.id, told or unit)
        holds = known.get(key)
        if holds is None:
            holds = known[key] = _holds(item, key[1])
        found.append(number * holds)
    return found


def _holds(item: SupplyItem, unit: str) -> int:
    try:
        return item.in_units(1, unit)
    except DeskError:
        return 0


def _doubtful_are_odd(rows: RowColumns, today: date, told: Any) -> None:
    """Make every row odd that a rule of the domain could refuse, or that says something a column cannot read."""
    rows.odd.update(
        at for at, (number, quantity, price, produced, expires, inspected, received) in enumerate(told)
        if not (number and 0 < quantity <= MOST and (price is None or 0 <= price <= _DEAREST_FEN) and received <= today
                and (produced is None or (produced <= today and (expires is None or produced <= expires)))
                and (inspected is None or inspected <= today)))


def _note(row: RowReading) -> str:
    return row.long_text("note")
