"""Works out the better answer of who goes to which shelter; run in the helper process, which alone loads the solver."""

from __future__ import annotations

from emergency_desk.domain.shelter_assignment import Assignment, AssignmentQuestion


def better_answer(question: AssignmentQuestion, quick: Assignment) -> Assignment:
    """Return the better answer with what is proved of it, never worse than the quick one."""
    from emergency_desk.assignment.shelter_assignment import exact_answer

    return exact_answer(question, quick)
