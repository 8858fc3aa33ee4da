"""The generic repository: records in, records out, for tables whose columns bear the names of the record's fields.

Statements are written once when the repository's shape is built. A subject's own finders stand in `finders`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import NotFound, Stale
from emergency_desk.domain.record_columns import RecordColumns, Same, only
from emergency_desk.store import quick_sounds
from emergency_desk.store.codec import Codec, digest_of
from emergency_desk.store.great_lists import indexes_afterwards, insert_columns
from emergency_desk.store.seals import seals_of
from emergency_desk.store.search_keys import named_alike, search_key, search_keys

R = TypeVar("R")
CHUNK = 5_000  # rows written at a time, so that nobody waits long


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Rows by columns as they will stand in a table, and the seal of each."""

    columns: Sequence[Sequence[Any]]
    seals: Sequence[str]

    def __len__(self) -> int:
        return len(self.seals)

    def only(self, places: Sequence[int]) -> LaidOut:
        """Return the rows at some places."""
        return LaidOut([only(column, places) for column in self.columns], list(map(self.seals.__getitem__, places)))


class Shape(Generic[R]):
    """What is known of a table once for all: its codec, its statements, its subject."""

    def __init__(self, table: Table, record: type[R], subject: Subject | None = None) -> None:
        self.table = table.name
        self.codec = Codec(record)
        self.subject = subject
        names = self.codec.names
        self.columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" for _ in names)
        self.insert = f"INSERT INTO {self.table} ({self.columns}) VALUES ({marks})"
        self.by_id = f"SELECT {self.columns} FROM {self.table} WHERE id = ?"
        changed = ", ".join(f'"{name}" = ?' for name in names if name != "id")
        self.update = f"UPDATE {self.table} SET {changed} WHERE id = ? AND version = ?"
        self.has_version = "version" in names
        self.id_place = names.index("id")
        self.version_place = names.index("version") if self.has_version else -1
        self.key_place = names.index("search_key") if "search_key" in names else -1
        self.has_search_key = self.key_place >= 0

    def lay_out(self, records: RecordColumns[R], *, new_ids: Callable[[int], Sequence[str]] | None, given: dict[str, Any]) -> LaidOut:
        """Return new records as they will stand in the table, with version, search keys and seals. Needs no connection."""
        count, columns = len(records), self.codec.encode_columns(records.columns)
        for name, value in given.items():
            columns[self.codec.names.index(name)] = Same(value, count)
        if new_ids is not None:
            columns[self.id_place] = new_ids(count)
        if self.has_version:
            columns[self.version_place] = Same(1, count)
        if self.has_search_key:
            columns[self.key_place] = search_keys(dict(zip(records.names, records.columns, strict=True)), words=quick_sounds.words_of_column)
        return LaidOut(columns, seals_of(columns))

    def select(self, rest: str) -> str:
        """Return a SELECT of the record's columns with the rest of the sentence ("WHERE … ORDER BY …")."""
        return f"SELECT {self.columns} FROM {self.table} {rest}"


# table, subject, ids of the rows written, their version, their seals
Touch = Callable[[str, Subject | None, Sequence[str], int, Sequence[str]], None]


