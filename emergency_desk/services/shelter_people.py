"""People in shelters by name: registered alone or as a family, found, let go, moved, and told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing, NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import (
    Alike,
    AskedHousehold,
    AskedPerson,
    PersonLine,
    PossibleDouble,
    Registered,
    Way,
    alike,
    check_household,
    filled,
    person_of,
)
from emergency_desk.domain.shelters import LeftTo, ShelterStay
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import stays as stays_at_work
from emergency_desk.services.steps.timing import refuse_future

MOST_FOUND, MOST_DOUBLES = 100, 200


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """What a search found: at most so many, and whether there are more."""

    lines: tuple[PersonLine, ...]
    is_more: bool = False


# -- reading ----------------------------------------------------------------------------------------------------------
def people_in(desk: Desk, *, opening_id: Id, is_gone: bool = False) -> list[PersonLine]:
    """Return who is in a shelter, families together, or who has left it. Raises RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    gone = "IS NOT NULL ORDER BY left_at DESC, id" if is_gone else "IS NULL ORDER BY household_id, id"
    with desk.reading() as reading:
        return stays_at_work.lines_of(reading, reading.shelter_stays.where(f"WHERE opening_id = ? AND left_at {gone}", (opening_id,)))


def household_of(desk: Desk, *, stay_id: Id) -> list[PersonLine]:
    """Return everybody who came with somebody and is still there, the one asked for first. Raises NotFound, RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    with desk.reading() as reading:
        stay = reading.shelter_stays.get(stay_id)
        stays = reading.shelter_stays.where("WHERE household_id = ? AND opening_id = ? AND left_at IS NULL ORDER BY id",
                                            (stay.household_id, stay.opening_id))
        return stays_at_work.lines_of(reading, sorted(stays, key=lambda one: one.id != stay_id))


def find_people(desk: Desk, *, text: str, most: int = MOST_FOUND) -> FoundPeople:
    """Return people of every shelter by name, pinyin, initials, phone or last four: who is there now first. Raises RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    with desk.reading() as reading:
        ids, is_more = desk.memory.find_people(reading, text, most=most)
        last: dict[Id, ShelterStay] = {}
        rest = f"WHERE personal_id IN ({','.join('?' * len(ids))}) ORDER BY left_at IS NULL, arrived_at, id"
        for stay in reading.shelter_stays.where(rest, ids) if ids else ():
            last[stay.personal_id] = stay
        lines = stays_at_work.lines_of(reading, last.values())
    return FoundPeople(tuple(sorted(lines, key=lambda one: (one.stay.left_at is not None, one.person.name if one.person else "",
                                                            one.stay.id))), is_more)


def possible_doubles(desk: Desk, *, incident_id: Id) -> list[PossibleDouble]:
    """Return pairs of stays that may be one person in two places, the surest first. Raises RoleMissing."""
    desk.may(Act.RUN_SHELTER)
    found: list[PossibleDouble] = []
    with desk.reading() as reading:
        for name in reading.people.of_more_than_one(incident_id):
            ids = reading.people.of_name(name, incident_id=incident_id)
            stays = reading.shelter_stays.where(
                f"WHERE personal_id IN ({','.join('?' * len(ids))}) AND left_at IS NULL ORDER BY id", ids)
            found += _pairs(stays_at_work.lines_of(reading, stays))
    return sorted(found, key=lambda pair: (not pair.is_sure, pair.one.stay.id))[:MOST_DOUBLES]


def _pairs(lines: Sequence[PersonLine]) -> Iterable[PossibleDouble]:
    for one, other in combinations(lines, 2):
        first, second = one.person, other.person
        if first is None or second is None or one.stay.personal_id == other.stay.personal_id \
                or other.stay.personal_id in first.not_same or one.stay.personal_id in second.not_same:
            continue
        judged = alike(first, second)
        from_two_villages = None not in (one.stay.group_id, other.stay.group_id) and one.stay.group_id != other.stay.group_id
        if judged is Alike.SAME or (judged is Alike.MAYBE and not from_two_villages):
            yield PossibleDouble(one, other, judged is Alike.SAME)


