"""Windows on a drill's twin: one opens beside the real desk's own, follows the real desk second by second, and recalls everybody by one key.

The twin asks the real store itself, so it does the same whether both windows are of one program or of two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.twin_clock import WindowClock
from emergency_desk.domain.drill_following import Following
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.errands.background import Background
from emergency_desk.services import drill_running, drill_twins, library
from emergency_desk.services.desk import Desk
from emergency_desk.store.store import Store
from emergency_desk.ui.drills.drill_banner import ACTIONS, DrillBanner
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.wording.catalog import _

LOOK_MS = 1_000


class OpenSession(Protocol):
    """What a window on a twin needs of the session it belongs to, and of the one beside which it is opened."""

    application: QApplication
    asked: Asked
    window: MainWindow
    background: Background
    desk: Desk | None
    key: StoreKey | None
    clock: Callable[[], datetime]
    twins: list[Any]

    def begin(self) -> None:
        """Open the store behind the window."""


class RealDesk:
    """The real desk as its twin reaches it: read each second, written to only when everybody is recalled."""

    def __init__(self, twin: Desk) -> None:
        assert twin.facts.twin is not None
        self._twin, self._mark = twin, twin.facts.twin
        self._store: Store | None = None

    def look(self) -> Following | None:
        """Return how the drill stands, None where the real store cannot be reached. On the store thread."""
        try:
            return drill_running.follow(self._opened(), self._mark)
        except (DeskError, OSError):
            self.close()
            return None

    def recall(self, incident_id: Id) -> object:
        """Break the drill off at the real desk, in the name of who sits at the twin. On the store thread."""
        store = self._opened()
        desk = self._twin.at_store(store, facts=library.read_facts(store), clock=utc_now)
        return drill_running.recall(desk, drill_id=self._mark.drill_id, incident_id=incident_id).value

    def _opened(self) -> Store:
        if self._store is None:
            path = Path(self._mark.live)
            if not path.exists():
                raise FileNotFoundError(path)
            self._store = Store(path, key=self._twin.store.key)
        return self._store

    def close(self) -> None:
        """Give the real store back."""
        if self._store is not None:
            self._store.close()
            self._store = None


class TwinFollower(QObject):
    """Follows the real desk for one session on a twin, whichever window it shows now."""

    def __init__(self, session: OpenSession, desk: Desk, real: RealDesk, clock: WindowClock) -> None:
        super().__init__()
        self._session, self._desk, self._real, self._clock = session, desk, real, clock
        self._banner: DrillBanner | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def dress(self, window: MainWindow) -> None:
        """Let a window say what it is."""
        mark = self._desk.facts.twin
        assert mark is not None
        if self._banner is not None and self._banner.window() is window:
            return
        self._banner = DrillBanner(mark, self._clock)
        window.mark_as_drill(self._banner, _("{number} {title}").format(number=mark.number, title=mark.title))
        window.acts.register(ACTIONS)
        window.recall_everybody = self.recall  # type: ignore[attr-defined]
        self._banner.recall.clicked.connect(self.recall)
        self._show(self._clock.following)

    def look(self) -> None:
        """Ask the real desk how the drill stands."""
        if self._session.background.takes_work:
            self._session.background.store(self._real.look, then=self._take)

    def recall(self) -> None:
        """Recall everybody for the real event that came last."""
        following = self._clock.following
        if following is None or following.is_over or not following.real:
            self._session.window.notices.refuse(_("No real event came since the drill began. Only a real event recalls everybody."))
            return
        incident_id = following.real[0].id
        self._session.background.store(lambda: self._real.recall(incident_id), then=lambda _drill: self.look())

    def end(self) -> None:
        """Follow no more."""
        self._timer.stop()
        self._real.close()

    def _take(self, following: Following | None) -> None:
        if following is not None:
            self._clock.following = following
            if following.is_over and not self._desk.closed_for:
                self._desk.close_for(following.broken_off_for)
        self._show(following)

    def _show(self, following: Following | None) -> None:
        if self._banner is not None:
            self._banner.show_following(following, is_sealed=bool(self._desk.facts.twin and self._desk.facts.twin.is_sealed))


def look_first(desk: Desk, clock: Any) -> None:
    """Let the clock of a session on a twin know its drill before anybody acts. On the store thread."""
    real = RealDesk(desk)
    following = real.look()
    real.close()
    clock.following = following
    if following is not None and following.is_over:
        desk.close_for(following.broken_off_for)


def clear_up(session: OpenSession, desk: Desk) -> None:
    """Destroy what is left of twins whose making was cut off, and say so."""
    def tell(left: tuple[str, ...]) -> None:
        if left:
            session.window.notices.done(_("What was left of a twin that was never finished is destroyed: {names}. "
                                          "Alt+T on the page of the drill makes it anew.").format(names=", ".join(left)))

    session.background.store(lambda: drill_twins.clear_up(desk), then=tell)


def dress(session: OpenSession, follower: TwinFollower | None) -> TwinFollower:
    """Let the window of a session say that it is a drill's; returns what follows the real desk for it."""
    assert session.desk is not None
    clock = session.clock if isinstance(session.clock, WindowClock) else WindowClock()
    made = follower or TwinFollower(session, session.desk, RealDesk(session.desk), clock)
    made.dress(session.window)
    return made


def open_beside(session: OpenSession, path: Path, *, make: Callable[..., OpenSession]) -> None:
    """Open a twin in a window beside a session's own, or show the window it has. `make` makes a session."""
    for twin in session.twins:
        if twin.asked.store == path and twin.window.isVisible():
            twin.window.activateWindow()
            return
    clock = WindowClock()
    window = MainWindow(clock)
    account = session.desk.account.name if session.desk is not None and session.desk.account is not None else ""
    twin = make(session.application, replace(session.asked, store=path, account=account, password=""), window, clock=clock)
    twin.key = session.desk.store.key if session.desk is not None else None
    session.twins.append(twin)
    twin.begin()
    window.resize(session.window.size())
    window.show()
