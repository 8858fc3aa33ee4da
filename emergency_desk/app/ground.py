"""What the wiring room lends to a walk: how a desk is opened, how the demo city is built, where rules and plans lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.demo import build_demo_store
from emergency_desk.app.opening import Clock, open_desk
from emergency_desk.services.desk import Desk

Progress = Callable[[int, int, str], None]


class WalkGround:
    """See `errands.walks.Ground`."""

    def __init__(self, progress: Progress | None = None, typed_key: str = "") -> None:
        self.reference, self.plans = paths.reference(), paths.plans()
        self._progress, self._typed_key = progress, typed_key

    def open_desk(self, path: Path, clock: Clock, like: Desk | None = None) -> Desk:
        """Open the desk of a store, which is made when it is not there; a copy of an encrypted one with the key of the desk it is `like`."""
        return open_desk(path, key=like.store.key if like else None, typed=self._typed_key, clock=clock, create=True)

    def build_demo(self, path: Path, clock: Clock) -> None:
        """Build the demo city into a store that is not there yet or empty."""
        build_demo_store(path, clock=clock, progress=self._progress)
