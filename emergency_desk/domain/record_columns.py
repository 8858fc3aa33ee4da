"""Many records of one class, kept by their fields: what a great list is read into, carried as and written from.

A hundred thousand records one by one are some million small objects; by fields they are forty lists. A record is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from itertools import chain, repeat
from operator import attrgetter, eq, is_
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")


class Same(Sequence[Any]):
    """A column in which all records say the same; most fields of a list are such."""

    __slots__ = ("length", "value")

    def __init__(self, value: Any, length: int) -> None:
        self.value = value
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.value, self.length)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Same: ...

    def __getitem__(self, at: int | slice) -> Any:
        return Same(self.value, len(range(self.length)[at])) if isinstance(at, slice) else self.value


def laid_out(values: Sequence[Any]) -> Sequence[Any]:
    """Return a column as it is kept: a list, or the one value when there is no other."""
    if isinstance(values, Same | RecordColumns):
        return values
    first = values[0]
    is_one = values[-1] is first and all(map(is_, values, repeat(first)))
    return Same(first, len(values)) if is_one else list(values)


class RecordColumns(Sequence[R], Generic[R]):
    """A sequence of records. `columns` are in the order of the record's fields and all of one length."""

    def __init__(self, kind: type[R], columns: Sequence[Sequence[Any]]) -> None:
        self.kind = kind
        self.columns = columns

    @classmethod
    def of(cls, records: Sequence[R]) -> RecordColumns[R]:
        """Lay out records, at least one, all of one class."""
        kind = type(records[0])
        return cls(kind, [laid_out(list(map(attrgetter(field.name), records))) for field in fields(kind)])  # type: ignore[arg-type]

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

    def only(self, places: Sequence[int]) -> RecordColumns[R]:
        """Return the records at some places."""
        return RecordColumns(self.kind, [only(column, places) for column in self.columns])

    def with_records(self, others: Mapping[int, R]) -> RecordColumns[R]:
        """Return these records with others at some places."""
        columns: list[Sequence[Any]] = []
        for name, column in zip(self.names, self.columns, strict=True):
            values = {at: getattr(record, name) for at, record in others.items()}
            if isinstance(column, RecordColumns):
                columns.append(column.with_records(values))
            elif isinstance(column, Same) and all(value is column.value for value in values.values()):
                columns.append(column)
            else:
                changed = list(column)
                for at, value in values.items():
                    changed[at] = value
                columns.append(changed)
        return RecordColumns(self.kind, columns)


def only(column: Sequence[Any], places: Sequence[int]) -> Sequence[Any]:
    """Return the values of a column at some places."""
    if isinstance(column, RecordColumns):
        return column.only(places)
    return Same(column.value, len(places)) if isinstance(column, Same) else list(map(column.__getitem__, places))


def together(parts: Sequence[Sequence[R]]) -> Sequence[R]:
    """Return the records of some parts, none of them empty, as one sequence; by their fields where every part is so kept."""
    if len(parts) < 2:
        return parts[0] if parts else ()
    if not all(isinstance(part, RecordColumns) for part in parts):
        return tuple(chain.from_iterable(parts))
    columns = zip(*(part.columns for part in parts if isinstance(part, RecordColumns)), strict=True)
    return RecordColumns(parts[0].kind, list(map(_joined, columns)))  # type: ignore[attr-defined]


def _joined(columns: Sequence[Sequence[Any]]) -> Sequence[Any]:
    first = columns[0]
    if isinstance(first, RecordColumns):
        return together(columns)
    if all(isinstance(column, Same) and type(column.value) is type(first[0]) and column.value == first[0] for column in columns):
        return Same(first[0], sum(map(len, columns)))
    return list(chain.from_iterable(columns))
