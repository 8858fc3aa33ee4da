"""The half of the editor that finds and replaces: the whole plan is searched while typing, the places are walked through by key."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QTextEdit

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import PartRecord
from emergency_desk.domain.plan_replacing import Needle, TextHit, hits, replaced
from emergency_desk.ui.plans.body_edit import BodyEdit
from emergency_desk.ui.plans.editor_outline import TABLES
from emergency_desk.ui.plans.editor_page import EditorPage
from emergency_desk.ui.plans.editor_side import Side
from emergency_desk.ui.plans.open_draft import OpenPart
from emergency_desk.ui.theme import Tone, blend, colour, colours
from emergency_desk.wording.catalog import ngettext


class Finding:
    """Turns the find line, the list of places and the marks in the text."""

    KEYS = ("find_words", "find_and_replace", "find_next", "find_last", "replace_one", "replace_all")

    def __init__(self, page: EditorPage) -> None:
        self._page = page
        self._needle = Needle("")
        bar = page.find_bar
        bar.looked_for.connect(self._look_for)
        bar.step.connect(self._step)
        bar.replace_one.connect(self.replace_one)
        bar.replace_all.connect(self.replace_all)
        bar.closed.connect(self._stop)
        page.side.found.chosen.connect(self._choose_words)
        page.draft.typed.connect(self._typed)  # bound: the draft outlives the page's C++ half, and a lambda would keep the page with it
        page.draft.read_anew.connect(self._look_again)

    # -- keys ----------------------------------------------------------------------------------------------------------
    def find_words(self) -> None:
        """Open the find line with what is chosen in the text."""
        self._page.find_bar.open(replacing=False, words=self._chosen_words())

    def find_and_replace(self) -> None:
        """Open the find line to replace."""
        self._page.find_bar.open(replacing=True, words=self._chosen_words())

    def find_next(self) -> None:
        """Go to the next place."""
        self._step(1)

    def find_last(self) -> None:
        """Go to the place before."""
        self._step(-1)

    def replace_one(self) -> None:
        """Replace the place that is chosen, and go to the next one."""
        if not self._needle.words or self._page.find_bar.isHidden():
            return
        place = self._page.side.found.currentIndex().row()
        hit = self._current()
        if hit is None:
            self._step(1)
            return
        part, where = hit
        self._page.draft.edit(part.id, _replaced_at(part, where, self._needle, self._page.find_bar.by.text()))
        self._page.draft.read_anew.emit()
        lines = self._page.side.found.lines
        if lines:
            self._page.side.found.choose(lines[min(place, len(lines) - 1)].key)

    def replace_all(self) -> None:
        """Replace in the whole plan, as one act."""
        if self._needle.words and not self._page.find_bar.isHidden():
            self._page.draft.replace_words(self._needle, self._page.find_bar.by.text(), then=self._replaced)

    def _replaced(self, count: int) -> None:
        told = ngettext("Replaced in {count} place.", "Replaced in {count} places.", count).format(count=count)
        self._page.place.window.notices.done(told, self._page.undo)
        self._look_again()

    # -- looking -------------------------------------------------------------------------------------------------------
    def _look_for(self, needle: Needle) -> None:
        self._needle = needle
        if needle.words:
            self._page.side.show_view(Side.FOUND, focus=False)
        self._look_again()

    def _typed(self, _part: str) -> None:
        self._look_again()

    def _look_again(self) -> None:
        if self._page.draft.draft is None or self._page.find_bar.isHidden():
            return
        found = [(part, places) for kind in (PartKind.CLAUSE, *TABLES) for part in self._page.draft.parts(kind)
                 if (places := hits(part.record, self._needle))]
        self._page.find_bar.show_count(self._page.side.show_hits(found))
        self.light_up()

    def _step(self, by: int) -> None:
        lines, row = self._page.side.found.lines, self._page.side.found.currentIndex().row()
        if lines and not self._page.find_bar.isHidden():
            self._page.side.found.choose(lines[(row + by) % len(lines)].key if row >= 0 else lines[0 if by > 0 else -1].key)

    def _stop(self) -> None:
        self._needle = Needle("")
        self._page.side.show_hits(())
        self._page.side.show_view(Side.HERE, focus=False)
        self.light_up()

    def _current(self) -> tuple[OpenPart, int] | None:
        """Return the part of the chosen place, and which of its places it is."""
        part_id, _blank, place = self._page.side.found.current_key.partition(" ")
        part = self._page.draft.part(part_id)
        return (part, int(place)) if part is not None and place else None

    # -- marks in the text ---------------------------------------------------------------------------------------------
    def light_up(self) -> None:
        """Light up every place in the texts that are shown."""
        for body in self._page.clause_editor.bodies.values():
            body.setExtraSelections(_lit(body, self._needle) if self._needle.words else [])

    def _choose_words(self, key: str) -> None:
        """Choose the words of the place in the text, where it stands in a body."""
        hit = self._current()
        if not key or hit is None or hit[0].kind is not PartKind.CLAUSE:
            return
        places = hits(hit[0].record, self._needle)
        if hit[1] >= len(places) or places[hit[1]].field != "body":
            return
        place = places[hit[1]]
        nth = sum(1 for one in places[:hit[1]] if (one.field, one.language) == (place.field, place.language))
        body = self._page.clause_editor.bodies[place.language]
        for count in range(nth + 1):
            if not body.choose_words(self._needle.words, match_case=self._needle.match_case, anew=count == 0):
                return

    def _chosen_words(self) -> str:
        body = self._page.clause_editor.body
        return body.textCursor().selectedText() if body.hasFocus() else ""


def _replaced_at(part: OpenPart, place: int, needle: Needle, by: str) -> PartRecord:
    """Return a part with one of its places replaced."""
    places: tuple[TextHit, ...] = hits(part.record, needle)
    return replaced(part.record, needle, by, only=min(place, len(places) - 1))


def _lit(body: BodyEdit, needle: Needle) -> list[QTextEdit.ExtraSelection]:
    look = QTextCharFormat()
    look.setBackground(blend(colour(Tone.YELLOW), QColor(colours().panel), 0.35))
    flags = QTextDocument.FindFlag.FindCaseSensitively if needle.match_case else QTextDocument.FindFlag(0)
    found: list[QTextEdit.ExtraSelection] = []
    cursor = body.document().find(needle.words, 0, flags)
    while not cursor.isNull():
        each = QTextEdit.ExtraSelection()
        each.cursor, each.format = cursor, look  # type: ignore[attr-defined]
        found.append(each)
        cursor = body.document().find(needle.words, cursor, flags)
    return found
