"""The page of people in shelters by the keyboard: a family in ten seconds, somebody found, gone over, gone home, one person in two lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.errands import shelter_paper_rows as rows
from emergency_desk.services import evacuation, shelter_people
from emergency_desk.services.desk import Desk
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.shelters.people_page import ShelterPeoplePage
from emergency_desk.ui.shelters.shelters_page import SheltersPage
from emergency_desk.ui.workplace import PAPER, SHELTERS
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import HALL, open_it, sheltering_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return sheltering_desk(tmp_path, clock)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


@pytest.fixture
def openings(desk: Desk, incident: Incident) -> tuple[Id, Id]:
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=5)
    return open_it(desk, incident), open_it(desk, incident, HALL)


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, openings: tuple[Id, Id], tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, desk, tmp_path)
    made.place.open_people(openings[0])
    made.settle()
    return made


def register(seat: Keeper, words: str) -> None:
    """Type people where the cursor is and press Enter."""
    assert isinstance(seat.focus, QPlainTextEdit), "the cursor waits for the next family"
    seat.words(words)
    seat.press("Return")


def pick(seat: Keeper, name: str, value: str) -> None:
    editor = seat.page.form.editors[name]
    editor.setCurrentIndex(editor.findData(value))


def test_families_are_registered_one_after_the_other_and_stand_in_the_list(seat: Keeper, desk: Desk, openings: tuple[Id, Id]) -> None:
    seat.press("Ctrl+N")
    pick(seat, "group_id", str(seat.page.form.editors["group_id"].itemData(1)))
    register(seat, "王小明 123X 13800001111 八十多 慢病 床A-12 宠1；李红 5678 79")
    assert "2 people are registered" in seat.notice and "八十多" in seat.notice
    register(seat, "赵四 13900002222")
    lines = shelter_people.people_in(desk, opening_id=openings[0])
    assert [(one.person.name, one.person.id_tail, one.person.age, one.stay.bed, one.stay.pets, one.village) for one in lines if one.person] == [
        ("王小明", "123X", "八十多", "A-12", 1, "港东"), ("李红", "5678", "79", "", 0, "港东"), ("赵四", "", "", "", 0, "港东")]
    assert lines[0].stay.needs == (Need.CHRONIC,)
    assert "王小明" in texts(seat.page.lines)[0] and "八十多" in texts(seat.page.lines)[0]
    seat.press("Return")
    assert seat.page.form.refusal.isVisible(), "nobody is registered without a name"


def test_somebody_is_found_by_initials_goes_over_and_home(seat: Keeper, desk: Desk, clock: SetClock, openings: tuple[Id, Id]) -> None:
    seat.press("Ctrl+N")
    register(seat, "王小明 123X；李红 5678")
    seat.press("Escape", "Ctrl+F")
    seat.words("wxm")
    seat.wait(lambda: len(seat.page.lines.lines) == 1)
    clock.forward(10)
    seat.press("Down", "T", "Return")
    assert not shelter_people.people_in(desk, opening_id=openings[0]), "the family went together"
    assert "文体中心" in texts(seat.page.lines)[0]
    clock.forward(10)
    seat.press("L")
    seat.page.form.editors["people"].boxes[shelter_people.find_people(desk, text="李红").lines[0].stay.id].setChecked(False)
    seat.press("Return")
    gone, there = (shelter_people.find_people(desk, text=name).lines[0].stay for name in ("王小明", "李红"))
    assert gone.left_to is LeftTo.HOME and there.left_at is None


def test_everybody_goes_home_in_one_act(seat: Keeper, desk: Desk, clock: SetClock, openings: tuple[Id, Id]) -> None:
    seat.press("Ctrl+N")
    register(seat, "王小明 123X；李红 5678")
    register(seat, "赵一")
    clock.forward(10)
    seat.press("Escape", "Alt+L", "Return")
    assert not shelter_people.people_in(desk, opening_id=openings[0]) and not seat.page.lines.lines
    assert len(shelter_people.people_in(desk, opening_id=openings[0], is_gone=True)) == 3
    seat.press("Alt+L", "Return")
    assert seat.page.form.refusal.isVisible(), "nobody is left to leave"


def test_somebody_who_is_elsewhere_is_named_and_a_double_is_joined(seat: Keeper, desk: Desk, openings: tuple[Id, Id]) -> None:
    seat.press("Ctrl+N")
    register(seat, "王小明 123X")
    seat.press("Escape")
    seat.place.open_people(openings[1])
    seat.settle()
    seat.press("Ctrl+N")
    register(seat, "王小明 123X 八十多")
    assert "中学体育馆" in seat.page.form.refusal.text() and not shelter_people.people_in(desk, opening_id=openings[1])
    pick(seat, "way", "way_keep_both")
    seat.press("Return", "Escape", "Alt+D")
    assert "the same numbers" in texts(seat.page.lines)[0] and "1 possible duplicate" in seat.page.panel.note.text()
    seat.press("J", "Return")
    assert len(shelter_people.find_people(desk, text="王小明").lines) == 1 and not seat.page.lines.lines


def test_an_entry_is_corrected_as_it_was_typed(seat: Keeper, desk: Desk) -> None:
    seat.press("Ctrl+N")
    register(seat, "王小明 123X 13800001111 八十多 慢病 床A-12")
    seat.press("Escape", "E")
    assert seat.page.form.answers["people"] == "王小明 123X 13800001111 八十多 慢病 床A-12"
    seat.page.form.set_answer("people", "汪小明 123X 82")
    seat.press("Return")
    assert [one.person.age for one in shelter_people.find_people(desk, text="汪小明").lines if one.person] == ["82"]


def test_the_page_of_shelters_leads_here_and_back(seat: Keeper, openings: tuple[Id, Id]) -> None:
    seat.show(SHELTERS)
    seat.press("Alt+P")
    assert isinstance(seat.page, ShelterPeoplePage) and seat.page.opening_id in openings
    seat.press("Escape")
    assert isinstance(seat.page, SheltersPage)


def test_the_registration_sheet_is_printed_from_here_and_the_blank_forms_stand_beside_it(seat: Keeper, openings: tuple[Id, Id]) -> None:
    seat.window.add_page(PAPER, lambda: PaperPage(seat.place))
    seat.press("Ctrl+N")
    register(seat, "王小明 123X")
    seat.press("Escape", "F9")
    page = seat.window.page
    assert isinstance(page, PaperPage)
    assert [line.key.split(" ") for line in page.list.lines] == [[name, openings[0]] for name in rows.OF_PEOPLE]
    assert "Registration sheet" in page.sheet_panel.title.text()
