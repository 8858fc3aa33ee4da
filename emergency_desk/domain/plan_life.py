"""Where a version of a plan stands, derived from its moves, and which version of each plan is in force. Pure.

A version without moves is a model: it came with the desk or from elsewhere, can be used, and was not adopted here. What this office issued
goes before any model of the same plan, however high the model's number; a plan whose newest version was withdrawn is not offered any more
(an older one never comes back in silence). Versions stay readable for incidents that began with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_moves import Evaluation, MoveKind, PlanMove, RevisionScope
from emergency_desk.domain.plan_records import Plan
from emergency_desk.domain.plans import clause_key


class PlanStage(StrEnum):
    """Where a version stands."""

    MODEL = "model"
    DRAFT = "draft"
    CONSULTATION = "consultation"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    ISSUED = "issued"
    REPLACED = "replaced"  # by a newer version
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


IN_FORCE = frozenset({PlanStage.MODEL, PlanStage.ISSUED})
_STANDS = IN_FORCE | {PlanStage.WITHDRAWN}
_STAGES = {
    MoveKind.DRAFTED: PlanStage.DRAFT, MoveKind.CONSULTED: PlanStage.CONSULTATION, MoveKind.OPINIONS_IN: PlanStage.DRAFT,
    MoveKind.SUBMITTED: PlanStage.SUBMITTED, MoveKind.REVIEWED: PlanStage.REVIEWED, MoveKind.RETURNED: PlanStage.DRAFT,
    MoveKind.APPROVED: PlanStage.APPROVED, MoveKind.ISSUED: PlanStage.ISSUED, MoveKind.WITHDRAWN: PlanStage.WITHDRAWN,
    MoveKind.DISCARDED: PlanStage.DISCARDED,
}
Version = tuple[str, str]  # code and version


@dataclass(frozen=True, slots=True)
class PlanLife:
    """One version's life. `moves` are those since its draft was begun, in their order; a draft of the same number before is over."""

    code: str
    version: str
    stage: PlanStage
    moves: tuple[PlanMove, ...] = ()
    replaced_by: str = ""  # the version that stands in its place

    def last(self, *kinds: MoveKind) -> PlanMove | None:
        """Return the last move of some kinds, or None."""
        return next((move for move in reversed(self.moves) if move.kind in kinds), None)

    def has(self, kind: MoveKind) -> bool:
        """Say whether a move was made."""
        return self.last(kind) is not None

    def day(self, *kinds: MoveKind) -> date | None:
        """Return the day of the last move of some kinds, or None."""
        move = self.last(*kinds)
        return move.on_date if move else None

    @property
    def scope(self) -> RevisionScope:
        """Which path it takes; a plan whose draft nobody wrote down goes the whole way."""
        begun = self.last(MoveKind.DRAFTED)
        return begun.scope if begun and begun.scope else RevisionScope.MAJOR

    @property
    def drafted_by(self) -> Id | None:
        """Whose draft it is."""
        begun = self.last(MoveKind.DRAFTED)
        return begun.account_id if begun else None

    @property
    def wants_revision(self) -> bool:
        """Say whether it was decided to revise it, or its last evaluation came to that."""
        move = self.last(MoveKind.REVISION_DECIDED, MoveKind.EVALUATED)
        return move is not None and (move.kind is MoveKind.REVISION_DECIDED or move.result is Evaluation.REVISE)


def life_of(code: str, version: str, moves: Iterable[PlanMove]) -> PlanLife:
    """Derive where one version stands from all its moves, the oldest first."""
    own = [move for move in moves if (move.code, move.plan_version) == (code, version)]
    begin = max((place for place, move in enumerate(own) if move.kind is MoveKind.DRAFTED), default=0)
    stage = PlanStage.MODEL
    for move in own[begin:]:
        stage = _STAGES.get(move.kind, stage)
    return PlanLife(code, version, stage, tuple(own[begin:]))


def lives(versions: Iterable[Version], moves: Iterable[PlanMove]) -> dict[Version, PlanLife]:
    """Derive every version's life, those of drafts among them; what a newer one stands in the place of is told so."""
    by_version: dict[Version, list[PlanMove]] = {version: [] for version in versions}
    for move in moves:
        by_version.setdefault((move.code, move.plan_version), []).append(move)
    found = {version: life_of(*version, own) for version, own in by_version.items()}
    by_code: dict[str, list[PlanLife]] = {}
    for life in found.values():
        if life.stage in _STANDS:
            by_code.setdefault(life.code, []).append(life)
    for standing in by_code.values():
        *elder, newest = sorted(standing, key=_rank)
        for life in elder:
            if life.stage in IN_FORCE:
                found[life.code, life.version] = replace(life, stage=PlanStage.REPLACED, replaced_by=newest.version)
    return found


def in_force(found: Iterable[PlanLife]) -> frozenset[Version]:
    """Return the versions that are offered for calls: of each plan its newest, unless that was withdrawn."""
    return frozenset((life.code, life.version) for life in found if life.stage in IN_FORCE)


def current_of(plans: Iterable[Plan], moves: Iterable[PlanMove]) -> tuple[Plan, ...]:
    """Return the plans in force, sorted by code."""
    every = list(plans)
    standing = in_force(lives([(plan.code, plan.version) for plan in every], moves).values())
    return tuple(sorted((plan for plan in every if (plan.code, plan.version) in standing), key=lambda plan: plan.code))


def next_version(base: str, taken: Collection[str], *, scope: RevisionScope) -> str:
    """Return the next free number after a version: 2.0 after 1.3 where it is major, 1.4 where it is minor."""
    first, second = (*clause_key(base), 0, 0)[:2]
    while True:
        first, second = (first + 1, 0) if scope is RevisionScope.MAJOR else (first, second + 1)
        if (number := f"{first}.{second}") not in taken:
            return number


def _rank(life: PlanLife) -> tuple[bool, tuple[int, ...]]:
    """The order of versions that stand: what was issued here after every model, then by number."""
    return life.has(MoveKind.ISSUED), clause_key(life.version)
