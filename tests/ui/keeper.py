"""A keeper at a real window over a made-up register: the pages of teams, units and sites."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.services.desk import Desk
from emergency_desk.ui.register_pages import add_register_pages
from emergency_desk.ui.workplace import TEAMS
from tests.ui.seat import Seat


class Keeper(Seat):
    """A seat with the register's pages; begins on the list of teams."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path) -> None:
        super().__init__(qtbot, desk, folder)
        add_register_pages(self.window, self.place)
        self.show(TEAMS)

    def show(self, page: str) -> Any:
        """Turn to a page."""
        shown: QWidget = self.window.show_page(page)
        self.settle()
        return shown

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page

    def type_into(self, name: str, text: str) -> None:
        """Type into a field of the form that is shown, over what stands there."""
        editor = self.page.form.editors[name]
        editor.setFocus()
        editor.selectAll()
        self.words(text)

    def wait(self, until: Any) -> None:
        """Let the desk work until something holds."""
        self.qtbot.waitUntil(lambda: bool(until()), timeout=5_000)
