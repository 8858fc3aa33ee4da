"""Lists of people as village heads and other desks write them: any order of columns, any encoding, ages as said, ids cut, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import RowReason
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.shelters import Need
from emergency_desk.exchange.people_files import PeopleFile, read_people_file


def read(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> PeopleFile:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_people_file(path)


def test_columns_in_any_order_and_what_no_field_takes_goes_to_the_note(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "序号,备注,年龄,健康状况,手机号码,身份证号码,姓名,性别,政治面貌,宠物,床位号\n"
                            "1,住二楼,八十多,慢病（高血压）,13800001111,37021219440101123x,王小明,女,党员,猫1只,A-12\n").people
    person = one.person
    assert (person.name, person.id_number, person.phone, person.age) == ("王小明", "123x", "13800001111", "八十多")
    assert (person.bed, person.pets) == ("A-12", 1)
    assert person.needs == (Need.CHRONIC,)
    assert person.note == "住二楼；猫1只；慢病（高血压）；女；政治面貌：党员"
    assert "1944" not in repr(one.person), "nothing but the last four leaves the child"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
def test_any_encoding_and_a_title_above_the_headers(tmp_path: Path, encoding: str) -> None:
    rows = "张家河村应转移人员名单\n姓名\t证件号后四位\t联系电话\n王小明\t123X\t无\n李红\t5678\t0532-88880000\n合计\t2\t\n"
    found = read(tmp_path, rows, encoding)
    assert [(one.person.name, one.person.id_number, one.person.phone) for one in found.people] == [
        ("王小明", "123X", ""), ("李红", "5678", "0532-88880000")]


def test_a_workbook_and_families_by_head_by_number_and_by_blanks(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for at, row in enumerate((("户主", "姓名", "年龄"), ("王大", "王大", 60), ("", "王二", "半岁"), ("李一", "李一", "四十"), ("", ""))):
            page.write_row(at, 0, row)
    assert [(one.person.name, one.person.age, one.family) for one in read_people_file(path).people] == [
        ("王大", "60", "1"), ("王二", "半岁", "1"), ("李一", "四十", "2")]
    by_relation = read(tmp_path, "姓名,与户主关系\n王大,户主\n王二,长子\n李一,户主\n").people
    assert [one.family for one in by_relation] == ["1", "1", "2"] and by_relation[1].person.note == "长子"
    assert [one.family for one in read(tmp_path, "姓名\n王大\n李一\n").people] == ["", ""]


@pytest.mark.parametrize(("written", "kept"), [
    ("370212194401011234", "1234"), ("370212440101123", "1123"), ("370212********123X", "123X"), ("123x", "123x"),
    ("37021219440101123", "…1123"), ("E12345678", "…5678"), ("无", "无"), ("", ""),
])
def test_ids_are_cut_before_anybody_sees_them(tmp_path: Path, written: str, kept: str) -> None:
    (one,) = read(tmp_path, f"姓名,身份证号\n王小明,{written}\n").people
    assert one.person.id_number == kept


def test_rows_that_cannot_be_read_come_back_and_a_phone_that_is_none_does_not(tmp_path: Path) -> None:
    found = read(tmp_path, "姓名,联系电话,入住时间\n,13800001111,\n王小明,找他儿子,2026-11-05 19:40\n李红,138****1111,昨晚\n赵一,138****1111,\n")
    assert [(row.line, [reason.id for reason in row.reasons]) for row in found.bad] == [
        (2, [RowReason.NAME_MISSING]), (4, [RowReason.MOMENT_UNREADABLE])]
    one, masked = found.people
    assert (masked.person.phone, masked.person.note) == ("", "138****1111"), "nobody can be reached by it"
    assert one.person.note == "找他儿子" and one.arrived_at == from_local(one.arrived_at.date(), 19, 40)  # type: ignore[union-attr]


def test_a_list_without_names_and_one_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read(tmp_path, "村,人数\n张家河,12\n")
    assert refused.value.values["reason"] == "no_people_columns"
    with pytest.raises(BadFile) as refused:
        read(tmp_path, "姓名\n" + "王小明\n" * 50_001)
    assert refused.value.values["reason"] == "too_many_rows"


def test_where_they_went_and_which_shelter_are_read(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "姓名,安置点,村居,离开去向\n王小明,文体中心,张家河,投亲\n").people
    assert (one.shelter, one.village, one.left) == ("文体中心", "张家河", "投亲")


@pytest.mark.parametrize(("written", "needs", "note"), [
    ("慢病", (Need.CHRONIC,), ""), ("高血压，每日服药", (Need.CHRONIC,), "高血压，每日服药"), ("轮椅", (Need.DISABLED,), "轮椅"),
    ("孕晚期", (Need.PREGNANT,), "孕晚期"), ("孕", (Need.PREGNANT,), ""), ("独居老人，糖尿病", (Need.ELDERLY, Need.CHRONIC), "独居老人，糖尿病"),
    ("无高血压", (), "无高血压"), ("无残疾", (), "无残疾"), ("非残疾、慢性病", (Need.CHRONIC,), "非残疾、慢性病"), ("良好", (), ""),
    ("wheelchair", (Need.DISABLED,), "wheelchair"),
])
def test_what_somebody_needs_is_read_from_words_that_show_it_and_the_words_are_kept(
    tmp_path: Path, written: str, needs: tuple[Need, ...], note: str,
) -> None:
    (one,) = read(tmp_path, f'姓名,健康状况\n王小明,"{written}"\n').people
    assert (set(one.person.needs), one.person.note) == (set(needs), note)
