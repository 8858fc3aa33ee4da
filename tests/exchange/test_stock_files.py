"""The catalogue of supplies and the numbers of stock keeping, as they ship and with slips in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.catalogue import Catalogue, PackColour
from emergency_desk.domain.errors import BadFile
from emergency_desk.exchange.stock_files import read_allocation_rules, read_catalogue, read_stock_rules
from emergency_desk.exchange.yaml_places import open_text

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "reference"
SHIPPED = (FOLDER / "supply_catalogue.yaml").read_text(encoding="utf-8")
ALLOCATION = (FOLDER / "allocation.yaml").read_text(encoding="utf-8")
STOCK = (FOLDER / "stock.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(open_text(SHIPPED, "supply_catalogue.yaml"))


def test_every_class_stands_below_one_that_is_there(catalogue: Catalogue) -> None:
    assert len(catalogue.entries) == 916
    assert [one.code for one in catalogue.below("")] == ["1000000", "2000000", "3000000"]
    for one in catalogue.entries:
        assert [above.level for above in catalogue.path(one.code)] == list(range(1, one.level + 1))


def test_what_the_scan_left_open_is_marked(catalogue: Catalogue) -> None:
    doubtful = {one.code for one in catalogue.entries if one.doubt}
    assert {"2030702", "2183600", "2050402", "2210202"} <= doubtful and "1110202" not in doubtful
    for one in catalogue.entries:
        assert "=" not in one.name.zh and not one.name.zh.startswith("H")
        if one.level > 1 and one.name.zh.startswith("其他") and not one.takes_the_rest:
            assert one.doubt, f"{one.code} says it takes the rest and is not numbered so"


def test_packaging_colours(catalogue: Catalogue) -> None:
    expected = {"2030102": PackColour.RED, "2010110": PackColour.RED, "2060203": PackColour.ORANGE, "1100401": PackColour.YELLOW,
                "1110202": PackColour.GREEN, "1120100": PackColour.GREEN, "1130501": PackColour.BLUE, "x-7": PackColour.BLUE}
    assert {code: catalogue.colour_of(code) for code in expected} == expected


def test_an_entry_is_found_by_code_and_by_word(catalogue: Catalogue) -> None:
    assert [one.code for one in catalogue.find("毯子")][:1] == ["1110202"]
    assert catalogue.find("11102")[0].code == "1110200"
    assert "2070201" in {one.code for one in catalogue.find("torches")}


@pytest.mark.parametrize(("old", "new"), [
    ("1010100|面粉|Wheat flour||", "1010100|面粉|Wheat flour|"), ("1010100|面粉", "10101|面粉"), ("1010100|面粉", "1010000|面粉"),
    ("1010100|面粉", "1770100|面粉"), ("colour: red", "colour: pink"), ("heaviest_kg: 23", "heaviest_kg: some"),
])
def test_a_slip_in_the_catalogue_is_refused_with_its_place(old: str, new: str) -> None:
    assert old in SHIPPED
    with pytest.raises(BadFile) as refused:
        read_catalogue(open_text(SHIPPED.replace(old, new, 1), "supply_catalogue.yaml"))
    assert refused.value.values["line"] > 0


def test_the_numbers_of_stock_keeping_as_they_ship() -> None:
    rules = read_stock_rules(open_text(STOCK, "stock.yaml"))
    assert (rules.usable_on_the_day, rules.alarm_days, rules.count_days, rules.hours) == (False, (180, 90, 30), 90, (2, 6, 24, 72))
    assert rules.expiry_basis is not None and (rules.expiry_basis.source, rules.expiry_basis.article) == ("SDG20", "43")


@pytest.mark.parametrize(("old", "new"), [("[180, 90, 30]", "[]"), ("[180, 90, 30]", "[30, 30]"), ("source: HOUSE", "source: NOWHERE"),
                                          ('usable_on_the_day: "no"', "usable_on_the_day: perhaps")])
def test_a_slip_in_the_numbers_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadFile):
        read_stock_rules(open_text(STOCK.replace(old, new, 1), "stock.yaml"))


def test_the_numbers_of_an_allocation_are_the_house_s_own_and_say_so() -> None:
    rules = read_allocation_rules(open_text(ALLOCATION, "allocation.yaml"))
    assert rules.basis is not None and rules.basis.is_house_estimate
    assert (rules.reach_minutes, rules.late_factor, rules.minute_weights) == (240, 10, (4, 2, 1))
    assert (rules.loading_minutes, rules.lorry_tonnes) == (60, 5)


@pytest.mark.parametrize(("before", "after"), [("[4, 2, 1]", "[1, 2, 4]"), ("[4, 2, 1]", "[4, 2]"), ("[4, 2, 1]", "[4, 2, 0]"),
                                               ("lorry_tonnes: 5", "lorry_tonnes: 0"), ("reach_minutes: 240", "reach_minutes: far")])
def test_a_slip_in_the_numbers_of_an_allocation_is_refused(before: str, after: str) -> None:
    with pytest.raises(BadFile):
        read_allocation_rules(open_text(ALLOCATION.replace(before, after), "allocation.yaml"))
