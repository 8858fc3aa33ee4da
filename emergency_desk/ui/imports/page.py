"""Imports: a file, what it holds, which column is what, the rows that may stand and those that come back, and what was taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import GIVEN_BACK, ImportAnswers
from emergency_desk.errands import imports
from emergency_desk.errands.imports import Preview
from emergency_desk.errands.rows_to_mend import Taken, Which
from emergency_desk.services.areas import find_in
from emergency_desk.ui.actions import Action
from emergency_desk.ui.imports import import_lines
from emergency_desk.ui.imports.list_page import ListPage
from emergency_desk.ui.incidents.inline_form import Answers, AskChoice, AskPlace, ChoiceBox
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.laying_out import across, fill_page
from emergency_desk.ui.widgets.lines import Column, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import N_, _, ngettext
from emergency_desk.wording.import_reasons import area_words

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


class ImportsPage(ListPage[Preview, Taken]):
    """The file on top; columns at the left, rows at the right; the two ways to end it below."""

    keys, take_action = ACTIONS, "import_take"

    def __init__(self, place: Workplace, divisions: Path | None = None) -> None:
        super().__init__(place, hint=_("The list: CSV, XLSX, XLS, ODS or GeoJSON"), columns=import_lines.row_columns(),
                         empty=_("Choose a file. Nothing is taken before you say so."))
        self.divisions = divisions  # the folder of the shipped divisions, by which old codes and names are followed
        self.answers = _NOTHING
        self.kind, self.datum, self.swapped = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.columns = LinesList((Column(_("Column"), stretch=True), Column(_("Taken for"), width=150), Column(_("First cell"), width=110)),
                                 header=True, empty=_("The columns of the file appear here. Enter changes what one is taken for."))
        self.columns.setAccessibleName(_("What the columns are taken for"))
        self.columns.opened.connect(self._ask_about)
        self.none = KeyButton(_("Take none"))
        self.none.clicked.connect(self.take_none)
        self._fill_choices()
        self._lay_out()
        self.show_state()

    # -- what the keys do ----------------------------------------------------------------------------------------------
    def begin(self, kind: str = "teams") -> None:
        """Begin with another kind of list, as the page of that list wishes."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.path.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        self.answers = _NOTHING
        super().look()

    def take_none(self) -> None:
        """Take nothing, but write the rows to mend."""
        self.take_rows("none")

    # -- what the list says --------------------------------------------------------------------------------------------
    def ask_preview(self, path: Path) -> None:
        imports.ask_preview(self.place.background, self.place.desk, kind=str(self.kind.currentData()), path=path, then=self.show_preview,
                            refused=self.show_refusal, answers=self.answers, divisions=self.divisions)

    def show_preview(self, preview: Preview) -> None:
        super().show_preview(preview)
        self.answers = replace(preview.answers, may_lack_name=True)
        for box, value in ((self.datum, preview.answers.is_gcj02), (self.swapped, preview.answers.exchanges_swapped)):
            box.blockSignals(True)
            box.setCurrentIndex(int(value))
            box.blockSignals(False)
        self.columns.show_lines(import_lines.column_lines(preview, self.place.desk.tree))
        if preview.file.lacks_name or preview.places_asked:
            self.columns.setFocus(Qt.FocusReason.OtherFocusReason)
        self.columns.choose_first()

    def put_away(self) -> None:
        super().put_away()
        self.columns.show_lines([])

    def rows_of(self, preview: Preview) -> list[Line]:
        return import_lines.row_lines(preview)

    def summary(self, preview: Preview) -> tuple[str, Tone]:
        return import_lines.summary(preview, self.place.desk.area), Tone.RED if preview.file.lacks_name else Tone.TEXT

    def count_good(self, preview: Preview) -> int:
        return len(preview.good)

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
        self.read()

    def _areas(self, text: str) -> list[Candidate]:
        desk = self.place.desk
        return [(found.area.id, found.area.name, " · ".join(found.path)) for found in find_in(desk.tree, text=text, below=desk.area_id)]

    # -- taking --------------------------------------------------------------------------------------------------------
    def take_words(self, count: int) -> str:
        words = ngettext("Take {count} good row", "Take {count} good rows", count).format(count=count)
        return words if count else _("Take all good rows")

    def taking_words(self, which: Which) -> str:
        return _("Taking the rows…") if which == "good" else _("Writing the rows to mend…")

    def take(self, preview: Preview, which: Which) -> Taken:
        desk = self.place.desk
        desk.may(Act.IMPORT)
        imports.remember(desk, preview)
        return imports.take(desk, preview, which=which)

    def taken_words(self, preview: Preview, taken: Taken) -> list[str]:
        count = ngettext("{count} row was taken in one commit.", "{count} rows were taken in one commit.", taken.value)
        return [count.format(count=taken.value) if taken.value else _("Nothing was taken.")]

    # -- looks ---------------------------------------------------------------------------------------------------------
    def show_state(self) -> None:
        super().show_state()
        for each in (self.none, self.datum, self.swapped):
            each.setEnabled(self.preview is not None and not self.is_busy)

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
        head = self.head(_("Import a list"), _("teams, people, units, sites, agreements, stock, shelters"), self.kind,
                         across(self.datum, self.swapped, QWidget(), shares=(0, 0, 1)), shares=(1, 0))
        columns = Panel(_("Columns and places"), _("Enter changes one"))
        columns.add_list(self.columns, 1)
        columns.body.addWidget(self.form)
        fill_page(self, head, across(columns, self.rows(_("those to mend first"), beside=(self.none,)), shares=(38, 62)))
