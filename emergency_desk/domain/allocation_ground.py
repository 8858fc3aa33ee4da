"""The ground of an allocation while it is worked out: what is still free in each depot, what each need still lacks, who is near.

Both answers stand on it, the quick one and the exact one: the officer's fixed lines are taken off first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import compress, repeat
from math import asin, cos, dist, pi, radians, sin, sqrt
from operator import add, mul

from emergency_desk.domain.allocation import AllocationLine, AllocationQuestion, FixedLine, GoodsNeed, Position, SendingDepot
from emergency_desk.domain.ids import Id
from emergency_desk.domain.roads import Point, Roads, half_point
from emergency_desk.domain.stock_rules import StockRules

Batch = list[tuple[date | None, int]]  # what expires when, the earliest first; mutable while it is taken from
_ALL_AT_ONCE, _SPARE, _EACH = 256, 24, 8  # depots looked at in one go, whatever is wanted; more than are likely asked
_LEAST_LOOK = 1e-4  # of the globe's radius: some 600 m
_ROUNDING = 1e-12


class Ways(Roads):
    """Minutes from depots to places, loading included."""

    def __init__(self, question: AllocationQuestion) -> None:
        super().__init__(question.travel)
        self.reach = question.rules.reach_minutes
        self._loading = question.rules.loading_minutes

    def loading(self, depot: SendingDepot) -> int:
        """Return how long a lorry loads there."""
        return self._loading if depot.loading_minutes is None else depot.loading_minutes

    def arrival(self, depot: SendingDepot, need: GoodsNeed) -> tuple[int, bool]:
        """Return the minutes until goods are there and whether the way is known; an unknown way counts as the whole reach."""
        if depot.position is None or need.position is None:
            return self.reach, False
        return self.loading(depot) + self.on_the_road(dist(half_point(depot.position), half_point(need.position))), True


class Shelf:
    """What is free of one item, by depot; taken from while an answer is made."""

    def __init__(self, depots: Sequence[SendingDepot], ways: Ways, batches: dict[int, Batch]) -> None:
        self.batches = batches
        self.ways, self.step = ways, len(depots) + 1  # a key is minutes × step + row: one number that sorts
        self.unplaced = [row for row in sorted(batches) if depots[row].position is None]
        placed = sorted((radians(position[0]), row, position) for row in batches if (position := depots[row].position) is not None)
        self.latitudes = [each[0] for each in placed]
        self.rows = [each[1] for each in placed]
        self.longitudes = [radians(each[2][1]) for each in placed]
        self.points = [half_point(each[2]) for each in placed]
        loading = [ways.loading(depots[row]) for row in self.rows]
        self.least_loading = min(loading, default=0)
        self.bases = [minutes * self.step + row for minutes, row in zip(loading, self.rows, strict=True)]
        self._mean = max(1.0, sum(quantity for batch in batches.values() for _day, quantity in batch) / (len(batches) or 1))
        self._walks: dict[Position, _Walk] = {}
        self._dead = 0

    def usable(self, row: int, rules: StockRules, day: date) -> int:
        """Return how much of a depot may still be used on a day."""
        batches = self.batches.get(row)
        if not batches:
            return 0
        return sum(quantity for expires_on, quantity in batches if not rules.is_expired(expires_on, day))

    def take(self, row: int, wanted: int, rules: StockRules, day: date) -> int:
        """Take from a depot what expires first among what is good on a day; return how much was taken."""
        left, kept = wanted, Batch()
        for expires_on, quantity in self.batches.get(row, ()):
            part = 0 if rules.is_expired(expires_on, day) else min(left, quantity)
            left -= part
            if quantity > part:
                kept.append((expires_on, quantity - part))
        if not kept and self.batches.get(row):
            self._dead += 1
        self.batches[row] = kept
        return wanted - left

    def nearest(self, position: Position | None, wanted: int = 1) -> Iterator[tuple[int, int, bool]]:
        """Walk through the depots that have something, the soonest there first: minutes, row, whether the way is known.

        `wanted`: about how much is looked for.
        """
        if position is not None:
            walk, place = self._walk(position, wanted), 0
            while place < len(walk.keys) or walk.go_on():
                minutes, row = divmod(walk.keys[place], self.step)
                place += 1
                if self.batches[row]:
                    yield minutes, row, True
        for row in sorted(self.batches) if position is None else self.unplaced:
            if self.batches[row]:
                yield self.ways.reach, row, False

    def first_look(self, wanted: int) -> float:
        """Return half the side of a box, as an angle, that would hold the depots to be asked, and some more, were all evenly spread."""
        if len(self.rows) <= _ALL_AT_ONCE:
            return pi
        likely = _SPARE + _EACH * wanted / self._mean
        return max(_LEAST_LOOK, (self.latitudes[-1] - self.latitudes[0]) / 2 * sqrt(likely / len(self.rows)))

    def look_again(self) -> None:
        """Begin every walk anew where most depots have nothing more: passing by them would take longer."""
        if sum(map(bool, self.batches.values())) * 2 < len(self.batches):
            self._dead = len(self.rows)
            self._bury()
            self._walks.clear()

    def _walk(self, position: Position, wanted: int) -> _Walk:
        self._bury()
        if position not in self._walks:
            self._walks[position] = _Walk(self, position, wanted)
        return self._walks[position]

    def _bury(self) -> None:
        """Forget the depots that have nothing more, once they are many."""
        if self._dead * 4 > len(self.rows):
            keep = [bool(self.batches[row]) for row in self.rows]
            self.latitudes, self.rows = list(compress(self.latitudes, keep)), list(compress(self.rows, keep))
            self.points, self.bases = list(compress(self.points, keep)), list(compress(self.bases, keep))
            self.longitudes = list(compress(self.longitudes, keep))
            self._dead = 0


class _Walk:
    """The depots of a shelf around a place, as far as it was asked for: `keys` in their order.

    A box between two latitudes and two longitudes is looked at, larger and larger; whatever lies outside is as far as its half side at least.
    """

    def __init__(self, shelf: Shelf, position: Position, wanted: int) -> None:
        self._shelf, self._latitude, self._longitude, self._here = shelf, radians(position[0]), radians(position[1]), half_point(position)
        self.keys: list[int] = []
        self._angle, self._is_over = shelf.first_look(wanted), False

    def go_on(self) -> bool:
        """Look farther; say whether something was found."""
        before = len(self.keys)
        while not self._is_over and len(self.keys) == before:
            self._look(self._angle)
            self._angle *= 2
        return len(self.keys) > before

    def _look(self, angle: float) -> None:
        shelf = self._shelf
        low, high = bisect_left(shelf.latitudes, self._latitude - angle), bisect_right(shelf.latitudes, self._latitude + angle)
        points, bases = shelf.points[low:high], shelf.bases[low:high]
        across = self._across(angle)
        if across is not None:
            west, east = self._longitude - across, self._longitude + across
            keep = [west <= each <= east for each in shelf.longitudes[low:high]]
            points, bases = list(compress(points, keep)), list(compress(bases, keep))
        keys = sorted(map(add, self._roads(points), bases))
        self._is_over = len(keys) == len(shelf.rows)
        if not self._is_over:
            last = shelf.least_loading + shelf.ways.on_the_road(max(0.0, sin(angle / 2) - _ROUNDING))
            del keys[bisect_left(keys, last * shelf.step):]
        self.keys += keys[bisect_right(keys, self.keys[-1]):] if self.keys else keys

    def _across(self, angle: float) -> float | None:
        """Return how far off a meridian lies that is so far away; None where none is, or where longitudes begin anew."""
        ratio = sin(angle) / cos(self._latitude) if angle < pi / 2 else 1.0
        across = asin(ratio) if ratio < 1 else pi
        return across if abs(self._longitude) + across < pi else None

    def _roads(self, points: Sequence[Point]) -> Iterator[int]:
        """Return minutes on the road, each times the step of a key."""
        shelf, ways = self._shelf, self._shelf.ways
        chords = list(map(dist, points, repeat(self._here)))
        roads = map(bisect_left, repeat(ways.edges), chords) if max(chords, default=0.0) <= ways.horizon else map(ways.on_the_road, chords)
        return map(mul, roads, repeat(shelf.step))


class Ground:
    """A question with the fixed lines taken off: `lacks` what each need still wants, `shelves` what is free of each item."""

    def __init__(self, question: AllocationQuestion) -> None:
        self.question = question
        self.ways = Ways(question)
        self.row_of = {depot.site_id: row for row, depot in enumerate(question.depots)}
        self.shelves = self._fill()
        self.lacks = {need.id: need.quantity for need in question.needs}
        self.item_of = {need.id: need.item_id for need in question.needs}
        self.lines: list[AllocationLine] = []
        self.clipped: list[FixedLine] = []
        self.barred: set[tuple[str, int]] = set()
        self._take_fixed()

    def _fill(self) -> dict[Id, Shelf]:
        wanted = {need.item_id for need in self.question.needs}
        batches: dict[Id, dict[int, Batch]] = {item_id: {} for item_id in wanted}
        for goods in self.question.goods:
            row = self.row_of.get(goods.site_id)
            if goods.item_id in wanted and row is not None and goods.quantity > 0:
                batches[goods.item_id].setdefault(row, []).append((goods.expires_on, goods.quantity))
        for by_row in batches.values():
            for batch in by_row.values():
                if len(batch) > 1:
                    batch.sort(key=lambda each: each[0] or date.max)
        return {item_id: Shelf(self.question.depots, self.ways, by_row) for item_id, by_row in batches.items()}

    def _take_fixed(self) -> None:
        needs = {need.id: need for need in self.question.needs}
        for fixed in self.question.fixed:
            need, row = needs.get(fixed.need_id), self.row_of.get(fixed.site_id)
            taken = 0
            if need is not None and row is not None:
                self.barred.add((need.id, row))
                taken = self.give(need, row, min(fixed.quantity, self.lacks[need.id]), is_fixed=True)
            if taken < fixed.quantity:
                self.clipped.append(fixed)

    def give(self, need: GoodsNeed, row: int, wanted: int, way: tuple[int, bool] | None = None, *, is_fixed: bool = False) -> int:
        """Send up to so much from a depot to a need; return how much could be sent. `way`: minutes and whether it is known, where they are."""
        taken = self.shelves[need.item_id].take(row, wanted, self.question.stock, need.good_on) if wanted > 0 else 0
        if taken or is_fixed:
            minutes, known = way or self.ways.arrival(self.question.depots[row], need)
            self.lines.append(AllocationLine(need.id, self.question.depots[row].site_id, taken, minutes, is_fixed, known))
            self.lacks[need.id] -= taken
        return taken

