"""Who sits at the desk, and what each role may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import Type, extract_parameters

from emergency_desk.domain.accounts import AUTHORITY, Account, Act, Role
from emergency_desk.domain.errors import (
    AccountRetired,
    FieldMissing,
    FieldUnreadable,
    LastAdministrator,
    NameTaken,
    NotFound,
    NotThisTier,
    PasswordNeeded,
    RoleMissing,
    SignInNeeded,
    Stale,
    WrongPassword,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures, IncidentState
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import (
    accounts,
    calls,
    dispatches,
    founding,
    imports,
    incidents,
    library,
    plan_contacts,
    register_lists,
    teams,
    units,
)
from emergency_desk.services.desk import Desk
from emergency_desk.wording.refusals import sentence
from tests import story
from tests.builders import CITY, DISTRICT, PASSWORD, STREET, make_desk
from tests.quickness import full_price


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
    (Act.TRY_CONTACT, "try", lambda desk, at: plan_contacts.try_contact(desk, unit="气象局", phone="1", is_answered=True)),
    (Act.KEEP_SETTINGS, "setting", lambda desk, at: library.keep_setting(desk, name="lost_contact_minutes", content="20")),
    (Act.KEEP_RULES, "rules", lambda desk, at: library.take_rules(desk, texts={}, source="x")),
    (Act.KEEP_VIEWS, "view", lambda desk, at: register_lists.keep_view(desk, view=register_lists.SavedView("一"))),
    (Act.KEEP_VIEWS, "columns", lambda desk, at: library.keep_setting(desk, name=library.TEAM_COLUMNS, content="[]")),
    (Act.IMPORT, "remembered columns", lambda desk, at: library.keep_setting(desk, name=library.IMPORT_COLUMNS, content="{}")),
    (Act.KEEP_REGISTER, "areas", lambda desk, at: founding.add_areas(desk, areas=[])),
    (Act.KEEP_REGISTER, "fill", lambda desk, at: founding.fill(desk, teams=[], sites=[])),
    (Act.KEEP_REGISTER, "retire a unit", lambda desk, at: units.retire_unit(desk, unit_id=at["unit"])),
    (Act.KEEP_ACCOUNTS, "idle", lambda desk, at: accounts.set_idle_minutes(desk, minutes=5)),
    (Act.ERASE_PERSONAL, "erase", lambda desk, at: incidents.erase_personal(desk, incident_id=at["incident"])),
]


@pytest.mark.parametrize(("act", "do"), [pytest.param(act, do, id=name) for act, name, do in DOINGS])
def test_a_role_may_do_exactly_what_the_table_says(tmp_path: Path, act: Act, do: Doing) -> None:
    for role in Role:
        desk = make_desk(tmp_path, name=f"{role.value}.store")
        taken = story.take(desk, story.FIRE_ONE)
        unit = units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "气象局")).value
        at = {"taken": taken, "incident": taken.incident.id, "order": taken.orders[0].id, "unit": unit.id}
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
        do(desk, {"taken": taken, "incident": taken.incident.id, "order": taken.orders[0].id, "unit": Id("0" * 32)})


def test_everybody_may_read_also_without_signing_in(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="observer")
    assert incidents.list_open(desk) == [] and accounts.list_accounts(desk)
    desk.account = None
    assert calls.advise(desk, draft=story.fire()).recommendation is not None


# -- keeping the accounts ---------------------------------------------------------------------------------------------
def admin_desk(folder: Path) -> Desk:
    return make_desk(folder, account="administrator")


def added(desk: Desk, name: str = "wang", *roles: Role) -> Account:
    return accounts.add_account(desk, name=name, display_name="王", roles=roles or (Role.DUTY_OFFICER,), area_id=STREET, password="horse").value


def test_only_an_administrator_keeps_the_accounts(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    own = desk.who
    for do in (lambda: added(desk), lambda: accounts.retire_account(desk, account_id=own),
               lambda: accounts.set_idle_minutes(desk, minutes=5),
               lambda: accounts.change_password(desk, account_id=Id(f"{2:032x}"), password="x"),
               lambda: accounts.change_account(desk, account_id=own, display_name="x", roles=(Role.KEEPER,), area_id=CITY)):
        with pytest.raises(RoleMissing):
            do()
    assert accounts.change_password(desk, account_id=own, password="my own").value.id == own
    story.assert_sound(desk)


def test_a_refused_act_is_journalled_without_what_was_to_be_written(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="observer")
    with pytest.raises(RoleMissing):
        incidents.write_log(desk, text="居民张三 13800000000")
    action, values, who = journalled(desk)[-1]
    assert (action, values, who) == ("act_refused", '{"act":"write_log"}', desk.who)


def test_a_name_is_given_once(tmp_path: Path) -> None:
    desk = admin_desk(tmp_path)
    added(desk)
    with pytest.raises(NameTaken):
        added(desk, " wang ")


def test_roles_and_area_of_an_account_change_and_the_tier_with_them(tmp_path: Path) -> None:
    desk = admin_desk(tmp_path)
    account = added(desk)
    changed = accounts.change_account(desk, account_id=account.id, display_name="王五", roles=(Role.KEEPER, Role.DUTY_LEADER), area_id=CITY,
                                      version=account.version).value
    assert (changed.roles, changed.area_id) == ((Role.DUTY_LEADER, Role.KEEPER), CITY)
    with pytest.raises(Stale):
        accounts.change_account(desk, account_id=account.id, display_name="王六", roles=(Role.KEEPER,), area_id=CITY, version=account.version)
    with pytest.raises(FieldMissing):
        accounts.change_account(desk, account_id=account.id, display_name="王五", roles=(), area_id=CITY)


def test_a_retired_account_signs_in_no_more_until_it_is_brought_back(tmp_path: Path) -> None:
    desk = admin_desk(tmp_path)
    account = added(desk)
    accounts.retire_account(desk, account_id=account.id)
    with pytest.raises(AccountRetired):
        accounts.sign_in(desk, name="wang", password="horse")
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, name="wang", password="guess")
    assert journalled(desk)[-1][0] == "sign_in_refused"
    accounts.bring_back_account(desk, account_id=account.id)
    assert accounts.sign_in(desk, name="wang", password="horse").value.id == account.id


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    desk = admin_desk(tmp_path)
    own = desk.who
    with pytest.raises(LastAdministrator):
        accounts.retire_account(desk, account_id=own)
    with pytest.raises(LastAdministrator):
        accounts.change_account(desk, account_id=own, display_name="x", roles=(Role.KEEPER,), area_id=CITY)
    added(desk, "second", Role.ADMINISTRATOR)
    assert accounts.retire_account(desk, account_id=own).value.is_retired


def test_a_street_that_holds_every_role_is_refused_what_is_the_countys(tmp_path: Path) -> None:
    """B16, through the desk."""
    desk = make_desk(tmp_path, account="street")
    desk.account = Account(id=desk.who, name="x", display_name="某", roles=tuple(Role), area_id=STREET)
    for act in (Act.REQUISITION, Act.ISSUE_WARNING, Act.REQUEST_GARRISON, Act.END_RESPONSE):
        assert not desk.can(act)
        with pytest.raises(NotThisTier) as refused:
            desk.may(act)
        assert "Art. " in sentence(refused.value)
        desk.account = Account(id=desk.who, name="x", display_name="某", roles=(Role.DUTY_LEADER,), area_id=DISTRICT)
        assert desk.can(act) and desk.may(act)
        desk.account = Account(id=desk.who, name="x", display_name="某", roles=tuple(Role), area_id=STREET)


def test_another_demo_officer_sits_down_and_it_is_journalled(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    account = accounts.change_officer(desk, name="city").value
    assert desk.account == account and desk.area_id == CITY
    assert journalled(desk)[-1] == ("sign_in", '{"account":"city"}', account.id)


# -- a desk that nobody touches ---------------------------------------------------------------------------------------
def real_desk(folder: Path) -> Desk:
    """Return a desk that is no demo, with an account that holds duty and administration."""
    desk = admin_desk(folder)
    added(desk, "wang", Role.DUTY_LEADER, Role.ADMINISTRATOR)
    desk.facts = replace(desk.facts, is_demo=False)
    accounts.sign_in(desk, name="wang", password="horse")
    return desk


def test_after_quiet_minutes_the_next_act_asks_for_the_password(tmp_path: Path) -> None:
    desk = real_desk(tmp_path)
    assert accounts.idle_minutes(desk) == 15
    assert not accounts.rest(desk, quiet_minutes=14)
    assert accounts.rest(desk, quiet_minutes=15)
    assert incidents.list_open(desk) == []
    with pytest.raises(PasswordNeeded):
        calls.take_call(desk, draft=story.fire())
    with pytest.raises(WrongPassword):
        accounts.wake(desk, password="guess")
    accounts.wake(desk, password="horse")
    assert [action for action, _values, _who in journalled(desk)][-2:] == ["sign_in_refused", "wake"]
    assert calls.take_call(desk, draft=story.fire()).value.incident.number


def test_no_password_is_asked_for_while_an_incident_is_open(tmp_path: Path) -> None:
    desk = real_desk(tmp_path)
    incident = story.opened(desk)
    assert not accounts.rest(desk, quiet_minutes=600)
    desk.rested_minutes = 20  # it rested already when another desk took a call
    assert incidents.write_log(desk, text="注").value.text == "注"
    assert not accounts.rest(desk, quiet_minutes=0)
    assert desk.rested_minutes == 0
    incidents.close_incident(desk, incident_id=incident.id)
    assert accounts.rest(desk, quiet_minutes=600)


def test_the_quiet_minutes_are_a_setting_and_a_demo_never_asks(tmp_path: Path) -> None:
    desk = real_desk(tmp_path)
    accounts.set_idle_minutes(desk, minutes=0)
    assert not accounts.rest(desk, quiet_minutes=600)
    with pytest.raises(FieldUnreadable):
        accounts.set_idle_minutes(desk, minutes=100_000)
    desk.facts = replace(desk.facts, is_demo=True)
    accounts.set_idle_minutes(desk, minutes=5)
    assert not accounts.rest(desk, quiet_minutes=600)


def test_a_password_is_kept_at_the_price_that_makes_guessing_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_hasher", full_price)  # the other tests pay a cheap one
    kept = accounts.hash_password("correct horse")
    price = extract_parameters(kept)
    assert (price.type, price.memory_cost >= 19_456, price.time_cost >= 2) == (Type.ID, True, True)  # Source: OWASP Password Storage Cheat Sheet
    assert full_price().verify(kept, "correct horse")
