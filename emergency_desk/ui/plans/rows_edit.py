"""A small table in a form: rows of choices, numbers and words. A free row always waits at the end; what is written there becomes a row.

Ctrl+Delete takes a row away, Ctrl+Shift+Up and Down move it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from emergency_desk.ui.incidents.call_parts import ChoiceBox
from emergency_desk.ui.plans.one_history import hand_history_on
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import NumberEdit
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.wording.catalog import _

Row = tuple[str, ...]
NONE_CHOSEN = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowField:
    """One column: words, a number (`is_number`) or a choice of (value, words). `width` 0 shares what is left."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] | None = None
    is_number: bool = False
    width: int = 0
    hint: str = ""
    largest: int = 9_999_999


class FreeChoice(ChoiceBox):
    """A choice that also shows a value nobody offers, so that opening a form never changes what it holds."""

    def choose(self, value: str) -> None:
        """Choose a value, offering it if it is not offered."""
        place = self.findData(value)
        if place < 0:
            self.addItem(_("{value} (not there)").format(value=value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)


class RowsEdit(QWidget):
    """`edited` when a row is written, chosen, moved or taken away."""

    edited = Signal()

    def __init__(self, fields: Sequence[RowField], *, name: str, most: int = 0) -> None:
        super().__init__()
        self.fields, self._name, self._most = tuple(fields), name, most
        self._filling = False
        self.lines: list[list[QWidget]] = []
        self._buttons: list[KeyButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._heads: list[QLabel] = []
        for column, field in enumerate(self.fields):
            head = text_label(field.label, tone=Tone.SECONDARY, size="small")
            self._heads.append(head)
            self._grid.addWidget(head, 0, column)
            if len(self.fields) == 1:
                head.hide()  # the field says it already
            self._grid.setColumnStretch(column, 0 if field.width or field.is_number else 1)
        self.set_rows(())

    # -- in and out ----------------------------------------------------------------------------------------------------
    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, and a free one below them."""
        self._filling = True
        while len(self.lines) > len(rows) + self._is_open(len(rows)):
            self._drop(len(self.lines) - 1)
        while len(self.lines) < len(rows) + self._is_open(len(rows)):
            self._append()
        for editors, row in zip(self.lines, [*rows, ("",) * len(self.fields)], strict=False):
            for editor, value in zip(editors, row, strict=True):
                _set(editor, value)
        self._filling = False
        self._dress()

    def rows(self) -> list[Row]:
        """Return the rows in which anything stands."""
        return [row for row in (tuple(_value(editor) for editor in editors) for editors in self.lines) if any(row)]

    @property
    def is_readable(self) -> bool:
        """Say whether every number can be read."""
        return all(editor.is_readable for editors in self.lines for editor in editors if isinstance(editor, NumberEdit))

    # -- rows ----------------------------------------------------------------------------------------------------------
    def _is_open(self, count: int) -> bool:
        return not self._most or count < self._most

    def _append(self) -> None:
        editors = [self._editor(field) for field in self.fields]
        button = KeyButton("×", bare=True)
        button.setToolTip(_("Take this row away (Ctrl+Delete)"))
        button.clicked.connect(lambda: self.remove(self._buttons.index(button)))
        row = len(self.lines) + 1
        for column, editor in enumerate(editors):
            self._grid.addWidget(editor, row, column)
        self._grid.addWidget(button, row, len(editors))
        self.lines.append(editors)
        self._buttons.append(button)

    def _editor(self, field: RowField) -> QWidget:
        made: QWidget
        if field.choices is not None:
            made = FreeChoice(field.label, (("", NONE_CHOSEN), *field.choices))
            made.setMinimumContentsLength(4)
            made.currentIndexChanged.connect(lambda _place: self._touched())
        elif field.is_number:
            made = NumberEdit(name=field.label, largest=field.largest)
            made.number_changed.connect(self._touched)
        else:
            made = QLineEdit()
            made.setPlaceholderText(field.hint)
            made.setMinimumWidth(40)
            made.textEdited.connect(lambda _text: self._touched())
        if field.width:
            made.setFixedWidth(field.width)
        made.setAccessibleName(_("{table}: {column}").format(table=self._name, column=field.label))
        made.installEventFilter(self)
        hand_history_on(made)
        return made

    def _drop(self, place: int) -> None:
        for widget in (*self.lines.pop(place), self._buttons.pop(place)):
            self._grid.removeWidget(widget)
            widget.removeEventFilter(self)
            widget.hide()
            widget.deleteLater()

    def remove(self, place: int) -> None:
        """Take a row away."""
        rows = [tuple(_value(editor) for editor in editors) for editors in self.lines]
        del rows[place]
        self.set_rows([row for row in rows if any(row)])
        self.lines[min(place, len(self.lines) - 1)][0].setFocus()
        self.edited.emit()

    def move_row(self, place: int, by: int) -> None:
        """Move a row up or down among the others."""
        rows = [tuple(_value(editor) for editor in editors) for editors in self.lines]
        target = place + by
        written = len(rows) if any(rows[-1]) else len(rows) - 1
        if 0 <= target < written and place < written:
            rows[place], rows[target] = rows[target], rows[place]
            column = next((number for number, editor in enumerate(self.lines[place]) if editor.hasFocus()), 0)
            self.set_rows([row for row in rows if any(row)])
            self.lines[target][column].setFocus()
            self.edited.emit()

    def _touched(self) -> None:
        if self._filling:
            return
        if self.lines and any(_value(editor) for editor in self.lines[-1]) and self._is_open(len(self.lines)):
            self._append()
            self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        for place, button in enumerate(self._buttons):
            is_free = place == len(self._buttons) - 1 and not any(_value(editor) for editor in self.lines[place])
            button.setEnabled(not is_free)
        before: QWidget | None = None
        for editors in self.lines:
            for editor in editors:
                if before is not None:
                    QWidget.setTabOrder(before, editor)
                before = editor
        if self.lines:
            self.setFocusProxy(self.lines[0][0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = next((number for number, editors in enumerate(self.lines) if watched in editors), -1)
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if place >= 0 and event.key() == Qt.Key.Key_Delete and event.modifiers() == control:
            self.remove(place)
            return True
        if place >= 0 and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() == control | shift:
            self.move_row(place, -1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return False


def _value(editor: QWidget) -> str:
    if isinstance(editor, ChoiceBox):
        return editor.value
    if isinstance(editor, NumberEdit):
        return "" if editor.value is None else str(editor.value)
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _set(editor: QWidget, value: str) -> None:
    if _value(editor) == value and not isinstance(editor, NumberEdit):
        return  # the cursor stays where it is
    if isinstance(editor, ChoiceBox):
        editor.choose(value)
    elif isinstance(editor, NumberEdit):
        if _value(editor) != value or not editor.is_readable:
            editor.set_value(int(value) if value else None)
    elif isinstance(editor, QLineEdit):
        editor.setText(value)
        editor.setCursorPosition(0)
