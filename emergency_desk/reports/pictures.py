"""Pictures of a document: set no larger than the page holds, with their words below; one that cannot be read leaves its frame."""

from __future__ import annotations

import io
from functools import partial

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports.document import Picture
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import Booklet

_CAPTION, _LEADING, _PAD = 9.0, 13.0, 6.0


def set_picture(book: Booklet, picture: Picture, faces: Faces) -> None:
    """Set a picture whole on its page."""
    width, height = picture.size_on(book.layout.measure)
    book.need(height + _LEADING + 2 * _PAD)
    book.y -= height + _PAD
    book.put(partial(_draw, content=picture.content, x=book.layout.left, y=book.y, width=width, height=height))
    if picture.caption:
        book.y -= _LEADING
        book.line(book.layout.left, book.y + 3, picture.caption, faces.table, _CAPTION)
    book.y -= _PAD


def _draw(canvas: Canvas, *, content: bytes, x: float, y: float, width: float, height: float) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(content)), x, y, width, height)
    canvas.setLineWidth(0.4)
    canvas.rect(x, y, width, height)
