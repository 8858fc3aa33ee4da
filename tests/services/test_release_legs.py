"""An order that needs more than one vehicle: each with its load, its waybill and its receipt; none is lost while another is late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import Arrived, ReleaseOrder, ReleaseState, ToRelease, Transport
from emergency_desk.domain.request_boards import OrderView, SupplyAct
from emergency_desk.domain.stock_errors import OrderNotThere
from emergency_desk.services import releases, stock, supply_board
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(60, "甲", days=40)
    made.receive(90, "乙", days=400)
    return made


@pytest.fixture
def flood(shelf: Ground) -> Id:
    made = story.take(acting_as(shelf.desk, "leader"), words="小流域山洪，转移群众").incident.id
    acting_as(shelf.desk, "keeper")
    return made


def order(shelf: Ground, flood: Id, quantity: int = 100) -> ReleaseOrder:
    made = releases.release(acting_as(shelf.desk, "leader"), lines=[ToRelease(site_id=shelf.depot, item_id=shelf.item.id, quantity=quantity)],
                            incident_id=flood, approved_by="区长").value[0]
    acting_as(shelf.desk, "keeper")
    return made


def send(shelf: Ground, id_: Id, vehicle: str, minutes: int, **load: int) -> ReleaseOrder:
    lots = {shelf.lot(name): count for name, count in load.items()} or None
    transport = Transport(vehicle=vehicle, driver="孙", expected_at=shelf.clock.at + timedelta(minutes=minutes))
    return releases.ship(shelf.desk, order_id=id_, transport=transport, load=lots).value


def view(shelf: Ground, id_: Id) -> OrderView:
    return supply_board.order_view(shelf.desk, order_id=id_)


def test_two_vehicles_leave_and_come_each_by_itself(shelf: Ground, flood: Id) -> None:
    id_ = order(shelf, flood).id
    first = send(shelf, id_, "鲁B1", 90, 甲=60)
    assert (first.state, first.waybill, view(shelf, id_).next_act(shelf.clock.at)) == (ReleaseState.ON_THE_WAY, first.number, SupplyAct.SHIP)
    assert shelf.there() == (50, 40, 0), "what it left waits in the depot"
    both = send(shelf, id_, "鲁B2", 30)
    assert (both.vehicle, both.waybill) == ("鲁B2", f"{both.number}-2"), "the order is told by the vehicle that is expected first"
    legs = view(shelf, id_).legs
    assert [(leg.leg.serial, leg.whole.in_transit) for leg in legs] == [(1, 60), (2, 40)]
    with pytest.raises(FieldMissing, match="leg_id"):
        releases.receive(shelf.desk, order_id=id_, arrived=[Arrived(lot_id=shelf.lot("乙"), good=40)], received_by="王")
    with pytest.raises(FieldRefused):
        releases.receive(shelf.desk, order_id=id_, arrived=[Arrived(lot_id=shelf.lot("乙"), good=1)], received_by="王", leg_id=legs[0].leg.id)
    part = releases.receive(shelf.desk, order_id=id_, arrived=[Arrived(lot_id=shelf.lot("乙"), good=40)], received_by="王",
                            leg_id=legs[1].leg.id).value
    assert (part.state, part.vehicle) == (ReleaseState.PART_RECEIVED, "鲁B1")
    shelf.clock.forward(100)
    assert view(shelf, id_).next_act(shelf.clock.at) is SupplyAct.CHASE, "the first is late, though the second came"
    done = releases.receive(shelf.desk, order_id=id_, arrived=[Arrived(lot_id=shelf.lot("甲"), good=60)], received_by="王").value
    assert done.state is ReleaseState.RECEIVED and all(leg.leg.arrived_at for leg in view(shelf, id_).legs) and shelf.is_sound()


def test_what_waits_for_another_vehicle_may_be_freed_and_what_came_stays(shelf: Ground, flood: Id) -> None:
    id_ = order(shelf, flood).id
    send(shelf, id_, "鲁B1", 30, 甲=50)
    releases.receive(shelf.desk, order_id=id_, arrived=[Arrived(lot_id=shelf.lot("甲"), good=50)], received_by="王")
    assert view(shelf, id_).order.state is ReleaseState.PICKED, "the rest waits"
    ended = releases.cancel(acting_as(shelf.desk, "leader"), order_id=id_, reason="够了").value
    assert ended.state is ReleaseState.RECEIVED and shelf.there() == (100, 0, 0) and shelf.is_sound()
    with pytest.raises(OrderNotThere):
        releases.cancel(shelf.desk, order_id=id_, reason="再次")


def test_a_vehicle_takes_no_more_than_stands_there_and_not_nothing(shelf: Ground, flood: Id) -> None:
    id_ = order(shelf, flood).id
    with pytest.raises(FieldRefused):
        send(shelf, id_, "鲁B1", 30, 甲=61)
    with pytest.raises(FieldMissing):
        send(shelf, id_, "鲁B1", 30, 甲=0)
    assert view(shelf, id_).legs == ()


def test_another_arrival_is_of_one_vehicle(shelf: Ground, flood: Id) -> None:
    id_ = order(shelf, flood).id
    send(shelf, id_, "鲁B1", 30, 甲=60)
    send(shelf, id_, "鲁B2", 60)
    later = shelf.clock.at + timedelta(minutes=200)
    first = view(shelf, id_).legs[0].leg.id
    changed = releases.change_arrival(shelf.desk, order_id=id_, expected_at=later, reason="封路", leg_id=first).value
    assert (changed.vehicle, changed.expected_at) == ("鲁B2", shelf.clock.at + timedelta(minutes=60))
    assert view(shelf, id_).legs[0].leg.expected_at == later and shelf.is_sound()


def test_a_vehicle_that_is_taken_back_stands_in_the_depot_again(shelf: Ground, flood: Id) -> None:
    id_ = order(shelf, flood).id
    send(shelf, id_, "鲁B1", 30, 甲=60)
    document = view(shelf, id_).legs[0].leg.document
    stock.void_document(acting_as(shelf.desk, "keeper"), number=document, reason="误录")
    assert view(shelf, id_).on_the_road == () and view(shelf, id_).whole.to_ship == 100 and shelf.is_sound()
