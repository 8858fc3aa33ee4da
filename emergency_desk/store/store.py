"""The open store: hands out units of work for writing and read transactions for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import StoreReadOnly, StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.engine import Connections
from emergency_desk.store.plan_shelving import Shelving
from emergency_desk.store.readings.reading import Reading
from emergency_desk.store.reserve import release_reserve
from emergency_desk.store.statements import Statements
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble
from emergency_desk.store.unit_of_work import UnitOfWork


class Store:
    """One file with its two engines. Build it with `opening.open_store`, which has looked the file over."""

    def __init__(self, path: Path, *, key: StoreKey | None = None, read_only: StoreReadOnly | None = None) -> None:
        self.path = path
        self.key = key
        self._read_only = read_only
        self._connections = Connections(path, key=key, read_only=self.is_read_only)

    @property
    def is_read_only(self) -> bool:
        """Say whether the store is open to read only."""
        return self._read_only is not None

    def refuse_if_read_only(self) -> None:
        """See to it that something may be written. Raises StoreReadOnly with who has the store."""
        if self._read_only is not None:
            raise StoreReadOnly(**self._read_only.values)

    def open_work(
        self, *, account_id: Id | None, desk_code: str, at: datetime, told: Callable[[ChangeSet], None] | None = None,
    ) -> UnitOfWork:
        """Begin a unit of work; at most one runs at a time, others wait up to five seconds. Raises StoreTrouble, StoreReadOnly among it."""
        self.refuse_if_read_only()
        with self._told_as_trouble():
            connection = self._connections.lend()
        return UnitOfWork(connection, account_id=account_id, desk_code=desk_code, at=at, told=told, trouble_of=self.trouble_of)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a read transaction that sees one moment of the store; end it with each page. Raises StoreTrouble."""
        with self._told_as_trouble(), closing(self._connections.lend()) as connection:
            driver = connection.driver_connection
            driver.execute("BEGIN")
            try:
                yield Reading(Statements(driver))
            finally:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")  # nothing to commit, and a damaged page would make the commit fail

    def trouble_of(self, error: BaseException) -> BaseException:
        """Return StoreTrouble for an error of disk or lock, else the error. A full disk gets the reserve back, so that trying again works."""
        trouble = as_trouble(error, path=str(self.path))
        if isinstance(trouble, StoreTrouble) and trouble.values["reason"] == "disk_full":
            release_reserve(self.path)
        return trouble

    @contextmanager
    def _told_as_trouble(self) -> Iterator[None]:
        try:
            yield
        except DRIVER_ERRORS as error:
            trouble = self.trouble_of(error)
            if trouble is error:
                raise
            raise trouble from error

    # -- drafts: forms as typed, outside the journal --
    def keep_draft(self, name: str, *, account_id: str, content: str, at: datetime) -> None:
        """Keep a draft over the one of the same name."""
        self._write(
            "INSERT INTO drafts (name, account_id, content, kept_at) VALUES (?,?,?,?) ON CONFLICT (name) DO UPDATE SET "
            "account_id = excluded.account_id, content = excluded.content, kept_at = excluded.kept_at",
            (name, account_id, content, moment_to_column(at)))

    def draft(self, name: str) -> str:
        """Return a draft's content, or an empty string."""
        with self.reading() as reading:
            return reading.draft(name)

    def draft_names(self) -> list[str]:
        """Return the names of the drafts that are kept, the newest first."""
        with self.reading() as reading:
            return reading.draft_names()

    def drop_draft(self, name: str) -> None:
        """Drop a draft."""
        self._write("DELETE FROM drafts WHERE name = ?", (name,))

    # -- what is derived from plans, outside the journal too --
    @contextmanager
    def shelving(self) -> Iterator[Shelving]:
        """Write derived rows in one transaction of their own. Raises StoreTrouble."""
        self.refuse_if_read_only()
        with self._told_as_trouble(), closing(self._connections.lend()) as connection:
            driver = connection.driver_connection
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield Shelving(driver)
                driver.execute("COMMIT")
            finally:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")

    def fold_in(self) -> bool:
        """Fold the write-ahead log into the file and empty it; False while another program still reads an older moment."""
        with self._told_as_trouble(), closing(self._connections.lend()) as connection:
            busy, _pages, _folded = connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    @contextmanager
    def given_up(self) -> Iterator[None]:
        """Give every connection back while the file is written anew; afterwards the store is open again, under the key it has then."""
        self._connections.close()
        self.refuse_if_read_only()
        try:
            yield
        finally:
            self._connections = Connections(self.path, key=self.key)

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        self.refuse_if_read_only()
        with self._told_as_trouble(), closing(self._connections.lend()) as connection:
            connection.driver_connection.execute(sql, values)  # one statement is a transaction by itself

    def close(self) -> None:
        """Give back every connection; the WAL is folded into the file by the last one."""
        self._connections.close()
