"""A depot counted while goods move, slips lie about, documents are taken back and things vanish: after approval the books are the shelf."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from emergency_desk.domain.stock_counts import CountState, StockCount
from emergency_desk.services import stock, stock_counts
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground

LOTS = ("甲", "乙")


class Seen(NamedTuple):
    """What truly stood there at a moment, and how much had vanished by then without a document."""

    at: datetime
    shelf: dict[str, int]
    lost: dict[str, int]


class AnyCount(RuleBasedStateMachine):
    """`shelf` is what truly stands there; the books learn of it by movements, by slips entered late, and by the count."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.on: Ground = ground(Path(self._folder.name))

    def teardown(self) -> None:
        self.on.desk.store.close()
        self._folder.cleanup()

    @initialize()
    def begin(self) -> None:
        for name in LOTS:
            self.on.receive(40, name, place_id=self.on.bin)
        self.shelf, self.lost = dict.fromkeys(LOTS, 40), dict.fromkeys(LOTS, 0)
        self.slips: list[tuple[str, int, datetime]] = []
        self.wrong: list[tuple[str, str, int]] = []
        self._open()

    def _open(self) -> None:
        self.count: StockCount = stock_counts.open_count(self.on.desk, site_id=self.on.depot).value
        self.history: list[Seen] = []
        self.lost_when_counted: dict[str, int] = {}
        self._tick()

    def _tick(self) -> None:
        """A minute passes; what stood there in the middle of it is what a sheet that is keyed late may say."""
        self.history.append(Seen(self.on.clock.forward(0.5), dict(self.shelf), dict(self.lost)))
        self.on.clock.forward(0.5)

    def _can_go(self, name: str) -> int:
        """As much as stands there, and as the books will still have when every slip is entered and every wrong document taken back."""
        with self.on.desk.reading() as reading:
            there = reading.balances.at_place(self.on.lot(name), self.on.bin)
        bound = sum(each[1] for each in self.slips if each[0] == name) + sum(each[2] for each in self.wrong if each[1] == name)
        return min(self.shelf[name], (there.free if there else 0) - bound)

    # -- goods move ----------------------------------------------------------------------------------------------------
    @rule(name=st.sampled_from(LOTS), quantity=st.integers(1, 9), comes=st.booleans())
    def move(self, name: str, quantity: int, comes: bool) -> None:
        if comes:
            self.on.receive(quantity, name, place_id=self.on.bin)
        elif self._can_go(name) >= quantity:
            self._issue(name, quantity, None)
        else:
            return
        self.shelf[name] += quantity if comes else -quantity
        self._tick()

    def _issue(self, name: str, quantity: int, at: datetime | None) -> None:
        stock.issue(self.on.desk, asked=self.on.asked(quantity, lot_id=self.on.lot(name), place_id=self.on.bin, occurred_at=at))

    @rule(name=st.sampled_from(LOTS), quantity=st.integers(1, 9))
    def go_out_by_a_slip(self, name: str, quantity: int) -> None:
        if self._can_go(name) >= quantity:
            self.shelf[name] -= quantity
            self.slips.append((name, quantity, self.on.clock.at))
            self._tick()

    @rule()
    def enter_slips(self) -> None:
        while self.slips:
            self._issue(*self.slips.pop(0))

    @rule(name=st.sampled_from(LOTS), quantity=st.integers(1, 9))
    def enter_what_never_came(self, name: str, quantity: int) -> None:
        self.wrong.append((self.on.receive(quantity, name, place_id=self.on.bin).number, name, quantity))
        self._tick()

    @rule()
    def take_it_back(self) -> None:
        while self.wrong:
            stock.void_document(self.on.desk, number=self.wrong.pop(0)[0], reason="误录")

    @rule(name=st.sampled_from(LOTS), change=st.integers(-5, 5))
    def vanish_or_turn_up(self, name: str, change: int) -> None:
        if self.shelf[name] + change >= 0:
            self.shelf[name] += change
            self.lost[name] -= change
            self._tick()

    # -- they are counted ----------------------------------------------------------------------------------------------
    @rule(name=st.sampled_from(LOTS), back=st.integers(0, 4))
    def count_a_lot(self, name: str, back: int) -> None:
        """Two people count; their sheet may be keyed some minutes later, when other things happened already."""
        seen = self.history[max(0, len(self.history) - back)] if back else None
        for who in ("张三", "李四"):
            stock_counts.tally(self.on.desk, count_id=self.count.id, lot_id=self.on.lot(name), place_id=self.on.bin, counted_by=who,
                               quantity=(seen.shelf if seen else self.shelf)[name], counted_at=seen.at if seen else None)
        self.lost_when_counted[name] = (seen.lost if seen else self.lost)[name]
        self._tick()

    @rule()
    def approve(self) -> None:
        self.enter_slips()
        self.take_it_back()
        for name in LOTS:
            if name not in self.lost_when_counted:
                self.count_a_lot(name, 0)
        acting_as(self.on.desk, "leader")
        closed = stock_counts.approve_count(self.on.desk, count_id=self.count.id, reason="盘点差异").value
        acting_as(self.on.desk, "keeper")
        assert closed.state is CountState.POSTED
        with self.on.desk.reading() as reading:
            for name in LOTS:
                there = reading.balances.at_place(self.on.lot(name), self.on.bin)
                assert there is not None
                assert there.on_hand == self.shelf[name] + self.lost[name] - self.lost_when_counted[name], "the books are what was counted"
        assert self.on.is_sound()
        self.on.receive(1, LOTS[0], place_id=self.on.bin)  # never an empty depot
        self.shelf[LOTS[0]] += 1
        self._tick()
        self._open()


AnyCount.TestCase.settings = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
TestAnyCount = AnyCount.TestCase
