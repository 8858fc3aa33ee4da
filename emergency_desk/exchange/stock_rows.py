"""Rows of foreign lists as stock: lots to open the books with, items, depots, promises, targets; and rows given back.

Whether a row may stand is asked of the domain's own rules; what they refuse comes back with their sentence.
"""

from __future__ import annotations

from datetime import date

from emergency_desk.domain.catalogue import OWN
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, Note, RowNote, RowReason, Sorted, StockDraft
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.stock import Inspection, LotSource, check_same_lot
from emergency_desk.domain.stock_entries import DepotEntry, LotEntry, StockKnown, check_entry
from emergency_desk.domain.supplies import (
    Depot,
    DepotKind,
    ReserveKind,
    ReserveOwner,
    StockTarget,
    SupplyItem,
    SupplyPromise,
    check_depot,
    check_item,
    check_promise,
    check_target,
)
from emergency_desk.exchange import kind_words, row_sorting, site_rows, stock_words
from emergency_desk.exchange.row_reading import LONGEST_NAME, RowReading
from emergency_desk.exchange.row_sorting import Known, Reading
from emergency_desk.exchange.stock_column_names import DEPOT_NAMES, ITEM_NAMES, LOT_NAMES, PROMISE_NAMES, TARGET_NAMES
from emergency_desk.exchange.stock_columns import read_lot_columns
from emergency_desk.exchange.stock_finding import StockFinder
from emergency_desk.exchange.stock_reading import bin_of, ruled, word_of
from emergency_desk.exchange.tables import Table
from emergency_desk.exchange.written_amounts import read_amount, read_months, read_packs, read_price

_ITEM = ("item", "item_code")
_NOTHING = SupplyItem(Id(""), "", "", "")
_PLACES = ("area_path", "area_code", "area", "district", "street", "city", "village", "province")
Answers = ImportAnswers | None


def read_lots(table: Table, known: Known, *, answers: Answers = None, by_columns: bool = True) -> Sorted[StockDraft]:
    """Sort the rows of a table into lots to open the books with, and rows given back: read by columns, those that are odd one by one.

    Raises BadFile when no column tells the item.
    """
    stock = _stock(known)
    finder = StockFinder(stock)
    lots: dict[tuple[Id, str], tuple[LotEntry, int]] = {}
    places: dict[tuple[Id, str, Id, str, str], int] = {}

    def read(reading: Reading, row: RowReading, line: int) -> StockDraft:
        item, site_id = finder.item(row), finder.depot(row)
        there = item or _NOTHING
        zone, bin_ = bin_of(row)
        inspection = word_of(row, "inspection", stock_words.INSPECTIONS, Inspection.NOT_YET)
        quantity = _amount(row, "quantity", item)
        quarantined = _amount(row, "quarantined", item) if row.text("quarantined") else 0
        entry = LotEntry(
            item_id=there.id, number=row.text("number", most=LONGEST_NAME), site_id=site_id or Id(""), quantity=quantity,
            received_on=row.day("received_on") or stock.today, zone=zone, bin=bin_,
            quarantined=quantity if inspection is Inspection.FAILED else quarantined,
            source=word_of(row, "source", stock_words.LOT_SOURCES, LotSource.OPENING), produced_on=row.day("produced_on"),
            expires_on=row.day("expires_on"), supplier=row.text("supplier"), origin=row.text("origin"),
            price_fen=ruled(row, lambda: read_price("price", row.text("price"), there), None) if item else None, inspection=inspection,
            inspected_on=row.day("inspected_on"), responsible=row.text("responsible"), note=row.long_text("note"))
        if not row.reasons:
            ruled(row, lambda: check_entry(entry, today=stock.today), entry)
        if not row.reasons:
            _refuse_lot_twice(row, entry, line, lots, places)
        return StockDraft(line, entry, there.name, notes=tuple(row.notes))

    reading = row_sorting.begin(table, known, LOT_NAMES, answers=answers, needed=_ITEM)
    return row_sorting.sort_rows(reading, read, (lambda reading: [read_lot_columns(reading, finder, stock.today)]) if by_columns else None)


