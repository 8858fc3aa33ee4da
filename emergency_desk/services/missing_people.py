"""People who are looked for by name: lists of who is to be moved, people somebody asks for, and which of them are nowhere (R-6.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.evacuation import EvacuationGroup, Placed
from emergency_desk.domain.expected_people import (
    ExpectedPerson,
    Listed,
    MissingPerson,
    MissingVillage,
    WhyExpected,
    first_of_all,
)
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson, PersonLine, check_household
from emergency_desk.services import evacuation
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.evacuation import GroupLine
from emergency_desk.services.steps import expecting, logbook
from emergency_desk.services.steps import stays as stays_at_work
from emergency_desk.store.repositories.shapes import Repositories


# -- reading ----------------------------------------------------------------------------------------------------------
def list_missing(desk: Desk, *, incident_id: Id) -> list[MissingVillage]:
    """Return the villages where somebody is missing, by name or by number, the most vulnerable first. Raises RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    lines = evacuation.reconcile(desk, incident_id=incident_id)
    with desk.reading() as reading:
        missing = _with_who(reading, expecting.missing(reading, incident_id), {line.group.id: line.group for line in lines})
        listed = expecting.listed(reading, incident_id)
    villages = [_village(line, missing, listed) for line in lines]
    known = {line.group.id for line in lines}
    called_off = [one for one in missing if one.expected.group_id not in known and one.expected.group_id is not None]
    of_no_village = [one for one in missing if one.expected.group_id is None]
    asked = [one for one in called_off if one.expected.why is WhyExpected.ASKED_FOR]
    return first_of_all([*villages, MissingVillage(tuple((*of_no_village, *asked)))])


def _village(line: GroupLine, missing: Sequence[MissingPerson], listed: dict[Id, int]) -> MissingVillage:
    some = tuple(one for one in missing if one.expected.group_id == line.group.id)
    return MissingVillage(some, line.group, line.sum, listed.get(line.group.id, 0))


def _with_who(reading: Repositories, missing: Sequence[ExpectedPerson], groups: dict[Id, EvacuationGroup]) -> list[MissingPerson]:
    people = stays_at_work.people_by_id(reading, [one.personal_id for one in missing])
    perhaps = _perhaps(reading, missing)
    found = [MissingPerson(one, people.get(one.personal_id), groups[one.group_id].name if one.group_id in groups else "",
                           perhaps.get(one.id, ())) for one in missing]
    return sorted(found, key=lambda one: (not one.expected.needs, one.person.name if one.person is not None else "", one.expected.id))


def _perhaps(reading: Repositories, missing: Sequence[ExpectedPerson]) -> dict[Id, tuple[PersonLine, ...]]:
    """Return who is registered under the name of somebody who is missing, and may be them."""
    found = expecting.likely(reading, missing)
    lines = {line.stay.id: line for line in stays_at_work.lines_of(reading, {stay.id: stay for some in found.values() for stay in some}.values())}
    return {id_: tuple(lines[stay.id] for stay in some) for id_, some in found.items()}


# -- looking for ------------------------------------------------------------------------------------------------------
def expect_list(desk: Desk, *, group_id: Id, people: Sequence[AskedPerson], source: str) -> Done[Listed]:
    """Take the names of one village that is to be moved. Raises what `expect_lists` raises."""
    return expect_lists(desk, lists={group_id: people}, source=source)