# -- coming -----------------------------------------------------------------------------------------------------------
def register(desk: Desk, *, opening_id: Id, asked: AskedHousehold, way: Way = Way.ASK) -> Done[Registered]:
    """Register people who came together, by name. What is odd is named and kept; somebody who is in another shelter is named first.

    Raises FieldMissing, FieldRefused, ShelterNotRunning, PersonInShelter, OccurredInFuture.
    """
    desk.may(Act.RUN_SHELTER)
    check_household(asked)
    at = desk.now()
    refuse_future(asked.arrived_at, at=at)
    with desk.open_work() as work:
        opening = stays_at_work.running(work, opening_id)
        registered = stays_at_work.take_in(desk, work, opening, asked, way, at=at)
        return Done(registered, work.commit("register_people", order=opening.number, people=len(registered.stays)))


def register_list(desk: Desk, *, opening_id: Id, households: Sequence[AskedHousehold], source: str) -> Done[Registered]:
    """Take a whole list another desk wrote: everybody on it is kept, and who stands elsewhere already is named as a possible double.

    Raises FieldMissing, FieldRefused, ShelterNotRunning, OccurredInFuture.
    """
    desk.may(Act.RUN_SHELTER)
    if not source.strip():
        raise FieldMissing(name="source")
    at = desk.now()
    for asked in households:
        check_household(asked)
        refuse_future(asked.arrived_at, at=at)
    with desk.open_work() as work:
        opening = stays_at_work.running(work, opening_id)
        taken = stays_at_work.take_list(desk, work, opening, households, at=at)
        return Done(taken, work.commit("register_list", order=opening.number, people=len(taken.stays), source=source.strip()))


# -- going ------------------------------------------------------------------------------------------------------------
def leave(desk: Desk, *, stay_ids: Sequence[Id], to: LeftTo, occurred_at: datetime | None = None) -> Done[tuple[ShelterStay, ...]]:
    """Let people leave a shelter, with where they go. Raises PeopleElsewhere, LeftBeforeArrived, OccurredInFuture, FieldMissing."""
    desk.may(Act.RUN_SHELTER)
    if not stay_ids:
        raise FieldMissing(name="people")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        left = tuple(stays_at_work.end(work, stay, to=to, left_at=occurred_at or at) for stay in stays_at_work.staying(work, stay_ids))
        return Done(left, work.commit("leave_shelter", to=to.value, people=len(left)))


def leave_all(
    desk: Desk, *, opening_id: Id, to: LeftTo, group_id: Id | None = None, occurred_at: datetime | None = None,
) -> Done[tuple[ShelterStay, ...]]:
    """Let everybody leave who is still in a shelter by name, or everybody of one village: a bus home is one act.

    Raises FieldMissing where nobody is left, LeftBeforeArrived, OccurredInFuture.
    """
    desk.may(Act.RUN_SHELTER)
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        there = work.shelter_stays.where("WHERE opening_id = ? AND left_at IS NULL ORDER BY id", (opening_id,))
        going = [stay for stay in there if group_id is None or stay.group_id == group_id]
        if not going:
            raise FieldMissing(name="people")
        left = tuple(stays_at_work.end(work, stay, to=to, left_at=occurred_at or at) for stay in going)
        return Done(left, work.commit("leave_shelter", to=to.value, people=len(left)))


