"""A stock report of ten thousand lines, beside a bare canvas that writes the same columns and beside LibreOffice printing the same sheet."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from emergency_desk.app import paths
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_columns import StockColumn as C
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import choose
from emergency_desk.domain.stock_sheets import Named, StockFact, StockReportSheet, lay_out
from emergency_desk.domain.texts import Text
from emergency_desk.reports import stock_papers
from emergency_desk.reports.tables import as_text
from emergency_desk.wording import catalog
from tests.benchmarks.rows import Row
from tests.reports.sheets import FONTS, IMPRINT, START, paper

LINES, PER_PAGE, TIMES = 10_000, 28, 5


def run() -> list[Row]:
    """Set both in turn, so that whatever else the machine does falls on both; then the same sheet in the office program."""
    catalog.use_language("en", paths.locale())
    sheet, settings = _sheet(), paper("zh_CN")
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for part in sheet.parts for row in part.rows]
        cells = [[_said(value) for value in row] for row in rows]
        bare, ours = [], []
        for number in range(TIMES + 1):
            for act, kept in ((lambda: _floor(cells, Path(folder, "floor.pdf")), bare),
                              (lambda: stock_papers.write(sheet, Path(folder, "stock.pdf"), settings), ours)):
                start = perf_counter()
                act()
                if number:
                    kept.append((perf_counter() - start) * 1000)
        found = [Row.within_times("stock report of 10,000 lines", floor_name="the same columns on a bare canvas", floor_ms=median(bare),
                                  ours_ms=median(ours), times=1.5)]
        office = shutil.which("soffice")
        if office is not None:
            book = stock_papers.write_xlsx(sheet, Path(folder, "stock.xlsx"), settings).path
            start = perf_counter()
            subprocess.run([office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir",
                            f"{folder}/printed", str(book)], check=True, capture_output=True, timeout=600)
            took = (perf_counter() - start) * 1000
            if not Path(folder, "printed", "stock.pdf").exists():
                raise RuntimeError("LibreOffice did not print the workbook: its calc is not installed")
            found.append(Row.within_times("stock report of 10,000 lines", floor_name="LibreOffice printing the same sheet", floor_ms=took,
                                          ours_ms=median(ours), times=0.3))
    return found


def _sheet() -> StockReportSheet:
    random = Random(3)
    facts = [StockFact(Id(str(number)), {
        C.ITEM: Named(f"{number % 400:05d}", Text(f"救灾物资第{number % 400}号")), C.CODE: f"{1_100_000 + number % 400}", C.UNIT: "条",
        C.SPECIFICATION: "双人 200×150", C.DEPOT: Named(str(number // 50), Text(f"市南区第{number // 50}号应急物资储备库")),
        C.CATEGORY: Named("1", Text("纺织品")), **{column: random.randint(0, 50_000) for column in (
            C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED)}}) for number in range(LINES)]
    choice = choose(StockPaper.STOCK, columns=(C.CODE, C.SPECIFICATION, C.DEPOT, C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED),
                    group="depot")
    parts, totals, lines = lay_out(facts, choice)
    return StockReportSheet(imprint=IMPRINT, at=START, area=Text("青岛市"), choice=choice, parts=parts, totals=totals, lines=lines)


def _said(value: object) -> str:
    return value.text.zh if isinstance(value, Named) else as_text(value)  # type: ignore[arg-type]


def _floor(cells: list[list[str]], path: Path) -> None:
    """Draw the same cells with one text object a column and page, knowing nothing of widths, heads and sums."""
    pdfmetrics.registerFont(TTFont("bench", str(FONTS / "NotoSansSC-Regular.ttf")))
    canvas = Canvas(str(path), pageCompression=1)
    for first in range(0, len(cells), PER_PAGE):
        for place in range(len(cells[0])):
            pen = canvas.beginText(40 + 80 * place, 560)
            pen.setFont("bench", 9, 16)
            for row in cells[first:first + PER_PAGE]:
                pen.textLine(row[place])
            canvas.drawText(pen)
        canvas.showPage()
    canvas.save()
