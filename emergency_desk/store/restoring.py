"""Puts a backup in the place of a store: looked over first, swapped in one step, and what it replaces is kept."""

from __future__ import annotations

import errno
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from emergency_desk.domain.backups import Preview, Reason
from emergency_desk.domain.errors import StoreDamaged, StoreTrouble
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import journal, key_file
from emergency_desk.store.backup_checking import is_whole
from emergency_desk.store.backups import copy_store, file_name, is_sealed, is_sound, seal
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import look_over, remove_store, swap_in
from emergency_desk.store.restore_preview import compare
from emergency_desk.store.statements import Statements
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble
from emergency_desk.store.twins import refuse_twin


def preview(backup: Path, store: Path, *, typed: str = "", key: StoreKey | None = None) -> Preview:
    """Tell what a backup holds, and what would be missing after it took the place of a store. Changes nothing.

    Raises StoreTrouble ("missing"), StoreForeign, StoreTooNew, StoreDamaged, KeyNeeded, KeyWrong.
    """
    theirs = _look_over(backup, store, typed=typed, key=key)
    try:
        return compare(backup, store, key=theirs, store_key=_key_if_known(store, backup, typed=typed, key=key))
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(backup)) from error


def restore(backup: Path, store: Path, folder: Path, *, at: datetime, typed: str = "", key: StoreKey | None = None) -> Path | None:
    """Put a backup in the place of a store; returns where the replaced store is kept, None when there was none.

    An encrypted backup opens by its key, or by the passphrase or recovery key that was typed.
    Raises StoreTrouble ("missing", "locked"), StoreForeign, StoreTooNew, StoreDamaged, KeyNeeded, KeyWrong, IsTwin; the store is then as it was.
    """
    key = _look_over(backup, store, typed=typed, key=key)
    store.parent.mkdir(parents=True, exist_ok=True)
    working = store.with_name(store.name + ".restoring")
    remove_store(working)
    try:
        copy_store(backup, working, key=key)
        if not is_whole(working, key=key):
            raise StoreDamaged(reason="content", path=str(backup), backup="")
        _note(working, backup, at=at, replaces=store.exists(), key=key)
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


def _look_over(backup: Path, store: Path, *, typed: str, key: StoreKey | None) -> StoreKey | None:
    """Look a backup over before anything is done with it; returns its own key, None for a plain one."""
    told = {"path": str(backup), "backup": ""}
    if not backup.is_file():
        raise StoreTrouble(reason="missing", **told)
    if is_sealed(backup) and not is_sound(backup):
        raise StoreDamaged(reason="seal", **told)
    own = _key_of(backup, store, typed=typed, key=key)
    look_over(backup, key=own)
    refuse_twin(backup, key=own)
    return own


def _key_of(path: Path, other: Path, *, typed: str, key: StoreKey | None) -> StoreKey | None:
    """Return the key of a store: the one that is known, else what was typed gives by the keys beside it or the other; None: plain.

    Raises KeyNeeded, KeyWrong.
    """
    if not key_file.is_encrypted(path):
        return None
    if key is not None and (key_file.knows(path, key) or not typed):
        return key
    return key_file.unlock(path, typed, others=(key_file.key_file(other),))


def _key_if_known(store: Path, backup: Path, *, typed: str, key: StoreKey | None) -> StoreKey | None:
    try:
        return _key_of(store, backup, typed=typed, key=key)
    except (KeyNeeded, KeyWrong):
        return None  # what cannot be read is told as that


def _note(working: Path, backup: Path, *, at: datetime, replaces: bool, key: StoreKey | None) -> None:
    """Tell in the journal of what is put back that it was: whoever reads the chain sees why it begins anew here."""
    connection = open_connection(working, key=key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        desk = json.loads((connection.execute("SELECT content FROM settings WHERE id = 'desk'").fetchone() or ("{}",))[0])
        journal.append(Statements(connection), at=moment_to_column(at) or 0, account_id=None, desk_code=desk.get("code", ""), action="restore",
                       values={"backup": backup.name, "replaces": replaces}, touched=())
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _set_aside(store: Path, folder: Path, *, at: datetime, key: StoreKey | None) -> Path:
    """Keep the store that is replaced in the folder of backups too. Raises StoreTrouble when another program holds it.

    It stays where it is until the other one takes its place in one step: a desk that is killed meanwhile still has a store.
    """
    _refuse_if_held(store, key)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / file_name(store, Reason.REPLACED, at)
    number = 2
    while kept.exists():
        kept, number = kept.with_name(f"{Path(file_name(store, Reason.REPLACED, at)).stem}-{number}.store"), number + 1
    _keep_too(store, kept)
    key_file.copy_beside(store, kept)
    if Path(f"{store}-wal").exists():  # of a damaged store that would not fold it in
        shutil.copyfile(f"{store}-wal", f"{kept}-wal")
    seal(kept)
    return kept


def _keep_too(store: Path, kept: Path) -> None:
    """Copy a closed store; a second name of one file would be written through by whoever works on with the first."""
    working = kept.with_suffix(".part")
    try:
        shutil.copyfile(store, working)
        working.replace(kept)
    except OSError as error:
        working.unlink(missing_ok=True)
        raise StoreTrouble(path=str(kept), reason="disk_full" if error.errno == errno.ENOSPC else "disk_error", backup="") from error


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
