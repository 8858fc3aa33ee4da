"""A file of an inject read in the limited child (a picture made small, any other file as it is), and written out to be opened."""

from __future__ import annotations

import re
from pathlib import Path

from emergency_desk.domain.drill_files import MOST_FILE_BYTES, KeptFile, ReadFile
from emergency_desk.domain.errors import BadFile, PaperNotWritten
from emergency_desk.domain.system_faults import fault_of

_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


def read_attachment(path: Path) -> ReadFile:
    """Return a file that can be kept. Raises BadFile (not_found, unreadable, attachment_too_large, picture_too_large, not_a_picture)."""
    if path.suffix.lower() in _PICTURES:
        from emergency_desk.exchange.photo_files import read_photo

        picture = read_photo(path)
        return ReadFile(path.name, picture.content, picture.width, picture.height)
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BadFile(name=path.name, reason="attachment_too_large")
        return ReadFile(path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="not_found", detail=fault_of(error)) from error
    except OSError as error:  # a folder, or what this account may not open
        raise BadFile(name=path.name, reason="unreadable", detail=fault_of(error)) from error


def write_out(kept: KeptFile, folder: Path) -> Path:
    """Write a kept file beside the papers, under its own name behind its digest, and return where. Raises PaperNotWritten."""
    name = re.sub(r"[^\w.-]", "_", kept.file.name)
    path = folder / "drills" / f"{kept.file.digest[:8]}-{name}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept.content)
    except OSError as error:
        raise PaperNotWritten(name=path.name, path=str(path), reason="other", detail=fault_of(error)) from error
    return path
