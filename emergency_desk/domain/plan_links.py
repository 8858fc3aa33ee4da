"""Contradictions between plans that cover the same hazard: both clauses are named, and the desk's own matching decides.

Plans are linked when they share a type of incident and one's area lies within the other's. Different plans may say more or less than
one another; a contradiction is only what cannot hold for both at once: the same figure or grade brings two levels of one tier, two
persons activate one level, one office has two phone numbers; and a hazard that an upper tier plans for and no plan below does
(突发事件应急预案管理办法 Art. 24: in accord with the plans above and beside).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Figures, Grade
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_records import Level, LevelRule, Plan, PlanKind
from emergency_desk.domain.plans import PlanMatch, matching


def contradictions(plan: Plan, plans: Iterable[Plan]) -> tuple[PlanFault, ...]:
    """Return where a plan contradicts another one that covers the same hazard, and where a lower tier has none."""
    linked = [other for other in plans if other.code != plan.code and _are_linked(plan, other)]
    found: list[PlanFault] = []
    for other in linked:
        for tier in LADDER:
            if plan.levels_of(tier) and other.levels_of(tier):
                found += _levels(plan, other, tier)
                found += _activators(plan, other, tier)
        found += _phones(plan, other)
    return (*found, *_without_counterpart(plan, linked))


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
            if mine is not theirs and _level(mine) is not _level(theirs):
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
    """Return the level that a plan alone would give, asked as a call asks."""
    shared = next(name for name in plan.hazard_types if name in other.hazard_types)
    narrower = max(plan.area_code, other.area_code, key=len)
    match = matching([asked], incident_type=shared, tier=tier, figures=figures, grade=grade, area_code=narrower)
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


def _phones(plan: Plan, other: Plan) -> Iterator[PlanFault]:
    there = {(one.role.zh, one.unit.zh): one.phone for one in other.contacts if one.phone}
    for one in plan.contacts:
        phone = there.get((one.role.zh, one.unit.zh), "")
        if one.phone and phone and _digits(one.phone) != _digits(phone):
            yield PlanFault(kind=FaultKind.PHONE_DIFFERS, severity=Severity.WRONG, said=one.unit, what=f"{one.phone} / {phone}",
                            other_plan=other.title)


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


# -- below ------------------------------------------------------------------------------------------------------------
def _without_counterpart(plan: Plan, linked: list[Plan]) -> Iterator[PlanFault]:
    """Name each hazard and each tier of the ladder below the plan's own for which neither it nor a linked plan has levels."""
    first = next((rule.clause for rule in sorted(plan.levels, key=lambda rule: rule.level.rank)), "")
    for tier in LADDER:
        if tier.rank <= plan.tier.rank or plan.levels_of(tier):
            continue
        for hazard in plan.hazard_types:
            if not any(hazard in other.hazard_types and other.levels_of(tier) for other in linked):
                yield PlanFault(kind=FaultKind.NO_COUNTERPART, severity=Severity.GAP, at=Spot(clause=first, tier=tier), what=hazard)
