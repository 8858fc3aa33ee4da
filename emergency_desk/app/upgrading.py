"""An upgrade told in the window: a page that comes only where it lasts, so that a small store opens without a flash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.upgrades import Upgrade
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.upgrade_page import UPGRADE, UpgradePage

SHOWN_AFTER_MS = 300


class InSession(Protocol):
    """As much of a session as an upgrade needs."""

    window: MainWindow


class Upgrading:
    """Belongs to a session; `heard` is called on the store thread, everything else on the window's."""

    def __init__(self, session: InSession, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._session, self._deliver = session, deliver
        self._now: Upgrade | None = None
        self._page: UpgradePage | None = None

    def heard(self, upgrade: Upgrade) -> None:
        """Take what the store tells of its upgrade."""
        self._deliver(lambda: self._take(upgrade))

    def end(self) -> None:
        """The store is open, or will not be: the page has done its work."""
        self._now = None
        if self._page is not None:
            self._page.end()
            self._page = None

    def trouble(self) -> StoreTrouble | None:
        """Return what a fault of the program itself comes to while an upgrade goes on; None when none does."""
        if self._now is None:
            return None
        return StoreTrouble(reason="migration_failed", path=str(self._now.store), backup="", detail="")

    def _take(self, upgrade: Upgrade) -> None:
        is_first, self._now = self._now is None, upgrade
        if self._page is not None:
            self._page.show_step(upgrade)
        elif is_first:
            QTimer.singleShot(SHOWN_AFTER_MS, self._show)

    def _show(self) -> None:
        if self._now is None or self._page is not None:
            return
        window = self._session.window
        window.add_page(UPGRADE, UpgradePage)
        page = window.show_page(UPGRADE)
        assert isinstance(page, UpgradePage)
        page.begin(self._now)
        self._page = page
