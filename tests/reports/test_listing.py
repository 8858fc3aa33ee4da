"""A list as a paper: heads on every page, bands that go on, sums in bold, who signs; and the same as a workbook without formulas."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from emergency_desk.reports.listing import Listing, write_pdf, write_xlsx
from emergency_desk.reports.page import worded
from emergency_desk.reports.tables import Band, Column, Row, Total
from emergency_desk.wording.catalog import _, speaking
from tests.reports.sheets import IMPRINT, closed_up, paper, text_of
from tests.reports.table_text import lines_of

LANGUAGES = ("en", "zh_CN")
COLUMNS = (Column("Item"), Column("Unit", 40), Column("On hand", 70, right=True, over="Goods"), Column("Free", 70, right=True, over="Goods"),
           Column("Until", 80))


def listing(*rows: Row, **more: object) -> Listing:
    return Listing(title="Stock", told=("As of 2026-11-24",), columns=COLUMNS, rows=rows, imprint=IMPRINT, **more)  # type: ignore[arg-type]


def pdf(tmp_path: Path, *rows: Row, language: str = "en", has_uprights: bool = False, **more: object) -> Path:
    settings = paper(language)
    with worded(settings):
        return write_pdf(listing(*rows, **more), tmp_path / "list.pdf", settings, has_uprights=has_uprights).path


def goods(name: str = "毛毯", on_hand: int = 1_200, free: int = 1_000) -> Row:
    return name, "条", on_hand, free, date(2027, 1, 31)


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousands_of_lines_repeat_their_head_and_count_their_pages(tmp_path: Path, language: str) -> None:
    rows = [Band("市南区"), *(goods(f"毛毯{number}", number, number) for number in range(3_000)),
            Total(("All", "条", 4_498_500, 4_498_500, None))]
    pages = [closed_up(page) for page in text_of(pdf(tmp_path, *rows, language=language))]
    with speaking(language):
        last = closed_up(_("Page {page} of {pages}").format(page=len(pages), pages=len(pages)))
        again = closed_up(_("{title} (continued)").format(title="市南区"))
    assert len(pages) > 100
    assert all("ItemUnit" in page and "Goods" in page for page in pages)
    assert all(again in page for page in pages[1:])
    assert last in pages[-1] and "4,498,500" in pages[-1]
    told = [cells for page in lines_of(tmp_path / "list.pdf") for cells in page]
    assert [cells[0] for cells in told if cells[0].startswith("毛毯")] == [f"毛毯{number}" for number in range(3_000)]


def test_figures_stand_at_the_right_edge_and_a_line_is_read_across(tmp_path: Path) -> None:
    told = [cells for page in lines_of(pdf(tmp_path, goods(), goods("棉被", 7, 0), has_uprights=True)) for cells in page]
    assert ["毛毯", "条", "1,200", "1,000", "2027-01-31"] in told
    assert ["棉被", "条", "7", "0", "2027-01-31"] in told


def test_a_group_that_is_closed_by_its_sum_is_not_told_to_go_on(tmp_path: Path) -> None:
    first = [goods(f"毯{number}") for number in range(26)]
    pages = text_of(pdf(tmp_path, Band("A"), Band("B", 1), *first, Total(("sum", "条", 1, 1, None), 1), Total(("sum", "条", 1, 1, None)), *first))
    goes_on = [closed_up(page) for page in pages[1:]]
    assert "A(continued)" in goes_on[0] and "B(continued)" in goes_on[0]
    assert "Stock(continued)" in goes_on[1] and "A(continued)" not in goes_on[1] and "B(continued)" not in goes_on[1]


def test_a_sum_is_never_left_alone_on_a_page(tmp_path: Path) -> None:
    for count in range(18, 30):
        path = pdf(tmp_path, *(goods(f"毯{number}") for number in range(count)), Total(("sum", "条", 1, 1, None)))
        last = lines_of(path)[-1]
        at = next(place for place, cells in enumerate(last) if cells[0] == "sum")
        assert last[at - 1][0] == f"毯{count - 1}"


def test_a_long_word_of_a_sum_runs_on_over_its_empty_neighbours(tmp_path: Path) -> None:
    path = pdf(tmp_path, goods(), Total((None, "All goods of the whole city in words", None, None, None)))
    told = [cells for page in lines_of(path) for cells in page]
    assert ["Allgoodsofthewholecityinwords"] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_drew_it_up_checks_and_approves_stands_on_every_page(tmp_path: Path, language: str) -> None:
    pages = text_of(pdf(tmp_path, *(goods() for _number in range(60)), language=language))
    words = ("Drawn up by", "Checked by", "Approved by") if language == "en" else ("制表", "审核", "批准")
    assert all(word in page for word in words for page in pages)


def test_the_workbook_says_the_same_with_numbers_days_and_no_formula(tmp_path: Path) -> None:
    settings = paper("en")
    with worded(settings):
        rows = (Band("=1+1"), goods("@SUM(A1)"), goods("-毛毯"), Total(("Sum", "条", 2_400, 2_000, None)))
        path = write_xlsx(listing(*rows, notes=("a note",)), tmp_path / "list.xlsx", settings).path
    page = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert page[0][0] == "Stock"
    assert ["Item", "Unit", "On hand", "Free", "Until"] in page
    assert ["@SUM(A1)", "条", 1_200, 1_000, date(2027, 1, 31)] in page
    assert ["Sum", "条", 2_400, 2_000, ""] in page
    assert any(line[0] == "a note" for line in page) and any("Drawn up by" in str(line[0]) for line in page)
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "fitToPage" in sheet and "landscape" in sheet


def test_a_workbook_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    settings = paper("en")
    with worded(settings), pytest.raises(OSError):
        write_xlsx(listing(goods()), tmp_path / "nowhere" / "list.xlsx", settings)
    assert list(tmp_path.iterdir()) == []
