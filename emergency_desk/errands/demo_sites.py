"""The invented places of the demo city: depots, shelters, hospitals, isolation sites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.errands.city_areas import Place
from emergency_desk.errands.demo_dice import Dice
from emergency_desk.errands.demo_ground import City, place_near, reaches
from emergency_desk.errands.demo_stands import Stand, stands


def demo_sites(city: City, material: Any, dice: Dice, *, known: Mapping[str, Place]) -> list[Site]:
    """Return the places, each sort as laid out."""
    reach = reaches(known)
    found: list[Site] = []
    for sort in material["sites"]:
        for serial, stand in enumerate(stands(city, sort, dice), start=1):
            found.append(_site(stand, sort, serial, dice, place_near(stand.street, dice, known, reach)))
    return found


def _site(stand: Stand, sort: Any, serial: int, dice: Dice, place: Place) -> Site:
    capacity, effective_area = _size(sort, dice)
    latitude, longitude = place
    return Site(
        id=dice.new_id(), kind=SiteKind(sort["kind"]), name=stand.zh, name_en=stand.en, area_id=stand.area.id,
        code=f"{stand.area.code[:6].ljust(6, '0')}-{sort['id']}{serial:03d}", latitude=latitude, longitude=longitude,
        address=f"{stand.street.name}示例路 {dice.between(1, 180)} 号", phone=dice.phone(), capacity=capacity,
        effective_area_m2=effective_area, note=sort.get("note", ""), is_demo=True)


def _size(sort: Any, dice: Dice) -> tuple[int, int | None]:
    """Return capacity and effective area: people and square metres of a shelter, square metres of a depot, beds of a hospital."""
    if "beds" in sort:
        return dice.between(*map(int, sort["beds"])), None
    square_metres = dice.between(*map(int, sort["square_metres"]))
    if "per_person" not in sort:
        return square_metres, None
    return int(square_metres / float(sort["per_person"])), square_metres
