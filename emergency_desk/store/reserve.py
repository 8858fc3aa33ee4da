"""A file that keeps some disk space back: a disk that is full refuses deletes too, so the desk must have something to give."""

from __future__ import annotations

import shutil
from pathlib import Path

RESERVE_BYTES = 8 << 20


def keep_reserve(store_path: Path) -> None:
    """Lay the reserve down beside a store, unless the disk has little left anyway."""
    reserve = reserve_of(store_path)
    if reserve.exists() or shutil.disk_usage(store_path.parent).free < 4 * RESERVE_BYTES:
        return
    with reserve.open("wb") as file:
        file.write(bytes(RESERVE_BYTES))


def release_reserve(store_path: Path) -> None:
    """Give the space back, so that what was refused can be tried again while somebody clears up."""
    reserve_of(store_path).unlink(missing_ok=True)


def gives_room(store_path: Path) -> bool:
    """Give the reserve back where the disk has next to nothing left; says whether that made room."""
    if not reserve_of(store_path).exists() or shutil.disk_usage(store_path.parent).free > RESERVE_BYTES // 8:
        return False
    release_reserve(store_path)
    return True


def reserve_of(store_path: Path) -> Path:
    """Return where the reserve of a store lies."""
    return store_path.with_name(store_path.name + ".reserve")
