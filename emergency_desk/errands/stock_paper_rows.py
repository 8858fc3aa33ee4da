"""The papers of stock as rows of the table of papers: which, how it is read, what its file is called, what its page is called."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.stock_columns import StockPaper
from emergency_desk.domain.stock_sheets import StockSheets
from emergency_desk.services import stock_ledger_papers, stock_papers
from emergency_desk.wording.catalog import N_

STOCK_PAPERS: tuple[tuple[StockPaper, Callable[..., StockSheets], str, str], ...] = (
    (StockPaper.STOCK, stock_papers.stock_sheet, "stock", N_("Stock report {number}")),
    (StockPaper.EXPIRING, stock_papers.expiring_sheet, "stock-expiring", N_("Stock that expires {number}")),
    (StockPaper.SHORTFALL, stock_papers.shortfall_sheet, "stock-shortfall", N_("Shortfall against targets {number}")),
    (StockPaper.ROTATION, stock_papers.rotation_sheet, "stock-rotation", N_("Rotation plan {number}")),
    (StockPaper.MOVEMENTS, stock_ledger_papers.movements_sheet, "stock-movements", N_("Stock movements {number}")),
    (StockPaper.CARD, stock_ledger_papers.card_sheet, "stock-card", N_("Stock card {number}")),
)
