"""What stands on the papers of stock: what there is, expires, is short, is swapped and moved; and the choice that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldRefused, RoleMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_acts import Asked
from emergency_desk.domain.stock_columns import StockColumn, StockGroup, StockPaper
from emergency_desk.domain.stock_reports import SHAPES, StockAsked, choose, usual_choice
from emergency_desk.domain.stock_sheets import CardLine, Named, StockSheet, TakenBack, Value
from emergency_desk.domain.supplies import ReserveKind, StockTarget
from emergency_desk.services import stock, stock_choices, stock_ledger_papers, stock_papers, supplies
from tests.builders import OTHER_DISTRICT, STREET, acting_as
from tests.services.stock_year import receipt, stocked

C = StockColumn


def table(sheet: StockSheet, *columns: StockColumn) -> list[tuple[object, ...]]:
    """Return some columns of every line, names as their Chinese."""
    places = [sheet.choice.columns.index(column) for column in columns]
    return [tuple(said(row[place]) for place in places) for part in sheet.parts for row in part.rows]


def said(value: Value) -> object:
    return value.text.zh if isinstance(value, Named) else value


def asked(paper: StockPaper, *columns: StockColumn, group: str = "none", order: str = "", **more: object) -> StockAsked:
    return StockAsked(choice=choose(paper, columns=columns, group=group, order=order), **more)  # type: ignore[arg-type]


def sums(sheet: StockSheet, column: StockColumn) -> dict[tuple[object, ...], object]:
    place = sheet.choice.columns.index(column)
    return {(total.kind, total.level, total.unit): total.sums[place] for total in sheet.totals}


# -- the stock report -------------------------------------------------------------------------------------------------
def test_lines_that_differ_in_nothing_shown_become_one_and_items_never_do(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED))
    assert table(sheet, C.ITEM, C.ON_HAND, C.AVAILABLE, C.RESERVED, C.QUARANTINED, C.EXPIRED) == [
        ("饮用水", 2_501, 2_501, 0, 0, 0), ("毛毯", 1_395, 1_210, 100, 30, 55), ("棉被", 700, 700, 0, 0, 0)]
    by_depot = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.DEPOT, C.ON_HAND, group="depot"))
    assert [said(part.name) for part in by_depot.parts][:2] == ["区救灾物资库", "街道储备点"]
    assert ("毛毯", "街道储备点", 340) in table(by_depot, C.ITEM, C.DEPOT, C.ON_HAND)
    assert sums(by_depot, C.ON_HAND) == {(None, None, "条"): 2_095, (None, None, "瓶"): 2_501}


def test_each_kind_of_reserve_has_a_figure_of_its_own(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, C.AGREED, C.A_DAY, item_id=g.item.id))
    assert table(sheet, C.ITEM, C.ON_HAND, C.AGREED, C.A_DAY) == [("毛毯", 1_395, 500, 80)]
    by_kind = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, C.AGREED, C.A_DAY, group="kind", item_id=g.item.id))
    assert [(part.name, [row[2:] for row in part.rows]) for part in by_kind.parts] == [
        (ReserveKind.PHYSICAL, [(1_395, None, None)]), (ReserveKind.CONTRACT, [(None, 500, None)]), (ReserveKind.CAPACITY, [(None, None, 80)])]


def test_what_was_called_off_is_no_longer_left_and_what_ended_is_told(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    promises = {one.kind: one for one in supplies.list_promises(g.desk)}
    agreement, line = promises[ReserveKind.CONTRACT], promises[ReserveKind.CAPACITY]
    supplies.call_off(g.desk, promise_id=agreement.id, quantity=120, told_to="甲")
    supplies.keep_promise(g.desk, promise=replace(line, valid_until=g.today - timedelta(days=1)))
    sheet = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, C.AGREED, C.A_DAY, item_id=g.item.id))
    assert table(sheet, C.AGREED, C.A_DAY) == [(380, None)] and sheet.counts["promises_out"] == 1


def test_an_area_has_what_stands_in_it_alone(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    street = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.DEPOT, C.ON_HAND, area_id=STREET))
    assert {row[1] for row in table(street, C.ITEM, C.DEPOT)} == {"街道储备点"}
    assert stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, area_id=OTHER_DISTRICT)).lines == 0
    depot = stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.ON_HAND, site_id=g.depot))
    assert ("毛毯", 1_055) in table(depot, C.ITEM, C.ON_HAND)


def test_the_chart_shows_the_targets_of_the_place_by_kind(tmp_path: Path) -> None:
    bars = stock_papers.stock_sheet(stocked(tmp_path).desk, asked=StockAsked()).bars
    assert [(bar.kind, bar.held, bar.target) for bar in bars] == [
        (ReserveKind.PHYSICAL, 1_210, 2_000), (ReserveKind.CONTRACT, 500, 800), (ReserveKind.CAPACITY, 80, 20)]


# -- what expires, what is swapped ------------------------------------------------------------------------------------
def test_what_expires_stands_in_its_span_the_earliest_first(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_papers.expiring_sheet(g.desk, asked=asked(StockPaper.EXPIRING, C.LOT, C.DAYS_LEFT, C.ON_HAND, C.EXPIRED, group="span"))
    assert [(part.name, [row[1] for row in part.rows]) for part in sheet.parts] == [(0, ["B3"]), (30, ["B2"]), (180, ["W1", "B1"])]
    assert table(sheet, C.LOT, C.DAYS_LEFT, C.ON_HAND, C.EXPIRED)[:2] == [("B3", -1, 55, 55), ("B2", 14, 340, 0)]
    assert sheet.counts["expired"] == 1 and sheet.counts["lots"] == len(table(sheet, C.LOT)) == 4
    only = stock_papers.expiring_sheet(g.desk, asked=asked(StockPaper.EXPIRING, C.LOT, C.ON_HAND, days=0))
    assert table(only, C.LOT) == [("B3",)]


def test_a_lot_is_swapped_before_a_third_of_its_life_is_left(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_papers.rotation_sheet(g.desk, asked=asked(StockPaper.ROTATION, C.LOT, C.ROTATE_BY, C.LIFE_LEFT, C.PARTNER, C.TO_ROTATE,
                                                            group="month"))
    lots = {row[0]: row[1:] for row in table(sheet, C.LOT, C.ROTATE_BY, C.PARTNER, C.TO_ROTATE)}
    made, expires = g.today - timedelta(days=906), g.today + timedelta(days=174)
    assert lots["B1"] == (expires - timedelta(days=(expires - made).days // 3), "甲厂 tract", 870)
    assert "B3" not in lots and sheet.counts["expired"] == 1 and sheet.parts[0].name == ""
    near = stock_papers.rotation_sheet(g.desk, asked=asked(StockPaper.ROTATION, C.LOT, C.TO_ROTATE, days=1))
    assert ("B1",) in table(near, C.LOT) and ("W1",) not in table(near, C.LOT)


# -- shortfall --------------------------------------------------------------------------------------------------------
def test_an_agreement_fills_no_shelf_and_tiers_are_summed_apart(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_papers.shortfall_sheet(g.desk, asked=asked(StockPaper.SHORTFALL, C.PLACE, C.HELD, C.BELOW_MINIMUM, C.SHORT, group="kind"))
    assert [(part.name, [row[:1] for row in part.rows]) for part in sheet.parts if part.name is ReserveKind.CAPACITY] == []
    assert sorted(table(sheet, C.PLACE, C.HELD, C.BELOW_MINIMUM, C.SHORT)) == [
        ("东台街道", 340, 60, 160), ("北河区", 500, 100, 300), ("北河区", 1_210, 0, 790)]
    assert sums(sheet, C.SHORT) == {
        (ReserveKind.PHYSICAL, Tier.DISTRICT, "条"): 790, (ReserveKind.PHYSICAL, Tier.STREET, "条"): 160,
        (ReserveKind.CONTRACT, Tier.DISTRICT, "条"): 300}
    assert sheet.counts == {"targets": 4, "short": 3, "below": 2}


def test_a_target_of_one_depot_has_sums_of_its_own(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    supplies.keep_target(g.desk, target=StockTarget(id=Id(""), item_id=g.item.id, kind=ReserveKind.PHYSICAL, minimum=1, target=1_500,
                                                    site_id=g.depot))
    sheet = stock_papers.shortfall_sheet(g.desk, asked=StockAsked())
    assert sums(sheet, C.SHORT)[ReserveKind.PHYSICAL, StockColumn.DEPOT, "条"] == 1_500 - 870


# -- the ledger -------------------------------------------------------------------------------------------------------
def test_what_goes_from_one_depot_to_another_stands_in_both(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    sheet = stock_ledger_papers.movements_sheet(g.desk, asked=asked(
        StockPaper.MOVEMENTS, C.LOT, C.COUNTERPART, C.COMES, C.GOES, C.WITHIN, group="depot"))
    lines = {(said(part.name), *map(said, row)) for part in sheet.parts for row in part.rows}
    assert ("区救灾物资库", "饮用水", "W1", "街道储备点", "瓶", None, 405, None) in lines
    assert ("街道储备点", "饮用水", "W1", "区救灾物资库", "瓶", 405, None, None) in lines
    assert sums(sheet, C.COMES)[None, None, "条"] == 1_200 + 340 + 55 + 700
    assert sums(sheet, C.GOES)[None, None, "条"] == 200 and sums(sheet, C.WITHIN)[None, None, "条"] == 130


def test_only_the_days_asked_for_are_told_and_a_taking_back_says_so(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    first = g.today - timedelta(days=6)
    early = stock_ledger_papers.movements_sheet(g.desk, asked=asked(StockPaper.MOVEMENTS, C.MOVEMENT, C.COMES, C.GOES, until_on=first))
    assert sums(early, C.GOES)[None, None, "条"] is None
    document = stock.receive(g.desk, receipt=receipt(g, "B9", 11)).value.number
    stock.void_document(g.desk, number=document, reason="写错")
    late = stock_ledger_papers.movements_sheet(g.desk, asked=asked(StockPaper.MOVEMENTS, C.MOVEMENT, C.COMES, C.GOES, from_on=g.today))
    assert (TakenBack(stock.MovementKind.PURCHASE_IN), None, 11) in table(late, C.MOVEMENT, C.COMES, C.GOES)


def test_an_exercise_stands_on_no_paper_of_a_desk_in_earnest(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    before = stock_ledger_papers.movements_sheet(g.desk, asked=StockAsked()).lines
    g.desk.is_exercise = True
    stock.issue(g.desk, asked=g.asked(5))
    assert stock_ledger_papers.movements_sheet(g.desk, asked=StockAsked()).lines == before + 1
    g.desk.is_exercise = False
    assert stock_ledger_papers.movements_sheet(g.desk, asked=StockAsked()).lines == before


def test_the_card_ends_with_what_the_shelf_has(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    card = stock_ledger_papers.card_sheet(g.desk, asked=asked(StockPaper.CARD, C.LOT, C.COMES, C.GOES, C.BALANCE, group="depot",
                                                              item_id=g.item.id))
    at = card.choice.columns.index(C.BALANCE)
    ends = {said(part.name): part.totals[0].sums[at] for part in card.parts}
    assert ends == {"区救灾物资库": sum(g.there()), "街道储备点": sum(g.there(g.other))}
    balances = [row[at] for row in card.parts[0].rows]
    assert balances[-1] == 1_055 and min(map(int, map(str, balances))) >= 0
    one_lot = stock_ledger_papers.card_sheet(g.desk, asked=StockAsked(item_id=g.item.id, lot_id=g.lot("B2")))
    assert one_lot.lot == "B2" and one_lot.lines == 1


def test_a_card_from_a_day_on_begins_with_what_was_there(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    card = stock_ledger_papers.card_sheet(g.desk, asked=asked(StockPaper.CARD, C.MOVEMENT, C.COMES, C.GOES, C.BALANCE, group="depot",
                                                              item_id=g.item.id, from_on=g.today))
    assert table(card, C.MOVEMENT, C.BALANCE)[0] == (CardLine.BROUGHT_FORWARD, 1_255)
    assert card.parts[0].totals[0].sums[-1] == 1_055


# -- the choice -------------------------------------------------------------------------------------------------------
def test_each_account_finds_its_own_choice_again(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    mine = choose(StockPaper.STOCK, columns=("depot", "on_hand"), group="area", order="on_hand")
    stock_choices.keep_choice(g.desk, paper=StockPaper.STOCK, choice=mine)
    assert stock_choices.read_choice(g.desk, paper=StockPaper.STOCK) == mine
    assert stock_papers.stock_sheet(g.desk, asked=StockAsked()).choice == mine
    assert stock_choices.read_choice(g.desk, paper=StockPaper.EXPIRING) == usual_choice(StockPaper.EXPIRING)
    acting_as(g.desk, "leader")
    assert stock_choices.read_choice(g.desk, paper=StockPaper.STOCK) == usual_choice(StockPaper.STOCK)
    acting_as(g.desk, "observer")
    with pytest.raises(RoleMissing):
        stock_choices.keep_choice(g.desk, paper=StockPaper.STOCK, choice=mine)


def test_a_choice_that_a_paper_cannot_show_is_refused_with_what_it_can(tmp_path: Path) -> None:
    for wrong in ({"columns": ("colour",)}, {"group": "span"}, {"order": "lot"}):
        with pytest.raises(FieldRefused) as refused:
            choose(StockPaper.STOCK, **wrong)  # type: ignore[arg-type]
        assert refused.value.values["reason"] == "choice"


@pytest.mark.parametrize("name", list(StockPaper))
def test_every_paper_can_show_every_column_in_every_group(tmp_path: Path, name: StockPaper) -> None:
    g = stocked(tmp_path)
    read = {StockPaper.STOCK: stock_papers.stock_sheet, StockPaper.EXPIRING: stock_papers.expiring_sheet,
            StockPaper.SHORTFALL: stock_papers.shortfall_sheet, StockPaper.ROTATION: stock_papers.rotation_sheet,
            StockPaper.MOVEMENTS: stock_ledger_papers.movements_sheet, StockPaper.CARD: stock_ledger_papers.card_sheet}[name]
    told: dict[StockGroup, int] = {}
    for group in SHAPES[name].groups:
        for order in SHAPES[name].columns:
            sheet = read(g.desk, asked=StockAsked(choice=choose(name, columns=SHAPES[name].columns, group=group, order=order)))
            told[group] = sheet.lines
            assert sheet.lines == sum(len(part.rows) for part in sheet.parts) > 0
    assert len(set(told.values())) == 1  # a band parts lines and loses none


def _days(dates: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in dates]


def test_figures_are_sorted_the_largest_first_and_words_rising(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    largest = table(stock_papers.stock_sheet(g.desk, asked=asked(StockPaper.STOCK, C.DEPOT, C.ON_HAND, order="on_hand")), C.ON_HAND)
    assert [row[0] for row in largest if row[0] is not None] == sorted((row[0] for row in largest if row[0] is not None), reverse=True)
    by_date = table(stock_papers.expiring_sheet(g.desk, asked=asked(StockPaper.EXPIRING, C.EXPIRES, C.ON_HAND, order="expires")), C.EXPIRES)
    assert _days(row[0] for row in by_date) == sorted(_days(row[0] for row in by_date))  # type: ignore[misc]


def test_a_relocation_within_one_depot_changes_no_card(tmp_path: Path) -> None:
    g = stocked(tmp_path)
    stock.relocate(g.desk, asked=Asked(item_id=g.item.id, site_id=g.depot, quantity=10), to_site_id=g.depot, to_place_id=g.bin)
    card = stock_ledger_papers.card_sheet(g.desk, asked=asked(StockPaper.CARD, C.WITHIN, C.BALANCE, group="depot", item_id=g.item.id))
    assert card.parts[0].rows[-1][-2:] == (10, 1_055)
