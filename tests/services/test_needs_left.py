"""What an incident still wants: a team that worked has met its need, and an expired certificate keeps speaking."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.boards import NextActKind
from emergency_desk.domain.errors import ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import calls, dispatches, incidents, teams
from emergency_desk.services.steps.sending import Sending
from tests import builders, story
from tests.builders import make_desk

CRASH = CallDraft(words="两车追尾，一人受伤", area_id=builders.STREET, address="延吉路口", figures=Figures(hurt=1), type_id="medical_aid")


def _all_home(tmp_path: Path) -> tuple[builders.Desk, Id]:
    desk = make_desk(tmp_path)
    advice = calls.advise(desk, draft=CRASH).recommendation
    assert advice is not None
    chosen = tuple(Sending(team_id=choice.team_id, serves=choice.serves) for choice in advice.choices)
    taken = calls.take_call(desk, draft=CRASH, send=chosen).value
    for order in taken.orders:
        dispatches.take_receipt(desk, dispatch_id=order.id)
        for state in (TeamState.ON_SCENE, TeamState.WITHDRAWING, TeamState.RETURNED):
            teams.report_state(desk, team_id=order.team_id, to=state)
    for task in incidents.open_room(desk, incident_id=taken.incident.id).tasks:
        incidents.end_task(desk, task_id=task.id)
    return desk, taken.incident.id


def test_when_every_team_is_home_the_desk_asks_for_the_close_and_not_for_more_teams(tmp_path: Path) -> None:
    desk, incident = _all_home(tmp_path)
    assert dispatches.recommend(desk, incident_id=incident).choices == ()
    story.pass_over_steps(desk, incidents.open_room(desk, incident_id=incident).incident)
    assert incidents.open_room(desk, incident_id=incident).next_act.kind is NextActKind.CLOSE


def test_an_expired_certificate_needs_a_reason_even_when_nothing_more_is_needed(tmp_path: Path) -> None:
    desk, incident = _all_home(tmp_path)
    gas_crew = Id(f"{107:032x}")
    with pytest.raises(ReasonMissing):
        dispatches.send_teams(desk, incident_id=incident, teams=(Sending(team_id=gas_crew),))
    sent = dispatches.send_teams(desk, incident_id=incident, teams=(Sending(team_id=gas_crew),), override_reason="最近，且只有它").value
    assert sent[0].override_reason == "最近，且只有它"
