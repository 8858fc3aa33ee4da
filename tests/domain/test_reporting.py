"""Until when the first report of an incident is due: the rows answer for a tier, or nothing is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.reporting import QINGDAO, Channel, first_reports
from tests.domain.reference_data import shipped

CLOCKS = shipped().clocks
RECEIVED = datetime(2026, 11, 24, 12, 28, tzinfo=UTC)


def told(tier: Tier, grade: Grade | None = Grade.ORDINARY, profiles: tuple[str, ...] = QINGDAO) -> list[tuple[Channel, int]]:
    reports = first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=grade, profiles=profiles)
    return [(report.rule.channel, (report.due - RECEIVED) // timedelta(minutes=1)) for report in reports]


def test_a_street_phones_in_15_minutes_and_writes_in_30() -> None:
    assert told(Tier.STREET) == [(Channel.PHONE, 15), (Channel.WRITTEN, 30)]


def test_a_district_phones_the_city_in_30_minutes_and_writes_within_the_hour_because_the_stricter_of_two_rows_holds() -> None:
    assert told(Tier.DISTRICT) == [(Channel.PHONE, 30), (Channel.WRITTEN, 60)]
    assert told(Tier.DISTRICT, profiles=("qingdao_2009",)) == [(Channel.PHONE, 60)]


def test_the_minutes_are_internal_limits_because_the_law_names_none() -> None:
    for tier in (Tier.STREET, Tier.DISTRICT):
        assert not any(report.rule.is_law for report in first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=None))


def test_the_city_tells_the_province_of_what_is_relatively_major_and_of_nothing_less() -> None:
    assert told(Tier.CITY, Grade.RELATIVELY_MAJOR) == [(Channel.PHONE, 60)]
    assert told(Tier.CITY, Grade.ORDINARY) == told(Tier.CITY, None) == []


def test_what_is_major_is_reported_at_once_by_every_tier_and_that_is_law() -> None:
    for tier in (Tier.STREET, Tier.DISTRICT, Tier.CITY):
        assert told(tier, Grade.MAJOR) == [(Channel.ANY, 0)]
        assert first_reports(CLOCKS, sender=tier, received_at=RECEIVED, grade=Grade.MAJOR)[0].rule.is_law


def test_a_house_with_a_stricter_profile_follows_its_own_rows_of_the_grade() -> None:
    assert told(Tier.DISTRICT, Grade.RELATIVELY_MAJOR, ("strict_a",)) == [(Channel.WRITTEN, 60)]
    assert told(Tier.DISTRICT, Grade.ORDINARY, ("strict_a",)) == [(Channel.WRITTEN, 360)]


def test_the_national_minimum_names_no_minutes_for_every_event() -> None:
    assert told(Tier.DISTRICT, Grade.RELATIVELY_MAJOR, ()) == []
