"""How plans hang together: the plan above one, those below it, those it works beside; and what is wrong with these links.

Source: 突发事件应急预案管理办法 Art. 7–16 (the system of plans), Art. 24 (a review asks whether a plan agrees with those above and beside).
A link is a plan's code. Walking upward ends where a plan comes a second time, so a circle is found and never followed for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plan_shelf import PlanBack

_LINKS = ("衔接", "预案体系")  # the titles of the clause that tells which plans belong together


B = TypeVar("B", bound=PlanBack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[B]):
    """The plans linked to one: those above (the nearest first), those that name it as theirs, those beside it by either's word.

    `circle` is the way upward that comes back to a plan it has passed, that plan first and last; empty where it ends.
    """

    above: tuple[B, ...] = ()
    below: tuple[B, ...] = ()
    beside: tuple[B, ...] = ()
    circle: tuple[B, ...] = ()

    @property
    def parent(self) -> B | None:
        """The plan right above, or None."""
        return self.above[0] if self.above else None


def family(plan: B, plans: Iterable[B]) -> Family[B]:
    """Return the plans that are linked to one; of a code the plan itself stands for its other versions."""
    known = _by_code(plan, plans)
    above, circle = _above(plan, known)
    others = [other for other in known.values() if other.code != plan.code]
    return Family(
        above=above, circle=circle, below=tuple(other for other in others if other.parent == plan.code),
        beside=tuple(other for other in others if other.code in plan.aligned or plan.code in other.aligned))


def link_faults(plan: Plan, plans: Iterable[Plan]) -> tuple[PlanFault, ...]:
    """Return what is wrong with a plan's links: codes nobody knows, a circle, a plan above that is of a lower tier, a link nobody returns."""
    known = _by_code(plan, plans)
    return tuple(_faults(plan, known))


def clause_about(plan: Plan, *words: str) -> str:
    """Return the number of the first clause whose title says one of the words, else whose body does, else ""."""
    titled = next((clause for clause in plan.clauses if any(word in clause.title.zh for word in words)), None)
    found = titled or next((clause for clause in plan.clauses if any(word in clause.body.zh for word in words)), None)
    return found.number if found else ""


def _by_code(plan: B, plans: Iterable[B]) -> dict[str, B]:
    return {other.code: other for other in plans} | {plan.code: plan}


def _above(plan: B, known: Mapping[str, B]) -> tuple[tuple[B, ...], tuple[B, ...]]:
    """Walk upward; return the plans above, and the circle if the way runs into one."""
    way = [plan]
    while way[-1].parent in known:
        following = known[way[-1].parent]
        if following in way:
            return tuple(other for other in way[1:] if other is not plan), (*way[way.index(following):], following)
        way.append(following)
    return tuple(way[1:]), ()


def _faults(plan: Plan, known: Mapping[str, Plan]) -> Iterator[PlanFault]:
    at = Spot(clause=clause_about(plan, *_LINKS))
    parent = known.get(plan.parent)
    if plan.parent and parent is None:
        yield PlanFault(kind=FaultKind.PARENT_UNKNOWN, severity=Severity.WRONG, at=at, what=plan.parent)
    elif parent is not None and parent.tier.rank > plan.tier.rank:
        yield PlanFault(kind=FaultKind.PARENT_BELOW, severity=Severity.WRONG, at=at, other_plan=parent.title,
                        other_clause=clause_about(parent, *_LINKS))
    _plans, circle = _above(plan, known)
    if circle:
        yield PlanFault(kind=FaultKind.LINKS_IN_CIRCLE, severity=Severity.WRONG, at=at, path=tuple(each.title for each in circle))
    for code in plan.aligned:
        other = known.get(code)
        if other is None:
            yield PlanFault(kind=FaultKind.ALIGNED_UNKNOWN, severity=Severity.WRONG, at=at, what=code)
        elif other is not plan and plan.code not in other.aligned:
            yield PlanFault(kind=FaultKind.LINK_NOT_RETURNED, severity=Severity.REMARK, at=at, other_plan=other.title,
                            other_clause=clause_about(other, *_LINKS))
