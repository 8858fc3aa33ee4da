"""The exact answer: what is sent from where at the least, proved.

Items do not compete for stock, so each is a transport problem of its own (`transport`). Among the answers that are as good in what is unmet and
in minutes, the one with the fewest lorries is looked for at the end (`fewest_lorries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from emergency_desk.assignment.fewest_lorries import fewest_lorries
from emergency_desk.assignment.transport import Solved, Transport
from emergency_desk.domain.allocation import PRIORITIES, Allocation, AllocationQuestion, GoodsNeed, weight_of
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.allocation_quick import answer_of
from emergency_desk.domain.ids import Id


def exact_answer(question: AllocationQuestion, quick: Allocation) -> Allocation:
    """Return the best answer there is with what proves it; never worse than the quick one, and the same for the same question."""
    ground = Ground(question)
    solved = [Transport(ground, item_id, needs).solve() for item_id, needs in _by_item(ground)]
    bound, found = _bound(ground, solved), fewest_lorries(ground, solved)
    sent = found.sent if found.sent is not None else tuple(line for one in solved for line in one.sent)
    best = answer_of(question, sent)
    if quick.worth < best.worth:
        best = answer_of(question, [line for line in quick.lines if not line.is_fixed])
    is_best = (best.worth.unmet, best.worth.minutes) == bound
    return replace(best, bound=bound, are_trips_least=is_best and found.is_proved)


def _by_item(ground: Ground) -> Iterator[tuple[Id, list[GoodsNeed]]]:
    by_item: dict[Id, list[GoodsNeed]] = {}
    for need in ground.question.needs:
        if ground.lacks[need.id] > 0:
            by_item.setdefault(need.item_id, []).append(need)
    yield from sorted(by_item.items())


def _bound(ground: Ground, solved: Sequence[Solved]) -> tuple[tuple[int, ...], int]:
    """Return what nothing can be better than: every item's own, and what the fixed lines weigh."""
    needs = {need.id: need for need in ground.question.needs}
    minutes = sum(line.quantity * weight_of(needs[line.need_id], line.minutes, ground.question.rules) for line in ground.lines)
    unmet = [0] * len(PRIORITIES)
    for one in solved:
        minutes += one.least_minutes
        for priority, quantity in one.unmet.items():
            unmet[priority - 1] += quantity
    return tuple(unmet), minutes
