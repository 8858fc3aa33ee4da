"""Forms of the runnable part: what a form shows and gives back is the part, and a new part disturbs no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pytestqt.qtbot import QtBot

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import header_of, key_of
from emergency_desk.domain.plan_records import Clause, Level, Plan, PlanRole
from emergency_desk.ui.plans.new_parts import new_part
from emergency_desk.ui.plans.part_fields import Known, fields_for, head_fields
from emergency_desk.ui.plans.part_form import PartForm
from emergency_desk.ui.plans.part_values import record_from, values_of
from tests.builders import trade
from tests.domain.plan_parts import sound_plan
from tests.exchange.test_plan_files import plans
from tests.quickness import examples

LISTS = {PartKind.BASIS: "basis", PartKind.SITUATION: "situations", PartKind.ITEM: "items", PartKind.LEVEL: "levels",
         PartKind.WORK_GROUP: "work_groups", PartKind.ACTION: "actions", PartKind.CONTACT: "contacts", PartKind.CARD: "cards"}


@pytest.mark.parametrize("plan", trade().current_plans, ids=lambda plan: str(plan.code))
def test_every_part_of_the_shipped_plans_comes_back_from_its_form(qtbot: QtBot, plan: Plan) -> None:
    known = Known(plan, trade())
    for kind, name in LISTS.items():
        form = PartForm(fields_for(kind, known))
        qtbot.addWidget(form)
        for record in getattr(plan, name):
            form.fill(values_of(record))
            assert form.values() == values_of(record)
            assert record_from(record, form.values()) == record
    form = PartForm(head_fields(known))
    qtbot.addWidget(form)
    form.fill(values_of(header_of(plan)))
    assert record_from(header_of(plan), form.values()) == header_of(plan)


@given(plans())
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_values_are_the_record(plan: Plan) -> None:
    for name in ("situations", "items", "actions", "contacts", "work_groups"):
        for record in getattr(plan, name):
            assert record_from(record, values_of(record)) == record
    for rule in plan.levels:
        same = record_from(rule, values_of(rule))
        assert (same.tier, same.level, same.needs, set(same.conditions)) == (rule.tier, rule.level, rule.needs, set(rule.conditions))


def test_a_choice_that_nobody_offers_stays(qtbot: QtBot) -> None:
    plan = sound_plan()
    lost = replace(plan.actions[0], clause="9.9")
    form = PartForm(fields_for(PartKind.ACTION, Known(plan, trade())))
    qtbot.addWidget(form)
    form.fill(values_of(lost))
    assert record_from(lost, form.values()) == lost


@pytest.mark.parametrize("kind", LISTS)
def test_a_new_part_bears_a_key_that_nobody_has(kind: PartKind) -> None:
    plan = trade().current_plans[0]
    name = LISTS[kind]
    for _count in range(3):
        made = new_part(kind, plan, tier=Tier.DISTRICT, clause="4.1", like=(getattr(plan, name) or (None,))[-1])
        if made is None:
            assert kind is PartKind.LEVEL
            return
        if kind not in (PartKind.BASIS, PartKind.CONTACT):
            assert key_of(made) not in {key_of(one) for one in getattr(plan, name)}
        plan = replace(plan, **{name: (*getattr(plan, name), made)})


def test_another_function_of_a_group_keeps_what_the_plan_knows_it_by() -> None:
    group = sound_plan().work_groups[0]
    other = record_from(group, {**values_of(group), "role": "grp_medical", "name.zh": "救护组"})
    assert (other.id, other.function, other.name.zh) == (group.id, PlanRole.MEDICAL, "救护组")
    assert record_from(other, {**values_of(other), "role": group.id, "name.zh": ""}) == group


def test_no_further_level_can_be_added_where_all_are_there() -> None:
    full = sound_plan()
    for _count in range(16):
        made = new_part(PartKind.LEVEL, full, tier=Tier.CITY)
        if made is None:
            break
        full = replace(full, levels=(*full.levels, made))  # type: ignore[arg-type]
    assert len(full.levels) == 16 and {rule.level for rule in full.levels_of(Tier.CITY)} == set(Level)
    assert full.levels_of(Tier.CITY)[-1].conditions and isinstance(full.clauses[0], Clause)
