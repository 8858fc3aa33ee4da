"""Files made to hurt: each is refused in a sentence within seconds, in a child of one gigabyte, and the desk goes on."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from emergency_desk.domain.errors import BadFile
from emergency_desk.errands import imports
from emergency_desk.wording.refusals import sentence
from tests.builders import make_desk

SECONDS = 6.0  # two on a quiet machine of today; the tests share theirs


@cache
def _last_cell() -> bytes:
    """Write it once: the writer itself takes a hundred megabytes for it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        page.write(0, 0, "名称")
        page.write(1_048_575, 16_383, "队")
    return content.getvalue()


def last_cell(path: Path) -> None:
    path.write_bytes(_last_cell())


def last_cell_untold(path: Path) -> None:
    """Write the same without the dimension that gives it away."""
    last_cell(path)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content.replace(b'<dimension ref="A1:XFD1048576"/>', b""))


def bomb(path: Path) -> None:
    last_cell(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book, book.open("xl/media/bomb.bin", "w", force_zip64=True) as part:
        for _megabyte in range(700):
            part.write(bytes(1024 * 1024))


def millions(path: Path) -> None:
    path.write_text("名称\n" + "队\n" * 3_000_000, encoding="utf-8")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def half(path: Path) -> None:
    last_cell(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(("make", "name"), [
    (last_cell, "a.xlsx"), (last_cell_untold, "a.xlsx"), (bomb, "a.xlsx"), (millions, "a.csv"), (nothing, "a.csv"), (half, "a.xlsx")])
def test_a_file_made_to_hurt_is_refused_quickly_and_the_desk_goes_on(tmp_path: Path, make: Callable[[Path], None], name: str) -> None:
    make(tmp_path / name)
    desk = make_desk(tmp_path)
    began = time.monotonic()
    with pytest.raises(BadFile) as told:
        imports.preview(desk, kind="teams", path=tmp_path / name)
    assert time.monotonic() - began < SECONDS
    assert name in sentence(told.value)
    assert len(desk.tree) == 6
