"""How screens stay fresh: answers come back on the window's thread, and a change set makes those re-read whom it concerns.

A screen asks and waits to be answered; it never touches the store and never spins the event loop. A hidden screen only
remembers that it is stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.ui.palette_box import PaletteBox


class Asks(Protocol):
    """As much of the background as a screen needs."""

    @property
    def takes_work(self) -> bool:
        """Say whether work is still taken."""
        ...

    def store(self, job: Callable[[], Any], *, then: Callable[[Any], object] | None = None,
              refused: Callable[[DeskError], object] | None = None, broken: Callable[[BaseException], object] | None = None) -> None:
        """Run a job on the store thread and hand over its answer."""

    def subscribe(self, subscriber: Callable[[ChangeSet], object]) -> Callable[[], None]:
        """Let somebody hear every change set; returns what ends it."""
        ...


class Deliverer(QObject):
    """Carries calls from any thread to the one this object was made on: hand `deliver` to the background."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def deliver(self, call: Callable[[], None]) -> None:
        """Post a call; it runs when the event loop comes round."""
        self._posted.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


class Screen(QWidget):
    """A page that shows what a reader reads.

    A subclass names its `subjects`, gives a `reader` (run on the store thread, so it may only use what it was given) and
    shows the answer in `show_read`. `refused` may be overridden; by default the window's notice bar tells it.
    """

    subjects: frozenset[Subject] = frozenset()
    refusal = Signal(object)  # a DeskError for the notice bar

    def __init__(self, background: Asks) -> None:
        super().__init__()
        self.background = background
        self._stale, self._reading, self._again = True, False, False
        self._turn = 0
        leave = background.subscribe(self._world_changed)
        self.destroyed.connect(lambda: leave())

    # -- what a screen says --------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], Any] | None:
        """Return what reads the records to be shown, or None when there is nothing to read now."""
        return None

    def show_read(self, answer: Any) -> None:
        """Show what was read."""

    def refused(self, error: DeskError) -> None:
        """Tell that something was refused."""
        self.refusal.emit(error)

    # -- reading -------------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read again; asked for while reading, it reads once more afterwards."""
        if self._reading:
            self._again = True
            return
        read = self.reader()
        self._stale = False
        if read is None or not self.background.takes_work:  # a desk that is just closing reads nothing more
            return
        self._reading, turn = True, self._turn
        self.background.store(read, then=lambda answer: self._take(turn, answer), refused=lambda error: self._take_refusal(turn, error))

    def forget(self) -> None:
        """Drop the answer that is on its way, because the screen turns to something else, and read anew."""
        self._turn += 1
        self._reading = self._again = False
        self.refresh()

    @property
    def is_stale(self) -> bool:
        """Say whether the world moved since the last reading."""
        return self._stale

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _world_changed(self, changes: ChangeSet) -> None:
        if not changes.about(*self.subjects):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _take(self, turn: int, answer: Any) -> None:
        if self._ended(turn):
            return
        held = QApplication.focusWidget()
        box = held if isinstance(held, PaletteBox) and held.is_open else None
        self.show_read(answer)
        if box is not None and not box.hasFocus():
            box.keep_cursor()  # who asks for anything by Ctrl+K keeps the cursor, whatever is read meanwhile

    def _take_refusal(self, turn: int, error: DeskError) -> None:
        if self._ended(turn):
            return
        self.refused(error)

    def _ended(self, turn: int) -> bool:
        """Note the end of a reading; say whether its answer is to be dropped."""
        if not isValid(self) or turn != self._turn:  # a window that was closed gets its last answers too
            return True
        self._reading = False
        if self._again:
            self._again = False
            self._read_again()
        return False

    def _read_again(self) -> None:
        """Read once more, because the world moved while it was read."""
        self.refresh()
