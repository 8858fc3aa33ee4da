"""From an empty folder to a founded Zhongshan and its first call saved, by keyboard alone, through the program's own session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.session import Session
from emergency_desk.domain.areas import Tier
from emergency_desk.services import incidents, integrity
from emergency_desk.ui import dressing, fonts
from emergency_desk.ui.incidents.call_form import CallForm
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.start.onboarding import ONBOARDING, OnboardingPage
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import BOARD, CALL, ROOM
from tests.ui.officer import ROOT, Keys


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    """Return a session with real threads at an empty folder, as the program begins it."""
    fonts.apply(qapp, ROOT / "resources" / "fonts")
    dressing.apply(qapp, Scheme.LIGHT)
    window = MainWindow(utc_now)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Session(qapp, Asked(store=tmp_path / "desk.store"), window)
    made.begin()
    yield made
    made.window.close()
    QApplication.processEvents()


def test_from_an_empty_folder_to_the_first_call(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    def wait(until: object) -> None:
        qtbot.waitUntil(until, timeout=20_000)  # type: ignore[arg-type]

    wait(lambda: session.window.page_id == ONBOARDING)
    page = session.window.page
    assert isinstance(page, OnboardingPage)
    wait(lambda: page._finder is not None)
    keys = Keys(session.window)
    wait(page.city.hasFocus)
    keys.words("zs")
    wait(lambda: page.city.is_offering)
    keys.press("Down", "Tab", "Enter", "Enter", "Enter", "Enter")  # 中山市 stands second; its own area, code and name are right
    keys.words("wang")
    keys.press("Tab")
    keys.words("王值班")
    keys.press("Tab")
    keys.words("correct horse")
    keys.press("Tab")
    keys.words("correct horse")
    keys.press("Ctrl+Enter")
    wait(lambda: session.window.page_id == BOARD)
    desk = session.desk
    assert desk is not None and desk.account is not None
    assert (desk.area.name, desk.tier, desk.facts.code, desk.account.display_name) == ("中山市", Tier.CITY, "442000", "王值班")
    assert len([area for area in desk.tree.children(desk.area_id) if area.tier is Tier.STREET]) == 23

    keys.press("F2")
    form = session.window.built(CALL)
    assert isinstance(form, CallForm)
    wait(lambda: form._tree is not None)
    keys.words("居民楼着火")
    keys.press("Tab")
    keys.words("石岐街道")
    keys.press("Tab")
    wait(lambda: form.fields.place.area_id and form._thought is not None and not form.is_thinking)
    keys.press("Ctrl+S")
    wait(lambda: session.window.page_id == ROOM)
    line = incidents.list_open(desk)[0]
    assert (line.number.startswith("442000-"), line.area_name) == (True, "石岐街道")
    assert integrity.check(desk).is_sound
    assert sorted(path.suffix for path in tmp_path.glob("desk.store*") if path.is_file())[0] == ".reserve"


def test_whoever_only_looks_gets_the_demo_city(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_STORE", str(tmp_path / "demo.store"))
    qtbot.waitUntil(lambda: session.window.page_id == ONBOARDING, timeout=20_000)
    page = session.window.page
    assert isinstance(page, OnboardingPage)
    page.look_at_demo()
    qtbot.waitUntil(lambda: session.window.page_id == BOARD, timeout=60_000)
    assert session.desk is not None and session.desk.facts.is_demo
    assert not (tmp_path / "desk.store").exists()
