"""Takes the good rows of an import, all of them in one commit; says before which of them the register holds already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import Record
from emergency_desk.domain.record_columns import RecordColumns
from emergency_desk.domain.shelter_entries import ShelterEntry
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_entries import DepotEntry, LotEntry
from emergency_desk.domain.supplies import StockTarget, SupplyItem, SupplyPromise
from emergency_desk.domain.teams import Team, TeamMember
from emergency_desk.domain.units import Unit
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.shelter_imports import shelters_held, take_shelters
from emergency_desk.services.stock_imports import open_books, take_depots
from emergency_desk.store.repositories.repository import LaidOut
from emergency_desk.store.repositories.shapes import TEAMS

if TYPE_CHECKING:
    from emergency_desk.store.repositories.repository import Repository
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

_AT_ONCE = 500
_WITH_SOURCE = (Team, Site, Unit)
_WITH_CODE = (Team, Site, Unit)
_OF_STOCK = {"lots": Act.MOVE_STOCK, "supply_items": Act.KEEP_STOCK, "depots": Act.KEEP_STOCK, "supply_promises": Act.KEEP_STOCK,
             "stock_targets": Act.KEEP_STOCK, "shelters": Act.KEEP_SHELTER}  # besides the right to import
# What tells that two records of a kind are one and the same. A team has no field for a place that is no area of the desk: its address
# begins with it.
_PLACE: dict[type[Any], tuple[str, ...]] = {
    Team: ("name", "area_id", "address"), Site: ("name", "area_id", "place_path"), Unit: ("name", "area_id", "contact"),
    SupplyItem: ("code", "name", "specification"), SupplyPromise: ("partner", "number", "item_id", "kind"),
    StockTarget: ("item_id", "kind", "area_id", "site_id"), TeamMember: ("team_id", "name", "phone"),
    Agreement: ("partner", "number", "capability", "terms"),
}


def lay_out(desk: Desk, *, drafts: Sequence[Record], source: str) -> LaidOut:
    """Return teams of a list as `take_rows` will write them, ids and seals included; for some of a great list while others are still read.

    Touches nothing and needs no right: it is work done ahead.
    """
    return TEAMS.lay_out(_by_fields(drafts), new_ids=desk.new_ids, given={"source": source})


def take_rows(desk: Desk, *, kind: str, drafts: Sequence[Record], source: str, laid_out: Sequence[LaidOut] = ()) -> Done[int]:
    """Add what was read from a file, all of one kind; each record gets a new id. One commit takes them all, or none.

    `laid_out` are the same rows in the same order, where that was done ahead.
    """
    desk.may(Act.IMPORT)
    if kind in _OF_STOCK:
        desk.may(_OF_STOCK[kind])
    with desk.open_work() as work:
        count = 0
        if drafts:
            count = work.teams.add_laid_out(laid_out) if laid_out else _add(desk, work, _by_fields(drafts), source)
        return Done(count, work.commit("import", kind=kind, rows=count, source=source))


def _add(desk: Desk, work: UnitOfWork, records: RecordColumns[Any], source: str) -> int:
    if records.kind is LotEntry:
        return open_books(desk, work, records, source=source)
    if records.kind is DepotEntry:
        return take_depots(desk, work, records, source=source)
    if records.kind is ShelterEntry:
        return take_shelters(desk, work, records, source=source)
    from_where = {"source": source} if records.kind in _WITH_SOURCE else {}
    return _table(work, records.kind).add_many(records, new_ids=desk.new_ids, **from_where)


def registered(desk: Desk, *, drafts: Sequence[Record]) -> dict[int, str]:
    """Return the places in the list of those that stand in the register already: with "name" for the same name and place, with the
    name of another that bears the same code. The drafts are of one kind.
    """
    if not drafts:
        return {}
    records = _by_fields(drafts)
    if records.kind is DepotEntry:
        records = RecordColumns.of(list(records.column("site")))
    with desk.reading() as reading:
        if records.kind is LotEntry:
            return _lots_held(reading, records)
        if records.kind is ShelterEntry:
            return shelters_held(reading, records)
        table = _table(reading, records.kind)
        held = _places_held(table, records)
        codes = _codes_held(table, records) if records.kind in _WITH_CODE else {}
    why: dict[int, str] = {}
    if codes:
        why = {at: codes[code.casefold()] for at, code in enumerate(records.column("code")) if code and code.casefold() in codes}
    if held:
        why |= {at: "name" for at, place in enumerate(_places(records)) if place in held}
    return why


def _lots_held(reading: Repositories, records: RecordColumns[Any]) -> dict[int, str]:
    """Return the rows whose lot stands in the books, wherever: what comes further of it is a receipt."""
    held = {(lot.item_id, lot.number) for lot in _with_values(reading.lots, "number", records.column("number"))}
    keys = zip(records.column("item_id"), records.column("number"), strict=True) if held else ()
    return {at: "lot" for at, key in enumerate(keys) if key in held}


def team_names(desk: Desk) -> tuple[tuple[Id, str, str], ...]:
    """Return id, code and name of every team that is not retired, for lists that speak of teams."""
    with desk.reading() as reading:
        return tuple((team.id, team.code, team.name) for team in reading.teams.where("WHERE is_retired = 0"))


def _by_fields(drafts: Sequence[Record]) -> RecordColumns[Any]:
    return drafts if isinstance(drafts, RecordColumns) else RecordColumns.of(drafts)


def _table(from_: Repositories, kind: type[Any]) -> Repository[Any]:
    tables: dict[type[Any], Repository[Any]] = {
        Team: from_.teams, Site: from_.sites, Unit: from_.units, TeamMember: from_.members, Agreement: from_.agreements,
        SupplyItem: from_.supply_items, SupplyPromise: from_.supply_promises, StockTarget: from_.stock_targets}
    return tables[kind]


def _places(records: RecordColumns[Any]) -> Iterator[tuple[str, ...]]:
    """Return what tells each record from every other; no area counts like an empty one."""
    return zip(*([value or "" for value in records.column(field)] for field in _PLACE[records.kind]), strict=True)


def _places_held(table: Repository[Any], records: RecordColumns[Any]) -> set[tuple[str, ...]]:
    held: set[tuple[str, ...]] = set()
    fields = _PLACE[records.kind]
    for found in _with_values(table, fields[0], records.column(fields[0])):
        held.add(tuple(getattr(found, field) or "" for field in fields))
    return held


def _codes_held(table: Repository[Any], records: RecordColumns[Any]) -> dict[str, str]:
    """Return the names of those in the register that bear a code of the list, by that code."""
    return {found.code.casefold(): found.name for found in _with_values(table, "code", filter(None, records.column("code")))}


def _with_values(table: Repository[Any], column: str, values: Iterable[str]) -> Iterator[Any]:
    """Yield the records that have one of some values in a column; a register smaller than the list is read once instead."""
    wanted = set(values)
    if table.count() <= len(wanted):
        yield from (record for record in table.where() if getattr(record, column) in wanted)
        return
    ordered = sorted(wanted)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start:start + _AT_ONCE]
        yield from table.where(f"WHERE {column} IN ({','.join('?' * len(some))})", some)
