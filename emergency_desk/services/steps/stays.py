"""Begins and ends stays inside an open unit of work: who it is goes to the erasable rows, the stay carries a digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.expected_people import ExpectedPerson
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.shelter_errors import LeftBeforeArrived, PeopleElsewhere, PersonInShelter, ShelterNotRunning
from emergency_desk.domain.shelter_people import (
    Alike,
    AskedHousehold,
    AskedPerson,
    Odd,
    Oddity,
    Person,
    PersonLine,
    Registered,
    Way,
    content_of,
    digits,
    filled,
    most_alike,
    name_key,
    person_from,
    person_of,
)
from emergency_desk.domain.shelters import LeftTo, ShelterOpening, ShelterStay
from emergency_desk.services.steps import awaiting, logbook
from emergency_desk.services.steps.heads import heads_of
from emergency_desk.store.repositories.people_book import Named

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork


def running(work: UnitOfWork, opening_id: Id) -> ShelterOpening:
    """Return an opening that takes people. Raises NotFound, ShelterNotRunning."""
    opening = work.shelter_openings.get(opening_id)
    if opening.closed_at is not None:
        raise ShelterNotRunning(name=work.sites.get(opening.shelter_id).name, state=work.shelters.get(opening.shelter_id).state)
    return opening


def named(desk: Desk, person_id: Id, person: Person) -> Named:
    """Return a person as the erasable rows keep them, under a salt of their own."""
    phone = digits(person.phone)
    return Named(person_id, desk.new_salt(), content_of(person), name_key(person.name), (phone, person.id_tail.lower()), phone)


# -- coming -----------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _TakingIn:
    """One act of registering: what is the same for all of it, and what comes together."""

    desk: Desk
    work: UnitOfWork
    opening: ShelterOpening
    asked: AskedHousehold
    way: Way
    at: datetime
    household_id: Id
    group_id: Id | None
    origin_area_id: Id | None
    awaits: bool = False  # somebody is looked for by name
    met: dict[Id, ExpectedPerson] = field(default_factory=dict)  # those of them who are found, by the id of the person

    @property
    def arrived_at(self) -> datetime:
        return self.asked.arrived_at or self.at


def take_in(desk: Desk, work: UnitOfWork, opening: ShelterOpening, asked: AskedHousehold, way: Way, *, at: datetime) -> Registered:
    """Begin the stays of people who came together. Raises PersonInShelter, FieldRefused, LeftBeforeArrived."""
    begun = _begin_all(desk, work, opening, asked, way, at=at)
    return Registered(begun.stays, (*begun.odd, *note_fullness(desk, work, opening, came=len(begun.stays), at=at)))


def take_list(desk: Desk, work: UnitOfWork, opening: ShelterOpening, households: Iterable[AskedHousehold], *, at: datetime) -> Registered:
    """Begin the stays of a list that somebody else wrote: who is there already by a number is kept once, everybody else is kept.

    Raises FieldRefused.
    """
    stays: list[ShelterStay] = []
    odd: list[Odd] = []
    for asked in households:
        coming = tuple(one for one in asked.people if not _is_here_already(desk, work, opening, one, odd))
        if coming:
            begun = _begin_all(desk, work, opening, replace(asked, people=coming), Way.KEEP_BOTH, at=at)
            stays += begun.stays
            odd += begun.odd
    odd += note_fullness(desk, work, opening, came=len(stays), at=at)
    return Registered(tuple(stays), tuple(dict.fromkeys(odd)))


def _is_here_already(desk: Desk, work: UnitOfWork, opening: ShelterOpening, asked: AskedPerson, odd: list[Odd]) -> bool:
    """Fill in what the list knows of somebody who is in the shelter by the same number."""
    person, _read = person_of(asked)
    for judged, id_ in most_alike(person, work.people.numbers_of(name_key(person.name), incident_id=opening.incident_id)):
        here = work.shelter_stays.first("WHERE personal_id = ? AND opening_id = ? AND left_at IS NULL", (id_, opening.id)) \
            if judged is Alike.SAME else []
        for stay in here:
            known = people_by_id(work, (stay.personal_id,))[stay.personal_id]
            kept = keep_anew(desk, work, stay.personal_id, filled(known, person), incident_id=opening.incident_id)[stay.id]
            work.shelter_stays.put(replace(kept, needs=tuple(dict.fromkeys((*kept.needs, *asked.needs))), bed=kept.bed or asked.bed.strip(),
                                           pets=kept.pets or asked.pets))
            odd.append(Odd(Oddity.HERE_ALREADY, person.name))
            return True
    return False


def _begin_all(desk: Desk, work: UnitOfWork, opening: ShelterOpening, asked: AskedHousehold, way: Way, *, at: datetime) -> Registered:
    group_id, area_id = _origin(work, opening, asked)
    taking = _TakingIn(desk, work, opening, asked, way, at, desk.new_id(), group_id, area_id,
                       awaiting.are_any(work, opening.incident_id))
    stays: list[ShelterStay] = []
    new: list[Named] = []
    odd: list[Odd] = []
    for one in asked.people:
        person, read = person_of(one)
        odd += read
        stays.append(_begin(taking, one, person, new, odd))
    digests = dict(zip((one.id for one in new), work.people.keep(new, incident_id=opening.incident_id) if new else (), strict=True))
    for found in taking.met.values():
        work.expected_people.put(replace(found, personal_digest=digests[found.personal_id]))
    kept = tuple(work.shelter_stays.add(replace(stay, personal_digest=digests.get(stay.personal_id, stay.personal_digest)))
                 for stay in stays)
    return Registered(kept, tuple(odd))


def _origin(work: UnitOfWork, opening: ShelterOpening, asked: AskedHousehold) -> tuple[Id | None, Id | None]:
    """Return the village that was to be moved and its area; a lone village of an area is known by the area."""
    if asked.group_id is not None:
        group = work.evacuation_groups.get(asked.group_id)
        if group.incident_id != opening.incident_id:
            raise FieldRefused(name="group_id", reason="other_incident", typed=group.name, other=opening.number)
        return group.id, group.area_id
    if asked.origin_area_id is None:
        return None, None
    of_area = work.evacuation_groups.some(("id",), "WHERE incident_id = ? AND area_id = ? AND is_called_off = 0",
                                          (opening.incident_id, asked.origin_area_id))
    return (Id(of_area[0][0]) if len(of_area) == 1 else None), asked.origin_area_id


def _begin(taking: _TakingIn, asked: AskedPerson, person: Person, new: list[Named], odd: list[Odd]) -> ShelterStay:
    """Return the stay of one person: somebody new, somebody who came over, or somebody who came back."""
    judged, last = _known(taking, person)
    if judged is Alike.SAME and last is not None and last.left_at is None and taking.way is not Way.KEEP_BOTH:
        if taking.way is Way.ASK or last.opening_id == taking.opening.id:
            raise PersonInShelter(shelter=taking.work.sites.get(last.shelter_id).name, since=last.arrived_at, stay_id=last.id)
        end(taking.work, last, to=LeftTo.OTHER_SHELTER, left_at=taking.arrived_at)
        return _stay(taking, asked, personal_id=last.personal_id, digest=last.personal_digest, before=last)
    if judged is Alike.SAME and last is not None and last.left_at is not None and last.left_at <= taking.arrived_at:
        odd.append(Odd(Oddity.CAME_BACK, person.name))
        return _stay(taking, asked, personal_id=last.personal_id, digest=last.personal_digest, before=last)
    if judged is not Alike.OTHER and last is not None and last.left_at is None:
        odd.append(Odd(Oddity.MAY_BE_TWICE, person.name))
    for one, before in _awaited(taking, person):
        taking.met[one.personal_id] = one
        odd.append(Odd(Oddity.WAS_MISSING, person.name))
        new.append(named(taking.desk, one.personal_id, filled(person, before)))
        return _of_expected(taking.work, _stay(taking, asked, personal_id=one.personal_id), one)
    person_id = taking.desk.new_id()
    new.append(named(taking.desk, person_id, person))
    return _stay(taking, asked, personal_id=person_id)


def _awaited(taking: _TakingIn, person: Person) -> list[tuple[ExpectedPerson, Person]]:
    return awaiting.awaited(taking.work, person, incident_id=taking.opening.incident_id, group_id=taking.group_id,
                            met=taking.met) if taking.awaits else []


def _of_expected(work: UnitOfWork, stay: ShelterStay, one: ExpectedPerson) -> ShelterStay:
    """Return a stay with what the list knew: the village, and what somebody needs."""
    if stay.group_id is None and one.group_id is not None:
        group = work.evacuation_groups.get(one.group_id)
        stay = replace(stay, group_id=group.id, origin_area_id=stay.origin_area_id or group.area_id)
    return replace(stay, needs=stay.needs or one.needs)


def _stay(taking: _TakingIn, asked: AskedPerson, *, personal_id: Id, digest: str = "", before: ShelterStay | None = None) -> ShelterStay:
    opening = taking.opening
    return ShelterStay(
        id=taking.desk.new_id(), opening_id=opening.id, shelter_id=opening.shelter_id, incident_id=opening.incident_id,
        household_id=taking.household_id, personal_id=personal_id, arrived_at=taking.arrived_at, recorded_at=taking.at,
        account_id=taking.desk.who, personal_digest=digest,
        origin_area_id=taking.origin_area_id or (before.origin_area_id if before else None),
        needs=asked.needs or (before.needs if before else ()), pets=asked.pets, bed=asked.bed.strip(),
        moved_from_id=before.id if before else None, is_exercise=opening.is_exercise,
        group_id=taking.group_id or (before.group_id if before else None))


def _known(taking: _TakingIn, person: Person) -> tuple[Alike, ShelterStay | None]:
    """Return the likest person of that name who is known in this incident, with the last of their stays."""
    book, stays = taking.work.people, taking.work.shelter_stays
    likest = most_alike(person, book.numbers_of(name_key(person.name), incident_id=taking.opening.incident_id))
    for judged, id_ in likest:
        last = stays.first("WHERE personal_id = ? ORDER BY left_at IS NOT NULL, arrived_at DESC, id DESC", (id_,))
        if last and (judged is Alike.SAME or last[0].left_at is None):
            return judged, last[0]
    return Alike.OTHER, None


# -- going ------------------------------------------------------------------------------------------------------------
def staying(work: UnitOfWork, stay_ids: Iterable[Id]) -> list[ShelterStay]:
    """Return stays that have not ended. Raises PeopleElsewhere, NotFound."""
    stays = work.shelter_stays.get_many(dict.fromkeys(stay_ids))
    for stay in stays:
        if stay.left_at is not None:
            raise PeopleElsewhere(shelter=work.sites.get(stay.shelter_id).name)
    return stays


def end(work: UnitOfWork, stay: ShelterStay, *, to: LeftTo, left_at: datetime) -> ShelterStay:
    """End a stay. Raises LeftBeforeArrived."""
    if left_at < stay.arrived_at:
        raise LeftBeforeArrived(typed=left_at, arrived=stay.arrived_at)
    return work.shelter_stays.put(replace(stay, left_at=left_at, left_to=to))


def go_on(desk: Desk, work: UnitOfWork, stays: Sequence[ShelterStay], opening: ShelterOpening, *, bed: str, at: datetime,
          arrived_at: datetime) -> tuple[ShelterStay, ...]:
    """Let people stay on in another shelter: their stays end and go on there, and the household stays one."""
    household: dict[Id, Id] = {}
    moved = []
    for stay in stays:
        if stay.opening_id == opening.id:
            raise PersonInShelter(shelter=work.sites.get(stay.shelter_id).name, since=stay.arrived_at, stay_id=stay.id)
        ended = end(work, stay, to=LeftTo.OTHER_SHELTER, left_at=arrived_at)
        moved.append(work.shelter_stays.add(replace(
            ended, id=desk.new_id(), opening_id=opening.id, shelter_id=opening.shelter_id, incident_id=opening.incident_id,
            household_id=household.setdefault(stay.household_id, desk.new_id()), arrived_at=arrived_at, recorded_at=at,
            account_id=desk.who, bed=bed.strip(), left_at=None, left_to=None, moved_from_id=stay.id, version=0)))
    return tuple(moved)


def note_fullness(desk: Desk, work: UnitOfWork, opening: ShelterOpening, *, came: int, at: datetime) -> list[Odd]:
    """Name it when more are in a shelter than it has places; the log tells it when the line is crossed. Nobody is sent away for it."""
    if opening.capacity is None:
        return []
    there = heads_of(work, [opening])[opening.id].present
    if there <= opening.capacity:
        return []
    if there - came <= opening.capacity:
        logbook.write(desk, work, Happening.SHELTER, at=at, incident_id=opening.incident_id, about_id=opening.shelter_id, step="over",
                      shelter=work.sites.get(opening.shelter_id).name, heads=there, places=opening.capacity)
    return [Odd(Oddity.OVER_CAPACITY, said=f"{there}/{opening.capacity}")]


# -- who it is --------------------------------------------------------------------------------------------------------
def people_of(reading: Repositories, stays: Iterable[ShelterStay]) -> dict[Id, Person]:
    """Return who some stays are, by the id of the person; who was destroyed is not among them."""
    return people_by_id(reading, (stay.personal_id for stay in stays))


def people_by_id(reading: Repositories, ids: Iterable[str]) -> dict[Id, Person]:
    """Return who some people are; who was destroyed is not among them."""
    return {Id(id_): person_from(content) for id_, content in reading.people.contents(ids).items()}


def keep_anew(desk: Desk, work: UnitOfWork, personal_id: Id, person: Person, *, incident_id: Id) -> dict[Id, ShelterStay]:
    """Write who somebody is anew; every record of theirs carries the new digest. Returns their stays."""
    digest = work.people.keep([named(desk, personal_id, person)], incident_id=incident_id)[0]
    for one in work.expected_people.where("WHERE personal_id = ? ORDER BY id", (personal_id,)):
        work.expected_people.put(replace(one, personal_digest=digest))
    return {one.id: work.shelter_stays.put(replace(one, personal_digest=digest)) for one in work.shelter_stays.where(
        "WHERE personal_id = ? ORDER BY id", (personal_id,))}


def lines_of(reading: Repositories, stays: Iterable[ShelterStay]) -> list[PersonLine]:
    """Return stays with who they are, where, and from which village."""
    some = list(stays)
    people = people_of(reading, some)
    shelters = sorted({stay.shelter_id for stay in some})
    sites = {site.id: site for site in reading.sites.where(f"WHERE id IN ({','.join('?' * len(shelters))})", shelters)}
    groups = {id_: reading.evacuation_groups.get(id_).name for id_ in {stay.group_id for stay in some} if id_ is not None}
    return [PersonLine(stay, sites[stay.shelter_id].name, sites[stay.shelter_id].name_en, people.get(stay.personal_id),
                       groups.get(stay.group_id, "") if stay.group_id else "") for stay in some]
