"""Evacuation (转移避险): who is to be moved, village by village, and where each of them is by now (R-6.4).

To be moved = in shelters + with relatives + away, checked + not yet reached. A difference is shown and never smoothed away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import LeftTo


class Placed(StrEnum):
    """Where people who were to be moved are (集中安置, 分散安置, 外出已核)."""

    IN_SHELTER = "placed_collective"
    WITH_RELATIVES = "placed_dispersed"
    AWAY = "away_checked"


_DENIED = re.compile(r"未|没|拒|不愿|not ")
_PLACED_WORDS = {
    Placed.WITH_RELATIVES: ("投亲", "投靠", "亲友", "亲戚", "亲属家", "分散安置", "relative", "friend"),
    Placed.AWAY: ("外出", "务工", "打工", "在外", "不在家", "出差", "away", "abroad"),
}


def read_placed(written: str) -> Placed | None:
    """Read where a village's list says somebody is, outside of shelters; None where it says nothing the desk knows, or two things."""
    low = written.casefold()
    found = [placed for placed, words in _PLACED_WORDS.items() if any(word in low for word in words)]
    return found[0] if len(found) == 1 and not _DENIED.search(low) else None


@dataclass(frozen=True, slots=True)
class EvacuationGroup:
    """A village, a slope, a building site: its people are to be moved for an incident."""

    id: Id
    incident_id: Id
    area_id: Id
    name: str
    to_move: int
    ordered_at: datetime
    recorded_at: datetime
    account_id: Id
    vulnerable: int = 0
    ordered_by: str = ""
    lead: str = ""  # the grid worker or village lead who goes from door to door
    lead_phone: str = ""
    shelter_id: Id | None = None  # where they are meant to go
    reason: str = ""
    is_called_off: bool = False
    is_exercise: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class EvacuationMark:
    """How many of a group are placed somewhere by a time, appended; the newest of a kind counts. Zero is a number like any other."""

    id: Id
    group_id: Id
    incident_id: Id
    kind: Placed
    people: int
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    told_by: str = ""
    note: str = ""
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The identity of one group. `unreached` below nothing: more were placed than were to be moved, and somebody must look again."""

    to_move: int
    in_shelters: int
    with_relatives: int
    away: int

    @property
    def unreached(self) -> int:
        """Return who has not been found yet."""
        return self.to_move - self.in_shelters - self.with_relatives - self.away

    @property
    def is_whole(self) -> bool:
        """Say whether everybody is accounted for."""
        return self.unreached == 0

    def __add__(self, other: Reconciled) -> Reconciled:
        return Reconciled(self.to_move + other.to_move, self.in_shelters + other.in_shelters, self.with_relatives + other.with_relatives,
                          self.away + other.away)


_WENT_TO = {LeftTo.RELATIVES: Placed.WITH_RELATIVES, LeftTo.RENTED: Placed.WITH_RELATIVES}  # 分散安置; every other place is known too


@dataclass(frozen=True, slots=True)
class Gone:
    """People of a village who left a shelter by name and did not come to another: how many, where to, how many of them since each mark."""

    left_to: LeftTo
    people: int = 1
    since: Mapping[Placed, int] = field(default_factory=dict)

    @property
    def placed(self) -> Placed:
        """Where they stand in the sum: with relatives, or away and known of."""
        return _WENT_TO.get(self.left_to, Placed.AWAY)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a village: the marks from door to door, the people registered by name, and heads that were only counted.

    `unnamed`: heads in shelters that take this village alone and are registered by no name.
    """

    to_move: int
    marks: Mapping[Placed, int] = field(default_factory=dict)
    named: int = 0
    unnamed: int = 0
    gone: Sequence[Gone] = ()
    found: Mapping[Placed, int] = field(default_factory=dict)  # by name outside shelters, of those who were looked for

    def reconciled(self) -> Reconciled:
        """Return the identity. Two tellings of the same people are never added: the larger holds, less those who have left since.

        Who came by name after a mark may have been in it. Counted as if they had, so that nobody who is missing is ever covered up.
        """
        gone = Counter[Placed]()
        for one in self.gone:
            gone[one.placed] += one.people
        still = self.marks.get(Placed.IN_SHELTER, 0) - sum(one.since.get(Placed.IN_SHELTER, 0) for one in self.gone)
        return Reconciled(self.to_move, max(self.named + self.unnamed, still), self._with(Placed.WITH_RELATIVES, gone),
                          self._with(Placed.AWAY, gone))

    def _with(self, kind: Placed, gone: Counter[Placed]) -> int:
        """Return who is placed outside shelters: by the mark and whoever left a shelter for there since, or by names alone."""
        since = sum(one.since.get(kind, 0) for one in self.gone if one.placed is kind)
        return max(self.marks.get(kind, 0) + since, gone[kind] + self.found.get(kind, 0))
