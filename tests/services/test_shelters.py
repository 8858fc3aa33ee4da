"""The street's night of the typhoon: two shelters stand by, are opened by order, counted, and closed when the last have gone home."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldRefused, IncidentIsClosed, OccurredInFuture, ReasonMissing, RoleMissing, StillOpen
from emergency_desk.domain.evacuation import Placed, Reconciled
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening, Unfit
from emergency_desk.domain.shelter_errors import ShelterNotOwn, ShelterOccupied, ShelterStateWrong, ShelterUnfit
from emergency_desk.domain.shelters import SafetyCheck, ShelterState, ShelterTier, Stay
from emergency_desk.services import evacuation, incidents, responses, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import GYM, HALL, sheltering_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return sheltering_desk(tmp_path, clock)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


def order(desk: Desk, incident: Incident, shelter: Id = GYM, **other: Any) -> AskedOpening:
    return AskedOpening(**{"shelter_id": shelter, "incident_id": incident.id, "approved_by": "区长", "stay": Stay.FIFTEEN_DAYS,
                           "expected_until": desk.now() + timedelta(days=3), "responsible": "馆长", "receives": (STREET,),
                           "checks": tuple(SafetyCheck), **other})


def heads(desk: Desk, opening: Id, count: int, **other: Any) -> None:
    shelters.count_heads(desk, asked=AskedCount(opening_id=opening, heads=count, **other))


def test_a_shelter_stands_by_is_opened_counted_and_closed(desk: Desk, clock: SetClock, incident: Incident) -> None:
    shelters.move_shelter(desk, shelter_id=GYM, to=ShelterState.STANDBY, reason="暴雨橙色预警")
    opened = shelters.open_shelter(desk, asked=order(desk, incident)).value
    assert (opened.number, opened.capacity, opened.notice_address, opened.tier) == ("990101-2026-B01", 800, "学校路1号", Tier.DISTRICT)
    clock.forward(60)
    heads(desk, opened.id, 392, counted_by="王馆长")
    known = shelters.list_shelters(desk)[0]
    assert known.site.id == GYM and known.occupancy is not None and (known.occupancy.heads, known.occupancy.share) == (392, 49)
    with pytest.raises(ShelterOccupied) as refused:
        shelters.close_shelter(desk, opening_id=opened.id, note="已清洁查验")
    assert refused.value.values["heads"] == 392
    clock.forward(600)
    heads(desk, opened.id, 0, left=392)
    shelters.move_shelter(desk, shelter_id=GYM, to=ShelterState.CLOSING)
    shelters.close_shelter(desk, opening_id=opened.id, note="已清洁查验", damage="损坏床8张")
    assert shelters.get_shelter(desk, shelter_id=GYM).shelter.state is ShelterState.CLOSED
    told = [entry.entry.value("to") or entry.entry.value("heads") for entry in incidents.open_room(desk, incident_id=incident.id).log
            if entry.entry.happening is Happening.SHELTER]
    assert told[::-1] == ["shelter_open", "392", "0", "shelter_closing", "shelter_closed"]
    story.assert_sound(desk)


def test_more_than_there_is_room_for_is_kept_and_shown(desk: Desk, incident: Incident) -> None:
    opened = shelters.open_shelter(desk, asked=order(desk, incident, HALL)).value
    heads(desk, opened.id, 400)
    occupancy = shelters.get_shelter(desk, shelter_id=HALL).occupancy
    assert occupancy is not None and (occupancy.share, occupancy.free) == (114, -50)


def test_a_shelter_that_does_not_fit_needs_a_reason(desk: Desk, incident: Incident) -> None:
    before = shelters.get_shelter(desk, shelter_id=GYM).shelter
    shelters.keep_shelter(acting_as(desk, "keeper"), shelter=replace(before, unfit_hazards=(incident.type_id,)))
    officer = acting_as(desk, "officer")
    assert shelters.reasons_against(officer, shelter_id=GYM, incident_id=incident.id) == (Unfit.HAZARD,)
    with pytest.raises(ShelterUnfit):
        shelters.open_shelter(officer, asked=order(desk, incident))
    assert shelters.get_shelter(officer, shelter_id=GYM).opening is None, "nothing is half opened"
    opened = shelters.open_shelter(officer, asked=order(desk, incident, override_reason="别处已满")).value
    assert opened.override_reason == "别处已满"


def test_a_street_does_not_open_the_districts_and_a_keeper_opens_none(desk: Desk, incident: Incident) -> None:
    before = shelters.get_shelter(desk, shelter_id=GYM).shelter
    shelters.keep_shelter(acting_as(desk, "keeper"), shelter=replace(before, tier=ShelterTier.COUNTY))
    with pytest.raises(RoleMissing):
        shelters.open_shelter(desk, asked=order(desk, incident))
    with pytest.raises(ShelterNotOwn):
        shelters.open_shelter(acting_as(desk, "street"), asked=order(desk, incident))


def test_unsafe_needs_a_reason_and_what_runs_is_not_opened_again(desk: Desk, incident: Incident) -> None:
    shelters.open_shelter(desk, asked=order(desk, incident))
    with pytest.raises(ShelterStateWrong):
        shelters.open_shelter(desk, asked=order(desk, incident))
    with pytest.raises(ReasonMissing):
        shelters.move_shelter(desk, shelter_id=GYM, to=ShelterState.UNSAFE)
    with pytest.raises(ShelterStateWrong):
        shelters.move_shelter(desk, shelter_id=HALL, to=ShelterState.OPEN)
    with pytest.raises(OccurredInFuture):
        heads(desk, shelters.list_shelters(desk)[0].opening.id, 3, counted_at=desk.now() + timedelta(hours=1))  # type: ignore[union-attr]


def test_a_response_does_not_end_while_a_shelter_its_tier_opened_runs(desk: Desk, incident: Incident) -> None:
    leader = acting_as(desk, "leader")
    responses.activate_response(leader, incident_id=incident.id, level=Level.III, matter="台风", expected_hours=24, measures="转移",
                                decided_by="区长")
    shelters.open_shelter(leader, asked=order(desk, incident))
    with pytest.raises(StillOpen) as refused:
        responses.end_response(leader, incident_id=incident.id, decided_by="区长", reason="险情解除")
    assert refused.value.values["sites"] == ("中学体育馆",)


def test_the_people_of_every_village_are_accounted_for(desk: Desk, clock: SetClock, incident: Incident) -> None:
    """Scenario (a): 646 = 392 + 120 + 110 + 24, and at 12:50 the 24 are found to be away."""
    one, two = (evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name=name, to_move=people, ordered_by="街道主任").value
                for name, people in (("张家河小流域、工地板房", 306), ("港东低洼片", 340)))
    evacuation.mark(desk, group_id=one.id, kind=Placed.IN_SHELTER, people=300)
    evacuation.mark(desk, group_id=one.id, kind=Placed.WITH_RELATIVES, people=6)
    evacuation.mark(desk, group_id=two.id, kind=Placed.IN_SHELTER, people=200)
    evacuation.mark(desk, group_id=two.id, kind=Placed.WITH_RELATIVES, people=104)
    clock.forward(5)
    evacuation.mark(desk, group_id=two.id, kind=Placed.IN_SHELTER, people=212, told_by="村主任")
    lines = evacuation.reconcile(desk, incident_id=incident.id)
    assert [line.sum.unreached for line in lines] == [0, 24]
    assert evacuation.total(lines) == Reconciled(646, 512, 110, 0)
    evacuation.mark(desk, group_id=two.id, kind=Placed.AWAY, people=24)
    assert evacuation.total(evacuation.reconcile(desk, incident_id=incident.id)).is_whole
    with pytest.raises(FieldRefused):
        evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="东村", to_move=5, vulnerable=6)
    with pytest.raises(ReasonMissing):
        evacuation.call_off(desk, group_id=two.id, reason="")
    evacuation.call_off(desk, group_id=two.id, reason="雨停")
    assert len(evacuation.reconcile(desk, incident_id=incident.id)) == 1
    story.assert_sound(desk)


def test_nothing_is_opened_or_moved_for_an_incident_that_is_over(desk: Desk, incident: Incident) -> None:
    incidents.close_incident(desk, incident_id=incident.id, override_reason="演示")
    with pytest.raises(IncidentIsClosed):
        shelters.open_shelter(desk, asked=order(desk, incident))
    with pytest.raises(IncidentIsClosed):
        evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="东村", to_move=5)
