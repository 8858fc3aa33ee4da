"""The quick answer: families with vulnerable people first, then the largest, each to the nearest shelter that still holds all of it.

The same for the same question. Both answers stand on its ground, from which the officer's fixed lines are taken off first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import dist
from typing import NamedTuple

from emergency_desk.domain.ids import Id
from emergency_desk.domain.roads import Position, Roads, half_point
from emergency_desk.domain.shelter_assignment import (
    Assignment,
    AssignmentLine,
    AssignmentQuestion,
    FamilyKind,
    FixedFamilies,
    Unplaced,
    WhyUnplaced,
    worth_of,
)

_MANY = 12  # shelters passed by in vain before they are sorted out


class Near(NamedTuple):
    """A shelter as it lies to a place: what a person weighs who goes there, its row, the minutes, whether the way is known."""

    weight: int
    row: int
    minutes: int
    is_known: bool


class AssignmentGround:
    """A question with the fixed lines taken off: `left` places by row, `waiting` families by kind."""

    def __init__(self, question: AssignmentQuestion) -> None:
        self.question, self.shelters = question, question.shelters
        self._roads, self._near = Roads(question.travel), dict[Position | None, list[Near]]()
        self._points = [half_point(one.position) if one.position is not None else None for one in question.shelters]
        self._further = [one.opening_minutes for one in question.shelters]
        self.row_of = {one.shelter_id: row for row, one in enumerate(question.shelters)}
        self.left = [one.places for one in question.shelters]
        self.waiting = {kind.id: kind.families for kind in question.kinds}
        self.lines: list[AssignmentLine] = []
        self.clipped: list[FixedFamilies] = []
        self.barred: set[tuple[str, int]] = set()
        self._take_fixed()

    def near(self, position: Position | None) -> list[Near]:
        """Return the shelters around a place, the least weight first."""
        if position not in self._near:
            self._near[position] = sorted(self._around(position))
        return self._near[position]

    def _around(self, position: Position | None) -> Iterator[Near]:
        reach, on_the_road = self.question.rules.reach_minutes, self._roads.on_the_road
        here = half_point(position) if position is not None else None
        for row, (point, further) in enumerate(zip(self._points, self._further, strict=True)):
            if here is None or point is None:
                yield Near(reach + further, row, reach, False)
            else:
                minutes = on_the_road(dist(here, point))
                yield Near(minutes + further, row, minutes, True)

    def may_go(self, kind: FamilyKind, one: Near) -> bool:
        """Say whether families of a kind may be sent to a shelter: in reach, fit for them, and not the officer's own line."""
        return one.minutes <= self.question.rules.reach_minutes and (self.shelters[one.row].is_fit or not kind.needs_fit) \
            and (kind.id, one.row) not in self.barred

    def give(self, kind: FamilyKind, one: Near, wanted: int, *, is_fixed: bool = False) -> int:
        """Send up to so many families to a shelter, whole families only; return how many could go."""
        sent = max(0, min(wanted, self.waiting[kind.id], self.left[one.row] // kind.people))
        if sent or is_fixed:
            self.lines.append(AssignmentLine(kind.id, self.shelters[one.row].shelter_id, sent, one.minutes, is_fixed, one.is_known))
            self.waiting[kind.id] -= sent
            self.left[one.row] -= sent * kind.people
        return sent

    def _take_fixed(self) -> None:
        kinds = {kind.id: kind for kind in self.question.kinds}
        for fixed in self.question.fixed:
            kind, row = kinds.get(fixed.kind_id), self.row_of.get(fixed.shelter_id)
            sent = 0
            if kind is not None and row is not None:
                self.barred.add((kind.id, row))
                one = next(each for each in self.near(kind.position) if each.row == row)
                sent = self.give(kind, one, fixed.families, is_fixed=True)
            if sent < fixed.families:
                self.clipped.append(fixed)


def quick_answer(question: AssignmentQuestion) -> Assignment:
    """Return the answer that is there at once."""
    ground = AssignmentGround(question)
    ways = _Ways(ground)
    for kind in sorted(question.kinds, key=lambda one: (not one.needs_fit, -one.people, one.id)):
        _serve(ground, kind, ways)
    return _finish(ground)


class _Ways:
    """The shelters that families may still be sent to, the nearest first; those that are full are left out once they are many."""

    def __init__(self, ground: AssignmentGround) -> None:
        self._ground = ground
        self._open: dict[tuple[Position | None, bool], list[Near]] = {}

    def of(self, kind: FamilyKind) -> list[Near]:
        """Return the shelters of a kind."""
        key = (kind.position, kind.needs_fit)
        if key not in self._open:
            shelters, reach = self._ground.shelters, self._ground.question.rules.reach_minutes
            self._open[key] = [one for one in self._ground.near(kind.position)
                               if one.minutes <= reach and (not kind.needs_fit or shelters[one.row].is_fit)]
        return self._open[key]

    def forget_full(self, kind: FamilyKind) -> None:
        """Leave out what is full by now."""
        left = self._ground.left
        self._open[kind.position, kind.needs_fit] = [one for one in self.of(kind) if left[one.row] > 0]


def _serve(ground: AssignmentGround, kind: FamilyKind, ways: _Ways) -> None:
    left, people, passed = ground.left, kind.people, 0
    for one in ways.of(kind):
        if not ground.waiting[kind.id]:
            break
        if left[one.row] < people:
            passed += 1
        elif (kind.id, one.row) not in ground.barred:
            ground.give(kind, one, ground.waiting[kind.id])
    if passed > _MANY:
        ways.forget_full(kind)


def answer_of(question: AssignmentQuestion, lines: Iterable[AssignmentLine]) -> Assignment:
    """Return the answer that some lines make beside the fixed ones; what can no longer go stays without a place."""
    ground = AssignmentGround(question)
    kinds = {kind.id: kind for kind in question.kinds}
    ways: dict[Position | None, dict[int, Near]] = {}
    for line in lines:
        kind, row = kinds[line.kind_id], ground.row_of[line.shelter_id]
        if kind.position not in ways:
            ways[kind.position] = {one.row: one for one in ground.near(kind.position)}
        ground.give(kind, ways[kind.position][row], line.families)
    return _finish(ground)


def _finish(ground: AssignmentGround) -> Assignment:
    lines = _in_order(ground.question, ground.lines)
    return Assignment(lines=lines, worth=worth_of(ground.question, lines), unplaced=tuple(_unplaced(ground)), clipped=tuple(ground.clipped))


def _in_order(question: AssignmentQuestion, lines: Iterable[AssignmentLine]) -> tuple[AssignmentLine, ...]:
    rank = {kind.id: number for number, kind in enumerate(question.kinds)}
    whole: dict[tuple[str, Id], AssignmentLine] = {}
    for line in lines:
        before = whole.get((line.kind_id, line.shelter_id))
        families = line.families + (before.families if before is not None else 0)
        whole[line.kind_id, line.shelter_id] = replace(line, families=families)
    return tuple(sorted(whole.values(), key=lambda line: (rank[line.kind_id], line.minutes, line.shelter_id)))


# -- why somebody has no place ----------------------------------------------------------------------------------------
def _unplaced(ground: AssignmentGround) -> Iterator[Unplaced]:
    for kind in ground.question.kinds:
        if ground.waiting[kind.id] > 0:
            why, one = _why(ground, kind)
            far = why is WhyUnplaced.OUT_OF_REACH and one is not None
            yield Unplaced(kind.id, ground.waiting[kind.id], why, ground.shelters[one.row].shelter_id if far and one is not None else None,
                           one.minutes if far and one is not None else None)


def _why(ground: AssignmentGround, kind: FamilyKind) -> tuple[WhyUnplaced, Near | None]:
    reach, there = ground.question.rules.reach_minutes, ground.near(kind.position)
    if not there:
        return WhyUnplaced.NO_SHELTER, None
    holds = [one for one in there if ground.left[one.row] >= kind.people]
    fit = [one for one in holds if ground.shelters[one.row].is_fit or not kind.needs_fit]
    near = [one for one in fit if one.minutes <= reach]
    if any((kind.id, one.row) in ground.barred for one in near):
        return WhyUnplaced.OFFICER, None
    if kind.needs_fit and any(one.minutes <= reach for one in holds):
        return WhyUnplaced.NONE_FIT, None
    if fit and not any(one.minutes <= reach for one in there if ground.shelters[one.row].is_fit or not kind.needs_fit):
        return WhyUnplaced.OUT_OF_REACH, min(fit, key=lambda one: one.minutes)
    return WhyUnplaced.FULL, None