def read_items(table: Table, known: Known, *, answers: Answers = None) -> Sorted[StockDraft]:
    """Sort the rows of a table into items, and rows given back. Raises BadFile when no column holds the name."""
    stock = _stock(known)

    def read(reading: Reading, row: RowReading, line: int) -> StockDraft:
        name, code = row.name(), _code(row, stock)
        item = SupplyItem(
            id=Id(""), code=code, name=name, unit=row.text("unit"), name_en=row.text("name_en"), specification=row.text("specification"),
            packs=ruled(row, lambda: read_packs(row.long_text("packs")), ()),
            shelf_months=ruled(row, lambda: read_months(row.text("shelf_months")), None), note=row.long_text("note"))
        if stock.catalogue is not None and not row.reasons:
            catalogue = stock.catalogue
            ruled(row, lambda: check_item(item, catalogue), item)
        _refuse_twice(reading, row, f"{code} {name} {item.specification}", name, line)
        return StockDraft(line, item, name, notes=tuple(row.notes))

    return row_sorting.sort_rows(row_sorting.begin(table, known, ITEM_NAMES, answers=answers), read)


def read_depots(table: Table, known: Known, *, answers: Answers = None) -> Sorted[StockDraft]:
    """Sort the rows of a table into depots, each with its site, and rows given back. Raises BadFile when no column holds the name."""
    has_night_phone = False

    def read(reading: Reading, row: RowReading, line: int) -> StockDraft:
        kind = word_of(row, "kind", stock_words.DEPOT_KINDS, None) or kind_words.kind_by_words(row.text("name"), stock_words.DEPOT_KINDS)
        kind = kind or DepotKind.WAREHOUSE
        told = site_rows.read_site(reading, row, line, SiteKind.LOGISTICS if kind is DepotKind.LOGISTICS else SiteKind.DEPOT)
        depot = Depot(
            id=Id(""), kind=kind, owner=word_of(row, "reserve_owner", stock_words.OWNERS, ReserveOwner.GOVERNMENT), keeper=row.text("keeper"),
            phone=row.phone("night_phone") if has_night_phone else told.site.phone, kept_for=row.text("kept_for"), docks=row.count("docks"),
            forklifts=row.count("forklifts"), largest_truck_tonnes=row.count("largest_truck_tonnes"),
            loading_minutes=row.count("loading_minutes"), loading_note=row.text("loading_note"), counted_on=row.day("counted_on"))
        ruled(row, lambda: check_depot(depot), depot)
        return StockDraft(line, DepotEntry(told.site, depot), told.site.name, told.area_is_default, tuple(row.notes))

    reading = row_sorting.begin(table, known, DEPOT_NAMES, answers=answers)
    has_night_phone = "night_phone" in reading.columns.places
    return row_sorting.sort_rows(reading, read)


def read_promises(table: Table, known: Known, *, answers: Answers = None) -> Sorted[StockDraft]:
    """Sort the rows of a table into agreements and production lines, and rows given back. Raises BadFile when no column holds the partner."""
    finder = StockFinder(_stock(known))

    def read(reading: Reading, row: RowReading, line: int) -> StockDraft:
        partner, item = row.name(), finder.item(row)
        blank = ReserveKind.CAPACITY if row.text("units_a_day") and not row.text("quantity") else ReserveKind.CONTRACT
        kind = word_of(row, "kind", stock_words.RESERVE_KINDS, blank)
        is_capacity = kind is ReserveKind.CAPACITY
        area_id, is_default = _area(reading, row)
        promise = SupplyPromise(
            id=Id(""), kind=kind, item_id=(item or _NOTHING).id, partner=partner, number=row.text("number"),
            owner=word_of(row, "reserve_owner", stock_words.OWNERS, ReserveOwner.ENTERPRISE),
            quantity=0 if is_capacity else _amount(row, "quantity", item),
            call_off_hours=0 if is_capacity else _time(row, "call_off_hours", stock_words.HOURS),
            units_a_day=_amount(row, "units_a_day", item) if is_capacity else 0,
            start_up_days=_time(row, "start_up_days", stock_words.DAYS) if is_capacity else 0, contact=row.text("contact"),
            phone=row.phone("phone"), terms=row.long_text("terms"), signed_on=row.day("signed_on"), valid_until=row.day("valid_until"),
            area_id=area_id)
        if not row.reasons:
            ruled(row, lambda: check_promise(promise), promise)
        _refuse_twice(reading, row, f"{partner} {promise.number} {promise.item_id} {kind}", partner, line)
        return StockDraft(line, promise, partner, is_default, tuple(row.notes))

    return row_sorting.sort_rows(row_sorting.begin(table, known, PROMISE_NAMES, answers=answers), read)


