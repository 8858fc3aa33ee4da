"""The plan check: what is wrong with a plan, found by the desk before people review it.

Sources: 突发事件应急预案管理办法 Art. 24 (six matters of the review); R-0.4 and domain §16 (superseded texts by date); the 90 days after
which a contact is to be tried again are the register's house setting. What words tell (who is told, who commands) is read from the
Chinese text, which every plan has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.contact_tries import ContactTry
from emergency_desk.domain.plan_cards import card_faults
from emergency_desk.domain.plan_contacts import contact_faults, contact_states
from emergency_desk.domain.plan_family import Linked, clause_about, link_faults
from emergency_desk.domain.plan_faults import NO_SPOT, FaultKind, PlanFault, PlanPart, Severity, Spot, by_weight
from emergency_desk.domain.plan_links import contradictions
from emergency_desk.domain.plan_records import DESK_ROLES, Action, Condition, LevelRule, Needs, Plan, PlanFact, PlanRole, ResponseCard
from emergency_desk.domain.superseded import SupersededText
from emergency_desk.domain.teams import Team
from emergency_desk.domain.texts import Text
from emergency_desk.domain.units import Unit

_COMMAND = re.compile("指挥长|总指挥|现场指挥部")
_TELLS = re.compile("报|通知|通报|告知|叫应|叫通|转发|移交|请求|指导|调拨|下达|核对|督促|指令|预警")
_UPWARD = frozenset({PlanFact.REPORT, PlanFact.REPORT_PHONE, PlanFact.REPORT_WRITTEN, PlanFact.HAND_OVER})  # what the tier above hears
_DISTRICT = "区（市）|区\\(市\\)|区市|区、市|县（市、区）|区（县）|区县|县区|区级|县级|区政府|区应急|县政府"
_NAMES = {
    Tier.CITY: re.compile("(?<!城)(?<!超)市(?!场|民|政|区|县)"), Tier.DISTRICT: re.compile(_DISTRICT),
    Tier.STREET: re.compile("街道|镇街|乡镇|镇（"), Tier.VILLAGE: re.compile("村|社区"),
}


_WHAT_CITES = frozenset({PlanPart.CLAUSE, PlanPart.ACTION, PlanPart.GROUP, PlanPart.CARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAgainst:
    """What a plan is held against: the other plans, the register, the law of the day."""

    today: date
    plans: tuple[Plan, ...] = ()  # opened and held against it
    shelf: tuple[Linked, ...] = ()  # every plan that a link may name; empty: the opened ones
    units: tuple[Unit, ...] = ()
    teams: Collection[Team] = ()
    tries: tuple[ContactTry, ...] = ()
    superseded: tuple[SupersededText, ...] = ()
    ungraded_types: frozenset[str] = frozenset()  # incidents of these types are never graded (§0.1, 8)


def check(plan: Plan, against: CheckedAgainst) -> tuple[PlanFault, ...]:
    """Return what is wrong with a plan, the worst first."""
    found: list[PlanFault] = []
    for look in _LOOKS:
        found += look(plan, against)
    return tuple(sorted(found, key=by_weight))


# -- who does it, who is told -----------------------------------------------------------------------------------------
def _owners(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    held = DESK_ROLES | {group.function for group in plan.work_groups if group.lead.zh.strip()}
    if any(_COMMAND.search(clause.title.zh + clause.body.zh) for clause in plan.clauses):
        held |= {PlanRole.COMMANDER}
    for action in plan.actions:
        if action.role not in held:
            yield PlanFault(kind=FaultKind.NO_OWNER, severity=Severity.WRONG, role=action.role, said=action.title, at=_at(action))


def _alike(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    """Name each group that nobody at the command post could tell from another: of the same function, and of the same name or none."""
    counted = Counter((group.function, group.name.zh) for group in plan.work_groups)
    for (function, name), count in counted.items():
        if count > 1:
            yield PlanFault(kind=FaultKind.GROUPS_ALIKE, severity=Severity.GAP, at=Spot(clause=clause_about(plan, "工作组")), role=function,
                            said=Text(name), count=count)


def _told(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    """Name each tier with levels of its own that no action of another tier tells, hands over to or asks."""
    tiers = sorted((tier for tier in _NAMES if plan.levels_of(tier)), key=lambda tier: tier.rank)
    for place, tier in enumerate(tiers):
        others = [action for action in plan.actions if action.tier is not tier]
        below = tiers[place + 1:place + 2]
        met = any(action.tier in below and action.meets in _UPWARD for action in others)
        if len(tiers) > 1 and not met and not any(_TELLS.search(action.title.zh) and _names(action.title.zh, tier) for action in others):
            yield PlanFault(kind=FaultKind.TIER_NOT_TOLD, severity=Severity.GAP, at=_of(plan.levels_of(tier)[-1]))


def _names(words: str, tier: Tier) -> bool:
    return bool(_NAMES[tier].search(re.sub(_DISTRICT, "", words) if tier is Tier.CITY else words))


# -- levels -----------------------------------------------------------------------------------------------------------
def _levels(plan: Plan, against: CheckedAgainst) -> Iterator[PlanFault]:
    graded = not plan.hazard_types or not set(plan.hazard_types) <= against.ungraded_types  # an overall plan names no type
    for rule in plan.levels:
        higher = [one for one in plan.levels_of(rule.tier) if one.level.rank < rule.level.rank]
        dead = 0
        for condition in rule.conditions:
            fault = _impossible(plan, rule, condition, graded) or _covered(rule, condition, higher)
            if fault is not None:
                dead += 1
                yield fault
        if dead == len(rule.conditions):
            yield PlanFault(kind=FaultKind.LEVEL_NEVER_STARTS, severity=Severity.WRONG, at=_of(rule))


def _impossible(plan: Plan, rule: LevelRule, condition: Condition, graded: bool) -> PlanFault | None:
    if condition.grade is not None and not graded:
        return PlanFault(kind=FaultKind.GRADE_NEVER_GIVEN, severity=Severity.WRONG, grade=condition.grade, at=_of(rule))
    unknown = next((name for name in condition.situations if plan.situation(name) is None), None)
    if unknown is not None:
        return PlanFault(kind=FaultKind.UNKNOWN_SITUATION, severity=Severity.WRONG, what=unknown, at=_of(rule))
    return None


def _covered(rule: LevelRule, condition: Condition, higher: list[LevelRule]) -> PlanFault | None:
    for above in higher:
        if any(_implies(condition, other) for other in above.conditions):
            place = rule.conditions.index(condition) + 1
            return PlanFault(kind=FaultKind.CONDITION_NEVER_DECIDES, severity=Severity.REMARK, count=place, other_clause=above.clause,
                             other_level=above.level, at=_of(rule))
    return None


def _implies(condition: Condition, other: Condition) -> bool:
    """Say whether wherever a condition holds another one holds too."""
    figures = dict(condition.figures)
    if any(name not in figures or figures[name] < least for name, least in other.figures):
        return False
    if other.grade is not None and (condition.grade is None or condition.grade.rank > other.grade.rank):
        return False
    return set(other.situations) <= set(condition.situations)


# -- needs ------------------------------------------------------------------------------------------------------------
def _needs(plan: Plan, against: CheckedAgainst) -> Iterator[PlanFault]:
    """Name each capability that no team has and each item that the plan does not list, at the first place that asks for it."""
    able = {name for team in against.teams if not team.is_retired for name in team.capabilities}
    items = {item.id: item for item in plan.items}
    seen: set[str] = set()
    for needs, place in _asking(plan):
        for name, count in needs.teams:
            if name not in able and name not in seen:
                yield PlanFault(kind=FaultKind.CAPABILITY_NOWHERE, severity=Severity.GAP, what=name, count=count, at=place)
        for name, count in needs.items:
            if name not in items and name not in seen:
                yield PlanFault(kind=FaultKind.UNKNOWN_ITEM, severity=Severity.WRONG, what=name, count=count, at=place)
            elif name not in seen and not items[name].unit.zh.strip():
                yield PlanFault(kind=FaultKind.ITEM_WITHOUT_UNIT, severity=Severity.WRONG, what=name, said=items[name].name, at=place)
        seen |= {name for name, _count in (*needs.teams, *needs.items)}


def _asking(plan: Plan) -> Iterator[tuple[Needs, Spot]]:
    for rule in sorted(plan.levels, key=lambda rule: -rule.level.rank):
        yield rule.needs, _of(rule)
    for action in plan.actions:
        yield action.needs, _at(action)


# -- contacts ---------------------------------------------------------------------------------------------------------
def _contacts(plan: Plan, against: CheckedAgainst) -> Iterator[PlanFault]:
    states = contact_states(plan, units=against.units, teams=against.teams, tries=against.tries)
    return contact_faults(states, against.today)


def _cards(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    return card_faults(plan)


def _links(plan: Plan, against: CheckedAgainst) -> Iterable[PlanFault]:
    return (*link_faults(plan, against.shelf or against.plans), *contradictions(plan, against.plans))


# -- texts ------------------------------------------------------------------------------------------------------------
def _law(plan: Plan, against: CheckedAgainst) -> Iterator[PlanFault]:
    """Name what rests on a text that is no longer in force today (§16)."""
    for old in against.superseded:
        if old.holds_on(against.today):
            continue
        for basis in plan.basis:
            if old.is_named_by(basis):
                clause = next((one.number for one in plan.clauses if basis.title.zh in one.body.zh), "")
                yield PlanFault(kind=FaultKind.SUPERSEDED_BASIS, severity=Severity.WRONG, at=Spot(clause=clause), what=old.id, said=old.title,
                                other_said=old.by, day=old.until)
        citing = {place.clause: place for part, text, place in _texts(plan) if part in _WHAT_CITES and old.is_cited_in(f"{text.zh} {text.en}")}
        for place in citing.values():
            yield PlanFault(kind=FaultKind.SUPERSEDED_CITED, severity=Severity.WRONG, at=place, what=old.id, said=old.title,
                            other_said=old.by, day=old.until)


def _clauses(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    bound: list[tuple[LevelRule | Action | ResponseCard, Spot]] = [(rule, _of(rule)) for rule in plan.levels]
    bound += [(action, _at(action)) for action in plan.actions]
    bound += [(card, _on(card)) for card in plan.cards]
    for record, place in bound:
        clause = plan.clause(record.clause)
        if clause is None:
            yield PlanFault(kind=FaultKind.NO_SUCH_CLAUSE, severity=Severity.WRONG, said=_said(record), at=place)
        elif clause.tier is not None and clause.tier is not record.tier:
            yield PlanFault(kind=FaultKind.CLAUSE_OF_OTHER_TIER, severity=Severity.WRONG, said=_said(record), at=place)


def _english(plan: Plan, _against: CheckedAgainst) -> Iterator[PlanFault]:
    texts = list(_texts(plan))
    missing = [(part, text, place) for part, text, place in texts if text.zh.strip() and not text.en.strip()]
    if len(missing) == len(texts):
        yield PlanFault(kind=FaultKind.NO_ENGLISH_AT_ALL, severity=Severity.REMARK, count=len(missing))
        return
    for part, text, place in missing:
        yield PlanFault(kind=FaultKind.NO_ENGLISH, severity=Severity.REMARK, part=part, said=text, at=place)


def _texts(plan: Plan) -> Iterator[tuple[PlanPart, Text, Spot]]:
    yield PlanPart.TITLE, plan.title, NO_SPOT
    yield from ((PlanPart.BASIS, one.title, NO_SPOT) for one in plan.basis)
    for clause in plan.clauses:
        yield from ((PlanPart.CLAUSE, text, Spot(clause=clause.number)) for text in (clause.title, clause.body) if text.zh)
    yield from ((PlanPart.ITEM, text, NO_SPOT) for one in plan.items for text in (one.name, one.unit))
    yield from ((PlanPart.SITUATION, one.name, NO_SPOT) for one in plan.situations)
    yield from ((PlanPart.LEVEL, rule.activated_by, _of(rule)) for rule in plan.levels)
    for group in plan.work_groups:
        yield from ((PlanPart.GROUP, text, NO_SPOT) for text in (group.name, group.lead, *group.members, group.duties) if text.zh)
    yield from ((PlanPart.ACTION, action.title, _at(action)) for action in plan.actions)
    yield from ((PlanPart.CONTACT, text, NO_SPOT) for one in plan.contacts for text in (one.role, one.unit))
    for card in plan.cards:
        yield from ((PlanPart.CARD, text, _on(card)) for text in _words_of(card) if text.zh)


def _words_of(card: ResponseCard) -> tuple[Text, ...]:
    people = (text for one in card.reports_to for text in (one.role, one.unit))
    return (card.post, card.trigger, *(step.text for step in card.steps), *people, card.never, card.resources, card.withdraw_when)


def _said(record: LevelRule | Action | ResponseCard) -> Text:
    if isinstance(record, ResponseCard):
        return record.post
    return record.title if isinstance(record, Action) else record.activated_by


def _of(rule: LevelRule) -> Spot:
    return Spot(clause=rule.clause, tier=rule.tier, level=rule.level)


def _at(action: Action) -> Spot:
    return Spot(clause=action.clause, action_id=action.id, tier=action.tier, level=action.from_level)


def _on(card: ResponseCard) -> Spot:
    return Spot(clause=card.clause, card_id=card.id, tier=card.tier, level=card.from_level)


_LOOKS: tuple[Callable[[Plan, CheckedAgainst], Iterable[PlanFault]], ...] = (
    _owners, _alike, _told, _levels, _needs, _contacts, _cards, _law, _clauses, _links, _english)
