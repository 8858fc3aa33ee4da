"""Goods handed to people, and gifts with the list that is made public, by the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.lot_codes import lot_code
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.stock import LotSource
from emergency_desk.services import giving_out, responses, stock
from emergency_desk.ui.workplace import GIFTS, HAND_OUTS, PAPER, REQUESTS, STOCK
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_requests_page import fill, submit


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(120, "好", days=700, place_id=made.bin)
    return made


@pytest.fixture
def flood(shelf: Ground) -> Id:
    made = story.take(acting_as(shelf.desk, "leader"), words="小流域山洪，转移群众").incident.id
    responses.activate_response(shelf.desk, incident_id=made, level=Level.III, matter="山洪", expected_hours=24, measures="转移",
                                decided_by="区长")
    return made


@pytest.fixture
def seat(qtbot: QtBot, shelf: Ground, flood: Id, tmp_path: Path) -> Keeper:
    made = Keeper(qtbot, acting_as(shelf.desk, "leader"), tmp_path)
    made.show(STOCK)
    return made


def test_goods_are_handed_to_people_and_taken_back_by_the_keyboard(seat: Keeper, shelf: Ground, flood: Id) -> None:
    stock.issue(shelf.desk, asked=shelf.asked(30, incident_id=flood))
    seat.press("Alt+H")
    assert seat.window.page_id == HAND_OUTS
    page: Any = seat.page
    seat.press("Ctrl+N")
    page.form.editors["item_id"].set_answer(page.acts.candidate(shelf.item))
    fill(seat, quantity="30", households="12", heads="30", handed_by="社工", kept_at="街道民政科")
    page.form.editors["start"].setCurrentIndex(1)
    submit(seat)
    assert not page.form.isVisible(), page.form.refusal.text()
    assert "Blanket 30 pcs" in texts(page.lines)[0] and "街道民政科" in texts(page.lines)[0]
    seat.press("X")
    submit(seat)
    assert page.form.isVisible(), "taking back needs a reason"
    fill(seat, reason="重复登记")
    submit(seat)
    assert "taken back" in texts(page.lines)[0] and shelf.is_sound()
    assert giving_out.handed_out(shelf.desk)[0].is_taken_back
    with shelf.desk.reading() as reading:
        assert sum(claim.quantity for claim in reading.balances.claims_for(flood)) == 30
    seat.press("F9")
    seat.settle()
    assert seat.window.page_id == PAPER


def test_a_scanned_label_says_the_goods_and_the_depot_too(seat: Keeper, shelf: Ground) -> None:
    seat.press("Alt+H", "Ctrl+N")
    page: Any = seat.page
    box = page.form.editors["site_id"]
    box.setCurrentIndex(box.findData(shelf.other))
    page.form.editors["lot"].setText(lot_code(shelf.lot("好")))
    page.form.editors["lot"].setFocus()
    seat.press("Return")
    seat.settle()
    assert page.form.editors["lot"].text() == "好" and page.form.isVisible(), "a scanned code never does what the form does"
    assert (page.form.answers["item_id"], page.form.answers["site_id"]) == (shelf.item.id, shelf.depot)


def test_more_households_than_people_stay_in_the_form(seat: Keeper, shelf: Ground) -> None:
    seat.press("Alt+H", "Ctrl+N")
    page: Any = seat.page
    page.form.editors["item_id"].set_answer(page.acts.candidate(shelf.item))
    fill(seat, quantity="20", households="12", heads="3", handed_by="社工")
    submit(seat)
    assert page.form.isVisible() and "12" in page.form.refusal.text() and giving_out.handed_out(shelf.desk) == []


def test_a_gift_is_taken_in_and_its_list_made_public(seat: Keeper, shelf: Ground) -> None:
    seat.press("Alt+G")
    assert seat.window.page_id == GIFTS
    page: Any = seat.page
    assert texts(page.lines) == []
    seat.press("Ctrl+N")
    page.form.editors["item_id"].set_answer(page.acts.candidate(shelf.item))
    fill(seat, quantity="100", lot_number="赠-1", supplier="某基金会")
    seat.press("Return")
    assert not page.form.isVisible(), page.form.refusal.text()
    assert "某基金会" in texts(page.lines)[0] and "never been published" in page.state.text()
    seat.press("Alt+P")
    fill(seat, published_at_place="区政府网站")
    seat.press("Return")
    assert "区政府网站" in page.state.text() and "nothing came since" in page.state.text()
    shelf.receive(5, "赠-2", source=LotSource.DONATION, supplier="某企业")
    page.forget()
    seat.settle()
    assert "1 donation came since" in page.state.text()
    seat.press("F9")
    seat.settle()
    assert seat.window.page_id == PAPER


def test_the_board_of_one_incident_opens_what_was_handed_out_in_it(seat: Keeper, shelf: Ground, flood: Id) -> None:
    giving_out.hand_out(shelf.desk, asked=shelf.asked(5), handed_by="社工", heads=5)
    giving_out.hand_out(shelf.desk, asked=shelf.asked(7, incident_id=flood), handed_by="社工", heads=7)
    seat.place.open_requests(flood)
    seat.settle()
    assert seat.window.page_id == REQUESTS
    seat.press("Alt+H")
    assert [line for line in texts(seat.page.lines) if "Blanket" in line] == texts(seat.page.lines) and len(texts(seat.page.lines)) == 1
