"""The papers of stock (库存报表、临期表、缺口表、轮换计划、出入库明细、物资卡片): one layout, whatever columns and groups were chosen.

The three kinds of reserve stand under heads of their own or in lines of their own, and no sum holds two of them, or two units (R-5.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.stock_columns import StockColumn, StockGroup
from emergency_desk.domain.stock_reports import FIGURES
from emergency_desk.domain.stock_sheets import (
    Named,
    StockCardSheet,
    StockPart,
    StockReportSheet,
    StockSheet,
    StockTotal,
    TakenBack,
    Value,
)
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.reports import stock_heads
from emergency_desk.reports.listing import Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.stock_chart import chart_of
from emergency_desk.reports.tables import Band, Cell, Column, Row, Total
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import date_time, written_date, written_month
from emergency_desk.wording.labels import label

C = StockColumn
_PAD = 1.8
_WIDTHS = {  # signs, in a workbook; on paper the columns are as wide as what stands in them asks for
    C.CODE: 10, C.BIN: 8, C.UNIT: 8, C.ITEM: 24, C.SPECIFICATION: 20, C.DEPOT: 28, C.PLACE: 24, C.FROM: 24, C.TO: 24, C.COUNTERPART: 24,
    C.REASON: 28, C.PARTNER: 24, C.BASIS: 24, C.DOCUMENT: 20, C.INCIDENT: 20, C.WHEN: 17, C.MOVEMENT: 18,
}
_SIGN = 5.6  # points
_PER_CENT = frozenset((C.LIFE_LEFT, C.MET))
_RIGHT = FIGURES | _PER_CENT | {C.DAYS_LEFT}
_KIND_OF = {C.AGREED: ReserveKind.CONTRACT, C.A_DAY: ReserveKind.CAPACITY, **dict.fromkeys(
    (C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED, C.VALUE), ReserveKind.PHYSICAL)}


def listing_of(sheet: StockSheet, paper: PaperSettings) -> Listing:
    """Return what a paper says, in words."""
    return Listing(
        title=stock_heads.title_of(sheet, paper), told=tuple(stock_heads.told(sheet, paper)),
        columns=tuple(_column(column, has_kinds=isinstance(sheet, StockReportSheet)) for column in sheet.choice.columns),
        rows=tuple(_rows(sheet, paper)), imprint=sheet.imprint, is_exercise=sheet.is_exercise, notes=tuple(stock_heads.notes(sheet)),
        chart=chart_of(sheet.bars, paper) if sheet.bars else None, is_fitted=True)


# -- columns ----------------------------------------------------------------------------------------------------------
def _column(column: StockColumn, *, has_kinds: bool) -> Column:
    kind = _KIND_OF.get(column) if has_kinds else None
    return Column(label(column), _WIDTHS.get(column, 13) * _SIGN, right=column in _RIGHT, over=label(kind) if kind else "")


# -- rows -------------------------------------------------------------------------------------------------------------
def _rows(sheet: StockSheet, paper: PaperSettings) -> Iterator[Row]:
    if not sheet.parts:
        yield Band(stock_heads.nothing(sheet))
        return
    is_banded, is_card = sheet.choice.group is not StockGroup.NONE, isinstance(sheet, StockCardSheet)
    for part in sheet.parts:
        if is_banded:
            yield Band(_band(part.name, sheet.choice.group, paper))
        yield from _lines(part, sheet, paper)
        for total in part.totals if is_banded else ():
            yield _total(total, _("Came, went, there now") if is_card else _("Sum of the group"), sheet, paper)
    if is_banded and is_card:
        return  # every depot closes its own card
    for total in sheet.totals:
        yield _total(total, _("Came, went, there now") if is_card else _("Sum of all"), sheet, paper)


def _lines(part: StockPart, sheet: StockSheet, paper: PaperSettings) -> Iterator[Row]:
    columns = sheet.choice.columns
    for row in part.rows:
        yield [_cell(value, column, paper) for value, column in zip(row, columns, strict=True)]


def _total(total: StockTotal, name: str, sheet: StockSheet, paper: PaperSettings) -> Total:
    """Return a line of sums: what it is a sum of in words, its unit in the column of units."""
    told = [name, *(_words(part, paper) for part in (total.kind, total.level) if part is not None)]
    cells: list[Cell] = [value if isinstance(value, int | Decimal) else None for value in total.sums]
    cells[0] = " · ".join(told)
    cells[sheet.choice.columns.index(C.UNIT)] = total.unit
    return Total(tuple(cells))


def _band(name: Value, group: StockGroup, paper: PaperSettings) -> str:
    if name is None or name == "":
        return {StockGroup.CATEGORY: _("Own items outside the catalogue"), StockGroup.DEPOT: _("Outside the depots"),
                StockGroup.MONTH: _("Overdue: to be swapped at once")}.get(group, _("Not said"))
    if group is StockGroup.SPAN and isinstance(name, int):
        return ngettext("Expires within {days} day", "Expires within {days} days", name).format(days=name) if name else _("Expired")
    if group is StockGroup.MONTH and isinstance(name, str):
        return written_month(date.fromisoformat(f"{name}-01"))
    return written_date(name) if isinstance(name, date) else _words(name, paper)


def _cell(value: Value, column: StockColumn, paper: PaperSettings) -> Cell:
    if isinstance(value, int) and column in _PER_CENT:
        return f"{value}%"
    if value is None or isinstance(value, int | Decimal):
        return value
    return value if isinstance(value, date) and not isinstance(value, datetime) else _words(value, paper)


def _words(value: Value, paper: PaperSettings) -> str:
    if isinstance(value, Named):
        return in_paper(value.text, paper)
    if isinstance(value, TakenBack):
        return _("Taken back: {kind}").format(kind=label(value.kind))
    if isinstance(value, StrEnum):
        return label(value)
    return date_time(value) if isinstance(value, datetime) else str(value)


write, write_xlsx = pdf_writer(listing_of, pad=_PAD), xlsx_writer(listing_of)
