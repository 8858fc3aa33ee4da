"""The lists beside the text of a plan: which plans stand there, as high as they need, with the chosen line in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QResizeEvent

from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_readiness import Readiness
from emergency_desk.domain.plan_shelf import Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.ui.plans.finding import depth, plan_key
from emergency_desk.ui.plans.tonight_panel import colour_cell
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line
from emergency_desk.ui.widgets.lines_list import LinesList
from emergency_desk.wording import plan_words
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import label

_PLANS_HEIGHT, _MOST_LISTED = 178, 40


class PlanList(LinesList):
    """As high as its lines, which wrap as its width wants; keeps the plan that is open in sight."""

    def fit(self) -> None:
        """Take the height of the lines, up to what leaves the clauses their room."""
        wanted = min(_PLANS_HEIGHT, max(self.height_of_lines() + 2, 2 * self.row_height))
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the plan that was in sight stays there, though words beside it (its colour) make lines wrap."""
        was_seen = self.visualRect(self.currentIndex()).intersects(self.viewport().rect())
        super().show_lines(lines)
        if was_seen:
            self.updateGeometries()  # Qt knows of the new heights only later, and scrolls no further than it knows
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.scrollTo(self.currentIndex())


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


def plan_line(back: ShelvedPlan, colour: Readiness | None) -> Line:
    """Return the line of a version: what it is, and for one in force how it would stand tonight."""
    stands, is_draft = back.standing is ShelfStanding.IN_FORCE, back.standing is ShelfStanding.DRAFT
    told = _("v{version} · draft") if is_draft else _("v{version} · {tier}")
    return Line(plan_key(back), (
        Cell(back.title.in_language(current_language()), Tone.TEXT if stands else Tone.SECONDARY, hint=plan_words.about(back)),
        Cell(told.format(version=back.version, tier=label(back.tier)), Tone.ORANGE if is_draft else Tone.SECONDARY, size="small"),
        colour_cell(colour if stands else None)))


def clause_lines(plan: Plan) -> list[Line]:
    """Return the lines of a plan's outline: its clauses, and what stands behind them."""
    parts = (("~group", _("Working groups"), plan.work_groups), ("~contact", _("Contacts"), plan.contacts),
             ("~basis", _("Legal basis"), plan.basis))
    return [*lines_of(plan, plan.clauses), *(Line(clause_key(plan, place), (Cell(), Cell(title, Tone.TEXT, strong=True)))
                                             for place, title, what in parts if what)]


def lines_of(plan: Plan, clauses: Iterable[Clause]) -> list[Line]:
    """Return the lines of some clauses of a plan."""
    return [Line(clause_key(plan, clause.number), _cells(clause)) for clause in clauses]


def clause_key(plan: Plan, place: str) -> str:
    """Return the key of a line of a plan's outline."""
    return f"{plan_key(plan)}|{place}"


def _cells(clause: Clause) -> tuple[Cell, Cell]:
    title, chapter = clause.title.in_language(current_language()), depth(clause) == 1
    return (Cell(clause.number, Tone.TEXT if chapter else Tone.SECONDARY, strong=chapter, size="" if chapter else "small"),
            Cell(title, Tone.TEXT, strong=chapter, hint=plain(clause.body.in_language(current_language()))[:300]))
