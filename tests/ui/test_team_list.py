"""The list of teams: found while typing, paged without end, marked with Space, everything of one team at the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import founding, register_lists, teams
from emergency_desk.services.desk import Desk
from emergency_desk.ui.workplace import AGREEMENT_FORM, AGREEMENTS, EXPIRES, SITES, STATE_BOARD, TEAM_FORM, TEAMS, UNITS
from emergency_desk.wording.catalog import use_language
from tests.builders import make_desk, team
from tests.ui.fitting import cut_labels, page_scroll_bars
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, account="leader")


@pytest.fixture
def keeper(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    return Keeper(qtbot, desk, tmp_path)


def shown(keeper: Keeper) -> list[str]:
    return [line.cells[1].text for line in keeper.page.lines.lines]


def test_a_team_is_found_while_its_initials_are_typed(keeper: Keeper) -> None:
    keeper.words("hbzy")
    keeper.wait(lambda: shown(keeper) == ["海波志愿队"])
    keeper.press("Down")
    assert keeper.page.lines.current_key
    keeper.wait(lambda: keeper.page.detail.shown is not None)
    assert keeper.page.detail.name.text() == "海波志愿队"


def test_an_empty_register_is_told_how_to_begin_and_an_empty_search_to_widen(keeper: Keeper) -> None:
    none_fits = keeper.page.lines._empty
    answer = keeper.page._listed
    assert answer is not None and not answer.is_bare and "Take a letter away" in none_fits
    keeper.page.show_read(replace(answer, count=0, first=(), is_bare=True))
    assert "Ctrl+I" in keeper.page.lines._empty


def test_a_chip_asks_what_its_view_asks(keeper: Keeper) -> None:
    keeper.page.show_view(register_lists.SavedView("", states=(TeamState.UNAVAILABLE,)))
    assert shown(keeper) == []
    keeper.page.show_view(register_lists.SavedView("", capability="medical"))
    assert len(shown(keeper)) == 3


def test_marked_teams_take_a_field_at_once_and_give_it_back(keeper: Keeper, desk: Desk) -> None:
    keeper.page.show_view(register_lists.SavedView("", capability="medical"))
    keeper.page.lines.setFocus()
    keeper.press("A", "B")
    form = keeper.page.form
    form.editors["field"].setCurrentIndex(form.editors["field"].findData("channel"))
    form.editors["value"].setText("CH 12")
    form.submit()
    keeper.settle()
    assert [one.channel for one in teams.list_teams(desk, text="急救")] == ["CH 12"] * 3
    keeper.window.notices.do_act()
    keeper.settle()
    assert [one.channel for one in teams.list_teams(desk, text="急救")] == [""] * 3


def test_a_state_is_told_by_hand_with_a_note(keeper: Keeper, desk: Desk) -> None:
    keeper.page.lines.setFocus()
    keeper.wait(lambda: keeper.page.detail.shown is not None)
    home = keeper.page.detail.shown.team.id
    keeper.press("S")
    form = keeper.page.form
    form.editors["to"].setCurrentIndex(form.editors["to"].findData("unavailable"))
    form.editors["note"].setText("车辆检修")
    form.submit()
    keeper.settle()
    kept = teams.get_team(desk, team_id=home)
    assert (kept.state, kept.state_note) == (TeamState.UNAVAILABLE, "车辆检修")


def test_a_thousand_teams_are_read_page_by_page(keeper: Keeper, desk: Desk) -> None:
    founding.fill(desk, teams=[team(2000 + number, f"第{number:04d}队") for number in range(1000)], sites=())
    desk.memory.forget()
    keeper.page.forget()
    keeper.settle()
    lines = keeper.page.lines
    assert len(lines.lines) == 1013
    assert len(list(lines.lines)) == 200
    lines.setCurrentIndex(lines.lines_model.index(1000, 0))
    lines.scrollToBottom()
    keeper.wait(lambda: lines.lines[1012].key)
    keeper.settle()
    whole = register_lists.page_of_teams(desk, asked=register_lists.TeamFilter(), limit=2000)
    assert (lines.lines[1000].key, lines.lines[1012].key) == (whole[1000].id, whole[1012].id)


def test_columns_are_chosen_and_remembered(keeper: Keeper) -> None:
    keeper.page._keep_columns(("name", "code", "kind"))
    keeper.settle()
    assert [column.title for column in keeper.page.lines.lines_model.columns] == ["", "Team", "Code", "Kind"]
    assert len(shown(keeper)) == 13


def test_a_member_is_added_below_the_list(keeper: Keeper, desk: Desk) -> None:
    keeper.page.lines.setFocus()
    keeper.wait(lambda: keeper.page.detail.shown is not None)
    home = keeper.page.detail.shown.team.id
    keeper.press("M")
    keeper.page.form.editors["name"].setText("张三")
    keeper.page.form.editors["phone"].setText("找老王")
    keeper.page.form.submit()
    keeper.settle()
    assert "找老王" in keeper.page.form.refusal.text()
    keeper.page.form.editors["phone"].setText("13800000000")
    keeper.page.form.editors["certificates"].setText("急救; 证 7; 2027-03-01 | 驾驶证 B2; 证 8")
    keeper.page.form.submit()
    keeper.settle()
    (kept,) = register_lists.team_detail(desk, team_id=home).members
    assert kept.name == "张三"
    assert [(paper.number, str(paper.valid_until)) for paper in kept.certificates] == [("证 7", "2027-03-01"), ("证 8", "None")]
    keeper.wait(lambda: any("张三" in words for words in texts(keeper.page.detail.lines)))


def test_the_state_board_counts_and_leads_to_the_teams(keeper: Keeper) -> None:
    board = keeper.show(STATE_BOARD)
    assert any("standby" in column.title for column in board.lines.lines_model.columns)
    board.lines.choose_first()
    board.list_area()
    keeper.settle()
    assert keeper.window.page_id == TEAMS and len(shown(keeper)) == 12


def test_a_contact_that_was_tried_leaves_the_list_of_what_is_due(keeper: Keeper) -> None:
    page = keeper.show(EXPIRES)
    before = len(page.lines.lines)
    contact = next(line.key for line in page.lines.lines if "never" in line.cells[0].text)
    page._tried("tried", contact)
    keeper.settle()
    assert len(page.lines.lines) == before - 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", [TEAMS, TEAM_FORM, EXPIRES, STATE_BOARD, UNITS, SITES, AGREEMENTS, AGREEMENT_FORM])
def test_nothing_is_cut_and_only_lists_scroll(qtbot: QtBot, desk: Desk, tmp_path: Path, language: str, page: str) -> None:
    use_language(language)
    keeper = Keeper(qtbot, desk, tmp_path)
    shown_page = keeper.show(page)
    if page == TEAM_FORM:
        shown_page.open(Id(f"{103:032x}"))
    if page == AGREEMENT_FORM:
        shown_page.open(None)
    keeper.settle()
    assert cut_labels(keeper.window) == []
    assert page_scroll_bars(keeper.window) == []
    assert (keeper.window.width(), keeper.window.height()) == (1366, 768)
