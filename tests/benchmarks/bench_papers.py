"""A log of ten thousand lines on paper. The floor is the same text on a bare canvas, neither measured nor broken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.reports import incident_log
from tests.benchmarks.rows import Row, median_ms
from tests.reports import sheets

LINES, PER_PAGE = (100, 1_000, 10_000), 40
TIMES = 8


def run() -> list[Row]:
    """Print the log of each length and its floor three times."""
    return [_row(lines) for lines in LINES]


def _row(lines: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        sheet, paper = sheets.incident_log(lines), sheets.paper("en")
        floor = median_ms(lambda: _floor(Path(folder, "floor.pdf"), lines), times=3)
        ours = median_ms(lambda: incident_log.write(sheet, Path(folder, "log.pdf"), paper), times=3)
    told = {"floor_name": "the same cells on a bare canvas", "floor_ms": floor, "ours_ms": ours}
    name = f"incident log of {lines:,} lines"
    if lines < LINES[-1]:  # fonts and head count most on a few pages
        return Row.within_ms(name, **told, ms=1_000)  # type: ignore[arg-type]
    return Row.within_times(name, **told, times=TIMES)  # type: ignore[arg-type]


def _floor(path: Path, lines: int) -> None:
    """Draw the same cells with one text object a column and page, knowing nothing of widths."""
    pdfmetrics.registerFont(TTFont("bench", str(sheets.FONTS / "NotoSansSC-Regular.ttf")))
    canvas = Canvas(str(path), pageCompression=1)
    line = sheets.log_line(1)
    cells = ("1234", "20:27", "20:27", "Note", line.entry.text, line.account_name_en)
    for _page in range(max(1, lines // PER_PAGE)):
        for place, cell in enumerate(cells):
            pen = canvas.beginText(40 + 80 * place, 800)
            pen.setFont("bench", 9, 18)
            for _line in range(PER_PAGE):
                pen.textLine(cell)
            canvas.drawText(pen)
        canvas.showPage()
    canvas.save()
