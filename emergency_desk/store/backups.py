"""Backups by SQLite's own backup call: copied in one state, checked, sealed with the sha256 of the whole file, thinned as they grow old."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from errno import ENOSPC
from hashlib import sha256
from os import O_RDONLY, close, fstat, fsync, name
from os import open as open_file
from pathlib import Path

from emergency_desk.domain.backups import Made, Reason, too_many
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import key_file
from emergency_desk.store.backup_checking import is_whole
from emergency_desk.store.engine import open_connection
from emergency_desk.store.trouble import DRIVER_ERRORS, as_trouble

SEAL = ".sha256"
_PART = ".part"
PAGES = 2_000  # one step of the copy; between two steps the desk's own writing goes on
Copied = Callable[[int, int, int], object]  # told by SQLite's backup call after each step: its status, the pages left, all pages
_NAME = re.compile(r"-(?P<reason>[a-z]+)-(?P<stamp>\d{8}T\d{6})(?:-\d+)?$")


def back_up(
    store_path: Path, folder: Path, *, at: datetime, reason: str, key: StoreKey | None = None, copied: Copied | None = None,
) -> Path:
    """Copy a store, open or not, into the folder; returns the backup's path. Those that grew old make room.

    A copy whose content does not agree with its own journal is kept as unsound and takes no other's room; what cannot be read is not kept.
    Raises StoreTrouble.
    """
    working = folder / f"{store_path.stem}{_PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_store(store_path, working, key=key, copied=copied)
        why = Reason(reason) if reason == Reason.MIGRATION or is_whole(working, key=key) else Reason.UNSOUND
        target = folder / file_name(store_path, why, at)
        key_file.copy_beside(store_path, target)
        _name_and_seal(working, target)
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path=str(folder)) from error
    except OSError as error:
        reason = "disk_full" if error.errno == ENOSPC else "cannot_open"
        raise StoreTrouble(reason=reason, path=str(folder), backup="", detail=str(error)) from error
    finally:
        for left in (working, Path(f"{working}-journal"), Path(f"{working}-wal"), Path(f"{working}-shm")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    thin(store_path, folder, spared=target)
    return target


def copy_store(source: Path, target: Path, *, key: StoreKey | None = None, copied: Copied | None = None) -> None:
    """Copy a store in one state, while others read and write it. The copy needs no other file beside it."""
    target.unlink(missing_ok=True)
    reading = open_connection(source, key=key, read_only=True)  # the user's file is only read
    writing = open_connection(target, key=key)
    try:
        writing.execute("PRAGMA journal_mode=OFF")  # a copy that was cut short is thrown away, so it need not be written twice
        reading.execute("BEGIN")  # held to the end: what is written meanwhile would let SQLite begin the copy anew
        reading.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        reading.backup(writing, pages=PAGES, progress=copied)
        reading.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        writing.close()
        reading.close()


def file_name(store_path: Path, reason: Reason, at: datetime) -> str:
    """Return the name of a backup's file: whose, why, and when by UTC."""
    return f"{store_path.stem}-{reason.value}-{at.astimezone(UTC):%Y%m%dT%H%M%S}.store"


# -- seals ------------------------------------------------------------------------------------------------------------
def seal_of(path: Path) -> str:
    """Return the sha256 of a whole file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def seal(path: Path) -> str:
    """Seal a file: its digest is written beside it, in the form `sha256sum -c` reads."""
    digest = seal_of(path)
    _write_seal(path, digest)
    return digest


def _write_seal(path: Path, digest: str) -> None:
    beside = path.with_suffix(SEAL)
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{digest}  {path.name}\n")
        file.flush()
        fsync(file.fileno())


def is_sealed(backup: Path) -> bool:
    """Say whether a seal lies beside a backup."""
    return backup.with_suffix(SEAL).exists()


def is_sound(backup: Path) -> bool:
    """Say whether a backup still is what was written."""
    return backup.exists() and is_sealed(backup) and backup.with_suffix(SEAL).read_text(encoding="utf-8").split()[:1] == [seal_of(backup)]


def _name_and_seal(working: Path, target: Path) -> None:
    """Bring a finished copy to the disk, then its seal, then give it its name: a name is never on what is half written, or without a seal."""
    with working.open("rb+") as file:
        fsync(file.fileno())
    _write_seal(target, seal_of(working))
    sync_folder(target.parent)
    working.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names of a folder to the disk, where the system can."""
    if name == "posix":
        place = open_file(folder, O_RDONLY)
        try:
            with suppress(OSError):  # some shares cannot
                fsync(place)
        finally:
            close(place)


# -- what lies in a folder --------------------------------------------------------------------------------------------
def list_made(store_path: Path, folder: Path) -> list[Made]:
    """Return every backup of a store, the oldest first. Where the name tells no time, the file does."""
    found = [made_of(store_path, path) for path in folder.glob(f"{store_path.stem}-*.store")]
    return sorted(found, key=lambda one: (one.made_at, one.path.name))


def made_of(store_path: Path, path: Path, *, size: int | None = None) -> Made:
    """Return what the name of a backup says of it; where the size is known, the file is not asked."""
    told = _NAME.search(path.stem.removeprefix(store_path.stem))
    size = path.stat().st_size if size is None else size
    if told is None:
        return Made(path, datetime.fromtimestamp(path.stat().st_mtime if path.exists() else 0, tz=UTC), size)
    reason = Reason(told["reason"]) if told["reason"] in set(Reason) else Reason.OTHER
    return Made(path, datetime.strptime(told["stamp"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC), size, reason)


def newest(store_path: Path, folder: Path) -> Path | None:
    """Return the newest backup of a store, or None."""
    made = [one for one in list_made(store_path, folder) if one.reason is not Reason.UNSOUND]
    return made[-1].path if made else None


def keys_made(store_path: Path, folder: Path) -> list[Path]:
    """Return the files of keys beside the backups of a store, the newest first: where its own is lost, one of them opens it."""
    return [key_file.key_file(made.path) for made in reversed(list_made(store_path, folder))]


def thin(store_path: Path, folder: Path, *, spared: Path | None = None) -> list[Path]:
    """Destroy what makes room for the newer, and all but the newest of the unsound; returns what went.

    The one that was only now made is spared: after a step of the clock backwards an older one seems the newer.
    """
    made = list_made(store_path, folder)
    unsound = [one for one in made if one.reason is Reason.UNSOUND]
    gone = [one.path for one in (*too_many(made), *unsound[:-1]) if one.path != spared]
    for path in gone:
        destroy(path)
    return gone


def destroy(path: Path) -> None:
    """Write zeros over a backup and delete it with its seal; one that is gone already is gone.

    Names may stand in it that the law wants destroyed (ERL24 Art. 85), and deleting alone leaves them on the disk.
    """
    overwrite(path)
    key_file.key_file(path).unlink(missing_ok=True)
    path.with_suffix(SEAL).unlink(missing_ok=True)


def overwrite(path: Path) -> None:
    """Write zeros over a file and delete it; one that is gone already is gone."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        left = fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        file.flush()
        fsync(file.fileno())
    path.unlink(missing_ok=True)
