"""A stock-taking at the real window by keyboard and scanner: labels are scanned, numbers typed, what differs counted again and approved."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.lot_codes import lot_code
from emergency_desk.domain.stock_counts import CountState, StockCount
from emergency_desk.services import stock, stock_counts
from emergency_desk.ui.workplace import STOCK, STOCK_COUNT, STOCK_COUNTS
from emergency_desk.wording import catalog
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_stock_pages import choose, fill

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(70, "甲", days=700, place_id=made.bin)
    made.receive(30, "乙", days=400)
    return made


@pytest.fixture
def keeper(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.show(STOCK)
    return seat


def begin(keeper: Keeper, *, blind: bool = False) -> None:
    """Open a count of the first depot by keyboard."""
    keeper.press("Alt+C")
    assert keeper.window.page_id == STOCK_COUNTS
    keeper.press("Ctrl+N")
    box = keeper.page.form.editors["site_id"]
    box.setCurrentIndex(box.findText("区救灾物资库"))
    if blind:
        keeper.page.form.editors["kind"].setCurrentIndex(1)
    keeper.page.form.editors["zones"].setFocus()
    keeper.press("Return")
    assert keeper.window.page_id == STOCK_COUNT


def scan(keeper: Keeper, shelf: Ground, number: str, *, wide: bool = False) -> None:
    """Do what a scanner does: digits, then Enter, wherever the cursor stands."""
    code = lot_code(shelf.lot(number))
    keeper.words(code.translate(WIDE) if wide else code)
    keeper.press("Return")


def count(keeper: Keeper, quantity: str, who: str) -> None:
    fill(keeper, quantity=quantity, counted_by=who)
    keeper.press("Return")


def only(shelf: Ground) -> StockCount:
    return stock_counts.list_counts(shelf.desk)[0].count


def test_labels_are_scanned_and_numbers_typed_until_the_count_is_approved(keeper: Keeper, shelf: Ground) -> None:
    begin(keeper)
    page = keeper.page
    assert page.scan.hasFocus()
    scan(keeper, shelf, "甲")
    assert "2: Blanket, lot 甲 at A-03" in page.form.title.text() and page.form.editors["quantity"].hasFocus()
    count(keeper, "6 包", "张三")
    assert page.scan.hasFocus(), "the next label can be scanned at once"
    scan(keeper, shelf, "乙", wide=True)  # with a Chinese input method on
    assert page.form.answers["counted_by"] == "张三"
    count(keeper, "30", "张三")
    told = texts(page.lines)
    assert "agrees" in told[0] and "another counts again" in told[1] and "−10" in told[1]
    scan(keeper, shelf, "甲")
    assert "counted by 张三; another person counts again" in page.form.note.text()
    count(keeper, "60", "李四")
    assert "differs" in texts(page.lines)[1]
    keeper.press("Alt+A")
    fill(keeper, reason="发放少记")
    keeper.press("Return")
    assert "counted for" in page.form.refusal.text(), "who keyed it in does not approve"
    acting_as(shelf.desk, "leader")
    keeper.press("Return")
    assert only(shelf).state is CountState.POSTED and shelf.there() == (90, 0, 0) and shelf.is_sound()
    assert not page.scan.isEnabled() and only(shelf).document in keeper.notice


def test_a_label_scanned_into_the_number_is_the_next_lot_and_no_number(keeper: Keeper, shelf: Ground) -> None:
    begin(keeper)
    scan(keeper, shelf, "甲")
    scan(keeper, shelf, "乙")
    assert "lot 乙" in keeper.page.form.title.text() and keeper.page.form.answers["quantity"] == ""
    assert stock_counts.list_counts(shelf.desk)[0].counted == 0


def test_a_blind_count_tells_the_books_only_when_nobody_counts_any_more(keeper: Keeper, shelf: Ground) -> None:
    begin(keeper, blind=True)
    page = keeper.page
    assert not any("70 pcs" in words or "30 pcs" in words for words in texts(page.lines))
    scan(keeper, shelf, "甲")
    count(keeper, "68", "张三")
    assert "−2" not in " ".join(texts(page.lines))
    scan(keeper, shelf, "甲")
    count(keeper, "68", "李四")
    scan(keeper, shelf, "乙")
    count(keeper, "30", "李四")
    assert "70 pcs" in texts(page.lines)[1] and "−2" in texts(page.lines)[1]


def test_a_lot_that_is_not_on_the_sheets_asks_where_it_was_found(keeper: Keeper, shelf: Ground) -> None:
    stock.relocate(shelf.desk, asked=shelf.asked(30, lot_id=shelf.lot("乙")), to_site_id=shelf.other)
    begin(keeper)
    scan(keeper, shelf, "乙")
    page = keeper.page
    assert "where was it found?" in page.form.title.text()
    box = page.form.editors["place_id"]
    box.setCurrentIndex(box.findText("A-03"))
    count(keeper, "4", "张三")
    assert "found there" in texts(page.lines)[1] and "+4" in texts(page.lines)[1]
    page.scan.setFocus()
    keeper.words("没有这个批次")
    keeper.press("Return")
    assert "No lot here is called" in keeper.notice


def test_a_count_is_given_up_and_an_open_one_is_seen_beside_the_goods(keeper: Keeper, shelf: Ground) -> None:
    begin(keeper)
    keeper.show(STOCK)
    keeper.wait(lambda: "Alt+C 1 open count" in keeper.page.panel.note.text())
    keeper.press("Alt+C")
    keeper.page.lines.setFocus()
    keeper.press("Return")
    keeper.press("Alt+G")
    keeper.press("Return")
    assert "A reason is needed" in keeper.page.form.refusal.text()
    fill(keeper, reason="台风")
    keeper.press("Return")
    assert only(shelf).state is CountState.ABANDONED and "given up" in keeper.notice


def test_the_depots_page_opens_a_count_of_its_depot_and_the_second_count_is_set(keeper: Keeper, shelf: Ground) -> None:
    keeper.press("Alt+D")
    page = keeper.page
    page.lines.setFocus()
    row = next(number for number, words in enumerate(texts(page.lines)) if "区救灾物资库" in words)
    page.lines.setCurrentIndex(page.lines.lines_model.index(row, 0))
    keeper.press("C")
    keeper.wait(lambda: keeper.page.form.isVisible())
    assert keeper.page.form.answers["site_id"] == shelf.depot
    keeper.press("Escape")
    acting_as(shelf.desk, "leader")
    keeper.press("Alt+L")
    fill(keeper, beyond="3")
    keeper.press("Return")
    assert stock_counts.second_count_beyond(shelf.desk) == 3


def test_a_scanned_label_finds_its_lot_in_the_list_of_goods(keeper: Keeper, shelf: Ground) -> None:
    page = keeper.page
    page.filter.setFocus()
    scan(keeper, shelf, "甲", wide=True)
    keeper.wait(lambda: len(texts(page.lines)) == 1)
    assert "甲" in texts(page.lines)[0]


def test_a_scanned_label_names_the_lot_that_goes_out(keeper: Keeper, shelf: Ground) -> None:
    choose(keeper, "乙")
    keeper.press("I")
    fill(keeper, quantity="5", lot=lot_code(shelf.lot("甲")))
    keeper.press("Return")
    assert keeper.page.form.isVisible() and keeper.page.form.answers["lot"] == "甲", "the scan finds the lot, it does not issue"
    keeper.press("Return")
    with shelf.desk.reading() as reading:
        assert [one.free for one in reading.balances.of_lot(shelf.lot("甲"))] == [65]


def test_a_scanned_label_fills_in_a_receipt_of_more_of_its_lot(keeper: Keeper, shelf: Ground) -> None:
    keeper.press("Ctrl+N")
    fill(keeper, lot_number=lot_code(shelf.lot("甲")))
    keeper.press("Return")
    page = keeper.page
    assert page.form.answers["lot_number"] == "甲" and page.form.answers["item_id"] == shelf.item.id
    assert page.form.editors["quantity"].hasFocus()
    fill(keeper, quantity="5")
    keeper.press("Return")
    with shelf.desk.reading() as reading:
        assert sum(one.free for one in reading.balances.of_lot(shelf.lot("甲"))) == 75


def test_counting_speaks_chinese(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> None:
    with catalog.speaking("zh_CN"):
        made = stock_counts.open_count(shelf.desk, site_id=shelf.depot, is_blind=True).value
        seat = Keeper(qtbot, shelf.desk, tmp_path)
        seat.place.open_count(made.id)
        seat.settle()
        assert "待盘点" in texts(seat.page.lines)[0] and "全库 · 盲盘" in seat.page.about.text()
