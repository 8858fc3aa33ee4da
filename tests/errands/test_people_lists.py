"""Lists of people from other desks: the gym's own list of the night, the street's, the village head's; named, kept, nothing lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile, FieldUnreadable, RoleMissing
from emergency_desk.domain.evacuation import Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Incident
from emergency_desk.domain.people_lists import ListStanding, PersonProblem
from emergency_desk.domain.shelter_people import Oddity
from emergency_desk.errands import people_lists
from emergency_desk.errands.people_lists import PeoplePreview
from emergency_desk.services import evacuation, integrity, missing_people, shelter_people
from emergency_desk.services.desk import Desk
from emergency_desk.wording.people_list_words import taken_words
from tests import story
from tests.builders import STREET, SetClock, acting_as
from tests.errands.test_hostile_files import bomb, last_cell
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
def hall(desk: Desk, incident: Incident) -> Id:
    return open_it(desk, incident, HALL)


@pytest.fixture
def village(desk: Desk, incident: Incident) -> Id:
    return evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="张家河", to_move=6).value.id


def look(desk: Desk, folder: Path, target: Id, text: str, name: str = "list.csv") -> PeoplePreview:
    path = folder / name
    path.write_text(text, encoding="gb18030")
    return people_lists.preview(desk, path=path, target_id=target)


def standing(preview: PeoplePreview) -> list[ListStanding]:
    return [line.standing for line in preview.found.lines]


def in_shelter(desk: Desk, opening: Id) -> list[tuple[str, str, str]]:
    people = [one.person for one in shelter_people.people_in(desk, opening_id=opening) if one.person is not None]
    return sorted((one.name, one.id_tail, one.age) for one in people)


NIGHT = "姓名,证件号,年龄,电话,户号\n王小明,37021219440101123X,八十多,13800001111,1\n李红,5678,79,,1\n赵一,,四十左右,,2\n"


def test_a_list_is_looked_at_first_and_taken_whole(desk: Desk, gym: Id, tmp_path: Path) -> None:
    preview = look(desk, tmp_path, gym, NIGHT)
    assert standing(preview) == [ListStanding.NEW] * 3 and not in_shelter(desk, gym)
    taken = people_lists.take(desk, preview)
    assert taken.value == 3 and taken.bad_rows_path is None
    assert in_shelter(desk, gym) == sorted([("王小明", "123X", "八十多"), ("李红", "5678", "79"), ("赵一", "", "四十左右")])
    assert [odd.kind for odd in taken.odd] == [Oddity.AGE_AS_SAID, Oddity.AGE_AS_SAID]
    families = {one.stay.household_id for one in shelter_people.people_in(desk, opening_id=gym)}
    assert len(families) == 2
    assert integrity.check(desk).is_sound


def test_two_desks_lists_of_the_same_night_lose_nobody_and_double_nobody_by_number(desk: Desk, gym: Id, tmp_path: Path) -> None:
    people_lists.take(desk, look(desk, tmp_path, gym, NIGHT))
    street = "电话,宿位,姓名,身份证号\n13800001111,A-12,王小明,\n,,赵一,\n,,孙三,4321\n"
    preview = look(desk, tmp_path, gym, street, "street.csv")
    assert standing(preview) == [ListStanding.HERE, ListStanding.HERE_BY_NAME, ListStanding.NEW] and not preview.found.is_known
    taken = people_lists.take(desk, preview)
    assert taken.value == 2 and Oddity.HERE_ALREADY in [odd.kind for odd in taken.odd]
    names = [name for name, _tail, _age in in_shelter(desk, gym)]
    assert sorted(names) == sorted(["王小明", "李红", "赵一", "赵一", "孙三"]), "two of one name may be two people"
    ming = shelter_people.find_people(desk, text="王小明").lines[0]
    assert (ming.stay.bed, ming.person.id_tail if ming.person else "") == ("A-12", "123X"), "what only the second list knew is filled in"
    assert len(shelter_people.possible_doubles(desk, incident_id=ming.stay.incident_id)) == 1


def test_the_same_list_again_is_told_before_it_is_taken(desk: Desk, gym: Id, tmp_path: Path) -> None:
    people_lists.take(desk, look(desk, tmp_path, gym, NIGHT))
    assert look(desk, tmp_path, gym, NIGHT).found.is_known


def test_one_person_in_two_shelters_is_named_and_kept(desk: Desk, gym: Id, hall: Id, tmp_path: Path, incident: Incident) -> None:
    people_lists.take(desk, look(desk, tmp_path, gym, NIGHT))
    preview = look(desk, tmp_path, hall, "姓名,证件号\n李红,5678\n")
    assert standing(preview) == [ListStanding.ELSEWHERE] and preview.found.lines[0].known_in == "中学体育馆"
    people_lists.take(desk, preview)
    (pair,) = shelter_people.possible_doubles(desk, incident_id=incident.id)
    assert pair.is_sure


def test_one_person_twice_on_a_list_stands_there_once(desk: Desk, gym: Id, tmp_path: Path) -> None:
    taken = people_lists.take(desk, look(desk, tmp_path, gym, "姓名,证件号,电话\n李红,5678,\n李红,370212198001015678,13900002222\n"))
    assert taken.value == 1 and [odd.kind for odd in taken.odd] == [Oddity.HERE_ALREADY]
    assert shelter_people.find_people(desk, text="13900002222").lines


def test_a_street_list_names_several_shelters_and_villages(desk: Desk, gym: Id, hall: Id, village: Id, tmp_path: Path) -> None:
    text = ("姓名,安置点,村,去向,入住时间\n甲,体育馆,张家河,,\n乙,文体中心,张家河村,,\n丙,大礼堂,,,\n丁,,海外,投亲,\n戊,,石湾,,\n"
            "己,,,,2031-01-01 08:00\n")
    preview = look(desk, tmp_path, gym, text)
    assert [(line.shelter, line.village, line.problem) for line in preview.found.lines] == [
        ("中学体育馆", "张家河", None), ("文体中心", "张家河", None), ("", "", PersonProblem.SHELTER_UNKNOWN),
        ("", "", PersonProblem.HAS_LEFT),
        ("中学体育馆", "", None), ("中学体育馆", "", PersonProblem.IN_FUTURE)]
    taken = people_lists.take(desk, preview)
    assert taken.value == 3 and taken.bad_rows_path is not None
    with taken.bad_rows_path.open(encoding="gb18030", newline="") as file:
        back = list(csv.reader(file))
    assert [row[0] for row in back[1:]] == ["丙", "丁", "己"] and "大礼堂" in back[1][-1]
    assert [one.person.note for one in shelter_people.find_people(desk, text="戊").lines if one.person] == ["石湾"], "the place is kept"


def test_a_village_heads_list_says_who_is_missing(desk: Desk, gym: Id, village: Id, tmp_path: Path, incident: Incident) -> None:
    register(desk, gym, person("王小明", id_number="123X"))
    text = "姓名,村,身份证号码,健康状况\n王小明,,37021219440101123X,慢性病\n李红,张家河村,,无\n钱二,另一村,,\n"
    evacuation.order_evacuation(desk, incident_id=incident.id, area_id=STREET, name="港东", to_move=4)
    preview = look(desk, tmp_path, village, text)
    assert [line.problem for line in preview.found.lines] == [None, None, PersonProblem.VILLAGE_UNKNOWN]
    assert standing(preview)[0] is ListStanding.ELSEWHERE and preview.found.lines[0].known_in == "中学体育馆"
    assert people_lists.take(desk, preview).value == 1
    people = [one.person.name for one in missing_people.list_missing(desk, incident_id=incident.id)[0].people if one.person]
    assert people == ["李红"]
    assert standing(look(desk, tmp_path, village, text))[1] is ListStanding.LOOKED_FOR


def test_who_is_with_relatives_or_away_by_a_village_heads_list_is_not_missing(
    desk: Desk, gym: Id, village: Id, tmp_path: Path, incident: Incident,
) -> None:
    register(desk, gym, person("王小明", id_number="123X"))
    before = look(desk, tmp_path, village, "姓名\n丙\n")
    people_lists.take(desk, before)
    text = "姓名,证件后四位,去向\n王小明,123X,外出\n甲,,投亲靠友\n乙,,外出务工\n丙,,亲戚家\n丁,,不愿外出\n戊,,中学\n己,,\n"
    preview = look(desk, tmp_path, village, text, "where.csv")
    assert [line.row.person.placed for line in preview.found.lines] == [
        Placed.AWAY, Placed.WITH_RELATIVES, Placed.AWAY, Placed.WITH_RELATIVES, None, None, None]
    taken = people_lists.take(desk, preview)
    assert (taken.value, taken.found, taken.outside) == (5, 1, 2), "one of an earlier list is with relatives now"
    (found,) = missing_people.list_missing(desk, incident_id=incident.id)
    assert sorted(one.person.name for one in found.people if one.person) == ["丁", "己", "戊"]
    assert [one.person.note for one in found.people if one.person and one.person.name == "丁"] == ["不愿外出"], "what was not understood is kept"
    assert found.sum is not None
    assert (found.sum.in_shelters, found.sum.with_relatives, found.sum.away) == (1, 2, 1), "who is registered is there, whatever a list says"
    assert integrity.check(desk).is_sound
    people_lists.take(desk, look(desk, tmp_path, village, text, "again.csv"))
    assert missing_people.list_missing(desk, incident_id=incident.id)[0].sum == found.sum, "the same list again changes nothing"


def test_what_came_of_a_list_never_names_a_village_its_rows_do_not_belong_to() -> None:
    told = taken_words("张家河", 5, is_village=True, found=1, outside=2)
    assert told[0] == "3 people are looked for by name now." and not any("张家河" in words for words in told)
    assert taken_words("中学", 5, is_village=False) == ["5 people are registered in 中学."]


def test_a_list_is_told_by_order_or_village(desk: Desk, gym: Id, village: Id) -> None:
    number = people_lists.target_told(desk, village="张家河")
    assert number.is_village
    order = next(one.number for one in people_lists.people_lists.targets(desk) if not one.is_village)
    assert people_lists.target_told(desk, order=order).id == gym
    for told in ({"order": ""}, {"order": "X"}, {"village": "没有"}):
        with pytest.raises(FieldUnreadable):
            people_lists.target_told(desk, **told)
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        people_lists.target_told(desk, village="张家河")


@pytest.mark.parametrize("make", [last_cell, bomb])
def test_a_file_made_to_hurt_is_refused_and_nobody_is_taken(desk: Desk, gym: Id, tmp_path: Path, make: object) -> None:
    path = tmp_path / "hurt.xlsx"
    make(path)  # type: ignore[operator]
    with pytest.raises(BadFile):
        people_lists.preview(desk, path=path, target_id=gym)
    assert not in_shelter(desk, gym)
