"""Gathers what stands on the papers of a plan. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.errors import NotFound, NothingToPrint
from emergency_desk.domain.plan_errors import PlanLacks
from emergency_desk.domain.plan_life import IN_FORCE, PlanStage, life_of
from emergency_desk.domain.plan_moves import MoveKind, PlanMove
from emergency_desk.domain.plan_records import Plan, PlanKind
from emergency_desk.domain.plan_sheets import (
    CardsSheet,
    CompareSheet,
    FilingSheet,
    PlanContactsSheet,
    PlanSheet,
    PlanStanding,
    ToRing,
    standing_of,
)
from emergency_desk.domain.plans import clause_key
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit
from emergency_desk.domain.working_days import DueDay
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import imprint, place_of
from emergency_desk.store.readings.reading import Reading


def plan_sheet(desk: Desk, *, code: str = "", version: str = "") -> PlanSheet:
    """Return one version of a plan whole. Raises NotFound, NothingToPrint."""
    desk.may(Act.READ)
    plan = find_plan(desk, code=code, version=version)
    return PlanSheet(imprint=imprint(desk), plan=plan, standing=standing(desk, plan), names=_names(desk), types=_types(desk), titles=titles(desk))


def cards_sheet(desk: Desk, *, code: str = "", version: str = "") -> CardsSheet:
    """Return the response cards of a plan. Raises NotFound, NothingToPrint, and PlanLacks where it has none."""
    desk.may(Act.READ)
    plan = find_plan(desk, code=code, version=version)
    if not plan.cards:
        raise PlanLacks(plan=plan.title, reason="cards")
    return CardsSheet(imprint=imprint(desk), plan=plan, cards=plan.cards, standing=standing(desk, plan))


def contacts_sheet(desk: Desk, *, code: str = "", version: str = "") -> PlanContactsSheet:
    """Return whom to ring for a plan, or for all plans in use where none is named. Raises NotFound, NothingToPrint, PlanLacks."""
    desk.may(Act.READ)
    plan = find_plan(desk, code=code, version=version) if code else None
    with desk.reading() as reading:
        units = reading.units.where("WHERE is_retired = 0 AND duty_phone <> ''")
    rows = to_ring([plan] if plan else desk.trade.current_plans, units)
    if not rows and plan:
        raise PlanLacks(plan=plan.title, reason="contacts")
    if not rows:
        raise NothingToPrint(name="plan-contacts", number="")
    return PlanContactsSheet(imprint=imprint(desk), plan=plan, rows=rows, titles=titles(desk))


def filing_sheet(desk: Desk, *, code: str = "", version: str = "") -> FilingSheet:
    """Return what a plan is filed with. Raises NotFound, NothingToPrint."""
    desk.may(Act.READ)
    plan = find_plan(desk, code=code, version=version)
    stands, rules = standing(desk, plan), desk.trade.plan_life
    return FilingSheet(imprint=imprint(desk), plan=plan, rule=rules.routes_of(plan.kind)[0], term=rules.filing,
                       area=place_of(desk, desk.area_id), standing=stands, due=_due(desk, stands), types=_types(desk), titles=titles(desk))


def compare_sheet(desk: Desk, *, code: str = "", version: str = "", against: str = "") -> CompareSheet:
    """Return two versions of a plan: one, and another or the one before it. Raises NotFound, NothingToPrint, PlanLacks."""
    desk.may(Act.READ)
    plan = find_plan(desk, code=code, version=version)
    if not against:
        earlier = _earlier(desk, plan)
        if not earlier:
            raise PlanLacks(plan=plan.title, reason="versions")
        against = earlier[-1]
    return CompareSheet(imprint=imprint(desk), plan=plan, before=desk.trade.shelf.plan(plan.code, against), standing=standing(desk, plan),
                        capabilities=desk.trade.capabilities, types=_types(desk))


def has_earlier(desk: Desk, plan: Plan) -> bool:
    """Say whether an earlier version of a plan is kept, to hold this one against."""
    return bool(_earlier(desk, plan))


def _earlier(desk: Desk, plan: Plan) -> list[str]:
    own = clause_key(plan.version)
    return [back.version for back in desk.trade.shelf.versions(plan.code) if clause_key(back.version) < own]


def find_plan(desk: Desk, *, code: str = "", version: str = "") -> Plan:
    """Return a version of a plan, or the one in use; without a code the overall plan, else the first. Raises NotFound, NothingToPrint."""
    shelf = desk.trade.shelf
    if code and version:
        return shelf.plan(code, version)
    if code:
        back = shelf.current(code) or next(reversed(shelf.versions(code)), None)
        if back is None:
            raise NotFound(kind="plans", key=code)
        return shelf.plan(code, back.version)
    if not shelf.in_force:
        raise NothingToPrint(name="plan", number="")
    back = next((each for each in shelf.in_force if each.kind is PlanKind.OVERALL), shelf.in_force[0])
    return shelf.plan(back.code, back.version)


def standing(desk: Desk, plan: Plan) -> PlanStanding:
    """Return how far a version has come; one that is not offered any more names the version in its place."""
    with desk.reading() as reading:
        moves = reading.plan_moves.where("WHERE code = ? AND plan_version = ? ORDER BY seq", (plan.code, plan.version))
        drawn_up_by = _drawn_up_by(desk, reading, plan, moves)
    life, current = life_of(plan.code, plan.version, moves), desk.trade.shelf.current(plan.code)
    if life.stage in IN_FORCE and current is not None and current.version != plan.version:
        life = replace(life, stage=PlanStage.REPLACED, replaced_by=current.version)
    return replace(standing_of(life), drawn_up_by=drawn_up_by)


def _drawn_up_by(desk: Desk, reading: Reading, plan: Plan, moves: Sequence[PlanMove]) -> Text:
    """Return the desk and the person that drew a version up: those it came from, else this desk and whoever began the draft."""
    came = reading.plan_travels.first("WHERE code = ? AND plan_version = ? AND is_outgoing = 0 ORDER BY at", (plan.code, plan.version))
    if came:
        return Text(f"{came[0].desk} {came[0].person}".strip())
    begun = next((move for move in moves if move.kind is MoveKind.DRAFTED), None)
    if begun is None:
        return Text("")
    desk_name = imprint(desk).desk
    who = reading.accounts.get(begun.account_id)
    return Text(f"{desk_name.zh} {who.display_name}", f"{desk_name.in_language('en')}, {who.display_name_en or who.display_name}")


def to_ring(plans: Iterable[Plan], units: Iterable[Unit]) -> tuple[ToRing, ...]:
    """Return whom the plans say to ring, by tier and unit: their contacts, and those their cards report to; each once."""
    phones = {unit.name: unit.duty_phone for unit in units}
    found: dict[tuple[str, str, str], ToRing] = {}
    for plan in plans:
        for tier, contact in [*((plan.tier, contact) for contact in plan.contacts),
                              *((card.tier, contact) for card in plan.cards for contact in card.reports_to)]:
            key = (tier.value, contact.unit.zh, contact.role.zh)
            row = found.get(key)
            codes = (*(row.plans if row else ()), *(() if row and plan.code in row.plans else (plan.code,)))
            phone = row.phone if row and row.phone and not row.from_register else contact.phone
            found[key] = ToRing(tier=tier, unit=contact.unit, role=contact.role, phone=phone or phones.get(contact.unit.zh, ""),
                                from_register=not phone and contact.unit.zh in phones, plans=codes)
    return tuple(sorted(found.values(), key=lambda row: (row.tier.rank, row.unit.zh, row.role.zh)))


def titles(desk: Desk) -> dict[str, Text]:
    """Return the titles of the plans by code."""
    shelf = desk.trade.shelf
    return {plan.code: plan.title for plan in (*shelf.plans, *shelf.in_force)}


def _due(desk: Desk, stands: PlanStanding) -> DueDay | None:
    if stands.issued_on is None or not stands.is_in_force:
        return None
    return desk.trade.working_days.after(stands.issued_on, desk.trade.plan_life.filing.days)


def _names(desk: Desk) -> Mapping[str, Text]:
    return {one.id: one.name for one in desk.trade.capabilities}


def _types(desk: Desk) -> Mapping[str, Text]:
    return {one.id: one.name for one in desk.trade.types}


