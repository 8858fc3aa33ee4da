"""The next act: the one thing to do now, why, by when, and the one filled button that does it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from emergency_desk.domain.boards import NextAct
from emergency_desk.ui.incidents.board_lines import due_tone
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.room_next_words import Scene, told
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.pills import Pill, PillLabel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _


class NextActPanel(Panel):
    """`act_pressed` for the filled button, `skip_pressed` for the other."""

    act_pressed = Signal()
    skip_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Next"), chosen=True)
        dress(self.title, tone=Tone.ACT)
        self.due = PillLabel()
        self.head.addWidget(self.due)
        self.what = text_label(size="large", wrap=True)
        self.why = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.act = KeyButton("", "Ctrl+Return", filled=True)
        self.skip = KeyButton("")
        self.act.clicked.connect(self.act_pressed)
        self.skip.clicked.connect(self.skip_pressed)
        self.form = InlineForm()
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.act, self.skip):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for words in (self.what, self.why):
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.body.addWidget(words)
        self.body.addLayout(buttons)
        self.body.addWidget(self.form)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.form.closed.connect(lambda: self._show_buttons(True))

    def show_scene(self, scene: Scene, now: datetime) -> None:
        """Show the next act of an incident."""
        act = scene.view.room.next_act
        words = told(act, scene)
        self.what.setText(words.what)
        self.why.setText(words.why)
        self.why.setVisible(bool(words.why))
        self.act.set_words(words.verb)
        self.skip.set_words(words.other)
        self._show_buttons(not self.form.isVisible())
        self.show_due(act, now)

    def set_aside(self, is_aside: bool) -> None:
        """Give the filled button and its key to a form that is open elsewhere in the room, or take them back."""
        self.act.set_filled(not is_aside)
        self.act.set_words(self.act.text(), "" if is_aside else "Ctrl+Return")

    def show_due(self, act: NextAct, now: datetime) -> None:
        """Tell what is left."""
        self.due.setVisible(act.due_at is not None)
        if act.due_at is not None:
            is_late = act.due_at < now
            words = formats.time_left(act.due_at, now=now) if is_late else _("within {left}").format(
                left=formats.time_left(act.due_at, now=now))
            if act.at_once_from is not None:
                words = formats.at_once(act.at_once_from, now=now)
            tone = due_tone(act.due_at, now)
            self.due.show_pill(Pill(words, Tone.BLUE if tone is Tone.SECONDARY else tone, Shape.LATE if is_late else Shape.NONE,
                                    filled=is_late))

    def _show_buttons(self, shown: bool) -> None:
        self.act.setVisible(shown and bool(self.act.text()))
        self.skip.setVisible(shown and bool(self.skip.text()))
