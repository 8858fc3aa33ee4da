"""A year of a stockpile: bought, stored, rotated, sent for a flood, brought back in part, counted, scrapped, filled up; books equal goods."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused, NotThisTier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock import LotSource, StockAccount
from emergency_desk.domain.stock_alarms import StockAlarmKind
from emergency_desk.domain.stock_errors import PromiseEnded, PromiseShort, StockShort
from emergency_desk.domain.supplies import ReserveKind, StockTarget, SupplyPromise
from emergency_desk.services import stock, stock_lists, supplies
from tests import story
from tests.builders import DISTRICT, STREET, acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


def promise(shelf: Ground, **more: object) -> SupplyPromise:
    made = {"id": Id(""), "kind": ReserveKind.CONTRACT, "item_id": shelf.item.id, "partner": "利客来商超", "quantity": 500, "call_off_hours": 6,
            "area_id": DISTRICT, "phone": "0532-80000009"} | more
    return supplies.keep_promise(shelf.desk, promise=SupplyPromise(**made)).value  # type: ignore[arg-type]


def alarms(shelf: Ground) -> list[StockAlarmKind]:
    return [one.kind for one in stock_lists.stock_alarms(shelf.desk)]


def test_a_stock_year(shelf: Ground) -> None:
    desk = shelf.desk
    supplies.keep_target(desk, target=StockTarget(id=Id(""), item_id=shelf.item.id, kind=ReserveKind.PHYSICAL, minimum=900, target=1_200,
                                                  area_id=DISTRICT))
    assert StockAlarmKind.BELOW_MINIMUM in alarms(shelf)
    for site in (shelf.depot, shelf.other):
        supplies.note_count(desk, site_id=site)
    promise(shelf)
    assert StockAlarmKind.BELOW_MINIMUM in alarms(shelf), "a promise does not fill a shelf"
    shelf.receive(1_000, "2026-1", days=400, price_fen=4_550, place_id=shelf.bin)
    shelf.receive(200, "赠-1", source=LotSource.DONATION, days=170, supplier="某基金会")
    shelf.receive(200, "街-1", site_id=shelf.other, days=500)
    assert alarms(shelf) == [StockAlarmKind.EXPIRING]

    # The flood: the street's own first, then the district's (scenario a: 1200 → 880, and 320 more in the street).
    flood = story.take(acting_as(desk, "leader"), words="小流域山洪，转移群众").incident.id
    acting_as(desk, "keeper")
    stock.issue(desk, asked=shelf.asked(200, site_id=shelf.other, incident_id=flood))
    with pytest.raises(StockShort):
        stock.issue(desk, asked=shelf.asked(1, site_id=shelf.other, incident_id=flood))
    stock.relocate(desk, asked=shelf.asked(320), to_site_id=shelf.other)
    assert (shelf.there(), shelf.there(shelf.other)) == ((880, 0, 0), (320, 0, 0))
    with desk.reading() as reading:
        left = {one.lot_id: one.free for one in reading.balances.of_item_at(shelf.item.id, shelf.depot)}
    assert left == {shelf.lot("2026-1"): 880}, "the lot that expires first went first"
    stock.issue(desk, asked=shelf.asked(320, site_id=shelf.other, incident_id=flood))

    # Called off from the agreement: the shelf does not change, the agreement does.
    agreed = supplies.list_promises(desk)[0]
    supplies.call_off(desk, promise_id=agreed.id, quantity=300, told_to="店长", incident_id=flood)
    with pytest.raises(PromiseShort):
        supplies.call_off(desk, promise_id=agreed.id, quantity=201, told_to="店长")
    assert shelf.there() == (880, 0, 0)

    # Afterwards: 450 come back, 62 are used up, 8 are broken.
    stock.consume(desk, asked=shelf.asked(62, incident_id=flood))
    stock.write_off(desk, asked=shelf.asked(8, incident_id=flood, reason="破损", approved_by="王主任"), start=StockAccount.IN_USE)
    stock.bring_back(desk, asked=shelf.asked(450, site_id=shelf.other, incident_id=flood))
    assert shelf.there(shelf.other) == (450, 0, 0)
    with desk.reading() as reading:
        assert reading.balances.claims_for(flood) == []
    supplies.give_back_draw(desk, promise_id=agreed.id, quantity=300, reason="已补足")

    # Autumn: the count finds two too few; the short-dated lot is rotated out before its date, what remains is scrapped on it.
    stock.correct_count(desk, asked=shelf.asked(1, lot_id=shelf.lot("2026-1"), place_id=shelf.bin, reason="盘亏", approved_by="王主任"),
                        counted=878)
    shelf.clock.forward(150 * 24 * 60)
    assert alarms(shelf)[:1] == [StockAlarmKind.EXPIRING]
    with desk.reading() as reading:
        gift = sum(one.free for one in reading.balances.of_lot(shelf.lot("赠-1")))
    stock.rotate_out(desk, asked=shelf.asked(gift - 5, site_id=shelf.other, lot_id=shelf.lot("赠-1"), counterpart="利客来商超"))
    shelf.clock.forward(20 * 24 * 60)
    assert StockAlarmKind.EXPIRED in alarms(shelf) and StockAlarmKind.COUNT_OVERDUE in alarms(shelf)
    stock.write_off(desk, asked=shelf.asked(5, site_id=shelf.other, lot_id=shelf.lot("赠-1"), reason="到期", approved_by="王主任"))
    assert StockAlarmKind.EXPIRED not in alarms(shelf)
    assert shelf.is_sound()


def test_a_street_does_not_requisition_and_the_district_does(shelf: Ground) -> None:
    leader = acting_as(shelf.desk, "leader").account
    assert leader is not None
    shelf.desk.account = replace(leader, area_id=STREET)
    with pytest.raises(NotThisTier):
        shelf.receive(5, source=LotSource.REQUISITION)
    acting_as(shelf.desk, "leader")
    assert shelf.receive(5, source=LotSource.REQUISITION).quantity == 5


def test_what_has_ended_cannot_be_called_off(shelf: Ground) -> None:
    ended = promise(shelf, valid_until=local_day(shelf.clock.at) - timedelta(days=1))
    with pytest.raises(PromiseEnded):
        supplies.call_off(shelf.desk, promise_id=ended.id, quantity=1, told_to="店长")
    line = promise(shelf, kind=ReserveKind.CAPACITY, quantity=0, units_a_day=200, start_up_days=1)
    with pytest.raises(FieldRefused):
        supplies.call_off(shelf.desk, promise_id=line.id, quantity=1, told_to="厂长")
    with pytest.raises(FieldMissing):
        supplies.call_off(shelf.desk, promise_id=ended.id, quantity=1, told_to="")


def test_a_drill_calls_nothing_off_for_real(shelf: Ground) -> None:
    agreed = promise(shelf)
    shelf.desk.is_exercise = True
    supplies.call_off(shelf.desk, promise_id=agreed.id, quantity=500, told_to="店长")
    shelf.desk.is_exercise = False
    supplies.call_off(shelf.desk, promise_id=agreed.id, quantity=500, told_to="店长")
    with pytest.raises(PromiseShort):
        supplies.give_back_draw(shelf.desk, promise_id=agreed.id, quantity=501, reason="补足")


def test_the_three_kinds_of_the_example_through_the_services(shelf: Ground) -> None:
    shelf.receive(70, "好", days=700)
    shelf.receive(30, "临", days=1)
    shelf.clock.forward(24 * 60)
    promise(shelf, quantity=50)
    promise(shelf, kind=ReserveKind.CAPACITY, partner="毛纺厂", quantity=0, units_a_day=200, start_up_days=1)
    answer = stock_lists.item_page(shelf.desk, item_id=shelf.item.id).supply
    assert [(one.hours, one.goods, one.agreements, one.capacity) for one in answer] == [
        (2, 70, 0, 0), (6, 70, 50, 0), (24, 70, 50, 0), (72, 70, 50, 400)]
    assert [one.if_all_hold for one in answer] == [70, 120, 120, 520]
    assert [(out.quantity, out.ends_on) for out in answer[0].left_out] == [(30, shelf.today)]
