"""Plain text from offices: which encoding, and its lines; with the marks of Markdown taken for what they mean.

Encodings: UTF-8 with and without mark, UTF-16 with and without, GB 18030 (so GBK and GB 2312), Big5. One that fits badly is refused: a plan
of wrong characters is worse than none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_proposals import FileNote, FileNoteKind
from emergency_desk.exchange.chinese_encodings import SAMPLE, fit
from emergency_desk.exchange.written_lines import MOST_LINES, Written, WrittenText

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_DESTROYED = re.compile("\ufffd|锟斤拷|锘縗|烫烫烫")
_FITS = 0.85  # so much of a text are common signs when its encoding is the right one
_MARK = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB 18030", "big5hkscs": "Big5"}
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$")
_STRONG = re.compile(r"\s*(\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s|:\-]+$")


def read_plain_text(content: bytes, name: str) -> WrittenText:
    """Read a text file into lines. Raises BadFile."""
    text, encoding = decode(content, name)
    destroyed = len(_DESTROYED.findall(text))
    if destroyed * 50 > len(text):
        raise BadFile(name=name, reason="plan_signs_destroyed")
    notes = [FileNote(FileNoteKind.ENCODING, detail=_MARK[encoding])] if encoding in _MARK and encoding != "utf-8-sig" else []
    if destroyed:
        notes.append(FileNote(FileNoteKind.UNREADABLE_SIGNS, destroyed))
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise BadFile(name=name, reason="plan_too_long", most=MOST_LINES)
    lines = tuple(_lines(text))
    if len(lines) > MOST_LINES:
        raise BadFile(name=name, reason="plan_too_long", most=MOST_LINES)
    if not any(line.words or line.table for line in lines):
        raise BadFile(name=name, reason="plan_empty")
    return WrittenText(name, lines, tuple(notes))


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding. Raises BadFile."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _clean(_decoded(content, encoding, name), name), encoding
    try:
        return _clean(content.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        pass
    fits = {encoding: fit(content, encoding) for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")}
    best = max(fits, key=lambda encoding: fits[encoding])
    if fits[best] < _FITS:
        raise BadFile(name=name, reason="plan_not_text" if _NO_TEXT.search(content[:SAMPLE]) else "plan_encoding")
    return _clean(_decoded(content, best, name), name), best


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "plan_cut_off" if error.end >= len(content) else "plan_encoding"
        raise BadFile(name=name, reason=reason) from error


def _clean(text: str, name: str) -> str:
    if _CONTROL.search(text):
        raise BadFile(name=name, reason="plan_not_text")
    return text


def _lines(text: str) -> Iterator[Written]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    for at, raw in _numbered(text):
        if _ROW.fullmatch(raw) and raw.count("|") > 2:
            if not _RULE.fullmatch(raw):
                rows.append((at, tuple(cell.strip() for cell in raw.strip()[1:-1].split("|"))))
            continue
        if rows:
            yield _table(rows)
            rows = []
        if raw.strip():
            yield _line(at, raw)
    if rows:
        yield _table(rows)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Give each line with its number; a page may end within a line of the file."""
    for at, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        for part in re.split("[\x0b\x0c\u2028\u2029]", line):
            yield at, part


def _table(rows: list[tuple[int, tuple[str, ...]]]) -> Written:
    widest = max(len(cells) for _at, cells in rows)
    return Written(rows[0][0], "", table=tuple((*cells, *("",) * (widest - len(cells))) for _at, cells in rows))


def _line(at: int, raw: str) -> Written:
    heading = _HEADING.fullmatch(raw)
    if heading:
        return Written(at, heading[2].strip(), level=len(heading[1]))
    strong = _STRONG.fullmatch(raw)
    return Written(at, (strong[2] if strong else raw).strip(), is_soft=not strong)
