"""Whatever a text looks like, it is read without a fault, numbered without a double, and no sign of it is lost."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.plan_markup import plain
from emergency_desk.domain.plan_proposals import PlanProposal, as_plan
from emergency_desk.domain.plan_records import Condition
from emergency_desk.errands import plan_correcting
from emergency_desk.exchange.plan_conditions import _TYPED, GRADE_WORDS, Conditions, written
from emergency_desk.exchange.plan_facts import KnownToDesk
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.plan_texts import proposals_of
from emergency_desk.exchange.plan_writing import write_plan
from emergency_desk.exchange.written_lines import Written, WrittenText
from tests.exchange.plan_words import read, signs

_MARKS = st.sampled_from((
    "", "", "", "第一章 ", "第二章", "第三章　", "第一节 ", "第一条 ", "第二条　", "第三条",
    "一、", "二、", "三、", "（一）", "（二）", "1 ", "2 ", "3 ", "1.", "2、",
    "1.1 ", "1.2", "1.3 ", "2.1 ", "2?1", "2.1.1 ", "3.1.1.1 ",
    "（1）", "（2）", "①", "附件1 ", "附件2：", "Ⅰ级响应：", "- ", "| ", "## ", "1．1．2 "))
_WORDS = st.sampled_from((
    "总则", "应急响应", "编制目的", "为了应急处置突发事件，制定本预案。", "抢险救援组：由市消防救援支队牵头，市公安局等单位组成，负责抢险。",
    "Ⅰ级响应启动条件",
    "有下列情形之一的，启动Ⅰ级响应：", "10人以上死亡；",
    "市公安局：负责交通管制。", "市应急局 0532-85911111", "— 12 —",
    "目录", "总则…………1", "各部门加强值守，", "**重要**",
    "某市防汛应急预案", "a|b|c", "由市长决定启动Ⅱ级响应", "应急处置\\", "<br>", "x"))
_LINES = st.lists(st.tuples(_MARKS, _WORDS, st.integers(0, 3), st.booleans()), min_size=1, max_size=40)


@settings(deadline=None)
@given(_LINES)
def test_no_sign_is_lost_and_no_number_stands_twice(drawn: list[tuple[str, str, int, bool]]) -> None:
    lines = (Written(1, "应急预案突发事件应急处置指挥。"), *(
        Written(at, f"{mark}{words}", level=level if level < 2 else 0, is_soft=soft)
        for at, (mark, words, level, soft) in enumerate(drawn, start=2)))
    found = proposals_of(WrittenText("某市预案.txt", lines), KnownToDesk())
    for plan in found:
        numbers = [one.clause.number for one in plan.clauses]
        assert len(set(numbers)) == len(numbers)
        assert all(re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4}){0,5}", number) for number in numbers)
        made = as_plan(plan, plan.facts, {})
        if plan.facts.code:
            assert read_plan(write_plan(made), "again") == made
    assert _told(found) == _written(lines, found)


def _told(found: tuple[PlanProposal, ...]) -> str:
    """Return the signs of what was read, in any order of lines: a title that stands alone is told first."""
    titles = "".join(plan.title_words for plan in found)
    read = titles + "".join(one.heading + plain(one.clause.body.zh) for plan in found for one in plan.clauses)
    return "".join(sorted(signs(read)))


def _written(lines: tuple[Written, ...], found: tuple[PlanProposal, ...]) -> str:
    """Return the signs of the file but for its furniture."""
    left = [one.words for plan in found for one in plan.left_out]
    words = [line.said for line in lines]
    for one in left:
        words.remove(one)
    return "".join(sorted(signs("".join(words))))


@given(st.dictionaries(st.sampled_from(sorted(_TYPED)), st.integers(1, 10**9), min_size=1, max_size=3))
def test_a_condition_that_is_shown_to_be_corrected_reads_back(figures: dict[str, int]) -> None:
    condition = Condition(figures=tuple(figures.items()))
    assert Conditions().read(written(condition, ()))[0] == [condition]


def test_grades_and_circumstances_read_back() -> None:
    for _word, grade in GRADE_WORDS:
        assert Conditions().read(written(Condition(grade=grade), ()))[0] == [Condition(grade=grade)]
    reading = Conditions()
    (said,), _doubts = reading.read("市气象局发布暴雨红色预警信号")
    assert Conditions(situations=list(reading.situations)).read(written(said, reading.situations))[0] == [said]


def test_what_nobody_touched_stays_as_it_was_read() -> None:
    plan = read("某市应急预案\n1 总则\n1.1 应急响应\n有下列情形之一的，由市长决定启动Ⅰ级响应：\n（1）10人以上死亡；\n2 附则\n2.1 解释\n略。")
    assert plan.levels
    for one in plan.asked:
        fields = plan_correcting.fields_of(one.record, plan.situations)
        assert plan_correcting.corrected(one.record, fields, plan.situations) == (one.record, plan.situations)
