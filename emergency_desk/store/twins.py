"""Makes the twin a drill is played on: a second store with today's registers, stock and plans, and nothing of what happened.

How its tables are filled stands in `twin_making`. The live store is only read, at one moment, and nobody waits for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from threading import Event
from typing import IO, Any

from emergency_desk.domain.drill_errors import IsTwin
from emergency_desk.domain.drill_twins import TwinCounts, TwinMark, TwinOrder
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import backups, key_file
from emergency_desk.store.codec import reader_of, to_json
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import key_for
from emergency_desk.store.schema import APPLICATION_ID
from emergency_desk.store.store import Store
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble
from emergency_desk.store.twin_making import NARROW, TWIN_SETTING, Making
from emergency_desk.store.twin_seals import LookBeside, look_beside, stand_back

_read_mark: Callable[[Any], TwinMark] = reader_of(TwinMark)
_PART = ".part"
_PAGE = 16_384  # handed over in three quarters of the time that pages of 4,096 take
_WRITE_SECONDS = 0.1  # between two times at which the disk is asked to write what has come


def folder_of(store: Path) -> Path:
    """Return where the twins of a store lie: beside it."""
    return store.parent / f"{store.stem}-drills"


def twin_path(store: Path, name: str) -> Path:
    """Return where a twin of a store lies."""
    return folder_of(store) / name


def made(store: Path) -> list[Path]:
    """Return the twins that lie beside a store."""
    return sorted(folder_of(store).glob("*.store"))


def mark_from(content: str) -> TwinMark:
    """Read what a twin says of itself."""
    return _read_mark(json.loads(content))


def make_twin(order: TwinOrder) -> TwinCounts:
    """Make the twin, whole or not at all. Raises StoreTrouble."""
    working = order.target.with_name(order.target.name + _PART)
    connections: list[Any] = []
    try:
        order.target.parent.mkdir(parents=True, exist_ok=True)
        working.unlink(missing_ok=True)
        counts = _fill(working, order, connections)
        key_file.copy_beside(order.live, order.target)
        _put_in_place(working, order.target)
        return counts
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(order.target)) from error
    except OSError as error:
        raise StoreTrouble(path=str(order.target), reason="disk_full" if error.errno == ENOSPC else "disk_error", backup="") from error
    finally:
        for connection in connections:
            connection.close()
        working.unlink(missing_ok=True)


def seal(path: Path, *, account_id: Id, at: datetime, key: StoreKey | None = None) -> tuple[int, str]:
    """Let a twin say that it is sealed, as the last entry of its journal; returns that entry's number and hash. Raises StoreTrouble."""
    store = Store(path, key=key_for(path, key))
    try:
        with store.open_work(account_id=account_id, desk_code="", at=at) as work:
            kept = work.settings.get(TWIN_SETTING)
            mark = mark_from(kept.content)
            if not mark.is_sealed:
                work.settings.put(replace(kept, content=to_json(replace(mark, is_sealed=True))))
                work.commit("seal_twin", drill=mark.number)
        with store.reading() as reading:
            last = reading.journal_after(reading.journal_number() - 1)[0]
        store.fold_in()
        return last.number, last.hash
    finally:
        store.close()


def refuse_twin(path: Path, *, key: StoreKey | None = None) -> None:
    """Refuse the twin of a drill where a real store is wanted. Raises IsTwin."""
    connection = open_connection(path, key=key, read_only=True)
    try:
        row = connection.execute("SELECT content FROM settings WHERE id = ?", (TWIN_SETTING,)).fetchone()
    finally:
        connection.close()
    if row:
        mark = mark_from(row[0])
        raise IsTwin(number=mark.number, path=mark.live)