def transfer(
    desk: Desk, *, stay_ids: Sequence[Id], opening_id: Id, bed: str = "", occurred_at: datetime | None = None,
) -> Done[tuple[ShelterStay, ...]]:
    """Let people go over to another shelter, where their stay goes on.

    Raises PeopleElsewhere, LeftBeforeArrived, PersonInShelter (they are there already), ShelterNotRunning, OccurredInFuture, FieldMissing.
    """
    desk.may(Act.RUN_SHELTER)
    if not stay_ids:
        raise FieldMissing(name="people")
    at = desk.now()
    refuse_future(occurred_at, at=at)
    with desk.open_work() as work:
        opening = stays_at_work.running(work, opening_id)
        moved = stays_at_work.go_on(desk, work, stays_at_work.staying(work, stay_ids), opening, bed=bed, at=at, arrived_at=occurred_at or at)
        stays_at_work.note_fullness(desk, work, opening, came=len(moved), at=at)
        return Done(moved, work.commit("transfer_people", order=opening.number, people=len(moved)))


# -- mending ----------------------------------------------------------------------------------------------------------
def correct_person(desk: Desk, *, stay_id: Id, asked: AskedPerson) -> Done[Registered]:
    """Write anew who somebody is, what they need and where they lie. Raises FieldMissing, NotFound once they were destroyed."""
    desk.may(Act.RUN_SHELTER)
    check_household(AskedHousehold(people=(asked,)))
    with desk.open_work() as work:
        stay = work.shelter_stays.get(stay_id)
        before = stays_at_work.people_of(work, [stay]).get(stay.personal_id)
        if before is None:
            raise NotFound(kind="people", key=stay_id)
        person, odd = person_of(asked)
        stays = stays_at_work.keep_anew(desk, work, stay.personal_id, replace(person, not_same=before.not_same), incident_id=stay.incident_id)
        mended = work.shelter_stays.put(replace(stays[stay.id], needs=asked.needs, pets=asked.pets, bed=asked.bed.strip()))
        return Done(Registered((mended,), odd), work.commit("correct_person", stay=stay.id))


def tell_apart(desk: Desk, *, one_id: Id, other_id: Id) -> Done[tuple[ShelterStay, ShelterStay]]:
    """Say that two of one name are two people; they are not asked about again. Raises NotFound."""
    desk.may(Act.RUN_SHELTER)
    with desk.open_work() as work:
        one, other = work.shelter_stays.get_many((one_id, other_id))
        people = stays_at_work.people_of(work, (one, other))
        person = people[one.personal_id]
        stays = stays_at_work.keep_anew(
            desk, work, one.personal_id, replace(person, not_same=(*person.not_same, other.personal_id)), incident_id=one.incident_id)
        return Done((stays[one.id], other), work.commit("tell_people_apart", stays=[one.id, other.id]))


def join_double(desk: Desk, *, here_id: Id, other_id: Id) -> Done[ShelterStay]:
    """Say that two stays are one person, who is in the first: the other ends, and what only it knew is kept. Raises PeopleElsewhere."""
    desk.may(Act.RUN_SHELTER)
    at = desk.now()
    with desk.open_work() as work:
        here, other = stays_at_work.staying(work, (here_id, other_id))
        people = stays_at_work.people_of(work, (here, other))
        person = filled(people[here.personal_id], people[other.personal_id])
        dropped = other.personal_id
        ended = stays_at_work.end(work, other, to=LeftTo.OTHER_SHELTER, left_at=max(at, other.arrived_at))
        work.shelter_stays.put(replace(ended, personal_id=here.personal_id))
        for looked_for in work.expected_people.where("WHERE personal_id = ? ORDER BY id", (dropped,)):
            work.expected_people.put(replace(looked_for, personal_id=here.personal_id))
        kept = stays_at_work.keep_anew(desk, work, here.personal_id, person, incident_id=here.incident_id)[here.id]
        kept = work.shelter_stays.put(replace(kept, moved_from_id=kept.moved_from_id or other.id, needs=tuple(dict.fromkeys(
            (*here.needs, *other.needs))), group_id=here.group_id or other.group_id,
            origin_area_id=here.origin_area_id or other.origin_area_id))
        work.people.drop(dropped)
        return Done(kept, work.commit("join_double", stays=[here.id, other.id]))
