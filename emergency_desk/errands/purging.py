"""The destruction of personal data, whole: destroy, make a backup without names, look every byte over. Called by window, command line, walks."""

from __future__ import annotations

import logging
from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.domain.purging import Certificate
from emergency_desk.services import integrity, purging, recovery
from emergency_desk.services.desk import Desk, Done


def destroy(desk: Desk, *, incident_id: Id, decided_by: str = "", note: str = "", folder: Path | None = None,
            logs: Path | None = None) -> Certificate:
    """Destroy the personal data of an incident and look the bytes over. Raises what `purging.purge` raises, StoreTrouble."""
    made = purging.purge(desk, incident_id=incident_id, decided_by=decided_by, note=note).value
    return look_over(desk, purge_id=made.id, folder=folder, logs=logs)


def destroy_owed(desk: Desk, *, item_id: Id, decided_by: str = "", note: str = "") -> Done[Certificate]:
    """End the item that asks for the destruction, by destroying, and look the bytes over. Raises what `recovery.end_item` raises."""
    ended = recovery.end_item(desk, item_id=item_id, note=note, decided_by=decided_by)
    told = look_over(desk, purge_id=purging.newest_certificate(desk, incident_id=ended.value.incident_id).purge.id)
    return Done(told, ended.changes)


def look_over(desk: Desk, *, purge_id: Id, folder: Path | None = None, logs: Path | None = None) -> Certificate:
    """Look the bytes over once more, such as after another program was closed."""
    purging.look_over(desk, purge_id=purge_id, folder=folder or integrity.backup_folder(desk), logs=logs or _log_folder())
    return purging.certificate(desk, purge_id=purge_id)


def _log_folder() -> Path | None:
    """Return the folder this program writes its log to, or None where it writes none."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename).parent
    return None
