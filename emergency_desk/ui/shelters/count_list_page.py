"""Head counts out of a list: the file and its moment on top, every row with the shelter it counts for below."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_counting import LEFT_OUT, CountLine
from emergency_desk.errands import head_counts
from emergency_desk.errands.head_counts import CountAnswers, CountPreview
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.exchange.walk_moments import read_moment
from emergency_desk.ui.actions import Action
from emergency_desk.ui.imports.list_page import ListPage
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice
from emergency_desk.ui.shelters import count_list_lines
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines import Line
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.ui.workplace import SHELTER_COUNTS, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext

PAGE = SHELTER_COUNTS
ACTIONS = (
    Action("count_list_look", N_("Look at the list"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("count_list_take", N_("Record all good rows"), "take_good", "Ctrl+Return", (PAGE,), N_("record")),
    Action("count_list_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
)


class CountListPage(ListPage[CountPreview, Taken]):
    """The file and its moment on top, its rows below, and the one act that records them."""

    keys, take_action = ACTIONS, "count_list_take"

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, hint=_("The list: CSV, XLSX, XLS or ODS"), columns=count_list_lines.columns(),
                         empty=_("Choose a list of head counts. Nothing is recorded before you say so."))
        self.answers = CountAnswers()
        self.at = QLineEdit()
        self.at.setPlaceholderText(_("counted when: as the list says, or 2026-08-12 18:00"))
        self.at.setAccessibleName(_("Counted at"))
        self.at.returnPressed.connect(self.look)
        self.whole = TickBox(_("The list is whole: whoever is open and not in it stands empty"))
        self.whole.toggled.connect(lambda _on: self._answer(is_whole=self.whole.isChecked()))
        self.lines.opened.connect(self._ask_about)
        fill_page(self, self.head(_("Head counts from a list"), _("of all shelters at one time"), self.at, self.whole),
                  self.rows(_("those to mend first · Enter says which shelter is meant"), self.form))

    def begin(self) -> None:
        """Begin at the file."""
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        self.answers = CountAnswers(is_whole=self.whole.isChecked())
        super().look()

    # -- what the list says --------------------------------------------------------------------------------------------
    def read(self) -> None:
        try:
            self.answers = replace(self.answers, at=self._moment())
        except ValueError:
            self.tell(_("“{typed}” is no moment. Write it as 2026-08-12 18:00.").format(typed=self.at.text()), Tone.RED)
            self.at.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().read()

    def _moment(self) -> datetime | None:
        text = self.at.text().strip()
        return read_moment(text, near=self.place.desk.now()) if text else None

    def ask_preview(self, path: Path) -> None:
        head_counts.ask_preview(self.place.background, self.place.desk, path=path, answers=self.answers, then=self.show_preview,
                                refused=self.show_refusal)

    def rows_of(self, preview: CountPreview) -> list[Line]:
        return count_list_lines.lines_of(preview)

    def summary(self, preview: CountPreview) -> tuple[str, Tone]:
        return count_list_lines.summary(preview), Tone.ORANGE if preview.bad or preview.above else Tone.TEXT

    def count_good(self, preview: CountPreview) -> int:
        return len(head_counts.listed(preview))

    # -- answering -----------------------------------------------------------------------------------------------------
    def _answer(self, **answered: Any) -> None:
        self.answers = replace(self.answers, **answered)
        self.read()

    def _ask_about(self, key: str) -> None:
        """Ask which shelter a row means."""
        line = self._line(key)
        if self.preview is None or line is None:
            return
        likest = {one.id for one in line.likest}
        known = sorted(self.preview.known, key=lambda one: (one.id not in likest, not one.times, one.name))
        choices = [*((str(one.id), one.name) for one in known), ("", _("none: give its row back"))]
        field = AskChoice(name="shelter", label=_("Shelter"), choices=choices)
        self.form.ask(_("Which shelter is “{name}”?").format(name=line.row.name), [field], _("Read it so"),
                      lambda answers: self._answer_shelter(line.row.name, answers))

    def _answer_shelter(self, written: str, answers: Answers) -> None:
        self.form.put_away()
        kept = tuple(pair for pair in self.answers.shelters if pair[0] != written)
        self._answer(shelters=(*kept, (written, Id(answers["shelter"]) if answers["shelter"] else LEFT_OUT)))

    def _line(self, key: str) -> CountLine | None:
        lines = self.preview.found.lines if self.preview is not None else ()
        return next((line for line in lines if count_list_lines.key_of(line) == key), None)

    # -- recording -----------------------------------------------------------------------------------------------------
    def take_words(self, count: int) -> str:
        words = ngettext("Record {count} count", "Record {count} counts", count).format(count=count)
        return words if count else _("Record all good rows")

    def taking_words(self, which: Which) -> str:
        return _("Recording the counts…")

    def take(self, preview: CountPreview, which: Which) -> Taken:
        self.place.desk.may(Act.RUN_SHELTER)
        return head_counts.take(self.place.desk, preview, which=which)

    def taken_words(self, preview: CountPreview, taken: Taken) -> list[str]:
        count = ngettext("{count} head count was recorded in one commit.", "{count} head counts were recorded in one commit.", taken.value)
        return [count.format(count=taken.value)]
