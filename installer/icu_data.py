"""Take the languages the desk does not speak out of the data of ICU, which Qt brings whole: 32 MB become a few.

The data is one package inside libicudata: a head, a table of names and places, the items one after the other, each at a multiple of 16.
Source: ICU User Guide, "ICU Data", and udata.h / ucmndata.h of ICU 73.
"""

from __future__ import annotations

import re
import struct

LANGUAGES = ("en", "zh")
_LOCALE = re.compile(r"(?P<language>[a-z]{2,3})(?:_[A-Za-z0-9_]+)?\.res")
# Transliteration, numbers in words, names of characters, words of Thai and its neighbours, old encodings (Python reads those): Qt asks for none.
_LEFT_OUT = re.compile(r"translit/.*|rbnf/.*|brkitr/.*|unames\.icu|.*\.cnv")


def trimmed(package: bytes) -> bytes:
    """Return the package with the items of our languages, and of none, alone."""
    head = struct.unpack_from("<H", package)[0]
    items = dict(sorted((name, content) for name, content in _items(package, head).items() if is_kept(name.partition("/")[2])))
    names = b"".join(name.encode() + b"\0" for name in items)
    begin = 4 + 8 * len(items)
    table, place, data = [], _multiple_of_16(begin + len(names), head), b""
    name_place = begin
    for name, content in items.items():
        table.append(struct.pack("<II", name_place, place + len(data)))
        name_place += len(name) + 1
        data += content + b"\0" * (-len(content) % 16)
    contents = struct.pack("<I", len(items)) + b"".join(table) + names
    return package[:head] + contents + b"\0" * (place - len(contents)) + data


def is_kept(name: str) -> bool:
    """Tell whether an item, named below the package, belongs to one of our languages or to all."""
    if _LEFT_OUT.fullmatch(name):
        return False
    found = _LOCALE.fullmatch(name.rpartition("/")[2])
    return found is None or name.endswith("res_index.res") or found["language"] in LANGUAGES


def _items(package: bytes, head: int) -> dict[str, bytes]:
    count = struct.unpack_from("<I", package, head)[0]
    entries = [struct.unpack_from("<II", package, head + 4 + 8 * at) for at in range(count)]
    ends = [place for _name, place in entries[1:]] + [len(package) - head]
    found = {}
    for (name_place, place), end in zip(entries, ends, strict=True):
        name = package[head + name_place : package.index(b"\0", head + name_place)].decode()
        found[name] = package[head + place : head + end]
    return found


def _multiple_of_16(length: int, head: int) -> int:
    return length + -(head + length) % 16
