"""A stacked bar with its legend: how many are in each state, as shape, word, number and colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from emergency_desk.ui.theme import SMALL, Tone, colour
from emergency_desk.ui.widgets.shapes import Shape, paint_shape


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the bar."""

    word: str
    count: int
    tone: Tone
    shape: Shape = Shape.NONE


class StateBar(QWidget):
    """The bar on top, the legend below; a part that is there is never thinner than 3 px."""

    _BAR, _LINE, _GAP, _MARK = 14, 20, 14, 9

    def __init__(self, shares: tuple[Share, ...] = ()) -> None:
        super().__init__()
        self._shares = shares
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Show other numbers; parts of nought are left out."""
        shown = tuple(share for share in shares if share.count)
        if shown == self._shares:
            return
        self._shares = shown
        self.setAccessibleName(", ".join(f"{share.word} {share.count}" for share in self._shares))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._BAR + 6 + self._LINE * max(1, len(self._lines(width)))

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._BAR + 6 + self._LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_bar(painter)
        for number, line in enumerate(self._lines(self.width())):
            left = 0.0
            for share, width in line:
                self._paint_legend(painter, share, left, self._BAR + 6 + number * self._LINE)
                left += width + self._GAP

    def _paint_bar(self, painter: QPainter) -> None:
        total = sum(share.count for share in self._shares)
        gaps = 2 * max(0, len(self._shares) - 1)
        spare = max(0, self.width() - gaps - 3 * len(self._shares))
        left = 0.0
        for share in self._shares:
            width = 3 + spare * share.count / total
            painter.fillRect(QRectF(left, 0, width, self._BAR), colour(share.tone))
            left += width + 2

    def _paint_legend(self, painter: QPainter, share: Share, left: float, top: float) -> None:
        tone = colour(share.tone)
        if share.shape is Shape.NONE:
            painter.fillRect(QRectF(left, top + 6, self._MARK, self._MARK), tone)
        else:
            paint_shape(painter, share.shape, QRectF(left, top + 6, self._MARK, self._MARK), tone)
        painter.setFont(self._small())
        painter.setPen(tone)
        box = QRectF(left + self._MARK + 4, top, self.width(), self._LINE)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), f"{share.word} {share.count}")

    def _lines(self, width: int) -> list[list[tuple[Share, float]]]:
        metrics = QFontMetricsF(self._small())
        lines: list[list[tuple[Share, float]]] = []
        left = 0.0
        for share in self._shares:
            room = metrics.horizontalAdvance(f"{share.word} {share.count}") + self._MARK + 4
            if not lines or left + room > width:
                lines.append([])
                left = 0.0
            lines[-1].append((share, room))
            left += room + self._GAP
        return lines

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        return font
