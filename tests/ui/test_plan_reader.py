"""The plan reader: from a clause's number or a word to the text, the level and what is to be done by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plans import Level, actions_for
from emergency_desk.domain.texts import Text
from emergency_desk.errands.background import Background
from emergency_desk.ui import dressing
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans.body_document import body_of
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording import catalog
from tests.builders import SetClock, make_desk, trade, with_plans
from tests.ui.fitting import cut_labels

FIRE = "building_fire"


class Seat:
    """A window with the plans that ship with the desk."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.desk = make_desk(folder)
        self.window = MainWindow(SetClock())
        qtbot.addWidget(self.window)
        self.place = Workplace(desk=self.desk, background=Background(inline=True), window=self.window, fonts=paths.fonts(),
                               papers=folder / "papers", locale=paths.locale())
        self.desk.memory.tree()
        self.window.add_page(PLANS, lambda: PlansPage(self.place))
        self.window.add_page("before", QWidget)
        self.window.show()
        self.window.furnish()
        self.window.show_page("before")
        qtbot.wait(10)

    def open(self, clause: str = "", code: str = FIRE, version: str = "1.0") -> PlansPage:
        """Open a plan at a clause, as the room does when its clause is pressed."""
        self.place.open_plan(code, version, clause)
        page = self.window.page
        assert isinstance(page, PlansPage)
        return page


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def keys_of(page: PlansPage) -> list[str]:
    return [line.key.rpartition("|")[2] for line in page.outline.lines if not line.key.endswith("|")]


def test_every_plan_of_the_desk_is_listed_with_version_and_tier(seat: Seat) -> None:
    page = seat.open()
    assert [line.cells[1].text for line in page.plans.lines] == ["v1.0 · City"] * len(trade().current_plans)
    assert "Contingency Plan for Building Fires" in [line.cells[0].text for line in page.plans.lines]


def test_the_plan_that_is_open_stays_in_sight_when_the_lines_above_it_grow(seat: Seat) -> None:
    page = seat.open()
    last = page.plans.lines[-1].key
    page.plans.choose(last)
    page.plans.show_lines([replace(one, cells=(replace(one.cells[0], text=one.cells[0].text * 3), *one.cells[1:])) for one in page.plans.lines])
    row = page.plans.visualRect(page.plans.currentIndex())
    assert page.plans.current_key == last and page.plans.viewport().rect().contains(row.center())


def test_a_clause_is_marked_and_scrolled_to(seat: Seat) -> None:
    page = seat.open("5.2.3")
    assert page.text.marked == "5.2.3"
    assert page.outline.current_key.endswith("|5.2.3")
    QApplication.processEvents()
    top = page.text._box_of("5.2.3").top() - page.text.verticalScrollBar().value()
    assert 0 <= top < 60


def test_a_clause_that_sets_a_level_shows_who_may_activate_it_and_when(seat: Seat) -> None:
    page = seat.open("5.2.3")
    assert (page.levels.tier, page.levels.level) == (Tier.CITY, Level.III)
    assert "Head of the city fire and rescue service" in [line.cells[1].text for line in page.levels.levels.lines]
    page.levels.setFixedWidth(280)
    QApplication.processEvents()
    assert page.levels.levels.height() >= page.levels.levels.height_of_lines(), "narrow words wrap, and the chosen level is still seen"
    assert "Trapped: 10 or more" in page.levels.when.text()
    assert "Fire fighting: 5 teams" in page.levels.asks.text()


def test_the_actions_are_those_of_tier_and_level_with_their_minutes(seat: Seat) -> None:
    page = seat.open()
    page.levels.tiers[Tier.STREET].setChecked(True)
    page.levels.levels.choose("III")
    plan = trade().plan(FIRE, "1.0")
    expected = actions_for(plan, Tier.STREET, Level.III)
    assert expected
    assert [line.cells[0].text for line in page.levels.action_list.lines] == [f"T+{action.due_minutes}" for action in expected]


def test_an_action_leads_to_its_clause(seat: Seat) -> None:
    page = seat.open()
    action = actions_for(trade().plan(FIRE, "1.0"), page.levels.tier, page.levels.level)[0]
    page.levels.action_list.opened.emit(action.id)
    assert page.text.marked == action.clause


def test_a_plan_opens_at_the_tier_of_the_desk(seat: Seat) -> None:
    assert seat.open().levels.tier is Tier.DISTRICT


def test_a_number_finds_its_clause_and_those_below_it(seat: Seat) -> None:
    page = seat.open()
    page.search.setText("5.2")
    assert keys_of(page)[0] == "5.2"
    assert all(key == "5.2" or key.startswith("5.2.") for key in keys_of(page))
    assert page.text.marked == "5.2"


