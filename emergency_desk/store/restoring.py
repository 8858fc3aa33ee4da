"""Puts a backup in the place of a store: looked over first, swapped in one step, and what it replaces is kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from emergency_desk.domain.errors import StoreDamaged, StoreTrouble
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import key_file
from emergency_desk.store.backups import is_sound
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import look_over, remove_store, swap_in
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble


def restore(backup: Path, store: Path, folder: Path, *, at: datetime, typed: str = "", key: StoreKey | None = None) -> Path | None:
    """Put a backup in the place of a store; returns where the replaced store is kept, None when there was none.

    An encrypted backup opens by its key, or by the passphrase or recovery key that was typed.
    Raises StoreTrouble ("missing", "locked"), StoreForeign, StoreTooNew, StoreDamaged, KeyNeeded, KeyWrong; the store is then as it was.
    """
    told = {"path": str(backup), "backup": ""}
    if not backup.is_file():
        raise StoreTrouble(reason="missing", **told)
    if backup.with_suffix(".sha256").exists() and not is_sound(backup):
        raise StoreDamaged(reason="seal", **told)
    key = key or _key_of(backup, store, typed)
    look_over(backup, key=key)
    store.parent.mkdir(parents=True, exist_ok=True)
    working = store.with_name(store.name + ".restoring")
    remove_store(working)
    try:
        _copy(backup, working, key)
        _check(working, key, told)
        kept = _set_aside(store, folder, at=at, key=key) if store.exists() else None
    except DRIVER_ERRORS as error:
        remove_store(working)
        raise as_trouble(error) from error
    except StoreTrouble:
        remove_store(working)
        raise
    key_file.lay_before(store, key_file.read(key_file.key_file(backup)))
    swap_in(working, store)
    key_file.lay_after(store, key if key_file.is_encrypted(store) else None)
    return kept


def _key_of(backup: Path, store: Path, typed: str) -> StoreKey | None:
    """Return the key of a backup by the keys beside it, else by those of the store; None for a plain one. Raises KeyNeeded, KeyWrong."""
    if not key_file.is_encrypted(backup):
        return None
    return key_file.unlock(backup, typed, others=(key_file.key_file(store),))


def _copy(source: Path, target: Path, key: StoreKey | None) -> None:
    reading, writing = open_connection(source, key=key, read_only=True), open_connection(target, key=key)
    try:
        reading.backup(writing, pages=2_000)
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        writing.close()
        reading.close()


def _check(working: Path, key: StoreKey | None, told: dict[str, str]) -> None:
    connection = open_connection(working, key=key)
    try:
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    if sound != "ok":
        raise StoreDamaged(reason="pages", **told)


def _set_aside(store: Path, folder: Path, *, at: datetime, key: StoreKey | None) -> Path:
    """Move the store that is replaced into the folder of backups. Raises StoreTrouble when another program holds it."""
    _refuse_if_held(store, key)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{store.stem}-replaced-{at:%Y%m%dT%H%M%S}.store"
    number = 2
    while kept.exists():
        kept, number = folder / f"{store.stem}-replaced-{at:%Y%m%dT%H%M%S}-{number}.store", number + 1
    store.replace(kept)
    key_file.copy_beside(store, kept)
    for side in ("-wal", "-shm"):
        beside = Path(f"{store}{side}")
        if beside.exists():
            beside.replace(Path(f"{kept}{side}"))
    return kept


def _refuse_if_held(store: Path, key: StoreKey | None) -> None:
    """Ask for the whole file; a damaged store answers nothing and is set aside all the same."""
    connection: Any = None
    try:
        connection = open_connection(store, key=key)
        connection.execute("PRAGMA busy_timeout=300")
        connection.execute("PRAGMA journal_mode=DELETE")  # needs the file for itself, and folds the WAL in
    except DRIVER_ERRORS as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreTrouble(path=str(store), reason="locked", backup="") from error
    finally:
        if connection is not None:
            connection.close()
