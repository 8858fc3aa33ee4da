"""Finds clauses of plans by number or by words, in both languages at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from emergency_desk.domain.plans import Clause, Plan

_NUMBER = re.compile(r"\d+(\.\d+)*\.?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause that was found; `actions` are titles of its actions that hold the words."""

    plan: Plan
    clause: Clause
    actions: tuple[str, ...] = ()


def find(plans: Iterable[Plan], text: str, *, first: Plan | None = None, limit: int = 200) -> list[Hit]:
    """Return the clauses that hold every word, or whose number begins so; those of one plan before the others."""
    words = text.lower().split()
    if not words:
        return []
    ordered = sorted(plans, key=lambda plan: plan is not first)
    hits = [hit for plan in ordered for hit in _hits(plan, words)]
    return hits[:limit]


def _hits(plan: Plan, words: list[str]) -> Iterable[Hit]:
    if len(words) == 1 and _NUMBER.fullmatch(words[0]):
        wanted = words[0].rstrip(".")
        numbered = [clause for clause in plan.clauses if clause.number == wanted or clause.number.startswith(wanted + ".")]
        yield from (Hit(plan, clause) for clause in numbered)
        if numbered:
            return
    for clause in plan.clauses:
        own = " ".join((clause.number, clause.title.zh, clause.title.en, clause.body.zh, clause.body.en)).lower()
        actions = [(action, f"{action.title.zh} {action.title.en}".lower()) for action in plan.actions if action.clause == clause.number]
        whole = " ".join((own, *(told for _action, told in actions)))
        if all(word in whole for word in words):
            named = tuple(action.id for action, told in actions if any(word in told for word in words) and not all(word in own for word in words))
            yield Hit(plan, clause, named)


def depth(clause: Clause) -> int:
    """Return how deep a clause lies: 1 for a chapter."""
    return clause.number.count(".") + 1
