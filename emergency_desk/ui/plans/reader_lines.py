"""The lines beside a plan's text: which plans are listed, its clauses, and what stands behind them."""

from __future__ import annotations

from emergency_desk.domain.plan_shelf import Shelf, ShelfStanding, ShelvedPlan
from emergency_desk.domain.plans import Clause, Plan
from emergency_desk.ui.plans.finding import depth, plan_key
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.widgets.lines import Cell, Line
from emergency_desk.wording.catalog import _, current_language

MOST_LISTED = 40


def clause_cells(clause: Clause) -> tuple[Cell, Cell]:
    """Return the number and the title of a clause."""
    title, chapter = clause.title.in_language(current_language()), depth(clause) == 1
    return (Cell(clause.number, Tone.TEXT if chapter else Tone.SECONDARY, strong=chapter, size="" if chapter else "small"),
            Cell(title, Tone.TEXT, strong=chapter, hint=clause.body.in_language(current_language())[:300]))


def end_lines(plan: Plan) -> list[Line]:
    """Return the lines of what stands behind the clauses."""
    parts = (("~group", _("Working groups"), plan.work_groups), ("~contact", _("Contacts"), plan.contacts),
             ("~basis", _("Legal basis"), plan.basis))
    return [Line(clause_key(plan, place), (Cell(), Cell(title, Tone.TEXT, strong=True))) for place, title, what in parts if what]


def listed(shelf: Shelf, shown: Plan | None) -> list[ShelvedPlan]:
    """Return the plans beside the text: those in force, then older versions; of many the first, and the one that is open among them."""
    ordered = [*shelf.in_force, *(back for back in shelf.plans if back.standing in (ShelfStanding.SUPERSEDED, ShelfStanding.WITHDRAWN))]
    near = ordered[:MOST_LISTED]
    if shown is not None and shelf.has(shown.code, shown.version) and all(plan_key(back) != plan_key(shown) for back in near):
        near.insert(0, shelf.back(shown.code, shown.version))
    return near


def clause_key(plan: Plan, place: str) -> str:
    """Return the key of a line that stands for a place of a plan."""
    return f"{plan_key(plan)}|{place}"
