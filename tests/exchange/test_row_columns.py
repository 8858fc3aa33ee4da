"""A list read by columns gives what its rows give one by one: the same teams, notes, reasons and questions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.imports import ImportAnswers, TeamDraft
from emergency_desk.domain.record_columns import together
from emergency_desk.exchange import packing, row_columns, row_sorting, team_rows
from emergency_desk.exchange.columns import TEAM_NAMES
from emergency_desk.exchange.tables import Table
from tests.exchange.lists import SHINAN, known

CELLS = {
    "队伍名称": ("一队", "市南消防站", "民兵 连", "  甲\u200b队 ", "", "x" * 130, "二队", "ABC", "abc"),
    "队伍编号": ("", "R1", "r1", "R2", "R\t3"),
    "队伍类型": ("", "专业队伍", "社会力量", "别的"),
    "所属街道": ("", "市南区", "香港中路街道", "火星", "香港中璐街道"),
    "地址": ("", "东海路3号", "市北区敦化路1号", "香港中路街道 5 号", "山东路镇"),
    "专业能力": ("", "消防灭火、水域救援", "医疗急救", "飞行"),
    "总人数": ("", "12人", "12", "很多", "-3"), "备勤人数": ("", "9", "14"),
    "纬度": ("", "36.07", "36.08000", "120.38", "北纬36.07", "0", "999"), "经度": ("", "120.38", "36.07", "12x", "0"),
    "坐标": ("", "36.07,120.38"),
    "值班电话": ("", "0532-85791119", "053285791119", "119", "138****0000", "张三", "0532-12345678"),
    "车辆装备": ("", "橡皮艇2艘", "两  个 空格"), "保险有效期": ("", "2027-01-01", "明年"), "备注": ("", "一行\n二行", "=1+1"),
    "测评等级": ("", "1", "7"), "楼宇": ("", "A座"), "部门": ("", "办公室"), "单位": ("", "应急局"),
}
HEADERS = tuple(CELLS)
ROWS = st.lists(st.tuples(*(st.one_of(st.just(cells[1]), st.sampled_from(cells)) for cells in CELLS.values())), min_size=1, max_size=12)
MORE = st.sampled_from(((), ("",), ("zu viel",)))


@settings(max_examples=300, deadline=None)
@given(ROWS, st.lists(MORE, min_size=12, max_size=12), st.sets(st.sampled_from(HEADERS[1:])), st.booleans(), st.booleans(), st.booleans())
def test_columns_give_what_rows_give(
    rows: list[tuple[str, ...]], more: list[tuple[str, ...]], left_out: set[str], is_gcj02: bool, exchanges: bool, is_answered: bool,
) -> None:
    kept = [at for at, header in enumerate(HEADERS) if header not in left_out]
    cells = tuple((*(row[at] for at in kept), *tail) for row, tail in zip(rows, more, strict=False))
    table = Table("list.csv", tuple(HEADERS[at] for at in kept), cells, tuple(range(2, len(cells) + 2)))
    answers = ImportAnswers(places=(("火星", SHINAN),) if is_answered else (), is_gcj02=is_gcj02, exchanges_swapped=exchanges)
    one_by_one = row_sorting.sort_rows(row_sorting.begin(table, known(), TEAM_NAMES, "", answers), team_rows._read)
    by_columns = team_rows.read_teams(table, known(), answers=answers)
    assert list(by_columns.good) == list(one_by_one.good)
    assert (by_columns.bad, by_columns.places_asked, by_columns.fields) == (one_by_one.bad, one_by_one.places_asked, one_by_one.fields)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(row_columns, "PART", 3)
        told: list[Sequence[TeamDraft]] = []
        in_parts = team_rows.read_teams(table, known(), answers=answers, tell=told.append)
        at_once = team_rows.read_teams(table, known(), answers=answers)
    assert [draft for part in told for draft in part] == list(at_once.good) == list(one_by_one.good)
    assert list(together(list(map(packing.by_fields, told)))) == list(one_by_one.good)
    assert (in_parts.good, in_parts.bad, in_parts.places_asked) == ((), one_by_one.bad, one_by_one.places_asked)


def test_plain_rows_are_not_read_one_by_one() -> None:
    rows = (*((f"{number}队", "市南区", f"{number + 1}") for number in range(50)), ("", "市南区", "2"))
    table = Table("list.csv", ("队伍名称", "所属区划", "总人数"), rows, tuple(range(2, 53)))
    ((_drafts, odd),) = team_rows._read_columns(row_sorting.begin(table, known(), TEAM_NAMES))
    assert odd == {50}
