"""Lets F1 open the manual in a window, also in one that has no desk yet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from emergency_desk.app import paths
from emergency_desk.domain.sheets import PaperSettings, Printed
from emergency_desk.errands import manual
from emergency_desk.errands.background import Background
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.widgets.notices import Notice
from emergency_desk.wording.catalog import _, current_language

MANUAL = "manual"


def offer_manual(window: MainWindow, background: Background, papers: Path) -> None:
    """Register the manual; it is read at its first opening. Printed it lies among the papers."""

    def make() -> Any:
        from emergency_desk.ui.manual.manual_page import ManualPage

        return ManualPage(window, paths.manual(), current_language(), lambda: _print(window, background, papers))

    def open_manual() -> None:
        from emergency_desk.ui.manual.keys_here import keys_here

        if window.page_id == MANUAL:
            leave: Any = window.page
            leave.leave()
            return
        came_from, here, focus = window.page_id, keys_here(window), QApplication.focusWidget()
        page: Any = window.show_page(MANUAL)
        page.open_for(came_from, here, focus)

    window.add_page(MANUAL, make)
    window.open_manual = open_manual  # type: ignore[attr-defined]


def _print(window: MainWindow, background: Background, papers: Path) -> None:
    from emergency_desk.ui.papers.paper_acts import open_outside

    def tell(printed: Printed) -> None:
        path = str(printed.path)
        window.notices.tell(Notice(_("Saved as {path}.").format(path=path), act_text=_("Open the paper"), act=lambda: open_outside(path)))

    papers.mkdir(parents=True, exist_ok=True)
    language = current_language()
    background.helper(manual.print_manual, paths.manual(), papers / f"{_('emergency-desk-manual')}.pdf", PaperSettings(language, paths.fonts()),
                      datetime.now(UTC), then=tell, refused=window.explain)
