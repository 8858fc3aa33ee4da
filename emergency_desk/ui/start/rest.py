"""A desk nobody touches: everything stays readable, and one line asks for the password before the next act. Never while an incident is open."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from emergency_desk.domain.errors import DeskError
from emergency_desk.services import accounts
from emergency_desk.ui.theme import GAP, PAD
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.refusals import sentence

LOOK_MS = 15_000
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class RestWatch(QObject):
    """Notes whether the program is touched; after enough quiet minutes it shows the line.

    It listens from one look to the first touch after it and no longer: a filter of the whole program hears every event of every part of
    every page, and was a ninth of what a window works. So the last touch counts up to a quarter of a minute too early.
    """

    def __init__(self, place: Workplace, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(place.window)
        self._place, self._clock = place, clock
        self._touched_at = clock()
        self.line = WakeLine(place)
        place.window.furnish().add_line(self.line)
        place.password_needed = self.line.begin
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)
        place.window.closing.connect(self._timer.stop)  # a closed desk has nothing left to ask
        self._listen()

    def _listen(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def look(self) -> None:
        """See whether the desk was quiet for long enough, and listen for the next touch."""
        self._listen()
        desk, minutes = self._place.desk, int((self._clock() - self._touched_at) // 60)
        if desk.account is not None and (minutes or desk.rested_minutes):
            self._place.ask(lambda: accounts.rest(desk, quiet_minutes=minutes), then=self.line.show_rest)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched_at = self._clock()
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
        return False


class WakeLine(QWidget):
    """Why the next act is held up, and the password that lets it go on."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._told = ElidedLabel("", strong=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setFixedWidth(220)
        self.password.setAccessibleName(_("Password"))
        self.password.setPlaceholderText(_("Password"))
        self.password.returnPressed.connect(self.wake)
        button = KeyButton(_("Go on"), "Return", filled=True)
        button.clicked.connect(self.wake)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, 6, PAD, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._told, 1)
        layout.addWidget(self.password)
        layout.addWidget(button)
        self.hide()

    def show_rest(self, is_resting: bool) -> None:
        """Show the line while the desk rests."""
        desk = self._place.desk
        if is_resting and desk.account is not None:
            self._told.setText(ngettext(
                "Nobody touched this desk for {count} min. Everything can be read; the next act asks for the password of {name}.",
                "Nobody touched this desk for {count} min. Everything can be read; the next act asks for the password of {name}.",
                desk.rested_minutes).format(count=desk.rested_minutes, name=desk.account.display_name))
        self.setVisible(is_resting)

    def begin(self) -> None:
        """Take the cursor."""
        self.show_rest(True)
        self.password.setFocus()

    def wake(self) -> None:
        """Go on, with the password that was typed."""
        desk, typed = self._place.desk, self.password.text()
        self._place.ask(lambda: accounts.wake(desk, password=typed), then=self._woken, refused=self._refused)

    def _woken(self, _done: Any) -> None:
        self.password.clear()
        self.hide()
        self._place.window.notices.done(_("You can go on. What was held up waits as you typed it."))

    def _refused(self, error: DeskError) -> None:
        self.password.clear()
        mark_refused(self.password, sentence(error))
