"""How a refusal chooses among several sentences; used by the tables of every subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emergency_desk.wording.catalog import _

Telling = Callable[[Mapping[str, str], Any], str]


def by_reason(table: Mapping[str, str], otherwise: str) -> Telling:
    """Return what tells a refusal by its value `reason`."""
    def tell(words: Mapping[str, str], error: Any) -> str:
        return _(table.get(str(error.values.get("reason", "")), otherwise)).format_map(words)

    return tell
