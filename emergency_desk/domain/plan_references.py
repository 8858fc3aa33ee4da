"""What a plan speaks of outside itself: capabilities, types of incidents, areas, other plans, codes of supplies.

What a desk does not know of it is named, and a planner may say which of this desk's words is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from emergency_desk.domain.plan_records import Needs, Plan


class ReferenceKind(StrEnum):
    """What kind of thing a plan speaks of."""

    CAPABILITY = "capability"
    INCIDENT_TYPE = "incident_type"
    AREA = "area"
    PLAN = "plan"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True, order=True)
class UnknownReference:
    """A word of a plan that this desk does not know; the plan that uses it."""

    kind: ReferenceKind
    word: str
    plan: str  # code

    @property
    def is_needed(self) -> bool:
        """Say whether the plan cannot be worked here before the word is known."""
        return self.kind in (ReferenceKind.CAPABILITY, ReferenceKind.INCIDENT_TYPE)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What a desk knows of each kind."""

    capabilities: frozenset[str]
    incident_types: frozenset[str]
    areas: frozenset[str]
    plans: frozenset[str]
    supplies: frozenset[str]

    def has(self, kind: ReferenceKind, word: str) -> bool:
        """Say whether the desk knows a word; the beginning of an area's code is enough."""
        if kind is ReferenceKind.AREA:
            return any(code.startswith(word) for code in self.areas)
        return word in self.of(kind)

    def of(self, kind: ReferenceKind) -> frozenset[str]:
        """Return the words of a kind."""
        return {ReferenceKind.CAPABILITY: self.capabilities, ReferenceKind.INCIDENT_TYPE: self.incident_types, ReferenceKind.AREA: self.areas,
                ReferenceKind.PLAN: self.plans, ReferenceKind.SUPPLY: self.supplies}[kind]


Matches = Mapping[str, str]  # a word of another desk → this desk's word


def references(plan: Plan) -> Iterator[tuple[ReferenceKind, str]]:
    """Yield every word of a plan that means something outside it, once."""
    every = [
        *((ReferenceKind.INCIDENT_TYPE, word) for word in (*plan.hazard_types, *plan.near_types)),
        *((ReferenceKind.CAPABILITY, word) for needs in _all_needs(plan) for word, _count in needs.teams),
        *((ReferenceKind.AREA, word) for word in (plan.area_code,) if word),
        *((ReferenceKind.PLAN, word) for word in (plan.parent, *plan.aligned) if word),
        *((ReferenceKind.SUPPLY, item.code) for item in plan.items if item.code),
    ]
    yield from dict.fromkeys(every)


def unknown(plan: Plan, known: KnownWords, *, beside: Collection[str] = ()) -> tuple[UnknownReference, ...]:
    """Return what a plan speaks of that is not known; `beside` are the codes of the plans that come with it."""
    return tuple(UnknownReference(kind, word, plan.code) for kind, word in references(plan)
                 if not known.has(kind, word) and not (kind is ReferenceKind.PLAN and word in beside))


def matched(plan: Plan, matches: Matches, *, known: KnownWords, beside: Collection[str] = ()) -> Plan:
    """Return a plan in this desk's words: each word that is not known is replaced by the one it was matched to."""
    meant = {(one.kind, one.word): matches[one.word] for one in unknown(plan, known, beside=beside) if one.word in matches}
    if not meant:
        return plan

    def word(kind: ReferenceKind, old: str) -> str:
        return meant.get((kind, old), old)

    def words(kind: ReferenceKind, old: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word(kind, one) for one in old))

    def needs(old: Needs) -> Needs:
        counts: dict[str, int] = {}
        for name, count in old.teams:
            own = word(ReferenceKind.CAPABILITY, name)
            counts[own] = counts.get(own, 0) + count
        return replace(old, teams=tuple(counts.items()))

    return replace(
        plan, hazard_types=words(ReferenceKind.INCIDENT_TYPE, plan.hazard_types), near_types=words(ReferenceKind.INCIDENT_TYPE, plan.near_types),
        area_code=word(ReferenceKind.AREA, plan.area_code), parent=word(ReferenceKind.PLAN, plan.parent),
        aligned=words(ReferenceKind.PLAN, plan.aligned),
        items=tuple(replace(one, code=word(ReferenceKind.SUPPLY, one.code)) for one in plan.items),
        levels=tuple(replace(one, needs=needs(one.needs)) for one in plan.levels),
        actions=tuple(replace(one, needs=needs(one.needs)) for one in plan.actions))


def _all_needs(plan: Plan) -> Iterator[Needs]:
    yield from (one.needs for one in plan.levels)
    yield from (one.needs for one in plan.actions)
