"""Who goes to which shelter, by the keyboard: a village's list, the better answer, a line by hand, sent, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.shelters import Inspected, Shelter, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import evacuation, founding, shelters
from emergency_desk.services.desk import Desk
from emergency_desk.services.shelter_assignment import read_board
from emergency_desk.ui.workplace import ASSIGNMENT, SHELTERS
from tests import story
from tests.builders import STREET, acting_as, make_desk
from tests.services.test_shelter_assignment import GYM, HALL
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_shelters_page import pick
from tests.ui.test_stock_pages import fill


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A gym of 80 places for three days near by, a hall of 30 that is fit for vulnerable people; 92 people of a village."""
    desk = make_desk(tmp_path)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="体育馆", area_id=STREET, effective_area_m2=80),
        Site(id=HALL, kind=SiteKind.SHELTER, name="文体中心", area_id=STREET, effective_area_m2=30)])
    for site in (GYM, HALL):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
            site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), vulnerable_fit=site == HALL))
    acting_as(desk, "officer")
    incident = story.take(desk, story.FIRE_ONE).incident
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=92)
    return desk


@pytest.fixture
def seat(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, desk, tmp_path)
    made.show(SHELTERS)
    made.press("Alt+Q")
    return made


def listed(seat: Keeper, words: str = "4×20 2/1×6") -> None:
    seat.press("Alt+V", "Return")
    fill(seat, families=words)
    seat.press("Return")


def test_a_list_is_typed_and_all_have_a_place_proved(seat: Keeper, desk: Desk) -> None:
    assert seat.window.page_id == ASSIGNMENT and "no list yet" in texts(seat.page.villages)[0]
    listed(seat, "four")
    assert "4×20" in seat.page.form.refusal.text() and seat.page.form.isVisible(), "how it is written stands there"
    fill(seat, families="4×20 2/1×6")
    seat.press("Return")
    assert texts(seat.page.state) == ["The best there is, proved"]
    assert [told for told in texts(seat.page.goes) if told.startswith("文体中心 2 people, 1 vulnerable 6 12")]
    assert any(told.startswith("Place found 92") for told in texts(seat.page.figures))
    assert any("2 must be opened first" in told for told in texts(seat.page.figures))


def test_a_line_by_hand_stays_and_the_rest_is_solved_around_it(seat: Keeper, desk: Desk) -> None:
    listed(seat)
    seat.press("Ctrl+N")
    pick(seat, "kind", next(kind.id for kind in seat.page.board.question.kinds if kind.needs_fit))
    pick(seat, "shelter", GYM)
    fill(seat, families="2")
    seat.press("Return")
    assert [told for told in texts(seat.page.goes) if "2 people, 1 vulnerable 2 4" in told and "as you said" in told]
    assert seat.page.answer.is_proved
    seat.press("Alt+S")
    seat.page.goes.choose(f"{seat.page.asked.fixed[0].kind_id}|{GYM}")
    seat.press("F")
    assert not seat.page.asked.fixed, "the officer's word is taken off again"


def test_what_has_no_place_says_why(seat: Keeper) -> None:
    listed(seat, "4×10 2/1×20")
    assert "fit for vulnerable people" in " ".join(texts(seat.page.whys))
    assert any(told.startswith("Without a place 10") for told in texts(seat.page.figures))


def test_it_is_sent_and_a_line_is_taken_back(seat: Keeper, desk: Desk) -> None:
    listed(seat)
    seat.press("Ctrl+Return")
    fill(seat, decided_by="街道主任")
    seat.press("Return")
    board = read_board(desk)
    assert board.villages[0].heads_sent == 92 and not board.question.kinds
    assert not texts(seat.page.goes) and len(texts(seat.page.sent)) == len(board.villages[0].sent)
    seat.press("Alt+L", "X")
    fill(seat, reason="道路中断")
    seat.press("Return")
    assert read_board(desk).villages[0].heads_sent < 92
    seat.press("Escape")
    assert seat.window.page_id == SHELTERS


def test_the_stay_and_the_reach_are_asked(seat: Keeper, desk: Desk) -> None:
    listed(seat)
    seat.press("Alt+G")
    pick(seat, "stay", "stay_15_days")
    fill(seat, reach_minutes="20")
    seat.press("Return")
    assert any(told.startswith("Without a place 40") for told in texts(seat.page.figures)), "40 and 15 places for fifteen days"
