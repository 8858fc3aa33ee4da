"""The papers of stock from anywhere: by Ctrl+K each by its name, by Ctrl+P from the pages of stock with what they show."""

from __future__ import annotations

from functools import partial
from typing import Any

from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_reports import AS_USUAL
from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.workplace import STOCK, STOCK_ALARMS, STOCK_ITEM, Workplace
from emergency_desk.wording.catalog import N_

_WORDS = {
    StockPaper.STOCK: N_("Print the stock report"), StockPaper.EXPIRING: N_("Print what expires of the stock"),
    StockPaper.SHORTFALL: N_("Print the shortfall against targets"), StockPaper.ROTATION: N_("Print the rotation plan"),
    StockPaper.MOVEMENTS: N_("Print the stock movements"), StockPaper.CARD: N_("Print a stock card"),
}
ACTIONS = (
    Action("stock_papers", N_("Reports of the stock"), "open_stock_papers", "Ctrl+P", (STOCK, STOCK_ITEM, STOCK_ALARMS), short=N_("reports")),
    *(Action(f"print_{paper.value}", words, f"print_{paper.name.lower()}_paper", in_bar=False) for paper, words in _WORDS.items()),
)


def add_report_acts(window: MainWindow, place: Workplace) -> None:
    """Let the window open each paper, and the page of papers show how it is to look."""
    def choices() -> Any:
        from emergency_desk.ui.supplies.report_choices import ReportChoices

        return ReportChoices(place)

    place.stock_choices = choices
    for paper in StockPaper:
        setattr(window, f"print_{paper.name.lower()}_paper", partial(place.preview_stock, paper, AS_USUAL))
    window.acts.register(ACTIONS)
