"""Reads the file that Xvfb draws its screen into (an X window dump) and writes it as PNG, with nothing but the standard library."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

_COLOUR_BYTES = 12  # of an entry of the table of colours behind the head; source: XWDFile.h


@dataclass(frozen=True)
class Picture:
    """A screen: three bytes for each point, red first."""

    width: int
    height: int
    pixels: bytes


def read_screen(path: Path) -> Picture:
    """Read a file that is drawn into."""
    return picture_of(path.read_bytes())


def picture_of(dump: bytes) -> Picture:
    """Return the picture of a dump of 24 bits in 32, the kind that Xvfb makes on machines whose lowest byte comes first."""
    head = struct.unpack_from(">25I", dump)
    head_size, width, height, bits, line, colour_count = head[0], head[4], head[5], head[11], head[12], head[19]
    assert bits == 32 and head[7] == 0, "another kind of screen"  # the lowest byte first: blue, green, red, nothing
    begin = head_size + colour_count * _COLOUR_BYTES
    body = dump[begin : begin + line * height]
    pixels = bytearray(3 * width * height)
    for place, source in ((0, 2), (1, 1), (2, 0)):
        pixels[place::3] = b"".join(body[row * line + source : row * line + 4 * width : 4] for row in range(height))
    return Picture(width, height, bytes(pixels))


def colours(picture: Picture) -> int:
    """Return how many different colours a picture shows; an empty screen has one."""
    return len({picture.pixels[at : at + 3] for at in range(0, len(picture.pixels), 3)})


def write_png(picture: Picture, path: Path) -> None:
    """Write a picture as PNG."""
    path.write_bytes(png(picture))


def png(picture: Picture) -> bytes:
    """Return a picture as PNG."""
    rows = b"".join(b"\0" + picture.pixels[row * 3 * picture.width : (row + 1) * 3 * picture.width] for row in range(picture.height))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", head) + _part(b"IDAT", zlib.compress(rows)) + _part(b"IEND", b""))


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
