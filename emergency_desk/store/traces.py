"""Looks bytes over for records of people who were destroyed.

Such a record begins with the id of the person and the id of the incident, side by side; nowhere else do the two stand so. What is looked
for holds no name, so nothing of what was destroyed has to be known.
"""

from __future__ import annotations

import mmap
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked over, and how many records were found."""

    files: int
    bytes_read: int
    found: int


def files_of(store: Path) -> list[Path]:
    """Return the store's file and its write-ahead log."""
    return [path for path in (store, Path(f"{store}-wal")) if path.exists()]


def logs_in(folder: Path | None) -> list[Path]:
    """Return the log files of a folder."""
    return sorted(path for path in folder.glob("*.log*") if path.is_file()) if folder is not None and folder.is_dir() else []


def look(paths: Iterable[Path], people: Collection[str], *, incident_id: str) -> Looked:
    """Count the records of some people in some files."""
    wanted, needle = frozenset(one.encode("ascii") for one in people), incident_id.encode("ascii")
    files = size = found = 0
    for path in paths:
        files, size = files + 1, size + path.stat().st_size
        if path.stat().st_size:
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                found += _records(content, wanted, needle)
    return Looked(files, size, found)


def _records(content: mmap.mmap, wanted: frozenset[bytes], needle: bytes) -> int:
    found, place = 0, content.find(needle)
    while place >= 0:
        found += place >= _ID_LENGTH and content[place - _ID_LENGTH:place] in wanted
        place = content.find(needle, place + 1)
    return found


def count(paths: Iterable[Path], words: str) -> int:
    """Return how often some words stand in some files, in UTF-8 or UTF-16."""
    written = [words.encode(writing) for writing in ("utf-8", "utf-16-le", "utf-16-be")]
    return sum(path.read_bytes().count(one) for path in paths for one in written)
