"""How plans hang together: the plan above one, those below it, those it works beside; and what is wrong with these links.

Source: 突发事件应急预案管理办法 Art. 7–16 (the system of plans), Art. 24 (a review asks whether a plan agrees with those above and beside).
A link is a plan's code, so the backs of a shelf suffice. Walking upward ends where a plan comes a second time: a circle is found and never
followed for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_faults import FaultKind, PlanFault, Severity, Spot
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.texts import Text

_LINKS = ("衔接", "预案体系")  # the titles of the clause that tells which plans belong together


class Linked(Protocol):
    """As much of a plan as its links need."""

    @property
    def code(self) -> str:
        """The plan's code."""
        ...

    @property
    def title(self) -> Text:
        """The title."""
        ...

    @property
    def tier(self) -> Tier:
        """Whose plan it is."""
        ...

    @property
    def parent(self) -> str:
        """The code of the plan above it."""
        ...

    @property
    def aligned(self) -> tuple[str, ...]:
        """The codes of the plans it works beside."""
        ...


L = TypeVar("L", bound=Linked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[L]):
    """The plans linked to one: those above (the nearest first), those that name it as theirs, those beside it by either's word.

    `circle` are the titles along the way upward that comes back to a plan it has passed, that plan first and last; empty where it ends.
    """

    above: tuple[L, ...] = ()
    below: tuple[L, ...] = ()
    beside: tuple[L, ...] = ()
    circle: tuple[Text, ...] = ()

    @property
    def parent(self) -> L | None:
        """The plan right above, or None."""
        return self.above[0] if self.above else None


def family(plan: Linked, plans: Iterable[L]) -> Family[L]:
    """Return the plans that are linked to one; the plan itself stands for its other versions."""
    others = {other.code: other for other in plans if other.code != plan.code}
    above: list[L] = []
    codes, titles, following = [plan.code], [plan.title], plan.parent
    circle: tuple[Text, ...] = ()
    while following:
        if following in codes:
            start = codes.index(following)
            circle = (*titles[start:], titles[start])
            break
        if following not in others:
            break
        above.append(others[following])
        codes.append(following)
        titles.append(others[following].title)
        following = others[following].parent
    return Family(
        above=tuple(above), circle=circle, below=tuple(other for other in others.values() if other.parent == plan.code),
        beside=tuple(other for other in others.values() if other.code in plan.aligned or plan.code in other.aligned))


def link_faults(plan: Plan, plans: Iterable[Linked]) -> tuple[PlanFault, ...]:
    """Return what is wrong with a plan's links: codes nobody knows, a circle, a plan above that is of a lower tier, a link nobody returns."""
    return tuple(_faults(plan, tuple(plans)))


def clause_about(plan: Plan, *words: str) -> str:
    """Return the number of the first clause whose title says one of the words, else whose body does, else ""."""
    titled = next((clause for clause in plan.clauses if any(word in clause.title.zh for word in words)), None)
    found = titled or next((clause for clause in plan.clauses if any(word in clause.body.zh for word in words)), None)
    return found.number if found else ""


def _faults(plan: Plan, plans: tuple[Linked, ...]) -> Iterator[PlanFault]:
    at, of = Spot(clause=clause_about(plan, *_LINKS)), family(plan, plans)
    if of.circle:
        yield PlanFault(kind=FaultKind.LINKS_IN_CIRCLE, severity=Severity.WRONG, at=at, path=of.circle)
    elif plan.parent and of.parent is None:
        yield PlanFault(kind=FaultKind.PARENT_UNKNOWN, severity=Severity.WRONG, at=at, what=plan.parent)
    if of.parent is not None and of.parent.tier.rank > plan.tier.rank:
        yield PlanFault(kind=FaultKind.PARENT_BELOW, severity=Severity.WRONG, at=at, other_plan=of.parent.title, other_clause=_tells(of.parent))
    beside = {other.code: other for other in of.beside}
    for code in plan.aligned:
        if code not in beside and code != plan.code:
            yield PlanFault(kind=FaultKind.ALIGNED_UNKNOWN, severity=Severity.WRONG, at=at, what=code)
        elif code in beside and plan.code not in beside[code].aligned:
            yield PlanFault(kind=FaultKind.LINK_NOT_RETURNED, severity=Severity.REMARK, at=at, other_plan=beside[code].title,
                            other_clause=_tells(beside[code]))


def _tells(other: Linked) -> str:
    """Return the clause of an opened plan that tells its links."""
    return clause_about(other, *_LINKS) if isinstance(other, Plan) else ""
