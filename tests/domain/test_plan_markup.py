"""Bodies of clauses: what a planner writes comes back the same, whatever it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.plan_markup import Block, Entries, Paragraph, Run, Table, blocks_of, plain, text_of, tidy

NASTY = st.text(st.sampled_from(list("ab甲，。3-*|\\<br>\n \u3000\t\u2028\u0085")), max_size=14)
WORDS = st.lists(st.builds(Run, NASTY, st.booleans()), max_size=4).map(tuple)
BLOCKS: st.SearchStrategy[list[Block]] = st.lists(
    st.builds(Paragraph, WORDS) | st.builds(Entries, st.lists(WORDS, max_size=3).map(tuple))
    | st.builds(Table, st.lists(st.lists(WORDS, max_size=3).map(tuple), max_size=3).map(tuple)), max_size=5)


def _said(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def test_paragraphs_lists_tables_and_strong_words_are_read() -> None:
    text = "先救人，**再控火**。\n- 关阀\n- 断电\n| 级别 | 条件 |\n| Ⅲ级 | 3人<br>以上 |"
    assert blocks_of(text) == (
        Paragraph((Run("先救人，"), Run("再控火", strong=True), Run("。"))),
        Entries((_said("关阀"), _said("断电"))),
        Table(((_said("级别"), _said("条件")), (_said("Ⅲ级"), _said("3人\n以上")))),
    )
    assert text_of(blocks_of(text)) == text


def test_plain_text_means_itself() -> None:
    for text in ("人民至上、生命至上。", "3*4 米，A|B 两线，-5 ℃，<5 人", "C:\\plans 目录", "一个 ** 没有另一半", "| 没有收尾"):
        assert plain(text) == text


def test_a_backslash_takes_the_meaning_away() -> None:
    assert blocks_of("\\- 不是列表") == (Paragraph(_said("- 不是列表")),)
    assert blocks_of("\\| 不是表 |") == (Paragraph(_said("| 不是表 |")),)
    assert blocks_of("\\*\\*不加粗\\*\\*") == (Paragraph(_said("**不加粗**")),)
    assert blocks_of("| a \\| b | c |") == (Table(((_said("a | b"), _said("c")),)),)


def test_two_tables_stay_two_and_short_rows_are_filled() -> None:
    two = blocks_of("| a | b |\n| c |\n\n| d |")
    assert two == (Table(((_said("a"), _said("b")), (_said("c"), ()))), Table(((_said("d"),),)))
    assert text_of(two) == "| a | b |\n| c |  |\n\n| d |"


def test_the_indent_of_a_chinese_paragraph_is_not_text() -> None:
    assert text_of(blocks_of("　　第一段。\r\n\r\n　　第二段。")) == "第一段。\n第二段。"


@given(BLOCKS)
def test_what_is_written_reads_back_the_same(blocks: list[Block]) -> None:
    assert blocks_of(text_of(blocks)) == tidy(blocks)


@given(BLOCKS)
def test_tidy_is_tidy_once(blocks: list[Block]) -> None:
    assert tidy(tidy(blocks)) == tidy(blocks)


@given(NASTY | st.text(max_size=30))
def test_any_text_can_be_read_and_is_written_one_way(text: str) -> None:
    once = text_of(blocks_of(text))
    assert blocks_of(once) == blocks_of(text)
    assert text_of(blocks_of(once)) == once
    assert all(line == line.strip() for line in once.split("\n"))


@given(st.text(st.sampled_from("甲乙丙，。；ab 12%（）\n"), max_size=40))
def test_no_word_of_plain_text_is_lost(text: str) -> None:
    assert plain(text).split() == text.split()
