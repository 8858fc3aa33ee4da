"""The head counts of a shelter over time: the counts as they were, the line they go on by, the places above them. Drawn by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from emergency_desk.services.shelter_foresight import HOURS_AHEAD, ShelterOutlook
from emergency_desk.ui.theme import Tone, colour, colours
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, ngettext

_HEIGHT, _MOST_HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 132, 260, 44, 12, 14, 20


class CountChart(QWidget):
    """One shelter. Heads grow upwards from nobody, time runs to the right and on for a day."""

    def __init__(self) -> None:
        super().__init__()
        self.outlook: ShelterOutlook | None = None
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_HEIGHT)
        self.setMaximumHeight(_MOST_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def show_outlook(self, one: ShelterOutlook | None, now: datetime) -> None:
        """Show one shelter, or none."""
        self.outlook, self._now = one, now
        counts = one.counts if one is not None else ()
        self.setVisible(bool(counts))
        self.setAccessibleName(ngettext("{count} head count", "{count} head counts", len(counts)).format(count=len(counts)))
        self.update()

    def _until(self) -> datetime:
        one, now = self.outlook, self._now
        assert one is not None and now is not None
        return max(now, one.counts[-1].counted_at) + timedelta(hours=HOURS_AHEAD)

    def _most(self) -> int:
        one = self.outlook
        assert one is not None
        highest = max(count.heads for count in one.counts)
        ahead = one.forecast.at(self._until()) if one.forecast is not None else 0
        places = one.opening.capacity or 0
        return max(1, highest, min(ahead, 2 * max(highest, places, 1)), places if places <= 4 * max(1, highest) else 0)

    def _point(self, at: datetime, heads: float) -> QPointF:
        one = self.outlook
        assert one is not None
        field = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        begun, until = one.counts[0].counted_at, self._until()
        share = (at - begun).total_seconds() / max(1.0, (until - begun).total_seconds())
        return QPointF(field.left() + share * field.width(), field.bottom() - min(1.0, heads / self._most()) * field.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.outlook is None or not self.outlook.counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_counts(painter)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        one = self.outlook
        assert one is not None and self._now is not None
        begun, until = one.counts[0].counted_at, self._until()
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawLine(self._point(begun, 0), self._point(until, 0))
        painter.setPen(colour(Tone.SECONDARY))
        foot = self.height() - _BOTTOM + 4
        painter.drawText(QRectF(_LEFT, foot, 200, 16), Qt.AlignmentFlag.AlignLeft, formats.date_time(begun))
        painter.drawText(QRectF(self.width() - _RIGHT - 200, foot, 200, 16), Qt.AlignmentFlag.AlignRight, formats.date_time(until))
        painter.drawText(QRectF(0, _TOP - 8, _LEFT - 6, 16), Qt.AlignmentFlag.AlignRight, formats.number(self._most()))
        painter.drawText(QRectF(0, self.height() - _BOTTOM - 8, _LEFT - 6, 16), Qt.AlignmentFlag.AlignRight, "0")
        now = self._point(self._now, 0).x()
        painter.setPen(QPen(QColor(colours().line), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(now, _TOP), QPointF(now, self.height() - _BOTTOM))
        places = one.opening.capacity
        if places is not None and places <= self._most():
            painter.setPen(QPen(colour(Tone.RED), 1, Qt.PenStyle.DashLine))
            painter.drawLine(self._point(begun, places), self._point(until, places))
            painter.drawText(QRectF(_LEFT + 4, self._point(begun, places).y() + 1, 200, 20), Qt.AlignmentFlag.AlignLeft,
                             _("{places} places").format(places=formats.number(places)))

    def _paint_counts(self, painter: QPainter) -> None:
        one = self.outlook
        assert one is not None
        points = [self._point(count.counted_at, count.heads) for count in one.counts]
        painter.setPen(QPen(colour(Tone.ACT), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour(Tone.ACT))
        for point in points:
            painter.drawEllipse(point, 2.5, 2.5)
        if one.forecast is not None:
            painter.setPen(QPen(colour(Tone.ACT), 2, Qt.PenStyle.DotLine))
            until = self._until()
            painter.drawLine(points[-1], self._point(until, one.forecast.at(until)))
