"""The register by the keyboard alone: a team is added, found, changed and its papers are looked after."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.services import teams, units
from emergency_desk.services.desk import Desk
from emergency_desk.ui.workplace import EXPIRES, TEAM_FORM, TEAMS, UNIT_FORM, UNITS
from tests.builders import STREET, make_desk
from tests.ui.keeper import Keeper


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, account="keeper")


@pytest.fixture
def keeper(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    return Keeper(qtbot, desk, tmp_path)


def test_a_team_is_added_and_found_without_the_mouse(keeper: Keeper, desk: Desk) -> None:
    keeper.press("Ctrl+N")
    assert keeper.window.page_id == TEAM_FORM
    keeper.words("新河水上救援队")
    keeper.press("Tab", "Tab")
    keeper.words("dtjd")
    keeper.press("Return", "Tab")
    keeper.words("0532-00009999")
    keeper.press("Ctrl+S")
    keeper.wait(lambda: keeper.window.page_id == TEAMS)
    kept = teams.list_teams(desk, text="xhss")[0]
    assert (kept.area_id, kept.duty_phone) == (STREET, "0532-00009999")
    keeper.press("Ctrl+F")
    keeper.words("xinhe")
    keeper.wait(lambda: [line.key for line in keeper.page.lines.lines] == [kept.id])
    keeper.press("Down", "Return")
    assert keeper.window.page_id == TEAM_FORM
    keeper.settle()
    keeper.press("Escape")
    assert keeper.window.page_id == TEAMS


def test_a_duty_phone_is_two_keys_away(keeper: Keeper, desk: Desk) -> None:
    keeper.show(UNITS)
    keeper.press("Ctrl+N")
    assert keeper.window.page_id == UNIT_FORM
    keeper.words("气象局")
    keeper.press("Tab", "Tab")
    keeper.words("0532-80000009")
    keeper.press("Ctrl+S")
    keeper.wait(lambda: keeper.window.page_id == UNITS)
    assert [unit.duty_phone for unit in units.list_units(desk)] == ["0532-80000009"]
    keeper.press("Ctrl+F")
    keeper.words("qx")
    keeper.press("Down")
    keeper.wait(lambda: keeper.page.phone.text() == "0532-80000009")


def test_from_the_list_to_what_expires_and_back(keeper: Keeper) -> None:
    keeper.press("F4")
    assert keeper.window.page_id == EXPIRES
    keeper.press("Escape")
    assert keeper.window.page_id == TEAMS
