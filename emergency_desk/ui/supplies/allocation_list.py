"""The list of an allocation as the page holds it: every change is kept at once, one after the other, and outlives the page and the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from emergency_desk.domain.accounts import Act
from emergency_desk.domain.allocation import FixedLine
from emergency_desk.domain.allocation_board import AllocationBoard, WantedGoods
from emergency_desk.domain.allocation_lists import AllocationList
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.services import stock_allocation
from emergency_desk.services.desk import Desk, Done
from emergency_desk.ui.supplies.stock_acts import StockGround, read_ground
from emergency_desk.ui.workplace import Workplace

Read = tuple[AllocationBoard, StockGround, AllocationList | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks: what is wanted, what the officer fixed, how far depots are asked."""

    wanted: tuple[WantedGoods, ...] = ()
    fixed: tuple[FixedLine, ...] = ()
    reach_minutes: int | None = None


def asked_of(kept: AllocationList) -> Asked:
    """Return what a kept list asks."""
    return Asked(kept.wanted, kept.fixed, kept.reach_minutes)


def read_allocation(desk: Desk, asked: Asked, kept_id: Id | None) -> Read:
    """Read the question with its quick answer; a list that somebody changed meanwhile is taken up. Runs on the store thread."""
    newest = stock_allocation.newest_list(desk)
    if newest is not None and newest.id != kept_id:
        asked = asked_of(newest)
    board = stock_allocation.read_board(desk, wanted=asked.wanted, fixed=asked.fixed, reach_minutes=asked.reach_minutes)
    return board, read_ground(desk), newest


class AllocationListKept:
    """`asked` is what stands on the page. Whoever may keep goods back keeps it; another account looks without leaving a trace."""

    def __init__(self, place: Workplace, *, read_again: Callable[[], object]) -> None:
        self._place, self._read_again = place, read_again
        self.asked, self.kept_id = Asked(), None
        self.is_keeping, self._is_behind = False, False

    asked: Asked
    kept_id: Id | None

    def change(self, **changed: object) -> None:
        """Ask otherwise, and keep it; what changes while it is being kept is kept right after."""
        self.asked = replace(self.asked, **changed)  # type: ignore[arg-type]
        if not self._place.desk.can(Act.CLAIM_STOCK):
            self._read_again()
        elif self.is_keeping:
            self._is_behind = True
        else:
            self._keep()

    def _keep(self) -> None:
        desk, asked, based_on = self._place.desk, self.asked, self.kept_id
        self.is_keeping = True
        self._place.ask(lambda: stock_allocation.keep_list(desk, wanted=asked.wanted, fixed=asked.fixed, reach_minutes=asked.reach_minutes,
                                                           based_on=based_on), then=self._kept, refused=self._refused)

    def _kept(self, done: Done[AllocationList]) -> None:
        self.kept_id, self.is_keeping = done.value.id, False
        if self._is_behind:
            self._is_behind = False
            self._keep()
        else:
            self._read_again()

    def _refused(self, error: DeskError) -> None:
        """Somebody else changed the list: theirs is read, ours was not kept and is told so."""
        self.is_keeping = self._is_behind = False
        self._place.window.explain(error)
        self._read_again()

    def take(self, kept: AllocationList | None, board: AllocationBoard) -> None:
        """Take up what was read: the list of another window, less what is over meanwhile."""
        if kept is not None and kept.id != self.kept_id:
            self.kept_id, self.asked = kept.id, asked_of(kept)
        self.asked = replace(self.asked, wanted=board.wanted, fixed=board.question.fixed)
