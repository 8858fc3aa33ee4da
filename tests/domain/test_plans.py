"""Which plan fits a call, at which level and why; and what a desk does where no plan was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plans import (
    Action,
    BorrowedKind,
    Clause,
    Condition,
    Held,
    HeldKind,
    Level,
    LevelRule,
    Needs,
    NoMatch,
    NoPlanStep,
    Plan,
    PlanKind,
    PlanMatch,
    PlanRole,
    actions_for,
    clause_key,
    matching,
    needs_for,
    no_plan_tasks,
)
from emergency_desk.domain.spoken import is_said, number_of
from emergency_desk.domain.texts import Text
from emergency_desk.errands.trade import read_plan_text

PLANS = Path(__file__).resolve().parents[2] / "plans"
NOTHING_KNOWN = Figures()


@pytest.fixture(scope="module")
def shipped() -> tuple[Plan, ...]:
    return tuple(read_plan_text(path.read_text(encoding="utf-8"), path.name) for path in sorted(PLANS.glob("*.yaml")))


def matched(plans: tuple[Plan, ...], **question: object) -> PlanMatch:
    answer = matching(plans, **{"tier": Tier.DISTRICT, "figures": NOTHING_KNOWN, **question})  # type: ignore[arg-type]
    assert isinstance(answer, PlanMatch)
    return answer


def plan(code: str, *, types: tuple[str, ...] = ("building_fire",), tiers: tuple[Tier, ...] = (Tier.DISTRICT,), tier: Tier = Tier.CITY,
         **rest: object) -> Plan:
    rules = tuple(LevelRule(tier=one, level=Level.IV, clause="1", activated_by=Text("带班领导"), activated_by_role=PlanRole.DUTY_LEADER,
                            conditions=(Condition(),)) for one in tiers)
    made = Plan(code=code, version="1", title=Text(code), kind=PlanKind.SPECIAL, hazard_types=types, tier=tier,
                clauses=(Clause(number="1", title=Text("总则")),), levels=rules)
    return replace(made, **rest)  # type: ignore[arg-type]


FIRE, HAZMAT, FLOOD, WOODS, GAS, QUAKE, TUNNEL = (
    "building_fire", "hazmat", "rainstorm_flood", "forest_fire", "gas_leak", "earthquake", "tunnel_accident")
ILL, CRUSH, DARK = "epidemic", "crowd_crush", "power_outage"
CITY, DISTRICT, STREET = Tier.CITY, Tier.DISTRICT, Tier.STREET
LEVELS = [
    # a fire that nobody knows anything about: the city has no level, the lower tiers begin
    (FIRE, CITY, {}, "", ""), (FIRE, DISTRICT, {}, "", "IV"), (FIRE, STREET, {}, "", "IV"),
    (FIRE, STREET, {"trapped": 1}, "", "III"), (FIRE, DISTRICT, {"trapped": 1}, "", "III"), (FIRE, DISTRICT, {"missing": 1}, "", "III"),
    (FIRE, DISTRICT, {"hurt": 2}, "", "IV"), (FIRE, DISTRICT, {"hurt": 3}, "", "III"),
    (FIRE, CITY, {"trapped": 2}, "", ""), (FIRE, CITY, {"trapped": 3}, "", "IV"),
    (FIRE, CITY, {"trapped": 3}, "18层居民楼起火", "III"), (FIRE, CITY, {"trapped": 2}, "an 18-storey block burns", "IV"),
    (FIRE, DISTRICT, {"trapped": 14}, "高层起火", "III"), (FIRE, DISTRICT, {"dead": 2, "badly_hurt": 4}, "", "II"),
    (FIRE, DISTRICT, {"dead": 2, "badly_hurt": 9}, "", "II"), (FIRE, DISTRICT, {"dead": 3}, "", "I"),
    (FIRE, CITY, {"dead": 2, "badly_hurt": 9}, "", "IV"), (FIRE, CITY, {"dead": 3}, "", "II"), (FIRE, CITY, {"badly_hurt": 10}, "", "II"),
    (FIRE, CITY, {"dead": 9, "badly_hurt": 49}, "", "II"), (FIRE, CITY, {"dead": 10}, "", "I"), (FIRE, CITY, {"evacuate": 500}, "", "III"),
    (FIRE, CITY, {"evacuate": 499}, "", ""),
    # a school is where pupils are, not the shop at its gate
    (FIRE, DISTRICT, {}, "养老院起火，老人正往外撤", "III"), (FIRE, CITY, {}, "小学教室起火", "IV"),
    (FIRE, CITY, {}, "学校门口一家小吃店着火", ""),
    (FIRE, DISTRICT, {}, "fire at a primary school", "III"), (FIRE, DISTRICT, {}, "医院对面的平房起火", "IV"),
    (FIRE, DISTRICT, {}, "18层居民楼起火，没有人被困", "III"), (FIRE, DISTRICT, {}, "仓库着火", "III"),
    # people are trapped, nobody counted them yet
    (FIRE, DISTRICT, {}, "楼道里电动车着火，好几个人被困在楼上下不来", "III"), (FIRE, DISTRICT, {}, "五楼着火，没有人被困", "IV"),
    (FIRE, STREET, {}, "six floor flat on fire, an old man cannot get out", "III"), (FIRE, DISTRICT, {}, "fire, nobody trapped", "IV"),
    (FLOOD, STREET, {}, "桥洞积水，车里有人出不来", "II"), (HAZMAT, DISTRICT, {}, "泄漏，人还在里面", "III"),
    # hazardous chemicals
    (HAZMAT, CITY, {}, "", ""), (HAZMAT, DISTRICT, {}, "", "IV"), (HAZMAT, STREET, {}, "", "IV"),
    (HAZMAT, STREET, {}, "有刺鼻气味", "III"), (HAZMAT, DISTRICT, {}, "液氨泄漏", "II"), (HAZMAT, CITY, {}, "液氨泄漏", "IV"),
    (HAZMAT, CITY, {"hurt": 2}, "chlorine is leaking", "IV"), (HAZMAT, CITY, {"hurt": 3}, "chlorine is leaking", "III"),
    (HAZMAT, CITY, {"missing": 3}, "", "III"),
    (HAZMAT, CITY, {}, "油库罐区着火", "II"), (HAZMAT, STREET, {}, "槽罐车泄漏硫酸", "III"),
    (HAZMAT, DISTRICT, {}, "化工厂爆炸了", "II"),
    (HAZMAT, CITY, {}, "explosion at a chemical plant", "III"), (HAZMAT, STREET, {}, "化工厂着火", "III"),
    (HAZMAT, CITY, {"evacuate": 500}, "", "III"), (HAZMAT, CITY, {"evacuate": 5000}, "", "II"), (HAZMAT, CITY, {"evacuate": 10000}, "", "I"),
    (HAZMAT, DISTRICT, {}, "槽罐车侧翻", "III"), (HAZMAT, DISTRICT, {}, "储罐爆炸", "I"), (HAZMAT, CITY, {}, "储罐爆炸", "II"),
    (HAZMAT, CITY, {"dead": 3}, "", "II"), (HAZMAT, CITY, {"badly_hurt": 50}, "", "I"), (HAZMAT, STREET, {"evacuate": 29}, "", "IV"),
    (HAZMAT, STREET, {"evacuate": 30}, "", "III"),
    # typhoon and flood
    (FLOOD, CITY, {}, "", ""), (FLOOD, DISTRICT, {}, "路面积水", "IV"), (FLOOD, STREET, {}, "路面积水", "IV"),
    ("typhoon", CITY, {}, "台风蓝色预警", "IV"), ("typhoon", CITY, {}, "台风黄色预警", "III"), (FLOOD, CITY, {}, "暴雨橙色预警", "III"),
    (FLOOD, CITY, {}, "暴雨红色预警", "II"), ("typhoon", CITY, {}, "台风红色预警", "I"), ("typhoon", CITY, {}, "解除台风红色预警", ""),
    (FLOOD, STREET, {"trapped": 6}, "积水0.8米，6人被困", "II"), (FLOOD, DISTRICT, {"trapped": 6}, "", "III"),
    (FLOOD, CITY, {"trapped": 6}, "", "IV"), (FLOOD, CITY, {"dead": 1, "missing": 2}, "", "III"), (FLOOD, CITY, {"missing": 3}, "", "II"),
    (FLOOD, DISTRICT, {"dead": 3}, "", "I"), (FLOOD, STREET, {"evacuate": 999}, "", "II"), (FLOOD, STREET, {"evacuate": 1000}, "", "I"),
    (FLOOD, CITY, {}, "水库出现管涌", "II"), (FLOOD, DISTRICT, {}, "水库出现管涌", "I"), (FLOOD, CITY, {}, "水库垮坝", "I"),
    (FLOOD, CITY, {}, "地下车库进水", ""), (FLOOD, CITY, {"trapped": 1}, "地下车库进水", "IV"),
    (FLOOD, DISTRICT, {"trapped": 2}, "桥洞积水", "III"),
    (FLOOD, STREET, {"evacuate": 12}, "低洼处平房进水", "III"), (FLOOD, DISTRICT, {}, "the river has burst its banks", "III"),
    (FLOOD, DISTRICT, {"evacuate": 49}, "", "IV"), (FLOOD, DISTRICT, {"evacuate": 50}, "", "III"),
    ("typhoon", CITY, {}, "台风红色预警信号已解除", ""), ("typhoon", CITY, {}, "台风橙色预警升级为红色", "I"),
    ("typhoon", CITY, {}, "the red typhoon warning has been lifted", ""),
    (FLOOD, DISTRICT, {}, "地下车库进水", "III"), (FLOOD, CITY, {"evacuate": 20000}, "", "I"),
    # forest fire: the locality strikes first, a village in its path brings the city in
    (WOODS, CITY, {}, "山上着火了", ""), (WOODS, DISTRICT, {}, "山上着火了", "IV"), (WOODS, STREET, {}, "grass fire by the road", "IV"),
    (WOODS, CITY, {}, "山火往村里烧", "IV"), (WOODS, DISTRICT, {}, "山火往村里烧", "III"), (WOODS, STREET, {}, "山火往村里烧", "III"),
    (WOODS, DISTRICT, {}, "山火，西北风6级", "III"), (WOODS, DISTRICT, {}, "山火，风力3级", "IV"), (WOODS, CITY, {}, "火已经烧进村", "II"),
    (WOODS, CITY, {"evacuate": 199}, "", ""), (WOODS, CITY, {"evacuate": 200}, "", "III"), (WOODS, CITY, {"evacuate": 1000}, "", "II"),
    (WOODS, CITY, {"dead": 3}, "", "II"), (WOODS, CITY, {"badly_hurt": 50}, "", "I"), (WOODS, STREET, {"evacuate": 1}, "", "III"),
    (WOODS, CITY, {}, "the hill fire is near houses", "IV"), (WOODS, CITY, {}, "山火，没有威胁村庄", ""),
    # an epidemic: the ill are entered as hurt
    (ILL, CITY, {}, "", ""), (ILL, DISTRICT, {}, "", "IV"), (ILL, STREET, {}, "几个人发烧", "IV"),
    (ILL, STREET, {"hurt": 4}, "", "IV"), (ILL, STREET, {"hurt": 5}, "", "III"), (ILL, DISTRICT, {}, "小学里十几个学生发烧", "III"),
    (ILL, CITY, {}, "several pupils have a fever", ""), (ILL, CITY, {"hurt": 9}, "", ""), (ILL, CITY, {"hurt": 10}, "", "IV"),
    (ILL, DISTRICT, {"hurt": 29}, "", "III"), (ILL, DISTRICT, {"hurt": 30}, "", "II"), (ILL, CITY, {"hurt": 30}, "", "III"),
    (ILL, DISTRICT, {}, "发现一例霍乱", "II"), (ILL, CITY, {}, "发现一例霍乱", "III"), (ILL, CITY, {}, "检测后排除，不是霍乱", ""),
    (ILL, CITY, {}, "疑似鼠疫病人", "II"), (ILL, DISTRICT, {}, "a suspected case of plague", "I"), (ILL, CITY, {"dead": 2}, "", "IV"),
    (ILL, CITY, {"dead": 3}, "", "II"), (ILL, CITY, {}, "passengers on a cruise ship are ill", "IV"),
    # a crowd crush: those pinned are entered as trapped
    (CRUSH, CITY, {}, "", ""), (CRUSH, DISTRICT, {}, "景区人太多了", "IV"), (CRUSH, STREET, {}, "景区人太多了", "IV"),
    (CRUSH, STREET, {"hurt": 1}, "", "III"), (CRUSH, STREET, {}, "灯会上发生踩踏", "III"), (CRUSH, CITY, {}, "灯会上发生踩踏", "IV"),
    (CRUSH, DISTRICT, {}, "演唱会散场太挤，没有踩踏", "III"), (CRUSH, STREET, {}, "散场太挤，没有踩踏", "IV"),
    (CRUSH, DISTRICT, {}, "overcrowding at the fireworks", "III"), (CRUSH, DISTRICT, {"trapped": 9}, "", "III"),
    (CRUSH, DISTRICT, {"trapped": 10}, "", "II"), (CRUSH, DISTRICT, {"trapped": 30}, "", "I"), (CRUSH, CITY, {"trapped": 30}, "", "II"),
    (CRUSH, CITY, {"trapped": 2}, "", ""), (CRUSH, CITY, {"dead": 1}, "", "III"), (CRUSH, CITY, {"dead": 9}, "", "II"),
    (CRUSH, CITY, {"dead": 10}, "", "I"), (CRUSH, CITY, {"badly_hurt": 49}, "", "II"), (CRUSH, CITY, {"badly_hurt": 50}, "", "I"),
    # a power failure
    (DARK, CITY, {}, "", ""), (DARK, DISTRICT, {}, "小区停电", "IV"), (DARK, STREET, {}, "小区停电", "IV"),
    (DARK, STREET, {}, "停电了，家里老人用呼吸机", "III"), (DARK, DISTRICT, {}, "my father's ventilator, the power is out", "III"),
    (DARK, CITY, {}, "停电了，家里老人用呼吸机", ""), (DARK, STREET, {}, "高压线断了掉在路上", "III"),
    (DARK, CITY, {}, "医院停电", "IV"), (DARK, DISTRICT, {}, "医院停电", "III"), (DARK, CITY, {}, "医院对面的小区停电", ""),
    (DARK, DISTRICT, {"trapped": 1}, "停电，电梯里有人", "III"), (DARK, CITY, {"trapped": 10}, "", "IV"),
    (DARK, DISTRICT, {}, "大面积停电", "II"), (DARK, CITY, {}, "大面积停电", "III"), (DARK, CITY, {}, "全市停电", "I"),
    (DARK, DISTRICT, {}, "city-wide blackout", "I"), (DARK, CITY, {"evacuate": 500}, "", "III"), (DARK, CITY, {"dead": 3}, "", "II"),
    # town gas: a smell in the stairs is the street's and the district's, a pipe dug through more
    (GAS, CITY, {}, "楼道里燃气味很大", ""), (GAS, DISTRICT, {}, "楼道里燃气味很大", "IV"), (GAS, STREET, {}, "smell of gas", "IV"),
    (GAS, DISTRICT, {}, "施工队把天然气管道挖断了", "III"), (GAS, STREET, {}, "施工队把天然气管道挖断了", "III"),
    (GAS, DISTRICT, {}, "家里煤气味特别大，老人头晕", "III"), (GAS, CITY, {}, "strong smell of gas in the hospital", "IV"),
    (GAS, CITY, {}, "学校门口有燃气味", ""), (GAS, CITY, {}, "燃气闪爆", "III"), (GAS, DISTRICT, {}, "燃气闪爆", "II"),
    (GAS, DISTRICT, {"evacuate": 99}, "", "IV"), (GAS, DISTRICT, {"evacuate": 100}, "", "III"), (GAS, STREET, {"evacuate": 30}, "", "III"),
    (GAS, CITY, {"evacuate": 500}, "", "III"), (GAS, CITY, {"evacuate": 2000}, "", "II"), (GAS, CITY, {"evacuate": 10000}, "", "I"),
    (GAS, CITY, {"dead": 2, "badly_hurt": 9}, "", "III"), (GAS, CITY, {"dead": 3}, "", "II"), (GAS, CITY, {"badly_hurt": 50}, "", "I"),
    # earthquake: a tremor that did no harm is still checked and reported
    (QUAKE, CITY, {}, "有震感，吊灯晃", ""), (QUAKE, DISTRICT, {}, "有震感，吊灯晃", "IV"), (QUAKE, STREET, {}, "felt an earthquake", "IV"),
    (QUAKE, CITY, {}, "4.2级地震", "IV"), (QUAKE, CITY, {}, "3.9级地震", ""), (QUAKE, CITY, {}, "五级地震", "II"),
    (QUAKE, CITY, {}, "6.0级地震", "I"),
    (QUAKE, DISTRICT, {}, "地震，墙上有裂缝", "III"), (QUAKE, CITY, {}, "地震后房屋倒塌", "III"), (QUAKE, STREET, {}, "地震后房屋倒塌", "II"),
    (QUAKE, STREET, {}, "地震了，老人不敢回家", "III"), (QUAKE, CITY, {}, "地震，没有房屋倒塌", ""),
    (QUAKE, DISTRICT, {}, "the quake did damage", "III"),
    (QUAKE, CITY, {"dead": 9}, "", "III"), (QUAKE, CITY, {"dead": 10}, "", "II"), (QUAKE, CITY, {"dead": 50}, "", "I"),
    # road tunnel: smoke is what kills, a coach or a tanker on fire is the city's
    (TUNNEL, CITY, {}, "隧道内两车追尾", ""), (TUNNEL, DISTRICT, {}, "隧道内两车追尾", "IV"), (TUNNEL, STREET, {}, "crash in the tunnel", "IV"),
    (TUNNEL, CITY, {}, "隧道里车子起火", "IV"), (TUNNEL, DISTRICT, {}, "隧道里车子起火", "III"), (TUNNEL, STREET, {}, "隧道里车子起火", "III"),
    (TUNNEL, CITY, {}, "隧道里大巴起火", "II"), (TUNNEL, DISTRICT, {}, "tanker on fire in the tunnel", "I"),
    (TUNNEL, CITY, {}, "隧道里大巴追尾，没有起火", "IV"),
    (TUNNEL, CITY, {"trapped": 3}, "", "IV"), (TUNNEL, CITY, {"trapped": 3}, "隧道里起火", "III"),
    (TUNNEL, DISTRICT, {"trapped": 3}, "隧道里起火", "II"),
    (TUNNEL, CITY, {"trapped": 30}, "", "II"), (TUNNEL, CITY, {"dead": 10}, "", "I"), (TUNNEL, CITY, {}, "胶州湾隧道追尾", "IV"),
    (TUNNEL, DISTRICT, {}, "隧道追尾，有人卡在车里，司机被卡在车里", "III"), (TUNNEL, DISTRICT, {"hurt": 2}, "", "IV"),
    (TUNNEL, DISTRICT, {"hurt": 3}, "", "III"),
    (QUAKE, DISTRICT, {"dead": 10}, "", "I"), (QUAKE, DISTRICT, {"evacuate": 50}, "", "III"), (QUAKE, STREET, {"trapped": 3}, "", "II"),
]


@pytest.mark.parametrize(("type_id", "tier", "figures", "words", "level"), LEVELS)
def test_the_shipped_plans_choose_the_level_the_table_says(
    shipped: tuple[Plan, ...], type_id: str, tier: Tier, figures: dict[str, int], words: str, level: str,
) -> None:
    answer = matched(shipped, incident_type=type_id, tier=tier, figures=Figures(**figures), words=words)
    assert (answer.level or "") == level


def test_three_dead_in_a_fire_names_the_clause_and_the_figure_that_decided(shipped: tuple[Plan, ...]) -> None:
    answer = matched(shipped, incident_type=FIRE, tier=CITY, figures=Figures(dead=3, badly_hurt=11))
    assert (answer.plan.code, answer.clause) == ("building_fire", "5.2.2")
    assert answer.held == (Held(kind=HeldKind.FIGURE, name="dead", value=3, at_least=3),)


def test_seven_more_dead_would_bring_the_next_level(shipped: tuple[Plan, ...]) -> None:
    answer = matched(shipped, incident_type=FIRE, tier=CITY, figures=Figures(dead=3, badly_hurt=11))
    assert answer.next_level is not None
    assert (answer.next_level.level, answer.next_level.clause) == (Level.I, "5.2.1")
    assert [(gap.name, gap.short_by) for gap in answer.next_level.gaps] == [("dead", 7)]


def test_an_unknown_figure_raises_no_level_and_is_listed_to_be_verified(shipped: tuple[Plan, ...]) -> None:
    answer = matched(shipped, incident_type=FIRE, figures=Figures(dead=0))
    assert answer.level is Level.IV
    assert answer.held == (Held(kind=HeldKind.ALWAYS),)
    assert "trapped" in answer.to_verify and "dead" not in answer.to_verify


def test_a_grade_that_was_judged_raises_the_level_where_the_plan_says_so(shipped: tuple[Plan, ...]) -> None:
    answer = matched(shipped, incident_type=FIRE, tier=CITY, grade=Grade.RELATIVELY_MAJOR)
    assert (answer.level, answer.held[0].kind) == (Level.II, HeldKind.GRADE)
    assert matched(shipped, incident_type=FIRE, tier=CITY, grade=Grade.ESPECIALLY_MAJOR).level is Level.I
    assert matched(shipped, incident_type=FIRE, tier=CITY, grade=Grade.ORDINARY).level is None


def test_one_hectare_of_damaged_forest_is_the_city_s_to_activate(shipped: tuple[Plan, ...]) -> None:
    asked = {"incident_type": WOODS, "grade": Grade.RELATIVELY_MAJOR}
    city, district = matched(shipped, tier=CITY, **asked), matched(shipped, tier=DISTRICT, **asked)
    assert (city.level, city.clause, district.level) == (Level.III, "5.2.3", Level.II)
    assert matched(shipped, tier=CITY, **{**asked, "grade": Grade.ORDINARY}).level is None


def test_an_epidemic_reaches_the_city_s_first_level_by_a_judged_grade_alone(shipped: tuple[Plan, ...]) -> None:
    many = Figures(dead=50, hurt=5000)
    assert matched(shipped, incident_type=ILL, tier=CITY, figures=many).level is Level.II
    assert matched(shipped, incident_type=ILL, tier=CITY, figures=many, grade=Grade.MAJOR).level is Level.I


def test_a_situation_the_officer_chose_counts_like_one_that_was_said(shipped: tuple[Plan, ...]) -> None:
    assert matched(shipped, incident_type=FIRE, tier=CITY, situations=("high_rise",)).level is Level.IV


@pytest.mark.parametrize(("word", "text", "said"), [
    ("高层", "高层起火", True), ("高层", "不是高层", False), ("高层", "没有高层，高层在对面", True), ("10+层", "18层", True),
    ("10+层", "十八层", True), ("10+层", "6层", False), ("10+层", "六层", False), ("10+storey", "an 18-storey block", True),
    ("10+storey", "a 3 storey house", False), ("tower", "no tower", False), ("tower", "Tower 3", True), ("tower", "watchtower", False),
    ("10+层", "第二十三层", True), ("10+层", "十几层", True), ("台风红色", "已解除台风红色预警", False),
    ("台风红色", "台风红色预警信号解除", False), ("台风红色", "台风红色预警信号生效", True),
    ("学校", "学校门口的店", False), ("学校", "学校二楼", True),
    ("red typhoon", "red typhoon warning lifted", False), ("red typhoon", "red typhoon warning in force", True),
])
def test_a_word_is_said_unless_it_is_denied_or_its_number_is_too_small(word: str, text: str, said: bool) -> None:
    assert is_said(word, text) is said


@pytest.mark.parametrize(("digits", "number"), [("十", 10), ("十八", 18), ("二十", 20), ("三十三", 33), ("一百二十", 120), ("7.5", 7.5)])
def test_chinese_numerals_are_read(digits: str, number: float) -> None:
    assert number_of(digits) == number


def test_clause_ten_comes_after_clause_nine() -> None:
    assert sorted(["4.10", "4.9", "4", "10", "4.9.1"], key=clause_key) == ["4", "4.9", "4.9.1", "4.10", "10"]


# -- which plan -------------------------------------------------------------------------------------------------------
def test_the_plan_for_one_hazard_goes_before_the_plan_for_many() -> None:
    plans = (plan("a_many", types=("explosion", "building_fire")), plan("b_one"))
    answer = matched(plans, incident_type="building_fire")
    assert [answer.plan.code, *(other.code for other in answer.others)] == ["b_one", "a_many"]


def test_the_own_tier_s_plan_goes_before_the_city_s() -> None:
    plans = (plan("a_city"), plan("b_district", tier=Tier.DISTRICT))
    assert matched(plans, incident_type="building_fire").plan.code == "b_district"


def test_a_plan_of_another_district_is_not_used() -> None:
    plans = (plan("a_other", area_code="370212"), plan("b_own", area_code="370203"), plan("c_any"))
    assert matched(plans, incident_type="building_fire", area_code="370203021").plan.code == "b_own"
    assert matched(plans, incident_type="building_fire", area_code="370285001").plan.code == "c_any"


def test_version_ten_goes_before_version_nine_and_is_named_once() -> None:
    plans = (plan("fire", version="1.9"), plan("fire", version="1.10"))
    answer = matched(plans, incident_type="building_fire")
    assert (answer.plan.version, answer.others) == ("1.10", ())


def test_the_order_of_the_plans_does_not_matter(shipped: tuple[Plan, ...]) -> None:
    question = {"incident_type": "building_fire", "tier": Tier.CITY, "figures": Figures(dead=1), "words": "仓库"}
    plans = (*shipped, plan("other", tiers=(Tier.CITY,)), plan("another", tiers=(Tier.CITY,)))
    assert matching(plans, **question) == matching(plans[::-1], **question)  # type: ignore[arg-type]


# -- no plan (R-1.10) -------------------------------------------------------------------------------------------------
def test_no_plan_names_the_article_the_steps_and_the_nearest_plan(shipped: tuple[Plan, ...]) -> None:
    answer = matching(shipped, incident_type="landslide", tier=Tier.DISTRICT, figures=NOTHING_KNOWN)
    assert isinstance(answer, NoMatch)
    assert (answer.basis.title.zh, answer.basis.article) == ("青岛市突发事件应对条例", "34")
    assert answer.steps == (NoPlanStep.BORROW_A_PLAN, NoPlanStep.TAKE_FIRST_MEASURES, NoPlanStep.REPORT_CITY_AT_ONCE)
    assert [(one.kind, one.plan.code) for one in answer.borrowed][:2] == [
        (BorrowedKind.OVERALL, "overall"), (BorrowedKind.NEAREST_SPECIAL, "typhoon_flood")]


@pytest.mark.parametrize("tier", [Tier.CITY, Tier.DISTRICT, Tier.STREET])
def test_the_shipped_overall_plan_stands_in_at_each_tier_for_what_nothing_else_covers(shipped: tuple[Plan, ...], tier: Tier) -> None:
    answer = matching(shipped, incident_type="mine", tier=tier, figures=Figures(trapped=4), words="井下有人被困")
    assert isinstance(answer, NoMatch)
    assert [(one.kind, one.plan.code) for one in answer.borrowed] == [(BorrowedKind.OVERALL, "overall")]
    first = no_plan_tasks(answer, tier=tier)[0]
    assert "参照突发事件总体应急预案处置" in first.zh and "第34条" in first.zh
    assert first.en == "Work by the Overall Contingency Plan (Qingdao Regulations on Responding to Emergency Incidents Art. 34)"
    assert {rule.level for rule in answer.borrowed[0].plan.levels_of(tier)} >= {Level.III, Level.IV}


def test_the_upper_special_plan_then_the_overall_plan_then_the_nearest_stand_in() -> None:
    plans = (
        plan("near", types=("explosion",), near_types=("mine",)),
        plan("overall", types=(), kind=PlanKind.OVERALL),
        plan("upper", types=("mine",), tiers=(Tier.CITY,)),
        plan("upper", types=("mine",), tiers=(Tier.CITY,), version="2"),
    )
    answer = matching(plans, incident_type="mine", tier=Tier.DISTRICT, figures=NOTHING_KNOWN)
    assert isinstance(answer, NoMatch)
    assert [(one.kind.value, one.plan.code, one.plan.version) for one in answer.borrowed] == [
        ("upper_special", "upper", "2"), ("overall", "overall", "1"), ("nearest_special", "near", "1")]
    assert no_plan_tasks(answer, tier=Tier.DISTRICT)[0].zh.startswith("参照upper或者overall或者near处置")  # the article leaves the choice


def test_with_no_plan_at_all_the_steps_remain() -> None:
    answer = matching((), incident_type="other", tier=Tier.STREET, figures=NOTHING_KNOWN)
    assert isinstance(answer, NoMatch)
    assert (answer.borrowed, len(answer.steps)) == ((), 3)


# -- what follows -----------------------------------------------------------------------------------------------------
def test_a_higher_level_keeps_the_actions_of_the_lower_and_adds_its_own(shipped: tuple[Plan, ...]) -> None:
    fire = next(one for one in shipped if one.code == "building_fire")
    at = {level: {action.id for action in actions_for(fire, Tier.DISTRICT, level)} for level in Level}
    assert at[Level.IV] < at[Level.III] < at[Level.II] < at[Level.I]
    minutes = [action.due_minutes for action in actions_for(fire, Tier.DISTRICT, Level.I)]
    assert minutes == sorted(minutes)


def test_needs_take_the_greatest_of_the_level_and_its_actions() -> None:
    action = Action(id="a", clause="1", tier=Tier.DISTRICT, role=PlanRole.RESCUE, due_minutes=5, from_level=Level.IV, title=Text("派"),
                    needs=Needs(teams=(("medical", 3), ("fire_fighting", 1)), places=50))
    later = replace(action, id="b", from_level=Level.I, needs=Needs(teams=(("diving", 1),)))
    base = plan("fire")
    rule = replace(base.levels[0], needs=Needs(teams=(("fire_fighting", 2),), items=(("hose", 4),), places=20))
    made = replace(base, levels=(rule,), actions=(action, later))
    assert needs_for(made, Tier.DISTRICT, Level.IV) == Needs(teams=(("fire_fighting", 2), ("medical", 3)), items=(("hose", 4),), places=50)


def test_the_figure_is_named_before_the_grade_that_follows_from_it(shipped: tuple[Plan, ...]) -> None:
    answer = matched(shipped, incident_type=FIRE, tier=CITY, figures=Figures(dead=3), grade=Grade.RELATIVELY_MAJOR)
    assert [held.name for held in answer.held] == ["dead"]
