"""What is to be drilled besides plans: villages, schools, high-rises and units, each by the strictest term that binds it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.drill_objects import DrillObject, ObjectKind, ObjectLine, kept_on
from emergency_desk.domain.drills import ReadyCheck
from emergency_desk.domain.errors import FieldMissing, FieldUnreadable, NotFound, RoleMissing, Stale
from emergency_desk.domain.ids import Id
from emergency_desk.services import drill_lists, drill_objects, drills, integrity
from emergency_desk.services.desk import Desk
from tests.builders import SetClock, acting_as, make_desk
from tests.services.test_drills import designed

TODAY = date(2026, 11, 5)
QINGDAO, ELSEWHERE = "370203", "110101"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


def entered(desk: Desk, name: str, *kinds: ObjectKind, area_code: str = QINGDAO) -> DrillObject:
    return drill_objects.keep_object(desk, one=DrillObject(id=Id(""), name=name, kinds=kinds, entered_on=TODAY, area_code=area_code)).value


def line(desk: Desk, one: DrillObject) -> ObjectLine:
    return next(each for each in drill_objects.programme(desk) if each.object.id == one.id)


@pytest.mark.parametrize(("kinds", "area_code", "term", "due"), [
    ((ObjectKind.VILLAGE,), QINGDAO, "qingdao_village", "2027-11-05"),
    ((ObjectKind.VILLAGE,), ELSEWHERE, None, None),  # no national text asks it
    ((ObjectKind.SCHOOL,), QINGDAO, "qingdao_school", "2027-01-31"),
    ((ObjectKind.CROWDED,), QINGDAO, "dangerous_goods", "2027-05-05"),  # each half year by the nation, each year by the city: the stricter
    ((ObjectKind.LIFELINE,), QINGDAO, "qingdao_exposed", "2027-11-05"),
    ((ObjectKind.DISASTER_PRONE,), QINGDAO, "qingdao_exposed", "2027-11-05"),
    ((ObjectKind.DANGEROUS_GOODS,), ELSEWHERE, "dangerous_goods", "2027-05-05"),
    ((ObjectKind.PRODUCTION,), ELSEWHERE, "production_unit", "2027-11-05"),
    ((ObjectKind.PRODUCTION, ObjectKind.ON_SITE_PLAN), ELSEWHERE, "on_site_plan", "2027-05-05"),
    ((ObjectKind.HIGH_RISE,), ELSEWHERE, "high_rise", "2027-11-05"),
    ((ObjectKind.HIGH_RISE_PUBLIC,), ELSEWHERE, "high_rise_public", "2027-05-05"),
    ((ObjectKind.GOVERNMENT,), ELSEWHERE, "government_safety", "2028-11-05"),
    ((ObjectKind.SCHOOL, ObjectKind.HIGH_RISE), QINGDAO, "qingdao_school", "2027-01-31"),
])
def test_the_strictest_term_says_by_when(desk: Desk, kinds: tuple[ObjectKind, ...], area_code: str, term: str | None, due: str | None) -> None:
    found = line(desk, entered(desk, "某处", *kinds, area_code=area_code))
    assert (found.term.id if found.term else None, found.due_on.isoformat() if found.due_on else None) == (term, due)
    assert found.term is None or found.term.basis.title.zh


def test_a_school_is_drilled_once_in_each_semester(desk: Desk, clock: SetClock) -> None:
    school = entered(desk, "王哥庄中学", ObjectKind.SCHOOL)
    drill_objects.note_object_drilled(desk, object_id=school.id, on_date=date(2026, 10, 12), note="消防疏散")
    assert line(desk, school).due_on == date(2027, 7, 31), "this semester is done; the next one ends in July"
    clock.forward(120 * 24 * 60)
    drill_objects.note_object_drilled(desk, object_id=school.id, on_date=date(2027, 3, 3))
    found = line(desk, school)
    assert (found.due_on, [one.on_date for one in found.times]) == (date(2028, 1, 31), [date(2027, 3, 3), date(2026, 10, 12)])


def test_a_drill_that_ends_counts_for_every_object_it_rehearsed(desk: Desk, clock: SetClock) -> None:
    village, plant = entered(desk, "东村村委会", ObjectKind.VILLAGE), entered(desk, "某化工厂", ObjectKind.DANGEROUS_GOODS)
    other = entered(desk, "西村村委会", ObjectKind.VILLAGE)
    drill = designed(desk)
    drill_objects.link_objects(desk, drill_id=drill.id, object_ids=[village.id, plant.id, other.id])
    drill_objects.link_objects(desk, drill_id=drill.id, object_ids=[plant.id, village.id])
    assert [one.name for one in drill_objects.objects_of(desk, drill_id=drill.id)] == ["东村村委会", "某化工厂"]
    assert (line(desk, village).planned, line(desk, other).planned) == (drill_lists.find_drill(desk), None)
    clock.forward(24 * 60)
    drills.check_drill(desk, drill_id=drill.id, checks=ReadyCheck)
    drills.start_drill(desk, drill_id=drill.id)
    drills.end_drill(desk, drill_id=drill.id, heads=214)
    found = line(desk, plant)
    assert found.last is not None and (found.last.on_date, found.last.drill_id, found.planned) == (date(2026, 11, 6), drill.id, None)
    assert (found.due_on, line(desk, other).last) == (date(2027, 5, 6), None)
    assert integrity.check(desk).is_sound


def test_the_earliest_due_stands_first_and_what_is_late_is_counted(desk: Desk, clock: SetClock) -> None:
    village, plant = entered(desk, "东村村委会", ObjectKind.VILLAGE), entered(desk, "某化工厂", ObjectKind.DANGEROUS_GOODS)
    free = entered(desk, "某村", ObjectKind.VILLAGE, area_code=ELSEWHERE)
    assert [one.object.id for one in drill_objects.programme(desk)] == [plant.id, village.id, free.id]
    counted = kept_on([one.due_on for one in drill_objects.programme(desk)], day=date(2027, 5, 6))
    assert (counted.total, counted.late, counted.share) == (2, 1, 0.5)
    assert line(desk, plant).is_late_on(date(2027, 5, 6)) and not line(desk, plant).is_late_on(date(2027, 5, 5))


def test_an_object_is_changed_put_away_and_brought_back(desk: Desk) -> None:
    one = entered(desk, "东村", ObjectKind.VILLAGE)
    kept = drill_objects.keep_object(desk, one=DrillObject(
        id=one.id, name="东村村委会", kinds=(ObjectKind.VILLAGE,), entered_on=date(2020, 1, 1), area_code=QINGDAO, version=one.version)).value
    assert (kept.name, kept.entered_on) == ("东村村委会", TODAY), "from when its terms count is not typed"
    with pytest.raises(Stale):
        drill_objects.keep_object(desk, one=one)
    drill_objects.set_object_retired(desk, object_id=one.id, is_retired=True)
    assert drill_objects.programme(desk) == ()
    with pytest.raises(NotFound):
        drill_objects.find_object(desk, name="东村村委会")
    drill_objects.set_object_retired(desk, object_id=one.id, is_retired=False)
    assert drill_objects.find_object(desk, name="东村村委会").id == one.id


def test_what_says_nothing_or_lies_ahead_is_refused(desk: Desk) -> None:
    blank = DrillObject(id=Id(""), name="村", kinds=(ObjectKind.VILLAGE,), entered_on=TODAY)
    for wrong in ({"name": " "}, {"kinds": ()}):
        with pytest.raises(FieldMissing):
            drill_objects.keep_object(desk, one=replace(blank, **wrong))  # type: ignore[arg-type]
    one = entered(desk, "东村", ObjectKind.VILLAGE)
    with pytest.raises(FieldUnreadable):
        drill_objects.note_object_drilled(desk, object_id=one.id, on_date=date(2026, 11, 6))
    acting_as(desk, "observer")
    with pytest.raises(RoleMissing):
        drill_objects.set_object_retired(desk, object_id=one.id, is_retired=True)
