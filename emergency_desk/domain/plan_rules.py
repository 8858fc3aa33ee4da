"""What the law says of a plan's life, as read from `plan_life.yaml`: the path before review, the routes of filing, and the terms.

Source: 突发事件应急预案管理办法 Art. 22–36; 青岛市突发事件应对条例 Art. 12; 生产安全事故应急预案管理办法 Art. 21, 26, 33, 35.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emergency_desk.domain.plan_moves import FilingRoute, MoveKind, RevisionScope
from emergency_desk.domain.plan_records import PlanKind
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LifePath:
    """What comes before the review of a kind of plan, and who approves it in whose name."""

    id: str
    kinds: tuple[PlanKind, ...]
    steps: tuple[MoveKind, ...]
    is_reviewed: bool
    approved_by: Text
    issued_as: Text
    basis: RuleBasis

    def wanted(self, scope: RevisionScope) -> tuple[MoveKind, ...]:
        """Return what must have been done before it is submitted; a minor revision is spared it (Art. 36)."""
        return self.steps if scope is RevisionScope.MAJOR else ()

    def wants_review(self, scope: RevisionScope) -> bool:
        """Say whether the six matters are answered before the approval."""
        return self.is_reviewed and scope is RevisionScope.MAJOR


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRule:
    """One route of filing: with whom, and who gets a copy."""

    route: FilingRoute
    kinds: tuple[PlanKind, ...]
    to: Text
    copies: Text
    basis: RuleBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTerm:
    """A term in working days."""

    days: int
    basis: RuleBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTerm:
    """A term in months for some kinds of plans; where `types` or `area_code` are given, for those alone."""

    id: str
    kinds: tuple[PlanKind, ...]
    months: int
    basis: RuleBasis
    types: tuple[str, ...] = ()
    area_code: str = ""
    is_law: bool = True

    def fits(self, kind: PlanKind, hazard_types: Iterable[str], area_code: str) -> bool:
        """Say whether it binds a plan of this kind at this place."""
        typed = not self.types or any(one in self.types for one in hazard_types)
        return kind in self.kinds and typed and area_code.startswith(self.area_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """All of it."""

    filing: WorkingTerm
    publication: WorkingTerm
    paths: tuple[LifePath, ...]
    routes: tuple[FilingRule, ...]
    evaluations: tuple[MonthTerm, ...]
    drills: tuple[MonthTerm, ...]

    def path(self, kind: PlanKind) -> LifePath:
        """Return the path of a kind of plan; each kind has one."""
        return next(path for path in self.paths if kind in path.kinds)

    def routes_of(self, kind: PlanKind) -> tuple[FilingRule, ...]:
        """Return all routes, those of the kind first: a unit of the central state may be anything."""
        return tuple(sorted(self.routes, key=lambda rule: kind not in rule.kinds))

    def route(self, route: FilingRoute) -> FilingRule:
        """Return one route."""
        return next(rule for rule in self.routes if rule.route is route)
