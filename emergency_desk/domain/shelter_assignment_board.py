"""What a screen shows of an assignment: the villages with their lists, the shelters with their places, what was sent already, the answer."""

from __future__ import annotations

from dataclasses import dataclass

from emergency_desk.domain.evacuation import EvacuationGroup
from emergency_desk.domain.evacuation_lists import FamilyTransfer, ListedFamilies
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentQuestion
from emergency_desk.domain.shelters import Stay


@dataclass(frozen=True, slots=True)
class OfferedShelter:
    """A shelter that may be proposed: how many it takes, who is in it, who is on the way to it by the lists, what is left."""

    shelter_id: Id
    name: str
    name_en: str
    is_open: bool
    is_fit: bool
    capacity: int
    heads: int = 0
    on_the_way: int = 0
    position: tuple[float, float] | None = None

    @property
    def places(self) -> int:
        """Return the places that are left."""
        return max(0, self.capacity - self.heads - self.on_the_way)


@dataclass(frozen=True, slots=True)
class MovingVillage:
    """A village with its list, and what of it was sent to shelters."""

    group: EvacuationGroup
    listed: tuple[ListedFamilies, ...] = ()
    sent: tuple[FamilyTransfer, ...] = ()

    @property
    def heads_listed(self) -> int:
        """Return the people on the list."""
        return sum(one.people * one.families for one in self.listed)

    @property
    def heads_sent(self) -> int:
        """Return the people who were sent to shelters by it."""
        return sum(one.heads for one in self.sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentBoard:
    """All of it at one moment. `without_capacity`: shelters nobody knows the size of, so that they are not proposed."""

    incident_id: Id | None
    stay: Stay
    villages: tuple[MovingVillage, ...] = ()
    shelters: tuple[OfferedShelter, ...] = ()
    without_capacity: int = 0
    unfit: int = 0  # left out because the hazard or the inspection speaks against them
    question: AssignmentQuestion
    quick: Assignment
    running: tuple[tuple[Id, str], ...] = ()  # incidents, in words
