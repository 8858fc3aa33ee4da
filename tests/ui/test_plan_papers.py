"""From the plan reader to paper: one key shows the plan as it is printed, and beside it its cards, whom to ring and its filing form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from emergency_desk.ui.papers.preview import PaperPage
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.workplace import PAPER
from tests.builders import trade, with_plans
from tests.reports.plan_paper_parts import document_xml, long_card, said_in
from tests.reports.sheets import closed_up, text_of
from tests.ui.fitting import cut_labels
from tests.ui.test_plan_reader import FIRE, Seat


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    seat.window.add_page(PAPER, lambda: PaperPage(seat.place))
    yield seat
    seat.window.close()
    seat.desk.store.close()


def shown(seat: Seat) -> PaperPage:
    page = seat.window.page
    assert isinstance(page, PaperPage)
    return page


def names(page: PaperPage) -> list[str]:
    return [" ".join(cell.text for cell in line.cells if cell.text) for line in page.list.lines]


def test_f9_shows_the_plan_on_paper_and_beside_it_what_else_can_be_printed(seat: Seat, qtbot: QtBot) -> None:
    reader = seat.open("5.2.3")
    qtbot.keyClick(reader, Qt.Key.Key_F9)
    page = shown(seat)
    assert page.sheet_panel.title.text() == "Plan: Contingency Plan for Building Fires"
    assert page.view.pages > 20 and page.view.is_sharp()
    assert names(page) == ["The plan", "Response cards", "Whom to ring", "Filing form", "Whom to ring of all plans",
                           "Survey of emergency resources"]
    assert page.list_panel.title.text() == "Papers of the plan"
    assert cut_labels(page) == []


def test_the_arrows_lead_through_the_papers_and_escape_back_to_the_plan(seat: Seat, qtbot: QtBot) -> None:
    seat.open()
    assert seat.window.acts.do("plans_print")
    page = shown(seat)
    page.list.setFocus()
    titles = []
    for _step in range(5):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        titles.append(page.sheet_panel.title.text().partition(":")[0])
        assert page.view.pages > 0
    assert titles == ["Response cards", "Whom to ring", "Filing form", "Whom to ring", "Resource survey report"]
    assert len(page.list.lines) == 6  # the papers of all plans leave the list as it was
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.sheet_panel.title.text() == "Whom to ring: all plans in use"
    seat.window.acts.do("paper_leave")
    reader = seat.window.page
    assert isinstance(reader, PlansPage) and reader._plan is not None and reader._plan.code == FIRE


def test_the_plan_is_saved_as_docx_or_kept_as_pdf(seat: Seat, tmp_path: Path) -> None:
    seat.open()
    seat.window.acts.do("plans_print")
    page = shown(seat)
    page.save_to(tmp_path / "plan.docx")
    assert "ContingencyPlanforBuildingFires" in said_in(document_xml(tmp_path / "plan.docx"))
    page.save_to(tmp_path / "plan.pdf")
    assert closed_up("Contingency Plan for Building Fires") in closed_up(text_of(tmp_path / "plan.pdf")[0])


def test_cards_that_no_page_holds_are_refused_in_words_in_the_window(seat: Seat) -> None:
    with_plans(seat.desk, replace(trade().plan(FIRE, "1.0"), cards=(long_card(),)))
    seat.open()
    seat.window.acts.do("plans_print")
    page = shown(seat)
    page.list.choose(f"response-cards {FIRE}")
    page._open_line(f"response-cards {FIRE}")
    told = seat.window.notices.notice
    assert told is not None and "Leader of the evacuation group" in told.text


def test_a_card_is_shown_as_a_page_of_a5(seat: Seat) -> None:
    seat.open()
    seat.window.acts.do("plans_print")
    page = shown(seat)
    page._open_line(f"response-cards {FIRE}")
    file = pypdfium2.PdfDocument(page.making.path)
    assert {tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in file} == {(148, 210)}
    file.close()
