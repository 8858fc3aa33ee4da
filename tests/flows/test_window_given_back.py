"""Whoever sits down gets a new window; the old one goes whole, with every page it had, or a desk would grow with every shift."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.flows.planning import PlanningDesk


def test_a_window_that_another_one_replaced_is_given_back_with_every_page(qtbot: QtBot, tmp_path: Path) -> None:
    seat = PlanningDesk(qtbot, tmp_path, account="leader", minutes=0, code="990101", name="北河区应急指挥中心")
    for name in seat.window._makers:
        seat.window.show_page(name)
        QApplication.processEvents()
    gone = {type(part).__name__: weakref.ref(part) for part in (seat.window, seat.session.workplace, *seat.window._pages.values())}
    assert len(gone) > 20
    seat.session._seat_anew()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what the event loop does when it comes round
    gc.collect()
    assert [name for name, part in gone.items() if part() is not None] == []
