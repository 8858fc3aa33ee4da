"""The panel beside the list: one team whole, with the acts that can be done on it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.register import TeamDetail
from emergency_desk.ui.teams.team_lines import DETAIL, detail_lines, in_words
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import PillLabel, state_pill
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _

WIDTH = 424


class DetailPanel(Panel):
    """`act(name)` when a button is pressed: open, state, member, agreement, retire. `opened(key)` on Enter at a line."""

    act = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.shown: TeamDetail | None = None
        self.name = ElidedLabel(size="large")
        self.state = PillLabel()
        self.code = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.buttons = {name: KeyButton(words, key) for name, words, key in (
            ("open", _("Change"), "Return"), ("state", _("State"), "S"), ("member", _("Member"), "M"), ("agreement", _("Agreement"), "G"))}
        head, acts = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(GAP)
        acts.setSpacing(3)
        head.addWidget(self.name, 1)
        head.addWidget(self.state)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, which=name: self.act.emit(which))
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.code)
        self.body.addLayout(acts)
        self.lines = LinesList(DETAIL, row_height=24)
        self.lines.setAccessibleName(_("All about the team"))
        self.lines.opened.connect(self.opened.emit)
        self.add_list(self.lines, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what belongs here."""
        self.shown = None
        self.name.setText("")
        self.code.setText("")
        self.state.hide()
        for button in self.buttons.values():
            button.hide()
        self.lines.set_empty(_("Choose a team at the left: everything known about it appears here."))
        self.lines.show_lines(())

    def show_team(self, detail: TeamDetail, namer: Namer, *, now: datetime, today: date) -> None:
        """Show a team."""
        self.shown, team = detail, detail.team
        self.name.setText(in_words(team.name, team.name_en))
        retired = _("retired · {code}").format(code=team.code or "—")
        self.code.setText(retired if team.is_retired else team.code)
        self.state.show_pill(state_pill(team.state))
        self.state.show()
        for button in self.buttons.values():
            button.show()
        self.lines.show_lines(detail_lines(detail, namer, now=now, today=today))
