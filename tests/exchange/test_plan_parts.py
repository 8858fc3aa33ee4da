"""Levels, grading, groups, phones and supplies as made-up plans write them: in clauses, sentences, items and tables."""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_proposals import Doubt, PlanProposal, Sureness
from emergency_desk.domain.plan_records import Level, PlanKind, PlanRole
from emergency_desk.exchange.plan_facts import KnownArea, KnownToDesk
from emergency_desk.exchange.plan_texts import proposals_of
from emergency_desk.exchange.written_lines import Cells, Written, WrittenText
from tests.exchange.plan_words import lines_of, read

LEVELS = """某市危险化学品事故应急预案
1 总则
1.1 事故分级
（1）特别重大事故：造成30人以上死亡，或者100人以上重伤，或者1亿元以上直接经济损失的事故。
（2）重大事故：造成10人以上30人以下死亡，或者50人以上100人以下重伤的事故。
（3）较大事故：造成3人以上10人以下死亡的事故。
（4）一般事故：造成3人以下死亡的事故。
2 应急响应
2.1 响应分级
2.1.1 一级响应
符合下列条件之一的，启动一级响应：
（1）造成10人以上死亡；
（2）发生特别重大事故。
一级响应由市长批准启动。
2.1.2 二级响应
发生较大事故，由分管副市长决定启动二级响应。
2.1.3 三级响应
造成3人以上被困，经市应急管理局主要负责人批准，启动三级响应。
3 附则
3.1 解释
略。
"""


STEPS = """某市森林火灾应急预案
1 总则
1.1 目的
应急处置。
5 应急响应
5.1 市级层面应对工作
5.1.1 Ⅳ级响应
5.1.1.1 启动条件
（1）发生1起森林火灾，2小时尚未得到有效控制的；
（2）造成1人以上死亡或者3人以上重伤的森林火灾。
符合上述条件之一时，经分析评估，由市森防指办公室常务副主任决定启动Ⅳ级响应。
5.1.1.2 响应措施
（1）加强监测，10人以上死亡的及时报告。
5.1.2 III级响应
5.1.2.1 启动条件
（1）初判发生较大森林火灾的。
5.1.2.2 启动程序
由市森防指办公室主任决定启动III级响应。
5.1.3 二级应急响应启动条件及权限
出现下列情况之一：1.造成10人以上死亡；2.同时发生3起以上森林火灾的。二级响应由市森防指总指挥批准启动。
"""


def levels(plan: PlanProposal) -> dict[Level, tuple[str, list[dict[str, int]], list[Grade | None]]]:
    return {one.record.level: (one.record.activated_by.zh, [dict(each.figures) for each in one.record.conditions],
                               [each.grade for each in one.record.conditions]) for one in plan.levels}


def test_levels_by_clauses_with_lists_and_with_sentences() -> None:
    plan = read(LEVELS)
    assert levels(plan) == {
        Level.I: ("市长", [{"dead": 10}, {}], [None, Grade.ESPECIALLY_MAJOR]),
        Level.II: ("分管副市长", [{}], [Grade.RELATIVELY_MAJOR]),
        Level.III: ("市应急管理局主要负责人", [{"trapped": 3}], [None])}
    assert [one.sureness for one in plan.levels] == [Sureness.SURE] * 3
    assert [one.record.clause for one in plan.levels] == ["2.1.1", "2.1.2", "2.1.3"]
    assert plan.levels[0].source.line == 10


def test_conditions_in_clauses_of_their_own_are_read_whole_and_measures_are_none() -> None:
    plan = read(STEPS)
    assert levels(plan) == {
        Level.II: ("市森防指总指挥", [{"dead": 10}, {}], [None, None]),
        Level.III: ("市森防指办公室主任", [{}], [Grade.RELATIVELY_MAJOR]),
        Level.IV: ("市森防指办公室常务副主任", [{}, {"dead": 1}, {"badly_hurt": 3}], [None, None, None])}
    assert [one.name.zh for one in plan.situations] == ["发生1起森林火灾，2小时尚未得到有效控制的", "同时发生3起以上森林火灾的"]
    assert [one.sureness for one in plan.levels] == [Sureness.LIKELY, Sureness.SURE, Sureness.LIKELY]
    assert plan.clauses[2].doubts == (Doubt.NUMBER_JUMPS,)  # chapters 2 to 4 are not in the file


def test_a_sentence_that_was_not_read_whole_is_never_said_to_be_sure() -> None:
    sentence = "发生较大事故，由分管副市长决定启动二级响应。"
    plan = read(LEVELS.replace(sentence, f"{sentence}\n（1）道路中断；\n（2）通信中断。"))
    second = next(one for one in plan.levels if one.record.level is Level.II)
    assert second.sureness is Sureness.DOUBTFUL and Doubt.PARTLY_READ in second.doubts


