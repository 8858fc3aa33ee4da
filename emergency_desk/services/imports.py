"""Takes the good rows of an import, all of them in one commit; says before which of them the register holds already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import Record
from emergency_desk.domain.record_columns import RecordColumns
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team, TeamMember
from emergency_desk.domain.units import Unit
from emergency_desk.services.desk import Desk, Done

if TYPE_CHECKING:
    from emergency_desk.store.repositories.repository import Repository
    from emergency_desk.store.repositories.shapes import Repositories

_AT_ONCE = 500
_WITH_SOURCE = (Team, Site, Unit)
_WITH_CODE = (Team, Site, Unit)
# What tells that two records of a kind are one and the same. A team has no field for a place that is no area of the desk: its address
# begins with it.
_PLACE: dict[type[Any], tuple[str, ...]] = {
    Team: ("name", "area_id", "address"), Site: ("name", "area_id", "place_path"), Unit: ("name", "area_id", "contact"),
    TeamMember: ("team_id", "name", "phone"), Agreement: ("partner", "number", "capability", "terms"),
}


def take_rows(desk: Desk, *, kind: str, drafts: Sequence[Record], source: str) -> Done[int]:
    """Add what was read from a file, all of one kind; each record gets a new id. One commit takes them all, or none."""
    desk.may(Act.IMPORT)
    with desk.open_work() as work:
        count = 0
        if drafts:
            records = _by_fields(drafts)
            from_where = {"source": source} if records.kind in _WITH_SOURCE else {}
            count = _table(work, records.kind).add_many(records, new_ids=desk.new_ids, **from_where)
        return Done(count, work.commit("import", kind=kind, rows=count, source=source))


def registered(desk: Desk, *, drafts: Sequence[Record]) -> dict[int, str]:
    """Return the places in the list of those that stand in the register already: with "name" for the same name and place, with the
    name of another that bears the same code. The drafts are of one kind.
    """
    if not drafts:
        return {}
    records = _by_fields(drafts)
    with desk.reading() as reading:
        table = _table(reading, records.kind)
        held = _places_held(table, records)
        codes = _codes_held(table, records) if records.kind in _WITH_CODE else {}
    why: dict[int, str] = {}
    if codes:
        why = {at: codes[code.casefold()] for at, code in enumerate(records.column("code")) if code and code.casefold() in codes}
    if held:
        why |= {at: "name" for at, place in enumerate(_places(records)) if place in held}
    return why


def team_names(desk: Desk) -> tuple[tuple[Id, str, str], ...]:
    """Return id, code and name of every team that is not retired, for lists that speak of teams."""
    with desk.reading() as reading:
        return tuple((team.id, team.code, team.name) for team in reading.teams.where("WHERE is_retired = 0"))


def _by_fields(drafts: Sequence[Record]) -> RecordColumns[Any]:
    return drafts if isinstance(drafts, RecordColumns) else RecordColumns.of(drafts)


def _table(from_: Repositories, kind: type[Any]) -> Repository[Any]:
    tables: dict[type[Any], Repository[Any]] = {
        Team: from_.teams, Site: from_.sites, Unit: from_.units, TeamMember: from_.members, Agreement: from_.agreements}
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
