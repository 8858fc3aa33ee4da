"""Times carry their age, due times what is left, numbers their groups; all of it in local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from emergency_desk.wording import formats
from emergency_desk.wording.catalog import speaking

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # 20:30 in Qingdao


def back(**length: float) -> datetime:
    return NOW - timedelta(**length)


def test_a_moment_is_shown_in_chinas_one_time() -> None:
    assert formats.clock_time(NOW) == "20:30"
    assert formats.clock_time(NOW, seconds=True) == "20:30:00"
    assert formats.date_time(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "2027-01-01 00:00"


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.clock_time(datetime(2026, 11, 24, 12, 30))


def test_a_time_carries_its_age() -> None:
    assert formats.age(back(minutes=25), now=NOW) == "20:05, 25 min ago"
    assert formats.age(back(seconds=20), now=NOW) == "20:29, just now"
    assert formats.age(back(hours=3, minutes=5), now=NOW) == "17:25, 3 h 5 min ago"


def test_another_day_and_another_year_are_named() -> None:
    assert formats.age(back(hours=24), now=NOW) == "11-23 20:30, 1 day ago"
    assert formats.when(back(days=400), now=NOW) == "2025-10-20 20:30"


def test_yesterday_is_reckoned_by_the_local_midnight() -> None:
    just_after_midnight = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)  # 00:05 on the 24th
    assert formats.when(just_after_midnight, now=NOW) == "00:05"
    assert formats.when(just_after_midnight - timedelta(minutes=10), now=NOW) == "11-23 23:55"


def test_a_due_time_carries_what_is_left() -> None:
    assert formats.due(NOW + timedelta(minutes=6), now=NOW) == "20:36, 6 min"
    assert formats.time_left(NOW + timedelta(seconds=30), now=NOW) == "under 1 min"


def test_a_missed_time_says_by_how_much() -> None:
    assert formats.time_left(back(minutes=2), now=NOW) == "2 min late"
    assert formats.time_left(back(seconds=20), now=NOW) == "just late"
    assert formats.is_late(back(seconds=1), now=NOW)
    assert not formats.is_late(NOW, now=NOW)


def test_what_lies_ahead_is_not_called_past() -> None:
    assert formats.ago(NOW + timedelta(minutes=10), now=NOW) == "in 10 min"


@pytest.mark.parametrize(
    ("length", "shown"),
    [(timedelta(minutes=22), "0:22"), (timedelta(minutes=63), "1:03"), (timedelta(hours=26, minutes=10), "26:10"), (timedelta(-1), "0:00"),
     (timedelta(days=23, hours=20), "23 days")],
)
def test_elapsed_time_reads_like_a_stop_watch(length: timedelta, shown: str) -> None:
    assert formats.duration(length) == shown


@pytest.mark.parametrize(
    ("length", "shown"),
    [(timedelta(minutes=3, seconds=12), "3:12"), (timedelta(minutes=61, seconds=5), "61:05"), (timedelta(hours=4, minutes=1), "4:01:00"),
     (timedelta(minutes=2307, seconds=46), "1 day 14 h"), (timedelta(days=2), "2 days"), (timedelta(-1), "0:00")],
)
def test_what_runs_by_the_second_counts_no_thousands_of_minutes(length: timedelta, shown: str) -> None:
    assert formats.stop_watch(length) == shown


def test_a_letter_writes_the_month() -> None:
    assert formats.written_date(date(2026, 11, 4)) == "4 November 2026"
    assert formats.written_date_time(NOW) == "24 November 2026, 20:30"
    assert formats.calendar_day(date(2026, 11, 4)) == "2026-11-04"


def test_numbers_people_and_distances_have_units() -> None:
    assert formats.number(1234567) == "1,234,567"
    assert formats.people(1) == "1 person"
    assert formats.people(1512) == "1,512 people"
    assert [formats.distance(km) for km in (0.32, 3.44, 9.96, 38.2)] == ["320 m", "3.4 km", "10.0 km", "38 km"]
    assert formats.about_minutes(8.7) == "≈9 min"
    assert formats.after_start(12) == "T+12"


def test_chinese_times_read_as_an_officer_says_them() -> None:
    with speaking("zh_CN"):
        assert formats.age(back(minutes=6), now=NOW) == "20:24，6分钟前"
        assert formats.due(NOW + timedelta(minutes=6), now=NOW) == "20:36，6分钟"
        assert formats.time_left(back(minutes=2), now=NOW) == "超2分钟"
        assert formats.ago(back(days=2), now=NOW) == "2天前"
        assert formats.span(timedelta(hours=3, minutes=5)) == "3小时5分钟"
        assert formats.span_in_full(timedelta(days=2, hours=23, minutes=29)) == "2天23小时"
        assert formats.span_in_full(timedelta(days=2, minutes=29)) == "2天"


def test_a_chinese_letter_writes_the_date_in_characters() -> None:
    with speaking("zh_CN"):
        assert formats.written_date_time(NOW) == "2026年11月24日20:30"
        assert formats.distance(3.44) == "3.4 公里"
        assert formats.people(1512) == "1,512人"
