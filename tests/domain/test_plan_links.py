"""Plans that cover the same hazard: what cannot hold for both is named with both clauses; what merely differs is not."""

from __future__ import annotations

from dataclasses import replace

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity
from emergency_desk.domain.plan_links import contradictions
from emergency_desk.domain.plan_records import Clause, Condition, Contact, Level, LevelRule, Plan, PlanKind, PlanRole, WorkGroup
from emergency_desk.domain.texts import Text
from tests.builders import trade
from tests.domain.plan_parts import ALWAYS, figure, level, sound_plan

DISTRICT = Tier.DISTRICT


def plans(*levels: LevelRule, kind: PlanKind = PlanKind.SPECIAL) -> tuple[Plan, Plan]:
    """Return the sound plan and one beside it with other district levels."""
    mine = sound_plan()
    street = [rule for rule in mine.levels if rule.tier is Tier.STREET]
    return mine, replace(sound_plan(code="other", levels=(*levels, *street)), title=Text("另一预案", "Another plan"), kind=kind)


def found(mine: Plan, other: Plan) -> list[PlanFault]:
    return list(contradictions(mine, (mine, other)))


def test_two_plans_that_say_the_same_do_not_contradict() -> None:
    assert found(*plans(*(rule for rule in sound_plan().levels if rule.tier is DISTRICT))) == []


def test_the_same_figure_with_two_levels_names_both_clauses() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", figure(trapped=10)), level(DISTRICT, Level.IV, "6.2", ALWAYS))
    only, = found(mine, other)
    assert (only.kind, only.severity, only.what, only.count) == (FaultKind.LEVELS_DIFFER, Severity.WRONG, "trapped", 3)
    assert (only.at.clause, only.at.level, only.other_clause, only.other_level) == ("3.1", Level.III, "6.2", Level.IV)
    assert only.other_plan.en == "Another plan"


def test_it_is_found_from_either_side() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", figure(trapped=10)), level(DISTRICT, Level.IV, "6.2", ALWAYS))
    there, = found(other, mine)
    assert (there.at.clause, there.other_clause) == ("6.2", "3.1")


def test_a_plan_that_says_more_does_not_contradict() -> None:
    assert found(*plans(
        level(DISTRICT, Level.III, "6.1", figure(trapped=3), figure(dead=1), Condition(figures=(("trapped", 1),), situations=("dam",))),
        level(DISTRICT, Level.IV, "6.2", ALWAYS))) == []


def test_a_grade_that_brings_two_levels_is_found() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", Condition(grade=Grade.MAJOR)), level(DISTRICT, Level.IV, "6.2", ALWAYS))
    mine = replace(mine, levels=(level(DISTRICT, Level.II, "3.1", Condition(grade=Grade.MAJOR)), *mine.levels[1:]))
    assert [(one.kind, one.at.level, one.other_level) for one in found(mine, other)] == [(FaultKind.GRADES_DIFFER, Level.II, Level.III)]


def test_two_persons_who_activate_one_level_are_named() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", figure(trapped=3), who="区长"), level(DISTRICT, Level.IV, "6.2", ALWAYS))
    only, = found(mine, other)
    assert (only.kind, only.at.clause, only.other_clause) == (FaultKind.ACTIVATOR_DIFFERS, "3.1", "6.1")
    assert (only.said.zh, only.other_said.zh) == ("值班领导", "区长")


def test_two_leads_of_one_group_are_named_with_both_clauses() -> None:
    mine, other = plans(*(rule for rule in sound_plan().levels if rule.tier is DISTRICT))
    other = replace(other, work_groups=(replace(other.work_groups[0], lead=Text("公安", "Police")),))
    mine, other = (replace(plan, clauses=(*plan.clauses, Clause(number="2.4", title=Text("工作组", "Groups")))) for plan in (mine, other))
    only, = found(mine, other)
    assert (only.kind, only.role, only.said.zh, only.other_said.zh) == (FaultKind.LEAD_DIFFERS, PlanRole.RESCUE, "消防", "公安")
    assert (only.at.clause, only.other_clause) == ("2.4", "2.4")


def test_a_group_is_held_against_the_one_of_its_name_or_else_against_all_of_its_function() -> None:
    mine, other = plans(*(rule for rule in sound_plan().levels if rule.tier is DISTRICT))
    further = WorkGroup(id="works", role=PlanRole.RESCUE, name=Text("工程抢险组"), lead=Text("住建", "Works"), members=(), duties=Text("抢险"))
    other = replace(other, work_groups=(*other.work_groups, further))
    assert not found(replace(mine, work_groups=(*mine.work_groups, further)), other)
    assert not found(mine, other)
    only, = found(replace(mine, work_groups=(*mine.work_groups, replace(further, lead=Text("消防")))), other)
    assert (only.kind, only.said.zh, only.other_said.zh) == (FaultKind.LEAD_DIFFERS, "消防", "住建")


def test_an_overall_plan_gives_way_so_its_other_figures_only_remark() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", figure(trapped=10)), level(DISTRICT, Level.IV, "6.2", ALWAYS), kind=PlanKind.OVERALL)
    assert [one.severity for one in found(mine, other)] == [Severity.REMARK]


def test_one_office_with_two_phones_is_found_and_another_spelling_is_not() -> None:
    mine, other = plans(*(rule for rule in sound_plan().levels if rule.tier is DISTRICT))

    def with_phone(phone: str) -> Plan:
        return replace(other, contacts=(Contact(role=Text("值班", "Duty"), unit=Text("区水务局", "Water"), phone=phone),))

    assert found(mine, with_phone("0532 00000001")) == []
    assert [(one.kind, one.what, one.other_what) for one in found(mine, with_phone("0532-00000002"))] == [
        (FaultKind.PHONE_DIFFERS, "0532-00000001", "0532-00000002")]


def test_a_hazard_without_a_plan_at_a_lower_tier_is_named() -> None:
    city = replace(sound_plan(levels=(level(Tier.CITY, Level.IV, "3.1", ALWAYS),)), tier=Tier.CITY)
    below = sound_plan(code="below")
    assert [(one.kind, one.at.tier, one.what) for one in contradictions(city, (city,))] == [
        (FaultKind.NO_COUNTERPART, Tier.STREET, "rainstorm_flood"), (FaultKind.NO_COUNTERPART, DISTRICT, "rainstorm_flood")]
    assert contradictions(city, (city, below)) == ()


def test_plans_of_areas_apart_or_of_other_hazards_have_nothing_to_do_with_one_another() -> None:
    mine, other = plans(level(DISTRICT, Level.III, "6.1", figure(trapped=10)), level(DISTRICT, Level.IV, "6.2", ALWAYS))
    assert found(replace(mine, area_code="370203"), replace(other, area_code="370212")) == []
    assert [(one.at.level, one.other_level) for one in found(replace(mine, area_code="3702"), replace(other, area_code="370212"))] == [
        (Level.III, Level.IV)]
    assert found(mine, replace(other, hazard_types=("earthquake",))) == []


def test_the_three_shipped_plans_of_single_hazards_do_not_contradict_one_another() -> None:
    three = [plan for plan in trade().current_plans if plan.code in ("building_fire", "hazmat", "typhoon_flood")]
    assert [contradictions(plan, three) for plan in three] == [(), (), ()]
