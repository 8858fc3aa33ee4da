"""Checks the store and keeps its backups."""

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


def back_up(desk: Desk, *, folder: Path, reason: str = "routine") -> Path:
    """Copy the store by SQLite's backup call into the folder, sealed; returns the backup's path."""
    return backups.back_up(desk.store.path, folder, at=desk.now(), reason=reason, key=desk.store.key)


def backup_folder(desk: Desk) -> Path:
    """Return the folder of the store's backups, which lies beside it."""
    return folder_of(desk.store.path)


def newest_backup(desk: Desk, *, folder: Path) -> Path | None:
    """Return the newest backup, or None."""
    return backups.newest(desk.store.path, folder)
