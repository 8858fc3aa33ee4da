"""The one door every database connection comes through.

Readers begin plainly, the writer begins IMMEDIATE, so that readers never lock each other out.
WAL with synchronous=FULL: what is acknowledged is on disk (house facts: 0 lost of 1,407 power cuts).
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from emergency_desk.domain.store_keys import StoreKey

OLDEST_SQLITE = (3, 51, 3)  # before it, two connections writing at one instant could corrupt a WAL file


def open_connection(
    path: Path, *, key: StoreKey | None = None, read_only: bool = False, alone: bool = False, page_bytes: int | None = None,
    patience_ms: int = 5_000,
) -> Any:
    """Open one connection with this house's settings; `key` opens an encrypted store.

    `alone`: nobody else may open the file while this connection has it, and its way of journalling stays as it is.
    `patience_ms`: how long a lock of somebody else's is waited for.
    `page_bytes`: how large the pages of a file are that is only begun; an encrypted one has SQLCipher's own.
    The driver begins no transaction by itself (isolation_level None): every BEGIN is ours.
    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is older than {OLDEST_SQLITE}")
    target = path.resolve().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")
    connection = dbapi2.connect(
        target, uri=True, isolation_level=None, check_same_thread=False, timeout=patience_ms / 1_000, cached_statements=512)
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key writes lines of its own to the terminal
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")  # the key itself: nothing is derived from it at each connection
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", f"busy_timeout={patience_ms}", "foreign_keys=ON", "secure_delete=ON",
                   "temp_store=MEMORY", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")
    if page_bytes is not None:
        connection.execute(f"PRAGMA page_size={page_bytes}")
    if alone:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    elif not read_only:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    return connection


class Connections:
    """The open connections of one file. Each is lent to one at a time and kept for the next; when none is free one is opened.

    A pool of SQLAlchemy's does the same with events and weak references around it, which cost a tenth of a whole command.
    """

    _MOST_KEPT = 4

    def __init__(self, path: Path, *, key: StoreKey | None = None, read_only: bool = False) -> None:
        self._path, self._key, self._read_only = path, key, read_only
        self._free: deque[Any] = deque()
        self._is_closed = False

    def lend(self) -> Lent:
        """Lend a connection. Whoever takes it ends its transaction and gives it back with `close()`."""
        try:
            return Lent(self, self._free.pop())
        except IndexError:
            return Lent(self, open_connection(self._path, key=self._key, read_only=self._read_only))

    def give_back(self, driver: Any) -> None:
        """Take a connection back; one that could not end its transaction is closed."""
        if self._is_closed or driver.in_transaction or len(self._free) >= self._MOST_KEPT:
            driver.close()
        else:
            self._free.append(driver)

    def close(self) -> None:
        """Close what is here, and from now on whatever comes back."""
        self._is_closed = True
        while self._free:
            self._free.pop().close()


class Lent:
    """A connection on loan."""

    __slots__ = ("_owner", "driver_connection")

    def __init__(self, owner: Connections, driver: Any) -> None:
        self._owner, self.driver_connection = owner, driver

    def close(self) -> None:
        """Give it back."""
        self._owner.give_back(self.driver_connection)
