"""Many records of one class, kept by their fields: what a great list is read into, carried as and written from.

A hundred thousand records one by one are some million small objects; by fields they are forty lists. A record is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from operator import attrgetter, eq
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")


class RecordColumns(Sequence[R], Generic[R]):
    """A sequence of records. `columns` are in the order of the record's fields and all of one length."""

    def __init__(self, kind: type[R], columns: Sequence[Sequence[Any]]) -> None:
        self.kind = kind
        self.columns = columns

    @classmethod
    def of(cls, records: Sequence[R]) -> RecordColumns[R]:
        """Lay out records, at least one, all of one class."""
        kind = type(records[0])
        return cls(kind, [list(map(attrgetter(field.name), records)) for field in fields(kind)])  # type: ignore[arg-type]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the record's fields."""
        return tuple(field.name for field in fields(self.kind))  # type: ignore[arg-type]

    def column(self, name: str) -> Sequence[Any]:
        """Return what all records say for a field."""
        return self.columns[self.names.index(name)]

    def part(self, start: int, stop: int) -> RecordColumns[R]:
        """Return the records from one place up to another."""
        return RecordColumns(self.kind, [column[start:stop] for column in self.columns])

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[R]:
        make: Callable[..., R] = self.kind
        return map(make, *self.columns)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return RecordColumns(self.kind, [column[at] for column in self.columns])
        return self.kind(*(column[at] for column in self.columns))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (self.kind, len(self), [_packed(column) for column in self.columns])

    def only(self, places: Iterable[int]) -> RecordColumns[R]:
        """Return the records at some places."""
        wanted = list(places)
        return RecordColumns(self.kind, [
            column.only(wanted) if isinstance(column, RecordColumns) else list(map(column.__getitem__, wanted)) for column in self.columns])

    def put(self, at: int, record: R) -> None:
        """Lay another record at a place, where the columns are lists."""
        for name, column in zip(self.names, self.columns, strict=True):
            value = getattr(record, name)
            if isinstance(column, RecordColumns):
                column.put(at, value)
            else:
                column[at] = value  # type: ignore[index]


def _packed(column: Sequence[Any]) -> Sequence[Any]:
    """Return a column as it travels: by its one value when it has no other."""
    first = column[0]
    is_one = not isinstance(column, RecordColumns) and all(value is first for value in column)
    return [first] if is_one else column


def _unpacked(kind: type[R], count: int, columns: Sequence[Sequence[Any]]) -> RecordColumns[R]:
    return RecordColumns(kind, [column if len(column) == count else list(column) * count for column in columns])
