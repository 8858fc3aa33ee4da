"""The accounts of the demo city, at all three tiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from emergency_desk.domain.accounts import Account, Role
from emergency_desk.domain.areas import Area
from emergency_desk.domain.ids import Id
from emergency_desk.errands.demo_dice import Dice, Words
from emergency_desk.errands.demo_ground import City


def demo_accounts(city: City, material: Any, dice: Dice, *, by_code: Mapping[str, Area]) -> Iterator[Account]:
    """Return who works the desks: the city's people, a leader and an officer in each district, officers in some streets."""
    for entry in material["city"]:
        person = (entry["surname"][0] + entry["given"][0], f"{entry['surname'][1]} {entry['given'][1]}")
        yield _account(dice, entry["name"], Role(entry["role"]), city.area.id, person)
    for district in city.districts:
        yield _account(dice, f"{district.key}_leader", Role.DUTY_LEADER, district.area.id, dice.person())
        yield _account(dice, f"{district.key}_officer", Role.DUTY_OFFICER, district.area.id, dice.person())
    for entry in material["streets"]:
        yield _account(dice, entry["name"], Role.DUTY_OFFICER, by_code[entry["area"]].id, dice.person())


def _account(dice: Dice, name: str, role: Role, area_id: Id, person: Words) -> Account:
    return Account(id=dice.new_id(), name=name, display_name=person[0], display_name_en=person[1], roles=(role,), area_id=area_id,
                   is_demo=True)
