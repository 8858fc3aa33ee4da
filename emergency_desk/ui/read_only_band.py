"""The band over every page of a desk that is open to read only: why, what to do, and a button that tries again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.domain.errors import StoreReadOnly
from emergency_desk.ui.theme import GAP, PAD, Tone, colours
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence


class ReadOnlyBand(QWidget):
    """Stands between the bar above and the pages."""

    def __init__(self, why: StoreReadOnly, try_again: Callable[[], object]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(PAD + 2, 6, PAD + 2, 6)
        line.setSpacing(GAP)
        words = sentence(why)
        told = text_label(_("◫ Read only. {why}").format(why=words), tone=Tone.ORANGE, strong=True, wrap=True)
        self.setAccessibleName(told.text())
        self.button = KeyButton(_("Try again"))
        self.button.clicked.connect(try_again)
        line.addWidget(told, 1)
        line.addWidget(self.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(colours().panel))
        painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(colours().orange))
