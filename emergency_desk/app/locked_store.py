"""What a session does at a locked store: asks for the passphrase, and opens it with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from emergency_desk.app.application import Asked
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong, RecoveryKeyMistyped
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.unlock import UNLOCK, UnlockPage

OF_KEYS = (KeyNeeded, KeyWrong, RecoveryKeyMistyped)


class InSession(Protocol):
    """As much of a session as a locked store needs."""

    asked: Asked
    window: MainWindow

    def open(self) -> None:
        """Open the store that was asked for."""


def show_lock(session: InSession, error: DeskError, *, open_now: Callable[[], object] | None = None) -> None:
    """Show the page that asks for the key; on the page already, tell there why it does not open.

    `open_now`: what is done with what was typed, where not the store itself is to be opened by it.
    """
    shown, is_here = session.window.built(UNLOCK), session.window.page_id == UNLOCK
    if isinstance(shown, UnlockPage):
        page = shown
        page.typed.disconnect()
    else:
        page = UnlockPage(session.asked.store, is_head_lost=error.values.get("reason") == "head_lost")

    def open_with(typed: str) -> None:
        session.asked = replace(session.asked, typed_key=typed)
        (open_now or session.open)()

    page.typed.connect(open_with)
    session.window.add_page(UNLOCK, lambda: page)
    session.window.show_page(UNLOCK)
    if is_here or not isinstance(error, KeyNeeded):  # what was typed, or what EMERGENCY_DESK_KEY holds, does not open it
        page.refused(error)
