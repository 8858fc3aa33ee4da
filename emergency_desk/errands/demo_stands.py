"""Lays out how many of a sort of team or site the demo city has, and in which streets they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from emergency_desk.domain.areas import Area
from emergency_desk.errands.demo_dice import Dice
from emergency_desk.errands.demo_ground import City, District


@dataclass(frozen=True, slots=True)
class Stand:
    """One team or site to be: whose it is, in which street it stands, and its names. `nth` of its sort in its district, from 0."""

    area: Area
    district: District
    street: Area
    nth: int
    zh: str
    en: str


def stands(city: City, sort: Any, dice: Dice, *, count: int = 0) -> Iterator[Stand]:
    """Lay out one sort. `count` replaces the sort's own number in streets."""
    for area, district, street, nth in _spots(city, sort, count):
        zh, en = dice.word(sort["id"]) if "{word}" in sort["zh"] else ("", "")
        yield Stand(area=area, district=district, street=street, nth=nth,
                    zh=sort["zh"].format(district=district.zh, street=street.name, word=zh),
                    en=sort["en"].format(district=district.en, street=street.name_en, word=en))


def _spots(city: City, sort: Any, count: int) -> Iterator[tuple[Area, District, Area, int]]:
    if sort["in"] == "street":
        for nth, (district, street) in enumerate(_streets(city, sort, count or int(sort["count"]))):
            yield street, district, street, nth
    elif sort["in"] == "city":
        for nth in range(int(sort.get("count", len(sort["at"])))):
            district = city.district(sort["at"][nth % len(sort["at"])])
            yield city.area, district, _street(district, sort, nth, 1), nth
    else:
        for district in city.districts:
            if district.area.code in sort.get("only", [district.area.code]):
                total = _count_in(district, sort)
                for nth in range(total):
                    yield district.area, district, _street(district, sort, nth, total), nth


def _streets(city: City, sort: Any, count: int) -> list[tuple[District, Area]]:
    """Return as many streets: those the sort names first, then others evenly over the city."""
    first = [here for here in city.streets if here[1].code in sort.get("first", [])]
    rest = [here for here in city.streets if here not in first]
    wanted = count - len(first)
    return first + [rest[(2 * nth + 1) * len(rest) // (2 * wanted)] for nth in range(wanted)]


def _count_in(district: District, sort: Any) -> int:
    code = district.area.code
    plain = ceil(len(district.streets) / int(sort["per_streets"])) if "per_streets" in sort else int(sort.get("count", 1))
    return max(plain, int(sort.get("least", 1))) + int(sort.get("extra", {}).get(code, 0))


def _street(district: District, sort: Any, nth: int, total: int) -> Area:
    """Return the street of the nth: the first in the core of the town, the others spread over the district."""
    core = sum(map(ord, sort["id"])) % min(4, len(district.streets))
    return district.streets[(core + nth * len(district.streets) // total) % len(district.streets)]
