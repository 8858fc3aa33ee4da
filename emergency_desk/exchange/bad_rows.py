"""The rows given back, written as they came: same columns, same encoding, and one column more that says why.

The file can be mended in any spreadsheet and imported again; the column of reasons is then left out of account.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from emergency_desk.exchange.columns import REASON_HEADER
from emergency_desk.exchange.escapes import escaped
from emergency_desk.exchange.tables import Table


@dataclass(frozen=True, slots=True)
class Returned:
    """A row with the sentences that say why it comes back; the words are chosen by the caller."""

    cells: tuple[str, ...]
    why: str


def ending(table: Table) -> str:
    """Return the ending of the file the rows come back in: a workbook of any kind comes back as XLSX."""
    return ".xlsx" if table.sheet else ".csv"


def write_bad_rows(path: Path, table: Table, returned: Sequence[Returned]) -> None:
    """Write the rows with their reasons."""
    lines = _lines(table, returned)
    if table.sheet:
        _write_workbook(path, table.sheet, lines)
        return
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=table.separator, lineterminator="\r\n").writerows(lines)
    # GB 18030 and UTF-16 hold every character, so a reason in any language can be written in the file's own encoding.
    path.write_bytes(text.getvalue().encode(_with_mark(table.encoding)))


def _lines(table: Table, returned: Sequence[Returned]) -> list[list[str]]:
    """Return headers and rows with the reasons last; reasons of an earlier round are dropped."""
    kept = [at for at, header in enumerate(table.headers) if header != REASON_HEADER]
    width = len(table.headers)
    most = max([width, *(len(row.cells) for row in returned)])
    extra = list(range(width, most))
    headers = [table.headers[at] for at in kept] + [""] * len(extra)
    lines = [[*map(escaped, headers), REASON_HEADER]]
    for row in returned:
        cells = [row.cells[at] if at < len(row.cells) else "" for at in [*kept, *extra]]
        lines.append([*map(escaped, cells), escaped(row.why)])
    return lines


def _with_mark(encoding: str) -> str:
    """Return the encoding to write; plain UTF-8 gets its mark when it carries Chinese reasons that Excel should read."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _write_workbook(path: Path, sheet: str, lines: list[list[str]]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet(sheet[:31])
        for at, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                page.write_string(at, column, cell)
