"""The papers of stock in the window: opened from the pages of stock, chosen beside the paper, and found as they were chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.stock_columns import StockColumn, StockGroup, StockPaper
from emergency_desk.domain.stock_reports import AS_USUAL, usual_choice
from emergency_desk.services import stock_choices, stock_papers
from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.workplace import PAPER, STOCK, STOCK_ALARMS, STOCK_ITEM
from tests.reports.sheets import closed_up, text_of
from tests.services.stock_year import stocked
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, stocked(tmp_path).desk, tmp_path)
    seat.window.add_page(PAPER, lambda: PaperPage(seat.place))  # the real one in the place of the stub
    return seat


def opened(keeper: Keeper, page: str) -> PaperPage:
    keeper.show(page)
    assert keeper.window.acts.do("stock_papers")
    keeper.settle()
    shown = keeper.page
    assert isinstance(shown, PaperPage)
    keeper.wait(lambda: shown.view.pages > 0)
    return shown


def text(page: PaperPage) -> str:
    return closed_up("".join(text_of(page.making.path)))


def test_the_reports_open_from_each_page_of_stock_with_what_it_shows(keeper: Keeper) -> None:
    page = opened(keeper, STOCK)
    assert "Stockreport" in text(page) and len(texts(page.list)) == len(StockPaper)
    item = keeper.show(STOCK_ITEM)
    item.show_item(stock_papers.find_item(keeper.desk, code="1110202"))
    keeper.settle()
    assert "Stockcard:Blanket" in text(opened(keeper, STOCK_ITEM))
    assert "Shortfall" in text(opened(keeper, STOCK_ALARMS))


def test_what_is_chosen_beside_the_paper_is_on_it_and_is_found_again(keeper: Keeper) -> None:
    page = opened(keeper, STOCK)
    assert "Yard" not in text(page)
    group, columns = page.choices.boxes["group"], page.choices.columns
    group.setCurrentIndex(group.findData("depot"))
    columns.boxes["quarantined"].setChecked(False)
    columns.boxes["value"].setChecked(True)
    keeper.wait(lambda: "Valueinyuan" in text(page))
    assert "Quarantined" not in text(page) and "区救灾物资库" in text(page)
    kept = stock_choices.read_choice(keeper.desk, paper=StockPaper.STOCK)
    assert kept.group is StockGroup.DEPOT and StockColumn.VALUE in kept.columns and StockColumn.QUARANTINED not in kept.columns
    keeper.place.preview_stock(StockPaper.EXPIRING, AS_USUAL)
    keeper.wait(lambda: "Stockthatexpires" in text(page))
    assert stock_choices.read_choice(keeper.desk, paper=StockPaper.EXPIRING) == usual_choice(StockPaper.EXPIRING)
    keeper.place.preview_stock(StockPaper.STOCK, AS_USUAL)
    keeper.wait(lambda: "Valueinyuan" in text(page))
    assert page.choices.boxes["group"].currentData() == "depot" and page.choices.columns.boxes["value"].isChecked()


def test_without_a_figure_the_usual_ones_stay(keeper: Keeper) -> None:
    page = opened(keeper, STOCK)
    for box in page.choices.columns.boxes.values():
        box.setChecked(False)
    keeper.wait(lambda: "Specification" not in text(page))
    assert "Onhand" in text(page) and page.choices.columns.boxes["on_hand"].isChecked()


def test_each_paper_is_found_by_its_name_and_saved_as_a_workbook(keeper: Keeper, tmp_path: Path) -> None:
    for paper in StockPaper:
        assert keeper.window.acts.do(f"print_{paper.value}")
        page = keeper.page
        keeper.wait(lambda page=page: page.view.pages > 0 and not page.making.is_busy)
        page.save_to(tmp_path / f"{paper.value}.xlsx")
        keeper.wait(lambda paper=paper: (tmp_path / f"{paper.value}.xlsx").exists())
