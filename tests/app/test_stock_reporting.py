"""The papers of stock from the command line: by area, group, columns, depot, item and lot, as PDF and as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from emergency_desk.app.main import main
from tests.reports.sheets import closed_up, text_of
from tests.services.stock_year import stocked


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a demo store with a small stock."""
    desk = stocked(tmp_path).desk
    desk.store.close()
    return Path(desk.store.path)


def report(store: Path, *words: str) -> int:
    return main(["report", *words, "--as", "keeper", "--lang", "en", "--store", str(store)])


@pytest.mark.parametrize("name", ["stock", "expiring", "shortfall", "rotation", "movements", "stock-card"])
def test_each_paper_is_a_pdf_and_a_workbook(store: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(store, name, "--out", str(tmp_path / "a.pdf")) == 0
    assert report(store, name, "--xlsx", "--out", str(tmp_path / "b.pdf")) == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF") and (tmp_path / "b.xlsx").read_bytes().startswith(b"PK")
    assert str(tmp_path / "b.xlsx") in capsys.readouterr().out


def test_into_a_folder_a_workbook_goes_under_its_own_name_and_none_is_written_over(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for _number in range(2):
        assert report(store, "stock", "--xlsx", "--out", str(folder)) == 0
    assert len(list(folder.glob("stock-*.xlsx"))) == 2


def test_an_area_a_group_and_columns_are_what_the_paper_shows(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.xlsx"
    chosen = ("--group", "depot", "--columns", "on_hand,depot", "--sort", "on_hand")
    assert report(store, "stock", "--area", "990101001", *chosen, "--out", str(out)) == 0
    table = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    head = next(number for number, line in enumerate(table) if "On hand" in line)
    assert [cell for cell in table[head] if cell] == ["Item", "Depot", "Unit", "On hand"]
    assert ["Blanket", "街道储备点", "条", 340.0] in [line[:4] for line in table]
    assert not any("区救灾物资库" in str(cell) for line in table for cell in line)


def test_a_depot_an_item_a_lot_and_days_narrow_a_paper(store: Path, tmp_path: Path) -> None:
    def text(*words: str) -> str:
        assert report(store, *words, "--out", str(tmp_path / "s.pdf")) == 0
        return closed_up("".join(text_of(tmp_path / "s.pdf")))

    assert "W1" not in text("expiring", "--item", "1110202", "--days", "3000") and "B2" in text("expiring", "--depot", "街道储备点")
    assert "Lot B2".replace(" ", "") in text("stock-card", "--lot", "B2")
    assert "Nothingwasmoved" in text("movements", "--from", "2020-01-01", "--until", "2020-02-01")


@pytest.mark.parametrize("words", [("--group", "colour"), ("--columns", "colour"), ("--sort", "lot"), ("--depot", "nowhere"),
                                   ("--area", "nowhere"), ("--lot", "none"), ("--item", "none"), ("--days", "-1")])
def test_what_cannot_be_is_refused_in_a_sentence(store: Path, tmp_path: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert report(store, "stock", *words, "--out", str(tmp_path / "s.pdf")) == 2
    told = capsys.readouterr().err
    assert told.strip() and "Traceback" not in told and not (tmp_path / "s.pdf").exists()
