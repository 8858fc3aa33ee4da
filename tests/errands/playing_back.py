"""An incident exported as a walk, read back from its file and played on another store."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.errands import walks
from emergency_desk.errands.walk_export import export_walk
from emergency_desk.errands.walks import Ground, Played
from emergency_desk.services.desk import Desk
from tests.errands.walk_ground import SmallGround


def played_back(desk: Desk, incident_id: Id, folder: Path, *, ground: Ground | None = None, store: Path | None = None) -> Played:
    """Export an incident, read the file, and play it on another store."""
    path = folder / "exported.yaml"
    export_walk(desk, incident_id=incident_id, path=path)
    walk = walks.read_file(path)
    stage = walks.open_scratch(walk, ground or SmallGround(folder), folder, store=store)
    try:
        return walks.play(walk, stage)
    finally:
        stage.desk.store.close()


def deviations(played: Played) -> list[object]:
    return [(verdict.step.number, verdict.step.act, verdict.step.arguments, verdict.trouble,
             [finding for finding in verdict.findings if not finding.is_held]) for verdict in played.verdicts if not verdict.is_held]
