"""Who goes to which shelter: 20,000 people in families to 300 shelters, at once and then proved within one per cent."""

from __future__ import annotations

from collections.abc import Iterator
from gc import collect
from time import perf_counter

from emergency_desk.assignment.shelter_assignment import exact_answer
from emergency_desk.domain.shelter_assignment import Assignment
from emergency_desk.domain.shelter_assignment_quick import AssignmentGround, quick_answer
from tests.benchmarks.rows import Row, median_ms
from tests.shelter_assignments import district

_QUICK_MS, _BETTER_MS, _PERCENT = 300, 5_000, 1.0


def run() -> list[Row]:
    """Return the rows of the table."""
    return [row for name, share in (("ample", 0.6), ("tight", 0.95), ("short", 1.05)) for row in _rows(name, share)]


def _rows(name: str, share: float) -> Iterator[Row]:
    asked = district(share)
    quick = quick_answer(asked)

    def ways() -> None:
        ground = AssignmentGround(asked)
        for kind in asked.kinds:
            ground.near(kind.position)

    yield Row.within_ms(f"20,000 people to 300 shelters at once, places are {name}", floor_name="every way there is", floor_ms=median_ms(ways),
                        ours_ms=median_ms(lambda: quick_answer(asked)), ms=_QUICK_MS)
    collect()
    start = perf_counter()
    better = exact_answer(asked, quick)
    took = (perf_counter() - start) * 1_000
    assert better.gap_percent is not None and better.gap_percent <= _PERCENT, f"proved within one per cent, not {better.gap_percent}"
    yield Row.within_ms(f"better, at most {better.gap_percent:.2f} % from the best (quick {_behind(quick.worth.weight, better):.0f} %), {name}",
                        floor_name="the quick answer", floor_ms=median_ms(lambda: quick_answer(asked)), ours_ms=took, ms=_BETTER_MS)


def _behind(weight: int, better: Assignment) -> float:
    return 100 * (weight - (better.bound or 0)) / max(1, better.worth.minutes)
