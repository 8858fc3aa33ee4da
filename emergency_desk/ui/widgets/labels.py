"""Labels that take their look from a tone and a size, and one that shortens itself and tells the whole on hovering."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from emergency_desk.ui.theme import Tone


def text_label(text: str = "", *, tone: Tone = Tone.TEXT, size: str = "", strong: bool = False, wrap: bool = False) -> QLabel:
    """Return a plain-text label. Sizes: "" (13), "small" (12), "large" (17), "title" (18), "figure" (30)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    dress(made, tone=tone, size=size, strong=strong)
    return made


def dress(widget: QWidget, *, tone: Tone | None = None, size: str | None = None, strong: bool | None = None) -> None:
    """Change tone, size or weight of a label that is shown already."""
    wanted = {"tone": None if tone is None else tone.value, "letters": size, "strong": strong}
    changed = {name: value for name, value in wanted.items() if value is not None and widget.property(name) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed:  # the style sheet is asked once, however much changed: it is what building a page costs most
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def hairline() -> QFrame:
    """Return a horizontal hairline."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    line.setBackgroundRole(line.palette().ColorRole.Mid)
    return line


class ElidedLabel(QLabel):
    """A label of one line that ends in … where the room ends, and then tells the whole text in its tooltip."""

    def __init__(self, text: str = "", *, tone: Tone = Tone.TEXT, size: str = "", strong: bool = False,
                 least_width: int = 24, where: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._least_width, self._where = least_width, where
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        dress(self, tone=tone, size=size, strong=strong)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._least_width, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def is_cut(self) -> bool:
        """Say whether the text does not fit."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine),
                         self.fontMetrics().elidedText(self.text(), self._where, room.width()))

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.is_cut() else "")
