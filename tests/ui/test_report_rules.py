"""The reporting limits of an office: a profile chosen, a row changed and added, the shipped table restored; the law stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.app import paths
from emergency_desk.app.more_pages import add_more_pages
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldUnreadable, RoleMissing, RuleIsLaw
from emergency_desk.domain.reporting import Channel, first_reports
from emergency_desk.errands import report_rules
from emergency_desk.services import integrity, report_settings
from emergency_desk.ui.settings.report_rules import ReportRulesPage
from emergency_desk.wording import catalog
from tests.builders import START, SetClock, acting_as, make_desk
from tests.ui.fitting import cut_labels
from tests.ui.seat import Seat


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, make_desk(tmp_path, account="administrator", clock=SetClock()), tmp_path)
    add_more_pages(seat.window, seat.place)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def opened(seat: Seat) -> ReportRulesPage:
    page = seat.window.show_page("report_rules")
    seat.settle()
    assert isinstance(page, ReportRulesPage)
    return page


def minutes_of(seat: Seat, channel: Channel) -> int:
    found = first_reports(seat.desk.trade.clocks, sender=Tier.DISTRICT, received_at=START, grade=None,
                          profiles=report_settings.read_report_settings(seat.desk).profiles)
    return next(int((each.due - START).total_seconds() // 60) for each in found if each.rule.channel is channel)


def test_the_minutes_of_a_house_row_are_changed_and_the_shipped_table_comes_back(seat: Seat) -> None:
    page = opened(seat)
    assert minutes_of(seat, Channel.PHONE) == 30
    page.lines.choose("D14-any-phone")
    page.minutes.set_value(20)
    seat.press("Ctrl+S")
    assert minutes_of(seat, Channel.PHONE) == 20
    seat.press("Alt+R")
    assert minutes_of(seat, Channel.PHONE) == 30
    assert integrity.check(seat.desk).is_sound


def test_an_office_adds_a_stricter_row_of_its_own(seat: Seat) -> None:
    page = opened(seat)
    page.from_tier.choose(Tier.DISTRICT.value)
    page.to_tier.choose(Tier.CITY.value)
    seat.press("Alt+N")
    seat.words("10")
    seat.press("Alt+N")
    assert minutes_of(seat, Channel.PHONE) == 10
    assert report_rules.OWN in report_settings.read_report_settings(seat.desk).profiles


def test_the_allowance_for_what_is_due_at_once_is_the_offices_own(seat: Seat) -> None:
    page = opened(seat)
    assert page.at_once.value == 15
    page.at_once.set_value(20)
    page.keep_at_once()
    assert seat.desk.trade.clocks.at_once_minutes == 20
    seat.press("Alt+R")
    assert seat.desk.trade.clocks.at_once_minutes == 15
    with pytest.raises(FieldUnreadable):
        report_rules.change_at_once(seat.desk, minutes=0)


def test_the_law_is_not_changed_and_a_number_nobody_means_is_refused(seat: Seat) -> None:
    page = opened(seat)
    page.lines.choose("D3-city")
    assert not page.minutes.isEnabled()
    with pytest.raises(RuleIsLaw):
        report_rules.change_minutes(seat.desk, rule_id="D3-city", minutes=10)
    with pytest.raises(FieldUnreadable):
        report_rules.change_minutes(seat.desk, rule_id="D14-any-phone", minutes=0)
    with pytest.raises(RoleMissing):
        report_rules.restore(acting_as(seat.desk, "officer"), folder=paths.reference())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_profile_is_chosen_and_nothing_is_cut(seat: Seat, language: str) -> None:
    catalog.use_language(language)
    page = opened(seat)
    assert cut_labels(page) == []
    page.profile.choose("strict_b")
    page._choose()
    assert report_settings.read_report_settings(seat.desk).name == "strict_b"
