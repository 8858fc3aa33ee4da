"""Backups by SQLite's own backup call, each sealed with the sha256 of its whole file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from os import fsync
from pathlib import Path

from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import key_file
from emergency_desk.store.engine import open_connection

KEEP = 48  # a day of half-hourly backups


def back_up(store_path: Path, folder: Path, *, at: datetime, reason: str, key: StoreKey | None = None) -> Path:
    """Copy a store, open or not, into the folder; returns the backup's path. Old backups of the same reason are dropped."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{store_path.stem}-{reason}-{stamp}.store"
    working = target.with_suffix(".part")
    working.unlink(missing_ok=True)
    source = open_connection(store_path, key=key, read_only=True)  # the user's file is only read
    copy = open_connection(working, key=key)
    try:
        source.backup(copy, pages=2_000)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        source.close()
    working.replace(target)
    key_file.copy_beside(store_path, target)
    target.with_suffix(".sha256").write_text(seal_of(target) + "\n", encoding="ascii")
    _drop_old(store_path, folder, reason)
    return target


def seal_of(path: Path) -> str:
    """Return the sha256 of a whole file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def is_sound(backup: Path) -> bool:
    """Say whether a backup still is what was written."""
    seal = backup.with_suffix(".sha256")
    return backup.exists() and seal.exists() and seal.read_text(encoding="ascii").strip() == seal_of(backup)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in the folder."""

    path: Path
    made_at: datetime
    size: int


def list_made(store_path: Path, folder: Path) -> list[Made]:
    """Return every backup of a store, the oldest first. Where the name tells no time, the file does."""
    found = [Made(path, _made_at(path), path.stat().st_size) for path in folder.glob(f"{store_path.stem}-*.store")]
    return sorted(found, key=lambda one: (one.made_at, one.path.name))


def destroy(path: Path) -> None:
    """Write zeros over a backup and delete it with its seal; one that is gone already is gone."""
    overwrite(path)
    key_file.key_file(path).unlink(missing_ok=True)
    path.with_suffix(".sha256").unlink(missing_ok=True)


def overwrite(path: Path) -> None:
    """Write zeros over a file and delete it; one that is gone already is gone."""
    if path.exists():
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
            file.flush()
            fsync(file.fileno())
        path.unlink()


def _made_at(path: Path) -> datetime:
    for part in reversed(path.stem.split("-")):
        try:
            return datetime.strptime(part, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            continue
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def keys_made(store_path: Path, folder: Path) -> list[Path]:
    """Return the files of keys beside the backups of a store, the newest first: where its own is lost, one of them opens it."""
    return [key_file.key_file(made.path) for made in reversed(list_made(store_path, folder))]


def newest(store_path: Path, folder: Path) -> Path | None:
    """Return the newest backup of a store, or None."""
    found = sorted(folder.glob(f"{store_path.stem}-*.store"), key=lambda path: path.name.rsplit("-", 1)[-1])
    return found[-1] if found else None


def _drop_old(store_path: Path, folder: Path, reason: str) -> None:
    if reason == "migration":
        return  # what stands before a migration is kept for ever
    for old in sorted(folder.glob(f"{store_path.stem}-{reason}-*.store"))[:-KEEP]:
        old.with_suffix(".sha256").unlink(missing_ok=True)
        key_file.key_file(old).unlink(missing_ok=True)
        old.unlink()
