"""Which backups are kept as they grow old, and when somebody has to look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.backups import DAYS, HALF_HOURS, MONTHS, THINNED, WEEKS, BackupState, Made, PlaceTrouble, Reason, SecondPlace, too_many
from tests.builders import START


def made(minutes: float, reason: Reason = Reason.ROUTINE) -> Made:
    return Made(Path(f"{minutes}"), START + timedelta(minutes=minutes), 1, reason)


def kept_of(all_made: list[Made]) -> list[Made]:
    gone = too_many(all_made)
    return [one for one in all_made if one not in gone]


def test_after_two_years_of_half_hours_a_day_a_fortnight_ten_weeks_and_nine_months_are_kept() -> None:
    folder: list[Made] = []
    for number in range(2 * 365 * 8):  # the desk is open four hours a day
        day, turn = divmod(number, 8)
        folder.append(made(day * 1440 + turn * 30))
        if number % 16 == 15 or number > 2 * 365 * 8 - 60:
            folder = kept_of(folder)
    ages = sorted({(folder[-1].made_at - one.made_at).days for one in folder})
    assert len([one for one in folder if (folder[-1].made_at - one.made_at).days < 6]) == HALF_HOURS  # six days of four hours
    assert ages[:DAYS] == list(range(DAYS))
    assert max(ages) >= (MONTHS - 2) * 30 and len(folder) <= HALF_HOURS + DAYS + WEEKS + MONTHS


def test_what_was_kept_before_an_update_or_set_aside_makes_no_room() -> None:
    old = [made(-90 * 1440, reason) for reason in Reason if reason not in THINNED]
    assert not too_many([*old, *(made(30 * number) for number in range(60))][:len(old)])
    assert all(one.reason in THINNED for one in too_many([*old, *(made(number) for number in range(200))]))


@given(st.lists(st.integers(0, 500_000), unique=True, max_size=120))
def test_the_newest_always_stays_and_thinning_twice_takes_nothing_more(minutes: list[int]) -> None:
    folder = [made(each) for each in minutes]
    kept = kept_of(folder)
    assert not folder or max(folder, key=lambda one: one.made_at) in kept
    assert not too_many(kept) and len(kept) <= HALF_HOURS + DAYS + WEEKS + MONTHS


@given(st.lists(st.integers(0, 500_000), unique=True, min_size=1, max_size=80))
def test_thinning_on_the_way_loses_no_day_that_thinning_at_the_end_would_keep(minutes: list[int]) -> None:
    on_the_way: list[Made] = []
    for each in sorted(minutes):
        on_the_way = kept_of([*on_the_way, made(each)])
    assert kept_of([made(each) for each in sorted(minutes)]) == on_the_way


def test_nothing_is_said_while_all_is_well_and_age_failure_and_a_missing_place_alarm() -> None:
    fresh, well = made(0), SecondPlace("/media/stick", START)
    assert not BackupState(fresh, well).alarms(START + timedelta(minutes=119))
    assert BackupState(fresh, well).alarms(START + timedelta(minutes=121))
    assert BackupState(None).alarms(START) and BackupState(fresh, failed="disk_full").alarms(START)
    assert BackupState(fresh, SecondPlace("/media/stick", START, PlaceTrouble.ABSENT)).alarms(START)
