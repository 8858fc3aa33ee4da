"""Registers the pages that are opened from the Ctrl+K box and from lists, and stand on no rail."""

from __future__ import annotations

from typing import Any

from emergency_desk.app import news, paths
from emergency_desk.domain.accounts import Act
from emergency_desk.domain.ids import Id
from emergency_desk.ui import export_acts, level_acts
from emergency_desk.ui.actions import Action
from emergency_desk.ui.blackout_acts import add_blackout
from emergency_desk.ui.incidents.chosen import chosen_incident
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.palette_box import from_list
from emergency_desk.ui.plans import bundle_acts
from emergency_desk.ui.workplace import BACKUPS, BOARD, INCIDENTS, KEYING, REPORT, ROOM, Workplace
from emergency_desk.wording.catalog import N_

ACTIONS = (
    Action("open_imports", N_("Import a list…"), "open_imports", in_bar=False),
    Action("open_plan_import", N_("Import a plan from Word or text…"), "open_plan_import", in_bar=False),
    Action("open_areas", N_("Edit the areas…"), "open_areas", in_bar=False),
    Action("report", N_("Report upward"), "open_report", "F6", (BOARD, INCIDENTS, ROOM), short=N_("report")),
    Action("open_report_rules", N_("Set how soon this desk reports…"), "open_report_rules", in_bar=False),
    Action("open_backups", N_("Backups: make one, look into one, the second place…"), "open_backups", in_bar=False),
    Action("open_wall", N_("Wall view"), "open_wall", in_bar=False),
)


def add_more_pages(window: MainWindow, place: Workplace) -> None:
    """Register the pages; each is built at its first showing."""

    def imports() -> Any:
        from emergency_desk.ui.imports.page import ImportsPage

        return ImportsPage(place, paths.reference() / "divisions")

    def areas() -> Any:
        from emergency_desk.ui.areas.page import AreasPage

        return AreasPage(place)

    def report() -> Any:
        from emergency_desk.ui.incidents.report_page import ReportPage

        return ReportPage(place)

    def open_report() -> None:
        """Open what the shown incident has to report; on the board and in the list, what the chosen one has."""
        incident_id = chosen_incident(window.page)
        if incident_id:
            place.open_report(incident_id)

    def report_rules() -> Any:
        from emergency_desk.ui.settings.report_rules import ReportRulesPage

        return ReportRulesPage(place, paths.reference())

    def plan_import() -> Any:
        from emergency_desk.ui.plans.importing import PlanImportPage

        page = PlanImportPage(place)
        page.begun.connect(lambda draft_id: place.open_plan_editor(Id(draft_id)))
        return page

    def plan_bundle() -> Any:
        from emergency_desk.ui.plans.bundle_page import PlanBundlePage

        return PlanBundlePage(place)

    def backups() -> Any:
        from emergency_desk.ui.settings.backups_page import BackupsPage

        return BackupsPage(place)

    def keying() -> Any:
        from emergency_desk.ui.incidents.keying_page import KeyingPage

        return KeyingPage(place)

    def open_wall() -> None:
        from emergency_desk.ui.wall.window import open_wall

        window.wall = open_wall(place)  # type: ignore[attr-defined]

    window.add_page("imports", imports)
    window.add_page(BACKUPS, backups)
    window.add_page(KEYING, keying)
    add_blackout(place)
    news.offer(place)
    window.open_backups = lambda: window.show_page(BACKUPS)  # type: ignore[attr-defined]
    window.add_page(bundle_acts.PAGE, plan_bundle)
    window.export_plan = lambda: bundle_acts.export_shown(place)  # type: ignore[attr-defined]
    window.open_plan_bundle = lambda: window.show_page(bundle_acts.PAGE)  # type: ignore[attr-defined]
    window.add_page(REPORT, report)
    if place.desk.can(Act.KEEP_PLANS):
        window.add_page("report_rules", report_rules)
        window.add_page("plan_import", plan_import)
        window.open_plan_import = lambda: window.show_page("plan_import")  # type: ignore[attr-defined]
        window.open_report_rules = lambda: window.show_page("report_rules")  # type: ignore[attr-defined]
    window.open_report = open_report  # type: ignore[attr-defined]
    window.open_wall = open_wall  # type: ignore[attr-defined]
    window.add_page("areas", areas)
    window.open_areas = lambda: window.show_page("areas")  # type: ignore[attr-defined]
    window.open_imports = lambda: window.show_page("imports")  # type: ignore[attr-defined]
    window.acts.register((*ACTIONS, *bundle_acts.ACTIONS))
    window.top.box.add_provider("plan_bundles", from_list(lambda: bundle_acts.found(place)))
    window.top.box.add_provider("exports", from_list(lambda: export_acts.found(place)))
    window.top.box.add_provider("levels", from_list(lambda: level_acts.found(place)))
