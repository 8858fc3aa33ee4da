"""Two planners wrote on one part: what the other saved and what stands here, side by side, and the two ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from emergency_desk.domain.plan_records import Plan
from emergency_desk.ui.plans.compare_lines import sides_of
from emergency_desk.ui.plans.marked_text import MarkedText
from emergency_desk.ui.plans.open_draft import Clash
from emergency_desk.ui.theme import GAP, PAD, Tone
from emergency_desk.ui.widgets.buttons import KeyButton, row
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence

_HEIGHT = 190


class ClashStrip(Panel):
    """`ours` and `theirs` when one of the ways out is pressed."""

    ours = Signal()
    theirs = Signal()

    def __init__(self) -> None:
        super().__init__(_("Two planners wrote on this part"), note_tone=Tone.ORANGE)
        self.why = text_label(tone=Tone.ORANGE, wrap=True)
        self.theirs_text, self.ours_text = MarkedText(_("What the other saved")), MarkedText(_("What you wrote"))
        self._keep, self._take = KeyButton(_("Keep what I wrote"), "Alt+M"), KeyButton(_("Take what the other saved"), "Alt+E")
        self._keep.clicked.connect(self.ours)
        self._take.clicked.connect(self.theirs)
        sides = QHBoxLayout()
        sides.setSpacing(PAD)
        for word, text in ((_("What the other saved"), self.theirs_text), (_("What you wrote"), self.ours_text)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(text_label(word, strong=True))
            text.setFixedHeight(_HEIGHT - 70)
            column.addWidget(text)
            sides.addLayout(column, 1)
        self.body.addWidget(self.why)
        self.body.addLayout(sides)
        self.body.addWidget(row(self._keep, self._take))
        self.body.setSpacing(GAP)
        self.hide()

    def show_clash(self, clash: Clash | None, plan: Plan, namer: Namer) -> None:
        """Show both texts, or go away."""
        self.setVisible(clash is not None)
        if clash is None:
            return
        self.why.setText(sentence(clash.error))
        theirs, ours = sides_of(clash.theirs, clash.ours, (plan, plan), namer, only_changed=True)
        self.theirs_text.show_marked(theirs)
        self.ours_text.show_marked(ours)
