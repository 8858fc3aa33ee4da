"""The page of shelters by the keyboard: one is opened by order, counted and closed; a village is moved and its sum shown whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.shelters import Inspected, Shelter, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import evacuation, founding, incidents, shelters
from emergency_desk.services.desk import Desk
from emergency_desk.ui.workplace import SHELTERS
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_stock_pages import fill

GYM, YARD = Id("1" * 31 + "a"), Id("1" * 31 + "b")


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    desk = make_desk(tmp_path, clock=clock)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", area_id=STREET, effective_area_m2=1600, latitude=36.087, longitude=120.361),
        Site(id=YARD, kind=SiteKind.SHELTER, name="操场", area_id=STREET, effective_area_m2=700)])
    shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
        GYM, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长", keeper_phone="0532-8000-0001",
        catchment=(STREET,)))
    acting_as(desk, "officer")
    return desk


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    story.take(desk, story.FIRE_ONE)
    made = Keeper(qtbot, desk, tmp_path)
    made.show(SHELTERS)
    return made


def pick(seat: Keeper, name: str, value: str) -> None:
    """Choose a value in a field of the small form."""
    editor = seat.page.form.editors[name]
    editor.setCurrentIndex(editor.findData(value))


def known(desk: Desk) -> shelters.KnownShelter:
    return shelters.get_shelter(desk, shelter_id=GYM)


def test_a_shelter_is_opened_counted_and_closed_from_its_line(seat: Keeper, desk: Desk, clock: SetClock) -> None:
    assert "1,600" in texts(seat.page.lines)[0] or "3,200" in texts(seat.page.lines)[0]
    seat.press("O")
    seat.words("区长赵某")
    seat.press("Return")
    assert known(desk).opening is None, "the checklist is open"
    assert "safety checklist" in seat.page.form.refusal.text()
    pick(seat, "stay", Stay.FIFTEEN_DAYS.value)
    for box in seat.page.form.editors["checks"].boxes.values():
        box.setChecked(True)
    seat.press("Return")
    opened = known(desk).opening
    assert opened is not None and (opened.capacity, opened.approved_by, opened.receives) == (800, "区长赵某", (STREET,))
    clock.forward(30)
    seat.press("C", "Return")
    assert known(desk).occupancy is not None and known(desk).occupancy.counted_at is None, "no word is not nobody"  # type: ignore[union-attr]
    fill(seat, heads="392", counted_by="馆长")
    seat.press("Return")
    assert "49%" in texts(seat.page.lines)[0]
    seat.press("X")
    seat.words("已清洁查验")
    seat.press("Return")
    assert known(desk).opening is not None and "392" in seat.page.form.refusal.text()
    seat.press("Escape", "C")
    fill(seat, heads="0", left="392")
    seat.press("Return", "S", "Escape", "X")
    seat.words("已清洁查验")
    seat.press("Return")
    assert known(desk).shelter.state is ShelterState.CLOSED
    moves = [move.to_state for move in shelters.list_moves(desk, shelter_id=GYM)]
    assert moves == [ShelterState.OPEN, ShelterState.CLOSING, ShelterState.CLOSED]


def test_a_village_is_moved_and_who_is_missing_stands_red(seat: Keeper, desk: Desk) -> None:
    seat.press("Alt+N")
    fill(seat, name="港东低洼片", vulnerable="41", ordered_by="街道主任")
    seat.page.form.editors["area_id"].set_answer((STREET, "东台街道", ""), "")
    seat.press("Return")
    assert evacuation.reconcile(desk, incident_id=seat.page._known.ground.incidents[0][0]) == [], "how many are to be moved must be said"
    fill(seat, to_move="340")
    seat.press("Return", "Alt+V", "M")
    fill(seat, people="316")
    seat.press("Return")
    line = texts(seat.page.groups)[0]
    assert "340" in line and "316" in line and "24" in line
    seat.press("Alt+V", "D")
    seat.words("雨停")
    seat.press("Return")
    assert not texts(seat.page.groups)


def test_a_site_becomes_a_shelter(seat: Keeper, desk: Desk) -> None:
    acting_as(desk, "leader")
    seat.press("Ctrl+N")
    fill(seat, keeper="老张", phone="0532-8000-0002")
    pick(seat, "inspected", Inspected.FIT.value)
    seat.press("Return")
    made = shelters.get_shelter(desk, shelter_id=YARD).shelter
    assert (made.keeper, made.inspected, made.state) == ("老张", Inspected.FIT, ShelterState.READY)


def test_with_several_incidents_a_form_begins_at_which_one_and_proposes_that_whose_people_are_moved(
    qtbot: QtBot, desk: Desk, tmp_path: Path, clock: SetClock,
) -> None:
    typhoon = story.opened(desk)
    evacuation.order_evacuation(desk, incident_id=typhoon.id, area_id=STREET, name="低洼片", to_move=12)
    clock.forward(30)
    lift = story.opened(desk, words="合肥路有人被困电梯里")
    assert incidents.list_open(desk)[0].id == lift.id, "the newest of them"
    seat = Keeper(qtbot, desk, tmp_path)
    seat.show(SHELTERS)
    for key in ("O", "Alt+N"):
        seat.press(key)
        asked = seat.page.form.editors["incident_id"]
        assert (asked.currentData(), asked.hasFocus()) == (typhoon.id, True)
        seat.press("Escape")


def test_where_nobody_is_moved_yet_the_gravest_incident_is_proposed(qtbot: QtBot, desk: Desk, tmp_path: Path, clock: SetClock) -> None:
    fire = story.opened(desk)
    incidents.report_figures(desk, incident_id=fire.id, figures=Figures(dead=3), reported_by="冯某")
    clock.forward(30)
    story.opened(desk, words="合肥路有人被困电梯里")
    seat = Keeper(qtbot, desk, tmp_path)
    seat.show(SHELTERS)
    seat.press("O")
    assert seat.page.form.editors["incident_id"].currentData() == fire.id
