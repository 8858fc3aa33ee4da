"""The pages of stock by the keyboard: goods come in, go out and are moved; refusals stay in the form; the bands, the alarms, the ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import ReserveKind, StockTarget, SupplyPromise
from emergency_desk.services import stock, stock_lists, supplies
from emergency_desk.ui.supplies.reading_amounts import as_amount, as_fen, as_moment
from emergency_desk.ui.workplace import STOCK, STOCK_ALARMS, STOCK_ITEM
from emergency_desk.wording import catalog
from tests import story
from tests.builders import DISTRICT, acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(70, "好", days=700, place_id=made.bin)
    made.receive(30, "临", days=1)
    made.clock.forward(24 * 60)
    return made


@pytest.fixture
def keeper(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.show(STOCK)
    return seat


def choose(keeper: Keeper, words: str) -> Any:
    """Make the first line that says something the current one."""
    page = keeper.page
    page.lines.setFocus()
    row = next(number for number, told in enumerate(texts(page.lines)) if words in told)
    page.lines.setCurrentIndex(page.lines.lines_model.index(row, 0))
    keeper.settle()
    return page


def fill(keeper: Keeper, /, **answers: str) -> None:
    """Type into the fields of the small form."""
    for name, words in answers.items():
        editor = keeper.page.form.editors[name]
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        keeper.words(words)


def test_lots_stand_by_expiry_and_an_expired_one_says_so(keeper: Keeper) -> None:
    told = texts(keeper.page.lines)
    assert [words.split()[1] for words in told] == ["临", "好"]
    assert "expired" in told[0] and "0 pcs" in told[0] and "A-03" in told[1] and "70 pcs" in told[1]


def test_the_item_of_the_chosen_lot_shows_its_bands(keeper: Keeper, shelf: Ground) -> None:
    agreed: dict[str, int] = {"quantity": 50, "call_off_hours": 6}
    for kind, more in ((ReserveKind.CONTRACT, agreed), (ReserveKind.CAPACITY, {"units_a_day": 200, "start_up_days": 1})):
        supplies.keep_promise(shelf.desk, promise=SupplyPromise(
            id=Id(""), kind=kind, item_id=shelf.item.id, partner="某厂", area_id=DISTRICT, **more))
    page = choose(keeper, "好")
    keeper.wait(lambda: len(page.detail.bands.lines) == 4)
    keeper.wait(lambda: texts(page.detail.bands)[-1] == "if all hold 70 120 120 520" or page.forget())
    assert [words.split()[-4:] for words in texts(page.detail.bands)[:3]] == [
        ["70", "70", "70", "70"], ["0", "50", "50", "50"], ["0", "0", "0", "400"]]


def test_goods_go_out_by_keyboard_and_the_notice_takes_it_back(keeper: Keeper, shelf: Ground) -> None:
    choose(keeper, "好")
    keeper.press("I")
    fill(keeper, quantity="2 包", counterpart="街道办")
    keeper.press("Return")
    assert shelf.there()[0] == 80  # of 100, the 30 past their date among them
    assert "20 pcs" in keeper.notice and "990101-2026-S" in keeper.notice
    keeper.window.notices.do_act()
    keeper.settle()
    assert shelf.there()[0] == 100 and shelf.is_sound()


def test_a_refusal_stays_in_the_form_with_what_was_typed(keeper: Keeper, shelf: Ground) -> None:
    page = choose(keeper, "好")
    keeper.press("I")
    fill(keeper, quantity="71")
    keeper.press("Return")
    assert page.form.isVisible() and "71 are asked for, and 70 are there" in page.form.refusal.text()
    fill(keeper, quantity="3 吨")
    keeper.press("Return")
    assert "is not counted in \"吨\"" in page.form.refusal.text()
    fill(keeper, quantity="viel")
    keeper.press("Return")
    assert "cannot be read" in page.form.refusal.text() and page.form.answers["quantity"] == "viel"
    keeper.press("Escape")
    assert not page.form.isVisible() and shelf.there()[0] == 100


def test_an_expired_lot_is_not_issued_and_is_written_off_with_reason_and_approval(keeper: Keeper, shelf: Ground) -> None:
    page = choose(keeper, "临")
    keeper.press("W")
    keeper.press("Return")
    assert "A reason is needed" in page.form.refusal.text()
    fill(keeper, reason="到期")
    keeper.press("Return")
    assert "\"Agreed by\" has no answer yet" in page.form.refusal.text()
    fill(keeper, approved_by="王主任")
    keeper.press("Return")
    assert shelf.there() == (70, 0, 0)


def test_goods_come_in_by_keyboard_and_get_their_expiry_from_the_shelf_life(keeper: Keeper, shelf: Ground) -> None:
    page = keeper.page
    page.lines.setFocus()
    keeper.press("Ctrl+N")
    picker = page.form.editors["item_id"]
    picker.setFocus()
    keeper.words("mt")
    keeper.press("Tab")
    fill(keeper, quantity="5 包", lot_number="N1", expires_on="2029-01-31", price="45.50")
    keeper.press("Return")
    with shelf.desk.reading() as reading:
        lot = reading.lots.where("WHERE number = 'N1'")[0]
    assert (lot.item_id, lot.price_fen, str(lot.expires_on)) == (shelf.item.id, 4_550, "2029-01-31")
    assert shelf.there(lot_site(shelf, lot.id))[0] >= 50


def lot_site(shelf: Ground, lot_id: Id) -> Id:
    with shelf.desk.reading() as reading:
        return reading.balances.of_lot(lot_id)[0].site_id


def test_goods_are_kept_back_for_the_incident_that_runs_and_moved_between_depots(keeper: Keeper, shelf: Ground) -> None:
    fire = story.take(acting_as(shelf.desk, "leader"), words="居民楼着火").incident.id
    acting_as(shelf.desk, "keeper")
    keeper.page.forget()
    keeper.settle()
    choose(keeper, "好")
    keeper.press("K")
    fill(keeper, quantity="20")
    keeper.press("Return")
    claims, _moves = stock_lists.what_an_incident_has(shelf.desk, incident_id=fire)
    assert [one.quantity for one in claims] == [20]
    choose(keeper, "好")
    keeper.press("M")
    fill(keeper, quantity="10")
    page = keeper.page
    box = page.form.editors["to"]
    box.setCurrentIndex(box.findData(f"{shelf.other}:{shelf.other}"))
    page.form.editors["quantity"].setFocus()
    keeper.press("Return")
    assert shelf.there(shelf.other) == (10, 0, 0)


def test_a_count_is_entered_at_its_place(keeper: Keeper, shelf: Ground) -> None:
    choose(keeper, "好")
    keeper.press("C")
    fill(keeper, quantity="68", approved_by="王主任")
    keeper.press("Return")
    assert shelf.there()[0] == 98


def test_the_list_is_asked_by_initials_by_lot_and_by_expiry(keeper: Keeper) -> None:
    page = keeper.page
    for typed, expected in (("mt", 2), ("好", 1), ("zzz", 0), ("", 2)):
        page.filter.setText(typed)
        keeper.wait(lambda expected=expected: len(texts(page.lines)) == expected)
    page.days.setCurrentIndex(page.days.findData("0"))
    keeper.wait(lambda: len(texts(page.lines)) == 1)


def test_an_item_whole_names_what_was_left_out_and_takes_a_document_back(keeper: Keeper, shelf: Ground) -> None:
    stock.issue(shelf.desk, asked=shelf.asked(7, counterpart="街道办"))
    choose(keeper, "好")
    keeper.press("Return")
    assert keeper.window.page_id == STOCK_ITEM
    page = keeper.page
    assert "Lot 临" in texts(page.sources)[0] and "the lot expires before" in texts(page.sources)[0]
    assert "Issue for use" in texts(page.ledger)[0] and "−7 pcs" in texts(page.ledger)[0]
    page.ledger.setFocus()
    page.ledger.setCurrentIndex(page.ledger.lines_model.index(0, 0))
    keeper.press("Z")
    fill(keeper, reason="错发")
    keeper.press("Return")
    assert shelf.there()[0] == 100
    keeper.wait(lambda: any("(taken back)" in words for words in texts(page.ledger)))
    keeper.press("Escape")
    assert keeper.window.page_id == STOCK


def test_an_agreement_is_called_off_and_the_notice_gives_it_back(keeper: Keeper, shelf: Ground) -> None:
    agreed = supplies.keep_promise(shelf.desk, promise=SupplyPromise(
        id=Id(""), kind=ReserveKind.CONTRACT, item_id=shelf.item.id, partner="商超", quantity=50, call_off_hours=6, area_id=DISTRICT)).value
    keeper.place.open_item(shelf.item.id)
    keeper.settle()
    keeper.press("Alt+A")
    fill(keeper, quantity="60", told_to="店长")
    keeper.press("Return")
    assert "60 are asked for, and 50 are left" in keeper.page.form.refusal.text()
    fill(keeper, quantity="5 包")
    keeper.press("Return")

    def drawn() -> int:
        with shelf.desk.reading() as reading:
            return reading.drawn().get(agreed.id, 0)

    assert drawn() == 50 and shelf.there()[0] == 100
    keeper.window.notices.do_act()
    keeper.settle()
    assert drawn() == 0


def test_alarms_stand_by_urgency_and_a_counted_depot_leaves(keeper: Keeper, shelf: Ground) -> None:
    supplies.keep_target(shelf.desk, target=StockTarget(id=Id(""), item_id=shelf.item.id, kind=ReserveKind.PHYSICAL, minimum=90, target=100,
                                                        area_id=DISTRICT))
    keeper.page.open_alarms()
    keeper.settle()
    assert keeper.window.page_id == STOCK_ALARMS
    page = keeper.page
    told = texts(page.lines)
    assert [words.split("  ")[0].split(" ")[0] for words in told] == ["Below", "Expired", "Count", "Count"]
    assert "70 on hand, 90 required" in told[0] and "never counted" in told[2]
    page.lines.setCurrentIndex(page.lines.lines_model.index(2, 0))
    keeper.press("T")
    keeper.wait(lambda: len(texts(page.lines)) == 3)
    page.lines.setCurrentIndex(page.lines.lines_model.index(0, 0))
    keeper.press("Return")
    assert keeper.window.page_id == STOCK_ITEM


def test_whether_the_last_day_counts_is_the_desks_own_setting(keeper: Keeper, shelf: Ground) -> None:
    keeper.page.open_alarms()
    keeper.settle()
    keeper.press("Alt+L")
    keeper.wait(keeper.page.form.isVisible)
    box = keeper.page.form.editors["allowed"]
    box.setCurrentIndex(box.findData("yes"))
    keeper.press("Return")
    assert "may not" in keeper.page.form.refusal.text(), "a keeper does not set it"
    acting_as(shelf.desk, "leader")
    keeper.press("Return")
    assert supplies.stock_rules(shelf.desk).usable_on_the_day
    assert stock.issue(shelf.desk, asked=shelf.asked(1)).value.movements[0].lot_id == shelf.lot("临")


def test_an_item_is_added_from_the_catalogue_and_a_doubtful_code_says_so(keeper: Keeper, shelf: Ground) -> None:
    page = keeper.page
    keeper.press("Alt+N")
    told = [candidate[2] for candidate in page.register.find_classes("2030702")]
    assert told and "code in doubt" in told[0]
    page.form.editors["code"].setFocus()
    keeper.words("1130501")
    keeper.press("Tab")
    fill(keeper, unit="张", packs="件")
    keeper.press("Return")
    assert "such as 箱=24" in page.form.refusal.text()
    fill(keeper, packs="件=2")
    keeper.press("Return")
    bed = supplies.list_items(shelf.desk, text="1130501")[0]
    assert (bed.name, bed.unit, [(one.name, one.holds) for one in bed.packs]) == ("折叠床", "张", [("件", 2)])


def test_an_own_item_bears_an_own_code(keeper: Keeper, shelf: Ground) -> None:
    keeper.press("Alt+N")
    fill(keeper, code="9999999", name="沙袋", unit="条")
    keeper.press("Return")
    assert "is no code of the catalogue" in keeper.page.form.refusal.text()
    fill(keeper, code="x-sandbag")
    keeper.press("Return")
    assert [one.name for one in supplies.list_items(shelf.desk, text="x-sandbag")] == ["沙袋"]


def test_a_target_and_a_promise_are_set_on_the_page_of_an_item(keeper: Keeper, shelf: Ground) -> None:
    keeper.place.open_item(shelf.item.id)
    keeper.settle()
    keeper.press("Alt+T")
    fill(keeper, minimum="9 包", target="80")
    keeper.press("Return")
    assert "less than the minimum" in keeper.page.form.refusal.text()
    fill(keeper, target="100")
    keeper.press("Return")
    keeper.press("Alt+P")
    fill(keeper, partner="商超", quantity="50", after="6", phone="0532-80000009", valid_until="2027-12-31")
    keeper.press("Return")
    page = stock_lists.item_page(shelf.desk, item_id=shelf.item.id)
    assert [(one.minimum, one.target, page.held[one.id]) for one in page.targets] == [(90, 100, 70)]
    assert [(one.partner, one.quantity, one.call_off_hours) for one in page.promises] == [("商超", 50, 6)]
    keeper.wait(lambda: "商超" in " ".join(texts(keeper.page.sources)))
    keeper.page.targets.setFocus()
    keeper.press("E")
    assert keeper.page.form.answers["minimum"] == "90" and keeper.page.form.answers["target"] == "100"
    fill(keeper, minimum="50", target="60")
    keeper.press("Return")
    assert [(one.minimum, one.target) for one in supplies.list_targets(shelf.desk, item_id=shelf.item.id)] == [(50, 60)]


def test_a_long_list_is_read_by_pages(keeper: Keeper, shelf: Ground) -> None:
    for number in range(230):
        shelf.receive(1, f"N{number:03d}", days=10 + number)
    page = keeper.page
    page.forget()
    keeper.wait(lambda: page.lines.lines_model.rowCount() == 232)
    page._read_page(1)
    keeper.wait(lambda: 1 in page._read)
    assert len(page._read[1]) == 32 and page._read[1][-1].number == "好"


def test_the_pages_speak_chinese(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> None:
    with catalog.speaking("zh_CN"):
        seat = Keeper(qtbot, shelf.desk, tmp_path)
        seat.show(STOCK)
        assert "已过期" in texts(seat.page.lines)[0] and seat.page.detail.buttons["issue"].text() == "出库"


@pytest.mark.parametrize(("typed", "expected"), [("12", (12, "")), ("３ 箱", (3, "箱")), ("1,200瓶", (1200, "瓶")), ("-4", (-4, ""))])
def test_amounts_are_read_with_their_unit(typed: str, expected: tuple[int, str]) -> None:
    assert as_amount("quantity", typed) == expected


@pytest.mark.parametrize(("typed", "expected"), [
    ("45.50", 4_550), ("0.1", 10), ("45", 4_500), ("¥1,200.05", 120_005), ("", None), ("19.99元", 1_999)])
def test_prices_are_read_as_whole_fen(typed: str, expected: int | None) -> None:
    assert as_fen("price", typed) == expected



def test_a_picture_of_an_item_is_added_shown_and_taken_off(keeper: Keeper, shelf: Ground, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (400, 300), "green").save(tmp_path / "毯.png")
    (tmp_path / "x.png").write_text("none")
    keeper.place.open_item(shelf.item.id)
    keeper.settle()
    page = keeper.page
    assert not page.photos.isVisible()
    keeper.press("Alt+I")
    fill(keeper, path=str(tmp_path / "x.png"), caption="捆扎")
    keeper.press("Return")
    keeper.wait(lambda: "no photograph" in page.form.refusal.text())
    fill(keeper, path=str(tmp_path / "毯.png"))
    keeper.press("Return")
    keeper.wait(lambda: page.photos.isVisible())
    assert page.photos.captions == ["捆扎"]
    keeper.press("Alt+O")
    keeper.press("Return")
    keeper.wait(lambda: not page.photos.isVisible())
    keeper.window.notices.do_act()
    keeper.wait(lambda: page.photos.isVisible())


@pytest.mark.parametrize("typed", ["+90", "+90 minutes", "＋９０ 分钟", "+ 90min", "+90分"])
def test_minutes_from_now_are_read_as_the_field_says_they_may_be_written(typed: str) -> None:
    now = datetime(2026, 8, 12, 2, 0, tzinfo=UTC)
    assert as_moment("needed_by", typed, now=now) == now + timedelta(minutes=90)
