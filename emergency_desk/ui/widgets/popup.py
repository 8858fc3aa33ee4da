"""The list of candidates below a line edit: inside the window, never focused, moved by the keys of its line.

A popup window of its own would take the focus from the input method; a child of the window cannot.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from emergency_desk.ui.theme import BODY, PAD, ROW_TALL, SMALL, Tone, colour, colours
from emergency_desk.ui.widgets.panel import paint_card
from emergency_desk.ui.widgets.shapes import Shape, paint_shape


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the popup: what it is, and a note at its right (path, key, kind)."""

    title: str
    note: str = ""
    shape: Shape = Shape.NONE


class ChoicePopup(QWidget):
    """Paints its choices itself: at most ten lines, one of them marked or none."""

    picked = Signal(int)
    LINES = 10

    def __init__(self, under: QWidget) -> None:
        super().__init__(under.window())
        self._under = under
        self._choices: tuple[Choice, ...] = ()
        self._first = 0
        self.marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.hide()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is offered now."""
        return self._choices

    def offer(self, choices: tuple[Choice, ...], *, marked: int = 0, least_width: int = 0) -> None:
        """Show choices with one of them marked (-1 for none); without choices the popup hides."""
        self._choices, self._first = choices, 0
        self.marked = marked if choices else -1
        if not choices:
            self.hide()
            return
        self._place(least_width)
        self.show()
        self.raise_()
        self.update()

    def step(self, by: int) -> None:
        """Move the mark, round the ends."""
        if self._choices:
            self.marked = (self.marked + by) % len(self._choices) if self.marked >= 0 or by > 0 else len(self._choices) - 1
            self._first = min(max(self._first, self.marked - self.LINES + 1), max(0, self.marked))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark_at(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mark_at(event)
        if self.marked >= 0:
            self.picked.emit(self.marked)

    def _mark_at(self, event: QMouseEvent) -> None:
        line = self._first + int((event.position().y() - 5) // ROW_TALL)
        if 0 <= line < len(self._choices) and line != self.marked:
            self.marked = line
            self.update()

    def _place(self, least_width: int) -> None:
        window = self._under.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(len(self._choices), self.LINES) * ROW_TALL + 10
        width = min(max(self._under.width(), least_width), window.width() - 2 * PAD)
        corner = self._under.mapTo(window, QPoint(0, self._under.height() + 3))
        if corner.y() + height > window.height():
            corner = self._under.mapTo(window, QPoint(0, -height - 3))
        left = min(corner.x(), window.width() - width - PAD)
        self.setGeometry(left, corner.y(), width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_card(painter, QRectF(self.rect()), colours().panel, QColor(colours().act))
        for place, choice in enumerate(self._choices[self._first:self._first + self.LINES]):
            box = QRectF(5, 5 + place * ROW_TALL, self.width() - 10, ROW_TALL)
            self._paint_choice(painter, choice, box, self._first + place == self.marked)

    def _paint_choice(self, painter: QPainter, choice: Choice, box: QRectF, marked: bool) -> None:
        if marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().chosen))
            painter.drawRoundedRect(box, 4, 4)
        inner = box.adjusted(8, 0, -8, 0)
        if choice.shape is not Shape.NONE:
            paint_shape(painter, choice.shape, QRectF(inner.left(), inner.center().y() - 5, 10, 10), colour(Tone.SECONDARY))
            inner.setLeft(inner.left() + 18)
        title = _line(painter, choice.title, inner, BODY, marked, Tone.ACT if marked else Tone.TEXT, Qt.AlignmentFlag.AlignLeft)
        inner.setLeft(inner.left() + title + 16)
        _line(painter, choice.note, inner, SMALL, False, Tone.SECONDARY, Qt.AlignmentFlag.AlignRight)


def _line(painter: QPainter, text: str, box: QRectF, pixels: int, bold: bool, tone: Tone, side: Qt.AlignmentFlag) -> float:
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(box.width())))
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return float(painter.fontMetrics().horizontalAdvance(shown))
