"""A stock year at random: bought, stored, rotated, asked for, sent on vehicles, received in parts, counted, brought back, requisitioned.

The goods are modelled by themselves, as piles that somebody carries about; after every step the books say what the piles say.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from emergency_desk.domain.ids import Id
from emergency_desk.domain.plan_records import Level
from emergency_desk.domain.release_orders import Arrived, ReleaseState, ToRelease, Transport
from emergency_desk.domain.requisitions import AskedRequisition, RequisitionState
from emergency_desk.domain.stock import ClaimKind, LotSource, StockAccount
from emergency_desk.domain.supply_requests import AskedLine, AskedSupplies, LineDecision, RequestState
from emergency_desk.services import giving_out, releases, requisitions, responses, stock, stock_counts, supply_board, supply_requests
from tests import story
from tests.builders import acting_as
from tests.services.stock_ground import Ground, ground

SOME, WHICH = st.integers(1, 12), st.integers(0, 50)
_LIFE = {"甲": None, "乙": 4, "丙": 30}


class SupplyYear(RuleBasedStateMachine):
    """Officers and keepers who do whatever is possible; what the piles allow, the desk must allow too."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.on: Ground = ground(Path(self._folder.name))
        self.came: Counter[Id] = Counter()  # of each lot: bought, requisitioned, or found beyond what was sent
        self.free: Counter[tuple[Id, Id]] = Counter()  # (depot, lot)
        self.staged: Counter[tuple[Id, Id]] = Counter()  # (order, lot): beside the door, still in the depot
        self.road: Counter[tuple[Id, Id]] = Counter()  # (vehicle, lot)
        self.scene: Counter[Id] = Counter()
        self.gone: Counter[Id] = Counter()
        self.expires: dict[Id, date | None] = {}
        self.orders: dict[Id, bool] = {}  # order → goes to the street's depot
        self.vehicles: dict[Id, Id] = {}  # vehicle → its order
        self.taken: dict[Id, tuple[Id, int]] = {}  # requisition → lot, still held

    def teardown(self) -> None:
        assert self.on.is_sound()
        self.on.desk.store.close()
        self._folder.cleanup()

    @initialize()
    def begin(self) -> None:
        leader = acting_as(self.on.desk, "leader")
        self.flood = story.take(leader, words="小流域山洪，转移群众").incident.id
        responses.activate_response(leader, incident_id=self.flood, level=Level.III, matter="山洪", expected_hours=24, measures="转移",
                                    decided_by="区长")
        self.born = self.on.today

    # -- piles --
    def usable(self, site: Id) -> list[tuple[Id, int]]:
        """Return the lots of a depot that may go out, the one that expires first first; those without a date last, then the older."""
        there = [(lot, count) for (where, lot), count in self.free.items() if where == site and count]
        good = [(lot, count) for lot, count in there if (day := self.expires[lot]) is None or day > self.on.today]
        return sorted(good, key=lambda one: (self.expires[one[0]] or date.max, one[0]))

    def at(self, pile: Counter[tuple[Id, Id]], order: Id) -> dict[Id, int]:
        return {lot: count for (one, lot), count in pile.items() if one == order and count}

    def state(self, order: Id) -> ReleaseState:
        return supply_board.order_view(self.on.desk, order_id=order).order.state

    def some_order(self, which: int, *states: ReleaseState) -> Id | None:
        there = [order for order in self.orders if self.state(order) in states]
        return there[which % len(there)] if there else None

    # -- in --
    @rule(quantity=SOME, name=st.sampled_from(sorted(_LIFE)), other=st.booleans())
    def buy(self, quantity: int, name: str, other: bool) -> None:
        life = _LIFE[name]
        day = None if life is None else self.born + timedelta(days=life)
        if day is not None and day <= self.on.today:
            return
        acting_as(self.on.desk, "keeper")
        site = self.on.other if other else self.on.depot
        self.on.receive(quantity, name, site_id=site, days=None if day is None else (day - self.on.today).days)
        self.put(site, self.on.lot(name), quantity, day)

    def put(self, site: Id, lot: Id, quantity: int, day: date | None) -> None:
        self.expires[lot] = day
        self.free[site, lot] += quantity
        self.came[lot] += quantity

    # -- asked, granted, released --
    @rule(quantity=SOME, granted=st.integers(0, 12), to_street=st.booleans())
    def ask_and_decide(self, quantity: int, granted: int, to_street: bool) -> None:
        desk = acting_as(self.on.desk, "street")
        asked = AskedSupplies(lines=(AskedLine(item_id=self.on.item.id, quantity=quantity),), incident_id=self.flood,
                              site_id=self.on.other if to_street else None)
        request = supply_requests.ask(desk, asked=asked).value
        line = supply_board.request_view(desk, request_id=request.id).lines[0].line
        grant = min(quantity, granted)
        choice = LineDecision(line_id=line.id, grant=grant, refuse=quantity - grant, reason="本级不足")
        supply_requests.decide(acting_as(desk, "leader"), request_id=request.id, decisions=[choice], decided_by="区长")

    @rule(which=WHICH, part=SOME)
    def release(self, which: int, part: int) -> None:
        board = supply_board.supply_board(self.on.desk)
        granted = [view for view in board.requests if view.request.state is RequestState.GRANTED]
        there = self.usable(self.on.depot)
        if not granted or not there:
            return
        view = granted[which % len(granted)]
        quantity = left = min(part, view.lines[0].amounts.to_release, sum(count for _lot, count in there))
        acting_as(self.on.desk, "officer")
        order, = releases.release(
            self.on.desk, lines=[ToRelease(site_id=self.on.depot, item_id=self.on.item.id, quantity=quantity)], request_id=view.request.id,
            approved_by="区长").value
        self.orders[order.id] = order.to_site_id is not None
        for lot, count in there:
            self.free[self.on.depot, lot] -= (taken := min(left, count))
            self.staged[order.id, lot] += taken
            left -= taken

    @rule(which=WHICH, fewer=st.integers(0, 3))
    def pick(self, which: int, fewer: int) -> None:
        order = self.some_order(which, ReleaseState.ORDERED)
        if order is None:
            return
        lots = self.at(self.staged, order)
        short = min(lots)
        missed = min(fewer, lots[short])
        acting_as(self.on.desk, "keeper")
        releases.pick(self.on.desk, order_id=order, picked_by="保管员", picked={short: lots[short] - missed}, reason="破包")
        self.staged[order, short] -= missed
        self.free[self.on.depot, short] += missed

    @rule(which=WHICH, room=st.integers(1, 15))
    def ship(self, which: int, room: int) -> None:
        """A vehicle takes what it has room for; the rest waits for the next."""
        order = self.with_goods_at_the_door(which)
        good = {lot for lot, day in self.expires.items() if day is None or day > self.on.today}
        if order is None or not set(self.at(self.staged, order)) <= good:
            return
        load: dict[Id, int] = {}
        for lot, count in sorted(self.at(self.staged, order).items()):
            load[lot], room = min(count, room), room - min(count, room)
        acting_as(self.on.desk, "keeper")
        releases.ship(self.on.desk, order_id=order, transport=Transport(vehicle="鲁B1"), load=load)
        vehicle = supply_board.order_view(self.on.desk, order_id=order).legs[-1].leg.id
        self.vehicles[vehicle] = order
        for lot, count in load.items():
            self.staged[order, lot] -= count
            self.road[vehicle, lot] += count

    def with_goods_at_the_door(self, which: int) -> Id | None:
        there = [order for order in self.orders if self.at(self.staged, order)]
        return there[which % len(there)] if there else None

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        order = self.with_goods_at_the_door(which)
        if order is None:
            return
        releases.cancel(acting_as(self.on.desk, "officer"), order_id=order, reason="改道")
        for lot, count in self.at(self.staged, order).items():
            self.staged[order, lot] -= count
            self.free[self.on.depot, lot] += count

    @rule(which=WHICH, good=st.integers(0, 8), damaged=st.integers(0, 2), short=st.integers(0, 2), over=st.integers(0, 1))
    def receive(self, which: int, good: int, damaged: int, short: int, over: int) -> None:
        there = [vehicle for vehicle in self.vehicles if self.at(self.road, vehicle)]
        if not there:
            return
        vehicle = there[which % len(there)]
        order = self.vehicles[vehicle]
        lot, count = min(self.at(self.road, vehicle).items())
        good = min(good, count)
        damaged = min(damaged, count - good)
        short = min(short, count - good - damaged)
        if not good + damaged + short + over:
            return
        releases.receive(acting_as(self.on.desk, "officer"), order_id=order, received_by="王", reason="雨淋", approved_by="区长",
                         arrived=[Arrived(lot_id=lot, good=good, damaged=damaged, short=short, over=over)], leg_id=vehicle)
        self.road[vehicle, lot] -= good + damaged + short
        self.gone[lot] += damaged + short
        self.came[lot] += over
        if self.orders[order]:
            self.free[self.on.other, lot] += good + over
        else:
            self.scene[lot] += good + over

    # -- at the scene and in the depot --
    @precondition(lambda self: any(self.scene.values()))
    @rule(quantity=SOME, act=st.sampled_from(("bring_back", "hand_out", "consume")))
    def at_the_scene(self, quantity: int, act: str) -> None:
        lot, count = min((lot, count) for lot, count in self.scene.items() if count)
        quantity = min(quantity, count)
        asked = self.on.asked(quantity, lot_id=lot, incident_id=self.flood)
        desk = acting_as(self.on.desk, "keeper")
        if act == "hand_out":
            giving_out.hand_out(desk, asked=asked, handed_by="社工", households=1, heads=quantity, start=StockAccount.IN_USE)
        else:
            getattr(stock, act)(desk, asked=asked)
        self.scene[lot] -= quantity
        if act == "bring_back":
            self.free[self.on.depot, lot] += quantity
        else:
            self.gone[lot] += quantity

    @rule(quantity=SOME, act=st.sampled_from(("rotate_out", "write_off")), other=st.booleans(), which=WHICH)
    def out_of_the_books(self, quantity: int, act: str, other: bool, which: int) -> None:
        site = self.on.other if other else self.on.depot
        there = sorted((lot, count) for (where, lot), count in self.free.items() if where == site and count)
        if not there:
            return
        lot, count = there[which % len(there)]
        quantity = min(quantity, count)
        asked = self.on.asked(quantity, site_id=site, lot_id=lot, reason="轮换", approved_by="王")
        getattr(stock, act)(acting_as(self.on.desk, "keeper"), asked=asked)
        self.free[site, lot] -= quantity
        self.gone[lot] += quantity

    @rule(which=WHICH, difference=st.integers(-3, 2), other=st.booleans())
    def take_stock(self, which: int, difference: int, other: bool) -> None:
        """The whole depot is counted, the lot that differs by two people, a third approves. What waits beside the door is counted too."""
        site = self.on.other if other else self.on.depot
        desk = acting_as(self.on.desk, "keeper")
        with desk.reading() as reading:
            there = sorted((lot, one.place_id, one.on_hand) for lot in self.came for one in reading.balances.of_lot(lot)
                           if one.site_id == site and one.on_hand)
        if not there:
            return
        differs = there[which % len(there)][0]
        difference = max(difference, -self.free[site, differs])
        count = stock_counts.open_count(desk, site_id=site).value
        for lot, place, on_hand in there:
            for who in ("张三", "李四") if lot == differs else ("张三",):
                stock_counts.tally(desk, count_id=count.id, lot_id=lot, place_id=place, counted_by=who,
                                   quantity=on_hand + (difference if lot == differs else 0))
        stock_counts.approve_count(acting_as(desk, "leader"), count_id=count.id, reason="盘点差异")
        self.free[site, differs] += difference
        self.came[differs] += max(0, difference)
        self.gone[differs] += max(0, -difference)

    # -- requisitioned --
    @rule(quantity=SOME)
    def requisition(self, quantity: int) -> None:
        desk = acting_as(self.on.desk, "leader")
        made = requisitions.requisition(desk, asked=AskedRequisition(
            incident_id=self.flood, what="毛毯", quantity=quantity, unit="条", owner="商场", decided_by="区长", purpose="安置", executor="李",
            item_id=self.on.item.id)).value
        self.on.receive(quantity, made.number, source=LotSource.REQUISITION, supplier="商场")
        lot = self.on.lot(made.number)
        self.put(self.on.depot, lot, quantity, None)
        self.taken[made.id] = (lot, quantity)

    @rule(which=WHICH, sound=SOME, lost=st.integers(0, 2), fen=st.integers(0, 100_000))
    def give_back(self, which: int, sound: int, lost: int, fen: int) -> None:
        there = [(id_, lot, min(held, self.free[self.on.depot, lot])) for id_, (lot, held) in self.taken.items() if held]
        if not there:
            return
        id_, lot, ours = there[which % len(there)]
        sound = min(sound, ours)
        lost = min(lost, self.taken[id_][1] - sound)
        if not sound + lost:
            return
        desk = acting_as(self.on.desk, "leader")
        requisitions.give_back(desk, requisition_id=id_, sound=sound, lost=lost, note="遗失",
                               from_stock=self.on.asked(sound, lot_id=lot) if sound else None)
        self.free[self.on.depot, lot] -= sound
        self.gone[lot] += sound
        self.taken[id_] = (lot, self.taken[id_][1] - sound - lost)
        if not self.taken[id_][1]:
            assert requisitions.compensate(desk, requisition_id=id_, fen=fen).value.state is RequisitionState.SETTLED

    @rule()
    def a_day_passes(self) -> None:
        self.on.clock.forward(24 * 60)

    # -- the books say what the piles say --
    @invariant()
    def books_equal_goods(self) -> None:
        with self.on.desk.reading() as reading:
            for lot in self.came:
                for site in (self.on.depot, self.on.other):
                    here = [one for one in reading.balances.of_lot(lot) if one.site_id == site]
                    staged = sum(count for (_order, each), count in self.staged.items() if each == lot) if site == self.on.depot else 0
                    assert (sum(one.free for one in here), sum(one.reserved for one in here)) == (self.free[site, lot], staged)
            for order in self.orders:
                claims = {claim.lot_id: claim.quantity for claim in reading.balances.claims_for(order) if claim.kind is ClaimKind.IN_TRANSIT}
                ours: Counter[Id] = Counter()
                for vehicle in (vehicle for vehicle, its in self.vehicles.items() if its == order):
                    ours.update(self.at(self.road, vehicle))
                assert claims == ours
            used = {claim.lot_id: claim.quantity for claim in reading.balances.claims_for(getattr(self, "flood", "none"))
                    if claim.kind is ClaimKind.IN_USE}
            assert used == {lot: count for lot, count in self.scene.items() if count}

    @invariant()
    def nothing_appears_or_vanishes(self) -> None:
        for lot, came in self.came.items():
            free, staged, road = (sum(count for (_where, each), count in pile.items() if each == lot)
                                  for pile in (self.free, self.staged, self.road))
            assert came == free + staged + road + self.scene[lot] + self.gone[lot]

    @rule()
    def whole_books(self) -> None:
        assert self.on.is_sound()


SupplyYear.TestCase.settings = settings(max_examples=12, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
TestSupplyYear = SupplyYear.TestCase
