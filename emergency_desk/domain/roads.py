"""Minutes on the road between many places and many others: looked up by the distance, which is worked out once for each place.

Distances are chords of a globe of radius one half: their order is that of the roads.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from math import asin, cos, radians, sin

from emergency_desk.domain.arrivals import travel_edges
from emergency_desk.domain.travel import EARTH_RADIUS_KM, TravelSettings, travel_minutes

Position = tuple[float, float]  # latitude, longitude
Point = tuple[float, float, float]
_HORIZON_KM = 200.0  # up to here minutes are looked up, beyond they are worked out


@lru_cache(maxsize=16_384)
def half_point(position: Position) -> Point:
    """Return a place on a globe of radius one half: the distance of two is the sine of half their angle."""
    latitude, longitude = radians(position[0]), radians(position[1])
    across = cos(latitude) / 2
    return across * cos(longitude), across * sin(longitude), sin(latitude) / 2


class Roads:
    """What a distance takes on the road."""

    def __init__(self, travel: TravelSettings) -> None:
        self._travel: TravelSettings = travel
        edges, self._horizon_km = travel_edges(travel, _HORIZON_KM)
        self.edges = [sin(max(0.0, km) / (2 * EARTH_RADIUS_KM)) if km >= 0 else -1.0 for km in edges]
        self.horizon = sin(self._horizon_km / (2 * EARTH_RADIUS_KM))

    def on_the_road(self, chord: float) -> int:
        """Return the minutes of a straight distance."""
        if chord <= self.horizon:
            return bisect_left(self.edges, chord)
        return travel_minutes(2 * EARTH_RADIUS_KM * asin(min(1.0, chord)), self._travel)
