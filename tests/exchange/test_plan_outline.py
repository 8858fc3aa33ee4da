"""Chapters and clauses in every habit that offices have; contents, page numbers and running heads are no chapters (domain §3.4, §16 trap 15)."""

from __future__ import annotations

import pytest

from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.plan_proposals import Doubt, LeftOutWhy
from emergency_desk.exchange.plan_facts import KnownToDesk
from emergency_desk.exchange.plan_texts import proposals_of
from emergency_desk.exchange.written_lines import Written, WrittenText
from tests.exchange.plan_words import lines_of, outline, read

ARTICLES = """某市人民政府办公室关于印发
《某市森林火灾应急预案》的通知
目  录
第一章 总则 ………… 1
第一条 目的
第二章 组织指挥 ………… 3

第一章 总则
第一条 为了有效处置森林火灾，制定本预案。
第二条 本预案适用于本市。
— 1 —
第二章
组织指挥
第三条 市森林防灭火指挥部负责组织、协调、指挥全市森林火灾的预防和应急处置工作，根据本预案第一条的规
定开展工作。
（一）负责扑救指挥；
（二）负责信息报告。
第四条 办公室设在市应急管理局，
第三条规定的工作由其承担。
— 2 —
附件：1. 组织图
2. 通讯录
附件1
组织图
这里是图。
附件2 通讯录
市应急管理局值班室 85911110
"""


def test_chapters_and_articles_keep_the_documents_numbers() -> None:
    plan = read(ARTICLES)
    assert outline(plan) == [
        ("0", "前言"), ("1", "总则"), ("1.1", "第一条"), ("1.2", "第二条"), ("2", "组织指挥"), ("2.3", "第三条"), ("2.4", "第四条"),
        ("3", "附件1 组织图"), ("4", "附件2 通讯录")]
    assert plan.facts.title == "某市森林火灾应急预案"
    third, fourth = plan.clauses[5].clause, plan.clauses[6].clause
    assert third.body.zh == (
        "市森林防灭火指挥部负责组织、协调、指挥全市森林火灾的预防和应急处置工作，根据本预案第一条的规定开展工作。\n（一）负责扑救指挥；\n（二）负责信息报告。")
    assert fourth.body.zh.startswith("办公室设在市应急管理局，第三条规定的工作由其承担。")


def test_contents_and_page_numbers_are_told_and_left_out() -> None:
    left = read(ARTICLES).left_out
    assert [one.words for one in left if one.why is LeftOutWhy.PAGE_NUMBER] == ["— 1 —", "— 2 —"]
    assert [one.line for one in left if one.why is LeftOutWhy.CONTENTS] == [3, 4, 5, 6]


def test_chinese_numerals_in_three_steps() -> None:
    plan = read("""某区防汛应急预案
一、总则
（一）编制目的
为了防汛应急。
（二）编制依据。依据《中华人民共和国防洪法》，制定本预案。
二、组织体系
（一）区防指
1. 组成
由区长任总指挥。
2. 职责
负责：
（1）指挥抢险；
（2）发布预警。
（二）工作组
下设以下组：
1. 综合协调组
2. 抢险救援组
3. 医疗救护组
三、附则
（一）本预案由区防办负责解释并适时修订，各镇街结合实际制定本级预案，报区防办备案后实施；
（二）本预案自印发之日起施行。
""")
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "编制依据"), ("2", "组织体系"), ("2.1", "区防指"), ("2.1.1", "组成"),
                             ("2.1.2", "职责"), ("2.2", "工作组"), ("3", "附则")]
    assert "1. 综合协调组\n2. 抢险救援组\n3. 医疗救护组" in plan.clauses[7].clause.body.zh  # a list, no clauses
    assert "（1）指挥抢险；" in plan.clauses[6].clause.body.zh
    assert plan.clauses[8].clause.body.zh.startswith("（一）本预案由区防办")


