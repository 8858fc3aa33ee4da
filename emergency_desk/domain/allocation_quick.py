"""The quick answer: the most pressing need first, each from the depots that are there the soonest. The same for the same question.

And what every answer tells beside its lines: why something stays unmet, and which depot would be asked next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from emergency_desk.domain.allocation import (
    Allocation,
    AllocationLine,
    AllocationQuestion,
    BoundBy,
    GoodsNeed,
    NextDepot,
    Shortfall,
    UnmetReason,
    WhyUnmet,
    in_order,
    worth_of,
)
from emergency_desk.domain.allocation_ground import Ground
from emergency_desk.domain.ids import Id

_LAST = 1 << 60
_BOUND = {BoundBy.RESERVED: WhyUnmet.RESERVED, BoundBy.QUARANTINED: WhyUnmet.QUARANTINED}


def quick_answer(question: AllocationQuestion) -> Allocation:
    """Return the answer that is there at once; it does not look for next depots."""
    ground = Ground(question)
    for need in sorted(question.needs, key=_turn):
        _serve(ground, need)
    return _finish(ground)


def with_next_depots(question: AllocationQuestion, quick: Allocation) -> Allocation:
    """Return the quick answer with which depot would be asked next for each need, as the best answer tells it too."""
    return replace(quick, next_depots=answer_of(question, [line for line in quick.lines if not line.is_fixed]).next_depots)


def _turn(need: GoodsNeed) -> tuple[int, int, int, str]:
    wanted = need.within_minutes if need.within_minutes is not None else _LAST
    return need.priority, wanted, -need.quantity, need.id


def _serve(ground: Ground, need: GoodsNeed) -> None:
    if ground.lacks[need.id] <= 0:
        return
    for minutes, row, is_known in ground.shelves[need.item_id].nearest(need.position, ground.lacks[need.id]):
        if is_known and minutes > ground.ways.reach:
            continue
        if (need.id, row) not in ground.barred:
            ground.give(need, row, ground.lacks[need.id], (minutes, is_known))
        if ground.lacks[need.id] <= 0:
            return


def answer_of(question: AllocationQuestion, lines: Iterable[AllocationLine]) -> Allocation:
    """Return the answer that some lines make beside the fixed ones, with its shortfalls and next depots."""
    ground = Ground(question)
    needs = {need.id: need for need in question.needs}
    sent: dict[tuple[str, Id], int] = {}
    for line in lines:
        sent[line.need_id, line.site_id] = sent.get((line.need_id, line.site_id), 0) + line.quantity
    for (need_id, site_id), quantity in sent.items():
        ground.give(needs[need_id], ground.row_of[site_id], quantity)
    for shelf in ground.shelves.values():
        shelf.look_again()
    return replace(_finish(ground), next_depots=tuple(_next_depots(ground)))


def _finish(ground: Ground) -> Allocation:
    """Return the answer a ground has come to."""
    lines = in_order(ground.question, ground.lines)
    return Allocation(lines=lines, worth=worth_of(ground.question, lines), shortfalls=tuple(_shortfalls(ground)), clipped=tuple(ground.clipped))


# -- what the next depot would cost -----------------------------------------------------------------------------------
def _next_depots(ground: Ground) -> Iterator[NextDepot]:
    last: dict[str, int] = {}
    used: set[tuple[str, Id]] = set()
    for line in ground.lines:
        last[line.need_id] = max(last.get(line.need_id, 0), line.minutes)
        used.add((line.need_id, line.site_id))
    for need in ground.question.needs:
        found = _next_depot(ground, need, used)
        if found is not None:
            minutes, row, quantity, known = found
            yield NextDepot(need.id, ground.question.depots[row].site_id, quantity, minutes, max(0, minutes - last.get(need.id, 0)), known)


def _next_depot(ground: Ground, need: GoodsNeed, used: set[tuple[str, Id]]) -> tuple[int, int, int, bool] | None:
    shelf, stock = ground.shelves[need.item_id], ground.question.stock
    for minutes, row, known in shelf.nearest(need.position):
        if (need.id, ground.question.depots[row].site_id) in used or (need.id, row) in ground.barred:
            continue
        quantity = shelf.usable(row, stock, need.good_on)
        if quantity:
            return minutes, row, quantity, known
    return None


# -- why something stays unmet ----------------------------------------------------------------------------------------
def _shortfalls(ground: Ground) -> Iterator[Shortfall]:
    left = _Left(ground)
    for need in ground.question.needs:
        if ground.lacks[need.id] > 0:
            yield Shortfall(need.id, ground.lacks[need.id], tuple(_reasons(ground, need, left)))


def _reasons(ground: Ground, need: GoodsNeed, left: _Left) -> Iterator[UnmetReason]:
    """Tell every reason there is: where the goods are that cannot be had."""
    own = sum(line.quantity for line in ground.lines if line.need_id == need.id)
    given = left.sent[need.item_id] - own
    others = [*left.free(need), *left.gone(need), *left.bound(need)]
    if own and not any(one.why is WhyUnmet.OFFICER for one in others):
        yield UnmetReason(WhyUnmet.ALL_SENT, own)  # nothing in reach is left: all that could be had goes to it
    if given:
        yield UnmetReason(WhyUnmet.GIVEN_ELSEWHERE, given)
    yield from others
    if not own and not given and not others:
        yield UnmetReason(WhyUnmet.NOT_KEPT, 0)


class _Left:
    """What is left of each item when everything is sent, added up once for all needs."""

    def __init__(self, ground: Ground) -> None:
        self._ground, self._stock = ground, ground.question.stock
        self.sent = {item_id: 0 for item_id in ground.shelves}
        for line in ground.lines:
            self.sent[ground.item_of[line.need_id]] += line.quantity
        self._usable: dict[tuple[Id, date], int] = {}

    def free(self, need: GoodsNeed) -> Iterator[UnmetReason]:
        """Tell what stands free and is not sent: not from there by the officer's word, or beyond the reach."""
        shelf, depots = self._ground.shelves[need.item_id], self._ground.question.depots
        barred = sorted((-shelf.usable(row, self._stock, need.good_on), row) for need_id, row in self._ground.barred if need_id == need.id)
        turned_down = -sum(each[0] for each in barred)
        if turned_down:
            yield UnmetReason(WhyUnmet.OFFICER, turned_down, depots[barred[0][1]].site_id)
        far = self._all_usable(need) - turned_down
        nearest = _next_depot(self._ground, need, set()) if far else None
        if nearest is not None:
            yield UnmetReason(WhyUnmet.OUT_OF_REACH, far, depots[nearest[1]].site_id, nearest[0])

    def gone(self, need: GoodsNeed) -> Iterator[UnmetReason]:
        """Tell what expires before it is wanted, and where the last of it stands."""
        shelf, depots = self._ground.shelves[need.item_id], self._ground.question.depots
        gone = sorted((expires_on, row, quantity) for row, batch in shelf.batches.items() for expires_on, quantity in batch
                      if expires_on is not None and self._stock.is_expired(expires_on, need.good_on))
        if gone:
            last, row, _quantity = gone[-1]
            yield UnmetReason(WhyUnmet.EXPIRES_BEFORE, sum(each[2] for each in gone), depots[row].site_id, expires_on=last)

    def bound(self, need: GoodsNeed) -> Iterator[UnmetReason]:
        """Tell what is kept back, for whom, and what lies in quarantine."""
        found: dict[tuple[WhyUnmet, str], int] = {}
        for bound in self._ground.question.bound:
            if bound.item_id == need.item_id:
                key = (_BOUND[bound.by], bound.claim)
                found[key] = found.get(key, 0) + bound.quantity
        for (why, claim), quantity in sorted(found.items(), key=lambda each: (each[0][0], -each[1], each[0][1])):
            yield UnmetReason(why, quantity, claim=claim)

    def _all_usable(self, need: GoodsNeed) -> int:
        key = (need.item_id, need.good_on)
        if key not in self._usable:
            shelf = self._ground.shelves[need.item_id]
            self._usable[key] = sum(shelf.usable(row, self._stock, need.good_on) for row in shelf.batches)
        return self._usable[key]
