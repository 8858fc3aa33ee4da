"""Holds the file of a store against other programs while it is written anew, or only looks whether one of them does so now.

What lies half made beside a store belongs to the program that holds the store: it is touched under a hold alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store.engine import open_connection
from emergency_desk.store.trouble import DRIVER_ERRORS

Mark = tuple[int, int]  # what a file is, whatever its name: disk and number on it


@contextmanager
def alone(store: Path, key: StoreKey | None, *, patience_ms: int = 500) -> Iterator[Any]:
    """Hold a store so that nobody else reads or writes it, as it lies there.

    Raises StoreTrouble ("locked") too when another program put a file in its place while the lock was waited for: what is held then is
    nobody's any more.
    """
    seen = mark_of(store)
    connection = open_connection(store, key=key, alone=True, patience_ms=patience_ms)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays until the connection is closed
        if mark_of(store) != seen:
            raise StoreTrouble(path=str(store), reason="locked", backup="")
        yield connection
    finally:
        connection.close()


@contextmanager
def nobody_alone(store: Path, key: StoreKey | None) -> Iterator[bool]:
    """Say whether nobody holds a store alone, and see to it that nobody does while this lasts. A damaged or missing store is held by nobody."""
    connection: Any = None
    try:
        try:
            connection = open_connection(store, key=key, read_only=True, patience_ms=0)
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            is_free = True
        except DRIVER_ERRORS as error:
            is_free = "locked" not in str(error) and "busy" not in str(error)
        yield is_free
    finally:
        if connection is not None:
            connection.close()


def let_be_replaced(held: Any) -> None:
    """Let another file take the place of one that is held; Windows replaces none that somebody has open."""
    if os.name == "nt":
        held.close()


def mark_of(path: Path) -> Mark | None:
    """Return what file a name stands for now, None for no file; another one that takes its place has another mark."""
    with suppress(FileNotFoundError):
        found = os.stat(path)
        return found.st_dev, found.st_ino
    return None
