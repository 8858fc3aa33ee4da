"""Head counts out of a list: what the list is held against, and all its numbers recorded in one commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.shelter_acts import AskedCount, check_count
from emergency_desk.domain.shelter_counting import CountedShelter, OpenTime
from emergency_desk.domain.shelters import HeadCount, ShelterOpening
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps import logbook
from emergency_desk.services.steps.timing import refuse_future
from emergency_desk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ListedCount:
    """One number of a list, for one opening."""

    asked: AskedCount
    counted_at: datetime


def counted_shelters(desk: Desk) -> list[CountedShelter]:
    """Return every shelter of the desk's area with the times it was open and the counts that hold, by name."""
    with desk.reading() as reading:
        sites = [site for site in reading.sites.where("WHERE is_retired = 0 AND id IN (SELECT id FROM shelters) ORDER BY name, id")
                 if site.area_id is None or desk.tree.is_within(site.area_id, desk.area_id)]
        counts = _holding(reading.head_counts.where("ORDER BY seq"))
        times: dict[Id, list[OpenTime]] = {}
        for opening in reading.shelter_openings.where("ORDER BY opened_at, number"):
            times.setdefault(opening.shelter_id, []).append(OpenTime(
                opening.id, opening.incident_id, opening.opened_at, opening.closed_at, opening.capacity,
                {at: count.heads for at, count in counts.get(opening.id, {}).items()}))
    return [CountedShelter(site.id, site.code, site.name, site.name_en, tuple(times.get(site.id, ()))) for site in sites]


def take_counts(desk: Desk, *, counts: Sequence[ListedCount], source: str) -> Done[int]:
    """Record the numbers of a list, all of them or none; one of a moment that was counted already takes its place by naming it.

    More than there is room for is kept: whoever takes the list is warned before. Raises FieldRefused, CountNotWhole, OccurredInFuture.
    """
    desk.may(Act.RUN_SHELTER)
    at = desk.now()
    for one in counts:
        check_count(one.asked)
        refuse_future(one.counted_at, at=at)
    with desk.open_work() as work:
        recorded = [_record(desk, work, one, source, at) for one in counts]
        for incident_id in dict.fromkeys(count.incident_id for count in recorded):
            some = [count for count in recorded if count.incident_id == incident_id]
            logbook.write(desk, work, Happening.SHELTER, at=at, incident_id=incident_id, occurred_at=max(count.counted_at for count in some),
                          step="listed", shelters=len(some), heads=sum(count.heads for count in some), told_by=source)
        return Done(len(recorded), work.commit("take_head_counts", shelters=len(recorded), source=source))


def _record(desk: Desk, work: UnitOfWork, one: ListedCount, source: str, at: datetime) -> HeadCount:
    opening: ShelterOpening = work.shelter_openings.get(one.asked.opening_id)
    before = _holding(work.head_counts.where("WHERE opening_id = ? ORDER BY seq", (opening.id,))).get(opening.id, {}).get(one.counted_at)
    asked = one.asked
    return work.head_counts.add(HeadCount(
        id=desk.new_id(), opening_id=opening.id, shelter_id=opening.shelter_id, incident_id=opening.incident_id, counted_at=one.counted_at,
        recorded_at=at, account_id=desk.who, heads=asked.heads, arrived=asked.arrived, left=asked.left, vulnerable=asked.vulnerable,
        meals=asked.meals, counted_by=asked.counted_by, note=asked.note, source=source, corrects_id=before.id if before else None,
        is_exercise=opening.is_exercise))


def _holding(counts: Sequence[HeadCount]) -> dict[Id, dict[datetime, HeadCount]]:
    """Return for each opening the count that holds at each of its moments: the one that came in last and was not corrected."""
    corrected = {count.corrects_id for count in counts if count.corrects_id}
    found: dict[Id, dict[datetime, HeadCount]] = {}
    for count in counts:
        if count.id not in corrected:
            found.setdefault(count.opening_id, {})[count.counted_at] = count
    return found
