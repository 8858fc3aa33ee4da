"""Lists of stock taken in: what a reader must know of the desk, and the books opened with lots, all in one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import compress
from typing import TYPE_CHECKING, Any

from emergency_desk.domain import stock
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.record_columns import RecordColumns, Same
from emergency_desk.domain.stock import NEVER, Lot, Movement, MovementKind
from emergency_desk.domain.stock_entries import DepotEntry, LotEntry, StockKnown
from emergency_desk.domain.supplies import StockPlace
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.stocking import next_document

if TYPE_CHECKING:
    from emergency_desk.store.unit_of_work import UnitOfWork

_OF_LOT = ("item_id", "number", "received_on", "source", "produced_on", "expires_on", "supplier", "origin", "price_fen", "inspection",
           "inspected_on", "responsible", "note")


def known_of_stock(desk: Desk) -> StockKnown:
    """Return what a reader of lists of stock must know."""
    with desk.reading() as reading:
        items = tuple(reading.supply_items.where("WHERE is_retired = 0"))
        sites = reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM depots)")
    depots = tuple((site.id, site.code, site.name, site.name_en) for site in sites)
    return StockKnown(today=local_day(desk.now()), items=items, depots=depots, catalogue=desk.trade.catalogue)


def open_books(desk: Desk, work: UnitOfWork, entries: RecordColumns[LotEntry], *, source: str) -> int:
    """Enter lots under one document, each row an opening entry; what is in quarantine is put there by a movement of its own."""
    at = desk.now()
    opened = _Opened(desk, work, entries, at)
    document = next_document(desk, work, at)
    work.lots.add_many(opened.lots())
    work.movements.add_many(opened.movements(MovementKind.OPENING, document, entries.column("quantity")))
    aside = [bool(amount) for amount in entries.column("quarantined")]
    if any(aside):
        moves = opened.movements(MovementKind.QUARANTINE, document, entries.column("quarantined"), reasons=opened.reasons(source))
        work.movements.add_many(moves.only(list(compress(range(len(moves)), aside))))
    if not desk.books_apart:
        work.balances.begin_many(opened.balances())
    return len(entries)


class _Opened:
    """Entries with the lots and places they are of: one lot for all rows of an item and a number."""

    def __init__(self, desk: Desk, work: UnitOfWork, entries: RecordColumns[LotEntry], at: datetime) -> None:
        self._desk, self._entries, self._at, self._count = desk, entries, at, len(entries)
        first: dict[tuple[Id, str], int] = {}
        keys = list(zip(entries.column("item_id"), entries.column("number"), strict=True))
        for row, key in enumerate(keys):
            first.setdefault(key, row)
        self._heads = list(first.values())
        lot_ids = dict(zip(first, desk.new_ids(len(first)), strict=True))
        self._lot_ids = list(map(lot_ids.__getitem__, keys))
        self._places = _places(desk, work, entries)

    def lots(self) -> RecordColumns[Lot]:
        """Return every lot once, as its first row tells it."""
        columns: dict[str, Sequence[Any]] = {name: self._entries.column(name) for name in _OF_LOT}
        columns |= {"id": self._lot_ids, "is_demo": Same(self._desk.facts.is_demo, self._count), "version": Same(0, self._count)}
        whole = _laid_out(Lot, columns)
        return whole if len(self._heads) == self._count else whole.only(self._heads)

    def movements(
        self, kind: MovementKind, document: str, quantities: Sequence[int], *, reasons: Sequence[str] | None = None,
    ) -> RecordColumns[Movement]:
        """Return one movement for every row, at its place."""
        entries, count = self._entries, self._count
        start, end = stock.accounts_of(kind)
        nothing = Same("", count)
        return _laid_out(Movement, {
            "id": self._desk.new_ids(count), "document": Same(document, count), "kind": Same(kind, count), "lot_id": self._lot_ids,
            "item_id": entries.column("item_id"), "quantity": quantities, "from_account": Same(start, count), "to_account": Same(end, count),
            "occurred_at": Same(self._at, count), "recorded_at": Same(self._at, count), "account_id": Same(self._desk.who, count),
            "from_place": self._places if start in stock.INSIDE else nothing, "to_place": self._places,
            "counterpart": entries.column("supplier") if kind is MovementKind.OPENING else nothing, "reason": reasons or nothing,
            "is_exercise": Same(self._desk.books_apart, count)})

    def reasons(self, source: str) -> Sequence[str]:
        """Return why each row is in quarantine: its own note, else the list that says so."""
        return [note or source for note in self._entries.column("note")]

    def balances(self) -> list[Sequence[Any]]:
        """Return what there is of each lot at each place afterwards, as `begin_many` takes it."""
        entries, count = self._entries, self._count
        ends = [day.isoformat() if day is not None else NEVER for day in entries.column("expires_on")]
        whole, aside = entries.column("quantity"), entries.column("quarantined")
        free = [amount - part for amount, part in zip(whole, aside, strict=True)]
        return [self._lot_ids, self._places, entries.column("item_id"), entries.column("site_id"), ends, Same(1, count), whole, free,
                Same(0, count), aside]


def _places(desk: Desk, work: UnitOfWork, entries: RecordColumns[LotEntry]) -> list[Id]:
    """Return the place of every row; bins and zones that a depot does not have yet are added to it."""
    keys = list(zip(*(entries.column(name) for name in ("site_id", "zone", "bin")), strict=True))
    wanted = dict.fromkeys(keys)
    known: dict[tuple[Id, str, str], Id] = {}
    for site_id in dict.fromkeys(key[0] for key in wanted):
        known |= {(place.site_id, place.zone, place.bin): place.id for place in work.stock_places.where("WHERE site_id = ?", (site_id,))}
    missing = [key for key in wanted if key not in known]
    new = [StockPlace(id=id_ if zone else site_id, site_id=site_id, zone=zone, bin=bin_)
           for (site_id, zone, bin_), id_ in zip(missing, desk.new_ids(len(missing)), strict=True)]
    work.stock_places.add_many(new)
    known |= {key: place.id for key, place in zip(missing, new, strict=True)}
    return list(map(known.__getitem__, keys))


def take_depots(desk: Desk, work: UnitOfWork, entries: RecordColumns[DepotEntry], *, source: str) -> int:
    """Add sites and what they are as stores of goods, each with itself as its first place."""
    ids = desk.new_ids(len(entries))
    work.sites.add_many([replace(site, id=id_) for site, id_ in zip(entries.column("site"), ids, strict=True)], source=source)
    work.depots.add_many([replace(depot, id=id_) for depot, id_ in zip(entries.column("depot"), ids, strict=True)])
    work.stock_places.add_many([StockPlace(id=id_, site_id=id_) for id_ in ids])
    return len(entries)


def _laid_out(kind: type[Any], columns: dict[str, Sequence[Any]]) -> RecordColumns[Any]:
    """Lay out records by their fields; a field that no row has keeps the record's own default."""
    count = len(columns["id"])
    return RecordColumns(kind, [columns.get(one.name, Same(one.default, count)) for one in fields(kind)])
