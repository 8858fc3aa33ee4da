"""What foreign plans ask somebody to do, at whichever tier they name it, and the cards made of it: read, never made up."""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_proposals import UNTIMED, Doubt, PlanProposal, Sureness, at_tier, ready_ones
from emergency_desk.domain.plan_records import Action, Level, PlanFact, PlanRole
from emergency_desk.exchange.plan_texts import read_plan_text
from tests.exchange.plan_words import NANJING, NATION, read

THREE_TIERS = """某市防汛应急预案
1 总则
1.1 目的
应急处置。
2 组织指挥
2.1 工作组
抢险救援组：由市消防救援支队牵头，市水务局、市住建局组成。负责抢险；负责搜救被困人员；严禁单人涉水。
综合协调组：由市应急管理局牵头，市政府办公室组成。负责综合协调。
3 应急响应
3.1 市级响应
3.1.1 Ⅱ级响应
有下列情形之一的，启动市级Ⅱ级响应：
（1）10人以上被困；
（2）水库发生溃坝。
由市长决定启动。
3.1.2 Ⅲ级响应
有下列情形之一的，启动市级Ⅲ级响应：
（1）3人以上被困；
（2）堤防出现管涌。
由分管副市长决定启动。
3.2 区级响应
3.2.1 Ⅲ级响应
造成1人以上被困的，由区长决定启动Ⅲ级响应。
3.2.2 街道响应
街道Ⅳ级响应由街道办事处主任决定启动。
3.3 响应措施
3.3.1 Ⅲ级响应措施
（1）市水务局30分钟内派出专家组赶赴现场；每日报告水情。
（2）区防指立即组织危险区域群众转移。
（3）市应急办接报后半小时内电话、1小时内书面报告市政府。
3.3.2 Ⅱ级响应措施
（1）市消防救援支队组织力量搜救。
（2）市水务局1个半小时内派出专家组赶赴现场。
（3）当堤防决口时，市水务局组织堵口。
3.4 响应终止
省启动Ⅰ级响应后，按省的部署执行。
4 附则
4.1 解释
略。
"""


def told(plan: PlanProposal) -> list[tuple[Tier, Level, str]]:
    return [(one.record.tier, one.record.level, one.record.activated_by.zh) for one in plan.levels]


def actions(plan: PlanProposal) -> dict[str, Action]:
    return {one.record.title.zh: one.record for one in plan.actions}


def test_levels_of_every_tier_that_the_text_names() -> None:
    plan = read(THREE_TIERS)
    assert told(plan) == [
        (Tier.CITY, Level.II, "市长"), (Tier.CITY, Level.III, "分管副市长"), (Tier.DISTRICT, Level.III, "区长"),
        (Tier.STREET, Level.IV, "街道办事处主任")]
    assert [one.id for one in plan.levels] == ["level II", "level III", "level tier_district III", "level tier_street IV"]


def test_what_names_its_tier_stays_there_when_somebody_says_whose_plan_it_is() -> None:
    plain = read(THREE_TIERS.replace("市级Ⅱ级", "Ⅱ级").replace("市级Ⅲ级", "Ⅲ级").replace("3.1 市级响应", "3.1 分级响应"))
    moved = at_tier(plain, Tier.STREET)
    assert [one.record.tier for one in moved.levels] == [Tier.STREET, Tier.STREET, Tier.DISTRICT, Tier.STREET]


def test_an_action_says_who_from_which_level_and_within_how_many_minutes() -> None:
    found = actions(read(THREE_TIERS))
    experts = found["市水务局30分钟内派出专家组赶赴现场"]
    assert (experts.due_minutes, experts.from_level, experts.tier, experts.clause) == (30, Level.III, Tier.CITY, "3.3.1")
    moving = found["区防指立即组织危险区域群众转移"]
    assert (moving.due_minutes, moving.tier, moving.role) == (0, Tier.DISTRICT, PlanRole.COMMANDER)
    rescue = found["市消防救援支队组织力量搜救"]
    assert (rescue.role, rescue.from_level, rescue.due_minutes) == (PlanRole.RESCUE, Level.II, UNTIMED)
    assert found["市水务局1个半小时内派出专家组赶赴现场"].due_minutes == 90


def test_a_sentence_that_asks_for_two_reports_becomes_two_actions() -> None:
    reports = [one for one in actions(read(THREE_TIERS)).values() if one.meets]
    assert [(one.title.zh, one.due_minutes, one.meets, one.role) for one in reports] == [
        ("市应急办接报后半小时内电话报告市政府", 30, PlanFact.REPORT_PHONE, PlanRole.DUTY_LEADER),
        ("市应急办接报后1小时内书面报告市政府", 60, PlanFact.REPORT_WRITTEN, PlanRole.DUTY_LEADER)]


