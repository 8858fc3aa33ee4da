"""The size of everything changes at once: every window, its tables and the text of a plan, with all that was typed; and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.app.session import Session
from emergency_desk.app.window import fit
from emergency_desk.ui import enlarging, preferences
from emergency_desk.ui.look import Look
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import BOARD, PLANS, TEAMS
from tests.builders import SetClock
from tests.ui.test_officers import demo  # noqa: F401  a session at a demo desk


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.toml")
    stand_before(monkeypatch, qapp, 3840, 2160)
    yield
    enlarging.enlarge(qapp, 100)


def stand_before(monkeypatch: pytest.MonkeyPatch, application: QApplication, wide: int, high: int) -> None:
    """Let the screen be as large as that on the glass, whatever everything is shown at."""
    def room(_screen: QScreen) -> QSize:
        return QSize(wide, high) / (enlarging.shown_at(application) / 100)

    monkeypatch.setattr(enlarging, "room_of", room)


def choose(session: Session, qtbot: QtBot, percent: int) -> None:
    """Choose a size in the box, as one does by typing it."""
    box = session.window.top.box
    session.window.find_anything()
    box.setText(f"{percent} %")
    box.look_up()
    next(found for found in box.offered if f"at {percent} %" in found.title).run()
    qtbot.waitUntil(lambda: session.window.devicePixelRatio() == percent / 100)


def on_glass(widget: QWidget) -> tuple[int, int]:
    """Return the size of a widget in the dots of the screen."""
    picture = widget.grab()
    return picture.width(), picture.height()


def test_every_window_its_tables_and_the_text_of_a_plan_are_larger_at_once(demo: Session, qtbot: QtBot) -> None:  # noqa: F811
    window, beside = demo.window, QLineEdit("beside")
    qtbot.addWidget(beside)
    beside.resize(200, 40)
    beside.show()
    window.resize(900, 520)
    for page_id in (TEAMS, PLANS):
        page = window.show_page(page_id)
        height = on_glass(window.top)[1]
        choose(demo, qtbot, 150)
        assert window.page is page and window.isVisible()
        assert on_glass(window.top)[1] == round(height * 1.5)  # the letters, and the bar that holds them
        assert window.width() <= window.screen().availableGeometry().width()  # and none of it is beyond the screen
        assert beside.devicePixelRatio() == 1.5 and beside.isVisible() and beside.text() == "beside"
        choose(demo, qtbot, 100)
        assert on_glass(window.top)[1] == height
    assert preferences.read(paths.settings_file().parent).scale_percent == 100


def test_what_was_typed_stays_and_so_does_the_cursor(demo: Session, qtbot: QtBot) -> None:  # noqa: F811
    demo.window.acts.do("take_call")
    call = demo.window.page
    field = next(one for one in call.findChildren(QLineEdit) if one.isVisible() and one.isEnabled() and not one.isReadOnly())  # type: ignore[union-attr]
    field.setText("8 Wangjiang Road")
    demo.window.activateWindow()
    field.setFocus()
    choose(demo, qtbot, 125)
    assert demo.window.page is call and field.text() == "8 Wangjiang Road" and field.isVisible()
    assert demo.window.notices.notice is not None and "125 %" in demo.window.notices.notice.text
    assert preferences.read(paths.settings_file().parent).scale_percent == 125


def test_a_window_that_no_longer_fits_takes_the_whole_screen(demo: Session, qtbot: QtBot) -> None:  # noqa: F811
    choose(demo, qtbot, 200)
    assert demo.window.isMaximized()


@pytest.mark.parametrize(("wide", "high", "most"), [
    (1366, 768, 150), (1366, 720, 150), (1280, 720, 125), (1920, 1080, 200), (1600, 900, 175), (800, 600, 100), (3840, 2160, 200)])
def test_a_size_never_makes_a_window_larger_than_its_screen(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wide: int, high: int, most: int,
) -> None:
    window = MainWindow(SetClock())
    qtbot.addWidget(window)
    stand_before(monkeypatch, qapp, wide, high)
    assert enlarging.most(qapp, window) == most
    enlarging.enlarge(qapp, most)  # the answer is the same at any size
    assert enlarging.shown_at(qapp) == most and enlarging.most(qapp, window) == most


def test_a_size_the_screen_has_no_room_for_is_refused_with_the_largest_that_fits(
    demo: Session, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,  # noqa: F811
) -> None:
    stand_before(monkeypatch, qapp, 1366, 768)
    box = demo.window.top.box
    demo.window.find_anything()
    box.setText("200 %")
    box.look_up()
    next(found for found in box.offered if "at 200 %" in found.title).run()
    assert demo.window.notices.notice is not None
    assert demo.window.notices.notice.text == "At 200 % the window would be larger than this screen. Choose 150 % or less."
    assert preferences.read(paths.settings_file().parent).scale_percent == 100 and enlarging.shown_at(qapp) == 100
    choose(demo, qtbot, 150)


def test_at_a_smaller_screen_the_desk_starts_as_large_as_it_can_and_says_so(
    demo: Session, qapp: QApplication, monkeypatch: pytest.MonkeyPatch,  # noqa: F811
) -> None:
    preferences.change(paths.settings_file().parent, scale_percent=200)
    stand_before(monkeypatch, qapp, 1366, 768)
    window = MainWindow(SetClock())
    enlarging.enlarge(qapp, 200)
    fit(qapp, window)
    assert enlarging.shown_at(qapp) == 150
    Look(qapp, paths.settings_file().parent, str, demo.window).tell_if_smaller()
    assert demo.window.notices.notice is not None and "150 %" in demo.window.notices.notice.text and "200 %" in demo.window.notices.notice.text
    assert preferences.read(paths.settings_file().parent).scale_percent == 200  # at the large screen it is as it was
    window.deleteLater()


def test_in_a_low_window_the_board_begins_at_its_top_and_shows_figures_incidents_and_log(demo: Session, qtbot: QtBot) -> None:  # noqa: F811
    board: Any = demo.window.show_page(BOARD)
    demo.window.resize(910, 499)  # 1366×768 at 150 %
    board.composer.setFocus()
    qtbot.waitUntil(lambda: not board._states_panel.isVisible())
    shown = demo.window.rect()
    for part in (*board.tiles, board.incidents, board.due, board.log, board.composer):
        assert shown.contains(QRect(part.mapTo(demo.window, QPoint(0, 0)), part.size())), part
    demo.window.resize(1366, 768)
    qtbot.waitUntil(lambda: board._states_panel.isVisible())


def test_where_qt_cannot_the_next_start_is_named(demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(enlarging, "_NAME", "no_such_function")
    box = demo.window.top.box
    demo.window.find_anything()
    box.setText("150 %")
    box.look_up()
    next(found for found in box.offered if "at 150 %" in found.title).run()
    qtbot.waitUntil(lambda: demo.window.notices.notice is not None and "next start" in demo.window.notices.notice.text)
    assert demo.window.devicePixelRatio() == 1.0 and demo.window.isVisible()
    assert preferences.read(paths.settings_file().parent).scale_percent == 150


def test_the_board_goes_on_and_quitting_is_not_asked_for(demo: Session, qtbot: QtBot, qapp: QApplication) -> None:  # noqa: F811
    ended: list[bool] = []
    qapp.lastWindowClosed.connect(lambda: ended.append(True))
    demo.window.show_page(BOARD)
    choose(demo, qtbot, 175)
    assert qapp.quitOnLastWindowClosed() and not ended and QGuiApplication.topLevelWindows()
    demo.window.take_call()  # type: ignore[attr-defined]
    assert demo.window.page_id == "call"
