"""Stock-taking: what was counted is held against the books of its moment, confirmed by another, approved by a third, and booked in one act."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.errors import FieldMissing, FieldRefused, OccurredInFuture, ReasonMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.lot_codes import lot_code
from emergency_desk.domain.stock import MovementKind
from emergency_desk.domain.stock_alarms import StockAlarmKind
from emergency_desk.domain.stock_counts import CountState, LineStand, StockCount
from emergency_desk.domain.stock_errors import (
    CountBoundByClaims,
    CountEmpty,
    CountIsClosed,
    CountNotApprovable,
    CountOverlaps,
    LotCodeUnknown,
)
from emergency_desk.services import stock, stock_counts, stock_lists
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(70, "甲", days=700, place_id=made.bin)
    made.receive(30, "乙", days=400)
    return made


def opened(shelf: Ground, **more: Any) -> StockCount:
    return stock_counts.open_count(shelf.desk, site_id=shelf.depot, **more).value


def counted(shelf: Ground, count: StockCount, number: str, quantity: int, who: str = "张三", **more: Any) -> None:
    place = more.pop("place_id", shelf.bin if number == "甲" else shelf.depot)
    stock_counts.tally(shelf.desk, count_id=count.id, lot_id=shelf.lot(number), place_id=place, quantity=quantity, counted_by=who, **more)


def board(shelf: Ground, count: StockCount) -> CountBoard:
    return stock_counts.count_board(shelf.desk, count_id=count.id)


def stands(shelf: Ground, count: StockCount) -> dict[str, tuple[LineStand, int]]:
    whole = board(shelf, count)
    return {whole.names[one.line.id].lot: (one.stand, one.difference) for one in whole.lines}


def approved(shelf: Ground, count: StockCount, reason: str = "盘点差异") -> StockCount:
    acting_as(shelf.desk, "leader")
    done = stock_counts.approve_count(shelf.desk, count_id=count.id, reason=reason).value
    acting_as(shelf.desk, "keeper")
    return done


def overdue(shelf: Ground) -> set[Id | None]:
    return {one.site_id for one in stock_lists.stock_alarms(shelf.desk) if one.kind is StockAlarmKind.COUNT_OVERDUE}


def test_a_count_lists_what_the_books_have_bin_by_bin(shelf: Ground) -> None:
    count = opened(shelf)
    assert count.number == "990101-2026-P0001" and count.is_whole
    whole = board(shelf, count)
    assert [(whole.names[one.line.id].place, whole.names[one.line.id].lot, one.line.booked) for one in whole.lines] == [
        ("", "乙", 30), ("A-03", "甲", 70)]
    assert whole.to_do == 2


def test_a_count_that_agrees_is_closed_without_a_document_and_clears_the_alarm(shelf: Ground) -> None:
    assert shelf.depot in overdue(shelf)
    count = opened(shelf)
    counted(shelf, count, "甲", 7, unit="包")
    counted(shelf, count, "乙", 30)
    closed = stock_counts.approve_count(shelf.desk, count_id=count.id).value  # nothing differs: who counted may close it
    assert (closed.state, closed.document) == (CountState.POSTED, "")
    assert shelf.depot not in overdue(shelf) and shelf.is_sound()


def test_differences_are_booked_in_one_document_with_reason_and_approval(shelf: Ground) -> None:
    count = opened(shelf)
    for who in ("张三", "李四"):
        counted(shelf, count, "甲", 68, who)
        counted(shelf, count, "乙", 33, who)
    closed = approved(shelf, count)
    with shelf.desk.reading() as reading:
        moves = reading.movements.where("WHERE document = ? ORDER BY seq", (closed.document,))
        assert {reading.balances.at_place(shelf.lot("甲"), shelf.bin).on_hand, 68} == {68}
    assert sorted((one.kind, one.quantity) for one in moves) == [(MovementKind.OVERAGE, 3), (MovementKind.SHORTAGE, 2)]
    assert {one.reason for one in moves} == {"盘点差异"} and all(one.approved_by for one in moves)
    assert {one.counterpart for one in moves} == {count.number}
    assert shelf.there() == (101, 0, 0) and shelf.is_sound()


def test_a_difference_is_counted_again_by_another_person(shelf: Ground) -> None:
    count = opened(shelf)
    counted(shelf, count, "甲", 68)
    assert stands(shelf, count)["甲"] == (LineStand.COUNT_AGAIN, -2)
    counted(shelf, count, "甲", 68, "张 三")  # the same person, written otherwise
    assert stands(shelf, count)["甲"][0] is LineStand.COUNT_AGAIN
    counted(shelf, count, "甲", 69, "李四")
    assert stands(shelf, count)["甲"] == (LineStand.COUNT_AGAIN, -1)
    counted(shelf, count, "甲", 69, "王五")
    assert stands(shelf, count)["甲"] == (LineStand.DIFFERS, -1)


def test_a_desk_may_let_small_differences_pass_with_one_count(shelf: Ground) -> None:
    acting_as(shelf.desk, "leader")
    stock_counts.set_second_count(shelf.desk, beyond=2)
    acting_as(shelf.desk, "keeper")
    count = opened(shelf)
    counted(shelf, count, "甲", 68)
    counted(shelf, count, "乙", 27)
    assert (stands(shelf, count)["甲"][0], stands(shelf, count)["乙"][0]) == (LineStand.DIFFERS, LineStand.COUNT_AGAIN)
    acting_as(shelf.desk, "leader")
    stock_counts.set_second_count(shelf.desk, beyond=None)
    assert stock_counts.second_count_beyond(shelf.desk) is None
    assert stands(shelf, count)["乙"][0] is LineStand.COUNT_AGAIN, "an open count keeps the rule it began with"
    with pytest.raises(RoleMissing):
        stock_counts.set_second_count(acting_as(shelf.desk, "keeper"), beyond=0)


def test_who_counted_does_not_approve(shelf: Ground) -> None:
    count = opened(shelf)
    for who in ("张三", "李四"):
        counted(shelf, count, "甲", 68, who)
    with pytest.raises(CountNotApprovable) as refusal:
        stock_counts.approve_count(shelf.desk, count_id=count.id, reason="差异")
    assert (refusal.value.values["reason"], refusal.value.values["left"]) == ("not_counted", 1)
    counted(shelf, count, "乙", 30)
    with pytest.raises(CountNotApprovable) as refusal:
        stock_counts.approve_count(shelf.desk, count_id=count.id, reason="差异")
    assert refusal.value.values["reason"] == "counted_it"
    leader = acting_as(shelf.desk, "leader")
    with pytest.raises(ReasonMissing):
        stock_counts.approve_count(leader, count_id=count.id)
    counted(shelf, count, "甲", 68, leader.account.display_name if leader.account else "")
    acting_as(shelf.desk, "leader")
    with pytest.raises(CountNotApprovable):
        stock_counts.approve_count(shelf.desk, count_id=count.id, reason="差异")


def test_goods_that_move_during_the_count_make_no_false_difference(shelf: Ground) -> None:
    count = opened(shelf)
    shelf.clock.forward(10)
    counted(shelf, count, "甲", 70)
    shelf.clock.forward(10)
    stock.issue(shelf.desk, asked=shelf.asked(15, lot_id=shelf.lot("甲")))  # after the line was counted
    stock.issue(shelf.desk, asked=shelf.asked(10, lot_id=shelf.lot("乙")))  # before it is
    shelf.clock.forward(10)
    counted(shelf, count, "乙", 20)
    assert stands(shelf, count) == {"甲": (LineStand.AGREES, 0), "乙": (LineStand.AGREES, 0)}


def test_sheets_that_are_keyed_late_count_for_their_own_moment(shelf: Ground) -> None:
    count = opened(shelf)
    walked_at = shelf.clock.forward(10)
    shelf.clock.forward(10)
    stock.issue(shelf.desk, asked=shelf.asked(15, lot_id=shelf.lot("甲")))
    shelf.clock.forward(30)
    counted(shelf, count, "甲", 68, counted_at=walked_at)  # two are missing of the 70 that stood there then
    counted(shelf, count, "甲", 68, "李四", counted_at=walked_at)
    counted(shelf, count, "乙", 30)
    assert stands(shelf, count)["甲"] == (LineStand.DIFFERS, -2)
    approved(shelf, count)
    with shelf.desk.reading() as reading:
        assert reading.balances.of_lot(shelf.lot("甲"))[0].on_hand == 53


def test_a_movement_entered_late_belongs_to_its_own_moment(shelf: Ground) -> None:
    count = opened(shelf)
    gone_at = shelf.clock.forward(5)
    shelf.clock.forward(5)
    counted(shelf, count, "甲", 60)
    assert stands(shelf, count)["甲"][1] == -10
    shelf.clock.forward(5)
    stock.issue(shelf.desk, asked=shelf.asked(10, lot_id=shelf.lot("甲"), occurred_at=gone_at))  # the slip was on somebody's desk
    assert stands(shelf, count)["甲"] == (LineStand.AGREES, 0)


def test_a_document_taken_back_during_the_count_is_as_if_it_had_never_been(shelf: Ground) -> None:
    wrong = stock.issue(shelf.desk, asked=shelf.asked(7, lot_id=shelf.lot("甲"))).value.number
    count = opened(shelf)
    shelf.clock.forward(5)
    counted(shelf, count, "甲", 70)
    assert stands(shelf, count)["甲"][1] == 7
    shelf.clock.forward(5)
    stock.void_document(shelf.desk, number=wrong, reason="错发")
    assert stands(shelf, count)["甲"] == (LineStand.AGREES, 0)
    stock.correct_count(shelf.desk, asked=shelf.asked(1, lot_id=shelf.lot("乙"), reason="破", approved_by="王"), counted=29)
    counted(shelf, count, "乙", 29)
    assert stands(shelf, count)["乙"] == (LineStand.AGREES, 0)


def test_a_lot_that_left_its_place_uncounted_need_not_be_counted(shelf: Ground) -> None:
    count = opened(shelf)
    stock.relocate(shelf.desk, asked=shelf.asked(30, lot_id=shelf.lot("乙")), to_site_id=shelf.other)
    assert stands(shelf, count)["乙"] == (LineStand.GONE, 0)
    counted(shelf, count, "甲", 70)
    assert stock_counts.approve_count(shelf.desk, count_id=count.id).value.state is CountState.POSTED


def test_a_lot_found_where_the_books_have_none_becomes_a_line(shelf: Ground) -> None:
    count = opened(shelf)
    counted(shelf, count, "甲", 70)
    for who in ("张三", "李四"):
        counted(shelf, count, "乙", 26, who)
        counted(shelf, count, "乙", 4, who, place_id=shelf.bin)
    whole = board(shelf, count)
    assert [(one.line.number, one.line.is_found, one.difference) for one in whole.lines] == [(1, False, -4), (2, False, 0), (3, True, 4)]
    approved(shelf, count, "放错货位")
    assert shelf.there() == (100, 0, 0) and shelf.is_sound()


def test_a_shortage_takes_quarantine_after_what_is_free_and_never_what_is_kept_back(shelf: Ground) -> None:
    stock.quarantine(shelf.desk, asked=shelf.asked(20, lot_id=shelf.lot("甲"), reason="受潮"))
    count = opened(shelf)
    for who in ("张三", "李四"):
        counted(shelf, count, "甲", 10, who)
    counted(shelf, count, "乙", 30)
    approved(shelf, count)
    assert shelf.there() == (30, 0, 10)
    stock.reserve(shelf.desk, asked=shelf.asked(25))
    second = opened(shelf, zones=("",))
    for who in ("张三", "李四"):
        counted(shelf, second, "乙", 20, who)
    with pytest.raises(CountBoundByClaims) as refusal:
        approved(shelf, second)
    assert refusal.value.values["reserved"] == 25 and board(shelf, second).count.state is CountState.OPEN
    acting_as(shelf.desk, "keeper")
    stock.unreserve(shelf.desk, asked=shelf.asked(25))
    approved(shelf, second)
    assert shelf.there() == (20, 0, 10) and shelf.is_sound()


def test_part_of_a_depot_is_counted_and_the_whole_stays_overdue(shelf: Ground) -> None:
    count = opened(shelf, zones=("A",), is_blind=True)
    assert not count.is_whole and [one.line.booked for one in board(shelf, count).lines] == [70]
    counted(shelf, count, "甲", 70)
    stock_counts.approve_count(shelf.desk, count_id=count.id)
    assert shelf.depot in overdue(shelf)


def test_what_is_counted_already_is_not_counted_twice_at_once(shelf: Ground) -> None:
    first = opened(shelf, zones=("A",))
    with pytest.raises(CountOverlaps) as refusal:
        opened(shelf)
    assert refusal.value.values["number"] == first.number
    other = opened(shelf, zones=("",))
    with pytest.raises(CountOverlaps):
        counted(shelf, other, "甲", 1)
    with pytest.raises(CountEmpty):
        opened(shelf, zones=("Z",))


def test_a_count_is_abandoned_with_a_reason_and_nothing_is_booked(shelf: Ground) -> None:
    count = opened(shelf)
    counted(shelf, count, "甲", 1)
    with pytest.raises(ReasonMissing):
        stock_counts.abandon_count(shelf.desk, count_id=count.id, reason=" ")
    stock_counts.abandon_count(shelf.desk, count_id=count.id, reason="台风来袭")
    with pytest.raises(CountIsClosed):
        counted(shelf, count, "甲", 70)
    with pytest.raises(CountIsClosed):
        stock_counts.approve_count(shelf.desk, count_id=count.id)
    assert shelf.there() == (100, 0, 0)
    assert [(one.count.state, one.counted, one.lines) for one in stock_counts.list_counts(shelf.desk)] == [(CountState.ABANDONED, 1, 2)]
    assert opened(shelf).number.endswith("P0002")


def test_what_a_count_found_is_read_ever_after_as_it_was(shelf: Ground) -> None:
    count = opened(shelf)
    for who in ("张三", "李四"):
        counted(shelf, count, "甲", 68, who)
    counted(shelf, count, "乙", 30)
    before = board(shelf, count)
    approved(shelf, count)
    shelf.clock.forward(60)
    stock.issue(shelf.desk, asked=shelf.asked(5, lot_id=shelf.lot("甲")))
    stock.correct_count(shelf.desk, asked=shelf.asked(1, lot_id=shelf.lot("乙"), reason="破", approved_by="王"), counted=29)
    assert board(shelf, count).lines == before.lines


def test_a_tally_says_who_when_and_how_many(shelf: Ground) -> None:
    count = opened(shelf)
    with pytest.raises(FieldMissing):
        counted(shelf, count, "甲", 70, "  ")
    with pytest.raises(FieldRefused):
        counted(shelf, count, "甲", -1)
    with pytest.raises(FieldRefused):
        counted(shelf, count, "甲", 70, counted_at=count.opened_at - timedelta(seconds=1))
    with pytest.raises(OccurredInFuture):
        counted(shelf, count, "甲", 70, counted_at=shelf.clock.at + timedelta(seconds=1))
    with pytest.raises(RoleMissing):
        stock_counts.open_count(acting_as(shelf.desk, "planner"), site_id=shelf.depot)


def test_a_scanned_code_finds_its_lot_through_any_input_method(shelf: Ground) -> None:
    lot = shelf.lot("甲")
    code = lot_code(lot)
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for typed in (code, wide, f" {code[:20]} {code[20:]} ", "甲"):
        assert stock_counts.find_lot(shelf.desk, typed=typed).id == lot
    slip = str((int(code[0]) + 1) % 10) + code[1:]
    for typed, reason in ((slip, "code_misread"), (lot_code(Id("0" * 31 + "9")), "unknown"), ("没有", "unknown")):
        with pytest.raises(LotCodeUnknown) as refusal:
            stock_counts.find_lot(shelf.desk, typed=typed)
        assert refusal.value.values["reason"] == reason
