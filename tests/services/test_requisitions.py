"""Requisition: only where the law allows, noticed on paper, given back, always compensated; and goods handed to people, gifts published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.accounts import Act, Role
from emergency_desk.domain.boards import DueKind
from emergency_desk.domain.errors import FieldMissing, FieldRefused, NotThisTier, ReasonMissing, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.recovery import AftermathKind, AftermathState
from emergency_desk.domain.requisitions import AskedRequisition, RequisitionState
from emergency_desk.domain.stock import LotSource, StockAccount
from emergency_desk.domain.stock_errors import RequisitionNotAllowed, RequisitionSettled, StockShort
from emergency_desk.services import boards, giving_out, recovery, requisitions, responses, stock
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


@pytest.fixture
def flood(shelf: Ground) -> Id:
    return story.take(acting_as(shelf.desk, "leader"), words="小流域山洪，转移群众").incident.id


def asked(flood: Id, **more: object) -> AskedRequisition:
    given = {"incident_id": flood, "what": "挖掘机", "quantity": 3, "unit": "台", "owner": "郝不存在", "owner_phone": "13800009999",
             "decided_by": "区长", "purpose": "清淤", "executor": "李某"}
    return AskedRequisition(**(given | more))  # type: ignore[arg-type]


def activate(shelf: Ground, flood: Id) -> None:
    responses.activate_response(shelf.desk, incident_id=flood, level=Level.III, matter="山洪", expected_hours=24, measures="转移",
                                decided_by="区长")


def open_settlement(shelf: Ground, flood: Id) -> set[AftermathKind]:
    items = recovery.list_items(shelf.desk, incident_id=flood)
    kinds = (AftermathKind.RETURN, AftermathKind.COMPENSATION)
    return {item.kind for item in items if item.kind in kinds and item.state is AftermathState.OPEN and "挖掘机" in item.title}


def test_a_street_cannot_and_nobody_can_while_no_response_runs(shelf: Ground, flood: Id) -> None:
    with pytest.raises(RequisitionNotAllowed) as refusal:
        requisitions.requisition(shelf.desk, asked=asked(flood))
    assert "七十六" in refusal.value.values["basis"].zh
    activate(shelf, flood)
    with pytest.raises(RoleMissing):
        requisitions.requisition(acting_as(shelf.desk, "street"), asked=asked(flood))
    acting_as(shelf.desk, "leader")
    with pytest.raises(FieldMissing):
        requisitions.requisition(shelf.desk, asked=asked(flood, owner=""))
    with pytest.raises(FieldMissing):
        requisitions.requisition(shelf.desk, asked=asked(flood, executor=""))
    assert requisitions.requisition(shelf.desk, asked=asked(flood)).value.state is RequisitionState.IN_FORCE


def test_a_street_leader_is_refused_with_the_article(shelf: Ground, flood: Id) -> None:
    activate(shelf, flood)
    street = acting_as(shelf.desk, "street")
    street.account = replace(street.may(Act.READ), roles=(Role.DUTY_LEADER,))
    with pytest.raises(NotThisTier) as refusal:
        requisitions.requisition(street, asked=asked(flood))
    assert "四十一" in refusal.value.values["basis"].zh


def test_the_notice_follows_within_its_clock_and_the_owner_stands_in_the_erasable_table_alone(shelf: Ground, flood: Id) -> None:
    activate(shelf, flood)
    made = requisitions.requisition(shelf.desk, asked=asked(flood, is_post_hoc=True, executor="")).value
    assert made.state is RequisitionState.PAPER_OWED and made.paper_due_at == made.decided_at + timedelta(hours=24)
    assert requisitions.owner_of(shelf.desk, requisition_id=made.id)[requisitions.Owner.NAME] == "郝不存在"
    with shelf.desk.reading() as reading:
        told = "".join(str(entry) for entry in reading.log.where("")) + "".join(str(entry) for entry in reading.journal_after(0))
    assert "郝不存在" not in told and "13800009999" not in told
    owed = [line for line in boards.what_is_due(shelf.desk, incident_id=flood) if line.kind is DueKind.NOTICE]
    assert [(line.order_number, line.due_at) for line in owed] == [(made.number, made.paper_due_at)]
    made = requisitions.issue_notice(shelf.desk, requisition_id=made.id, executor="李某").value
    assert not [line for line in boards.what_is_due(shelf.desk) if line.kind is DueKind.NOTICE]
    assert made.state is RequisitionState.IN_FORCE and made.issued_at is not None
    with pytest.raises(RequisitionSettled):
        requisitions.issue_notice(shelf.desk, requisition_id=made.id, executor="李某")
    assert shelf.is_sound()


def test_it_is_given_back_in_parts_and_compensation_is_owed_even_when_all_is_sound(shelf: Ground, flood: Id) -> None:
    activate(shelf, flood)
    made = requisitions.requisition(shelf.desk, asked=asked(flood)).value
    assert open_settlement(shelf, flood) == {AftermathKind.RETURN, AftermathKind.COMPENSATION}
    requisitions.give_back(shelf.desk, requisition_id=made.id, sound=2)
    with pytest.raises(FieldRefused):
        requisitions.give_back(shelf.desk, requisition_id=made.id, sound=2)
    with pytest.raises(ReasonMissing):
        requisitions.give_back(shelf.desk, requisition_id=made.id, damaged=1)
    made = requisitions.give_back(shelf.desk, requisition_id=made.id, damaged=1, note="铲斗变形").value
    assert made.state is RequisitionState.RETURNED and open_settlement(shelf, flood) == {AftermathKind.COMPENSATION}
    with pytest.raises(RequisitionSettled):
        requisitions.give_back(shelf.desk, requisition_id=made.id, lost=1, note="又")
    made = requisitions.compensate(shelf.desk, requisition_id=made.id, fen=1_200_000, note="按日租金").value
    assert made.state is RequisitionState.SETTLED and open_settlement(shelf, flood) == set()
    (_one, amounts), = requisitions.list_requisitions(shelf.desk, incident_id=flood)
    assert (amounts.held, amounts.sound, amounts.damaged, amounts.paid_fen) == (0, 2, 1, 1_200_000)
    assert shelf.is_sound()


def test_requisitioned_goods_leave_the_books_to_their_owner(shelf: Ground, flood: Id) -> None:
    activate(shelf, flood)
    made = requisitions.requisition(shelf.desk, asked=asked(flood, what="毛毯", unit="条", quantity=50, item_id=shelf.item.id)).value
    shelf.receive(50, made.number, source=LotSource.REQUISITION, supplier="商场", incident_id=flood)
    stock.issue(shelf.desk, asked=shelf.asked(10, incident_id=flood))
    back = shelf.asked(40, lot_id=shelf.lot(made.number))
    with pytest.raises(StockShort):
        requisitions.give_back(shelf.desk, requisition_id=made.id, sound=41, from_stock=replace(back, quantity=41))
    requisitions.give_back(shelf.desk, requisition_id=made.id, sound=40, from_stock=back)
    requisitions.give_back(shelf.desk, requisition_id=made.id, sound=10, from_stock=replace(back, quantity=10, lot_id=None, incident_id=flood),
                           start=StockAccount.IN_USE)
    assert shelf.there() == (0, 0, 0) and shelf.is_sound()


def test_goods_handed_out_are_counted_by_household_and_head_and_name_nobody(shelf: Ground, flood: Id) -> None:
    shelf.receive(100)
    stock.issue(shelf.desk, asked=shelf.asked(30, incident_id=flood))
    with pytest.raises(FieldMissing):
        giving_out.hand_out(shelf.desk, asked=shelf.asked(20), handed_by="社工")
    with pytest.raises(FieldRefused):
        giving_out.hand_out(shelf.desk, asked=shelf.asked(20), handed_by="社工", households=8, heads=7)
    giving_out.hand_out(shelf.desk, asked=shelf.asked(30, incident_id=flood), handed_by="社工", households=12, heads=30, kept_at="街道民政科",
                        start=StockAccount.IN_USE)
    giving_out.hand_out(shelf.desk, asked=shelf.asked(20), handed_by="社工", households=9, heads=20)
    assert [(one.quantity, one.households, one.heads) for one in giving_out.list_distributions(shelf.desk)] == [(20, 9, 20), (30, 12, 30)]
    assert shelf.there() == (50, 0, 0) and shelf.is_sound()


def test_gifts_are_counted_apart_and_every_one_is_accounted_for(shelf: Ground, flood: Id) -> None:
    shelf.receive(40)
    shelf.receive(100, "赠-1", source=LotSource.DONATION, supplier="某基金会", days=30)
    stock.issue(shelf.desk, asked=shelf.asked(60, incident_id=flood))
    stock.consume(shelf.desk, asked=shelf.asked(5, incident_id=flood))
    stock.write_off(shelf.desk, asked=shelf.asked(3, lot_id=shelf.lot("赠-1"), reason="破损", approved_by="王"))
    gift, = giving_out.list_gifts(shelf.desk)
    assert (gift.received, gift.on_hand, gift.in_use, gift.consumed, gift.elsewhere) == (100, 37, 55, 5, 3)
    assert gift.accounted_for == gift.received and gift.donor == "某基金会"
    with pytest.raises(FieldMissing):
        giving_out.publish_gifts(shelf.desk, place="")
    assert giving_out.publish_gifts(shelf.desk, place="区政府网站").value.lots == 1
    assert giving_out.last_publication(shelf.desk)[0].place == "区政府网站" and shelf.is_sound()
