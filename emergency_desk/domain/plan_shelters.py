"""Where people could go tonight: the shelters of the register that may be opened for a plan's hazards, with the places still free in them.

A shelter that runs has the places of its order less those who are in it; one that stands ready has those for the stay that an opening order
begins with (R-6.2). What an order would be refused for is left out, and what an order asks a reason for (nobody said that it is fit for the
hazard, never or too long ago inspected) is counted apart: nobody relies on it. One that runs was looked over when it was opened.
Isolation sites are no shelters and never stand here (R-6.5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from emergency_desk.domain.areas import AreaTree, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_acts import STREETS_OWN, Unfit, reasons_against
from emergency_desk.domain.shelters import RECEIVING, Shelter, ShelterRules, ShelterState, may_become


class NoPlaces(StrEnum):
    """Why a shelter's places do not count, in the order of the checks; the last ones only until somebody gives a reason."""

    NOT_KEPT = "places_not_kept"  # a site of that kind of which nobody said what it is as a shelter
    STATE = "places_state"  # planned, in repair, unsafe, being cleared, closed after use
    NOT_OWN = "places_not_own"  # a street opens its own and its villages'
    HAZARD = "places_hazard"
    INSPECTION = "places_inspection"
    CAPACITY = "places_capacity"  # nobody noted how many it takes
    FULL = "places_full"
    HAZARD_UNKNOWN = "places_hazard_unknown"
    NOT_INSPECTED = "places_not_inspected"
    INSPECTION_OLD = "places_inspection_old"


_BY_REASON = {
    Unfit.HAZARD_UNKNOWN: NoPlaces.HAZARD_UNKNOWN, Unfit.NOT_INSPECTED: NoPlaces.NOT_INSPECTED, Unfit.INSPECTION_OLD: NoPlaces.INSPECTION_OLD}
_OUT = {Unfit.STATE: NoPlaces.STATE, Unfit.HAZARD: NoPlaces.HAZARD, Unfit.INSPECTION: NoPlaces.INSPECTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterTonight:
    """One shelter: where, what it is (None: it stands in no register), how many it takes and how many are in it."""

    area_id: Id | None
    shelter: Shelter | None = None
    capacity: int | None = None
    heads: int = 0
    site_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """The places of an area: those one can rely on, those that only a reason opens, and how many shelters do not count and why."""

    firm: int = 0
    doubtful: int = 0
    barred: tuple[tuple[NoPlaces, int], ...] = ()


NO_ROOM = Room()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheltersTonight:
    """Every shelter of the register and every site that is called one, and by which numbers they are judged today."""

    shelters: tuple[ShelterTonight, ...] = ()
    rules: ShelterRules = field(default_factory=ShelterRules)
    today: date = date.min

    def room(self, tree: AreaTree, *, area_id: Id, tier: Tier, kinds: Collection[str]) -> Room:
        """Return the places within an area that its desk could offer at an incident of some kinds."""
        firm, doubtful, barred = 0, 0, Counter[NoPlaces]()
        areas = {one.area_id for one in self.shelters}
        within = {id_ for id_ in areas if id_ is not None and tree.is_within(id_, area_id)}
        for one in self.shelters:
            if one.area_id not in within:
                continue
            bar, is_out = self._bar(one, tier, kinds)
            free = 0 if is_out else max(0, (one.capacity or 0) - one.heads)
            firm, doubtful = (firm + free, doubtful) if bar is None else (firm, doubtful + free)
            barred.update(() if bar is None else (bar,))
        return Room(firm, doubtful, tuple((bar, barred[bar]) for bar in NoPlaces if barred[bar]))

    def _bar(self, one: ShelterTonight, tier: Tier, kinds: Collection[str]) -> tuple[NoPlaces | None, bool]:
        """Return what keeps the places of a shelter from counting, and whether it cannot be overruled."""
        shelter = one.shelter
        if shelter is None:
            return NoPlaces.NOT_KEPT, True
        runs = shelter.state in RECEIVING
        if not runs and (shelter.state is ShelterState.CLOSING or not may_become(shelter.state, ShelterState.OPEN)):
            return NoPlaces.STATE, True
        if not runs and tier is Tier.STREET and shelter.tier not in STREETS_OWN:
            return NoPlaces.NOT_OWN, True
        against = reasons_against(shelter, kinds=kinds, today=self.today, rules=self.rules)
        out: Iterable[Unfit] = (Unfit.HAZARD,) if runs else _OUT
        bar = next((_OUT[reason] for reason in out if reason in against), None)
        if bar is None and one.capacity is None:
            bar = NoPlaces.CAPACITY
        if bar is None and (shelter.state is ShelterState.FULL or (one.capacity is not None and one.capacity <= one.heads)):
            bar = NoPlaces.FULL
        if bar is not None:
            return bar, True
        doubts: Iterable[Unfit] = (Unfit.HAZARD_UNKNOWN,) if runs else _BY_REASON
        return next((_BY_REASON[reason] for reason in doubts if reason in against), None), False
