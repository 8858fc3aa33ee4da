"""The papers of stock: every sum is added up again from the paper's own text, in both languages, and from the cells of the workbook."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_columns import StockColumn, StockGroup, StockPaper
from emergency_desk.domain.stock_reports import FIGURES, StockAsked, choose
from emergency_desk.domain.stock_sheets import Named, StockFact, StockReportSheet, lay_out
from emergency_desk.domain.texts import Text
from emergency_desk.errands.papers import PaperAsked, read_sheet, set_paper, write_paper
from emergency_desk.reports import stock_heads
from emergency_desk.wording.catalog import _, speaking
from tests.builders import make_desk
from tests.reports.sheets import FONTS, IMPRINT, START, closed_up, paper, text_of
from tests.reports.table_text import figures_of
from tests.services.stock_year import stocked

LANGUAGES = ("en", "zh_CN")
C = StockColumn
_SUMS = ("Sum of all", "Sum", "合计", "小计")


def every_choice(name: StockPaper) -> list[StockGroup]:
    from emergency_desk.domain.stock_reports import SHAPES
    return list(SHAPES[name].groups)


def _words_of_sum(words: str) -> str:
    return next((sum_ for sum_ in _SUMS if words.replace(" ", "").startswith(sum_.replace(" ", ""))), "")


def _unit_in(words: str) -> str:
    return next((unit for unit in ("条", "瓶") if unit in words), "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [StockPaper.STOCK, StockPaper.EXPIRING, StockPaper.ROTATION, StockPaper.MOVEMENTS])
def test_every_sum_of_the_paper_is_what_its_own_lines_add_up_to(tmp_path: Path, language: str, name: StockPaper) -> None:
    desk = stocked(tmp_path).desk
    columns = [C.ITEM, C.DEPOT, C.UNIT, *(one for one in FIGURES if one is not C.BALANCE)]
    for group in every_choice(name):
        kept = [one for one in choose(name).columns if one in FIGURES] + [one for one in columns if one not in FIGURES]
        asked = StockAsked(choice=choose(name, columns=[one for one in kept if one in choose(name).columns or one is C.DEPOT], group=group))
        sheet = read_sheet(desk, PaperAsked(name, stock=asked))
        path = set_paper(sheet, tmp_path / f"{group}.pdf", paper(language)).path
        lines = figures_of(path)
        running: dict[tuple[str, int], int] = defaultdict(int)
        whole: dict[tuple[str, int], int] = defaultdict(int)
        sums = 0
        for words, figures in lines:
            unit, sum_ = _unit_in(words), _words_of_sum(words)
            if not unit or not figures or "%" in words:
                continue
            if not sum_:
                for place, text in figures.items():
                    running[unit, place] += int(text.replace(",", ""))
                    whole[unit, place] += int(text.replace(",", ""))
                continue
            told = whole if sum_ in ("Sum of all", "合计") else running
            for place, text in figures.items():
                assert int(text.replace(",", "")) == told[unit, place], (group, words, figures)
                sums += 1
                if told is running:
                    running[unit, place] = 0
        assert sums > 1, group


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_kinds_stand_under_their_own_heads_and_no_figure_holds_two_of_them(tmp_path: Path, language: str) -> None:
    g = stocked(tmp_path)
    asked = StockAsked(item_id=g.item.id, choice=choose(StockPaper.STOCK, columns=("on_hand", "agreed", "a_day"), group="none"))
    path = set_paper(read_sheet(g.desk, PaperAsked("stock", stock=asked)), tmp_path / "s.pdf", paper(language)).path
    told = [figures for words, figures in figures_of(path) if _unit_in(words) and figures and "%" not in words and "," not in words]
    assert {0: "1,395", 1: "500", 2: "80"} in told
    assert "1,895" not in "".join(text_of(path)) and "1,975" not in "".join(text_of(path))
    text = closed_up("".join(text_of(path)))
    with speaking(language):
        assert all(closed_up(_(head)) in text for head in ("Goods in stock", "Agreed deliveries", "Production capacity"))


def _cells(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def _column_of(table: Sequence[Sequence[object]], head: str) -> tuple[int, int]:
    row = next(number for number, line in enumerate(table) if head in line)
    return row, table[row].index(head)


@pytest.mark.parametrize("name", list(StockPaper))
def test_the_workbook_has_the_same_figures_as_numbers_and_no_formula(tmp_path: Path, name: StockPaper) -> None:
    desk = stocked(tmp_path).desk
    path = write_paper(desk, name, out=tmp_path / "s.xlsx", language="en", fonts=FONTS).path
    sheet = read_sheet(desk, PaperAsked(name))
    table = _cells(path)
    first, _place = _column_of(table, "Unit")
    rows = [row for part in sheet.parts for row in part.rows]  # type: ignore[union-attr]
    for place, column in enumerate(sheet.choice.columns):  # type: ignore[union-attr]
        if column in FIGURES:
            told = [float(str(row[place])) for row in rows if row[place] is not None]
            written = [line[place] for line in table[first + 1:] if isinstance(line[place], float | int) and not isinstance(line[place], bool)]
            for value in told:
                assert value in written
    with zipfile.ZipFile(path) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()


def test_the_sums_of_the_workbook_add_up(tmp_path: Path) -> None:
    desk = stocked(tmp_path).desk
    asked = StockAsked(choice=choose(StockPaper.STOCK, columns=("depot", "on_hand", "value"), group="area"))
    path = write_paper(desk, "stock", out=tmp_path / "s.xlsx", language="en", fonts=FONTS, stock=asked).path
    table = _cells(path)
    row, unit = _column_of(table, "Unit")
    _row, figure = _column_of(table, "On hand")
    _row, value = _column_of(table, "Value in yuan")
    lines = [line for line in table[row + 1:] if line[unit] in ("条", "瓶") and not str(line[0]).startswith("Sum")]
    totals = {line[unit]: line for line in table[row + 1:] if line[0] == "Sum of all"}
    for of_unit in ("条", "瓶"):
        assert totals[of_unit][figure] == sum(line[figure] or 0 for line in lines if line[unit] == of_unit)
    assert totals[""][figure] == "" and totals[""][value] == pytest.approx(sum(line[value] or 0 for line in lines))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in StockPaper if name is not StockPaper.CARD])
def test_a_desk_without_stock_has_papers_that_say_so(tmp_path: Path, language: str, name: StockPaper) -> None:
    printed = write_paper(make_desk(tmp_path), name, out=tmp_path / "s.pdf", language=language, fonts=FONTS)
    assert printed.pages == 1 and printed.missing_characters == ()
    text = closed_up("".join(text_of(printed.path)))
    with speaking(language):
        assert closed_up(stock_heads.nothing(read_sheet(make_desk(tmp_path, name="b.store"), PaperAsked(name)))) in text  # type: ignore[arg-type]


def test_a_desk_without_stock_has_no_card(tmp_path: Path) -> None:
    with pytest.raises(NothingToPrint):
        write_paper(make_desk(tmp_path), StockPaper.CARD, out=tmp_path / "s.pdf", language="en", fonts=FONTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(StockPaper))
def test_every_paper_says_whose_it_is_as_of_when_and_who_signs(tmp_path: Path, language: str, name: StockPaper) -> None:
    g = stocked(tmp_path)
    printed = write_paper(g.desk, name, out=tmp_path / "s.pdf", language=language, fonts=FONTS)
    assert printed.missing_characters == ()
    pages = [closed_up(page) for page in text_of(printed.path)]
    desk = g.desk.facts.name if language != "en" else g.desk.facts.name_en
    assert closed_up(desk) in pages[0] and "2026-11-1119:31" in pages[0]
    words = ("Drawnupby", "Checkedby", "Approvedby", f"Page1of{len(pages)}") if language == "en" else (
        "制表人", "审核人", "批准人", f"第1页/共{len(pages)}页")
    assert all(word in pages[0] for word in words)


def test_thousands_of_lines_have_their_heads_on_every_page(tmp_path: Path) -> None:
    facts = [StockFact(Id(str(number)), {
        C.ITEM: Named(f"{number:05d}", Text(f"物资{number}")), C.CODE: f"x-{number}", C.SPECIFICATION: "", C.UNIT: "件",
        C.CATEGORY: Named("1", Text("综合", "All sorts")), C.ON_HAND: number, C.AVAILABLE: number, C.RESERVED: 0, C.QUARANTINED: 0, C.EXPIRED: 0})
        for number in range(5_000)]
    choice = choose(StockPaper.STOCK)
    parts, totals, lines = lay_out(facts, choice)
    sheet = StockReportSheet(imprint=IMPRINT, at=START, area=Text("市"), choice=choice, parts=parts, totals=totals, lines=lines)
    printed = set_paper(sheet, tmp_path / "s.pdf", paper("en"))
    pages = [closed_up(page) for page in text_of(printed.path)]
    assert len(pages) > 150 and all("Onhand" in page and "Productioncapacity" in page for page in pages)
    assert f"{sum(range(5_000)):,}" in pages[-1] and f"Page{len(pages)}of{len(pages)}" in pages[-1]
    assert sum(page.count("物资") for page in pages) == 5_000


def test_what_has_two_units_is_never_added_up() -> None:
    def fact(unit: str, count: int, worth: int) -> StockFact:
        return StockFact(Id(unit), {C.ITEM: Named(unit, Text(unit)), C.UNIT: unit, C.ON_HAND: count, C.VALUE: Decimal(worth)})

    choice = choose(StockPaper.STOCK, columns=("on_hand", "value"), group="none")
    _parts, totals, _lines = lay_out([fact("条", 5, 10), fact("瓶", 7, 20)], choice)
    at = choice.columns.index(C.ON_HAND)
    assert [(total.unit, total.sums[at]) for total in totals] == [("条", 5), ("瓶", 7), ("", None)]
    assert totals[-1].sums[choice.columns.index(C.VALUE)] == 30
