"""Checks the store, and copies it for play."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from emergency_desk.domain.integrity import IntegrityReport
from emergency_desk.services.desk import Desk
from emergency_desk.store import backups
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.integrity import check_store


def check(desk: Desk, *, progress: Callable[[int, int, str], None] | None = None) -> IntegrityReport:
    """Look over the file, the journal's chain and every derived figure. Needs no account; changes nothing."""
    return check_store(desk.store, progress)


def copy(desk: Desk, *, folder: Path, name: str) -> Path:
    """Copy the store in one state into a folder, to play with; returns the copy's path. It is no backup."""
    target = folder / name
    backups.copy_store(desk.store.path, target, key=desk.store.key)
    return target


def backup_folder(desk: Desk) -> Path:
    """Return the folder of the store's backups, which lies beside it."""
    return folder_of(desk.store.path)
