"""Buttons with their key printed on them. One filled button a view: the next act."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from emergency_desk.ui.theme import BODY, CORNER, Tone, blend, colour, colours
from emergency_desk.wording.keys import key_text


class KeyButton(QAbstractButton):
    """A verb and the key that does the same. Filled for the next act, outlined for the others, bare in the key bar."""

    HEIGHT = 34

    def __init__(self, text: str, key: str = "", *, filled: bool = False, bare: bool = False, tone: Tone = Tone.ACT) -> None:
        super().__init__()
        self.setText(text)
        self._key, self._filled, self._bare, self._tone = key, filled, bare, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if bare else Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def key(self) -> str:
        """The key as it is printed, "" for none."""
        return self._key

    def set_words(self, text: str, key: str | None = None) -> None:
        """Change the verb, and the key if one is given."""
        self.setText(text)
        self._key = self._key if key is None else key
        self.updateGeometry()
        self.update()

    def set_filled(self, filled: bool) -> None:
        """Make it the next act, or one among others."""
        self._filled = filled
        self.updateGeometry()  # bold words are wider
        self.update()

    def sizeHint(self) -> QSize:
        text, key = QFontMetricsF(self._text_font()), QFontMetricsF(self._key_font())
        side = 5 if self._bare else 14
        width = text.horizontalAdvance(self.text()) + 2 * side
        if self._key:
            width += key.horizontalAdvance(key_text(self._key)) + (5 if self._bare else 9)
        return QSize(int(width) + 2, 24 if self._bare else self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        ):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter, QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))
        (self._paint_bare if self._bare else self._paint_words)(painter, ink)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> QColor:
        now, main = colours(), colour(self._tone)
        if self._bare:
            if self.underMouse() and self.isEnabled():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(now.chosen))
                painter.drawRoundedRect(box, 4, 4)
            return QColor(now.secondary)
        pressed, hovered = self.isDown(), self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            ground, line, ink = QColor(now.raised), QColor(now.line), QColor(now.secondary)
        elif self._filled:
            ground = blend(QColor(now.text), main, 0.22 if pressed else 0.1 if hovered else 0.0)
            line, ink = ground, QColor(now.on_fill)
        else:
            ground, line, ink = QColor(now.chosen if hovered or pressed else now.panel), QColor(now.field_line), QColor(now.text)
        painter.setPen(QPen(line, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(QPen(ink if self._filled else main, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 3.0 if self._filled else 0.3
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), CORNER - 1.5, CORNER - 1.5)
        return ink

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(ink)
        painter.setFont(self._text_font())
        box = self.rect().adjusted(14, 0, -14, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._key:
            painter.setFont(self._key_font())
            if not self._filled:
                painter.setPen(QColor(colours().secondary))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), key_text(self._key))

    def _paint_bare(self, painter: QPainter, ink: QColor) -> None:
        box = self.rect().adjusted(5, 0, -5, 0)
        painter.setFont(self._key_font())
        painter.setPen(QColor(colours().text) if self.isEnabled() else ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), key_text(self._key))
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(key_text(self._key)) + 5 * bool(self._key))
        painter.setFont(self._text_font())
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12 if self._bare else BODY)
        font.setBold(self._filled)
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setBold(self._filled or self._bare)
        return font


def row(*buttons: QWidget) -> QWidget:
    """Return the buttons side by side, from the left."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return holder
