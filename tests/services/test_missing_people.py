"""Who is nowhere, by name: the village's list at six, the gym at noon, a daughter on the phone; and what only a number says."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.errors import FieldMissing, FieldRefused, RoleMissing
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.expected_people import Listed, MissingVillage
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.shelter_people import AskedPerson, Oddity, Way
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.services import evacuation, integrity, missing_people, shelter_people
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import FAR_STREET, STREET, SetClock, acting_as
from tests.services.test_shelter_people import kinds
from tests.shelters import HALL, open_it, person, register, sheltering_desk


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return sheltering_desk(tmp_path, clock)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return story.take(acting_as(desk, "officer"), story.FIRE_ONE).incident


@pytest.fixture
def gym(desk: Desk, incident: Incident) -> Id:
    return open_it(desk, incident)


@pytest.fixture
def village(desk: Desk, incident: Incident) -> Id:
    return evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=6, vulnerable=2).value.id


@pytest.fixture
def other_village(desk: Desk, incident: Incident) -> Id:
    return evacuation.order_evacuation(desk, incident_id=incident.id, area_id=FAR_STREET, name="港东", to_move=4).value.id


LIST = (person("王小明", id_number="123X", needs=(Need.CHRONIC,)), person("李红", id_number="5678"), person("赵一"), person("赵一"))


def listed(desk: Desk, village: Id, *people: AskedPerson, source: str = "张家河村委会名单") -> Listed:
    return missing_people.expect_list(desk, group_id=village, people=people or LIST, source=source).value


def missing(desk: Desk, incident: Incident) -> list[MissingVillage]:
    return missing_people.list_missing(desk, incident_id=incident.id)


def names(desk: Desk, incident: Incident, place: int = 0) -> list[str]:
    found = missing(desk, incident)
    return [one.person.name for one in found[place].people if one.person] if found else []


def the_sum(desk: Desk, incident: Incident) -> tuple[int, ...]:
    line = evacuation.reconcile(desk, incident_id=incident.id)[0].sum
    return line.in_shelters, line.with_relatives, line.away, line.unreached


def test_a_list_by_name_says_who_is_missing_and_for_whom_only_the_number_is_known(desk: Desk, incident: Incident, village: Id) -> None:
    taken = listed(desk, village)
    assert len(taken.new) == 4 and taken.there_already == 0 and not taken.found
    (told,) = missing(desk, incident)
    assert names(desk, incident) == ["王小明", "李红", "赵一", "赵一"], "those who need something first"
    assert (told.unreached, told.by_number, told.beyond, told.listed) == (6, 2, 0, 4)
    with desk.reading() as reading:
        log = reading.log.where("WHERE incident_id = ? ORDER BY sequence", (incident.id,))
    assert log[-1].happening is Happening.EVACUATION and (log[-1].value("step"), log[-1].value("people")) == ("named", "4")
    assert "王小明" not in repr(log), "no name in the log"


def test_who_is_registered_is_missing_no_more_and_counts_for_the_village(desk: Desk, incident: Incident, gym: Id, village: Id) -> None:
    listed(desk, village)
    found = register(desk, gym, person("王小明", id_number="37021219440101123X"))  # nobody asked where he comes from
    assert kinds(found) == [Oddity.WAS_MISSING] and found.stays[0].group_id == village and found.stays[0].needs == (Need.CHRONIC,)
    assert names(desk, incident) == ["李红", "赵一", "赵一"] and the_sum(desk, incident) == (1, 0, 0, 5)
    register(desk, gym, person("赵一", phone="13800001111"), group_id=village)
    assert names(desk, incident) == ["李红", "赵一"], "of two of one name one was met"
    register(desk, gym, person("赵一"), group_id=village)
    assert names(desk, incident) == ["李红"]
    assert integrity.check(desk).is_sound


def test_a_name_alone_from_nobody_knows_where_hides_nobody(
    desk: Desk, incident: Incident, gym: Id, village: Id, other_village: Id,
) -> None:
    listed(desk, village, person("赵一"))
    stay = register(desk, gym, person("赵一", age="40")).stays[0]
    (one,) = missing(desk, incident)[0].people
    assert [line.stay.id for line in one.perhaps] == [stay.id], "still missing, and somebody of that name is named"
    missing_people.recognise(desk, expected_id=one.expected.id, stay_id=stay.id)
    assert not missing(desk, incident)[0].people and the_sum(desk, incident)[0] == 1
    assert integrity.check(desk).is_sound


def test_somebody_else_of_that_name_is_not_proposed_again(desk: Desk, incident: Incident, gym: Id, village: Id) -> None:
    listed(desk, village, person("赵一"))
    stay = register(desk, gym, person("赵一")).stays[0]
    (one,) = missing(desk, incident)[0].people
    missing_people.tell_apart(desk, expected_id=one.expected.id, stay_id=stay.id)
    (one,) = missing(desk, incident)[0].people
    assert one.perhaps == () and integrity.check(desk).is_sound


def test_another_number_is_another_person(desk: Desk, incident: Incident, gym: Id, village: Id) -> None:
    listed(desk, village, person("李红", id_number="5678"))
    assert kinds(register(desk, gym, person("李红", id_number="9999"), group_id=village)) == []
    (one,) = missing(desk, incident)[0].people
    assert one.perhaps == ()


def test_a_list_that_comes_after_the_people_finds_them(desk: Desk, incident: Incident, gym: Id, village: Id) -> None:
    register(desk, gym, person("王小明", id_number="123X"))
    register(desk, gym, person("赵一"), group_id=village)
    taken = listed(desk, village)
    assert len(taken.new) == 2 and [line.person.name for line in taken.found if line.person] == ["王小明", "赵一"]
    assert names(desk, incident) == ["李红", "赵一"] and the_sum(desk, incident)[0] == 2


def test_the_same_list_twice_and_two_desks_lists_add_nobody_twice(desk: Desk, incident: Incident, village: Id) -> None:
    listed(desk, village)
    assert listed(desk, village).there_already == 4
    second = listed(desk, village, person("赵一"), person("赵一"), person("赵一"), person("李红", phone="13900002222"), source="街道名单")
    assert len(second.new) == 1 and second.there_already == 3, "a third of one name is somebody more"
    assert names(desk, incident).count("赵一") == 3
    (told,) = missing(desk, incident)
    assert [one.person.phone for one in told.people if one.person and one.person.name == "李红"] == ["13900002222"]


def test_one_person_twice_on_a_list_is_named_and_kept_once_with_both_rows(desk: Desk, incident: Incident, village: Id) -> None:
    taken = listed(desk, village, person("李红", id_number="5678"), person("李红", id_number="370212198001015678", phone="13900002222"))
    assert [odd.kind for odd in taken.odd] == [Oddity.TWICE_ON_LIST] and len(taken.new) == 1
    (one,) = missing(desk, incident)[0].people
    assert one.person is not None and (one.person.id_tail, one.person.phone) == ("5678", "13900002222")


def test_who_is_with_relatives_by_name_counts_and_the_village_heads_number_is_not_added(
    desk: Desk, incident: Incident, village: Id,
) -> None:
    new = listed(desk, village).new
    missing_people.settle(desk, expected_ids=[new[0].id, new[1].id], to=Placed.WITH_RELATIVES, told_by="网格员")
    assert the_sum(desk, incident) == (0, 2, 0, 4) and names(desk, incident) == ["赵一", "赵一"]
    evacuation.mark(desk, group_id=village, kind=Placed.WITH_RELATIVES, people=3)
    assert the_sum(desk, incident) == (0, 3, 0, 3), "the larger of two tellings, never both"
    evacuation.mark(desk, group_id=village, kind=Placed.AWAY, people=2)
    (told,) = missing(desk, incident)
    assert (told.unreached, len(told.people), told.beyond) == (1, 2, 1), "a name the sum counts somewhere is still nowhere by name"
    missing_people.look_again(desk, expected_id=new[0].id)
    assert "王小明" in names(desk, incident)


def test_a_sum_that_names_too_many_stands_there_red(desk: Desk, incident: Incident, village: Id) -> None:
    evacuation.mark(desk, group_id=village, kind=Placed.WITH_RELATIVES, people=9)
    (told,) = missing(desk, incident)
    assert told.unreached == -3 and not told.people and told.by_number == 0


def test_somebody_asked_for_is_looked_for_without_a_village_and_found_when_registered(
    desk: Desk, incident: Incident, gym: Id, village: Id,
) -> None:
    missing_people.ask_for(desk, incident_id=incident.id, asked=person("周强", phone="13700003333"), asked_by="女儿周某 13600004444")
    (told,) = [one for one in missing(desk, incident) if one.group is None]
    assert [one.person.note for one in told.people if one.person] == ["女儿周某 13600004444"]
    register(desk, gym, person("周强", phone="137-0000-3333"))
    assert all(one.group is not None for one in missing(desk, incident))
    again = missing_people.ask_for(desk, incident_id=incident.id, asked=person("周强", phone="13700003333")).value
    assert [line.shelter for line in again.found] == ["中学体育馆"], "who asks is told where they are"


def test_who_left_a_shelter_or_went_to_another_is_not_missing(
    desk: Desk, incident: Incident, gym: Id, village: Id, clock: SetClock,
) -> None:
    hall = open_it(desk, incident, HALL)
    listed(desk, village)
    stays = [register(desk, gym, person("王小明", id_number="123X")).stays[0], register(desk, gym, person("李红", id_number="5678")).stays[0]]
    clock.forward(5)
    shelter_people.leave(desk, stay_ids=[stays[0].id], to=LeftTo.HOSPITAL)
    shelter_people.transfer(desk, stay_ids=[stays[1].id], opening_id=hall)
    assert names(desk, incident) == ["赵一", "赵一"]


def test_a_double_that_is_joined_stays_found(desk: Desk, incident: Incident, gym: Id, village: Id) -> None:
    hall = open_it(desk, incident, HALL)
    first = register(desk, gym, person("李红")).stays[0]
    listed(desk, village, person("李红", id_number="5678"))
    second = register(desk, hall, person("李红", id_number="5678"), way=Way.KEEP_BOTH).stays[0]
    shelter_people.join_double(desk, here_id=first.id, other_id=second.id)
    assert not missing(desk, incident)[0].people and integrity.check(desk).is_sound


def test_a_village_that_is_called_off_is_looked_for_no_more(desk: Desk, incident: Incident, village: Id) -> None:
    listed(desk, village)
    evacuation.call_off(desk, group_id=village, reason="预警解除")
    assert missing(desk, incident) == []


def test_what_is_refused(desk: Desk, incident: Incident, village: Id) -> None:
    new = listed(desk, village).new
    with pytest.raises(FieldRefused):
        missing_people.settle(desk, expected_ids=[new[0].id], to=Placed.IN_SHELTER)
    with pytest.raises(FieldMissing):
        listed(desk, village, person(" "))
    with pytest.raises(FieldMissing):
        listed(desk, village, source=" ")
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        missing(desk, incident)


def test_the_vulnerable_of_all_villages_come_first(desk: Desk, incident: Incident, village: Id, other_village: Id) -> None:
    listed(desk, other_village, person("孙一", needs=(Need.PREGNANT,)), person("孙二", needs=(Need.INFANT,)),
           person("孙三", needs=(Need.DISABLED,)))
    assert [one.group.name for one in missing(desk, incident) if one.group] == ["港东", "张家河"]
