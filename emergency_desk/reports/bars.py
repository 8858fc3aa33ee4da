"""Bars of a document: how long, how much, or from when to when, each with its words and value; a tick shows what was planned or allowed.

What is told by length stands as a figure too, and a bar that went beyond its tick is hollow, so that nothing rests on colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports.document import Bar, Bars
from emergency_desk.reports.fonts import Face, Faces
from emergency_desk.reports.page import Booklet

_ROW, _BAR, _PAD, _SIZE = 15.0, 7.5, 4.0, 9.0
_LEAST, _MOST = 14 * mm, 64 * mm  # of the widths of words and figures, which take what they need; the bars have what is between
_INK, _GRID = (0.16, 0.36, 0.58), (0.75, 0.79, 0.83)


def set_bars(book: Booklet, bars: Bars, faces: Faces) -> None:
    """Set the bars at the place the book stands at; as many rows as a page holds, the rest on the next."""
    face, edges = faces.table, book.layout
    words = _room((bar.label for bar in bars.bars), face)
    left, right = edges.left + words, edges.right - _room((bar.value for bar in bars.bars), face)
    book.need(min(_ROW * (len(bars.bars) + 2) + 3 * _PAD, edges.top - edges.bottom))  # whole where a page holds it
    book.y -= _ROW + _PAD
    book.line(edges.left, book.y + _PAD, bars.title, faces.label, _SIZE + 0.5)
    for bar in bars.bars:
        book.need(_ROW)
        book.y -= _ROW
        y = book.y
        book.line(edges.left, y + _PAD, _cut(bar.label, face, words - 8), face, _SIZE)
        book.line(edges.right, y + _PAD, bar.value, face, _SIZE, align="right")
        book.put(partial(_draw, bar=bar, y=y, left=left, measure=right - left))
    book.need(_ROW)
    book.y -= _ROW
    book.line(left, book.y + _PAD, bars.begins, face, _SIZE - 1)
    book.line(right, book.y + _PAD, bars.ends, face, _SIZE - 1, align="right")
    book.y -= _PAD


def _room(texts: Iterable[str], face: Face) -> float:
    return min(max(_LEAST, *(face.width(text, _SIZE) + 10 for text in texts), 0), _MOST)


def _cut(text: str, face: Face, room: float) -> str:
    if face.width(text, _SIZE) <= room:
        return text
    while text and face.width(f"{text}…", _SIZE) > room:
        text = text[:-1]
    return f"{text}…"


def _draw(canvas: Canvas, *, bar: Bar, y: float, left: float, measure: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeColorRGB(*_GRID)
    canvas.line(left, y + _PAD - 2, left + measure, y + _PAD - 2)
    canvas.setStrokeColorRGB(*_INK)
    canvas.setFillColorRGB(*_INK)
    canvas.setLineWidth(0.8)
    if bar.length > 0:
        canvas.rect(left + bar.start * measure, y + _PAD - 1, max(bar.length * measure, 1), _BAR, stroke=1, fill=0 if bar.is_over else 1)
    if bar.tick is not None:
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setLineWidth(1.2)
        at = left + bar.tick * measure
        canvas.line(at, y + _PAD - 3, at, y + _PAD + _BAR + 1)
    canvas.restoreState()
