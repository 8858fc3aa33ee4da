"""A planner writes a plan in a text file: what is right comes back the same, what is wrong is named with its place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import BadFile
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.plan_records import (
    CONDITION_FIGURES,
    Action,
    CardStep,
    Clause,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Needs,
    Plan,
    PlanKind,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.plan_files import CAPABILITIES, INCIDENT_TYPES, read_plan, write_plan
from tests.quickness import examples

SMALL = """\
format: 1
code: small_fire
version: 1.0
title:
  zh: 小预案
  en: Small plan
kind: special
hazard_types: [building_fire]
tier: tier_city
clauses:
  - number: 4
    title: {zh: 应急响应}
  - number: 4.10
    title: {zh: 先期处置, en: First measures}
    body:
      zh: 先救人。
      en: People first.
items:
  - id: hose
    name: {zh: 水带}
    unit: {zh: 盘}
situations:
  - id: high_rise
    name: {zh: 高层}
    words: [10+层]
levels:
  - tier: tier_street
    level: IV
    clause: 4.10
    activated_by: {role: duty_leader, zh: 带班领导}
    when:
      - {trapped: 1, situation: high_rise}
      - always: yes
    needs:
      teams: {fire_fighting: 1}
actions:
  - id: s1
    clause: 4.10
    tier: tier_street
    role: duty_officer
    due: T+2
    from_level: IV
    title: {zh: 报告带班领导, en: Tell the duty leader}
    needs:
      items: {hose: 2}
