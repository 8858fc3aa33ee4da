"""The form of one part of a plan: fields above one another, each below its word; bilingual ones side by side. It knows fields, not records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.ui.plans.rows_edit import FreeChoice, RowField, RowsEdit
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.fields import NumberEdit, mark_refused
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.tick_box import TickBox

Values = dict[str, Any]  # words, or a list of rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PartField:
    """One field. Words by default; `lines` more than 1 several lines, else a number, a choice, a table of rows or a tick."""

    name: str
    label: str
    lines: int = 1
    is_number: bool = False
    is_tick: bool = False
    choices: tuple[tuple[str, str], ...] | None = None
    columns: tuple[RowField, ...] = ()
    most: int = 0
    hint: str = ""
    share: int = 1  # of the width of its line
    largest: int = 9_999_999


FieldLines = Sequence[Sequence[PartField]]


class _Lines(QPlainTextEdit):
    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 18)


class PartForm(QWidget):
    """`edited` when something is typed or chosen."""

    edited = Signal()

    def __init__(self, lines: FieldLines) -> None:
        super().__init__()
        self.fields: dict[str, PartField] = {}
        self.editors: dict[str, QWidget] = {}
        self._filling = False
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(GAP)
        for line in lines:
            across = QHBoxLayout()
            across.setSpacing(GAP)
            for field in line:
                across.addLayout(self._field(field), field.share)
            if not any(field.share for field in line):
                across.addStretch(1)
            down.addLayout(across)
        down.addStretch(1)
        for one, after in pairwise(self.editors.values()):
            QWidget.setTabOrder(one, after)

    def _field(self, field: PartField) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        editor = self._editor(field)
        if not field.is_tick:
            word = text_label(field.label, tone=Tone.SECONDARY, size="small")
            word.setBuddy(editor)
            column.addWidget(word)
        column.addWidget(editor)
        column.addStretch(1)
        editor.setAccessibleName(field.label)
        self.fields[field.name], self.editors[field.name] = field, editor
        return column

    def _editor(self, field: PartField) -> QWidget:
        if field.columns:
            rows = RowsEdit(field.columns, name=field.label, most=field.most)
            rows.edited.connect(self._touched)
            return rows
        if field.choices is not None:
            box = FreeChoice(field.label, field.choices)
            box.currentIndexChanged.connect(lambda _place: self._touched())
            return box
        if field.is_number:
            number = NumberEdit(name=field.label, largest=field.largest)
            number.setFixedWidth(84)
            number.number_changed.connect(self._touched)
            return number
        if field.is_tick:
            tick = TickBox(field.label)
            tick.clicked.connect(lambda _checked: self._touched())
            return tick
        if field.lines > 1:
            lines = _Lines(field.lines)
            lines.setPlaceholderText(field.hint)
            lines.textChanged.connect(self._touched)
            return lines
        edit = QLineEdit()
        edit.setPlaceholderText(field.hint)
        edit.textEdited.connect(lambda _text: self._touched())
        return edit

    def _touched(self) -> None:
        if not self._filling:
            self.edited.emit()

    # -- in and out ----------------------------------------------------------------------------------------------------
    def fill(self, values: Values) -> None:
        """Show values; a field that holds its value already keeps its cursor."""
        self._filling = True
        now = self.values()
        for name, editor in self.editors.items():
            value = values.get(name, "")
            if now[name] == value and not isinstance(editor, NumberEdit):
                continue
            if isinstance(editor, RowsEdit):
                editor.set_rows(value or ())
            elif isinstance(editor, FreeChoice):
                editor.choose(value)
            elif isinstance(editor, NumberEdit):
                if now[name] != value or not editor.is_readable:
                    editor.set_value(int(value) if value else None)
            elif isinstance(editor, TickBox):
                editor.setChecked(bool(value))
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText(value)
            elif isinstance(editor, QLineEdit):
                editor.setText(value)
                editor.setCursorPosition(0)
        self._filling = False

    def values(self) -> Values:
        """Return what is typed and chosen."""
        return {name: _value(editor) for name, editor in self.editors.items()}

    @property
    def is_readable(self) -> bool:
        """Say whether every number can be read."""
        return all(editor.is_readable for editor in self.editors.values() if isinstance(editor, NumberEdit | RowsEdit))

    def refuse(self, name: str, sentence: str) -> bool:
        """Hang a refusal on its field; say whether the form has it."""
        editor = self.editors.get(name)
        if editor is None:
            return False
        mark_refused(editor, sentence)
        return True

    def clear_refusals(self) -> None:
        """Take all refusals off."""
        for editor in self.editors.values():
            if not isinstance(editor, RowsEdit):
                mark_refused(editor, "")

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        first = next(iter(self.editors.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def _value(editor: QWidget) -> Any:
    if isinstance(editor, RowsEdit):
        return editor.rows()
    if isinstance(editor, FreeChoice):
        return editor.value
    if isinstance(editor, NumberEdit):
        return "" if editor.value is None else str(editor.value)
    if isinstance(editor, TickBox):
        return "yes" if editor.isChecked() else ""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""
