"""The contacts of a plan: which number is rung, whether plan and register agree, and whether somebody answered lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_contacts import ContactState, contact_faults, contact_states
from emergency_desk.domain.plan_faults import FaultKind
from emergency_desk.domain.plan_records import Contact, Plan
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit, UnitKind
from tests.builders import team
from tests.domain.plan_parts import sound_plan, tried
from tests.domain.test_plan_check import TODAY

WATER = Unit(id=Id("7" * 32), kind=UnitKind.DEPARTMENT, name="区水务局", duty_phone="0532-00000009")


def state_of(plan: Plan, *tries: ContactTry, units: tuple[Unit, ...] = ()) -> ContactState:
    only, = contact_states(plan, units=units, tries=tries)
    return only


def kinds(state: ContactState) -> list[FaultKind]:
    return [fault.kind for fault in contact_faults([state], TODAY)]


def without_phone() -> Plan:
    plan = sound_plan()
    return replace(plan, contacts=(replace(plan.contacts[0], phone=""),))


def test_a_number_nobody_tried_is_due_and_one_that_was_answered_is_not_for_ninety_days() -> None:
    plan = sound_plan()
    assert kinds(state_of(plan)) == [FaultKind.CONTACT_NOT_TRIED]
    assert kinds(state_of(plan, tried(TODAY - timedelta(days=89)))) == []
    assert kinds(state_of(plan, tried(TODAY - timedelta(days=90)))) == [FaultKind.CONTACT_NOT_TRIED]


def test_a_number_where_nobody_answered_is_doubtful_until_somebody_does() -> None:
    plan = sound_plan()
    silent, answered = tried(TODAY - timedelta(days=2), answered=False), tried(TODAY - timedelta(days=1))
    state = state_of(plan, silent)
    assert (kinds(state), state.tried_on, state.is_due(TODAY)) == ([FaultKind.CONTACT_SILENT], TODAY - timedelta(days=2), True)
    assert kinds(state_of(plan, silent, answered)) == []
    assert kinds(state_of(plan, replace(answered, tried_at=silent.tried_at - timedelta(days=1)), silent)) == [FaultKind.CONTACT_SILENT]


def test_the_same_number_under_another_role_counts_and_another_number_of_the_unit_does_not() -> None:
    plan = sound_plan()
    assert kinds(state_of(plan, tried(TODAY, role="", phone="0532 0000 0001"))) == []
    assert kinds(state_of(plan, tried(TODAY, role="", phone="0532-2"))) == [FaultKind.CONTACT_NOT_TRIED]
    assert kinds(state_of(plan, tried(TODAY, unit="区气象局"))) == [FaultKind.CONTACT_NOT_TRIED]


def test_the_register_lends_its_number_and_contradicts_another_one() -> None:
    lent = state_of(without_phone(), tried(TODAY, phone=WATER.duty_phone), units=(WATER,))
    assert (lent.phone, kinds(lent)) == (WATER.duty_phone, [])
    differing = state_of(sound_plan(), tried(TODAY), units=(WATER,))
    fault, = contact_faults([differing], TODAY)
    assert (fault.kind, fault.what, fault.other_what) == (FaultKind.PHONE_NOT_THE_REGISTER_S, "0532-00000001", "0532-00000009")


def test_a_contact_without_any_number_is_named_once_and_not_as_untried() -> None:
    assert kinds(state_of(without_phone())) == [FaultKind.NO_PHONE]


def test_whom_only_a_card_reports_to_is_named_with_the_card() -> None:
    plan = sound_plan()
    desk = Contact(role=Text("区值班室", "District desk"), unit=Text("区应急局", "Bureau"))
    cards = tuple(replace(one, reports_to=(desk, plan.contacts[0])) if one.tier is Tier.STREET else one for one in plan.cards)
    states = contact_states(replace(plan, cards=cards), tries=(tried(TODAY),))
    assert [state.contact.unit.zh for state in states] == ["区水务局", "区应急局"]
    fault, = contact_faults(states, TODAY)
    assert (fault.kind, fault.at.tier, fault.at.card_id, fault.at.clause) == (FaultKind.NO_PHONE_ON_CARD, Tier.STREET, "cs1", "2")
    assert (fault.count, [unit.zh for unit in fault.path]) == (1, ["区应急局"])


def test_a_team_s_own_note_counts_as_a_try() -> None:
    plan = replace(sound_plan(), contacts=(Contact(role=Text("值班", "Duty"), unit=Text("排水队", "Drainage"), phone="1"),))
    crew = team(1, "排水队", "drainage", duty_phone="1", contact_tried_on=TODAY)
    state, = contact_states(plan, teams=(crew,), tries=(tried(TODAY - timedelta(days=3), unit="排水队", phone="1", answered=False),))
    assert (state.tried_on, state.is_silent) == (TODAY, False)
