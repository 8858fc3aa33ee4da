"""Rows of foreign lists as sites, and the rows given back in a file that can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.imports import RowNote, RowReason, SiteDraft, Sorted
from emergency_desk.domain.sites import SiteKind
from emergency_desk.exchange.bad_rows import Returned, ending, write_bad_rows
from emergency_desk.exchange.columns import REASON_HEADER
from emergency_desk.exchange.site_rows import read_sites
from emergency_desk.exchange.tables import Table, read_table
from tests.exchange.lists import CITY, SHARED, SHINAN, known, table

HOSPITALS = SHARED / "hospitals" / "cn_fever_clinic_hospitals_2020.csv"
HOSPITALS_ABROAD = SHARED / "sahana" / "Turkey__Demo__hospitals.csv"


def sites(headers: str, *rows: str, about: str = "") -> Sorted[SiteDraft]:
    return read_sites(table(headers, *rows), known(), about=about)


def test_a_list_of_hospitals_without_coordinates_becomes_sites() -> None:
    result = sites("省|城市代码|城市|医院名称|地址|电话|标签", "山东省|370200|青岛市|海湾医院|市南区东海路9号||定点医院")
    site = result.good[0].site
    assert (site.kind, site.name, site.area_id, site.note) == (SiteKind.HOSPITAL, "海湾医院", SHINAN, "定点医院")
    assert site.latitude is None


def test_the_kind_said_for_the_whole_list_counts_where_a_row_says_none() -> None:
    assert sites("Name", "Harbour 1", about="ambulance_posts").good[0].site.kind is SiteKind.AMBULANCE_POST


def test_a_row_says_its_own_kind() -> None:
    assert sites("Name|Type", "A|Warehouse", "B|避难场所").good[1].site.kind is SiteKind.SHELTER


def test_a_site_abroad_keeps_its_place() -> None:
    draft = sites("Name|Country|L1", "A|TR|Istanbul").good[0]
    assert (draft.site.place_path, draft.site.area_id, draft.area_is_default) == ("TR / Istanbul", CITY, True)


def test_a_worded_capacity_is_given_back() -> None:
    assert [row.reasons[0].id for row in sites("Name|Capacity", "A|about 70", "B|-1", "C|70").bad] == [
        RowReason.NUMBER_UNREADABLE, RowReason.NUMBER_NEGATIVE]


def test_the_same_hospital_written_with_and_without_its_district_is_one() -> None:
    result = sites("Name|L1|L2|Lon|Lat", "A|Istanbul|Esenyurt|28.66|41.02", "A|Istanbul||28.66|41.02")
    assert result.bad[0].reasons[0].id is RowReason.DUPLICATE_IN_FILE


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", ";"), ("utf-16", "\t")])
def test_rows_given_back_keep_their_shape_and_can_be_imported_again(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = ["Name,Lat,Lon,Note", "海湾医院,95,-122.3,=1+1", "第二医院,36.06,120.4,"]
    source = tmp_path / "list.csv"
    source.write_bytes("\n".join(rows).replace(",", separator).encode(encoding))
    given = _give_back(read_table(source), tmp_path / "list-to-mend.csv")
    text = given.read_bytes().decode(encoding)
    assert f"95{separator}-122.3{separator}'=1+1{separator}" in text
    again = read_table(given)
    assert (again.encoding, again.separator, again.headers[-1]) == (encoding, separator, REASON_HEADER)
    assert again.rows[0][:4] == ("海湾医院", "95", "-122.3", "=1+1")
    given.write_bytes(text.replace("95", "36.05").replace("-122.3", "120.3").encode(encoding))
    mended = read_sites(read_table(given), known())
    assert (len(mended.good), mended.bad, mended.ignored_columns) == (1, (), ())
    assert mended.good[0].site.note == "=1+1"


def test_rows_of_a_workbook_come_back_as_a_workbook_and_its_reasons_do_not_pile_up(tmp_path: Path) -> None:
    source = Table("list.xlsx", ("Name", "Lat", "Lon"), (("A", "95", "-122.3"),), (2,), sheet="Sheet1")
    once = _give_back(source, tmp_path / "once.xlsx")
    twice = _give_back(read_table(once), tmp_path / "twice.xlsx")
    assert read_table(twice).headers == ("Name", "Lat", "Lon", REASON_HEADER)


def test_a_mended_file_whose_reasons_alone_are_left_in_a_row_holds_no_row() -> None:
    result = sites(f"Name|{REASON_HEADER}", "|The name is missing.", "A|")
    assert (len(result.good), len(result.bad)) == (1, 0)


def _give_back(source: Table, path: Path) -> Path:
    bad = read_sites(source, known()).bad
    assert path.suffix == ending(source)
    write_bad_rows(path, source, [Returned(row.cells, "为什么 why") for row in bad])
    return path


if HOSPITALS.exists():

    def test_the_real_hospitals_stand_except_those_written_twice() -> None:
        result = read_sites(read_table(HOSPITALS), known())
        assert (len(result.good), len(result.bad)) == (2042, 8)
        assert {row.reasons[0].id for row in result.bad} == {RowReason.DUPLICATE_IN_FILE}
        assert {draft.site.kind for draft in result.good} == {SiteKind.HOSPITAL}
        assert sum(note.id is RowNote.PHONE_MASKED for draft in result.good for note in draft.notes) > 40

    def test_the_real_hospitals_abroad_stand_except_those_written_twice() -> None:
        result = read_sites(read_table(HOSPITALS_ABROAD), known())
        assert (len(result.good), len(result.bad)) == (71, 14)
