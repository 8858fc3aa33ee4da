"""One window at one store: what a second start asks of the first is done here, and a desk that is open to read only says so on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt

from emergency_desk.app.handing import Message
from emergency_desk.app.holding import Holding
from emergency_desk.domain.errors import StoreReadOnly
from emergency_desk.services.desk import Desk
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.workplace import Workplace


class InSession(Protocol):
    """As much of a session as its one window needs."""

    window: MainWindow
    desk: Desk | None
    workplace: Workplace | None

    def open_anew(self) -> None:
        """Close the desk and open it once more, in a new window."""


class OneWindow:
    """What a session holds of its store, and what it does when somebody knocks."""

    def __init__(self, session: InSession, holding: Holding, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._session, self._holding = session, holding
        self._brought: Path | None = None  # a file that came before somebody sat at the desk
        self._is_left = False
        holding.listen(lambda message: deliver(lambda: self._heard(message)))

    def take(self, store: Path, at: datetime) -> None:
        """Take a store; when another program has it, it is opened to read only."""
        self._holding.take(store, at=at)

    @property
    def read_only(self) -> StoreReadOnly | None:
        """Why the store is open to read only; None when it may be written."""
        return self._holding.read_only

    def seated(self, window: MainWindow) -> None:
        """Somebody sits at the desk in this window: say if it is to read only, and show what a second start brought."""
        if self.read_only is not None:
            from emergency_desk.ui.read_only_band import ReadOnlyBand

            window.furnish().add_band(ReadOnlyBand(self.read_only, self._session.open_anew))
        if self._brought is not None:
            self._show(self._brought)

    def leave(self) -> None:
        """The window is closed: it comes forward no more, and whoever knocks waits until the store is given back."""
        self._is_left = True
        self._holding.leave()

    def end(self) -> None:
        """Give the store back."""
        self._holding.give_back()

    def _heard(self, message: Message) -> None:
        if self._is_left:
            return  # it knocked just before
        window = self._session.window
        window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()
        if message.file:
            self._show(Path(message.file))

    def _show(self, file: Path) -> None:
        desk, place = self._session.desk, self._session.workplace
        self._brought = file
        if desk is not None and desk.account is not None and place is not None:
            self._brought = None
            bundle_acts.open_file(place, file)