def test_lost_full_stops_and_traditional_characters() -> None:
    plan = read("""某市抗震救災應急預案
1?總則
1?1?編制目的
為了抗震。
1?2 編制依據
依據法律。
1?2?1依據一
條文
2 組織指揮體系
2?1指揮部
內容
3 預警
3?1 預警分級
內容
""")
    assert outline(plan) == [("1", "總則"), ("1.1", "編制目的"), ("1.2", "編制依據"), ("1.2.1", "依據一"), ("2", "組織指揮體系"), ("2.1",
                                                                                                                                   "指揮部"),
                             ("3", "預警"), ("3.1", "預警分級")]
    assert [Doubt.DOT_LOST in one.doubts for one in plan.clauses] == [True, True, True, True, False, True, False, True]


@pytest.mark.parametrize("stop", [".", "．", "。", "·", "、", " . "])
def test_every_kind_of_full_stop_between_numbers(stop: str) -> None:
    plan = read(f"某市应急预案\n1 总则\n1{stop}1 编制目的\n为了应急处置。\n1{stop}2 适用范围\n本市。\n2 组织指挥\n2{stop}1 指挥部\n指挥。\n")
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "适用范围"), ("2", "组织指挥"), ("2.1", "指挥部")]


def test_full_width_digits_and_numbers_glued_to_their_titles() -> None:
    plan = read("某市应急预案\n１　总则\n１．１编制目的\n为了应急处置。\n１．２．适用范围\n本市。\n２　组织指挥\n２．１指挥部\n指挥。\n")
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "适用范围"), ("2", "组织指挥"), ("2.1", "指挥部")]


def test_measures_and_items_are_no_chapters() -> None:
    plan = read("""某市应急预案
1 总则
1.1 编制目的
当水位超过警戒水位时启动应急响应：
1.5米以上的积水点要封路。
2.5万人以上转移的报告省防指。
1.2 物资
2. 水泵
3. 沙袋
2 应急处置
2.1 措施
内容。
""")
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "物资"), ("2", "应急处置"), ("2.1", "措施")]
    assert plan.clauses[1].clause.body.zh.endswith("1.5米以上的积水点要封路。\n2.5万人以上转移的报告省防指。")
    assert plan.clauses[2].clause.body.zh == "2. 水泵\n3. 沙袋"


def test_a_number_written_twice_gets_a_free_one_and_a_jump_is_marked() -> None:
    plan = read("某市应急预案\n1 总则\n1.1 目的\n应急。\n1.1 依据\n法律。\n1.2 范围\n本市。\n2 组织指挥\n2.2 指挥部\n指挥。\n")
    assert outline(plan) == [("1", "总则"), ("1.1", "目的"), ("1.3", "依据"), ("1.2", "范围"), ("2", "组织指挥"), ("2.2", "指挥部")]
    assert plan.clauses[2].doubts == (Doubt.NUMBER_REPEATS,)
    assert plan.clauses[2].heading == "1.1 依据"
    assert plan.clauses[5].doubts == (Doubt.NUMBER_JUMPS,)


def test_running_heads_and_bare_page_numbers_vanish_from_the_midst_of_a_sentence() -> None:
    pages = []
    for page in range(1, 6):
        pages += [f"1.{page} 第{page}节内容", "各部门要加强应急值守，做好抢险救援队伍、", "某市防汛应急预案", str(page),
                                                        "物资和装备的准备，随时投入处置。"]
    plan = read("某市防汛应急预案\n1 总则\n" + "\n".join(pages) + "\n2 附则\n略。")
    heads = [one for one in plan.left_out if one.why is LeftOutWhy.RUNNING_HEAD]
    numbers = [one for one in plan.left_out if one.why is LeftOutWhy.PAGE_NUMBER]
    assert (len(heads), len(numbers)) == (5, 5)
    assert plan.clauses[1].clause.body.zh == "各部门要加强应急值守，做好抢险救援队伍、物资和装备的准备，随时投入处置。"
    assert plan.facts.title == "某市防汛应急预案"


def test_a_table_of_contents_without_pages_ends_where_the_text_begins() -> None:
    plan = read("某市应急预案\n目录\n"
                "1 总则\n1.1 目的\n2 组织指挥\n2.1 指挥部\n1 总则\n1.1 目的\n应急。\n2 组织指挥\n2.1 指挥部\n指挥抢险救援。\n")
    assert outline(plan) == [("1", "总则"), ("1.1", "目的"), ("2", "组织指挥"), ("2.1", "指挥部")]
    assert [one.line for one in plan.left_out] == [2, 3, 4, 5, 6]


