"""What the desk stands on: a sound Qt for Python, a SQLite without the WAL-reset fault."""

from __future__ import annotations

import sys

import PySide6
import sqlcipher3
from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rung = Signal()
    counted = Signal(int)


def test_twenty_thousand_emits_take_no_reference_from_none() -> None:
    """PySide6 6.12 on Python 3.11 loses one reference to None or True at each void call and aborts after about 600."""
    bell = Bell()
    heard: list[int] = []
    bell.counted.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for count in range(20_000):
        bell.rung.emit()
        bell.counted.emit(count)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert len(heard) == 20_000
    assert all(abs(now - then) < 1_000 for now, then in zip(after, before, strict=True))


def test_qt_is_below_the_unsound_version() -> None:
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    assert version < (6, 12) or sys.version_info >= (3, 12)


def test_sqlite_is_past_the_wal_reset_fault() -> None:
    """Fixed in 3.51.3: two connections that wrote at one instant could corrupt the file."""
    version = tuple(int(part) for part in sqlcipher3.sqlite_version.split("."))
    assert version >= (3, 51, 3)
