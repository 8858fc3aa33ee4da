"""Places an officer needs to know: depots, shelters, hospitals, stations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.ids import Id


class SiteKind(StrEnum):
    DEPOT = "depot"
    SHELTER = "shelter"
    ISOLATION = "isolation_site"
    HOSPITAL = "hospital"
    FIRE_STATION = "fire_station"
    AMBULANCE_POST = "ambulance_post"
    LOGISTICS = "logistics_point"
    PROTECTED = "protected_site"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Site:
    """One place. Capacity in people (shelters) or square metres (depots); position CGCS2000 degrees, None when unknown."""

    id: Id
    kind: SiteKind
    name: str
    area_id: Id | None = None
    code: str = ""
    name_en: str = ""
    address: str = ""
    place_path: str = ""  # the place as an imported file wrote it, when it is no area of this desk
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    unit_name: str = ""
    capacity: int | None = None
    effective_area_m2: int | None = None
    note: str = ""
    source: str = ""
    is_retired: bool = False
    search_key: str = ""
    is_demo: bool = False
    version: int = 0
