"""Contradictions between linked plans: both clauses are named, and the desk's own matching decides.

Plans are linked when they share a type of incident and one's area lies within the other's, or when one names the other as the plan above
or beside it (`plan_family`). Different plans may say more or less than one another; a contradiction is only what cannot hold for both at
once: the same figure or grade brings two levels of one tier, two persons activate one level, two units lead one group, one office has two
phone numbers; a plan that starts lower than the plan above it, which it may only tighten; and a hazard that an upper tier plans for and
no plan below does. Source: 突发事件应急预案管理办法 Art. 24 (in accord with the plans above and beside).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plan_family import Family, clause_about, family
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_records import Contact, Level, LevelRule, Plan, PlanKind
from emergency_desk.domain.plans import PlanMatch, matching

_CONTACT_LISTS = ("通讯录", "联系人", "联络")


def contradictions(plan: Plan, plans: Iterable[Plan]) -> tuple[PlanFault, ...]:
    """Return where a plan contradicts a linked one, and where a lower tier has none."""
    others = [other for other in plans if other.code != plan.code]
    kin, linked = family(plan, others), [other for other in others if _are_linked(plan, other)]
    found: list[PlanFault] = []
    for other in linked:
        found += _of_one_hazard(plan, other)
    for other in others:
        if other in linked or other in _kin(kin):
            found += _phones(plan, other)
    for other in (*kin.above[:1], *kin.below):
        if other not in linked:
            found += _laxer(plan, other, lower=other if other in kin.below else plan)
    return (*found, *_without_counterpart(plan, linked))


def _kin(kin: Family[Plan]) -> tuple[Plan, ...]:
    return (*kin.above, *kin.below, *kin.beside)


def _of_one_hazard(plan: Plan, other: Plan) -> Iterator[PlanFault]:
    for tier in LADDER:
        if plan.levels_of(tier) and other.levels_of(tier):
            yield from _levels(plan, other, tier)
            yield from _activators(plan, other, tier)
    yield from _leads(plan, other)


def _are_linked(plan: Plan, other: Plan) -> bool:
    near = plan.area_code.startswith(other.area_code) or other.area_code.startswith(plan.area_code)
    return near and bool(set(plan.hazard_types) & set(other.hazard_types))


def _weight(plan: Plan, other: Plan) -> Severity:
    """An overall plan gives way to the plan of a hazard (the narrowest wins), so what it says otherwise only remarks."""
    return Severity.REMARK if PlanKind.OVERALL in (plan.kind, other.kind) else Severity.WRONG


# -- levels -----------------------------------------------------------------------------------------------------------
def _levels(plan: Plan, other: Plan, tier: Tier) -> Iterator[PlanFault]:
    own, others = _thresholds(plan, tier), _thresholds(other, tier)
    for name in own.keys() & others.keys():
        for count in sorted(own[name] | others[name], reverse=True):
            mine, theirs = (_rule(each, tier, plan, other, Figures(**{name: count})) for each in (plan, other))
            if _level(mine) is not _level(theirs):
                yield _differs(FaultKind.LEVELS_DIFFER, plan, other, tier, mine, theirs, what=name, count=count)
                break
    for grade in sorted(_grades(plan, tier) & _grades(other, tier), key=lambda each: each.rank):
        mine, theirs = (_rule(each, tier, plan, other, Figures(), grade) for each in (plan, other))
        if _level(mine) is not _level(theirs):
            yield _differs(FaultKind.GRADES_DIFFER, plan, other, tier, mine, theirs, grade=grade)


def _differs(
    kind: FaultKind, plan: Plan, other: Plan, tier: Tier, mine: LevelRule | None, theirs: LevelRule | None,
    *, what: str = "", count: int = 0, grade: Grade | None = None,
) -> PlanFault:
    near, there = mine or plan.levels_of(tier)[-1], theirs or other.levels_of(tier)[-1]
    return PlanFault(kind=kind, severity=_weight(plan, other), at=Spot(clause=near.clause, tier=tier, level=_level(mine)), what=what, count=count,
                     grade=grade, other_plan=other.title, other_clause=there.clause, other_level=_level(theirs))


def _level(rule: LevelRule | None) -> Level | None:
    return rule.level if rule else None


def _rule(asked: Plan, tier: Tier, plan: Plan, other: Plan, figures: Figures, grade: Grade | None = None) -> LevelRule | None:
    """Return the level that a plan alone would give, asked as a call asks; a plan without types of its own is asked for the other's."""
    shared = [name for name in plan.hazard_types if name in other.hazard_types] or plan.hazard_types or other.hazard_types
    if not shared:
        return None
    narrower = max(plan.area_code, other.area_code, key=len)
    match = matching([replace(asked, hazard_types=(shared[0],))], incident_type=shared[0], tier=tier, figures=figures, grade=grade,
                     area_code=narrower)
    return match.rule if isinstance(match, PlanMatch) else None


def _thresholds(plan: Plan, tier: Tier) -> dict[str, set[int]]:
    """Return the figures that alone bring a level of a tier, with their numbers."""
    found: dict[str, set[int]] = {}
    for rule in plan.levels_of(tier):
        for condition in rule.conditions:
            if len(condition.figures) == 1 and not condition.situations and condition.grade is None:
                name, count = condition.figures[0]
                found.setdefault(name, set()).add(count)
    return found


