"""All parts of one kind: a table above, the form of the chosen one below. Enter goes into the form, typing there changes the line at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.ui.plans.open_draft import OpenDraft, OpenPart
from emergency_desk.ui.plans.part_fields import Known, fields_for
from emergency_desk.ui.plans.part_form import PartForm
from emergency_desk.ui.plans.part_lines import columns_for, line_of
from emergency_desk.ui.plans.part_values import figure_pairs, record_from, values_of
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.labels import hairline, text_label
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.wording.advice import Namer
from emergency_desk.wording.catalog import _
from emergency_desk.wording.plan_part_words import kind_word

_LEAST_TABLE, _MOST_SHARE = 110, 0.45


class PartTable(QWidget):
    """`edited(part, record)` when a form changed a part; `chosen(part)` when another line is current."""

    edited = Signal(str, object)
    chosen = Signal(str)

    def __init__(self, kind: PartKind, draft: OpenDraft, namer: Callable[[], Namer]) -> None:
        super().__init__()
        self.kind, self._draft, self._namer = kind, draft, namer
        self.list = _Table(columns_for(kind), row_height=28, ruled=True, header=True,
                           empty=_("Nothing here yet. Alt+A adds the first one."))
        self.list.setAccessibleName(kind_word(kind))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self.focus_form())
        self.form: PartForm | None = None
        self._made_of: tuple[Any, ...] = ()
        self.note = text_label(tone=Tone.SECONDARY, size="small", wrap=True)
        self._area = QScrollArea()
        self._area.setAccessibleName(_("The chosen entry"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        fill_page(self, self.list, hairline(), self._area)

    # -- what is shown -------------------------------------------------------------------------------------------------
    def show_parts(self) -> None:
        """Show the parts as the draft has them now."""
        namer, plan = self._namer(), self._draft.plan
        parts = self._draft.parts(self.kind)
        self.list.show_lines([line_of(part, plan, namer, unsaved=self._draft.is_unsaved(part.id)) for part in parts])
        self.list.choose_first()
        self._fit()
        self._show_form(self.part)

    @property
    def part(self) -> OpenPart | None:
        """The part that is chosen."""
        return self._draft.part(self.list.current_key)

    def choose(self, part_id: str) -> None:
        """Choose a part."""
        self.list.choose(part_id)

    def focus_form(self) -> None:
        """Put the cursor into the form."""
        if self.form is not None and self.part is not None:
            self.form.focus_first()

    def _choose(self, key: str) -> None:
        self._show_form(self._draft.part(key))
        self.chosen.emit(key)

    def _show_form(self, part: OpenPart | None) -> None:
        if part is None:
            if self.form is not None:
                self.form.hide()
            return
        form = self._form()
        form.show()
        form.fill(values_of(part.record, pairs=figure_pairs(self._draft.plan.levels)))
        form.clear_refusals()

    def _form(self) -> PartForm:
        """Return the form; choices that others made meanwhile (a new situation, a new clause) are offered by a new one."""
        plan = self._draft.plan
        clauses = tuple((clause.number, clause.title) for clause in plan.clauses)
        made_of = (plan.code, figure_pairs(plan.levels), plan.situations, plan.items, clauses)
        if self.form is None or (made_of != self._made_of and not self.form.isAncestorOf(self.focusWidget() or self)):
            self._made_of = made_of
            self.form = PartForm(fields_for(self.kind, Known(plan, self._namer().trade)))
            self.form.edited.connect(self._typed)
            self._area.setWidget(self.form)
            self.form.setAutoFillBackground(False)
        return self.form

    def _typed(self) -> None:
        part = self.part
        if part is not None and self.form is not None:
            record = record_from(part.record, self.form.values())
            self.edited.emit(part.id, record)

    def show_changed(self, part_id: Id) -> None:
        """Show the line of a part anew, without touching the form that is being typed into."""
        part = self._draft.part(part_id)
        if part is not None and part.kind is self.kind:
            plan, namer = self._draft.plan, self._namer()
            self.list.show_lines([line_of(one, plan, namer, unsaved=self._draft.is_unsaved(one.id)) if one.id == part_id else line
                                  for one, line in zip(self._draft.parts(self.kind), self.list.lines, strict=True)])

    def show_marks(self) -> None:
        """Show anew which lines are not saved yet."""
        plan, namer = self._draft.plan, self._namer()
        self.list.show_lines([line_of(part, plan, namer, unsaved=self._draft.is_unsaved(part.id)) for part in self._draft.parts(self.kind)])

    def _fit(self) -> None:
        wanted = self.list.height_of_lines() + 4
        self.list.setFixedHeight(int(min(max(wanted, _LEAST_TABLE), max(_LEAST_TABLE, self.height() * _MOST_SHARE))))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)


class _Table(LinesList):
    """Keeps the chosen line in sight."""

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())
