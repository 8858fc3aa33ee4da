"""What is sent from where: 200 needs over 2,000 depots, when stock is ample and when it is tight.

The quick answer has 50 ms. The exact one, with its proof, its words for what is missing and its lorries, stands beside HiGHS solving the plain
programme over every way there is, whose arrays are laid before the clock starts. Both must come to the same weight, and the exact answer is
never worse than the quick one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from gc import collect
from random import Random
from statistics import median
from time import perf_counter

import highspy
import numpy as np

from emergency_desk.assignment.solver import quiet_solver
from emergency_desk.assignment.stock_allocation import exact_answer
from emergency_desk.assignment.transport import NO_WAY, Transport
from emergency_desk.domain.allocation import Allocation, AllocationQuestion, AllocationRules, Goods, GoodsNeed, SendingDepot
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.allocation_quick import quick_answer
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_rules import StockRules
from tests.allocations import TENT, TODAY, TRAVEL
from tests.benchmarks.rows import Row, median_ms

NEEDS, DEPOTS, ROUNDS = 200, 2_000, {"ample": 3, "tight": 1, "short": 1}  # over every way a tight one takes seconds
RULES = AllocationRules(reach_minutes=240, late_factor=10, minute_weights=(4, 2, 1), loading_minutes=60, lorry_tonnes=5)
_MS, _EXACT_AMPLE, _EXACT_TIGHT = 50, 0.1, 1.0


def run() -> list[Row]:
    """Return the rows of the table."""
    smaller = [_smaller(part) for part in (100, 10)]
    return smaller + [row for name, share in (("ample", 0.1), ("tight", 0.9), ("short", 1.1)) for row in _rows(name, share)]


def _smaller(part: int) -> Row:
    """Measure the quick answer of a smaller province."""
    asked = province(0.9, part=part)
    return Row.within_ms(f"quick answer, {len(asked.needs)} needs over {len(asked.depots):,} depots", floor_name="reading the ground",
                         floor_ms=median_ms(lambda: Ground(asked)), ours_ms=median_ms(lambda: quick_answer(asked)), ms=_MS)


def _rows(name: str, share: float) -> Iterator[Row]:
    asked = province(share)
    quick = quick_answer(asked)
    yield Row.within_ms(f"quick answer, stock is {name}", floor_name="reading the ground", floor_ms=median_ms(lambda: Ground(asked)),
                        ours_ms=median_ms(lambda: quick_answer(asked)), ms=_MS)
    plain, ours, answer = _side_by_side(asked, quick, ROUNDS[name])
    assert answer.is_proved and answer.worth <= quick.worth, "never worse than the quick answer"
    yield Row.within_times(f"exact and proved, stock is {name}", floor_name="HiGHS over every way", floor_ms=plain, ours_ms=ours,
                           times=_EXACT_AMPLE if name == "ample" else _EXACT_TIGHT)


def province(share: float, *, seed: int = 11, part: int = 1) -> AllocationQuestion:
    """Depots and needs over a degree of latitude and longitude; so large a share of what there is is wanted."""
    dice = Random(seed)

    def somewhere() -> tuple[float, float]:
        return 36 + dice.random(), 120 + dice.random()

    depots = tuple(SendingDepot(Id(f"d{number:04d}"), somewhere(), dice.choice((30, 40, 45, 60)), 10) for number in range(DEPOTS // part))
    goods = tuple(Goods(depot.site_id, TENT, dice.randint(1, 60), date(2027, 1 + dice.randrange(12), 1)) for depot in depots)
    mean = sum(one.quantity for one in goods) * share / (NEEDS // part)
    needs = tuple(GoodsNeed(id=f"n{number:03d}", item_id=TENT, quantity=max(1, round(mean * dice.uniform(0.3, 1.7))), destination=f"p{number}",
                            good_on=TODAY, priority=dice.choice((1, 2, 3)), position=somewhere(), within_minutes=dice.choice((60, 120, None)))
                  for number in range(NEEDS // part))
    return AllocationQuestion(needs=needs, depots=depots, goods=goods, travel=TRAVEL, stock=StockRules(), rules=RULES, unit_grams={TENT: 50_000})


def _side_by_side(asked: AllocationQuestion, quick: Allocation, rounds: int) -> tuple[float, float, Allocation]:
    """Return the milliseconds of both, in turn, and the exact answer; both have come to the same weight."""
    model, penalty = _plain(asked)
    theirs, ours = [], []
    for _round in range(rounds):
        collect()
        start = perf_counter()
        solver = quiet_solver()
        solver.passModel(model)
        solver.run()
        middle = perf_counter()
        answer = exact_answer(asked, quick)
        end = perf_counter()
        theirs.append((middle - start) * 1_000)
        ours.append((end - middle) * 1_000)
        lacks = {one.need_id: one.quantity for one in answer.shortfalls}
        weight = answer.worth.minutes + sum(int(penalty[number]) * lacks.get(need.id, 0) for number, need in enumerate(asked.needs))
        assert abs(solver.getInfo().objective_function_value - weight) < 1, "both come to the same weight"
    return median(theirs), median(ours), answer


def _plain(asked: AllocationQuestion) -> tuple[highspy.HighsLp, np.ndarray]:
    """Return the programme over every way there is, as it is handed to the solver, and what a unit unmet weighs."""
    problem = Transport(Ground(asked), TENT, asked.needs)
    ways = np.argwhere(problem.weights < NO_WAY)
    needs, supplies = problem.weights.shape
    count, model = len(ways), highspy.HighsLp()
    model.num_col_, model.num_row_ = needs + count, needs + supplies
    model.col_cost_ = np.concatenate([problem.penalty, problem.weights[problem.weights < NO_WAY]]).astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(needs + count), np.full(needs + count, highspy.kHighsInf)
    model.row_lower_ = np.concatenate([problem.wanted.astype(float), np.full(supplies, -highspy.kHighsInf)])
    model.row_upper_ = np.concatenate([problem.wanted, problem.there]).astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([np.arange(needs), needs + 2 * np.arange(count + 1)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([np.arange(needs), (ways + np.array([0, needs])).ravel()]).astype(np.int32)
    model.a_matrix_.value_ = np.ones(needs + 2 * count)
    return model, problem.penalty
