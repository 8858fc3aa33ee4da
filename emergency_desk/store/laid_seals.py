"""The last seal of every row as the journal has it, laid aside while a store is checked: on the disk, so that memory stays flat.

The file beside the store is written only when there is much of it, under a key of its own where the store has one, and is gone afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from emergency_desk.domain.store_keys import KEY_BYTES, StoreKey
from emergency_desk.store.engine import open_connection
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble

_AT_ONCE = 500
_CACHE_KIB = 32_000  # what is kept in memory; the seals of some 300,000 rows never reach the disk
Laid = tuple[str, str, str]  # table, id, seal
_KNOWN = f"SELECT id, seal FROM sealed WHERE tbl = ? AND id IN ({', '.join('?' * _AT_ONCE)})"
_GONE = f"DELETE FROM sealed WHERE tbl = ? AND id IN ({', '.join('?' * _AT_ONCE)})"


class LaidSeals:
    """Belongs to one check of one store. Raises StoreTrouble where the disk has no room for it."""

    def __init__(self, store: Path, *, is_encrypted: bool) -> None:
        self._folder = _room_for(store)
        path = Path(self._folder.name) / "seals"
        self._driver: Any = open_connection(path, key=StoreKey(secrets.token_bytes(KEY_BYTES)) if is_encrypted else None, alone=True)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "secure_delete=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._driver.execute(f"PRAGMA {pragma}")
        self._driver.execute("BEGIN")  # never committed: what fits into memory is not written
        self._driver.execute("CREATE TABLE sealed (tbl INTEGER, id TEXT, seal TEXT, PRIMARY KEY (tbl, id)) WITHOUT ROWID")
        self._tables: dict[str, int] = {}
        with suppress(OSError):  # Windows lets nothing go that is open; then it goes with the folder
            path.unlink()

    def clear(self) -> None:
        """Take all of them away."""
        self._do("DELETE FROM sealed")

    def lay(self, seals: Iterable[Laid]) -> None:
        """Lay seals aside; a later one takes the place of the one before."""
        rows = ((self._number(table), id_, seal) for table, id_, seal in seals)
        try:
            self._driver.executemany("INSERT OR REPLACE INTO sealed VALUES (?,?,?)", rows)
        except DRIVER_ERRORS as error:
            raise as_trouble(error) from error

    def known(self, table: str, ids: Sequence[Any]) -> dict[str, str]:
        """Return the seals of some rows of a table."""
        return dict(self._do(_KNOWN, (self._number(table), *_padded(ids))))

    def count(self, table: str) -> int:
        """Return how many rows of a table have one."""
        return int(self._do("SELECT count(*) FROM sealed WHERE tbl = ?", (self._number(table),))[0][0])

    def take_away(self, table: str, ids: Sequence[Any]) -> None:
        """Take those of some rows away."""
        self._do(_GONE, (self._number(table), *_padded(ids)))

    def ids(self, table: str) -> Iterator[str]:
        """Yield the ids of a table that have one, in their order."""
        last = ""
        while found := self._do("SELECT id FROM sealed WHERE tbl = ? AND id > ? ORDER BY id LIMIT ?", (self._number(table), last, _AT_ONCE)):
            yield from (id_ for id_, in found)
            last = found[-1][0]

    def close(self) -> None:
        """Throw the file away."""
        self._driver.close()
        self._folder.cleanup()

    def _number(self, table: str) -> int:
        return self._tables.setdefault(table, len(self._tables))

    def _do(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return list(self._driver.execute(sql, values).fetchall())
        except DRIVER_ERRORS as error:
            raise as_trouble(error) from error


def _room_for(store: Path) -> TemporaryDirectory[str]:
    """Make a folder beside the store, where such room is; where none can be made, among what the system keeps for a while."""
    with suppress(OSError):
        return TemporaryDirectory(prefix=".check-", dir=store.parent)
    return TemporaryDirectory(prefix="check-")


def in_parts(rows: Iterable[Any], may_break: tuple[type[Exception], ...]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows in parts; those that came before one that cannot be read are yielded first."""
    waiting, trouble = iter(rows), list[Exception]()
    while not trouble:
        part: list[tuple[Any, ...]] = []
        try:
            part.extend(map(tuple, islice(waiting, _AT_ONCE)))
        except may_break as error:
            trouble.append(error)
        if part:
            yield part
        elif not trouble:
            return
    raise trouble[0]


def _padded(ids: Sequence[Any]) -> tuple[Any, ...]:
    return (*ids, *(None,) * (_AT_ONCE - len(ids)))
