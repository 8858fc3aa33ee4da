"""Registers the pages of plans beside the reader, each built at its first showing."""

from __future__ import annotations

from typing import Any

from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import PLAN_DUES, PLANS, Workplace
from emergency_desk.wording.catalog import N_

ACTIONS = (
    Action("open_plan_dues", N_("What planners owe: filing, publication, drills, evaluation, drafts"), "open_plan_dues", in_bar=False),
    Action("open_plan_dues_here", N_("What planners owe"), "open_plan_dues", "Alt+D", (PLANS,), short=N_("plan dues")),
)


def add_plan_pages(window: MainWindow, place: Workplace) -> None:
    """Register the pages, and what opens them from anywhere."""

    def dues() -> Any:
        from emergency_desk.ui.plans.dues_page import PlanDuesPage

        return PlanDuesPage(place)

    window.add_page(PLAN_DUES, dues)
    window.open_plan_dues = lambda: window.show_page(PLAN_DUES)  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)
