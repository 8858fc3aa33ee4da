"""The Ctrl+K box: finds and does anything, by Chinese, pinyin or initials. Not modal; what was typed stays when one looks away.

A provider is called with the text and a function to answer with, now or later; an answer to an older text is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from emergency_desk.ui.theme import SMALL, Tone, colour
from emergency_desk.ui.widgets.popup import Choice, ChoicePopup
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import sounds
from emergency_desk.wording.catalog import _


@dataclass(frozen=True, slots=True)
class Found:
    """One thing the box offers: title, note (kind, key, place), what to do, and the words it is found by.

    What the store itself found for the text (`is_match`) is offered whatever its title says: a number, a name in the other language.
    """

    title: str
    note: str
    run: Callable[[], object]
    search_key: str = ""
    shape: Shape = Shape.NONE
    is_match: bool = False


Answer = Callable[[Iterable[Found]], None]
Provider = Callable[[str, Answer], object]


def from_list(read: Callable[[], Iterable[Found]]) -> Provider:
    """Return a provider of things that are in memory; the box sorts out what matches."""
    def provide(_text: str, answer: Answer) -> None:
        answer(read())

    return provide


class PaletteBox(QLineEdit):
    """The line in the top bar. An empty line offers what the page can do now."""

    left = Signal()
    MOST = 30
    PAUSE_MS = 60

    def __init__(self) -> None:
        super().__init__()
        self._providers: list[tuple[str, Provider]] = []
        self._found: dict[str, list[Found]] = {}
        self._shown: list[Found] = []
        self._popup: ChoicePopup | None = None
        self._came_from: object = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(self.PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.setPlaceholderText(_("Find or do anything…"))
        self.setAccessibleName(_("Find or do anything…"))
        self.textChanged.connect(lambda _text: self._pause.start() if self.hasFocus() else None)

    def add_provider(self, name: str, provider: Provider) -> None:
        """Let somebody offer things; those added first stand first among equals."""
        self._providers.append((name, provider))

    def open_box(self) -> None:
        """Take the focus, with the text of last time marked so that typing replaces it."""
        if not self.hasFocus():
            self._came_from = self.window().focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.look_up()

    def close_box(self) -> None:
        """Give the focus back to where it was; the text stays, blanks alone do not."""
        if not self.text().strip():
            self.clear()
        self._hide()
        came_from = self._came_from
        self._came_from = None
        if self.hasFocus():
            self.clearFocus()
            self._give_back(came_from)
        self.left.emit()

    @property
    def is_open(self) -> bool:
        """Say whether somebody asks here; a cursor that came by itself, from a field that was put away, asks nothing."""
        return self._popup is not None and self._popup.isVisible()

    def keep_cursor(self) -> None:
        """Take the cursor back from a page that was read only now; leaving the box goes to where that page put it."""
        self._came_from = self.window().focusWidget()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.look_up()

    @property
    def offered(self) -> list[Found]:
        """What is offered now, best first."""
        return list(self._shown)

    def look_up(self) -> None:
        """Ask every provider anew."""
        self._pause.stop()
        asked = self.text().strip()
        self._found = {}
        for name, provider in self._providers:
            provider(asked, partial(self._answered, name, asked))
        self._offer()

    def _answered(self, who: str, asked: str, found: Iterable[Found]) -> None:
        if asked == self.text().strip():
            self._found[who] = list(found)
            if self.hasFocus():
                self._offer()

    def _offer(self) -> None:
        text = self.text().strip()
        ranked: list[tuple[int, int, Found]] = []
        for place, (name, _provider) in enumerate(self._providers):
            for found in self._found.get(name, ()):
                points = _points(text, found) if text else 1
                if points:
                    ranked.append((-points, place, found))
        ranked.sort(key=lambda each: each[:2])
        self._shown = [found for _points, _place, found in ranked[: self.MOST]]
        if not self._shown and text and len(self._found) == len(self._providers):
            self._shown_popup().offer((Choice(_("Nothing found. Try fewer letters, pinyin or initials.")),), marked=-1)
            return
        self._shown_popup().offer(tuple(Choice(each.title, each.note, each.shape) for each in self._shown), least_width=520)

    def event(self, event: QEvent) -> bool:
        # Esc and Ctrl+Enter are also shortcuts of the window; while the box is open they belong to the box.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape or (self.is_open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._shown_popup()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if popup.isVisible():
                popup.step(1 if event.key() == Qt.Key.Key_Down else -1)
            else:
                self.look_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self.look_up()
            self._run(popup.marked)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            self.look_up()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text():
            painter = QPainter(self)
            font = self.font()
            font.setPixelSize(SMALL)
            painter.setFont(font)
            painter.setPen(colour(Tone.SECONDARY))
            painter.drawText(self.rect().adjusted(0, 0, -11, 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), "Ctrl+K")

    def _run(self, line: int) -> None:
        if 0 <= line < len(self._shown):
            chosen = self._shown[line]
            self.close_box()
            self.clear()
            chosen.run()

    def _hide(self) -> None:
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()

    def _give_back(self, came_from: object) -> None:

        if isinstance(came_from, QWidget) and isValid(came_from) and came_from is not self and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown_popup(self) -> ChoicePopup:
        if self._popup is None:
            self._popup = ChoicePopup(self)
            self._popup.picked.connect(self._run)
        return self._popup


def _points(text: str, found: Found) -> int:
    points = sounds.score(text, found.title, found.search_key)
    return max(points, sounds.score(text, found.note), 1) if found.is_match else points
