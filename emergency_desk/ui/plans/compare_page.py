"""Two versions of a plan side by side, by clause and by action: what was added, removed, changed, with the changed words marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_compare import PartChange, PartFate, compare
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_shelf import ShelfStanding
from emergency_desk.domain.plans import clause_key
from emergency_desk.services import plan_drafts
from emergency_desk.services.desk import Desk
from emergency_desk.ui.incidents.call_parts import ChoiceBox
from emergency_desk.ui.plans.compare_lines import LINES, change_lines, sides_of
from emergency_desk.ui.plans.editor_keys import COMPARE_ACTIONS
from emergency_desk.ui.plans.marked_text import MarkedText
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import PAD, Tone
from emergency_desk.ui.widgets.labels import text_label
from emergency_desk.ui.widgets.laying_out import across
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.widgets.tick_box import TickBox
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording.catalog import _, current_language, ngettext

_LEFT = 380


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one plan that can be compared: those that stand, and the drafts that are written."""

    plans: dict[str, Plan]
    drafts: dict[str, Id]


def read_versions(desk: Desk, code: str) -> Versions:
    """Read every version of a plan, drafts included."""
    standing = [back for back in desk.trade.shelf.versions(code) if back.standing is not ShelfStanding.DRAFT]
    plans = {back.version: desk.trade.plan(code, back.version) for back in standing}
    drafts = {line.draft.plan_version: line.draft.id for line in plan_drafts.list_drafts(desk, code=code)}
    plans |= {version: plan_drafts.open_draft(desk, draft_id=id_).plan for version, id_ in drafts.items()}
    return Versions(dict(sorted(plans.items(), key=lambda one: clause_key(one[0]))), drafts)


