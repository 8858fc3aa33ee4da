"""Opening a store safely: foreign, newer or damaged files are refused untouched; older ones are migrated on a copy."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreDamaged, StoreForeign, StoreOnNetwork, StoreReadOnly, StoreTooNew, StoreTrouble
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.domain.upgrades import Told, UpgradeStep, to_nobody
from emergency_desk.store import key_file
from emergency_desk.store.backups import PAGES, Copied, back_up, destroy, newest
from emergency_desk.store.engine import open_connection
from emergency_desk.store.holds import alone, nobody_alone
from emergency_desk.store.places import network_of
from emergency_desk.store.reserve import gives_room, keep_reserve
from emergency_desk.store.schema import APPLICATION_ID, SCHEMA
from emergency_desk.store.store import Store
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble
from emergency_desk.store.upgrade_telling import UpgradeTelling

WRITING, BEFORE = ".writing", ".before"  # beside a store while it is written anew under another key
_OF_A_FULL_DISK = ("disk_full", "disk_error", "cannot_open")  # what SQLite says where it can lay no file down beside the store
_SQLITE = b"SQLite format 3\x00"
_LOOK_OVER_BYTES = 64 << 20  # up to this size every page is looked over at each opening


def open_store(
    path: Path, *, key: StoreKey | None = None, backups: Path | None = None, create: bool = True, read_only: StoreReadOnly | None = None,
    told: Told = to_nobody,
) -> Store:
    """Open a store, making or migrating it where needed.

    `read_only` says why nothing may be written: then nothing is made, migrated or cleared up either. `told` hears how far a migration is.
    A key that is given makes a new store an encrypted one; for a store that is not encrypted it is not used.
    Raises StoreForeign, StoreTooNew, StoreDamaged, StoreOnNetwork, KeyNeeded, KeyWrong, StoreTrouble; in each case the file is as it was.
    On a disk that is full the reserve is given back first: a desk must open there too.
    """
    folder = backups or path.parent / "backups"
    if read_only is not None:
        return _open_to_read(path, folder, key, read_only)
    try:
        return _open(path, folder, key=key, create=create, told=told)
    except StoreTrouble as trouble:
        if trouble.values["reason"] not in _OF_A_FULL_DISK or not gives_room(path):
            raise
    return _open(path, folder, key=key, create=create, told=told)


def _open_to_read(path: Path, folder: Path, key: StoreKey | None, why: StoreReadOnly) -> Store:
    network = network_of(path)
    if network:
        raise StoreOnNetwork(path=str(path), reason="network", backup="", kind=network)
    if not path.exists():
        raise StoreTrouble(reason="missing", **_told(path, folder))
    key = key_for(path, key)
    if look_over(path, key=key, backup=_told(path, folder)["backup"]) < SCHEMA:
        raise StoreTrouble(reason="older_and_held", **_told(path, folder))
    return Store(path, key=key, read_only=why)


def _open(path: Path, folder: Path, *, key: StoreKey | None, create: bool, told: Told) -> Store:
    network = network_of(path)
    if network:
        raise StoreOnNetwork(path=str(path), reason="network", backup="", kind=network)
    if not path.exists() and not create:
        raise StoreTrouble(reason="missing", **_told(path, folder))
    key = key_for(path, key) if path.exists() else key
    try:
        clear_up(path, key)
        if not path.exists():
            _make(path, key)
        elif (before := look_over(path, key=key, backup=_told(path, folder)["backup"])) < SCHEMA:
            _migrate(path, folder, key, UpgradeTelling(path, folder, before, told))
        keep_reserve(path)
    except DRIVER_ERRORS as error:  # the disk or a lock gave way while a file was made or migrated
        trouble = as_trouble(error)
        reason = trouble.values["reason"] if isinstance(trouble, StoreTrouble) else "migration_failed"
        raise StoreTrouble(reason=reason, detail=str(error), **_told(path, folder)) from error
    except OSError as error:
        reason = "disk_full" if error.errno == errno.ENOSPC else "cannot_open"
        raise StoreTrouble(reason=reason, detail=str(error), **_told(path, folder)) from error
    return Store(path, key=key)


def key_for(path: Path, key: StoreKey | None) -> StoreKey | None:
    """Return the key that a file wants: none for a plain one. Raises KeyNeeded."""
    if not key_file.is_encrypted(path):
        return None
    if key is None:
        raise KeyNeeded(path=str(path), backup="", reason="passphrase" if key_file.read(key_file.key_file(path)) else "head_lost")
    return key


def look_over(path: Path, *, key: StoreKey | None = None, backup: str = "") -> int:
    """Look a file over without writing to it; returns its schema number. Only what a program left half written is taken back first."""
    told = {"path": str(path), "backup": backup}
    key = key_for(path, key)
    if _holds(f"{path}-journal") and (key is not None or _is_ours(_head(path))):
        _take_back(path, key)
    if key is None:
        header = _head(path)
        if not header.startswith(_SQLITE):
            raise StoreForeign(reason="not_sqlite", **told)
        if not _is_ours(header):
            raise StoreForeign(reason="other_program", **told)
        page = int.from_bytes(header[16:18], "big") or 65_536
        page = 65_536 if page == 1 else page
        if not _has_wal(path) and path.stat().st_size != page * int.from_bytes(header[28:32], "big"):
            raise StoreDamaged(reason="cut_short", **told)
    connection: Any = None
    try:
        connection = open_connection(path, key=key, read_only=True)
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        if key is not None and not _has_wal(path) and path.stat().st_size != pages * key_file.PAGE:
            raise StoreDamaged(reason="cut_short", **told)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            raise StoreTooNew(reason="too_new", theirs=version, ours=SCHEMA, **told)
        if path.stat().st_size <= _LOOK_OVER_BYTES:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise StoreDamaged(reason="damaged", detail=found, **told)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"journal", "incidents", "teams"} <= tables:
            raise StoreDamaged(reason="tables_missing", **told)
        return version
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:  # of a damaged file even what SQLite says may be no text
        trouble = as_trouble(error)
        if isinstance(trouble, StoreTrouble) and trouble.values["reason"] != "damaged":  # the lock or the disk, and no fault of the file
            raise StoreTrouble(reason=trouble.values["reason"], detail=str(error), **told) from error
        if key is not None and "not a database" in str(error) and not key_file.knows(path, key):
            raise KeyWrong(path=str(path), reason="recovery") from error  # a key that the keys beside the store name is right: damage then
        raise StoreDamaged(reason="damaged", detail=str(error), **told) from error
    finally:
        if connection is not None:
            connection.close()


def clear_up(path: Path, key: StoreKey | None = None) -> None:
    """Destroy what a power cut left while a store was written anew: the half-written file, and the old one once the new had taken its place.

    While another program holds the store it is that one's, and it stays.
    """
    working, before = path.with_name(path.name + WRITING), path.with_name(path.name + BEFORE)
    if not (working.exists() or before.exists()):
        return
    with nobody_alone(path, key) as is_free:
        if not is_free:
            return
        remove_store(working)
        if key_file.is_encrypted(path):
            destroy(before)
        before.unlink(missing_ok=True)


def remove_store(path: Path) -> None:
    """Remove a store with its side files; its backups stay. For a demo city that is built anew."""
    _remove_with_side_files(path)
    key_file.key_file(path).unlink(missing_ok=True)


def _told(path: Path, folder: Path) -> dict[str, str]:
    return {"path": str(path), "backup": str(newest(path, folder) or "")}


def _make(path: Path, key: StoreKey | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    working = path.with_name(path.name + ".new")
    _remove_with_side_files(working)
    _upgrade(working, key)
    swap_in(working, path)


def _migrate(path: Path, folder: Path, key: StoreKey | None, telling: UpgradeTelling) -> None:
    """Back up, migrate a second copy, check it, swap. A failure leaves the user's file as it was.

    Nobody else may have the file open meanwhile: an older program that went on writing to it would write into what is swapped out.
    """
    telling.begin(UpgradeStep.KEEPING)
    back_up(path, folder, at=datetime.now(UTC), reason="migration", key=key, copied=telling.copied)
    working = path.with_name(path.name + ".migrating")
    with alone(path, key, patience_ms=5_000) as source:
        if source.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
            return  # another program was about it too, and was first
        _remove_with_side_files(working)
        try:
            telling.begin(UpgradeStep.COPYING)
            before = _copy_of(source, working, key, telling.copied)
            _upgrade(working, key, telling.change)
            telling.begin(UpgradeStep.CHECKING)
            _check_migrated(working, key, before, told=_told(path, folder))
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the old file holds all of its own before its side files go
            telling.begin(UpgradeStep.SWAPPING)
            _settle(working)
        except BaseException:
            _remove_with_side_files(working)
            raise
    swap_in(working, path)  # at once: to be held longer the old file would have to be altered, and it stays as it is until the new one stands


def _copy_of(source: Any, working: Path, key: StoreKey | None, copied: Copied) -> dict[str, int]:
    """Copy a store that is held; returns how many rows each table has."""
    copy = open_connection(working, key=key)
    try:
        source.backup(copy, pages=PAGES, progress=copied)
        return _row_counts(copy)
    finally:
        copy.close()


def _check_migrated(working: Path, key: StoreKey | None, before: dict[str, int], told: dict[str, str]) -> None:
    connection = open_connection(working, key=key)
    try:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        after = _row_counts(connection)
    finally:
        connection.close()
    lost = {table: (count, after.get(table, 0)) for table, count in before.items() if after.get(table, 0) < count}
    if broken or sound != "ok" or lost:
        raise StoreTrouble(reason="migration_failed", detail=f"{broken[:3]} {sound} {lost}", **told)


def _upgrade(path: Path, key: StoreKey | None, begun: Callable[[int], object] = lambda _version: None) -> None:
    from emergency_desk.store.migrations.running import upgrade  # alembic costs 350 ms: only when needed

    upgrade(path, key=key, begun=begun)


def swap_in(working: Path, path: Path) -> None:
    """Fold the working copy's WAL in, then put it in the place of the file in one step."""
    for side in ("-wal", "-shm"):
        Path(str(path) + side).unlink(missing_ok=True)
    _settle(working)
    for side in ("-wal", "-shm"):
        Path(str(working) + side).unlink(missing_ok=True)
    os.replace(working, path)  # from here on the name of the copy may be another program's
    if os.name == "posix":
        place = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _row_counts(connection: Any) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _remove_with_side_files(path: Path) -> None:
    for name in (str(path), f"{path}-wal", f"{path}-shm"):
        Path(name).unlink(missing_ok=True)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _is_ours(header: bytes) -> bool:
    return header.startswith(_SQLITE) and int.from_bytes(header[68:72], "big") == APPLICATION_ID


def _take_back(path: Path, key: StoreKey | None) -> None:
    """Let SQLite take back what was half written when a program ended; it needs a connection that may write, and one read.

    What cannot be taken back is told by the look that follows.
    """
    with suppress(*DRIVER_ERRORS), closing(open_connection(path, key=key, alone=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _has_wal(path: Path) -> bool:
    return _holds(f"{path}-wal")


def _holds(side: str) -> bool:
    beside = Path(side)
    return beside.exists() and beside.stat().st_size > 0


