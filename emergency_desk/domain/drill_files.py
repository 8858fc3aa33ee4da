"""Files kept with a drill: what goes out with an inject, shown and printed on its card. What a file holds is kept beside its sealed record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import picture_digest

MOST_FILE_BYTES = 1_048_576
MOST_FILES = 4  # of one inject


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: a picture made small (with its size), or any other file as it is."""

    name: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """What seals it."""
        return picture_digest(self.content)


@dataclass(frozen=True, slots=True)
class DrillFile:
    """A file of a drill. `inject_id`: the inject it goes out with. `width` 0: no picture."""

    id: Id
    drill_id: Id
    name: str
    digest: str
    size: int
    added_at: datetime
    added_by: Id
    inject_id: Id | None = None
    width: int = 0
    height: int = 0
    is_retired: bool = False
    version: int = 0

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown and printed."""
        return self.width > 0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file with what it holds, as a paper or a page shows it; `is_whole` False: what was kept is gone or was altered outside."""

    file: DrillFile
    content: bytes
    is_whole: bool


def check_file(read: ReadFile, *, there: int) -> ReadFile:
    """Return a file that can be kept. Raises FieldRefused when it is empty or too large, or the inject has enough."""
    if not read.content or len(read.content) > MOST_FILE_BYTES:
        raise FieldRefused(name="path", reason="drill_file", typed=f"{len(read.content) // 1_024} KB", other=f"{MOST_FILE_BYTES // 1_024} KB")
    if there >= MOST_FILES:
        raise FieldRefused(name="path", reason="drill_files_enough", typed=read.name, other=str(MOST_FILES))
    return read


def kept_file(file: DrillFile, content: bytes) -> KeptFile:
    """Return a file with its content, and whether that is what was kept."""
    return KeptFile(file, content, picture_digest(content) == file.digest)
