"""The plan check: a sound plan passes; one thing spoiled is one finding, at its clause, with its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_check import CheckedAgainst, check
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity
from emergency_desk.domain.plan_records import Clause, Condition, Contact, Item, LegalBasis, Level, Needs, Plan, PlanRole
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit, UnitKind
from tests.builders import team, trade
from tests.domain.plan_parts import ALWAYS, action, figure, level, sound_plan, tried
from tests.domain.reference_data import shipped

TODAY = date(2026, 11, 5)
AGAINST = CheckedAgainst(today=TODAY, teams=(team(1, "排水队", "drainage"),), superseded=shipped().superseded, tries=(tried(TODAY),))
DISTRICT, STREET = Tier.DISTRICT, Tier.STREET


def faults(plan: Plan, against: CheckedAgainst = AGAINST) -> list[PlanFault]:
    return list(check(plan, against))


def with_levels(*levels: object) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, levels=(*levels, level(STREET, Level.IV, "3.3", ALWAYS)))  # type: ignore[arg-type]


def with_action(**change: object) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, actions=(*plan.actions, replace(action("x", DISTRICT, "巡查"), **change)))  # type: ignore[arg-type]


def with_clause(words: str) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, clauses=(*plan.clauses, Clause(number="9", title=Text("附则", "Other"), body=Text(words, "As said."))))


def with_basis(zh: str, number: str) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, basis=(*plan.basis, LegalBasis(title=Text(zh, "Law"), number=number)))


def test_a_sound_plan_passes() -> None:
    assert faults(sound_plan()) == []


SPOILED: tuple[tuple[str, Callable[[Plan], Plan], FaultKind, str], ...] = (
    ("a group that is not set up", with_action(role=PlanRole.MEDICAL), FaultKind.NO_OWNER, "2"),
    ("two groups that nobody can tell apart", lambda plan: replace(plan, work_groups=(
        *plan.work_groups, replace(plan.work_groups[0], id="other", role=PlanRole.RESCUE))), FaultKind.GROUPS_ALIKE, ""),
    ("no clause names a command", lambda plan: replace(plan, clauses=tuple(
        replace(one, body=Text("略。", "None.")) if one.number == "1" else one for one in plan.clauses)), FaultKind.NO_OWNER, "2"),
    ("the street is not told", lambda plan: replace(plan, actions=tuple(one for one in plan.actions if one.id != "d1")),
     FaultKind.TIER_NOT_TOLD, "3.3"),
    ("the district is not told", lambda plan: replace(plan, actions=tuple(one for one in plan.actions if one.id != "s1")),
     FaultKind.TIER_NOT_TOLD, "3.2"),
    ("a condition within a higher one", with_levels(
        level(DISTRICT, Level.III, "3.1", figure(trapped=3)), level(DISTRICT, Level.IV, "3.2", figure(trapped=5), figure(hurt=1))),
     FaultKind.CONDITION_NEVER_DECIDES, "3.2"),
    ("a situation the plan does not have", with_levels(
        level(DISTRICT, Level.III, "3.1", Condition(situations=("tsunami",)), figure(dead=1)), level(DISTRICT, Level.IV, "3.2", ALWAYS)),
     FaultKind.UNKNOWN_SITUATION, "3.1"),
    ("a capability of no team", with_levels(
        level(DISTRICT, Level.III, "3.1", figure(dead=1), needs=Needs(teams=(("diving", 2),))), level(DISTRICT, Level.IV, "3.2", ALWAYS)),
     FaultKind.CAPABILITY_NOWHERE, "3.1"),
    ("an item the plan does not list", with_action(needs=Needs(items=(("boat", 2),))), FaultKind.UNKNOWN_ITEM, "2"),
    ("an item without a unit", lambda plan: replace(plan, items=(Item(id="pump", name=Text("水泵", "Pump"), unit=Text("")),)),
     FaultKind.ITEM_WITHOUT_UNIT, "3.2"),
    ("a contact without a phone", lambda plan: replace(plan, contacts=(Contact(role=Text("值班", "Duty"), unit=Text("区气象局", "Weather")),)),
     FaultKind.NO_PHONE, ""),
    ("an action of a clause that is not there", with_action(clause="7.7"), FaultKind.NO_SUCH_CLAUSE, "7.7"),
    ("an action at another tier's clause", with_action(clause="3.3"), FaultKind.CLAUSE_OF_OTHER_TIER, "3.3"),
    ("the law of 2007", with_basis("中华人民共和国突发事件应对法", "2007-11-01"), FaultKind.SUPERSEDED_BASIS, ""),
    ("the measures of 2013", with_basis("突发事件应急预案管理办法", "国办发〔2013〕101号"), FaultKind.SUPERSEDED_BASIS, ""),
    ("the overall plan of 2005", with_clause("依据《国家突发公共事件总体应急预案》制定。"), FaultKind.SUPERSEDED_CITED, "9"),
    ("the chemicals regulations", with_clause("按危险化学品安全管理条例第七十条处置。"), FaultKind.SUPERSEDED_CITED, "9"),
    ("a title without English", with_action(title=Text("巡查")), FaultKind.NO_ENGLISH, "2"),
)


@pytest.mark.parametrize(("_what", "spoil", "kind", "clause"), SPOILED, ids=[row[0] for row in SPOILED])
def test_one_thing_spoiled_is_one_finding_at_its_clause(_what: str, spoil: Callable[[Plan], Plan], kind: FaultKind, clause: str) -> None:
    assert [(fault.kind, fault.at.clause) for fault in faults(spoil(sound_plan()))] == [(kind, clause)]


def test_a_level_that_a_higher_one_always_covers_can_never_start() -> None:
    plan = sound_plan(levels=(
        level(DISTRICT, Level.III, "3.1", ALWAYS), level(DISTRICT, Level.IV, "3.2", figure(trapped=1), ALWAYS),
        level(STREET, Level.IV, "3.3", ALWAYS)))
    found = faults(plan)
    assert [fault.kind for fault in found] == [FaultKind.LEVEL_NEVER_STARTS, *[FaultKind.CONDITION_NEVER_DECIDES] * 2]
    assert (found[0].severity, found[0].at.clause, found[0].at.level) == (Severity.WRONG, "3.2", Level.IV)
    assert (found[1].count, found[1].other_clause, found[1].other_level) == (1, "3.1", Level.III)


def test_a_worse_grade_is_covered_and_a_lesser_one_is_not() -> None:
    def kinds(higher: Grade, lower: Grade) -> list[FaultKind]:
        plan = sound_plan(levels=(
            level(DISTRICT, Level.III, "3.1", Condition(grade=higher)), level(DISTRICT, Level.IV, "3.2", Condition(grade=lower), figure(hurt=1)),
            level(STREET, Level.IV, "3.3", ALWAYS)))
        return [fault.kind for fault in faults(plan)]

    assert kinds(Grade.RELATIVELY_MAJOR, Grade.MAJOR) == [FaultKind.CONDITION_NEVER_DECIDES]
    assert kinds(Grade.MAJOR, Grade.RELATIVELY_MAJOR) == []


def test_a_grade_asked_of_what_is_never_graded_is_found() -> None:
    plan = sound_plan(levels=(level(DISTRICT, Level.III, "3.1", Condition(grade=Grade.MAJOR)), level(DISTRICT, Level.IV, "3.2", ALWAYS),
                              level(STREET, Level.IV, "3.3", ALWAYS)))
    found = faults(plan, replace(AGAINST, ungraded_types=frozenset({"rainstorm_flood"})))
    assert [fault.kind for fault in found] == [FaultKind.LEVEL_NEVER_STARTS, FaultKind.GRADE_NEVER_GIVEN]


def test_the_register_gives_the_phone_that_a_plan_leaves_open() -> None:
    plan = replace(sound_plan(), contacts=(Contact(role=Text("值班", "Duty"), unit=Text("区水务局", "Water")),))
    unit = Unit(id=team(9, "x").id, kind=UnitKind.DEPARTMENT, name="区水务局", duty_phone="0532-1")
    assert [fault.kind for fault in faults(plan)] == [FaultKind.NO_PHONE]
    assert faults(plan, replace(AGAINST, units=(unit,))) == []
    assert [fault.kind for fault in faults(plan, replace(AGAINST, units=(replace(unit, is_retired=True),)))] == [FaultKind.NO_PHONE]


@pytest.mark.parametrize(("days", "is_found"), [(None, True), (90, True), (89, False)])
def test_a_contact_whose_team_was_not_tried_for_ninety_days_is_found(days: int | None, is_found: bool) -> None:
    plan = replace(sound_plan(), contacts=(Contact(role=Text("值班", "Duty"), unit=Text("排水队", "Drainage"), phone="1"),))
    tried = None if days is None else TODAY - timedelta(days=days)
    found = faults(plan, replace(AGAINST, teams=(team(1, "排水队", "drainage", contact_tried_on=tried, duty_phone="1"),)))
    assert [(fault.kind, fault.day) for fault in found] == ([(FaultKind.CONTACT_NOT_TRIED, tried)] if is_found else [])


def test_a_text_is_superseded_from_the_day_after_its_last() -> None:
    plan = with_clause("执行《森林防火条例》。")(sound_plan())
    assert faults(plan, replace(AGAINST, today=date(2025, 12, 31))) == []
    assert [fault.what for fault in faults(plan, replace(AGAINST, today=date(2026, 1, 1)))] == ["forest_fire_2008"]


def test_a_local_text_whose_name_ends_alike_is_another_text() -> None:
    assert faults(with_clause("执行青岛市森林防火条例。")(sound_plan())) == []
    assert faults(with_basis("青岛市森林防火条例", "2013")(sound_plan())) == []
    assert faults(with_basis("中华人民共和国突发事件应对法", "主席令第25号 (2024-06-28)")(sound_plan())) == []


def test_a_plan_without_any_english_is_told_once() -> None:
    def bare(text: Text) -> Text:
        return Text(text.zh)

    plan = sound_plan()
    plan = replace(
        plan, title=bare(plan.title), basis=(), items=tuple(replace(one, name=bare(one.name), unit=bare(one.unit)) for one in plan.items),
        clauses=tuple(replace(one, title=bare(one.title), body=bare(one.body)) for one in plan.clauses),
        situations=tuple(replace(one, name=bare(one.name)) for one in plan.situations),
        levels=tuple(replace(one, activated_by=bare(one.activated_by)) for one in plan.levels),
        work_groups=tuple(replace(one, lead=bare(one.lead), duties=bare(one.duties)) for one in plan.work_groups),
        actions=tuple(replace(one, title=bare(one.title)) for one in plan.actions),
        contacts=tuple(replace(one, role=bare(one.role), unit=bare(one.unit)) for one in plan.contacts),
        cards=tuple(replace(one, post=bare(one.post), trigger=bare(one.trigger), steps=tuple(
            replace(step, text=bare(step.text)) for step in one.steps)) for one in plan.cards))
    assert [fault.kind for fault in faults(plan)] == [FaultKind.NO_ENGLISH_AT_ALL]


@pytest.mark.parametrize("code", sorted(plan.code for plan in trade().current_plans))
def test_the_shipped_plans_leave_only_what_a_city_fills_in(code: str) -> None:
    plan = next(one for one in trade().current_plans if one.code == code)
    able = tuple(team(number, name, name) for number, name in enumerate(sorted(one.id for one in trade().capabilities)))
    found = faults(plan, replace(AGAINST, teams=able, plans=trade().current_plans))
    kinds = {FaultKind.NO_PHONE, FaultKind.NO_PHONE_ON_CARD}
    if code == "forest_fire":  # its numbers are the former regulations', and each clause says that they are to be checked
        kinds |= {FaultKind.SUPERSEDED_BASIS, FaultKind.SUPERSEDED_CITED}
    assert {fault.kind for fault in found} == kinds
    assert [fault.kind for fault in found].count(FaultKind.NO_PHONE) == len(plan.contacts)
