"""How a list paints one cell, and how much room it needs for it. Pure painting; the list decides what and where.

`letters` is the list's font as `QFont.toString` writes it. What was measured is kept: each asking of Qt may wait for another thread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from emergency_desk.ui.theme import BODY, SMALL, Tone, blend, colour, colours
from emergency_desk.ui.widgets.lines import Cell, Column
from emergency_desk.ui.widgets.pills import HEIGHT, paint_pill, pill_size
from emergency_desk.ui.widgets.shapes import Shape, paint_shape

_SIDE, _MARK, _GAP, _MOST_LINES = 6, 11, 6, 6
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_BREAKING = re.compile(r"(?<=[0-9])-(?=[A-Z0-9])")
_PIXELS = {"": BODY, "small": SMALL, "large": BODY + 2}


@lru_cache(maxsize=4_096)  # a list measures the same cells at each refresh
def cell_width(cell: Cell, letters: str) -> int:
    """Return the width a cell needs to show all of itself."""
    width = 2 * _SIDE + _text_width(_metrics(cell, letters), cell.text)
    if cell.shape is not Shape.NONE:
        width += _MARK + _GAP
    if cell.pill is not None:
        width += int(pill_size(cell.pill, letters).width()) + 1 + (_GAP if cell.text or cell.after else 0)
    if cell.after:
        width += _GAP + _text_width(_small(letters), cell.after)
    if cell.below:
        width = max(width, 2 * _SIDE + _indent(cell) + _text_width(_small(letters), cell.below))
    return width + 2


def cell_height(cell: Cell, column: Column, width: int, letters: str) -> int:
    """Return the height a wrapped cell needs, six lines at most."""
    if not column.wrap:
        return 0
    metrics = _metrics(cell, letters)
    if cell.below:
        above = cell_height(replace(cell, below=""), column, width, letters) or metrics.lineSpacing() + 8
        return above + _small(letters).lineSpacing()
    if cell.brief or _text_width(metrics, cell.text) <= _text_room(cell, width, letters):
        return 0
    wanted = _height_of_words(cell.text, cell.size, cell.strong, _text_room(cell, width, letters), letters)
    return min(wanted, _MOST_LINES * metrics.lineSpacing()) + 10


def whole_lines(column: Column, box: QRect, room: int, letters: str) -> int:
    """Return how much of a row that ends below the list can be read: whole lines of what wraps, nothing of the rest."""
    if not column.wrap:
        return 0
    line = QFontMetrics(_dressed(letters, BODY, False)).lineSpacing()
    above = 5 if box.height() > line + 10 else box.height()
    return above + (room - above) // line * line if room >= above + line else 0


def is_cut(cell: Cell, column: Column, box: QRect, letters: str) -> bool:
    """Say whether a cell shows less than it holds."""
    if column.wrap and not cell.brief:
        return cell_height(cell, column, box.width(), letters) > box.height()
    return cell_width(cell, letters) > box.width() + 2


def paint_row_ground(painter: QPainter, box: QRect, *, chosen: bool, focused: bool, ruled: bool, first: bool, last: bool) -> None:
    """Draw the mark of the current line and the hairline below."""
    now = colours()
    if chosen:
        painter.fillRect(box, QColor(now.chosen) if focused else blend(QColor(now.chosen), QColor(now.panel), 0.55))
        if first and focused:
            painter.fillRect(QRect(box.left(), box.top() + 4, 3, box.height() - 8), QColor(now.act))
    if ruled:
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(now.line))


def paint_cell(painter: QPainter, cell: Cell, column: Column, box: QRect, letters: str) -> None:
    """Draw a cell in its box."""
    if cell.below and column.wrap:
        low = _small(letters).lineSpacing() + 5
        paint_cell(painter, replace(cell, below=""), column, box.adjusted(0, 0, 0, 4 - low), letters)
        indent = _indent(cell)
        lower = QRect(box.left() + indent, box.bottom() - low, box.width() - indent, low - 2)
        paint_cell(painter, Cell(cell.below, Tone.SECONDARY, size="small", brief=True), column, lower, letters)
        return
    if cell.below:
        half = (box.height() - 6) // 2
        upper, lower = (QRect(box.left(), top, box.width(), half) for top in (box.top() + 4, box.top() + 3 + half))
        lower.setLeft(lower.left() + (0 if column.right else _indent(cell)))
        for part, room in zip(_halves(cell), (upper, lower), strict=True):
            paint_cell(painter, part, column, room, letters)
        return
    inner = QRectF(box).adjusted(_SIDE, 0, -_SIDE, 0)
    if column.right:
        inner.setLeft(max(inner.left(), inner.right() - cell_width(cell, letters) + 2 * _SIDE + 1))
    if cell.shape is not Shape.NONE:
        top = inner.top() + 9 if column.wrap else inner.center().y() - _MARK / 2
        paint_shape(painter, cell.shape, QRectF(inner.left(), top, _MARK, _MARK), colour(cell.shape_tone or cell.tone))
        inner.setLeft(inner.left() + _MARK + _GAP)
    if cell.pill is not None:
        width = min(pill_size(cell.pill, letters).width() + 1, inner.width())
        paint_pill(painter, cell.pill, QRectF(inner.left(), inner.center().y() - HEIGHT / 2, width, HEIGHT), letters)
        inner.setLeft(inner.left() + width + _GAP)
    _paint_text(painter, cell, column, inner, letters)


def _indent(cell: Cell) -> int:
    """Return how far in the second line begins: below the words, not below the shape before them."""
    return _MARK + _GAP if cell.shape is not Shape.NONE else 0


@lru_cache(maxsize=1_024)
def _halves(cell: Cell) -> tuple[Cell, Cell]:
    return replace(cell, below="", lit=()), Cell(cell.below, Tone.SECONDARY, size="small", lit=cell.lit)


def _paint_text(painter: QPainter, cell: Cell, column: Column, inner: QRectF, letters: str) -> None:
    painter.setFont(_font(cell, letters))
    painter.setPen(colour(cell.tone))
    if column.wrap and not cell.brief and _advance(cell.text, cell.size, cell.strong, letters) > inner.width():
        is_too_long = _height_of_words(cell.text, cell.size, cell.strong, int(inner.width()), letters) > inner.height()
        down = Qt.AlignmentFlag.AlignTop if is_too_long else Qt.AlignmentFlag.AlignVCenter  # what is cut is read from its beginning
        flags = Qt.TextFlag.TextWordWrap | down | Qt.AlignmentFlag.AlignLeft
        painter.save()
        painter.setClipRect(inner.adjusted(0, 3, 0, -3), Qt.ClipOperation.IntersectClip)
        painter.drawText(inner.adjusted(0, 5, 0, 0) if is_too_long else inner, int(flags), _unbroken(cell.text))
        painter.restore()
        return
    if cell.text:
        shown, width = _elided(cell.text, int(inner.width()), cell.size, cell.strong, letters)
        for start, end in cell.lit:
            _light_up(painter, inner, QFontMetrics(_font(cell, letters)), shown, start, min(end, len(shown)))
        painter.drawText(inner, _MIDDLE_LEFT, shown)
        inner.setLeft(inner.left() + width + _GAP)
    if cell.after and inner.width() > 20:
        painter.setFont(_dressed(letters, SMALL, False))
        painter.setPen(colour(Tone.SECONDARY))
        painter.drawText(inner, _MIDDLE_LEFT, _elided(cell.after, int(inner.width()), "small", False, letters)[0])


def _light_up(painter: QPainter, inner: QRectF, metrics: QFontMetrics, shown: str, start: int, end: int) -> None:
    """Lay the colour of what was looked for behind a part of a line."""
    if start < end:
        left = inner.left() + metrics.horizontalAdvance(shown[:start])
        box = QRectF(left, inner.center().y() - metrics.height() / 2, metrics.horizontalAdvance(shown[start:end]), metrics.height())
        painter.fillRect(box, blend(colour(Tone.YELLOW), QColor(colours().panel), 0.35))


@lru_cache(maxsize=1_024)
def _unbroken(text: str) -> str:
    """Keep the number of an order in one piece: Qt would break 370203-2026-0017-D03 behind a hyphen."""
    return _BREAKING.sub("-\u2060", text)


@lru_cache(maxsize=4_096)
def _elided(text: str, room: int, size: str, strong: bool, letters: str) -> tuple[str, int]:
    """Return a text as far as it fits, and the width that takes."""
    metrics = QFontMetrics(_dressed(letters, _PIXELS[size], strong))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


@lru_cache(maxsize=4_096)
def _advance(text: str, size: str, strong: bool, letters: str) -> int:
    return QFontMetrics(_dressed(letters, _PIXELS[size], strong)).horizontalAdvance(text) if text else 0


@lru_cache(maxsize=4_096)
def _height_of_words(text: str, size: str, strong: bool, width: int, letters: str) -> int:
    metrics = QFontMetrics(_dressed(letters, _PIXELS[size], strong))
    return metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), _unbroken(text)).height()


def _text_room(cell: Cell, width: int, letters: str) -> int:
    used = 2 * _SIDE + (_MARK + _GAP) * (cell.shape is not Shape.NONE)
    if cell.pill is not None:
        used += int(pill_size(cell.pill, letters).width()) + 1 + _GAP
    return max(40, width - used)


def _font(cell: Cell, letters: str) -> QFont:
    return _dressed(letters, _PIXELS[cell.size], cell.strong)


@lru_cache(maxsize=64)
def _dressed(letters: str, pixels: int, strong: bool) -> QFont:
    font = QFont()
    font.fromString(letters)
    font.setPixelSize(pixels)
    font.setBold(strong)
    return font


def _metrics(cell: Cell, letters: str) -> QFontMetrics:
    return QFontMetrics(_font(cell, letters))


def _small(letters: str) -> QFontMetrics:
    return QFontMetrics(_dressed(letters, SMALL, False))


def _text_width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) if text else 0
