"""A keeper at the tree of areas: by letters and words alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.ui.areas.page import PAGE, AreasPage
from emergency_desk.ui.widgets.area_picker import AreaPicker
from tests.builders import DISTRICT, OTHER_STREET, STREET, make_desk
from tests.ui.seat import Seat, at_once, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    made = Seat(qtbot, make_desk(tmp_path), tmp_path)
    made.window.add_page(PAGE, lambda: at_once(AreasPage(made.place)))
    made.window.show_page(PAGE)
    made.settle()
    return made


def page_of(seat: Seat) -> AreasPage:
    page = seat.window.built(PAGE)
    assert isinstance(page, AreasPage)
    return page


def test_a_zone_without_a_code_is_added_by_keyboard(seat: Seat) -> None:
    page = page_of(seat)
    assert page.areas.current_key == DISTRICT
    seat.press("A")
    seat.words("高新园区")
    seat.press("Return")
    assert any("高新园区" in each for each in texts(page.areas))
    zone = next(area for area in seat.desk.tree.by_id.values() if area.name == "高新园区")
    assert (zone.code, zone.parent_id) == ("", DISTRICT)


def test_a_new_name_stands_in_the_history(seat: Seat) -> None:
    page = page_of(seat)
    page.areas.choose(STREET)
    seat.settle()
    seat.press("R")
    page.form.editors["name"].setText("东台新街道")  # type: ignore[attr-defined]
    seat.press("Return")
    assert "东台新街道" in page.name.text() and "东台街道" in page.about.text()
    assert "renamed" in texts(page.past)[0]


def test_a_merger_shows_where_the_old_one_went(seat: Seat) -> None:
    page = page_of(seat)
    page.areas.choose(STREET)
    seat.settle()
    seat.press("G")
    picker = page.form.editors["area"]
    assert isinstance(picker, AreaPicker)
    picker.set_answer((OTHER_STREET, "合肥路街道", ""))
    page.form.submit()
    seat.settle()
    assert seat.desk.tree.by_id[Id(STREET)].successor_id == OTHER_STREET
    page.filter.setText("东台")
    assert "formerly 东台街道" in texts(page.areas)[0]


def test_what_cannot_be_is_told_below_the_question_and_nothing_changes(seat: Seat) -> None:
    page = page_of(seat)
    seat.press("X")
    page.form.submit()
    seat.settle()
    assert "cannot end" in page.form.refusal.text()
    assert not seat.desk.tree.by_id[DISTRICT].is_retired
