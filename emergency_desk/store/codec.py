"""How a record's fields become columns and come back: moments as integer microseconds, dates and enums as text, tuples as JSON."""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter, index
from typing import Any, Generic, TypeVar

from emergency_desk.domain.record_columns import Same

R = TypeVar("R")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING = type(None)
_MICROSECOND = timedelta(microseconds=1)
Converter = Callable[[Any], Any] | None
Changes = Sequence[tuple[int, Any]]  # place of a field, its other value


def moment_to_column(moment: datetime | None) -> int | None:
    """Return microseconds since 1970 UTC. A naive moment is our bug and raises TypeError."""
    if moment is None:
        return None
    return (moment - _EPOCH) // _MICROSECOND


def moment_from_column(value: int | None) -> datetime | None:
    """Return the aware UTC moment."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)


def to_json(value: Any) -> str:
    """Write plain values as compact canonical JSON."""
    return _CANONICAL.encode(value)


@lru_cache(maxsize=4096)
def _words_to_json(value: tuple[str, ...]) -> str:
    """Write words such as the capabilities of a team, of which there are few different ones among many."""
    return to_json(value)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return moment_to_column(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"cannot write {type(value).__name__}")


def digest_of(columns: tuple[Any, ...]) -> str:
    """Return the seal of one row: 128 bits of blake2b over its columns, as 32 hex digits."""
    return blake2b(sealed_text(columns).encode(), digest_size=16).hexdigest()


def sealed_text(columns: tuple[Any, ...]) -> str:
    """Return what is sealed of a row: its columns as one JSON list."""
    return "".join(_seal_text(columns, 0))


def _sealing(encoder: json.JSONEncoder) -> Callable[[Any, int], typing.Iterable[str]]:
    """Return the encoder's inner works, made once: JSONEncoder.encode makes them anew at each call, which costs as much as the encoding."""
    inner = getattr(json.encoder, "c_make_encoder", None)
    if inner is None:
        return lambda columns, _level: (encoder.encode(columns),)
    made: Callable[[Any, int], typing.Iterable[str]] = inner(
        None, encoder.default, json.encoder.encode_basestring, None, encoder.key_separator, encoder.item_separator, False, False, True)
    return made


_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain)
_SEALED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr)  # bytes come only from a foreign hand
_seal_text = _sealing(_SEALED)


def _optional(hint: Any) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(arm for arm in typing.get_args(hint) if arm is not type(None))
    return hint


def reader_of(hint: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type from what JSON gave."""
    if (there := _optional(hint)) is not hint:
        read_there = reader_of(there)
        return lambda value: None if value is None else read_there(value)
    if hint is datetime:
        return moment_from_column
    if hint is date:
        return lambda value: None if value is None else date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if typing.get_origin(hint) is tuple:
        inner = [reader_of(arm) for arm in typing.get_args(hint) if arm is not ...]
        if len(inner) > 1:
            return lambda value: tuple(read(one) for read, one in zip(inner, value, strict=True))
        return lambda value: tuple(inner[0](one) for one in value)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        readers = {f.name: reader_of(hints[f.name]) for f in dataclasses.fields(hint)}
        return lambda value: hint(**{name: read(value[name]) for name, read in readers.items() if name in value})  # type: ignore[operator]
    return lambda value: value


def _float_to_column(value: float | None) -> float | None:
    """Return what the table will give back, because the seal is made before: no whole number, no -0.0, no NaN."""
    return None if value is None or value != value else float(value) + 0.0


def _whole_to_column(value: int | None) -> int | None:
    """Return a plain whole number; True counts as 1. A broken number raises TypeError."""
    return None if value is None else index(value) + 0


def _word_to_column(value: StrEnum | None) -> str | None:
    return None if value is None else value._value_


def _words_to_column(value: tuple[str, ...]) -> str:
    return "" if not value else _words_to_json(value)


def _value_to_column(value: Any) -> str:
    return "" if not value else to_json(value)


def _column_by(convert: Callable[[Any], Any], column: Sequence[Any]) -> Sequence[Any]:
    """Return a column converted: as it is where it is plain numbers already, each different day or word once, all else value by value."""
    kinds = set(map(type, column))
    if convert is _whole_to_column and kinds <= {int, _NOTHING}:
        return column
    if convert is _float_to_column and kinds == {float} and 0.0 not in column and all(map(math.isfinite, column)):
        return column
    if kinds <= {date, _NOTHING} or convert is _word_to_column or convert is _words_to_column:
        known = {value: convert(value) for value in set(column)}
        return list(map(known.__getitem__, column))
    return list(map(convert, column))


def _converters(hint: Any) -> tuple[Converter, Converter]:
    """Return (to column, from column) for a field's type; None where the value passes as it is."""
    is_optional, hint = hint is not _optional(hint), _optional(hint)
    if hint is datetime:
        return moment_to_column, moment_from_column
    if hint is date:
        return (lambda value: None if value is None else value.isoformat()), (
            lambda value: None if value is None else date.fromisoformat(value))
    if hint is bool and is_optional:
        return _whole_to_column, (lambda value: None if value is None else bool(value))
    if hint is bool:
        return int, bool
    if hint is float:
        return _float_to_column, None
    if hint is int:
        return _whole_to_column, None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        members = {member.value: member for member in hint}
        return _word_to_column, (lambda value: None if value is None else members[value])
    if typing.get_origin(hint) is tuple or dataclasses.is_dataclass(hint):
        read = reader_of(hint)
        write = _words_to_column if hint == tuple[str, ...] else _value_to_column
        return write, (lambda text: read(json.loads(text)) if text else ())
    return None, None


class Codec(Generic[R]):
    """Turns records of one class into column tuples and back, in the order of the fields."""

    def __init__(self, record: type[R]) -> None:
        hints = typing.get_type_hints(record)
        self.record = record
        self.names: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(record))  # type: ignore[arg-type]
        pairs = [_converters(hints[name]) for name in self.names]
        self._values = attrgetter(*self.names)
        self._out = [(place, pair[0]) for place, pair in enumerate(pairs) if pair[0] is not None]
        self._in = [(place, pair[1]) for place, pair in enumerate(pairs) if pair[1] is not None]

    def with_values(self, record: R, changes: Changes) -> R:
        """Return the record with other values at some places; what `dataclasses.replace` does, at half its cost."""
        values = list(self._values(record))
        for place, value in changes:
            values[place] = value
        return self.record(*values)

    def encode(self, record: R, changes: Changes = ()) -> tuple[Any, ...]:
        """Return the column values of a record, with other values at some places."""
        values = list(self._values(record))
        for place, value in changes:
            values[place] = value
        for place, convert in self._out:
            values[place] = convert(values[place])
        return tuple(values)

    def encode_columns(self, columns: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """Return the column values of many records that are given by fields, each the value of all of them."""
        encoded = list(columns)
        for place, convert in self._out:
            column = columns[place]
            encoded[place] = Same(convert(column.value), len(column)) if isinstance(column, Same) else _column_by(convert, column)
        return encoded

    def decode(self, columns: typing.Sequence[Any]) -> R:
        """Return the record of a row that was selected in the codec's own column order."""
        values = list(columns)
        for place, convert in self._in:
            values[place] = convert(values[place])
        return self.record(*values)
