"""The contacts of a plan tonight: which number is rung, whether plan and register agree, and when somebody last tried it.

A number counts as tried for 90 days (the register's house setting). A try that nobody answered is a try, and its number is doubtful until
somebody answers. Contacts of a plan are its list and whom its response cards report to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_links import clause_of_contact, digits
from emergency_desk.domain.plan_records import Contact, Plan, ResponseCard
from emergency_desk.domain.register import contact_is_due
from emergency_desk.domain.teams import Team
from emergency_desk.domain.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactState:
    """One contact of a plan. `phone` is what to ring: the plan's own number, else the register's `registered` one.

    `card` is the first card that reports to somebody the plan's list does not name. `is_silent`: nobody answered the last try.
    """

    contact: Contact
    clause: str
    phone: str = ""
    registered: str = ""
    card: ResponseCard | None = None
    tried_on: date | None = None
    is_silent: bool = False

    @property
    def differs(self) -> bool:
        """Say whether plan and register give two numbers."""
        return bool(self.contact.phone.strip() and self.registered) and digits(self.contact.phone) != digits(self.registered)

    def is_due(self, today: date) -> bool:
        """Say whether the number should be tried again; what has no number cannot be."""
        return bool(self.phone) and (self.is_silent or contact_is_due(self.tried_on, today))


def contact_states(
    plan: Plan, *, units: Iterable[Unit] = (), teams: Collection[Team] = (), tries: Iterable[ContactTry] = (),
) -> tuple[ContactState, ...]:
    """Return each contact of a plan once: those of its list in order, then whom only its cards name."""
    in_use = {team.name: team for team in teams if not team.is_retired}
    registered = {unit.name: unit.duty_phone for unit in units if not unit.is_retired} | {
        name: team.duty_phone for name, team in in_use.items() if team.duty_phone}
    rung: dict[str, list[ContactTry]] = {}
    for each in tries:
        rung.setdefault(each.unit, []).append(each)
    return tuple(_state(plan, contact, card, registered, in_use.get(contact.unit.zh), rung.get(contact.unit.zh, []))
                 for contact, card in _named(plan))


def _named(plan: Plan) -> Iterator[tuple[Contact, ResponseCard | None]]:
    seen: set[tuple[str, str]] = set()
    on_cards = ((one, card) for card in plan.cards for one in card.reports_to)
    for contact, card in (*((one, None) for one in plan.contacts), *on_cards):
        key = (contact.role.zh, contact.unit.zh)
        if key not in seen:
            seen.add(key)
            yield contact, card


def _state(plan: Plan, contact: Contact, card: ResponseCard | None, registered: Mapping[str, str], team: Team | None,
           tries: list[ContactTry]) -> ContactState:
    known = registered.get(contact.unit.zh, "").strip()
    phone = contact.phone.strip() or known
    own = [each for each in tries if each.role == contact.role.zh or (phone and digits(each.phone) == digits(phone))]
    last = max(own, key=lambda each: each.tried_at, default=None)
    noted = team.contact_tried_on if team is not None else None
    tried_on = local_day(last.tried_at) if last is not None else None
    is_silent = last is not None and not last.is_answered and (noted is None or tried_on is None or noted <= tried_on)
    return ContactState(contact=contact, clause=card.clause if card is not None else clause_of_contact(plan, contact), phone=phone,
                        registered=known, card=card, tried_on=max((day for day in (tried_on, noted) if day is not None), default=None),
                        is_silent=is_silent)


def contact_faults(states: Iterable[ContactState], today: date) -> Iterator[PlanFault]:
    """Name contacts without a number, with two of them, that stayed silent, and those nobody tried for 90 days.

    Whom only cards name without a number is told once for each tier: they are filled in together.
    """
    blank: dict[Tier, list[ContactState]] = {}
    for state in states:
        if state.card is not None and not state.phone:
            blank.setdefault(state.card.tier, []).append(state)
            continue
        for kind in _wrong_with(state, today):
            yield PlanFault(kind=kind, severity=Severity.GAP, at=_spot(state), said=state.contact.role, other_said=state.contact.unit,
                            day=state.tried_on, what=state.contact.phone.strip(), other_what=state.registered)
    for tier, of_tier in blank.items():
        yield PlanFault(kind=FaultKind.NO_PHONE_ON_CARD, severity=Severity.GAP, at=replace(_spot(of_tier[0]), tier=tier), count=len(of_tier),
                        path=tuple(dict.fromkeys(state.contact.unit for state in of_tier)))


def _spot(state: ContactState) -> Spot:
    return Spot(clause=state.clause, card_id=state.card.id if state.card is not None else "")


def _wrong_with(state: ContactState, today: date) -> Iterator[FaultKind]:
    if not state.phone:
        yield FaultKind.NO_PHONE
    if state.differs:
        yield FaultKind.PHONE_NOT_THE_REGISTER_S
    if state.is_silent:
        yield FaultKind.CONTACT_SILENT
    elif state.is_due(today):
        yield FaultKind.CONTACT_NOT_TRIED
