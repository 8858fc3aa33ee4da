"""Shows how the backups are at the lower edge of every page: quiet while all is well, red where somebody has to look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from emergency_desk.domain.backups import BackupState
from emergency_desk.domain.errors import DeskError
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.theme import Tone
from emergency_desk.wording import backup_words
from emergency_desk.wording.catalog import _

_TICK_MS = 20_000  # ages are told in minutes


class BackupWatch(QObject):
    """One for a window; it tells a failure once and shows it until it is over."""

    def __init__(self, window: MainWindow, now: Callable[[], datetime], *, is_demo: bool) -> None:
        super().__init__(window)
        self._window, self._now, self._is_demo = window, now, is_demo
        self._state: BackupState | None = None
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.show_state)
        self._timer.start()
        window.closing.connect(self._timer.stop)

    def take(self, state: BackupState | None) -> None:
        """Show another state; None while nothing is known yet."""
        self._state = state
        self.show_state()

    def explain(self, error: DeskError) -> None:
        """Tell why a backup failed, once for each reason."""
        reason = f"{type(error).__name__} {error.values.get('reason', '')}"
        if reason != self._told:
            self._told = reason
            self._window.explain(error)

    def show_state(self) -> None:
        """Tell the ages anew."""
        state, now = self._state, self._now()
        if state is None:
            self._window.keys.show_status(_("demo city, nothing here is real") if self._is_demo else _("store sound"))
            return
        if not state.failed:
            self._told = ""
        words = backup_words.status(state, now)
        if self._is_demo:
            words = _("demo city · {backup}").format(backup=words)
        self._window.keys.show_status(words, Tone.RED if state.alarms(now) else Tone.SECONDARY)
