"""From request to receipt: the street asks, the district decides from its own first, the rest goes up; nothing vanishes on the road."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import DueKind
from emergency_desk.domain.errors import FieldMissing, FieldRefused, NotOwnTier, ReasonMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import Arrived, ReleaseOrder, ReleaseState, ToRelease, Transport
from emergency_desk.domain.request_boards import SupplyAct
from emergency_desk.domain.responses import Heard
from emergency_desk.domain.stock import StockAccount
from emergency_desk.domain.stock_errors import DecidedTooMuch, MovementNotVoidable, OrderNotThere, OwnStockFirst, RequestNotOpen, StockShort
from emergency_desk.domain.supplies import ReserveKind, StockTarget
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, LineDecision, RequestPurpose, RequestState, SupplyRequest
from emergency_desk.services import boards, releases, stock, supplies, supply_board, supply_requests
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


@pytest.fixture
def flood(shelf: Ground) -> Id:
    made = story.take(acting_as(shelf.desk, "leader"), words="小流域山洪，转移群众").incident.id
    acting_as(shelf.desk, "keeper")
    return made


def ask(shelf: Ground, flood: Id, quantity: int = 320, *, account: str = "street", **more: object) -> SupplyRequest:
    lines = (AskedLine(item_id=shelf.item.id, quantity=quantity),)
    asked = AskedSupplies(lines=lines, incident_id=flood, site_id=shelf.other, asked_by="街道值班", **more)  # type: ignore[arg-type]
    return supply_requests.ask(acting_as(shelf.desk, account), asked=asked).value


def decide(shelf: Ground, request: SupplyRequest, *, account: str = "leader", **more: int | str) -> supply_requests.Decided:
    desk = acting_as(shelf.desk, account)
    line = supply_board.request_view(desk, request_id=request.id).lines[0].line
    chosen = LineDecision(line_id=line.id, **more)  # type: ignore[arg-type]
    return supply_requests.decide(desk, request_id=request.id, decisions=[chosen], decided_by="区局长").value


def release(shelf: Ground, request: SupplyRequest, quantity: int, **more: object) -> ReleaseOrder:
    acting_as(shelf.desk, "leader")
    line = ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=quantity)
    return releases.release(shelf.desk, lines=[line], request_id=request.id, approved_by="区局长", approved_how="电话",
                            **more).value[0]  # type: ignore[arg-type]


def ship(shelf: Ground, order: ReleaseOrder, minutes: int = 60) -> ReleaseOrder:
    acting_as(shelf.desk, "keeper")
    at = shelf.clock.at
    return releases.ship(shelf.desk, order_id=order.id, transport=Transport(
        vehicle="鲁B12345", driver="孙师傅", driver_phone="13900000000", expected_at=at + timedelta(minutes=minutes))).value


def state(shelf: Ground, request: SupplyRequest) -> RequestState:
    return supply_board.request_view(shelf.desk, request_id=request.id).request.state


def test_from_request_to_receipt(shelf: Ground, flood: Id) -> None:
    shelf.receive(700, "甲", days=400)
    shelf.receive(500, "乙", days=100)
    request = ask(shelf, flood)
    assert (request.tier, request.to_tier, request.state) == (Tier.STREET, Tier.DISTRICT, RequestState.ASKED)
    assert supply_board.request_view(shelf.desk, request_id=request.id).next_act is SupplyAct.DECIDE
    assert decide(shelf, request, grant=320).request.state is RequestState.GRANTED
    order = release(shelf, request, 320)
    assert state(shelf, request) is RequestState.RELEASED
    assert shelf.there() == (880, 320, 0), "the lots are kept back at once"
    lots = {one.number: one.amounts.reserved for one in supply_board.order_view(shelf.desk, order_id=order.id).lots}
    assert lots == {"乙": 320}, "the lot that expires first goes first"
    assert order.to_site_id == shelf.other and order.number.endswith("-L0001")
    acting_as(shelf.desk, "keeper")
    order = releases.pick(shelf.desk, order_id=order.id, picked_by="保管员", packages=32).value
    assert order.state is ReleaseState.PICKED
    order = ship(shelf, order)
    assert (order.state, shelf.there(), shelf.there(shelf.other)) == (ReleaseState.ON_THE_WAY, (880, 0, 0), (0, 0, 0))
    assert state(shelf, request) is RequestState.ON_THE_WAY and order.waybill == order.number
    board = supply_board.supply_board(shelf.desk, incident_id=flood)
    assert (board.items[0].asked, board.items[0].on_the_way, board.items[0].received, board.items[0].unmet) == (320, 320, 0, 320)
    order = releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot("乙"), good=320)], received_by="王").value
    assert (order.state, shelf.there(shelf.other), state(shelf, request)) == (ReleaseState.RECEIVED, (320, 0, 0), RequestState.RECEIVED)
    assert order.arrived_at is not None and shelf.is_sound()


def test_the_shortfall_goes_up_linked_to_the_first_and_own_stock_goes_first(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    request = ask(shelf, flood, 300)
    with pytest.raises(OwnStockFirst):
        decide(shelf, request, grant=20, pass_up=280)
    with pytest.raises(ReasonMissing):
        decide(shelf, request, grant=100, refuse=200)
    with pytest.raises(DecidedTooMuch):
        decide(shelf, request, grant=301)
    decided = decide(shelf, request, grant=100, pass_up=150, refuse=50, reason="已另有安置")
    upward = decided.upward
    assert upward is not None and upward.follows_id == request.id and (upward.tier, upward.to_tier) == (Tier.DISTRICT, Tier.CITY)
    with pytest.raises(NotOwnTier):
        decide(shelf, upward, grant=150)
    line = supply_board.request_view(shelf.desk, request_id=upward.id).lines[0].line
    heard = Heard("市局值班", "phone", read_back=True)
    supply_requests.decide(shelf.desk, request_id=upward.id, decisions=[LineDecision(line_id=line.id, grant=150)], decided_by="市局长",
                           heard=heard)
    order = ship(shelf, release(shelf, request, 100))
    acting_as(shelf.desk, "leader")
    releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot(), good=100)], received_by="王")
    assert state(shelf, request) is RequestState.WAITS_ABOVE
    shelf_keeper = acting_as(shelf.desk, "keeper")
    shelf.receive(150, "市-1")
    releases.release(shelf_keeper, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=150)], request_id=upward.id,
                     approved_by="市局长")
    second = supply_board.supply_board(shelf.desk, incident_id=flood).orders[0].order
    releases.receive(shelf.desk, order_id=ship(shelf, second).id, arrived=[Arrived(lot_id=shelf.lot("市-1"), good=150)], received_by="王")
    assert (state(shelf, upward), state(shelf, request)) == (RequestState.RECEIVED, RequestState.RECEIVED)
    first = supply_board.request_view(shelf.desk, request_id=request.id).lines[0].amounts
    assert (first.received, first.received_above, first.refused, first.unmet) == (100, 150, 50, 50)
    assert shelf.is_sound()


def test_what_another_tier_asks_is_recorded_as_heard(shelf: Ground, flood: Id) -> None:
    with pytest.raises(NotOwnTier):
        ask(shelf, flood, account="leader", tier=Tier.STREET)
    asked = AskedSupplies(lines=(AskedLine(capability="排水泵", quantity=4, unit="台"),), incident_id=flood, tier=Tier.STREET)
    with pytest.raises(FieldMissing):
        supply_requests.ask(shelf.desk, asked=asked, heard=Heard("东台街道"))
    request = supply_requests.ask(shelf.desk, asked=asked, heard=Heard("东台街道", "phone", read_back=True)).value
    assert (request.tier, request.heard_from, request.heard_how, request.read_back) == (Tier.STREET, "东台街道", "phone", True)
    with pytest.raises(RoleMissing):
        supply_requests.ask(acting_as(shelf.desk, "observer"), asked=asked)


def test_differences_are_explained_and_what_is_not_told_of_stays_on_the_road(shelf: Ground, flood: Id) -> None:
    shelf.receive(60, "甲", days=30)
    shelf.receive(60, "乙", days=90)
    request = ask(shelf, flood, 100)
    decide(shelf, request, grant=100)
    order = ship(shelf, release(shelf, request, 100))
    first, second = shelf.lot("甲"), shelf.lot("乙")

    def take(*arrived: Arrived, **more: str) -> ReleaseOrder:
        return releases.receive(shelf.desk, order_id=order.id, arrived=arrived, received_by="王", **more).value  # type: ignore[arg-type]

    with pytest.raises(FieldRefused):
        take(Arrived(lot_id=first, good=61))
    with pytest.raises(ReasonMissing):
        take(Arrived(lot_id=first, good=50, damaged=10))
    with pytest.raises(FieldMissing):
        take(Arrived(lot_id=first, good=50, damaged=10), reason="雨淋")
    assert take(Arrived(lot_id=first, good=50)).state is ReleaseState.PART_RECEIVED
    assert shelf.there(shelf.other) == (50, 0, 0)
    took = take(Arrived(lot_id=first, damaged=10), Arrived(lot_id=second, good=35, short=5, over=0), reason="雨淋；少一包", approved_by="区局长")
    assert took.state is ReleaseState.RECEIVED and shelf.there(shelf.other) == (85, 0, 0)
    view = supply_board.request_view(shelf.desk, request_id=request.id)
    assert (view.request.state, view.lines[0].amounts.to_release) == (RequestState.GRANTED, 15), "what was lost is to be sent again"
    with pytest.raises(OrderNotThere):
        take(Arrived(lot_id=second, good=1))
    supply_requests.refuse_rest(acting_as(shelf.desk, "leader"), request_id=request.id, reason="库存已空", decided_by="区局长")
    assert state(shelf, request) is RequestState.RECEIVED and shelf.is_sound()


def test_more_than_was_sent_is_taken_in_with_approval(shelf: Ground, flood: Id) -> None:
    shelf.receive(50)
    request = ask(shelf, flood, 20)
    decide(shelf, request, grant=20)
    order = ship(shelf, release(shelf, request, 20))
    releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot(), good=20, over=2)], received_by="王", reason="多装一捆",
                     approved_by="区局长")
    assert shelf.there(shelf.other) == (22, 0, 0) and shelf.is_sound()


def test_what_was_not_found_is_freed_again_and_an_order_is_cancelled_while_its_goods_stand_there(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    request = ask(shelf, flood, 80)
    decide(shelf, request, grant=80)
    order = release(shelf, request, 80)
    acting_as(shelf.desk, "keeper")
    with pytest.raises(ReasonMissing):
        releases.pick(shelf.desk, order_id=order.id, picked_by="保管员", picked={shelf.lot(): 70})
    with pytest.raises(FieldRefused):
        releases.pick(shelf.desk, order_id=order.id, picked_by="保管员", picked={shelf.lot(): 81})
    order = releases.pick(shelf.desk, order_id=order.id, picked_by="保管员", picked={shelf.lot(): 70}, reason="一捆破包").value
    assert shelf.there() == (30, 70, 0) and state(shelf, request) is RequestState.GRANTED
    acting_as(shelf.desk, "leader")
    order = releases.cancel(shelf.desk, order_id=order.id, reason="改由邻库发").value
    assert (order.state, shelf.there()) == (ReleaseState.CANCELLED, (100, 0, 0))
    with pytest.raises(OrderNotThere):
        ship(shelf, order)
    assert shelf.is_sound()


def test_nobody_else_takes_what_an_order_keeps_back_and_the_order_takes_what_the_incident_kept_back(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    stock.reserve(shelf.desk, asked=shelf.asked(60, incident_id=flood))
    acting_as(shelf.desk, "leader")
    releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=100)], incident_id=flood,
                     approved_by="区局长")
    assert shelf.there() == (0, 100, 0)
    acting_as(shelf.desk, "keeper")
    with pytest.raises(StockShort):
        stock.issue(shelf.desk, asked=shelf.asked(1, incident_id=flood))
    order = supply_board.supply_board(shelf.desk, incident_id=flood).orders[0].order
    order = ship(shelf, order)
    releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot(), good=100)], received_by="现场")
    assert supply_board.supply_board(shelf.desk, incident_id=flood).items[0].in_use == 100, "to the scene itself: in use"
    assert shelf.is_sound()


def test_taking_back_a_document_of_an_order_takes_its_state_back_too(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    request = ask(shelf, flood, 40)
    decide(shelf, request, grant=40)
    order = ship(shelf, release(shelf, request, 40))
    marks = supply_board.order_view(shelf.desk, order_id=order.id).marks
    stock.void_document(shelf.desk, number=marks[-1].document, reason="车没走")
    assert supply_board.order_view(shelf.desk, order_id=order.id).order.state is ReleaseState.ORDERED
    assert shelf.there() == (60, 40, 0) and shelf.is_sound()
    order = ship(shelf, order)
    with pytest.raises(MovementNotVoidable):
        stock.void_document(shelf.desk, number=marks[0].document, reason="已经在路上")


def test_an_exercise_keeps_its_order_and_changes_no_stock(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    shelf.desk.is_exercise = True
    request = ask(shelf, flood, 40)
    decide(shelf, request, grant=40)
    order = ship(shelf, release(shelf, request, 40))
    releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot(), good=40)], received_by="王")
    assert (shelf.there(), shelf.there(shelf.other), state(shelf, request)) == ((100, 0, 0), (0, 0, 0), RequestState.RECEIVED)
    assert shelf.is_sound()


def test_withdrawing_takes_back_what_is_not_on_its_way_here_and_above(shelf: Ground, flood: Id) -> None:
    shelf.receive(50)
    request = ask(shelf, flood, 100)
    upward = decide(shelf, request, grant=50, pass_up=50).upward
    assert upward is not None
    ship(shelf, release(shelf, request, 30))
    acting_as(shelf.desk, "street")
    supply_requests.withdraw(shelf.desk, request_id=request.id, reason="群众已返家")
    assert state(shelf, upward) is RequestState.WITHDRAWN
    amounts = supply_board.request_view(shelf.desk, request_id=request.id).lines[0].amounts
    assert (amounts.granted, amounts.withdrawn, amounts.waits_above) == (30, 20, 0)
    with pytest.raises(RequestNotOpen):
        supply_requests.withdraw(shelf.desk, request_id=upward.id, reason="再撤")
    assert shelf.is_sound()


def test_a_store_below_its_target_asks_to_be_filled_again(shelf: Ground) -> None:
    acting_as(shelf.desk, "leader")
    target = supplies.keep_target(shelf.desk, target=StockTarget(id=Id(""), item_id=shelf.item.id, kind=ReserveKind.PHYSICAL, minimum=100,
                                                                 target=150, site_id=shelf.other)).value
    acting_as(shelf.desk, "keeper")
    shelf.receive(40, site_id=shelf.other)
    request = supply_requests.replenish(shelf.desk, target_ids=[target.id]).value
    view = supply_board.request_view(shelf.desk, request_id=request.id)
    assert (view.request.purpose, view.lines[0].line.quantity, view.request.site_id) == (RequestPurpose.REPLENISH, 110, shelf.other)
    shelf.receive(110, "补", site_id=shelf.other)
    with pytest.raises(FieldMissing):
        supply_requests.replenish(shelf.desk, target_ids=[target.id])


def test_a_form_that_cannot_be_asked_is_refused(shelf: Ground, flood: Id) -> None:
    line = AskedLine(item_id=shelf.item.id, quantity=5)
    blank = AskedSupplies(lines=(line,), incident_id=flood)
    for wrong, refusal in ((replace(blank, lines=()), FieldMissing), (replace(blank, lines=(line, line)), FieldRefused),
                           (replace(blank, incident_id=None), FieldMissing), (replace(blank, lines=(replace(line, quantity=-1),)), FieldRefused),
                           (replace(blank, lines=(AskedLine(quantity=1),)), FieldMissing)):
        with pytest.raises(refusal):
            supply_requests.ask(shelf.desk, asked=wrong)


def test_the_road_is_an_account_of_the_ledger(shelf: Ground, flood: Id) -> None:
    shelf.receive(10)
    acting_as(shelf.desk, "leader")
    order = releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=10)], place="路口",
                             approved_by="区局长").value[0]
    ship(shelf, order)
    with shelf.desk.reading() as reading:
        moved = reading.movements.where("WHERE order_id = ? ORDER BY seq", (order.id,))
        claims = reading.balances.claims_for(order.id)
    assert [(one.from_account, one.to_account) for one in moved] == [
        (StockAccount.FREE, StockAccount.RESERVED), (StockAccount.RESERVED, StockAccount.IN_TRANSIT)]
    assert [(claim.kind.value, claim.quantity) for claim in claims] == [("claim_in_transit", 10)]


def test_a_transport_nobody_signed_for_is_among_what_is_due_and_late_like_a_receipt(shelf: Ground, flood: Id) -> None:
    shelf.receive(10)
    acting_as(shelf.desk, "leader")
    order = releases.release(shelf.desk, lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=10)], incident_id=flood,
                             approved_by="区长").value[0]
    ship(shelf, order, minutes=30)
    waits = [line for line in boards.what_is_due(shelf.desk, incident_id=flood) if line.kind is DueKind.TRANSPORT]
    assert [(line.order_number, line.phone, line.incident_id) for line in waits] == [(order.number, "13900000000", flood)]
    before = boards.what_presses(shelf.desk).late(shelf.clock.at)
    shelf.clock.forward(31)
    due = boards.what_presses(shelf.desk)
    assert any(line.kind is DueKind.TRANSPORT for line in due.lines) and due.late(shelf.clock.at) > before
    releases.receive(shelf.desk, order_id=order.id, arrived=[Arrived(lot_id=shelf.lot(), good=10)], received_by="王")
    assert not [line for line in boards.what_is_due(shelf.desk) if line.kind is DueKind.TRANSPORT]
