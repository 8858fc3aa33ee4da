"""The wall: read at two metres, by itself fresh, and with nobody's name or number on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.session import Session
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.incidents import Caller
from emergency_desk.services import calls
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.wall.facts import without_numbers
from emergency_desk.ui.wall.window import LEAST, WallWindow, open_wall
from tests.builders import OTHER_STREET, STREET, make_desk
from tests.ui.seat import Seat, at_once, take_fire


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    return Seat(qtbot, make_desk(tmp_path), tmp_path)


def wall_of(seat: Seat) -> WallWindow:
    wall = open_wall(seat.place)
    at_once(wall)
    seat.qtbot.addWidget(wall)
    wall.resize(1920, 1080)
    seat.settle()
    return wall


def test_an_empty_wall_says_so(seat: Seat) -> None:
    wall = wall_of(seat)
    assert wall.words()[:2] == ["Open incidents", "0"]
    wall.grab()


def test_the_wall_is_fresh_by_itself_after_a_call(seat: Seat) -> None:
    wall = wall_of(seat)
    taken = take_fire(seat.desk, send=2, trapped=3)
    seat.background.announce(taken_changes(seat))
    seat.settle()
    told = " ".join(wall.words())
    assert taken.incident.title in told and "东台街道" in told and "Trapped 3" in told
    assert sum("mustering" in each for each in wall.words()) == 2


def taken_changes(seat: Seat) -> object:
    return calls.take_call(seat.desk, draft=CallDraft(words="第二起", area_id=OTHER_STREET)).changes


def test_the_incidents_take_turns(seat: Seat) -> None:
    take_fire(seat.desk)
    calls.take_call(seat.desk, draft=CallDraft(words="路面积水", area_id=OTHER_STREET))
    wall = wall_of(seat)
    before = wall.words()[-6:]
    wall.turn()
    seat.settle()
    assert wall.words()[-6:] != before


def test_nobody_is_named_and_no_number_stands_on_the_wall(seat: Seat) -> None:
    draft = CallDraft(words="起火 请回电 13800001111", area_id=STREET, address="3 号 0532-85791119",
                      caller=Caller(name="张三", phone="13800001111"))
    calls.take_call(seat.desk, draft=draft)
    told = " ".join(wall_of(seat).words())
    assert "张三" not in told and "13800001111" not in told and "85791119" not in told
    assert without_numbers("18层 延安三路105号 2026") == "18层 延安三路105号 2026"


def test_every_letter_is_read_at_two_metres(seat: Seat) -> None:
    take_fire(seat.desk, send=2, trapped=3)
    wall = wall_of(seat)
    wall.grab()
    assert LEAST <= wall.least_drawn < 1000


def test_escape_and_the_end_of_the_desk_close_it(seat: Seat) -> None:
    wall = wall_of(seat)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert not wall.isVisible()


def test_the_wall_goes_on_in_the_language_the_desk_turns_to(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    make_desk(tmp_path).store.close()
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=tmp_path / "test.store", account="leader"), window, inline=True)
    session.begin()
    assert session.window.acts.do("open_wall")
    wall = session.window.wall  # type: ignore[attr-defined]
    qtbot.addWidget(wall)
    assert wall.words()[0] == "Open incidents"
    session._speak("zh_CN")
    QApplication.processEvents()
    assert wall.isVisible() and wall.words()[0] == "在办事件"
    assert wall.windowTitle() != "Wall view" and session.window.wall is wall  # type: ignore[attr-defined]
    session.background.store(lambda: take_fire(session.desk, send=1))  # type: ignore[arg-type]
    calls.take_call(session.desk, draft=CallDraft(words="第二起", area_id=OTHER_STREET))  # type: ignore[arg-type]
    session.background.announce(taken_of(session))
    QApplication.processEvents()
    assert wall.words()[1] == "3"
    session.window.close()
    assert not wall.isVisible()


def taken_of(session: Session) -> object:
    return calls.take_call(session.desk, draft=CallDraft(words="第三起", area_id=OTHER_STREET)).changes  # type: ignore[arg-type]
