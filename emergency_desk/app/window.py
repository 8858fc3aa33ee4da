"""Opens the window: the first paint comes before anything that is not needed for it is even imported."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from emergency_desk.app.application import Asked, furnish_application, make_application, utc_now
from emergency_desk.app.collecting import spare_what_stays
from emergency_desk.app.crash import Telling
from emergency_desk.app.holding import Holding
from emergency_desk.app.twin_clock import WindowClock
from emergency_desk.ui import theme
from emergency_desk.ui.main_window import MainWindow

WHOLE_SCREEN_BELOW = (1400, 860)


def run(asked: Asked, faults: Telling, holding: Holding | None = None) -> int:
    """Open the window and stay until it is closed. What goes wrong unforeseen is told in it too; `holding`: what holds the store already."""
    application = make_application(asked)
    clock = WindowClock()
    window = MainWindow(clock)
    sessions: list[object] = []

    def go_on() -> None:
        furnish_application(application, asked)
        from emergency_desk.app.fault_notice import FaultNotice
        from emergency_desk.app.session import Session

        faults.also(FaultNotice(window).tell)
        session = Session(application, asked, window, settled=spare_what_stays, clock=clock, holding=holding)
        sessions.append(session)
        session.begin()

    window.first_painted.connect(go_on)
    if theme.is_scaled_by(os.environ) > 100:
        fit(application, window)
    room = application.primaryScreen().availableGeometry()
    if room.width() < WHOLE_SCREEN_BELOW[0] or room.height() < WHOLE_SCREEN_BELOW[1]:
        window.showMaximized()  # with its title bar the window would not fit
    else:
        window.show()
    return application.exec()


def fit(application: QApplication, window: MainWindow) -> None:
    """Show everything no larger than the screen has room for; the size may have been chosen at a larger one."""
    from emergency_desk.ui import enlarging

    if (most := enlarging.most(application, window)) < enlarging.shown_at(application):
        enlarging.enlarge(application, most)


def save_pictures(store: Path, folder: Path, *, language: str = "", scheme: str = "light") -> list[Path]:
    """Save pictures of board, call form and room of a store, for a machine without a display."""
    from emergency_desk.app import session_pictures

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked = Asked(store=store, language=language, scheme=scheme)
    application = make_application(asked)
    furnish_application(application, asked)
    window = MainWindow(utc_now)
    window.show()
    return session_pictures.take_pictures(application, asked, window, folder)
