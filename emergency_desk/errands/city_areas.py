"""Makes the tree of areas of a city from the shipped divisions: the city, its districts, streets and towns, villages and communities."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from itertools import chain

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.exchange.divisions import Division, Divisions

Place = tuple[float, float]  # latitude, longitude

# How an office's name ends, and what it is called in English; the longest ending first.
_OFFICES = ("社区村村民委员会", "社区居民委员会", "社区居委会", "社区村委会", "村民委员会", "居民委员会", "村委会", "居委会", "社区")
_ENDINGS: dict[Tier, tuple[tuple[str, str], ...]] = {
    Tier.PROVINCE: (("自治区", "{} Autonomous Region"), ("省", "{} Province")),
    Tier.CITY: (("自治州", "{} Autonomous Prefecture"), ("自治县", "{} Autonomous County"), ("林区", "{} Forestry District"),
                ("地区", "{} Prefecture"), ("盟", "{} League"), ("县", "{} County"), ("市", "{}")),
    Tier.DISTRICT: (("自治县", "{} Autonomous County"), ("自治旗", "{} Autonomous Banner"), ("旗", "{} Banner"), ("区", "{} District"),
                    ("市", "{} City"), ("县", "{} County")),
    Tier.STREET: (("新区街道", "{} New Area Sub-district"), ("路街道", "{} Road Sub-district"), ("街道", "{} Sub-district"),
                    ("镇", "{} Town"), ("乡", "{} Township")),
}


def city_areas(
    divisions: Divisions, code: str, new_id: Callable[[], Id], positions: Mapping[str, Place], *,
    english: Mapping[str, str] | None = None, aliases: Mapping[str, Collection[str]] | None = None, is_demo: bool = False,
) -> list[Area]:
    """Return the areas of a city (or district), each before those below it. Positions are estimates, by code; without one there is none.

    A province comes without villages, which would be tens of thousands. `english` and `aliases` add to or replace what the names alone
    give. Raises NotFound, BadFile.
    """
    given, other = english or {}, aliases or {}
    ids: dict[str, Id] = {}
    found = []
    villages = () if desk_tier(divisions, divisions.find(code)) is Tier.PROVINCE else divisions.villages(code)
    for division in chain(divisions.subtree(code), villages):
        tier = desk_tier(divisions, division)
        ids[division.code] = new_id()
        latitude, longitude = positions.get(division.code, (None, None))
        found.append(Area(
            id=ids[division.code], name=division.name, tier=tier, parent_id=ids.get(division.parent), code=division.code,
            name_en=given.get(division.code) or english_name(division, tier), aliases=tuple(other.get(division.code, ())),
            latitude=latitude, longitude=longitude, is_demo=is_demo))
    return found


def desk_tier(divisions: Divisions, division: Division) -> Tier:
    """Return the tier on which a division stands at a desk.

    A municipality (北京 11) is the city of its districts. A county-level unit straight under a province (仙桃 429004) is a city of its own,
    and so is a city without districts (中山 4420): both have a ladder of two rungs, street and city.
    """
    if division.tier == "tier_province" and not any(len(child.code) == 4 for child in divisions.children(division.code)):
        return Tier.CITY
    if division.tier == "tier_district" and len(division.parent) == 2 and desk_tier(divisions, divisions.find(division.parent)) is Tier.PROVINCE:
        return Tier.CITY
    return Tier(division.tier)


def english_name(division: Division, tier: Tier | None = None) -> str:
    """Return a name an English reader can say: pinyin and the kind of place ("Taidong Sub-district", "Liaoning Road Sub-district")."""
    if division.tier == "tier_village":
        return _village_name(division)
    for ending, pattern in _ENDINGS.get(tier or Tier(division.tier), ()):
        stem = division.name.removesuffix(ending)
        if stem and stem != division.name:
            return pattern.format(_pinyin(stem))
    return _pinyin(division.name)


def _village_name(division: Division) -> str:
    office = next((ending for ending in _OFFICES if division.name.endswith(ending) and division.name != ending), "")
    stem = division.name.removesuffix(office)
    is_village = "村民" in office or "村委" in office or (not office and stem.endswith("村"))
    stem = stem.removesuffix("村") if is_village and len(stem) > 2 else stem
    road = " Road" if stem.endswith("路") and len(stem) > 2 else ""
    return f"{_pinyin(stem.removesuffix('路') if road else stem)}{road} {'Village' if is_village else 'Community'}"


@lru_cache(maxsize=16_384)
def _pinyin(name: str) -> str:
    from pypinyin import Style, lazy_pinyin  # imported late: its dictionary costs tens of milliseconds

    return "".join(lazy_pinyin(name, style=Style.NORMAL)).capitalize()
