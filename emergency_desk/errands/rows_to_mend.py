"""What every import of a list does with the rows that come back: they are written beside the list, in its own shape, each with its reason.

Nothing of a list is lost: the rows are written before the others are taken, and the file goes again when those are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import BadFile, DeskError
from emergency_desk.domain.imports import BadRow
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange import bad_rows
from emergency_desk.exchange.bad_rows import Returned
from emergency_desk.exchange.tables import Table
from emergency_desk.wording.import_reasons import row_reasons

Which = Literal["good", "none"]
_ALREADY_TO_MEND = re.compile(r"-to-mend(-\d+)?$")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a list: how many of its rows were taken, and where those given back lie."""

    value: int
    bad_rows_path: Path | None = None
    changes: ChangeSet | None = None


def returned(unread: Iterable[BadRow], more: Iterable[tuple[int, tuple[str, ...], str]] = ()) -> list[Returned]:
    """Return the rows that could not be read and more of them (line, cells, why), in the order of the list."""
    back = [(row.line, row.cells, row_reasons(row.reasons)) for row in unread]
    return [Returned(cells, why) for _line, cells, why in sorted((*back, *more))]


@contextmanager
def written(path: Path, table: Table, back: Iterable[Returned], folder: Path | None) -> Iterator[Path | None]:
    """Write the rows given back beside their list (or into a folder), and lend where while the others are taken; None when there are none.

    Never overwrites a file. Raises BadFile.
    """
    lies_at = _write(path, table, list(back), folder)
    try:
        yield lies_at
    except DeskError:
        if lies_at is not None:
            lies_at.unlink(missing_ok=True)
        raise


def _write(source: Path, table: Table, back: list[Returned], folder: Path | None) -> Path | None:
    if not back:
        return None
    path = _free_path(folder or source.parent, source.stem, bad_rows.ending(table))
    try:
        bad_rows.write_bad_rows(path, table, back)
    except OSError as error:
        raise BadFile(name=path.name, reason="cannot_be_written", detail=fault_of(error)) from error
    return path


def _free_path(folder: Path, stem: str, ending: str) -> Path:
    stem = _ALREADY_TO_MEND.sub("", stem)
    path, number = folder / f"{stem}-to-mend{ending}", 2
    while path.exists():
        path, number = folder / f"{stem}-to-mend-{number}{ending}", number + 1
    return path
