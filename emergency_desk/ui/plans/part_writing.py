"""One part written anew while two versions are merged, in the fields of the plan editor: conditions, needs, steps and tables too.

What other parts know a part by (its number, its tier and level, its group) stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_merge import MergedPart
from emergency_desk.domain.plan_parts import header_of
from emergency_desk.domain.plan_records import Clause
from emergency_desk.domain.plan_sections import PlanSection, take_apart
from emergency_desk.ui.plans.clause_editor import ClauseEditor
from emergency_desk.ui.plans.order_edit import OrderEdit
from emergency_desk.ui.plans.part_fields import Known, fields_for, head_fields
from emergency_desk.ui.plans.part_form import FieldLines, PartForm
from emergency_desk.ui.plans.part_values import figure_pairs, record_from, values_of
from emergency_desk.ui.widgets.buttons import KeyButton
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.wording import bundle_words
from emergency_desk.wording.catalog import _
from emergency_desk.wording.plan_part_words import name_of

_KNOWN_BY = {PlanSection.LEVEL: ("tier", "level")}


@dataclass(frozen=True, slots=True)
class _Writer:
    """The fields of one part, what they say, and where the cursor begins."""

    widget: QWidget
    value: Callable[[], Any]
    is_readable: Callable[[], bool]
    focus: Callable[[], object]


class PartWriting(QWidget):
    """`kept(value)` when the part shall say what was written; `opened` and `closed` when the fields come and go."""

    kept = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editor: QWidget | None = None
        self._writer: _Writer | None = None
        self.panel = Panel(" ")
        self._area = QScrollArea()
        self._area.setAccessibleName(_("The part as it shall stand"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.keep_button, away = KeyButton(_("It shall say so"), "Ctrl+S", filled=True), KeyButton(_("Put away"), "Escape")
        self.keep_button.clicked.connect(self.keep)
        away.clicked.connect(self.put_away)
        row = across(self.keep_button, away)
        row.addStretch(1)
        self.panel.add_list(self._area, 1)
        self.panel.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        self.hide()

    def begin(self, part: MergedPart, begun: Any, known: Known) -> None:
        """Show the fields of a part, with what it begins with."""
        self._writer = _writer(part, begun, known)
        self.editor = self._writer.widget
        self._area.setWidget(self.editor)
        self.editor.setAutoFillBackground(False)
        self.panel.set_head(title=bundle_words.part_name(part))
        self.show()
        self.opened.emit()
        self._writer.focus()

    def keep(self) -> None:
        """Let the part say what was written, once every number can be read."""
        if self._writer is not None and self._writer.is_readable():
            value = self._writer.value()
            self.put_away()
            self.kept.emit(value)

    def put_away(self) -> None:
        """Close the fields; what was written goes."""
        if self._writer is not None:
            self._writer = None
            self.hide()
            self.closed.emit()


def _writer(part: MergedPart, begun: Any, known: Known) -> _Writer:
    section = part.key.section
    if section is PlanSection.ORDER:
        return _order_writer(PlanSection(part.key.key), begun, known)
    if isinstance(begun, Clause):
        return _clause_writer(begun)
    if section is PlanSection.HEADER:
        name = part.key.key
        before = replace(header_of(known.plan), **{name: begun})
        fields = _only(head_fields(known), lambda field: field.partition(".")[0] == name)
        return _form_writer(before, fields, lambda made: getattr(made, name), part)
    fixed = _KNOWN_BY.get(section, ())
    fields = _only(fields_for(PartKind(section.value), known), lambda field: field not in fixed)
    return _form_writer(begun, fields, lambda made: made, part, pairs=figure_pairs(known.plan.levels))


def _order_writer(section: PlanSection, begun: tuple[str, ...], known: Known) -> _Writer:
    names = {key.key: name_of(record) for key, record in take_apart(known.plan)[0].parts.items() if key.section is section}
    editor = OrderEdit(begun, names)
    return _Writer(editor, lambda: editor.keys, lambda: True, lambda: editor.list.setFocus(Qt.FocusReason.OtherFocusReason))


def _only(lines: FieldLines, wanted: Callable[[str], bool]) -> FieldLines:
    kept = [[field for field in line if wanted(field.name)] for line in lines]
    return [line for line in kept if line]


def _clause_writer(clause: Clause) -> _Writer:
    editor = ClauseEditor()
    editor.show_clause(clause)
    editor.number.setEnabled(False)
    for body in editor.bodies.values():
        body.setUndoRedoEnabled(True)
    return _Writer(editor, editor.clause, lambda: True, editor.focus_body)


def _form_writer(before: Any, fields: FieldLines, taken: Callable[[Any], Any], part: MergedPart, *, pairs: int = 2) -> _Writer:
    form = PartForm(fields)
    values = values_of(before, pairs=pairs)
    form.fill(values)
    return _Writer(form, lambda: taken(record_from(before, {**values, **form.values()})), lambda: form.is_readable,
                   lambda: _focus(form, part, pairs))


def _focus(form: PartForm, part: MergedPart, pairs: int) -> None:
    """Put the cursor into the first field that the two sides wrote differently."""
    if part.key.section is not PlanSection.HEADER and part.mine is not None and part.theirs is not None:
        mine, theirs = values_of(part.mine, pairs=pairs), values_of(part.theirs, pairs=pairs)
        differs = next((name for name in form.editors if mine.get(name) != theirs.get(name)), "")
        if differs:
            form.editors[differs].setFocus(Qt.FocusReason.OtherFocusReason)
            return
    form.focus_first()
