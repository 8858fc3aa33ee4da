"""What a plan's sentences ask for: boundary words (R-0.1), alternatives, and circumstances that only a person can judge."""

from __future__ import annotations

import pytest

from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_proposals import Doubt
from emergency_desk.exchange.plan_conditions import Conditions, figures_in


@pytest.mark.parametrize(("sentence", "expected"), [
    ("造成30人以上死亡，或者100人以上重伤（包括急性工业中毒，下同），或者1亿元以上直接经济损失的事故",
     [("dead", 30, None), ("badly_hurt", 100, None), ("loss_yuan", 100_000_000, None)]),
    ("3人以上10人以下死亡，或者10人以上50人以下重伤，或者1000万元以上5000万元以下直接经济损失",
     [("dead", 3, 10), ("badly_hurt", 10, 50), ("loss_yuan", 10_000_000, 50_000_000)]),
    ("死亡10人以上、30人以下", [("dead", 10, 30)]),
    ("三人以上十人以下死亡", [("dead", 3, 10)]),
    ("10—29人死亡", [("dead", 10, 30)]),
    ("造成3人以下死亡", [("dead", 1, 3)]),
    ("需緊急轉移安置5000人以上1萬人以下", [("evacuate", 5000, 10_000)]),
    ("超过10人被困", [("trapped", 11, None)]),
    ("涉险１０人以上", [("at_risk", 10, None)]),
    ("直接经济损失5000万元（含）以上", [("loss_yuan", 50_000_000, None)]),
    ("失联3人及以上", [("missing", 3, None)]),
    ("受灾人口1.5万人以上", [("at_risk", 15_000, None)]),
    ("设置3个组，每组10人，配备水泵20台", []),
    ("24小时降雨量达50毫米以上", []),
    ("受涝面积在50万亩以内", []),
])
def test_figures_have_the_bounds_that_the_words_say(sentence: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert [(one.name, one.least, one.below) for one in figures_in(sentence)] == expected


def test_alternatives_are_conditions_of_their_own_and_what_holds_together_is_one() -> None:
    either, doubts = Conditions().read("造成10人以上死亡，或者50人以上重伤")
    assert [one.figures for one in either] == [(("dead", 10),), (("badly_hurt", 50),)]
    assert not doubts
    both, _doubts = Conditions().read("紧急转移安置1万人以上，且死亡5人以上")
    assert [one.figures for one in both] == [(("evacuate", 10_000), ("dead", 5))]


def test_a_plan_may_exclude_the_number_itself() -> None:
    conditions, _doubts = Conditions(is_exclusive=True).read("10人以上死亡")
    assert conditions[0].figures == (("dead", 11),)


@pytest.mark.parametrize(("sentence", "grade"), [
    ("发生特别重大突发事件", Grade.ESPECIALLY_MAJOR), ("初判为较大火灾事故", Grade.RELATIVELY_MAJOR), ("可能造成重大（Ⅱ级）以上地质灾害",
                                                                                                       Grade.MAJOR),
    ("发生一般生产安全事故", Grade.ORDINARY)])
def test_grades_are_read_where_the_event_is_graded(sentence: str, grade: Grade) -> None:
    conditions, doubts = Conditions().read(sentence)
    assert (conditions[0].grade, doubts) == (grade, set())


def test_a_dyke_in_great_danger_is_no_grade_but_a_circumstance() -> None:
    conditions = Conditions()
    read, doubts = conditions.read("流域性防洪工程、水库大坝出现重大险情；")
    assert read[0].grade is None and doubts == {Doubt.CONDITION_IN_WORDS}
    assert conditions.situations[0].name.zh == "流域性防洪工程、水库大坝出现重大险情"


def test_a_warning_is_a_circumstance_that_is_heard_in_a_call() -> None:
    conditions = Conditions()
    conditions.read("市气象局发布暴雨橙色预警信号")
    again, _doubts = conditions.read("市气象局发布暴雨橙色预警信号。")
    assert [one.words for one in conditions.situations] == [("暴雨橙色预警",)]
    assert again[0].situations == (conditions.situations[0].id,)


@pytest.mark.parametrize(("sentence", "doubt"), [
    ("因灾死亡50人", Doubt.FIGURE_WITHOUT_BOUND), ("死亡（含失踪）30人以上", Doubt.MISSING_COUNTED),
    ("被困3人以上且可能造成重大社会影响", Doubt.PARTLY_READ)])
def test_what_is_not_quite_clear_is_said(sentence: str, doubt: Doubt) -> None:
    assert doubt in Conditions().read(sentence)[1]
