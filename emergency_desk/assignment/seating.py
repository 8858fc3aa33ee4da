"""Families put together again after the flow of people: whole ones as far as they fit in it, the rest by exchange."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from emergency_desk.assignment.transport import Ints
from emergency_desk.domain.shelter_assignment import AssignmentLine, AssignmentRules, FamilyKind
from emergency_desk.domain.shelter_assignment_quick import AssignmentGround, Near

_ROUNDS = 4
_TRIES = 60  # shelters looked at to make room for one family
_MOST_STEPS = 400  # of bringing free places together


@dataclass(frozen=True, slots=True)
class Village:
    """Families from one place that may go to the same shelters, by row."""

    kinds: tuple[FamilyKind, ...]
    ways: dict[int, Near]


def penalty_of(kind: FamilyKind, rules: AssignmentRules) -> int:
    """Return what a person of a kind weighs who has no place."""
    return rules.unplaced_vulnerable_minutes if kind.needs_fit else rules.unplaced_minutes


class _Exchange(NamedTuple):
    """One family leaves a shelter: where to (-1: nowhere), and who comes from there in its place."""

    leaves: FamilyKind
    to: int
    comes: FamilyKind | None


class Seating:
    """How many families of each kind sit in each shelter, what is left where, who waits."""

    def __init__(self, ground: AssignmentGround, villages: Sequence[Village]) -> None:
        self._ground, self._villages = ground, villages
        self._left, self._waiting = list(ground.left), dict(ground.waiting)
        self._ways = {kind.id: village.ways for village in villages for kind in village.kinds}
        self._kinds = {kind.id: kind for kind in ground.question.kinds}
        self._steps_left = _MOST_STEPS
        self._seated: list[dict[str, int]] = [defaultdict(int) for _row in ground.left]

    def put_together(self, flows: dict[int, list[tuple[int, int]]], of_shelter: Ints) -> list[AssignmentLine]:
        """Return lines after the flow of people: (people, row) by village; `of_shelter` prices a place, never above nothing."""
        for number, flow in flows.items():
            self._follow(self._villages[number], flow)
        by_need = sorted(self._villages, key=lambda one: not one.kinds[0].needs_fit)
        for village in by_need:
            self._seat_rest(village, of_shelter)
        for kind in sorted(self._kinds.values(), key=lambda one: (not one.needs_fit, -one.people, one.id)):
            while self._waiting[kind.id] and kind.id in self._ways and self._make_room(kind):
                pass
        for _round in range(_ROUNDS):
            if not sum(self._move_nearer(village) for village in by_need):
                break
        return [AssignmentLine(kind_id, self._ground.shelters[row].shelter_id, count, 0)
                for row, seated in enumerate(self._seated) for kind_id, count in seated.items() if count]

    def _move(self, kind: FamilyKind, row: int, count: int) -> None:
        """Let so many families sit down, or stand up when it is below nothing."""
        self._seated[row][kind.id] += count
        self._waiting[kind.id] -= count
        self._left[row] -= count * kind.people

    def _seat(self, kind: FamilyKind, row: int, wanted: int) -> int:
        count = max(0, min(wanted, self._waiting[kind.id], self._left[row] // kind.people))
        if count:
            self._move(kind, row, count)
        return count

    def _follow(self, village: Village, flow: list[tuple[int, int]]) -> None:
        for people, row in sorted(flow, reverse=True):
            for kind in sorted(village.kinds, key=lambda one: (-one.people, one.id)):
                people -= kind.people * self._seat(kind, row, people // kind.people)

    def _seat_rest(self, village: Village, of_shelter: Ints) -> None:
        by_price = sorted(village.ways.values(), key=lambda one: (one.weight - int(of_shelter[one.row]), one.row))
        for kind in sorted(village.kinds, key=lambda one: (-one.people, one.id)):
            for one in by_price:
                if not self._waiting[kind.id]:
                    break
                self._seat(kind, one.row, self._waiting[kind.id])

    def _move_nearer(self, village: Village) -> int:
        """Move families to nearer shelters that have room by now; return how many moved."""
        moved, by_weight = 0, sorted(village.ways.values())
        for kind in sorted(village.kinds, key=lambda one: (-one.people, one.id)):
            for far in reversed(by_weight):
                for near in by_weight:
                    seated = self._seated[far.row].get(kind.id, 0)
                    if near.weight >= far.weight or not seated:
                        break
                    count = min(seated, self._left[near.row] // kind.people)
                    if count:
                        self._move(kind, far.row, -count)
                        self._move(kind, near.row, count)
                        moved += count
        return moved

    # -- making room ---------------------------------------------------------------------------------------------------
    def _make_room(self, kind: FamilyKind) -> bool:
        """Seat one waiting family by the exchange that costs the least among those looked at; say whether one was found."""
        around = sorted(self._ways[kind.id].values())[:_TRIES]
        if not kind.needs_fit and not any(self._left):
            return False  # no place is left anywhere, and nobody would stand up for an ordinary family at a gain
        at_once = [one for one in around if self._left[one.row] >= kind.people]
        if at_once:
            self._move(kind, at_once[0].row, 1)
            return True
        gain = penalty_of(kind, self._ground.question.rules) * kind.people
        found = [(here.weight * kind.people + cost, number, here, exchange) for number, here in enumerate(around)
                 for cost, exchange in self._exchanges(here, kind.people - self._left[here.row])]
        best = min(found, key=lambda one: one[:2], default=None)
        if best is not None and best[0] < gain:
            self._exchange(best[2], best[3])
            self._move(kind, best[2].row, 1)
            return True
        return self._gather(kind, around)

    def _gather(self, kind: FamilyKind, around: Sequence[Near]) -> bool:
        """Where no single exchange makes room: bring a free place or two from one shelter to that which lacks the fewest."""
        if not around or not self._steps_left:
            return False
        self._steps_left -= 1
        here = max(around, key=lambda one: (self._left[one.row], -one.weight))
        found = [(cost, number, exchange) for number, (cost, exchange) in enumerate(self._exchanges(here, 1)) if exchange.to >= 0]
        if not found:
            return False
        self._exchange(here, min(found, key=lambda one: one[:2])[2])
        return True

    def _exchange(self, here: Near, exchange: _Exchange) -> None:
        self._move(exchange.leaves, here.row, -1)
        if exchange.comes is not None:
            self._move(exchange.comes, exchange.to, -1)
            self._move(exchange.comes, here.row, 1)
        if exchange.to >= 0:
            self._move(exchange.leaves, exchange.to, 1)

    def _exchanges(self, here: Near, lacks: int) -> Iterator[tuple[int, _Exchange]]:
        """Tell who could leave a shelter so that so many places come free, with what it costs."""
        rules = self._ground.question.rules
        for kind_id, count in self._seated[here.row].items():
            other = self._kinds[kind_id]
            if not count:
                continue
            before = self._ways[kind_id][here.row].weight
            if other.people >= lacks:
                yield other.people * (penalty_of(other, rules) - before), _Exchange(other, -1, None)
            for there in self._ways[kind_id].values():
                if there.row == here.row:
                    continue
                cost = other.people * (there.weight - before)
                if other.people >= lacks and self._left[there.row] >= other.people:
                    yield cost, _Exchange(other, there.row, None)
                elif self._left[there.row] > 0 and other.people > lacks <= self._left[there.row]:
                    yield from self._swaps(other, here, there, lacks, cost)

    def _swaps(self, other: FamilyKind, here: Near, there: Near, lacks: int, cost: int) -> Iterator[tuple[int, _Exchange]]:
        """Tell which smaller family of another shelter could take the place of a larger one that goes there."""
        for kind_id, count in self._seated[there.row].items():
            back = self._kinds[kind_id]
            more = other.people - back.people
            if count and lacks <= more <= self._left[there.row] and here.row in self._ways[kind_id]:
                ways = self._ways[kind_id]
                yield cost + back.people * (ways[here.row].weight - ways[there.row].weight), _Exchange(other, there.row, back)
