"""Imports: a file, what it holds, which column is what, the rows that may stand and those that come back, and what was taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import DeskError, FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import GIVEN_BACK, ImportAnswers
from emergency_desk.errands import imports
from emergency_desk.errands.imports import Preview, Taken, Which
from emergency_desk.services.areas import find_in
from emergency_desk.ui.actions import Action
from emergency_desk.ui.imports import import_lines
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, AskPlace, ChoiceBox, InlineForm
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.file_field import FileField
from emergency_desk.ui.widgets.labels import dress, text_label
from emergency_desk.ui.widgets.lines import Column
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.import_reasons import area_words
from emergency_desk.wording.refusals import sentence

PAGE = "imports"
KINDS = (("teams", N_("Teams")), ("members", N_("Members of teams")), ("units", N_("Units with their duty phones")),
         ("duty_list", N_("People of a duty list")), ("sites", N_("Sites")), ("agreements", N_("Agreements")), ("lots", N_("Lots in stock")),
         ("supply_items", N_("Items")), ("depots", N_("Depots")), ("supply_promises", N_("Promises: agreements and capacity")),
         ("stock_targets", N_("Targets of stock")), ("shelters", N_("Shelters")))
ACTIONS = (
    Action("import_look", N_("Look at the file"), "look", "Ctrl+L", (PAGE,), N_("look")),
    Action("imports_leave", N_("Back to the page before"), "leave", "Escape", (PAGE,), N_("back")),
    Action("import_take", N_("Take all good rows"), "take_good", "Ctrl+Return", (PAGE,), N_("take")),
)
_ANOTHER, _NONE = "another", "none"
_NOTHING = ImportAnswers(may_lack_name=True)


class ImportsPage(QWidget):
    """The file on top; columns at the left, rows at the right; the two ways to end it below."""

    refusal = Signal(object)

    def __init__(self, place: Workplace, divisions: Path | None = None) -> None:
        super().__init__()
        self.place = place
        self.divisions = divisions  # the folder of the shipped divisions, by which old codes and names are followed
        self.preview: Preview | None = None
        self.answers = _NOTHING
        self._busy_since, self._busy_with = 0.0, ""
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self._tell_progress)
        self.path = FileField(_("The list: CSV, XLSX, XLS, ODS or GeoJSON"))
        self.path.returnPressed.connect(self.look)
        self.kind, self.datum, self.swapped = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.told = text_label(tone=Tone.SECONDARY, wrap=True)
        self.columns = LinesList((Column(_("Column"), stretch=True), Column(_("Taken for"), width=150), Column(_("First cell"), width=110)),
                                 header=True, empty=_("The columns of the file stand here. Enter changes what one is taken for."))
        self.columns.setAccessibleName(_("What the columns are taken for"))
        self.rows = LinesList((Column(_("Line"), width=48, right=True), Column(_("Row"), width=240),
                               Column(_("What about it"), stretch=True, wrap=True)), header=True,
                              empty=_("Choose a file. Nothing is taken before you say so."))
        self.rows.setAccessibleName(_("Rows of the list"))
        self.form = InlineForm(in_a_row=1)
        self.good = KeyButton(_("Take all good rows"), "Ctrl+Return", filled=True)
        self.none = KeyButton(_("Take none"))
        self._fill_choices()
        self._lay_out()
        self.columns.opened.connect(self._ask_about)
        self.good.clicked.connect(self.take_good)
        self.none.clicked.connect(self.take_none)
        place.window.acts.register(ACTIONS)
        self._show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def begin(self, kind: str = "teams") -> None:
        """Begin with another kind of list, as the page of that list wishes."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def can(self, action_id: str) -> bool:
        """Say whether an action makes sense now."""
        return action_id != "import_take" or self.good.isEnabled()

    def look(self) -> None:
        """Read the file anew, with nothing answered yet."""
        self.answers = _NOTHING
        self._read()

    def choose_file(self) -> None:
        """Ask for the file in the system's own dialog."""
        if self.path.choose(_("Choose a list")):
            self.look()

    def leave(self) -> None:
        """Go back; what was read stays here until another file is looked at."""
        self.place.window.show_page_before()

    def take_good(self) -> None:
        """Take the good rows, all of them in one commit."""
        self._take("good")

    def take_none(self) -> None:
        """Take nothing, but write the rows to mend."""
        self._take("none")

    # -- reading -------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        path = self.path.path
        if path is None or self._busy_with:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._begin_work(_("Reading {name}…").format(name=path.name))
        imports.ask_preview(self.place.background, self.place.desk, kind=str(self.kind.currentData()), path=path, then=self._show,
                            refused=self._refused, answers=self.answers, divisions=self.divisions)

    def _show(self, preview: Preview) -> None:
        self._end_work()
        self.preview, self.answers = preview, replace(preview.answers, may_lack_name=True)
        for box, value in ((self.datum, preview.answers.is_gcj02), (self.swapped, preview.answers.exchanges_swapped)):
            box.blockSignals(True)
            box.setCurrentIndex(int(value))
            box.blockSignals(False)
        self.columns.show_lines(import_lines.column_lines(preview, self.place.desk.tree))
        self.rows.show_lines(import_lines.row_lines(preview))
        self._tell(import_lines.summary(preview, self.place.desk.area), Tone.RED if preview.file.lacks_name else Tone.TEXT)
        self._show_state()
        (self.columns if preview.file.lacks_name or preview.places_asked else self.rows).setFocus(Qt.FocusReason.OtherFocusReason)
        self.columns.choose_first()

    def _refused(self, error: DeskError) -> None:
        self._end_work()
        self.preview = None
        self.columns.show_lines([])
        self.rows.show_lines([])
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- answering -----------------------------------------------------------------------------------------------------
    def _ask_about(self, key: str) -> None:
        if self.preview is None:
            return
        if key.startswith(import_lines.PLACE):
            self._ask_about_place(key.removeprefix(import_lines.PLACE))
            return
        at = int(key)
        fields = [("", _("left out")), *((field, import_lines.field_words(self.preview, field)) for field in self.preview.fields_known)]
        header = self.preview.file.table.headers[at] or _("(no header)")
        self.form.ask(_("What does “{header}” hold?").format(header=header),
                      [AskChoice(name="field", label=_("Taken for"), value=self.preview.fields[at], choices=fields)], _("Read it so"),
                      lambda answers: self._answer_column(at, answers))

    def _answer_column(self, at: int, answers: Answers) -> None:
        assert self.preview is not None
        fields = dict(enumerate(self.preview.fields)) | {at: answers["field"]}
        self._answer(replace(self.answers, fields=tuple(fields.items())))

    def _ask_about_place(self, written: str) -> None:
        """Ask which area was meant: one of the likest, another one, or none, so that its rows come back."""
        assert self.preview is not None
        asked = next(each for each in self.preview.places_asked if each.written == written)
        tree = self.place.desk.tree
        meant = [(str(id_), area_words(tree.path(id_))) for id_ in asked.suggested]
        choices = [*meant, (_ANOTHER, _("another area, named below")), (_NONE, _("none: give its rows back"))]
        fields = [AskChoice(name="meant", label=_("Meant is"), value=choices[0][0], choices=choices),
                  AskPlace(name="area", label=_("Another area"), candidates=self._areas)]
        note = _("The answer holds for every row that writes this place: {count}.").format(count=asked.rows)
        self.form.ask(import_lines.question(asked, tree), fields, _("Read it so"), lambda answers: self._answer_place(written, answers),
                      note=note, focus="meant" if meant else "area")

    def _answer_place(self, written: str, answers: Answers) -> None:
        meant = answers["area"] or answers["meant"]
        if meant == _ANOTHER:
            self.form.refused(FieldMissing(name="area"))
            return
        kept = tuple(pair for pair in self.answers.places if pair[0] != written)
        self._answer(replace(self.answers, places=(*kept, (written, GIVEN_BACK if meant == _NONE else Id(meant)))))

    def _answer_positions(self) -> None:
        self._answer(replace(self.answers, is_gcj02=self.datum.currentIndex() == 1, exchanges_swapped=self.swapped.currentIndex() == 1))

    def _answer(self, answers: ImportAnswers) -> None:
        self.form.put_away()
        if self.preview is not None and not answers.fields:
            answers = replace(answers, fields=tuple(enumerate(self.preview.fields)))
        self.answers = answers
        self._read()

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return [(found.area.id, found.area.name, " · ".join(found.path)) for found in find_in(desk.tree, text=text, below=desk.area_id)]

    # -- taking --------------------------------------------------------------------------------------------------------
    def _take(self, which: Which) -> None:
        preview, desk = self.preview, self.place.desk
        if preview is None or self._busy_with:
            return

        def job() -> Taken:
            desk.may(Act.IMPORT)
            imports.remember(desk, preview)
            return imports.take(desk, preview, which=which)

        self._begin_work(_("Taking the rows…") if which == "good" else _("Writing the rows to mend…"))
        self.place.ask(job, then=self._taken, refused=self._not_taken)

    def _taken(self, taken: Taken) -> None:
        self._end_work()
        self.preview = None
        count = ngettext("{count} row was taken in one commit.", "{count} rows were taken in one commit.", taken.value).format(count=taken.value)
        count = count if taken.value else _("Nothing was taken.")
        mend = _("The rows to mend lie in {path}, each with its reason.").format(path=taken.bad_rows_path) if taken.bad_rows_path else ""
        self._tell("  ".join(filter(None, (count, mend))), Tone.GREEN if taken.value else Tone.TEXT)
        self._show_state()
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_taken(self, error: DeskError) -> None:
        self._end_work()
        self._tell(sentence(error), Tone.RED)
        self._show_state()

    # -- telling -------------------------------------------------------------------------------------------------------
    def _begin_work(self, what: str) -> None:
        self._busy_with, self._busy_since = what, monotonic()
        self._ticking.start()
        self._tell_progress()
        self._show_state()

    def _end_work(self) -> None:
        self.path.hide_offers()
        self._busy_with = ""
        self._ticking.stop()
        self.place.background.expect_file()

    def _tell_progress(self) -> None:
        seconds = int(monotonic() - self._busy_since)
        self._tell(_("{what} {seconds} s").format(what=self._busy_with, seconds=seconds) if seconds else self._busy_with, Tone.ACT)

    def _tell(self, words: str, tone: Tone) -> None:
        self.told.setText(words)
        dress(self.told, tone=tone, strong=tone in (Tone.RED, Tone.GREEN))

    def _show_state(self) -> None:
        preview = self.preview
        is_ready = preview is not None and not self._busy_with
        self.good.setEnabled(is_ready and bool(preview and preview.good))
        self.none.setEnabled(is_ready)
        self.datum.setEnabled(is_ready)
        self.swapped.setEnabled(is_ready)
        count = len(preview.good) if preview else 0
        words = ngettext("Take {count} good row", "Take {count} good rows", count).format(count=count)
        self.good.set_words(words if count else _("Take all good rows"))
        self.place.window.keys.rebuild()

    # -- looks ---------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.background.expect_file()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.form.put_away()

    def _fill_choices(self) -> None:
        for value, words in KINDS:
            self.kind.addItem(_(words), value)
        self.datum.addItem(_("Positions as measured (CGCS2000, WGS-84)"))
        self.datum.addItem(_("Positions of a Chinese map service (GCJ-02): convert them"))
        self.swapped.addItem(_("Exchanged latitude and longitude: give back"))
        self.swapped.addItem(_("Exchanged latitude and longitude: put right"))
        for box, name in ((self.kind, _("What the list holds")), (self.datum, _("Positions")), (self.swapped, _("Exchanged positions"))):
            box.setAccessibleName(name)
        self.kind.activated.connect(lambda _at: self.look())
        self.datum.currentIndexChanged.connect(lambda _at: self._answer_positions())
        self.swapped.currentIndexChanged.connect(lambda _at: self._answer_positions())

    def _lay_out(self) -> None:
        choose, look = KeyButton(_("Choose…")), KeyButton(_("Look at it"), "Ctrl+L")
        choose.clicked.connect(self.choose_file)
        look.clicked.connect(self.look)
        head = Panel(_("Import a list"), _("teams, people, units, sites, agreements, stock, shelters"))
        head.body.addLayout(_line(self.path, self.kind, choose, look, stretch=0))
        head.body.addLayout(_line(self.datum, self.swapped, QWidget(), stretch=2))
        head.body.addWidget(self.told)
        columns = Panel(_("Columns and places"), _("Enter changes one"))
        columns.add_list(self.columns, 1)
        columns.body.addWidget(self.form)
        rows = Panel(_("Rows"), _("those to mend first"))
        rows.add_list(self.rows, 1)
        rows.body.addLayout(_line(self.good, self.none, QWidget(), stretch=2))
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(columns, 38)
        middle.addWidget(rows, 62)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(head)
        whole.addLayout(middle, 1)


def _line(*parts: QWidget, stretch: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for at, part in enumerate(parts):
        line.addWidget(part, int(at == stretch))
    return line
