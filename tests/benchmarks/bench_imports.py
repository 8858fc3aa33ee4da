"""Imports: 1,000, 10,000 and 100,000 rows of a messy list from the file to the commit, beside `executemany` of the very same rows by the
bare driver.

The floor writes the rows that the import wrote into a store of the same schema, with the same durability, in one transaction. Ours is
everything between choosing the file and the commit: the limited child, decoding, columns, every check, what the register holds already,
ids, search keys, seals and the journal. The child is started when the desk is opened, as the command and the window do.
"""

from __future__ import annotations

import csv
import tempfile
from contextlib import closing
from gc import collect
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import xlsxwriter

from emergency_desk.errands import imports
from emergency_desk.errands.limited_child import ChildInWaiting
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import TEAMS
from tests.benchmarks.rows import Row
from tests.builders import make_desk

ROWS, ROUNDS = 100_000, 3
CSV_TIMES, XLSX_TIMES = 2.0, 3.0
SMALLER = {1_000: 1_500, 10_000: 3_000}  # rows, and milliseconds: what starts the child and looks over the register counts most there
HEADERS = ("队伍编号", "队伍名称", "队伍类型", "所属街道", "专业能力", "总人数", "备勤人数", "纬度", "经度", "值班电话", "负责人", "驻地地址",
           "车辆装备", "出动时间", "保险有效期", "备注")
STREETS = ("东台街道", "合肥路街道", "南山镇", "北河区", "东台街办")
KINDS = ("专业队伍", "社会力量", "志愿队伍", "基层队伍", "企业专职")
ABILITIES = ("消防灭火、水域救援", "医疗急救", "防汛排涝", "电力抢修；燃气抢修", "破拆")
SIGNS = "东西南北海山河湖石松林云青白金安平新长大"


def lines() -> list[tuple[str, ...]]:
    """Return the rows of the list: headers, then teams as an office would write them."""
    random = Random(11)
    found: list[tuple[str, ...]] = [HEADERS]
    for number in range(ROWS):
        word = "".join(random.choice(SIGNS) for _sign in range(3))
        total = random.randrange(6, 60)
        found.append((
            f"R{number:06}", f"{word}{random.choice(('消防站', '急救站', '救援队', '抢修队'))}{number}", random.choice(KINDS),
            random.choice(STREETS), random.choice(ABILITIES), f"{total}人", str(total - 2), f"{random.uniform(36.0, 36.4):.5f}",
            f"{random.uniform(120.2, 120.6):.5f}", f"0532-8{random.randrange(1_000_000, 9_999_999)}", random.choice(("张三", "李四", "王五")),
            f"{word}路{number % 300}号", "橡皮艇2艘", f"{random.choice((1, 5, 15))}分钟",
            f"20{random.randrange(27, 31)}-{random.randrange(1, 13)}-{random.randrange(1, 28)}", ""))
    return found


def run() -> list[Row]:
    """Import the list as CSV and as XLSX, each into a fresh store, and write the same rows barely."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        listed = lines()
        write_csv(here / "teams.csv", listed)
        write_workbook(here / "teams.xlsx", listed)
        rows = [_smaller(here, listed[:count + 1], ms) for count, ms in SMALLER.items()]
        del listed
        for name, times in (("teams.csv", CSV_TIMES), ("teams.xlsx", XLSX_TIMES)):
            taken = [_round(here, here / name, number) for number in range(ROUNDS)]
            ours, floor = median(pair[0] for pair in taken), median(pair[1] for pair in taken)
            rows.append(Row.within_times(f"import 100,000 rows from {name}", floor_name="executemany of the same rows", floor_ms=floor,
                                         ours_ms=ours, times=times))
        return rows


def _smaller(folder: Path, listed: list[tuple[str, ...]], ms: float) -> Row:
    path = folder / f"{len(listed)}.csv"
    write_csv(path, listed)
    taken = [_round(folder, path, number, len(listed) - 1) for number in range(ROUNDS)]
    return Row.within_ms(f"import {len(listed) - 1:,} rows from a .csv", floor_name="executemany of the same rows",
                         floor_ms=median(pair[1] for pair in taken), ours_ms=median(pair[0] for pair in taken), ms=ms)


def _round(folder: Path, path: Path, number: int, count: int = ROWS) -> tuple[float, float]:
    """Return (ours, floor) in milliseconds."""
    with closing(ChildInWaiting()) as waiting:
        waiting.get_ready()
        ours, bare = make_desk(folder, name=f"ours-{path.suffix}-{number}.store"), make_desk(folder, name=f"bare-{path.suffix}-{number}.store")
        collect()
        start = perf_counter()
        preview = imports.preview(ours, kind="teams", path=path, waiting=waiting)
        taken = imports.take(ours, preview)
        took = (perf_counter() - start) * 1000
    assert (taken.value, len(preview.bad)) == (count, 0), "every row of the list is good"
    del preview
    written = _written(ours)
    floor = _write_barely(bare, written)
    for desk in (ours, bare):
        desk.store.close()
        desk.store.path.unlink()
    return took, floor


def _written(desk: Desk) -> list[tuple[Any, ...]]:
    connection = open_connection(desk.store.path)
    rows = connection.execute(f"SELECT {TEAMS.columns} FROM teams WHERE source != ''").fetchall()
    connection.close()
    return rows


def _write_barely(desk: Desk, rows: list[tuple[Any, ...]]) -> float:
    connection = open_connection(desk.store.path)
    collect()
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(TEAMS.insert, rows)
    connection.execute("COMMIT")
    took = (perf_counter() - start) * 1000
    connection.close()
    return took


def write_csv(path: Path, listed: list[tuple[str, ...]]) -> None:
    """Write a list as an office would: GB 18030."""
    with path.open("w", encoding="gb18030", newline="") as text:
        csv.writer(text, lineterminator="\r\n").writerows(listed)


def write_workbook(path: Path, listed: list[tuple[str, ...]]) -> None:
    """Write a list as a workbook of texts."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("队伍")
        for at, cells in enumerate(listed):
            for column, cell in enumerate(cells):
                page.write_string(at, column, cell)
