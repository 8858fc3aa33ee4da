"""The better answer: who goes to which shelter at nearly the least weight, and how far from the best it may be at most, proved.

First families are let be parted: then villages and shelters are a transport problem whose prices prove that no answer weighs less. Its answer
is put together again family by family (`seating`). Where something may still be won, all that an answer which is better could use is what the
prices leave open; over that a programme in whole families (`whole_families`) looks for a better one, and its own proof raises the bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from emergency_desk.assignment.seating import Seating, Village, penalty_of
from emergency_desk.assignment.transport import NO_WAY, Ints, LeastWeight
from emergency_desk.assignment.whole_families import Way, WholeFamilies
from emergency_desk.domain.roads import Position
from emergency_desk.domain.shelter_assignment import Assignment, AssignmentLine, AssignmentQuestion, FamilyKind, better
from emergency_desk.domain.shelter_assignment_quick import AssignmentGround, answer_of

_ENOUGH = 0.01  # of the minutes on the way: below it a large question is not looked at further
_SMALL, _MOST_WAYS = 4_000, 30_000  # ways: a small question is always solved to the end, beyond the most nothing would come of it in its time
_Key = tuple[Position | None, bool, frozenset[int]]


def exact_answer(question: AssignmentQuestion, quick: Assignment) -> Assignment:
    """Return the better answer with its bound; never worse than the quick one."""
    return _Solving(question, quick).answer()


class _Solving:
    """One question on its way to an answer."""

    def __init__(self, question: AssignmentQuestion, quick: Assignment) -> None:
        self._question, self._best = question, quick
        self._ground = AssignmentGround(question)
        self._villages = _villages(self._ground)

    def answer(self) -> Assignment:
        """Return the best that was found, with what is proved."""
        least, fixed = LeastWeight(*self._matrix()), self._weight_of_fixed()
        ways, sent, of_village, of_shelter = least.least()
        bound = fixed + int(of_village @ least.wanted) + int(of_shelter @ least.there)
        self._take(Seating(self._ground, self._villages).put_together(_flows(ways, sent), of_shelter))
        if self._best.worth.weight > bound:
            open_ways = self._open_ways(least.weights - of_village[:, None] - of_shelter[None, :], self._best.worth.weight - bound)
            is_wide = self._best.worth.weight - bound > _ENOUGH * self._best.worth.minutes
            if len(open_ways) <= (_MOST_WAYS if is_wide else _SMALL):
                bound = max(bound, fixed + self._in_whole_families(open_ways))
        return replace(self._best, bound=min(bound, self._best.worth.weight))

    def _take(self, lines: Sequence[AssignmentLine]) -> None:
        self._best = better(self._best, answer_of(self._question, lines))

    # -- the transport problem -----------------------------------------------------------------------------------------
    def _matrix(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return who lacks how many places, who has how many, what a person weighs on every way, and without a place."""
        rules, ground = self._question.rules, self._ground
        weights = np.full((len(self._villages), len(ground.left)), NO_WAY, dtype=np.int64)
        for number, village in enumerate(self._villages):
            for row, one in village.ways.items():
                weights[number, row] = one.weight
        wanted = [sum(ground.waiting[kind.id] * kind.people for kind in village.kinds) for village in self._villages]
        penalties = [penalty_of(village.kinds[0], rules) for village in self._villages]
        return np.array(wanted, dtype=np.int64), np.array(ground.left, dtype=np.int64), weights, np.array(penalties, dtype=np.int64)

    def _weight_of_fixed(self) -> int:
        kinds = {kind.id: kind for kind in self._question.kinds}
        further = {one.shelter_id: one.opening_minutes for one in self._question.shelters}
        return sum(line.families * kinds[line.kind_id].people * (line.minutes + further[line.shelter_id]) for line in self._ground.lines)

    # -- in whole families ---------------------------------------------------------------------------------------------
    def _open_ways(self, over: Ints, slack: int) -> list[Way]:
        """Return the ways that a better answer could use: one family on any other would cost more than there is to win."""
        left = self._ground.left
        return [Way(kind, near) for number, village in enumerate(self._villages) for kind in village.kinds
                for near in village.ways.values() if over[number, near.row] * kind.people <= slack and left[near.row] >= kind.people]

    def _in_whole_families(self, ways: list[Way]) -> int:
        programme = WholeFamilies(ways, self._ground)
        proved = programme.solve([line for line in self._best.lines if not line.is_fixed])
        self._take(programme.lines)
        return proved


def _villages(ground: AssignmentGround) -> list[Village]:
    """Return the families by place, by whether they need a fit shelter, and by the officer's lines that bar them from some."""
    kinds: dict[_Key, list[FamilyKind]] = {}
    for kind in ground.question.kinds:
        if ground.waiting[kind.id]:
            barred = frozenset(row for id_, row in ground.barred if id_ == kind.id)
            kinds.setdefault((kind.position, kind.needs_fit, barred), []).append(kind)
    return [Village(tuple(some), {one.row: one for one in ground.near(position) if ground.may_go(some[0], one)})
            for (position, _fit, _barred), some in kinds.items()]


def _flows(ways: Ints, sent: Ints) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (number, row), people in zip(ways.tolist(), sent.tolist(), strict=True):
        if people:
            found[number].append((people, row))
    return found
