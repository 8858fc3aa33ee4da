"""The frame of the plan editor: its widgets and where they stand, and what of the draft is open in them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_outline import Outline, OutlineSection, Place, outline_for
from emergency_desk.ui.plans.clash_strip import ClashStrip
from emergency_desk.ui.plans.clause_editor import ClauseEditor
from emergency_desk.ui.plans.editor_head import EditorHead
from emergency_desk.ui.plans.editor_outline import COLUMNS, missing_key
from emergency_desk.ui.plans.editor_side import EditorSide
from emergency_desk.ui.plans.find_bar import FindBar
from emergency_desk.ui.plans.open_draft import OpenDraft, OpenPart
from emergency_desk.ui.plans.part_form import PartForm
from emergency_desk.ui.plans.part_table import PartTable
from emergency_desk.ui.refresh import Screen
from emergency_desk.ui.theme import GAP, PAD
from emergency_desk.ui.widgets.laying_out import fill_page
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.ui.widgets.panel import Panel
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _

_SIDES = (288, 292)  # of the outline and of the right side where the window is small
_SHARE, _MOST = 0.22, 460  # of a wide window


class EditorFrame(Screen):
    """What the page shows and its halves turn."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place.background)
        self.place = place
        self.draft = OpenDraft(place)
        self.places: tuple[Place, ...] = ()
        self.outline = LinesList(COLUMNS, row_height=25, empty=_("The plan has no clauses yet. Alt+A adds the first one."))
        self.outline.setAccessibleName(_("Clauses of the plan"))
        self.clause_editor = ClauseEditor()
        self.head_form: PartForm | None = None
        self._head_area = QScrollArea()
        self._head_area.setAccessibleName(_("What the plan is"))
        self.tables: dict[PartKind, PartTable] = {}
        self.side, self.find_bar, self.clash, self.top = EditorSide(), FindBar(), ClashStrip(), EditorHead()
        self._lay_out()

    # -- what is open --------------------------------------------------------------------------------------------------
    @property
    def standard(self) -> Outline | None:
        """The standard outline of this kind of plan."""
        return outline_for(self.draft.header.kind, self.place.desk.trade.outlines)

    @property
    def current(self) -> str:
        """The key of the line of the outline that is open."""
        return self.outline.current_key

    @property
    def clause_part(self) -> OpenPart | None:
        """The part of the clause that is open, or None."""
        return self.draft.part(self.current.removeprefix("part ")) if self.current.startswith("part ") else None

    @property
    def table(self) -> PartTable | None:
        """The table that is open, or None."""
        return self.tables.get(PartKind(self.current.removeprefix("kind "))) if self.current.startswith("kind ") else None

    def section(self, key: str) -> OutlineSection | None:
        """Return what the standard outline says of a line."""
        part = self.draft.part(key.removeprefix("part ")) if key.startswith("part ") else None
        for place in self.places:
            if place.section is not None and key == missing_key(place.section.number) and place.is_missing:
                return place.section
            if part is not None and place.clause is not None and place.clause.number == part.record.number:
                return place.section
        return None

    # -- building ------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.outline_panel, self.middle = Panel(_("Outline")), Panel(" ")
        self.outline_panel.add_list(self.outline, 1)
        self._head_area.setWidgetResizable(True)
        self._head_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._head_area.viewport().setAutoFillBackground(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.clause_editor)
        self._stack.addWidget(self._head_area)
        self.middle.body.addWidget(self._stack, 1)
        self.middle.body.addWidget(self.find_bar)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.clash)
        column.addWidget(self.middle, 1)
        across = QHBoxLayout()
        across.setSpacing(PAD)
        across.addWidget(self.outline_panel)
        across.addWidget(centre, 1)
        across.addWidget(self.side)
        fill_page(self, self.top, across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = min(int(self.width() * _SHARE), _MOST)
        for part, least in zip((self.outline_panel, self.side), _SIDES, strict=True):
            part.setFixedWidth(max(least, wide))
