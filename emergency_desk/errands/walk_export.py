"""A real incident's log written as a walk script that plays back, with what it must come to, and no personal data in it.

Out of a demo city it plays there; out of a real desk it founds that desk's area anew and brings the teams that were ordered. Names and
phones of callers are taken out of every text, and so is anything that looks like a phone or an identity number; whoever reported, approved
or was rung up is left out. What no act of a walk can say yet is told as a line of the log, so that no moment is lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.areas import Area
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.replay import History
from emergency_desk.domain.system_faults import fault_of
from emergency_desk.domain.walks import City, Given, GivenArea, GivenTeam, Walk
from emergency_desk.errands.walk_expecting import Expecting
from emergency_desk.errands.walk_scrubbing import Scrubber
from emergency_desk.errands.walk_telling import Telling, place_of, whole
from emergency_desk.errands.walk_telling_after import AfterTelling
from emergency_desk.errands.walk_telling_limits import tell_limits
from emergency_desk.errands.walk_telling_supplies import SupplyTelling, founding
from emergency_desk.exchange.walk_writing import write_walk
from emergency_desk.services import findings, ladder, recovery, replay, supply_history
from emergency_desk.services.desk import Desk

_REMARKS = ("由事件日志导出。来电人的姓名和电话已经去掉；别人写进正文的姓名，请在交出去以前再看一遍。",
            "Written from an incident's log. Callers' names and phones were taken out; look it over for names typed into texts.")


@dataclass(frozen=True, slots=True)
class ExportedWalk:
    """What was written, and where."""

    path: Path
    steps: int
    expectations: int


def export_walk(desk: Desk, *, incident_id: Id, path: Path) -> ExportedWalk:
    """Write an incident as a walk script. Raises NotFound, RoleMissing, BadFile."""
    walk = walk_of(desk, incident_id=incident_id)
    beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beginning.write_text(write_walk(walk, remarks=_REMARKS), encoding="utf-8")
        os.replace(beginning, path)
    except OSError as error:
        raise BadFile(name=str(path), reason="table_not_written", detail=fault_of(error)) from error
    finally:
        beginning.unlink(missing_ok=True)
    return ExportedWalk(path, len(walk.steps), sum(step.expected_count for step in walk.steps))


def walk_of(desk: Desk, *, incident_id: Id) -> Walk:
    """Return an incident as a walk. Raises NotFound, RoleMissing."""
    kept, calls = replay.history(desk, incident_id=incident_id), replay.calls_of(desk, incident_id=incident_id)
    scrub = Scrubber(replay.personal_words(desk, incident_id=incident_id))
    supplies = supply_history.supply_history(desk, incident_id=incident_id)
    after = AfterTelling(recovery.list_items(desk, incident_id=incident_id), findings.list_findings(desk, incident_id=incident_id), scrub,
                         SupplyTelling(supplies, scrub))
    climbed = ladder.read_ladder(desk, incident_id=incident_id)
    telling = Telling(desk, kept, {call.id: call for call in calls}, climbed, after, scrub)
    told = list(telling.steps())
    if not desk.facts.is_demo:
        told = [*founding(supplies, at=told[0].at, account=f"leader_{_coded_area(desk).code}",
                          place_of=lambda area_id: place_of(desk, area_id)), *told]
    expecting = Expecting(kept, climbed.dues, is_told_as_act=telling.is_told_as_act, at_once=desk.trade.clocks.at_once)
    limits = tell_limits(desk, climbed.dues, first=told[0], account=_planner(desk))
    expected = expecting.put_on(sorted([*limits, *told], key=lambda step: step.at))
    steps = tuple(replace(step, number=number) for number, step in enumerate(expected, start=1))
    given = _given(desk, kept, start=whole(min([kept.begins_at, *(call.received_at for call in calls)])))
    title = scrub(kept.incident.title)
    return Walk(title=f"{title}（由日志导出）", title_en=f"{title} (from the log)", given=given, steps=steps)


def _planner(desk: Desk) -> str:
    """Return who may keep the table of deadlines where the walk is played."""
    return "planner" if desk.facts.is_demo else f"planner_{_coded_area(desk).code}"


# -- what it begins with ----------------------------------------------------------------------------------------------
def _given(desk: Desk, kept: History, *, start: datetime) -> Given:
    if desk.facts.is_demo:
        return Given(city=City.DEMO, start=start, teams=tuple(_teams(desk, kept, brought=True)))
    area = _coded_area(desk)
    below = [each for each in desk.tree.path(kept.incident.area_id) if desk.tree.is_within(each.id, area.id) and not each.code]
    areas = tuple(GivenArea(name=each.name, parent=place_of(desk, each.parent_id or area.id), tier=each.tier, name_en=each.name_en,
                            latitude=each.latitude, longitude=each.longitude) for each in below)
    return Given(city=City.NOTHING, start=start, area_code=area.code, desk_code=desk.facts.code, areas=areas,
                 teams=tuple(_teams(desk, kept, brought=False)))


def _coded_area(desk: Desk) -> Area:
    """Return the desk's own area, or the nearest one above it that has a code."""
    return next((each for each in reversed(desk.tree.path(desk.facts.area_id)) if each.code), desk.area)


def _teams(desk: Desk, kept: History, *, brought: bool) -> Iterator[GivenTeam]:
    """Yield the teams that were ordered; in the demo city only those an earlier walk brought, for the others are there."""
    for team in {line.team.id: line.team for line in kept.orders}.values():
        if team.source == "walk" or not brought:
            yield GivenTeam(name=team.name, kind=team.kind, area=place_of(desk, team.area_id), capabilities=team.capabilities,
                            name_en=team.name_en, latitude=team.latitude, longitude=team.longitude, vehicles=team.vehicles,
                            channel=team.channel, muster_minutes=team.muster_minutes, radius_km=team.radius_km,
                            may_cross_area=team.may_cross_area)

