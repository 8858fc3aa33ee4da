"""Coordinates and clock times are read in the ways people write them, or refused in a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emergency_desk.domain.errors import FieldUnreadable
from emergency_desk.ui.incidents.call_reading import read_clock, read_coordinates
from tests.builders import START


@pytest.mark.parametrize("typed", [
    "36.09, 120.38", "36.09 120.38", "36.09，120.38", "３６．０９，１２０．３８", "N36.09 E120.38", "36.09°N, 120.38°E", "120.38, 36.09",
    "北纬36.09度 东经120.38度", "lat 36.09 lon 120.38", " 36.09;120.38 ",
])
def test_coordinates_are_read_as_people_write_them(typed: str) -> None:
    assert read_coordinates(typed) == (36.09, 120.38)


@pytest.mark.parametrize("typed", ["36.09", "36.09, 120.38, 5", "up the hill", "95, 190", "36.09, 120.38 m", "--36, 120"])
def test_what_is_no_pair_of_coordinates_is_refused(typed: str) -> None:
    with pytest.raises(FieldUnreadable) as refused:
        read_coordinates(typed)
    assert refused.value.field == "coordinates"


def test_nothing_typed_is_nothing_known() -> None:
    assert read_coordinates("  ") is None
    assert read_clock("", received_at=START) is None


@pytest.mark.parametrize("typed", ["19:26", "1926", "１９：２６", " 19:26 "])
def test_a_clock_time_is_before_the_call(typed: str) -> None:
    assert read_clock(typed, received_at=START) == START - timedelta(minutes=5)


def test_a_time_later_than_the_call_was_yesterday() -> None:
    assert read_clock("2350", received_at=START) == START - timedelta(hours=19, minutes=41)


@pytest.mark.parametrize("typed", ["25:70", "abc", "19", "19:2x", "1:2:3:4"])
def test_what_is_no_clock_time_is_refused(typed: str) -> None:
    with pytest.raises(FieldUnreadable) as refused:
        read_clock(typed, received_at=START)
    assert refused.value.field == "occurred_at"
