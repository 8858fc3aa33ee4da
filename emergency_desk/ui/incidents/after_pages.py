"""Registers what follows an incident: its After page, its replay, and the findings of the desk; each is built at its first showing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import AFTER, FINDINGS, REPLAY, ROOM, TIMELINE, Workplace
from emergency_desk.wording.catalog import N_

_OF_INCIDENT = (ROOM, AFTER)
ACTIONS = (
    Action("open_findings", N_("Findings to be mended…"), "open_findings", in_bar=False),
    Action("open_timeline", N_("Timeline: filter, search and print the log"), "open_timeline", "Alt+M", _OF_INCIDENT, short=N_("timeline")),
    Action("drill_of_incident", N_("Plan a drill from this incident's log"), "plan_drill_of", "", _OF_INCIDENT, in_bar=False),
    Action("open_replay", N_("Replay the incident from its call on"), "open_replay", "Alt+V", _OF_INCIDENT, in_bar=False),
)


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

    def timeline() -> Any:
        from emergency_desk.ui.incidents.timeline_page import TimelinePage

        return TimelinePage(place)

    def of_shown(open_page: Callable[[Id], None]) -> Callable[[], None]:
        """Return what opens a page for the incident that the shown page shows."""
        def act() -> None:
            incident_id = getattr(window.page, "incident_id", None)
            if incident_id is not None:
                open_page(incident_id)

        return act

    window.add_page(AFTER, after)
    window.add_page(TIMELINE, timeline)
    window.open_timeline = of_shown(place.open_timeline)  # type: ignore[attr-defined]
    window.open_replay = of_shown(place.open_replay)  # type: ignore[attr-defined]
    def plan_drill_of(incident_id: Id) -> None:
        from emergency_desk.errands import drill_from_incident

        place.ask(lambda: drill_from_incident.plan_of_incident(place.desk, incident_id=incident_id),
                  then=lambda drill: place.open_drill(drill.id))

    window.plan_drill_of = of_shown(plan_drill_of)  # type: ignore[attr-defined]
    window.add_page(FINDINGS, findings)
    window.add_page(REPLAY, replay)
    window.open_findings = lambda: window.show_page(FINDINGS)  # type: ignore[attr-defined]
    window.acts.register(ACTIONS)
