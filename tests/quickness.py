"""What lets thousands of tests pass in minutes, in one place: the price of a password, and how long a property is tried.

`CI=deep` tries properties as long as they were written for; every other run tries a part of that, always the same examples.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from hypothesis import settings

from emergency_desk.services import accounts
from emergency_desk.store import opening

DEEP = os.environ.get("CI") == "deep"
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
full_price = accounts._hasher  # what the desk itself pays for a password
full_upgrade = opening._upgrade  # what the desk itself does for a new store


def examples(many: int) -> int:
    """Return how many examples a property is tried with, where the deep run tries `many`."""
    return many if DEEP else max(12, many // 4)


@cache
def _cheap() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@cache
def _empty_store() -> bytes:
    """Make an empty store by every migration, once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.store"
        full_upgrade(path, None)
        return path.read_bytes()


def _upgrade(path: Path, key: str | None, begun: Callable[[int], object] = lambda _version: None) -> None:
    """Make a new store as every migration leaves it; an older one and one with a key go through them."""
    if key is None and not path.exists():
        path.write_bytes(_empty_store())
    else:
        full_upgrade(path, key, begun)


def set_up() -> None:
    """Make passwords cheap (a guess at one costs a fifth of a second and 64 MB by design), make the empty store once,
    and lay the profile of properties down.

    A slow machine is not a fault of the desk, and a test that fails today must fail tomorrow.
    """
    accounts._hasher = _cheap
    opening._upgrade = _upgrade
    settings.register_profile("house", deadline=None, derandomize=True, max_examples=examples(120))
    settings.load_profile("house")


def keep_stores_in_memory() -> None:
    """Let the folders of tests lie in memory where there is room: each store is some megabytes, and every commit waits for the disk.

    Whoever names another place (`--basetemp`, TMPDIR, PYTEST_DEBUG_TEMPROOT) has it.
    """
    if os.environ.keys() & {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.tempdir = str(_MEMORY)
