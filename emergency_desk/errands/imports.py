"""Take a foreign list into the register: parse it in the limited child, show what is in it, take the good rows or none.

Rows that cannot be taken are written to a file beside the list, in its own shape, each with its reasons; mended, that file
is imported like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import BadFile, DeskError
from emergency_desk.domain.imports import BadRow, Reason, RowReason, SiteDraft, Sorted, TeamDraft
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Team
from emergency_desk.errands import limited_child
from emergency_desk.errands.background import Background
from emergency_desk.exchange import bad_rows
from emergency_desk.exchange.register_files import Register, RegisterFile, read_register_file
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.services.desk import Desk
from emergency_desk.services.imports import registered, take_rows
from emergency_desk.wording.import_reasons import row_reasons

Which = Literal["good", "none"]
SECONDS = 60.0  # a house setting: a list of 100,000 rows takes a sixth of it
_ALREADY_TO_MEND = re.compile(r"-to-mend(-\d+)?$")

# What may be imported, and as what: the part of the register, and what the whole list is about.
KINDS: dict[str, tuple[Register, str]] = {
    "teams": (Register.TEAMS, ""),
    "sites": (Register.SITES, ""),
    "fire_stations": (Register.TEAMS, "fire_stations"),
    "ambulance_posts": (Register.TEAMS, "ambulance_posts"),
    "hospitals": (Register.SITES, "hospitals"),
    "depots": (Register.SITES, "depots"),
    "shelters": (Register.SITES, "shelters"),
    "teams:fire_stations": (Register.TEAMS, "fire_stations"),
    "teams:ambulance_posts": (Register.TEAMS, "ambulance_posts"),
    "teams:hospitals": (Register.TEAMS, "hospitals"),
    "sites:fire_stations": (Register.SITES, "fire_stations"),
    "sites:ambulance_posts": (Register.SITES, "ambulance_posts"),
    "sites:hospitals": (Register.SITES, "hospitals"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is taken."""

    kind: str
    path: Path
    file: RegisterFile

    @property
    def good(self) -> tuple[TeamDraft | SiteDraft, ...]:
        """Return the rows that may stand."""
        return self.file.rows.good

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """Return the rows given back."""
        return self.file.rows.bad

    @property
    def records(self) -> list[Team | Site]:
        """Return the good rows as records without ids."""
        return [draft.team if isinstance(draft, TeamDraft) else draft.site for draft in self.good]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: how many rows were taken, and where those given back lie."""

    value: int
    bad_rows_path: Path | None = None
    changes: ChangeSet | None = None


def known_to(desk: Desk) -> Known:
    """Return what the desk knows when it reads a list. Reads the store."""
    return Known(tuple(desk.tree.by_id.values()), desk.area_id, desk.trade.capabilities)


def preview(desk: Desk, *, kind: str, path: Path, seconds: float = SECONDS) -> Preview:
    """Read a file in the limited child and wait for it; for the command line. Raises BadFile."""
    register, about = _register(kind, path)
    file = limited_child.run(read_register_file, path, register, about, known_to(desk), seconds=seconds, name=path.name)
    return _look_up(desk, Preview(kind, path, file))


def ask_preview(
    background: Background, desk: Desk, *, kind: str, path: Path, then: Callable[[Preview], object],
    refused: Callable[[DeskError], object],
) -> None:
    """Read a file without holding anybody up, and hand over its preview or what speaks against it."""
    def read(known: Known) -> None:
        register, about = _register(kind, path)
        background.limited(read_register_file, path, register, about, known, seconds=SECONDS, then=look_up, refused=refused)

    def look_up(file: RegisterFile) -> None:
        background.store(lambda: _look_up(desk, Preview(kind, path, file)), then=then, refused=refused)

    background.store(lambda: known_to(desk), then=read, refused=refused)


def take(desk: Desk, preview: Preview, *, which: Which = "good", folder: Path | None = None) -> Taken:
    """Take all the good rows in one commit, or none; the others are written beside the list (or into a folder).

    The rows given back are written first: were that to fail, nothing would have been taken. Raises BadFile, RoleMissing.
    """
    if which == "none":
        return Taken(0, write_bad_rows(preview, folder))
    path = write_bad_rows(preview, folder)
    try:
        done = take_rows(desk, kind=preview.kind, drafts=preview.records, source=preview.path.name)
    except DeskError:
        if path is not None:
            path.unlink(missing_ok=True)
        raise
    return Taken(done.value, path, done.changes)


def write_bad_rows(preview: Preview, folder: Path | None = None) -> Path | None:
    """Write the rows given back with their reasons; returns where, or None when there is none. Never overwrites a file."""
    if not preview.bad:
        return None
    table = preview.file.table
    path = _free_path(folder or preview.path.parent, preview.path.stem, bad_rows.ending(table))
    try:
        bad_rows.write_bad_rows(path, table, [bad_rows.Returned(row.cells, row_reasons(row.reasons)) for row in preview.bad])
    except OSError as error:
        raise BadFile(name=path.name, reason="cannot_be_written", detail=error.strerror or str(error)) from error
    return path


def _look_up(desk: Desk, preview: Preview) -> Preview:
    """Give back the rows that the register holds already, so that a list imported twice does not stand there twice."""
    held = registered(desk, drafts=preview.records)
    if not held:
        return preview
    rows, table = preview.file.rows, preview.file.table
    cells = dict(zip(table.lines, table.rows, strict=True))
    back = [
        BadRow(draft.line, cells[draft.line], (Reason(RowReason.ALREADY_REGISTERED, "name", values=(("name", record.name),)),))
        for at, (draft, record) in enumerate(zip(preview.good, preview.records, strict=True)) if at in held
    ]
    good: tuple[Any, ...] = tuple(draft for at, draft in enumerate(preview.good) if at not in held)
    bad = tuple(sorted((*preview.bad, *back), key=lambda row: row.line))
    return replace(preview, file=replace(preview.file, rows=Sorted(good, bad, rows.ignored_columns)))


def _free_path(folder: Path, stem: str, ending: str) -> Path:
    stem = _ALREADY_TO_MEND.sub("", stem)
    path, number = folder / f"{stem}-to-mend{ending}", 2
    while path.exists():
        path, number = folder / f"{stem}-to-mend-{number}{ending}", number + 1
    return path


def _register(kind: str, path: Path) -> tuple[Register, str]:
    found = KINDS.get(kind)
    if found is None:
        raise BadFile(name=path.name, reason="kind_unknown", kind=kind, known=", ".join(KINDS))
    return found
