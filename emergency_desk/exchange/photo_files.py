"""Reads a photograph (JPEG or PNG) and makes it small: upright, at most so many pixels, without what a camera writes beside it.

Runs in the limited child: a picture made to burst the reader ends the child, never the desk.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.supplies import MOST_PICTURE_BYTES, Picture

LONGEST = 1_024  # pixels of the longer side that is kept
_MOST_PIXELS = 60_000_000  # of the picture that is read; a telephone's has some 12 million
_MOST_FILE_BYTES = 40_000_000
_QUALITIES = (85, 75, 60, 45)


def read_photo(path: Path) -> Picture:
    """Return a picture small enough to be kept. Raises BadFile (not_found, picture_too_large, not_a_picture)."""
    try:
        if path.stat().st_size > _MOST_FILE_BYTES:
            raise BadFile(name=path.name, reason="picture_too_large")
        with Image.open(path, formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise BadFile(name=path.name, reason="picture_too_large")
            return _small(opened, path.name)
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="not_found") from error
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise BadFile(name=path.name, reason="not_a_picture", detail=str(error)[:200]) from error


def _small(opened: Image.Image, name: str) -> Picture:
    opened.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded no larger than needed
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST, LONGEST))
    plain = _on_white(upright)
    for quality in _QUALITIES:
        content = io.BytesIO()
        plain.save(content, "JPEG", quality=quality, optimize=True)
        if content.tell() <= MOST_PICTURE_BYTES:
            return Picture(content.getvalue(), plain.width, plain.height)
    raise BadFile(name=name, reason="picture_too_large")


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without what shines through it."""
    if picture.mode in ("RGBA", "LA", "P"):
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")
