"""What is sent from where, by the keyboard: from the room or typed, changed and solved around, kept back, ordered out; in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from emergency_desk.domain.errors import FieldMissing, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.supplies import ReserveKind, SupplyPromise
from emergency_desk.services import stock, stock_lists, supplies
from emergency_desk.ui.supplies.allocation_asking import as_grams
from emergency_desk.ui.workplace import ALLOCATION, ROOM, STOCK
from emergency_desk.wording import catalog
from tests import story
from tests.builders import DISTRICT, acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path, plans=frozenset({"building_fire"}))
    made.receive(70, "好", days=700)
    made.receive(30, "临", days=1)
    made.receive(20, "街", days=400, site_id=made.other)
    return made


@pytest.fixture
def fire(shelf: Ground) -> Incident:
    return story.opened(acting_as(shelf.desk, "leader"))


@pytest.fixture
def keeper(qtbot: QtBot, shelf: Ground, fire: Incident, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.show(STOCK)
    seat.press("Alt+Q")
    return seat


def fill(keeper: Keeper, /, **answers: str) -> None:
    """Type into the fields of the small form."""
    for name, words in answers.items():
        editor = keeper.page.form.editors[name]
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        keeper.words(words)
        keeper.settle()


def want(keeper: Keeper, quantity: str, **more: str) -> Any:
    """Ask for blankets by the keyboard."""
    keeper.press("Ctrl+N")
    fill(keeper, item_id="毛毯")
    keeper.press("Return")
    fill(keeper, quantity=quantity, **more)
    keeper.press("Return")
    return keeper.page


def test_what_is_typed_is_met_from_all_depots_proved_and_explained(keeper: Keeper) -> None:
    assert keeper.window.page_id == ALLOCATION and not texts(keeper.page.needs)
    page = want(keeper, "10 包", good_days="2")
    assert texts(page.needs)[0].split()[0] == "2" and "100 pcs" in texts(page.needs)[0] and "10 pcs" in texts(page.needs)[0].split("100 pcs")[1]
    assert [("70 pcs" in told, "20 pcs" in told) for told in texts(page.sent)] in ([(True, False), (False, True)], [(False, True), (True, False)])
    assert texts(page.state) == ["The best there is, proved"]
    assert [told for told in texts(page.detail) if told.startswith("30 pcs expire before they are wanted")]
    assert any(told.startswith("Not met 10") for told in texts(page.figures))


def test_agreements_stand_beside_it_and_are_not_counted(keeper: Keeper, shelf: Ground) -> None:
    supplies.keep_promise(shelf.desk, promise=SupplyPromise(
        id=Id(""), kind=ReserveKind.CONTRACT, item_id=shelf.item.id, partner="某厂", area_id=DISTRICT, quantity=50, call_off_hours=6))
    page = want(keeper, "500")
    assert any(told == "Not counted: 某厂, Agreed deliveries, 50 pcs by +6 h" for told in texts(page.detail))
    assert any(told.startswith("Not met 380") for told in texts(page.figures))


def test_a_line_is_changed_and_the_rest_is_solved_around_it(keeper: Keeper) -> None:
    page = want(keeper, "60")
    keeper.press("Alt+S")
    first = page.sent.current_key
    keeper.press("Return")
    fill(keeper, quantity="15")
    keeper.press("Return")
    kept = next(each for each in page.answer.lines if f"{each.need_id}|{each.site_id}" == first)
    assert (kept.quantity, kept.is_fixed) == (15, True) and sum(each.quantity for each in page.answer.lines) == 60 - page.answer.worth.unmet[1]
    page.sent.choose(first)
    keeper.press("F")
    assert not any(each.is_fixed for each in page.answer.lines)
    page.sent.choose(first)
    keeper.press("X")
    assert next(each for each in page.answer.lines if f"{each.need_id}|{each.site_id}" == first).quantity == 0
    assert any("not from there" in told for told in texts(page.sent))


def test_a_number_no_depot_has_is_refused_in_the_form(keeper: Keeper) -> None:
    page = want(keeper, "110")
    keeper.press("Alt+S")
    small = next(each for each in page.answer.lines if each.quantity <= 20)
    page.sent.choose(f"{small.need_id}|{small.site_id}")
    keeper.press("Return")
    fill(keeper, quantity="21")
    keeper.press("Return")
    assert page.form.isVisible() and "20 are there" in page.form.refusal.text()
    keeper.press("Escape")
    assert not page.form.isVisible() and not any(each.is_fixed for each in page.answer.lines)


def test_lots_are_kept_back_depot_by_depot_and_undo_gives_them_back(keeper: Keeper, shelf: Ground, fire: Incident) -> None:
    page = want(keeper, "110", wanted_for=fire.number)
    assert all(fire.title in told for told in texts(page.needs))
    keeper.press("Ctrl+Return")
    assert keeper.notice.startswith("Kept back in 2 depots:") and not page.asked.wanted
    claims, _moves = stock_lists.what_an_incident_has(shelf.desk, incident_id=fire.id)
    assert sum(one.quantity for one in claims) == 110 and shelf.is_sound()
    keeper.window.notices.do_act()
    keeper.settle()
    assert shelf.there() == (100, 0, 0) and [one.quantity for one in page.asked.wanted] == [110] and shelf.is_sound()


def test_it_is_ordered_out_with_who_approved_it(keeper: Keeper, shelf: Ground, fire: Incident) -> None:
    acting_as(shelf.desk, "leader")
    page = want(keeper, "110", wanted_for=fire.number)
    keeper.press("Alt+O", "Return")
    assert page.form.isVisible() and page.form.refusal.text(), "nobody has approved it"
    fill(keeper, approved_by="王局")
    keeper.press("Return")
    assert keeper.notice.startswith("2 release orders:") and not page.asked.wanted
    with shelf.desk.reading() as reading:
        assert {one.incident_id for one in reading.release_orders.where()} == {fire.id}
    assert shelf.is_sound()


def test_the_room_opens_it_for_its_incident_and_escape_goes_back(qtbot: QtBot, shelf: Ground, fire: Incident, tmp_path: Path) -> None:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.open_room(fire.id)
    seat.press("Alt+Q")
    assert seat.window.page_id == ALLOCATION and seat.page.incident_id == fire.id
    seat.press("Escape")
    assert seat.window.page_id == ROOM


def test_priority_weight_and_reach_are_set_by_key(keeper: Keeper, shelf: Ground) -> None:
    page = want(keeper, "60")
    keeper.press("Alt+N", "1")
    assert page.asked.wanted[0].priority == 1 and texts(page.needs)[0].startswith("1 ")
    keeper.press("W")
    fill(keeper, grams="1.25")
    keeper.press("Return")
    assert page.board.question.unit_grams == {shelf.item.id: 1_250}
    keeper.press("Alt+G")
    fill(keeper, reach_minutes="90")
    keeper.press("Return")
    assert page.board.question.rules.reach_minutes == 90
    keeper.press("Alt+N", "Delete")
    assert not page.asked.wanted
    keeper.window.notices.do_act()
    keeper.settle()
    assert len(page.asked.wanted) == 1


def test_what_somebody_else_takes_meanwhile_is_solved_around(keeper: Keeper, shelf: Ground) -> None:
    page = want(keeper, "110")
    assert not page.answer.shortfalls
    done = stock.reserve(shelf.desk, asked=shelf.asked(40))
    keeper.background.announce(done.changes)
    keeper.settle()
    assert page.answer.shortfalls[0].quantity == 30


def test_kilograms_are_read_and_what_is_none_is_refused() -> None:
    assert [as_grams(typed) for typed in ("2.5", "18 公斤", "0.05kg", "3")] == [2_500, 18_000, 50, 3_000]
    for typed, error in (("", FieldMissing), ("a lot", FieldUnreadable), ("-1", FieldUnreadable), ("1.2345", FieldUnreadable)):
        with pytest.raises(error):
            as_grams(typed)


def test_the_page_reads_in_chinese(qtbot: QtBot, shelf: Ground, fire: Incident, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    catalog.use_language("zh", root / "resources" / "locale")
    try:
        seat = Keeper(qtbot, shelf.desk, tmp_path)
        seat.show(STOCK)
        seat.press("Alt+Q")
        page = want(seat, "100", good_days="2")
        assert texts(page.state) == ["最优方案，已证明"] and any(told.startswith("30 条用前到期") for told in texts(page.detail))
        seat.press("Ctrl+Return")
        assert seat.notice.startswith("已在2个库预留：")
    finally:
        catalog.use_language("en", root / "resources" / "locale")


def test_what_is_needed_outlives_the_page_and_is_shared(keeper: Keeper, shelf: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    page = want(keeper, "60")
    keeper.press("1")
    assert page.asked.wanted[0].priority == 1
    another = Keeper(qtbot, shelf.desk, tmp_path / "another")
    another.show(STOCK)
    another.press("Alt+Q")
    assert [(one.quantity, one.priority) for one in another.page.asked.wanted] == [(60, 1)], "the list stands in another window"
    want(another, "5")
    assert [one.key for one in another.page.asked.wanted] == ["typed:1", "typed:2"]
    keeper.page.forget()
    keeper.settle()
    assert [one.quantity for one in keeper.page.asked.wanted] == [60, 5]
