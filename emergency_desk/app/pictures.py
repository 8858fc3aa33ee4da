"""Pictures of a desk in an evening's work, for a machine without a display: a walk is played on the demo city up to its height."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.ground import WalkGround
from emergency_desk.app.opening import open_desk
from emergency_desk.errands import walks
from emergency_desk.services import incidents

WALK, HEIGHT = "building_fire.yaml", "city_leads"  # the step at which teams work and the city takes over


def take_pictures(store: Path, folder: Path, *, language: str = "") -> list[Path]:
    """Play the shipped fire on a demo store up to its height, as if it were this evening, and save board, call form and room."""
    now = datetime.now(UTC)
    script = walks.up_to(walks.read_file(paths.walks() / WALK), HEIGHT, ends_at=now)
    if not _is_busy(store):
        stage = walks.open_in_place(script, WalkGround(), store)
        try:
            walks.play(script, stage)
        finally:
            stage.desk.store.close()
    from emergency_desk.app import window

    return window.save_pictures(store, folder, language=language)


def _is_busy(store: Path) -> bool:
    """Say whether a walk was played there before, or somebody has worked there: then the desk is shown as it stands."""
    desk = open_desk(store)
    try:
        return bool(incidents.list_open(desk))
    finally:
        desk.store.close()
