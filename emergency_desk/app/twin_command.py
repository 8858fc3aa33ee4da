"""The command `drill twin`: makes the twin a drill is played on, and seals or destroys it when the drill is over."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from emergency_desk.app.answers import DONE, print_json
from emergency_desk.domain.drill_twins import DrillTwin, TwinState
from emergency_desk.domain.ids import Id
from emergency_desk.services import drill_lists, drill_twins
from emergency_desk.services.desk import Desk
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label

KEEP, DESTROY = "keep", "destroy"


def twin(asked: argparse.Namespace, *, open_live: Callable[[], Desk]) -> int:
    """Make the twin of a drill, or end it."""
    desk = open_live()
    try:
        drill = drill_lists.find_drill(desk, number=asked.number)
        done = _end(desk, drill.id, asked.end) if asked.end else _make(desk, drill.id)
        told: dict[str, Any] = {"drill": drill.number, "path": str(drill_twins.path_of(desk, done)), "state": done.state.value,
                                "teams": done.teams, "lots": done.lots, "shelters": done.shelters}
    finally:
        desk.store.close()
    if asked.json:
        print_json(told)
    elif done.state is TwinState.OPEN:
        print(_("Twin of drill {drill}: {teams} teams, {lots} lots, {shelters} shelters, nothing of what happened.").format(**told))
        print(_("Open it with: emergency-desk --store {path}").format(path=told["path"]))
    else:
        print(_("Twin of drill {drill}: {state}. {path}").format(drill=told["drill"], state=label(done.state), path=told["path"]))
    return DONE


def _make(desk: Desk, drill_id: Id) -> DrillTwin:
    order = drill_twins.order_twin(desk, drill_id=drill_id)
    return drill_twins.note_twin(desk, order=order, counts=drill_twins.make_twin(order)).value


def _end(desk: Desk, drill_id: Id, how: str) -> DrillTwin:
    end = drill_twins.seal_twin if how == KEEP else drill_twins.destroy_twin
    return end(desk, drill_id=drill_id).value
