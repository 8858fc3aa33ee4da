"""Files made to hurt: how long until each is refused in a sentence, in a child of one gigabyte; once alone, once with every core busy.

Measured as the window does it: a limited child stands ready when the file is chosen. The floor is a child started anew that reads a
small good list, which is what a refusal would cost without one that waits.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import xlsxwriter

from emergency_desk.domain.errors import BadFile
from emergency_desk.errands import limited_child
from emergency_desk.errands.imports import known_to
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.exchange.register_files import Register, read_register_file
from tests.benchmarks.rows import Row
from tests.builders import make_desk
from tests.errands import test_hostile_files as files

LIMIT_MS, ROUNDS = 2000.0, 3


def macros(path: Path) -> None:
    files.last_cell(path)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\0" * 1000)


def password(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000))


def page_as_xls(path: Path) -> None:
    path.write_text("<html><table>" + "<tr><td>队</td></tr>" * 100_000 + "</table></html>", encoding="utf-8")


def sheet_bomb(path: Path) -> None:
    """Write a sheet of 1.2 gigabytes that packs into one megabyte."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "名称")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(b'<?xml version="1.0"?><worksheet><sheetData>')
            row = b'<row><c t="inlineStr"><is><t>' + b"x" * 1000 + b"</t></is></c></row>"
            for _block in range(1200):
                part.write(row * 1000)
            part.write(b"</sheetData></worksheet>")


CASES: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("one cell at the last row and column", "a.xlsx", files.last_cell), ("the same untold", "b.xlsx", files.last_cell_untold),
    ("three million rows", "c.csv", files.millions), ("a zip bomb beside the sheet", "d.xlsx", files.bomb),
    ("a zip bomb as the sheet", "e.xlsx", sheet_bomb), ("a macro workbook", "f.xlsm", macros), ("a password", "g.xlsx", password),
    ("an .xls that is a web page", "h.xls", page_as_xls), ("0 bytes", "i.csv", files.nothing), ("half a file", "j.xlsx", files.half))


def run() -> list[Row]:
    """Refuse every file alone, then with every core busy."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for _name, file, make in CASES:
            make(here / file)
        (here / "good.csv").write_text("队伍名称,区县\n一队,北河区\n", encoding="utf-8")
        desk = make_desk(here)
        known = known_to(desk)
        rows = _refuse_all(here, known, "")
        busy = [multiprocessing.get_context("spawn").Process(target=_turn, daemon=True) for _core in range(os.cpu_count() or 1)]
        for process in busy:
            process.start()
        try:
            rows += _refuse_all(here, known, ", every core busy")
        finally:
            for process in busy:
                process.kill()
        desk.store.close()
        return rows


def _refuse_all(folder: Path, known: object, when: str) -> list[Row]:
    cold = median(_took(folder / "good.csv", known, None) for _round in range(ROUNDS))
    rows = []
    for name, file, _make in CASES:
        waiting = ChildInWaiting()
        taken = []
        for _round in range(ROUNDS):
            waiting.get_ready()
            sleep(1.5)  # somebody looks for the file
            taken.append(_took(folder / file, known, waiting))
        rows.append(Row.within_ms(f"refuse {name}{when}", floor_name="a good list, child started anew", floor_ms=cold,
                                  ours_ms=median(taken), ms=LIMIT_MS))
    return rows


def _took(path: Path, known: object, waiting: ChildInWaiting | None) -> float:
    start = perf_counter()
    try:
        limited_child.run(read_register_file, path, Register.TEAMS, "", known, None, seconds=60, name=path.name, waiting=waiting)
        assert path.stem == "good", f"{path.name} was taken"
    except BadFile as error:
        assert error.values["reason"] != "crashed", error.values
    return (perf_counter() - start) * 1000


def _turn() -> None:
    while True:
        pass
