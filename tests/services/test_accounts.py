"""Who sits at the desk, and what each role may do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.accounts import AUTHORITY, Account, Act, Role
from emergency_desk.domain.errors import FieldMissing, NotFound, RoleMissing, SignInNeeded, WrongPassword
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, IncidentState
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import accounts, calls, dispatches, imports, incidents, library, teams
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import DISTRICT, PASSWORD, make_desk


def journalled(desk: Desk) -> list[tuple[str, str, Id | None]]:
    with desk.reading() as reading:
        return [(entry.action, entry.values, entry.account_id) for entry in reading.journal_after(0)]


def test_signing_in_is_journalled_in_the_name_of_who_signed_in(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account=None)
    account = accounts.sign_in(desk, name=" officer ", password=PASSWORD).value
    assert desk.account == account
    assert journalled(desk)[-1] == ("sign_in", '{"account":"officer"}', account.id)


@pytest.mark.parametrize(("name", "password"), [("officer", "wrong"), ("nobody", PASSWORD), ("officer", "")])
def test_a_wrong_name_or_password_is_refused_alike_and_journalled_without_the_password(tmp_path: Path, name: str, password: str) -> None:
    desk = make_desk(tmp_path, account=None)
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, name=name, password=password)
    assert desk.account is None
    action, values, account = journalled(desk)[-1]
    assert (action, values, account) == ("sign_in_refused", f'{{"name":"{name}"}}', None)


def test_a_new_account_signs_in_and_its_password_stands_nowhere(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="administrator")
    accounts.add_account(desk, name="wang", display_name="王", roles=(Role.DUTY_OFFICER,), area_id=DISTRICT, password="correct horse")
    accounts.sign_in(desk, name="wang", password="correct horse")
    accounts.change_password(desk, account_id=desk.who, password="battery staple")
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, name="wang", password="correct horse")
    assert not any(word in values for _action, values, _who in journalled(desk) for word in ("horse", "staple"))
    story.assert_sound(desk)


def test_an_account_without_name_or_password_is_refused(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="administrator")
    for name, password in ((" ", "x"), ("li", "  ")):
        with pytest.raises(FieldMissing):
            accounts.add_account(desk, name=name, display_name="李", roles=(Role.OBSERVER,), area_id=DISTRICT, password=password)


def test_only_a_demo_account_acts_without_a_password(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="administrator")
    accounts.add_account(desk, name="real", display_name="真", roles=(Role.DUTY_OFFICER,), area_id=DISTRICT, password="x")
    for name in ("real", "nobody"):
        with pytest.raises(NotFound):
            accounts.act_as(desk, name=name)


# -- act × role -------------------------------------------------------------------------------------------------------
Doing = Callable[[Desk, dict[str, Any]], object]
DOINGS: list[tuple[Act, str, Doing]] = [
    (Act.TAKE_CALL, "take a call", lambda desk, at: calls.take_call(desk, draft=story.fire())),
    (Act.TAKE_CALL, "join a call", lambda desk, at: calls.join_call(desk, draft=story.fire(), incident_id=at["incident"])),
    (Act.TAKE_CALL, "correct", lambda desk, at: incidents.correct_incident(desk, incident_id=at["incident"], title="改")),
    (Act.SEND_TEAM, "send", lambda desk, at: story.send(desk, at["taken"].incident, story.FIRE_TWO)),
    (Act.SEND_TEAM, "recall", lambda desk, at: dispatches.recall_team(desk, dispatch_id=at["order"])),
    (Act.SEND_TEAM, "approve", lambda desk, at: dispatches.approve_order(desk, dispatch_id=at["order"], approved_by="王", how="")),
    (Act.SEND_TEAM, "detail", lambda desk, at: dispatches.detail_order(desk, dispatch_id=at["order"], facts={"task": "灭火"})),
    (Act.REPORT_TEAM, "receipt", lambda desk, at: dispatches.take_receipt(desk, dispatch_id=at["order"])),
    (Act.REPORT_TEAM, "state", lambda desk, at: teams.report_state(desk, team_id=story.FIRE_ONE, to=TeamState.EN_ROUTE)),
    (Act.WRITE_LOG, "log", lambda desk, at: incidents.write_log(desk, text="注")),
    (Act.WRITE_LOG, "figures", lambda desk, at: incidents.report_figures(desk, incident_id=at["incident"], figures=Figures(hurt=1))),
    (Act.WRITE_LOG, "set state", lambda desk, at: incidents.set_state(desk, incident_id=at["incident"], state=IncidentState.CONTROLLED)),
    (Act.WORK_TASK, "add task", lambda desk, at: incidents.add_task(desk, incident_id=at["incident"], title="联系")),
    (Act.CLOSE_INCIDENT, "close", lambda desk, at: incidents.close_incident(desk, incident_id=at["incident"], override_reason="x")),
    (Act.IMPORT, "import", lambda desk, at: imports.take_rows(desk, kind="teams", drafts=[], source="x.csv")),
    (Act.KEEP_PLANS, "plans", lambda desk, at: library.take_plans(desk, texts=[], source="x")),
    (Act.ERASE_PERSONAL, "erase", lambda desk, at: incidents.erase_personal(desk, incident_id=at["incident"])),
]


@pytest.mark.parametrize(("act", "do"), [pytest.param(act, do, id=name) for act, name, do in DOINGS])
def test_a_role_may_do_exactly_what_the_table_says(tmp_path: Path, act: Act, do: Doing) -> None:
    for role in Role:
        desk = make_desk(tmp_path, name=f"{role.value}.store")
        taken = story.take(desk, story.FIRE_ONE)
        at = {"taken": taken, "incident": taken.incident.id, "order": taken.orders[0].id}
        desk.account = Account(id=desk.who, name="x", display_name="某", roles=(role,), area_id=DISTRICT)
        if role in AUTHORITY[act].roles:
            do(desk, at)
        else:
            with pytest.raises(RoleMissing):
                do(desk, at)
        desk.store.close()


@pytest.mark.parametrize("do", [pytest.param(do, id=name) for _act, name, do in DOINGS])
def test_nobody_signed_in_may_do_nothing(tmp_path: Path, do: Doing) -> None:
    desk = make_desk(tmp_path)
    taken = story.take(desk, story.FIRE_ONE)
    desk.account = None
    with pytest.raises(SignInNeeded):
        do(desk, {"taken": taken, "incident": taken.incident.id, "order": taken.orders[0].id})


def test_everybody_may_read_also_without_signing_in(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="observer")
    assert incidents.list_open(desk) == [] and accounts.list_accounts(desk)
    desk.account = None
    assert calls.advise(desk, draft=story.fire()).recommendation is not None
