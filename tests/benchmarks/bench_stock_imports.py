"""Imports of stock: 100,000 lots from the file to the commit, beside `executemany` of the very same rows by the bare driver.

The floor writes the lots, movements and balances that the import wrote into a store of the same schema, with the same durability, in one
transaction. Ours is everything between choosing the file and the commit: the limited child, decoding, columns, items, depots and bins, every
rule of the domain, what the books hold already, ids, seals and the journal.
"""

from __future__ import annotations

import tempfile
from gc import collect
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.supplies import Depot, DepotKind, PackUnit, SupplyItem
from emergency_desk.errands import imports
from emergency_desk.services import integrity, supplies, units
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import LOTS, MOVEMENTS
from tests.benchmarks.bench_imports import CSV_TIMES, ROUNDS, ROWS, XLSX_TIMES, write_csv, write_workbook
from tests.benchmarks.rows import Row
from tests.builders import STREET, make_desk

ITEMS, DEPOTS = 200, 50
HEADERS = ("仓库", "货位", "物资名称", "规格型号", "批号", "数量", "生产日期", "有效期至", "入库日期", "来源", "供应商", "单价（元）", "检验状态",
           "备注")
_BALANCES = "lot_id, place_id, item_id, site_id, expires_on, stands, on_hand, free, reserved, quarantined"
_TABLES = (
    (f"SELECT {LOTS.columns} FROM lots", LOTS.insert), (f"SELECT {MOVEMENTS.columns} FROM stock_movements ORDER BY seq", MOVEMENTS.insert),
    (f"SELECT {_BALANCES} FROM stock_balances", f"INSERT INTO stock_balances ({_BALANCES}) VALUES (?,?,?,?,?,?,?,?,?,?)"))


def lines() -> list[tuple[str, ...]]:
    """Return the rows of the list: headers, then lots as a storehouse would write them."""
    random = Random(13)
    found: list[tuple[str, ...]] = [HEADERS]
    for number in range(ROWS):
        year, month, day = random.randrange(2020, 2026), random.randrange(1, 13), random.randrange(1, 28)
        found.append((
            f"储备库{random.randrange(DEPOTS)}", f"{random.choice('ABCD')}-{random.randrange(40):02}", f"物资{random.randrange(ITEMS)}", "",
            f"P{number:06}", f"{random.randrange(1, 400)}{random.choice(('件', '箱'))}", f"{year}-{month:02}-{day:02}",
            f"{year + random.randrange(3, 9)}年{month}月{day}日", f"2026/{random.randrange(1, 10)}/{day}",
            random.choice(("采购", "捐赠", "上级调拨")), random.choice(("利群集团", "海尔", "红十字会")),
            f"{random.randrange(1, 900)}.{random.randrange(100):02}",
            random.choice(("合格", "合格", "未检")), ""))
    return found


def run() -> list[Row]:
    """Import the list as CSV and as XLSX, each into a fresh store, and write the same rows barely."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        listed = lines()
        write_csv(here / "lots.csv", listed)
        write_workbook(here / "lots.xlsx", listed)
        del listed
        rows: list[Row] = []
        for name, times in (("lots.csv", CSV_TIMES), ("lots.xlsx", XLSX_TIMES)):
            taken = [_round(here, here / name, number) for number in range(ROUNDS)]
            ours, floor = median(pair[0] for pair in taken), median(pair[1] for pair in taken)
            rows.append(Row.within_times(f"import 100,000 lots from {name}", floor_name="executemany of the same rows", floor_ms=floor,
                                         ours_ms=ours, times=times))
        return rows


def ground(folder: Path, name: str) -> Desk:
    """Return a desk with items and depots and no lot."""
    desk = make_desk(folder, name=name, account="leader")
    for number in range(DEPOTS):
        site = units.keep_site(desk, site=Site(Id(""), SiteKind.DEPOT, f"储备库{number}", STREET)).value
        supplies.keep_depot(desk, depot=Depot(site.id, DepotKind.WAREHOUSE))
    for number in range(ITEMS):
        supplies.keep_item(desk, item=SupplyItem(Id(""), f"x-{number}", f"物资{number}", "件", packs=(PackUnit("箱", 12),)))
    return desk


def _round(folder: Path, path: Path, number: int) -> tuple[float, float]:
    """Return (ours, floor) in milliseconds."""
    ours = ground(folder, f"ours-{path.suffix}-{number}.store")
    bare_path = folder / f"bare-{path.suffix}-{number}.store"
    collect()
    start = perf_counter()
    preview = imports.preview(ours, kind="lots", path=path)
    taken = imports.take(ours, preview)
    took = (perf_counter() - start) * 1000
    assert (taken.value, len(preview.bad)) == (ROWS, 0), "every row of the list is good"
    del preview
    assert number or integrity.check(ours).is_sound, "the books are equal to the ledger"
    floor = _write_barely(ours, bare_path)
    ours.store.close()
    for each in (ours.store.path, bare_path):
        each.unlink()
    return took, floor


def _write_barely(ours: Desk, path: Path) -> float:
    """Write the rows into a copy of the store from which they were taken out."""
    connection = open_connection(ours.store.path)
    written: list[tuple[str, list[tuple[Any, ...]]]] = [(insert, connection.execute(select).fetchall()) for select, insert in _TABLES]
    connection.execute("VACUUM INTO ?", (str(path),))
    connection.close()
    connection = open_connection(path)
    for name in [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]:
        if "movements" in name or "lots" in name:
            _without(connection, name)
    connection.execute("DELETE FROM stock_balances")
    connection.execute("DELETE FROM stock_movements")
    connection.execute("DELETE FROM lots")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    collect()
    start = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for insert, rows in written:
        connection.executemany(insert, rows)
    connection.execute("COMMIT")
    took = (perf_counter() - start) * 1000
    connection.close()
    return took


def _without(connection: Any, trigger: str) -> None:
    """Drop a trigger that keeps rows from being taken out; an insert never asks it."""
    connection.execute(f'DROP TRIGGER "{trigger}"')
