"""A small form in its place: one question with a field or two, below the list it belongs to. Never a dialog.

Enter does it, Esc puts it away; what was typed stays while it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from emergency_desk.domain.errors import DeskError, Refused
from emergency_desk.ui.theme import GAP, Tone, colour
from emergency_desk.ui.widgets.area_picker import AreaPicker, Candidate, Candidates
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.fields import NumberEdit, set_flag
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.tick_boxes import TickBoxes
from emergency_desk.wording.catalog import _
from emergency_desk.wording.refusals import sentence

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One field: its name (as refusals name it), its word, and what it begins with."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    is_long: bool = False  # takes a row of its own
    span: int = 3  # of the twelve columns of a wide form

    def editor(self) -> QWidget:
        """Return the field."""
        made = QLineEdit(self.value)
        made.setPlaceholderText(self.hint)
        made.setCursorPosition(0)  # a long one is read from its beginning
        return made


class TakesEnter:
    """An editor that may have a use of its own for Enter, such as the end of a scanned code."""

    def takes_enter(self) -> bool:
        """Use Enter and say so, or leave it to the form."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText(Ask):
    """A text of several lines; Shift and Enter begin the next one."""

    lines: int = 3

    def editor(self) -> QWidget:
        """Return the field."""
        made = QPlainTextEdit(self.value)
        made.setPlaceholderText(self.hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * self.lines + 20)  # whole lines: padding and margins stand around them
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNumber(Ask):
    """A count that may stay unknown."""

    def editor(self) -> QWidget:
        """Return the field."""
        made = NumberEdit(int(self.value) if self.value else None, name=self.label)
        made.setPlaceholderText(self.hint)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChoice(Ask):
    """One of several: (value, words)."""

    choices: Sequence[tuple[str, str]] = ()

    def editor(self) -> QWidget:
        """Return the field."""
        made = ChoiceBox()
        for value, words in self.choices:
            made.addItem(words, value)
        made.setCurrentIndex(max(0, made.findData(self.value)))
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSeveral(Ask):
    """Any of several: (value, words); the answer joins the values by a blank. `value` holds those that are ticked already, alike."""

    choices: Sequence[tuple[str, str]] = ()
    columns: int = 1

    def editor(self) -> QWidget:
        """Return the field."""
        return TickBoxes(self.choices, self.value.split(), columns=self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPlace(Ask):
    """An area, an item, a class, found by characters or pinyin; the answer is its id.

    What is written where nothing is chosen, or the address beside an `addressed` area, stands under "address".
    """

    candidates: Candidates
    area: Candidate | None = None
    addressed: bool = False

    def editor(self) -> QWidget:
        """Return the field."""
        made = AreaPicker(self.candidates, addressed=self.addressed)
        made.setProperty("letters", "")
        made.set_answer(self.area, self.value)
        return made


class Compound(QWidget):
    """An editor of several parts that tells several answers."""

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The parts the cursor goes through, in their order."""
        return ()

    def told(self, name: str) -> dict[str, str]:
        """Return the answers, each under a name of its own that begins with `name`."""
        return {name: ""}


class ChoiceBox(QComboBox):
    """A choice with its mark; Up and Down turn it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(Tone.SECONDARY), 1.6))
        middle = self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(self.width() - 18, middle - 2), QPointF(self.width() - 14, middle + 2),
                                        QPointF(self.width() - 10, middle - 2)]))


Answers = Mapping[str, str]


