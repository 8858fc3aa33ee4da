"""Goods come in, go out and come back; the books say what stands on the shelves at every step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused, IncidentIsClosed, OccurredInFuture, ReasonMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.stock import Inspection, LotSource, MovementKind, StockAccount
from emergency_desk.domain.stock_errors import LotExpired, MovementNotVoidable, StockShort
from emergency_desk.domain.supplies import ReserveKind, StockTarget, SupplyPromise
from emergency_desk.services import area_keeping, incidents, stock, supplies, units
from emergency_desk.wording import catalog, log_lines
from tests import story
from tests.builders import OTHER_STREET, STREET, acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


@pytest.fixture
def fire(shelf: Ground) -> Id:
    taken = story.take(acting_as(shelf.desk, "leader"), words="居民楼着火").incident.id
    acting_as(shelf.desk, "keeper")
    return taken


def test_a_lot_comes_in_under_a_number_and_grows_by_a_further_receipt(shelf: Ground) -> None:
    first = shelf.receive(100, days=400, price_fen=4_550)
    assert first.number == "990101-2026-S00001"
    shelf.receive(2, days=400, unit="包")
    assert shelf.there() == (120, 0, 0)
    with pytest.raises(FieldRefused) as refused:
        shelf.receive(5, days=300)
    assert refused.value.values["reason"] == "lot_other_dates"
    assert shelf.is_sound()


def test_goods_that_are_past_their_date_are_not_taken_in_unless_the_books_are_opened(shelf: Ground) -> None:
    with pytest.raises(FieldRefused):
        shelf.receive(5, days=0)
    shelf.receive(5, days=-1, source=LotSource.OPENING)
    with pytest.raises(StockShort):
        stock.issue(shelf.desk, asked=shelf.asked(1))
    with pytest.raises(LotExpired):
        stock.issue(shelf.desk, asked=shelf.asked(1, lot_id=shelf.lot()))


def test_first_expired_goes_out_first_and_a_lot_is_no_longer_issued_on_its_date(shelf: Ground, fire: Id) -> None:
    shelf.receive(10, "late", days=60)
    shelf.receive(10, "soon", days=20)
    out = stock.issue(shelf.desk, asked=shelf.asked(12, incident_id=fire)).value
    assert [(one.lot_id, one.quantity) for one in out.movements] == [(shelf.lot("soon"), 10), (shelf.lot("late"), 2)]
    shelf.receive(5, "last", days=1)
    shelf.clock.forward(24 * 60)
    out = stock.issue(shelf.desk, asked=shelf.asked(1)).value
    assert out.movements[0].lot_id == shelf.lot("late")


def test_a_desk_elsewhere_may_issue_through_the_date(shelf: Ground) -> None:
    shelf.receive(5, days=1)
    shelf.clock.forward(24 * 60)
    supplies.let_use_on_the_day(acting_as(shelf.desk, "leader"), allowed=True)
    assert stock.issue(acting_as(shelf.desk, "keeper"), asked=shelf.asked(5)).value.quantity == 5


def test_what_is_kept_back_for_an_incident_goes_to_it_and_to_nobody_else(shelf: Ground, fire: Id) -> None:
    shelf.receive(30, days=100)
    stock.reserve(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    assert shelf.there() == (10, 20, 0)
    with pytest.raises(StockShort) as refused:
        stock.issue(shelf.desk, asked=shelf.asked(11))
    assert (refused.value.values["there"], refused.value.values["place"]) == (10, "区救灾物资库")
    stock.issue(shelf.desk, asked=shelf.asked(25, incident_id=fire))
    assert shelf.there() == (5, 0, 0)
    assert shelf.is_sound()


def test_what_is_kept_back_can_be_freed_but_not_more_than_that(shelf: Ground, fire: Id) -> None:
    shelf.receive(30)
    stock.reserve(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    with pytest.raises(StockShort):
        stock.unreserve(shelf.desk, asked=shelf.asked(21, incident_id=fire))
    stock.unreserve(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    assert shelf.there() == (30, 0, 0) and shelf.is_sound()


def test_what_went_out_comes_back_is_used_up_or_breaks(shelf: Ground, fire: Id) -> None:
    shelf.receive(30)
    stock.issue(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    stock.consume(shelf.desk, asked=shelf.asked(3, incident_id=fire))
    stock.distribute_in_use(shelf.desk, asked=shelf.asked(2, incident_id=fire))
    stock.write_off(shelf.desk, asked=shelf.asked(1, incident_id=fire, reason="烧毁", approved_by="王主任"), start=StockAccount.IN_USE)
    stock.bring_back(shelf.desk, asked=shelf.asked(14, incident_id=fire))
    assert shelf.there() == (24, 0, 0)
    with pytest.raises(StockShort):
        stock.bring_back(shelf.desk, asked=shelf.asked(1, incident_id=fire))
    assert shelf.is_sound()


def test_the_log_of_the_incident_tells_what_was_sent(shelf: Ground, fire: Id) -> None:
    shelf.receive(30)
    document = stock.issue(shelf.desk, asked=shelf.asked(20, incident_id=fire)).value
    line = next(entry for entry in incidents.read_log(shelf.desk, incident_id=fire) if entry.entry.happening is Happening.STOCK)
    assert (line.entry.value("document"), line.entry.value("quantity"), line.entry.value("item")) == (document.number, "20", "毛毯")
    assert log_lines.told(line.entry) == f"20 pcs Blanket sent from 区救灾物资库 ({document.number})."
    with catalog.speaking("zh_CN"):
        assert log_lines.told(line.entry) == f"从区救灾物资库出库毛毯 20 条（{document.number}）。"


def test_nothing_is_sent_to_an_incident_that_is_over_and_what_is_out_still_comes_back(shelf: Ground, fire: Id) -> None:
    shelf.receive(30)
    stock.issue(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    incidents.close_incident(acting_as(shelf.desk, "leader"), incident_id=fire)
    acting_as(shelf.desk, "keeper")
    with pytest.raises(IncidentIsClosed):
        stock.issue(shelf.desk, asked=shelf.asked(1, incident_id=fire))
    stock.bring_back(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    assert shelf.there() == (30, 0, 0)


def test_goods_move_between_bins_and_depots(shelf: Ground) -> None:
    shelf.receive(30, place_id=shelf.bin, days=90)
    stock.relocate(shelf.desk, asked=shelf.asked(10), to_site_id=shelf.other)
    stock.relocate(shelf.desk, asked=shelf.asked(5, lot_id=shelf.lot(), place_id=shelf.bin), to_site_id=shelf.depot)
    assert (shelf.there(), shelf.there(shelf.other)) == ((20, 0, 0), (10, 0, 0))
    with pytest.raises(FieldRefused):
        stock.relocate(shelf.desk, asked=shelf.asked(5, lot_id=shelf.lot(), place_id=shelf.bin), to_site_id=shelf.depot, to_place_id=shelf.bin)
    assert shelf.is_sound()


def test_a_lot_that_fails_its_inspection_is_put_aside_everywhere_and_not_freed(shelf: Ground) -> None:
    shelf.receive(30, days=90)
    stock.relocate(shelf.desk, asked=shelf.asked(10), to_site_id=shelf.other)
    with pytest.raises(ReasonMissing):
        stock.inspect_lot(shelf.desk, lot_id=shelf.lot(), found=Inspection.FAILED)
    stock.inspect_lot(shelf.desk, lot_id=shelf.lot(), found=Inspection.FAILED, note="霉变")
    assert (shelf.there(), shelf.there(shelf.other)) == ((0, 0, 20), (0, 0, 10))
    with pytest.raises(FieldRefused):
        stock.release(shelf.desk, asked=shelf.asked(20, lot_id=shelf.lot(), reason="看错"))
    stock.inspect_lot(shelf.desk, lot_id=shelf.lot(), found=Inspection.PASSED, note="复检合格")
    stock.release(shelf.desk, asked=shelf.asked(20, lot_id=shelf.lot(), reason="复检合格"))
    assert shelf.there() == (20, 0, 0) and shelf.is_sound()


def test_scrapping_needs_a_lot_a_reason_and_an_approval(shelf: Ground) -> None:
    shelf.receive(30, days=1)
    shelf.clock.forward(24 * 60)
    lot = shelf.lot()
    for more, refusal in (({}, FieldMissing), ({"lot_id": lot}, ReasonMissing), ({"lot_id": lot, "reason": "过期"}, FieldMissing)):
        with pytest.raises(refusal):
            stock.write_off(shelf.desk, asked=shelf.asked(30, **more))
    stock.write_off(shelf.desk, asked=shelf.asked(30, lot_id=shelf.lot(), reason="过期", approved_by="王主任"))
    assert shelf.there() == (0, 0, 0)


@pytest.mark.parametrize(("counted", "kind"), [(33, MovementKind.OVERAGE), (28, MovementKind.SHORTAGE)])
def test_a_count_that_differs_is_entered_as_overage_or_shortage(shelf: Ground, counted: int, kind: MovementKind) -> None:
    shelf.receive(30)
    asked = shelf.asked(1, lot_id=shelf.lot(), reason="盘点", approved_by="王主任")
    assert stock.correct_count(shelf.desk, asked=asked, counted=counted).value.movements[0].kind is kind
    assert shelf.there() == (counted, 0, 0) and shelf.is_sound()
    with pytest.raises(FieldRefused):
        stock.correct_count(shelf.desk, asked=asked, counted=counted)


def test_a_count_below_what_is_kept_back_is_refused(shelf: Ground, fire: Id) -> None:
    shelf.receive(30)
    stock.reserve(shelf.desk, asked=shelf.asked(20, incident_id=fire))
    with pytest.raises(FieldRefused) as refused:
        stock.correct_count(shelf.desk, asked=shelf.asked(1, lot_id=shelf.lot(), reason="盘点", approved_by="王"), counted=19)
    assert refused.value.values["reason"] == "count_below_bound"


def test_a_document_is_taken_back_once_and_only_while_its_goods_are_there(shelf: Ground, fire: Id) -> None:
    came = shelf.receive(30)
    went = stock.issue(shelf.desk, asked=shelf.asked(20, incident_id=fire)).value
    with pytest.raises(MovementNotVoidable) as refused:
        stock.void_document(shelf.desk, number=came.number, reason="重复登记")
    assert refused.value.values["reason"] == "used"
    back = stock.void_document(shelf.desk, number=went.number, reason="错发").value
    assert shelf.there() == (30, 0, 0)
    for number in (went.number, back.number):
        with pytest.raises(MovementNotVoidable):
            stock.void_document(shelf.desk, number=number, reason="再来")
    stock.void_document(shelf.desk, number=came.number, reason="重复登记")
    assert shelf.there() == (0, 0, 0) and shelf.is_sound()


def test_an_exercise_leaves_the_real_shelf_alone_b20(shelf: Ground) -> None:
    shelf.receive(30)
    shelf.desk.is_exercise = True
    drilled = stock.issue(shelf.desk, asked=shelf.asked(20)).value
    assert drilled.movements[0].is_exercise
    shelf.desk.is_exercise = False
    assert shelf.there() == (30, 0, 0) and shelf.is_sound()


def test_absurd_numbers_days_to_come_and_strangers_are_refused(shelf: Ground) -> None:
    shelf.receive(30)
    for quantity in (0, -3, 10**12):
        with pytest.raises(FieldRefused):
            stock.issue(shelf.desk, asked=shelf.asked(quantity, lot_id=shelf.lot()))
    with pytest.raises(OccurredInFuture):
        stock.issue(shelf.desk, asked=shelf.asked(1, occurred_at=shelf.clock.at + timedelta(minutes=1)))
    with pytest.raises(RoleMissing):
        stock.issue(acting_as(shelf.desk, "officer"), asked=shelf.asked(1))
    assert shelf.there() == (30, 0, 0)


def test_a_depot_that_holds_goods_is_not_retired(shelf: Ground) -> None:
    shelf.receive(30)
    with pytest.raises(FieldRefused) as refused:
        units.retire_site(shelf.desk, site_id=shelf.depot)
    assert refused.value.values["reason"] == "depot_not_empty"
    units.retire_site(shelf.desk, site_id=shelf.other)


def test_of_two_areas_that_become_one_the_targets_add_up_and_the_promises_move(shelf: Ground) -> None:
    for area, least in ((STREET, 10), (OTHER_STREET, 5)):
        supplies.keep_target(shelf.desk, target=StockTarget(id=Id(""), item_id=shelf.item.id, kind=ReserveKind.PHYSICAL, minimum=least,
                                                            target=2 * least, area_id=area))
    supplies.keep_promise(shelf.desk, promise=SupplyPromise(id=Id(""), kind=ReserveKind.CONTRACT, item_id=shelf.item.id, partner="商超",
                                                            quantity=50, area_id=STREET))
    area_keeping.merge_areas(acting_as(shelf.desk, "leader"), area_id=STREET, into_id=OTHER_STREET)
    told = {one.area_id: (one.minimum, one.target) for one in supplies.list_targets(shelf.desk, item_id=shelf.item.id)}
    assert told == {STREET: (0, 0), OTHER_STREET: (15, 30)}
    assert [one.area_id for one in supplies.list_promises(shelf.desk)] == [OTHER_STREET]
    assert shelf.is_sound()


def test_a_unit_that_was_used_cannot_become_another(shelf: Ground) -> None:
    shelf.receive(30)
    with pytest.raises(FieldRefused):
        supplies.keep_item(shelf.desk, item=replace(shelf.item, unit="箱", packs=()))
    with pytest.raises(FieldRefused):
        supplies.set_item_retired(shelf.desk, item_id=shelf.item.id, is_retired=True)
