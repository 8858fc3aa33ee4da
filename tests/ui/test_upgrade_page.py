"""An older store is brought up to date behind a page that says how far it is; a fault in the middle is told and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app import upgrading
from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.session import Session
from emergency_desk.domain.upgrades import Upgrade, UpgradeStep
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.schema import SCHEMA
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.start_page import START, StartPage
from emergency_desk.ui.start.upgrade_page import UPGRADE, UpgradePage
from emergency_desk.ui.workplace import BOARD
from tests.torture import upgrades

OLDEST = upgrades.OLDER[0]


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What holds an upgrade up until a test lets it go on; a test that fails lets it go too."""
    made = threading.Event()
    yield made
    made.set()


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A window with real threads at a store of the first version, which shows an upgrade at once."""
    monkeypatch.setattr(upgrading, "SHOWN_AFTER_MS", 0)
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    made = Session(qapp, Asked(store=upgrades.lay_down(OLDEST, tmp_path), account="leader"), window)
    yield made
    made.window.close()


def held_up(session: Session, gate: threading.Event, at: int) -> list[Upgrade]:
    """Hold an upgrade up as it comes to a version; returns what is told of it."""
    told: list[Upgrade] = []
    hear = session._upgrading.heard

    def heard(upgrade: Upgrade) -> None:
        told.append(upgrade)
        hear(upgrade)
        if upgrade.version == at:
            gate.wait(60)

    session._upgrading.heard = heard  # type: ignore[method-assign]
    return told


def test_the_page_says_which_store_from_where_to_where_and_the_step_and_gives_way_to_the_board(
    session: Session, gate: threading.Event, qtbot: QtBot,
) -> None:
    told = held_up(session, gate, at=8)
    session.begin()
    qtbot.waitUntil(lambda: session.window.page_id == UPGRADE, timeout=60_000)
    page = session.window.page
    assert isinstance(page, UpgradePage)
    qtbot.waitUntil(lambda: "shelters" in page.step.text(), timeout=60_000)
    assert page.whole.text() == f"From version 1 of the file to version {SCHEMA}"
    assert page.where.text() == str(session.asked.store)
    assert page.counted.text() == f"Step 9 of {SCHEMA - 1 + 4}" and page.bar.value() == 800 and page.bar.maximum() == (SCHEMA + 3) * 100
    assert str(folder_of(session.asked.store)) in page.safety.text()
    session.window.resize(1000, 600)  # the window answers meanwhile
    gate.set()
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)
    assert [one.number for one in told if not one.percent] == list(range(1, SCHEMA + 4))
    assert told[-1].step is UpgradeStep.SWAPPING
    assert session.desk is not None


def test_a_store_of_this_version_shows_no_such_page(qtbot: QtBot, session: Session) -> None:
    session.asked = replace(session.asked, store=upgrades.lay_down(upgrades.FROZEN[-1], session.asked.store.parent))
    seen: list[str] = []
    session.window.page_shown.connect(seen.append)
    session.begin()
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)
    assert UPGRADE not in seen and not folder_of(session.asked.store).exists()


def test_an_upgrade_that_is_quick_shows_no_page(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrading, "SHOWN_AFTER_MS", 600_000)
    seen: list[str] = []
    session.window.page_shown.connect(seen.append)
    session.begin()
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)
    assert UPGRADE not in seen


def test_a_fault_in_the_middle_is_told_with_what_to_do_and_trying_again_goes_on(qtbot: QtBot, session: Session) -> None:
    store = session.asked.store
    before = sha256(store.read_bytes()).digest()
    with upgrades.after_statement(200, upgrades._fails):
        session.begin()
        qtbot.waitUntil(lambda: session.window.page_id == START, timeout=60_000)
    page = session.window.page
    assert isinstance(page, StartPage) and session.desk is None
    assert sha256(store.read_bytes()).digest() == before and not list(store.parent.glob("*.migrating*"))
    assert "disk reports an error" in page._told.text() and "backups" in page._told.text()
    assert session.window.acts.do("start_again")
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)


def test_a_fault_of_the_program_in_the_middle_is_told_too_and_the_store_is_as_it_was(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, logged_warnings: list[object],
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: told.append(error))
    store = session.asked.store
    before = sha256(store.read_bytes()).digest()

    def slips() -> None:
        raise ZeroDivisionError

    with upgrades.after_statement(200, slips):
        session.begin()
        qtbot.waitUntil(lambda: session.window.page_id == START, timeout=60_000)
    page = session.window.page
    assert isinstance(page, StartPage) and "left whole, as it was" in page._told.text()
    assert sha256(store.read_bytes()).digest() == before
    assert [type(error) for error in told] == [ZeroDivisionError]
    logged_warnings.clear()
