"""Registers what follows an incident: its After page, its replay, and the findings of the desk; each is built at its first showing."""

from __future__ import annotations

from typing import Any

from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import AFTER, FINDINGS, REPLAY, Workplace
from emergency_desk.wording.catalog import N_

ACTIONS = (Action("open_findings", N_("Findings to be mended…"), "open_findings", in_bar=False),)


def add_after_pages(window: MainWindow, place: Workplace) -> None:
    """Register the pages and the action that opens the list from anywhere."""

    def after() -> Any:
        from emergency_desk.ui.incidents.after_page import AfterPage

        return AfterPage(place)

    def findings() -> Any:
        from emergency_desk.ui.incidents.findings_page import FindingsPage

        return FindingsPage(place)

    def replay() -> Any:
        from emergency_desk.ui.incidents.replay_page import ReplayPage

        return ReplayPage(place)

    window.add_page(AFTER, after)
    window.add_page(FINDINGS, findings)
    window.add_page(REPLAY, replay)
    window.open_findings = lambda: window.show_page(FINDINGS)  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)
