"""Panels: hairline cards with a title line, the figure tile of the board, and the rungs of the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from emergency_desk.ui.theme import BODY, CORNER, GAP, LARGE, PAD, SMALL, Tone, colour, colours
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.shapes import Shape, paint_shape

LIST_SIDE = 6  # how far the cells of a list stand in from its edge


def paint_card(painter: QPainter, box: QRectF, ground: str, line: QColor, width: float = 1.0) -> None:
    """Draw the rounded ground and hairline of a card."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width))
    painter.setBrush(QColor(ground))
    half = width / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), CORNER, CORNER)


class Panel(QWidget):
    """A card. Put things into `body`; the title line goes when it has neither title nor note."""

    def __init__(self, title: str = "", note: str = "", *, chosen: bool = False, note_tone: Tone = Tone.SECONDARY) -> None:
        super().__init__()
        self._chosen = chosen
        self.title = text_label(title, strong=True)
        self.note = ElidedLabel(note, tone=note_tone, size="small", least_width=0)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.setSpacing(GAP)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note, 1)
        self._sections = QVBoxLayout(self)
        self._sections.setContentsMargins(PAD - LIST_SIDE, 10, PAD - LIST_SIDE, 10)
        self._sections.setSpacing(6)
        self.body = self._section()
        self.body.addLayout(self.head)
        self.set_head(title, note)

    def add_list(self, lines: QWidget, stretch: int = 0) -> None:
        """Put a list below what is in the body; its rows reach out so that their words stand under the title.

        Afterwards `body` is the part below the list.
        """
        self._sections.addWidget(lines, stretch)
        self.body = self._section()

    def _section(self) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setContentsMargins(LIST_SIDE, 0, LIST_SIDE, 0)
        section.setSpacing(6)
        self._sections.addLayout(section)
        return section

    def set_head(self, title: str | None = None, note: str | None = None) -> None:
        """Change title or note."""
        if title is not None:
            self.title.setText(title)
            self.title.setVisible(bool(title))
        if note is not None:
            self.note.setText(note)
            self.note.setVisible(bool(note))

    def set_chosen(self, chosen: bool) -> None:
        """Mark the card as the one that matters now."""
        self._chosen = chosen
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = colours()
        ground, line = (now.chosen, now.act) if self._chosen else (now.panel, now.line)
        paint_card(QPainter(self), QRectF(self.rect()), ground, QColor(line), 1.4 if self._chosen else 1.0)


class FigureTile(Panel):
    """A caption, a figure of 30 px in its tone, and what it is made of."""

    def __init__(self, caption: str, figure: str = "", note: str = "", tone: Tone = Tone.TEXT) -> None:
        super().__init__()
        self._caption = text_label(caption, tone=Tone.SECONDARY, size="small")
        self.figure = text_label(figure, size="figure", tone=tone)
        self.made_of = ElidedLabel(note, tone=Tone.SECONDARY, size="small")
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.figure)
        line.addWidget(self.made_of, 1)
        self.body.setSpacing(2)
        self.body.addWidget(self._caption)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, note: str, tone: Tone) -> None:
        """Show another figure."""
        self.figure.setText(figure)
        dress(self.figure, tone=tone)
        self.made_of.setText(note)


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier of the ladder: who, what it does now, its response level ("" for none), and whether it commands."""

    name: str
    note: str = ""
    level: str = ""
    in_command: bool = False
    note_tone: Tone = Tone.SECONDARY


class LadderStrip(QWidget):
    """Street ▸ district ▸ city, each with its own level, the star on the one in command."""

    _HEIGHT, _STEP = 38, 24

    def __init__(self, rungs: tuple[Rung, ...] = ()) -> None:
        super().__init__()
        self._rungs = rungs
        self.setFixedHeight(self._HEIGHT)
        self.show_rungs(rungs)

    def show_rungs(self, rungs: tuple[Rung, ...]) -> None:
        """Show other rungs, from the scene upwards."""
        self._rungs = rungs
        self.setAccessibleName("; ".join(f"{rung.name} {rung.note} {rung.level}" for rung in rungs))
        self.setToolTip("\n".join(" ".join(part for part in (rung.name, rung.note, rung.level) if part) for rung in rungs))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240 * max(1, len(self._rungs)), self._HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rungs:
            return
        painter = QPainter(self)
        count = len(self._rungs)
        width = (self.width() - self._STEP * (count - 1)) / count
        for number, rung in enumerate(self._rungs):
            box = QRectF(number * (width + self._STEP), 0, width, self._HEIGHT)
            self._paint_rung(painter, rung, box)
            if number + 1 < count:
                paint_shape(painter, Shape.NEXT, QRectF(box.right() + 7, self._HEIGHT / 2 - 5, 10, 10), colour(Tone.SECONDARY))

    def _paint_rung(self, painter: QPainter, rung: Rung, box: QRectF) -> None:
        now = colours()
        ground, line = (now.chosen, now.act) if rung.in_command else (now.raised, now.line)
        paint_card(painter, box, ground, QColor(line), 1.6 if rung.in_command else 1.0)
        inner = box.adjusted(11, 0, -11, 0)
        right = _write(painter, inner, rung.level or "—", LARGE, True, Tone.TEXT, Qt.AlignmentFlag.AlignRight)
        inner.setRight(inner.right() - right - GAP)
        if rung.in_command:
            paint_shape(painter, Shape.IN_COMMAND, QRectF(inner.left(), inner.center().y() - 7, 14, 14), colour(Tone.TEXT))
            inner.setLeft(inner.left() + 19)
        left = _write(painter, inner, rung.name, BODY + 1, True, Tone.TEXT, Qt.AlignmentFlag.AlignLeft)
        inner.setLeft(inner.left() + left + GAP)
        _write(painter, inner, rung.note, SMALL, False, Tone.ACT if rung.in_command else rung.note_tone, Qt.AlignmentFlag.AlignLeft)


def _write(painter: QPainter, box: QRectF, text: str, pixels: int, bold: bool, tone: Tone, side: Qt.AlignmentFlag) -> float:
    """Write one line, shortened to its room, and return the width it took."""
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(box.width())))
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return float(painter.fontMetrics().horizontalAdvance(shown))
