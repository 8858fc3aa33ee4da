"""Head counts out of a list: the file and its moment on top, every row with the shelter it counts for below."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelter_counting import LEFT_OUT, CountLine
from emergency_desk.errands import head_counts
from emergency_desk.errands.head_counts import CountAnswers, CountPreview, CountsTaken
from emergency_desk.exchange.walk_moments import read_moment
from emergency_desk.ui.actions import Action
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, InlineForm
from emergency_desk.ui.shelters import count_list_lines
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.ui.workplace import SHELTER_COUNTS, Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.refusals import sentence

PAGE = SHELTER_COUNTS
ACTIONS = (
    Action("count_list_look", N_("Look at the list"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("count_list_take", N_("Record all good rows"), "take_good", "Ctrl+Return", (PAGE,), N_("record")),
    Action("count_list_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
)


class CountListPage(QWidget):
    """The file on top, its rows below, and the one act that records them."""

    refusal = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.preview: CountPreview | None = None
        self.answers = CountAnswers()
        self._is_busy = False
        self.path = FileField(_("The list: CSV, XLSX, XLS or ODS"))
        self.path.returnPressed.connect(self.look)
        self.at = QLineEdit()
        self.at.setPlaceholderText(_("counted when: as the list says, or 2026-08-12 18:00"))
        self.at.setAccessibleName(_("Counted at"))
        self.at.returnPressed.connect(self.look)
        self.whole = TickBox(_("The list is whole: whoever is open and not in it stands empty"))
        self.whole.toggled.connect(lambda _on: self._answer(replace(self.answers, is_whole=self.whole.isChecked())))
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.lines = LinesList((Column(_("Line"), width=48, right=True), Column(_("As the list writes it"), width=250),
                                Column(_("Shelter"), width=390), Column(_("People"), width=76, right=True),
                                Column(_("Places"), width=76, right=True),
                                Column(_("What about it"), stretch=True, wrap=True)), header=True,
                               empty=_("Choose a list of head counts. Nothing is recorded before you say so."))
        self.lines.setAccessibleName(_("Rows of the list"))
        self.form = InlineForm(in_a_row=1)
        self.good = KeyButton(_("Record all good rows"), "Ctrl+Return", filled=True)
        self.good.clicked.connect(self.take_good)
        self.lines.opened.connect(self._ask_about)
        self._lay_out()
        place.window.acts.register(ACTIONS)
        self._show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Begin at the file."""
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return action_id != "count_list_take" or self.good.isEnabled()

    def look(self) -> None:
        """Read the list anew, for the moment that is typed."""
        self._answer(CountAnswers(is_whole=self.whole.isChecked()))

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        if self.path.choose(_("Choose a list")):
            self.look()

    def leave(self) -> None:
        """Go back; what was read stays here until another list is looked at."""
        self.place.window.show_page_before()

    # -- reading -------------------------------------------------------------------------------------------------------
    def _answer(self, answers: CountAnswers) -> None:
        path = self.path.path
        if path is None or self._is_busy:
            return
        try:
            at = self._moment()
        except ValueError:
            self._tell(_("“{typed}” is no moment. Write it as 2026-08-12 18:00.").format(typed=self.at.text()), Tone.RED)
            self.at.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.answers = replace(answers, at=at)
        self._begin(_("Reading {name}…").format(name=path.name))
        head_counts.ask_preview(self.place.background, self.place.desk, path=path, answers=self.answers, then=self._show, refused=self._refused)

    def _moment(self) -> datetime | None:
        text = self.at.text().strip()
        return read_moment(text, near=self.place.desk.now()) if text else None

    def _show(self, preview: CountPreview) -> None:
        self._is_busy = False
        self.path.hide_offers()
        self.preview = preview
        self.lines.show_lines(count_list_lines.lines_of(preview))
        self._tell(count_list_lines.summary(preview), Tone.ORANGE if preview.bad or preview.above else Tone.TEXT)
        self._show_state()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.choose_first()

    def _refused(self, error: DeskError) -> None:
        self._is_busy, self.preview = False, None
        self.lines.show_lines([])
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- answering -----------------------------------------------------------------------------------------------------
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
        self._answer(replace(self.answers, shelters=(*kept, (written, Id(answers["shelter"]) if answers["shelter"] else LEFT_OUT))))

    def _line(self, key: str) -> CountLine | None:
        lines = self.preview.found.lines if self.preview is not None else ()
        return next((line for line in lines if count_list_lines.key_of(line) == key), None)

    # -- recording -----------------------------------------------------------------------------------------------------
    def take_good(self) -> None:
        """Record all good rows in one commit."""
        preview, desk = self.preview, self.place.desk
        if preview is None or self._is_busy:
            return

        def job() -> CountsTaken:
            desk.may(Act.RUN_SHELTER)
            return head_counts.take(desk, preview)

        self._begin(_("Recording the counts…"))
        self.place.ask(job, then=self._taken, refused=self._not_taken)

    def _taken(self, taken: CountsTaken) -> None:
        self._is_busy, self.preview = False, None
        self.lines.show_lines([])
        count = ngettext("{count} head count was recorded in one commit.", "{count} head counts were recorded in one commit.", taken.value)
        mend = _("The rows to mend lie in {path}, each with its reason.").format(path=taken.bad_rows_path) if taken.bad_rows_path else ""
        self._tell("  ".join(filter(None, (count.format(count=taken.value), mend))), Tone.GREEN if taken.value else Tone.TEXT)
        self._show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_taken(self, error: DeskError) -> None:
        self._is_busy = False
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- telling -------------------------------------------------------------------------------------------------------
    def _begin(self, words: str) -> None:
        self._is_busy = True
        self._tell(words, Tone.ACT)
        self._show_state()

    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def _show_state(self) -> None:
        listed = head_counts.listed(self.preview) if self.preview is not None else ()
        self.good.setEnabled(bool(listed) and not self._is_busy)
        words = ngettext("Record {count} count", "Record {count} counts", len(listed)).format(count=len(listed))
        self.good.set_words(words if listed else _("Record all good rows"))
        self.place.window.keys.rebuild()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.form.put_away()

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.path, 3)
        across.addWidget(self.at, 2)
        across.addWidget(choose)
        across.addWidget(look)
        head = Panel(_("Head counts from a list"), _("of all shelters at one time"))
        head.body.addLayout(across)
        head.body.addWidget(self.whole)
        head.body.addWidget(self.told)
        rows = Panel(_("Rows"), _("those to mend first · Enter says which shelter is meant"))
        rows.add_list(self.lines, 1)
        rows.body.addWidget(self.form)
        below = QHBoxLayout()
        below.addWidget(self.good)
        below.addStretch(1)
        rows.body.addLayout(below)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        down.addWidget(head)
        down.addWidget(rows, 1)
