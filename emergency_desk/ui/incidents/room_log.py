"""What happened, newest first, with the line to write the next thing. C corrects the chosen line by a further one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.boards import LogLine
from emergency_desk.domain.incidents import Happening
from emergency_desk.domain.teams import HowHeard, allowed_moves
from emergency_desk.services import dispatches, incidents, teams
from emergency_desk.ui.incidents.composer import Composer
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.incidents.room_head import LinkButton
from emergency_desk.ui.incidents.room_lines import FIGURES, MORE, ORDERS, log_lines
from emergency_desk.ui.incidents.room_reading import RoomView, gaps
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _
from emergency_desk.wording.composing import Composed, Deed

_KEYS = {Qt.Key.Key_C: "correct", Qt.Key.Key_Slash: "command"}


class LogPanel(Panel):
    """`older_wanted` when lines beyond those read are asked for."""

    older_wanted = Signal()

    def __init__(self, work: RoomWork) -> None:
        super().__init__(_("Log"))
        self._work = work
        self._view: RoomView | None = None
        self._only: frozenset[Happening] | None = None
        self.lines = KeyedList((Column(most=100), Column(stretch=True, wrap=True), Column(most=160)), _KEYS, row_height=30, ruled=True,
                               empty=_("Nothing of this kind happened yet."))
        self.lines.setAccessibleName(_("Log: C corrects the chosen line, / begins a command"))
        self.lines.opened.connect(self._opened)
        self.lines.key_pressed.connect(self._key)
        self.composer = Composer(work.desk.now, placeholder=_("Write…  /dead 3  /arrived station 2  @20:05  >who  >>who read back"))
        self.composer.composed.connect(self._write)
        self.form = InlineForm()
        self._build_filters()
        self.add_list(self.lines, 1)
        self.body.addWidget(self.form)
        self.body.addWidget(self.composer)

    def show_view(self, view: RoomView, now: datetime) -> None:
        """Show the log of an incident."""
        self._view = view
        self.composer.teams = view.named_teams
        self.filters[0].set_words(_("All {count}").format(count=formats.number(view.room.log_total)))
        self.lines.show_lines(list(log_lines(view, self._only, now)))

    def show_only(self, only: frozenset[Happening] | None) -> None:
        """Show every line, or those of some kinds."""
        self._only = only
        for button, kinds in zip(self.filters, (None, ORDERS, FIGURES), strict=True):
            button.marked = kinds == only
            button.update()
        if self._view is not None:
            self.show_view(self._view, self._work.desk.now())

    def correct(self, key: str) -> None:
        """Ask for the words that correct a line."""
        found = self._found(key)
        if found is None:
            return
        title = _("Correct the line of {time}; it stays, and a further line names it").format(time=formats.clock_time(found.entry.occurred_at))
        self.form.ask(title, (Ask(name="text", label=_("Text"), value=found.entry.text, is_long=True),), _("Correct"),
                      lambda answers: self._correct(found, answers))

    # -- inside --------------------------------------------------------------------------------------------------------
    def _build_filters(self) -> None:
        self.filters = (LinkButton(_("All")), LinkButton(_("orders")), LinkButton(_("figures")))
        self.filters[0].marked = True
        line = QHBoxLayout()
        line.setSpacing(2)
        for button, kinds in zip(self.filters, (None, ORDERS, FIGURES), strict=True):
            button.clicked.connect(lambda _checked=False, only=kinds: self.show_only(only))
            line.addWidget(button)
        self.head.addLayout(line)

    def _found(self, key: str) -> LogLine | None:
        return next((each for each in self._view.room.log if each.entry.id == key), None) if self._view is not None else None

    def _opened(self, key: str) -> None:
        if key == MORE:
            self.older_wanted.emit()
        else:
            self.correct(key)

    def _key(self, name: str, key: str) -> None:
        if name == "command":
            self.composer.begin("/")
        else:
            self.correct(key)

    def _correct(self, found: LogLine, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: incidents.correct_log(desk, entry_id=found.entry.id, text=answers["text"]), form=self.form)

    def _write(self, said: Composed) -> None:
        view, desk, do = self._view, self._work.desk, self._work.do
        if view is None:
            return
        if said.deed is Deed.FIGURES:
            do(lambda: incidents.report_figures(desk, incident_id=view.id, figures=said.figures, occurred_at=said.occurred_at,
                                                reported_by=said.heard_from), then=self._written, refused=self.composer.refused)
        elif said.deed is Deed.NOTE:
            how = said.how or (HowHeard.RADIO.value if said.heard_from else "")
            do(lambda: incidents.write_log(desk, text=said.text, incident_id=view.id, occurred_at=said.occurred_at,
                                           heard_from=said.heard_from, how=how, read_back=said.read_back),
               then=self._written, refused=self.composer.refused)
        else:
            self._of_team(view, said)

    def _of_team(self, view: RoomView, said: Composed) -> None:
        """Write a receipt or a state; a state that was skipped and lies back is filled in as the gap it is."""
        desk, order = self._work.desk, view.order_of_team(said.team_id) if said.team_id else None
        if order is None:
            return
        order_id, team_id, state, at = order.dispatch.id, order.team.id, said.state, said.occurred_at
        if state is None:
            self._work.do(lambda: dispatches.take_receipt(desk, dispatch_id=order_id, received_by=said.heard_from, received_at=at),
                          then=self._written, refused=self.composer.refused)
        elif at is not None and state in gaps(order) and state not in allowed_moves(order.team.state):
            self._work.do(lambda: teams.fill_gap(desk, dispatch_id=order_id, state=state, occurred_at=at, reported_by=said.heard_from),
                          then=self._written, refused=self.composer.refused)
        else:
            self._work.do(lambda: teams.report_state(desk, team_id=team_id, to=state, occurred_at=at, reported_by=said.heard_from),
                          then=self._written, refused=self.composer.refused)

    def _written(self, _done: object) -> None:
        self.composer.done()
