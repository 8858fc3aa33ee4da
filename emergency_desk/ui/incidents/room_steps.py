"""The steps of the ladder: what each tier has done, what stands open, and what was skipped and why. Space ticks, S skips, U opens again.

It stands where the tasks stand. Left and Right turn to the other tiers, whose steps are noted as heard.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ladder import STEP_BASIS, Step, StepLine, StepState, next_step
from emergency_desk.ui.incidents.inline_form import InlineForm
from emergency_desk.ui.incidents.live_page import KeyedList
from emergency_desk.ui.incidents.room_head import LinkButton
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.ui.incidents.step_asking import StepAsking
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import ElidedLabel
from emergency_desk.ui.widgets.lines import Cell, Column, Line, line
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import formats
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label

_KEYS = {Qt.Key.Key_Space: "tick", Qt.Key.Key_S: "skip", Qt.Key.Key_U: "reopen"}


class _StepsList(KeyedList):
    """Left and Right turn to another tier: `turned(step)`."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.turned.emit(step)
            return
        super().keyPressEvent(event)


class StepsPanel(Panel):
    """The list and, below it, the form for a reason. `tasks_wanted` goes back to the tasks, `act_wanted(name, tier)` to the form of an act."""

    tasks_wanted = Signal()
    act_wanted = Signal(str, str)

    def __init__(self, work: RoomWork, asking: StepAsking) -> None:
        super().__init__(_("Steps"))
        self._work, self._asking = work, asking
        self._view: RoomView | None = None
        self._now: datetime | None = None
        self._tier: Tier | None = None
        self.tiers = QHBoxLayout()
        self.tiers.setSpacing(2)
        self._links: dict[str, LinkButton] = {}
        self.lines = _StepsList((Column(stretch=True, wrap=True), Column(right=True, most=190)), _KEYS, ruled=True)
        self.lines.setAccessibleName(_("Steps: Space ticks, S skips, U opens again, Left and Right another tier"))
        self.lines.key_pressed.connect(self._key)
        self.lines.opened.connect(lambda key: self._key("tick", key))
        self.lines.turned.connect(self._turn)
        self.form = InlineForm()
        self.back = LinkButton(_("Tasks"), "Alt+T")
        self.back.clicked.connect(self.tasks_wanted)
        self.head.addWidget(self.back)
        self.body.addLayout(self.tiers)
        self.add_list(self.lines, 1)
        self.body.addWidget(ElidedLabel(_("Space done · S skip with a reason · U take back · ← → tier"), tone=Tone.SECONDARY, size="small"))
        self.body.addWidget(self.form)

    def show_tier(self, tier: Tier) -> None:
        """Show the steps of another tier."""
        self._tier = tier
        if self._view is not None and self._now is not None:
            self.show_view(self._view, self._now)

    def show_view(self, view: RoomView, now: datetime) -> None:
        """Show the steps of an incident."""
        if self._view is None or self._view.id != view.id:
            self._tier = None
        self._view, self._now = view, now
        ladder = view.room.ladder
        shown = ladder.line(self._tier) if self._tier is not None else None
        shown = shown or ladder.own or ladder.line(ladder.holder)
        if shown is None:
            return
        self._tier = shown.tier
        self._show_links()
        asked = [step for step in shown.steps if step.state is not StepState.NOT_ASKED]
        ended = sum(step.state in (StepState.DONE, StepState.SKIPPED) for step in asked)
        self.set_head(note=_("{ended} of {count} ended").format(ended=ended, count=len(asked)))
        current = next_step(shown.steps)
        self.lines.show_lines([_line(step, current, now) for step in shown.steps])

    def enter(self) -> None:
        """Go to the first open step."""
        first = next((line.key for line in self.lines.lines if line.cells[0].strong), "")
        if first:
            self.lines.choose(first)
        self.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside --------------------------------------------------------------------------------------------------------
    def _show_links(self) -> None:
        assert self._view is not None
        namer, lines = self._work.place.namer(), self._view.room.ladder.tiers
        if set(self._links) != {line.tier.value for line in lines}:
            while (item := self.tiers.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self._links = {line.tier.value: self._link(line.tier, namer.area(line.area_id)) for line in lines}
            self.tiers.addStretch(1)
        for value, link in self._links.items():
            link.marked = value == self._tier
            link.update()

    def _link(self, tier: Tier, name: str) -> LinkButton:
        made = LinkButton(name)
        made.clicked.connect(lambda: self.show_tier(tier))
        self.tiers.addWidget(made)
        return made

    def _turn(self, step: int) -> None:
        tiers = [line.tier for line in self._view.room.ladder.tiers] if self._view is not None else []
        if self._tier in tiers:
            self.show_tier(tiers[min(len(tiers) - 1, max(0, tiers.index(self._tier) + step))])

    def _key(self, name: str, key: str) -> None:
        if self._tier is None or key not in set(Step):
            return
        step = Step(key)
        if name == "tick" and self._asking.act_of(step):
            self.act_wanted.emit(self._asking.act_of(step), self._tier.value)
            return
        {"tick": self._asking.tick, "skip": self._asking.skip, "reopen": self._asking.reopen}[name](step, self._tier, self.form)


def _line(step: StepLine, current: StepLine | None, now: datetime) -> Line:
    shape, tone = {
        StepState.DONE: (Shape.DONE, Tone.GREEN), StepState.SKIPPED: (Shape.SKIPPED, Tone.SECONDARY),
        StepState.OPEN: (Shape.TO_DO, Tone.ACT), StepState.NOT_ASKED: (Shape.TO_DO, Tone.SECONDARY)}[step.state]
    is_open = step.state is StepState.OPEN
    text = _("{number}. {step}").format(number=step.step.rank, step=label(step.step))
    words = Tone.TEXT if is_open else Tone.SECONDARY
    when = formats.age(step.at, now=now) if step.at is not None else label(step.state)
    right = Cell(when, Tone.ACT if is_open else Tone.SECONDARY, size="small", strong=is_open)
    return line(step.step.value, Cell(text, words, strong=step is current, shape=shape, shape_tone=tone, after=step.reason,
                                      hint=STEP_BASIS[step.step].in_language(current_language())), right)
