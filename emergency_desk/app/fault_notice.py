"""A fault of ours told where the officer looks: a red line in the window that stays until it is put away."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape


class FaultNotice(QObject):
    """Belongs to its window; `tell` may be called from any thread."""

    _told = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told.connect(self._show)

    def tell(self, text: str) -> None:
        """Show the sentence as soon as the window's own thread comes to it."""
        self._told.emit(text)

    def _show(self, text: str) -> None:
        self._window.notices.tell(Notice(text, Tone.RED, Shape.LATE, stays=True))
