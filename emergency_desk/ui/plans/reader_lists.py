"""The lists at the left of the page of plans: the plans beside the text, and the clauses of the one that is shown."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_shelf import Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.ui.plans.finding import depth, plan_key
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.wording.catalog import _, current_language

_PLANS_HEIGHT = 178
_MOST_LISTED = 40  # plans beside the text


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


def clause_cells(clause: Clause) -> tuple[Cell, Cell]:
    """Return the cells of a clause's line."""
    title, chapter = clause.title.in_language(current_language()), depth(clause) == 1
    return (Cell(clause.number, Tone.TEXT if chapter else Tone.SECONDARY, strong=chapter, size="" if chapter else "small"),
            Cell(title, Tone.TEXT, strong=chapter, hint=plain(clause.body.in_language(current_language()))[:300]))


def end_lines(plan: Plan) -> list[Line]:
    """Return the lines of what stands behind the clauses."""
    parts = (("~group", _("Working groups"), plan.work_groups), ("~contact", _("Contacts"), plan.contacts),
             ("~basis", _("Legal basis"), plan.basis))
    return [Line(clause_line_key(plan, place), (Cell(), Cell(title, Tone.TEXT, strong=True))) for place, title, what in parts if what]


def listed(shelf: Shelf, shown: Plan | None) -> list[ShelvedPlan]:
    """Return the plans beside the text: those in force, then older versions; of many the first, and the one that is open among them."""
    drafts = [back for back in shelf.plans if back.standing is ShelfStanding.DRAFT]
    ordered = [*drafts, *shelf.in_force, *(back for back in shelf.plans if back.standing in (ShelfStanding.SUPERSEDED, ShelfStanding.WITHDRAWN))]
    near = ordered[:_MOST_LISTED]
    if shown is not None and shelf.has(shown.code, shown.version) and all(plan_key(back) != plan_key(shown) for back in near):
        near.insert(0, shelf.back(shown.code, shown.version))
    return near


def clause_line_key(plan: Plan, place: str) -> str:
    """Return the key of a clause's line."""
    return f"{plan_key(plan)}|{place}"
