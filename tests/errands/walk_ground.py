"""A ground for walks that builds the tests' own small city in place of the demo city."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.opening import open_desk
from emergency_desk.services.desk import Desk
from tests.builders import make_desk

Clock = Callable[[], datetime]


class SmallGround:
    """See `errands.walks.Ground`."""

    def __init__(self, folder: Path) -> None:
        self.reference, self.plans, self._folder = paths.reference(), paths.plans(), folder

    def open_desk(self, path: Path, clock: Clock, like: Desk | None = None) -> Desk:
        return open_desk(path, key=like.store.key if like else None, clock=clock, create=True)

    def build_demo(self, path: Path, clock: Clock) -> None:
        made = make_desk(self._folder, name="made.store")
        made.store.close()
        shutil.copyfile(made.store.path, path)
