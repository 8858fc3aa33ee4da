"""What is new is shown once after an update, to each person on each machine; it never stands in the way of an incident."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import emergency_desk
from emergency_desk.app import paths
from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.founding import found_store
from emergency_desk.app.opening import open_desk
from emergency_desk.app.session import Session
from emergency_desk.domain.manual import read_page
from emergency_desk.domain.releases import in_order
from emergency_desk.errands import manual
from emergency_desk.errands.founding_city import Wanted
from emergency_desk.services import accounts
from emergency_desk.ui import preferences
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.manual.news_page import NewsPage, releases_after, version_of
from emergency_desk.ui.start.onboarding import OnboardingPage
from emergency_desk.ui.workplace import BOARD, NEWS
from tests import story
from tests.builders import make_desk

OWN = Wanted(area="4420", account="wang", password="horse", password_again="horse", display_name="王值班")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person who has the program for the first time since news are told."""
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "own" / "settings.toml")
    return tmp_path / "own"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    found_store(tmp_path / "own.store", OWN)
    return tmp_path / "own.store"


@pytest.fixture
def sessions(qtbot: QtBot) -> Iterator[list[Session]]:
    made: list[Session] = []
    yield made
    for session in made:
        session.window.close()


def begun(sessions: list[Session], qtbot: QtBot, qapp: QApplication, store: Path, **asked: str) -> Session:
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    session = Session(qapp, Asked(store=store, **asked), window, inline=True)
    sessions.append(session)
    session.begin()
    return session


def seated(sessions: list[Session], qtbot: QtBot, qapp: QApplication, store: Path) -> Session:
    return begun(sessions, qtbot, qapp, store, account="wang", password="horse")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_it_is_shown_once_after_an_update_and_leaves_by_esc_or_enter(
    key: Qt.Key, folder: Path, store: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication,
) -> None:
    preferences.change(folder, news_seen="0.1.0")
    session = seated(sessions, qtbot, qapp, store)
    page = session.window.page
    assert isinstance(page, NewsPage) and session.window.page_id == NEWS
    text = page.text.toPlainText()
    assert f"Version {emergency_desk.__version__}" in text and "For the keeper" in text and "Version 0.1.0" not in text
    qtbot.waitUntil(page.go_on.hasFocus)
    QTest.keyClick(page.go_on, key)
    assert session.window.page_id == BOARD
    session.window.close()
    sessions.clear()
    assert seated(sessions, qtbot, qapp, store).window.page_id == BOARD


def test_enter_in_its_text_goes_on_too(folder: Path, store: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication) -> None:
    session = seated(sessions, qtbot, qapp, store)
    page = session.window.page
    assert isinstance(page, NewsPage)
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    assert session.window.page_id == BOARD


def test_while_an_incident_is_open_one_line_waits_and_its_button_shows_it(
    folder: Path, store: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication,
) -> None:
    desk = open_desk(store)
    accounts.sign_in(desk, name="wang", password="horse")
    story.opened(desk, area_id=desk.area_id, received_at=None, occurred_at=None)
    desk.store.close()
    session = seated(sessions, qtbot, qapp, store)
    assert session.window.page_id == BOARD
    notice = session.window.notices.notice
    assert notice is not None and "What is new" in notice.text
    assert preferences.read(folder).news_seen == "", "it was not seen yet"
    session.window.notices.do_act()
    assert session.window.page_id == NEWS and preferences.read(folder).news_seen == emergency_desk.__version__


def test_who_founds_a_desk_is_told_nothing_new(folder: Path, tmp_path: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication) -> None:
    session = begun(sessions, qtbot, qapp, tmp_path / "first.store")
    page = session.window.page
    assert isinstance(page, OnboardingPage)
    page.wanted.emit(OWN)
    assert session.window.page_id == BOARD
    assert preferences.read(folder).news_seen == emergency_desk.__version__


def test_a_demo_city_tells_nothing_by_itself_but_the_box_finds_it(
    folder: Path, tmp_path: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication,
) -> None:
    make_desk(tmp_path).store.close()
    session = begun(sessions, qtbot, qapp, tmp_path / "test.store", account="leader")
    assert session.window.page_id == BOARD and preferences.read(folder).news_seen == ""
    session.window.find_anything()
    session.window.top.box.setText("what is new")
    session.window.top.box.look_up()
    session.window.top.box.offered[0].run()
    page = session.window.page
    assert isinstance(page, NewsPage) and "Version 0.1.0" in page.text.toPlainText(), "all of it, whatever was seen"


def test_what_cannot_be_noted_costs_nobody_the_desk(
    folder: Path, store: Path, sessions: list[Session], qtbot: QtBot, qapp: QApplication,
) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert seated(sessions, qtbot, qapp, store).window.page_id == NEWS


def test_a_release_is_told_after_the_one_that_was_seen() -> None:
    page = read_page("news", "# News\n\n## Two {#v0_10_0}\n\n- b\n\n### For one {#v0_10_0_one}\n\n- c\n\n## One {#v0_9_0}\n\n- a\n", {})
    assert [section.anchor for section in releases_after(page.sections, "0.9.0")] == ["v0_10_0", "v0_10_0_one"]
    assert len(releases_after(page.sections, "")) == 3 and releases_after(page.sections, "0.10.0") == ()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_news_begin_with_this_version_and_nobody_has_more_than_eight_lines_to_read(language: str) -> None:
    sections = manual.read_manual(paths.manual(), language).page("news").sections[1:]
    versions = list(dict.fromkeys(version_of(section) for section in sections))
    assert versions[0] == emergency_desk.__version__
    assert versions == sorted(versions, key=in_order, reverse=True)
    for section in sections:
        assert section.text.count("\n") < 8, section.anchor
