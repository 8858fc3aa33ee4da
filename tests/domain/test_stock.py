"""The ledger of stock by itself: what a movement does, what is refused, what goes out first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from emergency_desk.domain import stock, stock_alarms
from emergency_desk.domain.errors import DeskError, FieldMissing, FieldRefused, ReasonMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import INSIDE, Inspection, MovementKind, StockAccount, first_expired_first_out, play
from emergency_desk.domain.stock_alarms import HeldAt, StockAlarmKind
from emergency_desk.domain.stock_errors import LotExpired, MovementNotVoidable, StockShort
from emergency_desk.domain.supplies import (
    Depot,
    DepotKind,
    PackUnit,
    ReserveKind,
    StockTarget,
    SupplyItem,
    check_promise,
    check_target,
)
from tests.domain.stock_parts import AT, ITEM, OTHER_SITE, RULES, SITE, TODAY, agreement, holding, line, lot, movement

LATER = TODAY + timedelta(days=1)


# -- expiry (B19) -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("expires_on", "expected"), [(TODAY - timedelta(days=1), True), (TODAY, True), (LATER, False), (None, False)])
def test_a_lot_is_expired_at_its_date_b19(expires_on: date | None, expected: bool) -> None:
    assert RULES.is_expired(expires_on, TODAY) is expected
    assert holding("1", 10, expires_on=expires_on).available(RULES, TODAY) == (0 if expected else 10)


def test_a_desk_may_use_a_lot_through_its_date() -> None:
    elsewhere = RULES.with_use_on_the_day(True)
    assert not elsewhere.is_expired(TODAY, TODAY)
    assert elsewhere.is_expired(TODAY - timedelta(days=1), TODAY)
    stock.check_usable(MovementKind.ISSUE, lot(expires_on=TODAY), elsewhere, TODAY)


def test_an_expired_lot_is_not_issued_and_may_be_scrapped() -> None:
    with pytest.raises(LotExpired):
        stock.check_usable(MovementKind.ISSUE, lot(expires_on=TODAY), RULES, TODAY)
    stock.check_usable(MovementKind.WRITE_OFF, lot(expires_on=TODAY), RULES, TODAY)


@pytest.mark.parametrize(("days", "expected"), [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-3, 0)])
def test_the_alarm_bands_of_expiry(days: int, expected: int | None) -> None:
    assert RULES.alarm_of(TODAY + timedelta(days=days), TODAY) == expected


# -- what is available (B17) ------------------------------------------------------------------------------------------
def held_at(shelf: Any, promises: Any = ()) -> HeldAt:
    goods: dict[tuple[Id, Id], int] = {}
    for one in shelf:
        goods[one.item_id, one.site_id] = goods.get((one.item_id, one.site_id), 0) + one.available(RULES, TODAY)
    return HeldAt(goods=goods, site_areas={SITE: Id("street")}, promises=promises, drawn={}, today=TODAY,
                  is_within=lambda inner, outer: inner == "street" and outer in ("street", "district"))


def test_an_agreement_does_not_silence_the_alarm_of_the_shelf_b17() -> None:
    shelf = (holding("1", 30, reserved=60), holding("2", 10, expires_on=TODAY))
    assert sum(one.on_hand for one in shelf) == 100
    target = StockTarget(id=Id("t"), item_id=ITEM, kind=ReserveKind.PHYSICAL, minimum=50, target=80, area_id=Id("district"))
    alarms = stock_alarms.amount_alarms([target], held_at(shelf, (agreement(500, 6, area_id=Id("street")),)).of)
    assert [(one.kind, one.there, one.wanted) for one in alarms] == [(StockAlarmKind.BELOW_MINIMUM, 30, 50)]


def test_each_kind_of_reserve_is_held_against_its_own_target() -> None:
    promises = (agreement(500, 6, area_id=Id("street")), line(200, 1, area_id=Id("street")))
    held = held_at((holding("1", 30),), promises)
    contract = StockTarget(id=Id("t"), item_id=ITEM, kind=ReserveKind.CONTRACT, minimum=600, target=600, area_id=Id("district"))
    assert held.of(contract) == 500
    assert held.of(replace(contract, kind=ReserveKind.CAPACITY)) == 200
    assert held.of(replace(contract, kind=ReserveKind.PHYSICAL)) == 30
    assert held.of(replace(contract, kind=ReserveKind.PHYSICAL, area_id=None, site_id=OTHER_SITE)) == 0


def test_alarms_by_date_and_by_count() -> None:
    shelf = (holding("1", 5, expires_on=TODAY), holding("2", 5, expires_on=TODAY + timedelta(days=29)), holding("3", 0, expires_on=TODAY))
    assert [(one.kind, one.lot_id, one.within) for one in stock_alarms.date_alarms(shelf, RULES, TODAY)] == [
        (StockAlarmKind.EXPIRED, "lot1", 0), (StockAlarmKind.EXPIRING, "lot2", 30)]
    depots = [Depot(Id("a"), DepotKind.WAREHOUSE), Depot(Id("b"), DepotKind.WAREHOUSE, counted_on=TODAY - timedelta(days=90)),
              Depot(Id("c"), DepotKind.WAREHOUSE, counted_on=TODAY - timedelta(days=91))]
    assert [one.site_id for one in stock_alarms.count_alarms(depots, RULES, TODAY)] == ["a", "c"]


def test_promises_that_ended_are_told_before_those_that_end() -> None:
    some = (agreement(5, 6, id="soon", valid_until=TODAY + timedelta(days=30)), agreement(5, 6, id="gone", valid_until=TODAY - timedelta(days=1)),
            agreement(5, 6, id="far", valid_until=TODAY + timedelta(days=31)))
    alarms = stock_alarms.in_order(stock_alarms.promise_alarms(some, RULES, TODAY))
    assert [(one.promise_id, one.kind) for one in alarms] == [("gone", StockAlarmKind.PROMISE_ENDED), ("soon", StockAlarmKind.PROMISE_ENDING)]


# -- first expired, first out -----------------------------------------------------------------------------------------
def test_the_lot_that_expires_first_goes_out_first_and_one_without_a_date_last() -> None:
    shelf = [holding("1", 5), holding("2", 5, expires_on=TODAY + timedelta(days=9)), holding("3", 5, expires_on=TODAY + timedelta(days=3)),
             holding("4", 5, expires_on=TODAY)]
    picks = first_expired_first_out(shelf, 12, rules=RULES, day=TODAY)
    assert [(one.lot_id, one.quantity) for one in picks] == [("lot3", 5), ("lot2", 5), ("lot1", 2)]


def test_what_is_short_is_told_with_what_there_is() -> None:
    with pytest.raises(StockShort) as refused:
        first_expired_first_out([holding("1", 5, reserved=9), holding("2", 5, expires_on=TODAY)], 6, rules=RULES, day=TODAY, item="毛毯")
    assert refused.value.values["there"] == 5 and refused.value.values["wanted"] == 6


# -- movements --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", list(MovementKind))
def test_what_one_account_gives_another_takes(kind: MovementKind) -> None:
    for start in stock.starts_of(kind):
        one = movement(kind, 7, start=start, to_place=OTHER_SITE if kind is MovementKind.RELOCATE else SITE)
        changes = [change for part, _account, _place, change in stock.effects_of(one) if part == "stock"]
        inside = [account in INSIDE for account in (one.from_account, one.to_account)]
        assert sum(changes) == 7 * (inside[1] - inside[0])


def test_a_balance_below_nothing_is_impossible() -> None:
    with pytest.raises(StockShort):
        play([movement(MovementKind.PURCHASE_IN, 5), movement(MovementKind.ISSUE, 6)])


def test_what_comes_back_was_out() -> None:
    out = [movement(MovementKind.PURCHASE_IN, 5), movement(MovementKind.ISSUE, 3, incident_id=Id("i"))]
    with pytest.raises(StockShort):
        play([*out, movement(MovementKind.RETURN_IN, 2, incident_id=Id("another"))])
    assert play([*out, movement(MovementKind.RETURN_IN, 2, incident_id=Id("i")), movement(MovementKind.CONSUME, 1, incident_id=Id("i"))]) == {
        ("lot1", "stock", "free", SITE): 4}


def test_an_exercise_leaves_the_real_balance_alone_b20() -> None:
    real = [movement(MovementKind.PURCHASE_IN, 5)]
    drilled = play([*real, movement(MovementKind.ISSUE, 3, incident_id=Id("drill"), is_exercise=True)])
    assert drilled["lot1", "stock", "free", SITE] == play(real)["lot1", "stock", "free", SITE] == 5
    assert drilled["lot1", "claim", "claim_in_use", " drill"] == 3


def test_taking_back_restores_and_is_done_once() -> None:
    first, out = movement(MovementKind.PURCHASE_IN, 5), movement(MovementKind.ISSUE, 3, number=2)
    back = stock.reversal(out, id_=Id("m3"), document="S3", at=AT, account_id=Id("keeper"), reason="错发")
    assert play([first, out, back]) == play([first])
    with pytest.raises(MovementNotVoidable):
        stock.check_reversal([out], [back])
    with pytest.raises(MovementNotVoidable):
        stock.check_reversal([back], [])
    with pytest.raises(StockShort):
        play([first, out, stock.reversal(first, id_=Id("m4"), document="S4", at=AT, account_id=Id("keeper"), reason="")])


@pytest.mark.parametrize(("kind", "more", "refusal"), [
    (MovementKind.ISSUE, {"quantity": 0}, FieldRefused), (MovementKind.ISSUE, {"quantity": -5}, FieldRefused),
    (MovementKind.ISSUE, {"quantity": 10**12}, FieldRefused), (MovementKind.WRITE_OFF, {}, ReasonMissing),
    (MovementKind.WRITE_OFF, {"reason": "过期"}, FieldMissing), (MovementKind.SHORTAGE, {"reason": "少"}, FieldMissing),
    (MovementKind.QUARANTINE, {}, ReasonMissing), (MovementKind.RELOCATE, {"from_place": "a", "to_place": "a"}, FieldRefused),
    (MovementKind.RELOCATE, {"from_place": "a"}, FieldRefused),
])
def test_a_movement_that_lacks_something_is_refused(kind: MovementKind, more: dict[str, Any], refusal: type[DeskError]) -> None:
    with pytest.raises(refusal):
        stock.check_movement(kind, **({"quantity": 1} | more))


def test_a_movement_begins_where_its_kind_begins() -> None:
    with pytest.raises(FieldRefused):
        stock.accounts_of(MovementKind.ISSUE, start=StockAccount.QUARANTINED)
    assert stock.accounts_of(MovementKind.WRITE_OFF, start=StockAccount.QUARANTINED)[1] is StockAccount.SCRAP


# -- lots, items, targets, promises -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("more", "field"), [
    ({"number": " "}, "number"), ({"produced_on": LATER}, "produced_on"), ({"received_on": LATER}, "received_on"), ({"price_fen": -1}, "price"),
    ({"produced_on": TODAY, "expires_on": TODAY - timedelta(days=1)}, "expires_on"),
])
def test_a_lot_that_cannot_be_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(DeskError) as refused:
        stock.check_lot(replace(lot(), **more), today=TODAY)
    assert getattr(refused.value, "field", "") == field


def test_a_lot_told_twice_with_other_dates_is_refused() -> None:
    assert stock.check_same_lot(lot(expires_on=LATER), lot(expires_on=LATER)).number == "1"
    with pytest.raises(FieldRefused):
        stock.check_same_lot(lot(expires_on=LATER), lot(expires_on=TODAY))


def test_a_lot_that_failed_is_neither_issued_nor_freed() -> None:
    for kind in (MovementKind.ISSUE, MovementKind.RELEASE, MovementKind.PURCHASE_IN):
        with pytest.raises(FieldRefused):
            stock.check_usable(kind, lot(inspection=Inspection.FAILED), RULES, TODAY)


def test_units_are_converted_in_whole_numbers() -> None:
    water = SupplyItem(id=Id("w"), code="1100401", name="瓶装水", unit="瓶", packs=(PackUnit("箱", 24), PackUnit("托", 1_440)))
    assert (water.in_units(3), water.in_units(2, "箱"), water.in_units(1, "托")) == (3, 48, 1_440)
    with pytest.raises(FieldRefused):
        water.in_units(1, "吨")


def test_targets_and_promises_that_cannot_be_are_refused() -> None:
    target = StockTarget(id=Id("t"), item_id=ITEM, kind=ReserveKind.PHYSICAL, minimum=50, target=80, site_id=SITE)
    assert check_target(target) is target
    for wrong in (replace(target, target=40), replace(target, site_id=None), replace(target, most=70), replace(target, minimum=-1)):
        with pytest.raises(DeskError):
            check_target(wrong)
    for promise in (agreement(0, 6), agreement(50, -1), line(0, 1), replace(agreement(50, 6), partner=""),
                    agreement(50, 6, signed_on=TODAY, valid_until=TODAY - timedelta(days=1))):
        with pytest.raises(DeskError):
            check_promise(promise)
