"""Watches what is due on every page: the pill in the top bar counts what is late, and a team that stays silent is an alarm.

The board has it; it reads what presses after each commit that may change it and counts anew with the clock. The alarm stands until the
receipt comes or it is put away; in the room of its own incident, which tells it twice already, it stands aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.boards import Due, DueKind, DueLine
from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.services import boards, reports
from emergency_desk.ui.incidents.board_lines import what_of
from emergency_desk.ui.incidents.call_lines import serial
from emergency_desk.ui.incidents.live_page import tick_ms
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.ui.workplace import REQUESTS, ROOM, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _
from emergency_desk.wording.labels import label

_ALARMS = (DueKind.RECEIPT, DueKind.OFFER, DueKind.TRANSPORT)  # late, they are an alarm and no mere line of what is due
_OF_TEAMS = (DueKind.RECEIPT, DueKind.CONTACT)
_WORDS = {
    DueKind.CONTACT: N_("No word from {team} since {since}, {left}. Phone {phone}."),
    DueKind.RECEIPT: N_("No receipt from {team} for order {order}, {left}. Phone {phone}."),
    DueKind.TRANSPORT: N_("{serial}: transport {order} ({team}) has not arrived, {left}. Phone {phone}."),
    DueKind.OFFER: N_("{serial}: the {tier} has not answered the offer of the command, {left}. Phone it, then offer again."),
}
SUBJECTS = (Subject.COMMAND, Subject.DISPATCH, Subject.TASK, Subject.INCIDENT, Subject.TEAM, Subject.LOG, Subject.REPORT_DUE,
            Subject.RELEASE, Subject.REQUISITION)
_RENEW_MS = 10 * 60_000  # follow-ups at fixed times are laid a day ahead, so ten minutes are early enough


class OverdueWatch(QObject):
    """Lives as long as its board."""

    def __init__(self, place: Workplace, board: QWidget) -> None:
        super().__init__(board)
        self._place, self._board = place, board
        self._due = Due()
        self._told: set[str] = set()
        self._alarmed: tuple[DueLine, Notice] | None = None
        self._reading, self._again = False, False
        leave = place.background.subscribe(self._world_changed)
        self.destroyed.connect(lambda: leave())
        self._clock = QTimer(self)
        self._clock.setInterval(tick_ms(place.desk))
        self._clock.timeout.connect(self.count)
        self._clock.start()
        self._renewal = QTimer(self)
        self._renewal.setInterval(_RENEW_MS)
        self._renewal.timeout.connect(self.renew)
        self._renewal.start()
        place.window.closing.connect(self._end)

    def _end(self) -> None:
        """A closed desk counts and asks nothing more."""
        self._clock.stop()
        self._renewal.stop()

    def renew(self) -> None:
        """Lay the reports that are owed by the clock alone, such as tomorrow's follow-ups."""
        desk = self._place.desk
        if desk.account is not None:
            self._place.ask(lambda: reports.renew_dues(desk))

    def take(self, due: Due) -> None:
        """Take what was read."""
        self._due = due
        self.count()

    def count(self) -> None:
        """Count what is late now, raise the alarm for a team or a tier that has just become silent, and end one that is answered."""
        now = self._place.desk.now()
        self._place.window.top.show_overdue(self._due.late(now))
        silent = [*self._due.silent(now), *(each for each in self._due.lines if each.due_at < now and each.kind in _ALARMS)]
        new = [each for each in silent if _key(each) not in self._told]
        self._told = {_key(each) for each in silent}
        if new:
            self._alarm(min(new, key=lambda each: each.due_at), _teams(silent), now)
            QApplication.alert(self._place.window)
        elif self._stands:
            self._go_on(silent, now)

    @property
    def _stands(self) -> bool:
        """Whether the notice bar still tells the alarm raised here."""
        return self._alarmed is not None and self._place.window.notices.notice is self._alarmed[1]

    def _go_on(self, silent: Sequence[DueLine], now: datetime) -> None:
        """Tell a standing alarm by the clock; once its team has answered, tell the one silent longest, or nothing."""
        assert self._alarmed is not None
        if not silent:
            self._place.window.notices.clear()
            return
        due = next((each for each in silent if _key(each) == _key(self._alarmed[0])), min(silent, key=lambda each: each.due_at))
        self._alarm(due, _teams(silent), now)

    def _alarm(self, due: DueLine, silent: int, now: datetime) -> None:
        """Name a team that is silent, how long, and the number to ring."""
        words = _(_WORDS[due.kind]).format(
            team=what_of(due), order=due.order_number, left=formats.time_left(due.due_at, now=now), phone=due.phone or "—",
            since=formats.clock_time(due.since or due.due_at), serial=serial(due.incident_number),
            tier=label(Tier(due.to_tier)).lower() if due.to_tier else "")
        if silent > 1 and due.kind in _OF_TEAMS:
            words = _("{words} {count} teams are silent in all.").format(words=words, count=silent)
        notice = Notice(words, Tone.RED, Shape.LATE, act_text=_("Open"), stays=True, act=lambda: self._open(due),
                        is_told=lambda: self._is_told(due))
        self._alarmed = (due, notice)
        self._place.window.notices.tell(notice)

    def _is_told(self, due: DueLine) -> bool:
        """Say whether the page itself tells the alarm: as the next act of its incident's room, and at its order."""
        window = self._place.window
        if due.kind is DueKind.TRANSPORT:
            return window.page_id == REQUESTS
        return window.page_id == ROOM and getattr(window.page, "incident_id", None) == due.incident_id

    def _open(self, due: DueLine) -> None:
        if due.kind is DueKind.TRANSPORT:
            self._place.open_requests(due.incident_id)
            return
        self._place.open_room(due.incident_id)
        page: Any = self._place.window.page
        if due.kind is DueKind.OFFER:
            page.show_offer()
        else:
            page.show_order(due.id)

    def _world_changed(self, changes: ChangeSet) -> None:
        if not changes.about(*SUBJECTS) or self._board.isVisible():  # a board that is shown reads anyhow
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        desk = self._place.desk
        self._place.ask(lambda: boards.what_presses(desk), then=self._read)

    def _read(self, due: Due) -> None:
        if not isValid(self):
            return
        self._reading = False
        self.take(due)
        if self._again:
            self._again = False
            self._world_changed(ChangeSet(0, everything=True))


def _teams(silent: Sequence[DueLine]) -> int:
    return sum(each.kind in _OF_TEAMS for each in silent)


def _key(due: DueLine) -> str:
    """Return what tells a receipt that fails to come from a silence on the same order."""
    return f"{due.kind}:{due.id}"
