"""Freezes a store of the schema this program writes: `python -m tests.frozen.make_frozen NAME`, once for each released version.

A little of everything that is kept: areas, accounts, teams, plans, rules, an incident that runs, one that was closed, one that was joined.
"""

from __future__ import annotations

import lzma
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import calls, dispatches, drafts, founding, incidents, integrity, units
from emergency_desk.services.steps.sending import Sending
from emergency_desk.store.engine import open_connection
from emergency_desk.store.schema import SCHEMA
from tests import story
from tests.builders import STREET, SetClock, make_desk

FOLDER = Path(__file__).parent


def freeze(name: str) -> Path:
    """Write `NNNN-name.store.xz` beside this script. Raises FileExistsError: a frozen store is never rewritten."""
    target = FOLDER / f"{SCHEMA:04d}-{name}.store.xz"
    with TemporaryDirectory() as folder, target.open("xb") as file:
        file.write(lzma.compress(_lived_in(Path(folder)).read_bytes(), preset=9))
    return target


def _lived_in(folder: Path) -> Path:
    clock = SetClock()
    desk = make_desk(folder, clock=clock, name="frozen.store")
    founding.fill(desk, teams=(), sites=[Site(id=desk.new_id(), kind=SiteKind.SHELTER, name="东台小学", area_id=STREET, capacity=300)])
    unit = units.keep_unit(desk, unit=Unit(Id(""), UnitKind.SPECIAL_HQ, "防汛抗旱指挥部", duty_phone="0532-00000200")).value
    units.retire_unit(desk, unit_id=units.keep_unit(desk, unit=replace(unit, id=Id(""), name="旧指挥部", version=0)).value.id)
    runs = story.take(desk, story.FIRE_ONE, story.MEDICAL, figures=story.figures(trapped=1), caller=story.CALLER)
    clock.forward(3)
    dispatches.take_receipt(desk, dispatch_id=runs.orders[0].id, received_by="班长")
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    dispatches.accept_application(desk, incident_id=runs.incident.id, team_id=story.SOCIAL, applied_by="队长")
    dispatches.send_teams(desk, incident_id=runs.incident.id, teams=(Sending(team_id=story.POWER),), override_reason="断电")
    incidents.report_figures(desk, incident_id=runs.incident.id, figures=story.figures(dead=3, hurt=2), reported_by="119")
    wrong = incidents.write_log(desk, incident_id=runs.incident.id, text="五楼").value
    incidents.correct_log(desk, entry_id=wrong.id, text="三楼")
    incidents.end_task(desk, task_id=incidents.open_room(desk, incident_id=runs.incident.id).tasks[0].id)
    again = calls.join_call(desk, draft=story.fire(words="还有人", caller=story.CALLER), incident_id=runs.incident.id).value.call
    calls.part_call(desk, call_id=again.id)
    closed = story.take(desk, story.FIRE_TWO, words="垃圾桶着火")
    story.report(desk, story.FIRE_TWO, TeamState.WORKING, TeamState.RETURNED, TeamState.STANDBY)
    incidents.close_incident(desk, incident_id=closed.incident.id, note="已扑灭")
    twice = story.take(desk, words="又一个电话说楼上着火")
    calls.join_incident(desk, incident_id=twice.incident.id, into_id=runs.incident.id)
    drafts.keep_draft(desk, name="call", content={"words": "电话还没有接完"})
    assert integrity.check(desk).is_sound
    desk.store.close()
    connection = open_connection(desk.store.path)
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return desk.store.path


if __name__ == "__main__":
    print(freeze(sys.argv[1]))
