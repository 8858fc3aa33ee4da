"""Units an officer must reach: departments with their duty phones, and the special command posts (专项应急指挥部).

Source: 青岛市突发事件应对条例 Art. 6 (special command posts); domain §11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.areas import Area
from emergency_desk.domain.ids import Id

_REMARK = re.compile(r"[（(][^（）()]*[）)]")


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


def find_unit(name: str, units: Iterable[Unit], path: Sequence[Area]) -> Unit | None:
    """Return the unit that a plan or a command post means by a name, for a place; None when the register has none.

    `path`: the areas of the place, from the top down. Of several the nearest counts: the district's own health department
    before the city's; a unit from elsewhere only by its whole name.
    A remark in brackets and the name of the unit's own area may stand in its name: 市北区应急管理部门（示例）is the district's 应急管理部门.
    """
    wanted, best, nearest = plain_name(name), None, -2
    depth = {area.id: place for place, area in enumerate(path)}
    for unit in units:
        there = depth.get(unit.area_id, -1) if unit.area_id else 0
        if there > nearest and (unit.name == name or (there >= 0 and wanted in _called(unit, path[there]))):
            best, nearest = unit, there
    return best


def _called(unit: Unit, area: Area) -> tuple[str, str]:
    plain = plain_name(unit.name)
    return plain, plain.removeprefix(area.name)


def plain_name(name: str) -> str:
    """Return a name without remarks in brackets."""
    return _REMARK.sub("", name).strip()
