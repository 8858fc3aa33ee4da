"""How far and how long: straight distance on the globe, and the travel time guessed from it.

A travel time is always an estimate and is always shown as one: nothing here knows a road, its traffic or the weather.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt

from emergency_desk.domain.rules import RuleBasis

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid, which CGCS2000 uses


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedBand:
    """The speed on the part of a road that lies below a distance. `up_to_road_km` None: the rest of the road."""

    up_to_road_km: float | None
    km_per_hour: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelSettings:
    """The house's numbers for a travel time: how much longer the road is than the straight line, and how fast one drives."""

    road_factor: float
    bands: tuple[SpeedBand, ...]
    least_minutes: int
    basis: RuleBasis


def distance_km(from_latitude: float, from_longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return the straight distance between two points in degrees (haversine)."""
    north, south = radians(from_latitude), radians(to_latitude)
    across = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(to_longitude - from_longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across)))


def travel_minutes(km: float, settings: TravelSettings) -> int:
    """Return the estimated minutes on the road for a straight distance, rounded up; never less for a longer way."""
    left, done, hours = km * settings.road_factor, 0.0, 0.0
    for band in settings.bands:
        part = left if band.up_to_road_km is None else min(left, band.up_to_road_km - done)
        hours += part / band.km_per_hour
        left, done = left - part, done + part
        if left <= 0:
            break
    return max(settings.least_minutes, ceil(round(hours * 60, 6)))
