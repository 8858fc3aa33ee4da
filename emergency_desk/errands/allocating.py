"""Works out the exact answer of an allocation; run in the helper process, which alone loads the solver."""

from __future__ import annotations

from emergency_desk.domain.allocation import Allocation, AllocationQuestion


def best_answer(question: AllocationQuestion, quick: Allocation) -> Allocation:
    """Return the best answer there is, never worse than the quick one."""
    from emergency_desk.assignment.stock_allocation import exact_answer

    return exact_answer(question, quick)
