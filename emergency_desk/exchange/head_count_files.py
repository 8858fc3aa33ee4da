"""A list of head counts read: which shelter, how many, at what time. Runs in the limited child.

No word is not nobody: a row without a number comes back. A line of sums is no shelter; it is kept to be held against the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import BadRow, RowReason
from emergency_desk.domain.shelter_counting import CountedRow
from emergency_desk.exchange import columns as column_names
from emergency_desk.exchange.row_reading import Remembered, RowReading
from emergency_desk.exchange.shelter_columns import SHELTER_NAMES
from emergency_desk.exchange.tables import Table, read_table
from emergency_desk.exchange.written_moments import read_moment, without_moment

COUNT_NAMES: dict[str, tuple[str, ...]] = {
    "name": SHELTER_NAMES["name"] + ("安置点", "避难所", "避難所", "場所"),
    "code": SHELTER_NAMES["code"],
    "heads": ("people", "heads", "head count", "人数", "在所人数", "安置人数", "现有人数", "当前人数", "实有人数", "集中安置人数", "避难人数",
              "避難者数", "避難人数"),
    "at": ("counted at", "time", "清点时间", "时点", "時点", "统计时间", "时间", "截至时间", "报送时间"),
    "arrived": ("newly arrived", "arrived", "新增", "新入住", "新增人数", "当日新增"),
    "left": ("left the shelter", "left", "离开", "离开人数", "当日离开", "退所"),
    "vulnerable": ("vulnerable people", "vulnerable", "特殊人群", "特殊人群数", "要配慮者", "要配慮者数"),
    "meals": ("meals", "餐次", "用餐人次", "供餐"),
    "counted_by": ("counted by", "清点人", "填报人", "报告人", "統計人"),
    "note": ("note", "notes", "remarks", "备注", "説明", "备考", "備考"),
}
_SUMS = frozenset({"合计", "总计", "小计", "合計", "総計", "小計", "total", "sum"})


@dataclass(frozen=True, slots=True)
class CountFile:
    """What was read: the table as it stands, the rows, those given back, and what the list itself gives as its sum."""

    table: Table
    rows: tuple[CountedRow, ...] = ()
    bad: tuple[BadRow, ...] = ()
    stated_sum: int | None = None


def read_count_file(path: Path) -> CountFile:
    """Read a list of head counts. Raises BadFile."""
    table = read_table(path)
    told = next((moment for header in table.headers if (moment := read_moment(header)) is not None), None)
    headers = tuple(map(without_moment, table.headers))
    found = column_names.match(headers, COUNT_NAMES, rows=table.rows)
    if "name" not in found.places or "heads" not in found.places:
        raise BadFile(name=table.name, reason="no_count_columns", detail=", ".join(header for header in table.headers if header)[:300])
    return _read(table, replace(found, headers=table.headers), told)


def _read(table: Table, found: column_names.Columns, told: datetime | None) -> CountFile:
    rows: list[CountedRow] = []
    bad: list[BadRow] = []
    stated: int | None = None
    remembered = Remembered()
    for line, cells in zip(table.lines, table.rows, strict=True):
        row = RowReading(found, cells, remembered)
        if not any(cell.strip() for at, cell in enumerate(cells) if at != found.reason):
            continue
        if row.text("name").casefold() in _SUMS:
            stated = row.count("heads") if stated is None else stated
            continue
        read = _row(row, line, cells, told)
        if row.reasons:
            bad.append(BadRow(line, tuple(cells), tuple(dict.fromkeys(row.reasons))))
        else:
            rows.append(read)
    return CountFile(table, tuple(rows), tuple(bad), stated)


def _row(row: RowReading, line: int, cells: Sequence[str], told: datetime | None) -> CountedRow:
    name, heads = row.name(), row.count("heads")
    if heads is None and not row.text("heads"):
        row.refuse(RowReason.COUNT_MISSING, "heads")
    written = row.text("at")
    at = read_moment(written) if written else told
    if written and at is None:
        row.refuse(RowReason.MOMENT_UNREADABLE, "at", written=written)
    numbers = {field: row.count(field) for field in ("arrived", "left", "vulnerable", "meals")}
    return CountedRow(line=line, cells=tuple(cells), name=name, heads=heads or 0, code=row.text("code"), at=at,
                      counted_by=row.text("counted_by"), note=row.long_text("note"), **numbers)
