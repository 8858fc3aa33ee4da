"""People out of somebody's list, held against who is known: where each belongs, who stands in the desk already, what comes back. Pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """One row of a list of people. `family` is the same for those who came together; empty for somebody alone."""

    line: int
    cells: tuple[str, ...]
    person: AskedPerson
    family: str = ""
    village: str = ""
    shelter: str = ""
    arrived_at: datetime | None = None
    left: str = ""


class PersonProblem(StrEnum):
    """Why a row of a list of people comes back."""

    SHELTER_UNKNOWN = "person_shelter_unknown"
    VILLAGE_UNKNOWN = "person_village_unknown"
    IN_FUTURE = "person_in_future"
    HAS_LEFT = "person_has_left"


class ListStanding(StrEnum):
    """How somebody on a list stands in the desk already."""

    NEW = "standing_new"
    HERE = "standing_here"  # by the same number: not taken again, what only the list knows is filled in
    HERE_BY_NAME = "standing_here_by_name"  # taken, as a possible double
    ELSEWHERE = "standing_elsewhere"  # in another shelter by the same number: kept, as a possible double
    ELSEWHERE_BY_NAME = "standing_elsewhere_by_name"
    LEFT = "standing_left"  # left a shelter before
    LOOKED_FOR = "standing_looked_for"


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """One row held against the desk: either a problem, or the shelter or village it belongs to, and how the person stands already."""

    row: ListedPerson
    opening_id: Id | None = None
    group_id: Id | None = None
    village: str = ""
    shelter: str = ""  # where it will be registered
    problem: PersonProblem | None = None
    standing: ListStanding = ListStanding.NEW
    known_in: str = ""  # the shelter they are in already


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list held against the desk."""

    lines: tuple[HeldPerson, ...] = ()

    @property
    def good(self) -> tuple[HeldPerson, ...]:
        """Return the rows that can be taken."""
        return tuple(line for line in self.lines if line.problem is None)

    @property
    def bad(self) -> tuple[HeldPerson, ...]:
        """Return the rows that come back."""
        return tuple(line for line in self.lines if line.problem is not None)

    @property
    def is_known(self) -> bool:
        """Say whether nobody on it is new: it seems to have been taken before."""
        return bool(self.good) and all(line.standing in (ListStanding.HERE, ListStanding.HERE_BY_NAME) for line in self.good)


def households(lines: Sequence[HeldPerson]) -> list[tuple[Id, AskedHousehold]]:
    """Return families as they are registered, each with its opening; who has another village, shelter or time is registered apart."""
    found: dict[tuple[object, ...], list[HeldPerson]] = {}
    for line in lines:
        alone = line.row.line if not line.row.family else None
        found.setdefault((alone, line.row.family, line.opening_id, line.group_id, line.row.arrived_at), []).append(line)
    return [(some[0].opening_id, AskedHousehold(people=tuple(line.row.person for line in some), group_id=some[0].group_id,
                                                arrived_at=some[0].row.arrived_at)) for some in found.values() if some[0].opening_id is not None]


def by_village(lines: Iterable[HeldPerson]) -> dict[Id, list[AskedPerson]]:
    """Return people by the village they are to be moved from."""
    found: dict[Id, list[AskedPerson]] = {}
    for line in lines:
        if line.group_id is not None:
            found.setdefault(line.group_id, []).append(line.row.person)
    return found
