"""Isolation, observation and medical sites: registered, opened by order, beds counted, closed when empty; never among shelters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused, OccurredInFuture, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.isolation import IsolationKind, IsolationSite, IsolationState
from emergency_desk.domain.placing_errors import BedsNotWhole, IsolationOccupied, IsolationStateWrong, SiteOfOtherKind
from emergency_desk.domain.shelters import Shelter, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import founding, incidents, isolation, shelter_assignment, shelter_foresight, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk

WARD, GYM = Id("1" * 31 + "c"), Id("1" * 31 + "d")


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    desk = make_desk(tmp_path, clock=clock)
    founding.fill(desk, teams=(), sites=[Site(id=WARD, kind=SiteKind.ISOLATION, name="集中隔离点", area_id=STREET),
                                         Site(id=GYM, kind=SiteKind.SHELTER, name="体育馆", area_id=STREET, effective_area_m2=160)])
    isolation.keep_isolation(acting_as(desk, "keeper"), isolation=IsolationSite(
        WARD, IsolationKind.ISOLATION, single_rooms=40, beds=20, three_zones=True, waste="某清运公司", keeper="王主任"))
    acting_as(desk, "officer")
    return desk


def known(desk: Desk) -> isolation.KnownIsolation:
    return isolation.list_isolation(desk)[0]


def test_a_site_is_opened_counted_and_closed_when_nobody_lies_in_it(desk: Desk, clock: SetClock) -> None:
    incident = story.take(desk, story.FIRE_ONE).incident
    assert known(desk).places == 60 and not known(desk).is_open
    isolation.open_isolation(desk, site_id=WARD, decided_by="区长", responsible="王主任", incident_id=incident.id)
    with pytest.raises(IsolationStateWrong):
        isolation.open_isolation(desk, site_id=WARD, decided_by="区长", responsible="王主任")
    clock.forward(60)
    isolation.count_beds(desk, site_id=WARD, free=30, occupied=22, cleaning=5, blocked=3, staff=12, told_by="护士长")
    found = known(desk)
    assert found.is_open and found.count is not None
    assert (found.count.beds, found.count.occupied, found.count.incident_id) == (60, 22, incident.id)
    with pytest.raises(IsolationOccupied) as refused:
        isolation.close_isolation(desk, site_id=WARD, reason="已消毒")
    assert refused.value.values["heads"] == 22
    clock.forward(600)
    isolation.count_beds(desk, site_id=WARD, free=60, occupied=0)
    isolation.close_isolation(desk, site_id=WARD, reason="已终末消毒", decided_by="区长")
    assert not known(desk).is_open and known(desk).move.state is IsolationState.CLOSED  # type: ignore[union-attr]
    with pytest.raises(IsolationStateWrong):
        isolation.close_isolation(desk, site_id=WARD, reason="再关")
    told = [entry.entry for entry in incidents.open_room(desk, incident_id=incident.id).log if entry.entry.happening is Happening.ISOLATION]
    assert [(one.value("step"), one.value("to") or one.value("occupied")) for one in told][::-1] == [
        ("moved", "isolation_open"), ("counted", "22"), ("counted", "0"), ("moved", "isolation_closed")]
    assert len(isolation.list_bed_counts(desk, site_id=WARD)) == 2
    story.assert_sound(desk)


def test_a_later_word_of_an_earlier_time_does_not_take_the_place_of_a_newer_count(desk: Desk, clock: SetClock) -> None:
    isolation.count_beds(desk, site_id=WARD, free=10, occupied=50)
    isolation.count_beds(desk, site_id=WARD, free=40, occupied=20, counted_at=desk.now() - timedelta(hours=2))
    assert known(desk).count.occupied == 50  # type: ignore[union-attr]


def test_it_is_never_a_shelter_and_a_shelter_never_one_of_these(desk: Desk) -> None:
    with pytest.raises(SiteOfOtherKind):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(WARD, ShelterTier.TOWNSHIP))
    shelters.keep_shelter(desk, shelter=Shelter(GYM, ShelterTier.TOWNSHIP))
    with pytest.raises(SiteOfOtherKind):
        isolation.keep_isolation(desk, isolation=IsolationSite(GYM, IsolationKind.OBSERVATION, beds=10))
    acting_as(desk, "officer")
    isolation.open_isolation(desk, site_id=WARD, decided_by="区长", responsible="王主任")
    isolation.count_beds(desk, site_id=WARD, free=0, occupied=60)
    assert [one.site.id for one in shelters.list_shelters(desk)] == [GYM] and [one.site.id for one in isolation.list_isolation(desk)] == [WARD]
    assert not shelter_foresight.look_ahead(desk).shelters and not shelter_assignment.read_board(desk).shelters


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(BedsNotWhole):
        isolation.count_beds(desk, site_id=WARD, free=50, occupied=11)
    with pytest.raises(FieldRefused):
        isolation.count_beds(desk, site_id=WARD, free=-1, occupied=0)
    with pytest.raises(OccurredInFuture):
        isolation.count_beds(desk, site_id=WARD, free=1, occupied=0, counted_at=desk.now() + timedelta(hours=1))
    with pytest.raises(FieldMissing):
        isolation.open_isolation(desk, site_id=WARD, decided_by=" ", responsible="王主任")
    kept = known(desk).isolation
    isolation.keep_isolation(acting_as(desk, "keeper"), isolation=replace(kept, is_ready=False))
    with pytest.raises(RoleMissing):
        isolation.open_isolation(desk, site_id=WARD, decided_by="区长", responsible="王主任")
    with pytest.raises(IsolationStateWrong):
        isolation.open_isolation(acting_as(desk, "officer"), site_id=WARD, decided_by="区长", responsible="王主任")
    with pytest.raises(FieldMissing):
        isolation.keep_isolation(acting_as(desk, "keeper"), isolation=replace(kept, single_rooms=None, beds=None, version=2))
