"""Head counts out of somebody's list, held against the shelters of this desk: which shelter is meant, and what speaks against a number.

Pure rules. No word is not nobody: a shelter that a list does not name keeps its last count, unless somebody says that the list is whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from emergency_desk.domain.ids import Id

LEFT_OUT = Id("")  # the answer for a written shelter whose row is to come back
_LIKE, _MOST_LIKE = 0.5, 3  # house settings: how alike a name must be to be proposed, and how many are


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """One row of a list of head counts. `at` is the moment the row or its header tells."""

    line: int
    cells: tuple[str, ...]
    name: str
    heads: int
    code: str = ""
    at: datetime | None = None
    arrived: int | None = None
    left: int | None = None
    vulnerable: int | None = None
    meals: int | None = None
    counted_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenTime:
    """A time a shelter is or was open, with the head counts that hold in it, by their moments."""

    opening_id: Id
    incident_id: Id
    opened_at: datetime
    closed_at: datetime | None = None
    places: int | None = None
    counted: Mapping[datetime, int] = field(default_factory=dict)

    def covers(self, moment: datetime) -> bool:
        """Say whether the shelter was open at a moment."""
        return self.opened_at <= moment and (self.closed_at is None or moment <= self.closed_at)


@dataclass(frozen=True, slots=True)
class CountedShelter:
    """A shelter as lists may name it, and when it was open."""

    id: Id
    code: str
    name: str
    name_en: str = ""
    times: tuple[OpenTime, ...] = ()

    def open_at(self, moment: datetime) -> OpenTime | None:
        """Return the opening that a count of a moment belongs to, the newest first."""
        return next((time for time in reversed(self.times) if time.covers(moment)), None)


class CountProblem(StrEnum):
    """Why a row of counts comes back."""

    SHELTER_UNKNOWN = "count_shelter_unknown"
    SHELTER_AMBIGUOUS = "count_shelter_ambiguous"
    LEFT_OUT = "count_left_out"
    NOT_OPEN = "count_not_open"
    NO_TIME = "count_no_time"
    IN_FUTURE = "count_in_future"
    TWICE = "count_twice"
    MORE_THAN_THERE = "count_more_than_there"  # more arrived or vulnerable than people
    SAME = "count_same"  # it stands in the desk already, with the same number


@dataclass(frozen=True, slots=True)
class CountLine:
    """One row held against the desk: either a problem, or the opening it counts for. `before`: the number it takes the place of."""

    row: CountedRow
    at: datetime | None = None
    shelter: CountedShelter | None = None
    opening: OpenTime | None = None
    problem: CountProblem | None = None
    likest: tuple[CountedShelter, ...] = ()
    before: int | None = None

    @property
    def above(self) -> int:
        """Return by how many the heads surpass the places; 0 where they do not."""
        places = self.opening.places if self.opening is not None else None
        return max(0, self.row.heads - places) if places is not None else 0


@dataclass(frozen=True, slots=True)
class CountList:
    """A list held against the desk: its rows, and the shelters open at its time that it does not name."""

    lines: tuple[CountLine, ...] = ()
    absent: tuple[tuple[CountedShelter, OpenTime], ...] = ()
    at: datetime | None = None  # the moment most rows tell of

    @property
    def good(self) -> tuple[CountLine, ...]:
        """Return the rows that can be taken."""
        return tuple(line for line in self.lines if line.problem is None)

    @property
    def bad(self) -> tuple[CountLine, ...]:
        """Return the rows that come back; one that stands in the desk already does not."""
        return tuple(line for line in self.lines if line.problem not in (None, CountProblem.SAME))

    @property
    def same(self) -> int:
        """Return how many rows stand in the desk already."""
        return sum(line.problem is CountProblem.SAME for line in self.lines)

    @property
    def heads(self) -> int:
        """Return the people of all rows, also of those that come back."""
        return sum(line.row.heads for line in self.lines)


def hold_against(
    rows: Sequence[CountedRow], shelters: Sequence[CountedShelter], *, at: datetime | None, now: datetime,
    answered: Mapping[str, Id] | None = None,
) -> CountList:
    """Say for every row which shelter and which opening it counts for, or what speaks against it.

    `at` is the moment somebody named for the whole list; it goes before what the rows say. `answered`: written names and shelters.
    """
    known = _Known(shelters, answered or {})
    seen: set[tuple[Id, datetime]] = set()
    lines = tuple(_line(row, known, at or row.at, now, seen) for row in rows)
    moments = [line.at for line in lines if line.at is not None]
    whole = max(set(moments), key=moments.count) if moments else None
    named = {line.shelter.id for line in lines if line.shelter is not None}
    absent = [] if whole is None else [(one, time) for one in shelters if one.id not in named and (time := one.open_at(whole)) is not None]
    return CountList(lines, tuple(absent), whole)


def _line(row: CountedRow, known: _Known, at: datetime | None, now: datetime, seen: set[tuple[Id, datetime]]) -> CountLine:
    shelter, problem = known.find(row)
    if shelter is None:
        return CountLine(row, at, problem=problem, likest=known.likest(row.name))
    if at is None or at > now:
        return CountLine(row, at, shelter, problem=CountProblem.IN_FUTURE if at else CountProblem.NO_TIME)
    opening = shelter.open_at(at)
    if opening is None:
        return CountLine(row, at, shelter, problem=CountProblem.NOT_OPEN)
    if (shelter.id, at) in seen:
        return CountLine(row, at, shelter, opening, CountProblem.TWICE)
    seen.add((shelter.id, at))
    before = opening.counted.get(at)
    if max(row.arrived or 0, row.vulnerable or 0) > row.heads + (row.left or 0):
        return CountLine(row, at, shelter, opening, CountProblem.MORE_THAN_THERE)
    return CountLine(row, at, shelter, opening, CountProblem.SAME if before == row.heads else None, before=before)


class _Known:
    """The shelters by code, by name, and by what was answered."""

    def __init__(self, shelters: Sequence[CountedShelter], answered: Mapping[str, Id]) -> None:
        self._shelters, self._answered = shelters, answered
        self._by_id = {one.id: one for one in shelters}
        self._by_code = {one.code.casefold(): one for one in shelters if one.code}
        self._by_name: dict[str, list[CountedShelter]] = {}
        for one in shelters:
            for name in {_plain(one.name), _plain(one.name_en)} - {""}:
                self._by_name.setdefault(name, []).append(one)

    def find(self, row: CountedRow) -> tuple[CountedShelter | None, CountProblem | None]:
        """Return the shelter a row means; its code goes before its name, and an answer before both."""
        if row.name in self._answered:
            meant = self._by_id.get(self._answered[row.name])
            return meant, None if meant is not None else CountProblem.LEFT_OUT
        by_code = self._by_code.get(row.code.casefold()) if row.code else None
        named = self._by_name.get(_plain(row.name), [])
        if by_code is not None or len(named) == 1:
            return by_code or named[0], None
        return None, CountProblem.SHELTER_AMBIGUOUS if named else CountProblem.SHELTER_UNKNOWN

    def likest(self, name: str) -> tuple[CountedShelter, ...]:
        """Return the shelters whose names are likest to a written one, the likest first."""
        plain = _plain(name)
        scored = [(SequenceMatcher(None, plain, _plain(one.name)).ratio(), one) for one in self._shelters]
        return tuple(one for score, one in sorted(scored, key=lambda pair: -pair[0])[:_MOST_LIKE] if score >= _LIKE)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