def test_appendices_number_anew_below_their_own_number() -> None:
    plan = read("某市应急预案\n1 总则\n1.1 目的\n应急处置。\n2 附则\n2.1 解释\n略。\n"
                "附件1 应急工作手册\n1 队伍\n1.1 抢险队\n二十人。\n附件2 流程图\n略。\n")
    assert outline(plan) == [("1", "总则"), ("1.1", "目的"), ("2", "附则"), ("2.1", "解释"), ("3", "附件1 应急工作手册"), ("3.1", "队伍"),
                             ("3.1.1", "抢险队"),
                             ("4", "附件2 流程图")]


def test_parts_of_a_units_plan_number_anew() -> None:
    plan = read("某酒店生产安全事故应急预案\n第一部分 综合应急预案\n1 总则\n1.1 适用范围\n应急处置。\n2 职责\n"
                "第二部分 现场处置方案\n1 电梯困人\n1.1 风险\n困人。\n"
                "附件：通讯录\n略。")
    assert outline(plan) == [("1", "综合应急预案"), ("1.1", "总则"), ("1.1.1", "适用范围"), ("1.2", "职责"), ("2", "现场处置方案"),
                             ("2.1", "电梯困人"), ("2.1.1", "风险"), ("3", "附件 通讯录")]


def test_headings_by_style_alone_get_numbers_and_are_marked() -> None:
    lines = (Written(1, "某厂应急预案", level=1), Written(2, "总则", level=1), Written(3, "编制目的", level=2), Written(4, "为了应急处置。"),
             Written(5, "适用范围", level=2), Written(6, "本厂。"), Written(7, "应急响应", level=1), Written(8, "启动", level=2))
    plan = read_lines(lines)
    assert outline(plan) == [("1", "总则"), ("1.1", "编制目的"), ("1.2", "适用范围"), ("2", "应急响应"), ("2.1", "启动")]
    assert all(one.doubts == (Doubt.NUMBER_MADE,) for one in plan.clauses)


def read_lines(lines: tuple[Written, ...]):  # type: ignore[no-untyped-def]
    (found,) = proposals_of(WrittenText("预案.docx", lines), KnownToDesk())
    return found


def test_a_plan_without_any_heading_is_one_clause_with_all_its_words() -> None:
    plan = read("某村防汛应急预案\n发生险情时立即敲锣报警，转移群众到村委会。\n村主任负责指挥抢险救援。")
    assert [(one.clause.number, one.doubts) for one in plan.clauses] == [("1", (Doubt.NO_CHAPTERS,))]
    assert "转移群众到村委会" in plan.clauses[0].clause.body.zh


def test_text_of_something_else_is_refused() -> None:
    with pytest.raises(BadFile) as told:
        proposals_of(WrittenText("菜谱.txt", lines_of("一、红烧肉\n五花肉切块。\n二、鱼香肉丝\n肉丝、木耳。\n三、汤\n紫菜蛋花汤。")),
                     KnownToDesk())
    assert told.value.values["reason"] == "plan_other_text"


def test_one_file_with_several_plans_is_parted_at_their_titles() -> None:
    def plan(name: str) -> str:
        chapters = "\n".join(f"{at} {title}\n{at}.1 {title}一\n应急处置内容。\n{at}.2 {title}二\n应急处置内容。" for at, title in enumerate(
            ("总则", "组织指挥", "监测预警", "应急响应", "附则"), start=1))
        return f"某市{name}应急预案\n{chapters}"

    found = proposals_of(WrittenText("十个预案.txt", lines_of("\n".join(map(plan, ("森林火灾", "地震", "气象灾害"))))), KnownToDesk())
    assert [one.facts.title for one in found] == ["某市森林火灾应急预案", "某市地震应急预案", "某市气象灾害应急预案"]
    assert [len(one.clauses) for one in found] == [15, 15, 15]
    assert found[1].facts.hazard_types == ("earthquake",)
