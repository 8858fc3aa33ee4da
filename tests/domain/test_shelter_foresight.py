"""What a shelter faces: hours to full from what was counted, with the error so far; hours of water and food; what lacks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_foresight import (
    ForesightRules,
    HeadForecast,
    Lack,
    UseKind,
    UsePerHead,
    forecast,
    lacks,
    outlook,
    valid_counts,
)
from emergency_desk.domain.shelters import HeadCount

START = datetime(2026, 8, 12, 0, 0, tzinfo=UTC)
RULES = ForesightRules(least_counts=3, meals_a_day=3)
WATER, FOOD, BLANKET, BISCUIT = Id("water"), Id("food"), Id("blanket"), Id("biscuit")


def count(hours: float, heads: int, *, id_: str = "", corrects: str = "", late: int = 0) -> HeadCount:
    at = START + timedelta(hours=hours)
    return HeadCount(Id(id_ or f"{hours}/{heads}"), Id("o"), Id("s"), Id("i"), at, at + timedelta(minutes=late), Id("a"), heads,
                     corrects_id=Id(corrects) if corrects else None)


def test_from_fewer_counts_than_the_rule_needs_nothing_is_foreseen() -> None:
    assert forecast([count(0, 10), count(1, 20)], RULES) is None
    assert forecast([count(0, 10), count(1, 20), count(1, 21)], RULES) is None, "two of one moment are one"


def test_hours_to_full_go_on_from_the_newest_count_as_the_newest_counts_went() -> None:
    found = forecast([count(hours, heads) for hours, heads in ((0, 100), (1, 120), (2, 140), (3, 160))], RULES)
    assert found is not None and (found.heads, found.counts) == (160, 3) and round(found.per_hour, 6) == 20
    now = START + timedelta(hours=4)
    assert found.hours_to_full(200, now) == 1.0, "an hour has gone since the count"
    assert found.hours_to_full(160, now) == 0.0 and found.at(now + timedelta(hours=1)) == 200
    assert found.error is not None and (found.error.checks, found.error.mean, found.error.mean_unchanged) == (1, 0.0, 20.0)


def test_a_shelter_that_empties_does_not_fill_and_is_never_below_nobody() -> None:
    found = forecast([count(hours, heads) for hours, heads in ((0, 100), (1, 60), (2, 20))], RULES)
    assert found is not None and found.hours_to_full(300, START) is None and found.at(START + timedelta(hours=9)) == 0
    assert found.error is None, "no further count to hold it against"


def test_each_count_is_held_against_what_those_before_it_foresaw() -> None:
    """0, 10, 20 foresee 30; 26 were there. 10, 20, 26 go on by 8 an hour and foresee 34; 40 were there."""
    found = forecast([count(hours, heads) for hours, heads in ((0, 0), (1, 10), (2, 20), (3, 26), (4, 40))], RULES)
    assert found is not None and found.error is not None
    assert (found.error.checks, found.error.mean, found.error.worst, found.error.mean_unchanged) == (2, 5.0, 6, 10.0)
    assert found.is_line_nearer and found.likely(START + timedelta(hours=5)) == found.at(START + timedelta(hours=5))


def test_where_saying_that_nothing_changes_was_nearer_that_is_reckoned_with() -> None:
    """It fills, stops and stays: the line goes on where nothing changes any more."""
    found = forecast([count(hours, heads) for hours, heads in ((0, 0), (1, 20), (2, 40), (3, 40), (4, 40), (5, 60))], RULES)
    assert found is not None and found.error is not None and found.error.mean > found.error.mean_unchanged
    assert not found.is_line_nearer and found.likely(START + timedelta(hours=20)) == 60


def test_a_corrected_count_counts_no_more() -> None:
    some = [count(0, 10), count(1, 200, id_="wrong"), count(1, 20, corrects="wrong"), count(2, 30)]
    assert [one.heads for one in valid_counts(some)] == [10, 20, 30]


@given(st.lists(st.tuples(st.integers(0, 72), st.integers(0, 900)), max_size=12))
def test_a_forecast_is_never_negative_and_starts_at_the_newest_count(rows: list[tuple[int, int]]) -> None:
    found = forecast([count(hours, heads, late=place) for place, (hours, heads) in enumerate(rows)], RULES)
    if found is not None:
        assert found.at(found.counted_at) == found.heads and all(found.at(START + timedelta(hours=hour)) >= 0 for hour in range(0, 200, 20))
        assert found.error is None or 0 <= found.error.mean <= found.error.worst
    assert (found is None) == (len({hours for hours, _heads in rows}) < 3)


def test_hours_of_water_and_blankets_for_how_many() -> None:
    uses = (UsePerHead(WATER, UseKind.WATER, 300), UsePerHead(FOOD, UseKind.FOOD, 300), UsePerHead(BISCUIT, UseKind.FOOD, 50),
            UsePerHead(BLANKET, UseKind.BLANKET, 100))
    stock = {WATER: 1_200, FOOD: 600, BISCUIT: 100, BLANKET: 150}
    assert outlook(UseKind.WATER, uses, stock, 400).hours == 24
    assert outlook(UseKind.FOOD, uses, stock, 400).hours == 24, "200 days of one and 200 of the other"
    assert outlook(UseKind.BLANKET, uses, stock, 400).enough_for == 150 and outlook(UseKind.BLANKET, uses, stock, 400).hours is None
    assert outlook(UseKind.WATER, uses, stock, 0).hours is None
    assert not outlook(UseKind.WATER, (), stock, 400).is_said, "what one person uses is the office's own word"
    assert lacks(uses, stock, heads=400, hours=48) == (Lack(WATER, UseKind.WATER, 1_200), Lack(FOOD, UseKind.FOOD, 1_200),
                                                       Lack(BLANKET, UseKind.BLANKET, 250))
    assert lacks(uses, stock, heads=100, hours=24) == () and lacks((), stock, heads=100, hours=24) == ()


@given(st.integers(0, 500), st.integers(1, 72), st.integers(0, 3_000), st.integers(1, 900))
def test_what_lacks_is_just_enough(heads: int, hours: int, held: int, hundredths: int) -> None:
    use = UsePerHead(WATER, UseKind.WATER, hundredths)
    some = lacks((use,), {WATER: held}, heads=heads, hours=hours)
    missing = some[0].quantity if some else 0
    wanted = use.wanted(heads, hours)
    assert held + missing >= wanted and (not missing or held + missing <= wanted)


def test_a_line_is_only_a_line() -> None:
    assert HeadForecast(START, 10, 0.0, 3).hours_to_full(20, START) is None
