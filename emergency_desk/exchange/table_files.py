"""Tables that leave the desk: CSV in UTF-8 with its mark or in GB 18030, and XLSX in constant memory. No cell becomes a formula."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

import xlsxwriter

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.exchange.escapes import escaped

TableCell = str | int | float | None


class TableFormat(StrEnum):
    """How a table is written."""

    XLSX = "xlsx"
    CSV_UTF8 = "csv_utf8"
    CSV_GB18030 = "csv_gb18030"


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Sequence[TableCell]], *, as_: TableFormat, title: str = "") -> None:
    """Write a table whole or not at all. Raises BadFile when it cannot be written there."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem[:20]}-", suffix=path.suffix, delete=False) as made:
            half = Path(made.name)
        try:
            if as_ is TableFormat.XLSX:
                _write_workbook(half, headers, rows, title)
            else:
                _write_csv(half, headers, rows, "gb18030" if as_ is TableFormat.CSV_GB18030 else "utf-8-sig")
            half.chmod(0o666 & ~_umask())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise BadFile(name=path.name, reason="table_not_written", detail=fault_of(error)) from error


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[TableCell]], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows([_as_text(cell) for cell in row] for row in rows)


def _write_workbook(path: Path, headers: Sequence[str], rows: Iterable[Sequence[TableCell]], title: str) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet(title[:31] or "1")
        bold, plain = workbook.add_format({"bold": True}), workbook.add_format()
        plain.set_quote_prefix()  # text that begins like a formula stays text, also after somebody edits it
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(headers) - 1), 16)
        for column, header in enumerate(headers):
            page.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float) and float(f"{cell:.16G}") == cell:
                    page.write_number(number, column, cell)
                elif isinstance(cell, int | float):  # the workbook keeps 16 digits; this one has more
                    page.write_string(number, column, repr(cell))
                elif cell:
                    page.write_string(number, column, _in_workbook(cell), plain if _begins_live(cell) else None)


def _as_text(cell: TableCell) -> str:
    if cell is None:
        return ""
    return escaped(cell) if isinstance(cell, str) else repr(cell)


def _in_workbook(cell: str) -> str:
    # Only a text that begins with an apostrophe of its own gets another, because reading takes one off.
    return escaped(cell) if cell.startswith("'") else cell


def _begins_live(cell: str) -> bool:
    return escaped(cell) != cell


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
