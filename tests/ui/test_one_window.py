"""A desk that another program has is open to read only and says so on every page; a second start reaches the first window."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked
from emergency_desk.app.handing import LEAVING, NOBODY, SHOWN, Message, hand_over
from emergency_desk.app.session import Session
from emergency_desk.domain.errors import StoreReadOnly
from emergency_desk.errands.keeping_backups import BackupKeeper
from emergency_desk.services import incidents, reports
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.plans.bundle_page import PlanBundlePage
from emergency_desk.ui.read_only_band import ReadOnlyBand
from emergency_desk.ui.workplace import BOARD, INCIDENTS
from tests import story
from tests.app.test_instance import program
from tests.builders import make_desk
from tests.ui.seat import take_fire
from tests.ui.test_officers import begun


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    desk = make_desk(tmp_path)
    story.take(desk, story.FIRE_ONE)
    desk.store.close()
    return tmp_path / "test.store"


@pytest.fixture
def other(store: Path) -> Iterator[subprocess.Popen[str]]:
    made = program(store)
    yield made
    made.communicate("")


def session_at(qtbot: QtBot, qapp: QApplication, store: Path) -> Session:
    session = begun(qtbot, qapp, Asked(store=store, account="leader"))
    session.window.furnish().show()
    return session


def bands(session: Session) -> list[ReadOnlyBand]:
    return [band for band in session.window.findChildren(ReadOnlyBand) if band.isVisibleTo(session.window)]


def test_every_page_says_that_it_is_to_read_only_and_nothing_can_be_entered(
    qtbot: QtBot, qapp: QApplication, store: Path, other: subprocess.Popen[str],
) -> None:
    session = session_at(qtbot, qapp, store)
    desk = session.desk
    assert desk is not None and len(incidents.list_open(desk)) == 1
    for page in (BOARD, INCIDENTS):
        session.window.show_page(page)
        assert len(bands(session)) == 1 and "nothing can be entered here" in bands(session)[0].accessibleName()
    with pytest.raises(StoreReadOnly) as refusal:
        take_fire(desk)
    assert refusal.value.values["reason"] == "held" and refusal.value.values["since"] is not None
    reports.renew_dues(desk)  # what the clock does by itself is left to whoever has the store
    session.window.close()
    assert not list(store.parent.glob("*backups/*"))  # its backups too


def test_once_the_other_is_closed_it_is_tried_again_and_written(
    qtbot: QtBot, qapp: QApplication, store: Path, other: subprocess.Popen[str],
) -> None:
    session = session_at(qtbot, qapp, store)
    bands(session)[0].button.click()
    session.window.furnish().show()
    assert len(bands(session)) == 1
    other.communicate("")
    bands(session)[0].button.click()
    assert bands(session) == [] and session.desk is not None
    take_fire(session.desk)
    assert len(incidents.list_open(session.desk)) == 2
    qtbot.addWidget(session.window)
    session.window.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen one
def test_a_second_start_brings_the_window_to_the_front_and_shows_its_file(
    qtbot: QtBot, qapp: QApplication, store: Path, tmp_path: Path,
) -> None:
    session = session_at(qtbot, qapp, store)
    session.window.showMinimized()
    assert hand_over(store, tmp_path / "other desk.edplan") == SHOWN
    qtbot.waitUntil(lambda: session.window.page_id == bundle_acts.PAGE)
    page = session.window.page
    assert isinstance(page, PlanBundlePage) and page.path.text() == str(tmp_path / "other desk.edplan")
    assert not session.window.isMinimized()
    session.window.close()
    assert hand_over(store, None) != SHOWN


def test_a_closed_window_leaves_the_store_to_the_next(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    session_at(qtbot, qapp, store).window.close()
    made = program(store)
    made.communicate("")
    assert made.returncode == 0


def test_a_second_start_while_the_last_backup_is_made_does_not_call_the_closed_window_back(
    qtbot: QtBot, qapp: QApplication, store: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, answers = session_at(qtbot, qapp, store), list[bytes]()
    keep_last = BackupKeeper.keep_last

    def knocked_meanwhile(keeper: BackupKeeper) -> None:
        answers.append(hand_over(store, None))
        keep_last(keeper)

    monkeypatch.setattr(BackupKeeper, "keep_last", knocked_meanwhile)
    window = session.window
    window.close()
    session.one_window._heard(Message(""))  # one that was let in just before
    assert answers == [LEAVING] and not window.isVisible() and hand_over(store, None) == NOBODY
