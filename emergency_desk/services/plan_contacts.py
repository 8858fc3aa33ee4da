"""The contacts of plans and units: a number is rung, and whether somebody answered is kept (a house rule: every 90 days)."""

from __future__ import annotations

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.errors import FieldMissing
from emergency_desk.services.desk import Desk, Done
from emergency_desk.services.steps.contact_trying import last_tries


def try_contact(desk: Desk, *, unit: str, role: str = "", phone: str, is_answered: bool, note: str = "") -> Done[ContactTry]:
    """Keep that a number was rung just now and whether somebody answered. Raises FieldMissing, RoleMissing.

    A slip is mended by the next try: nothing is overwritten.
    """
    desk.may(Act.TRY_CONTACT)
    for name, said in (("unit", unit), ("phone", phone)):
        if not said.strip():
            raise FieldMissing(name=name)
    with desk.open_work() as work:
        tried = work.contact_tries.add(ContactTry(
            id=desk.new_id(), unit=unit, role=role, phone=phone.strip(), tried_at=desk.now(), account_id=desk.who, is_answered=is_answered,
            note=note))
        return Done(tried, work.commit("try_contact", unit=unit, role=role, answered=is_answered))


def tries_of_units(desk: Desk) -> dict[str, ContactTry]:
    """Return the last try of each unit's number, by the unit's name."""
    with desk.reading() as reading:
        return {each.unit: each for each in last_tries(reading)}
