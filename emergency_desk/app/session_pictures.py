"""Takes pictures of board, call form and room as they stand in a store, without a display."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from emergency_desk.app.application import Asked
from emergency_desk.app.session import Session
from emergency_desk.services import incidents
from emergency_desk.ui.main_window import MainWindow


def take_pictures(application: QApplication, asked: Asked, window: MainWindow, folder: Path) -> list[Path]:
    """Save pictures of board, call form and room as they stand in a store."""
    session = Session(application, asked, window, inline=True)
    session.begin()
    place = session.workplace
    assert place is not None, "an inline background answers at once"
    folder.mkdir(parents=True, exist_ok=True)
    saved = [_grab(session, folder / "board.png")]
    busiest = sorted(incidents.list_open(place.desk), key=lambda line: (line.grade.rank if line.grade else 4, -line.teams_out))
    for line in busiest[:1]:
        place.open_room(line.id)
        saved.append(_grab(session, folder / "room.png"))
    place.take_call()
    page: Any = session.window.page
    page.show_example()
    saved.insert(1, _grab(session, folder / "call.png"))
    session.window.close()
    return saved


def _grab(session: Session, path: Path) -> Path:
    for _round in range(3):  # what is laid out anew asks for the layout around it, up to the frame
        session.application.sendPostedEvents()
    session.window.grab().save(str(path))
    return path
