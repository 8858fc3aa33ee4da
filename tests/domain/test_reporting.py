"""Until when the first report of an incident is due: the rows answer for a tier, or nothing is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.reporting import Channel, first_reports
from tests.domain.reference_data import shipped

CLOCKS = shipped().clocks
RECEIVED = datetime(2026, 11, 24, 12, 28, tzinfo=UTC)


def told(tier: Tier, grade: Grade | None = Grade.ORDINARY, profile: str = "qingdao_2009") -> list[tuple[Channel, int]]:
    reports = first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=grade, profile=profile)
    return [(report.rule.channel, (report.due - RECEIVED) // timedelta(minutes=1)) for report in reports]


def test_a_street_phones_in_15_minutes_and_writes_in_30() -> None:
    assert told(Tier.STREET) == [(Channel.PHONE, 15), (Channel.WRITTEN, 30)]


def test_a_district_of_qingdao_phones_the_city_within_the_hour_and_no_time_is_made_up_for_the_letter() -> None:
    assert told(Tier.DISTRICT) == [(Channel.PHONE, 60)]


def test_the_minutes_are_internal_limits_because_the_law_names_none() -> None:
    for tier in (Tier.STREET, Tier.DISTRICT):
        assert not any(report.rule.is_law for report in first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=None))


def test_the_city_is_told_nothing_because_its_rows_bind_some_kinds_of_event_only() -> None:
    assert told(Tier.CITY, Grade.RELATIVELY_MAJOR) == []


def test_what_is_major_is_reported_at_once_by_every_tier_and_that_is_law() -> None:
    for tier in (Tier.STREET, Tier.DISTRICT, Tier.CITY):
        assert told(tier, Grade.MAJOR) == [(Channel.ANY, 0)]
        assert first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=Grade.MAJOR)[0].rule.is_law


def test_a_house_with_a_stricter_profile_follows_its_own_rows_of_the_grade() -> None:
    assert told(Tier.DISTRICT, Grade.RELATIVELY_MAJOR, profile="strict_a") == [(Channel.WRITTEN, 60)]
    assert told(Tier.DISTRICT, Grade.ORDINARY, profile="strict_a") == [(Channel.WRITTEN, 360)]


def test_where_a_desk_has_no_rows_of_its_own_the_habit_of_the_house_counts() -> None:
    assert told(Tier.DISTRICT, Grade.RELATIVELY_MAJOR, profile="none") == [(Channel.PHONE, 30), (Channel.WRITTEN, 60)]
    assert told(Tier.DISTRICT, None, profile="none") == []
