"""Lists of shelters as cities write them: flags of eight hazards, places inside and outside in one cell, eras, tabs and old encodings."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from emergency_desk.domain.imports import RowNote, RowReason, ShelterDraft
from emergency_desk.domain.shelters import Class51143, Inspected, ShelterDuration, ShelterSpace, ShelterTier
from emergency_desk.exchange.register_files import Register, RegisterFile, read_register_file
from tests.exchange.lists import SHARED, SHINAN, STREET, known

NOTO = SHARED / "shelters" / "noto2024"
CHINESE = (
    "避难场所名称,区县,级别,室内外,避难场所类别,适用灾种,可容纳人数,有效避难面积,管理员,管理员电话,服务范围,检查结果,检查日期,无障碍\n"
    "中学体育馆,市南区,街道级,室内,固定避难场所,地震、洪涝、海啸,800人,1600㎡,王五,0532-8000-0001,八大关街道、某小区,合格,令和8年5月1日,有\n"
    "人民广场,市南区,市级,室外,中心避难场所,综合,约 3000 人,,,,,不合格,2026/4/2,无\n")
JAPANESE = (
    "ID,名称,所在地_市区町村,緯度,経度,災害種別_洪水,災害種別_崖崩れ、土石流及び地滑り,災害種別_内水氾濫,災害種別_地震,災害種別_津波,災害種別_大規模な火事,想定収容人数,点検日\n"
    "A1,山王小学校,市南区,36.0617,120.4100,1,,,1,1,0,\"屋内480人／屋外3,350人(面積の1/2)\",平成31年4月1日\n"
    "A2,公園,市南区,36.0627,120.4110,○,,○,×,-,,屋外16人,令和元年5月1日\n")


def read(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> RegisterFile:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_register_file(path, Register.SHELTERS, "", known())


def drafts(file: RegisterFile) -> list[ShelterDraft]:
    assert not file.rows.bad, file.rows.bad
    return [draft for draft in file.rows.good if isinstance(draft, ShelterDraft)]


def test_a_chinese_list_tells_what_each_shelter_is_by_both_standards(tmp_path: Path) -> None:
    gym, square = (draft.record for draft in drafts(read(tmp_path, CHINESE)))
    assert (gym.shelter.tier, gym.shelter.class_51143, gym.site.effective_area_m2) == (ShelterTier.TOWNSHIP, Class51143.FIXED_SHORT, 1600)
    assert (gym.shelter.stated_capacity, gym.shelter.hazards) == (800, ("earthquake", "rainstorm_flood"))
    assert gym.shelter.keeper_phone == "0532-8000-0001"
    assert (gym.shelter.inspected, gym.shelter.inspected_on, gym.shelter.vulnerable_fit) == (Inspected.FIT, date(2026, 5, 1), True)
    assert gym.shelter.catchment == (STREET,) and gym.site.area_id == SHINAN
    assert gym.site.note == "适用灾种: 海啸\n服务范围: 某小区", "what is no word of the desk is lost nowhere"
    assert (square.shelter.space, square.shelter.hazards, square.shelter.inspected) == (ShelterSpace.OUTDOOR, (), Inspected.UNFIT)
    assert square.shelter.stated_capacity == 3000 and not square.shelter.vulnerable_fit


def test_flags_of_hazards_and_places_in_one_cell(tmp_path: Path) -> None:
    school, park = drafts(read(tmp_path, JAPANESE))
    assert school.record.shelter.hazards == ("earthquake",), "fit for the river's flood, and nobody said it of the town's drains"
    assert school.record.shelter.unfit_hazards == ("building_fire", "forest_fire")
    assert (school.record.shelter.stated_capacity, school.record.site.capacity, school.record.shelter.space) == (480, 480, ShelterSpace.INDOOR)
    assert "屋外3,350人" in school.record.site.note and "災害種別_津波: 1" in school.record.site.note
    assert {RowNote.PLACES_UNDER_ROOF, RowNote.WORD_KEPT} <= {note.id for note in school.notes}
    assert school.record.shelter.inspected_on == date(2019, 4, 1)
    assert (park.record.shelter.hazards, park.record.shelter.unfit_hazards) == (("rainstorm_flood",), ("earthquake",))
    assert (park.record.shelter.stated_capacity, park.record.shelter.space, park.record.shelter.inspected_on) == (
        16, ShelterSpace.OUTDOOR, date(2019, 5, 1))


@pytest.mark.parametrize(("text", "encoding", "separator"), [
    (CHINESE, "gb18030", ","), (CHINESE, "utf-8-sig", ";"), (CHINESE, "utf-16", "\t"), (CHINESE, "utf-8", "\t"),
    (JAPANESE, "shift_jis", ","), (JAPANESE, "shift_jis", "\t"), (JAPANESE, "utf-8-sig", ";")])
def test_the_same_list_in_other_encodings_and_with_other_marks_between(tmp_path: Path, text: str, encoding: str, separator: str) -> None:
    plain = read(tmp_path, text)
    whole = '"屋内480人／屋外3,350人(面積の1/2)"'
    written = text if separator == "," else text.replace(whole, whole.strip('"').replace(",", "，")).replace(",", separator)
    other = read(tmp_path, written.replace("3，350", "3,350"), encoding, "other.txt")
    assert [draft.record for draft in drafts(other)] == [draft.record for draft in drafts(plain)]


def test_what_cannot_be_read_comes_back_with_its_reason(tmp_path: Path) -> None:
    file = read(tmp_path, "名称,区县,类型,可容纳人数,适用洪水,检查日期\n一馆,市南区,,很多,,\n,市南区,,8,,\n二馆,市南区,隔离点,8,,\n"
                          "三馆,市南区,,8,也许,\n四馆,市南区,,8,是,5/6/2026\n五馆,市南区,,8,是,2026-05-06\n五馆,市南区,,8,是,\n")
    assert [row.reasons[0].id for row in file.rows.bad] == [
        RowReason.NUMBER_UNREADABLE, RowReason.NAME_MISSING, RowReason.NOT_A_SHELTER, RowReason.YES_NO_UNREADABLE, RowReason.DATE_UNREADABLE,
        RowReason.DUPLICATE_IN_FILE]
    assert [draft.record.site.name for draft in file.rows.good] == ["五馆"]  # type: ignore[union-attr]


def test_a_word_of_the_stay_that_nobody_knows_costs_no_row(tmp_path: Path) -> None:
    first, second = drafts(read(tmp_path, "名称,避难时长\n一馆,长期\n二馆,看情况\n"))
    assert first.record.shelter.duration is ShelterDuration.LONG
    assert second.record.shelter.duration is None and second.record.site.note == "避难时长: 看情况"


if NOTO.exists():  # the real lists lie outside the repository
    @pytest.mark.parametrize("path", sorted(NOTO.rglob("*.csv")), ids=lambda path: path.stem[-15:])
    def test_every_real_list_of_the_noto_earthquake_is_read_whole(path: Path) -> None:
        file = read_register_file(path, Register.SHELTERS, "", known())
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = [row for row in csv.reader(opened) if any(row)]
        assert not file.rows.bad and len(file.rows.good) == len(rows) - 1
        with_places = [draft for draft in drafts(file) if draft.record.shelter.stated_capacity]
        assert len(with_places) >= 0.6 * len(file.rows.good)
