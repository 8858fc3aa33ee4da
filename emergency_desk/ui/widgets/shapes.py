"""Shapes that carry a state beside its word and colour. A shape means one thing everywhere, and needs no font."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

_Draw = Callable[[QPainter, QRectF, QColor], None]


class Shape(StrEnum):
    NONE = "none"
    WORKING = "working"  # ● a full disc
    ON_SCENE = "on_scene"  # ◗ the right half
    EN_ROUTE = "en_route"  # ▷
    ORDERED = "ordered"  # » told to go, not yet moving
    MUSTERING = "mustering"  # a dotted ring
    STANDBY = "standby"  # ○
    WITHDRAWING = "withdrawing"  # ◁
    RETURNED = "returned"  # a house
    RECOVERING = "recovering"  # the lower half full
    TRAINING = "training"  # a ring with a dot
    UNAVAILABLE = "unavailable"  # ✕
    LOST = "lost"  # ◇ with a dot
    LATE = "late"  # ▲
    DUE = "due"  # ◷ a clock
    IN_COMMAND = "in_command"  # ★
    DONE = "done"  # ✓
    TO_DO = "to_do"  # ☐
    SKIPPED = "skipped"  # a box with a bar
    NEXT = "next"  # ▸ onward in the ladder
    DOUBTFUL = "doubtful"  # ! it could be, and something stands against relying on it
    PAUSED = "paused"  # two bars: a response that is suspended


def paint_shape(painter: QPainter, shape: Shape, box: QRectF, colour: QColor) -> None:
    """Draw a shape in a square box, with the pen as thin as the box asks for."""
    if shape is Shape.NONE:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = max(1.2, box.width() / 8)
    painter.setPen(QPen(colour, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    _DRAW[shape](painter, inner, colour)
    painter.restore()


def _solid(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))


def _points(box: QRectF, *steps: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in steps])


def _disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _solid(painter, colour)
    painter.drawEllipse(box)


def _ring(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)


def _half(start_degrees: int) -> _Draw:
    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.drawEllipse(box)
        _solid(painter, colour)
        painter.drawPie(box, start_degrees * 16, 180 * 16)

    return draw


def _polygon(*steps: tuple[float, float], full: bool = False) -> _Draw:
    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        if full:
            painter.setBrush(QBrush(colour))
        painter.drawPolygon(_points(box, *steps))

    return draw


def _strokes(*lines: tuple[tuple[float, float], ...]) -> _Draw:
    def draw(painter: QPainter, box: QRectF, _colour: QColor) -> None:
        for line in lines:
            painter.drawPolyline(_points(box, *line))

    return draw


def _dotted(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawEllipse(box)


def _dot_in(around: _Draw) -> _Draw:
    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        around(painter, box, colour)
        _solid(painter, colour)
        painter.drawEllipse(box.center(), box.width() * 0.17, box.width() * 0.17)

    return draw


def _clock(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.drawPolyline(_points(box, (0.5, 0.22), (0.5, 0.52), (0.72, 0.52)))


def _star(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _solid(painter, colour)
    grown = box.adjusted(-box.width() * 0.1, -box.width() * 0.1, box.width() * 0.1, box.width() * 0.1)
    painter.drawPolygon(_points(grown, (0.5, 0.02), (0.62, 0.37), (0.99, 0.37), (0.69, 0.59), (0.8, 0.95), (0.5, 0.73), (0.2, 0.95),
                                (0.31, 0.59), (0.01, 0.37), (0.38, 0.37)))


def _box(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0.3, 0.3, -0.3, -0.3), 2, 2)
    painter.drawPath(path)


def _box_with_bar(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _box(painter, box, colour)
    painter.drawPolyline(_points(box, (0.25, 0.5), (0.75, 0.5)))


_DRAW: dict[Shape, _Draw] = {
    Shape.WORKING: _disc,
    Shape.ON_SCENE: _half(-90),
    Shape.EN_ROUTE: _polygon((0.15, 0.05), (0.95, 0.5), (0.15, 0.95)),
    Shape.ORDERED: _strokes(((0.1, 0.1), (0.5, 0.5), (0.1, 0.9)), ((0.5, 0.1), (0.9, 0.5), (0.5, 0.9))),
    Shape.MUSTERING: _dotted,
    Shape.STANDBY: _ring,
    Shape.WITHDRAWING: _polygon((0.85, 0.05), (0.05, 0.5), (0.85, 0.95)),
    Shape.RETURNED: _polygon((0.5, 0.05), (0.95, 0.48), (0.8, 0.48), (0.8, 0.95), (0.2, 0.95), (0.2, 0.48), (0.05, 0.48)),
    Shape.RECOVERING: _half(180),
    Shape.TRAINING: _dot_in(_ring),
    Shape.UNAVAILABLE: _strokes(((0.12, 0.12), (0.88, 0.88)), ((0.88, 0.12), (0.12, 0.88))),
    Shape.LOST: _dot_in(_polygon((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))),
    Shape.LATE: _polygon((0.5, 0.08), (0.96, 0.92), (0.04, 0.92), full=True),
    Shape.DUE: _clock,
    Shape.IN_COMMAND: _star,
    Shape.DONE: _strokes(((0.08, 0.55), (0.38, 0.85), (0.92, 0.15))),
    Shape.TO_DO: _box,
    Shape.SKIPPED: _box_with_bar,
    Shape.DOUBTFUL: _strokes(((0.5, 0.08), (0.5, 0.62)), ((0.5, 0.88), (0.5, 0.92))),
    Shape.PAUSED: _strokes(((0.3, 0.12), (0.3, 0.88)), ((0.7, 0.12), (0.7, 0.88))),
    Shape.NEXT: _polygon((0.25, 0.15), (0.8, 0.5), (0.25, 0.85), full=True),
}
