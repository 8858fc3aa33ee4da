"""Print a stock report through a real CUPS queue and open the exports in LibreOffice: `python -m tests.printing [queue] [office]`.

`queue` needs root, `cups` and `printer-driver-cups-pdf`; it starts a scheduler of its own where none runs, prints through the program's own way
and reads the PDF that the queue wrote. `office` needs `soffice`; every cell it reads is compared with the sheet. Exit 1 when anything differs.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_sheets import StockSheet
from emergency_desk.errands.papers import PaperAsked, read_sheet, set_paper
from emergency_desk.errands.printing import print_paper
from emergency_desk.reports.page import worded
from emergency_desk.reports.stock_papers import listing_of
from emergency_desk.reports.tables import Band, Total
from emergency_desk.services.desk import Desk
from emergency_desk.wording import catalog
from tests.reports.sheets import closed_up, paper, text_of
from tests.services.stock_year import stocked

QUEUE = "desk-papers"
_PDF_FOLDERS = (Path("/var/spool/cups-pdf/ANONYMOUS"), Path.home() / "PDF")
_SECONDS = 40


def main(names: list[str]) -> int:
    """Try what is named, or both."""
    tried = {"queue": try_queue, "office": try_office}
    catalog.use_language("en", paths.locale())
    with tempfile.TemporaryDirectory() as folder:
        desk = stocked(Path(folder)).desk
        wrong = [f"{name}: {told}" for name in names or list(tried) for told in tried[name](desk, Path(folder))]
        desk.store.close()
    print("\n".join(wrong) or "Everything agrees.")
    return 1 if wrong else 0


# -- the printer ------------------------------------------------------------------------------------------------------
def try_queue(desk: Desk, folder: Path) -> Iterator[str]:
    """Print a report in both languages and yield what the printed file lacks."""
    with scheduler(), queue():
        for language in ("zh_CN", "en"):
            before = _printed()
            sheet = read_sheet(desk, PaperAsked(StockPaper.STOCK))
            sent = print_paper(sheet, folder / "papers", paper(language))
            came = _wait_for(before)
            if came is None:
                yield f"nothing came out of the queue for {sent.path.name}"
                continue
            told, wanted = _figures(came), _figures(sent.path)
            print(f"printed {sent.path.name}: {sent.pages} pages came out as {came.name}, {came.stat().st_size:,} bytes")
            if len(text_of(came)) != sent.pages:
                yield f"{came.name} has {len(text_of(came))} pages instead of {sent.pages}"
            if told != wanted or not wanted:
                yield f"{came.name} does not say what was sent: {sorted(wanted - told)[:5]} are missing"


@contextmanager
def scheduler() -> Iterator[None]:
    """Run the print scheduler while the trial lasts, unless one runs already."""
    if subprocess.run(["lpstat", "-r"], capture_output=True, text=True).stdout.strip() == "scheduler is running":
        yield
        return
    own = subprocess.Popen([shutil.which("cupsd") or "/usr/sbin/cupsd", "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _second in range(_SECONDS):
            if subprocess.run(["lpstat", "-r"], capture_output=True, text=True).stdout.strip() == "scheduler is running":
                break
            time.sleep(1)
        yield
    finally:
        own.terminate()
        own.wait(timeout=_SECONDS)


@contextmanager
def queue() -> Iterator[None]:
    """Have a queue that writes PDF files, as the printer of this trial."""
    model = next((line.split()[0] for line in subprocess.run(["lpinfo", "-m"], capture_output=True, text=True).stdout.splitlines()
                  if "CUPS-PDF" in line), "everywhere")
    subprocess.run(["lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-m", model], check=True)
    os.environ["LPDEST"] = QUEUE  # what `lp` prints on when nobody names a printer
    try:
        yield
    finally:
        subprocess.run(["lpadmin", "-x", QUEUE], check=False)


def _printed() -> set[tuple[Path, int]]:
    """Return what came out so far and when: a printer may write over a file of the same name."""
    return {(path, path.stat().st_mtime_ns) for folder in _PDF_FOLDERS if folder.is_dir() for path in folder.glob("*.pdf")}


def _wait_for(before: set[tuple[Path, int]]) -> Path | None:
    for _second in range(_SECONDS):
        for path, _at in sorted(_printed() - before):
            size = path.stat().st_size
            time.sleep(1)
            if size and path.stat().st_size == size:
                return path
        time.sleep(1)
    return None


def _figures(path: Path) -> set[str]:
    """Return the numbers a PDF says; the printer may set its words in letters that cannot be read back."""
    text = closed_up(" ".join(" ".join(text_of(path)).split()))
    return {word for word in " ".join(text_of(path)).split() if word.replace(",", "").isdecimal()} if text else set()


# -- the office program -----------------------------------------------------------------------------------------------
def try_office(desk: Desk, folder: Path) -> Iterator[str]:
    """Open every workbook in LibreOffice and yield the cells that it reads otherwise."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        yield "LibreOffice is not installed"
        return
    for name in StockPaper:
        sheet = read_sheet(desk, PaperAsked(name))
        assert isinstance(sheet, StockSheet)
        settings = paper("zh_CN")
        book = set_paper(sheet, folder / f"{name.value}.xlsx", settings).path
        subprocess.run([office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", str(folder), str(book)],
                       check=True, capture_output=True, timeout=180)
        read = next(iter(sorted(folder.glob(f"{name.value}*.csv"))), None)
        if read is None:
            yield f"{book.name} was not opened: is the spreadsheet of LibreOffice installed?"
            continue
        with read.open(encoding="utf-8", newline="") as text, worded(settings):
            lines = list(csv.reader(text))
            rows = listing_of(sheet, settings).rows
        cells = 0
        for row in rows:
            if isinstance(row, Band):
                continue
            wanted = [_as_read(cell) for cell in (row.cells if isinstance(row, Total) else row)]
            cells += len(wanted)
            if not any(line[:len(wanted)] == wanted for line in lines):
                yield f"{book.name}: no line reads {wanted}"
        print(f"{book.name}: {cells} cells read as they were written")


def _as_read(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".rstrip("0").rstrip(".") if "." in f"{cell:f}" else f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) and not isinstance(cell, datetime) else str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
