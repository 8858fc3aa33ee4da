"""What lets thousands of tests pass in minutes, in one place: the price of a password, what is worked out once, when garbage is looked
for, and how long a property is tried.

`CI=deep` tries properties as long as they were written for; every other run tries a part of that, always the same examples.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from hypothesis import settings

from emergency_desk.domain.plan_records import Plan
from emergency_desk.services import accounts
from emergency_desk.store import opening, plan_shelving, shelf_integrity
from emergency_desk.store.readings import plan_shelf

_Worked = TypeVar("_Worked")
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
    _remember()
    settings.register_profile("house", deadline=None, derandomize=True, max_examples=examples(120))
    settings.load_profile("house")


def _remember() -> None:
    """Let what follows from nothing but given words be worked out once: hundreds of stores hold the same shipped plans."""
    plan_shelf.unpacked = lru_cache(256)(plan_shelf.unpacked)
    shelf_integrity._meant_by = lru_cache(256)(shelf_integrity._meant_by)
    shelf_integrity._told = lru_cache(20_000)(shelf_integrity._told)
    plan_shelving.tokens = lru_cache(20_000)(plan_shelving.tokens)
    plan_shelving.packed = _of_each_plan(plan_shelving.packed)
    plan_shelving.wants_text = _of_each_plan(plan_shelving.wants_text)


def _of_each_plan(work: Callable[[Plan], _Worked]) -> Callable[[Plan], _Worked]:
    """Remember the work on each of the last plans: by the record itself, to draw a number from a whole plan takes as long as the work."""
    known: dict[int, tuple[Plan, _Worked]] = {}

    def worked(plan: Plan) -> _Worked:
        kept = known.get(id(plan))
        if kept is None:
            if len(known) == 256:
                known.clear()
            kept = known[id(plan)] = plan, work(plan)  # the plan is held, so nothing else gets its id
        return kept[1]

    return worked


def spare_what_stays() -> None:
    """Leave modules and thousands of collected tests out of every later collection, and look for garbage seldom, as the desk does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


def keep_stores_in_memory() -> None:
    """Let the folders of tests lie in memory where there is room: each store is some megabytes, and every commit waits for the disk.

    Whoever names another place (`--basetemp`, TMPDIR, PYTEST_DEBUG_TEMPROOT) has it.
    """
    if os.environ.keys() & {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.tempdir = str(_MEMORY)
