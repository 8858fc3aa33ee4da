"""What the demo city's shelters are by the standards, and its isolation and medical sites, which are no shelters. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.isolation import IsolationKind, IsolationSite
from emergency_desk.domain.shelters import Class51143, Inspected, Shelter, ShelterDuration, ShelterSpace, ShelterState, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.errands.demo_dice import Dice

_TIERS = {Tier.CITY: ShelterTier.CITY, Tier.DISTRICT: ShelterTier.COUNTY, Tier.STREET: ShelterTier.TOWNSHIP, Tier.VILLAGE: ShelterTier.VILLAGE}
_LARGE_M2 = 5_000
_OUTDOOR_FIT = ("earthquake", "building_fire", "gas_leak", "hazmat")


def demo_shelters(sites: Sequence[Site], dice: Dice, *, today: date, tree_of: Mapping[Id, Area]) -> Iterator[Shelter]:
    """Return the shelters among the sites. One in twenty was never looked over, one in thirty is in repair."""
    for number, site in enumerate(each for each in sites if each.kind is SiteKind.SHELTER):
        area = tree_of[site.area_id] if site.area_id is not None else None
        is_open_air, is_large = "公园" in site.name or "广场" in site.name, (site.effective_area_m2 or 0) >= _LARGE_M2
        looked_over = number % 20 != 7
        yield Shelter(
            id=site.id, tier=_TIERS[area.tier] if area is not None else ShelterTier.COUNTY,
            space=ShelterSpace.OUTDOOR if is_open_air else ShelterSpace.INDOOR,
            duration=ShelterDuration.EMERGENCY if is_open_air else ShelterDuration.SHORT,
            class_51143=Class51143.CENTRE if is_large and not is_open_air else Class51143.EMERGENCY if is_open_air else Class51143.FIXED_SHORT,
            hazards=_OUTDOOR_FIT if is_open_air else (), stated_capacity=site.capacity, keeper=dice.person()[0], keeper_phone=site.phone,
            catchment=(site.area_id,) if site.area_id is not None else (), inspected=Inspected.FIT if looked_over else Inspected.NOT_YET,
            inspected_on=today - timedelta(days=dice.between(20, 330)) if looked_over else None, signs_published=True,
            vulnerable_fit=not is_open_air and number % 3 == 0,
            state=ShelterState.MAINTENANCE if number % 30 == 11 else ShelterState.READY, is_demo=True)


def demo_isolation(sites: Sequence[Site], dice: Dice) -> Iterator[IsolationSite]:
    """Return what the isolation sites are, every third to observe, every third to treat. One in five lacks a waste contractor."""
    kinds = tuple(IsolationKind)
    for number, site in enumerate(each for each in sites if each.kind is SiteKind.ISOLATION):
        rooms = dice.between(20, 80)
        yield IsolationSite(
            id=site.id, kind=kinds[number % len(kinds)], single_rooms=rooms, beds=dice.between(0, 40), private_bathrooms=number % 4 != 3,
            three_zones=number % 3 != 1, negative_pressure=number % 3 == 2, medical_staff=rooms // 5,
            waste="示例医疗废物清运公司" if number % 5 != 4 else "", keeper=dice.person()[0], keeper_phone=site.phone, is_demo=True)
