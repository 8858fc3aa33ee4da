"""The first morning's page: places over all of China, what comes of an answer, refusals at their fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.app.founding import division_finder
from emergency_desk.errands.division_finding import DivisionFinder
from emergency_desk.errands.founding_city import Wanted
from emergency_desk.ui.start.onboarding import OnboardingPage
from emergency_desk.wording.catalog import use_language


@pytest.fixture(scope="module")
def china() -> DivisionFinder:
    return division_finder()


@pytest.fixture
def page(qtbot: QtBot, china: DivisionFinder) -> OnboardingPage:
    made = OnboardingPage()
    qtbot.addWidget(made)
    made.resize(1270, 640)
    made.show()
    made.take_finder(china)
    return made


def heard(page: OnboardingPage) -> list[Wanted]:
    told: list[Wanted] = []
    page.wanted.connect(told.append)
    return told


def choose(page: OnboardingPage, text: str) -> None:
    page.city.setFocus()
    QTest.keyClicks(page.city, text)
    QTest.keyClick(page.city, Qt.Key.Key_Tab)


def fill(page: OnboardingPage) -> None:
    page.account.setText("wang")
    for field in (page.password, page.password_again):
        field.setText("correct horse")


def test_a_city_found_by_pinyin_fills_area_code_and_name(page: OnboardingPage) -> None:
    choose(page, "zhongshan")
    assert (page.city.area_id, page.own.area_id, page.desk_code.text()) == ("4420", "4420", "442000")
    assert page.desk_name.text() == "Zhongshan City Operations Centre"
    assert "Street ▸ City" in page._comes.text()


def test_the_desks_own_area_is_looked_for_inside_the_city_by_sound(page: OnboardingPage) -> None:
    choose(page, "qingdao")
    page.own.clear()
    QTest.keyClicks(page.own, "tdjd")
    QTest.keyClick(page.own, Qt.Key.Key_Tab)
    assert (page.own.area_id, page.desk_code.text()) == ("370203021", "370203021")
    assert "Street ▸ District ▸ City" in page._comes.text()


def test_an_old_name_finds_its_successor(page: OnboardingPage, type_chinese: Callable[[QWidget, str], None]) -> None:
    page.city.setFocus()
    type_chinese(page.city, "即墨市")
    assert "became 即墨区" in page.city._offered[0][0][2]
    QTest.keyClick(page.city, Qt.Key.Key_Tab)
    assert page.own.area_id == "370215"


def test_what_one_typed_oneself_is_kept_when_the_area_changes(page: OnboardingPage) -> None:
    choose(page, "zhongshan")
    page.desk_code.clear()
    QTest.keyClicks(page.desk_code, "ZS1")
    page.city.clear()
    choose(page, "qingdao")
    assert page.desk_code.text() == "ZS1"
    assert page.desk_name.text() == "Qingdao City Operations Centre"


@pytest.mark.parametrize(("breaks", "field"), [
    (lambda page: page.password_again.setText("other"), "password_again"), (lambda page: page.account.clear(), "account"),
    (lambda page: page.password.clear(), "password"), (lambda page: page.desk_code.setText("1/2"), "desk_code"),
])
def test_a_refusal_stands_at_its_field_and_nothing_is_asked(
    page: OnboardingPage, breaks: Callable[[OnboardingPage], None], field: str,
) -> None:
    told = heard(page)
    choose(page, "zhongshan")
    fill(page)
    breaks(page)
    page.found()
    assert told == []
    assert getattr(page, field).property("refused")


def test_without_a_city_the_city_is_asked_for(page: OnboardingPage) -> None:
    told = heard(page)
    fill(page)
    page.found()
    assert told == [] and page.city.property("refused")


def test_the_answers_are_handed_on_once(page: OnboardingPage) -> None:
    told = heard(page)
    choose(page, "370203")
    fill(page)
    page.found()
    page.found()
    assert told == [Wanted(area="370203", account="wang", password="correct horse", password_again="correct horse", desk_code="370203")]


def test_another_language_keeps_what_was_typed(page: OnboardingPage, qtbot: QtBot, china: DivisionFinder) -> None:
    tags: list[str] = []
    page.language_wanted.connect(tags.append)
    choose(page, "zhongshan")
    fill(page)
    page.language.activated.emit(page.language.findData("zh_CN"))
    assert len(tags) == 1
    use_language("zh_CN")
    other = OnboardingPage()
    qtbot.addWidget(other)
    other.keep(page.answers)
    other.take_finder(china)
    assert (other.own.area_id, other.account.text(), other.desk_name.text()) == ("4420", "wang", "中山市应急指挥中心")
