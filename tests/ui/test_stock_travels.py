"""A keeper brings a list of lots through the window and takes the lists of stock away as files; areas and incidents leave as files too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.errands import exports
from emergency_desk.exchange.tables import read_table
from emergency_desk.ui.imports.page import PAGE, ImportsPage
from emergency_desk.ui.workplace import STOCK
from emergency_desk.wording import catalog
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    return ground(tmp_path)


@pytest.fixture
def keeper(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.window.add_page(PAGE, lambda: ImportsPage(seat.place))
    seat.show(STOCK)
    return seat


def test_a_list_of_lots_is_brought_from_the_page_of_stock(keeper: Keeper, shelf: Ground, tmp_path: Path) -> None:
    path = tmp_path / "lots.csv"
    path.write_text("品名,仓库,批号,数量,有效期至\n毛毯,区救灾物资库,B1,3包,2036-01-01\n毛毯,区救灾物资库,B2,3箱,\n", encoding="gb18030")
    keeper.press("Ctrl+I")
    page: Any = keeper.window.built(PAGE)
    assert page.kind.currentData() == "lots"
    page.path.setText(str(path))
    page.look()
    keeper.settle()
    assert "1 good row, 1 to mend." in page.told.text()
    assert "not counted in \"箱\"" in texts(page.lines)[0]
    assert "毛毯 · B1 · 30" in texts(page.lines)[1]
    keeper.press("Ctrl+Return")
    assert shelf.there() == (30, 0, 0)
    assert shelf.is_sound()


def test_the_lists_of_stock_leave_as_files(keeper: Keeper, shelf: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("emergency_desk.ui.export_acts.export_list", lambda _place, kind: asked.append(kind))
    keeper.press("Ctrl+E")
    page: Any = keeper.page
    box = page.form.editors["what"]
    assert [box.itemData(at) for at in range(box.count())] == [
        "lots", "supply_items", "stock_movements", "supply_promises", "stock_targets"]
    page.form.submit()
    assert asked == ["lots"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_areas_and_movements_leave_with_their_words(shelf: Ground, tmp_path: Path, language: str) -> None:
    shelf.receive(12, "B1", days=30)
    with catalog.speaking(language):
        exports.export(shelf.desk, kind="areas", path=tmp_path / "areas.xlsx")
        exports.export(shelf.desk, kind="stock_movements", path=tmp_path / "moves.xlsx")
    areas, moves = read_table(tmp_path / "areas.xlsx"), read_table(tmp_path / "moves.xlsx")
    assert any("东台街道" in row for row in areas.rows)
    assert len(set(areas.headers)) == len(areas.headers) and len(set(moves.headers)) == len(moves.headers)
    assert "B1" in moves.rows[0] and "12" in moves.rows[0] and "区救灾物资库" in moves.rows[0]
    assert ("批次号" in moves.headers) is (language == "zh_CN")


def test_the_stock_is_printed_from_its_page(keeper: Keeper, shelf: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.receive(12, "B1", days=30)
    asked: list[str] = []
    monkeypatch.setattr(type(keeper.place), "print_register", lambda _place, name, _about=None: asked.append(name))
    keeper.press("F9")
    assert asked == ["stock"]
