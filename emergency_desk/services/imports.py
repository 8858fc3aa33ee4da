"""Takes the good rows of an import, all of them in one commit; says before which of them the register holds already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.agreements import Agreement
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import Record
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team, TeamMember
from emergency_desk.domain.units import Unit
from emergency_desk.services.desk import Desk, Done

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

_AT_ONCE = 500
_WITH_SOURCE = (Team, Site, Unit)
_WITH_CODE = (Team, Site, Unit)


def take_rows(desk: Desk, *, kind: str, drafts: Sequence[Record], source: str) -> Done[int]:
    """Add what was read from a file; each record gets a new id. One commit takes them all, or none."""
    desk.may(Act.IMPORT)
    with desk.open_work() as work:
        count = 0
        for table, records in _by_table(work, drafts):
            from_where = {"source": source} if isinstance(records[0], _WITH_SOURCE) else {}
            count += table.add_many(records, new_id=desk.new_id, **from_where)
        return Done(count, work.commit("import", kind=kind, rows=count, source=source))


def registered(desk: Desk, *, drafts: Sequence[Record]) -> dict[int, str]:
    """Return the places in the list of those that stand in the register already: with "name" for the same name and place, with the
    name of another that bears the same code.
    """
    held: set[tuple[str, ...]] = set()
    codes: dict[tuple[type[Any], str], str] = {}
    with desk.reading() as reading:
        for table, records in _by_table(reading, drafts):
            by = {TeamMember: "team_id", Agreement: "partner"}.get(type(records[0]), "name")
            for found in _with_values(table, by, {getattr(record, by) for record in records}):
                held.add(_place_of(found))
            if isinstance(records[0], _WITH_CODE):
                for found in _with_values(table, "code", {record.code for record in records if record.code}):
                    codes[type(found), found.code.casefold()] = found.name
    return {at: why for at, draft in enumerate(drafts) if (why := _why_held(draft, held, codes))}


def team_names(desk: Desk) -> tuple[tuple[Id, str, str], ...]:
    """Return id, code and name of every team that is not retired, for lists that speak of teams."""
    with desk.reading() as reading:
        return tuple((team.id, team.code, team.name) for team in reading.teams.where("WHERE is_retired = 0"))


def _why_held(draft: Record, held: set[tuple[str, ...]], codes: dict[tuple[type[Any], str], str]) -> str:
    if _place_of(draft) in held:
        return "name"
    if isinstance(draft, _WITH_CODE) and draft.code:
        return codes.get((type(draft), draft.code.casefold()), "")
    return ""


def _by_table(from_: Repositories, records: Iterable[Record]) -> list[tuple[Any, list[Any]]]:
    kinds = {Team: from_.teams, Site: from_.sites, Unit: from_.units, TeamMember: from_.members, Agreement: from_.agreements}
    sorted_out: dict[type[Any], list[Any]] = {}
    for record in records:
        sorted_out.setdefault(type(record), []).append(record)
    return [(kinds[kind], some) for kind, some in sorted_out.items()]


def _with_values(table: Any, column: str, values: set[str]) -> Iterable[Any]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start:start + _AT_ONCE]
        yield from table.where(f"WHERE {column} IN ({','.join('?' * len(some))})", some)


def _place_of(record: Record) -> tuple[str, ...]:
    # A team has no field for a place that is no area of the desk: its address begins with it.
    if isinstance(record, Team):
        return "team", record.name, record.area_id, record.address
    if isinstance(record, Site):
        return "site", record.name, record.area_id or "", record.place_path
    if isinstance(record, Unit):
        return "unit", record.name, record.area_id or "", record.contact
    if isinstance(record, TeamMember):
        return "member", record.team_id, record.name, record.phone
    return "agreement", record.number, record.partner, record.capability, record.terms
