"""Panels: hairline cards with a title line, and the figure tile of the board."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from emergency_desk.ui.theme import CORNER, GAP, PAD, Tone, colours
from emergency_desk.ui.widgets.labels import ElidedLabel, dress, text_label
from emergency_desk.ui.widgets.laying_out import across

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
        line = across(self.figure, self.made_of, shares=(0, 1))
        self.body.setSpacing(2)
        self.body.addWidget(self._caption)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, note: str, tone: Tone) -> None:
        """Show another figure."""
        self.figure.setText(figure)
        dress(self.figure, tone=tone)
        self.made_of.setText(note)
