"""A photograph read for an item; what reads it is loaded only in the limited child that calls this."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.supplies import Picture


def read_picture(path: Path) -> Picture:
    """Return a photograph small enough to be kept. Raises BadFile."""
    from emergency_desk.exchange.photo_files import read_photo

    return read_photo(path)
