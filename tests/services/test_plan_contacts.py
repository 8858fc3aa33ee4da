"""A number is rung and what happened is kept: appended, read by the check, and by everybody who looks at the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emergency_desk.domain.changes import Subject
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_faults import FaultKind
from emergency_desk.domain.plans import Plan
from emergency_desk.domain.units import Unit, UnitKind
from emergency_desk.services import integrity, plan_checks, plan_contacts, units
from emergency_desk.services.desk import Desk
from tests.builders import START, SetClock, acting_as, make_desk, trade

PHONE = "0532-88880001"


def fire_plan() -> Plan:
    """Return the fire plan with one contact that has a number."""
    plan = trade().plan("building_fire", "1.0")
    return replace(plan, contacts=(replace(plan.contacts[2], phone=PHONE),))


def of_contacts(desk: Desk) -> list[FaultKind]:
    about = (FaultKind.NO_PHONE, FaultKind.CONTACT_NOT_TRIED, FaultKind.CONTACT_SILENT, FaultKind.PHONE_NOT_THE_REGISTER_S)
    return [fault.kind for fault in plan_checks.look_over(desk, plan=fire_plan()).faults if fault.kind in about]


def ring(desk: Desk, *, is_answered: bool) -> None:
    contact = fire_plan().contacts[0]
    plan_contacts.try_contact(desk, unit=contact.unit.zh, role=contact.role.zh, phone=PHONE, is_answered=is_answered)


def test_what_was_tried_is_kept_with_who_and_when_and_announced(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    done = plan_contacts.try_contact(desk, unit="市急救中心", role="急救调度", phone=f" {PHONE} ", is_answered=True, note="三声接听")
    assert (done.value.phone, done.value.tried_at, done.value.account_id, done.value.note) == (PHONE, START, desk.who, "三声接听")
    assert done.changes.about(Subject.CONTACT_TRY)
    assert integrity.check(desk).is_sound


def test_the_check_follows_the_tries_and_the_ninety_days(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    assert of_contacts(desk) == [FaultKind.CONTACT_NOT_TRIED]
    ring(desk, is_answered=False)
    assert of_contacts(desk) == [FaultKind.CONTACT_SILENT]
    clock.forward(5)
    ring(desk, is_answered=True)
    assert of_contacts(desk) == []
    clock.forward(90 * 24 * 60)
    assert of_contacts(desk) == [FaultKind.CONTACT_NOT_TRIED]


def test_a_unit_that_was_rung_counts_for_the_plan_that_names_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    units.keep_unit(desk, unit=Unit(Id(""), UnitKind.DEPARTMENT, "市急救中心", duty_phone=PHONE))
    plan_contacts.try_contact(desk, unit="市急救中心", phone=PHONE, is_answered=True)
    assert of_contacts(desk) == []
    assert plan_contacts.tries_of_units(desk)["市急救中心"].is_answered


def test_the_last_try_of_a_unit_is_the_one_that_counts(tmp_path: Path) -> None:
    clock = SetClock()
    desk = make_desk(tmp_path, clock=clock)
    plan_contacts.try_contact(desk, unit="市气象台", phone="1", is_answered=True)
    clock.forward(1)
    plan_contacts.try_contact(desk, unit="市气象台", role="会商", phone="2", is_answered=False)
    assert (plan_contacts.tries_of_units(desk)["市气象台"].phone, plan_contacts.tries_of_units(desk)["市气象台"].is_answered) == ("2", False)


@pytest.mark.parametrize(("given", "name"), [({"unit": " ", "phone": "1"}, "unit"), ({"unit": "市气象台", "phone": ""}, "phone")])
def test_a_try_without_unit_or_number_is_refused(tmp_path: Path, given: dict[str, str], name: str) -> None:
    with pytest.raises(FieldMissing) as refused:
        plan_contacts.try_contact(make_desk(tmp_path), is_answered=True, **given)
    assert refused.value.field == name


def test_a_planner_and_an_officer_may_both_ring(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, account="officer")
    ring(desk, is_answered=True)
    ring(acting_as(desk, "keeper"), is_answered=True)
