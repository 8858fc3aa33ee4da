"""What the halves of the plan editor know of its page: the draft, what is open, and the widgets that show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_outline import Outline, OutlineSection, Place
from emergency_desk.ui.plans.clause_editor import ClauseEditor
from emergency_desk.ui.plans.editor_side import EditorSide
from emergency_desk.ui.plans.find_bar import FindBar
from emergency_desk.ui.plans.open_draft import OpenDraft, OpenPart
from emergency_desk.ui.plans.part_table import PartTable
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.workplace import Workplace


class EditorPage(Protocol):
    """The page, as its halves see it."""

    place: Workplace
    draft: OpenDraft
    outline: LinesList
    clause_editor: ClauseEditor
    tables: dict[PartKind, PartTable]
    side: EditorSide
    find_bar: FindBar

    @property
    def standard(self) -> Outline | None:
        """The standard outline of this kind of plan."""

    @property
    def places(self) -> Sequence[Place]:
        """The clauses beside the standard outline."""
        ...

    @property
    def current(self) -> str:
        """The key of the line of the outline that is open."""
        ...

    @property
    def clause_part(self) -> OpenPart | None:
        """The part of the clause that is open, or None."""

    @property
    def table(self) -> PartTable | None:
        """The table that is open, or None."""

    def section(self, key: str) -> OutlineSection | None:
        """Return what the standard outline says of a line."""

    def focus_text(self) -> None:
        """Go to the text or the form of what is open."""

    def undo(self) -> None:
        """Take one's own last change back."""
