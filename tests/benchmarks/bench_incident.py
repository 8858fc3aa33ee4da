"""How soon a long incident stands there: 5,000 log lines and 300 tasks, its room, timeline, review and replay, in a real window.

The floor is the same window painted once more with nothing read. Runs offscreen where there is no display.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests import story
from tests.benchmarks.rows import Row, median_ms
from tests.builders import SetClock, make_desk

LINES, TASKS = 5_000, 300


def run() -> list[Row]:
    """Open each page of one long incident, as an officer does who comes from the board."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        return _measure(application, Path(folder))


def _measure(application: object, folder: Path) -> list[Row]:
    from emergency_desk.app import paths
    from emergency_desk.app.session import add_pages
    from emergency_desk.domain.replay import facts_at
    from emergency_desk.errands.background import Background
    from emergency_desk.services import replay
    from emergency_desk.services.timeline import timeline
    from emergency_desk.ui import dressing, fonts
    from emergency_desk.ui.main_window import MainWindow
    from emergency_desk.ui.theme import Scheme
    from emergency_desk.ui.workplace import BOARD, Workplace

    fonts.apply(application, paths.fonts())  # type: ignore[arg-type]
    dressing.apply(application, Scheme.LIGHT)  # type: ignore[arg-type]
    clock = SetClock()
    desk = make_desk(folder, clock=clock)
    incident_id = _long_incident(desk, clock)
    window = MainWindow(desk.now)
    background = Background(inline=True)
    place = Workplace(desk, background, window, paths.fonts(), folder, paths.locale())
    background.refusals_to(window.explain)
    window.resize(1366, 768)
    window.show()
    window.furnish()
    add_pages(window, place)

    def opened(show: Callable[[], object]) -> Callable[[], object]:
        def act() -> object:
            window.show_page(BOARD)
            show()
            return window.grab()

        return act

    window.show_page(BOARD)
    floor = median_ms(lambda: window.grab())
    more = {"floor_name": "painting the window once more", "floor_ms": floor}
    kept = replay.history(desk, incident_id=incident_id)
    middle = kept.begins_at + (kept.ends_at - kept.begins_at) / 2

    def row(name: str, act: Callable[[], object], ms: float) -> Row:
        return Row.within_ms(name, **more, ours_ms=median_ms(act), ms=ms)  # type: ignore[arg-type]

    from_room = opened(lambda: place.open_room(incident_id))
    from_room()
    board = median_ms(opened(lambda: None))
    rows = [
        Row.within_ms(f"room of an incident with {LINES:,} lines and {TASKS} tasks, from the board, painted", **more,  # type: ignore[arg-type]
                      ours_ms=max(0.0, median_ms(from_room) - board), ms=100),
        row("its timeline read, filtered and searched", lambda: timeline(desk, incident_id=incident_id), 50),
        row("one moment of its replay", lambda: facts_at(kept, middle), 50),
    ]
    window.close()
    desk.store.close()
    return rows


def _long_incident(desk, clock):  # type: ignore[no-untyped-def]
    from emergency_desk.domain.incidents import Happening, LogEntry, Task

    taken = story.take(desk, story.FIRE_ONE, story.MEDICAL)
    incident_id = taken.incident.id
    with desk.open_work() as work:
        first = work.next_sequence()
        work.log.add_many(LogEntry(
            id=desk.new_id(), sequence=first + number, happening=Happening.NOTE, occurred_at=clock.at + timedelta(seconds=number),
            recorded_at=clock.at + timedelta(seconds=number + 30 * (number % 5)), account_id=desk.who, incident_id=incident_id,
            text=f"第 {number} 句：现场回报，已到达，正在展开，暂未发现新的被困人员。") for number in range(LINES))
        task = Task(id=desk.new_id(), incident_id=incident_id, title="逐层核对搜救结果和人数", created_at=clock.at, clause="5.3")
        work.tasks.add_many(replace(task, id=desk.new_id(), clause=f"5.{number}", due_at=clock.at + timedelta(minutes=number))
                            for number in range(TASKS))
        work.commit("long_incident")
    clock.forward(LINES / 60 + 5)
    return incident_id
