"""Registers the pages of plans beside the reader, each built at its first showing."""

from __future__ import annotations

from typing import Any

from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import PLAN_COMPARE, PLAN_DUES, PLAN_EDITOR, PLAN_SHELF, PLANS, Workplace
from emergency_desk.wording.catalog import N_

ACTIONS = (
    Action("open_plan_dues", N_("What planners owe: filing, publication, drills, evaluation, drafts"), "open_plan_dues", in_bar=False),
    Action("open_plan_dues_here", N_("What planners owe"), "open_plan_dues", "Alt+O", (PLANS,), short=N_("plan dues")),
)


def add_plan_pages(window: MainWindow, place: Workplace) -> None:
    """Register the pages, and what opens them from anywhere."""

    def dues() -> Any:
        from emergency_desk.ui.plans.dues_page import PlanDuesPage

        return PlanDuesPage(place)

    def shelf() -> Any:
        from emergency_desk.ui.plans.shelf_page import PlanShelfPage

        return PlanShelfPage(place)

    def editor() -> Any:
        from emergency_desk.ui.plans.editor import PlanEditorPage

        return PlanEditorPage(place)

    def compare() -> Any:
        from emergency_desk.ui.plans.compare_page import PlanComparePage

        return PlanComparePage(place)

    window.add_page(PLAN_DUES, dues)
    window.add_page(PLAN_SHELF, shelf)
    window.add_page(PLAN_EDITOR, editor)
    window.add_page(PLAN_COMPARE, compare)
    window.open_plan_dues = lambda: window.show_page(PLAN_DUES)  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)
