"""The order of clauses and versions: "4.10" comes after "4.9"."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=16_384)
def clause_key(number: str) -> tuple[int, ...]:
    """Return a key by which "4.10" sorts after "4.9"."""
    return tuple(int(part) for part in re.findall(r"\d+", number))
