"""An officer at the keyboard of a real window: a desk over a made-up city, the pages of a call, and keys that are counted.

A chord is one key act; words typed and the input method do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.errands.background import Background
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import BOARD, CALL, ROOM, Workplace
from tests.ui.hands import type_words

ROOT = Path(__file__).resolve().parents[2]
_NONE, _CONTROL, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_CHORDS = {
    "F2": (Qt.Key.Key_F2, _NONE), "F5": (Qt.Key.Key_F5, _NONE), "F8": (Qt.Key.Key_F8, _NONE), "Tab": (Qt.Key.Key_Tab, _NONE),
    "Esc": (Qt.Key.Key_Escape, _NONE), "Space": (Qt.Key.Key_Space, _NONE), "Down": (Qt.Key.Key_Down, _NONE),
    "Ctrl+Enter": (Qt.Key.Key_Return, _CONTROL), "Ctrl+S": (Qt.Key.Key_S, _CONTROL), "Alt+R": (Qt.Key.Key_R, _ALT),
    "Alt+P": (Qt.Key.Key_P, _ALT),
    "Alt+U": (Qt.Key.Key_U, _ALT), "Alt+N": (Qt.Key.Key_N, _ALT), "Alt+T": (Qt.Key.Key_T, _ALT), "Enter": (Qt.Key.Key_Return, _NONE),
    "0": (Qt.Key.Key_0, _NONE), "1": (Qt.Key.Key_1, _NONE), "2": (Qt.Key.Key_2, _NONE),
}  # fmt: skip


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.acts: list[str] = []

    def press(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            key, chord = _CHORDS[name]
            self.acts.append(name)
            QTest.keyClick(self._at(), key, chord)

    def words(self, text: str) -> None:
        """Type words; they do not count."""
        type_words(self._at(), text)

    def _at(self) -> QWidget:
        return QApplication.focusWidget() or self._window


class RoomShown(QWidget):
    """Stands where the room stands, and remembers which incident it was turned to."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Id] = []

    def show_incident(self, incident_id: Id) -> None:
        """Turn to an incident."""
        self.shown.append(incident_id)


class Officer:
    """A window at a desk with the call form in it, on its board."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path, background: Background) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.window = MainWindow(desk.now)
        qtbot.addWidget(self.window)
        self.room = RoomShown()
        self.workplace = Workplace(desk, background, self.window, ROOT / "resources" / "fonts", folder, ROOT / "resources" / "locale")
        self.window.take_call = self.workplace.take_call  # type: ignore[attr-defined]
        self.window.add_page(BOARD, QWidget)
        self.window.add_page(CALL, lambda: CallForm(self.workplace))
        self.window.add_page(ROOM, lambda: self.room)
        self.window.show()
        self.window.show_page(BOARD)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.keys = Keys(self.window)

    @property
    def form(self) -> CallForm:
        """The call form."""
        form = self.window.built(CALL)
        assert isinstance(form, CallForm)
        return form

    @property
    def notice(self) -> str:
        """What the notice bar tells, "" for nothing."""
        notice = self.window.notices.notice
        return notice.text if notice else ""

    def wait(self, until: Callable[[], Any]) -> None:
        """Let the desk work until something holds."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=10_000)

    def wait_for_advice(self) -> None:
        """Let the desk think."""
        self.wait(lambda: not self.form.is_thinking)

    def tell_call(self, words: str, area: str, address: str = "", **figures: int) -> None:
        """Answer the three questions by typing, without counting keys."""
        keys = Keys(self.window)
        keys.words(words)
        keys.press("Tab")
        keys.words(area)
        keys.press("Tab")
        if address:
            keys.words(address)
        for name, figure in figures.items():
            self.go_to(self.form.fields.figures[name])
            keys.words(str(figure))
        self.wait_for_advice()

    def go_to(self, field: QLineEdit) -> None:
        """Put the cursor into a field."""
        field.setFocus()

    # -- what the store holds ------------------------------------------------------------------------------------------
    def incidents(self) -> list[Incident]:
        """Return every incident of the store, the first first."""
        with self.desk.reading() as reading:
            return list(reading.incidents.where("ORDER BY number"))

    def orders(self) -> list[tuple[str, str]]:
        """Return every order as (number, team's name)."""
        with self.desk.reading() as reading:
            return [(order.order_number, reading.teams.get(order.team_id).name) for order in reading.dispatches.where("ORDER BY order_number")]
