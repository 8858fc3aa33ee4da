"""Both sides' words of one part beside each other, with who wrote them when; what is new since their common version is marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from emergency_desk.domain.plan_compare import PartFate, Piece, marked
from emergency_desk.domain.plan_merge import Decision, MergedPart, MergeOutcome, PlanMerge, both_of
from emergency_desk.domain.plan_parts import header_of
from emergency_desk.domain.plan_sections import PartKey, PlanSection
from emergency_desk.domain.plan_travel import Author
from emergency_desk.ui.plans.compare_lines import sides_of
from emergency_desk.ui.plans.marked_text import Marked, MarkedText
from emergency_desk.ui.theme import GAP
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import bundle_words
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.plan_part_words import HEADER_FIELDS_AS_TOLD, name_of, told, told_in_both


class PartPanes(QWidget):
    """Ours at the left, theirs at the right, and what the draft will say below them."""

    def __init__(self) -> None:
        super().__init__()
        self.mine, self.theirs, self.result = (MarkedText(name) for name in (_("Ours"), _("Theirs"), _("The draft will say")))
        self.mine_panel, self.theirs_panel = Panel(_("Ours"), " "), Panel(_("Theirs"), " ")
        self.mine_panel.add_list(self.mine, 1)
        self.theirs_panel.add_list(self.theirs, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.mine_panel, 1)
        line.addWidget(self.theirs_panel, 1)

    def show_part(self, part: MergedPart, authors: tuple[Author, Author], decision: Decision | None, merged: PlanMerge, namer: Namer) -> None:
        """Show one part of a merge."""
        mine, theirs = authors
        words = _Words(part, merged, namer)
        self.mine_panel.set_head(note=bundle_words.author(mine) if part.mine != part.base else _("as it was"))
        self.theirs_panel.set_head(note=bundle_words.author(theirs) if part.theirs != part.base else _("as it was"))
        self.mine.show_marked(words.of(part.mine, part.base))
        self.theirs.show_marked(words.of(part.theirs, part.base))
        is_open = part.outcome is MergeOutcome.CLASH and decision is None
        value = part.value(decision)
        self.result.show_marked(_plainly(_("Nothing yet: both sides changed it. Choose one, both, or write it anew.")) if is_open else
                                words.of(value, value))

    def clear(self) -> None:
        """Show nothing."""
        for text in (self.mine, self.theirs, self.result):
            text.show_marked(())
        for panel in (self.mine_panel, self.theirs_panel):
            panel.set_head(note=" ")


class _Words:
    """What one part of a merge says, with names for the ids that either side has."""

    def __init__(self, part: MergedPart, merged: PlanMerge, namer: Namer) -> None:
        self.part, self.merged, self.namer = part, merged, namer
        self.plan = both_of(merged)

    def of(self, value: Any, base: Any) -> Marked:
        """Return the words of a value, with what is new against the base marked; without a base nothing is."""
        if value is None:
            return _plainly(_("(struck out)"))
        before = value if base is None else base
        section = self.part.key.section
        if section is PlanSection.HEADER:
            name = self.part.key.key
            head = header_of(self.plan)
            before, value = replace(head, **{name: before}), replace(head, **{name: value})
            field = told(value, self.plan, self.namer)[HEADER_FIELDS_AS_TOLD.index(name)][0]
            sides = sides_of(before, value, (self.plan, self.plan), self.namer, whole=True)[1]
            return [(word, blocks) for word, blocks in sides if word.startswith(field)] or _plainly("—")
        if section is PlanSection.ORDER:
            old, new = (self._order(each) for each in (before, value))
            return [("", (tuple(piece for piece in marked(old, new) if piece.change is not PartFate.REMOVED),))]
        first = self._differing()
        return sorted(sides_of(before, value, (self.plan, self.plan), self.namer, whole=True)[1], key=lambda side: side[0] not in first)

    def _differing(self) -> set[str]:
        """Return the fields that are not alike on every side, by their words: they are shown first."""
        sides = [one for one in (self.part.base, self.part.mine, self.part.theirs) if one is not None]
        told_of = [dict(told_in_both(one, self.plan, self.namer)) for one in sides]
        return {word for each in told_of for word in each if len({one.get(word, "") for one in told_of}) > 1}

    def _order(self, keys: tuple[str, ...]) -> str:
        """Return a sequence by the names of its entries, one a line."""
        section = PlanSection(self.part.key.key)
        known = {**self.merged.sections[0].parts, **self.merged.sections[2].parts, **self.merged.sections[1].parts}
        return "\n".join(name_of(known[PartKey(section, key)]) for key in keys if PartKey(section, key) in known)


def _plainly(words: str) -> Marked:
    return [("", ((Piece(words, PartFate.SAME),),))]
