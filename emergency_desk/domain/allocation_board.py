"""What the page of an allocation works with: what is wanted, as somebody said it, and the question with the names of all that stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from emergency_desk.domain.allocation import Allocation, AllocationQuestion, FixedLine, LaterOption
from emergency_desk.domain.allocation_quick import quick_answer
from emergency_desk.domain.errors import FieldRefused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.stock_errors import StockShort
from emergency_desk.domain.supplies import ReserveKind, SupplyItem, SupplyPromise, check_count
from emergency_desk.domain.supply_over_time import given_by
from emergency_desk.domain.texts import Text

_DAY_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGoods:
    """So much of an item is wanted for an incident or in an area. `key` tells it from the others; `clause`: the plan's, when it comes from one.

    `good_days`: how many days after it is there it must still be in date.
    """

    key: str
    item_id: Id
    quantity: int
    incident_id: Id | None = None
    area_id: Id | None = None
    priority: int = 2
    within_minutes: int | None = None
    good_days: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWanted:
    """What the levels in force of an incident's plan ask for: what is wanted still, what is covered, what no stock keeps in the plan's unit."""

    wanted: tuple[WantedGoods, ...] = ()
    covered: tuple[tuple[Text, int], ...] = ()
    not_kept: tuple[tuple[Text, int], ...] = ()
    has_plan: bool = False


@dataclass(frozen=True, slots=True)
class RunningIncident:
    """An incident that goods may be wanted for."""

    id: Id
    number: str
    title: str
    area_id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationBoard:
    """A question, the quick answer to it, and the names of what stands in it (Chinese, English)."""

    wanted: tuple[WantedGoods, ...]
    question: AllocationQuestion
    quick: Allocation
    items: Mapping[Id, SupplyItem]
    sites: Mapping[Id, tuple[str, str]]
    running: tuple[RunningIncident, ...]
    numbers: Mapping[str, str]  # of incidents, by id
    later: tuple[LaterOption, ...] = ()
    partners: Mapping[Id, str] | None = None

    def wanted_of(self, need_id: str) -> WantedGoods:
        """Return what was wanted, by its key."""
        return next(one for one in self.wanted if one.key == need_id)


@dataclass(frozen=True, slots=True)
class KeptBack:
    """So much of an item is kept back in a depot for an incident (None: without one), in date on a day."""

    item_id: Id
    quantity: int
    good_on: date
    incident_id: Id | None = None


def check_wanted(wanted: WantedGoods) -> WantedGoods:
    """Return what is wanted if it can be asked for. Raises FieldRefused, FieldUnreadable."""
    check_count("quantity", wanted.quantity)
    if wanted.priority not in (1, 2, 3):
        raise FieldRefused(name="priority", reason="quantity", typed=str(wanted.priority), other="1-3")
    if wanted.within_minutes is not None:
        check_count("within_minutes", wanted.within_minutes, most=60 * 24 * 30)
    check_count("good_days", wanted.good_days, least=0, most=3_650)
    return wanted


def check_fixed(board: AllocationBoard, fixed: FixedLine) -> FixedLine:
    """Return a fixed line that can be kept beside the others. Raises StockShort, FieldRefused, FieldUnreadable."""
    check_count("quantity", fixed.quantity, least=0)
    others = tuple(one for one in board.question.fixed if (one.need_id, one.site_id) != (fixed.need_id, fixed.site_id))
    need = next(one for one in board.question.needs if one.id == fixed.need_id)
    most = need.quantity - sum(one.quantity for one in others if one.need_id == need.id)
    if fixed.quantity > most:
        raise FieldRefused(name="quantity", reason="quantity", typed=str(fixed.quantity), other=f"0-{max(0, most)}")
    answer = quick_answer(_with_fixed(board.question, (*others, fixed)))
    if fixed in answer.clipped:
        there = sum(line.quantity for line in answer.lines if (line.need_id, line.site_id) == (fixed.need_id, fixed.site_id))
        raise StockShort(item=board.items[need.item_id].name, place=board.sites[fixed.site_id][0], wanted=fixed.quantity, there=there)
    return fixed


def _with_fixed(question: AllocationQuestion, fixed: tuple[FixedLine, ...]) -> AllocationQuestion:
    return AllocationQuestion(
        needs=question.needs, depots=question.depots, goods=question.goods, travel=question.travel, stock=question.stock, rules=question.rules,
        fixed=fixed, bound=question.bound, unit_grams=question.unit_grams)


def later_options(
    wanted: Sequence[WantedGoods], promises: Sequence[SupplyPromise], drawn: Mapping[Id, int], *, at: datetime,
) -> tuple[LaterOption, ...]:
    """Return what agreements and lines could give of each thing wanted, and when at the earliest; of those that hold by then."""
    found = []
    for one in wanted:
        for promise in promises:
            hours = promise.call_off_hours if promise.kind is ReserveKind.CONTRACT else (promise.start_up_days + 1) * _DAY_HOURS
            quantity = given_by(promise, hours, drawn=drawn.get(promise.id, 0))
            today, then = local_day(at), local_day(at + timedelta(hours=hours))
            if promise.item_id == one.item_id and quantity and promise.is_valid_on(today) and promise.is_valid_on(then):
                found.append(LaterOption(one.key, promise.kind, promise.id, quantity, hours))
    return tuple(sorted(found, key=lambda option: (option.need_id, option.hours, -option.quantity, option.promise_id)))
