"""The papers of a stock-taking, read back from their own text: sheets bin by bin, blind without the books; results whose sums are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.lot_codes import lot_code
from emergency_desk.domain.stock_acts import Receipt
from emergency_desk.domain.supplies import SupplyItem
from emergency_desk.errands import papers
from emergency_desk.reports.lot_labels import modules_of
from emergency_desk.services import stock, stock_counts, supplies
from tests.builders import acting_as
from tests.reports.sheets import FONTS, text_of
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    tent = supplies.keep_item(made.desk, item=SupplyItem(id=Id(""), code="x-tent", name="救灾帐篷", name_en="Relief tent", unit="顶")).value
    made.receive(70, "甲", days=700, place_id=made.bin, price_fen=4_550)
    made.receive(30, "乙", days=400)
    stock.receive(made.desk, receipt=Receipt(item_id=tent.id, site_id=made.depot, quantity=12, lot_number="丙", place_id=made.bin,
                                             price_fen=120_000))
    return made


def printed(shelf: Ground, name: str, folder: Path, language: str = "zh_CN", **more: str) -> str:
    path = folder / f"{name}.pdf"
    papers.write_paper(shelf.desk, name, out=path, language=language, fonts=FONTS, **more)
    return "\n".join(text_of(path))


def counted(shelf: Ground) -> str:
    """Count: four blankets too few, one tent too many, a lot without a price two too few."""
    count = stock_counts.open_count(shelf.desk, site_id=shelf.depot).value
    for line in stock_counts.count_board(shelf.desk, count_id=count.id).lines:
        with shelf.desk.reading() as reading:
            change = {"甲": -4, "丙": 1, "乙": -2}[reading.lots.get(line.line.lot_id).number]
        for who in ("张三", "李四"):
            stock_counts.tally(shelf.desk, count_id=count.id, lot_id=line.line.lot_id, place_id=line.line.place_id,
                               quantity=line.on_hand + change, counted_by=who)
    acting_as(shelf.desk, "leader")
    stock_counts.approve_count(shelf.desk, count_id=count.id, reason="逐项核对后确认")
    return count.number


def test_sheets_stand_bin_by_bin_with_the_figures_of_the_books(shelf: Ground, tmp_path: Path) -> None:
    number = stock_counts.open_count(shelf.desk, site_id=shelf.depot).value.number
    text = printed(shelf, "count-sheet", tmp_path)
    assert f"盘点表 {number}" in text and "管库员" in text and "0532-80000001" in text
    assert text.index("未分货位") < text.index("乙") < text.index("货位 A-03") < text.index("甲")
    assert {"70", "30", "12"} <= set(re.findall(r"\d+", text)) and "复盘人" in text


def test_a_blind_sheet_has_no_figure_of_the_books(shelf: Ground, tmp_path: Path) -> None:
    stock_counts.open_count(shelf.desk, site_id=shelf.depot, is_blind=True)
    for language in ("zh_CN", "en"):
        text = printed(shelf, "count-sheet", tmp_path, language)
        assert not {"70", "30"} & set(re.findall(r"(?<![-\d])\d+(?![-\d:])", text)), text
    assert "Books" not in text and "blind" in text and "Second count" in text


def test_the_result_tells_every_difference_and_adds_up_what_it_is_worth(shelf: Ground, tmp_path: Path) -> None:
    number = counted(shelf)
    text = printed(shelf, "count-result", tmp_path)
    assert f"盘点结果表 {number}" in text and "逐项核对后确认" in text and "张三；李四" in text
    assert "+1,200.00" in text and "−182.00" in text
    assert "盘盈合计：+1,200.00 元" in text and "盘亏合计：−182.00 元" in text
    assert "1 行没有单价" in text and "账实相符率 0.0%" in text
    english = printed(shelf, "count-result", tmp_path, "en", number=number)
    assert "Relief tent" in english and "Shortage in all: −182.00 yuan" in english
    papers.write_paper(shelf.desk, "count-result", out=tmp_path / "r.xlsx", language="zh_CN", fonts=FONTS)
    assert (tmp_path / "r.xlsx").stat().st_size > 4_000


def test_a_label_is_a_qr_of_digits(shelf: Ground) -> None:
    modules = modules_of(lot_code(shelf.lot("甲")))
    assert len(modules) == 25 and all(len(row) == 25 for row in modules)
    finder = [row[:7] for row in modules[:7]]
    assert finder == [row[-7:] for row in modules[:7]] == [row[:7] for row in modules[-7:]]
    assert modules != modules_of(lot_code(shelf.lot("乙")))


def test_a_paper_of_no_count_is_refused(shelf: Ground, tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint):
        printed(shelf, "count-sheet", tmp_path)
