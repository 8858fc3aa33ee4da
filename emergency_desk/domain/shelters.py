"""Emergency shelters (应急避难场所): what each is by two standards side by side, how many it takes for which stay, and its states.

Sources: GB/T 44013-2024 (tier, space, function, duration), GB 51143-2015 (classes and area per person), GB/T 33744 (phases), QD17 Art. 16;
domain §6. Isolation, observation and emergency medical sites are another kind in law (ERL24 Art. 30) and stand in `isolation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import floor

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.rules import RuleBasis


class ShelterTier(StrEnum):
    """Whose shelter it is. Source: GB/T 44013-2024."""

    PROVINCE = "shelter_province"
    CITY = "shelter_city"
    COUNTY = "shelter_county"
    TOWNSHIP = "shelter_township"
    VILLAGE = "shelter_village"


class ShelterSpace(StrEnum):
    """Under a roof or in the open. Source: GB/T 44013-2024."""

    INDOOR = "indoor"
    OUTDOOR = "outdoor"


class ShelterFunction(StrEnum):
    """For many hazards, or for one. Source: GB/T 44013-2024."""

    COMPREHENSIVE = "comprehensive"
    SINGLE = "single"


class ShelterDuration(StrEnum):
    """For how long it is meant. Source: GB/T 44013-2024."""

    EMERGENCY = "dur_emergency"
    SHORT = "dur_short"
    LONG = "dur_long"


class Class51143(StrEnum):
    """The class of the older system, which lives beside the newer one (R-6.1). Source: GB 51143-2015."""

    EMERGENCY = "class_emergency"
    FIXED_SHORT = "class_fixed_short"
    FIXED_MEDIUM = "class_fixed_medium"
    FIXED_LONG = "class_fixed_long"
    CENTRE = "class_centre"


class Stay(StrEnum):
    """How long people are expected to stay: it decides the area each of them needs, and so the capacity (R-6.2)."""

    ONE_DAY = "stay_1_day"
    THREE_DAYS = "stay_3_days"
    FIFTEEN_DAYS = "stay_15_days"
    THIRTY_DAYS = "stay_30_days"
    HUNDRED_DAYS = "stay_100_days"


class ShelterState(StrEnum):
    """Where a shelter stands (GB/T 33744, domain §6.3)."""

    PLANNED = "shelter_planned"
    READY = "shelter_ready"
    MAINTENANCE = "shelter_maintenance"
    STANDBY = "shelter_standby"
    OPEN = "shelter_open"
    FULL = "shelter_full"
    CLOSING = "shelter_closing"
    CLOSED = "shelter_closed"
    UNSAFE = "shelter_unsafe"


class Inspected(StrEnum):
    """What the last inspection of a shelter found."""

    NOT_YET = "shelter_not_inspected"
    FIT = "shelter_fit"
    UNFIT = "shelter_unfit"


class SafetyCheck(StrEnum):
    """What is looked at before a shelter opens. Source: domain §6.3 (house list after GB/T 33744)."""

    STRUCTURE = "check_structure"
    UTILITIES = "check_utilities"
    FIRE = "check_fire"
    SECONDARY = "check_secondary_hazard"


_NEXT: dict[ShelterState, frozenset[ShelterState]] = {
    ShelterState.PLANNED: frozenset({ShelterState.READY}),
    ShelterState.READY: frozenset({ShelterState.MAINTENANCE, ShelterState.STANDBY, ShelterState.OPEN}),
    ShelterState.MAINTENANCE: frozenset({ShelterState.READY}),
    ShelterState.STANDBY: frozenset({ShelterState.READY, ShelterState.OPEN}),
    ShelterState.OPEN: frozenset({ShelterState.FULL, ShelterState.CLOSING}),
    ShelterState.FULL: frozenset({ShelterState.OPEN, ShelterState.CLOSING}),
    ShelterState.CLOSING: frozenset({ShelterState.OPEN, ShelterState.CLOSED}),
    ShelterState.CLOSED: frozenset({ShelterState.READY}),
    ShelterState.UNSAFE: frozenset({ShelterState.MAINTENANCE, ShelterState.READY}),
}
RECEIVING = frozenset({ShelterState.OPEN, ShelterState.FULL})
FIRST_STAY = Stay.THREE_DAYS  # what an opening order begins with, and how places are counted before there is one; a house default
RUNNING = RECEIVING | {ShelterState.CLOSING}


def may_become(before: ShelterState, after: ShelterState) -> bool:
    """Say whether a shelter may go from one state to another; unsafe it may become at any time."""
    return after is not before and (after is ShelterState.UNSAFE or after in _NEXT[before])


@dataclass(frozen=True, slots=True)
class StayRule:
    """The area one person needs for a stay, in square metres, and the days it lasts."""

    stay: Stay
    days: int
    area_per_capita: float
    basis: RuleBasis


@dataclass(frozen=True, slots=True)
class ShelterRules:
    """The numbers of shelters. Read from `shelters.yaml`; every one is data with its source (R-6.2)."""

    stays: tuple[StayRule, ...] = ()
    inspect_days: int = 0
    inspect_basis: RuleBasis | None = None

    def rule(self, stay: Stay) -> StayRule | None:
        """Return the row of a stay, or None when the table has none."""
        return next((rule for rule in self.stays if rule.stay is stay), None)

    def capacity(self, effective_area_m2: int | None, stay: Stay) -> int | None:
        """Return how many people fit for a stay: floor(effective area / area per capita); None where one is not known (R-6.2)."""
        rule = self.rule(stay)
        if rule is None or effective_area_m2 is None:
            return None
        return floor(effective_area_m2 / rule.area_per_capita + 1e-9)

    def stay_of(self, days: int) -> Stay | None:
        """Return the shortest stay that lasts so many days."""
        return next((rule.stay for rule in sorted(self.stays, key=lambda rule: rule.days) if rule.days >= days), None)


@dataclass(frozen=True, slots=True)
class Shelter:
    """What a site is as a shelter; `id` is the site's, which holds name, place, position and effective area."""

    id: Id
    tier: ShelterTier
    space: ShelterSpace = ShelterSpace.INDOOR
    function: ShelterFunction = ShelterFunction.COMPREHENSIVE
    duration: ShelterDuration | None = None
    class_51143: Class51143 | None = None
    hazards: tuple[str, ...] = ()  # incident types it is fit for; empty: nobody has said
    unfit_hazards: tuple[str, ...] = ()  # incident types it is named unfit for
    facilities: tuple[str, ...] = ()
    stated_capacity: int | None = None  # what a list says, where the area is not known
    keeper: str = ""
    keeper_phone: str = ""
    keys_at: str = ""
    catchment: tuple[Id, ...] = ()  # streets and villages whose people it takes
    inspected: Inspected = Inspected.NOT_YET
    inspected_on: date | None = None
    repair: str = ""
    signs_published: bool = False
    vulnerable_fit: bool = False  # ground floor or lift, accessible toilet, power for devices
    state: ShelterState = ShelterState.READY
    state_since: datetime | None = None
    opening_id: Id | None = None  # while it runs
    note: str = ""
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class ShelterMove:
    """One change of a shelter's state, appended."""

    id: Id
    shelter_id: Id
    from_state: ShelterState
    to_state: ShelterState
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    incident_id: Id | None = None
    opening_id: Id | None = None
    reason: str = ""
    decided_by: str = ""
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class ShelterOpening:
    """An opening order (启用令): who approved, when, for how long, whose people, who is in charge, when supplies come; and its notice."""

    id: Id
    number: str
    shelter_id: Id
    incident_id: Id
    tier: Tier
    approved_by: str
    opened_at: datetime
    stay: Stay
    expected_until: datetime
    responsible: str
    recorded_at: datetime
    account_id: Id
    receives: tuple[Id, ...] = ()  # areas
    responsible_phone: str = ""
    supplies_at: datetime | None = None
    notice_address: str = ""
    notice_route: str = ""
    checks: tuple[SafetyCheck, ...] = ()  # those that were passed
    capacity: int | None = None  # at the opening, for the stay
    override_reason: str = ""
    closed_at: datetime | None = None
    close_note: str = ""
    damage: str = ""
    is_exercise: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many were in a shelter at a time, appended; a later count of the same time takes its place by naming it."""

    id: Id
    opening_id: Id
    shelter_id: Id
    incident_id: Id
    counted_at: datetime
    recorded_at: datetime
    account_id: Id
    heads: int
    arrived: int | None = None
    left: int | None = None
    vulnerable: int | None = None
    meals: int | None = None
    counted_by: str = ""
    source: str = ""
    note: str = ""
    corrects_id: Id | None = None
    is_exercise: bool = False


class LeftTo(StrEnum):
    """Where somebody went who left a shelter."""

    HOME = "left_home"
    RELATIVES = "left_relatives"
    RENTED = "left_rented"
    HOSPITAL = "left_hospital"
    OTHER_SHELTER = "left_other_shelter"
    ELSEWHERE = "left_elsewhere"


class Need(StrEnum):
    """What a person needs beyond a bed and meals (GB/T 33744: 健康/特殊需求)."""

    CHRONIC = "need_chronic"
    PREGNANT = "need_pregnant"
    DISABLED = "need_disabled"
    INFANT = "need_infant"
    ELDERLY = "need_elderly"


@dataclass(frozen=True, slots=True)
class ShelterStay:
    """One person's stay, without who it is: name, phone and the like lie in the erasable table under `personal_id` (ERL24 Art. 85)."""

    id: Id
    opening_id: Id
    shelter_id: Id
    incident_id: Id
    household_id: Id
    personal_id: Id
    arrived_at: datetime
    recorded_at: datetime
    account_id: Id
    personal_digest: str = ""
    origin_area_id: Id | None = None
    needs: tuple[Need, ...] = ()
    pets: int = 0
    bed: str = ""
    left_at: datetime | None = None
    left_to: LeftTo | None = None
    moved_from_id: Id | None = None  # the stay this one goes on from: in another shelter, or before somebody came back
    is_exercise: bool = False
    version: int = 0
    group_id: Id | None = None  # the village somebody was to be moved from
