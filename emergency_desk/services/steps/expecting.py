"""Looks for people by name inside an open unit of work: kept, found among who is registered, recognised, told apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.evacuation import EvacuationGroup, Placed
from emergency_desk.domain.expected_people import ExpectedPerson, Listed, WhyExpected
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import Alike, AskedPerson, Odd, Oddity, Person, alike, filled, name_key, person_of
from emergency_desk.domain.shelters import Need, ShelterStay
from emergency_desk.services.steps.awaiting import NOWHERE
from emergency_desk.services.steps.stays import keep_anew, lines_of, named, people_by_id
from emergency_desk.store.repositories.people_book import Named

if TYPE_CHECKING:
    from emergency_desk.services.desk import Desk
    from emergency_desk.store.repositories.shapes import Repositories
    from emergency_desk.store.unit_of_work import UnitOfWork

_MISSING = f"WHERE incident_id = ? AND settled IS NULL AND {NOWHERE} ORDER BY id"
_SETTLED = f"WHERE incident_id = ? AND settled IS NOT NULL AND group_id IS NOT NULL AND {NOWHERE} GROUP BY group_id, settled"
_LIKELY = ("JOIN people_keys me ON me.personal_id = expected_people.personal_id JOIN people_keys other ON other.name_key = me.name_key AND "
           "+other.incident_id = expected_people.incident_id WHERE expected_people.incident_id = ? AND settled IS NULL AND "
           f"{NOWHERE} AND other.personal_id NOT IN (SELECT personal_id FROM expected_people WHERE incident_id = ?) "
           "AND EXISTS (SELECT 1 FROM shelter_stays t WHERE t.personal_id = other.personal_id)")


# -- reading ----------------------------------------------------------------------------------------------------------
def missing(reading: Repositories, incident_id: Id) -> list[ExpectedPerson]:
    """Return who is looked for and is nowhere."""
    return reading.expected_people.where(_MISSING, (incident_id,))


def listed(reading: Repositories, incident_id: Id) -> dict[Id, int]:
    """Return of how many of each village the names are known."""
    return dict(reading.expected_people.some(
        ("group_id", "count(DISTINCT personal_id)"), "WHERE incident_id = ? AND group_id IS NOT NULL GROUP BY group_id", (incident_id,)))


def settled(reading: Repositories, incident_id: Id) -> dict[Id, dict[Placed, int]]:
    """Return how many of each village were found by name outside shelters."""
    found: dict[Id, dict[Placed, int]] = {}
    for group_id, kind, people in reading.expected_people.some(("group_id", "settled", "count(*)"), _SETTLED, (incident_id,)):
        found.setdefault(group_id, {})[Placed(kind)] = people
    return found


def likely(reading: Repositories, some: Sequence[ExpectedPerson]) -> dict[Id, list[ShelterStay]]:
    """Return the last stays of those who bear the name of somebody missing, and of whom nobody said that they are others."""
    if not some:
        return {}
    by_id = {one.id: one for one in some}
    incident_id = some[0].incident_id
    pairs = [(id_, other) for id_, other in reading.expected_people.some(
        ("expected_people.id", "other.personal_id"), _LIKELY, (incident_id, incident_id)) if id_ in by_id]
    people = people_by_id(reading, [*(other for _id, other in pairs), *(one.personal_id for one in some)])
    found: dict[Id, list[ShelterStay]] = {}
    for id_, other in pairs:
        person, known = people.get(by_id[id_].personal_id), people.get(other)
        if person is None or known is None or other in person.not_same or alike(person, known) is Alike.OTHER:
            continue
        found.setdefault(id_, []).extend(last_stay(reading, other))
    return found


def last_stay(reading: Repositories, personal_id: Id) -> list[ShelterStay]:
    """Return the stay somebody is in, else their last, as a list of at most one."""
    return reading.shelter_stays.first("WHERE personal_id = ? ORDER BY left_at IS NOT NULL, arrived_at DESC, id DESC", (personal_id,))


# -- looking for ------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Looking:
    """One act of looking for people: what is the same for all of them, and what comes together."""

    desk: Desk
    work: UnitOfWork
    incident_id: Id
    group: EvacuationGroup | None
    why: WhyExpected
    source: str
    at: datetime
    is_exercise: bool
    used: set[Id] = field(default_factory=set)  # people who were met in this act: each name of a list is another person
    new: list[tuple[ExpectedPerson, Person]] = field(default_factory=list)
    by_name: dict[str, list[int]] = field(default_factory=dict)  # where those of a name stand among the new
    found: list[ShelterStay] = field(default_factory=list)
    already: int = 0
    odd: list[Odd] = field(default_factory=list)

    @property
    def group_id(self) -> Id | None:
        return self.group.id if self.group is not None else None


def expect(desk: Desk, work: UnitOfWork, people: Sequence[AskedPerson], *, incident_id: Id, group: EvacuationGroup | None, why: WhyExpected,
           source: str, at: datetime) -> Listed:
    """Look for people: who stands on an earlier list stays there once, who is registered is found, the others are kept."""
    looking = _Looking(desk, work, incident_id, group, why, source, at, desk.is_exercise or work.incidents.get(incident_id).is_exercise)
    for asked in people:
        person, odd = person_of(asked)
        looking.odd += odd
        _look_for(looking, person, asked)
    digests = work.people.keep([_named(desk, one, person) for one, person in looking.new], incident_id=incident_id) if looking.new else []
    new = tuple(work.expected_people.add(replace(one, personal_digest=digest))
                for (one, _person), digest in zip(looking.new, digests, strict=True))
    return Listed(new, looking.already, tuple(lines_of(work, looking.found)), tuple(looking.odd))


def _named(desk: Desk, one: ExpectedPerson, person: Person) -> Named:
    return named(desk, one.personal_id, person)


def _look_for(looking: _Looking, person: Person, asked: AskedPerson) -> None:
    work, needs = looking.work, asked.needs
    for place in looking.by_name.get(name_key(person.name), ()):
        one, other = looking.new[place]
        if alike(person, other) is Alike.SAME:  # the list names one person twice
            looking.new[place] = _settled(looking, _with_needs(one, needs), asked.placed), filled(other, person)
            looking.odd.append(Odd(Oddity.TWICE_ON_LIST, person.name))
            return
    known = _known(looking, person)
    if known is None:
        looking.by_name.setdefault(name_key(person.name), []).append(len(looking.new))
        looking.new.append((_settled(looking, _expected(looking, looking.desk.new_id(), needs), asked.placed), person))
        return
    personal_id, before = known
    looking.used.add(personal_id)
    keep_anew(looking.desk, work, personal_id, filled(before, person), incident_id=looking.incident_id)
    earlier = work.expected_people.where("WHERE personal_id = ? ORDER BY id", (personal_id,))
    stays = last_stay(work, personal_id)
    for one in earlier:
        known_now = replace(_with_needs(one, needs), group_id=one.group_id or looking.group_id)
        work.expected_people.put(known_now if stays else _settled(looking, known_now, asked.placed))
    looking.already += bool(earlier)
    for stay in stays:
        looking.found.append(_of_village(work, stay, looking.group))
        if not earlier:
            work.expected_people.add(replace(_expected(looking, personal_id, needs), personal_digest=stay.personal_digest))


def _with_needs(one: ExpectedPerson, needs: tuple[Need, ...]) -> ExpectedPerson:
    return replace(one, needs=tuple(dict.fromkeys((*one.needs, *needs))))


def _settled(looking: _Looking, one: ExpectedPerson, placed: Placed | None) -> ExpectedPerson:
    """Return somebody of whom the list itself says that they are with relatives or away; what was said before stays."""
    if placed is None or one.settled is not None:
        return one
    refuse_shelter(placed)
    return replace(one, settled=placed, settled_at=looking.at, told_by=looking.source)


def _expected(looking: _Looking, personal_id: Id, needs: tuple[Need, ...]) -> ExpectedPerson:
    return ExpectedPerson(id=looking.desk.new_id(), incident_id=looking.incident_id, personal_id=personal_id, why=looking.why,
                          recorded_at=looking.at, account_id=looking.desk.who, group_id=looking.group_id, needs=needs, source=looking.source,
                          is_exercise=looking.is_exercise)


def _known(looking: _Looking, person: Person) -> tuple[Id, Person] | None:
    """Return somebody known who is this person: by a number, or by the name within one village, each met once."""
    work = looking.work
    ids = [id_ for id_ in work.people.of_name(name_key(person.name), incident_id=looking.incident_id) if id_ not in looking.used]
    people = people_by_id(work, ids)
    maybe: list[Id] = []
    for id_, other in people.items():
        judged = alike(person, other)
        if judged is Alike.SAME:
            return id_, other
        if judged is Alike.MAYBE and looking.group is not None:
            maybe.append(id_)
    return next(((id_, people[id_]) for id_ in maybe if looking.group_id in _villages(work, id_)), None)


def _villages(work: UnitOfWork, personal_id: Id) -> Collection[Id | None]:
    return {row[0] for table in (work.expected_people, work.shelter_stays)
            for row in table.some(("group_id",), "WHERE personal_id = ?", (personal_id,))}


# -- found ------------------------------------------------------------------------------------------------------------
def refuse_shelter(to: Placed) -> None:
    """Refuse to settle somebody into a shelter: there they are registered. Raises FieldRefused."""
    if to is Placed.IN_SHELTER:
        raise FieldRefused(name="kind", reason="choice", typed=to, other=", ".join(one for one in Placed if one is not to))


def recognise(desk: Desk, work: UnitOfWork, one: ExpectedPerson, stay: ShelterStay) -> ExpectedPerson:
    """Say that a registered person is the one who is looked for: one row of theirs stays, with what both knew."""
    people: Mapping[Id, Person] = people_by_id(work, (one.personal_id, stay.personal_id))
    dropped = one.personal_id
    kept = keep_anew(desk, work, stay.personal_id, filled(people[stay.personal_id], people[dropped]), incident_id=one.incident_id)
    group = work.evacuation_groups.get(one.group_id) if one.group_id is not None else None
    found = _of_village(work, kept[stay.id], group)
    for each in work.expected_people.where("WHERE personal_id = ? ORDER BY id", (dropped,)):
        work.expected_people.put(replace(each, personal_id=stay.personal_id, personal_digest=found.personal_digest))
    work.people.drop(dropped)
    return work.expected_people.get(one.id)


def tell_apart(desk: Desk, work: UnitOfWork, one: ExpectedPerson, other_id: Id) -> ExpectedPerson:
    """Say that a person of the same name is another."""
    person = people_by_id(work, (one.personal_id,))[one.personal_id]
    keep_anew(desk, work, one.personal_id, replace(person, not_same=tuple(dict.fromkeys((*person.not_same, other_id)))),
              incident_id=one.incident_id)
    return work.expected_people.get(one.id)


def _of_village(work: UnitOfWork, stay: ShelterStay, group: EvacuationGroup | None) -> ShelterStay:
    """Return a stay that belongs to a village; one of which nobody said where it comes from learns it."""
    if group is None or stay.group_id is not None:
        return stay
    return work.shelter_stays.put(replace(stay, group_id=group.id, origin_area_id=stay.origin_area_id or group.area_id))
