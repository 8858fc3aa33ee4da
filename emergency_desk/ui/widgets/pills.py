"""Pills: word + shape + colour of a grade, a tier, a state. The same painter serves widgets and lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from emergency_desk.ui.theme import SMALL, Tone, colour, colours
from emergency_desk.ui.widgets.shapes import Shape, paint_shape
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import label, short_label

if TYPE_CHECKING:
    from emergency_desk.domain.areas import Tier
    from emergency_desk.domain.incidents import Grade
    from emergency_desk.domain.teams import TeamState

HEIGHT, _SIDE, _MARK, _DOT = 22, 10, 10, 4


@dataclass(frozen=True, slots=True)
class Pill:
    """What a pill shows. `dots` counts the grade's dots; a filled pill carries the text on its colour."""

    text: str
    tone: Tone = Tone.BLUE
    shape: Shape = Shape.NONE
    dots: int = 0
    filled: bool = False


# Keyed by the values of TeamState and Grade: the frame shows pills before it needs those records.
_STATE_LOOK: dict[str, tuple[Shape, Tone]] = {
    "standby": (Shape.STANDBY, Tone.GREEN),
    "training": (Shape.TRAINING, Tone.GREEN),
    "mustering": (Shape.MUSTERING, Tone.BLUE),
    "dispatched": (Shape.ORDERED, Tone.BLUE),
    "en_route": (Shape.EN_ROUTE, Tone.BLUE),
    "on_scene": (Shape.ON_SCENE, Tone.ORANGE),
    "working": (Shape.WORKING, Tone.ACT),
    "withdrawing": (Shape.WITHDRAWING, Tone.SECONDARY),
    "returned": (Shape.RETURNED, Tone.GREEN),
    "recovering": (Shape.RECOVERING, Tone.SECONDARY),
    "unavailable": (Shape.UNAVAILABLE, Tone.SECONDARY),
    "lost_contact": (Shape.LOST, Tone.RED),
}
_GRADE_TONE = {"grade_1": Tone.RED, "grade_2": Tone.RED, "grade_3": Tone.ORANGE, "grade_4": Tone.BLUE}


def state_look(state: TeamState) -> tuple[Shape, Tone]:
    """Return shape and tone of a team's state."""
    return _STATE_LOOK[state.value]


def state_pill(state: TeamState, note: str = "") -> Pill:
    """Return the pill of a team's state; a note such as "7 min" follows the word."""
    shape, tone = _STATE_LOOK[state.value]
    return Pill(f"{label(state)} {note}".strip(), tone, shape)


def grade_pill(grade: Grade | None, *, preliminary: bool = False, short: bool = False) -> Pill:
    """Return the pill of a grade: one dot for ordinary up to four; None is "not yet judged". Short for narrow columns."""
    if grade is None:
        return Pill(_("Not yet graded"), Tone.SECONDARY)
    word = _("{grade} (preliminary)").format(grade=label(grade)) if preliminary else (short_label if short else label)(grade)
    return Pill(word, _GRADE_TONE[grade.value], dots=5 - grade.rank, filled=grade.rank < 4)


def tier_pill(tier: Tier) -> Pill:
    """Return the pill of the tier a desk stands on."""
    return Pill(_("{tier} tier").format(tier=label(tier)), Tone.BLUE)


def late_pill(count: int, text: str) -> Pill:
    """Return the filled pill of what is overdue; the caller words it, since a plural hangs on the count."""
    return Pill(text, Tone.RED, Shape.LATE if count else Shape.NONE, filled=True)


@lru_cache(maxsize=16)
def pill_font(letters: str) -> QFont:
    """Return the font a pill writes in among `letters` (a font as `QFont.toString` writes it)."""
    font = QFont()
    font.fromString(letters)
    font.setPixelSize(SMALL)
    font.setBold(True)
    return font


@lru_cache(maxsize=1_024)
def pill_size(pill: Pill, letters: str) -> QSizeF:
    """Return the room a pill needs among `letters`."""
    width = QFontMetricsF(pill_font(letters)).horizontalAdvance(pill.text) + 2 * _SIDE
    width += (_MARK + 5) * (pill.shape is not Shape.NONE) + (pill.dots * (_DOT + 3) + 4) * bool(pill.dots)
    return QSizeF(width, HEIGHT)


def paint_pill(painter: QPainter, pill: Pill, box: QRectF, letters: str) -> None:
    """Draw a pill in a box of its own height; the text shortens itself when the box is narrower than the pill."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(pill_font(letters))
    main = colour(pill.tone)
    ink = QColor(colours().on_fill) if pill.filled else main
    edge = box.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(main, 1.3))
    painter.setBrush(main if pill.filled else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
    left = box.left() + _SIDE
    left = _paint_dots(painter, pill.dots, left, box.center().y(), ink)
    if pill.shape is not Shape.NONE:
        paint_shape(painter, pill.shape, QRectF(left, box.center().y() - _MARK / 2, _MARK, _MARK), ink)
        left += _MARK + 5
    painter.setPen(ink)
    room = QRectF(left, box.top(), box.right() - _SIDE - left + 1, box.height())
    shown = painter.fontMetrics().elidedText(pill.text, Qt.TextElideMode.ElideRight, int(room.width() + 1))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


def _paint_dots(painter: QPainter, count: int, left: float, middle: float, ink: QColor) -> float:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for _number in range(count):
        painter.drawEllipse(QPointF(left + _DOT / 2, middle + 0.5), _DOT / 2, _DOT / 2)
        left += _DOT + 3
    return left + 4 if count else left


class PillLabel(QWidget):
    """A pill as a widget; `clicked` is sent when it is pressed with the mouse."""

    clicked = Signal()

    def __init__(self, pill: Pill | None = None) -> None:
        super().__init__()
        self._pill = pill or Pill("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_pill(self._pill)

    def show_pill(self, pill: Pill) -> None:
        """Show another pill."""
        if pill == self._pill and pill.text == self.accessibleName():
            return
        self._pill = pill
        self.setAccessibleName(pill.text)
        self.updateGeometry()
        self.update()

    @property
    def pill(self) -> Pill:
        """The pill that is shown."""
        return self._pill

    def sizeHint(self) -> QSize:
        size = pill_size(self._pill, self.font().toString())
        return QSize(int(size.width()) + 1, int(size.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pill.text:
            paint_pill(QPainter(self), self._pill, QRectF(self.rect()), self.font().toString())
