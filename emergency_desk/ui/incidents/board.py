"""The duty board: how are we, what is next, why. One glance, and every line opens the room it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.boards import DueKind, DutyBoard
from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.teams import HowHeard
from emergency_desk.services import boards, incidents
from emergency_desk.services.desk import Done
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents import board_lines
from emergency_desk.ui.incidents.clock_watch import warn_of_clock
from emergency_desk.ui.incidents.composer import Composer
from emergency_desk.ui.incidents.live_page import KeyedList, LivePage
from emergency_desk.ui.incidents.overdue_watch import OverdueWatch
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import FigureTile, Panel
from emergency_desk.ui.widgets.state_bar import StateBar
from emergency_desk.ui.workplace import BOARD, INCIDENTS, Workplace
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.composing import Composed

_TALL = 480  # with less, the window shows large letters on a small screen
MOST = 60  # lines of each list; the list of incidents has them all
ACTIONS = (
    Action("board_incidents", N_("Go to the incidents"), "go_incidents", "Alt+I", (BOARD,), N_("incidents")),
    Action("board_due", N_("Go to what is due"), "go_due", "Alt+D", (BOARD,), N_("due")),
    Action("board_write", N_("Write into the duty log"), "write", "Alt+W", (BOARD,), N_("write")),
    Action("board_duty_log", N_("Print the duty log of the last 24 hours, for the end of a shift"), "print_duty_log", "F9", (BOARD,),
           N_("duty log")),
)
_SUBJECTS = frozenset({Subject.INCIDENT, Subject.REPORT_DUE, Subject.TASK, Subject.DISPATCH, Subject.TEAM, Subject.LOG, Subject.CALL,
                       Subject.AREA, Subject.RESPONSE, Subject.COMMAND, Subject.SETTING, Subject.RELEASE, Subject.REQUISITION})


class DutyBoardPage(LivePage):
    """Five figures, incidents by urgency, what is due, teams by state, the duty log."""

    subjects = _SUBJECTS

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._board: DutyBoard | None = None
        self._turns: list[Callable[[DutyBoard], None]] = []
        self._log_day: date | None = None
        self._watch = OverdueWatch(place, self)
        self.tiles = tuple(FigureTile(caption) for caption in (
            _("Open incidents"), _("Due within the hour"), _("Teams ready"), _("Teams out"), _("Receipts awaited")))
        self.incidents = _incident_list()
        self.due = LinesList((Column(stretch=True), Column(right=True, most=200)), row_height=26, empty=_("Nothing is due."))
        self.due.setAccessibleName(_("Due"))
        self.states = StateBar()
        self.log = LinesList((Column(), Column(stretch=True)), row_height=24, empty=_("What happens at this desk is written here."))
        self.log.setAccessibleName(_("Duty log"))
        self.composer = Composer(self.now, placeholder=_("Write into the duty log…  @20:05  >who  >>who read back"), commands=False)
        self._lay_out()
        self.incidents.opened.connect(lambda key: place.open_room(Id(key)))
        self.due.opened.connect(self._open_due)
        self.log.opened.connect(self._open_logged)
        self.composer.composed.connect(self._write)
        place.window.top.overdue_pressed.connect(self._show_overdue)
        place.window.acts.register(ACTIONS)

    # -- reading -------------------------------------------------------------------------------------------------------
    def reader(self) -> Callable[[], DutyBoard]:
        desk = self.place.desk

        def read() -> DutyBoard:
            desk.memory.tree()  # names are looked up in it while the board is shown
            self.place.read_numerals()
            return boards.duty_board(desk)

        return read

    def show_read(self, answer: DutyBoard) -> None:
        is_first = self._board is None
        self._board = answer
        self.place.numbers.update({each.id: each.number for each in answer.incidents})
        self._watch.take(answer.due)
        warn_of_clock(self.place, (each.entry.recorded_at for each in answer.log), self.now())
        if self._took and not is_first:
            self._show_in_turns()
            return
        self._log_day = None  # another log may have been read
        self.tick()
        self.place.window.keys.rebuild()
        if is_first:
            (self.incidents if answer.incidents else self.composer).setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        board = self._board
        if board is None:
            return
        is_new_day = local_day(self.now()) != self._log_day
        for show in self._parts:
            if is_new_day or show != self._show_log:  # what was written stays as it is until the day turns
                show(board)

    @property
    def _parts(self) -> tuple[Callable[[DutyBoard], None], ...]:
        return (self._show_figures, self._show_incidents, self._show_due, self._show_log)

    def _show_in_turns(self) -> None:
        """Show one part in each round of the event loop, so that the window answers in between also while commits flood in."""
        if self._turns:
            return
        self._turns = [*self._parts, lambda _board: self.place.window.keys.rebuild()]
        QTimer.singleShot(0, self._show_next_part)

    def _show_next_part(self) -> None:
        if self._board is not None and self._turns:
            self._turns.pop(0)(self._board)
        if self._turns:
            QTimer.singleShot(0, self._show_next_part)

    def _show_figures(self, board: DutyBoard) -> None:
        for tile, (figure, note, tone) in zip(self.tiles, board_lines.figures(board, self.now()), strict=True):
            tile.show_figure(figure, note, tone)
        shares = board_lines.shares(board)
        self.states.show_shares(shares)
        self._states_panel.set_head(note="" if any(each.count for each in shares) else _("none yet: Alt+4, then Ctrl+I brings in a list"))
        self._show_heads(board)

    def _show_incidents(self, board: DutyBoard) -> None:
        now, namer = self.now(), self.place.namer()
        self.incidents.show_lines([board_lines.incident_line(each, namer, now) for each in board.incidents[:MOST]])

    def _show_due(self, board: DutyBoard) -> None:
        now = self.now()
        self.due.show_lines([board_lines.due_line(each, now) for each in board_lines.by_urgency(board.due.pressing(now), now)[:MOST]])

    def _show_log(self, board: DutyBoard) -> None:
        now = self.now()
        self._log_day = local_day(now)
        self.log.show_lines([board_lines.log_line(each, now) for each in board.log])

    def _show_heads(self, board: DutyBoard) -> None:
        more = len(board.incidents) - MOST
        note = _("F2 new call · ⏎ open · F5 send") if more <= 0 else _("{count} more in the list, Alt+2").format(count=more)
        self._incident_panel.set_head(note=note if board.incidents else "")
        self._show_empty(not board.incidents)
        due = formats.number(len(board.due.moments) + len(board.due.silent(self.now())))
        self._due_panel.set_head(note=_("{due} due · {done} done today").format(due=due, done=board.done_today))

    def _show_empty(self, is_empty: bool) -> None:
        """With no incident the first act stands right below the words."""
        self._first.setVisible(is_empty)
        self._rest.setVisible(is_empty)
        self.incidents.horizontalHeader().setVisible(not is_empty)
        self.incidents.setMaximumHeight(48 if is_empty else 16_777_215)

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def can(self, action_id: str) -> bool:
        """Say whether an action of the window makes sense now."""
        return action_id not in ("send", "next_act") or bool(self.incidents.current_key or self.incidents.lines)

    def send(self) -> None:
        """Go to the recommendation of the chosen incident."""
        self.incidents.choose_first()
        if self.incidents.current_key:
            self.place.open_room(Id(self.incidents.current_key))
            room: Any = self.place.window.page
            room.show_recommendation()

    def next_act(self) -> None:
        """Open what is most pressing: the first due thing, else the first incident."""
        if self.due.lines:
            self._open_due(self.due.lines[0].key)
        elif self.incidents.lines:
            self.place.open_room(Id(self.incidents.lines[0].key))

    def go_incidents(self) -> None:
        """Go to the incidents."""
        self.incidents.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_due(self) -> None:
        """Go to what is due."""
        self.due.choose_first()
        self.due.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write(self) -> None:
        """Go to the composer."""
        self.composer.begin()

    def print_duty_log(self) -> None:
        """Preview what the desk wrote down in the last 24 hours: what one shift hands to the next."""
        self.place.preview_duty_log()

    def _open_due(self, key: str) -> None:
        found = next((each for each in (self._board.due.pressing(self.now()) if self._board else ())
                      if f"{each.kind}:{each.id}" == key), None)
        if found is None:
            return
        if found.kind is DueKind.REPORT:
            self.place.open_report_due(found.id)
            return
        if found.kind in (DueKind.TRANSPORT, DueKind.NOTICE):
            self.place.open_requests(found.incident_id)
            return
        self.place.open_room(found.incident_id)
        room: Any = self.place.window.page
        if found.kind is DueKind.OFFER:
            room.show_offer()
        else:
            (room.show_task if found.kind is DueKind.TASK else room.show_order)(found.id)

    def _open_logged(self, key: str) -> None:
        found = next((each.entry for each in (self._board.log if self._board else ()) if each.entry.id == key), None)
        if found is not None and found.incident_id is not None:
            self.place.open_room(found.incident_id)

    def _show_overdue(self) -> None:
        self.place.window.show_page(BOARD)
        self.go_due()

    def _write(self, said: Composed) -> None:
        desk = self.place.desk
        self.place.ask(lambda: incidents.write_log(desk, text=said.text, occurred_at=said.occurred_at, heard_from=said.heard_from,
                                                   how=said.how or (HowHeard.PHONE.value if said.heard_from else ""),
                                                   read_back=said.read_back),
                       then=self._written, refused=self._not_written)

    def _written(self, _done: Done[Any]) -> None:
        self.composer.done()

    def _not_written(self, error: DeskError) -> None:
        self.composer.refused(error)

    # -- looks ---------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP)
        for tile in self.tiles:
            tiles.addWidget(tile, 1)
        whole.addLayout(tiles)
        below = across(self._build_incidents(), self._build_right(), shares=(63, 37))
        whole.addLayout(below, 1)
        for before, after in ((self.incidents, self.due), (self.due, self.log), (self.log, self.composer)):
            QWidget.setTabOrder(before, after)

    def fit_room(self, height: int) -> bool:
        """In a low window the teams' states leave their room to what is due and the log; two of the figures above tell of them as well."""
        self._states_panel.setVisible(height >= _TALL)
        return True

    def _build_incidents(self) -> Panel:
        self._incident_panel = Panel(_("Incidents"))
        self._incident_panel.add_list(self.incidents, 1)
        call = KeyButton(_("Take a call"), "F2", filled=True)
        call.clicked.connect(self.place.take_call)
        ended = KeyButton(_("Ended incidents"), "Alt+2")
        ended.clicked.connect(lambda: self.place.window.show_page(INCIDENTS))
        self._first = row(call, ended)
        self._incident_panel.body.addWidget(self._first)
        self._rest = QWidget()
        self._incident_panel.add_list(self._rest, 1)
        self._show_empty(False)
        return self._incident_panel

    def _build_right(self) -> QWidget:
        self._due_panel = Panel(_("Due"))
        self._due_panel.add_list(self.due, 1)
        self._states_panel = Panel(_("Team states"))
        self._states_panel.body.addWidget(self.states)
        log = Panel(_("Duty log"), _("append-only"))
        log.add_list(self.log, 1)
        log.body.addWidget(self.composer)
        holder = QWidget()
        down = QVBoxLayout(holder)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addWidget(self._due_panel, 4)
        down.addWidget(self._states_panel)
        down.addWidget(log, 5)
        return holder


def _incident_list() -> KeyedList:
    # Columns have a width or a share of what is left, so that a long list is never measured.
    grade, command = (118, 158) if not current_language().startswith("zh") else (88, 108)
    made = KeyedList((
        Column(_("Grade"), width=grade), Column(_("Incident"), stretch=2), Column(_("Command"), width=command), Column(_("Level"), width=46),
        Column(_("Age"), width=58, right=True), Column(_("Next due"), stretch=1)), {}, row_height=46, header=True,
        empty=_("No incident is open. When somebody calls, F2 takes the call and it appears here, the gravest first."))
    made.setAccessibleName(_("Incidents"))
    return made
