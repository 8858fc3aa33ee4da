"""A key of the page works while the cursor is in a field, also where the system's text fields know that key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from emergency_desk.ui.actions import Action, Actions


class Page(QLineEdit):
    """A page that is one field, as a list with its find field is at first."""

    def __init__(self) -> None:
        super().__init__()
        self.exported = 0

    def export(self) -> None:
        self.exported += 1

    def event(self, event: QEvent) -> bool:
        """As a field on X11: Ctrl+E is its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_E, Qt.Key.Key_D):
            event.accept()
            return True
        return super().event(event)


def overridden(field: QObject, key: Qt.Key) -> bool:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    asked.ignore()
    QApplication.sendEvent(field, asked)
    return asked.isAccepted()


@pytest.mark.parametrize(("key", "kept"), [(Qt.Key.Key_E, False), (Qt.Key.Key_D, True)])
def test_a_field_yields_only_the_keys_of_its_page(qtbot: QtBot, key: Qt.Key, kept: bool) -> None:
    page = Page()
    acts = Actions(page, lambda: ("list", page))
    acts.register((Action("list_export", "Export", "export", "Ctrl+E", ("list",)), Action("other", "Skip", "export", "Ctrl+D", ("elsewhere",))))
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    acts._watch_field(None, page)
    assert overridden(page, key) is kept
