"""The window of a drill's twin: every page and title says so, a real event comes through, and one key recalls everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked
from emergency_desk.app.session import Session
from emergency_desk.app.twin_clock import WindowClock
from emergency_desk.domain.drill_errors import TwinClosed
from emergency_desk.domain.drills import Drill, DrillState
from emergency_desk.services import drill_lists, drill_running, drill_twins, drills
from emergency_desk.services.desk import Desk
from emergency_desk.ui.drills.drill_banner import BOTH, DrillBanner
from emergency_desk.ui.incidents.live_page import TICK_MS, TWIN_TICK_MS
from emergency_desk.ui.incidents.overdue_watch import OverdueWatch
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.titles import titled
from emergency_desk.ui.wall.window import open_wall
from emergency_desk.ui.workplace import BOARD
from emergency_desk.wording import catalog
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services.test_drill_twins import made
from tests.services.test_drills import started


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Desk]:
    desk = acting_as(make_desk(tmp_path, clock=SetClock(), plans=frozenset({"building_fire", "forest_fire"})), "leader")
    yield desk
    desk.store.close()


@pytest.fixture
def drill(live: Desk) -> Drill:
    return started(live, SetClock())


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, live: Desk, drill: Drill) -> Iterator[Session]:
    path = drill_twins.path_of(live, made(live, drill))
    yield from seated(qtbot, qapp, path)


def seated(qtbot: QtBot, qapp: QApplication, path: Path) -> Iterator[Session]:
    clock = WindowClock()
    window = MainWindow(clock)
    qtbot.addWidget(window)
    window.show()
    begun = Session(qapp, Asked(store=path, account="leader"), window, inline=True, clock=clock)
    begun.begin()
    yield begun
    begun.window.close()


def banner(session: Session) -> DrillBanner:
    found = session.window.findChildren(DrillBanner)
    assert len(found) == 1
    return found[0]


def test_every_page_of_the_window_stands_below_the_mark(session: Session) -> None:
    window = session.window
    for page_id in list(window._makers):
        window.show_page(page_id)
        assert banner(session).what.isVisible() and banner(session).what.lead == BOTH, page_id
    assert window.windowTitle().startswith(BOTH)
    assert titled(window.page or window, "Save the paper as") == f"{BOTH} · Save the paper as"


def test_the_mark_stays_when_the_language_or_the_officer_changes(session: Session) -> None:
    session._speak("zh")
    assert "此处均非真实" in banner(session).what.text and session.window.windowTitle().startswith(BOTH)
    session._speak("en")
    session._seat_anew()
    assert "nothing here is real" in banner(session).what.text
    assert catalog.current_language() == "en"


def test_the_wall_of_a_twin_says_so_too(session: Session, qtbot: QtBot) -> None:
    assert session.workplace is not None
    wall = open_wall(session.workplace)
    qtbot.addWidget(wall)
    assert wall.windowTitle().startswith(BOTH)
    wall.grab()


def test_a_real_event_comes_through_and_one_key_recalls_everybody(session: Session, live: Desk, drill: Drill) -> None:
    session._follower.look()
    assert not banner(session).real.isVisible()
    incident = story.opened(live, address="香港中路9号")
    session._follower.look()
    assert banner(session).real.isVisible() and incident.number in banner(session).real.text
    QTest.keyClick(session.window, Qt.Key.Key_F11)
    assert drill_lists.find_drill(live).state is DrillState.STOPPED
    assert incident.number in banner(session).real.text and not banner(session).recall.isVisible()
    assert session.desk is not None
    with pytest.raises(TwinClosed):
        story.opened(session.desk)


def test_ages_and_alarms_of_a_twin_follow_its_clock_where_a_minute_may_go_by_in_a_second(
    qtbot: QtBot, qapp: QApplication, session: Session, live: Desk,
) -> None:
    watch = session.window.findChildren(OverdueWatch)[0]
    assert watch._clock.interval() == session.window.show_page(BOARD)._ticking.interval() == TWIN_TICK_MS
    for real in seated(qtbot, qapp, live.store.path):
        assert real.window.findChildren(OverdueWatch)[0]._clock.interval() == real.window.show_page(BOARD)._ticking.interval() == TICK_MS


def test_nobody_is_recalled_for_nothing(session: Session, live: Desk) -> None:
    QTest.keyClick(session.window, Qt.Key.Key_F11)
    assert drill_lists.find_drill(live).state is DrillState.RUNNING
    assert session.window.notices.notice is not None and "No real event" in session.window.notices.notice.text


def test_injects_and_the_pace_are_shown_to_who_takes_part(session: Session, live: Desk, drill: Drill) -> None:
    drill_running.set_pace(live, drill_id=drill.id, percent=1_000)
    live._clock.forward(1)  # type: ignore[attr-defined]
    drill_running.release_due(live, drill_id=drill.id)
    session._follower.look()
    assert "× 10" in banner(session).what.text
    assert "护林员报告火情" in banner(session).inject.text and "街道值班室" in banner(session).inject.text


def test_a_real_desk_that_does_not_answer_is_told(session: Session, live: Desk) -> None:
    session._follower._real._mark = replace(session._follower._real._mark, live="/gone")
    session._follower._real.close()
    session._follower.look()
    assert "does not answer" in banner(session).real.lead


def test_a_sealed_twin_opens_only_to_be_read(qtbot: QtBot, qapp: QApplication, live: Desk, drill: Drill) -> None:
    made(live, drill)
    drills.end_drill(live, drill_id=drill.id, heads=214)
    kept = drill_twins.seal_twin(live, drill_id=drill.id).value
    for session in seated(qtbot, qapp, drill_twins.path_of(live, kept)):
        assert "sealed" in banner(session).what.text
        assert session.desk is not None and session.desk.is_closed
    assert drill_twins.is_as_sealed(live, kept)


def test_the_next_start_destroys_what_is_left_of_a_half_made_twin_and_says_so(
    qtbot: QtBot, qapp: QApplication, live: Desk, drill: Drill,
) -> None:
    whole = drill_twins.path_of(live, made(live, drill))
    half = whole.with_name("370202-2026-E0007.store.part")
    half.write_bytes(whole.read_bytes()[:40_960])
    for session in seated(qtbot, qapp, live.store.path):
        notice = session.window.notices.notice
        assert notice is not None and "370202-2026-E0007.store" in notice.text
    assert [path.name for path in whole.parent.glob("*.part*")] == [] and whole.exists()
