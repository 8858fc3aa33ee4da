"""What a session does at a store that was not opened: asks for the key, offers the backups that lie beside it, or begins a new desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from emergency_desk.app.application import Asked
from emergency_desk.app.beginning import Beginning
from emergency_desk.app.beginning import InSession as Begins
from emergency_desk.app.locked_store import OF_KEYS, show_lock
from emergency_desk.app.session_backups import SessionBackups
from emergency_desk.domain.backups import Made, Reason
from emergency_desk.domain.errors import DeskError, StoreDamaged, StoreTrouble
from emergency_desk.errands.background import Background
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.backups import list_made
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.start_page import ACTIONS, START, StartPage


class InSession(Begins, Protocol):
    """As much of a session as a store needs that was not opened."""

    asked: Asked
    window: MainWindow
    background: Background


def show(session: InSession, backups: SessionBackups, error: DeskError) -> None:
    """Show what can be done now; on the page already, tell there why it still is not opened."""
    if isinstance(error, OF_KEYS):
        show_lock(session, error)
        return
    session.background.store(lambda: backups_for(error, session.asked.store), then=partial(_show_start, session, backups, error))


def backups_for(error: DeskError, store: Path) -> list[Made]:
    """Return the backups that can take the place of a store that is damaged or gone, the newest first; none where another remedy is told."""
    if not (isinstance(error, StoreDamaged) or _is_missing(error)):
        return []
    return [made for made in reversed(list_made(store, folder_of(store))) if made.reason is not Reason.UNSOUND]


def _is_missing(error: DeskError) -> bool:
    return isinstance(error, StoreTrouble) and error.values.get("reason") == "missing"


def _show_start(session: InSession, backups: SessionBackups, error: DeskError, made: list[Made]) -> None:
    if _is_missing(error) and not made:
        Beginning(session).show()
        return
    shown = session.window.built(START)
    if isinstance(shown, StartPage):
        shown.show_refusal(error)
        session.window.show_page(START)
        return
    page = StartPage(error, store=session.asked.store, backups=made)
    page.again_wanted.connect(session.open)
    page.demo_wanted.connect(lambda: session.build_demo(page.show_progress, page.show_refusal))
    page.found_wanted.connect(lambda: Beginning(session).show())
    page.restore_wanted.connect(lambda backup: _restore(session, backups, page, backup))
    session.window.furnish()
    session.window.acts.register(ACTIONS)
    session.window.add_page(START, lambda: page)
    session.window.show_page(START)
    page.setFocus()


def _restore(session: InSession, backups: SessionBackups, page: StartPage, backup: Path) -> None:
    """Put a backup in the place of the store; an encrypted one asks for its key first."""
    again: Callable[[], None] = partial(_restore, session, backups, page, backup)

    def refused(error: DeskError) -> None:
        if isinstance(error, OF_KEYS):
            show_lock(session, error, open_now=again)
        else:
            session.window.show_page(START)
            page.show_spoilt(error)

    backups.put_in_place(backup, refused)
