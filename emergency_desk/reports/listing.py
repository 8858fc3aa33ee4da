"""A list as a paper: its name, what it is about, columns and rows; set as PDF (heading, table, who signs, page x of y) and as a workbook.

The workbook says the same in the same order: numbers as numbers, days as days, sums as figures and never as formulas.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from emergency_desk.domain.sheets import Imprint, PaperSettings, Printed
from emergency_desk.reports import logs
from emergency_desk.reports.blocks import Type, imprint_lines, paragraph
from emergency_desk.reports.column_widths import fitted
from emergency_desk.reports.fonts import Faces, cleaned
from emergency_desk.reports.page import TABLE, Booklet, Layout, in_paper, worded
from emergency_desk.reports.tables import Band, Cell, Column, Row, Table, Total
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import calendar_day, number

S = TypeVar("S")  # the sheet of a paper
TO_FILL_IN = "____________"  # room for the pen; a workbook leaves the cell empty
_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_POINTS_OF_A_SIGN = 5.6
_WIDE = 24.0  # signs wide: a column without a width of its own
_MOST_SIGNS = 32_767  # of one cell of a workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list says. `told`: lines below its name; `chart` draws between them and the table; `notes` stand behind the table."""

    title: str
    told: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    imprint: Imprint
    is_exercise: bool = False
    notes: tuple[str, ...] = ()
    chart: Callable[[Booklet], None] | None = None
    signed: Callable[[Imprint, PaperSettings], str] = logs.approved_by
    is_fitted: bool = False  # columns as wide as what stands in them asks for


# -- as a paper ------------------------------------------------------------------------------------------------------
def pdf_writer(listing_of: Callable[[S, PaperSettings], Listing], **how: Any) -> Callable[[S, Path, PaperSettings], Printed]:
    """Return what prints a paper that is a list; `how` is handed on to `write_pdf`."""
    def write(sheet: S, path: Path, paper: PaperSettings) -> Printed:
        with worded(paper):
            return write_pdf(listing_of(sheet, paper), path, paper, **how)

    return write


def xlsx_writer(listing_of: Callable[[S, PaperSettings], Listing]) -> Callable[[S, Path, PaperSettings], Printed]:
    """Return what writes a paper that is a list as a workbook."""
    def write(sheet: S, path: Path, paper: PaperSettings) -> Printed:
        with worded(paper):
            return write_xlsx(listing_of(sheet, paper), path, paper)

    return write


def entries_told(count: int, day: date) -> str:
    """Return how many entries of a register a list has, and of which day they are."""
    return ngettext("{count} entry, as of {day}", "{count} entries, as of {day}", count).format(count=number(count), day=calendar_day(day))


# -- PDF --------------------------------------------------------------------------------------------------------------
def write_pdf(
    listing: Listing, path: Path, paper: PaperSettings, *, layout: Layout = TABLE, pad: float = 3.0, has_uprights: bool = False,
) -> Printed:
    """Set a list as PDF. Call it within `worded(paper)`."""
    book = Booklet(layout, Faces(paper))
    logs.heading(book, listing.title, in_paper(listing.imprint.desk, paper), listing.told)
    book.on_turn = lambda: logs.heading_again(book, _("{title} (continued)").format(title=listing.title))
    if listing.chart is not None:
        listing.chart(book)
    columns = fitted(listing.columns, listing.rows, book.faces, layout.measure) if listing.is_fitted else listing.columns
    Table(book, columns, pad=pad, has_uprights=has_uprights).set_rows(listing.rows)
    small = Type(book.faces.table, 9, 13)
    book.y -= 4 if listing.notes else 0
    for note in listing.notes:
        paragraph(book, note, small)
    signed = listing.signed(listing.imprint, paper)
    return book.save(path, paper, listing.imprint, title=listing.title, subject=next(iter(listing.told), ""),
                     furniture=lambda book, page, pages: logs.foot(book, page, pages, listing.imprint, paper, signed=signed,
                                                                   is_exercise=listing.is_exercise))


