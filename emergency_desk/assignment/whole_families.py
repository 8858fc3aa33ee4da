"""The programme in whole families: a number of families on every way, each family somewhere or without a place, no shelter above its places."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import highspy
import numpy as np

from emergency_desk.assignment.seating import penalty_of
from emergency_desk.assignment.solver import quiet_solver
from emergency_desk.domain.shelter_assignment import AssignmentLine, FamilyKind
from emergency_desk.domain.shelter_assignment_quick import AssignmentGround, Near

_SECONDS = 2.0


class Way(NamedTuple):
    """Families of a kind may go to a shelter."""

    kind: FamilyKind
    near: Near


class WholeFamilies:
    """Columns: the ways, then who has no place. Rows: the kinds, then the shelters."""

    def __init__(self, ways: Sequence[Way], ground: AssignmentGround) -> None:
        self._ways, self._ground = ways, ground
        self._kinds = [kind for kind in ground.question.kinds if ground.waiting[kind.id]]
        self._row_of = {kind.id: number for number, kind in enumerate(self._kinds)}
        self.lines: list[AssignmentLine] = []

    def solve(self, start: Sequence[AssignmentLine]) -> int:
        """Solve in the time there is, from an answer that is known; `lines` are then the best that was found. Return what is proved."""
        solver = quiet_solver(time_limit=_SECONDS, mip_rel_gap=0.0, mip_abs_gap=0.999)
        solver.passModel(self._model())
        begun = highspy.HighsSolution()
        begun.col_value = self._columns_of(start)
        solver.setSolution(begun)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status == 2:
            found = np.rint(np.array(solver.getSolution().col_value)[:len(self._ways)]).astype(int).tolist()
            self.lines = [AssignmentLine(way.kind.id, self._ground.shelters[way.near.row].shelter_id, count, 0)
                          for way, count in zip(self._ways, found, strict=True) if count]
        proved = info.mip_dual_bound
        return ceil(proved - 1e-6 * max(1.0, abs(proved))) if np.isfinite(proved) else -(1 << 60)

    def _model(self) -> highspy.HighsLp:
        ground, ways, kinds = self._ground, self._ways, self._kinds
        model, rules = highspy.HighsLp(), self._ground.question.rules
        waiting = np.array([ground.waiting[kind.id] for kind in kinds], dtype=np.float64)
        model.num_col_, model.num_row_ = len(ways) + len(kinds), len(kinds) + len(ground.left)
        model.col_cost_ = np.array([way.near.weight * way.kind.people for way in ways]
                                   + [penalty_of(kind, rules) * kind.people for kind in kinds], dtype=np.float64)
        model.col_lower_ = np.zeros(model.num_col_)
        most = [min(ground.waiting[way.kind.id], ground.left[way.near.row] // way.kind.people) for way in ways]
        model.col_upper_ = np.concatenate([np.array(most, dtype=np.float64), waiting])
        model.row_lower_ = np.concatenate([waiting, np.full(len(ground.left), -highspy.kHighsInf)])
        model.row_upper_ = np.concatenate([waiting, np.array(ground.left, dtype=np.float64)])
        index = [place for way in ways for place in (self._row_of[way.kind.id], len(kinds) + way.near.row)]
        value = [one for way in ways for one in (1.0, float(way.kind.people))]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([2 * np.arange(len(ways)), 2 * len(ways) + np.arange(len(kinds) + 1)]).astype(np.int32)
        model.a_matrix_.index_ = np.array(index + list(range(len(kinds))), dtype=np.int32)
        model.a_matrix_.value_ = np.array(value + [1.0] * len(kinds), dtype=np.float64)
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        return model

    def _columns_of(self, start: Sequence[AssignmentLine]) -> list[float]:
        sent = {(line.kind_id, line.shelter_id): line.families for line in start}
        found = [sent.get((way.kind.id, self._ground.shelters[way.near.row].shelter_id), 0) for way in self._ways]
        left = {kind.id: self._ground.waiting[kind.id] for kind in self._kinds}
        for way, count in zip(self._ways, found, strict=True):
            left[way.kind.id] -= count
        return [float(one) for one in (*found, *(left[kind.id] for kind in self._kinds))]
