"""The shelf of plans: what is known of every version without opening it, and the plan itself when somebody asks for it.

A desk of a large city keeps thousands of plans; which fits a call, which stand beside one another and what a list shows is told by their
backs alone. Opening one is somebody else's work (`PlanSource`): this room reads no files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.plan_moves import MoveKind
from emergency_desk.domain.plan_order import clause_key
from emergency_desk.domain.plan_records import Plan, PlanKind
from emergency_desk.domain.plan_search import fold
from emergency_desk.domain.texts import Text

Name = tuple[str, str]  # code and version
_DECIDING = frozenset({MoveKind.DRAFTED, MoveKind.ISSUED, MoveKind.WITHDRAWN})


class PlanBack(Protocol):
    """What is asked of a plan before it is opened; a whole plan tells it too."""

    @property
    def code(self) -> str:
        """The plan's code."""
        ...

    @property
    def version(self) -> str:
        """The version."""
        ...

    @property
    def title(self) -> Text:
        """The title."""
        ...

    @property
    def kind(self) -> PlanKind:
        """The kind."""
        ...

    @property
    def tier(self) -> Tier:
        """Whose plan it is."""
        ...

    @property
    def area_code(self) -> str:
        """The beginning of the codes of its area; empty for any area of the tier."""
        ...

    @property
    def hazard_types(self) -> tuple[str, ...]:
        """The types of incidents it covers."""
        ...

    @property
    def near_types(self) -> tuple[str, ...]:
        """The types that may borrow it."""
        ...

    @property
    def parent(self) -> str:
        """The code of the plan above it; empty without one."""
        ...

    @property
    def aligned(self) -> tuple[str, ...]:
        """The codes of the plans it works beside."""
        ...

    def acts_at(self, tier: Tier) -> bool:
        """Say whether it sets levels for a tier."""
        ...


class ShelfStanding(StrEnum):
    """Where a version stands on the shelf."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedPlan:
    """The back of one version. `id` is the text's, of a draft the draft's; `clauses` counts them."""

    id: str
    code: str
    version: str
    title: Text
    kind: PlanKind
    tier: Tier
    area_code: str = ""
    hazard_types: tuple[str, ...] = ()
    near_types: tuple[str, ...] = ()
    parent: str = ""
    aligned: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()  # those it sets levels for
    clauses: int = 0
    standing: ShelfStanding = ShelfStanding.IN_FORCE

    @property
    def owner(self) -> str:
        """What its pieces are indexed under; no text bears a draft's."""
        return f"draft {self.id}" if self.standing is ShelfStanding.DRAFT else self.id

    def acts_at(self, tier: Tier) -> bool:
        """Say whether it sets levels for a tier."""
        return tier in self.tiers


SEARCHED = frozenset({ShelfStanding.IN_FORCE, ShelfStanding.DRAFT})


class PlanSource(Protocol):
    """Opens plans. What it gives is frozen; asking again is cheap while it remembers."""

    def plan(self, code: str, version: str) -> Plan:
        """Return one version. Raises NotFound."""
        ...

    def draft(self, code: str, version: str) -> Plan:
        """Return a draft as it is written now. Raises NotFound."""
        ...

    def shelf(self) -> Shelf:
        """Return the shelf as it stands now."""
        ...


