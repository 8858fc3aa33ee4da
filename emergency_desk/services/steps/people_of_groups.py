"""Whose people are in shelters: by name, by heads alone, and who left a shelter and is known to be elsewhere; by village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from emergency_desk.domain.evacuation import EvacuationGroup, Gone, Placed
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import LeftTo, ShelterOpening
from emergency_desk.services.steps.heads import heads_of
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.repositories.shapes import Repositories

_OF = "WHERE incident_id = ? AND group_id IS NOT NULL AND left_at IS "
# Few people go on to another shelter: they are found by who went on, not by looking through a village.
_WENT_ON = ("WHERE id IN (SELECT moved_from_id FROM shelter_stays WHERE moved_from_id IS NOT NULL) AND +incident_id = ? "
            "AND group_id IS NOT NULL")
_NEVER = 1 << 62  # after every moment: where nobody marked, nobody left since
Marks = Mapping[Id, Mapping[Placed, tuple[int, datetime]]]


def named(reading: Repositories, incident_id: Id) -> dict[Id, int]:
    """Return how many of each village are in shelters by name."""
    return dict(reading.shelter_stays.some(("group_id", "count(*)"), f"{_OF} NULL GROUP BY group_id", (incident_id,)))


def gone(reading: Repositories, incident_id: Id, groups: Sequence[EvacuationGroup], marks: Marks) -> dict[Id, list[Gone]]:
    """Return who of each village left a shelter and did not go on to another, and how many of them since each mark of the village."""
    went_on: dict[tuple[Id, str], list[int]] = {}
    for group_id, to, left_at in reading.shelter_stays.some(("group_id", "left_to", "left_at"), _WENT_ON, (incident_id,)):
        counts = went_on.setdefault((group_id, to), [0] * (1 + len(Placed)))
        for place, moment in enumerate((-1, *_moments(marks, group_id))):
            counts[place] += left_at > moment
    found: dict[Id, list[Gone]] = {}
    for group_id in (group.id for group in groups):
        since = (f"sum(left_at > {moment})" for moment in _moments(marks, group_id))
        for to, *counts in reading.shelter_stays.some(("left_to", "count(*)", *since), f"{_OF} NOT NULL AND group_id = ? GROUP BY left_to",
                                                      (incident_id, group_id)):
            left = [count - less for count, less in zip(counts, went_on.get((group_id, to), [0] * len(counts)), strict=True)]
            found.setdefault(group_id, []).append(Gone(LeftTo(to), left[0], dict(zip(Placed, left[1:], strict=True))))
    return found


def _moments(marks: Marks, group_id: Id) -> list[int]:
    """Return when each kind of a village was marked last, as the store writes it."""
    told = marks.get(group_id, {})
    return [(moment_to_column(told[kind][1]) or 0) if kind in told else _NEVER for kind in Placed]


def unnamed(reading: Repositories, incident_id: Id, groups: Sequence[EvacuationGroup]) -> dict[Id, int]:
    """Return the heads that were only counted, where a shelter takes the people of one village alone."""
    openings = reading.shelter_openings.where("WHERE incident_id = ? AND closed_at IS NULL ORDER BY opened_at", (incident_id,))
    takes = [(opening, group) for opening in openings for group in _only_one(groups, opening)]
    heads = heads_of(reading, [opening for opening, _group in takes])
    found: dict[Id, int] = {}
    for opening, group in takes:
        found[group.id] = found.get(group.id, 0) + heads[opening.id].unnamed
    return found


def _only_one(groups: Sequence[EvacuationGroup], opening: ShelterOpening) -> list[EvacuationGroup]:
    """Return the one village whose people a shelter takes; nothing where it takes several or none."""
    taken = [group for group in groups if group.area_id in opening.receives]
    return taken if len(taken) == 1 else []
