"""A file read for an inject, in the limited child: a picture made small, any other file as it is."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.drill_files import MOST_FILE_BYTES, ReadFile
from emergency_desk.domain.errors import BadFile

_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


def read_attachment(path: Path) -> ReadFile:
    """Return a file that can be kept. Raises BadFile (not_found, file_too_large, picture_too_large, not_a_picture)."""
    if path.suffix.lower() in _PICTURES:
        from emergency_desk.exchange.photo_files import read_photo

        picture = read_photo(path)
        return ReadFile(path.name, picture.content, picture.width, picture.height)
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BadFile(name=path.name, reason="attachment_too_large")
        return ReadFile(path.name, path.read_bytes())
    except OSError as error:
        raise BadFile(name=path.name, reason="not_found", detail=error.strerror or "") from error
