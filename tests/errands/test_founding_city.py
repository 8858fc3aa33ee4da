"""A city of one's own: which desk a code gives, how far its tree goes, and what is refused before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from emergency_desk.app.founding import division_finder, found_store
from emergency_desk.app.opening import open_desk
from emergency_desk.domain.accounts import Role
from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import (
    AreaIsHeading,
    AreaUnknown,
    DeskFounded,
    FieldMissing,
    FieldUnreadable,
    PasswordsDiffer,
    WrongPassword,
)
from emergency_desk.errands.division_finding import DivisionFinder
from emergency_desk.errands.founding_city import Founded, Wanted, below
from emergency_desk.services import accounts, boards, calls, integrity
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock

PASSWORD = "correct horse"
Found = Callable[..., tuple[Desk, Founded]]


@pytest.fixture(scope="module")
def china() -> DivisionFinder:
    return division_finder()


@pytest.fixture
def found(tmp_path: Path, china: DivisionFinder) -> Found:
    def _found(area: str, **more: str) -> tuple[Desk, Founded]:
        path = tmp_path / f"{area}.store"
        founded = found_store(path, Wanted(area=area, account="wang", password=PASSWORD, **more), finder=china, clock=SetClock())
        desk = open_desk(path, clock=SetClock())
        accounts.sign_in(desk, name="wang", password=PASSWORD)
        return desk, founded

    return _found


def tiers(desk: Desk) -> Counter[Tier]:
    return Counter(area.tier for area in desk.tree.by_id.values())


def test_qingdao_has_the_whole_ladder_and_an_empty_register(found: Found) -> None:
    desk, founded = found("3702")
    assert (desk.area.name, desk.tier, desk.facts.code, desk.facts.name) == ("青岛市", Tier.CITY, "370200", "青岛市应急指挥中心")
    assert desk.facts.name_en == "Qingdao City Operations Centre"
    assert tiers(desk)[Tier.DISTRICT] == 10
    assert tiers(desk)[Tier.VILLAGE] > 1_000
    assert founded.note == ""
    board = boards.duty_board(desk)
    assert board.incidents == ()
    assert integrity.check(desk).is_sound


def test_a_district_desk_stands_in_its_citys_tree_and_acts_for_the_district(found: Found) -> None:
    desk, _founded = found("370203", desk_code="QDSB")
    assert (desk.area.name, desk.tier, desk.facts.code) == ("市北区", Tier.DISTRICT, "QDSB")
    assert [area.name for area in desk.tree.path(desk.area_id)] == ["青岛市", "市北区"]


def test_a_street_desk_is_a_duty_office(found: Found) -> None:
    desk, _founded = found("370203021000")
    assert (desk.area.name, desk.tier, desk.facts.code) == ("台东街道", Tier.STREET, "370203021")
    assert desk.facts.name == "台东街道应急值班室"


@pytest.mark.parametrize(("code", "name", "streets"), [
    ("442000", "中山市", 23), ("4419", "东莞市", 32), ("4604", "儋州市", 17), ("6202", "嘉峪关市", 3),
])
def test_a_city_without_districts_has_a_ladder_of_two_rungs(
    found: Found, china: DivisionFinder, code: str, name: str, streets: int,
) -> None:
    desk, _founded = found(code)
    assert (desk.area.name, desk.tier) == (name, Tier.CITY)
    assert Tier.DISTRICT not in tiers(desk)
    assert len(desk.tree.children(desk.area_id)) >= streets
    assert below(china, china.settle(code)).rungs == (Tier.STREET, Tier.CITY)


@pytest.mark.parametrize("code", ["11", "1101", "110100", "110000000000"])
def test_a_municipality_is_the_city_of_its_districts(found: Found, code: str) -> None:
    desk, _founded = found(code)
    assert (desk.area.name, desk.area.name_en, desk.tier) == ("北京市", "Beijing", Tier.CITY)
    assert [area.tier for area in desk.tree.children(desk.area_id)] == [Tier.DISTRICT] * 16


def test_a_unit_straight_under_its_province_is_a_city_of_its_own(found: Found, china: DivisionFinder) -> None:
    desk, _founded = found("429004")
    assert (desk.area.name, desk.area.name_en, desk.tier, desk.area.parent_id) == ("仙桃市", "Xiantao", Tier.CITY, None)
    assert tiers(desk).keys() == {Tier.CITY, Tier.STREET, Tier.VILLAGE}
    assert below(china, china.settle("429004")).rungs == (Tier.STREET, Tier.CITY)


def test_a_province_desk_has_its_tree_to_the_street(found: Found) -> None:
    desk, _founded = found("370000")
    assert (desk.area.name, desk.tier) == ("山东省", Tier.PROVINCE)
    assert Tier.VILLAGE not in tiers(desk)


def test_a_village_is_served_by_the_desk_of_its_street(found: Found) -> None:
    desk, founded = found("370203021001")
    assert (desk.area.name, desk.tier) == ("台东街道", Tier.STREET)
    assert "has no desk of its own" in founded.note


@pytest.mark.parametrize(("typed", "today", "year"), [
    ("370205", "市北区", 2012), ("四方区", "市北区", 2012), ("370284", "黄岛区", 2012),
    ("即墨市", "即墨区", 2017), ("370282000000", "即墨区", 2017),
    ("3712", "莱芜区", 2018), ("379013", "即墨区", 1995),
])
def test_an_old_code_or_name_finds_its_successor_with_a_note(china: DivisionFinder, typed: str, today: str, year: int) -> None:
    settled = china.settle(typed)
    assert settled.division.name == today
    assert f"({year})" in settled.note


@pytest.mark.parametrize(("typed", "nearest"), [
    ("370299", "莱西市"), ("370203999", "双山街道"), ("370203021999", "台东街道"),
    ("9999", "新疆维吾尔自治区"), ("37020", "市南区"), ("青岛", "青岛市"), ("", ""),
    ("no such place", ""),
])
def test_an_unknown_code_is_refused_with_the_nearest_name(china: DivisionFinder, typed: str, nearest: str) -> None:
    with pytest.raises(AreaUnknown) as refused:
        china.settle(typed)
    assert refused.value.values["nearest"] == nearest


@pytest.mark.parametrize(("typed", "unit"), [
    ("419000", "济源市 419001"), ("4290", "仙桃市 429004"), ("469000", "五指山市 469001"), ("659000", "石河子市 659001"),
])
def test_a_heading_of_the_statistics_is_refused_with_the_units_below_it(china: DivisionFinder, typed: str, unit: str) -> None:
    with pytest.raises(AreaIsHeading) as refused:
        china.settle(typed)
    assert refused.value.values["units"][0] == unit


def test_a_name_that_several_places_bear_is_not_guessed(china: DivisionFinder) -> None:
    with pytest.raises(AreaUnknown):
        china.settle("朝阳区")


@pytest.mark.parametrize(("text", "first"), [
    ("qingdao", "青岛市"), ("zhongshan", "中山市"), ("370203", "市北区"), ("台东", "台东街道"),
    ("即墨市", "即墨区"), ("beijing", "北京市"), ("xiantao", "仙桃市"),
    ("３７０２", "青岛市"),
])
def test_a_place_is_found_by_characters_pinyin_and_code(china: DivisionFinder, text: str, first: str) -> None:
    assert first in [found.name for found in china.find(text)][:2]


def test_streets_are_found_by_sound_inside_their_city(china: DivisionFinder) -> None:
    assert [found.name for found in china.find("tdjd", below="3702")] == ["台东街道"]
    assert china.find("tdjd") == []


# -- who and what is refused ------------------------------------------------------------------------------------------
def test_the_first_account_holds_every_role_and_its_password_is_hashed(found: Found) -> None:
    desk, _founded = found("4420")
    assert desk.account is not None
    assert desk.account.roles == tuple(Role)
    with desk.reading() as reading:
        assert reading.password_hash(desk.account.id).startswith("$argon2id$")
    with pytest.raises(WrongPassword):
        accounts.sign_in(desk, name="wang", password="wrong")
    assert not desk.facts.is_demo


@pytest.mark.parametrize(("wanted", "refusal"), [
    (Wanted(area="3702", account="wang", password=" "), FieldMissing), (Wanted(area="3702", account=" ", password="x"), FieldMissing),
    (Wanted(area=" ", account="wang", password="x"), FieldMissing), (Wanted(area="370299", account="wang", password="x"), AreaUnknown),
    (Wanted(area="3702", account="wang", password="x", password_again="y"), PasswordsDiffer),
    (Wanted(area="3702", account="wang", password="x", desk_code="3702/03"), FieldUnreadable),
    (Wanted(area="3702", account="wang", password="x", desk_code="1"), FieldUnreadable),
])
def test_nothing_is_left_behind_where_founding_is_refused(
    tmp_path: Path, china: DivisionFinder, wanted: Wanted, refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        found_store(tmp_path / "desk.store", wanted, finder=china)
    assert list(tmp_path.iterdir()) == []


def test_a_founded_store_is_never_founded_again(found: Found, china: DivisionFinder) -> None:
    desk, _founded = found("4420")
    before = desk.store.path.read_bytes()
    with pytest.raises(DeskFounded) as refused:
        found_store(desk.store.path, Wanted(area="3702", account="li", password="x"), finder=china)
    assert refused.value.values["desk"] == "中山市应急指挥中心"
    assert desk.store.path.read_bytes() == before


# -- an empty desk works ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["4420", "370203", "370203021", "11", "429004", "37"])
def test_the_first_call_is_saved_without_teams_positions_or_plans_of_ones_own(found: Found, code: str) -> None:
    desk, _founded = found(code)
    area = next(area for area in desk.tree.children(desk.area_id))
    draft = story.fire(area_id=area.id, latitude=None, longitude=None)
    advice = calls.advise(desk, draft=draft)
    assert advice.recommendation is not None
    assert tuple(advice.recommendation.choices) == ()
    taken = calls.take_call(desk, draft=draft).value
    assert taken.orders == ()
    assert taken.incident.number.startswith(f"{desk.facts.code}-2026-0001")
    assert integrity.check(desk).is_sound
