"""Pictures of a document: a hairline around each, its words below, both on one page."""

from __future__ import annotations

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports.blocks import broken
from emergency_desk.reports.document import Figure
from emergency_desk.reports.fonts import Faces
from emergency_desk.reports.page import HAIRLINE, Booklet

_SIZE, _LEADING, _ABOVE = 9.0, 13.0, 8.0
_MOST = 0.5  # of the height of a page


def set_figure(book: Booklet, figure: Figure, faces: Faces) -> None:
    """Set a picture from where the booklet stands; one that lies no longer there leaves its words."""
    lines = broken(figure.caption, faces.text, _SIZE, book.layout.measure) if figure.caption else []
    wide, high = _fitting(figure, book)
    book.need(_ABOVE + high + len(lines) * _LEADING + _ABOVE)
    book.y -= _ABOVE + high
    if high:
        _draw(book, figure, book.layout.left + (book.layout.measure - wide) / 2, wide, high)
    for line in lines:
        book.y -= _LEADING
        book.line(book.layout.width / 2, book.y + 3, line.text, faces.text, _SIZE, align="middle")
    book.y -= _ABOVE / 2


def _fitting(figure: Figure, book: Booklet) -> tuple[float, float]:
    if not figure.file.exists():
        return 0, 0
    across, down = ImageReader(str(figure.file)).getSize()
    most = _MOST * (book.layout.top - book.layout.bottom)
    scale = min(book.layout.measure / across, most / down)
    return across * scale, down * scale


def _draw(book: Booklet, figure: Figure, x: float, wide: float, high: float) -> None:
    y = book.y

    def mark(canvas: Canvas) -> None:
        canvas.drawImage(str(figure.file), x, y, wide, high)
        canvas.setLineWidth(HAIRLINE)
        canvas.rect(x, y, wide, high)
    book.put(mark)
