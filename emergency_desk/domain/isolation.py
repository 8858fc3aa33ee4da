"""Isolation, observation and emergency medical sites (封闭隔离、留置观察、紧急医疗救治): kinds of their own in law, never a shelter (R-6.5).

Sources: ERL24 Art. 30, QD17 Art. 16; domain §6.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from emergency_desk.domain.ids import Id


class IsolationKind(StrEnum):
    """Which of the law's kinds a site is."""

    ISOLATION = "site_isolation"
    OBSERVATION = "site_observation"
    EMERGENCY_MEDICAL = "site_emergency_medical"


class BedState(StrEnum):
    """What a bed or a single room is used for."""

    FREE = "bed_free"
    OCCUPIED = "bed_occupied"
    CLEANING = "bed_cleaning"
    BLOCKED = "bed_blocked"


class IsolationState(StrEnum):
    """Whether a site takes people. Opened and closed by order; what it stands ready for is the register's word."""

    OPEN = "isolation_open"
    CLOSED = "isolation_closed"


@dataclass(frozen=True, slots=True)
class IsolationSite:
    """What a site is for isolation or cure; `id` is the site's."""

    id: Id
    kind: IsolationKind
    single_rooms: int | None = None
    beds: int | None = None
    private_bathrooms: bool = False
    three_zones: bool = False  # 三区两通道
    negative_pressure: bool = False
    medical_staff: int | None = None
    sewage: str = ""
    waste: str = ""  # who takes the medical waste away
    route: str = ""
    keeper: str = ""
    keeper_phone: str = ""
    is_ready: bool = True
    note: str = ""
    is_demo: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class IsolationMove:
    """A site opened or closed, appended; the newest counts."""

    id: Id
    site_id: Id
    state: IsolationState
    occurred_at: datetime
    recorded_at: datetime
    account_id: Id
    incident_id: Id | None = None
    decided_by: str = ""
    responsible: str = ""
    responsible_phone: str = ""
    reason: str = ""
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class BedCount:
    """How many beds of a site are in which state at a time, appended."""

    id: Id
    site_id: Id
    counted_at: datetime
    recorded_at: datetime
    account_id: Id
    free: int
    occupied: int
    cleaning: int = 0
    blocked: int = 0
    staff: int | None = None
    incident_id: Id | None = None
    told_by: str = ""
    note: str = ""
    is_exercise: bool = False

    @property
    def beds(self) -> int:
        """Return how many beds were counted."""
        return self.free + self.occupied + self.cleaning + self.blocked
