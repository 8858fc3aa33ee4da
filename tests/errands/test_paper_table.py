"""The table of papers: every paper is one row, and what the row promises is there."""

from __future__ import annotations

import importlib
from typing import get_args

import pytest

from emergency_desk.errands.papers import NAMES, PAPERS, Paper, paper_of, title_of
from emergency_desk.services.papers import PaperKind, Sheet
from emergency_desk.wording.catalog import speaking
from tests.reports.sheets import order_sheet

OF_EACH = pytest.mark.parametrize("paper", PAPERS, ids=NAMES)


def _module(paper: Paper) -> object:
    return importlib.import_module(f"emergency_desk.reports.{paper.drawn_by}")


def test_every_sheet_has_one_row_and_every_row_a_name_of_its_own() -> None:
    assert {paper.sheet for paper in PAPERS} == set(get_args(Sheet))
    assert len(NAMES) == len(PAPERS) == len({paper.sheet for paper in PAPERS})


def test_every_paper_of_an_incident_stands_in_its_list() -> None:
    assert {paper.name for paper in PAPERS if paper.line} == {kind.value for kind in PaperKind}


@OF_EACH
def test_what_draws_a_paper_is_where_its_row_says(paper: Paper) -> None:
    assert callable(vars(_module(paper))["write"])
    assert ("write_docx" in vars(_module(paper))) is paper.has_docx
    assert ("write_xlsx" in vars(_module(paper))) is paper.has_xlsx


@OF_EACH
def test_every_title_has_its_words_in_chinese(paper: Paper) -> None:
    from emergency_desk.wording.catalog import _

    with speaking("zh_CN"):
        for words in filter(None, (paper.title, paper.line)):
            assert _(words) != words


def test_a_row_is_found_by_the_name_and_by_what_stands_on_the_paper() -> None:
    sheet = order_sheet()
    assert paper_of(sheet) is paper_of("order")
    assert title_of(sheet) == f"Dispatch order {sheet.dispatch.order_number}"
