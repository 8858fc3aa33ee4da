"""Watches what is due on every page: the pill in the top bar counts what is late, and a team that stays silent is an alarm.

The board has it; it reads the due lines after each commit that may change them and counts anew with the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from emergency_desk.domain.boards import DueKind, DueLine
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.services import boards
from emergency_desk.ui.incidents.board_lines import what_of
from emergency_desk.ui.incidents.live_page import TICK_MS
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _

SUBJECTS = (Subject.DISPATCH, Subject.TASK, Subject.INCIDENT)


class OverdueWatch(QObject):
    """Lives as long as its board."""

    def __init__(self, place: Workplace, board: QWidget) -> None:
        super().__init__(board)
        self._place, self._board = place, board
        self._due: tuple[DueLine, ...] = ()
        self._told: set[str] = set()
        self._reading, self._again = False, False
        leave = place.background.subscribe(self._world_changed)
        self.destroyed.connect(lambda: leave())
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.count)
        self._clock.start()

    def take(self, due: Sequence[DueLine]) -> None:
        """Take due lines that were read."""
        self._due = tuple(due)
        self.count()

    def count(self) -> None:
        """Count what is late now, and raise the alarm for an order whose receipt has just failed to come."""
        now = self._place.desk.now()
        late = [each for each in self._due if each.due_at < now]
        self._place.window.top.show_overdue(len(late))
        silent = [each for each in late if each.kind is DueKind.RECEIPT]
        if any(each.id not in self._told for each in silent):
            self._alarm(silent, now)
        self._told = {each.id for each in silent}

    def _alarm(self, silent: Sequence[DueLine], now: datetime) -> None:
        """Name the team that is newly silent, or the one silent longest among several."""
        new = [each for each in silent if each.id not in self._told]
        due = min(new, key=lambda each: each.due_at)
        words = _("No receipt from {team} for order {order}, {left}. Phone {phone}.").format(
            team=what_of(due), order=due.order_number, left=formats.time_left(due.due_at, now=now), phone=due.phone or "—")
        if len(silent) > 1:
            words = _("{words} {count} teams are silent in all.").format(words=words, count=len(silent))
        self._place.window.notices.tell(Notice(words, Tone.RED, Shape.LATE, act_text=_("Open"), stays=True, act=lambda: self._open(due)))
        QApplication.alert(self._place.window)

    def _open(self, due: DueLine) -> None:
        self._place.open_room(due.incident_id)
        page: Any = self._place.window.page
        page.show_order(due.id)

    def _world_changed(self, changes: ChangeSet) -> None:
        if not changes.about(*SUBJECTS) or self._board.isVisible():  # a board that is shown reads anyhow
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        desk = self._place.desk
        self._place.ask(lambda: boards.what_is_due(desk), then=self._read)

    def _read(self, due: list[DueLine]) -> None:
        if not isValid(self):
            return
        self._reading = False
        self.take(due)
        if self._again:
            self._again = False
            self._world_changed(ChangeSet(0, everything=True))