class InlineForm(QWidget):
    """`asked` when it comes, `closed` when it goes. `in_a_row` fields stand side by side."""

    asked = Signal()
    closed = Signal()

    def __init__(self, *, in_a_row: int = 2) -> None:
        super().__init__()
        self._in_a_row = in_a_row
        self._do: Callable[[Answers], object] | None = None
        self._came_from: QWidget | None = None
        self.editors: dict[str, QWidget] = {}
        self.title = text_label(strong=True, wrap=True)
        self.note = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self.refusal = text_label(tone=Tone.RED, size="small", strong=True, wrap=True)
        self._fields = QWidget()
        self.act = KeyButton("", "Return")
        self.cancel = KeyButton(_("Leave it"), "Escape")
        self.act.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.put_away)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP)
        self._buttons.addWidget(self.act)
        self._buttons.addWidget(self.cancel)
        self._buttons.addStretch(1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 4, 0, 0)
        self._down.setSpacing(6)
        for part in (self.title, self.note, self._fields, self.refusal):
            self._down.addWidget(part)
        self._down.addLayout(self._buttons)
        self.hide()

    def ask(self, title: str, fields: Sequence[Ask], act: str, do: Callable[[Answers], object], *, note: str = "", focus: str = "") -> None:
        """Ask; `do` gets the answers when Enter is pressed. `focus` names the field to begin at."""
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self._do = do
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.refusal.hide()
        self.act.set_words(act)
        self._build(fields)
        self.show()
        first = self.editors.get(focus) or next(iter(self.editors.values()), self.act)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()
        self.asked.emit()

    def set_answer(self, name: str, text: str) -> None:
        """Write another text into a field of words."""
        editor = self.editors[name]
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    @property
    def answers(self) -> dict[str, str]:
        """What is typed now."""
        return {name: told for field, editor in self.editors.items() for name, told in _answer(field, editor).items()}

    def submit(self) -> None:
        """Do it, with what is typed."""
        if self._do is not None and self.isVisible():
            self.refusal.hide()
            for editor in self.editors.values():
                set_flag(editor, "refused", False)
            self._do(self.answers)

    def refused(self, error: DeskError) -> None:
        """Tell a refusal here; the field it belongs to gets the cursor and what was typed stays."""
        self.refusal.setText(sentence(error))
        self.refusal.show()
        field = self.editors.get(error.field) if isinstance(error, Refused) else None
        if field is not None:
            set_flag(field, "refused", True)
            field.setFocus()

    def put_away(self) -> None:
        """Go away and give the cursor back to where it was."""
        if not self.isVisible():
            return
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._do = None
        self.hide()
        came_from, self._came_from = self._came_from, None
        stood_aside = came_from is not None and not came_from.isVisible()
        if had_focus and came_from is not None and not stood_aside:
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        if had_focus and came_from is not None and stood_aside and came_from.isVisible():  # what made room for the form is back
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        if not self.isVisible():  # a form that is put away takes no key, wherever the cursor was left
            return False
        if isinstance(watched, AreaPicker) and watched.is_offering:
            return False
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        by_chord = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in ENTER
        if not by_chord and (not plain or event.key() not in (*ENTER, Qt.Key.Key_Escape)):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif isinstance(watched, TakesEnter) and watched.takes_enter():
            return True
        elif watched is not self.cancel:
            self.submit()
        else:
            self.put_away()
        return True

    def _build(self, fields: Sequence[Ask]) -> None:
        new = QWidget()
        grid = QGridLayout(new)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        self.editors = {}
        for field in fields:
            editor = self.editors[field.name] = field.editor()
            editor.setAccessibleName(field.label)
            for part in _parts(editor):
                part.installEventFilter(self)
        self._lay(grid, fields)
        for button in (self.act, self.cancel):
            button.installEventFilter(self)
        self._down.replaceWidget(self._fields, new)
        self._fields.hide()
        self._fields.deleteLater()
        self._fields = new
        new.setVisible(bool(fields))
        self._order_tabs()

    def _lay(self, grid: QGridLayout, fields: Sequence[Ask]) -> None:
        """Lay the fields out, each beside its word."""
        row, place = 0, 0
        side_by_side = any(not one.is_long and not after.is_long for one, after in pairwise(fields))
        beside = self._in_a_row if side_by_side else 1
        for field in fields:
            if place and (field.is_long or place == self._in_a_row):
                row, place = row + 1, 0
            editor = self.editors[field.name]
            grid.addWidget(self._word(field), row, 2 * place)
            grid.addWidget(editor, row, 2 * place + 1, 1, 2 * beside - 1 if field.is_long else 1)
            grid.setColumnStretch(2 * place + 1, max(grid.columnStretch(2 * place + 1), 0 if isinstance(editor, NumberEdit) else 1))
            place = self._in_a_row if field.is_long else place + 1

    def _word(self, field: Ask) -> QLabel:
        word = text_label(field.label, tone=Tone.SECONDARY, size="small")
        word.setBuddy(self.editors[field.name])
        return word

    def _order_tabs(self) -> None:
        stops = (part for each in self.editors.values() for part in (_parts(each)[:1] if isinstance(each, TickBoxes) else _parts(each)))
        chain = [*stops, self.act, self.cancel]
        for one, after in pairwise(chain):
            QWidget.setTabOrder(one, after)


def _parts(editor: QWidget) -> tuple[QWidget, ...]:
    """Return what of an editor takes keys."""
    if isinstance(editor, TickBoxes):
        return tuple(editor.boxes.values()) or (editor,)
    return editor.parts if isinstance(editor, Compound) else (editor,)


def _answer(name: str, editor: QWidget) -> dict[str, str]:
    if isinstance(editor, AreaPicker):
        editor.settle()
        return {name: editor.area_id, "address": editor.address}
    if isinstance(editor, QComboBox):
        return {name: str(editor.currentData() or "")}
    if isinstance(editor, TickBoxes):
        return {name: " ".join(editor.ticked)}
    if isinstance(editor, Compound):
        return editor.told(name)
    if isinstance(editor, QPlainTextEdit):
        return {name: editor.toPlainText().strip()}
    if isinstance(editor, NumberEdit):
        return {name: "" if editor.value is None else str(editor.value)}
    return {name: editor.text().strip() if isinstance(editor, QLineEdit) else ""}
