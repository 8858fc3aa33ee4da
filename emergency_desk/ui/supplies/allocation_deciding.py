"""What becomes of an allocation: its lots kept back, one act for each depot, or all of it ordered out by release orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from emergency_desk.domain.allocation import Allocation, AllocationLine, GoodsNeed, by_depot
from emergency_desk.domain.allocation_board import AllocationBoard, KeptBack
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.release_orders import ToRelease
from emergency_desk.domain.stock_acts import StockDocument
from emergency_desk.services import releases, stock, stock_allocation
from emergency_desk.services.desk import Done
from emergency_desk.ui.incidents.inline_form import Answers, Ask, InlineForm
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.labels import field_label

Settled = Callable[[tuple[AllocationLine, ...], Callable[[], object] | None, str], object]


class AllocationDeciding:
    """Does depot after depot; what is refused stops it there, and what was done before stands."""

    def __init__(self, place: Workplace, form: InlineForm, *, settled: Settled) -> None:
        self.place, self.form, self._settled = place, form, settled
        self.is_at_work = False

    # -- keeping back --------------------------------------------------------------------------------------------------
    def keep_back(self, board: AllocationBoard, answer: Allocation) -> None:
        """Keep the lots of every line back for whom they are."""
        lines = _sent(answer)
        if self.is_at_work or not lines:
            self._nothing(lines)
            return
        self.is_at_work = True
        self._next(board, list(by_depot(lines).items()), [], [])

    def _next(
        self, board: AllocationBoard, waiting: list[tuple[Id, list[AllocationLine]]], done: list[AllocationLine], documents: list[str],
    ) -> None:
        if not waiting:
            self._kept_back(done, documents)
            return
        desk, needs = self.place.desk, {need.id: need for need in board.question.needs}
        site_id, lines = waiting[0]
        kept = tuple(KeptBack(needs[each.need_id].item_id, each.quantity, needs[each.need_id].good_on, needs[each.need_id].incident_id)
                     for each in lines)

        def then(answer: Done[StockDocument]) -> None:
            self._next(board, waiting[1:], [*done, *lines], [*documents, answer.value.number])

        def refused(error: DeskError) -> None:
            self._kept_back(done, documents)
            self.place.window.explain(error)

        self.place.ask(lambda: stock_allocation.keep_back(desk, site_id=site_id, lines=kept), then=then, refused=refused)

    def _kept_back(self, done: Sequence[AllocationLine], documents: Sequence[str]) -> None:
        self.is_at_work = False
        desk = self.place.desk

        def undo() -> None:
            for number in documents:
                self.place.ask(partial(stock.void_document, desk, number=number, reason=_("taken back at once")))

        count = len(documents)
        told = ngettext("Kept back in {count} depot: {documents}.", "Kept back in {count} depots: {documents}.", count).format(
            count=count, documents=_(", ").join(documents)) if documents else ""
        self._settled(tuple(done), undo, told)

    # -- ordering out --------------------------------------------------------------------------------------------------
    def order_out(self, board: AllocationBoard, answer: Allocation) -> None:
        """Ask who approves; then each destination has its orders, one for each depot."""
        lines = _sent(answer)
        if self.is_at_work or not lines:
            self._nothing(lines)
            return

        def do(answers: Answers) -> None:
            by_destination: dict[str, list[AllocationLine]] = {}
            needs = {need.id: need for need in board.question.needs}
            for each in lines:
                by_destination.setdefault(needs[each.need_id].destination, []).append(each)
            self.is_at_work = True
            self._order(needs, answers, list(by_destination.values()), [], [])

        fields = (Ask(name="approved_by", label=field_label("approved_by")), Ask(name="approved_how", label=field_label("approved_how")))
        self.form.ask(_("Order all of it out"), fields, _("Order out"), do,
                      note=_("One release order for each depot and destination; its lots are kept back at once."))

    def _order(
        self, needs: dict[str, GoodsNeed], answers: Answers, waiting: list[list[AllocationLine]], done: list[AllocationLine], orders: list[str],
    ) -> None:
        if not waiting:
            self._ordered(done, orders)
            return
        desk, lines, namer = self.place.desk, waiting[0], self.place.namer()
        need = needs[lines[0].need_id]
        asked = tuple(ToRelease(site_id=each.site_id, item_id=needs[each.need_id].item_id, quantity=each.quantity,
                                good_on=needs[each.need_id].good_on) for each in lines)
        place = namer.area(need.area_id) if need.incident_id is None and need.area_id is not None else ""

        def then(answer: Done[releases.Released]) -> None:
            self._order(needs, answers, waiting[1:], [*done, *lines], [*orders, *(one.number for one in answer.value)])

        def refused(error: DeskError) -> None:
            if done:
                self._ordered(done, orders)
                self.place.window.explain(error)
            else:
                self.is_at_work = False
                self.form.refused(error)

        self.place.ask(lambda: releases.release(desk, lines=asked, approved_by=answers["approved_by"], approved_how=answers["approved_how"],
                                                incident_id=need.incident_id, place=place), then=then, refused=refused)

    def _ordered(self, done: Sequence[AllocationLine], orders: Sequence[str]) -> None:
        self.is_at_work = False
        count = len(orders)
        self._settled(tuple(done), None, ngettext("{count} release order: {orders}.", "{count} release orders: {orders}.", count).format(
            count=count, orders=_(", ").join(orders)))

    def _nothing(self, lines: Sequence[AllocationLine]) -> None:
        if not lines:
            self.place.window.notices.refuse(_("Nothing is sent, so there is nothing to decide."))


def _sent(answer: Allocation) -> tuple[AllocationLine, ...]:
    return tuple(each for each in answer.lines if each.quantity)
