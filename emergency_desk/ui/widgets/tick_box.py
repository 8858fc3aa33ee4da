"""A box to tick, painted from the tokens: Qt's own is drawn darker than its ground and cannot be seen in dark colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from emergency_desk.ui.theme import Tone, colour, colours
from emergency_desk.ui.widgets.shapes import Shape, paint_shape

_SIDE, _GAP = 16, 8


class TickBox(QCheckBox):
    """Space ticks it; the words are part of it."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics()
        return QSize(_SIDE + _GAP + words.horizontalAdvance(self.text()) + 4, max(_SIDE, words.height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The words can be pressed too."""
        return self.rect().contains(pos)  # type: ignore[call-overload]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Up and Down to whoever holds several boxes: Qt would look for another button anywhere near."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, now = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, (self.height() - _SIDE) / 2, _SIDE, _SIDE)
        line = colour(Tone.ACT) if self.hasFocus() or self.isChecked() else colour(Tone.SECONDARY)
        painter.setPen(QPen(line, 2.0 if self.hasFocus() else 1.2))
        painter.setBrush(QColor(now.chosen if self.isChecked() else now.panel))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        if self.isChecked():
            paint_shape(painter, Shape.DONE, box.adjusted(3, 3, -3, -3), colour(Tone.ACT))
        painter.setPen(QColor(now.text if self.isEnabled() else now.secondary))
        words = QRectF(self.rect()).adjusted(_SIDE + _GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
