"""What a backup costs beside copying and syncing a file of the store's size, how it grows, what the desk notices of it, and the black-out pack.

The floor of a copy is the same bytes read, written and synced, in the same run; of opening, the bare driver reading the first page.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from emergency_desk.app import paths
from emergency_desk.domain.backups import Reason
from emergency_desk.errands import own_process
from emergency_desk.errands.background import Background
from emergency_desk.errands.papers import keep_paper
from emergency_desk.services import backups, blackout, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store.backups import back_up, copy_store, seal_of
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import open_store
from emergency_desk.wording import catalog
from tests.benchmarks import big_store
from tests.benchmarks.rows import Row, median_ms
from tests.blackout_evening import DarkEvening
from tests.builders import START
from tests.reports.sheets import paper

SIZES = (1, 10, 100)
INCIDENTS, WRITES = 8, 120
COPY_TIMES, WHOLE_TIMES, OPEN_MS, GROWTH, NOTICED, PACK_MS = 4.0, 30.0, 2_000.0, 1.6, 3.0, 5_000.0


def run() -> list[Row]:
    """Measure each size, then what a desk notices, then the pack."""
    rows: list[Row] = []
    per_megabyte: list[tuple[int, float]] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            desk = big_store.big_desk(Path(folder), size)
            more, each = _of_size(desk, Path(folder), size)
            rows += more
            per_megabyte.append((size, each))
            if size == SIZES[0]:
                rows.append(_noticed(desk))
            desk.store.close()
    first = per_megabyte[0][1]
    rows += [Row.within_times(f"a megabyte of a backup at {size}×", floor_name=f"a megabyte at {SIZES[0]}×", floor_ms=first, ours_ms=each,
                              times=GROWTH) for size, each in per_megabyte[1:]]
    with tempfile.TemporaryDirectory() as folder:
        rows.append(_pack(Path(folder)))
    return rows


def _of_size(desk: Desk, folder: Path, size: int) -> tuple[list[Row], float]:
    store, copy, times = desk.store.path, folder / "copy.store", 5 if size < 100 else 3
    megabytes = store.stat().st_size / 1e6
    floor = median_ms(lambda: _copied_and_synced(store, folder / "floor"), times)
    bare = median_ms(lambda: copy_store(store, copy), times)
    whole = median_ms(lambda: back_up(store, folder / "kept", at=START, reason=Reason.ROUTINE.value), times)
    name, beside = f"{size}×, {megabytes:,.0f} MB", "the file copied, synced and read once"
    first_page = median_ms(lambda: _first_page(copy), times)
    opened = median_ms(lambda: open_store(copy).close(), times)
    rows = [
        Row.within_times(f"copy a store in one state ({name})", floor_name=beside, floor_ms=floor, ours_ms=bare, times=COPY_TIMES),
        Row.within_times(f"backup: copied, checked, sealed ({name})", floor_name=beside, floor_ms=floor, ours_ms=whole, times=WHOLE_TIMES),
        Row.within_ms(f"open a store ({name})", floor_name="the bare driver reads its first page", floor_ms=first_page, ours_ms=opened,
                      ms=OPEN_MS)]
    return rows, whole / megabytes


def _copied_and_synced(store: Path, target: Path) -> None:
    with store.open("rb") as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    seal_of(target)  # whoever keeps a copy reads it once more


def _first_page(store: Path) -> Any:
    connection = open_connection(store, read_only=True)
    try:
        return connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()


def _noticed(desk: Desk) -> Row:
    """Write log lines while a process of its own makes a backup, again and again, beside the same lines while none is made."""
    alone = min(median(_timed(lambda: incidents.write_log(desk, text="现场回报")) for _line in range(WRITES)) for _turn in range(2))
    order, stop = backups.order(desk), threading.Event()

    def keep_on() -> None:
        while not stop.is_set():
            own_process.run(backups.make, order, seconds=600)

    keeper = threading.Thread(target=keep_on)
    keeper.start()
    try:
        meanwhile = median(_timed(lambda: incidents.write_log(desk, text="现场回报")) for _line in range(WRITES))
    finally:
        stop.set()
        keeper.join()
    return Row.within_times("write a log line while a backup is made", floor_name="the same line while none is made", floor_ms=alone,
                            ours_ms=meanwhile, times=NOTICED)


def _timed(act: Callable[[], Any]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def _pack(folder: Path) -> Row:
    """Press the key on an evening with several incidents: gathered here, set in the warm helper process, kept as a file."""
    evening = DarkEvening(folder, tasks=40, more_incidents=INCIDENTS - 1)
    background = Background()
    try:
        background.prepare(catalog.use_language, "zh_CN", paths.locale())
        background.warm("emergency_desk.reports.blackout")
        took = median_ms(lambda: _print(background, evening.desk, folder / "papers"), times=3)
        floor = median_ms(lambda: blackout.blackout_sheet(evening.desk), times=3)
    finally:
        background.close()
        evening.desk.store.close()
    return Row.within_ms(f"the black-out pack of {INCIDENTS} incidents", floor_name="gathering it alone", floor_ms=floor, ours_ms=took,
                         ms=PACK_MS)


def _print(background: Background, desk: Desk, folder: Path) -> None:
    done = threading.Event()
    broken: list[BaseException] = []
    background.helper(keep_paper, blackout.blackout_sheet(desk), folder, paper("zh_CN"), then=lambda _printed: done.set(),
                      broken=lambda error: (broken.append(error), done.set()))
    done.wait()
    if broken:
        raise broken[0]
