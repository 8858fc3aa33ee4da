"""Which area somebody means who typed its code, its name or a path."""

from __future__ import annotations

from emergency_desk.domain.errors import AreaUnknown
from emergency_desk.domain.ids import Id
from emergency_desk.services import areas
from emergency_desk.services.desk import Desk


def area_of(desk: Desk, typed: str) -> Id:
    """Return the area that a code or a name means. Raises AreaUnknown."""
    found, rest = area_and_rest(desk, typed)
    if rest:
        raise AreaUnknown(typed=typed, nearest="", nearest_code="")
    return found


def area_and_rest(desk: Desk, typed: str) -> tuple[Id, str]:
    """Return the area that a code, a name or a path begins with, and the address after it. Raises AreaUnknown."""
    by_code = [area.id for area in desk.tree.by_id.values() if area.code and area.code == typed.strip() and not area.is_retired]
    if by_code:
        return by_code[0], ""
    found, rest = areas.split_place(desk, text=typed)
    if found is None:
        near = areas.find_areas(desk, text=typed, limit=1)
        raise AreaUnknown(typed=typed, nearest=near[0].area.name if near else "", nearest_code=near[0].area.code if near else "")
    return found, rest
