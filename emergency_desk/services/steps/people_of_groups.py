"""Whose people are in shelters: by name, by heads alone, and who left a shelter and is known to be elsewhere; by village."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emergency_desk.domain.evacuation import EvacuationGroup, Gone
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import LeftTo
from emergency_desk.services.steps.heads import heads_of
from emergency_desk.store.codec import moment_from_column
from emergency_desk.store.repositories.shapes import Repositories

_OF = "WHERE incident_id = ? AND group_id IS NOT NULL AND left_at IS "
_GONE = ("group_id", "left_to", "arrived_at", "left_at", "count(*)")
_WENT_ON = "WHERE id IN (SELECT moved_from_id FROM shelter_stays WHERE moved_from_id IS NOT NULL) AND incident_id = ? AND group_id IS NOT NULL"


def named(reading: Repositories, incident_id: Id) -> dict[Id, int]:
    """Return how many of each village are in shelters by name."""
    return dict(reading.shelter_stays.some(("group_id", "count(*)"), f"{_OF} NULL GROUP BY group_id", (incident_id,)))


def gone(reading: Repositories, incident_id: Id) -> dict[Id, list[Gone]]:
    """Return who of each village left a shelter and did not go on to another."""
    together = "GROUP BY group_id, left_at, left_to, arrived_at"
    people: dict[tuple[Any, ...], int] = {row[:4]: row[4] for row in reading.shelter_stays.some(
        _GONE, f"{_OF} NOT NULL {together}", (incident_id,))}
    for *row, count in reading.shelter_stays.some(_GONE, f"{_WENT_ON} {together}", (incident_id,)):
        people[tuple(row)] = people.get(tuple(row), 0) - count
    found: dict[Id, list[Gone]] = {}
    for (group_id, left_to, arrived_at, left_at), count in people.items():
        arrived, left = moment_from_column(arrived_at), moment_from_column(left_at)
        if count > 0 and arrived is not None and left is not None:
            found.setdefault(group_id, []).append(Gone(LeftTo(left_to), arrived, left, count))
    return found


def unnamed(reading: Repositories, incident_id: Id, groups: Sequence[EvacuationGroup]) -> dict[Id, int]:
    """Return the heads that were only counted, where a shelter takes the people of one village alone."""
    openings = reading.shelter_openings.where("WHERE incident_id = ? AND closed_at IS NULL ORDER BY opened_at", (incident_id,))
    heads = heads_of(reading, openings)
    found: dict[Id, int] = {}
    for opening in openings:
        taken = [group for group in groups if group.area_id in opening.receives]
        if len(taken) == 1 and heads[opening.id].unnamed:
            found[taken[0].id] = found.get(taken[0].id, 0) + heads[opening.id].unnamed
    return found
