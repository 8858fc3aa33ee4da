"""Puts a backup in the place of a store: looked over first, swapped in one step, and what it replaces is kept."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from emergency_desk.domain.backups import Lock, Preview, Reason
from emergency_desk.domain.errors import StoreDamaged, StoreTrouble
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong, StoreKeepsItsKey
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import encrypting, journal, key_file
from emergency_desk.store.backup_checking import is_whole
from emergency_desk.store.backups import copy_store, file_name, is_sealed, is_sound, list_made, seal, sync_folder
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import look_over, remove_store, swap_in
from emergency_desk.store.restore_preview import compare
from emergency_desk.store.statements import Statements
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble
from emergency_desk.store.twins import refuse_twin


def preview(backup: Path, store: Path, *, typed: str = "", key: StoreKey | None = None, typed_own: str = "") -> Preview:
    """Tell what a backup holds, and what would be missing after it took the place of a store. Changes nothing.

    What was typed opens the backup; `typed_own` opens the store, where that has another key.
    Raises StoreTrouble ("missing"), StoreForeign, StoreTooNew, StoreDamaged, KeyNeeded, KeyWrong.
    """
    theirs = _look_over(backup, store, typed=typed, key=key)
    try:
        own = _key_if_known(store, backup, typed=typed_own or typed, key=key)
        return replace(compare(backup, store, key=theirs, store_key=own), lock=_lock(store, theirs, own))
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(backup)) from error


def restore(
    backup: Path, store: Path, folder: Path, *, at: datetime, typed: str = "", key: StoreKey | None = None, typed_own: str = "",
) -> Path | None:
    """Put a backup in the place of a store; returns where the replaced store is kept, None when there was none.

    An encrypted backup opens by its key, or by the passphrase or recovery key that was typed. A store that was encrypted stays so, under its
    own key (`typed_own` gives it where it is another), whatever the backup is; where none or a plain one stood, the backup's own way stays.
    Raises StoreTrouble ("missing", "locked"), StoreForeign, StoreTooNew, StoreDamaged, KeyNeeded, KeyWrong, StoreKeepsItsKey, IsTwin; the store
    is then as it was.
    """
    theirs = _look_over(backup, store, typed=typed, key=key)
    typed_own = typed_own or typed
    own = _key_kept(store, backup, folder, typed=typed_own, key=key, theirs=theirs)
    ends_with = own or theirs
    store.parent.mkdir(parents=True, exist_ok=True)
    working = store.with_name(store.name + ".restoring")
    remove_store(working)
    try:
        if own is None or own == theirs:
            copy_store(backup, working, key=theirs)
        else:
            encrypting.copy_under(backup, working, old=theirs, new=own)
        if not is_whole(working, key=ends_with):
            raise StoreDamaged(reason="content", path=str(backup), backup="")
        _note(working, backup, at=at, replaces=store.exists(), key=ends_with)
        kept = _set_aside(store, folder, at=at, key=own) if store.exists() else None
    except DRIVER_ERRORS as error:
        remove_store(working)
        raise as_trouble(error) from error
    except StoreTrouble:
        remove_store(working)
        raise
    key_file.lay_before(store, _slots_of(ends_with, backup, store, folder, typed=typed_own if own else typed))
    swap_in(working, store)
    key_file.lay_after(store, ends_with)
    return kept


def _key_kept(
    store: Path, backup: Path, folder: Path, *, typed: str, key: StoreKey | None, theirs: StoreKey | None,
) -> StoreKey | None:
    """Return the key of the store that is replaced, which what takes its place has as well; None: no store, or a plain one.

    A store that is damaged opens by no key; then the keys beside it tell whether it is the right one. Raises StoreKeepsItsKey.
    """
    if not key_file.is_encrypted(store):
        return None
    if key is not None:
        return key
    told = {"path": str(store), "backup": str(backup)}
    try:
        own = _key_of(store, (backup, *(one.path for one in list_made(store, folder))), typed=typed, key=None)
    except (KeyNeeded, KeyWrong) as error:
        raise StoreKeepsItsKey(reason=str(error.values["reason"]), **told) from error
    has_keys = bool(key_file.read(key_file.key_file(store)))
    if own is not None and ((key_file.knows(store, own) if has_keys else own == theirs) or key_file.fits(store, own)):
        return own
    raise StoreKeepsItsKey(reason="recovery", **told)


def _slots_of(key: StoreKey | None, backup: Path, store: Path, folder: Path, *, typed: str) -> list[key_file.Slot]:
    """Return how a key is wrapped beside the store, else beside the backup or any other; an older passphrase that was typed opens it as well."""
    if key is None:
        return []
    found = {slot.wrapped: slot for path in (store, backup, *(one.path for one in reversed(list_made(store, folder))))
             for slot in key_file.read(key_file.key_file(path)) if slot.key_id == key.id}
    kept = list(islice(found.values(), 1))
    if not typed or any(key_file.unwrap(slot, typed) for slot in kept):
        return kept
    return kept + list(islice((slot for slot in found.values() if slot not in kept and key_file.unwrap(slot, typed)), 1))


def _look_over(backup: Path, store: Path, *, typed: str, key: StoreKey | None) -> StoreKey | None:
    """Look a backup over before anything is done with it; returns its own key, None for a plain one."""
    told = {"path": str(backup), "backup": ""}
    if not backup.is_file():
        raise StoreTrouble(reason="missing", **told)
    if is_sealed(backup) and not is_sound(backup):
        raise StoreDamaged(reason="seal", **told)
    own = _key_of(backup, (store,), typed=typed, key=key)
    look_over(backup, key=own)
    refuse_twin(backup, key=own)
    return own


def _key_of(path: Path, others: Iterable[Path], *, typed: str, key: StoreKey | None) -> StoreKey | None:
    """Return the key of a store: the one that is known, else what was typed gives by the keys beside it or the others; None: plain.

    The passphrase may have been changed since one of them was made: what it opens at another one is the key here too, where it bears its sign.
    Raises KeyNeeded, KeyWrong, RecoveryKeyMistyped.
    """
    if not key_file.is_encrypted(path):
        return None
    if key is not None and (key_file.knows(path, key) or not (typed or key_file.read(key_file.key_file(path)))):
        return key
    beside = [key_file.key_file(other) for other in others]
    try:
        return key_file.unlock(path, typed, others=beside)
    except KeyWrong:
        for slot in {slot.wrapped: slot for other in beside for slot in key_file.read(other)}.values():
            if any(slot.key_id == own.key_id for own in key_file.read(key_file.key_file(path))) and (found := key_file.unwrap(slot, typed)):
                return found
        raise


def _key_if_known(store: Path, backup: Path, *, typed: str, key: StoreKey | None) -> StoreKey | None:
    try:
        return _key_of(store, (backup,), typed=typed, key=key)
    except (KeyNeeded, KeyWrong):
        return None  # what cannot be read is told as that


def _lock(store: Path, theirs: StoreKey | None, own: StoreKey | None) -> Lock:
    """Say how a copy stands to the encryption of the store whose place it would take."""
    if not key_file.is_encrypted(store):
        return Lock.NONE if theirs is None else Lock.ITS_OWN
    if theirs is None:
        return Lock.TO_BE_LOCKED
    return Lock.ALIKE if theirs == own else Lock.ANOTHER_KEY


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
    if Path(f"{store}-wal").exists():  # of a damaged store that would not fold it in
        shutil.copyfile(f"{store}-wal", f"{kept}-wal")
    seal(kept)
    return kept


def _keep_too(store: Path, kept: Path) -> None:
    """Copy a closed store, its keys first; a second name of one file would be written through by whoever works on with the first."""
    working = kept.with_suffix(".part")
    try:
        shutil.copyfile(store, working)
        with working.open("rb+") as file:
            os.fsync(file.fileno())  # soon it is the only one that holds what was written last
        key_file.copy_beside(store, kept)
        working.replace(kept)
        sync_folder(kept.parent)
    except OSError as error:
        for left in (working, key_file.key_file(kept)):
            left.unlink(missing_ok=True)
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
