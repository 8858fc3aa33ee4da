"""Looks a copy of a store over: its pages, the chain of its journal, the seals of what was written last; and tells what is in it.

It reads older schemas too, for a copy from before a migration is one that may be wanted back.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from emergency_desk.domain.backups import Contents
from emergency_desk.domain.library import JournalEntry
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import journal
from emergency_desk.store.codec import digest_of, moment_from_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import JOURNALED
from emergency_desk.store.schema import SCHEMA
from emergency_desk.store.trouble import DRIVER_ERRORS

_NEWEST_ENTRIES = 400  # the rows that so many commits wrote are held against their seals; `check` looks at all
_MOST_SEALS = 20_000  # one commit may have written a list of 100,000 rows
_JOURNAL = 'SELECT number, at, account_id, desk_code, action, "values", touched, previous, hash FROM journal ORDER BY number'


def is_whole(path: Path, *, key: StoreKey | None = None) -> bool:
    """Say whether pages, references, journal and the newest seals of a copy agree. What cannot be read at all is not whole."""
    try:
        with closing(open_connection(path, key=key, read_only=True)) as connection:
            return next(faults(connection), None) is None
    except DRIVER_ERRORS:
        return False


def faults(connection: Any) -> Iterator[str]:
    """Tell what does not agree in an open copy, the cheapest to find first."""
    yield from (f"page {line}" for (line,) in connection.execute("PRAGMA integrity_check(5)") if line != "ok")
    yield from (f"reference {table} {row}" for table, row, *_rest in connection.execute("PRAGMA foreign_key_check"))
    newest: deque[JournalEntry] = deque(maxlen=_NEWEST_ENTRIES)
    previous, number = journal.FIRST, 0
    for row in connection.execute(_JOURNAL):
        entry = JournalEntry(*row)
        if entry.number != number + 1 or not journal.is_sound(entry, previous):
            yield f"journal {entry.number}"
        previous, number = entry.hash, entry.number
        newest.append(entry)
    if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
        yield from _broken_seals(connection, newest)


def _broken_seals(connection: Any, entries: deque[JournalEntry]) -> Iterator[str]:
    """Hold rows that were written last against the newest seal of each. An id may hold blanks."""
    sealed: dict[tuple[str, str], str] = {}
    for entry in reversed(entries):
        lines = str(entry.touched).split("\n")
        if len(sealed) + len(lines) > _MOST_SEALS:
            break
        for line in reversed(lines):
            table, _blank, rest = line.partition(" ")
            words = rest.rsplit(" ", 2)
            if len(words) == 3:
                sealed.setdefault((table, words[0]), words[2])
    shapes = {shape.table: shape for shape in JOURNALED}
    for (table, id_), seal in sealed.items():
        row = connection.execute(shapes[table].by_id, (id_,)).fetchone() if table in shapes else None
        if table in shapes and (row is None or digest_of(tuple(row)) != seal):
            yield f"seal {table} {id_}"


# -- what is in it ----------------------------------------------------------------------------------------------------
COUNTED = ("incidents", "log_entries", "calls", "dispatches", "teams", "plans", "lots", "stock_movements", "shelter_openings", "head_counts")


def read_contents(path: Path, *, key: StoreKey | None = None) -> Contents:
    """Return what a store holds. Raises the driver's errors."""
    with closing(open_connection(path, key=key, read_only=True)) as connection:
        connection.execute("BEGIN")
        return _contents(connection)


def _contents(connection: Any) -> Contents:
    facts = _facts(connection)
    newest = connection.execute("SELECT number, at, hash FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    number, at, link = newest or (0, None, journal.FIRST)
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return Contents(
        desk_code=facts.get("code", ""), desk_name=facts.get("name", ""), desk_name_en=facts.get("name_en", ""),
        is_demo=bool(facts.get("is_demo", False)), schema=int(connection.execute("PRAGMA user_version").fetchone()[0]), last_entry=number,
        last_at=moment_from_column(at), link=link,
        counts=tuple((table, connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in COUNTED if table in there),
        incidents=tuple(connection.execute("SELECT number, title FROM incidents ORDER BY recorded_at DESC LIMIT 40").fetchall()))


def _facts(connection: Any) -> dict[str, Any]:
    row = connection.execute("SELECT content FROM settings WHERE id = 'desk'").fetchone()
    return dict(json.loads(row[0])) if row else {}
