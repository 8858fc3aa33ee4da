"""What two desks changed of one plan, part by part: both sides' words with their authors, what was decided, and what the draft will say."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.plan_merge import Decision, MergeChoice, MergedPart, PlanMerge, both_of, order_of_both
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Arrival, PlanVerdict
from emergency_desk.ui.plans import bundle_lines
from emergency_desk.ui.plans.part_fields import Known
from emergency_desk.ui.plans.part_panes import PartPanes
from emergency_desk.ui.plans.part_writing import PartWriting
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _


class MergePane(QWidget):
    """`wanted` when the merged plan shall go into a draft; `turned` when something was chosen or decided."""

    wanted = Signal()
    turned = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.merged: PlanMerge | None = None
        self.arrival: Arrival | None = None
        self.decided: dict[PartKey, Decision] = {}
        self.parts = LinesList((Column(stretch=True), Column(width=132), Column(width=92)),
                               empty=_("Choose a plan that has diverged: the parts that differ appear here."))
        self.parts.setAccessibleName(_("Parts that differ"))
        self.panes, self.writing = PartPanes(), PartWriting()
        self.merge_button = KeyButton(_("Put into a draft"), "Ctrl+M", filled=True)
        self.part_buttons = {
            MergeChoice.MINE: KeyButton(_("Ours"), "1"), MergeChoice.THEIRS: KeyButton(_("Theirs"), "2"),
            MergeChoice.BOTH: KeyButton(_("Both"), "3"), MergeChoice.EDITED: KeyButton(_("Edit"), "E")}
        self._lay_out()
        self.parts.chosen.connect(lambda _key: self._show_part())
        self.merge_button.clicked.connect(self.wanted)
        for choice, button in self.part_buttons.items():
            button.clicked.connect(lambda _checked=False, chosen=choice: self.choose(chosen))
        self.writing.opened.connect(lambda: self._make_room(is_writing=True))
        self.writing.closed.connect(lambda: self._make_room(is_writing=False))
        self.writing.kept.connect(lambda value: self._decide(MergeChoice.EDITED, value))

    # -- which plan ----------------------------------------------------------------------------------------------------
    def show_merge(self, merged: PlanMerge | None, arrival: Arrival | None, decided: dict[PartKey, Decision]) -> None:
        """Show what became of a plan, None for one of which nothing differs; `decided` is filled by what is chosen here."""
        self.writing.put_away()
        self.merged, self.arrival, self.decided = merged, arrival, decided
        for part in (self.panes, self.result_panel):
            part.setVisible(merged is not None)
        for button in (*self.part_buttons.values(), self.merge_button):
            button.setVisible(self.is_diverged)
        self._show_parts()
        if merged is not None:
            first = next(iter(merged.clashes), None)
            if first is None or not self.parts.choose(bundle_lines.part_id(first)):
                self.parts.choose_first()
        self._show_part()

    @property
    def is_diverged(self) -> bool:
        """Say whether both sides went on, so that a person decides."""
        return self.arrival is not None and self.arrival.verdict is PlanVerdict.DIVERGED

    @property
    def is_settled(self) -> bool:
        """Say whether every part that both sides changed was decided."""
        return self.merged is not None and self.is_diverged and all(part.key in self.decided for part in self.merged.clashes)

    def can_choose(self, choice: MergeChoice) -> bool:
        """Say whether the part that is shown can be decided so."""
        part = self.part
        return part is not None and self.is_diverged and choice in part.choices and not self.writing.isVisible()

    # -- deciding ------------------------------------------------------------------------------------------------------
    @property
    def part(self) -> MergedPart | None:
        """The part that is chosen."""
        parts = self.merged.parts if self.merged is not None else ()
        return next((part for part in parts if bundle_lines.part_id(part) == self.parts.current_key), None)

    def choose(self, choice: MergeChoice) -> None:
        """Decide about the part that is shown; one that is written anew opens its fields."""
        if not self.can_choose(choice):
            return
        if choice is MergeChoice.EDITED:
            self._write()
        else:
            self._decide(choice)

    def _write(self) -> None:
        part, merged = self.part, self.merged
        assert part is not None and merged is not None
        decision = self.decided.get(part.key)
        begun = next(value for value in (part.value(decision), part.both, part.mine, part.theirs) if value is not None)
        if part.key.section is PlanSection.ORDER and (decision is None or decision.choice is not MergeChoice.EDITED):
            begun = order_of_both(merged, part)
        self.writing.begin(part, begun, Known(both_of(merged), self.place.desk.trade))

    def _decide(self, choice: MergeChoice, value: Any = None) -> None:
        part, merged = self.part, self.merged
        if part is None or merged is None:
            return
        self.decided[part.key] = Decision(choice, value)
        self._show_parts()
        left = [each for each in merged.clashes if each.key not in self.decided]
        if left:
            self.parts.choose(bundle_lines.part_id(left[0]))
        self._show_part()
        self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing -------------------------------------------------------------------------------------------------------
    def _show_parts(self) -> None:
        merged = self.merged
        self.parts.show_lines(bundle_lines.part_lines(merged.parts, self.decided) if merged is not None else [])
        self.part_panel.set_head(note=bundle_lines.progress(merged, self.decided) if merged is not None else "")
        self._show_state()

    def _show_part(self) -> None:
        part, arrival, merged = self.part, self.arrival, self.merged
        if part is None or arrival is None or arrival.here is None or merged is None:
            self.panes.clear()
        else:
            authors = arrival.here.author_of(merged.key_mine(part.key)), arrival.head.author_of(merged.key_theirs(part.key))
            self.panes.show_part(part, authors, self.decided.get(part.key), merged, self.place.namer())
        self._show_state()

    def _show_state(self) -> None:
        self.merge_button.setEnabled(self.is_settled)
        for choice, button in self.part_buttons.items():
            button.setEnabled(self.can_choose(choice))
        self.turned.emit()

    def _make_room(self, *, is_writing: bool) -> None:
        """While a part is written anew, the list of parts stands aside."""
        self.part_panel.setVisible(not is_writing)
        self.result_panel.setVisible(not is_writing and self.merged is not None)
        self._show_state()

    def _lay_out(self) -> None:
        self.part_panel, self.result_panel = Panel(_("Parts that differ"), " "), Panel(_("The draft will say"))
        self.part_panel.add_list(self.parts, 1)
        self.result_panel.add_list(self.panes.result, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        for part, share in ((self.part_panel, 5), (self.panes, 6), (self.result_panel, 4), (self.writing, 8)):
            whole.addWidget(part, share)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in self.part_buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.merge_button)
        whole.addLayout(row)

