"""An office at work: real acts through the services, and of each one what must be found again whatever happens afterwards.

A fact is a question to the file with the answer it must give from now on, for ever. It is told only after the commit has returned.
"""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.errors import Refused
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Caller, Figures, Incident
from emergency_desk.domain.moments import local_day
from emergency_desk.domain.shelter_acts import AskedOpening
from emergency_desk.domain.shelter_people import AskedHousehold, AskedPerson
from emergency_desk.domain.shelters import Inspected, LeftTo, SafetyCheck, Shelter, ShelterOpening, ShelterState, ShelterTier, Stay
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock_acts import Asked, Receipt
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.domain.supplies import Depot, DepotKind, SupplyItem
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import (
    dispatches,
    founding,
    giving_out,
    incidents,
    library,
    purging,
    shelter_people,
    shelters,
    stock,
    supplies,
    teams,
    units,
)
from emergency_desk.services.desk import Desk
from emergency_desk.store import encrypting
from emergency_desk.store.opening import open_store
from tests import story
from tests.builders import DISTRICT, START, STREET, SetClock, acting_as, lasting_folder, make_desk, trade_of

KEY = StoreKey(bytes(range(32)))  # of the encrypted office
GYM, WAREHOUSE, BLANKET = Id("1" * 31 + "a"), "区救灾物资库", "1110202"
SENT = (story.FIRE_ONE, story.FIRE_TWO, story.SPECIAL, story.MEDICAL, story.POLICE)
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


@dataclass(frozen=True, slots=True)
class Fact:
    """A question to the file and the answer it must give."""

    what: str
    sql: str
    values: tuple[Any, ...]
    answer: Any

    def stands(self, connection: Any) -> bool:
        """Say whether the file still answers so."""
        return bool(connection.execute(self.sql, self.values).fetchone() == (self.answer,))


def _row(what: str, table: str, id_: str) -> Fact:
    return Fact(what, f"SELECT count(*) FROM {table} WHERE id = ?", (id_,), 1)


@cache
def template() -> Path:
    """Make the office once: teams, a gym for people, a store of blankets."""
    desk = make_desk(lasting_folder(), name="office.store", plans=story.FIRE_PLANS)
    founding.fill(desk, teams=(), sites=[
        Site(id=GYM, kind=SiteKind.SHELTER, name="中学体育馆", area_id=STREET, effective_area_m2=1600, address="学校路1号")])
    depot = units.keep_site(desk, site=Site(id=Id(""), kind=SiteKind.DEPOT, name=WAREHOUSE, area_id=DISTRICT)).value.id
    item = supplies.keep_item(desk, item=SupplyItem(id=Id(""), code=BLANKET, name="毛毯", name_en="Blanket", unit="条")).value.id
    acting_as(desk, "keeper")
    shelters.keep_shelter(desk, shelter=Shelter(GYM, ShelterTier.TOWNSHIP, inspected=Inspected.FIT, inspected_on=date(2026, 5, 1), keeper="馆长"))
    supplies.keep_depot(desk, depot=Depot(depot, DepotKind.WAREHOUSE, keeper="管库员", phone="0532-80000001"))
    stock.receive(desk, receipt=Receipt(item_id=item, site_id=depot, quantity=100_000, lot_number="B0"))
    desk.store.close()
    return desk.store.path


@cache
def locked_template() -> Path:
    """Write the same office anew under the key, with its file of keys beside it."""
    path = template().with_name("locked.store")
    shutil.copyfile(template(), path)
    encrypting.encrypt(path, old=None, new=KEY, passphrase="a made-up passphrase 口令")
    return path


def open_office(path: Path, *, clock: SetClock | None = None, key: StoreKey | None = None) -> Desk:
    """Open the desk of a copy as the program does; its time goes on where the journal ended."""
    store = open_store(path, key=key)
    desk = Desk(store, facts=library.read_facts(store), trade=trade_of(store), clock=clock, random_bits=secrets.randbits)
    if clock is None:
        with desk.reading() as reading:
            last = reading._connection.exec_driver_sql("SELECT max(at) FROM journal").scalar_one()
        desk._clock = SetClock(max(START, datetime.fromtimestamp(last / 1_000_000, UTC)))
    return acting_as(desk, "leader")


