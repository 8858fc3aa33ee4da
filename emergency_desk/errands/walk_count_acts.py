"""The acts and figures of stock-taking: opened, counted, approved, given up. A count is the newest one, or named by the end of its number."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.count_boards import CountBoard
from emergency_desk.domain.errors import WalkLacks
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock_counts import StockCount
from emergency_desk.domain.walks import ActShape, Found, Step
from emergency_desk.errands.walk_acts import Act
from emergency_desk.errands.walk_figures import Figure, asked_of
from emergency_desk.errands.walk_stage import Stage
from emergency_desk.errands.walk_stock_acts import COUNT, MOMENT, MUST, TEXT, choice, count_of, depot_of, item_of, lot_of
from emergency_desk.services import stock_counts, supplies

BLIND, WITH_BOOKS = "blind", "with_books"
NEWEST = "newest"


def count_named(stage: Stage, name: str) -> StockCount:
    """Return the newest count, or the one whose number ends so ("P2"). Raises WalkLacks."""
    serial = name.upper().removeprefix("P")
    for one in sorted(stock_counts.list_counts(stage.desk), key=lambda one: one.count.number, reverse=True):
        if name in ("", NEWEST, one.count.number) or (serial.isdigit() and one.count.number.endswith(f"-P{int(serial):04d}")):
            return one.count
    raise WalkLacks(what="count", name=name)


def _open(stage: Stage, step: Step) -> None:
    items = tuple(item_of(stage, one).id for one in _several(stage, step, "items"))
    stock_counts.open_count(stage.desk, site_id=depot_of(stage, stage.text(step, "depot")), zones=_several(stage, step, "zones"), item_ids=items,
                            is_blind=stage.text(step, "sheets") == BLIND)


def _several(stage: Stage, step: Step, key: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in stage.text(step, key).replace("，", ",").replace("、", ",").split(",") if part.strip())


def _tally(stage: Stage, step: Step) -> None:
    count = count_named(stage, stage.text(step, "count"))
    lot = lot_of(stage, stage.text(step, "lot"))
    stock_counts.tally(stage.desk, count_id=count.id, lot_id=lot.id, place_id=_place(stage, count, lot.id, stage.text(step, "bin")),
                       quantity=count_of(stage, step), unit=stage.text(step, "unit"), counted_by=stage.text(step, "by"),
                       note=stage.text(step, "note"), counted_at=step.moments.get("occurred"))


def _place(stage: Stage, count: StockCount, lot_id: Id, bin_: str) -> Id:
    """Return the bin that is named, else where the sheets have the lot. Raises WalkLacks."""
    if bin_:
        depot = next(one for one in supplies.list_depots(stage.desk, with_places=True) if one.site.id == count.site_id)
        for place in depot.places:
            if place.words == bin_:
                return place.id
        raise WalkLacks(what="bin", name=bin_)
    lines = stock_counts.count_board(stage.desk, count_id=count.id).lines
    return next((one.line.place_id for one in lines if one.line.lot_id == lot_id), count.site_id)


def _approve(stage: Stage, step: Step) -> None:
    stock_counts.approve_count(stage.desk, count_id=count_named(stage, stage.text(step, "count")).id, reason=stage.text(step, "reason"))


def _abandon(stage: Stage, step: Step) -> None:
    stock_counts.abandon_count(stage.desk, count_id=count_named(stage, stage.text(step, "count")).id, reason=stage.text(step, "reason"))


def _of_count(read: Callable[[CountBoard], Found]) -> Callable[[Stage, str], Found]:
    return lambda stage, name: read(stock_counts.count_board(stage.desk, count_id=count_named(stage, name).id))


def _differences(board: CountBoard) -> Found:
    """Return the lots that differ and by how much, in the order of the sheets."""
    return tuple(f"{board.names[one.line.id].lot} {one.difference:+d}" for one in board.differing)


COUNT_ACTS: dict[str, Act] = {
    "count_open": Act(ActShape({"depot": MUST, "zones": TEXT, "items": TEXT, "sheets": choice((WITH_BOOKS, BLIND))}), _open),
    "count_tally": Act(ActShape({"count": TEXT, "lot": MUST, "bin": TEXT, "quantity": COUNT, "unit": TEXT, "by": MUST, "note": TEXT,
                                 "occurred": MOMENT}), _tally),
    "count_approve": Act(ActShape({"count": TEXT, "reason": TEXT}), _approve),
    "count_give_up": Act(ActShape({"count": TEXT, "reason": TEXT}), _abandon),
}
COUNT_FIGURES: tuple[Figure, ...] = (
    asked_of("count.", ".state", "number", _of_count(lambda board: board.count.state.value)),
    asked_of("count.", ".to_do", "number", _of_count(lambda board: board.to_do)),
    asked_of("count.", ".differences", "number", _of_count(_differences)),
)
