"""How a file that was read travels from the limited child to the desk: records by columns, and the written rows as they are.

A hundred thousand records one by one are two million small pieces, each told with its class; by columns they are forty lists of plain
values. The rows as they were written are wanted only where some come back, so they stay packed until somebody looks.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from typing import Any, overload

from emergency_desk.domain.imports import Note
from emergency_desk.domain.record_columns import RecordColumns

_NO_SHARING = 2  # of marshal: looking for cells that are alike costs ten times as much as writing them twice
_HEAD = 100  # rows that a screen looks at for what a column holds
_RECORD = ("record", "team", "site")  # what drafts call the record that they carry


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
            self._rows = marshal.loads(self._packed)
        return self._rows


def written(rows: Sequence[tuple[str, ...]]) -> WrittenRows:
    """Pack the rows of a table."""
    return WrittenRows(tuple(rows[:_HEAD]), len(rows), marshal.dumps(tuple(rows), _NO_SHARING))


def by_fields(drafts: Sequence[Any]) -> Sequence[Any]:
    """Lay the drafts of one kind and their records out in columns."""
    if not drafts or isinstance(drafts, RecordColumns):
        return drafts
    laid_out = RecordColumns.of(drafts)
    columns = [RecordColumns.of(column) if name in _RECORD else column for name, column in zip(laid_out.names, laid_out.columns, strict=True)]
    return RecordColumns(laid_out.kind, columns)


def records(drafts: Sequence[Any]) -> Sequence[Any]:
    """Return the records of drafts of one kind."""
    if not isinstance(drafts, RecordColumns):
        return [draft.record for draft in drafts]
    return next(drafts.column(name) for name in _RECORD if name in drafts.names)


def notes(drafts: Sequence[Any]) -> Sequence[tuple[Note, ...]]:
    """Return the notes of every draft."""
    return drafts.column("notes") if isinstance(drafts, RecordColumns) else [draft.notes for draft in drafts]


def positions(drafts: Sequence[Any]) -> int:
    """Return how many drafts have a position."""
    found = records(drafts)
    if isinstance(found, RecordColumns):
        found = RecordColumns.of(list(found.column("site"))) if "site" in found.names else found
        return sum(latitude is not None for latitude in found.column("latitude")) if "latitude" in found.names else 0
    return sum(getattr(record, "latitude", None) is not None for record in found)


def only(drafts: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    """Return the drafts at some places; a tuple when there is none."""
    if places and isinstance(drafts, RecordColumns):
        return drafts.only(places)
    return tuple(drafts[at] for at in places)
