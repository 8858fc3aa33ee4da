"""The half of the editor that goes somewhere: to a part, to where a finding is mended, to the next section."""

from __future__ import annotations

from PySide6.QtCore import Qt

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, PlanPart
from emergency_desk.ui.plans.editor_outline import HEAD, clause_key, table_key
from emergency_desk.ui.plans.editor_page import EditorPage
from emergency_desk.ui.plans.open_draft import OpenPart

_KIND_OF_PART = {
    PlanPart.TITLE: None, PlanPart.BASIS: PartKind.BASIS, PlanPart.CLAUSE: PartKind.CLAUSE, PlanPart.ITEM: PartKind.ITEM,
    PlanPart.SITUATION: PartKind.SITUATION, PlanPart.LEVEL: PartKind.LEVEL, PlanPart.GROUP: PartKind.WORK_GROUP,
    PlanPart.ACTION: PartKind.ACTION, PlanPart.CONTACT: PartKind.CONTACT}
_CONTACT_FAULTS = (FaultKind.NO_PHONE, FaultKind.CONTACT_NOT_TRIED, FaultKind.PHONE_DIFFERS)
_SAYING = ("unit", "role", "name", "title", "lead", "duties", "post")


class Going:
    """Turns the outline and the tables."""

    KEYS = ("next_section", "last_section")

    def __init__(self, page: EditorPage) -> None:
        self._page = page
        page.side.part_wanted.connect(self.to_part)
        page.side.fault_wanted.connect(self.to_fault)

    def to_wanted(self, clause: str, action_id: str) -> None:
        """Go to a clause or an action that was asked for; without one, to the outline."""
        page = self._page
        target = page.draft.find(PartKind.ACTION, action_id) if action_id else page.draft.find(PartKind.CLAUSE, clause) if clause else None
        if target is not None:
            self.to_part(target.id)
            page.focus_text()
            return
        page.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_part(self, part_id: str) -> None:
        """Open a part: its clause, or its line in the table of its kind."""
        part = self._page.draft.part(part_id)
        if part is None:
            return
        if part.kind is PartKind.CLAUSE:
            self._page.outline.choose(clause_key(part.id))
        else:
            self._page.outline.choose(table_key(part.kind))
            self._page.tables[part.kind].choose(part.id)

    def to_fault(self, fault: PlanFault) -> None:
        """Go where a finding is mended: the action, the level, the part it names, the clause, the table of its kind, or the head."""
        spot, kind, draft = fault.at, kind_of_fault(fault), self._page.draft
        part = draft.find(PartKind.ACTION, spot.action_id) if spot.action_id else None
        if part is None and spot.level is not None and spot.tier is not None:
            part = draft.find(PartKind.LEVEL, f"{spot.tier} {spot.level}")
        if part is None and kind is not None and kind is not PartKind.CLAUSE:
            part = next((one for one in draft.parts(kind) if _is_about(fault, one)), None)
        if part is None and spot.clause:
            part = draft.find(PartKind.CLAUSE, spot.clause)
        if part is not None:
            self.to_part(part.id)
        elif kind is not PartKind.CLAUSE:
            self._page.outline.choose(HEAD if kind is None else table_key(kind))

    def next_section(self) -> None:
        """Go to the next line of the outline."""
        self._step(1)

    def last_section(self) -> None:
        """Go to the line before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        """Go on to a line that can be opened, and keep the cursor where it was: in the outline or in the text."""
        outline = self._page.outline
        row, was_writing = outline.currentIndex().row(), not outline.hasFocus()
        while 0 <= row + by < len(outline.lines):
            row += by
            if outline.lines[row].key.startswith(("part ", "kind ", HEAD)):
                outline.choose(outline.lines[row].key)
                if was_writing:
                    self._page.focus_text()
                return


def kind_of_fault(fault: PlanFault) -> PartKind | None:
    """Return the kind of part a finding is about; None is the head of the plan."""
    if fault.at.action_id:
        return PartKind.ACTION
    if fault.part is not None:
        return _KIND_OF_PART.get(fault.part, PartKind.CLAUSE)
    if fault.kind in _CONTACT_FAULTS:
        return PartKind.CONTACT
    return PartKind.LEVEL if fault.at.level is not None and fault.at.tier is not None else PartKind.CLAUSE


def _is_about(fault: PlanFault, part: OpenPart) -> bool:
    """Say whether a finding is about this part: it names its id, or says its words."""
    if fault.what and fault.what == getattr(part.record, "id", ""):
        return True
    return bool(fault.said) and fault.said in (getattr(part.record, name, None) for name in _SAYING)