class PlanComparePage(Screen):
    """Turn it with `compare`."""

    subjects = frozenset({Subject.PLAN, Subject.PLAN_PART, Subject.PLAN_DRAFT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self.place = place
        self._code, self._wanted = "", ("", "")
        self._versions: Versions | None = None
        self._changes: dict[str, PartChange] = {}
        self.before, self.after = ChoiceBox(_("Version before"), ()), ChoiceBox(_("Version after"), ())
        self.all_parts = TickBox(_("Also what stayed the same"))
        self.list = LinesList(LINES, row_height=26, empty=_("The two versions say the same."))
        self.list.setAccessibleName(_("What differs"))
        self.before_text, self.after_text = MarkedText(_("Version before")), MarkedText(_("Version after"))
        self._lay_out()
        for box in (self.before, self.after):
            box.activated.connect(lambda _place: self._chosen())
        self.all_parts.clicked.connect(lambda _checked: self._show_changes())
        self.list.chosen.connect(self._show_change)
        self.list.opened.connect(lambda _key: self.edit_part())
        place.window.acts.register(COMPARE_ACTIONS)

    # -- turning -------------------------------------------------------------------------------------------------------
    def compare(self, code: str, before: str, after: str) -> None:
        """Compare two versions of a plan; without the first one, the version before the second."""
        self._code, self._wanted = code, (before, after)
        self._versions = None
        self.forget()

    def reader(self) -> Callable[[], Versions] | None:
        desk, code = self.place.desk, self._code
        return (lambda: read_versions(desk, code)) if code else None

    def show_read(self, answer: Versions) -> None:
        is_first = self._versions is None
        self._versions = answer
        offered = [(version, _("v{version}, draft").format(version=version) if version in answer.drafts else _("v{version}").format(
            version=version)) for version in answer.plans]
        before, after = self._wanted if is_first else (self.before.value, self.after.value)
        versions = list(answer.plans)
        after = after if after in answer.plans else versions[-1] if versions else ""
        place = versions.index(after) if after else 0
        self.before.offer(offered, before if before in answer.plans else versions[max(0, place - 1)] if versions else "")
        self.after.offer(offered, after)
        self._show_changes()
        if is_first:
            self.list.choose_first()
            if self.list.current_key and not self._changes.get(self.list.current_key):
                self.next_change()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.place.window.rail.mark(PLANS)

    def _chosen(self) -> None:
        self._wanted = (self.before.value, self.after.value)
        self._show_changes()

    # -- what is shown -------------------------------------------------------------------------------------------------
    def _plan(self, version: str) -> Plan:
        assert self._versions is not None
        if version not in self._versions.plans:
            raise NotFound(kind="plans", key=f"{self._code} {version}")
        return self._versions.plans[version]

    def _show_changes(self) -> None:
        if self._versions is None or not self._versions.plans:
            return
        before, after = self._plan(self.before.value), self._plan(self.after.value)
        found = compare(before, after)
        differing = [one for one in found if one.change is not PartFate.SAME]
        lines, self._changes = change_lines(found if self.all_parts.isChecked() else differing)
        self.list.show_lines(lines)
        for side, box in zip(self._sides, (self.before, self.after), strict=True):
            side.set_head(title=box.currentText())
        self.panel.set_head(title=after.title.in_language(current_language()), note=ngettext("{count} change", "{count} changes", len(
            differing)).format(count=len(differing)))
        self._show_change(self.list.current_key)

    def _show_change(self, key: str) -> None:
        change = self._changes.get(key)
        if change is None:
            self.before_text.show_marked(())
            self.after_text.show_marked(())
            return
        plans = self._plan(self.before.value), self._plan(self.after.value)
        left, right = sides_of(change.before, change.after, plans, self.place.namer())
        self.before_text.show_marked(left)
        self.after_text.show_marked(right)
        self.place.window.keys.rebuild()

    # -- keys ----------------------------------------------------------------------------------------------------------
    def next_change(self) -> None:
        """Go to the next change."""
        self._step(1)

    def last_change(self) -> None:
        """Go to the change before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        lines, row = self.list.lines, self.list.currentIndex().row() + by
        while 0 <= row < len(lines):
            change = self._changes.get(lines[row].key)
            if change is not None and change.change is not PartFate.SAME:
                self.list.choose(lines[row].key)
                return
            row += by

    def turn_all(self) -> None:
        """Show what stayed the same too, or not."""
        self.all_parts.setChecked(not self.all_parts.isChecked())
        self._show_changes()

    def edit_part(self) -> None:
        """Go to the chosen part in the editor, where one of the versions is a draft."""
        change, draft_id = self._changes.get(self.list.current_key), self._draft_id
        if change is not None and draft_id is not None:
            record: Any = change.after or change.before
            clause = getattr(record, "number", "") if change.kind is PartKind.CLAUSE else getattr(record, "clause", "")
            action = getattr(record, "id", "") if change.kind is PartKind.ACTION else ""
            self.place.open_plan_editor(draft_id, clause=clause, action_id=action)

    @property
    def _draft_id(self) -> Id | None:
        drafts = self._versions.drafts if self._versions else {}
        return drafts.get(self.after.value) or drafts.get(self.before.value)

    def can(self, action: str) -> bool:
        """Say which acts make sense now."""
        return action != "compare_edit" or (self._draft_id is not None and self.list.current_key in self._changes)

    def leave(self) -> None:
        """Go back."""
        self.place.window.show_page_before()

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.panel, self._sides = Panel(" "), (Panel(" "), Panel(" "))
        self.panel.setFixedWidth(_LEFT)
        row = across(self.before, text_label("→", tone=Tone.SECONDARY), self.after, shares=(1, 0, 1))
        self.panel.body.addLayout(row)
        self.panel.body.addWidget(self.all_parts)
        self.panel.add_list(self.list, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(PAD)
        whole.addWidget(self.panel)
        for side, text in zip(self._sides, (self.before_text, self.after_text), strict=True):
            side.add_list(text, 1)
            whole.addWidget(side, 1)
