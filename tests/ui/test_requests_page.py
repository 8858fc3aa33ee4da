"""From request to receipt by the keyboard: asked, decided, released, picked, sent and received; refusals stay in the form with what was typed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.release_orders import ReleaseState, ToRelease, Transport
from emergency_desk.domain.requisitions import RequisitionState
from emergency_desk.domain.supply_requests import RequestState
from emergency_desk.services import releases, responses, supply_board
from emergency_desk.ui.workplace import BOARD, REQUESTS, STOCK
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(120, "好", days=700, place_id=made.bin)
    made.receive(30, "临", days=40)
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
    made.press("Alt+R")
    assert made.window.page_id == REQUESTS
    return made


def fill(seat: Keeper, /, **answers: str) -> None:
    """Type into the fields of the form."""
    for name, words in answers.items():
        editor = seat.page.form.editors[name]
        editor.setFocus()
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.selectAll()
        seat.words(words)


def submit(seat: Keeper) -> None:
    """By the key that the button of the form names."""
    seat.press("Ctrl+Return")


def act(seat: Keeper, **answers: str) -> None:
    """Do the next act of the first line."""
    page: Any = seat.page
    page.lines.setFocus()
    page.lines.setCurrentIndex(page.lines.lines_model.index(0, 0))
    seat.press("Return")
    seat.settle()
    assert page.form.isVisible(), texts(page.lines)
    fill(seat, **answers)
    submit(seat)


def test_from_request_to_receipt_by_the_keyboard(seat: Keeper, shelf: Ground, flood: Id) -> None:
    page: Any = seat.page
    assert texts(page.lines) == []
    seat.press("Ctrl+N")
    fill(seat, lines="毛毯 100\n排水泵 2 台", asked_by="街道值班", needed_by="+90")
    submit(seat)
    request = supply_board.supply_board(shelf.desk).requests[0].request
    assert request.state is RequestState.ASKED and "Blanket 100 pcs; 排水泵 2 pcs" in texts(page.lines)[0]
    seat.press("Return")  # the district's own request is the city's to decide: recorded as heard
    fill(seat, grant0="100", pass_up1="0", refuse1="2", decided_by="市局长")
    submit(seat)
    assert page.form.isVisible() and page.form.refusal.text()
    fill(seat, heard_from="市值班", reason="没有水泵")
    submit(seat)
    assert not page.form.isVisible(), page.form.refusal.text()
    act(seat, quantity0="100", approved_by="局长")
    assert shelf.there() == (50, 100, 0)
    act(seat, picked_by="保管员")
    act(seat, vehicle="鲁B1", driver="孙", driver_phone="139", expected_at="+30")
    order = supply_board.supply_board(shelf.desk).orders[0].order
    assert order.state is ReleaseState.ON_THE_WAY and order.vehicle == "鲁B1"
    shelf.clock.forward(45)
    page.forget()
    seat.settle()
    assert "Ring the driver" in texts(page.lines)[0]
    act(seat, good0="29", short0="1", received_by="王")
    assert page.form.isVisible(), "a difference needs its reason"
    fill(seat, reason="少一条", approved_by="局长")
    submit(seat)
    assert not page.form.isVisible(), page.form.refusal.text()
    with shelf.desk.reading() as reading:
        assert sum(one.quantity for one in reading.balances.claims_for(flood)) == 99
    assert shelf.is_sound()


def test_a_requisition_is_noticed_given_back_and_compensated_by_the_keyboard(seat: Keeper, shelf: Ground) -> None:
    seat.press("Alt+N")
    fill(seat, what="挖掘机", quantity="1", unit="台", owner="郝不存在", purpose="清淤", decided_by="区长")
    submit(seat)
    assert seat.page.form.isVisible(), "who carries it out is missing"
    fill(seat, executor="李某")
    submit(seat)
    act(seat, sound="1")
    act(seat, compensation="3600")
    with shelf.desk.reading() as reading:
        made = reading.requisitions.where("")[0]
    assert made.state is RequisitionState.SETTLED and shelf.is_sound()


def test_what_is_withdrawn_goes_and_an_order_is_cancelled(seat: Keeper, shelf: Ground) -> None:
    seat.press("Ctrl+N")
    fill(seat, lines="毛毯 10")
    submit(seat)
    seat.page.lines.setFocus()
    seat.press("X")
    fill(seat, reason="不需要了")
    submit(seat)
    assert texts(seat.page.lines) == []
    seat.press("Alt+O")
    seat.settle()
    assert "withdrawn" in texts(seat.page.lines)[0]


def test_the_room_shows_what_is_asked_and_on_the_way_and_opens_the_board_by_its_key(seat: Keeper, shelf: Ground, flood: Id) -> None:
    room = seat.open_room(flood)
    assert not room.supplies.isVisible(), "nothing is asked yet"
    lines = [ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=40)]
    order = releases.release(shelf.desk, lines=lines, incident_id=flood, approved_by="局长").value[0]
    releases.ship(shelf.desk, order_id=order.id, transport=Transport(vehicle="鲁B1", driver_phone="139",
                                                                     expected_at=shelf.clock.at + timedelta(minutes=20)))
    room = seat.open_room(flood)
    assert room.supplies.isVisible() and "40" in texts(room.supplies.lines)[0] and "Sign for it" in room.supplies.next.text()
    seat.press("Alt+Z")
    assert seat.window.page_id == REQUESTS and seat.page.incident_id == flood


def test_a_transport_that_fails_to_come_raises_the_alarm_and_opens_the_board(seat: Keeper, shelf: Ground, flood: Id) -> None:
    lines = [ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=40)]
    order = releases.release(shelf.desk, lines=lines, incident_id=flood, approved_by="局长").value[0]
    releases.ship(shelf.desk, order_id=order.id, transport=Transport(vehicle="鲁B1", driver_phone="139",
                                                                     expected_at=shelf.clock.at + timedelta(minutes=20)))
    shelf.clock.forward(21)
    seat.show(BOARD)
    seat.board.forget()
    seat.settle()
    assert order.number in seat.notice and "139" in seat.notice
    seat.window.notices.do_act()
    seat.settle()
    assert seat.window.page_id == REQUESTS and "Ring the driver" in texts(seat.page.lines)[0]
    assert seat.page.lines.lines[0].cells[1].below.startswith("139"), "the number comes first, for the end may be cut"


def test_two_vehicles_leave_and_are_received_one_by_one_by_the_keyboard(seat: Keeper, shelf: Ground, flood: Id) -> None:
    releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=100)], incident_id=flood,
                     approved_by="局长")
    page: Any = seat.page
    page.forget()
    seat.settle()
    act(seat, picked_by="保管员")
    act(seat, vehicle="鲁B1", expected_at="+60", load0="30", load1="40")
    assert "30 wait for another vehicle" in texts(page.lines)[0]
    act(seat, vehicle="鲁B2", expected_at="+30")
    seat.press("Return")
    fill_choice(page, "leg_id", "鲁B1")
    submit(seat)
    assert "鲁B1" in page.form.title.text()
    fill(seat, received_by="王")
    submit(seat)
    assert not page.form.isVisible(), page.form.refusal.text()
    order = supply_board.supply_board(shelf.desk).orders[0]
    assert [leg.is_on_the_road for leg in order.legs] == [False, True] and order.order.vehicle == "鲁B2"
    seat.press("W")
    assert page.form.isVisible(), "the waybill of which vehicle?"
    assert shelf.is_sound()


def fill_choice(page: Any, name: str, words: str) -> None:
    """Turn a choice of the form to the one with these words in it."""
    box = page.form.editors[name]
    box.setCurrentIndex(next(row for row in range(box.count()) if words in box.itemText(row)))
