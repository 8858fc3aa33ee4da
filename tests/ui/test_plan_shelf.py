"""The shelf in the window: every plan in a list, and what words found in them while somebody types; Enter opens the clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.texts import Text
from emergency_desk.errands.background import Background
from emergency_desk.services import plan_search
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.plans.reader_lists import listed
from emergency_desk.ui.plans.shelf_page import PlanShelfPage
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.workplace import PLAN_SHELF, PLANS, Workplace
from emergency_desk.wording import catalog
from tests.builders import SetClock, make_desk, trade, with_plans
from tests.ui.fitting import cut_labels

FIRE = "building_fire"


class Seat:
    """A window with the shelf and the reader."""

    def __init__(self, qtbot: QtBot, folder: Path, *, inline: bool = True) -> None:
        self.desk = make_desk(folder)
        self.window = MainWindow(SetClock())
        qtbot.addWidget(self.window)
        self._deliverer = Deliverer()
        self.background = Background(self._deliverer.deliver, inline=inline)
        self.place = Workplace(desk=self.desk, background=self.background, window=self.window, fonts=paths.fonts(), papers=folder / "papers",
                               locale=paths.locale())
        self.desk.memory.tree()
        self.window.add_page(PLANS, lambda: PlansPage(self.place))
        self.window.add_page(PLAN_SHELF, lambda: PlanShelfPage(self.place))
        self.window.add_page("before", QWidget)
        self.window.show()
        self.window.furnish()
        self.window.show_page("before")

    def open(self) -> PlanShelfPage:
        self.place.open_shelf()
        page = self.window.page
        assert isinstance(page, PlanShelfPage)
        return page

    def close(self) -> None:
        self.background.close()
        self.window.close()
        self.desk.store.close()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    yield seat
    seat.close()


def type_in(page: PlanShelfPage, text: str) -> None:
    page.filter.text.setText(text)
    page.filter.tell_now()


def choose(box: Any, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def titles(page: PlanShelfPage) -> list[str]:
    return [line.cells[0].text for line in page.lines.lines_model.lines]


def test_every_plan_stands_on_the_shelf_with_kind_tier_and_standing(seat: Seat) -> None:
    page = seat.open()
    assert sorted(titles(page)) == sorted(plan.title.en for plan in trade().current_plans)
    line = next(line for line in page.lines.lines_model.lines if line.key == f"{FIRE} 1.0")
    assert [cell.text for cell in line.cells] == [
        "Contingency Plan for Building Fires", "v1.0", "Special plan", "City", "Building fire", str(len(trade().plan(FIRE, "1.0").clauses)),
        "in force"]


def test_kind_tier_type_and_standing_narrow_the_list(seat: Seat) -> None:
    plan = trade().plan(FIRE, "1.0")
    with_plans(seat.desk, plan, replace(plan, code="street", tier=Tier.STREET, kind=PlanKind.TOWNSHIP, title=Text("", "Street plan")),
               replace(plan, version="0.9", title=Text("", "Older plan")))
    page = seat.open()
    for box, value, expected in ((page.filter.kind, "township", ["Street plan"]), (page.filter.tier, "tier_street", ["Street plan"]),
                                 (page.filter.hazard, "hazmat", []), (page.filter.standing, "superseded", ["Older plan"])):
        choose(box, value)
        page.filter.tell_now()
        assert titles(page) == expected
        box.setCurrentIndex(0)
        page.filter.tell_now()


def test_words_are_found_plan_after_plan_and_enter_opens_the_clause(
    seat: Seat, qtbot: QtBot, type_chinese: Callable[[QWidget, str], None],
) -> None:
    page = seat.open()
    seat.window.acts.do("shelf_search")
    assert page.filter.text.hasFocus()
    type_chinese(page.filter.text, "现场指挥部")
    page.filter.tell_now()
    found = plan_search.find(seat.desk, text="现场指挥部")
    heads = [line.key.rstrip("|") for line in page.found.lines if line.key.endswith("|")]
    assert heads == [f"{one.back.code} {one.back.version}" for one in found.plans]
    assert len(page.found.lines) == len(heads) + found.hits
    lit = [line.cells[1] for line in page.found.lines if line.cells[1].lit]
    assert lit and all((cell.below or cell.text)[start:end] == "现场指挥部" for cell in lit for start, end in cell.lit)
    first = page.found.current_key
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Down)
    assert page.filter.text.hasFocus() and page.found.current_key != first
    code, clause = page.found.current_key.split(" ")[0], page.found.current_key.split("|")[1]
    qtbot.keyClick(page.filter.text, Qt.Key.Key_Return)
    reader = seat.window.page
    assert isinstance(reader, PlansPage)
    assert (reader._plan.code if reader._plan else "", reader.text.marked) == (code, clause)
    reader.leave()
    assert seat.window.page_id == PLAN_SHELF and page.filter.text.text() == "现场指挥部"


def test_a_contact_is_found_and_leads_to_the_contacts_at_the_end(seat: Seat) -> None:
    page, contact = seat.open(), trade().plan(FIRE, "1.0").contacts[0]
    type_in(page, f"{contact.unit.zh} {contact.role.zh}")
    key = next(line.key for line in page.found.lines if line.key.startswith(FIRE) and "|~contact|" in line.key)
    page.found.opened.emit(key)
    reader = seat.window.page
    assert isinstance(reader, PlansPage) and reader.text.marked == "~contact"


def test_nothing_found_says_so_and_escape_gives_the_list_back(seat: Seat) -> None:
    page = seat.open()
    type_in(page, "xyzzy")
    assert page.found.lines == () and page.found.isVisible()
    page.leave()
    assert page.lines.isVisible() and len(titles(page)) == len(trade().current_plans)
    page.leave()
    assert seat.window.page_id == "before"


def test_the_last_letter_wins(qtbot: QtBot, tmp_path: Path) -> None:
    """With a real store thread: what was typed first may be answered, and is not shown."""
    seat = Seat(qtbot, tmp_path, inline=False)
    page = seat.open()
    shown: list[str] = []
    show = page._show_found
    page._show_found = lambda found: (shown.append(" ".join(found.words)), show(found))  # type: ignore[method-assign,assignment,func-returns-value]
    for text in ("消", "消防", "消防救", "消防救援"):
        type_in(page, text)
    qtbot.waitUntil(lambda: shown[-1:] == ["消防救援"], timeout=10_000)
    assert shown == ["消防救援"]
    seat.close()


def test_the_reader_lists_the_first_of_very_many_and_leads_to_all(seat: Seat) -> None:
    plan = trade().plan(FIRE, "1.0")
    with_plans(seat.desk, *(replace(plan, code=f"fire_{number:03}") for number in range(60)))
    seat.place.open_plan("fire_055", "1.0", "5.2.3")
    reader = seat.window.page
    assert isinstance(reader, PlansPage)
    assert (reader.plans.lines[0].key, reader.plans.current_key, reader.text.marked) == ("fire_055 1.0", "fire_055 1.0", "5.2.3")
    assert (len(reader.plans.lines), reader.plans.lines[-1].cells[0].text) == (42, "19 more plans: all plans")
    assert len(listed(seat.desk.trade.shelf, None)) == 40
    reader.plans.opened.emit(reader.plans.lines[-1].key)
    assert seat.window.page_id == PLAN_SHELF


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_shelf_fits_the_small_screen_in_both_languages(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    catalog.use_language(language)
    seat = Seat(qtbot, tmp_path)
    seat.window.resize(1366, 768)
    page = seat.open()
    qtbot.wait(10)
    assert cut_labels(page) == []
    type_in(page, "指挥 现场" if language == "zh_CN" else "command scene")
    qtbot.wait(10)
    assert cut_labels(page) == [] and page.found.lines
    seat.close()
