"""Tables from elsewhere: CSV in the encodings met in offices, XLSX, XLS and ODS, as rows of strings.

Decides what a file is by its content, not by its name; what cannot be read whole is refused with a precise reason and
never guessed. What the columns mean is decided by the readers of each subject. Call it in the limited child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange import column_guessing, csv_text, geo_points, workbooks
from emergency_desk.exchange.escapes import unescaped
from emergency_desk.exchange.plan_mark import is_of_plans

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 1_000_000  # a house setting: ten times the greatest register
_MOST_IN_SECOND_HEADER = 20
_MOST_ABOVE = 10  # rows among which the headers are looked for


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of strings. Every row has at least as many cells as there are headers; `lines` are those of the file."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    lines: tuple[int, ...]
    encoding: str = "utf-8"
    separator: str = ","
    sheet: str = ""  # empty for a text file
    header_line: int = 1


def read_table(path: Path | str) -> Table:
    """Read a file into a table. Raises BadFile(name, reason, line or detail)."""
    path = Path(path)
    content, may_be_escaped = _content(path), True
    if workbooks.looks_like_one(content):
        sheet, numbered = workbooks.read_rows(content, path.name)
        encoding, separator = "utf-8", ","
    elif geo_points.looks_like_one(content):
        numbered = geo_points.read_rows(content, path.name)
        encoding, separator, sheet = "utf-8", ",", ""
    else:
        _refuse_other_kinds(content, path.name)
        if content.count(b"\n") > MOST_ROWS:  # counted before anything is read, so that it is told at once
            raise BadFile(name=path.name, reason="too_many_rows", most=MOST_ROWS)
        text, encoding = csv_text.decode(content, path.name)
        separator, numbered = csv_text.read_rows(text, path.name)
        sheet, may_be_escaped = "", "'" in text
    return _table(path.name, numbered, encoding=encoding, separator=separator, sheet=sheet, may_be_escaped=may_be_escaped)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(name=path.name, reason="too_large", memory_mb=MOST_BYTES // (1024 * 1024))
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(name=path.name, reason="not_found") from error
    except OSError as error:
        raise BadFile(name=path.name, reason="unreadable", detail=fault_of(error)) from error
    if not content:
        raise BadFile(name=path.name, reason="empty")
    return content


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if is_of_plans(content):
        raise BadFile(name=name, reason="plan_bundle")
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style")) or b"<html" in start:
        raise BadFile(name=name, reason="html")
    if start.startswith(b"<?xml"):
        raise BadFile(name=name, reason="xml")
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        raise BadFile(name=name, reason="not_a_table")


def _table(
    name: str, numbered: Sequence[tuple[int, list[str]]], *, encoding: str, separator: str, sheet: str, may_be_escaped: bool = True,
) -> Table:
    filled = [(line, cells) for line, cells in numbered if any(map(str.strip, cells))]
    if not filled:
        raise BadFile(name=name, reason="empty")
    top = [(line, _trimmed(cells)) for line, cells in filled[:_MOST_ABOVE + 1]]
    first = _header_row(top[:_MOST_ABOVE])
    headers = tuple(unescaped(header).strip() for header in top[first][1])
    below = _second_header(headers, list(map(unescaped, top[first + 1][1]))) if first + 1 < len(top) else ()
    body = filled[first + 2 if below else first + 1:]
    headers = below or headers
    if not body:
        raise BadFile(name=name, reason="no_rows", line=filled[first][0])
    width = len(headers)
    rows = [tuple(cells) if len(cells) == width else _fitted(cells, width) for _line, cells in body]
    if may_be_escaped and any("'" in "".join(cells) for cells in rows):
        rows = [tuple(map(unescaped, cells)) if "'" in "".join(cells) else cells for cells in rows]
    return Table(name, headers, tuple(rows), tuple(line for line, _cells in body), encoding, separator, sheet, filled[first][0])


def _header_row(filled: list[tuple[int, list[str]]]) -> int:
    """Return where the headers are: below a title that stands alone in its row, as office sheets have it."""
    widest = max(sum(bool(cell.strip()) for cell in cells) for _line, cells in filled)
    if widest == 1:
        return 0
    return next(at for at, (_line, cells) in enumerate(filled) if sum(bool(cell.strip()) for cell in cells) > 1)


def _second_header(headers: tuple[str, ...], cells: list[str]) -> tuple[str, ...]:
    """Return the headers of two rows as one, where the first has merged cells that the second divides; else nothing.

    A merged cell leaves blanks beside it; the second row fills every one of them and is blank where the first row's cells reach down.
    """
    width = max(len(headers), len(cells))
    upper = [*headers, *[""] * (width - len(headers))]
    lower = [*(cell.strip() for cell in cells), *[""] * (width - len(cells))]
    divided = [at for at in range(width) if not upper[at]]
    if not divided or not all(lower[at] for at in divided) or all(lower):
        return ()
    if any(len(cell) > _MOST_IN_SECOND_HEADER or any(map(str.isdigit, cell)) for cell in lower):
        return ()
    return tuple(below or above for above, below in zip(upper, lower, strict=True))


def without_header(table: Table) -> Table:
    """Return a table whose first row was taken for headers and is a row."""
    rows = (table.headers, *table.rows)
    return replace(table, headers=column_guessing.nameless(len(table.headers)), rows=rows, lines=(table.header_line, *table.lines))


def _fitted(cells: list[str], width: int) -> tuple[str, ...]:
    """Return the cells of a row that is shorter than the headers, or longer; blanks beyond them are no cells."""
    if len(cells) > width:
        return tuple(cells[:max(width, len(_trimmed(cells)))])
    return (*cells, *("",) * (width - len(cells)))


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
