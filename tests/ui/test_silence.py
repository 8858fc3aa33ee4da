"""A silent team stands among what is due, raises the alarm, and is the next act of its room."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.teams import TeamState
from emergency_desk.services import dispatches, library, teams
from emergency_desk.services.calls import TakenCall
from emergency_desk.ui.incidents.room_lines import SILENT
from emergency_desk.ui.widgets.cell_painting import cell_width
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import BOARD, PLANS, ROOM, STATE_BOARD
from tests import story
from tests.builders import SetClock, make_desk
from tests.ui.keeper import Keeper
from tests.ui.seat import Seat, texts


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, clock: SetClock) -> Seat:
    return Seat(qtbot, make_desk(tmp_path, clock=clock), tmp_path)


def working(seat: Seat) -> TakenCall:
    taken = story.take(seat.desk, story.FIRE_ONE)
    dispatches.take_receipt(seat.desk, dispatch_id=taken.orders[0].id)
    seat.background.store(lambda: teams.report_state(seat.desk, team_id=story.FIRE_ONE, to=TeamState.WORKING))
    seat.settle()
    return taken


def test_the_board_tells_team_incident_since_when_and_by_which_setting(seat: Seat, clock: SetClock) -> None:
    taken = working(seat)
    clock.forward(30)
    seat.board.tick()
    line = next(line for line in seat.board.due.lines if line.key.startswith("contact:"))
    words = texts(seat.board.due)[0]
    assert line.cells[0].shape is Shape.LATE
    assert "消防一站" in words and "since" in words and "(limit 30 min)" in words
    assert taken.incident.title in line.cells[0].hint and "0532-00000101" in line.cells[0].hint


def test_silence_raises_the_alarm_on_every_page_and_the_word_ends_it(seat: Seat, clock: SetClock) -> None:
    working(seat)
    seat.window.show_page(PLANS)
    clock.forward(31)
    seat.board._watch.count()
    assert "No word from 消防一站" in seat.notice and "0532-00000101" in seat.notice
    seat.background.store(lambda: teams.hear_team(seat.desk, team_id=story.FIRE_ONE))
    seat.settle()
    assert seat.notice == ""


def test_the_room_asks_for_the_word_and_keeps_it(seat: Seat, clock: SetClock) -> None:
    taken = working(seat)
    room = seat.open_room(taken.incident.id)
    clock.forward(31)
    room.tick()
    seat.settle()
    assert room.next_panel.what.text() == "Ask 消防一站 for a word"
    assert any(": no word" in words for words in texts(room.orders.lines))
    seat.press("Ctrl+Return")
    assert room.orders.form.isVisible()
    room.orders.form.editors["by"].setText("班长")
    seat.press("Ctrl+Return")
    assert room.next_panel.what.text() != "Ask 消防一站 for a word"
    assert not any(": no word" in words for words in texts(room.orders.lines))
    assert any("gave word (班长" in words for words in texts(room.log.lines))


def test_the_number_to_ring_is_read_in_the_room_also_the_day_after(seat: Seat, clock: SetClock) -> None:
    taken = working(seat)
    room = seat.open_room(taken.incident.id)
    clock.forward(14 * 60)
    room.tick()
    lines = room.orders.lines
    row = next(row for row, line in enumerate(lines.lines) if line.key.endswith(SILENT))
    cell, how_long = lines.lines[row].cells[0], lines.lines[row].cells[1]
    box = lines.visualRect(lines.model().index(row, 0)).adjusted(0, 0, lines.spare_beside(row, 0), 0)
    assert cell.text.strip().startswith("0532-00000101") and cell_width(cell, lines.letters) <= box.width()
    assert how_long.text == "14 h", "a date beside it would take the room of the number"


def test_the_due_line_leads_to_the_order_in_its_room(seat: Seat, clock: SetClock) -> None:
    working(seat)
    clock.forward(31)
    seat.window.show_page(BOARD)
    seat.board.tick()
    seat.press("Alt+D", "Return")
    assert seat.window.page_id == ROOM
    assert "消防一站" in texts(seat.room.orders.lines)[0]


def test_the_minutes_are_set_on_the_state_board(qtbot: QtBot, tmp_path: Path) -> None:
    keeper = Keeper(qtbot, make_desk(tmp_path, account="leader"), tmp_path)
    page = keeper.show(STATE_BOARD)
    keeper.press("Alt+N")
    page.form.editors["minutes"].setText("x")
    page.form.submit()
    keeper.settle()
    assert page.form.refusal.text()
    page.form.editors["minutes"].setText("12")
    page.form.submit()
    keeper.settle()
    assert library.silent_minutes(keeper.desk) == 12
    assert "12 min" in page.panel.note.text()
