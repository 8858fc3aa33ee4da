"""Straight distances and the travel times guessed from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.travel import distance_km, travel_minutes
from tests.domain.reference_data import shipped

LATITUDE, LONGITUDE = st.floats(-90, 90), st.floats(-180, 180)
DISTANCES = (
    ("the same point", (36.067, 120.383), (36.067, 120.383), 0.0),
    ("a degree of the meridian", (36.0, 120.0), (37.0, 120.0), 111.195),
    ("a degree of the equator", (0.0, 120.0), (0.0, 121.0), 111.195),
    ("Shinan to Laoshan, by the towns' middles", (36.075, 120.412), (36.107, 120.469), 6.239),
    ("pole to pole", (90.0, 0.0), (-90.0, 0.0), 20015.115),
    ("over the date line", (0.0, 179.5), (0.0, -179.5), 111.195),
)


@pytest.mark.parametrize(("name", "here", "there", "km"), DISTANCES, ids=[name for name, *_ in DISTANCES])
def test_a_straight_distance(name: str, here: tuple[float, float], there: tuple[float, float], km: float) -> None:
    assert distance_km(*here, *there) == pytest.approx(km, abs=0.05)


@given(LATITUDE, LONGITUDE, LATITUDE, LONGITUDE)
def test_the_way_there_is_as_long_as_the_way_back(a: float, b: float, c: float, d: float) -> None:
    assert distance_km(a, b, c, d) == pytest.approx(distance_km(c, d, a, b), abs=1e-6)


MINUTES = ((0.0, 1), (0.1, 1), (1.0, 3), (3.0, 9), (3.6, 11), (10.0, 22), (50.0, 76))


@pytest.mark.parametrize(("km", "minutes"), MINUTES)
def test_a_travel_time_is_rounded_up(km: float, minutes: int) -> None:
    assert travel_minutes(km, shipped().travel) == minutes


@given(st.floats(0, 500), st.floats(0, 100))
def test_a_longer_way_never_takes_less_time(km: float, further: float) -> None:
    assert travel_minutes(km, shipped().travel) <= travel_minutes(km + further, shipped().travel)


def test_the_numbers_are_marked_as_house_estimates() -> None:
    assert shipped().travel.basis.is_house_estimate and not shipped().travel.basis.is_verified
