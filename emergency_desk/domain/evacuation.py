"""Evacuation (转移避险): who is to be moved, village by village, and where each of them is by now (R-6.4).

To be moved = in shelters + with relatives + away, checked + not yet reached. A difference is shown and never smoothed away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id


class Placed(StrEnum):
    """Where people who were to be moved are (集中安置, 分散安置, 外出已核)."""

    IN_SHELTER = "placed_collective"
    WITH_RELATIVES = "placed_dispersed"
    AWAY = "away_checked"


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