"""


def refusal(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_plan(text, "small.yaml")
    return caught.value


def test_a_small_plan_is_read_as_it_was_written() -> None:
    plan = read_plan(SMALL, "small.yaml")
    assert plan.actions[0].due_minutes == 2
    assert plan.clause("4.10") == Clause(number="4.10", title=Text("先期处置", "First measures"), body=Text("先救人。", "People first."))
    assert plan.levels[0].conditions == (Condition(figures=(("trapped", 1),), situations=("high_rise",)), Condition())


SLIPS = [
    ("code: small_fire\n", "", "missing_key", 1, "code"),
    ("kind: special", "kind: specail", "unknown_word", 7, "kind specail"),
    ("format: 1", "format: 9", "unknown_format", 1, "format 9"),
    ("hazard_types: [building_fire]", "hazard_types: [building_fires]", "unknown_word", 8, "hazard_types[1] building_fires"),
    ("fire_fighting: 1", "firefighting: 1", "unknown_word", 35, "levels[1].needs.teams.firefighting firefighting"),
    ("fire_fighting: 1", "fire_fighting: many", "not_a_number", 35, "levels[1].needs.teams.fire_fighting many"),
    ("    tier: tier_street\n    role: duty_officer", "    tier: tier_town\n    role: duty_officer", "unknown_word", 39,
     "actions[1].tier tier_town"),
    ("level: IV", "level: V", "unknown_word", 28, "levels[1].level V"),
    ("role: duty_officer", "role: officer", "unknown_word", 40, "actions[1].role officer"),
    ("    clause: 4.10\n    tier: tier_street\n    role", "    clause: 4.9\n    tier: tier_street\n    role", "no_such_clause", 38,
     "actions[1].clause 4.9"),
    ("due: T+2", "due: T-2", "not_a_due_time", 41, "actions[1].due T-2"),
    ("due: T+2", "deu: T+2", "unknown_key", 41, "actions[1].deu"),
    ("due: T+2", "due: ", "empty", 41, "actions[1].due"),
    ("number: 4\n", "number: 4.10\n", "duplicate", 13, "clauses[2].number 4.10"),
    ("items: {hose: 2}", "items: {hoses: 2}", "no_such_item", 45, "actions[1].needs.items.hoses hoses"),
    ("situation: high_rise", "situation: highrise", "no_such_situation", 32, "levels[1].when[1].situation highrise"),
    ("trapped: 1", "traped: 1", "unknown_key", 32, "levels[1].when[1].traped"),
    ("trapped: 1", "trapped: -1", "not_a_number", 32, "levels[1].when[1].trapped -1"),
    ("      - always: yes", "      - always: maybe", "unknown_word", 33, "levels[1].when[2].always maybe"),
    ("title: {zh: 应急响应}", "title: 应急响应", "not_a_mapping", 12, "clauses[1].title"),
    ("title: {zh: 应急响应}", "title: {en: Response}", "missing_key", 12, "clauses[1].title zh"),
    ("from_level: IV", "from_level: I", "no_such_level", 42, "actions[1].from_level tier_street I"),
    ("tier: tier_city", "tier: tier_city\ncode: again", "yaml", 10, "key given twice: code"),
]


@pytest.mark.parametrize(("right", "slip", "reason", "line", "detail"), SLIPS, ids=[slip[1].strip()[:40] or slip[0] for slip in SLIPS])
def test_each_slip_of_a_planner_is_named_with_line_and_place(right: str, slip: str, reason: str, line: int, detail: str) -> None:
    assert right in SMALL
    values = refusal(SMALL.replace(right, slip)).values
    assert (values["name"], values["reason"], values["line"], values["detail"]) == ("small.yaml", reason, line, detail)


@pytest.mark.parametrize("text", ["", "[]", "hello", "? [a]\n: b", "a: &x 1\nb: *x", "[" * 5000, "\x00", "format: [1]",
                                  "code: !!python/x 1"])
def test_what_is_no_plan_at_all_is_refused(text: str) -> None:
    assert refusal(text).values["name"] == "small.yaml"


# -- the round trip ---------------------------------------------------------------------------------------------------
_strings = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
_texts = st.builds(Text, _strings, st.one_of(st.just(""), _strings))
_texts_or_none = st.one_of(st.just(Text("")), _texts)
_ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
_numbers = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2}){0,3}", fullmatch=True)
_GROUPS = [role for role in PlanRole if role.value.startswith("grp_")]
_group_keys = st.one_of(  # the id is the function, or its own beside it
    st.tuples(st.sampled_from([role.value for role in _GROUPS]), st.none()), st.tuples(_ids, st.sampled_from(_GROUPS)))


def _work_group(key: tuple[str, PlanRole | None]) -> st.SearchStrategy[WorkGroup]:
    return st.builds(WorkGroup, id=st.just(key[0]), role=st.just(key[1]), name=_texts_or_none, lead=_texts, duties=_texts,
                     members=st.lists(_texts, max_size=2).map(tuple))


_counts = st.integers(0, 999_999)


def _needs(items: list[str]) -> st.SearchStrategy[Needs]:
    teams = st.dictionaries(st.sampled_from(sorted(CAPABILITIES)), _counts, max_size=3).map(lambda held: tuple(held.items()))
    things = st.dictionaries(st.sampled_from(items), _counts, max_size=2).map(lambda held: tuple(held.items())) if items else st.just(())
    return st.builds(Needs, teams=teams, items=things, places=_counts)


def _conditions(situations: list[str]) -> st.SearchStrategy[Condition]:
    figures = st.dictionaries(st.sampled_from(CONDITION_FIGURES), _counts, max_size=3).map(lambda held: tuple(held.items()))
    said = st.lists(st.sampled_from(situations), unique=True, max_size=2).map(tuple) if situations else st.just(())
    return st.builds(Condition, figures=figures, grade=st.one_of(st.none(), st.sampled_from(Grade)), situations=said)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    clauses = draw(st.lists(
        st.builds(Clause, number=_numbers, title=_texts, body=st.one_of(st.just(Text("")), _texts),
                  tier=st.one_of(st.none(), st.sampled_from((Tier.CITY, Tier.VILLAGE)))),
        min_size=1, max_size=4, unique_by=lambda clause: clause.number))
    items = draw(st.lists(st.builds(Item, id=_ids, name=_texts, unit=_texts, code=st.sampled_from(("", "2110112"))), max_size=3,
                          unique_by=lambda item: item.id))
    situations = draw(st.lists(st.builds(Situation, id=_ids, name=_texts, words=st.lists(_strings, max_size=3).map(tuple)), max_size=3,
                               unique_by=lambda situation: situation.id))
    numbers = st.sampled_from([clause.number for clause in clauses])
    needs = _needs([item.id for item in items])
    levels = draw(st.lists(
        st.builds(LevelRule, tier=st.just(Tier.DISTRICT), level=st.sampled_from(Level), clause=numbers, activated_by=_texts,
                  activated_by_role=st.sampled_from(PlanRole), needs=needs,
                  conditions=st.lists(_conditions([one.id for one in situations]), min_size=1, max_size=3).map(tuple)),
        max_size=3, unique_by=lambda rule: rule.level))
    reached = [level for level in Level if any(rule.level.rank <= level.rank for rule in levels)]
    actions = draw(st.lists(
        st.builds(Action, id=_ids, clause=numbers, tier=st.just(Tier.DISTRICT), role=st.sampled_from(PlanRole), due_minutes=_counts,
                  from_level=st.sampled_from(reached), title=_texts, needs=needs),
        max_size=3, unique_by=lambda action: action.id)) if reached else []
    return Plan(
        code=draw(_ids), version=draw(_numbers), title=draw(_texts), kind=draw(st.sampled_from(PlanKind)),
        hazard_types=tuple(draw(st.lists(st.sampled_from(sorted(INCIDENT_TYPES)), max_size=3))), tier=Tier.CITY,
        area_code=draw(st.sampled_from(("", "3702", "370203"))),
        near_types=tuple(draw(st.lists(st.sampled_from(sorted(INCIDENT_TYPES)), max_size=2))),
        basis=tuple(draw(st.lists(st.builds(LegalBasis, title=_texts, number=st.one_of(st.just(""), _strings),
                                            article=st.one_of(st.just(""), _strings)), max_size=2))),
        clauses=tuple(clauses), items=tuple(items), situations=tuple(situations), levels=tuple(levels),
        work_groups=tuple(draw(st.lists(_group_keys.flatmap(_work_group), max_size=2, unique_by=lambda group: group.id))),
        actions=tuple(actions),
        parent=draw(st.one_of(st.just(""), _ids)), aligned=tuple(draw(st.lists(_ids, max_size=2))),
        cards=tuple(draw(st.lists(
            st.builds(ResponseCard, id=_ids, post=_texts, tier=st.just(Tier.DISTRICT), clause=numbers, from_level=st.sampled_from(Level),
                      trigger=_texts, steps=st.lists(st.builds(CardStep, due_minutes=_counts, text=_texts), min_size=1, max_size=7).map(tuple),
                      reports_to=st.lists(st.builds(Contact, role=_texts, unit=_texts, phone=st.sampled_from(("", "0532-0000"))),
                                          max_size=2).map(tuple),
                      never=_texts_or_none, resources=_texts_or_none, withdraw_when=_texts_or_none),
            max_size=2, unique_by=lambda one: one.id))),
        contacts=tuple(draw(st.lists(st.builds(Contact, role=_texts, unit=_texts, phone=st.sampled_from(("", "0532-0000"))), max_size=2))),
    )


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_a_plan_written_and_read_is_the_same_plan(plan: Plan) -> None:
    assert read_plan(write_plan(plan), "again.yaml") == plan


@settings(max_examples=examples(200), deadline=None)
@given(st.data())
def test_no_damage_to_a_plan_brings_anything_but_a_plan_or_a_bad_file(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
    try:
        read_plan(SMALL[:at] + put + SMALL[at + cut:], "damaged.yaml")
    except BadFile as bad:
        assert bad.values["reason"]


def test_a_body_with_lists_and_tables_is_written_a_line_each() -> None:
    body = "先救人。\n- 关阀\n| 级别 | 条件 |\n| Ⅲ级 | **3人**以上 |\n\n| 又一表 |"
    block = "\n".join(f"        {line}".rstrip() for line in body.split("\n"))
    plan = read_plan(SMALL.replace("      zh: 先救人。", f"      zh: |-\n{block}"), "small")
    assert plan.clauses[1].body.zh == body
    assert "        | Ⅲ级 | **3人**以上 |\n\n        | 又一表 |" in write_plan(plan)
    assert read_plan(write_plan(plan), "again") == plan
