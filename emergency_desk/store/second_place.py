"""The second place of backups: a stick, a share. It may be absent, full or dead; what was written there is known without asking it.

What is known of it lies in a small file beside the first backups, so that neither board nor certificate ever waits for a share.
"""

from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from datetime import datetime
from os import fsync
from pathlib import Path

from emergency_desk.domain.backups import PlaceTrouble, SecondPlace
from emergency_desk.store import key_file
from emergency_desk.store.backups import destroy, is_sound, list_made, made_of, seal, seal_of, sync_folder, thin

MARK_FILE = "emergency-desk-second-place.txt"
_REASONS = {errno.ENOSPC: PlaceTrouble.FULL, errno.EDQUOT: PlaceTrouble.FULL, errno.EFBIG: PlaceTrouble.FULL, errno.EACCES: PlaceTrouble.REFUSED,
            errno.EPERM: PlaceTrouble.REFUSED, errno.EROFS: PlaceTrouble.REFUSED}


# -- what is known without asking the place ---------------------------------------------------------------------------
def read(store_path: Path, folder: Path) -> SecondPlace:
    """Return what is known of the second place of a store; nothing known is no place."""
    note = _note_of(store_path, folder)
    if not note.exists():
        return SecondPlace()
    kept = json.loads(note.read_text(encoding="utf-8"))
    place = Path(kept["folder"])
    copies = tuple(made_of(store_path, place / name, size=size) for name, size in kept["copies"])
    written_at = datetime.fromisoformat(kept["written_at"]) if kept["written_at"] else None
    return SecondPlace(kept["folder"], written_at, PlaceTrouble(kept["trouble"]) if kept["trouble"] else None, kept["mark"], copies)


def keep(store_path: Path, folder: Path, place: SecondPlace) -> SecondPlace:
    """Note what is known of the second place; a place that is not set any more is forgotten."""
    note = _note_of(store_path, folder)
    if not place.is_set:
        note.unlink(missing_ok=True)
        return place
    folder.mkdir(parents=True, exist_ok=True)
    told = {"folder": place.folder, "mark": place.mark, "written_at": place.written_at.isoformat() if place.written_at else "",
            "trouble": place.trouble.value if place.trouble else "", "copies": [[one.path.name, one.size] for one in place.copies]}
    working = note.with_suffix(".new")
    with working.open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False)
        file.flush()
        fsync(file.fileno())
    working.replace(note)
    return place


def _note_of(store_path: Path, folder: Path) -> Path:
    return folder / f"{store_path.stem}.second-place.json"


# -- asking the place: may wait, so only in a process of its own, or when somebody just named it ----------------------
def prepare(place: Path, mark: str) -> None:
    """Make a folder the second place: it is made where its parent is there, and marked. Raises OSError."""
    place.mkdir(exist_ok=True)
    with (place / MARK_FILE).open("w", encoding="utf-8") as file:
        file.write(f"{mark}\n")
        file.flush()
        fsync(file.fileno())


def is_there(place: SecondPlace) -> bool:
    """Say whether the very place that was named is there, and no other stick in the same folder."""
    try:
        return (Path(place.folder) / MARK_FILE).read_text(encoding="utf-8").strip() == place.mark
    except (OSError, UnicodeDecodeError):
        return False


def send(store_path: Path, backup: Path, place: SecondPlace, *, at: datetime) -> SecondPlace:
    """Copy a backup to the second place, read it back, and thin what lies there. Says what went wrong instead of raising it."""
    if not is_there(place):
        return replace(place, trouble=PlaceTrouble.ABSENT)
    target = Path(place.folder) / backup.name
    try:
        if not _copy(backup, target):
            return replace(place, trouble=PlaceTrouble.UNREADABLE)
        thin(store_path, target.parent)
        _lock_up(store_path, backup.parent, target)
        key_file.renew_beside(store_path, (one.path for one in list_made(store_path, target.parent)))
        return replace(place, trouble=None, written_at=at, copies=tuple(list_made(store_path, target.parent)))
    except OSError as error:
        return replace(place, trouble=_REASONS.get(error.errno or 0, PlaceTrouble.ABSENT))


def _lock_up(store_path: Path, folder: Path, target: Path) -> None:
    """Once the store is encrypted no plain copy stays in the second place: the encrypted one takes its place, or none does."""
    if not key_file.is_encrypted(target):
        return
    for one in list_made(store_path, target.parent):
        if not key_file.is_encrypted(one.path):
            destroy(one.path)
            if key_file.is_encrypted(folder / one.path.name):
                _copy(folder / one.path.name, one.path)


def _copy(backup: Path, target: Path) -> bool:
    """Copy under another name first; say whether what came there is what went."""
    working = target.with_suffix(".part")
    try:
        with backup.open("rb") as source, working.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            fsync(file.fileno())
        if seal_of(working) != seal_of(backup):
            return False
        key_file.copy_beside(backup, target)
        working.replace(target)
    finally:
        working.unlink(missing_ok=True)
    seal(target)
    sync_folder(target.parent)
    return is_sound(target)


def destroy_copies(store_path: Path, folder: Path, names: set[str]) -> SecondPlace:
    """Destroy copies in the second place by name and forget them; while it is absent they stay known, for they are still there."""
    place = read(store_path, folder)
    if not place.is_set or not is_there(place):
        return place
    for one in place.copies:
        if one.path.name in names:
            destroy(one.path)
    return keep(store_path, folder, replace(place, copies=tuple(list_made(store_path, Path(place.folder)))))
