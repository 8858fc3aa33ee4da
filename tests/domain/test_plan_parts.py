"""A plan comes apart and together again, whatever it says; its clauses can be renumbered without losing what rests on them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import (
    content_of,
    header_from,
    header_of,
    is_below,
    key_of,
    moved,
    parts_of,
    plan_of,
    record_of,
    renumbered,
    shifted,
)
from emergency_desk.domain.plan_records import Contact, Plan
from emergency_desk.domain.texts import Text
from tests.builders import trade
from tests.exchange.test_plan_files import plans
from tests.quickness import examples


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_a_plan_taken_to_parts_and_put_together_is_the_same_plan(plan: Plan) -> None:
    parts = parts_of(plan)
    assert plan_of(header_from(content_of(header_of(plan))), parts) == plan
    keys = [(part.kind, part.key) for part in parts]
    assert len(set(keys)) == len(keys)
    assert all(content_of(record_of(part.kind, part.content)) == part.content for part in parts)


def test_the_shipped_plans_come_apart_and_together() -> None:
    for plan in trade().current_plans:
        assert plan_of(header_of(plan), parts_of(plan)) == plan


def test_a_changed_phone_stays_the_same_contact_and_a_second_of_the_same_words_is_counted() -> None:
    desk, again = Contact(role=Text("值班室"), unit=Text("区应急局"), phone="1"), Contact(role=Text("值班室"), unit=Text("区应急局"), phone="2")
    assert key_of(desk) == key_of(again)
    plan = trade().current_plans[0]
    contacts = [part.key for part in parts_of(_with_contacts(plan, desk, again)) if part.kind is PartKind.CONTACT]
    assert contacts == ["区应急局 值班室", "区应急局 值班室#2"]


def _with_contacts(plan: Plan, *contacts: Contact) -> Plan:
    return plan_of(header_of(plan), [*(part for part in parts_of(plan) if part.kind is not PartKind.CONTACT),
                                     *(part for part in parts_of(_bare(plan, contacts)))])


def _bare(plan: Plan, contacts: tuple[Contact, ...]) -> Plan:
    return replace(plan, basis=(), clauses=(), situations=(), items=(), levels=(), work_groups=(), actions=(), cards=(), contacts=contacts)


# -- clause numbers ----------------------------------------------------------------------------------------------------
NUMBERS = ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.2", "4", "4.1"]


def test_a_clause_moves_with_all_that_lies_in_it_and_its_sisters_share_out_their_numbers() -> None:
    order, changed = moved(NUMBERS, "2", before="1")
    assert order == ["2", "2.1", "2.1.1", "2.2", "1", "1.1", "1.2", "4", "4.1"]
    assert changed == {"2": "1", "2.1": "1.1", "2.1.1": "1.1.1", "2.2": "1.2", "1": "2", "1.1": "2.1", "1.2": "2.2"}
    order, changed = moved(NUMBERS, "2.1", before="")
    assert order == ["1", "1.1", "1.2", "2", "2.2", "2.1", "2.1.1", "4", "4.1"]
    assert changed == {"2.1": "2.2", "2.1.1": "2.2.1", "2.2": "2.1"}


def test_a_new_clause_makes_room_for_itself_only_where_its_number_is_taken() -> None:
    assert shifted(NUMBERS, "2.1") == {"2.1": "2.2", "2.1.1": "2.2.1", "2.2": "2.3"}
    assert shifted(NUMBERS, "3") == {}
    assert shifted(["9", "10"], "9") == {"9": "10", "10": "11"}


@given(st.data())
def test_moving_loses_no_clause_and_gives_no_number_twice(data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(NUMBERS))
    sisters = [number for number in NUMBERS if number.rpartition(".")[0] == which.rpartition(".")[0]]
    order, changed = moved(NUMBERS, which, before=data.draw(st.sampled_from(["", *sisters])))
    assert sorted(order) == sorted(NUMBERS)
    after = [changed.get(number, number) for number in order]
    assert len(set(after)) == len(NUMBERS)
    for number in NUMBERS:  # what lay in a clause lies in it still
        parent = number.rpartition(".")[0]
        if parent:
            assert is_below(changed.get(number, number), changed.get(parent, parent))


def test_what_rests_on_a_clause_follows_its_number() -> None:
    plan = next(plan for plan in trade().current_plans if plan.actions and plan.levels)
    numbers = {plan.actions[0].clause: "99.1"}
    assert renumbered(plan.actions[0], numbers).clause == "99.1"
    other = next(action for action in plan.actions if action.clause != plan.actions[0].clause)
    assert renumbered(other, numbers) is other
