"""Backups of the desk: made and checked, carried to a second place, told on the board, looked into and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.backup_errors import SecondPlaceRefused
from emergency_desk.domain.backups import BackupOrder, BackupState, Made, PlaceTrouble, Preview, Reason, SecondPlace
from emergency_desk.domain.errors import StoreDamaged
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.library import keep_setting
from emergency_desk.store import backups, key_file, restoring, second_place
from emergency_desk.store.backup_folder import folder_of

SECOND_PLACE = "backup_second_place"
_NOT_GOOD = frozenset({Reason.UNSOUND, Reason.REPLACED, Reason.MIGRATION, Reason.OTHER})


# -- making -----------------------------------------------------------------------------------------------------------
def order(desk: Desk, *, folder: Path | None = None, reason: Reason = Reason.ROUTINE) -> BackupOrder:
    """Return what another process needs to make a backup of this desk."""
    return BackupOrder(desk.store.path, folder or folder_of(desk.store.path), desk.now(), reason, desk.store.key.raw if desk.store.key else None)


def make(order: BackupOrder) -> BackupState:
    """Make one backup as ordered, without a desk: it runs in a process of its own while the desk goes on. Raises StoreTrouble, StoreDamaged."""
    key = StoreKey(order.key) if order.key is not None else None
    made = backups.back_up(order.store, order.folder, at=order.at, reason=order.reason.value, key=key)
    if key is not None:  # a power cut while the passphrase was changed may have left some with the one before
        key_file.renew_beside(order.store, (one.path for one in backups.list_made(order.store, order.folder)))
    if backups.made_of(order.store, made).reason is Reason.UNSOUND:
        raise StoreDamaged(reason="unsound", path=str(order.store), backup=str(made))
    return state_of(order.store, order.folder)


def carry(order: BackupOrder) -> BackupState:
    """Carry the newest good backup to the second place, where one is set, and let what lies there open as the store does now.

    It may wait for a share, so it has a process and a time of its own.
    """
    place, good = second_place.read(order.store, order.folder), _newest_good(order.store, order.folder)
    if place.is_set and good is not None:
        second_place.keep(order.store, order.folder, second_place.send(order.store, good.path, place, at=order.at))
    return state_of(order.store, order.folder)


def note_place(order: BackupOrder, trouble: PlaceTrouble) -> BackupState:
    """Note what went wrong with the second place, where the process that went there cannot tell it any more."""
    place = second_place.read(order.store, order.folder)
    if place.is_set:
        second_place.keep(order.store, order.folder, replace(place, trouble=trouble))
    return state_of(order.store, order.folder)


# -- telling ----------------------------------------------------------------------------------------------------------
def state_of(store: Path, folder: Path) -> BackupState:
    """Return how the backups of a store are. Reads only what lies beside it, never the second place."""
    return BackupState(_newest_good(store, folder), second_place.read(store, folder))


def list_backups(desk: Desk) -> tuple[list[Made], BackupState]:
    """Return the backups that lie beside the store, the newest first, and how they are."""
    desk.may(Act.READ)
    folder = folder_of(desk.store.path)
    return backups.list_made(desk.store.path, folder)[::-1], state_of(desk.store.path, folder)


def _newest_good(store: Path, folder: Path) -> Made | None:
    good = [one for one in backups.list_made(store, folder) if one.reason not in _NOT_GOOD and backups.is_sealed(one.path)]
    return good[-1] if good else None


# -- the second place -------------------------------------------------------------------------------------------------
def set_second_place(desk: Desk, *, folder: Path | None) -> Done[SecondPlace]:
    """Name the folder copies go to besides, or none; what lies in an earlier one stays there. Raises SecondPlaceRefused, RoleMissing."""
    desk.may(Act.KEEP_SETTINGS)
    first = folder_of(desk.store.path)
    if folder is not None and folder.resolve() in (first.resolve(), desk.store.path.parent.resolve()):
        raise SecondPlaceRefused(path=str(folder), reason="same_folder", detail="")
    mark = desk.new_salt()
    if folder is not None:
        try:
            second_place.prepare(folder, mark)
        except OSError as error:
            raise SecondPlaceRefused(path=str(folder), reason="absent", detail=fault_of(error)) from error
    done = keep_setting(desk, name=SECOND_PLACE, content=str(folder or ""))
    place = second_place.keep(desk.store.path, first, SecondPlace(str(folder or ""), mark=mark if folder else ""))
    return Done(place, done.changes)


# -- putting back -----------------------------------------------------------------------------------------------------
def preview(desk: Desk, *, backup: Path, typed: str = "") -> Preview:
    """Tell what a backup holds and what would be missing after it was put back.

    `typed`: the passphrase or recovery key of a backup that has another key than the store.
    Raises StoreTrouble and its kin, KeyWrong, RecoveryKeyMistyped, RoleMissing.
    """
    desk.may(Act.READ)
    return restoring.preview(backup, desk.store.path, typed=typed, key=desk.store.key)


def put_back(desk: Desk, *, backup: Path, typed: str = "", at: datetime | None = None) -> Path | None:
    """Close the store and put a backup in its place; returns where the replaced store is kept. The desk must be opened anew, whatever happens.

    Raises RoleMissing (the store stays open), StoreTrouble and its kin (the store is as it was).
    """
    desk.may(Act.KEEP_SETTINGS)
    restoring.preview(backup, desk.store.path, typed=typed, key=desk.store.key)  # what cannot be put back is refused while the desk still works
    path, key, now = desk.store.path, desk.store.key, at or desk.now()
    desk.store.close()
    return restoring.restore(backup, path, folder_of(path), at=now, typed=typed, key=key)