def hash_at(path: Path, number: int, *, key: StoreKey | None = None) -> str:
    """Return the hash of an entry of a twin's journal, "" where it cannot be read."""
    connection: Any = None
    try:
        connection = open_connection(path, key=key_for(path, key), read_only=True)
        row = connection.execute("SELECT hash FROM journal WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else ""
    except (StoreTrouble, *DRIVER_ERRORS):
        return ""
    finally:
        if connection is not None:
            connection.close()


def destroy(path: Path) -> None:
    """Write zeros over a twin and delete it, with what lies beside it."""
    for side in ("", "-wal", "-shm", ".reserve", ".keys"):
        backups.destroy(Path(f"{path}{side}"))


def clear_up(store: Path) -> tuple[str, ...]:
    """Destroy what is left beside a store of twins that were half made when the program ended; returns the names they would have had.

    One that is being made by another program of this machine is left alone: that one holds it locked.
    """
    left = [path for path in sorted(folder_of(store).glob(f"*{_PART}")) if not _is_held(path)]
    for path in left:
        destroy(path)
        target = path.with_name(path.name.removesuffix(_PART))
        if not target.exists():
            key_file.key_file(target).unlink(missing_ok=True)
    return tuple(path.name.removesuffix(_PART) for path in left)


def _is_held(path: Path) -> bool:
    """Say whether a program holds a file: what is half made says nothing else that could be believed."""
    connection: Any = None
    try:
        connection = open_connection(path, alone=True, patience_ms=0)
        connection.execute("BEGIN EXCLUSIVE")
        return False
    except DRIVER_ERRORS as error:
        return "locked" in str(error).lower()
    finally:
        if connection is not None:
            connection.close()


def _fill(working: Path, order: TwinOrder, connections: list[Any]) -> TwinCounts:
    """Fill a new file; the connections that were opened for it are given to whoever closes them when it went wrong."""
    driver = _open(working, order)
    connections.append(driver)
    beside = look_beside(order, driver)
    connections.append(beside)
    if beside.execute("SELECT 1 FROM settings WHERE id = ?", (TWIN_SETTING,)).fetchone():
        raise IsTwin(number=order.mark.number, path=str(order.live))
    with working.open("rb+") as file, ThreadPoolExecutor(1, "twin to disk", initializer=stand_back) as thread:
        is_over = Event()
        writing = thread.submit(_write_through, file, is_over)
        try:
            counts = Making(driver, order, LookBeside(beside, order)).make()
            driver.execute("COMMIT")
        finally:
            is_over.set()
        writing.result()
        os.fsync(file.fileno())
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # last of all: until then it is no store of this desk
        driver.execute("DETACH live")
        for connection in connections:
            connection.close()
        os.fsync(file.fileno())
    return counts


def _write_through(file: IO[bytes], is_over: Event) -> None:
    """Let the disk write what is there already while more comes, so that it is nearly done when all has come.

    What a disk refuses is told once and only to who asked through this opening of the file: so it is the one that is asked to the end.
    """
    while not is_over.wait(_WRITE_SECONDS):
        os.fsync(file.fileno())


def _open(working: Path, order: TwinOrder) -> Any:
    """Open a new file beside the live store. It needs no journal of SQLite's: half made, it is thrown away.

    It is written from one end to the other: in great pages, of which so few are kept in mind that they stay near the processor.
    """
    connection = open_connection(working, key=order.key, page_bytes=None if order.key else _PAGE)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", f"cache_size={NARROW}"):
        connection.execute(f"PRAGMA {pragma}")
    # Of a file that is opened for reading alone SQLite keeps no CHECKs in mind, and then hands over row by row what has one: ten times as slow.
    live = order.live.resolve().as_uri() + "?mode=rw"
    key = "" if order.key is None else f" KEY \"x'{order.key.raw.hex()}'\""
    connection.execute(f"ATTACH ? AS live{key}", (live,))
    connection.execute(f"PRAGMA live.cache_size={NARROW}")
    return connection


def _put_in_place(working: Path, target: Path) -> None:
    for side in ("-wal", "-shm"):
        Path(f"{target}{side}").unlink(missing_ok=True)
    working.replace(target)