def _grades(plan: Plan, tier: Tier) -> set[Grade]:
    return {condition.grade for rule in plan.levels_of(tier) for condition in rule.conditions
            if condition.grade is not None and not condition.figures and not condition.situations}


# -- who commands, who is rung ----------------------------------------------------------------------------------------
def _activators(plan: Plan, other: Plan, tier: Tier) -> Iterator[PlanFault]:
    for rule in plan.levels_of(tier):
        there = other.level_rule(tier, rule.level)
        if there is not None and there.activated_by.zh != rule.activated_by.zh:
            severity = Severity.REMARK if PlanKind.OVERALL in (plan.kind, other.kind) else Severity.GAP
            yield PlanFault(kind=FaultKind.ACTIVATOR_DIFFERS, severity=severity, at=Spot(clause=rule.clause, tier=tier, level=rule.level),
                            said=rule.activated_by, other_plan=other.title, other_clause=there.clause, other_said=there.activated_by)


def _leads(plan: Plan, other: Plan) -> Iterator[PlanFault]:
    """Name each group of the on-site command that two plans of one hazard let two units lead."""
    for group in plan.work_groups:
        there = [each for each in other.work_groups if each.function is group.function]
        there = [each for each in there if group.name.zh and each.name.zh == group.name.zh] or there
        if there and all(each.lead.zh != group.lead.zh for each in there):
            severity = Severity.REMARK if PlanKind.OVERALL in (plan.kind, other.kind) else Severity.GAP
            yield PlanFault(kind=FaultKind.LEAD_DIFFERS, severity=severity, at=Spot(clause=clause_about(plan, "工作组")), role=group.function,
                            said=group.lead, other_plan=other.title, other_clause=clause_about(other, "工作组"), other_said=there[0].lead)


def _phones(plan: Plan, other: Plan) -> Iterator[PlanFault]:
    there = {(one.role.zh, one.unit.zh): one.phone for one in other.contacts if one.phone}
    for one in plan.contacts:
        phone = there.get((one.role.zh, one.unit.zh), "")
        if one.phone and phone and digits(one.phone) != digits(phone):
            yield PlanFault(kind=FaultKind.PHONE_DIFFERS, severity=Severity.WRONG, at=Spot(clause=clause_of_contact(plan, one)), said=one.unit,
                            what=one.phone, other_what=phone, other_plan=other.title, other_clause=clause_of_contact(other, one))


def clause_of_contact(plan: Plan, contact: Contact) -> str:
    """Return the number of the clause with the list of contacts, or of one that names the unit, or ""."""
    listed = next((clause.number for clause in plan.clauses if any(word in clause.title.zh for word in _CONTACT_LISTS)), "")
    return listed or next((clause.number for clause in plan.clauses if contact.unit.zh in clause.body.zh), "")


def digits(phone: str) -> str:
    """Return a phone number without what people write between its digits."""
    return "".join(letter for letter in phone if letter.isdigit())


# -- above and below --------------------------------------------------------------------------------------------------
def _laxer(plan: Plan, other: Plan, *, lower: Plan) -> Iterator[PlanFault]:
    """Name each figure and grade for which the lower of two plans would start less than the one above it does, once for each level.

    An overall plan gives way to the plan of a hazard by its own words (Measures Art. 8, 9), so its levels bind none below it.
    """
    if PlanKind.OVERALL in (plan.kind, other.kind):
        return
    for tier in LADDER:
        if not (plan.levels_of(tier) and other.levels_of(tier)):
            continue
        told: set[Level | None] = set()
        for figures, grade, name, count in _asked_of(plan, other, tier):
            mine, theirs = (_rule(each, tier, plan, other, figures, grade) for each in (plan, other))
            under, over = (mine, theirs) if lower is plan else (theirs, mine)
            if over is None or (under is not None and under.level.rank <= over.level.rank) or over.level in told:
                continue
            told.add(over.level)
            yield replace(_differs(FaultKind.LAXER_THAN_ABOVE, plan, other, tier, mine, theirs, what=name, count=count, grade=grade),
                          severity=Severity.GAP)


def _asked_of(plan: Plan, other: Plan, tier: Tier) -> Iterator[tuple[Figures, Grade | None, str, int]]:
    """Return what two plans are asked: the figures and grades that alone bring a level in either."""
    own, others = _thresholds(plan, tier), _thresholds(other, tier)
    for name in sorted(own.keys() | others.keys()):
        for count in sorted(own.get(name, set()) | others.get(name, set()), reverse=True):
            yield Figures(**{name: count}), None, name, count
    for grade in sorted(_grades(plan, tier) | _grades(other, tier), key=lambda each: each.rank):
        yield Figures(), grade, "", 0


def _without_counterpart(plan: Plan, linked: list[Plan]) -> Iterator[PlanFault]:
    """Name each hazard and each tier of the ladder below the plan's own for which neither it nor a linked plan has levels."""
    first = next((rule.clause for rule in sorted(plan.levels, key=lambda rule: rule.level.rank)), "")
    for tier in LADDER:
        if tier.rank <= plan.tier.rank or plan.levels_of(tier):
            continue
        for hazard in plan.hazard_types:
            if not any(hazard in other.hazard_types and other.levels_of(tier) for other in linked):
                yield PlanFault(kind=FaultKind.NO_COUNTERPART, severity=Severity.GAP, at=Spot(clause=first, tier=tier), what=hazard)
