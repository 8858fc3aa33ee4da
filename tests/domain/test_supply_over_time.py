"""How many by +2 h, +6 h, +24 h, +72 h: each kind of reserve in its own band, and nothing that will not be there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from emergency_desk.domain.ids import Id
from emergency_desk.domain.supplies import ReserveKind
from emergency_desk.domain.supply_over_time import LeftOutReason, SupplyQuestion, SupplyRisk, given_by, supply_over_time
from tests.domain.stock_parts import AT, OTHER_SITE, RULES, SITE, TODAY, agreement, holding, line


def asked(*, holdings: Any = (), promises: Any = (), hours: tuple[int, ...] = (2, 6, 24, 72), **more: Any) -> SupplyQuestion:
    return SupplyQuestion(at=AT, hours=hours, holdings=holdings, promises=promises, rules=more.pop("rules", RULES),
                          drawn=more.pop("drawn", {}), **more)


def test_the_three_kinds_of_the_example_give_70_120_120_520() -> None:
    shelf = (holding("1", 70), holding("2", 30, expires_on=TODAY))
    answers = supply_over_time(asked(holdings=shelf, promises=(agreement(50, 6), line(200, 1))))
    assert [one.if_all_hold for one in answers] == [70, 120, 120, 520]
    assert [(one.goods, one.agreements, one.capacity) for one in answers] == [(70, 0, 0), (70, 50, 0), (70, 50, 0), (70, 50, 400)]
    assert {(out.reason, out.id, out.quantity) for one in answers for out in one.left_out} == {(LeftOutReason.LOT_EXPIRES, "lot2", 30)}


@pytest.mark.parametrize(("hours", "expected"), [(23, 0), (24, 0), (36, 0), (47, 0), (48, 200), (71, 200), (72, 400)])
def test_a_line_gives_by_whole_days_after_its_start(hours: int, expected: int) -> None:
    assert given_by(line(200, 1), hours) == expected


@pytest.mark.parametrize(("hours", "expected"), [(5, 0), (6, 50), (7, 50)])
def test_an_agreement_gives_from_its_call_off_hours_on_inclusive(hours: int, expected: int) -> None:
    assert given_by(agreement(50, 6), hours) == expected


def test_36_hours_give_120() -> None:
    answer = supply_over_time(asked(holdings=(holding("1", 70),), promises=(agreement(50, 6), line(200, 1)), hours=(36,)))[0]
    assert answer.if_all_hold == 120


def test_an_ended_agreement_gives_nothing_and_is_named() -> None:
    yesterday = TODAY - timedelta(days=1)
    answer = supply_over_time(asked(promises=(agreement(50, 6, valid_until=yesterday),), hours=(72,)))[0]
    assert answer.agreements == 0
    assert [(out.reason, out.id, out.ends_on) for out in answer.left_out] == [(LeftOutReason.PROMISE_ENDED, "agreement", yesterday)]


def test_an_agreement_that_ends_before_it_could_deliver_gives_nothing() -> None:
    tonight = agreement(50, 24, valid_until=TODAY)
    assert supply_over_time(asked(promises=(tonight,), hours=(24,)))[0].agreements == 0
    assert supply_over_time(asked(promises=(agreement(50, 6, valid_until=TODAY),), hours=(24,)))[0].agreements == 50


def test_what_was_drawn_is_not_promised_again() -> None:
    drawn = {Id("agreement"): 45}
    assert supply_over_time(asked(promises=(agreement(50, 6),), hours=(6,), drawn=drawn))[0].agreements == 5
    used = supply_over_time(asked(promises=(agreement(50, 6),), hours=(6,), drawn={Id("agreement"): 50}))[0]
    assert used.agreements == 0 and used.left_out[0].reason is LeftOutReason.PROMISE_USED_UP


def test_a_lot_that_expires_before_the_need_counts_only_until_then() -> None:
    shelf = (holding("1", 40, expires_on=TODAY + timedelta(days=2)),)
    answers = supply_over_time(asked(holdings=shelf))
    assert [one.goods for one in answers] == [40, 40, 40, 0]
    assert answers[-1].left_out[0].ends_on == date(2026, 11, 26)


def test_goods_count_once_they_can_be_there_and_an_unknown_way_is_a_risk() -> None:
    shelf = (holding("1", 10), holding("2", 5, site=OTHER_SITE), holding("3", 3, site=Id("nowhere")))
    answers = supply_over_time(asked(holdings=shelf, travel_minutes={SITE: 30, OTHER_SITE: 121}))
    assert [one.goods for one in answers] == [13, 18, 18, 18]
    risks = {one.id: one.risks for one in answers[0].sources}
    assert risks == {SITE: (), "nowhere": (SupplyRisk.WAY_UNKNOWN,)}


def test_every_source_says_its_kind_and_what_may_go_wrong() -> None:
    ends = agreement(50, 6, valid_until=TODAY + timedelta(days=20))
    answer = supply_over_time(asked(holdings=(holding("1", 70),), promises=(ends, line(200, 1)), hours=(72,)))[0]
    assert [(one.kind, one.quantity, one.risks) for one in answer.sources] == [
        (ReserveKind.PHYSICAL, 70, ()), (ReserveKind.CONTRACT, 50, (SupplyRisk.NOT_CALLED, SupplyRisk.ENDS_SOON)),
        (ReserveKind.CAPACITY, 400, (SupplyRisk.MUST_START,))]


def test_reserved_and_quarantined_goods_are_not_there_to_be_sent() -> None:
    assert supply_over_time(asked(holdings=(holding("1", 10, reserved=60, quarantined=5),), hours=(2,)))[0].goods == 10
