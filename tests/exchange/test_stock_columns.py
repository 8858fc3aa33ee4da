"""A list of lots read by columns gives what its rows give one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.ids import Id
from emergency_desk.domain.record_columns import RecordColumns
from emergency_desk.domain.stock_entries import StockKnown
from emergency_desk.domain.supplies import PackUnit, SupplyItem
from emergency_desk.exchange import row_sorting
from emergency_desk.exchange.stock_column_names import LOT_NAMES
from emergency_desk.exchange.stock_columns import read_lot_columns
from emergency_desk.exchange.stock_finding import StockFinder
from emergency_desk.exchange.stock_rows import read_lots
from emergency_desk.exchange.tables import Table
from tests.exchange.lists import known

CELLS = {
    "物资名称": ("毛毯", "帐篷", "帐篷 12平", "", "不存在"), "物资编码": ("", "1110202", "x-7", "7", "999"), "规格型号": ("", "12平", "别的"),
    "仓库": ("北库", "南库", "同名库", "", "火星库"), "仓库编号": ("", "D1", "D9"), "货位": ("A-03", "", "B", " C-1-2 "), "库区": ("", "一区"),
    "批号": ("B1", "B2", "B3", "b1", "", "x" * 130, "甲\u200b1"),
    "数量": ("12", "3包", "3包5条", "1,200", "1.5包", "-5", "0", "", "3箱", "约十", "9" * 20, "１２条", "12 "), "单位": ("", "包", "条", "箱"),
    "隔离数量": ("", "0", "2", "9999", "1包"), "生产日期": ("2026-03-01", "", "20260301", "2099-01-01", "去年"),
    "有效期至": ("2030-01-01", "", "2026-02-28", "2026/03/01", "1.3.2031"), "入库日期": ("", "2026-05-01", "2099-01-01"),
    "来源": ("", "采购", "社会捐赠", "天上掉的"), "单价": ("", "45.50", "¥1,200", "30元/包", "1.005", "-3", "9999999999"),
    "检验状态": ("", "合格", "不合格", "看不懂"), "检验日期": ("", "2026-06-01", "2099-01-01"), "备注": ("", "一行\n二行", "y" * 600),
}
HEADERS = tuple(CELLS)
ROWS = st.lists(st.tuples(*(st.one_of(st.just(cells[0]), st.just(cells[0]), st.sampled_from(cells)) for cells in CELLS.values())),
                min_size=1, max_size=10)
TODAY = date(2026, 11, 5)
STOCK = StockKnown(
    today=TODAY,
    items=(SupplyItem(Id("1"), "1110202", "毛毯", "条", packs=(PackUnit("包", 10),)), SupplyItem(Id("2"), "x-7", "帐篷", "顶"),
           SupplyItem(Id("3"), "x-8", "帐篷", "顶", specification="12平")),
    depots=((Id("a"), "D1", "北库", ""), (Id("b"), "D2", "南库", "South"), (Id("c"), "", "同名库", ""), (Id("d"), "", "同名库", "")))


def listed(rows: list[tuple[str, ...]], left_out: set[str]) -> Table:
    kept = [at for at, header in enumerate(HEADERS) if header not in left_out]
    cells = tuple(tuple(row[at] for at in kept) for row in rows)
    return Table("lots.csv", tuple(HEADERS[at] for at in kept), cells, tuple(range(2, len(cells) + 2)))


@settings(max_examples=400, deadline=None)
@given(ROWS, st.sets(st.sampled_from(HEADERS[1:])))
def test_columns_give_what_rows_give(rows: list[tuple[str, ...]], left_out: set[str]) -> None:
    table, desk = listed(rows, left_out), replace(known(), stock=STOCK)
    by_columns, one_by_one = read_lots(table, desk), read_lots(table, desk, by_columns=False)
    assert list(by_columns.good) == list(one_by_one.good)
    assert (by_columns.bad, by_columns.fields) == (one_by_one.bad, one_by_one.fields)


def test_plain_rows_are_not_read_one_by_one() -> None:
    plain = tuple(cells[0] for cells in CELLS.values())
    rows = [(*plain[:7], f"L{number}", *plain[8:]) for number in range(50)]
    rows.append((*plain[:7], "L3", *plain[8:]))
    table, desk = listed(rows, set()), replace(known(), stock=STOCK)
    drafts, odd = read_lot_columns(row_sorting.begin(table, desk, LOT_NAMES, needed=("item",)), StockFinder(STOCK), TODAY)
    assert isinstance(drafts, RecordColumns)
    assert odd == {3, 50}
