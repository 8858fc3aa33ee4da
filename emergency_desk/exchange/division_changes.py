"""Reading the shipped file of changed divisions: which code and name an old one became, so that old papers find today's area."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from emergency_desk.domain.errors import BadFile

_HEAD = "year,old_code,old_name,new_code,new_name"
_MOST_STEPS = 12  # no division changed more often


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """What a division was called and coded until a year, and what it was from then on."""

    year: int
    old_code: str
    old_name: str
    new_code: str
    new_name: str


class DivisionChanges:
    """Changes of codes and names. Codes were given anew in some years, so a change is followed only forward in time."""

    def __init__(self, changes: Iterable[DivisionChange]) -> None:
        self._changes = sorted(changes, key=lambda change: change.year)

    def newest_first(self) -> tuple[DivisionChange, ...]:
        """Return every change, the newest first."""
        return tuple(reversed(self._changes))

    def successor(self, code: str, *, known: Container[str]) -> DivisionChange | None:
        """Return the change that leads from an old code to one that is `known` today; its new code is today's. None: no such code.

        `year` and `old_name` are those of the first step: when and under which name the old code ended.
        """
        first: DivisionChange | None = None
        year, here = 0, code
        for _step in range(_MOST_STEPS):
            steps = [change for change in self._changes if change.old_code == here and change.year >= year and change.new_code != here]
            if not steps:
                return None
            step = steps[-1] if first is None else steps[0]  # the last that bore the code was the one people still write
            first = first or step
            year, here = step.year, step.new_code
            if here in known:
                return DivisionChange(first.year, first.old_code, first.old_name, here, step.new_name)
        return None

    def by_old_name(self, name: str) -> tuple[str, ...]:
        """Return the old codes that bore a name."""
        return tuple(dict.fromkeys(change.old_code for change in reversed(self._changes)
                                   if change.old_name == name and change.new_name != name))


def read_division_changes(folder: Path) -> DivisionChanges:
    """Read the changes from the folder of the divisions. Raises BadFile."""
    path = folder / "changes.csv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="missing", line=0, detail="") from error
    if not lines or lines[0] != _HEAD:
        raise BadFile(name=path.name, reason="damaged", line=1, detail=_HEAD)
    return DivisionChanges(_change(line, number) for number, line in enumerate(lines[1:], start=2))


def _change(line: str, number: int) -> DivisionChange:
    fields = line.split(",")
    if len(fields) != 5 or not fields[0].isdecimal():
        raise BadFile(name="changes.csv", reason="damaged", line=number, detail=line)
    return DivisionChange(int(fields[0]), *fields[1:])
