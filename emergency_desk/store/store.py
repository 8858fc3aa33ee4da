"""The open store: hands out units of work for writing and read transactions for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.store.engine import make_engine
from emergency_desk.store.readings.reading import Reading
from emergency_desk.store.trouble import as_trouble
from emergency_desk.store.unit_of_work import UnitOfWork


class Store:
    """One file with its two engines. Build it with `opening.open_store`, which has looked the file over."""

    def __init__(self, path: Path, *, key: str | None = None) -> None:
        self.path = path
        self.key = key
        self._writing = make_engine(path, begin="BEGIN IMMEDIATE", key=key)
        self._reading = make_engine(path, begin="BEGIN", key=key)

    def open_work(self, *, account_id: Id | None, desk_code: str, at: datetime) -> UnitOfWork:
        """Begin a unit of work; at most one runs at a time, others wait up to five seconds."""
        return UnitOfWork(self._writing.connect(), account_id=account_id, desk_code=desk_code, at=at)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a read transaction that sees one moment of the store; end it with each page."""
        with self._reading.connect() as connection:
            try:
                with connection.begin():
                    yield Reading(connection)
            except Exception as error:
                raised = as_trouble(error)
                if raised is error:
                    raise
                raise raised from error

    def draft_connection(self) -> Any:
        """Return a writing connection for drafts, which stand outside the journal."""
        return self._writing.connect()

    def data_version(self) -> int:
        """Return a number that changes when another program commits (PRAGMA data_version)."""
        with self._reading.connect() as connection:
            return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])  # type: ignore[attr-defined]

    def close(self) -> None:
        """Give back every connection; the WAL is folded into the file by the last one."""
        self._reading.dispose()
        self._writing.dispose()
