"""Hands at a real window: keys pressed and words typed where the focus is."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from emergency_desk.ui.main_window import MainWindow


def type_words(widget: QWidget, text: str) -> None:
    """Type words: letters by the keyboard, everything else as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


class Hands:
    """Somebody at a window; what the window tells is read from its notice bar."""

    window: MainWindow

    def settle(self) -> None:
        """Let the window come to rest."""
        for _round in range(4):
            QApplication.processEvents()

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        return QApplication.focusWidget() or self.window

    @property
    def notice(self) -> str:
        """What the notice bar tells."""
        notice = self.window.notices.notice
        return notice.text if notice else ""

    def press(self, *keys: str) -> None:
        """Press keys such as "R", "Return", "Ctrl+Return" where the focus is."""
        for key in keys:
            chord = QKeySequence(key)[0]
            QTest.keyClick(self.focus, chord.key(), chord.keyboardModifiers())
            self.settle()

    def words(self, *texts: str) -> None:
        """Type into one field after the other, with Tab between them."""
        for number, text in enumerate(texts):
            if number:
                self.press("Tab")
            type_words(self.focus, text)
