"""What is sent from where, at a desk: over real depots, from the plan's level, kept back under one number, and ordered out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.allocation import FixedLine, WhyUnmet
from emergency_desk.domain.allocation_board import AllocationBoard, KeptBack, PlanWanted, WantedGoods, check_fixed
from emergency_desk.domain.errors import FieldMissing, FieldRefused, IncidentIsClosed, RoleMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_stock import code_of
from emergency_desk.domain.release_orders import ToRelease
from emergency_desk.domain.stock_errors import StockShort
from emergency_desk.domain.supplies import PackUnit, ReserveKind, SupplyItem, SupplyPromise
from emergency_desk.errands.allocating import best_answer
from emergency_desk.services import calls, incidents, releases, stock, stock_allocation, stock_lists, supplies, units
from tests import story
from tests.builders import DISTRICT, STREET, acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path, plans=frozenset({"building_fire"}))
    made.receive(70, "好", days=700)
    made.receive(30, "临", days=1)
    made.receive(20, "街", days=400, site_id=made.other)
    return made


def board_of(shelf: Ground, quantity: int, **more: object) -> AllocationBoard:
    wanted = WantedGoods(**({"key": "a", "item_id": shelf.item.id, "quantity": quantity, "area_id": STREET, "good_days": 1} | more))  # type: ignore[arg-type]
    return stock_allocation.read_board(shelf.desk, wanted=(wanted,))


def test_goods_of_all_depots_go_and_what_expires_before_stays_and_is_named(shelf: Ground) -> None:
    board = board_of(shelf, 100)
    assert {line.site_id: line.quantity for line in board.quick.lines} == {shelf.depot: 70, shelf.other: 20}
    short = board.quick.shortfalls[0]
    assert short.quantity == 10 and [(one.why, one.quantity) for one in short.reasons] == [
        (WhyUnmet.ALL_SENT, 90), (WhyUnmet.EXPIRES_BEFORE, 30)]
    assert best_answer(board.question, board.quick).worth <= board.quick.worth


def test_what_is_kept_back_for_another_incident_is_named_with_its_number(shelf: Ground) -> None:
    incident = story.opened(acting_as(shelf.desk, "leader"))
    stock.reserve(shelf.desk, asked=shelf.asked(60, incident_id=incident.id))
    board = board_of(shelf, 90)
    reasons = {one.why: one for one in board.quick.shortfalls[0].reasons}
    assert reasons[WhyUnmet.RESERVED].claim == incident.id and board.numbers[incident.id] == incident.number


def test_agreements_and_lines_are_named_and_never_added(shelf: Ground) -> None:
    agreed: dict[str, int] = {"quantity": 50, "call_off_hours": 6}
    for kind, more in ((ReserveKind.CONTRACT, agreed), (ReserveKind.CAPACITY, {"units_a_day": 200, "start_up_days": 1})):
        supplies.keep_promise(shelf.desk, promise=SupplyPromise(
            id=Id(""), kind=kind, item_id=shelf.item.id, partner="某厂", area_id=DISTRICT, **more))
    board = board_of(shelf, 500)
    assert sum(line.quantity for line in board.quick.lines) == 90
    assert [(one.kind, one.quantity, one.hours) for one in board.later] == [
        (ReserveKind.CONTRACT, 50, 6), (ReserveKind.CAPACITY, 200, 48)]


def test_lots_are_kept_back_under_one_number_and_one_taking_back_frees_them(shelf: Ground) -> None:
    incident = story.opened(acting_as(shelf.desk, "leader"))
    line = KeptBack(shelf.item.id, 40, shelf.today + timedelta(days=1), incident.id)
    done = stock_allocation.keep_back(shelf.desk, site_id=shelf.depot, lines=(line, replace(line, quantity=10)))
    assert done.value.quantity == 50 and len({one.document for one in done.value.movements}) == 1
    assert {one.lot_id for one in done.value.movements} == {shelf.lot("好")}, "the lot that expires first would not last"
    assert shelf.there() == (50, 50, 0) and shelf.is_sound()
    claims, ledger = stock_lists.what_an_incident_has(shelf.desk, incident_id=incident.id)
    assert sum(one.quantity for one in claims) == 50 and len(ledger) == 2
    stock.void_document(shelf.desk, number=done.value.number, reason="改由他库")
    assert shelf.there() == (100, 0, 0) and shelf.is_sound()


def test_keeping_back_is_all_of_a_depot_or_nothing(shelf: Ground) -> None:
    incident = story.opened(acting_as(shelf.desk, "leader"))
    line = KeptBack(shelf.item.id, 60, shelf.today, incident.id)
    with pytest.raises(StockShort):
        stock_allocation.keep_back(shelf.desk, site_id=shelf.depot, lines=(line, line))
    assert shelf.there() == (100, 0, 0)
    with pytest.raises(FieldMissing):
        stock_allocation.keep_back(shelf.desk, site_id=shelf.depot, lines=())
    incidents.close_incident(shelf.desk, incident_id=incident.id, note="完", override_reason="测试")
    with pytest.raises(IncidentIsClosed):
        stock_allocation.keep_back(shelf.desk, site_id=shelf.depot, lines=(line,))


def test_what_was_kept_back_goes_out_by_a_release_order_with_lots_that_last(shelf: Ground) -> None:
    desk = acting_as(shelf.desk, "leader")
    incident = story.opened(desk)
    order = releases.release(desk, lines=(ToRelease(
        site_id=shelf.depot, item_id=shelf.item.id, quantity=40, good_on=shelf.today + timedelta(days=1)),),
                             incident_id=incident.id, approved_by="王局").value[0]
    with shelf.desk.reading() as reading:
        assert {one.lot_id for one in reading.release_lines.where("WHERE order_id = ?", (order.id,))} == {shelf.lot("好")}


def test_a_fixed_line_that_cannot_be_kept_is_refused_with_what_is_there(shelf: Ground) -> None:
    board = board_of(shelf, 60)
    assert check_fixed(board, FixedLine("a", shelf.other, 20))
    with pytest.raises(StockShort) as short:
        check_fixed(board, FixedLine("a", shelf.other, 21))
    assert short.value.values["there"] == 20
    with pytest.raises(FieldRefused):
        check_fixed(board, FixedLine("a", shelf.depot, 61))


def test_what_cannot_be_wanted_is_refused_and_a_closed_incident_wants_nothing(shelf: Ground) -> None:
    for wrong in ({"quantity": 0}, {"priority": 4}, {"within_minutes": 0}, {"good_days": -1}):
        with pytest.raises(FieldRefused):
            board_of(shelf, **({"quantity": 5} | wrong))  # type: ignore[arg-type]
    with pytest.raises(FieldMissing):
        board_of(shelf, 5, area_id=None, incident_id=None)
    assert board_of(shelf, 5, incident_id=Id("gone")).question.needs == ()


def test_the_weight_of_an_item_is_said_once_and_counts_lorries(shelf: Ground) -> None:
    stock_allocation.weigh_item(shelf.desk, item_id=shelf.item.id, grams=900)
    stock_allocation.weigh_item(shelf.desk, item_id=shelf.item.id, grams=1_200)
    assert board_of(shelf, 5).question.unit_grams == {shelf.item.id: 1_200}
    with pytest.raises(RoleMissing):
        stock_allocation.weigh_item(acting_as(shelf.desk, "planner"), item_id=shelf.item.id, grams=900)


def test_what_the_plan_s_level_asks_for_is_wanted_less_what_the_incident_has(shelf: Ground) -> None:
    incident = story.opened(acting_as(shelf.desk, "leader"))
    before = stock_allocation.wanted_by_plan(shelf.desk, incident_id=incident.id)
    assert before.has_plan and not before.wanted and before.not_kept, "this stock keeps blankets only"
    plan = shelf.desk.trade.plan(incident.plan_code, incident.plan_version)
    goods = {item.name: item for item in plan.items}
    asked, count = before.not_kept[0]
    item = goods[asked]
    kept = supplies.keep_item(shelf.desk, item=SupplyItem(
        id=Id(""), code=code_of(item), name=asked.zh, unit="小件", packs=(PackUnit(item.unit.zh, 10),))).value
    found = stock_allocation.wanted_by_plan(shelf.desk, incident_id=incident.id)
    assert [(one.item_id, one.quantity, one.incident_id) for one in found.wanted] == [(kept.id, count * 10, incident.id)]  # in its own unit
    assert found.wanted[0].clause and asked not in [name for name, _count in found.not_kept]
    shelf.receive(count * 10 + 5, "新", item_id=kept.id)
    stock.reserve(shelf.desk, asked=shelf.asked(3, item_id=kept.id, incident_id=incident.id))
    assert stock_allocation.wanted_by_plan(shelf.desk, incident_id=incident.id).wanted[0].quantity == count * 10 - 3
    stock.issue(shelf.desk, asked=shelf.asked(count * 10, item_id=kept.id, incident_id=incident.id))
    covered = stock_allocation.wanted_by_plan(shelf.desk, incident_id=incident.id)
    assert not covered.wanted and covered.covered == ((asked, count),)


def test_an_incident_without_a_plan_asks_for_nothing(shelf: Ground) -> None:
    draft = CallDraft(words="小区停水", area_id=STREET, address="合肥路123号")
    incident = calls.take_call(acting_as(shelf.desk, "leader"), draft=draft).value.incident
    assert not incident.plan_code and stock_allocation.wanted_by_plan(shelf.desk, incident_id=incident.id) == PlanWanted()


def test_the_typhoon_night_beds_from_the_street_first_and_food_by_agreement_only(tmp_path: Path) -> None:
    """Scenario (a): 646 people in the street's shelters; the district's depot fills up what the street has not."""
    shelf = ground(tmp_path, account="leader")
    bed, water, food = (supplies.keep_item(shelf.desk, item=SupplyItem(id=Id(""), code=f"x-{name}", name=name, unit=unit)).value
                        for name, unit in (("折叠床", "张"), ("饮用水", "箱"), ("方便食品", "份")))
    blanket = shelf.item
    for item, quantity, site in ((bed, 200, shelf.other), (blanket, 200, shelf.other), (water, 60, shelf.other), (bed, 1_200, shelf.depot),
                                 (blanket, 2_000, shelf.depot)):
        shelf.receive(quantity, f"{item.name}{quantity}", days=900, item_id=item.id, site_id=site)
    supplies.keep_promise(shelf.desk, promise=SupplyPromise(
        id=Id(""), kind=ReserveKind.CONTRACT, item_id=food.id, partner="商超", area_id=DISTRICT, quantity=3_000, call_off_hours=6))
    place = shelf.desk.tree.position(STREET)
    assert place is not None
    for site_id, minutes, north in ((shelf.other, 10, 0.0), (shelf.depot, 60, 0.1)):
        with shelf.desk.reading() as reading:
            depot, site = reading.depots.get(site_id), reading.sites.get(site_id)
        units.keep_site(shelf.desk, site=replace(site, latitude=place[0] + north, longitude=place[1]))
        supplies.keep_depot(shelf.desk, depot=replace(depot, loading_minutes=minutes))
    wanted = tuple(WantedGoods(key=item.name, item_id=item.id, quantity=646, area_id=STREET, priority=1) for item in (bed, blanket, food))
    board = stock_allocation.read_board(shelf.desk, wanted=wanted)
    best = best_answer(board.question, board.quick)
    sent = {(line.need_id, line.site_id): line.quantity for line in best.lines}
    assert sent == {("折叠床", shelf.other): 200, ("折叠床", shelf.depot): 446, ("毛毯", shelf.other): 200, ("毛毯", shelf.depot): 446}
    assert best.is_proved and best.worth.unmet == (646, 0, 0)
    assert [one.why for one in best.shortfalls[0].reasons] == [WhyUnmet.NOT_KEPT]
    assert [(one.need_id, one.quantity, one.hours) for one in board.later] == [("方便食品", 3_000, 6)]


def test_what_a_release_order_keeps_back_is_named_by_the_number_of_the_order(shelf: Ground) -> None:
    incident = story.opened(acting_as(shelf.desk, "leader"))
    order, = releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=60, lot_id=shelf.lot("好"))],
                              incident_id=incident.id, approved_by="区长").value
    board = board_of(shelf, 90)
    reasons = {one.why: one for one in board.quick.shortfalls[0].reasons}
    assert board.numbers[reasons[WhyUnmet.RESERVED].claim] == order.number


def test_the_quick_answer_names_the_next_depot_as_the_best_one_does(shelf: Ground) -> None:
    board = board_of(shelf, 60)
    best = best_answer(board.question, board.quick)
    assert board.quick.next_depots == best.next_depots and board.quick.next_depots[0].need_id == "a"


def test_the_list_is_kept_change_by_change_and_nobody_writes_over_another(shelf: Ground) -> None:
    assert stock_allocation.newest_list(shelf.desk) is None
    wanted = WantedGoods(key="typed:1", item_id=shelf.item.id, quantity=90, area_id=STREET)
    first = stock_allocation.keep_list(shelf.desk, wanted=(wanted,), fixed=(), reach_minutes=None, based_on=None).value
    fixed = FixedLine("typed:1", shelf.depot, 30)
    second = stock_allocation.keep_list(shelf.desk, wanted=(wanted,), fixed=(fixed,), reach_minutes=90, based_on=first.id).value
    assert stock_allocation.newest_list(shelf.desk) == second and second.fixed == (fixed,)
    with pytest.raises(Stale):
        stock_allocation.keep_list(shelf.desk, wanted=(), fixed=(), reach_minutes=None, based_on=first.id)
    with pytest.raises(RoleMissing):
        stock_allocation.keep_list(acting_as(shelf.desk, "planner"), wanted=(), fixed=(), reach_minutes=None, based_on=second.id)
    assert shelf.is_sound()
