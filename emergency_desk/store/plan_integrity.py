"""Derives the life of plans again from its moves: each draft stands as they say, and whatever was issued has its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from emergency_desk.domain.integrity import Difference
from emergency_desk.domain.plan_drafts import DraftState, PlanDraft
from emergency_desk.domain.plan_life import PlanStage, life_of
from emergency_desk.domain.plan_moves import MoveKind, PlanMove

if TYPE_CHECKING:
    from emergency_desk.store.repositories.shapes import Repositories

_STATES = {
    PlanStage.DRAFT: DraftState.OPEN, PlanStage.CONSULTATION: DraftState.OPEN, PlanStage.SUBMITTED: DraftState.SUBMITTED,
    PlanStage.REVIEWED: DraftState.SUBMITTED, PlanStage.APPROVED: DraftState.SUBMITTED, PlanStage.ISSUED: DraftState.ISSUED,
    PlanStage.WITHDRAWN: DraftState.ISSUED, PlanStage.DISCARDED: DraftState.DISCARDED,
}


def check_plans(_connection: Any, reading: Repositories) -> Iterator[Difference]:
    """Yield what does not follow from the appended moves."""
    try:
        moves: dict[tuple[str, str], list[PlanMove]] = {}
        for move in reading.plan_moves.where("ORDER BY seq"):
            moves.setdefault((move.code, move.plan_version), []).append(move)
        yield from _drafts(reading, moves)
        yield from _texts(reading, moves)
    except (LookupError, ValueError, TypeError) as error:  # a value no desk would write: its seal is broken too, and the check goes on
        yield Difference(what="plans", where="plan_moves", expected="values a desk writes", found=str(error))


def _drafts(reading: Repositories, moves: dict[tuple[str, str], list[PlanMove]]) -> Iterator[Difference]:
    """The newest draft of a version stands as its moves say; an older one of the same number was thrown away."""
    newest: dict[tuple[str, str], PlanDraft] = {}
    for draft in reading.plan_drafts.where("ORDER BY started_at, id"):
        key = (draft.code, draft.plan_version)
        if key in newest and newest[key].state is not DraftState.DISCARDED:
            yield Difference(what="draft", where=f"plan_drafts {newest[key].id}", expected=DraftState.DISCARDED, found=newest[key].state)
        newest[key] = draft
    for key, draft in newest.items():
        expected = _STATES.get(life_of(*key, moves.get(key, ())).stage)
        if draft.state is not expected:
            yield Difference(what="draft", where=f"plan_drafts {draft.id}", expected=str(expected), found=draft.state)


def _texts(reading: Repositories, moves: dict[tuple[str, str], list[PlanMove]]) -> Iterator[Difference]:
    there = set(reading.plan_keys())
    for key, own in moves.items():
        if key not in there and any(move.kind is MoveKind.ISSUED for move in own):
            yield Difference(what="plan_text", where=f"plans {' '.join(key)}", expected="the text that was issued", found="none")