# -- workbook ---------------------------------------------------------------------------------------------------------
def write_xlsx(listing: Listing, path: Path, paper: PaperSettings) -> Printed:
    """Write a list as a workbook; the file appears under its name only when it is whole. Call it within `worded(paper)`."""
    beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beginning.open("wb") as file:
            try:
                with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
                    _Page(workbook, listing, paper).write()
            except FileCreateError as error:
                raise OSError(str(error)) from error
        os.replace(beginning, path)
    finally:
        beginning.unlink(missing_ok=True)
    return Printed(path, 0)


class _Page:
    """The one page of the workbook while it is filled from the top down."""

    def __init__(self, workbook: Any, listing: Listing, paper: PaperSettings) -> None:
        self._listing, self._paper, self._row = listing, paper, 0
        workbook.set_properties({"title": listing.title, "author": in_paper(listing.imprint.desk, paper), "keywords": paper.mark,
                                 "created": listing.imprint.printed_at.replace(tzinfo=None)})
        self._page = workbook.add_worksheet(_tab(listing.title))
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._add_format = workbook.add_format

    def write(self) -> None:
        """Write heading, head, rows and who signs."""
        listing, paper = self._listing, self._paper
        self._set_up()
        self._text(0, listing.title, bold=True, font_size=16)
        for words in (in_paper(listing.imprint.desk, paper), *listing.told):
            self._row += 1
            self._text(0, words)
        self._row += 2
        self._write_head()
        for row in listing.rows:
            self._write_row(row)
            self._row += 1
        for words in (*listing.notes, "", listing.signed(listing.imprint, paper),
                      *imprint_lines(listing.imprint, paper, is_exercise=listing.is_exercise)):
            self._text(0, words)
            self._row += 1

    def _set_up(self) -> None:
        page, listing = self._page, self._listing
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{_told(listing.title)}&R{_('Page {page} of {pages}').format(page='&P', pages='&N')}")
        for place, column in enumerate(listing.columns):
            page.set_column(place, place, max(8.0, column.width / _POINTS_OF_A_SIGN) if column.width else _WIDE * column.share)

    def _write_head(self) -> None:
        columns, first = self._listing.columns, self._row
        if any(column.over for column in columns):
            before = ""
            for place, column in enumerate(columns):
                self._text(place, column.over if column.over != before else "", bold=True, top=1)
                before = column.over
            self._row += 1
        for place, column in enumerate(columns):
            self._text(place, column.name, bold=True, bottom=1, text_wrap=True, align="right" if column.right else "left")
        self._page.freeze_panes(self._row + 1, 0)
        self._page.repeat_rows(first, self._row)
        self._row += 1

    def _write_row(self, row: Row) -> None:
        if isinstance(row, Band):
            self._text(0, row.text, bold=True, indent=row.level)
            return
        cells, look = (row.cells, {"bold": True, "top": 1}) if isinstance(row, Total) else (row, {})
        for place, cell in enumerate(cells):
            self._cell(place, cell, **look)

    def _cell(self, place: int, cell: Cell, **look: Any) -> None:
        if isinstance(cell, int | Decimal):
            shown = "#,##0" if isinstance(cell, int) else "#,##0.00"
            self._page.write_number(self._row, place, cell, self._format(num_format=shown, **look))
        elif isinstance(cell, date):
            self._page.write_datetime(self._row, place, cell, self._format(num_format="yyyy-mm-dd", align="left", **look))
        elif cell and cell != TO_FILL_IN:
            self._text(place, cell, **look)

    def _text(self, place: int, text: str, **look: Any) -> None:
        """Write words; what begins like a formula stays words, also after somebody edits it."""
        if text.startswith(_LIVE):
            look["quote_prefix"] = True
        if text:
            self._page.write_string(self._row, place, cleaned(text)[:_MOST_SIGNS], self._format(**look))

    def _format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._add_format(look)
        return self._formats[key]


def _tab(title: str) -> str:
    """Return a name a page of a workbook may bear: 31 signs, none of []:*?/\\."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"


def _told(title: str) -> str:
    return title.replace("&", "&&")
