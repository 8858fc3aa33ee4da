"""Keeps the open call form as a draft while somebody types, so that a crash costs nobody a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from emergency_desk.domain.errors import DeskError
from emergency_desk.services import drafts
from emergency_desk.services.desk import Desk

NAME = drafts.CALL
KEEP_AFTER_MS = 400


class CallDraftKeeper(QObject):
    """Writes the newest content a moment after the last key. `kept` once the store has it."""

    kept = Signal()

    def __init__(self, desk: Desk, ask: Callable[..., Any], content: Callable[[], dict[str, str]]) -> None:
        super().__init__()
        self._desk, self._ask, self._content = desk, ask, content
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    def note(self) -> None:
        """Hear that something changed."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what stands in the form now; an empty form has no draft."""
        self._timer.stop()
        desk, content = self._desk, self._content()
        if content:
            self._ask(lambda: drafts.keep_draft(desk, name=NAME, content=content), then=lambda _none: self.kept.emit())
        else:
            self.drop()

    def keep_pending(self) -> None:
        """Keep at once what still waits to be kept."""
        if self._timer.isActive():
            self.keep()

    def rest(self) -> None:
        """Forget that something waits to be kept."""
        self._timer.stop()

    def drop(self) -> None:
        """Drop the draft: the call is saved, or thrown away."""
        self._timer.stop()
        desk = self._desk
        self._ask(lambda: drafts.drop_draft(desk, name=NAME))

    def read(self, then: Callable[[dict[str, str]], object], refused: Callable[[DeskError], object] | None = None) -> None:
        """Ask for the draft that was kept, an empty dict when there is none."""
        desk = self._desk
        self._ask(lambda: drafts.get_draft(desk, name=NAME), then=then, refused=refused)