@dataclass(frozen=True)
class Shelf:
    """Every version, sorted by code and version, and who opens them."""

    plans: tuple[ShelvedPlan, ...] = ()
    source: PlanSource = field(default_factory=lambda: HeldPlans(()))

    def plan(self, code: str, version: str) -> Plan:
        """Open one issued version. On the store thread only, for the first asking reads the store. Raises NotFound."""
        return self.source.plan(code, version)

    def plan_or_draft(self, code: str, version: str) -> Plan:
        """Open one version to be read, a draft as it is written now. On the store thread. Raises NotFound."""
        is_draft = self.has(code, version) and self.back(code, version).standing is ShelfStanding.DRAFT
        return self.source.draft(code, version) if is_draft else self.source.plan(code, version)

    def back(self, code: str, version: str) -> ShelvedPlan:
        """Return the back of one version. Raises NotFound."""
        found = self._by_name.get((code, version))
        if found is None:
            raise NotFound(kind="plans", key=f"{code} {version}")
        return found

    def has(self, code: str, version: str) -> bool:
        """Say whether a version stands here."""
        return (code, version) in self._by_name

    def current(self, code: str) -> ShelvedPlan | None:
        """Return the version of a plan that is in force, or None."""
        return self._current.get(code)

    def versions(self, code: str) -> tuple[ShelvedPlan, ...]:
        """Return every version of a plan, the oldest first."""
        return tuple(plan for plan in self.plans if plan.code == code)

    @cached_property
    def in_force(self) -> tuple[ShelvedPlan, ...]:
        """The plans in force, sorted by code."""
        return tuple(plan for plan in self.plans if plan.standing is ShelfStanding.IN_FORCE)

    @cached_property
    def issued(self) -> tuple[ShelvedPlan, ...]:
        """Every version that has a text, drafts left out."""
        return tuple(plan for plan in self.plans if plan.standing is not ShelfStanding.DRAFT)

    @cached_property
    def searched(self) -> Mapping[str, Name]:
        """Code and version of what is searched, by owner: the versions in force, and the drafts."""
        return {plan.owner: (plan.code, plan.version) for plan in self.plans if plan.standing in SEARCHED}

    def titled(self, words: Iterable[str]) -> list[ShelvedPlan]:
        """Return the versions whose title or code holds every folded word."""
        asked = tuple(words)
        return [plan for told, plan in self._titles if all(word in told for word in asked)]

    def covering(self, incident_type: str) -> tuple[ShelvedPlan, ...]:
        """Return the plans in force that cover a type of incident."""
        return tuple(self._by_hazard.get(incident_type, ()))

    def that_may_stand_in(self, incident_type: str) -> tuple[ShelvedPlan, ...]:
        """Return the plans in force that are used where none was made: overall plans, and special ones that cover the type or come near it."""
        return tuple(plan for plan in self._general if plan.kind is PlanKind.OVERALL or incident_type in plan.hazard_types
                     or incident_type in plan.near_types)

    # -- looked up once ------------------------------------------------------------------------------------------------
    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], ShelvedPlan]:
        return {(plan.code, plan.version): plan for plan in sorted(self.plans, key=lambda plan: plan.standing is not ShelfStanding.DRAFT)}

    @cached_property
    def _current(self) -> Mapping[str, ShelvedPlan]:
        return {plan.code: plan for plan in self.in_force}

    @cached_property
    def _by_hazard(self) -> Mapping[str, list[ShelvedPlan]]:
        found: dict[str, list[ShelvedPlan]] = defaultdict(list)
        for plan in self.in_force:
            for hazard in plan.hazard_types:
                found[hazard].append(plan)
        return found

    @cached_property
    def _titles(self) -> tuple[tuple[str, ShelvedPlan], ...]:
        return tuple((fold(f"{plan.title.zh}\n{plan.title.en}\n{plan.code}"), plan) for plan in self.plans)

    @cached_property
    def _general(self) -> tuple[ShelvedPlan, ...]:
        return tuple(plan for plan in self.in_force if plan.kind in (PlanKind.OVERALL, PlanKind.SPECIAL))


class HeldPlans:
    """Plans that are held whole: the few that ship, before a desk is founded."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._plans = {(plan.code, plan.version): plan for plan in plans}

    def plan(self, code: str, version: str) -> Plan:
        """Return one version. Raises NotFound."""
        try:
            return self._plans[code, version]
        except KeyError:
            raise NotFound(kind="plans", key=f"{code} {version}") from None

    def draft(self, code: str, version: str) -> Plan:
        """Raise NotFound: what ships has no drafts."""
        raise NotFound(kind="plans", key=f"{code} {version}")

    def shelf(self) -> Shelf:
        """Return the shelf of them all."""
        where = standings(self._plans, ())
        return Shelf(tuple(sorted((back_of(plan, id_=f"{plan.code} {plan.version}", standing=where[name])
                                   for name, plan in self._plans.items()), key=by_name)), self)


def back_of(plan: Plan, *, id_: str, standing: ShelfStanding = ShelfStanding.IN_FORCE) -> ShelvedPlan:
    """Return what is told of a plan without opening it."""
    return ShelvedPlan(
        id=id_, code=plan.code, version=plan.version, title=plan.title, kind=plan.kind, tier=plan.tier, area_code=plan.area_code,
        hazard_types=plan.hazard_types, near_types=plan.near_types, parent=plan.parent, aligned=plan.aligned,
        tiers=tuple(tier for tier in Tier if plan.acts_at(tier)), clauses=len(plan.clauses), standing=standing)


def by_name(plan: PlanBack) -> tuple[str, tuple[int, ...]]:
    """Return what a shelf is sorted by."""
    return plan.code, clause_key(plan.version)


def standings(names: Iterable[Name], facts: Iterable[tuple[Name, MoveKind]]) -> dict[Name, ShelfStanding]:
    """Return where each version that has a text stands, as `domain.plan_life` derives it, from no more than the facts that decide it.

    `facts`: when versions were drafted, issued and withdrawn, the oldest first; any other fact changes nothing here.
    """
    stage: dict[Name, MoveKind | None] = dict.fromkeys(names)
    issued: set[Name] = set()
    for name, kind in facts:
        if name in stage and kind in _DECIDING:
            stage[name] = kind
            if kind is MoveKind.ISSUED:
                issued.add(name)
            elif kind is MoveKind.DRAFTED:
                issued.discard(name)

    def rank(name: Name) -> tuple[bool, tuple[int, ...]]:
        return name in issued, clause_key(name[1])  # what was issued here after every model, then by number

    newest: dict[str, Name] = {}
    for name, last in stage.items():
        if last is not MoveKind.DRAFTED and (name[0] not in newest or rank(name) > rank(newest[name[0]])):
            newest[name[0]] = name
    return {name: ShelfStanding.WITHDRAWN if kind is MoveKind.WITHDRAWN else
            ShelfStanding.IN_FORCE if newest.get(name[0]) == name else ShelfStanding.SUPERSEDED for name, kind in stage.items()}
