"""The plan page's check and its answer for tonight: what is wrong leads to its clause, and the colours follow teams and shelters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_readiness import ShortfallKind
from emergency_desk.domain.plan_records import LegalBasis
from emergency_desk.domain.plan_shelf import HeldPlans
from emergency_desk.domain.plan_shelters import NoPlaces
from emergency_desk.domain.shelters import Inspected, Shelter, ShelterState, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_acts import Receipt
from emergency_desk.domain.supplies import Depot, DepotKind, SupplyItem
from emergency_desk.domain.teams import TeamState
from emergency_desk.domain.texts import Text
from emergency_desk.services import founding, plan_checks, shelters, stock, supplies, teams, units
from emergency_desk.ui.plans.reader import PlansPage
from emergency_desk.ui.plans.side import View
from emergency_desk.ui.widgets.shapes import Shape
from emergency_desk.wording import catalog
from tests.builders import DISTRICT, acting_as, team, trade, with_plans
from tests.ui.fitting import cut_labels
from tests.ui.test_plan_reader import FIRE, Seat


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path)
    yield seat
    seat.window.close()
    seat.desk.store.close()


def spoil(seat: Seat) -> None:
    """Let the fire plan rest on the law of 2007 and set an action at a clause of the street."""
    plan = trade().plan(FIRE, "1.0")
    law = LegalBasis(title=Text("中华人民共和国突发事件应对法", "Emergency Response Law"), number="2007-11-01")
    wrong = replace(plan, basis=(law,), actions=tuple(replace(one, clause="2.5") if one.id == "d03" else one for one in plan.actions))
    with_plans(seat.desk, *(wrong if one.code == FIRE else one for one in trade().current_plans))


def told(page: PlansPage) -> list[str]:
    return [line.cells[0].text for line in page.side.check.list.lines]


def tonight(page: PlansPage, tier: Tier) -> dict[str, tuple[str, Shape, str]]:
    """Return level → word, shape and what binds first."""
    return {line.key.split()[1]: (line.cells[1].text, line.cells[1].shape, line.cells[2].text) for line in page.side.tonight.list.lines
            if line.key.startswith(f"{tier.value} ")}


def test_the_check_tells_what_is_wrong_first_and_leads_to_its_clause(seat: Seat, qtbot: QtBot) -> None:
    spoil(seat)
    page = seat.open()
    seat.window.acts.do("plans_check")
    assert (page.side.view, page.side.check.list.hasFocus()) == (View.CHECK, True)
    assert told(page)[0] == "Wrong" and "To be filled in" in told(page)
    assert any("in force until" in line and "2024" in line for line in told(page))
    found = next(line for line in page.side.check.list.lines if "binds another tier" in line.cells[0].text)
    page.side.check.list.choose(found.key)
    assert page.text.marked == "2.5"
    assert page.side.check.list.hasFocus()
    qtbot.keyClick(page.side.check.list, Qt.Key.Key_Down)
    assert page.side.view is View.CHECK


def test_a_finding_without_a_clause_leaves_the_text_where_it_is(seat: Seat) -> None:
    bare = replace(trade().plan(FIRE, "1.0"), title=Text("建筑火灾应急预案"))
    seat.desk.trade = replace(seat.desk.trade, shelf=HeldPlans((bare,)).shelf())
    page = seat.open("4.1")
    seat.window.acts.do("plans_check")
    found = next(line for line in page.side.check.list.lines if line.cells[0].text.startswith("Title without English"))
    page.side.check.list.opened.emit(found.key)
    assert page.text.marked == "4.1"


def test_tonight_tells_each_level_in_word_and_shape_with_what_binds_first(seat: Seat) -> None:
    page = seat.open()
    seat.window.acts.do("plans_tonight")
    district = tonight(page, Tier.DISTRICT)
    assert list(district) == ["I", "II", "III", "IV"]
    word, shape, why = district["I"]
    assert (word, shape) == ("Short", Shape.UNAVAILABLE)
    assert why.startswith("Fire fighting: 6 asked for, 2 ready (1 needed for other work, 1 not this tier's to order)")
    word, shape, why = district["IV"]
    assert (word, shape) == ("Doubtful", Shape.DOUBTFUL)
    page.side.tonight.list.choose("tier_district I")
    assert page.text.marked == "5.2.5"


def test_the_answer_follows_a_team_that_goes_out_of_service(seat: Seat) -> None:
    page = seat.open()
    before = tonight(page, Tier.DISTRICT)["IV"]
    for number in (101, 102):
        done = teams.report_state(seat.desk, team_id=team(number, "x").id, to=TeamState.UNAVAILABLE)
        seat.place.background.announce(done.changes)
    word, _shape, why = tonight(page, Tier.DISTRICT)["IV"]
    assert before[0] == "Doubtful"
    assert (word, why) == ("Short", "Fire fighting: 2 asked for, 1 ready (2 not ready, 1 not this tier's to order)")


def test_the_answer_follows_the_shelters(seat: Seat) -> None:
    def places() -> tuple[int, int, tuple[tuple[NoPlaces, int], ...]]:
        plan = trade().plan("typhoon_flood", "1.0")
        levels = plan_checks.look_over(seat.desk, plan=plan).levels
        third = next(line for line in levels if (line.tier, line.level.value) == (Tier.DISTRICT, "III"))
        only = next(one for one in third.shortfalls if one.kind in (ShortfallKind.PLACES, ShortfallKind.DOUBTFUL_PLACES))
        return only.there, only.doubtful, only.barred

    keeper, gym = acting_as(seat.desk, "keeper"), Id("5" * 32)
    founding.fill(seat.desk, teams=(), sites=[Site(id=gym, kind=SiteKind.SHELTER, name="体育馆", area_id=DISTRICT, effective_area_m2=150)])
    assert places() == (0, 0, ((NoPlaces.NOT_KEPT, 1),))
    shelters.keep_shelter(keeper, shelter=Shelter(id=gym, tier=ShelterTier.COUNTY))
    assert places() == (0, 150, ((NoPlaces.NOT_INSPECTED, 1),))
    shelters.note_inspection(keeper, shelter_id=gym, inspected=Inspected.FIT)
    assert places() == (150, 0, ())  # a square metre each for up to three days
    shelters.move_shelter(acting_as(seat.desk, "leader"), shelter_id=gym, to=ShelterState.UNSAFE, reason="墙体开裂")
    assert places() == (0, 0, ((NoPlaces.STATE, 1),))
    units.retire_site(keeper, site_id=gym)
    assert places() == (0, 0, ())


def test_the_answer_follows_the_stock(seat: Seat) -> None:
    def blankets() -> str:
        seat.window.acts.do("plans_tonight")
        line = next(line for line in page.side.tonight.list.lines if line.key == "tier_district III")
        return next((one for one in line.cells[2].hint.splitlines() if "lanket" in one or "No stock" in one), "")

    page, desk = seat.open(), seat.desk
    assert blankets().startswith("No stock is kept in this program")
    keeper = acting_as(desk, "leader")
    site = units.keep_site(keeper, site=Site(
        id=Id(""), kind=SiteKind.DEPOT, name="Far depot", area_id=DISTRICT, latitude=36.4, longitude=120.4)).value
    supplies.keep_depot(keeper, depot=Depot(site.id, DepotKind.WAREHOUSE, loading_minutes=90))
    asked = next(item for item in trade().plan(FIRE, "1.0").items if item.name.en.startswith("Blanket"))
    item = supplies.keep_item(keeper, item=SupplyItem(id=Id(""), code=asked.code, name="毛毯", unit=asked.unit.zh)).value
    got = stock.receive(keeper, receipt=Receipt(item_id=item.id, site_id=site.id, quantity=50, lot_number="B1"))
    seat.place.background.announce(got.changes)
    assert blankets() == "Blanket: 200 pieces asked for, 50 available"
    got = stock.receive(keeper, receipt=Receipt(item_id=item.id, site_id=site.id, quantity=950, lot_number="B2"))
    seat.place.background.announce(got.changes)
    assert blankets().startswith("Blanket: 200 pieces needed by T+45, 0 there by then; enough only about T+")
    assert blankets().endswith("with 1,000 in Far depot")


def test_the_list_of_plans_tells_the_worst_of_tonight_at_this_desk(seat: Seat) -> None:
    page = seat.open()
    assert {(line.cells[2].text, line.cells[2].shape) for line in page.plans.lines} == {("Short", Shape.UNAVAILABLE)}


def test_a_plan_that_is_opened_at_a_clause_stays_there_while_its_findings_come_in(seat: Seat) -> None:
    page = seat.open()
    seat.window.acts.do("plans_check")
    page.side.check.list.choose(page.side.check.list.lines[-1].key)
    seat.open("5.2.5", code="hazmat")
    assert (page.side.view, page.text.marked) == (View.CHECK, "5.2.5")


def test_another_plan_is_looked_over_when_it_is_chosen(seat: Seat) -> None:
    page = seat.open()
    before = told(page)
    page.plans.choose("hazmat 1.0")
    assert told(page) != before


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_views_fit_the_small_screen_in_both_languages(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    catalog.use_language(language)
    seat = Seat(qtbot, tmp_path)
    spoil(seat)
    seat.window.resize(1366, 768)
    page = seat.open()
    for act in ("plans_check", "plans_tonight", "plans_levels"):
        seat.window.acts.do(act)
        qtbot.wait(20)
        assert cut_labels(page) == [], act
    seat.window.close()
    seat.desk.store.close()
