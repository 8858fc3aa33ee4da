"""Holds what the files of drills hold against their sealed records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.integrity import Difference
from emergency_desk.store.repositories.drill_contents import wrong_contents

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories


def check_drills(connection: Any, _reading: Repositories) -> Iterator[Difference]:
    """Yield the files that are gone or were altered outside."""
    for file, expected, found in wrong_contents(connection):
        yield Difference(what="drill_file", where=f"drill_contents {file}", expected=expected, found=found)
