"""Where things are in the demo city. Every position is an estimate; nothing was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.travel import distance_km
from emergency_desk.errands.city_areas import Place
from emergency_desk.errands.demo_dice import Dice
from emergency_desk.exchange import yaml_text
from emergency_desk.exchange.divisions import Division

_KM_PER_DEGREE = 111.2
_GOLDEN_ANGLE = pi * (3 - sqrt(5))  # points laid out by it never crowd
_INLAND = 0.3  # how far things are drawn from a street's middle towards the district's, so that few fall into the sea


@dataclass(frozen=True, slots=True)
class District:
    """A district with its short names and its streets, the core of the town first."""

    area: Area
    zh: str
    en: str
    key: str  # what its accounts are called after: "shibei"
    streets: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class City:
    """The demo city as teams and sites are laid out in it."""

    area: Area
    districts: tuple[District, ...]

    @classmethod
    def of(cls, areas: Iterable[Area], places: Any) -> City:
        """Lay out a city from its areas and the names of its districts."""
        known = [area for area in areas if area.tier in (Tier.CITY, Tier.DISTRICT, Tier.STREET)]
        city = next(area for area in known if area.tier is Tier.CITY)
        english = {entry["code"]: entry["en"] for entry in places["districts"]}
        districts = tuple(
            District(area=area, zh=area.name[:-1], en=english[area.code], key=english[area.code].lower(),
                     streets=tuple(street for street in known if street.parent_id == area.id))
            for area in known if area.tier is Tier.DISTRICT)
        return cls(city, districts)

    @property
    def streets(self) -> list[tuple[District, Area]]:
        """Return every street with its district."""
        return [(district, street) for district in self.districts for street in district.streets]

    def district(self, code: str) -> District:
        """Return a district by its code."""
        return next(district for district in self.districts if district.area.code == code)


def read_places(path: Path) -> Any:
    """Return the file of a city's and its districts' middles."""
    return yaml_text.load(path.read_text(encoding="utf-8"), path.name)


def known_positions(places: Any, streets: Any) -> dict[str, Place]:
    """Return code → place for the city, its districts and its streets."""
    found = {entry["code"]: (float(entry["latitude"]), float(entry["longitude"])) for entry in (places["city"], *places["districts"])}
    return found | {code: (float(latitude), float(longitude)) for code, (latitude, longitude) in streets["places"].items()}


def village_positions(villages: Iterable[Division], known: Mapping[str, Place]) -> dict[str, Place]:
    """Return code → place for villages and communities: spread about the middle of their street, drawn inland."""
    reach = reaches(known)
    by_street: dict[str, list[str]] = {}
    for village in villages:
        by_street.setdefault(village.parent, []).append(village.code)
    return {
        code: place for street, codes in by_street.items()
        for code, place in zip(codes, _spread(_inland(known, street, reach[street]), reach[street], len(codes)), strict=True)}


def reaches(known: Mapping[str, Place]) -> dict[str, float]:
    """Return for each street how many km it is taken to reach: not half the way to the next, and 2.5 at most."""
    streets = {code: place for code, place in known.items() if len(code) == 9}
    return {code: min(2.5, 0.42 * min(distance_km(*place, *other) for name, other in streets.items() if name != code))
            for code, place in streets.items()}


def place_near(street: Area, dice: Dice, known: Mapping[str, Place], reach: Mapping[str, float]) -> Place:
    """Return a place in a street, thrown by the dice, drawn inland."""
    middle = _inland(known, street.code, reach[street.code])
    return _shift(middle, reach[street.code] * (0.15 + 0.5 * dice.part()), 2 * pi * dice.part())


def _inland(known: Mapping[str, Place], street: str, reach_km: float) -> Place:
    (north, east), (to_north, to_east) = known[street], known[street[:6]]
    away = distance_km(north, east, to_north, to_east)
    share = _INLAND * reach_km / away if away > reach_km else 0.0
    return north + (to_north - north) * share, east + (to_east - east) * share


def _spread(middle: Place, reach_km: float, count: int) -> Iterator[Place]:
    for number in range(count):
        yield _shift(middle, 0.7 * reach_km * sqrt((number + 0.5) / count), number * _GOLDEN_ANGLE)


def _shift(place: Place, km: float, angle: float) -> Place:
    north, east = place
    return (round(north + km * sin(angle) / _KM_PER_DEGREE, 6),
            round(east + km * cos(angle) / (_KM_PER_DEGREE * cos(radians(north))), 6))
