"""Fields of forms: numbers that may be unknown, and the refusal that hangs on the field it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from emergency_desk.ui.theme import CORNER, SMALL, colours

UNKNOWN = "?"
_WIDTH, _UNBOUNDED = 58, (1 << 24) - 1  # Qt's own greatest width, which its Python does not name
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．？", "0123456789,.?")


class NumberEdit(QLineEdit):
    """A count that may be unknown: empty or "?" is None, and 0 is said, never guessed (R-2.1).

    Full-width digits of a Chinese input method count too; Up and Down step; anything else is kept as typed and refused.
    """

    number_changed = Signal()

    def __init__(self, value: int | None = None, *, name: str = "", largest: int = 9_999_999) -> None:
        super().__init__()
        self._largest = largest
        self.setAccessibleName(name)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(_WIDTH)
        self.set_value(value)
        self.textEdited.connect(self._edited)

    def fill_its_place(self) -> None:
        """Be as wide as the place it is laid into, for a form of columns; else it is as wide as its digits."""
        self.setMinimumWidth(_WIDTH)
        self.setMaximumWidth(_UNBOUNDED)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> int | None:
        """The number, or None when it is unknown or unreadable."""
        text = self._plain()
        return int(text) if text.isdecimal() and int(text) <= self._largest else None

    @property
    def is_readable(self) -> bool:
        """Say whether it is a number or a plain "unknown"."""
        return self._plain() in ("", UNKNOWN) or self.value is not None

    def set_value(self, value: int | None) -> None:
        """Show a number; None is shown as empty."""
        self.setText("" if value is None else str(value))
        mark_refused(self, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.setText(str(min(self._largest, max(0, (self.value or 0) + step))))
        self._edited()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _plain(self) -> str:
        return self.text().translate(_FULL_WIDTH).replace(",", "").strip()

    def _edited(self) -> None:
        set_flag(self, "refused", not self.is_readable)
        self.number_changed.emit()


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Set a dynamic property that the stylesheet looks at."""
    if bool(widget.property(name)) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def mark_refused(editor: QWidget, sentence: str) -> None:
    """Hang a refusal on its field, or take it off with an empty sentence. It leaves when the field is edited."""
    set_flag(editor, "refused", bool(sentence))
    editor.setAccessibleDescription(sentence)
    bubble = editor.property("refusal")
    if isinstance(bubble, RefusalBubble):
        editor.setProperty("refusal", None)
        bubble.leave()
    if sentence:
        editor.setProperty("refusal", RefusalBubble(editor, sentence))


class RefusalBubble(QWidget):
    """The sentence right below its field, over the form, without moving it and without taking the focus."""

    def __init__(self, editor: QWidget, sentence: str) -> None:
        super().__init__(editor.window())
        self._editor, self.sentence = editor, sentence
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self._edited)
        self._place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Go away."""
        self._editor.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
            self.setVisible(self._editor.isVisible())
        elif watched is self._editor and event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().red))
        painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        painter.setPen(QColor(colours().on_fill))
        painter.setFont(self._small())
        painter.drawText(self.rect().adjusted(9, 4, -9, -4), int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), self.sentence)

    def _place(self) -> None:
        window = self._editor.window()
        self.setParent(window)
        wide = min(max(self._editor.width(), 280), max(120, window.width() - 24))
        text = QFontMetrics(self._small()).boundingRect(QRect(0, 0, wide - 18, 1000), int(Qt.TextFlag.TextWordWrap), self.sentence)
        size = QSize(text.width() + 20, text.height() + 9)
        below = self._editor.mapTo(window, QPoint(0, self._editor.height() + 3))
        if below.y() + size.height() > window.height():
            below = self._editor.mapTo(window, QPoint(0, -size.height() - 3))
        self.setGeometry(min(below.x(), window.width() - size.width() - 12), below.y(), size.width(), size.height())

    def _small(self) -> QFont:
        font = QFont(self._editor.font())
        font.setPixelSize(SMALL)
        return font

    def _edited(self) -> None:
        if self._editor.property("refusal") is self:
            mark_refused(self._editor, "")
