"""Tables of two versions held together row by row and cell by cell; nothing of either side is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.plan_body_compare import MarkedBlock, MarkedTable, marked_body, side_of, text_alone
from emergency_desk.domain.plan_compare import PartFate
from emergency_desk.domain.plan_markup import blocks_of, plain

BEFORE = "按下表启动。\n| 级别 | 条件 |\n| Ⅲ级 | 被困3人以上 |\n| Ⅳ级 | 凡火灾 |\n报告后执行。"
AFTER = "按下表启动。\n| 级别 | 条件 |\n| Ⅱ级 | 死亡3人以上 |\n| Ⅲ级 | 被困5人以上 |\n| Ⅳ级 | 凡火灾 |\n立即执行。"


def tables(blocks: tuple[MarkedBlock, ...]) -> list[MarkedTable]:
    return [block for block in blocks if isinstance(block, MarkedTable)]


def words(blocks: tuple[MarkedBlock, ...], without: PartFate) -> str:
    lines = []
    for block in side_of(blocks, without):
        if isinstance(block, MarkedTable):
            lines += ["  ".join("".join(piece.words for piece in cell) for cell in row.cells).rstrip() for row in block.rows]
        else:
            lines.append("".join(piece.words for piece in block))
    return "\n".join(lines)


def test_rows_that_came_and_cells_that_changed_are_marked_and_the_others_are_not() -> None:
    (table,) = tables(marked_body(BEFORE, AFTER))
    assert [row.fate for row in table.rows] == [PartFate.SAME, PartFate.ADDED, PartFate.CHANGED, PartFate.SAME]
    changed = next(row for row in table.rows if row.fate is PartFate.CHANGED)
    assert any(piece.change is PartFate.ADDED for cell in changed.cells for piece in cell)
    (before,) = tables(side_of(marked_body(BEFORE, AFTER), PartFate.ADDED))
    assert len(before.rows) == 3


def test_a_table_that_came_or_went_is_marked_whole() -> None:
    (came,) = tables(marked_body("按下表启动。", BEFORE))
    assert {row.fate for row in came.rows} == {PartFate.ADDED}
    (went,) = tables(marked_body(BEFORE, "没有表了。"))
    assert {row.fate for row in went.rows} == {PartFate.REMOVED}


def test_the_words_of_a_body_stand_without_its_tables() -> None:
    assert text_alone(BEFORE) == "按下表启动。\n报告后执行。"


CELL = st.text("甲乙丙1", min_size=0, max_size=3)
BODY = st.lists(st.one_of(
    st.text("甲乙丙丁。", min_size=1, max_size=6),
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4).map(lambda rows: "\n".join(f"| {a} | {b} |" for a, b in rows))),
    max_size=5).map("\n".join)


@given(BODY, BODY)
def test_each_side_is_found_whole(before: str, after: str) -> None:
    blocks = marked_body(before, after)

    def signs(text: str) -> list[str]:
        return sorted(text.replace(" ", "").replace("\n", ""))

    assert signs(words(blocks, PartFate.ADDED)) == signs(plain(before))
    assert signs(words(blocks, PartFate.REMOVED)) == signs(plain(after))
    if before == after:
        assert not any(table.is_changed for table in tables(blocks))
    assert len(tables(blocks)) >= max(sum("rows" in dir(block) for block in blocks_of(side)) for side in (before, after))
