"""A form of sections side by side: required first, each field told in words, refusals at the field. It knows fields, not records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.ui.incidents.inline_form import ChoiceBox
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate, Candidates
from emergency_desk.ui.widgets.fields import mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label
from emergency_desk.wording.refusals import sentence

Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field. `read` turns what is typed into its value and may raise Refused; `word` turns a value into what is typed."""

    name: str
    label: str = ""
    read: Read = str.strip
    word: Callable[[Any], str] = str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    rows: int = 0  # more than 0: several lines
    candidates: Candidates | None = None  # an area
    addressed: bool = True  # with an address beside it
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a title, in one of the columns of the form."""

    title: str
    fields: tuple[FieldSpec, ...]
    column: int = 0


class LinesEdit(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 18)


class RecordForm(QWidget):
    """`edited` when something is typed or chosen."""

    edited = Signal()

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.specs: dict[str, FieldSpec] = {}
        self.editors: dict[str, QWidget] = {}
        self._filling = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        self.columns: list[QVBoxLayout] = []
        for number in range(max(section.column for section in sections) + 1):
            down = QVBoxLayout()
            down.setSpacing(GAP)
            for section in sections:
                if section.column == number:
                    down.addWidget(self._section(section))
            down.addStretch(1)
            self.columns.append(down)
            across.addLayout(down, 1)
        for one, after in pairwise(self.editors.values()):
            QWidget.setTabOrder(one, after)

    def _section(self, section: Section) -> Panel:
        panel, grid = Panel(section.title), QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, spec in enumerate(section.fields):
            editor = self._editor(spec)
            name = spec.label or field_label(spec.name)
            editor.setAccessibleName(name)
            word = text_label(name, tone=Tone.SECONDARY, size="small", wrap=True)
            word.setFixedWidth(118)
            word.setBuddy(editor)
            grid.addWidget(word, row, 0)
            grid.addWidget(editor, row, 1)
            self.specs[spec.name], self.editors[spec.name] = spec, editor
        panel.body.addLayout(grid)
        return panel

    def _editor(self, spec: FieldSpec) -> QWidget:
        if spec.choices:
            box = ChoiceBox()
            for value, words in spec.choices:
                box.addItem(words, value)
            box.currentIndexChanged.connect(lambda _index: self._touched())
            return box
        if spec.rows:
            lines = LinesEdit(spec.rows)
            lines.setPlaceholderText(spec.hint)
            lines.textChanged.connect(self._touched)
            return lines
        if spec.candidates is not None:
            picker = AreaPicker(spec.candidates, placeholder=spec.hint, addressed=spec.addressed)
            picker.setProperty("letters", "")
            picker.answered.connect(self._touched)
            return picker
        edit = QLineEdit()
        edit.setPlaceholderText(spec.hint)
        edit.setProperty("letters", spec.letters)
        edit.textEdited.connect(lambda _text: self._touched())
        return edit

    def _touched(self) -> None:
        if not self._filling:
            self.edited.emit()

    # -- in and out ----------------------------------------------------------------------------------------------------
    def fill(self, values: Mapping[str, Any], *, area: Candidate | None = None, address: str = "") -> None:
        """Show the values of a record."""
        self.set_texts({name: "" if values.get(name) is None else spec.word(values[name]) for name, spec in self.specs.items()
                        if name in values}, area=area, address=address)

    def set_texts(self, texts: Mapping[str, str], *, area: Candidate | None = None, address: str = "") -> None:
        """Show what was typed, as a draft brings it back."""
        self._filling = True
        for name, editor in self.editors.items():
            text = texts.get(name, "")
            if isinstance(editor, AreaPicker):
                editor.set_answer(area, address)
            elif isinstance(editor, ChoiceBox):
                editor.setCurrentIndex(max(0, editor.findData(text)))
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText(text)
            elif isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setCursorPosition(0)
            mark_refused(editor, "")
        self._filling = False

    def texts(self) -> dict[str, str]:
        """Return what is typed, as it stands there."""
        return {name: _typed(editor) for name, editor in self.editors.items()}

    def values(self) -> dict[str, Any]:
        """Return what is typed as values. Raises Refused at the first field that cannot be read."""
        values: dict[str, Any] = {}
        for name, editor in self.editors.items():
            if isinstance(editor, AreaPicker):
                editor.settle()
                values[name], values["address"] = editor.area_id, editor.address
            else:
                values[name] = self.specs[name].read(_typed(editor))
        return values

    def refuse(self, error: DeskError) -> bool:
        """Show a refusal at its field and go there; say whether the form has it."""
        editor = self.editors.get(error.field) if isinstance(error, Refused) else None
        if editor is None:
            return False
        mark_refused(editor, sentence(error))
        editor.setFocus()
        return True

    def clear_refusals(self) -> None:
        """Take all refusals off."""
        for editor in self.editors.values():
            mark_refused(editor, "")


def _typed(editor: QWidget) -> str:
    if isinstance(editor, ChoiceBox):
        return str(editor.currentData() or "")
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def yes_no() -> tuple[tuple[str, str], ...]:
    """Return the choices of a question."""
    return ("yes", _("yes")), ("", _("no"))
