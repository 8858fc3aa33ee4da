"""Builds the demo city into a store of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.opening import Clock, open_desk
from emergency_desk.errands.demo_city import build_demo
from emergency_desk.errands.trade import shipped_plans, shipped_rules
from emergency_desk.services.desk import DeskFacts
from emergency_desk.store.opening import remove_store


def build_demo_store(
    path: Path, *, fresh: bool = False, progress: Callable[[int, int, str], None] | None = None, clock: Clock | None = None,
    typed: str = "",
) -> DeskFacts:
    """Build the demo city at a path, or leave the one that stands there. With `fresh` a demo store is built anew; a real one never is."""
    desk = open_desk(path, typed=typed, clock=clock or (lambda: datetime.now(UTC)), create=True)
    if desk.facts.code:
        if not (fresh and desk.facts.is_demo):
            facts = desk.facts
            desk.store.close()
            return facts
        desk.store.close()
        remove_store(path)
        desk = open_desk(path, clock=clock, create=True)
    try:
        return build_demo(desk, divisions_folder=paths.reference() / "divisions", places_file=paths.reference() / "qingdao_places.yaml",
                          rules=shipped_rules(paths.reference()), plans=shipped_plans(paths.plans()), progress=progress)
    finally:
        desk.store.close()
