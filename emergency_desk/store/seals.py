"""The seals of many rows at once, made from their columns: the very seals that `codec.digest_of` makes row by row.

What a column says is written as JSON once for all rows where it is the same, and by one call for all rows where it is not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import Any

from emergency_desk.store.codec import sealed_text

_NOTHING = type(None)
_WRITERS: dict[type, Callable[[Any], str]] = {str: json.encoder.encode_basestring, int: int.__repr__, float: float.__repr__}  # type: ignore[attr-defined]


def seals_of(columns: Sequence[Sequence[Any]]) -> list[str]:
    """Return the seal of every row of some columns, which are all as long as the first."""
    written = [_written(column) for column in columns]
    parts: list[Iterable[str]] = []
    for is_one, some in groupby(written, key=lambda column: isinstance(column, str)):
        parts += [[",".join(map(str, some))] * len(columns[0])] if is_one else some
    return [blake2b(f"[{text}]".encode(), digest_size=16).hexdigest() for text in map(",".join, zip(*parts, strict=True))]


def _written(column: Sequence[Any]) -> str | list[str]:
    """Return the JSON of every value of a column, or the one JSON of them all."""
    kinds = set(map(type, column))
    kind = kinds.pop()
    if kinds or kind not in _WRITERS:
        return _written_each(column)
    if kind is float and not all(map(math.isfinite, column)):
        return _written_each(column)
    if kind is not float and column.count(column[0]) == len(column):  # 0.0 and -0.0 are equal and not written alike
        return _json(column[0])
    return list(map(_WRITERS[kind], column))


def _written_each(column: Sequence[Any]) -> str | list[str]:
    if all(value is None for value in column):
        return "null"
    return [_json(value) for value in column]


def _json(value: Any) -> str:
    return sealed_text((value,))[1:-1]