def test_levels_of_a_street_in_chinese_numerals() -> None:
    plan = read("""某街道防汛防台风应急预案
一、总则
（一）编制目的
提高应急能力。
二、应急响应
（一）Ⅳ级响应
1.启动条件
区气象局发布台风蓝色预警或者暴雨蓝色预警。
2.启动程序
由街道应急办主任决定启动。
（二）Ⅲ级响应
1.启动条件
（1）区气象局发布台风黄色预警；
（2）辖区转移人员100人以上。
三、附则
略。
""")
    fourth, third = (next(one for one in plan.levels if one.record.level is level) for level in (Level.IV, Level.III))
    assert (fourth.record.tier, fourth.record.activated_by.zh) == (Tier.STREET, "街道应急办主任")
    assert fourth.record.activated_by_role is PlanRole.DUTY_LEADER
    assert [dict(one.figures) for one in third.record.conditions] == [{}, {"evacuate": 100}]
    assert {one.words for one in plan.situations} == {("台风蓝色预警", "暴雨蓝色预警"), ("台风黄色预警",)}
    assert third.doubts == (Doubt.NO_ACTIVATOR, Doubt.CONDITION_IN_WORDS)


def test_an_alternative_in_words_beside_figures_is_kept() -> None:
    plan = read(HEAD + "响应分级\nⅠ级响应：造成3人以上死亡，或者火灾失去控制，由总经理启动；\nⅡ级响应：造成1人以上重伤，由安保部经理启动。")
    assert [dict(one.figures) for one in plan.levels[0].record.conditions] == [{"dead": 3}, {}]
    assert [one.name.zh for one in plan.situations] == ["火灾失去控制"]


def test_member_units_that_a_sentence_lists() -> None:
    plan = read(HEAD + "市指挥部\n成员单位包括市公安局、市应急局、市园林和林业局等。\n市应急局值班室：0532-85911111")
    assert [(one.record.unit.zh, one.record.phone) for one in plan.contacts] == [
        ("市公安局", ""), ("市应急局", "0532-85911111"), ("市园林和林业局", "")]


def test_the_plans_own_grading_is_read_with_both_bounds() -> None:
    grades = {one.record.grade: one.record.figures for one in read(LEVELS).grades}
    assert grades[Grade.MAJOR] == (("dead", 10, 30), ("badly_hurt", 50, 100))
    assert grades[Grade.ORDINARY] == (("dead", 1, 3),)


def with_table(before: str, table: Cells, after: str = "") -> PlanProposal:
    lines = [*lines_of(before), Written(50, "", table=table), *(Written(51 + at, line.words) for at, line in enumerate(lines_of(after)))]
    (found,) = proposals_of(WrittenText("某市燃气事故应急预案.docx", tuple(lines)), KnownToDesk())
    return found


HEAD = "某市燃气事故应急预案\n1 总则\n1.1 目的\n应急处置。\n2 应急响应\n2.1 "


def test_levels_and_grades_in_tables() -> None:
    plan = with_table(HEAD + "响应分级\n响应级别见下表。", (
        ("响应级别", "启动条件", "启动权限"),
        ("Ⅰ级", "10人以上死亡\n50人以上被困", "总指挥"), ("Ⅱ级", "3人以上死亡", "副总指挥"),
        ("Ⅲ级", "发生一般事故", "市住建局局长")))
    assert levels(plan) == {
        Level.I: ("总指挥", [{"dead": 10}, {"trapped": 50}], [None, None]), Level.II: ("副总指挥", [{"dead": 3}], [None]),
        Level.III: ("市住建局局长", [{}], [Grade.ORDINARY])}
    across = with_table(HEAD + "事故分级标准\n分级标准见下表。", (
        ("等级", "特别重大", "重大", "较大", "一般"), ("死亡", "死亡30人以上", "死亡10人以上30人以下", "死亡3人以上10人以下", "死亡3人以下")))
    assert {one.record.grade: one.record.figures for one in across.grades} == {
        Grade.ESPECIALLY_MAJOR: (("dead", 30, None),), Grade.MAJOR: (("dead", 10, 30),), Grade.RELATIVELY_MAJOR: (("dead", 3, 10),),
        Grade.ORDINARY: (("dead", 1, 3),)}


def test_a_table_stays_a_table_in_its_clause() -> None:
    plan = with_table(HEAD + "通讯录\n见下表。", (("单位", "值班电话"), ("市应急局", "0532-85911111"), ("甲|乙", "\n")))
    assert plan.clauses[-1].clause.body.zh == "见下表。\n| 单位 | 值班电话 |\n| 市应急局 | 0532-85911111 |\n| 甲\\|乙 |  |"


