"""The gym at noon: families are registered by name, found, moved and let go, and nobody is in two places or counted twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.domain.ages import AgeBand, read_age
from emergency_desk.domain.errors import FieldMissing, OccurredInFuture, RoleMissing
from emergency_desk.domain.evacuation import Placed, Reconciled
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident
from emergency_desk.domain.shelter_acts import AskedCount
from emergency_desk.domain.shelter_errors import LeftBeforeArrived, PeopleElsewhere, PersonInShelter, ShelterNotRunning, ShelterOccupied
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, Oddity, Registered, Way
from emergency_desk.domain.shelters import LeftTo, Need
from emergency_desk.services import evacuation, incidents, shelter_people, shelters
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.shelters import HALL, WANG, open_it, person, register, sheltering_desk


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
def hall(desk: Desk, incident: Incident) -> Id:
    return open_it(desk, incident, HALL)


def kinds(registered: Registered) -> list[Oddity]:
    return [odd.kind for odd in registered.odd]


def names(lines: Any) -> list[str]:
    return [line.person.name for line in lines]


# -- coming -----------------------------------------------------------------------------------------------------------
def test_a_family_is_registered_by_one_act_and_what_is_odd_is_named_and_kept(desk: Desk, gym: Id) -> None:
    before = journal(desk)
    done = register(desk, gym, WANG, person("李红", id_number="37021219500101123X", phone="123"), person("王宝", age="半岁", id_number="??"))
    assert journal(desk) == before + 1
    assert kinds(done) == [Oddity.AGE_AS_SAID, Oddity.PHONE_SHORT, Oddity.ID_UNREAD, Oddity.AGE_AS_SAID]
    lines = shelter_people.people_in(desk, opening_id=gym)
    assert names(lines) == ["王小明", "李红", "王宝"] and len({line.stay.household_id for line in lines}) == 1
    wang, li, bao = (line.person for line in lines)
    assert wang is not None and (wang.id_tail, wang.age, wang.read_age.band) == ("123X", "八十多", AgeBand.OLDEST)
    assert li is not None and (li.id_tail, li.phone) == ("123X", "123")
    assert bao is not None and bao.note == "??" and bao.read_age.band is AgeBand.INFANT
    stay = lines[0].stay
    assert (stay.needs, stay.bed, stay.pets) == ((Need.CHRONIC,), "A-12", 1)
    story.assert_sound(desk)


def test_nobody_is_registered_without_a_name_in_the_future_in_a_closed_shelter_or_by_an_observer(desk: Desk, gym: Id) -> None:
    with pytest.raises(FieldMissing):
        register(desk, gym, person(" "))
    with pytest.raises(OccurredInFuture):
        register(desk, gym, WANG, arrived_at=desk.now() + timedelta(hours=1))
    shelters.close_shelter(desk, opening_id=gym, note="空")
    with pytest.raises(ShelterNotRunning):
        register(desk, gym)
    with pytest.raises(RoleMissing):
        shelter_people.find_people(acting_as(desk, "observer"), text="王")


def test_somebody_in_another_shelter_is_named_and_comes_over_or_both_are_kept(desk: Desk, clock: SetClock, gym: Id, hall: Id) -> None:
    first = register(desk, gym).stays[0]
    clock.forward(30)
    with pytest.raises(PersonInShelter) as refused:
        register(desk, hall)
    assert refused.value.values["shelter"] == "中学体育馆" and refused.value.values["stay_id"] == first.id
    moved = register(desk, hall, way=Way.TRANSFER).stays[0]
    assert (moved.moved_from_id, moved.personal_id, moved.needs) == (first.id, first.personal_id, (Need.CHRONIC,))
    gone = shelter_people.people_in(desk, opening_id=gym, is_gone=True)[0].stay
    assert (gone.left_to, gone.left_at) == (LeftTo.OTHER_SHELTER, clock.at)
    both = register(desk, gym, way=Way.KEEP_BOTH)
    assert kinds(both)[-1] is Oddity.MAY_BE_TWICE and both.stays[0].personal_id != first.personal_id
    assert [pair.is_sure for pair in shelter_people.possible_doubles(desk, incident_id=moved.incident_id)] == [True]


def test_another_person_of_the_name_is_nobodys_double(desk: Desk, gym: Id, hall: Id, incident: Incident) -> None:
    register(desk, gym, person("王伟", id_number="0001"))
    assert not kinds(register(desk, hall, person("王伟", id_number="0002")))
    assert not shelter_people.possible_doubles(desk, incident_id=incident.id)
    assert kinds(register(desk, hall, person("王伟"))) == [Oddity.MAY_BE_TWICE]


def test_two_desks_lists_of_one_night_keep_everybody_until_somebody_decides(desk: Desk, clock: SetClock, incident: Incident, gym: Id,
                                                                             hall: Id) -> None:
    def listed(opening: Id, source: str, *people: AskedPerson) -> Registered:
        return shelter_people.register_list(desk, opening_id=opening, source=source,
                                            households=[AskedHousehold(people=(one,)) for one in people]).value

    listed(gym, "馆长名单", WANG, person("李红", phone="13900002222"), person("张三"))
    clock.forward(10)
    twice = listed(hall, "文体中心名单", person("王小明", id_number="123X", age="82"), person("张三"), person("赵四"))
    assert [odd.name for odd in twice.odd if odd.kind is Oddity.MAY_BE_TWICE] == ["王小明", "张三"]
    wang, zhang = shelter_people.possible_doubles(desk, incident_id=incident.id)
    assert wang.is_sure and not zhang.is_sure
    kept = shelter_people.join_double(desk, here_id=wang.other.stay.id, other_id=wang.one.stay.id).value
    found = shelter_people.find_people(desk, text="王小明").lines
    assert [line.stay.id for line in found] == [kept.id] and found[0].person is not None
    assert (found[0].person.phone, found[0].person.age, found[0].stay.needs) == ("13800001111", "82", (Need.CHRONIC,))
    shelter_people.tell_apart(desk, one_id=zhang.one.stay.id, other_id=zhang.other.stay.id)
    assert not shelter_people.possible_doubles(desk, incident_id=incident.id)
    assert len(names(shelter_people.find_people(desk, text="张三").lines)) == 2
    story.assert_sound(desk)


def test_more_than_there_are_places_are_kept_warned_of_and_told_once(desk: Desk, incident: Incident, hall: Id) -> None:
    shelters.count_heads(desk, asked=AskedCount(opening_id=hall, heads=349))
    for number in range(349):
        register(desk, hall, person(f"村民{number}"))
    assert not kinds(register(desk, hall, person("第三五〇")))
    full = register(desk, hall, person("第三五一"), person("第三五二"))
    assert kinds(full) == [Oddity.OVER_CAPACITY] and full.odd[0].said == "352/350"
    register(desk, hall, person("第三五三"))
    told = [entry.entry.value("heads") for entry in incidents.open_room(desk, incident_id=incident.id).log
            if entry.entry.happening is Happening.SHELTER and entry.entry.value("step") == "over"]
    assert told == ["352"]


# -- going ------------------------------------------------------------------------------------------------------------
def test_a_family_leaves_with_where_to_and_nobody_leaves_before_they_came(desk: Desk, clock: SetClock, gym: Id) -> None:
    stays = register(desk, gym, WANG, person("李红")).stays
    ids = [stay.id for stay in stays]
    assert names(shelter_people.household_of(desk, stay_id=ids[1])) == ["李红", "王小明"]
    with pytest.raises(LeftBeforeArrived):
        shelter_people.leave(desk, stay_ids=ids, to=LeftTo.HOME, occurred_at=clock.at - timedelta(hours=1))
    assert len(shelter_people.people_in(desk, opening_id=gym)) == 2, "refused for one is refused for all"
    clock.forward(60)
    shelter_people.leave(desk, stay_ids=ids, to=LeftTo.HOME)
    with pytest.raises(PeopleElsewhere):
        shelter_people.leave(desk, stay_ids=ids[:1], to=LeftTo.HOME)
    back = register(desk, gym)
    assert Oddity.CAME_BACK in kinds(back) and back.stays[0].personal_id == stays[0].personal_id
    assert [line.stay.id for line in shelter_people.find_people(desk, text="xm").lines] == [back.stays[0].id]


def test_people_go_over_to_another_shelter(desk: Desk, clock: SetClock, gym: Id, hall: Id) -> None:
    ids = [stay.id for stay in register(desk, gym, WANG, person("李红")).stays]
    with pytest.raises(PersonInShelter):
        shelter_people.transfer(desk, stay_ids=ids, opening_id=gym)
    clock.forward(5)
    moved = shelter_people.transfer(desk, stay_ids=ids, opening_id=hall, bed="B-1").value
    assert len({stay.household_id for stay in moved}) == 1 and {stay.bed for stay in moved} == {"B-1"}
    assert names(shelter_people.people_in(desk, opening_id=hall)) == ["王小明", "李红"]
    assert not shelter_people.people_in(desk, opening_id=gym)


# -- finding ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["王小", "wangxiao", "wxm", "1111", "123x", "xiaoming 1111", "小明 王"])
def test_somebody_is_found_across_shelters(desk: Desk, gym: Id, hall: Id, typed: str) -> None:
    register(desk, hall, person("李红", phone="13900002222", id_number="5678"))
    assert not shelter_people.find_people(desk, text="wxm").lines
    register(desk, gym)
    assert names(shelter_people.find_people(desk, text=typed).lines) == ["王小明"]


def test_a_corrected_name_is_found_by_its_new_words_alone(desk: Desk, gym: Id) -> None:
    stay = register(desk, gym).stays[0]
    assert shelter_people.find_people(desk, text="小明").lines
    shelter_people.correct_person(desk, stay_id=stay.id, asked=person("汪晓明", phone="13800003333", bed="C-3"))
    assert not shelter_people.find_people(desk, text="小明").lines and not shelter_people.find_people(desk, text="1111").lines
    assert shelter_people.find_people(desk, text="wxm 3333").lines[0].stay.bed == "C-3"
    story.assert_sound(desk)


# -- the sum of a village ---------------------------------------------------------------------------------------------
def the_sum(desk: Desk, incident: Incident) -> Reconciled:
    return evacuation.reconcile(desk, incident_id=incident.id)[0].sum


def test_names_and_counted_heads_of_one_shelter_are_never_added(desk: Desk, clock: SetClock, incident: Incident, gym: Id) -> None:
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=10)
    shelters.count_heads(desk, asked=AskedCount(opening_id=gym, heads=6))
    assert the_sum(desk, incident) == Reconciled(10, 6, 0, 0)
    clock.forward(10)
    ids = [register(desk, gym, person(f"村民{number}"), origin_area_id=STREET).stays[0].id for number in range(5)]
    assert the_sum(desk, incident).in_shelters == 6
    register(desk, gym, person("村民七"), person("村民八"), origin_area_id=STREET)
    assert the_sum(desk, incident).in_shelters == 7
    shelters.count_heads(desk, asked=AskedCount(opening_id=gym, heads=9))
    clock.forward(10)
    shelter_people.leave(desk, stay_ids=ids[:2], to=LeftTo.RELATIVES)
    shelter_people.leave(desk, stay_ids=ids[2:3], to=LeftTo.HOSPITAL)
    assert the_sum(desk, incident) == Reconciled(10, 6, 2, 1)
    assert shelters.list_shelters(desk)[0].occupancy.heads == 6  # type: ignore[union-attr]


def test_a_mark_from_the_village_and_names_of_the_shelter_are_never_added(desk: Desk, clock: SetClock, incident: Incident, gym: Id) -> None:
    group = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=10).value
    ids = [register(desk, gym, person(f"村民{number}"), group_id=group.id).stays[0].id for number in range(4)]
    clock.forward(10)
    evacuation.mark(desk, group_id=group.id, kind=Placed.IN_SHELTER, people=6)
    evacuation.mark(desk, group_id=group.id, kind=Placed.WITH_RELATIVES, people=3)
    assert the_sum(desk, incident) == Reconciled(10, 6, 3, 0)
    clock.forward(10)
    shelter_people.leave(desk, stay_ids=ids[:2], to=LeftTo.RELATIVES)
    assert the_sum(desk, incident) == Reconciled(10, 4, 5, 0)


def test_a_village_goes_home_by_bus_in_one_act_then_everybody(desk: Desk, clock: SetClock, incident: Incident, gym: Id, hall: Id) -> None:
    group = evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=10).value
    for number in range(4):
        register(desk, gym, person(f"村民{number}"), group_id=group.id)
    register(desk, gym, WANG)
    register(desk, hall, person("李红"), group_id=group.id)
    clock.forward(10)
    with pytest.raises(LeftBeforeArrived):
        shelter_people.leave_all(desk, opening_id=gym, to=LeftTo.HOME, occurred_at=clock.at - timedelta(hours=1))
    assert len(shelter_people.people_in(desk, opening_id=gym)) == 5, "all of them leave, or nobody"
    left = shelter_people.leave_all(desk, opening_id=gym, to=LeftTo.HOME, group_id=group.id).value
    assert len(left) == 4 and {stay.left_to for stay in left} == {LeftTo.HOME}
    assert [one.person.name for one in shelter_people.people_in(desk, opening_id=gym) if one.person] == ["王小明"]
    assert len(shelter_people.leave_all(desk, opening_id=gym, to=LeftTo.RENTED).value) == 1
    with pytest.raises(FieldMissing):
        shelter_people.leave_all(desk, opening_id=gym, to=LeftTo.HOME)
    assert len(shelter_people.people_in(desk, opening_id=hall)) == 1, "who is in another shelter stays there"
    with pytest.raises(RoleMissing):
        shelter_people.leave_all(acting_as(desk, "observer"), opening_id=hall, to=LeftTo.HOME)


def test_a_shelter_is_closed_when_everybody_left_by_name(desk: Desk, clock: SetClock, gym: Id) -> None:
    ids = [stay.id for stay in register(desk, gym, WANG, person("李红")).stays]
    clock.forward(10)
    shelters.count_heads(desk, asked=AskedCount(opening_id=gym, heads=2))
    clock.forward(10)
    shelter_people.leave(desk, stay_ids=ids[:1], to=LeftTo.HOME)
    with pytest.raises(ShelterOccupied):
        shelters.close_shelter(desk, opening_id=gym, note="已清洁查验")
    shelter_people.leave(desk, stay_ids=ids[1:], to=LeftTo.HOME)
    shelters.close_shelter(desk, opening_id=gym, note="已清洁查验")


# -- ages -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("said", "least", "most", "band"), [
    ("82", 82, 82, AgeBand.OLDEST), ("八十多", 80, 89, AgeBand.OLDEST), ("80多岁", 80, 89, AgeBand.OLDEST), ("三十二", 32, 32, AgeBand.ADULT),
    ("七八十", 70, 89, AgeBand.UNKNOWN), ("半岁", 0, 2, AgeBand.INFANT), ("3个月", 0, 2, AgeBand.INFANT), ("约75", 73, 77, AgeBand.OLDER),
    ("十几", 10, 19, AgeBand.UNKNOWN), ("百岁", 100, 100, AgeBand.OLDEST), ("成年", None, None, AgeBand.UNKNOWN), ("17", 17, 17, AgeBand.CHILD),
    ("三岁半", 3, 3, AgeBand.CHILD), ("两岁多", 2, 2, AgeBand.INFANT),
    ("18", 18, 18, AgeBand.ADULT), ("25-30", 25, 30, AgeBand.ADULT), ("150", None, None, AgeBand.UNKNOWN), ("2", 2, 2, AgeBand.INFANT),
])
def test_an_age_is_kept_as_it_was_said_and_its_band_is_never_guessed(said: str, least: int | None, most: int | None, band: AgeBand) -> None:
    age = read_age(said)
    assert (age.said, age.least, age.most, age.band) == (said, least, most, band)


def journal(desk: Desk) -> int:
    with desk.reading() as reading:
        return reading.journal_number()