def read_targets(table: Table, known: Known, *, answers: Answers = None) -> Sorted[StockDraft]:
    """Sort the rows of a table into targets, and rows given back. Raises BadFile when no column tells the item."""
    finder = StockFinder(_stock(known))

    def read(reading: Reading, row: RowReading, line: int) -> StockDraft:
        item = finder.item(row)
        site_id = finder.depot(row) if row.text("depot") or row.text("depot_code") else None
        area_id, is_default = _area(reading, row) if site_id is None else (None, False)
        target = StockTarget(
            id=Id(""), item_id=(item or _NOTHING).id, kind=word_of(row, "kind", stock_words.RESERVE_KINDS, ReserveKind.PHYSICAL),
            minimum=_amount(row, "minimum", item), target=_amount(row, "target", item),
            area_id=area_id or (known.own_area_id if site_id is None else None), site_id=site_id,
            most=_amount(row, "most", item) if row.text("most") else None, basis=row.text("basis"))
        if not row.reasons:
            ruled(row, lambda: check_target(target), target)
        _refuse_twice(reading, row, f"{target.item_id} {target.kind} {target.area_id} {target.site_id}", (item or _NOTHING).name, line)
        return StockDraft(line, target, (item or _NOTHING).name, is_default, tuple(row.notes))

    return row_sorting.sort_rows(row_sorting.begin(table, known, TARGET_NAMES, answers=answers, needed=_ITEM), read)


# -- what they share --------------------------------------------------------------------------------------------------
def _amount(row: RowReading, field: str, item: SupplyItem | None) -> int:
    """Return a quantity in the item's own unit; an item that is not known has been refused already."""
    written = row.text(field)
    if item is None:
        return 0
    if not written:
        row.refuse_by(FieldMissing(name=field))
        return 0
    return ruled(row, lambda: read_amount(field, written, item, row.text("unit")), 0)


def _time(row: RowReading, field: str, units: dict[str, int]) -> int:
    """Return a time in whole hours or days, by the unit it is written with."""
    written = row.text(field).lower()
    number = written.rstrip("".join(units) + " ")
    unit = written[len(number):].strip()
    if not written or (number.isascii() and number.isdigit() and len(number) < 7 and unit in units):
        return int(number or 0) * units.get(unit, 1)
    row.refuse(RowReason.NUMBER_UNREADABLE, field, written=written)
    return 0


def _code(row: RowReading, stock: StockKnown) -> str:
    """Return the code of an item; one that is none of the catalogue's, and could not be, is the desk's own."""
    code = row.text("code")
    if not code or code.startswith(OWN) or (stock.catalogue is not None and code in stock.catalogue.by_code):
        return code
    if code.isdigit() and len(code) == 7:
        return code  # refused by the catalogue: a code like the standard's that it does not have
    row.notes.append(Note(RowNote.CODE_IS_OWN, (("code", f"{OWN}{code}"),)))
    return f"{OWN}{code}"


def _area(reading: Reading, row: RowReading) -> tuple[Id | None, bool]:
    """Return the area of a row, None where it writes none."""
    if not any(row.text(field) for field in _PLACES):
        return None, False
    found = reading.places.find(row)
    return found.area_id, found.is_default


def _refuse_twice(reading: Reading, row: RowReading, key: str, name: str, line: int) -> None:
    first = reading.codes.setdefault(f"row {key}".casefold(), line)
    if first != line:
        row.refuse(RowReason.DUPLICATE_IN_FILE, "name", name=name, first_line=str(first))


def _refuse_lot_twice(
    row: RowReading, entry: LotEntry, line: int, lots: dict[tuple[Id, str], tuple[LotEntry, int]],
    places: dict[tuple[Id, str, Id, str, str], int],
) -> None:
    """Refuse a lot that stands at the same place already, or elsewhere with other dates."""
    first = places.setdefault((entry.item_id, entry.number, entry.site_id, entry.zone, entry.bin), line)
    if first != line:
        row.refuse(RowReason.LOT_REPEATED, "number", number=entry.number, first_line=str(first))
        return
    known, _line = lots.setdefault((entry.item_id, entry.number), (entry, line))
    if known is not entry:
        ruled(row, lambda: check_same_lot(known.lot, entry.lot), known.lot)


def _stock(known: Known) -> StockKnown:
    return known.stock or StockKnown(today=date.max)


