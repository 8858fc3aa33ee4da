"""Text tables: which encoding, which separator, and the rows with their lines.

Encodings: UTF-8 with and without BOM, UTF-16, GB18030 (and so GBK and GB 2312), Big5, Shift-JIS. A file that ends in the middle of a
character or of a quoted cell was cut off and is refused: half of a list of teams looks like a whole one.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from emergency_desk.domain.errors import BadFile
from emergency_desk.exchange.chinese_encodings import SAMPLE, fit, is_latin, is_rare_chinese

SEPARATORS = (",", ";", "\t")
LONGEST_CELL = 100_000
_CERTAIN_UTF8 = 8  # so many well-formed many-byte characters in a row do not happen in GB 18030 by chance
_FITS, _BY_FAR = 0.85, 0.15  # so much of a text are signs in use when its encoding is the right one; so much fewer when it is not
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\r")  # of no encoding but UTF-16 part of another sign


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding: utf-8-sig, utf-8, utf-16, utf-16-le, utf-16-be, cp932, big5hkscs or gb18030. Raises BadFile."""
    if content.startswith(codecs.BOM_UTF8):
        text, encoding = _strictly(content[3:], "utf-8", name), "utf-8-sig"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, encoding = _strictly(content, "utf-16", name), "utf-16"
    elif bare := _utf16_without_mark(content):
        text, encoding = _strictly(content, bare, name), bare
    else:
        text, encoding = _unmarked(content, name)
    is_two_byte = encoding.startswith("utf-16")
    found = _CONTROL.search(text) if is_two_byte or len(content.translate(None, _CONTROL_BYTES)) < len(content) else None
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise BadFile(name=name, reason="nul" if found[0] == "\0" else "control_characters", line=line)
    return text, encoding


def read_rows(text: str, name: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the separator and the rows, each with the line of the file it begins in. Raises BadFile naming the line."""
    told = re.match(r"sep=(.)\r?\n", text)  # Excel's own way to name the separator
    separator = told[1] if told else _separator(text)
    plain = _plain_rows(text, separator)
    if plain is not None:
        return separator, plain[1:] if told else plain
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(name=name, reason=_quoting_reason(str(error)), line=begins) from error
    finally:
        csv.field_size_limit(before)
    return separator, rows[1:] if told else rows


def _plain_rows(text: str, separator: str) -> list[tuple[int, list[str]]] | None:
    """Return the rows of a text without any quotes, where every line is one, as `csv` reads them and in half its time; else None."""
    if '"' in text:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    if max(map(len, lines), default=0) > LONGEST_CELL:  # perhaps a cell that is too long: `csv` tells which
        return None
    return [(number, line.split(separator) if line else []) for number, line in enumerate(lines, start=1)]


def _quoting_reason(said: str) -> str:
    if "unexpected end" in said:
        return "cut_off"
    return "cell_too_long" if "field limit" in said else "quoting"


def _separator(text: str) -> str:
    """Return the separator that stands most often outside quotes in the first rows."""
    outside = "".join(part for at, part in enumerate(text[:20_000].split('"')) if at % 2 == 0)
    lines = [line for line in outside.splitlines()[:10] if line.strip()]
    return max(SEPARATORS, key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _unmarked(content: bytes, name: str) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        good = content[:error.start].decode("utf-8")
        if sum(character > "\x7f" for character in good) >= _CERTAIN_UTF8:
            raise _undecodable(content, error, name) from error
    if (japanese := _japanese(content)) is not None:
        return japanese, "cp932"
    text, ours = _strictly(content, "gb18030", name), fit(content, "gb18030")
    for other in ("big5hkscs", "cp932"):
        if fit(content, other) >= max(_FITS, ours + _BY_FAR):
            return _strictly(content, other, name), other
    if is_latin(text[:SAMPLE]) or (2 * ours < 1 and not is_rare_chinese(content)):
        raise BadFile(name=name, reason="encoding", line=_first_foreign_line(content))
    return text, "gb18030"


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(content, error, name) from error


def _first_foreign_line(content: bytes) -> int:
    return next((number for number, line in enumerate(content.split(b"\n"), start=1) if not line.isascii()), 1)


def _japanese(content: bytes) -> str | None:
    """Return a text in Shift-JIS: its words hold kana, and next to none of the narrow ones that Chinese bytes turn into."""
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text[:200_000] if character > "\x7f"]
    narrow = sum("\uff61" <= character <= "\uff9f" for character in foreign)
    kana = sum("\u3041" <= character <= "\u30fe" for character in foreign)
    return text if kana and narrow * 50 <= len(foreign) else None


def _utf16_without_mark(content: bytes) -> str:
    """Return the byte order when every other byte of the beginning is mostly zero, as in Latin letters and digits."""
    sample = content[:4000]
    if len(sample) < 8 or len(content) % 2:
        return ""
    evens, odds = sample[::2].count(0), sample[1::2].count(0)
    if odds * 4 > len(sample) // 2 and evens * 20 < odds:
        return "utf-16-le"
    return "utf-16-be" if evens * 4 > len(sample) // 2 and odds * 20 < evens else ""


def _undecodable(content: bytes, error: UnicodeDecodeError, name: str) -> BadFile:
    at_end = error.end >= len(content) and error.reason in ("unexpected end of data", "truncated data", "incomplete multibyte sequence")
    return BadFile(name=name, reason="cut_off" if at_end else "encoding", line=content.count(b"\n", 0, error.start) + 1)
