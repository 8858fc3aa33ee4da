"""The backups of a session: kept while the desk runs, shown at the lower edge of its window, put back in the place of the open store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.domain.backups import BackupState
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.errands.background import Background
from emergency_desk.errands.keeping_backups import BackupKeeper
from emergency_desk.services import backups
from emergency_desk.services.desk import Desk
from emergency_desk.store import restoring
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.ui.backup_watch import BackupWatch
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.messages import explain
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import backup_words


class OpenSession(Protocol):
    """What backups need of the session they belong to."""

    desk: Desk | None
    workplace: Workplace | None
    window: MainWindow
    background: Background
    asked: Asked
    key: StoreKey | None

    def leave_desk(self) -> None:
        """Let go of a desk whose store was closed."""

    def renew_window(self) -> None:
        """Let a new window take the place of this one."""

    def open(self) -> None:
        """Open the store."""


class SessionBackups:
    """Belongs to a session, whatever window shows its desk."""

    def __init__(self, session: OpenSession) -> None:
        self._session = session
        self._watch: BackupWatch | None = None
        self._keeper: BackupKeeper | None = None
        self._afterwards: Callable[[], object] = lambda: None

    def begin(self) -> None:
        """Somebody sits at the desk: keep backups of it from now on, and tell what the last putting-back came to."""
        session = self._session
        assert session.desk is not None and session.workplace is not None
        if session.desk.facts.twin is not None or session.desk.store.is_read_only:
            return  # the twin of a drill is a copy itself; a window that only reads leaves the copies to the one that holds the store
        self._keeper = BackupKeeper(session.background, session.desk, told=self._take, failed=self._explain)
        self.offer()
        self._keeper.begin()
        self._afterwards()
        self._afterwards = lambda: None

    def offer(self) -> None:
        """Let the pages of the window that stands now make backups and put one back."""
        assert self._session.workplace is not None
        self._session.workplace.backups, self._session.workplace.put_back = self._keeper, self.put_back

    def show(self) -> None:
        """Show how the backups are in the window that stands now."""
        session = self._session
        assert session.desk is not None
        self._watch = BackupWatch(session.window, session.desk.now, is_demo=session.desk.facts.is_demo)
        self._watch.take(self._keeper.state if self._keeper is not None else None)

    def end(self) -> None:
        """Make the last one of this session."""
        if self._keeper is not None:
            self._keeper.end()
            self._session.background.store(self._keeper.keep_last)

    # -- putting back --------------------------------------------------------------------------------------------------
    def put_back(self, backup: Path, typed: str = "") -> None:
        """Close the store, put a backup in its place and open that; when it is refused the same store is opened again."""
        session, store = self._session, self._session.asked.store
        desk = session.desk
        assert desk is not None and self._keeper is not None
        self._keeper.end()

        def done(kept: Path | None) -> None:
            self._open_anew(lambda: session.window.notices.done(backup_words.restored(store, kept)))

        def refused(error: DeskError) -> None:
            self._open_anew(lambda: explain(error, session.window.notices))

        session.background.store(lambda: backups.put_back(desk, backup=backup, typed=typed), then=done, refused=refused)

    def put_in_place(self, backup: Path, refused: Callable[[DeskError], object]) -> None:
        """Put a backup in the place of a store that could not be opened, and open that."""
        session, store = self._session, self._session.asked.store

        def restored() -> Path | None:
            return restoring.restore(backup, store, folder_of(store), at=utc_now(), typed=session.asked.typed_key, key=session.key)

        def done(kept: Path | None) -> None:
            self._open_anew(lambda: session.window.notices.done(backup_words.restored(store, kept)))

        session.background.store(restored, then=done, refused=refused)

    def _open_anew(self, afterwards: Callable[[], object]) -> None:
        session = self._session
        self._afterwards, self._keeper = afterwards, None
        session.leave_desk()
        session.renew_window()
        session.open()

    # -- inside --------------------------------------------------------------------------------------------------------
    def _take(self, state: BackupState) -> None:
        if self._watch is not None:
            self._watch.take(state)

    def _explain(self, error: DeskError) -> None:
        if self._watch is not None:
            self._watch.explain(error)
