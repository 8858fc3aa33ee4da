"""Workbooks: XLSX, XLS and ODS through calamine, cells as strings. Macros and passwords are refused by name.

A workbook of a kilobyte can ask for half a terabyte: read it only in the limited child.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from emergency_desk.domain.errors import BadFile

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls, and the envelope around a workbook with a password
_MOST_UNPACKED = 600 * 1024 * 1024


def looks_like_one(content: bytes) -> bool:
    """Say whether the content is a zip or an OLE file, as workbooks are."""
    return content.startswith((_ZIP, _EMPTY_ZIP, _OLE))


def read_rows(content: bytes, name: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the first visible sheet that holds something, and its rows with their numbers. Raises BadFile."""
    if content.startswith(_OLE):
        _check_ole(content, name)
    else:
        _check_zip(content, name)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            return _first_sheet(workbook, name)
    except python_calamine.PasswordError as error:
        raise BadFile(name=name, reason="password") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise BadFile(name=name, reason="damaged", detail=str(error)) from error


def _first_sheet(workbook: Any, name: str) -> tuple[str, list[tuple[int, list[str]]]]:
    visible = python_calamine.SheetVisibleEnum.Visible
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    for about in workbook.sheets_metadata:
        if about.visible != visible or about.typ != worksheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.start is None:
            continue
        first = sheet.start[0] + 1
        rows = [(first + at, [cell if type(cell) is str else _as_text(cell) for cell in cells])
                for at, cells in enumerate(sheet.to_python(skip_empty_area=True))]
        if any(cell.strip() for _line, cells in rows for cell in cells):
            return about.name, rows
    raise BadFile(name=name, reason="empty")


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # A phone number kept as a number is written without a point and without an exponent.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _check_ole(content: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise BadFile(name=name, reason="password")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise BadFile(name=name, reason="macros")
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise BadFile(name=name, reason="not_a_table")


def _check_zip(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadFile(name=name, reason="damaged", detail=str(error)) from error
    names = {member.filename for member in members}
    if sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise BadFile(name=name, reason="too_large", memory_mb=_MOST_UNPACKED // (1024 * 1024))
    if any(name_.lower().endswith("vbaproject.bin") or name_.startswith(("Basic/", "Scripts/")) for name_ in names):
        raise BadFile(name=name, reason="macros")
    if b"encryption-data" in manifest:
        raise BadFile(name=name, reason="password")
    if "xl/workbook.xml" not in names and "xl/workbook.bin" not in names and "content.xml" not in names:
        raise BadFile(name=name, reason="not_a_table")
