"""Which move of a plan's life may follow which: the path of each kind, the short one of a minor revision, and who may not decide alone. Pure.

Source: 突发事件应急预案管理办法 Art. 22–28, 34–36; domain R-3.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_errors import DrafterDecides, MattersOpen, MattersUnanswered, PlanDayWrong, PlanMoveRefused, PlanStepsMissing
from emergency_desk.domain.plan_life import PlanLife, PlanStage
from emergency_desk.domain.plan_moves import MatterFinding, MoveKind, ReviewMatter, RevisionScope
from emergency_desk.domain.plan_parts import Part
from emergency_desk.domain.plan_rules import LifePath

_IN_USE = (MoveKind.TRAINED, MoveKind.DRILLED)
_MOVES: dict[PlanStage, tuple[MoveKind, ...]] = {
    PlanStage.MODEL: (*_IN_USE, MoveKind.WITHDRAWN),
    PlanStage.DRAFT: (MoveKind.CONSULTED, MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED, MoveKind.SUBMITTED, MoveKind.DISCARDED),
    PlanStage.CONSULTATION: (MoveKind.OPINIONS_IN, MoveKind.CONSULTED, MoveKind.EXPERTS_HEARD, MoveKind.COORDINATED, MoveKind.DISCARDED),
    PlanStage.SUBMITTED: (MoveKind.REVIEWED, MoveKind.RETURNED),
    PlanStage.REVIEWED: (MoveKind.APPROVED, MoveKind.REVIEWED, MoveKind.RETURNED),
    PlanStage.APPROVED: (MoveKind.ISSUED, MoveKind.RETURNED),
    PlanStage.ISSUED: (MoveKind.FILED, MoveKind.PUBLISHED, *_IN_USE, MoveKind.EVALUATED, MoveKind.REVISION_DECIDED, MoveKind.WITHDRAWN),
}
# What a minor revision may not touch: command, procedure and measures, levels and grading (Art. 36).
WEIGHTY = (PartKind.LEVEL, PartKind.WORK_GROUP, PartKind.ACTION, PartKind.SITUATION)


def moves_of(life: PlanLife, path: LifePath) -> tuple[MoveKind, ...]:
    """Return the moves that may follow now, those that lead on first."""
    possible = list(_MOVES.get(life.stage, ()))
    if not path.wants_review(life.scope) and life.stage in (PlanStage.DRAFT, PlanStage.SUBMITTED):
        possible.insert(0, MoveKind.APPROVED)
    order = [*steps_left(life, path)] if life.stage in (PlanStage.DRAFT, PlanStage.CONSULTATION) else []
    if life.stage is PlanStage.DRAFT and not order and path.wants_review(life.scope):
        order = [MoveKind.SUBMITTED]
    if life.stage is PlanStage.ISSUED:
        order = [kind for kind in (MoveKind.FILED, MoveKind.PUBLISHED, *_IN_USE) if not life.has(kind)]
    if life.stage is PlanStage.REVIEWED and _unmet(life):
        order = [MoveKind.RETURNED]
    return tuple(dict.fromkeys([*(kind for kind in order if kind in possible), *possible]))


def steps_left(life: PlanLife, path: LifePath) -> tuple[MoveKind, ...]:
    """Return what is still to be done before the draft is submitted."""
    return tuple(step for step in path.wanted(life.scope) if not life.has(step))


def check_move(life: PlanLife, kind: MoveKind, path: LifePath, *, on_date: date, today: date, account_id: Id) -> None:
    """Refuse a move that does not follow, and say what does.

    Raises PlanMoveRefused, PlanStepsMissing, MattersOpen, DrafterDecides, PlanDayWrong.
    """
    possible = moves_of(life, path)
    if kind not in possible:
        raise PlanMoveRefused(plan=life.code, version=life.version, move=kind, stage=life.stage, possible=possible)
    if kind is MoveKind.SUBMITTED and (left := steps_left(life, path)):
        raise PlanStepsMissing(plan=life.code, version=life.version, missing=left, basis=path.basis)
    if kind is MoveKind.APPROVED and (unmet := _unmet(life)):
        raise MattersOpen(plan=life.code, version=life.version, matters=unmet)
    if kind in (MoveKind.REVIEWED, MoveKind.APPROVED) and account_id == life.drafted_by:
        raise DrafterDecides(plan=life.code, version=life.version, move=kind)
    before = max((move.on_date for move in life.moves if _rests_on(kind, move.kind)), default=None)
    if on_date > today or (before is not None and on_date < before):
        raise PlanDayWrong(move=kind, day=on_date, earliest=before, latest=today)


def check_matters(matters: Iterable[MatterFinding]) -> tuple[MatterFinding, ...]:
    """Return the six matters in their order; each is answered, and what is not met says why. Raises MattersUnanswered."""
    found = {one.matter: one for one in matters}
    silent = tuple(matter for matter in ReviewMatter if matter not in found or not (found[matter].is_met or found[matter].remark.strip()))
    if silent:
        raise MattersUnanswered(matters=silent)
    return tuple(found[matter] for matter in ReviewMatter)


def weighty_changes(before: Iterable[Part], after: Iterable[Part]) -> tuple[tuple[PartKind, str], ...]:
    """Return the parts a minor revision may not touch and that differ: (kind, key), in the order of the text."""
    old = {(part.kind, part.key): part.content for part in before if part.kind in WEIGHTY}
    new = {(part.kind, part.key): part.content for part in after if part.kind in WEIGHTY}
    return tuple(key for key in {**new, **old} if old.get(key) != new.get(key))


def _unmet(life: PlanLife) -> tuple[ReviewMatter, ...]:
    review = life.last(MoveKind.REVIEWED)
    return tuple(one.matter for one in review.matters if not one.is_met) if review and life.scope is RevisionScope.MAJOR else ()


def _rests_on(kind: MoveKind, earlier: MoveKind) -> bool:
    """Say whether a move cannot be dated before an earlier one: what leads to the issue follows step by step, what follows it rests on it.

    The day a draft was begun here binds nothing: an office that brings its plans into the desk writes down what happened long before.
    """
    if kind in _MOVES[PlanStage.ISSUED] and kind is not MoveKind.WITHDRAWN:
        return earlier is MoveKind.ISSUED
    if kind is MoveKind.OPINIONS_IN:
        return earlier is MoveKind.CONSULTED
    return earlier in (MoveKind.SUBMITTED, MoveKind.REVIEWED, MoveKind.APPROVED, MoveKind.ISSUED)
