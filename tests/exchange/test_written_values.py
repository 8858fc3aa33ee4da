"""What people write into lists: days, numbers with units, degrees, positions of map services, headers over two rows or none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.ids import Id
from emergency_desk.domain.imports import ImportAnswers, RowNote, RowReason
from emergency_desk.domain.sites import Site
from emergency_desk.domain.teams import Certificate, Equipment
from emergency_desk.exchange import tables
from emergency_desk.exchange.other_rows import read_agreements, read_members, read_units
from emergency_desk.exchange.register_files import Register, read_register_file
from emergency_desk.exchange.row_reading import read_degrees
from emergency_desk.exchange.row_sorting import Known
from emergency_desk.exchange.site_rows import read_sites
from emergency_desk.exchange.team_rows import read_teams
from emergency_desk.exchange.written_values import from_gcj02, is_phone, read_day, to_gcj02
from tests.exchange.lists import CITY, SHINAN, known, table


@pytest.mark.parametrize("written", [
    "2026-11-05", "2026/11/5", "20261105", "2026年11月5日", "5.11.2026", "令和8年11月5日", "民国115年11月5日", "２０２６－１１－０５"])
def test_a_day_is_read_in_every_shape_that_means_one_day(written: str) -> None:
    assert read_day(written) == date(2026, 11, 5)


@pytest.mark.parametrize("written", ["5/11/2026", "2026-02-30", "next week", "令和8年", "115.11.5"])
def test_a_day_that_could_be_two_or_none_is_not_guessed(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize("written", ["36.0700", "36°04′12″N", "36°4.2'", "北纬36.07"])
def test_degrees_are_read_in_every_notation(written: str) -> None:
    assert read_degrees(written) == pytest.approx(36.07)


def test_words_in_a_phone_number_are_refused() -> None:
    assert is_phone("0532-8579 1119 转 8") and is_phone("+86 532 85791119") and is_phone("119") and is_phone("7359051（急诊科）")
    assert not is_phone("打老王手机") and not is_phone("明天再问 85791119") and not is_phone("无")


def test_a_position_of_a_map_service_comes_back_to_a_metre() -> None:
    north, east = from_gcj02(*to_gcj02(36.0671, 120.3826))
    assert (north, east) == pytest.approx((36.0671, 120.3826), abs=1e-6)
    assert to_gcj02(36.0671, 120.3826) != pytest.approx((36.0671, 120.3826), abs=1e-3)


def test_positions_are_converted_when_somebody_says_so_and_the_note_keeps_what_was_written() -> None:
    source = table("名称 | 纬度 | 经度 | 备注", "甲仓库 | 36.0671 | 120.3826 | 后门进")
    site = read_sites(source, known(), answers=ImportAnswers(is_gcj02=True)).good[0]
    assert site.site.latitude != 36.0671 and "GCJ-02 36.067100, 120.382600" in site.site.note and "后门进" in site.site.note
    assert RowNote.POSITION_CONVERTED in {note.id for note in site.notes}


def test_exchanged_positions_are_given_back_until_somebody_says_to_exchange_them() -> None:
    source = table("名称 | 纬度 | 经度", "甲仓库 | 120.3826 | 36.0671")
    assert read_sites(source, known()).bad[0].reasons[0].id is RowReason.COORDINATES_SWAPPED
    put_right = read_sites(source, known(), answers=ImportAnswers(exchanges_swapped=True)).good[0].site
    assert (put_right.latitude, put_right.longitude) == (36.0671, 120.3826)


def test_a_number_may_carry_its_unit_and_a_negative_one_is_given_back() -> None:
    read = read_teams(table("名称 | 人数 | 自持时间", "甲队 | 约12人 | 72 小时", "乙队 | -3 |"), known())
    assert (read.good[0].team.people_total, read.good[0].team.self_sufficiency_hours) == (12, 72)
    assert read.bad[0].reasons[0].id is RowReason.NUMBER_NEGATIVE


def test_equipment_and_certificates_of_one_cell_are_taken_apart() -> None:
    team = read_teams(table("名称 | 关键装备", "甲队 | 橡皮艇×3艘；2 台 水泵；对讲机"), known()).good[0].team
    assert team.equipment == (Equipment("橡皮艇", 3, "艘"), Equipment("水泵", 2, "台"), Equipment("对讲机"))


def test_headers_over_two_rows_are_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("名称,联系方式,,人数\n,联系人,电话,\n甲队,王,0532-85791119,12人\n", encoding="utf-8")
    read = tables.read_table(path)
    assert read.headers == ("名称", "联系人", "电话", "人数")
    assert read.rows == (("甲队", "王", "0532-85791119", "12人"),)


def test_a_list_without_headers_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("市南应急救援队,0532-85791119,36.0671,120.3826\n市北应急救援队,0532-85791120,36.09,120.39\n", encoding="utf-8")
    read = read_register_file(path, Register.TEAMS, "", known())
    assert [getattr(draft.record, "name", "") for draft in read.rows.good] == ["市南应急救援队", "市北应急救援队"]
    assert read.rows.fields == ("name", "duty_phone", "latitude", "longitude")


def test_headers_in_pinyin_are_known() -> None:
    read = read_teams(table("duiwumingcheng | lxdh", "甲队 | 85791119"), known())
    assert read.good[0].team.duty_phone == "85791119"


def test_a_column_goes_where_somebody_points_it() -> None:
    source = table("名称 | 编外 | 电话", "甲队 | 7人 | 85791119")
    read = read_teams(source, known(), answers=ImportAnswers(fields=((1, "people_total"), (2, ""))))
    assert read.good[0].team.people_total == 7 and read.good[0].team.duty_phone == ""


def test_a_file_without_a_name_is_shown_so_that_somebody_can_point_at_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("谁,多少\n甲队,7\n", encoding="utf-8")
    with pytest.raises(BadFile):
        read_register_file(path, Register.TEAMS, "", known())
    assert read_register_file(path, Register.TEAMS, "", known(), ImportAnswers(may_lack_name=True)).lacks_name


def test_a_written_place_goes_where_somebody_answered() -> None:
    source = table("名称 | 所属区划", "甲队 | 西边新区")
    assert read_teams(source, known()).good[0].area_is_default
    answered = read_teams(source, known(), answers=ImportAnswers(places=(("西边新区", SHINAN),))).good[0]
    assert answered.team.area_id == SHINAN and not answered.area_is_default


def test_a_code_written_twice_is_given_back_and_a_shared_phone_is_noted() -> None:
    read = read_teams(table("编号 | 名称 | 电话", "Q1 | 甲队 | 85791119", "Q1 | 乙队 | 85791110", "Q3 | 丙队 | 8579-1119"), known())
    assert read.bad[0].reasons[0].id is RowReason.CODE_REPEATED
    assert RowNote.PHONE_SHARED in {note.id for note in read.good[1].notes}


def test_members_go_to_their_teams() -> None:
    knows = Known(known().areas, CITY, teams=((Id("t1"), "Q1", "甲队"), (Id("t2"), "", "乙队"), (Id("t3"), "", "乙队")))
    read = read_members(table(
        "姓名 | 队伍 | 证书名称 | 发证日期 | 有效期至", "张三 | 甲队 | 潜水救援 | 2024-01-01 | 2027-01-01", "李四 | 乙队 | | |",
        "王五 | 丙队 | | |", "赵六 | q1 | 潜水 | 2026-01-01 | 2025-01-01"), knows)
    assert read.good[0].record.team_id == "t1" and read.good[0].record.certificates == (Certificate("潜水救援", "", date(2027, 1, 1)),)
    assert [row.reasons[0].id for row in read.bad] == [
        RowReason.TEAM_AMBIGUOUS, RowReason.TEAM_UNKNOWN, RowReason.ENDS_BEFORE_BEGINNING]


def test_people_of_a_duty_list_become_contacts_of_their_units() -> None:
    unit = read_units(table("值班单位 | 值班员 | 值班电话", "市水务局 | 张三 | 0532-85791119"), known()).good[0].record
    assert (unit.name, unit.contact, unit.duty_phone) == ("市水务局", "张三", "0532-85791119")


def test_an_agreement_that_ends_before_it_begins_is_given_back() -> None:
    read = read_agreements(table("协议单位 | 签订日期 | 有效期至", "甲公司 | 2026-01-01 | 2025-01-01"), known())
    assert read.bad[0].reasons[0].id is RowReason.ENDS_BEFORE_BEGINNING


def test_points_of_a_map_are_sites(tmp_path: Path) -> None:
    path = tmp_path / "points.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"名称": "甲避难场所", "容量": 300}, "geometry": {"type": "Point", "coordinates": [120.38, 36.06]}}]}))
    site = read_register_file(path, Register.SITES, "", known()).rows.good[0].record
    assert isinstance(site, Site)
    assert (site.name, site.capacity, site.latitude) == ("甲避难场所", 300, 36.06)


def test_three_million_rows_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("名称\n" + "队\n" * 3_000_000)
    with pytest.raises(BadFile) as told:
        tables.read_table(path)
    assert told.value.values["reason"] == "too_many_rows"
