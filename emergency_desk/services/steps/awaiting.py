"""Whether somebody who is registered is one who is looked for by name. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from emergency_desk.domain.expected_people import ExpectedPerson
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import Alike, Person, alike, name_key, person_from

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

NOWHERE = "NOT EXISTS (SELECT 1 FROM shelter_stays s WHERE s.personal_id = expected_people.personal_id)"
# Few bear a name and many belong to an incident: found by the name (a plus keeps the index of the incident out).
_OF_NAME = (f"WHERE +incident_id = ? AND {NOWHERE} AND personal_id IN (SELECT personal_id FROM people_keys WHERE name_key = ? "
            "AND +incident_id = ?) ORDER BY id")


def are_any(reading: Repositories, incident_id: Id) -> bool:
    """Say whether anybody is looked for by name in an incident."""
    return bool(reading.expected_people.some(("1",), "WHERE incident_id = ? LIMIT 1", (incident_id,)))


def awaited(reading: Repositories, person: Person, *, incident_id: Id, group_id: Id | None, met: Collection[Id]) -> list[
        tuple[ExpectedPerson, Person]]:
    """Return the one who is looked for and is this person, as a list of at most one: by a number, or by the name within one village.

    Of two of one name in a village each is met once: `met` are those who were found in the same act.
    """
    key = name_key(person.name)
    some = [one for one in reading.expected_people.where(_OF_NAME, (incident_id, key, incident_id)) if one.personal_id not in met]
    people = {id_: person_from(content) for id_, content in reading.people.contents(one.personal_id for one in some).items()}
    judged = [(alike(person, people[one.personal_id]), one) for one in some if one.personal_id in people]
    same = [one for how, one in judged if how is Alike.SAME]
    maybe = [one for how, one in judged if how is Alike.MAYBE and group_id is not None and one.group_id == group_id]
    return [(one, people[one.personal_id]) for one in (*same, *maybe)[:1]]