def test_chinese_words_find_clauses_of_all_plans_with_the_shown_one_first(seat: Seat, type_chinese: Callable[[QWidget, str], None]) -> None:
    page = seat.open(code="hazmat")
    page.focus_search()
    type_chinese(page.search, "现场指挥部")
    titles = [line.key.partition(" ")[0] for line in page.outline.lines if line.key.endswith("|")]
    assert titles[0] == "hazmat" and len(titles) > 1
    assert page.text.marked in keys_of(page)


def test_both_languages_are_searched_whatever_the_desk_speaks(seat: Seat) -> None:
    page = seat.open()
    page.search.setText("指挥权移交")
    assert "2.3" in keys_of(page)
    page.search.setText("transfer of command")
    assert keys_of(page)[:1] == ["2.3"]


def test_what_an_action_says_is_found_too(seat: Seat) -> None:
    page, plan = seat.open(), trade().plan(FIRE, "1.0")
    action = next(action for action in plan.actions if not any(action.title.zh in clause.body.zh for clause in plan.clauses))
    page.search.setText(action.title.zh)
    assert action.clause in keys_of(page)


def test_nothing_found_says_so_and_leaves_the_text(seat: Seat) -> None:
    page = seat.open("5.2.3")
    page.search.setText("xyzzy")
    assert page.outline.lines == () and page.text.marked == "5.2.3"
    page.window().activateWindow()
    page.outline.setFocus()  # also with the cursor in it, the outline goes back to where the text stands
    page.search.clear()
    assert page.outline.current_key.endswith("|5.2.3")


def test_the_words_looked_for_are_lit_up_in_the_text(seat: Seat) -> None:
    page = seat.open()
    page.search.setText("trapped")
    assert len(page.text.extraSelections()) > 3
    page.search.clear()
    assert page.text.extraSelections() == []


def test_a_plan_is_searched_and_read_without_the_mouse(seat: Seat, qtbot: QtBot) -> None:
    page = seat.open()
    assert page.outline.hasFocus()
    seat.window.acts.do("plans_search")
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "command")
    first = page.text.marked
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.search.hasFocus() and page.text.marked != first
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.outline.hasFocus()
    qtbot.keyClick(page.outline, Qt.Key.Key_Return)
    assert page.text.hasFocus()
    page.leave()
    assert page.search.text() == ""
    page.leave()
    assert seat.window.page_id == "before"


def test_a_version_that_is_gone_is_told_and_the_newest_shown(seat: Seat) -> None:
    page = seat.open("4.1", version="0.1")
    assert page.text.marked == "4.1"
    assert seat.window.notices.notice is not None


def test_an_older_version_is_still_read_by_an_incident_that_began_with_it(seat: Seat) -> None:
    old = replace(trade().plan(FIRE, "1.0"), version="0.9")
    with_plans(seat.desk, old, *trade().current_plans)
    page = seat.open("5.2", version="0.9")
    assert "v0.9" in page.text_panel.note.text()
    assert page.text.marked == "5.2"


def test_the_text_follows_light_and_dark(seat: Seat, dressed: QApplication) -> None:
    page = seat.open("5.2.3")
    light = page.text.document().firstBlock().charFormat().foreground().color().name()
    dressing.apply(dressed, Scheme.DARK)
    QApplication.processEvents()
    QApplication.processEvents()
    assert page.text.document().firstBlock().begin().fragment().charFormat().foreground().color().name() != light
    assert page.text.marked == "5.2.3"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", [
    "building_fire", "crowd_crush", "earthquake", "epidemic", "forest_fire", "gas_leak", "hazmat", "overall", "power_failure", "road_tunnel",
    "typhoon_flood"])
def test_the_page_fits_the_small_screen_in_both_languages(qtbot: QtBot, tmp_path: Path, language: str, code: str) -> None:
    catalog.use_language(language)
    seat = Seat(qtbot, tmp_path)
    seat.window.resize(1366, 768)
    page = seat.open("", code=code)
    qtbot.wait(20)
    for tier, button in page.levels.tiers.items():
        button.setChecked(True)
        for line in page.levels.levels.lines:
            page.levels.levels.choose(line.key)
            qtbot.wait(5)
            assert cut_labels(page) == [], (tier, line.key)
            assert page.levels.action_list.height() > 100, (tier, line.key)
    seat.window.close()
    seat.desk.store.close()


def test_lists_tables_and_strong_words_of_a_clause_are_drawn_as_such(seat: Seat) -> None:
    plan = trade().plan(FIRE, "1.0")
    body = Text("先**救人**。", "**People** first.\n- close\n| level | when |\n| III | 3 people |\n\n| one more |")
    told = replace(plan, version="1.1", clauses=tuple(replace(one, body=body) if one.number == "1.2" else one for one in plan.clauses))
    with_plans(seat.desk, *trade().current_plans, told)
    page = seat.open("1.2", version="1.1")
    shown = body_of(page.text.document())
    assert "1.2  " in shown and body.en in shown
    assert page.text.marked == "1.2" and page.text._box_of("1.2").height() > 120
    number = page.text._blocks["1.2"][1]
    assert page.text.document().findBlockByNumber(number + 1).text().startswith("1.3")