class Repository(Generic[R]):
    """A table seen through one open connection. `touch` notes each written row for journal and change set."""

    def __init__(self, shape: Shape[R], connection: Any, touch: Touch | None = None) -> None:
        self._shape = shape
        self._connection = connection
        self._touch = touch
        self._read: dict[str, R] = {}  # where there is a search key, which is only made anew when a name changed

    # -- reading --
    def get(self, id_: str) -> R:
        """Return the record. Raises NotFound."""
        row = self._connection.exec_driver_sql(self._shape.by_id, (id_,)).first()
        if row is None:
            raise NotFound(kind=self._shape.table, key=id_)
        record = self._shape.codec.decode(row)
        if self._shape.has_search_key:
            self._read[id_] = record
        return record

    def get_many(self, ids: Iterable[str]) -> list[R]:
        """Return the records of several ids, in the order asked; unknown ids raise NotFound."""
        return [self.get(id_) for id_ in ids]

    def where(self, rest: str = "", values: Sequence[Any] = ()) -> list[R]:
        """Return the records of a SELECT's rest ("WHERE state = ? ORDER BY …")."""
        rows = self._connection.exec_driver_sql(self._shape.select(rest), tuple(values))
        return [self._shape.codec.decode(row) for row in rows]

    def first(self, rest: str, values: Sequence[Any] = ()) -> list[R]:
        """Return a list of at most one record."""
        return self.where(rest + " LIMIT 1", values)

    def some(self, columns: Sequence[str], rest: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return only some columns of the rows that match, where whole records would be read for a number or two."""
        rows = self._connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {self._shape.table} {rest}", tuple(values))
        return [tuple(row) for row in rows]

    def count(self, rest: str = "", values: Sequence[Any] = ()) -> int:
        """Return how many rows match."""
        return int(self._connection.exec_driver_sql(f"SELECT count(*) FROM {self._shape.table} {rest}", tuple(values)).scalar_one())

    # -- writing --
    def add(self, record: R) -> R:
        """Insert a record; returns it as stored (search key filled, version 1)."""
        changes = self._filled_in(record, version=1)
        columns = self._shape.codec.encode(record, changes)
        self._connection.exec_driver_sql(self._shape.insert, columns)
        self._note(columns)
        return self._shape.codec.with_values(record, changes) if changes else record

    def add_many(self, records: Iterable[R], *, new_ids: Callable[[int], Sequence[str]] | None = None, **given: Any) -> int:
        """Insert many records in chunks; returns how many. With `new_ids` each gets an id; `given` columns take the place of its own."""
        coming = len(records) if isinstance(records, RecordColumns) else 0
        with indexes_afterwards(self._connection, self._shape.table, coming):
            return sum(self._insert(self._shape.lay_out(chunk, new_ids=new_ids, given=given)) for chunk in _chunks(records))

    def add_laid_out(self, parts: Sequence[LaidOut]) -> int:
        """Insert rows that were laid out before; returns how many."""
        with indexes_afterwards(self._connection, self._shape.table, sum(map(len, parts))):
            return sum(map(self._insert, parts))

    def put(self, record: R) -> R:
        """Write a changed record over the version it was read at; returns it with its next version. Raises Stale."""
        old_version: int = record.version  # type: ignore[attr-defined]
        changes = self._filled_in(record, version=old_version + 1)
        columns = self._shape.codec.encode(record, changes)
        place = self._shape.id_place
        rest = columns[:place] + columns[place + 1:]
        result = self._connection.exec_driver_sql(self._shape.update, (*rest, columns[place], old_version))
        if result.rowcount != 1:
            theirs = self.get(columns[place])
            raise Stale(kind=self._shape.table, id=columns[place], theirs=theirs, ours=record)
        self._note(columns)
        return self._shape.codec.with_values(record, changes)

    def _insert(self, rows: LaidOut) -> int:
        shape = self._shape
        insert_columns(self._connection, shape.table, shape.codec.names, rows.columns)
        assert self._touch is not None, "this repository only reads"
        self._touch(shape.table, shape.subject, rows.columns[shape.id_place], 1, rows.seals)
        return len(rows)

    def _filled_in(self, record: R, *, version: int) -> list[tuple[int, Any]]:
        """Return what the store fills in by itself: the version and the search key, by their places."""
        changes: list[tuple[int, Any]] = []
        if self._shape.has_version:
            changes.append((self._shape.version_place, version))
        if self._shape.has_search_key:
            read: Any = self._read.get(record.id)  # type: ignore[attr-defined]
            key = read.search_key if read is not None and named_alike(read, record) else search_key(record)
            changes.append((self._shape.key_place, key))
        return changes

    def _note(self, columns: tuple[Any, ...]) -> None:
        assert self._touch is not None, "this repository only reads"
        version = columns[self._shape.version_place] if self._shape.has_version else 1
        self._touch(self._shape.table, self._shape.subject, [columns[self._shape.id_place]], version, [digest_of(columns)])


def _chunks(records: Iterable[R]) -> Iterator[RecordColumns[R]]:
    if isinstance(records, RecordColumns):
        for start in range(0, len(records), CHUNK):
            yield records.part(start, start + CHUNK)
        return
    waiting = iter(records)
    while some := list(islice(waiting, CHUNK)):
        yield RecordColumns.of(some)