class Officer:
    """Somebody who does one act after another, at random, and says what became a fact by it."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.random = desk, Random(seed)
        self.refused: Counter[str] = Counter()
        self.acts: tuple[Callable[[], Iterator[Fact]], ...] = (
            self.call, self.order, self.order, self.write, self.figures, self.receive, self.issue, self.hand_out, self.shelter, self.shelter,
            self.shelter)

    def work(self) -> Iterator[Fact]:
        """Act without end; every fact comes after its commit."""
        while True:
            yield from self.act()

    def act(self) -> Iterator[Fact]:
        """Do one act. What a rule refuses is no fact."""
        self.clock.forward(self.random.choice((0.1, 1, 2)))
        acting_as(self.desk, "leader")
        try:
            for fact in self.random.choice(self.acts)():
                yield fact
                yield self.link()
        except Refused as refusal:
            self.refused[type(refusal).__name__] += 1

    def link(self) -> Fact:
        """Return the newest link of the journal's chain: it stands for everything before it."""
        with self.desk.reading() as reading:
            number, own = reading._connection.exec_driver_sql("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1").one()
        return Fact("journal", "SELECT hash FROM journal WHERE number = ?", (number,), own)

    @property
    def clock(self) -> SetClock:
        """The clock of the desk."""
        assert isinstance(self.desk._clock, SetClock)
        return self.desk._clock

    # -- the board --
    def _incident(self) -> Incident:
        with self.desk.reading() as reading:
            found = reading.incidents.where("WHERE state NOT IN ('closed', 'joined', 'false_alarm') ORDER BY recorded_at DESC LIMIT 8")
        return self.random.choice(found) if found else story.opened(self.desk)

    def call(self) -> Iterator[Fact]:
        """Take a call, with a team where one stands by."""
        ready = [team for team in SENT if teams.get_team(self.desk, team_id=team).state is TeamState.STANDBY][:1]
        caller = Caller(name=self.random.choice(NAMES) + "报警", phone=f"139{self.random.randrange(10**8):08d}")
        taken = story.take(self.desk, *ready, caller=caller, address=f"延安三路{self.random.randrange(999)}号")
        yield _row("call", "calls", taken.call.id)
        yield Fact("incident", "SELECT count(*) FROM incidents WHERE number = ?", (taken.incident.number,), 1)
        for order in taken.orders:
            yield _row("order", "dispatches", order.id)

    def order(self) -> Iterator[Fact]:
        """Send a team, or let one that is out come on or home."""
        team = teams.get_team(self.desk, team_id=self.random.choice(SENT))
        if team.state is TeamState.STANDBY:
            sent = story.send(self.desk, self._incident(), team.id, reason="就近")
            yield Fact("order", "SELECT team_id FROM dispatches WHERE order_number = ?", (sent.order_number,), team.id)
            dispatches.take_receipt(self.desk, dispatch_id=sent.id, received_by="班长")
            yield Fact("receipt", "SELECT receipt_by FROM dispatches WHERE id = ?", (sent.id,), "班长")
            return
        to = TeamState.STANDBY if team.state is TeamState.RETURNED else self.random.choice((TeamState.ON_SCENE, TeamState.RETURNED))
        at = self.desk.now()
        teams.report_state(self.desk, team_id=team.id, to=to)
        yield Fact("move", "SELECT count(*) > 0 FROM team_moves WHERE team_id = ? AND to_state = ? AND recorded_at = ?",
                   (team.id, to.value, int(at.timestamp() * 1_000_000)), 1)

    def write(self) -> Iterator[Fact]:
        """Write a log line."""
        words = f"现场第{self.random.randrange(10**9)}报" + "烟" * self.random.randrange(200)
        entry = incidents.write_log(self.desk, incident_id=self._incident().id, text=words).value
        yield Fact("log line", "SELECT text FROM log_entries WHERE id = ?", (entry.id,), words)

    def figures(self) -> Iterator[Fact]:
        """Report figures."""
        incidents.report_figures(self.desk, incident_id=self._incident().id, figures=Figures(hurt=self.random.randrange(9)), reason="核实")
        yield self.link()

    # -- the stock --
    def _asked(self, quantity: int) -> Asked:
        with self.desk.reading() as reading:
            item = reading.supply_items.where("WHERE code = ?", (BLANKET,))[0].id
            depot = reading.sites.where("WHERE name = ?", (WAREHOUSE,))[0].id
        return Asked(item_id=item, site_id=depot, quantity=quantity)

    def _document(self, number: str, quantity: int) -> Fact:
        return Fact("movement", "SELECT sum(quantity) FROM stock_movements WHERE document = ?", (number,), quantity)

    def receive(self) -> Iterator[Fact]:
        """Take in a lot."""
        asked, quantity = self._asked(0), self.random.randrange(10, 5_000)
        receipt = Receipt(item_id=asked.item_id, site_id=asked.site_id, quantity=quantity, lot_number=f"B{self.random.randrange(10**9)}",
                          expires_on=local_day(self.desk.now()) + timedelta(days=self.random.randrange(400, 2_000)))
        document = stock.receive(acting_as(self.desk, "keeper"), receipt=receipt).value
        yield self._document(document.number, quantity)

    def issue(self) -> Iterator[Fact]:
        """Send blankets out."""
        quantity = self.random.randrange(1, 40)
        yield self._document(stock.issue(acting_as(self.desk, "keeper"), asked=self._asked(quantity)).value.number, quantity)

    def hand_out(self) -> Iterator[Fact]:
        """Hand blankets to people against signatures."""
        quantity = self.random.randrange(1, 40)
        kept = giving_out.hand_out(acting_as(self.desk, "keeper"), asked=self._asked(quantity), handed_by="社工", households=quantity,
                                   heads=quantity).value
        yield Fact("hand-out", "SELECT quantity FROM distributions WHERE id = ?", (kept.id,), quantity)
        yield self._document(kept.document, quantity)

    # -- the gym --
    def shelter(self) -> Iterator[Fact]:
        """Do what is next in the gym: open it, register a family, let all go home, close, destroy the names."""
        with self.desk.reading() as reading:
            running = reading.shelter_openings.where("WHERE closed_at IS NULL")
            left_over = reading.shelter_openings.where(
                "WHERE closed_at IS NOT NULL AND incident_id NOT IN (SELECT incident_id FROM purges) "
                "AND incident_id IN (SELECT incident_id FROM personal) ORDER BY id LIMIT 1")
        if left_over:
            yield from self._end(left_over[0].incident_id)
        elif not running:
            self._make_ready()
            opening = shelters.open_shelter(self.desk, asked=AskedOpening(
                shelter_id=GYM, incident_id=story.opened(self.desk).id, approved_by="区长", stay=Stay.FIFTEEN_DAYS, responsible="馆长",
                receives=(STREET,), expected_until=self.desk.now() + timedelta(days=3), checks=tuple(SafetyCheck))).value
            yield _row("opening", "shelter_openings", opening.id)
        elif len(here := shelter_people.people_in(self.desk, opening_id=running[0].id)) < 9:
            yield from self._register(running[0])
        else:
            shelter_people.leave(self.desk, stay_ids=[line.stay.id for line in here], to=LeftTo.HOME)
            yield Fact("leaving", "SELECT left_to FROM shelter_stays WHERE id = ?", (here[0].stay.id,), LeftTo.HOME.value)
            shelters.close_shelter(self.desk, opening_id=running[0].id, note="已清洁查验")
            yield Fact("closing", "SELECT closed_at IS NOT NULL FROM shelter_openings WHERE id = ?", (running[0].id,), 1)

    def _make_ready(self) -> None:
        with self.desk.reading() as reading:
            state = reading.shelters.get(GYM).state
        if state is ShelterState.CLOSED:
            shelters.move_shelter(self.desk, shelter_id=GYM, to=ShelterState.READY)

    def _register(self, opening: ShelterOpening) -> Iterator[Fact]:
        people = tuple(AskedPerson(name=self.random.choice(NAMES) + f"{self.random.randrange(10**6)}", age="30", phone="13800001111")
                       for _ in range(3))
        stays = shelter_people.register(self.desk, opening_id=opening.id, asked=AskedHousehold(people=people)).value.stays
        for stay in stays:
            yield _row("stay", "shelter_stays", stay.id)
            yield Fact("name", "SELECT (SELECT count(*) FROM personal WHERE id = ?) + (SELECT count(*) FROM purges WHERE incident_id = ?) > 0",
                       (stay.personal_id, opening.incident_id), 1)

    def _end(self, incident_id: Id) -> Iterator[Fact]:
        yield from self.close(incident_id)
        made = purging.purge(self.desk, incident_id=incident_id, decided_by="区长").value
        yield _row("purge", "purges", made.id)
        yield Fact("names destroyed", "SELECT count(*) FROM personal WHERE incident_id = ?", (incident_id,), 0)

    def close(self, incident_id: Id) -> list[Fact]:
        """Call the teams of an incident home and close it."""
        with self.desk.reading() as reading:
            incident = reading.incidents.get(incident_id)
            out = reading.teams.where("WHERE incident_id = ?", (incident_id,))
        for team in out:
            teams.report_state(self.desk, team_id=team.id, to=TeamState.RETURNED)
        if incident.closed_at is not None:
            return []
        story.pass_over_steps(self.desk, incident)
        incidents.close_incident(self.desk, incident_id=incident_id, override_reason="演练")
        return [Fact("end", "SELECT state FROM incidents WHERE id = ?", (incident_id,), "closed")]
