"""Both sides' words of one part beside each other, with who wrote them when; what differs from the common version is marked."""

from __future__ import annotations

from difflib import SequenceMatcher

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QWidget

from emergency_desk.domain.plan_merge import Decision, MergedPart, MergeOutcome
from emergency_desk.domain.plan_travel import Author
from emergency_desk.ui.theme import GAP, Tone, blend, colour, colours
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import bundle_words
from emergency_desk.wording.catalog import _


class PartText(QTextEdit):
    """Reads only; the arrows scroll it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; background: transparent; padding: 0; }")
        self.viewport().setAutoFillBackground(False)

    def show_words(self, words: str, base: str = "", tone: Tone = Tone.YELLOW) -> None:
        """Show words; those that do not stand in the base are marked."""
        self.setPlainText(words)
        marks = []
        for start, end in _new(base, words) if base else []:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, _look(tone)  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)


class PartPanes(QWidget):
    """Ours at the left, theirs at the right, and what the draft will say below them."""

    def __init__(self) -> None:
        super().__init__()
        self.mine, self.theirs, self.result = (PartText(name) for name in (_("Ours"), _("Theirs"), _("The draft will say")))
        self.mine_panel, self.theirs_panel = Panel(_("Ours"), " "), Panel(_("Theirs"), " ")
        self.mine_panel.add_list(self.mine, 1)
        self.theirs_panel.add_list(self.theirs, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.mine_panel, 1)
        line.addWidget(self.theirs_panel, 1)

    def show_part(self, part: MergedPart, mine: Author, theirs: Author, decision: Decision | None) -> None:
        """Show one part."""
        base = bundle_words.part_words(part.key, part.base) if part.base is not None else ""
        self.mine_panel.set_head(note=bundle_words.author(mine) if part.mine != part.base else _("as it was"))
        self.theirs_panel.set_head(note=bundle_words.author(theirs) if part.theirs != part.base else _("as it was"))
        self.mine.show_words(bundle_words.part_words(part.key, part.mine), base, Tone.YELLOW)
        self.theirs.show_words(bundle_words.part_words(part.key, part.theirs), base, Tone.BLUE)
        is_open = part.outcome is MergeOutcome.CLASH and decision is None
        self.result.show_words(_("Nothing yet: both sides changed it. Choose one, both, or write it anew.") if is_open else
                               bundle_words.part_words(part.key, part.value(decision)))

    def clear(self) -> None:
        """Show nothing."""
        for text in (self.mine, self.theirs, self.result):
            text.show_words("")
        for panel in (self.mine_panel, self.theirs_panel):
            panel.set_head(note=" ")


def _new(base: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand that the base does not have, as places of a text cursor (UTF-16)."""
    blocks = SequenceMatcher(None, base, words, autojunk=False).get_opcodes()
    return [(_units(words[:start]), _units(words[:end])) for kind, _a, _b, start, end in blocks if kind in ("insert", "replace")]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _look(tone: Tone) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(blend(colour(tone), QColor(colours().panel), 0.3))
    return look
