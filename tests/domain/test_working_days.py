"""Terms that count in working days: the National Day holiday, Saturdays worked instead, and years nobody announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from emergency_desk.domain.working_days import WorkingDays
from tests.domain.reference_data import shipped


def test_a_plan_issued_before_national_day_is_filed_by_the_thirtieth_of_october() -> None:
    """Vector B12: 20 working days, the holiday left out, the Saturday worked instead counted."""
    due = shipped().working_days.after(date(2026, 9, 28), 20)
    assert (due.day, due.is_provisional) == (date(2026, 10, 30), False)
    assert due.day != date(2026, 9, 28) + timedelta(days=20)


@pytest.mark.parametrize(("day", "is_worked"), [
    (date(2026, 10, 1), False), (date(2026, 10, 7), False), (date(2026, 10, 8), True), (date(2026, 10, 10), True),
    (date(2026, 10, 11), False), (date(2026, 2, 28), True), (date(2026, 2, 23), False), (date(2026, 6, 19), False),
    (date(2026, 6, 22), True), (date(2026, 9, 20), True), (date(2026, 9, 19), False)])
def test_holidays_are_off_and_exchanged_weekends_are_worked(day: date, is_worked: bool) -> None:
    assert shipped().working_days.is_worked(day) is is_worked


def test_the_day_of_issue_is_not_counted() -> None:
    assert shipped().working_days.after(date(2026, 11, 9), 1).day == date(2026, 11, 10)
    assert shipped().working_days.after(date(2026, 11, 13), 1).day == date(2026, 11, 16)


def test_a_term_that_runs_into_a_year_without_a_notice_is_provisional() -> None:
    due = shipped().working_days.after(date(2026, 12, 21), 20)
    assert (due.day, due.unannounced) == (date(2027, 1, 18), (2027,))  # Mondays to Fridays alone
    assert not shipped().working_days.after(date(2026, 12, 1), 20).is_provisional


def test_a_desk_without_any_notice_counts_weekdays_and_says_so() -> None:
    due = WorkingDays().after(date(2026, 9, 28), 20)
    assert (due.day, due.is_provisional) == (date(2026, 10, 26), True)


def test_every_day_worked_instead_is_a_weekend_and_lies_in_an_announced_year() -> None:
    calendar = shipped().working_days
    assert [year.year for year in calendar.years] == [2025, 2026]
    for year in calendar.years:
        assert year.worked and all(day.weekday() > 4 for day in year.worked), year.year
    assert {year.year: year.basis.is_verified for year in calendar.years} == {2025: False, 2026: True}
