"""How a file that was read travels from the limited child to the desk: records by columns, and the written rows as they are.

A hundred thousand records one by one are two million small pieces, each told with its class; by columns they are forty lists of plain
values. The rows as they were written are wanted only where some come back, so they stay packed until somebody looks.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar, overload

from emergency_desk.domain.imports import Sorted

_HEAD = 100  # rows that a screen looks at for what a column holds
_Record = TypeVar("_Record")
Packed = tuple[type[Any], list[tuple[Any, ...]]]


class WrittenRows(Sequence[tuple[str, ...]]):
    """The rows of a table, packed until one beyond the first hundred is looked at."""

    def __init__(self, head: tuple[tuple[str, ...], ...], count: int, packed: bytes) -> None:
        self._head, self._count, self._packed = head, count, packed
        self._rows: tuple[tuple[str, ...], ...] = ()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, ...], ...]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice) and at.stop is not None and 0 <= at.stop <= len(self._head):
            return self._head[at]
        return self._all()[at]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self._all())

    def _all(self) -> tuple[tuple[str, ...], ...]:
        if len(self._rows) < self._count:
            self._rows = pickle.loads(self._packed)
        return self._rows


def written(rows: Sequence[tuple[str, ...]]) -> WrittenRows:
    """Pack the rows of a table."""
    return WrittenRows(tuple(rows[:_HEAD]), len(rows), pickle.dumps(tuple(rows), protocol=pickle.HIGHEST_PROTOCOL))


def pack(rows: Sorted[Any]) -> tuple[Any, ...]:
    """Lay the drafts of one kind and their records out in columns."""
    drafts = _columns(rows.good)
    inner = next((at for at, field in enumerate(fields(drafts[0])) if field.name in ("record", "team", "site")), 0) if rows.good else 0
    records = _columns(drafts[1][inner]) if rows.good else None
    if records is not None:
        drafts[1][inner] = ()
    return drafts, inner, records, rows.bad, rows.ignored_columns, rows.fields, rows.places_asked


def unpack(packed: tuple[Any, ...]) -> Sorted[Any]:
    """Return what `pack` was given."""
    drafts, inner, records, *rest = packed
    if records is None:
        return Sorted((), *rest)
    drafts[1][inner] = _records(records)
    return Sorted(tuple(_records(drafts)), *rest)


def _columns(records: Sequence[Any]) -> Packed:
    if not records:
        return type(None), []
    kind = type(records[0])
    return kind, [tuple(map(attrgetter(field.name), records)) for field in fields(kind)]


def _records(packed: Packed) -> list[Any]:
    kind, columns = packed
    return list(map(kind, *columns))
