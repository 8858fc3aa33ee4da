"""What board, list and room share: ages that tick while the page is shown, and lists whose letters are keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.services.desk import Desk
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.workplace import Workplace

TICK_MS, TWIN_TICK_MS = 15_000, 1_000  # ages are told in minutes; of a drill one may go by in a second


def tick_ms(desk: Desk) -> int:
    """Return after how long ages and due times are told anew: the clock of a drill's twin goes at up to sixty times real time."""
    return TICK_MS if desk.facts.twin is None else TWIN_TICK_MS


class LivePage(Screen):
    """A page whose ages and due times are told anew every quarter of a minute, on a twin every second, without asking the store."""

    slow_seconds = 0.15  # a reading that took longer is followed by a longer rest
    breath_seconds = 0.1  # between two showings while commits flood in: no eye follows more than ten a second

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self.place = place
        self._asked_at, self._took, self._shown_at, self._asking = 0.0, 0.0, 0.0, False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self.refresh)
        self._ticking = QTimer(self)
        self._ticking.setInterval(tick_ms(place.desk))
        self._ticking.timeout.connect(self.tick)
        self._is_over = False
        place.window.closing.connect(self._end)

    # -- under load ----------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        self._resting.stop()
        self._asked_at, self._asking = monotonic(), True
        super().refresh()
        self._asking = False

    def _take(self, turn: int, answer: Any) -> None:
        self._took = 0.0 if self._asking else monotonic() - self._asked_at  # what is answered on the spot kept nobody waiting
        super()._take(turn, answer)
        self._shown_at = monotonic()

    def _world_changed(self, changes: ChangeSet) -> None:
        """Read again at once; while a flood of commits goes on, rest between two readings."""
        if self.isVisible() and changes.about(*self.subjects):
            self._read_again()
        else:
            super()._world_changed(changes)

    def _end(self) -> None:
        """A closed desk asks nothing more."""
        self._is_over = True
        self._resting.stop()
        self._ticking.stop()

    def _read_again(self) -> None:
        rest = self._rest_seconds()
        if self._is_over:
            return
        if rest <= 0:
            self.refresh()
        elif not self._resting.isActive():
            self._resting.start(int(rest * 1000) + 1)

    def _rest_seconds(self) -> float:
        if self._took >= self.slow_seconds:
            return min(4 * self._took, 1.0)
        return self._shown_at + self.breath_seconds - monotonic() if self._took else 0.0

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page_before()

    # -- the clock -----------------------------------------------------------------------------------------------------
    def now(self) -> datetime:
        """Return the moment ages are told from."""
        return self.place.desk.now()

    def tick(self) -> None:
        """Tell ages and due times anew."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ticking.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticking.stop()


class KeyedList(LinesList):
    """A list whose letters act on the current line: `key_pressed(name, line)`. Without a modifier, and only while it has the focus."""

    key_pressed = Signal(str, str)

    def __init__(self, columns: Sequence[Column], keys: Mapping[Qt.Key, str], *, row_height: int = 28, ruled: bool = False,
                 header: bool = False, empty: str = "") -> None:
        super().__init__(columns, row_height=row_height, ruled=ruled, header=header, empty=empty)
        self._keys = keys

    @property
    def letter_keys(self) -> frozenset[Qt.Key]:
        """The keys that act on the current line; the accessible name of the list tells each of them."""
        return frozenset(self._keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        name = self._keys.get(Qt.Key(event.key())) if plain else None
        if name is not None:
            if not event.isAutoRepeat():  # a key held down acts once
                self.key_pressed.emit(name, self.current_key)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys here and never jump."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.choose_first()
        super().focusInEvent(event)
