"""Units an officer must reach: departments with their duty phones, and the special command posts (专项应急指挥部).

Source: 青岛市突发事件应对条例 Art. 6 (special command posts); domain §11.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.ids import Id


class UnitKind(StrEnum):
    DEPARTMENT = "department"
    SPECIAL_HQ = "special_hq"
    OTHER = "other_unit"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. A special command post names its lead, its members, its office and the hazards that call it in."""

    id: Id
    kind: UnitKind
    name: str
    name_en: str = ""
    code: str = ""
    area_id: Id | None = None
    duty_phone: str = ""
    fax: str = ""
    address: str = ""
    contact: str = ""
    lead_unit: str = ""
    member_units: tuple[str, ...] = ()
    office: str = ""
    standing_members: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()  # incident type ids
    note: str = ""
    source: str = ""
    is_retired: bool = False
    search_key: str = ""
    is_demo: bool = False
    version: int = 0
