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

from emergency_desk.domain.record_columns import Same
from emergency_desk.store.codec import sealed_text

_WRITERS: dict[type, Callable[[Any], str]] = {str: json.encoder.encode_basestring, int: int.__repr__, float: float.__repr__}


def seals_of(columns: Sequence[Sequence[Any]]) -> list[str]:
    """Return the seal of every row of some columns, which are all as long as the first."""
    parts: list[Iterable[str]] = []
    for is_one, group in groupby(columns, key=lambda column: isinstance(column, Same)):
        some = list(group)
        parts += [Same(",".join(_json(column[0]) for column in some), len(columns[0]))] if is_one else map(_written, some)
    return [blake2b(f"[{text}]".encode(), digest_size=16).hexdigest() for text in map(",".join, zip(*parts, strict=True))]


def _written(column: Sequence[Any]) -> list[str]:
    """Return the JSON of every value of a column."""
    kinds = set(map(type, column))
    write = _WRITERS.get(kinds.pop()) if len(kinds) == 1 else None
    if write is None or (write is float.__repr__ and not all(map(math.isfinite, column))):
        return list(map(_json, column))
    return list(map(write, column))


def _json(value: Any) -> str:
    return sealed_text((value,))[1:-1]
