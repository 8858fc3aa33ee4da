"""How many are in shelters: by the newest count, by the stays that have not ended, and never by both at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import newest, present
from emergency_desk.domain.shelters import HeadCount, ShelterOpening
from emergency_desk.store.codec import moment_to_column
from emergency_desk.store.repositories.shapes import Repositories


@dataclass(frozen=True, slots=True)
class Heads:
    """How many are there, how many of them by name, and when somebody counted last."""

    present: int = 0
    named: int = 0
    counted_at: datetime | None = None

    @property
    def unnamed(self) -> int:
        """How many were counted and are not registered."""
        return self.present - self.named


def heads_of(reading: Repositories, openings: Sequence[ShelterOpening]) -> dict[Id, Heads]:
    """Return the heads of several openings, one reading for all of them."""
    counts: dict[Id, list[HeadCount]] = {}
    for count in reading.head_counts.where(*_among(openings, "ORDER BY seq")):
        counts.setdefault(count.opening_id, []).append(count)
    named = dict(reading.shelter_stays.some(("opening_id", "count(*)"), *_among(openings, "AND left_at IS NULL GROUP BY opening_id")))
    return {one.id: _heads(reading, one, newest(counts.get(one.id, ())), named) for one in openings}


def _among(openings: Iterable[ShelterOpening], rest: str) -> tuple[str, tuple[str, ...]]:
    ids = tuple(one.id for one in openings)
    return f"WHERE opening_id IN ({','.join('?' * len(ids))}) {rest}", ids


def _heads(reading: Repositories, opening: ShelterOpening, count: HeadCount | None, named: Mapping[Id, int]) -> Heads:
    by_name = named.get(opening.id, 0)
    if count is None:
        return Heads(by_name, by_name)
    at = moment_to_column(count.counted_at)
    since = reading.shelter_stays.count("WHERE opening_id = ? AND left_at > ? AND arrived_at <= ?", (opening.id, at, at))
    return Heads(present(count.heads, named=by_name, left_since=since), by_name, count.counted_at)
