"""The facts of an order that the officer may still fill in after it went out: where to muster, whom to report to, who agreed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from emergency_desk.domain.dispatches import Dispatch
from emergency_desk.domain.teams import HowHeard
from emergency_desk.services.dispatches import ORDER_FACTS
from emergency_desk.ui.theme import GAP, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label

_LONG = frozenset({"task", "safety"})  # two lines to write on
_TWO_LINES = 56
HOW = (HowHeard.PHONE, HowHeard.IN_PERSON, HowHeard.RADIO, HowHeard.MESSAGE)
Typed = dict[str, str]


class OrderFacts(QWidget):
    """`edited` when something was typed that the order does not say yet, or was taken back."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._order: Dispatch | None = None
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(5)
        for row, name in enumerate(ORDER_FACTS):
            field = self.fields[name] = self._long() if name in _LONG else self._short()
            field.setAccessibleName(field_label(name))
            above = Qt.AlignmentFlag.AlignTop if name in _LONG else Qt.AlignmentFlag.AlignVCenter
            word = text_label(field_label(name), tone=Tone.SECONDARY)
            word.setContentsMargins(0, 6 if name in _LONG else 0, 0, 0)
            grid.addWidget(word, row, 0, above)
            grid.addWidget(field, row, 1)
        self.approved_by, self.approved_how = self._short(), QComboBox()
        self._lay_approval(grid, len(ORDER_FACTS))
        grid.setColumnStretch(1, 1)

    # -- the order -----------------------------------------------------------------------------------------------------
    def show_order(self, order: Dispatch, typed: Typed, *, may_fill: bool, serves: str = "") -> None:
        """Show an order, and over it what was typed but not put on it yet. `serves` is the task while none is written."""
        self.fields["task"].setPlaceholderText(serves)
        if order == self._order and typed == self.typed and may_fill == self.approved_by.isEnabled():
            return  # what is being typed keeps its place
        self._order = None  # nothing below counts as typed
        for name, field in self.fields.items():
            _write(field, typed.get(name, getattr(order, name)))
            field.setEnabled(may_fill)
        self.approved_by.setText(typed.get("approved_by", order.approved_by))
        self._offer_how(typed.get("approved_how", order.approved_how))
        self.approved_by.setEnabled(may_fill)
        self.approved_how.setEnabled(may_fill)
        self._order = order

    @property
    def typed(self) -> Typed:
        """What was typed and the order does not say, by field."""
        if self._order is None:
            return {}
        now = {name: _read(field) for name, field in self.fields.items()}
        now["approved_by"], now["approved_how"] = self.approved_by.text(), str(self.approved_how.currentData() or "")
        return {name: text for name, text in now.items() if text.strip() != getattr(self._order, name)}

    # -- parts ---------------------------------------------------------------------------------------------------------
    def _short(self) -> QLineEdit:
        field = QLineEdit()
        field.textEdited.connect(self._edited)
        return field

    def _long(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(_TWO_LINES)
        field.document().setDocumentMargin(2)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.textChanged.connect(self._edited)
        return field

    def _lay_approval(self, grid: QGridLayout, row: int) -> None:
        self.approved_by.setAccessibleName(field_label("approved_by"))
        self.approved_by.setPlaceholderText(_("name and post"))
        self.approved_how.setAccessibleName(_("How it was agreed"))
        self.approved_how.currentIndexChanged.connect(self._edited)
        line = across(self.approved_by, self.approved_how, shares=(1,))
        grid.addWidget(text_label(field_label("approved_by"), tone=Tone.SECONDARY), row, 0)
        grid.addLayout(line, row, 1)

    def _offer_how(self, chosen: str) -> None:
        offered = [("", _("how?")), *((how.value, label(how)) for how in HOW)]
        if chosen and chosen not in {value for value, _word in offered}:
            offered.append((chosen, label(HowHeard(chosen)) if chosen in set(HowHeard) else chosen))
        self.approved_how.clear()
        for value, word in offered:
            self.approved_how.addItem(word, value)
        self.approved_how.setCurrentIndex(max(0, self.approved_how.findData(chosen)))

    def _edited(self) -> None:
        if self._order is not None:
            self.edited.emit()


def _read(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _write(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    if _read(field) == text:
        return  # the cursor stays where somebody is typing
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
    else:
        field.setPlainText(text)