def expect_lists(desk: Desk, *, lists: Mapping[Id, Sequence[AskedPerson]], source: str) -> Done[Listed]:
    """Take the names of villages that are to be moved: who is registered is found, who stands on an earlier list is not added again.

    Raises FieldMissing, FieldRefused, NotFound.
    """
    desk.may(Act.RUN_SHELTER)
    if not source.strip():
        raise FieldMissing(name="source")
    for people in lists.values():
        for one in people:
            check_household(AskedHousehold(people=(one,)))
    if not all(lists.values()):
        raise FieldMissing(name="people")
    at = desk.now()
    with desk.open_work() as work:
        taken = []
        for group_id, people in lists.items():
            group = work.evacuation_groups.get(group_id)
            taken.append(expecting.expect(desk, work, people, incident_id=group.incident_id, group=group, why=WhyExpected.ON_LIST,
                                          source=source.strip(), at=at))
            logbook.write(desk, work, Happening.EVACUATION, at=at, incident_id=group.incident_id, about_id=group.id, step="named",
                          group=group.name, people=len(people), told_by=source.strip())
        return Done(Listed(tuple(one for each in taken for one in each.new), sum(each.there_already for each in taken),
                           tuple(line for each in taken for line in each.found), tuple(odd for each in taken for odd in each.odd)),
                    work.commit("expect_people", villages=len(taken), people=sum(map(len, lists.values())), source=source.strip()))


def ask_for(desk: Desk, *, incident_id: Id, asked: AskedPerson, group_id: Id | None = None, asked_by: str = "") -> Done[Listed]:
    """Look for somebody a caller asks for; who asks stands in the erasable note. Raises FieldMissing, FieldRefused, NotFound."""
    desk.may(Act.RUN_SHELTER)
    check_household(AskedHousehold(people=(asked,)))
    at = desk.now()
    with desk.open_work() as work:
        incident = work.incidents.get(incident_id)
        group = work.evacuation_groups.get(group_id) if group_id is not None else None
        noted = replace(asked, note="；".join(part for part in (asked.note.strip(), asked_by.strip()) if part))
        taken = expecting.expect(desk, work, [noted], incident_id=incident.id, group=group, why=WhyExpected.ASKED_FOR, source="", at=at)
        return Done(taken, work.commit("ask_for_person", incident=incident.number))


# -- found ------------------------------------------------------------------------------------------------------------
def settle(desk: Desk, *, expected_ids: Sequence[Id], to: Placed, told_by: str = "") -> Done[tuple[ExpectedPerson, ...]]:
    """Say that people are with relatives, or away and checked. Raises FieldMissing; FieldRefused for a shelter: there they are registered."""
    desk.may(Act.RUN_SHELTER)
    if not expected_ids:
        raise FieldMissing(name="people")
    expecting.refuse_shelter(to)
    at = desk.now()
    with desk.open_work() as work:
        settled = tuple(work.expected_people.put(replace(one, settled=to, settled_at=at, told_by=told_by.strip()))
                        for one in work.expected_people.get_many(dict.fromkeys(expected_ids)))
        return Done(settled, work.commit("settle_expected", to=to.value, people=len(settled)))


def look_again(desk: Desk, *, expected_id: Id) -> Done[ExpectedPerson]:
    """Take back that somebody was found outside shelters. Raises NotFound."""
    desk.may(Act.RUN_SHELTER)
    with desk.open_work() as work:
        one = work.expected_people.get(expected_id)
        open_again = work.expected_people.put(replace(one, settled=None, settled_at=None, told_by=""))
        return Done(open_again, work.commit("look_again", expected=one.id))


def recognise(desk: Desk, *, expected_id: Id, stay_id: Id) -> Done[ExpectedPerson]:
    """Say that somebody who was registered is the one who is looked for; what only the list knew is kept. Raises NotFound."""
    desk.may(Act.RUN_SHELTER)
    with desk.open_work() as work:
        one, stay = work.expected_people.get(expected_id), work.shelter_stays.get(stay_id)
        return Done(expecting.recognise(desk, work, one, stay), work.commit("recognise_person", expected=one.id, stay=stay.id))


def tell_apart(desk: Desk, *, expected_id: Id, stay_id: Id) -> Done[ExpectedPerson]:
    """Say that somebody of the same name is another; they are not proposed again. Raises NotFound."""
    desk.may(Act.RUN_SHELTER)
    with desk.open_work() as work:
        one, stay = work.expected_people.get(expected_id), work.shelter_stays.get(stay_id)
        return Done(expecting.tell_apart(desk, work, one, stay.personal_id), work.commit("tell_expected_apart", expected=one.id, stay=stay.id))


