"""Stock moved at random through the services: no balance is ever below nothing, nothing appears or is lost, and the books add up again."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emergency_desk.domain import stock as ledger
from emergency_desk.domain.errors import DeskError, NotFound, Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.stock import INSIDE, Inspection, Movement, StockAccount
from emergency_desk.domain.stock_acts import Receipt
from emergency_desk.services import stock
from tests import story
from tests.builders import acting_as
from tests.quickness import examples
from tests.services.stock_ground import Ground, ground

SOME = st.integers(1, 12)
LOTS = st.sampled_from(("A", "B", "C"))
_DAYS = {"A": None, "B": 3, "C": 40}


class AnyStock(RuleBasedStateMachine):
    """A keeper who does whatever comes into their head; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.on: Ground = ground(Path(self._folder.name))
        self.documents: list[str] = []

    def teardown(self) -> None:
        self.on.desk.store.close()
        self._folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.fires = [story.take(acting_as(self.on.desk, "leader"), words=words).incident.id for words in ("居民楼着火", "仓库着火")]
        acting_as(self.on.desk, "keeper")
        self.born = self.on.today

    def _try(self, act: str, **more: object) -> None:
        before = self._movements()
        try:
            done = getattr(stock, act)(self.on.desk, **more)
        except (Refused, NotFound):
            assert self._movements() == before, f"{act} was refused and left something behind"
            return
        if act != "inspect_lot":
            self.documents.append(done.value.number)

    def _movements(self) -> list[Movement]:
        with self.on.desk.reading() as reading:
            return reading.movements.where("ORDER BY seq")

    def _lot(self, name: str) -> Id:
        with self.on.desk.reading() as reading:
            found = reading.lots.where("WHERE number = ?", (name,))
        return found[0].id if found else Id("none")

    def _site(self, other: bool) -> Id:
        return self.on.other if other else self.on.depot

    @rule(quantity=SOME, name=LOTS, other=st.booleans(), in_bin=st.booleans())
    def receive(self, quantity: int, name: str, other: bool, in_bin: bool) -> None:
        days = _DAYS[name]
        self._try("receive", receipt=Receipt(
            item_id=self.on.item.id, site_id=self._site(other), quantity=quantity, lot_number=name,
            expires_on=None if days is None else self.born + timedelta(days=days), place_id=self.on.bin if in_bin and not other else None))

    @rule(act=st.sampled_from(("issue", "reserve", "unreserve", "bring_back", "consume", "distribute", "distribute_in_use", "allocate_out")),
          quantity=SOME, other=st.booleans(), fire=st.integers(0, 2))
    def move(self, act: str, quantity: int, other: bool, fire: int) -> None:
        self._try(act, asked=self.on.asked(quantity, site_id=self._site(other), incident_id=self.fires[fire] if fire < 2 else None))

    @rule(act=st.sampled_from(("quarantine", "release", "rotate_out", "write_off", "issue")), quantity=SOME, name=LOTS, other=st.booleans())
    def of_lot(self, act: str, quantity: int, name: str, other: bool) -> None:
        self._try(act, asked=self.on.asked(quantity, site_id=self._site(other), lot_id=self._lot(name), reason="因", approved_by="王"))

    @rule(quantity=SOME, other=st.booleans(), to_bin=st.booleans())
    def relocate(self, quantity: int, other: bool, to_bin: bool) -> None:
        self._try("relocate", asked=self.on.asked(quantity, site_id=self._site(other)), to_site_id=self.on.depot if other else self.on.other,
                  to_place_id=self.on.bin if to_bin and other else None)

    @rule(counted=st.integers(0, 30), name=LOTS)
    def count(self, counted: int, name: str) -> None:
        with suppress(DeskError):
            stock.correct_count(self.on.desk, asked=self.on.asked(1, lot_id=self._lot(name), reason="盘点", approved_by="王"), counted=counted)

    @rule(name=LOTS, found=st.sampled_from(list(Inspection)))
    def inspect(self, name: str, found: Inspection) -> None:
        with suppress(DeskError):
            stock.inspect_lot(self.on.desk, lot_id=self._lot(name), found=found, note="检")

    @rule(which=st.integers(0, 30))
    def void(self, which: int) -> None:
        if not self.documents:
            return
        number, before = self.documents[which % len(self.documents)], ledger.play(self._movements())
        try:
            back = stock.void_document(self.on.desk, number=number, reason="撤销").value
        except Refused:
            assert ledger.play(self._movements()) == before
            return
        voided = {one.id for one in self._movements() if one.document == number}
        rest = [one for one in self._movements() if one.id not in voided and one.document != back.number]
        assert ledger.play([*rest]) == ledger.play(self._movements()), "taking back restores what would be without the document"

    @rule()
    def a_day_passes(self) -> None:
        self.on.clock.forward(24 * 60)

    @rule()
    def whole_books(self) -> None:
        assert self.on.is_sound()

    @invariant()
    def derived_is_what_the_movements_add_up_to(self) -> None:
        movements = self._movements()
        added = ledger.play(movements)  # refuses a balance below nothing at any moment
        with self.on.desk.reading() as reading:
            lots = reading.lots.where("")
            kept = {(one.lot_id, "stock", account.value, one.place_id): getattr(one, account.value)
                    for lot in lots for one in reading.balances.of_lot(lot.id) for account in INSIDE}
            claims = {(one.lot_id, "claim", one.kind.value, f"{one.place_id} {one.claim}"): one.quantity
                      for lot in lots for one in reading.balances.claims_of_lot(lot.id)}
        assert {key: amount for key, amount in (kept | claims).items() if amount} == added

    @invariant()
    def what_one_account_gives_another_takes(self) -> None:
        accounts: Counter[StockAccount] = Counter()
        for one in self._movements():
            accounts[one.from_account] -= one.quantity
            accounts[one.to_account] += one.quantity
        assert sum(accounts.values()) == 0


AnyStock.TestCase.settings = settings(max_examples=examples(15), stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
TestAnyStock = AnyStock.TestCase
