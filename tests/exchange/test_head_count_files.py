"""Lists of head counts as they are phoned in and published: the moment in a header or a column, sums, and words instead of numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.imports import RowReason
from emergency_desk.domain.moments import CHINA
from emergency_desk.exchange.head_count_files import CountFile, read_count_file
from emergency_desk.exchange.written_moments import read_moment, without_moment


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> CountFile:
    path = tmp_path / "counts.csv"
    path.write_bytes(text.encode(encoding))
    return read_count_file(path)


@pytest.mark.parametrize(("written", "local"), [
    ("令和6年1月9日午後6時時点", (2024, 1, 9, 18, 0)), ("令和6年2月2日午前6時", (2024, 2, 2, 6, 0)), ("2026年8月12日12时", (2026, 8, 12, 12, 0)),
    ("截至2026年8月12日下午3点半", (2026, 8, 12, 15, 30)), ("2026-08-12 18:05", (2026, 8, 12, 18, 5)),
    ("２０２６/8/12　6：00", (2026, 8, 12, 6, 0)),
    ("令和元年5月1日正午", (2019, 5, 1, 12, 0)), ("令和6年1月9日午前12時", (2024, 1, 9, 0, 0)), ("20260812 0:30", (2026, 8, 12, 0, 30))])
def test_moments_of_many_writings(written: str, local: tuple[int, int, int, int, int]) -> None:
    moment = read_moment(written)
    assert moment is not None
    there = moment.astimezone(CHINA)
    assert (there.year, there.month, there.day, there.hour, there.minute) == local


@pytest.mark.parametrize("written", ["", "昨晚", "2026-02-30 10:00", "2026-08-12 25:00", "1800"])
def test_what_is_no_moment_is_none(written: str) -> None:
    assert read_moment(written) is None


def test_a_header_is_known_without_the_moment_in_it() -> None:
    assert without_moment("人数_令和6年1月9日午後6時時点") == "人数" and without_moment("在所人数（2026年8月12日12时）") == "在所人数"


def test_rows_sums_and_rows_that_come_back(tmp_path: Path) -> None:
    file = read(tmp_path, "避难场所;在所人数（2026年8月12日12时）;特殊人群;清点人\n"
                          "体育馆;392人;41;王五\n文体中心;一百二十;;\n小学;;;\n合计;512;;\n", "gb18030")
    assert [(row.name, row.heads, row.vulnerable, row.counted_by) for row in file.rows] == [("体育馆", 392, 41, "王五")]
    assert file.rows[0].at == datetime(2026, 8, 12, 4, 0, tzinfo=UTC)
    assert [row.reasons[0].id for row in file.bad] == [RowReason.NUMBER_UNREADABLE, RowReason.COUNT_MISSING]
    assert file.stated_sum == 512


def test_a_moment_in_a_row_goes_before_that_of_the_header(tmp_path: Path) -> None:
    file = read(tmp_path, "名称,人数_令和6年1月9日午後6時時点,時点\n甲,3,令和6年1月10日午前6時\n乙,4,\n丙,5,昨晚\n")
    assert [row.at for row in file.rows] == [datetime(2024, 1, 9, 22, tzinfo=UTC), datetime(2024, 1, 9, 10, tzinfo=UTC)]
    assert file.bad[0].reasons[0].id is RowReason.MOMENT_UNREADABLE


def test_a_table_without_a_number_of_people_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read(tmp_path, "名称,电话\n甲,119\n")
    assert refused.value.values["reason"] == "no_count_columns"
