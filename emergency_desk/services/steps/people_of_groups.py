"""Whose people are in shelters: by name, by heads alone, and who left a shelter and is known to be elsewhere; by village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from emergency_desk.domain.evacuation import EvacuationGroup, Gone, Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import LeftTo
from emergency_desk.services.steps.heads import heads_of
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.repositories.shapes import Repositories

_OF = "WHERE incident_id = ? AND group_id IS NOT NULL AND left_at IS "
_WENT_ON = ("WHERE id IN (SELECT moved_from_id FROM shelter_stays WHERE moved_from_id IS NOT NULL) AND incident_id = ? "
            "AND group_id IS NOT NULL")
_NEVER = 1 << 62  # after every moment: where nobody marked, nobody left since
Marks = Mapping[Id, Mapping[Placed, tuple[int, datetime]]]


def named(reading: Repositories, incident_id: Id) -> dict[Id, int]:
    """Return how many of each village are in shelters by name."""
    return dict(reading.shelter_stays.some(("group_id", "count(*)"), f"{_OF} NULL GROUP BY group_id", (incident_id,)))


def gone(reading: Repositories, incident_id: Id, marks: Marks) -> dict[Id, list[Gone]]:
    """Return who of each village left a shelter and did not go on to another, and how many of them since each mark of the village."""
    found: dict[Id, list[Gone]] = {}
    for group_id in [row[0] for row in reading.shelter_stays.some(("DISTINCT group_id",), f"{_OF} NOT NULL", (incident_id,))]:
        moments = [_moment_of(marks, group_id, kind) for kind in Placed]
        left = _left(reading, f"{_OF} NOT NULL", group_id, incident_id, moments)
        went_on = _left(reading, _WENT_ON, group_id, incident_id, moments)
        found[group_id] = [Gone(LeftTo(to), counts[0] - less[0], {kind: count - fewer for kind, count, fewer in zip(
            Placed, counts[1:], less[1:], strict=True)}) for to, counts in left.items() for less in [went_on.get(to, [0] * 4)]]
    return found


def _moment_of(marks: Marks, group_id: Id, kind: Placed) -> int:
    told = marks.get(group_id, {}).get(kind)
    return moment_to_column(told[1]) or 0 if told is not None else _NEVER


def _left(reading: Repositories, where: str, group_id: Id, incident_id: Id, moments: Sequence[int]) -> dict[str, list[int]]:
    columns = ("left_to", "count(*)", *(f"sum(left_at > {moment})" for moment in moments))
    rows = reading.shelter_stays.some(columns, f"{where} AND group_id = ? GROUP BY left_to", (incident_id, group_id))
    return {row[0]: list(row[1:]) for row in rows}


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