def test_what_is_doubtful_about_an_action_is_said_and_never_confirmed_with_the_others() -> None:
    plan = read(THREE_TIERS)
    doubts = {one.record.title.zh: one.doubts for one in plan.actions}
    assert Doubt.ONLY_IN_A_CASE in doubts["当堤防决口时，市水务局组织堵口"]
    assert Doubt.LIKE_LOWER in doubts["市水务局1个半小时内派出专家组赶赴现场"]
    assert doubts["市消防救援支队组织力量搜救"] == (Doubt.NO_TIME,)
    ready = ready_ones(plan, {}, (), due_minutes=45)
    confirmed = {record.title.zh: record.due_minutes for record in ready.values() if isinstance(record, Action)}
    assert confirmed["市消防救援支队组织力量搜救"] == 45
    assert confirmed["市水务局30分钟内派出专家组赶赴现场"] == 30
    assert "当堤防决口时，市水务局组织堵口" not in confirmed


def test_who_activates_a_level_is_no_action() -> None:
    assert not any("决定启动" in title or "情形之一" in title for title in actions(read(THREE_TIERS)))


def test_a_card_for_each_group_and_for_each_post_that_acts() -> None:
    plan = read(THREE_TIERS)
    cards = {one.record.post.zh: one for one in plan.cards}
    assert set(cards) == {"带班领导", "抢险救援组", "综合协调组"}
    rescue = cards["抢险救援组"].record
    assert [step.text.zh for step in rescue.steps] == ["抢险", "搜救被困人员"]
    assert rescue.never.zh == "严禁单人涉水"
    assert [(one.role.zh, one.unit.zh) for one in rescue.reports_to] == [("综合协调组", "市应急管理局")]
    assert (rescue.from_level, rescue.trigger.zh) == (Level.III, "Ⅲ级以上应急响应启动")
    leader = cards["带班领导"].record
    assert [step.due_minutes for step in leader.steps] == [30, 60]


def test_words_that_tell_a_circumstance_tell_no_other() -> None:
    plan = read(THREE_TIERS)
    assert {one.name.zh: one.words for one in plan.situations} == {"水库发生溃坝": ("水库溃坝", "溃坝"), "堤防出现管涌": ("堤防管涌", "管涌")}
    both = read(THREE_TIERS.replace("堤防出现管涌", "塘坝出现溃坝"))
    assert {one.name.zh: one.words for one in both.situations} == {"水库发生溃坝": ("水库溃坝",), "塘坝出现溃坝": ("塘坝溃坝",)}


def test_a_title_without_a_place_takes_that_of_the_files_name() -> None:
    text = THREE_TIERS.replace("某市防汛应急预案", "防汛应急预案")
    plan = read(text, name="临江市防汛预案2021版_市级.txt")
    assert plan.facts.title == "临江市防汛应急预案" and "title" not in plan.facts.is_sure
    assert read(text, name="扫描件0012.txt").facts.title == "防汛应急预案"
    named = read(THREE_TIERS, name="临江市防汛预案.txt")
    assert named.facts.title == "某市防汛应急预案" and "title" in named.facts.is_sure


def test_habits_of_articles_and_chinese_numbers() -> None:
    plan = read("""某街道森林火灾应急预案
第一章 总则
第一条 为及时处置森林火灾突发事件，制定本预案。
第二章 应急处置
第二条 先期处置：社区发现火情后，立即组织群众疏散；10分钟内电话报告街道值班室。
第三条 街道值班员应当在15分钟内电话报告区森防办。
第三章 附则
第四条 本预案自发布之日起施行。
""")
    assert {(one.record.tier, one.record.due_minutes, one.record.role) for one in plan.actions} >= {(Tier.STREET, 15, PlanRole.DUTY_OFFICER)}
    assert all(one.sureness is not Sureness.SURE for one in plan.actions)


if NANJING.exists():

    def test_the_nanjing_plan_proposes_what_its_response_chapter_asks_for() -> None:
        (plan,) = read_plan_text(NANJING)
        found = actions(plan)
        assert {one.clause for one in found.values()} >= {"4.3.1", "4.3.2", "4.3.3", "4.3.4", "4.4.1", "4.5.1"}
        report = found["重大险情、灾情市防办接报后，第一时间组织做好处置工作，半小时内口头报告市政府和省防指"]
        assert (report.due_minutes, report.meets) == (30, PlanFact.REPORT_PHONE)
        assert len(plan.cards) == 11
        assert not {one.record.clause.split(".")[0] for one in plan.actions} & {"1", "3", "5", "6"}

    def test_the_national_plan_proposes_no_level_of_another_tier() -> None:
        (plan,) = read_plan_text(NATION)
        assert {one.record.tier for one in plan.levels} <= {Tier.NATION}
