"""One item's transport problem: from depots with so much of it to needs that lack so much, at the least weight, what is unmet coming first.

It is solved over a few ways (the nearest of every need, and of every depot when stock is tight); the prices that come out are held against
every way there is, and those that would pay are put in, until none does. The prices, rounded to whole numbers, are then the proof: no
answer weighs less than what they add up to. One unit unmet weighs more than any chain of minutes, so unmet comes first, by priority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from emergency_desk.assignment.solver import quiet_solver
from emergency_desk.domain.allocation import PRIORITIES, AllocationLine, GoodsNeed
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.ids import Id
from emergency_desk.domain.roads import half_point

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NO_WAY = 1 << 50
_NEAR_DEPOTS, _NEAR_NEEDS, _BEST_OF_NEED = 16, 8, 8
_TIGHT = 0.5  # above this share of the stock wanted, every depot brings in its nearest needs


@dataclass(frozen=True, slots=True)
class Way:
    """A way that an answer as good may use: from a supply (depot's row and number of the supply) to a need."""

    need_id: str
    row: int
    supply: int
    most: int
    sent: int  # in the answer that was found


@dataclass(frozen=True, slots=True)
class Solved:
    """The best of one item. `ways`, `supplies` and `may_lack` are all that other answers as good may use: the face of the best."""

    sent: tuple[AllocationLine, ...]
    unmet: dict[int, int]  # by priority
    least_minutes: int  # nothing weighs less, once so much is unmet
    ways: tuple[Way, ...]
    supplies: tuple[tuple[int, bool], ...]  # how much each has, and whether all of it has to go
    may_lack: frozenset[str]


class LeastWeight:
    """Who lacks so much, who has so much, what a unit weighs on every way (NO_WAY where there is none), and what a unit unmet weighs."""

    def __init__(self, wanted: Ints, there: Ints, weights: Ints, penalty: Ints) -> None:
        self.wanted, self.there, self.weights, self.penalty = wanted, there, weights, penalty

    def least(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Solve: ways used, what goes over each, and whole prices of needs and supplies that prove it."""
        if not self.there.size or not self.wanted.size:
            nothing = np.zeros(0, dtype=np.int64)
            return np.zeros((0, 2), dtype=np.int64), nothing, self.penalty, np.zeros(len(self.there), dtype=np.int64)
        programme = Programme(self.wanted, self.there, self.penalty)
        ways = self._first_ways()
        is_in = np.zeros(self.weights.shape, dtype=bool)
        of_need, of_supply = self.penalty.astype(np.float64), np.zeros(len(self.there))  # what they are when there is no way at all
        while ways.size:
            is_in[ways[:, 0], ways[:, 1]] = True
            programme.add(ways, self.weights[ways[:, 0], ways[:, 1]])
            of_need, of_supply = programme.run()
            ways = self._that_pay(of_need, of_supply, is_in)
        return programme.ways, programme.sent, *self._whole(of_need, of_supply)

    def _first_ways(self) -> Ints:
        needs, supplies = self.weights.shape
        chosen = np.zeros(self.weights.shape, dtype=bool)
        near = min(_NEAR_DEPOTS, supplies)
        np.put_along_axis(chosen, np.argpartition(self.weights, near - 1, axis=1)[:, :near], True, axis=1)
        if self.wanted.sum() > _TIGHT * self.there.sum():
            least = min(_NEAR_NEEDS, needs)
            np.put_along_axis(chosen, np.argpartition(self.weights, least - 1, axis=0)[:least], True, axis=0)
        return np.argwhere(chosen & (self.weights < NO_WAY))

    def _that_pay(self, of_need: Floats, of_supply: Floats, is_in: NDArray[np.bool_]) -> Ints:
        """Return the ways whose weight lies below their prices, the best few of each need."""
        over = self.weights - of_need[:, None] - of_supply[None, :]
        over[is_in] = 0
        if over.min() > -0.5:
            return np.zeros((0, 2), dtype=np.int64)
        few = min(_BEST_OF_NEED, over.shape[1])
        best = np.argpartition(over, few - 1, axis=1)[:, :few]
        pays = np.take_along_axis(over, best, axis=1) < -0.5
        needs = np.broadcast_to(np.arange(over.shape[0])[:, None], best.shape)
        return np.stack([needs[pays], best[pays]], axis=1).astype(np.int64)

    def _whole(self, of_need: Floats, of_supply: Floats) -> tuple[Ints, Ints]:
        """Return the prices in whole numbers, mended where rounding left one too high: they always hold."""
        supply = np.minimum(0, np.rint(of_supply)).astype(np.int64)
        highest = (self.weights - supply[None, :]).min(axis=1)
        return np.minimum(np.minimum(np.rint(of_need).astype(np.int64), self.penalty), highest), supply

class Transport(LeastWeight):
    """One item: needs down, supplies across. A supply is what a depot has that is good for the same needs."""

    def __init__(self, ground: Ground, item_id: Id, needs: Sequence[GoodsNeed]) -> None:
        self._ground, self._needs = ground, needs
        self._rows, self._kinds, there = self._supplies(item_id)
        weights = self._weigh()
        super().__init__(np.array([ground.lacks[need.id] for need in needs], dtype=np.int64), there, weights, self._penalties(weights))

    # -- the ground ----------------------------------------------------------------------------------------------------
    def _supplies(self, item_id: Id) -> tuple[Ints, Ints, Ints]:
        """Part each depot's stock by how many of the days wanted it is good for: what lasts longer is good for every earlier day too."""
        stock, days = self._ground.question.stock, sorted({need.good_on for need in self._needs})
        found: dict[tuple[int, int], int] = {}
        for row, batches in sorted(self._ground.shelves[item_id].batches.items()):
            for expires_on, quantity in batches:
                good = sum(1 for day in days if not stock.is_expired(expires_on, day))
                if good:
                    found[row, good] = found.get((row, good), 0) + quantity
        rows, kinds = (np.array([key[part] for key in found], dtype=np.int64) for part in (0, 1))
        return rows, kinds, np.array(list(found.values()), dtype=np.int64)

    def _weigh(self) -> Ints:
        """Return what a unit weighs on every way, NO_WAY where there is none."""
        rules, needs = self._ground.question.rules, self._needs
        minutes, known = self._minutes()
        within = _column([NO_WAY if need.within_minutes is None else need.within_minutes for need in needs])
        weights = _column([rules.minute_weights[need.priority - 1] for need in needs])
        weighed = weights * (minutes + rules.late_factor * np.maximum(0, minutes - within))
        days = {day: number for number, day in enumerate(sorted({need.good_on for need in needs}))}
        closed = (known & (minutes > rules.reach_minutes)) | (self._kinds[None, :] <= _column([days[need.good_on] for need in needs]))
        weighed[closed] = NO_WAY
        place = {need.id: number for number, need in enumerate(needs)}
        for need_id, row in self._ground.barred:
            if need_id in place:
                weighed[place[need_id], self._rows == row] = NO_WAY
        return weighed

    def _minutes(self) -> tuple[Ints, NDArray[np.bool_]]:
        """Return minutes, loading included, and whether the way is known; an unknown way counts as the whole reach."""
        ways, depots = self._ground.ways, [self._ground.question.depots[row] for row in self._rows]
        here = _points([need.position for need in self._needs])
        there = _points([depot.position for depot in depots])
        squares = np.zeros((len(here), len(there)))
        for axis in range(3):
            squares += (here[:, axis, None] - there[None, :, axis]) ** 2
        known = ~np.isnan(squares)
        chords = np.sqrt(np.nan_to_num(squares))
        roads = _roads(np.array([*ways.edges, np.inf]), chords, ways.horizon)
        for place in np.argwhere(chords > ways.horizon):
            roads[tuple(place)] = ways.on_the_road(float(chords[tuple(place)]))
        loading = np.array([ways.loading(depot) for depot in depots], dtype=np.int64)
        return np.where(known, roads + loading[None, :], ways.reach), known

    def _penalties(self, weights: Ints) -> Ints:
        """Return what a unit unmet weighs, by need: more than any chain of exchanges between all needs could save in minutes."""
        open_ways = weights[weights < NO_WAY]
        chain = (int(open_ways.max()) if open_ways.size else 0) * len(self._needs) + 1
        return np.array([chain * (len(PRIORITIES) + 1 - need.priority) for need in self._needs], dtype=np.int64)

    # -- solving -------------------------------------------------------------------------------------------------------
    def solve(self) -> Solved:
        """Return the best answer and its face."""
        return self._told(*self.least())

    # -- telling -------------------------------------------------------------------------------------------------------
    def _told(self, ways: Ints, sent: Ints, of_need: Ints, of_supply: Ints) -> Solved:
        flows = np.zeros(self.weights.shape, dtype=np.int64)
        flows[ways[:, 0], ways[:, 1]] = sent
        lacks = self.wanted - flows.sum(axis=1)
        unmet = {priority: sum(int(lack) for lack, need in zip(lacks, self._needs, strict=True) if need.priority == priority)
                 for priority in PRIORITIES}
        least = int(of_need @ self.wanted) + int(of_supply @ self.there)
        lines = tuple(AllocationLine(self._needs[need].id, self._site(supply), int(flows[need, supply]), 0)
                      for need, supply in np.argwhere(flows > 0).tolist())
        return Solved(lines, unmet, least - int(self.penalty @ lacks), tuple(self._face(of_need, of_supply, flows)),
                      tuple(zip(self.there.tolist(), (of_supply < 0).tolist(), strict=True)),
                      frozenset(need.id for need, price, most in zip(self._needs, of_need, self.penalty, strict=True) if price == most))

    def _face(self, of_need: Ints, of_supply: Ints, flows: Ints) -> list[Way]:
        on_it = np.argwhere(self.weights == of_need[:, None] + of_supply[None, :])
        most = np.minimum(self.wanted[on_it[:, 0]], self.there[on_it[:, 1]])
        return [Way(self._needs[need].id, int(self._rows[supply]), supply, up_to, int(flows[need, supply]))
                for (need, supply), up_to in zip(on_it.tolist(), most.tolist(), strict=True)]

    def _site(self, supply: int) -> Id:
        return self._ground.question.depots[self._rows[supply]].site_id


class Programme:
    """The linear programme over the ways that are in it: each need is met or lacks, no supply gives more than it has."""

    def __init__(self, wanted: Ints, there: Ints, penalty: Ints) -> None:
        self._needs, self._solver = len(wanted), quiet_solver(presolve="off", solver="simplex")
        self._solver.passModel(_begun(wanted, there, penalty))
        self.ways: Ints = np.zeros((0, 2), dtype=np.int64)
        self.sent: Ints = np.zeros(0, dtype=np.int64)

    def add(self, ways: Ints, weights: Ints) -> None:
        """Put ways in: pairs of need and supply."""
        count = len(ways)
        index = (ways + np.array([0, self._needs])).astype(np.int32).ravel()
        self._solver.addCols(count, weights.astype(np.float64), np.zeros(count), np.full(count, highspy.kHighsInf), 2 * count,
                             np.arange(0, 2 * count, 2, dtype=np.int32), index, np.ones(2 * count))
        self.ways = np.concatenate([self.ways, ways])

    def run(self) -> tuple[Floats, Floats]:
        """Solve, and return the prices of needs and of supplies."""
        self._solver.run()
        solution: Any = self._solver.getSolution()
        self.sent = np.rint(np.array(solution.col_value)[self._needs:]).astype(np.int64)
        prices = np.array(solution.row_dual)
        return prices[:self._needs], prices[self._needs:]


def _begun(wanted: Ints, there: Ints, penalty: Ints) -> highspy.HighsLp:
    """Return the programme in which nothing is sent and all is lacking."""
    needs, supplies = len(wanted), len(there)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = needs, needs + supplies
    model.col_cost_, model.col_lower_ = penalty.astype(np.float64), np.zeros(needs)
    model.col_upper_ = np.full(needs, highspy.kHighsInf)
    model.row_lower_ = np.concatenate([wanted.astype(np.float64), np.full(supplies, -highspy.kHighsInf)])
    model.row_upper_ = np.concatenate([wanted, there]).astype(np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(needs + 1, dtype=np.int32)
    model.a_matrix_.index_ = np.arange(needs, dtype=np.int32)
    model.a_matrix_.value_ = np.ones(needs)
    return model


def _column(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)[:, None]


def _roads(edges: Floats, chords: Floats, horizon: float) -> Ints:
    """Return how many edges lie below each distance: looked up by even steps, then set right."""
    steps = 4_096
    begins = np.searchsorted(edges, np.arange(steps) * (horizon / steps), side="left")
    roads: Ints = begins[np.minimum(chords * (steps / horizon), steps - 1).astype(np.int64)]
    roads -= (roads > 0) & (edges[roads - 1] >= chords)  # a distance on the border of two steps
    more = edges[roads] < chords
    while more.any():
        roads += more
        more = edges[roads] < chords
    return roads


def _points(positions: Sequence[tuple[float, float] | None]) -> Floats:
    return np.array([(np.nan,) * 3 if position is None else half_point(position) for position in positions]).reshape(-1, 3)
