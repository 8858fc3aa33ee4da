"""The rungs of the ladder: street ▸ district ▸ city, each with what it does and its own level, the star on the one in command.

Left and Right go along it, Enter opens a rung, letters act on the chosen one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from emergency_desk.ui.theme import BODY, CORNER, GAP, LARGE, SMALL, Tone, colour, colours
from emergency_desk.ui.widgets.panel import paint_card
from emergency_desk.ui.widgets.shapes import Shape, paint_shape


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier: who, what it does now, its response level ("" for none), and whether it commands.

    `suggested`: the level the plan reaches where no response runs, drawn dashed. `mark`: a shape before the note.
    `own`: the words for the tier of this desk, drawn as a bar at its side; "" for the others.
    """

    name: str
    note: str = ""
    level: str = ""
    in_command: bool = False
    note_tone: Tone = Tone.SECONDARY
    key: str = ""
    suggested: str = ""
    mark: Shape = Shape.NONE
    own: str = ""
    is_faint: bool = False  # the level is that of a response that is suspended

    @property
    def told(self) -> str:
        """Everything the rung shows, for who cannot see it."""
        level = self.level or self.suggested
        return " ".join(part for part in (self.name, self.own, self.note, level) if part)


class LadderStrip(QWidget):
    """`opened(key)` on Enter or click, `key_pressed(name, key)` for the letters it was given, `focused(bool)` when the cursor comes and goes."""

    focused = Signal(bool)
    opened = Signal(str)
    key_pressed = Signal(str, str)
    _HEIGHT, _STEP = 38, 24

    def __init__(self, keys: Mapping[Qt.Key, str] | None = None) -> None:
        super().__init__()
        self._keys = keys or {}
        self.rungs: tuple[Rung, ...] = ()
        self._current = ""
        self.setFixedHeight(self._HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_rungs(self, rungs: tuple[Rung, ...]) -> None:
        """Show other rungs, from the scene upwards; the chosen one stays chosen."""
        if rungs == self.rungs:
            return
        self.rungs = rungs
        if self._current not in {rung.key for rung in rungs}:
            self._current = next((rung.key for rung in rungs if rung.own), rungs[0].key if rungs else "")
        self.setAccessibleName("; ".join(rung.told for rung in rungs))
        self.setToolTip("\n".join(rung.told for rung in rungs))
        self.update()

    @property
    def letter_keys(self) -> frozenset[Qt.Key]:
        """The keys that act on the chosen rung; the accessible description tells each of them."""
        return frozenset(self._keys)

    @property
    def current(self) -> str:
        """The key of the chosen rung."""
        return self._current

    def choose(self, key: str) -> None:
        """Choose a rung."""
        self._current = key
        self.update()

    # -- Qt ------------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        return QSize(240 * max(1, len(self.rungs)), self._HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        name = self._keys.get(Qt.Key(event.key()))
        if plain and step is not None:
            self._step(step)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.opened.emit(self._current)
        elif plain and name is not None and not event.isAutoRepeat():
            self.key_pressed.emit(name, self._current)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        keys = [rung.key for rung in self.rungs]
        if self._current in keys:
            self.choose(keys[min(len(keys) - 1, max(0, keys.index(self._current) + step))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = next((rung for number, rung in enumerate(self.rungs) if self._box(number).contains(event.position())), None)
        if at is not None:
            self.choose(at.key)
            self.opened.emit(at.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The own tier is chosen anew each time, so that nobody acts for another by what was chosen an hour ago."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._current = next((rung.key for rung in self.rungs if rung.own), self._current)
            self.focused.emit(False)
        self.update()

    # -- painting ------------------------------------------------------------------------------------------------------
    def _box(self, number: int) -> QRectF:
        count = len(self.rungs)
        width = (self.width() - self._STEP * (count - 1)) / count
        return QRectF(number * (width + self._STEP), 0, width, self._HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, rung in enumerate(self.rungs):
            box = self._box(number)
            self._paint_rung(painter, rung, box)
            if number + 1 < len(self.rungs):
                paint_shape(painter, Shape.NEXT, QRectF(box.right() + 7, self._HEIGHT / 2 - 5, 10, 10), colour(Tone.SECONDARY))

    def _paint_rung(self, painter: QPainter, rung: Rung, box: QRectF) -> None:
        now = colours()
        ground, line = (now.chosen, now.act) if rung.in_command else (now.raised, now.line)
        paint_card(painter, box, ground, QColor(line), 1.6 if rung.in_command else 1.0)
        if rung.own:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.act))
            painter.drawRoundedRect(QRectF(box.left() + 4, box.top() + 9, 3, box.height() - 18), 1.5, 1.5)
        if self.hasFocus() and rung.key == self._current:
            painter.setPen(QPen(QColor(now.act), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), CORNER - 2, CORNER - 2)
        inner = box.adjusted(11, 0, -11, 0)
        inner.setRight(inner.right() - self._paint_level(painter, rung, inner) - GAP)
        if rung.in_command:
            paint_shape(painter, Shape.IN_COMMAND, QRectF(inner.left(), inner.center().y() - 7, 14, 14), colour(Tone.TEXT))
            inner.setLeft(inner.left() + 19)
        inner.setLeft(inner.left() + _write(painter, inner, rung.name, BODY + 1, True, Tone.TEXT) + GAP)
        tone = Tone.ACT if rung.in_command and rung.note_tone is Tone.SECONDARY else rung.note_tone
        if rung.mark is not Shape.NONE:
            paint_shape(painter, rung.mark, QRectF(inner.left(), inner.center().y() - 5.5, 11, 11), colour(tone))
            inner.setLeft(inner.left() + 16)
        _write(painter, inner, rung.note, SMALL, tone in (Tone.RED, Tone.ORANGE), tone)

    def _paint_level(self, painter: QPainter, rung: Rung, inner: QRectF) -> float:
        """Write the level at the right and return its width: one that runs plain, one only suggested in a dashed frame."""
        right = Qt.AlignmentFlag.AlignRight
        if rung.level or not rung.suggested:
            return _write(painter, inner, rung.level or "—", LARGE, True, Tone.SECONDARY if rung.is_faint or not rung.level else Tone.TEXT, right)
        room = inner.adjusted(0, 0, -6, 0)
        width = _write(painter, room, rung.suggested, BODY + 1, True, Tone.SECONDARY, right)
        painter.setPen(QPen(colour(Tone.SECONDARY), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(room.right() - width - 6, inner.center().y() - 12, width + 12, 24), 4, 4)
        return width + 12


def _write(
    painter: QPainter, box: QRectF, text: str, pixels: int, bold: bool, tone: Tone, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Write one line, shortened to its room, and return the width it took."""
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(box.width())))
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return float(painter.fontMetrics().horizontalAdvance(shown))
