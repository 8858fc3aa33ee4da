"""The left rail: one entry for each page that exists, with an icon painted by hand so that the frame needs no files."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from emergency_desk.ui.theme import RAIL, SMALL, colours
from emergency_desk.wording.catalog import _

_Draw = Callable[[QPainter, QRectF], None]
_ENTRY, _LEAST_ENTRY, _TOP = 62, 44, 10


class RailEntry(NamedTuple):
    """One page: its id, the icon's name, and its word as a source string."""

    id: str
    icon: str
    label: str


class Rail(QWidget):
    """`chosen(page id)` when an entry is clicked or Alt+number is pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[RailEntry, ...] = ()
        self._current = ""
        self._under = -1
        self._keys: list[QShortcut] = []
        self.setFixedWidth(RAIL)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_entries(self, entries: tuple[RailEntry, ...], current: str = "") -> None:
        """Show these pages."""
        self._entries = entries
        self._current = current or self._current
        self.setAccessibleName(_("Pages: {entries}").format(entries=_(", ").join(
            f"Alt+{number} {_(entry.label)}" for number, entry in enumerate(entries[:9], start=1))))
        for key in self._keys:
            key.setParent(None)
            key.deleteLater()
        self._keys = []
        for number, entry in enumerate(entries[:9], start=1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(lambda page=entry.id: self.chosen.emit(page))
            self._keys.append(key)
        self.update()

    @property
    def entries(self) -> tuple[RailEntry, ...]:
        """The pages on the rail."""
        return self._entries

    def mark(self, page: str) -> None:
        """Mark the page that is shown; an unknown one leaves the mark where it was."""
        if any(entry.id == page for entry in self._entries):
            self._current = page
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(RAIL, _TOP + _ENTRY * len(self._entries))

    @property
    def _high(self) -> int:
        """How high an entry is: on a low window they stand closer, so that all of them are seen."""
        return max(_LEAST_ENTRY, min(_ENTRY, (self.height() - _TOP) // max(1, len(self._entries))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours().rail))
        for number, entry in enumerate(self._entries):
            self._paint_entry(painter, entry, QRectF(0, _TOP + number * self._high, RAIL, self._high - 1), number == self._under)

    def _paint_entry(self, painter: QPainter, entry: RailEntry, box: QRectF, hovered: bool) -> None:
        now, is_current = colours(), entry.id == self._current
        if is_current:
            painter.fillRect(box, QColor(now.rail_chosen))
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), QColor(now.rail_text))
        ink = QColor("#FFFFFF") if is_current or hovered else QColor(now.rail_text)
        painter.setPen(QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _ICONS[entry.icon](painter, QRectF(box.center().x() - 10, box.center().y() - 22, 20, 20))
        font = QFont(QApplication.font())  # the rail stands before the typeface is chosen: its own font would be the system's
        font.setPixelSize(SMALL)
        font.setBold(is_current)
        painter.setFont(font)
        painter.setPen(ink)
        words = painter.fontMetrics().elidedText(_(entry.label), Qt.TextElideMode.ElideRight, RAIL - 8)
        painter.drawText(QRectF(box.left() + 2, box.center().y() + 3, RAIL - 4, 21), int(Qt.AlignmentFlag.AlignCenter), words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._entry_at(event)
        self.setToolTip(f"{_(self._entries[self._under].label)}  Alt+{self._under + 1}" if self._under >= 0 else "")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._entry_at(event)
        if number >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._entries[number].id)

    def _entry_at(self, event: QMouseEvent) -> int:
        number = int((event.position().y() - _TOP) // self._high)
        return number if 0 <= number < len(self._entries) else -1


def _path(*steps: tuple[float, float]) -> _Draw:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.drawPolyline(QPolygonF([QPointF(box.left() + x, box.top() + y) for x, y in steps]))

    return draw


def _all(*parts: _Draw) -> _Draw:
    def draw(painter: QPainter, box: QRectF) -> None:
        for part in parts:
            part(painter, box)

    return draw


def _circle(radius: float) -> _Draw:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.drawEllipse(box.center(), radius, radius)

    return draw


def _frame(left: float, top: float, width: float, height: float, corner: float = 2.0) -> _Draw:
    def draw(painter: QPainter, box: QRectF) -> None:
        painter.drawRoundedRect(QRectF(box.left() + left, box.top() + top, width, height), corner, corner)

    return draw


# An eye on watch, a flag, a page with its lines, a cross, a map pin, a tent, a book, a box, a target, a list, a wheel.
_ICONS: dict[str, _Draw] = {
    "duty": _all(_circle(8.5), _circle(3.2)),
    "incidents": _all(_path((4, 1), (4, 19)), _path((4, 2.5), (16.5, 2.5), (13, 6.5), (16.5, 10.5), (4, 10.5))),
    "plans": _all(_frame(3, 1.5, 14, 17), _path((6.5, 6.5), (13.5, 6.5)), _path((6.5, 10), (13.5, 10)), _path((6.5, 13.5), (11, 13.5))),
    "teams": _path((7, 2), (13, 2), (13, 7), (18, 7), (18, 13), (13, 13), (13, 18), (7, 18), (7, 13), (2, 13), (2, 7), (7, 7), (7, 2)),
    "areas": _all(
        _path((10, 19), (4.2, 10.2), (4, 7), (6, 3.4), (10, 1.8), (14, 3.4), (16, 7), (15.8, 10.2), (10, 19)), _frame(8, 5.6, 4, 4),
    ),
    "units": _all(_frame(3, 6, 14, 12), _path((6, 6), (6, 2), (14, 2), (14, 6)), _path((7, 10.5), (13, 10.5)), _path((7, 14), (13, 14))),
    "sites": _path((1.5, 10), (10, 2), (18.5, 10), (16, 10), (16, 18), (4, 18), (4, 10), (1.5, 10)),
    "shelters": _all(_path((1.5, 17.5), (10, 2.5), (18.5, 17.5), (1.5, 17.5)), _path((7, 17.5), (10, 11), (13, 17.5))),
    "supplies": _all(
        _path((2, 6), (10, 2), (18, 6), (18, 15), (10, 19), (2, 15), (2, 6)), _path((2, 6), (10, 10), (18, 6)), _path((10, 10), (10, 19)),
    ),
    "drills": _all(_circle(8.5), _circle(4.6), _path((10, 0.5), (10, 5)), _path((10, 15), (10, 19.5)), _path((0.5, 10), (5, 10)),
                   _path((15, 10), (19.5, 10))),
    "log": _all(_frame(3, 2, 14, 16), _path((7, 2), (7, 18)), _path((10, 7), (14, 7)), _path((10, 11), (14, 11))),
}
ICONS = tuple(_ICONS)
