"""Families of two villages on the move: listed, proposed to shelters, sent by hand and by the answer, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.assignment.shelter_assignment import exact_answer
from emergency_desk.domain.errors import FieldMissing, FieldRefused, FieldUnreadable, ReasonMissing, RoleMissing
from emergency_desk.domain.evacuation import EvacuationGroup, Placed
from emergency_desk.domain.evacuation_lists import Families, read_families
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.isolation import IsolationKind, IsolationSite
from emergency_desk.domain.placing_errors import FamiliesTaken, PlacesTaken, TransferGone
from emergency_desk.domain.shelter_acts import AskedCount, AskedOpening
from emergency_desk.domain.shelter_assignment import AssignmentLine, FixedFamilies
from emergency_desk.domain.shelter_assignment_board import AssignmentBoard
from emergency_desk.domain.shelters import Inspected, SafetyCheck, Shelter, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.services import evacuation, founding, incidents, shelter_assignment, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as, make_desk

GYM, HALL, PARK, WARD = (Id("1" * 31 + letter) for letter in "abcd")


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    """A gym of 1,600 m² and a hall of 700 m² that is fit for vulnerable people, a park nobody knows the size of."""
    desk = make_desk(tmp_path, clock=clock)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="体育馆", area_id=STREET, effective_area_m2=160),
        Site(id=HALL, kind=SiteKind.SHELTER, name="文体中心", area_id=STREET, effective_area_m2=70),
        Site(id=PARK, kind=SiteKind.SHELTER, name="公园", area_id=STREET),
        Site(id=WARD, kind=SiteKind.ISOLATION, name="隔离点", area_id=STREET, effective_area_m2=5_000)])
    for site in (GYM, HALL, PARK):
        shelters.keep_shelter(acting_as(desk, "keeper"), shelter=Shelter(
            site, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长", vulnerable_fit=site == HALL))
    return desk


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


def village(desk: Desk, incident: Incident, families: str, name: str = "张家河") -> EvacuationGroup:
    some = read_families(families)
    group = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name=name, to_move=sum(one.heads for one in some)).value
    shelter_assignment.list_families(desk, group_id=group.id, families=some)
    return group


def board(desk: Desk, incident: Incident, **other: Any) -> AssignmentBoard:
    return shelter_assignment.read_board(desk, incident_id=incident.id, **{"stay": Stay.THREE_DAYS, **other})


def places(found: AssignmentBoard) -> dict[Id, int]:
    return {one.shelter_id: one.places for one in found.shelters}


def sent(found: AssignmentBoard) -> dict[str, int]:
    return {name: sum(one.heads for each in found.villages for one in each.sent if one.shelter_id == id_)
            for name, id_ in (("gym", GYM), ("hall", HALL))}


def test_lists_are_read_as_they_are_spoken_and_what_cannot_be_is_refused() -> None:
    assert read_families("4×20，3x12 2/1*8") == (Families(2, 8, 1), Families(4, 20), Families(3, 12))
    assert read_families("4人×20户、5人（2）×3户") == (Families(5, 3, 2), Families(4, 20)) and read_families("3 3") == (Families(3, 2),)
    for wrong, error in (("four", FieldUnreadable), ("4×", FieldUnreadable), ("0×3", FieldRefused), ("2/3×1", FieldRefused),
                         ("31×1", FieldRefused)):
        with pytest.raises(error):
            read_families(wrong)


def test_the_answer_is_put_on_the_transfer_list_and_the_places_are_gone(desk: Desk, incident: Incident) -> None:
    """Gym 160 and hall 70 places for three days; the hall alone is fit for the vulnerable."""
    village(desk, incident, "4×30 2/1×20 3×10")
    found = board(desk, incident)
    assert places(found) == {GYM: 160, HALL: 70} and found.without_capacity == 1, "the park is not offered: nobody knows what it takes"
    answer = exact_answer(found.question, found.quick)
    assert answer.is_proved and not answer.unplaced
    done = shelter_assignment.send_families(desk, incident_id=incident.id, lines=answer.lines, decided_by="街道主任").value
    assert done.document == "990101-2026-Z0001"
    after = board(desk, incident)
    assert sum(sent(after).values()) == 190 and sent(after)["hall"] >= 40 and not after.question.kinds, "the vulnerable are in the hall"
    assert places(after) == {GYM: 160 - sent(after)["gym"], HALL: 70 - sent(after)["hall"]}
    told = [entry.entry for entry in incidents.open_room(desk, incident_id=incident.id).log if entry.entry.happening is Happening.EVACUATION]
    assert (told[0].value("step"), told[0].value("people"), told[0].value("families")) == ("sent", "190", "60")
    story.assert_sound(desk)


def test_who_has_arrived_is_counted_once(desk: Desk, clock: SetClock, incident: Incident) -> None:
    group = village(desk, incident, "4×20")
    shelters.move_shelter(desk, shelter_id=HALL, to=ShelterState.STANDBY)
    opening = shelters.open_shelter(desk, asked=AskedOpening(
        shelter_id=GYM, incident_id=incident.id, approved_by="区长", stay=Stay.THREE_DAYS, expected_until=desk.now() + timedelta(days=3),
        responsible="馆长", receives=(STREET,), checks=tuple(SafetyCheck))).value
    found = board(desk, incident)
    line = AssignmentLine(found.question.kinds[0].id, GYM, 20, 3)
    shelter_assignment.send_families(desk, incident_id=incident.id, lines=(line,))
    assert places(board(desk, incident))[GYM] == 80, "all are on the way"
    clock.forward(30)
    shelters.count_heads(desk, asked=AskedCount(opening_id=opening.id, heads=80))
    evacuation.mark(desk, group_id=group.id, kind=Placed.IN_SHELTER, people=80)
    assert places(board(desk, incident))[GYM] == 80, "they have arrived, and nobody is on the way any more"


def test_isolation_sites_are_never_offered_and_neither_is_what_does_not_fit(desk: Desk, incident: Incident) -> None:
    with desk.open_work() as work:  # even where somebody wrote one into both registers
        work.isolation_sites.add(IsolationSite(WARD, IsolationKind.ISOLATION, single_rooms=40))
        work.shelters.add(Shelter(WARD, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1)))
        work.commit("put")
    village(desk, incident, "4×300")
    assert WARD not in places(board(desk, incident))
    gym = shelters.get_shelter(desk, shelter_id=GYM).shelter
    shelters.keep_shelter(acting_as(desk, "keeper"), shelter=replace(gym, unfit_hazards=(incident.type_id,)))
    found = board(desk, incident)
    assert set(places(found)) == {HALL} and found.unfit == 1
    assert {line.shelter_id for line in found.quick.lines} == {HALL}


def test_a_line_that_was_changed_stays_and_the_rest_is_solved_around_it(desk: Desk, incident: Incident) -> None:
    group = village(desk, incident, "4×20")
    key = f"{group.id}:4:0"
    found = board(desk, incident, fixed=(FixedFamilies(key, HALL, 5), FixedFamilies("nobody", HALL, 5)))
    assert found.question.fixed == (FixedFamilies(key, HALL, 5),), "what is fixed for nobody is forgotten"
    answer = exact_answer(found.question, found.quick)
    assert {(line.shelter_id, line.families, line.is_fixed) for line in answer.lines} == {(HALL, 5, True), (GYM, 15, False)}
    done = shelter_assignment.send_families(desk, incident_id=incident.id, lines=answer.lines).value
    assert {(one.shelter_id, one.is_by_hand) for one in done.transfers} == {(HALL, True), (GYM, False)}


def test_what_was_given_away_meanwhile_is_refused_whole(desk: Desk, incident: Incident) -> None:
    one, two = village(desk, incident, "4×40"), village(desk, incident, "4×40", "港东")
    lines = [AssignmentLine(f"{group.id}:4:0", GYM, 40, 3) for group in (one, two)]
    shelter_assignment.send_families(desk, incident_id=incident.id, lines=lines[:1])
    with pytest.raises(PlacesTaken) as refused:
        shelter_assignment.send_families(desk, incident_id=incident.id, lines=lines[1:])
    assert refused.value.values == {"name": "体育馆", "wanted": 160, "there": 0}
    with pytest.raises(FamiliesTaken):
        shelter_assignment.send_families(desk, incident_id=incident.id, lines=[replace(lines[0], shelter_id=HALL, families=1)])
    assert sent(board(desk, incident)) == {"gym": 160, "hall": 0}


def test_a_line_is_taken_back_once_with_a_reason_and_waits_again(desk: Desk, incident: Incident) -> None:
    group = village(desk, incident, "4×10")
    done = shelter_assignment.send_families(desk, incident_id=incident.id, lines=[AssignmentLine(f"{group.id}:4:0", GYM, 10, 3)]).value
    with pytest.raises(ReasonMissing):
        shelter_assignment.take_back(desk, transfer_ids=[one.id for one in done.transfers], reason=" ")
    shelter_assignment.take_back(desk, transfer_ids=[one.id for one in done.transfers], reason="道路中断")
    after = board(desk, incident)
    assert [kind.families for kind in after.question.kinds] == [10] and places(after)[GYM] == 160
    with pytest.raises(TransferGone):
        shelter_assignment.take_back(desk, transfer_ids=[one.id for one in done.transfers], reason="道路中断")
    story.assert_sound(desk)


def test_a_newer_list_takes_the_place_of_the_one_before(desk: Desk, incident: Incident) -> None:
    group = village(desk, incident, "4×10")
    shelter_assignment.send_families(desk, incident_id=incident.id, lines=[AssignmentLine(f"{group.id}:4:0", GYM, 6, 3)])
    shelter_assignment.list_families(desk, group_id=group.id, families=read_families("4×8 2×1"))
    found = board(desk, incident)
    assert [(kind.people, kind.families) for kind in found.question.kinds] == [(4, 2), (2, 1)], "six of the eight have gone already"


def test_nothing_is_sent_without_families_or_by_whom_may_not(desk: Desk, incident: Incident) -> None:
    group = village(desk, incident, "4×10")
    line = AssignmentLine(f"{group.id}:4:0", GYM, 10, 3)
    with pytest.raises(FieldMissing):
        shelter_assignment.send_families(desk, incident_id=incident.id, lines=[replace(line, families=0)])
    with pytest.raises(FieldMissing):
        shelter_assignment.list_families(desk, group_id=group.id, families=())
    with pytest.raises(RoleMissing):
        shelter_assignment.send_families(acting_as(desk, "observer"), incident_id=incident.id, lines=[line])


def test_where_nobody_is_to_be_moved_there_is_nothing_to_solve(desk: Desk, incident: Incident) -> None:
    found = shelter_assignment.read_board(desk)
    assert found.incident_id is None and not found.villages and not found.quick.lines
