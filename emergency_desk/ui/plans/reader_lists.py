"""The lists beside the text of a plan: which plans stand there, as high as they need, with the chosen line in sight."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from emergency_desk.domain.plan_shelf import Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.domain.plans import Plan
from emergency_desk.ui.plans.finding import plan_key
from emergency_desk.ui.widgets.lines_list import LinesList

_PLANS_HEIGHT, _MOST_LISTED = 178, 40


class PlanList(LinesList):
    """As high as its lines, which wrap as its width wants."""

    def fit(self) -> None:
        """Take the height of the lines, up to what leaves the clauses their room."""
        wanted = min(_PLANS_HEIGHT, max(self.height_of_lines() + 2, 2 * self.row_height))
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class Outline(LinesList):
    """Keeps the marked clause in sight when the room for it changes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


def listed(shelf: Shelf, shown: Plan | None) -> list[ShelvedPlan]:
    """Return the plans beside the text: those in force, then older versions; of many the first, and the one that is open among them."""
    drafts = [back for back in shelf.plans if back.standing is ShelfStanding.DRAFT]
    ordered = [*drafts, *shelf.in_force, *(back for back in shelf.plans if back.standing in (ShelfStanding.SUPERSEDED, ShelfStanding.WITHDRAWN))]
    near = ordered[:_MOST_LISTED]
    if shown is not None and shelf.has(shown.code, shown.version) and all(plan_key(back) != plan_key(shown) for back in near):
        near.insert(0, shelf.back(shown.code, shown.version))
    return near
