"""A list of people in the window: chosen, looked at, taken; from the page of people and from the page of who is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.services import evacuation, missing_people, shelter_people
from emergency_desk.services.desk import Desk
from emergency_desk.ui.shelters.people_list_page import PeopleListPage
from emergency_desk.ui.workplace import SHELTER_MISSING, SHELTER_PEOPLE
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import HALL, open_it, sheltering_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sheltering_desk(tmp_path, SetClock())


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


@pytest.fixture
def openings(desk: Desk, incident: Incident) -> tuple[Id, Id]:
    return open_it(desk, incident), open_it(desk, incident, HALL)


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, openings: tuple[Id, Id], incident: Incident, tmp_path: Path) -> Keeper:
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=5)
    made = Keeper(qtbot, desk, tmp_path)
    made.place.open_people(openings[1])
    made.settle()
    return made


def look(seat: Keeper, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    seat.page.path.setText(str(path))
    seat.press("Ctrl+L")
    seat.wait(lambda: seat.page.preview is not None or "Reading" not in seat.page.told.text())


def test_a_list_is_taken_into_the_shelter_that_was_shown(seat: Keeper, desk: Desk, openings: tuple[Id, Id], tmp_path: Path) -> None:
    seat.press("Ctrl+I")
    assert isinstance(seat.page, PeopleListPage) and seat.page.target.currentData() == openings[1]
    look(seat, tmp_path / "list.csv", "姓名,证件号,年龄\n王小明,37021219440101123X,八十多\n,1,2\n")
    shown = texts(seat.page.lines)
    assert "The name is missing" in shown[0] and "王小明" in shown[1] and "1944" not in shown[1]
    assert "1 good row; 1 to mend." in seat.page.told.text()
    seat.press("Ctrl+Return")
    seat.wait(lambda: "is registered" in seat.page.told.text())
    assert "list-to-mend" in seat.page.told.text() and "八十多" in seat.page.told.text()
    assert [one.person.name for one in shelter_people.people_in(desk, opening_id=openings[1]) if one.person] == ["王小明"]
    seat.press("Escape")
    assert not isinstance(seat.page, PeopleListPage)


def test_the_names_of_a_village_come_from_a_file_too(seat: Keeper, desk: Desk, incident: Incident, tmp_path: Path) -> None:
    seat.show(SHELTER_MISSING)
    seat.press("Ctrl+I")
    assert isinstance(seat.page, PeopleListPage) and "张家河" in seat.page.target.currentText()
    look(seat, tmp_path / "village.csv", "姓名\n王小明\n李红\n")
    seat.press("Ctrl+Return")
    seat.wait(lambda: "looked for by name" in seat.page.told.text())
    assert len(missing_people.list_missing(desk, incident_id=incident.id)[0].people) == 2


def test_a_file_that_is_no_list_of_people_says_why(seat: Keeper, tmp_path: Path) -> None:
    seat.show(SHELTER_PEOPLE)
    seat.press("Ctrl+I")
    look(seat, tmp_path / "bad.csv", "村,人数\n张家河,12\n")
    assert "no column for the name of people" in seat.page.told.text() and not seat.page.good.isEnabled()
