"""The story of an evening in few words: calls, orders and reports at the made-up desk of `builders`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Figures, Incident
from emergency_desk.domain.ladder import Step, StepState
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import calls, dispatches, incidents, integrity, ladder, reports, teams
from emergency_desk.services.calls import TakenCall
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from tests.builders import STREET

FIRE = CallDraft(words="居民楼着火，三楼往外冒黑烟", area_id=STREET, address="延安三路105号", latitude=36.087, longitude=120.360)
FIRE_PLANS = frozenset({"building_fire"})  # what a desk needs where an evening of fires is told and looked over in the end
CALLER = Caller(name="郝不存在", phone="13800009999")
FIRE_ONE, FIRE_TWO, SPECIAL = Id(f"{101:032x}"), Id(f"{102:032x}"), Id(f"{103:032x}")
MEDICAL, GAS, SOCIAL, MILITARY, POLICE = (Id(f"{number:032x}") for number in (104, 107, 109, 110, 112))
FAR_STATION, POWER = Id(f"{111:032x}"), Id(f"{113:032x}")


def fire(**more: Any) -> CallDraft:
    """Return the draft of a fire in a block of flats, with some fields otherwise."""
    return replace(FIRE, **more)


def figures(**known: Any) -> Figures:
    """Return figures of which only some are known."""
    return Figures(**known)


def take(desk: Desk, *teams_sent: Id, reason: str = "就近", **more: Any) -> TakenCall:
    """Take the call of the fire and send teams with it."""
    return calls.take_call(desk, draft=fire(**more), send=tuple(Sending(team_id=team) for team in teams_sent), override_reason=reason).value


def opened(desk: Desk, **more: Any) -> Incident:
    """Take the call of the fire and return its incident."""
    return take(desk, **more).incident


def send(desk: Desk, incident: Incident, team: Id, *, reason: str = "", **more: Any) -> Dispatch:
    """Send one team."""
    return dispatches.send_teams(desk, incident_id=incident.id, teams=(Sending(team_id=team, **more),), override_reason=reason).value[0]


def report(desk: Desk, team: Id, *states: TeamState) -> None:
    """Let a team report states one after the other."""
    for state in states:
        teams.report_state(desk, team_id=team, to=state)


def assert_sound(desk: Desk) -> None:
    """Look the whole store over."""
    found = integrity.check(desk)
    assert found.is_sound, found.differences


def happenings(desk: Desk, incident: Incident) -> list[str]:
    """Return what the log of an incident tells, in the order of entry."""
    with desk.reading() as reading:
        return [entry.happening.value for entry in reading.log.where("WHERE incident_id = ? ORDER BY sequence", (incident.id,))]


def pass_over_steps(desk: Desk, incident: Incident) -> list[str]:
    """Skip every step of the ladder and every report that the desk asks for, with a reason, and return which steps they were."""
    passed: list[str] = []
    while True:
        act = incidents.open_room(desk, incident_id=incident.id, log_limit=1).next_act
        if act.kind is NextActKind.STEP:
            passed.append(act.value("step"))
            ladder.mark_step(desk, incident_id=incident.id, step=Step(passed[-1]), state=StepState.SKIPPED, reason="演练不做")
        elif act.kind is NextActKind.REPORT and act.about_id is not None:
            reports.skip_due(desk, due_id=act.about_id, reason="演练不报")
        else:
            return passed
