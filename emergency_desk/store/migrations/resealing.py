"""Seals anew the rows whose table a migration widened: the journal holds the seal of each row as it was, and a further column changes it.

Only a row that still fits its old seal gets a new one. A row that was altered by a foreign hand keeps the old seal, so that a migration never
covers it up: `check` finds it afterwards as it did before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from emergency_desk.store import journal
from emergency_desk.store.codec import digest_of, moment_to_column

Columns = Sequence[str]


def reseal(connection: Any, *, revision: str, tables: Mapping[str, tuple[Columns, Columns]]) -> None:
    """Append one entry to the journal with the new seals. `tables`: the columns in sealing order before and after, spelled out."""
    sealed = _seals(connection, frozenset(tables))
    touched = [line for table, (before, after) in tables.items() for line in _sound_rows(connection, table, before, after, sealed)]
    if touched:
        journal.append(connection, at=moment_to_column(datetime.now(UTC)) or 0, account_id=None, desk_code=_desk_code(connection),
                       action="migrate", values={"revision": revision, "tables": sorted(tables), "rows": len(touched)}, touched=touched)


def _seals(connection: Any, tables: frozenset[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """Return the newest version and seal of each row of some tables."""
    seals: dict[tuple[str, str], tuple[int, str]] = {}
    for (touched,) in connection.exec_driver_sql("SELECT touched FROM journal ORDER BY number"):
        for line in touched.split("\n"):
            table, _blank, rest = line.partition(" ")
            words = rest.rsplit(" ", 2)
            if table in tables and len(words) == 3:
                seals[table, words[0]] = (int(words[1]), words[2])
    return seals


def _sound_rows(
    connection: Any, table: str, before: Columns, after: Columns, sealed: Mapping[tuple[str, str], tuple[int, str]],
) -> list[str]:
    lines = []
    names = {name: number for number, name in enumerate(after)}
    for row in connection.exec_driver_sql(f"SELECT {', '.join(after)} FROM {table} ORDER BY id").fetchall():
        id_ = row[names["id"]]
        version, seal = sealed.get((table, id_), (0, ""))
        if seal == digest_of(tuple(row[names[name]] for name in before)):
            lines.append(f"{table} {id_} {version} {digest_of(tuple(row))}")
    return lines


def _desk_code(connection: Any) -> str:
    newest = connection.exec_driver_sql("SELECT desk_code FROM journal ORDER BY number DESC LIMIT 1").first()
    return newest[0] if newest else ""
