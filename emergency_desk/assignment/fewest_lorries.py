"""Among the answers as good in what is unmet and in minutes, the one with the fewest lorries; over all items at once, for they share lorries."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from emergency_desk.assignment.solver import quiet_solver
from emergency_desk.assignment.transport import Solved
from emergency_desk.domain.allocation import AllocationLine
from emergency_desk.domain.allocation_ground import Ground

_MOST_WAYS, _MOST_NODES = 400, 200  # beyond, lorries are counted and not made fewer: the answer must come soon, and the same each time


@dataclass(frozen=True, slots=True)
class Fewest:
    """What was found: the lines (None: those that were there), and whether no answer as good needs fewer lorries."""

    sent: tuple[AllocationLine, ...] | None
    is_proved: bool


def fewest_lorries(ground: Ground, solved: Sequence[Solved]) -> Fewest:
    """Look for the answer with the fewest lorries on the face of the best ones, where the face leaves a choice."""
    if any(sum(way.sent for way in one.ways) != sum(line.quantity for line in one.sent) for one in solved):
        return Fewest(None, False)  # the answer found does not lie on its face: it is not proved, and nothing stands on it
    parts = sorted((part for number, one in enumerate(solved) for part in _parts_with_choice(number, one)), key=len)
    open_ways: set[tuple[int, int]] = set()
    for part in parts:
        if len(open_ways) + len(part) <= _MOST_WAYS:
            open_ways.update(part)
    if not open_ways:
        return Fewest(None, not parts)
    return _Choice(ground, solved, open_ways).solve(is_all=len(open_ways) == sum(map(len, parts)))


def _parts_with_choice(number: int, one: Solved) -> Iterator[list[tuple[int, int]]]:
    """Return the connected parts of a face on which goods can go in more than one manner, as (item, way).

    A part is bound when its ways make a tree and at most one of its places may keep or lack something.
    """
    joined: dict[str, str] = {}

    def root(place: str) -> str:
        while joined.setdefault(place, place) != place:
            joined[place] = joined[joined[place]]
            place = joined[place]
        return place

    for way in one.ways:
        joined[root(way.need_id)] = root(f"supply {way.supply}")
    parts: dict[str, list[tuple[int, int]]] = {}
    for at, way in enumerate(one.ways):
        parts.setdefault(root(way.need_id), []).append((number, at))
    loose: dict[str, int] = {}
    for place in joined:
        is_loose = not one.supplies[int(place.split()[1])][1] if place.startswith("supply ") else place in one.may_lack
        loose[root(place)] = loose.get(root(place), 0) + is_loose
    sizes: dict[str, int] = {}
    for place in joined:
        sizes[root(place)] = sizes.get(root(place), 0) + 1
    yield from (ways for name, ways in parts.items() if len(ways) >= sizes[name] or loose[name] > 1)


@dataclass
class _Rows:
    """Rows of a whole-number programme as they are laid."""

    starts: list[int] = field(default_factory=list)
    index: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, entries: Sequence[tuple[int, float]], lower: float, upper: float) -> None:
        self.starts.append(len(self.index))
        for column, value in entries:
            self.index.append(column)
            self.values.append(value)
        self.lower.append(lower)
        self.upper.append(upper)


class _Choice:
    """The programme: what goes on each open way, what is lacking, and the lorries of each way between depot and destination."""

    def __init__(self, ground: Ground, solved: Sequence[Solved], open_ways: Container[tuple[int, int]]) -> None:
        self._ground, self._solved, self._open = ground, solved, open_ways
        self._needs = {need.id: need for need in ground.question.needs}
        self._rows = _Rows()
        self._most: list[float] = []  # of each column
        self._least: list[float] = []
        self._costs: list[float] = []
        self._of_way: dict[tuple[int, int], int] = {}  # (item, way) → column
        self._lorries: dict[tuple[int, str], int] = {}  # (depot, destination) → column
        self._loads: dict[tuple[int, str], list[tuple[int, float]]] = {}
        self._riding: dict[tuple[int, str], float] = {}  # grams that go anyhow

    def solve(self, *, is_all: bool) -> Fewest:
        for number, one in enumerate(self._solved):
            self._lay(number, one)
        self._lay_lorries()
        solver = quiet_solver(mip_max_nodes=_MOST_NODES, mip_rel_gap=0.0)
        solver.passModel(self._model())
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Fewest(None, False)
        values = np.rint(np.array(solver.getSolution().col_value)).astype(np.int64)
        return Fewest(tuple(self._sent(values)), is_all and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _column(self, most: float, cost: float = 0.0, least: float = 0.0) -> int:
        self._most.append(most)
        self._least.append(least)
        self._costs.append(cost)
        return len(self._most) - 1

    def _lay(self, number: int, one: Solved) -> None:
        of_need: dict[str, list[tuple[int, float]]] = {}
        of_supply: dict[int, list[tuple[int, float]]] = {}
        for place, way in enumerate(one.ways):
            need = self._needs[way.need_id]
            grams, key = self._ground.question.unit_grams.get(need.item_id, 0), (way.row, need.destination)
            if (number, place) in self._open:
                column = self._of_way[number, place] = self._column(way.most)
                of_need.setdefault(way.need_id, []).append((column, 1.0))
                of_supply.setdefault(way.supply, []).append((column, 1.0))
                self._load(key, column, float(grams), way.most)
            elif way.sent:
                self._riding[key] = self._riding.get(key, 0.0) + grams * way.sent
        for need_id, entries in of_need.items():
            wanted = float(self._ground.lacks[need_id])
            lacking = [(self._column(wanted), 1.0)] if need_id in one.may_lack else []
            self._rows.add([*entries, *lacking], wanted, wanted)
        for supply, entries in of_supply.items():
            there, all_goes = one.supplies[supply]
            self._rows.add(entries, float(there) if all_goes else 0.0, float(there))

    def _load(self, way: tuple[int, str], column: int, grams: float, most: int) -> None:
        lorry = self._lorry(way)
        if grams:
            self._loads.setdefault(way, []).append((column, grams))
        else:
            self._rows.add([(column, 1.0), (lorry, -float(most))], -highspy.kHighsInf, 0.0)

    def _lorry(self, way: tuple[int, str]) -> int:
        if way not in self._lorries:
            self._lorries[way] = self._column(highspy.kHighsInf, 1.0)
        return self._lorries[way]

    def _lay_lorries(self) -> None:
        """A lorry carries its tonnes; what the officer fixed and what has no choice rides along."""
        question = self._ground.question
        for line in self._ground.lines:
            need = self._needs[line.need_id]
            if line.quantity:
                way = (self._ground.row_of[line.site_id], need.destination)
                self._riding[way] = self._riding.get(way, 0.0) + line.quantity * question.unit_grams.get(need.item_id, 0)
        for way, lorry in self._lorries.items():
            self._least[lorry] = float(way in self._riding)
            tonnes = question.depots[way[0]].lorry_tonnes or question.rules.lorry_tonnes
            loads = [(column, grams / 1_000.0) for column, grams in self._loads.get(way, ())]
            self._rows.add([*loads, (lorry, -tonnes * 1_000.0)], -highspy.kHighsInf, -self._riding.get(way, 0.0) / 1_000.0)

    def _model(self) -> highspy.HighsLp:
        model, rows, columns = highspy.HighsLp(), self._rows, len(self._most)
        model.num_col_, model.num_row_ = columns, len(rows.lower)
        model.col_cost_, model.col_lower_, model.col_upper_ = (np.array(part) for part in (self._costs, self._least, self._most))
        model.row_lower_, model.row_upper_ = np.array(rows.lower), np.array(rows.upper)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array([*rows.starts, len(rows.index)], dtype=np.int32)
        model.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
        model.a_matrix_.value_ = np.array(rows.values)
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        return model

    def _sent(self, values: NDArray[np.int64]) -> Iterator[AllocationLine]:
        for number, one in enumerate(self._solved):
            for place, way in enumerate(one.ways):
                column = self._of_way.get((number, place))
                quantity = way.sent if column is None else int(values[column])
                if quantity:
                    yield AllocationLine(way.need_id, self._ground.question.depots[way.row].site_id, quantity, 0)