def test_phones_of_a_table_join_the_member_units_of_the_text() -> None:
    plan = with_table(
        HEAD + "成员单位职责\n市公安局：负责交通管制和治安警戒。\n市应急管理局：负责综合协调。\n附件1 通讯录", (
            ("序号", "单位", "职务", "姓名", "值班电话", "手机"), ("1", "市公安局", "", "张三", "0532-66570000", "13800000000"),
            ("2", "市燃气集团", "调度长", "李四", "", "13900000000"), ("", "", "副调度长", "王五", "85911112", "")))
    told = [(one.record.role.zh, one.record.unit.zh, one.record.phone, one.doubts) for one in plan.contacts]
    assert told == [
        ("成员单位", "市公安局", "0532-66570000", ()), ("成员单位", "市应急管理局", "", (Doubt.NO_PHONE,)),
        ("调度长", "市燃气集团", "13900000000", (Doubt.PRIVATE_PHONE,)), ("副调度长", "市燃气集团", "85911112", ())]
    assert "张三" not in str([one.record for one in plan.contacts])  # a person's name stays in the text


def test_phones_in_lines() -> None:
    plan = read(HEAD + "联系电话\n市应急管理局值班室电话：0532-85911111\n市水务局 85911112\n紧急时拨打119报警。\n国发〔2005〕11号")
    assert [(one.record.unit.zh, one.record.phone) for one in plan.contacts] == [("市应急管理局", "0532-85911111"), ("市水务局", "85911112")]


def test_groups_in_clauses_of_their_own_and_in_tables() -> None:
    plan = read(HEAD + """工作组
2.1.1 抢险救援组
由市消防救援支队牵头，市住建局、市燃气集团等单位组成。主要职责：负责现场抢险、堵漏和人员搜救。
2.1.2 医疗救护组
牵头单位：市卫生健康委
成员单位：市红十字会、各医院
主要职责：救治伤员。
3 附则
3.1 解释
略。""")
    rescue, medical = (one.record for one in plan.work_groups)
    assert (rescue.function, rescue.lead.zh) == (PlanRole.RESCUE, "市消防救援支队")
    assert [one.zh for one in rescue.members] == ["市住建局", "市燃气集团"]
    assert rescue.duties.zh == "负责现场抢险、堵漏和人员搜救。"
    assert (medical.function, medical.lead.zh) == (PlanRole.MEDICAL, "市卫生健康委")
    assert [one.zh for one in medical.members] == ["市红十字会", "各医院"]
    table = with_table(HEAD + "工作组\n见下表。", (("组别", "牵头单位", "成员单位", "职责"), ("疏散安置组", "市公安局",
                                                                                              "市教育局、市民政局", "负责疏散群众")))
    (group,) = (one.record for one in table.work_groups)
    assert (group.function, group.lead.zh, [one.zh for one in group.members]) == (PlanRole.EVACUATION, "市公安局", ["市教育局", "市民政局"])


def test_supplies_of_a_table_with_their_units() -> None:
    plan = with_table(HEAD + "应急物资\n见下表。", (("物资名称", "数量", "存放地点"), ("水泵", "20台", "一库"), ("沙袋", "5000", "二库"),
                                                    ("合计", "", "")))
    assert [(one.record.name.zh, one.record.unit.zh, one.doubts) for one in plan.items] == [("水泵", "台", ()), ("沙袋", "件",
                                                                                                                 (Doubt.UNIT_MADE,))]


def test_what_a_plan_is_is_guessed_from_its_title() -> None:
    areas = KnownToDesk(areas=(KnownArea("青岛市", "3702", Tier.CITY), KnownArea("崂山区", "370212", Tier.DISTRICT),
                               KnownArea("王哥庄街道", "370212003", Tier.STREET)), own_code="3702", own_tier=Tier.CITY)
    body = "\n1 总则\n1.1 目的\n应急处置。\n2 附则\n2.1 解释\n略。"

    def facts(title: str) -> tuple[PlanKind, Tier, str, tuple[str, ...]]:
        told = read(title + body, known=areas).facts
        return told.kind, told.tier, told.area_code, told.hazard_types

    assert facts("青岛市突发事件总体应急预案") == (PlanKind.OVERALL, Tier.CITY, "3702", ())
    assert facts("崂山区王哥庄街道防汛防台风应急预案") == (PlanKind.TOWNSHIP, Tier.STREET, "370212003", ("typhoon", "rainstorm_flood"))
    assert facts("崂山区森林火灾应急预案") == (PlanKind.SPECIAL, Tier.DISTRICT, "370212", ("forest_fire",))
    assert facts("青岛市教育局学校食品安全事故应急预案")[0] is PlanKind.UNIT
    assert read("青岛市\n地震应急预案" + body, known=areas).facts.title == "青岛市地震应急预案"
