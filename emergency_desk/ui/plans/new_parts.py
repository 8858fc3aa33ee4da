"""What a new part begins with: the tier and level one was at, an id nobody has, and no words."""

from __future__ import annotations

from collections.abc import Callable, Collection

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_parts import PartRecord
from emergency_desk.domain.plan_records import (
    GROUP_FUNCTIONS,
    Action,
    Condition,
    Contact,
    Item,
    LegalBasis,
    Level,
    LevelRule,
    Plan,
    PlanRole,
    ResponseCard,
    Situation,
    WorkGroup,
)
from emergency_desk.domain.texts import Text

_LETTERS = {Tier.CITY: "c", Tier.DISTRICT: "d", Tier.STREET: "s", Tier.VILLAGE: "v"}
_EMPTY = Text("")


def new_part(kind: PartKind, plan: Plan, *, tier: Tier, clause: str = "", like: PartRecord | None = None) -> PartRecord | None:
    """Return a new part of a kind, beside the one that is chosen; None where no further one can be (every level is there)."""
    return _NEW[kind](plan, tier, clause, like)


def free_id(letter: str, taken: Collection[str]) -> str:
    """Return the first id of a letter and a number that nobody has."""
    count = 1
    while f"{letter}{count:02}" in taken:
        count += 1
    return f"{letter}{count:02}"


def _level(plan: Plan, tier: Tier, clause: str, like: PartRecord | None) -> LevelRule | None:
    beside = like if isinstance(like, LevelRule) else None
    order = [beside.tier if beside else tier, *_LETTERS]
    free = next(((one, level) for one in order for level in reversed(Level) if plan.level_rule(one, level) is None), None)
    if free is None:
        return None
    who, role = (beside.activated_by, beside.activated_by_role) if beside else (_EMPTY, PlanRole.DUTY_LEADER)
    return LevelRule(tier=free[0], level=free[1], clause=beside.clause if beside else clause, activated_by=who, activated_by_role=role,
                     conditions=(Condition(),) if free[1] is Level.IV and not plan.levels_of(free[0]) else ())


def _action(plan: Plan, tier: Tier, clause: str, like: PartRecord | None) -> Action:
    beside = like if isinstance(like, Action) else None
    tier = beside.tier if beside else tier
    return Action(
        id=free_id(_LETTERS.get(tier, "a"), {one.id for one in plan.actions}), clause=beside.clause if beside else clause, tier=tier,
        role=beside.role if beside else PlanRole.DUTY_OFFICER, due_minutes=beside.due_minutes if beside else 15,
        from_level=beside.from_level if beside else Level.IV, title=_EMPTY)


def _group(plan: Plan, _tier: Tier, _clause: str, _like: PartRecord | None) -> WorkGroup:
    held = {one.function for one in plan.work_groups}
    role = next((role for role in GROUP_FUNCTIONS if role not in held), PlanRole.COORDINATION)
    return WorkGroup(id=free_id("group", {one.id for one in plan.work_groups}), lead=_EMPTY, members=(), duties=_EMPTY, role=role)


def _card(plan: Plan, tier: Tier, clause: str, like: PartRecord | None) -> ResponseCard:
    beside = like if isinstance(like, ResponseCard) else None
    return ResponseCard(
        id=free_id("card", {one.id for one in plan.cards}), post=_EMPTY, tier=beside.tier if beside else tier,
        clause=beside.clause if beside else clause, from_level=beside.from_level if beside else Level.IV, trigger=_EMPTY, steps=())


_New = Callable[[Plan, Tier, str, PartRecord | None], PartRecord | None]
_NEW: dict[PartKind, _New] = {
    PartKind.LEVEL: _level, PartKind.ACTION: _action, PartKind.WORK_GROUP: _group, PartKind.CARD: _card,
    PartKind.CONTACT: lambda _plan, _tier, _clause, _like: Contact(role=_EMPTY, unit=_EMPTY),
    PartKind.ITEM: lambda plan, _tier, _clause, _like: Item(id=free_id("i", {one.id for one in plan.items}), name=_EMPTY, unit=_EMPTY),
    PartKind.SITUATION: lambda plan, _tier, _clause, _like: Situation(id=free_id("situation", {one.id for one in plan.situations}), name=_EMPTY),
    PartKind.BASIS: lambda _plan, _tier, _clause, _like: LegalBasis(title=_EMPTY),
}


def free_code(wanted: str, taken: Collection[str]) -> str:
    """Return a code for a new plan that no plan of the desk bears."""
    code, count = wanted, 1
    while code in taken:
        count += 1
        code = f"{wanted}_{count}"
    return code
