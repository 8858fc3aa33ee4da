"""The shipped divisions of China: real offices only, from the provinces down to villages and communities."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile, NotFound
from emergency_desk.exchange.divisions import Division, Divisions, read_divisions
from emergency_desk.exchange.yaml_text import load

REFERENCE = Path(__file__).resolve().parents[2] / "resources" / "reference"


@pytest.fixture(scope="module")
def china() -> Divisions:
    return read_divisions(REFERENCE / "divisions")


def names(divisions: tuple[Division, ...]) -> list[str]:
    return [division.name for division in divisions]


def test_china_has_31_provinces_and_41352_street_tier_units(china: Divisions) -> None:
    everything = [division for province in china.provinces() for division in china.subtree(province.code)]
    assert Counter(division.tier for division in everything) == {
        "tier_province": 31, "tier_city": 333, "tier_district": 2974, "tier_street": 41352,
    }
    assert len(everything) == len(china)


def test_qingdao_has_ten_districts(china: Divisions) -> None:
    assert names(china.children("3702")) == [
        "市南区", "市北区", "黄岛区", "崂山区", "李沧区", "城阳区", "即墨区", "胶州市", "平度市", "莱西市",
    ]
    assert {district.tier for district in china.children("3702")} == {"tier_district"}


def test_shinan_has_eleven_streets(china: Divisions) -> None:
    streets = china.children("370202")
    assert len(streets) == 11
    assert streets[0] == Division("370202001", "香港中路街道", "370202", "tier_street")


def test_a_nature_reserve_that_is_counted_like_a_street_is_a_street_tier_unit(china: Divisions) -> None:
    assert china.find("370211401") == Division("370211401", "灵山岛省级自然保护区", "370211", "tier_street")


@pytest.mark.parametrize("city", ["4419", "4420", "4604", "6202"])
def test_a_city_without_districts_has_its_streets_straight_under_it(china: Divisions, city: str) -> None:
    assert {(unit.tier, unit.parent) for unit in china.children(city)} == {("tier_street", city)}
    assert f"{city}00" not in china and f"{city}01" not in china


def test_zhongshan_keeps_the_codes_of_its_units(china: Divisions) -> None:
    assert names(china.path("442000005")) == ["广东省", "中山市", "南区街道"]


@pytest.mark.parametrize(("municipality", "districts"), [("11", 16), ("12", 16), ("31", 16), ("50", 38)])
def test_the_districts_and_counties_of_a_municipality_are_straight_under_it(china: Divisions, municipality: str, districts: int) -> None:
    assert [unit.tier for unit in china.children(municipality)] == ["tier_district"] * districts


@pytest.mark.parametrize("dummy", ["1101", "1201", "3101", "5001", "5002", "4190", "4290", "4690", "6590"])
def test_layers_that_no_office_stands_for_are_left_out(china: Divisions, dummy: str) -> None:
    assert dummy not in china
    with pytest.raises(NotFound):
        china.find(dummy)


def test_a_county_level_city_of_the_province_is_straight_under_the_province(china: Divisions) -> None:
    assert china.find("419001") == Division("419001", "济源市", "41", "tier_district")
    assert {"4101", "419001"} <= {unit.code for unit in china.children("41")}


def test_a_subtree_tells_each_division_before_those_under_it(china: Divisions) -> None:
    qingdao = china.subtree("3702")
    told = {""}
    assert qingdao[0].name == "青岛市"
    for division in qingdao[1:]:
        told.add(qingdao[0].code)
        assert division.parent in told
        told.add(division.code)
    assert len(qingdao) == 1 + 10 + sum(len(china.children(district.code)) for district in china.children("3702"))


def test_villages_are_read_for_a_city_a_district_and_a_street(china: Divisions) -> None:
    city, district, street = (china.villages(code) for code in ("3702", "370202", "370202001"))
    assert set(street) < set(district) < set(city)
    assert {village.parent for village in street} == {"370202001"}
    assert china.children("370202001") == street
    assert len({village.code for village in city}) == len(city)


def test_a_village_is_found_and_its_path_leads_through_the_street(china: Divisions) -> None:
    assert names(china.path("110101001001")) == ["北京市", "东城区", "东华门街道", "多福巷社区居委会"]


def test_nothing_is_under_a_village(china: Divisions) -> None:
    assert china.children("110101001001") == ()


def test_a_village_number_that_jumps_is_kept(china: Divisions) -> None:
    assert china.find("420684103229").code == "420684103229"


@pytest.mark.parametrize("code", ["", "99", "370299", "370202999", "370202001999", "市南区"])
def test_an_unknown_code_is_not_found(china: Divisions, code: str) -> None:
    with pytest.raises(NotFound):
        china.find(code)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read_divisions(tmp_path)
    assert caught.value.values["name"] == "divisions.csv.xz"
    assert caught.value.values["reason"] == "missing"


@pytest.mark.parametrize("cut", [0, 40, 200_000])
def test_a_cut_off_file_is_refused(tmp_path: Path, cut: int) -> None:
    whole = (REFERENCE / "divisions" / "divisions.csv.xz").read_bytes()
    (tmp_path / "divisions.csv.xz").write_bytes(whole[:cut])
    with pytest.raises(BadFile):
        read_divisions(tmp_path)


@pytest.mark.parametrize("line", ["37", "37,", "371,山东省", "3x,山东省", "11,又一个北京市"])
def test_a_wrong_line_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "divisions.csv.xz").write_bytes(lzma.compress(f"code,name\n11,北京市\n{line}\n".encode()))
    with pytest.raises(BadFile) as caught:
        read_divisions(tmp_path)
    assert caught.value.values["line"] == 3


def test_the_places_of_qingdao_name_its_ten_districts(china: Divisions) -> None:
    places = load((REFERENCE / "qingdao_places.yaml").read_text(encoding="utf-8"), "qingdao_places.yaml")
    assert [(place["code"], place["zh"]) for place in places["districts"]] == [(unit.code, unit.name) for unit in china.children("3702")]
    for place in places["districts"]:
        assert 35.5 < float(place["latitude"]) < 37.2 and 119.5 < float(place["longitude"]) < 121.1
