"""The plan editor: the outline at the left, one section or one table with its form in the middle, what belongs there and what is wrong right.

Only the section that is open has widgets, so that a plan of three hundred opens as fast as one of three. What is typed is kept by
`OpenDraft`; the page turns keys into its acts and shows what stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_faults import PlanFault
from emergency_desk.domain.plan_outline import missing_content
from emergency_desk.domain.plan_outline import places as places_of
from emergency_desk.services import plan_checks
from emergency_desk.services.plan_drafts import DraftView
from emergency_desk.ui.plans.editor_finding import Finding
from emergency_desk.ui.plans.editor_frame import EditorFrame
from emergency_desk.ui.plans.editor_going import Going, kind_of_fault
from emergency_desk.ui.plans.editor_keys import EDITOR_ACTIONS
from emergency_desk.ui.plans.editor_outline import HEAD, clause_key, outline_lines, words_of
from emergency_desk.ui.plans.editor_side import Side
from emergency_desk.ui.plans.editor_structure import Structure
from emergency_desk.ui.plans.open_draft import HEADER, Keeping
from emergency_desk.ui.plans.part_fields import Known, head_fields
from emergency_desk.ui.plans.part_form import PartForm
from emergency_desk.ui.plans.part_table import PartTable
from emergency_desk.ui.plans.part_values import record_from, values_of
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.formats import number
from emergency_desk.wording.plan_editor_words import what_for
from emergency_desk.wording.plan_part_words import kind_word

_LEFT, _RIGHT = 288, 292
_CALM_MS, _CHECK_MS = 250, 900
_OF_THE_TEXT = ("toggle_strong", "toggle_list", "insert_table", "add_row", "add_column", "remove_row", "remove_column")


class PlanEditorPage(EditorFrame):
    """Turn it with `open`."""

    subjects = frozenset({Subject.PLAN_PART, Subject.PLAN_DRAFT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._draft_id: Id | None = None
        self._wanted: tuple[str, str] = ("", "")
        self._is_new = False
        self.faults: tuple[PlanFault, ...] = ()
        self.finding, self.structure, self.going = Finding(self), Structure(self), Going(self)
        for half in (self.finding, self.structure, self.going):  # the keys look for their methods on the page
            for name in half.KEYS:
                setattr(self, name, getattr(half, name))
        for name in _OF_THE_TEXT:
            setattr(self, name, partial(self._to_text, name))
        self._calm, self._checking = self._timer(_CALM_MS, self._show_outline), self._timer(_CHECK_MS, self._check)
        self._connect()
        place.window.acts.register(EDITOR_ACTIONS)
        place.window.leaving.connect(self.draft.flush)

    def _timer(self, milliseconds: int, act: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(act)
        return made

    # -- turning to a draft --------------------------------------------------------------------------------------------
    def open(self, draft_id: Id, *, clause: str = "", action_id: str = "") -> None:
        """Open a draft, at a clause or an action where one is named."""
        if self._draft_id is not None:
            self.draft.flush()
        if self.draft.keeping is Keeping.KEPT_BACK and draft_id != self._draft_id:
            title = self.draft.header.title.in_language(current_language())
            self.place.window.notices.refuse(_("What was typed into “{plan}” is not saved yet. Settle it first.").format(plan=title))
            return
        self._wanted = (clause, action_id)
        if draft_id == self._draft_id:
            self.going.to_wanted(*self._take_wanted())
            self.refresh()
            return
        self._draft_id, self._is_new, self.faults, self.head_form = draft_id, True, (), None
        self.forget()

    def reader(self) -> Callable[[], DraftView] | None:
        return self.draft.reader(self._draft_id) if self._draft_id is not None else None

    def show_read(self, answer: DraftView) -> None:
        if answer.draft.id != self._draft_id:
            return
        self.draft.take(answer)
        if self._is_new:
            self._is_new = False
            first = next(iter(self.draft.parts(PartKind.CLAUSE)), None)
            self.outline.choose(clause_key(first.id) if first is not None else HEAD)
            self.going.to_wanted(*self._take_wanted())
            self.place.window.rail.mark(PLANS)
            self._check()

    def _world_changed(self, changes: ChangeSet) -> None:
        if self.draft.concerns(changes):
            super()._world_changed(changes)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.draft.draft is not None:
            self.draft.flush()

    # -- what is shown -------------------------------------------------------------------------------------------------
    def _show_all(self) -> None:
        """Show the draft as it stands; the section that is open keeps its cursor."""
        self._show_outline()
        self._show_section(self.current, is_same=True)
        self._show_keeping()

    def _show_outline(self) -> None:
        if self.draft.draft is None:
            return
        self.places = places_of(self.draft.plan, self.standard)
        self.outline.show_lines(outline_lines(self.draft, self.places, self.faults))
        missing = missing_content(self.draft.plan, self.standard, self.places)
        self.top.show_plan(self.draft.draft, self.draft.header, missing)
        counts = words_of(self.draft)
        self.outline_panel.set_head(note=_("{zh} characters, {en} words").format(zh=number(counts["zh"]), en=number(counts["en"])))

    def _show_section(self, key: str, *, is_same: bool = False) -> None:
        """Show what a line of the outline stands for."""
        section = self.section(key)
        clause_part = self.draft.part(key.removeprefix("part ")) if key.startswith("part ") else None
        if clause_part is not None:
            self.clause_editor.show_clause(clause_part.record)
            self.middle.set_head(title=kind_word(PartKind.CLAUSE))
            self._stack.setCurrentWidget(self.clause_editor)
            self.side.show_section(section, self.standard)
        elif key.startswith("kind "):
            self._show_table(PartKind(key.removeprefix("kind ")))
        elif key == HEAD:
            self._show_head()
        elif section is not None:
            self.side.show_section(section, self.standard)
        self._show_around()
        self._show_clash()
        if not is_same:
            self.finding.light_up()
        self.place.window.keys.rebuild()

    def _show_head(self) -> None:
        if self.head_form is None:
            self.head_form = PartForm(head_fields(Known(self.draft.plan, self.place.desk.trade)))
            self.head_form.edited.connect(self._head_typed)
            self._head_area.setWidget(self.head_form)
            self.head_form.setAutoFillBackground(False)
        self.head_form.fill(values_of(self.draft.header))
        self.middle.set_head(title=kind_word(None))
        self._stack.setCurrentWidget(self._head_area)
        self.side.show_words(what_for(None))

    def _show_table(self, kind: PartKind) -> None:
        if kind not in self.tables:
            table = self.tables[kind] = PartTable(kind, self.draft, self.place.namer)
            table.edited.connect(lambda part_id, record: self.draft.edit(Id(part_id), record))
            table.chosen.connect(lambda _part_id: self._table_turned())
            self._stack.addWidget(table)
        table = self.tables[kind]
        self.middle.set_head(title=kind_word(kind))
        self._stack.setCurrentWidget(table)
        table.show_parts()
        self.side.show_words(what_for(kind))

    def _show_around(self) -> None:
        """Show beside what is open what rests on it and what is wrong with it."""
        namer, part = self.place.namer(), self.clause_part
        if part is not None:
            self.side.show_clause(self.draft, part.record.number, self.faults, namer)
        else:
            kind = self.table.kind if self.table is not None else None
            self.side.show_kind(self.draft, [fault for fault in self.faults if kind_of_fault(fault) is kind], namer)

    def _table_turned(self) -> None:
        self.draft.flush()
        self._show_clash()

    def _show_keeping(self) -> None:
        self.top.show_keeping(self.draft.keeping, self.draft.saved_at)
        if self.draft.keeping is Keeping.SAVED:
            self._checking.start()

    def _show_clash(self) -> None:
        part = self.clause_part or (self.table.part if self.table is not None else None)
        clash = self.draft.clashes.get(part.id) if part is not None else None
        self.clash.show_clash(clash or next(iter(self.draft.clashes.values()), None), self.draft.plan, self.place.namer())

    # -- typing --------------------------------------------------------------------------------------------------------
    def _clause_typed(self) -> None:
        part = self.clause_part
        if part is not None:
            self.draft.edit(part.id, self.clause_editor.clause())

    def _head_typed(self) -> None:
        if self.head_form is not None:
            self.draft.edit_header(record_from(self.draft.header, self.head_form.values()))

    def _typed(self, part_id: str) -> None:
        if part_id != HEADER and self.table is not None:
            self.table.show_changed(Id(part_id))
        self._calm.start()

    def _keeping_changed(self) -> None:
        self._show_keeping()
        if self.draft.keeping in (Keeping.SAVED, Keeping.KEPT_BACK):
            self._calm.start()
            if self.table is not None and self.draft.draft is not None:
                self.table.show_marks()

    def _clashed(self, part_id: str) -> None:
        self.going.to_part(part_id)
        self._show_clash()

    def refused(self, error: DeskError) -> None:
        """Tell a refusal; what was typed stays, and stays marked."""
        self.place.window.explain(error)

    # -- the check -----------------------------------------------------------------------------------------------------
    def _check(self) -> None:
        if self.draft.draft is None or not self.isVisible():
            return
        desk, plan = self.place.desk, self.draft.plan
        self.place.ask(lambda: plan_checks.faults_of(desk, plan=plan), then=self._show_faults)

    def _show_faults(self, faults: tuple[PlanFault, ...]) -> None:
        self.faults = faults
        namer = self.place.namer()
        self.side.show_faults(faults, self.draft.plan, namer)
        self._show_around()
        self._show_outline()

    # -- going somewhere -----------------------------------------------------------------------------------------------
    def _take_wanted(self) -> tuple[str, str]:
        wanted, self._wanted = self._wanted, ("", "")
        return wanted

    def _turned(self, key: str) -> None:
        self.draft.flush()
        if key:
            self._show_section(key)

    def _opened(self, key: str) -> None:
        if key.startswith("missing "):
            self.structure.add_missing(key)
        else:
            self.focus_text()

    # -- keys ----------------------------------------------------------------------------------------------------------
    def save_now(self) -> None:
        """Save what waits."""
        self.draft.flush()

    def undo(self) -> None:
        """Take one's own last change back."""
        self.draft.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.draft.redo()

    def focus_outline(self) -> None:
        """Go to the outline."""
        self.outline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_text(self) -> None:
        """Go to the text or the form of what is open."""
        if self.clause_part is not None:
            self.clause_editor.focus_body() if self.clause_part.record.title else self.clause_editor.focus_title()
        elif self.table is not None:
            self.table.focus_form() if self.table.part is not None else self.table.list.setFocus()
        elif self.head_form is not None and self.current == HEAD:
            self.head_form.focus_first()

    def _to_text(self, act: str) -> None:
        """Do something to the text of the clause that is open."""
        getattr(self.clause_editor.body, act)()

    def turn_languages(self) -> None:
        """Show both languages, or one of them."""
        self.clause_editor.turn_languages()

    def show_here(self) -> None:
        """Turn the right side to what belongs here."""
        self.side.show_view(Side.HERE)

    def show_check(self) -> None:
        """Turn the right side to the check, made anew."""
        self.draft.flush()
        self._check()
        self.side.show_view(Side.CHECK)

    def compare(self) -> None:
        """Compare with the version this draft was begun from."""
        draft = self.draft.draft
        if draft is not None:
            self.draft.flush()
            self.place.compare_plans(draft.code, draft.base_version, draft.plan_version)

    def hand_on(self) -> None:
        """Go where the draft is sent for opinions and review; what was typed is saved."""
        draft = self.draft.draft
        if draft is not None:
            self.draft.flush()
            self.place.open_plan_life(draft.code, draft.plan_version)

    def keep_ours(self) -> None:
        """Keep what was written here."""
        self._settle(self.draft.keep_ours)

    def take_theirs(self) -> None:
        """Take what the other saved."""
        self._settle(self.draft.take_theirs)

    def _settle(self, way: Callable[[str], object]) -> None:
        part = self.clause_part or (self.table.part if self.table is not None else None)
        clashing = part.id if part is not None and part.id in self.draft.clashes else next(iter(self.draft.clashes), None)
        if clashing is not None:
            way(clashing)
            self._show_all()
            self.focus_text()

    def leave(self) -> None:
        """Put the find line away, or go to the outline, or leave; what was typed is saved."""
        if not self.find_bar.isHidden():
            self.find_bar.close_bar()
            self.focus_text()
        elif not self.outline.hasFocus():
            self.focus_outline()
        else:
            self.draft.flush()
            self.place.window.show_page_before()

    def can(self, action: str) -> bool:
        """Say which acts make sense now."""
        if action in ("editor_ours", "editor_theirs"):
            return bool(self.draft.clashes)
        if action in ("editor_languages", "editor_list", "editor_table", "editor_add_below"):
            return self.clause_part is not None
        if action in ("editor_row", "editor_row_away", "editor_column", "editor_column_away"):
            return self.clause_part is not None and self.clause_editor.body.is_in_table
        return self.draft.draft is not None or action == "editor_leave"

    # -- building ------------------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        self.outline.chosen.connect(self._turned)
        self.outline.opened.connect(self._opened)
        self.clause_editor.edited.connect(self._clause_typed)
        self.clause_editor.left.connect(self.draft.flush)
        self.clause_editor.renumbered.connect(self.structure.renumber)
        self.draft.read_anew.connect(self._show_all)
        self.draft.typed.connect(self._typed)
        self.draft.keeping_changed.connect(self._keeping_changed)
        self.draft.clashed.connect(self._clashed)
        self.draft.refused.connect(self.refused)
        self.clash.ours.connect(self.keep_ours)
        self.clash.theirs.connect(self.take_theirs)
        self.top.check.clicked.connect(self.show_check)
        self.top.compare.clicked.connect(self.compare)
        self.top.review.clicked.connect(self.hand_on)
