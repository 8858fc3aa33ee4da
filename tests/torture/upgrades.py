"""An upgrade is broken off: after every statement of every migration by a failing disk or a kill, and at single writes of the whole opening.

What stands there afterwards is the older store as it was, or the whole new one; the next start makes the new one and knows everything.
"""

from __future__ import annotations

import lzma
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from emergency_desk.store.schema import SCHEMA
from tests.builders import trade_of
from tests.torture.disk import SYNC_ERROR, WRITE_ERROR, Disk, Step
from tests.torture.verdict import Verdict

FROZEN = sorted((Path(__file__).parents[1] / "frozen").glob("*.store.xz"))
OLDER = [path for path in FROZEN if not path.name.startswith(f"{SCHEMA:04d}-")]
FAILS, KILLED = "the disk fails after a statement of a migration", "killed after a statement of a migration"
WRITES = "one write of an upgrade fails"
ASKED = "the older store as it was or the whole new one"
EVERY = 10  # of the statements that a later store goes through once more


def lay_down(frozen: Path, folder: Path) -> Path:
    """Lay a store of an older version down alone in a folder."""
    for left in folder.glob("older.store*"):
        left.unlink()
    for left in (folder / "backups").glob("*"):
        left.unlink()
    path = folder / "older.store"
    path.write_bytes(_unpacked(frozen))
    return path


@cache
def _unpacked(frozen: Path) -> bytes:
    return lzma.decompress(frozen.read_bytes())


@contextmanager
def after_statement(nth: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Do something after the nth statement that goes through SQLAlchemy, which migrations alone do; yields how many passed."""
    passed = [0]

    def count(*_about: Any) -> None:
        passed[0] += 1
        if passed[0] == nth:
            act()

    event.listen(Engine, "after_cursor_execute", count)
    try:
        yield passed
    finally:
        event.remove(Engine, "after_cursor_execute", count)


@cache
def statements_of(frozen: Path, folder: Path) -> int:
    """Return how many statements the upgrade of a store runs."""
    with after_statement(0, lambda: None) as passed:
        open_store(lay_down(frozen, folder)).close()
    return passed[0]


def _fails() -> None:
    raise dbapi2.OperationalError("disk I/O error")


def break_off(frozen: Path, folder: Path, nth: int) -> list[str]:
    """Let the disk fail after the nth statement; returns what is then not as it must be."""
    path = lay_down(frozen, folder)
    with after_statement(nth, _fails):
        try:
            open_store(path).close()
            return ["it was opened all the same"]
        except StoreTrouble as trouble:
            told = trouble
    found = [] if told.values["backup"] else ["no backup is named"]
    if path.read_bytes() != _unpacked(frozen):
        found.append("the older store was altered")
    return found + [f"left behind: {one.name}" for one in folder.glob("*.migrating*")]


def kill_off(frozen: Path, folder: Path, nth: int) -> list[str]:
    """Kill the program after the nth statement; returns what is not as it must be then and after the next start."""
    path = lay_down(frozen, folder)
    child = os.fork()
    if child == 0:
        with after_statement(nth, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            open_store(path).close()
        os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        return ["it was not killed"]
    found = [] if path.read_bytes() == _unpacked(frozen) else ["the older store was altered"]
    return found + faults_of_new(frozen, path)


def rows_of(path: Path) -> dict[str, int]:
    """Count the rows of every table."""
    connection = open_connection(path)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        connection.close()


@cache
def _rows(frozen: Path) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        return rows_of(lay_down(frozen, Path(folder)))


def faults_of_new(frozen: Path, path: Path) -> list[str]:
    """Open a store as the next start does; returns what is not as it must be."""
    try:
        store = open_store(path)
    except StoreTrouble as trouble:
        return [f"does not open afterwards: {trouble!r}"]
    trade_of(store)  # what is derived from plans is made anew where an older program kept it
    found = [f"not sound: {one}" for one in check_store(store).differences]
    store.close()
    now = rows_of(path)
    return found + [f"rows lost in {table}: {count} before, {now.get(table, 0)} now" for table, count in _rows(frozen).items()
                    if now.get(table, 0) < count]


def run(most: int, folder: Path, seed: int) -> list[Verdict]:
    """Break upgrades off: the oldest store after every statement (or so many, evenly), the later ones after some."""
    random = Random(seed)
    return [_after_statements(FAILS, break_off, _all_cases(folder, most), folder),
            _after_statements(KILLED, kill_off, _all_cases(folder, max(4, most // 6)), folder), _failing_writes(most // 3, folder, random)]


def _all_cases(folder: Path, most: int) -> list[tuple[Path, int]]:
    oldest, *later = OLDER
    cases = [(oldest, nth) for nth in range(1, statements_of(oldest, folder) + 1)]
    cases += [(frozen, nth) for frozen in later for nth in range(1, statements_of(frozen, folder) + 1, EVERY)]
    return cases[::max(1, len(cases) // most)]


def _after_statements(what: str, break_: Callable[[Path, Path, int], list[str]], cases: list[tuple[Path, int]], folder: Path) -> Verdict:
    began = time.monotonic()
    broken = [f"{frozen.name}, statement {nth}: {fault}" for frozen, nth in cases for fault in break_(frozen, folder, nth)]
    told = {"stores of older versions": len({frozen for frozen, _nth in cases})}
    return Verdict(what, len(cases), told, tuple(broken), ASKED, time.monotonic() - began)


def _failing_writes(rounds: int, folder: Path, random: Random) -> Verdict:
    began, broken, told = time.monotonic(), list[str](), {"told as trouble": 0, "new stores": 0}
    for number in range(rounds):
        frozen = random.choice(OLDER)
        path, fails_at = lay_down(frozen, folder), int(1.02 ** random.randrange(420))  # seldom far on, where the swap is long done
        before = sha256(path.read_bytes()).digest()
        with Disk().watched(_one_fails(fails_at)):
            try:
                open_store(path).close()
                told["new stores"] += 1
            except StoreTrouble:
                told["told as trouble"] += 1
                if sha256(path.read_bytes()).digest() != before and _schema(path) != SCHEMA:
                    broken.append(f"{frozen.name}, write {fails_at}: the older store was altered")
        broken += [f"{frozen.name}, write {fails_at}, round {number}: {fault}" for fault in faults_of_new(frozen, path)]
    return Verdict(WRITES, rounds, told, tuple(broken), ASKED, time.monotonic() - began)


def _schema(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")  # PRAGMA user_version (sqlite.org/fileformat.html)


def _one_fails(nth: int) -> Callable[[Step], int]:
    passed = [0]

    def told(step: Step) -> int:
        if step.kind not in ("write", "sync") or step.path.endswith("-shm"):
            return 0
        passed[0] += 1
        return 0 if passed[0] != nth else WRITE_ERROR if step.kind == "write" else SYNC_ERROR

    return told
