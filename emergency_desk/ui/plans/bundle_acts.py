"""Plans leave the desk in a sealed file, and come in by the page of plan files: asked from the Ctrl+K box or from the page of plans."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from emergency_desk.domain.accounts import Act
from emergency_desk.ui.actions import Action
from emergency_desk.ui.palette_box import Found
from emergency_desk.ui.workplace import PLANS, Workplace
from emergency_desk.wording.catalog import N_, _, current_language, ngettext

if TYPE_CHECKING:
    from emergency_desk.errands.plan_bundles import PlansExported
    from emergency_desk.services.desk import Done

PAGE = "plan_bundle"
ACTIONS = (
    Action("plan_export", N_("Export this plan for another desk"), "export_plan", "Ctrl+E", (PLANS,), short=N_("export")),
    Action("plan_import", N_("Plans of another desk"), "open_plan_bundle", "Ctrl+I", (PLANS,), short=N_("import")),
)


def found(place: Workplace) -> list[Found]:
    """Return what the Ctrl+K box offers."""
    language = current_language()
    offered = [Found(_("Export all plans for another desk"), _("a sealed file"), partial(export, place, ()))]
    if place.desk.can(Act.KEEP_PLANS):
        offered.append(Found(_("Import plans of another desk…"), _("a sealed file"), partial(place.window.show_page, PAGE)))
    return offered + [Found(_("Export the plan “{title}”").format(title=plan.title.in_language(language)), _("a sealed file"),
                            partial(export, place, (plan.code,))) for plan in place.desk.trade.current_plans]


def open_file(place: Workplace, path: Path) -> None:
    """Show what a file brings."""
    page: Any = place.window.show_page(PAGE)
    page.open(path)


def export_shown(place: Workplace) -> None:
    """Export the plan that the page of plans shows."""
    page: Any = place.window.page
    code = page.plan_shown.code if getattr(page, "plan_shown", None) is not None else ""
    export(place, (code,) if code else ())


def export(place: Workplace, codes: tuple[str, ...]) -> None:
    """Ask where the file is to lie, and write it there."""
    name = f"{codes[0] if codes else place.desk.facts.code}.edplan"
    chosen, _filter = QFileDialog.getSaveFileName(place.window, _("Export plans"), str(Path.home() / name), _("Plans of a desk (*.edplan)"))
    if chosen:
        write(place, codes, Path(chosen))


def write(place: Workplace, codes: tuple[str, ...], path: Path) -> None:
    """Write the file, and tell how many plans lie where."""
    from emergency_desk.errands import plan_bundles  # what parses and packs plans is loaded when somebody wants it

    place.ask(lambda: plan_bundles.export_plans(place.desk, path=path, codes=codes), then=partial(_told, place))


def _told(place: Workplace, done: Done[PlansExported]) -> None:
    left = done.value
    place.window.notices.done(ngettext("{count} plan was written to {path}.", "{count} plans were written to {path}.", left.plans).format(
        count=left.plans, path=left.path))
