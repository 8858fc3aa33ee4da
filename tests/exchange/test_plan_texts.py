"""Real plans are read with the chapters that a person counts in them, and no sign of their text is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.plan_proposals import Doubt, LeftOutWhy, PlanProposal, Sureness, as_plan
from emergency_desk.domain.plan_records import Level, PlanKind, PlanRole
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.plan_files import read_plan
from emergency_desk.exchange.plan_texts import read_plan_text
from emergency_desk.exchange.plan_writing import write_plan
from tests.exchange.plan_words import NANJING, NATION, NATION_TEXT, outline, signs, source_signs, titles, told_signs


def only(path: Path) -> PlanProposal:
    (found,) = read_plan_text(path)
    return found


def test_the_chapters_of_the_nanjing_plan_are_those_a_person_counts() -> None:
    plan = only(NANJING)
    assert [one.clause.title.zh for one in plan.chapters] == ["总则", "组织体系", "监测预报、预警和预防", "应急响应", "保障措施", "善后工作"]
    assert len(plan.clauses) == 70  # counted by hand: 6 chapters, 34 of two parts, 30 of three
    assert titles(plan, ["2.1.4", "4.5.2", "5.10", "5.10.3", "6.6"]) == ["市防办职责", "信息发布", "宣传培训与演练", "演练", "奖惩"]
    assert (plan.facts.title, plan.facts.kind, plan.facts.tier, plan.facts.hazard_types) == (
        "南京市洪涝灾害预案", PlanKind.SPECIAL, Tier.CITY, ("rainstorm_flood",))


def test_no_sign_of_the_nanjing_plan_is_lost() -> None:
    plan = only(NANJING)
    without_title = source_signs(NANJING).replace("洪涝灾害预案", "", 1)
    residue = [one.heading for one in plan.clauses if Doubt.RESIDUE in one.doubts]
    assert len(residue) == 6
    assert told_signs([plan]) == _without_residue(without_title)


def _without_residue(text: str) -> str:
    import re

    return re.sub(r"item\.startsWith\('\d'\)\)\">", "", text)


def test_the_web_page_around_the_nanjing_plan_is_told_and_not_taken_for_text() -> None:
    plan = only(NANJING)
    assert [(one.line, one.why) for one in plan.left_out] == [(20, LeftOutWhy.WEB_RESIDUE)]


def test_levels_of_the_nanjing_plan_are_proposed_with_their_sentences() -> None:
    plan = only(NANJING)
    by_level = {one.record.level: one for one in plan.levels}
    assert set(by_level) == set(Level)
    third = by_level[Level.III]
    assert (third.record.clause, third.record.activated_by.zh) == ("4.2.2", "市防指或授权市防办")
    assert len(third.record.conditions) == 4
    assert "Ⅲ级应急响应由市防指或授权市防办决定启动" in third.source.words
    words = [one.words for one in plan.situations if one.words]
    assert words == [("达到警戒水位", "到警戒水位"), ("暴雨蓝色预警",), ("一般险情",), ("超过警戒水位", "超警戒水位"), ("暴雨黄色预警",),
                     ("较大险情", "塘坝溃坝"), ("接近保证水位",), ("暴雨橙色预警",), ("重大险情", "水库溃坝")]
    assert by_level[Level.IV].record.activated_by_role is PlanRole.DUTY_LEADER


def test_a_level_whose_conditions_the_file_lacks_is_doubtful_and_says_so() -> None:
    first = next(one for one in only(NANJING).levels if one.record.level is Level.I)
    assert (first.sureness, first.doubts) == (Sureness.DOUBTFUL, (Doubt.NO_CONDITION,))
    assert first.record.conditions == ()
    assert first.source.words == "（4）Ⅰ级应急响应由市防指报请市政府同意后启动。"


def test_groups_units_and_law_of_the_nanjing_plan() -> None:
    plan = only(NANJING)
    groups = {one.source.words.split("：")[0]: one for one in plan.work_groups}
    assert set(groups) == {"综合协调组", "工程技术组", "水情气象组", "应急队伍组", "转移安置组", "财务物资组", "后勤保障组", "灾情统计组",
                           "宣传报道组"}
    rescue = groups["应急队伍组"].record
    assert rescue.lead.zh == "市应急管理局"
    assert [member.zh for member in rescue.members][:3] == ["南京警备区", "武警南京支队", "市消防救援支队"]  # the line ends in the midst of them
    for name, function in (("财务物资组", PlanRole.LOGISTICS), ("后勤保障组", PlanRole.LOGISTICS), ("水情气象组", PlanRole.MONITORING),
                           ("灾情统计组", PlanRole.MONITORING)):
        assert (groups[name].record.name.zh, groups[name].record.function, groups[name].doubts) == (name, function, ())
    units = [one.record.unit.zh for one in plan.contacts]
    assert len(units) == 36 and units[0] == "南京警备区" and units[-1] == "市水文局"
    assert len(plan.basis) == 10
    assert plan.basis[0].record.title.zh == "中华人民共和国水法"


def test_all_nine_groups_of_the_nanjing_plan_stand_in_the_plan_and_come_back_from_its_file() -> None:
    proposal = only(NANJING)
    plan = as_plan(proposal, proposal.facts, {one.id: one.record for one in proposal.work_groups})
    assert [group.name.zh for group in plan.work_groups] == [
        "综合协调组", "工程技术组", "水情气象组", "应急队伍组", "转移安置组", "财务物资组", "后勤保障组", "灾情统计组", "宣传报道组"]
    again = read_plan(write_plan(plan), "again")
    assert again.work_groups == plan.work_groups and len({group.id for group in again.work_groups}) == 9
    with pytest.raises(FieldRefused):
        as_plan(proposal, proposal.facts, {one.id: replace(one.record, name=Text("一组"), role=PlanRole.RESCUE) for one in proposal.work_groups})


def test_the_national_plan_reads_alike_from_word_and_from_text() -> None:
    word, text = only(NATION), only(NATION_TEXT)
    assert [one.clause.title.zh for one in word.chapters] == ["前言", "总则", "组织指挥体系", "运行机制", "应急保障", "预案管理"]
    assert len(word.clauses) == 39  # counted by hand: 5 chapters, 22 of two parts, 11 of three, and the words before them
    assert outline(word) == outline(text)
    assert (word.facts.title, word.facts.kind) == ("国家突发事件总体应急预案", PlanKind.OVERALL)


def test_no_sign_of_the_national_plan_is_lost() -> None:
    assert told_signs([only(NATION)]) == source_signs(NATION)
    assert told_signs([only(NATION_TEXT)]) == source_signs(NATION_TEXT)


@pytest.mark.parametrize("path", [NANJING, NATION])
def test_nothing_unconfirmed_stands_in_the_plan_and_what_was_read_is_written_and_read_back(path: Path) -> None:
    proposal = only(path)
    facts = proposal.facts
    plan = as_plan(proposal, facts, {})
    assert not (plan.levels or plan.work_groups or plan.contacts or plan.situations or plan.basis)
    if facts.tier is not Tier.NATION:  # a desk keeps plans of its own tiers
        assert read_plan(write_plan(plan), "again") == plan
    assert signs("".join(clause.body.zh for clause in plan.clauses))
