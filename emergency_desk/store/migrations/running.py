"""Runs the migrations on one file: foreign keys off, one explicit transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store.engine import open_connection
from emergency_desk.store.schema import APPLICATION_ID, SCHEMA


def upgrade(path: Path, *, key: StoreKey | None = None, begun: Callable[[int], object] = lambda _version: None) -> None:
    """Bring a file to the newest schema; a new file is made. Leaves it without a WAL, ready to be swapped in.

    `begun` is called with the number of each schema before the migration that makes it.
    """
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: open_connection(path, key=key), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _plain(connection: object, _record: object) -> None:
        # With foreign keys on, alembic's batch mode deletes child rows of cascading parents (house facts).
        connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"], config.attributes["begun"] = connection, begun
        begun(int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()) + 1)
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    engine.dispose()
    closing = open_connection(path, key=key)
    try:
        closing.execute("PRAGMA journal_mode=DELETE")
    finally:
        closing.close()
