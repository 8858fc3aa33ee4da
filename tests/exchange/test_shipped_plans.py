"""The plans that ship: they read cleanly, speak both languages, and hold together from clause to action."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Figures
from emergency_desk.domain.plan_cards import MOST_STEPS, card_faults, cards_of, is_for, step_action
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_family import link_faults
from emergency_desk.domain.plan_faults import FaultKind
from emergency_desk.domain.plan_links import contradictions
from emergency_desk.domain.plans import Level, Plan, PlanKind, PlanMatch, PlanRole, actions_for, clause_key, matching, needs_for
from emergency_desk.domain.texts import Text
from emergency_desk.errands.trade import read_plan_text
from emergency_desk.exchange.plan_files import CAPABILITIES, INCIDENT_TYPES, read_plan, write_plan
from emergency_desk.exchange.yaml_text import load

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "plans").glob("*.yaml"))
MIDDLE = (Tier.CITY, Tier.DISTRICT, Tier.STREET)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def plan(text: str) -> Plan:
    return read_plan_text(text, "shipped.yaml")  # records are frozen, so each is read once for all its tests


def texts_of(plan: Plan) -> list[Text]:
    return [
        plan.title, *(one.title for one in plan.basis), *(one.title for one in plan.clauses), *(one.body for one in plan.clauses if one.body),
        *(one.name for one in (*plan.items, *plan.situations)), *(one.unit for one in plan.items), *(one.activated_by for one in plan.levels),
        *(one.lead for one in plan.work_groups), *(one.duties for one in plan.work_groups), *(m for one in plan.work_groups for m in one.members),
        *(one.title for one in plan.actions), *(one.role for one in plan.contacts), *(one.unit for one in plan.contacts),
        *(text for card in plan.cards for text in (card.post, card.trigger, card.never, card.resources, card.withdraw_when)),
        *(step.text for card in plan.cards for step in card.steps),
        *(text for card in plan.cards for one in card.reports_to for text in (one.role, one.unit)),
    ]


def library() -> dict[str, Plan]:
    """Return every shipped plan by its code."""
    plans = [read_plan_text(path.read_text(encoding="utf-8"), path.name) for path in FILES]
    return {plan.code: plan for plan in plans}


LIBRARY = {
    "building_fire", "earthquake", "gas_leak", "hazmat", "road_tunnel", "typhoon_flood",
    "crowd_crush", "forest_fire", "epidemic", "power_failure", "overall",
}


def test_the_library_ships() -> None:
    assert {path.stem for path in FILES} == LIBRARY


def test_every_text_is_given_in_both_languages(plan: Plan) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for one in texts_of(plan):
        assert one.zh and one.en, one
        assert not han.search(one.en), one
        assert han.search(one.zh), one


def test_a_plan_that_is_read_and_written_leaves_no_difference(text: str, plan: Plan) -> None:
    without_heading = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert write_plan(plan) == without_heading


def test_clauses_stand_in_order_and_below_their_chapter(plan: Plan) -> None:
    numbers = [clause.number for clause in plan.clauses]
    assert numbers == sorted(numbers, key=clause_key)
    for number in numbers:
        assert "." not in number or number.rpartition(".")[0] in numbers
    assert [clause.title.zh for clause in plan.clauses if "." not in clause.number] == [
        "总则", "组织指挥体系", "监测预警", "信息报告", "应急响应", "后期处置", "应急保障", "预案管理", "附则", "附件"]


# What the title of a section of each chapter must say, one of the words each. Source: 突发事件应对法 Art. 28 (what a plan holds) and the
# outline that government plans follow.
OUTLINE = {
    "1": (("目的",), ("依据",), ("范围",), ("原则",), ("分级", "尺度")),
    "2": (("指挥部", "指挥机构", "领导机构"), ("现场指挥",), ("移交",), ("工作组",), ("镇（街道）",)),
    "3": (("监测", "监控", "值班", "震情", "巡检", "活动前"), ("预警", "提示", "防备", "准备")),
    "4": (("接报与核实",), ("报告时限",), ("报告内容",), ("续报",)),
    "5": (("先期处置",), ("分级响应",), ("处置措施",), ("信息发布",), ("调整",), ("终止",)),
    "6": (("善后", "救助"), ("评估", "调查", "总结")),
    "7": (("队伍",), ("物资", "场所"), ("经费",)),
    "8": (("演练与培训",), ("备案",), ("评估与修订",)),
    "9": (("名词",), ("衔接",), ("解释",), ("实施",)),
    "10": (("分级标准",), ("体系图",), ("流程图",), ("职责",), ("通讯录",), ("物资",), ("处置卡",)),
}


def test_the_standard_outline_is_complete_to_the_last_annex(plan: Plan) -> None:
    for chapter, wanted in OUTLINE.items():
        titles = [clause.title.zh for clause in plan.clauses if clause.number.rpartition(".")[0] == chapter]
        missing = [words for words in wanted if not any(word in title for word in words for title in titles)]
        assert not missing, (chapter, missing, titles)
    for tier in MIDDLE:
        assert any(clause.tier is tier for clause in plan.clauses), tier


def test_what_the_law_settles_names_its_article(plan: Plan) -> None:
    for about, law in (("指挥权移交", "《突发事件应对法》第十七条"), ("终止", "《突发事件应对法》第八十六条"),
                       ("演练与培训", "《青岛市"), ("评估与修订", "《突发事件应急预案管理办法》")):
        clause = next(clause for clause in plan.clauses if about in clause.title.zh and clause.body)
        assert law in clause.body.zh, (clause.number, law)


CITED = re.compile(r"《(突发事件应对法|青岛市突发事件应对条例|突发事件应急预案管理办法)》((?:第[一二三四五六七八九十百]+条、?)+)")


def test_an_article_that_a_clause_cites_stands_in_the_legal_basis(plan: Plan) -> None:
    articles = {basis.title.zh.removeprefix("中华人民共和国"): basis.article for basis in plan.basis}
    for clause in plan.clauses:
        for law, cited in CITED.findall(clause.body.zh):
            for article in re.findall(r"第([一二三四五六七八九十百]+)条", cited):
                assert str(_number(article)) in articles[law].split(", "), (clause.number, law, article)


def _number(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    digits = "一二三四五六七八九"
    return (digits.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (digits.index(ones) + 1 if ones else 0)


# -- response cards ---------------------------------------------------------------------------------------------------
def test_every_tier_has_a_card_for_its_key_posts_and_the_duty_officer_s_comes_first(plan: Plan) -> None:
    assert list(card_faults(plan)) == []
    for tier in MIDDLE:
        cards = cards_of(plan, tier)
        assert len(cards) >= 2 and is_for(cards[0], PlanRole.DUTY_OFFICER)
        assert any(is_for(card, PlanRole.DUTY_LEADER) for card in cards)
    for tier in (Tier.CITY, Tier.DISTRICT):
        assert any(is_for(card, PlanRole.COMMANDER) for card in cards_of(plan, tier))


def test_a_step_of_a_card_is_an_action_of_its_tier_with_its_minute_and_its_level(plan: Plan) -> None:
    numerals = {Level.I: "Ⅰ级：", Level.II: "Ⅱ级以上：", Level.III: "Ⅲ级以上："}
    for card in plan.cards:
        assert 3 <= len(card.steps) <= MOST_STEPS, card.id
        assert [step.due_minutes for step in card.steps] == sorted(step.due_minutes for step in card.steps)
        for step in card.steps:
            action = step_action(plan, card, step)
            assert action is not None and action.due_minutes == step.due_minutes, (card.id, step)
            before = numerals[action.from_level] if action.from_level.rank < card.from_level.rank else ""
            assert (step.text.zh, step.text.en.endswith(action.title.en)) == (before + action.title.zh, True), (card.id, step)


def test_a_card_says_whom_to_tell_what_never_to_do_what_there_is_and_when_to_get_out(plan: Plan) -> None:
    for card in plan.cards:
        clause = plan.clause(card.clause)
        assert clause is not None and clause.tier in (None, card.tier), card.id
        assert card.reports_to and card.never and card.resources and card.withdraw_when, card.id
        assert ["不" in each for each in card.never.zh.split("；")] == [True] * 3, card.never
        assert ["never" in each.lower() for each in card.never.en.split("; ")] == [True] * 3, card.never
        assert all(contact.phone == "" for contact in card.reports_to)


def test_a_clause_that_a_card_points_to_for_its_resources_is_there(plan: Plan) -> None:
    numbers = {clause.number for clause in plan.clauses}
    for text in (*(text for card in plan.cards for text in (card.resources, card.withdraw_when)),
                 *(clause.body for clause in plan.clauses if clause.number.startswith("10."))):
        assert text.zh.count("（") == text.zh.count("）")
        for zh in re.findall(r"(?<![\d.])\d+\.\d+(?:\.\d+)?(?!\d)", text.zh):
            assert zh in numbers, (zh, text)


def test_the_street_is_told_by_an_action_of_the_district(plan: Plan) -> None:
    assert [fault for fault in check(plan, CheckedAgainst(today=date(2026, 11, 5))) if fault.kind is FaultKind.TIER_NOT_TOLD] == []


# -- links ------------------------------------------------------------------------------------------------------------
def test_the_plans_are_linked_as_their_words_say() -> None:
    plans = library()
    for plan in plans.values():
        assert link_faults(plan, plans.values()) == (), plan.code
        links = next(clause.body for clause in plan.clauses if clause.title.zh == "预案衔接")
        named = {other.code for other in plans.values() if f"《{other.title.zh}》" in links.zh}
        assert named == {code for code in (plan.parent, *plan.aligned) if code}, plan.code
        assert plan.parent == ("" if plan.kind is PlanKind.OVERALL else "overall")


def test_the_library_does_not_contradict_itself() -> None:
    plans = tuple(library().values())
    assert {plan.code: contradictions(plan, plans) for plan in plans} == {plan.code: () for plan in plans}


def test_only_chapters_and_sections_are_without_a_body(plan: Plan) -> None:
    for clause in plan.clauses:
        has_parts = any(other.number.startswith(f"{clause.number}.") for other in plan.clauses)
        assert bool(clause.body) != has_parts, clause.number


def test_an_action_s_clause_binds_its_tier_or_all(plan: Plan) -> None:
    for action in plan.actions:
        clause = plan.clause(action.clause)
        assert clause is not None and clause.tier in (None, action.tier), action.id
    for rule in plan.levels:
        clause = plan.clause(rule.clause)
        assert clause is not None and clause.tier == rule.tier


def test_each_tier_has_actions_at_each_of_its_levels_and_each_action_is_reached(plan: Plan) -> None:
    for tier in MIDDLE:
        levels = [rule.level for rule in plan.levels_of(tier)]
        assert levels[-1] is Level.IV
        counts = [len(actions_for(plan, tier, level)) for level in levels]
        assert counts == sorted(counts, reverse=True) and counts[-1] >= 4
        assert counts[0] == sum(action.tier == tier for action in plan.actions)


def test_a_higher_level_never_asks_for_less(plan: Plan) -> None:
    for tier in MIDDLE:
        needs = [needs_for(plan, tier, rule.level) for rule in plan.levels_of(tier)]
        for higher, lower in pairwise(needs):
            for of_higher, of_lower in ((higher.teams, lower.teams), (higher.items, lower.items)):
                for name, count in of_lower:
                    assert dict(of_higher).get(name, 0) >= count, (tier, name)
            assert higher.places >= lower.places


def test_an_action_asks_for_no_more_than_the_level_it_starts_at(plan: Plan) -> None:
    for action in plan.actions:
        rule = next(rule for rule in reversed(plan.levels_of(action.tier)) if rule.level.rank <= action.from_level.rank)
        for of_action, of_level in ((action.needs.teams, rule.needs.teams), (action.needs.items, rule.needs.items)):
            for name, count in of_action:
                assert dict(of_level).get(name, 0) >= count, (action.id, name)
        assert rule.needs.places >= action.needs.places, action.id


@pytest.mark.parametrize(("words", "figures"), [
    ("", {"trapped": 3}), ("18层居民楼起火", {"trapped": 3}), ("学校起火", {}), ("仓库着火", {}),
    ("储罐泄漏", {}), ("液氨泄漏", {}), ("积水", {"trapped": 5}), ("", {"dead": 3})])
def test_a_city_that_steps_in_never_asks_for_fewer_crews_than_the_district(plan: Plan, words: str, figures: dict[str, int]) -> None:
    asked = replace(plan, hazard_types=plan.hazard_types or ("other",))  # the overall plan names no type; its levels are held to the same
    city, district = (matching([asked], incident_type=asked.hazard_types[0], tier=tier, figures=Figures(**figures), words=words)
                      for tier in (Tier.CITY, Tier.DISTRICT))
    assert isinstance(city, PlanMatch) and isinstance(district, PlanMatch)
    if city.level and district.level:
        wanted = dict(needs_for(plan, Tier.CITY, city.level).teams)
        assert all(wanted.get(name, 0) >= count for name, count in needs_for(plan, Tier.DISTRICT, district.level).teams)


def test_the_plan_says_which_numbers_are_its_own(plan: Plan) -> None:
    general = "".join(clause.body.zh + clause.body.en for clause in plan.clauses if clause.number.startswith("1."))
    assert general.count("本预案设定，采用前请复核") == 1
    assert general.count("set by this plan, review before adoption") == 1


def test_a_street_s_level_is_called_the_plan_s_own(plan: Plan) -> None:
    duties = plan.clause("2.5")
    assert duties is not None and "不是法定响应级别" in duties.body.zh and "not levels of law" in duties.body.en


def test_the_phones_are_left_to_the_city(plan: Plan) -> None:
    assert plan.contacts and all(contact.phone == "" for contact in plan.contacts)
    assert plan.area_code == ""


def test_the_report_limits_stand_as_actions_of_street_and_district(plan: Plan) -> None:
    due = {tier: sorted(action.due_minutes for action in plan.actions if action.tier == tier and action.clause == "4.2") for tier in MIDDLE}
    assert {15, 30} <= set(due[Tier.STREET]) and {30, 60} <= set(due[Tier.DISTRICT])


def test_an_epidemic_asks_for_isolation_and_never_for_ordinary_shelter_places() -> None:
    """Isolation sites are a legal kind of their own. Source: 突发事件应对法 Art. 30, 青岛市突发事件应对条例 Art. 16 (R-6.5)."""
    epidemic = read_plan_text((ROOT / "plans" / "epidemic.yaml").read_text(encoding="utf-8"), "epidemic.yaml")
    assert all(record.needs.places == 0 for record in (*epidemic.levels, *epidemic.actions))
    assert all("evacuation" not in dict(record.needs.teams) for record in (*epidemic.levels, *epidemic.actions))
    sites = epidemic.clause("5.3.4")
    assert sites is not None and "不得安排普通转移群众入住" in sites.body.zh and "no shelter is turned into one" in sites.body.en
    assert {action.tier for action in epidemic.actions if action.clause == "5.3.4"} == {Tier.CITY, Tier.DISTRICT}


def test_an_epidemic_keeps_the_two_hours_of_the_law_beside_the_internal_limits() -> None:
    """突发公共卫生事件应急条例 Art. 20: county to city and city to province within 2 hours of receipt (D9)."""
    epidemic = read_plan_text((ROOT / "plans" / "epidemic.yaml").read_text(encoding="utf-8"), "epidemic.yaml")
    by_law = {tier: max(action.due_minutes for action in epidemic.actions if action.tier is tier and action.clause == "4.3")
              for tier in (Tier.CITY, Tier.DISTRICT)}
    assert by_law == {Tier.CITY: 120, Tier.DISTRICT: 120}
    assert all(action.from_level is Level.IV for action in epidemic.actions if action.clause == "4.3")


def test_a_crush_is_an_accident_and_disorder_is_left_to_the_police() -> None:
    """Social security incidents have no grade and no derived leading tier: the plan covers none and lends itself to none."""
    crush = read_plan_text((ROOT / "plans" / "crowd_crush.yaml").read_text(encoding="utf-8"), "crowd_crush.yaml")
    assert (crush.hazard_types, crush.near_types) == (("crowd_crush",), ())
    nature = crush.clause("1.3")
    assert nature is not None and "社会安全事件" in nature.body.zh and "gives it no grade" in nature.body.en


def test_nobody_grades_a_power_failure_by_counting_at_a_desk() -> None:
    """The grade goes by the share of load and users lost. Source: 电力安全事故应急处置和调查处理条例 Art. 3; revised from 2027-01-01."""
    power = read_plan_text((ROOT / "plans" / "power_failure.yaml").read_text(encoding="utf-8"), "power_failure.yaml")
    rows = load((ROOT / "resources" / "reference" / "incident_types.yaml").read_text(encoding="utf-8"), "types")["types"]
    assert {row["grading"] for row in rows if row["id"] in power.hazard_types} == {"by_judgement"}
    grading = power.clause("1.4")
    assert grading is not None and "2027年1月1日" in grading.body.zh and "1 January 2027" in grading.body.en


def test_people_who_live_by_electricity_are_rung_at_any_power_failure_before_the_reports_are_written() -> None:
    power = read_plan_text((ROOT / "plans" / "power_failure.yaml").read_text(encoding="utf-8"), "power_failure.yaml")
    at_once = {action.clause: action.due_minutes for action in actions_for(power, Tier.STREET, Level.IV)}
    assert at_once["5.3.2"] < at_once["4.2"]


def test_the_overall_plan_takes_no_incident_away_from_a_special_plan_nor_from_the_no_plan_path() -> None:
    """It stands in by Art. 34 of the Qingdao regulations; a plan that covered a type would hide that none was made."""
    overall = [plan for plan in (read_plan_text(path.read_text(encoding="utf-8"), path.name) for path in FILES) if plan.kind is PlanKind.OVERALL]
    assert [(plan.code, plan.hazard_types, plan.near_types) for plan in overall] == [("overall", (), ())]
    system = overall[0].clause("1.7")
    assert system is not None and "第三十四条" in system.body.zh and "Article 34" in system.body.en
    for tier in (Tier.DISTRICT, Tier.STREET):  # the article asks for the city to be told at once, however small it looks
        assert any(action.clause == "4.3" and action.due_minutes < 15 for action in actions_for(overall[0], tier, Level.IV))


@pytest.mark.parametrize(("file", "key", "known"), [("capabilities.yaml", "capabilities", CAPABILITIES),
                                                   ("incident_types.yaml", "types", INCIDENT_TYPES)])
def test_the_reader_knows_the_words_of_the_reference_data(file: str, key: str, known: frozenset[str]) -> None:
    rows = load((ROOT / "resources" / "reference" / file).read_text(encoding="utf-8"), file)[key]
    assert {row["id"] for row in rows} == known


def test_the_example_told_to_planners_is_a_plan() -> None:
    readme = (ROOT / "plans" / "README.md").read_text(encoding="utf-8")
    example = readme.split("```yaml\n")[1].split("```")[0]
    plan = read_plan(example, "README.md")
    assert read_plan(write_plan(plan), "README.md") == plan
    assert plan.levels[0].conditions[1].situations == ("high_rise",)
