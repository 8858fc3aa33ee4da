"""The code of a lot as a QR that a scanner reads off paper: digits alone, version 2, medium correction."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRNumber
from reportlab.pdfgen.canvas import Canvas

_VERSION, _MASK = 2, 3  # 63 digits fit; one mask for all, because trying eight of them takes eight times as long


def modules_of(digits: str) -> list[list[bool]]:
    """Return the dark and light modules of a code, row by row from the top."""
    code = QRCode(_VERSION, QRErrorCorrectLevel.M)
    code.addData(QRNumber(digits))
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules]


def draw_code(canvas: Canvas, x: float, y: float, size: float, modules: list[list[bool]]) -> None:
    """Draw a code with its lower left corner at x and y; the white around it is the caller's."""
    one = size / len(modules)
    path = canvas.beginPath()
    for row, dark in enumerate(modules):
        for start, length in _runs(dark):
            path.rect(x + start * one, y + size - (row + 1) * one, length * one, one)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules begin in a row, and how many stand side by side."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
