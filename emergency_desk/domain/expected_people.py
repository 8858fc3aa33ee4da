"""People who are looked for by name: on a village's list of who is to be moved, or asked for by somebody; and which of them are nowhere.

Who was registered in a shelter is somewhere, also once they left it with where to. Who stands on a list and was neither registered nor said
to be with relatives or away is missing. Lists are made by village heads: where only a number is known, the number is said (domain §6.3, R-6.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.evacuation import EvacuationGroup, Placed, Reconciled
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_people import Odd, Person, PersonLine
from emergency_desk.domain.shelters import Need


class WhyExpected(StrEnum):
    """Why somebody is looked for."""

    ON_LIST = "expected_on_list"
    ASKED_FOR = "expected_asked_for"


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """Somebody who is looked for, without who it is: that lies in the erasable table under `personal_id` (ERL24 Art. 85).

    Once they are registered, the stay bears the same `personal_id`. `settled`: found outside shelters, by word of `told_by`.
    """

    id: Id
    incident_id: Id
    personal_id: Id
    why: WhyExpected
    recorded_at: datetime
    account_id: Id
    group_id: Id | None = None
    personal_digest: str = ""
    needs: tuple[Need, ...] = ()
    source: str = ""
    settled: Placed | None = None
    settled_at: datetime | None = None
    told_by: str = ""
    is_exercise: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What came of a list: who is looked for now, how many stood there already, how many of all are found, and what was odd."""

    new: tuple[ExpectedPerson, ...]
    there_already: int = 0
    found: tuple[PersonLine, ...] = ()
    odd: tuple[Odd, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """Somebody who is nowhere. `perhaps`: registered people of the same name of whom nobody has said whether it is them."""

    expected: ExpectedPerson
    person: Person | None
    village: str = ""
    perhaps: tuple[PersonLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingVillage:
    """A village with its sum, and who of it is missing by name. `group` is None for those of whom nobody knows the village."""

    people: tuple[MissingPerson, ...]
    group: EvacuationGroup | None = None
    sum: Reconciled | None = None
    listed: int = 0  # of how many the names are known, found or not

    @property
    def unreached(self) -> int:
        """Return who is missing from the sum; below nothing when more were placed than were to be moved."""
        return self.sum.unreached if self.sum is not None else 0

    @property
    def by_number(self) -> int:
        """Return how many are missing from the sum of whom no name is known."""
        return max(0, self.unreached - len(self.people)) if self.sum is not None else 0

    @property
    def beyond(self) -> int:
        """Return how many names are nowhere although the sum counts them somewhere: a count without names, or a wrong one."""
        return max(0, len(self.people) - max(0, self.unreached)) if self.sum is not None else 0

    @property
    def is_whole(self) -> bool:
        """Say whether the sum holds and nobody is missing by name."""
        return self.unreached == 0 and not self.people


def first_of_all(villages: Sequence[MissingVillage]) -> list[MissingVillage]:
    """Return the villages where somebody is missing or the sum does not hold: most of the vulnerable first, those of no village last."""
    some = [one for one in villages if not one.is_whole]
    return sorted(some, key=lambda one: (one.group is None, -_vulnerable(one), -one.unreached, one.group.name if one.group else ""))


def _vulnerable(one: MissingVillage) -> int:
    """Return how many of the vulnerable may be missing: those who need something by name, or as many of the village's as are not reached."""
    named = sum(bool(each.expected.needs) for each in one.people)
    return max(named, min(one.group.vulnerable, max(0, one.unreached)) if one.group is not None else 0)
