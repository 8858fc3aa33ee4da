"""Rows of foreign lists as teams: what may stand stands, what may not comes back with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import RowNote, RowReason, Sorted, TeamDraft
from emergency_desk.domain.teams import TeamKind
from emergency_desk.exchange.tables import read_table
from emergency_desk.exchange.team_rows import read_teams
from tests.exchange.lists import CITY, SHARED, SHIBEI, SHINAN, STREET, known, table

FIRE_STATIONS = SHARED / "sahana" / "historic__WACOP__fire_station.csv"
AMBULANCES = SHARED / "sahana" / "Turkey__Demo__ambulance_stations.csv"


def teams(headers: str, *rows: str, name: str = "list.csv", about: str = "") -> Sorted[TeamDraft]:
    return read_teams(table(headers, *rows, name=name), known(), about=about)


def reasons(headers: str, *rows: str) -> list[RowReason]:
    return [reason.id for row in teams(headers, *rows).bad for reason in row.reasons]


def notes(result: Sorted[TeamDraft]) -> list[RowNote]:
    return [note.id for draft in result.good for note in draft.notes]


def test_a_chinese_list_becomes_teams_whatever_the_order_of_its_columns() -> None:
    result = teams(
        "纬度 | 队伍类型 | 队伍名称（全称） | 经度 | 区县 | 专业能力 | 人数 | 出动时限(min) | 协议有效期 | 24小时值班电话 | 可跨区",
        "36.061 | 社会 | 蓝湾水上救援队 | 120.37 | 市南区 | 水上救援、潜水救援 | 18人 | 20 | 2027年3月1日 | 0532-80000001 | 否",
    )
    assert result.bad == ()
    team = result.good[0].team
    assert (team.name, team.kind, team.area_id) == ("蓝湾水上救援队", TeamKind.SOCIAL, SHINAN)
    assert team.capabilities == ("water_rescue", "diving")
    assert (team.latitude, team.longitude, team.people_total, team.muster_minutes) == (36.061, 120.37, 18, 20)
    assert (team.agreement_until, team.may_cross_area, team.duty_phone) == (date(2027, 3, 1), False, "0532-80000001")


def test_a_list_from_abroad_keeps_the_written_place_under_the_desks_own_area() -> None:
    result = teams(
        "Code|Name|Organisation|Branch|Country|L1|L2|L3|Address|Lat|Lon",
        "2|Fire Station #2|Harbour Fire Department|Battalion 2|US|Washington|King|Harbour City|301 Aurora Ave N|47.616|-122.345",
        name="made_up_fire_station.csv",
    )
    draft = result.good[0]
    assert (draft.team.area_id, draft.area_is_default) == (CITY, True)
    assert draft.place_path == "US / Washington / King / Harbour City"
    assert draft.team.address == "US / Washington / King / Harbour City, 301 Aurora Ave N"
    assert (draft.team.kind, draft.team.capabilities) == (TeamKind.NATIONAL_FIRE, ("fire_fighting",))
    assert draft.team.longitude == -122.345
    assert notes(result) == [RowNote.AREA_DEFAULTED]


def test_ambulance_posts_are_known_by_the_lists_own_words() -> None:
    result = teams("Organisation|Type|Name|Lon|Lat", "Ministry|Ambulance Station|Harbour 1|28.9|41.0")
    assert (result.good[0].team.kind, result.good[0].team.capabilities) == (TeamKind.PROFESSIONAL, ("medical",))


def test_militia_is_known_by_its_name_so_that_it_can_never_be_sent() -> None:
    assert teams("Name", "市南区民兵应急连").good[0].team.kind is TeamKind.MILITIA


def test_a_team_without_a_kind_is_noted() -> None:
    assert RowNote.KIND_DEFAULTED in notes(teams("Name", "Harbour team"))


def test_a_row_without_coordinates_may_stand_and_is_noted() -> None:
    result = teams("Name|Lat|Lon", "A||", "B|36.06|120.4")
    assert len(result.good) == 2
    assert RowNote.NO_POSITION in [note.id for note in result.good[0].notes]


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        ("36.06", "", RowReason.COORDINATE_HALF),
        ("", "120.4", RowReason.COORDINATE_HALF),
        ("north", "120.4", RowReason.COORDINATE_UNREADABLE),
        ("36.06.1", "120.4", RowReason.COORDINATE_UNREADABLE),
        ("nan", "120.4", RowReason.COORDINATE_UNREADABLE),
        ("120.4", "36.06", RowReason.COORDINATES_SWAPPED),
        ("95", "120.4", RowReason.COORDINATE_OUT_OF_RANGE),
        ("36.06", "200", RowReason.COORDINATE_OUT_OF_RANGE),
        ("0", "0", RowReason.COORDINATE_ZERO),
    ],
)
def test_a_bad_coordinate_is_given_back(latitude: str, longitude: str, reason: RowReason) -> None:
    assert reasons("Name|Lat|Lon", f"A|{latitude}|{longitude}") == [reason]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("36.06", "120.4"), ("36°3′36″N", "120°24′E"), ("北纬36.06", "东经120.4"), ("N36.06", "E120.4"), ("３６．０６", "１２０．４"),
        ("36,06", "120,4"),
    ],
)
def test_degrees_are_read_as_people_write_them(latitude: str, longitude: str) -> None:
    team = teams("Name|Lat|Lon", f"A|{latitude}|{longitude}").good[0].team
    assert (team.latitude, team.longitude) == (pytest.approx(36.06), pytest.approx(120.4))


def test_one_column_may_hold_both_coordinates() -> None:
    team = teams("Name|坐标", "A|36.06, 120.4").good[0].team
    assert (team.latitude, team.longitude) == (36.06, 120.4)


def test_one_row_exchanged_among_many_is_noticed_where_both_numbers_are_possible() -> None:
    rows = [f"Post {number}|41.0{number}|28.9{number}" for number in range(6)]
    result = teams("Name|Lat|Lon", *rows, "Post 9|28.95|41.05")
    assert [row.reasons[0].id for row in result.bad] == [RowReason.COORDINATES_SWAPPED]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-3", RowReason.NUMBER_NEGATIVE), ("十二", RowReason.NUMBER_UNREADABLE), ("about 20", RowReason.NUMBER_UNREADABLE),
        ("12.5", RowReason.NUMBER_NOT_WHOLE), ("99999999999", RowReason.NUMBER_TOO_GREAT), ("1,2", RowReason.NUMBER_UNREADABLE),
    ],
)
def test_a_number_that_is_none_is_given_back(written: str, reason: RowReason) -> None:
    result = teams("Name|人数", f"A|{written}")
    assert [(one.id, one.column, dict(one.values)["written"]) for one in result.bad[0].reasons] == [(reason, "人数", written)]
    assert result.bad[0].field == "people_total"


def test_a_thousand_may_be_written_with_a_comma() -> None:
    assert teams("Name|人数", "A|1,200").good[0].team.people_total == 1200


def test_every_reason_of_a_row_is_given_at_once() -> None:
    assert set(reasons("Name|Lat|Lon|人数|协议有效期", "|95|120|-3|24/11/2026")) == {
        RowReason.NAME_MISSING, RowReason.COORDINATE_OUT_OF_RANGE, RowReason.NUMBER_NEGATIVE, RowReason.DATE_UNREADABLE}


def test_more_people_ready_than_there_are_is_given_back() -> None:
    assert reasons("Name|人数|备勤人数", "A|10|12") == [RowReason.MORE_READY_THAN_TOTAL]


def test_an_unknown_capability_is_given_back_with_the_word() -> None:
    result = teams("Name|专业能力", "A|水上救援、算命")
    assert dict(result.bad[0].reasons[0].values) == {"written": "算命"}


def test_the_same_name_at_the_same_place_is_given_back_and_names_the_first_line() -> None:
    result = teams("Name|区县", "急救站|市南区", "急救站|市北区", "急救站|市南区")
    assert [draft.team.area_id for draft in result.good] == [SHINAN, SHIBEI]
    assert [(row.line, dict(row.reasons[0].values)["first_line"]) for row in result.bad] == [(4, "2")]


def test_a_masked_number_is_left_out_and_noted() -> None:
    result = teams("Name|电话", "A|139****1234", "B|13600000000", "C|0532-80001234")
    assert [draft.team.duty_phone for draft in result.good] == ["", "", "0532-80001234"]
    assert notes(result).count(RowNote.PHONE_MASKED) == 2


def test_more_cells_than_headers_are_given_back() -> None:
    assert reasons("Name|Address", "A|1 First Street|Harbour") == [RowReason.TOO_MANY_CELLS]


def test_a_list_without_a_column_for_the_name_is_refused() -> None:
    with pytest.raises(BadFile) as caught:
        teams("Lat|Lon", "1|2")
    assert caught.value.values["reason"] == "no_name_column"
    assert caught.value.values["detail"] == "Lat, Lon"


def test_columns_nobody_knows_are_named() -> None:
    assert teams("Name|Email|Website", "A|a@example.org|").ignored_columns == ("Email", "Website")


@pytest.mark.parametrize(
    ("headers", "row", "area"),
    [
        ("Name|区划代码", "A|370202000000", SHINAN),
        ("Name|城市|区县|街道", "A|青岛市|市南区|八大关街道", STREET),
        ("Name|城市|区县|街道", "A|青岛|市南|八大关街道办事处", STREET),
        ("Name|所属区划", "A|山东省青岛市市北区", SHIBEI),
        ("Name|省|城市|区县", "A|山东省|青岛市|市北区", SHIBEI),
        ("Name|City|District", "A|Qingdao|Shibei", SHIBEI),
        ("Name|地址", "A|青岛市市南区香港中路12号", SHINAN),
        ("Name|城市代码|城市|地址", "A|370200|青岛市|八大关街道1号", STREET),
    ],
)
def test_the_area_is_found_however_it_is_written(headers: str, row: str, area: str) -> None:
    draft = teams(headers, row).good[0]
    assert (draft.team.area_id, draft.area_is_default) == (area, False)


def test_another_citys_district_of_the_same_name_is_not_ours() -> None:
    draft = teams("Name|省|城市|区县", "A|河南省|安阳市|市北区").good[0]
    assert (draft.team.area_id, draft.area_is_default, draft.place_path) == (CITY, True, "河南省 / 安阳市 / 市北区")


def test_a_street_nobody_knows_is_put_under_its_district_and_noted() -> None:
    result = teams("Name|城市|区县|街道", "A|青岛市|市南区|九大关街道")
    assert result.good[0].team.area_id == SHINAN
    assert RowNote.AREA_ONLY_ABOVE in notes(result)


if FIRE_STATIONS.exists():

    def test_the_real_fire_stations_all_stand() -> None:
        result = read_teams(read_table(FIRE_STATIONS), known())
        assert (len(result.good), len(result.bad)) == (35, 0)
        assert {draft.team.kind for draft in result.good} == {TeamKind.NATIONAL_FIRE}
        assert all(draft.place_path == "US / Washington / King / Seattle" for draft in result.good)

    def test_the_real_ambulance_stations_all_stand() -> None:
        result = read_teams(read_table(AMBULANCES), known())
        assert (len(result.good), len(result.bad)) == (137, 0)
        assert all(draft.team.capabilities == ("medical",) and draft.team.latitude for draft in result.good)
