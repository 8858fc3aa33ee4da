"""Seals anew the rows whose table a migration widened: the journal holds the seal of each row as it was, and a further column changes it.

Only a row that still fits its old seal gets a new one. A row that was altered by a foreign hand keeps the old seal, so that a migration never
covers it up: `check` finds it afterwards as it did before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from emergency_desk.store import journal
from emergency_desk.store.codec import digest_of, moment_to_column

Columns = Sequence[str]
ROWS_AN_ENTRY = 20_000


def reseal(connection: Any, *, revision: str, tables: Mapping[str, tuple[Columns, Columns]]) -> None:
    """Append the new seals to the journal, so many rows an entry. `tables`: the columns in sealing order before and after, spelled out.

    The old seals wait in a temporary table and rows are read as they come, so that millions of movements find room in memory.
    """
    _keep_seals(connection, frozenset(tables))
    at, desk_code = moment_to_column(datetime.now(UTC)) or 0, _desk_code(connection)
    lines = chain.from_iterable(_sound_rows(connection, table, before, after) for table, (before, after) in tables.items())
    while touched := list(islice(lines, ROWS_AN_ENTRY)):
        journal.append(connection, at=at, account_id=None, desk_code=desk_code, action="migrate", touched=touched,
                       values={"revision": revision, "tables": sorted(tables), "rows": len(touched)})
    connection.exec_driver_sql("DROP TABLE temp.old_seals")


def _keep_seals(connection: Any, tables: frozenset[str]) -> None:
    """Lay the newest version and seal of each row of some tables aside."""
    connection.exec_driver_sql("CREATE TEMP TABLE old_seals (of TEXT, id TEXT, version INTEGER, seal TEXT, PRIMARY KEY (of, id)) WITHOUT ROWID")
    seals = _seals(connection, tables)
    while some := list(islice(seals, ROWS_AN_ENTRY)):
        connection.exec_driver_sql("INSERT OR REPLACE INTO temp.old_seals VALUES (?, ?, ?, ?)", some)


def _seals(connection: Any, tables: frozenset[str]) -> Iterator[tuple[str, str, int, str]]:
    """Walk through the seals of some tables, the oldest first."""
    for (touched,) in connection.exec_driver_sql("SELECT touched FROM journal ORDER BY number"):
        for line in touched.split("\n"):
            table, _blank, rest = line.partition(" ")
            words = rest.rsplit(" ", 2)
            if table in tables and len(words) == 3:
                yield table, words[0], int(words[1]), words[2]


def _sound_rows(connection: Any, table: str, before: Columns, after: Columns) -> Iterator[str]:
    """Walk through the rows that still fit their old seal, each as a line of the journal with its new one."""
    names = {name: number for number, name in enumerate(after)}
    old = [names[name] for name in before]
    found = connection.exec_driver_sql(
        f"SELECT s.version, s.seal, {', '.join(f't.{name}' for name in after)} FROM {table} t "
        "JOIN temp.old_seals s ON s.of = ? AND s.id = t.id ORDER BY t.id", (table,))
    for version, seal, *row in found:
        if seal == digest_of(tuple(row[number] for number in old)):
            yield f"{table} {row[names['id']]} {version} {digest_of(tuple(row))}"


def _desk_code(connection: Any) -> str:
    newest = connection.exec_driver_sql("SELECT desk_code FROM journal ORDER BY number DESC LIMIT 1").first()
    return newest[0] if newest else ""
