"""The form of a team: refusals at the field, a draft that stays, and two keepers who do not overwrite one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import Certificate, Equipment
from emergency_desk.services import register, teams
from emergency_desk.services.desk import Desk
from emergency_desk.ui.workplace import TEAM_FORM, TEAMS
from tests.builders import make_desk
from tests.ui.keeper import Keeper

TEAM = Id(f"{103:032x}")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, account="keeper")


@pytest.fixture
def keeper(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, desk, tmp_path)
    seat.place.open_team_form(TEAM)
    seat.settle()
    return seat


@pytest.mark.parametrize(("field", "typed"), [
    ("duty_phone", "ask Wang"), ("people_total", "many"), ("people_ready", "-3"), ("radius_km", "0"), ("insured_until", "next year"),
    ("certificates", "flying; 9; 2027-01-01"), ("name", " "),
])  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(keeper: Keeper, field: str, typed: str) -> None:
    keeper.type_into(field, typed)
    keeper.page.save()
    keeper.settle()
    editor = keeper.page.form.editors[field]
    assert editor.accessibleDescription()
    assert keeper.focus is editor
    assert keeper.window.page_id == TEAM_FORM


def test_an_example_of_a_longitude_is_a_longitude(keeper: Keeper) -> None:
    shown = {name: keeper.page.form.editors[name].placeholderText() for name in ("latitude", "longitude")}
    assert shown == {"latitude": "36.0671", "longitude": "120.3826"}


def test_all_of_it_is_kept(keeper: Keeper, desk: Desk) -> None:
    keeper.type_into("certificates", "Hazardous materials; 危-9; 2027年1月5日")
    keeper.type_into("equipment", "Foam; 12; t")
    keeper.type_into("radius_km", "12.5")
    keeper.type_into("capabilities", "灭火、危化处置")
    keeper.page.save()
    keeper.settle()
    kept = teams.get_team(desk, team_id=TEAM)
    assert kept.certificates == (Certificate("hazmat", "危-9", date(2027, 1, 5)),)
    assert (kept.equipment, kept.radius_km, kept.capabilities) == ((Equipment("Foam", 12, "t"),), 12.5, ("fire_fighting", "hazmat"))
    assert keeper.window.page_id == TEAMS


def test_what_was_typed_is_there_again(keeper: Keeper) -> None:
    keeper.type_into("leader_name", "王五")
    keeper.page.leave()
    keeper.settle()
    keeper.place.open_team_form(TEAM)
    keeper.settle()
    assert keeper.page.form.texts()["leader_name"] == "王五"
    assert keeper.page.note.isVisible()
    keeper.page.drop_draft()
    keeper.settle()
    assert keeper.page.form.texts()["leader_name"] == ""


def test_both_versions_stand_side_by_side_and_saving_again_keeps_mine(keeper: Keeper, desk: Desk) -> None:
    before = teams.get_team(desk, team_id=TEAM)
    register.change_team(desk, before=before, team=replace(before, channel="CH 7"))
    keeper.type_into("leader_name", "王五")
    keeper.page.save()
    keeper.settle()
    assert keeper.page.theirs.isVisible()
    rows = {line.key: [cell.text for cell in line.cells[1:]] for line in keeper.page._differences.lines}
    assert rows == {"channel": ["CH 7", ""], "leader_name": ["", "王五"]}
    keeper.page.save()
    keeper.settle()
    kept = teams.get_team(desk, team_id=TEAM)
    assert (kept.leader_name, kept.channel) == ("王五", "")


def test_taking_theirs_shows_what_the_other_saved(keeper: Keeper, desk: Desk) -> None:
    before = teams.get_team(desk, team_id=TEAM)
    register.change_team(desk, before=before, team=replace(before, channel="CH 7"))
    keeper.type_into("leader_name", "王五")
    keeper.page.save()
    keeper.settle()
    keeper.page.take_theirs()
    assert (keeper.page.form.texts()["channel"], keeper.page.form.texts()["leader_name"]) == ("CH 7", "")


def test_a_retired_team_is_given_back_by_the_notice(keeper: Keeper, desk: Desk) -> None:
    keeper.page.retire()
    keeper.settle()
    assert teams.get_team(desk, team_id=TEAM).is_retired
    keeper.window.notices.do_act()
    keeper.settle()
    assert not teams.get_team(desk, team_id=TEAM).is_retired
