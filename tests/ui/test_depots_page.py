"""The page of depots by the keyboard: a site becomes one, its bins are added, renamed and retired; who keeps it is seen wherever goods are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_errors import DepotThere
from emergency_desk.domain.supplies import Depot, DepotKind
from emergency_desk.services import stock, supplies, units
from emergency_desk.ui.workplace import EQUIPMENT, STOCK, STOCK_DEPOTS
from tests.builders import DISTRICT, acting_as
from tests.services.stock_ground import Ground, ground
from tests.ui.keeper import Keeper
from tests.ui.seat import texts
from tests.ui.test_stock_pages import fill


@pytest.fixture
def shelf(tmp_path: Path) -> Ground:
    made = ground(tmp_path)
    made.receive(70, "好", days=700, place_id=made.bin)
    return made


@pytest.fixture
def keeper(qtbot: QtBot, shelf: Ground, tmp_path: Path) -> Keeper:
    seat = Keeper(qtbot, shelf.desk, tmp_path)
    seat.show(STOCK)
    seat.press("Alt+D")
    assert seat.window.page_id == STOCK_DEPOTS
    return seat


def places(shelf: Ground, site: Id) -> list[str]:
    return next([one.words for one in known.places] for known in supplies.list_depots(shelf.desk, with_places=True) if known.site.id == site)


def test_a_site_becomes_a_depot_with_its_first_bin(keeper: Keeper, shelf: Ground) -> None:
    site = units.keep_site(acting_as(shelf.desk, "leader"), site=Site(id=Id(""), kind=SiteKind.DEPOT, name="新库", area_id=DISTRICT)).value
    acting_as(shelf.desk, "keeper")
    keeper.page.forget()
    keeper.settle()
    keeper.press("Ctrl+N")
    fill(keeper, keeper="老张", largest_truck_tonnes="15", bin="B-07")
    keeper.press("Return")
    known = next(one for one in supplies.list_depots(shelf.desk, with_places=True) if one.site.id == site.id)
    assert (known.depot.keeper, known.depot.largest_truck_tonnes, [one.words for one in known.places]) == ("老张", 15, ["", "B-07"])


def test_a_site_that_somebody_made_a_depot_meanwhile_is_refused_in_words(keeper: Keeper, shelf: Ground) -> None:
    site = units.keep_site(acting_as(shelf.desk, "leader"), site=Site(id=Id(""), kind=SiteKind.DEPOT, name="新库", area_id=DISTRICT)).value
    acting_as(shelf.desk, "keeper")
    keeper.page.forget()
    keeper.settle()
    keeper.press("Ctrl+N")
    supplies.keep_depot(shelf.desk, depot=Depot(site.id, DepotKind.STREET_POINT, keeper="老李"))
    fill(keeper, keeper="老张")
    keeper.press("Return")
    assert keeper.page.form.isVisible() and "新库 is a depot already" in keeper.page.form.refusal.text()
    kept = next(one.depot for one in supplies.list_depots(shelf.desk) if one.site.id == site.id)
    assert (kept.keeper, kept.kind) == ("老李", DepotKind.STREET_POINT), "nothing of the other's was overwritten"
    with pytest.raises(DepotThere):
        supplies.keep_depot(shelf.desk, depot=Depot(site.id, DepotKind.WAREHOUSE))


def test_a_depot_tells_keeper_phone_and_whose_goods_it_keeps(keeper: Keeper, shelf: Ground) -> None:
    before = next(one.depot for one in supplies.list_depots(shelf.desk) if one.site.id == shelf.other)
    supplies.keep_depot(shelf.desk, depot=replace(before, kind=DepotKind.CONSIGNED, kept_for="市应急局", phone=""))
    keeper.page.forget()
    keeper.settle()
    told = {words.split()[0]: words for words in texts(keeper.page.lines)}
    assert "管库员 0532-80000001" in told["区救灾物资库"] and "2 docks" in told["区救灾物资库"]
    assert "kept for 市应急局 Consigned stock 管库员 no 24-hour phone" in told["街道储备点"]


def test_a_depot_is_changed_with_what_is_known_of_it(keeper: Keeper, shelf: Ground) -> None:
    page = keeper.page
    row = next(number for number, words in enumerate(texts(page.lines)) if "区救灾物资库" in words)
    page.lines.setCurrentIndex(page.lines.lines_model.index(row, 0))
    keeper.press("E")
    assert page.form.answers["keeper"] == "管库员" and page.form.answers["docks"] == "2"
    fill(keeper, phone="0532-80000002")
    keeper.press("Return")
    depot = next(one.depot for one in supplies.list_depots(shelf.desk) if one.site.id == shelf.depot)
    assert (depot.phone, depot.keeper, depot.docks) == ("0532-80000002", "管库员", 2)


def test_bins_are_added_renamed_and_retired_only_when_empty(keeper: Keeper, shelf: Ground) -> None:
    page = keeper.page
    row = next(number for number, words in enumerate(texts(page.lines)) if "区救灾物资库" in words)
    page.lines.setCurrentIndex(page.lines.lines_model.index(row, 0))
    keeper.press("Alt+N")
    fill(keeper, zone="A", bin="03")
    keeper.press("Return")
    assert "A-03 is there already" in page.form.refusal.text()
    fill(keeper, bin="04", note="靠门")
    keeper.press("Return")
    assert places(shelf, shelf.depot) == ["", "A-03", "A-04"]
    page.bins.setFocus()
    page.bins.setCurrentIndex(page.bins.lines_model.index(2, 0))
    keeper.press("E")
    fill(keeper, bin="05")
    keeper.press("Return")
    assert places(shelf, shelf.depot) == ["", "A-03", "A-05"]
    page.bins.setFocus()
    page.bins.setCurrentIndex(page.bins.lines_model.index(1, 0))
    keeper.press("D")
    assert "Bin A-03 stays: 1 lots stand there" in keeper.notice
    stock.relocate(shelf.desk, asked=shelf.asked(70), to_site_id=shelf.other)
    keeper.settle()
    keeper.press("D")
    assert places(shelf, shelf.depot) == ["", "A-05"]
    keeper.window.notices.do_act()
    keeper.settle()
    assert places(shelf, shelf.depot) == ["", "A-03", "A-05"]


def test_the_panel_beside_the_goods_says_whom_to_ring(keeper: Keeper) -> None:
    keeper.show(STOCK)
    keeper.wait(lambda: "keeper 管库员 · 0532-80000001" in keeper.page.detail.depot.text())
    assert keeper.page.detail.colour.accessibleName() == "Green, cold protection"


def test_what_a_depot_must_hold_is_one_key_away(keeper: Keeper) -> None:
    page = keeper.page
    row = next(number for number, words in enumerate(texts(page.lines)) if "区救灾物资库" in words)
    page.lines.setCurrentIndex(page.lines.lines_model.index(row, 0))
    keeper.press("Alt+E")
    assert keeper.window.page_id == EQUIPMENT
    shown = keeper.page
    keeper.wait(lambda: len(texts(shown.lines)) == 6)
    assert "Fire hose 50 m 0 m 50 m none" in texts(shown.lines)[3] and shown.holder.currentText() == "区救灾物资库"
    assert "Hazardous Chemicals Units GB 30077-2023 ·" in shown.about.text() and "An excerpt" in shown.about.text()
