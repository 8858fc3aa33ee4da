"""Stock with 1,000,000 lots and 5,000,000 movements: a page of lots, the balance of one, a movement with its journal.

The store is built once, sound, and kept beside the other big store. Floors: the same page by the bare keyset query, the lot read through the
same layer, the very rows of a movement written by the bare driver on a twin.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import Lot, LotSource, Movement, MovementKind, accounts_of
from emergency_desk.domain.stock_acts import Asked, Receipt
from emergency_desk.domain.stock_boards import StockFilter
from emergency_desk.domain.supplies import Depot, DepotKind, SupplyItem
from emergency_desk.services import founding, stock, stock_lists, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.services.stock_lists import PAGE
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import LOTS, MOVEMENTS
from emergency_desk.store.repositories.stock_balances import StockBalances
from emergency_desk.store.rows.tables import metadata
from emergency_desk.store.statements import Statements
from emergency_desk.store.store import Store
from tests.benchmarks.bench_store import SideBySide
from tests.benchmarks.bench_window import in_a_child
from tests.benchmarks.big_store import _insert
from tests.benchmarks.rows import Row, median_ms
from tests.builders import DISTRICT, START, STREET, make_desk

LOT_COUNT, ITEMS, DEPOTS, ROUNDS = 1_000_000, 400, 200, 40
DAY = date(2026, 11, 24)
_BARE = """SELECT b.lot_id, b.place_id, b.item_id, i.name, i.name_en, i.specification, i.unit, l.number, b.expires_on, l.inspection,
    b.site_id, s.name, s.name_en, p.zone, p.bin, b.free, b.reserved, b.quarantined
FROM stock_balances b CROSS JOIN lots l ON l.id = b.lot_id CROSS JOIN supply_items i ON i.id = b.item_id
CROSS JOIN sites s ON s.id = b.site_id CROSS JOIN stock_places p ON p.id = b.place_id
WHERE b.stands = 1 AND (b.expires_on, b.lot_id, b.place_id) > (?, ?, ?) ORDER BY b.expires_on, b.lot_id, b.place_id LIMIT 200"""


def run() -> list[Row]:
    """Return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        both = _Both(Path(folder))
        try:
            return [*_pages(both.desk), *_painted(both.desk), *_balance(both.desk), *_movements(both), *_answers(both.desk)]
        finally:
            both.close()


class _Both(SideBySide):
    """A desk on the big stock, and a bare connection on its twin."""

    def __init__(self, folder: Path) -> None:
        self._kept = _kept()
        if not self._kept.exists():
            _build(self._kept)
        super().__init__(folder, _desk(folder, self._kept))


def _desk(folder: Path, kept: Path) -> Desk:
    """Return a desk over a copy of the big stock."""
    desk = make_desk(folder, name="small.store", account="keeper")
    path = folder / "big.store"
    shutil.copyfile(kept, path)
    desk.store.close()
    return Desk(Store(path), facts=desk.facts, trade=desk.trade, account=desk.account, clock=desk._clock, random_bits=Random(7).getrandbits)


def _kept() -> Path:
    shape = repr(sorted((table.name, [column.name for column in table.columns]) for table in metadata.tables.values()))
    mark = hashlib.sha256((shape + Path(__file__).read_text(encoding="utf-8")).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"emergency-desk-stock-{mark}.store"


def _build(kept: Path) -> None:
    print("building the big stock, once …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        desk = make_desk(Path(folder), name="big.store")
        founding.fill(desk, teams=(), sites=[Site(id=_id("depot", number), kind=SiteKind.DEPOT, name=f"第{number}库", area_id=STREET)
                                             for number in range(DEPOTS)])
        for number in range(DEPOTS):
            supplies.keep_depot(desk, depot=Depot(_id("depot", number), DepotKind.WAREHOUSE))
        for number in range(ITEMS):
            supplies.keep_item(desk, item=SupplyItem(id=Id(""), code=f"x-{number}", name=f"物资{number}", unit="件"))
        items = [item.id for item in supplies.list_items(desk)]
        connection = open_connection(desk.store.path)
        connection.execute("PRAGMA synchronous = OFF")
        _insert(connection, LOTS, _lots(items), desk.who)
        _insert(connection, MOVEMENTS, _moves(items, desk.who), desk.who)
        connection.execute("BEGIN IMMEDIATE")
        StockBalances(Statements(connection)).build_anew()
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        desk.store.close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.move(desk.store.path, kept)


def _id(kind: str, number: int) -> Id:
    return Id(f"{sum(map(ord, kind)) << 96 | number:032x}")


def _lots(items: list[Id]) -> Iterator[Lot]:
    for number in range(LOT_COUNT):
        expires = None if number % 5 == 0 else DAY + timedelta(days=number * 7919 % 3_000 - 60)
        yield Lot(id=_id("lot", number), item_id=items[number % ITEMS], number=f"L{number}", received_on=DAY - timedelta(days=number % 900),
                  source=LotSource.PURCHASE, expires_on=expires, price_fen=4_550, supplier="某厂", version=1)


def _moves(items: list[Id], account: Id) -> Iterator[Movement]:
    kinds = (MovementKind.PURCHASE_IN, MovementKind.RESERVE, MovementKind.ISSUE, MovementKind.QUARANTINE, MovementKind.SHORTAGE)
    inside = ("free", "reserved", "quarantined")
    for number in range(LOT_COUNT):
        place = _id("depot", number * 31 % DEPOTS)
        for step, kind in enumerate(kinds):
            start, end = accounts_of(kind)
            yield Movement(
                id=_id("move", number * 5 + step), document=f"S{number * 5 + step}", kind=kind, lot_id=_id("lot", number),
                item_id=items[number % ITEMS], quantity=100 if step == 0 else step, from_account=start, to_account=end, occurred_at=START,
                recorded_at=START, account_id=account, from_place=place if start in inside else "", to_place=place if end in inside else "")


def _pages(desk: Desk) -> list[Row]:
    middle = stock_lists.place_of_page(desk, asked=StockFilter(), page=LOT_COUNT // PAGE // 2)
    assert middle is not None
    with desk.reading() as reading:
        connection: Any = reading._connection
        bare, lines = _in_turn(lambda: connection.exec_driver_sql(_BARE, middle).fetchall(),
                               lambda: reading.stock_lines(StockFilter(), after=middle, limit=200))
    jump = median_ms(lambda: stock_lists.place_of_page(desk, asked=StockFilter(), page=LOT_COUNT // PAGE // 2), 5)
    found = [Row.within_times("stock: a page of 200 lots as lines", floor_name="bare keyset query", floor_ms=bare, ours_ms=lines, times=1.2),
             Row.within_ms("stock: where the middle page begins", floor_name="bare keyset query", floor_ms=bare, ours_ms=jump, ms=250)]
    item = supplies.list_items(desk, limit=1)[0]
    for name, asked in (("of a depot", StockFilter(site_id=_id("depot", 7))), ("of an item", StockFilter(item_id=item.id)),
                        ("that expires soon", StockFilter(ends_by=DAY + timedelta(days=90))), ("of an area", StockFilter(area_id=DISTRICT))):
        took = median_ms(lambda asked=asked: stock_lists.page_of_stock(desk, asked=asked), 21)
        found.append(Row.within_ms(f"stock: the first page {name}", floor_name="bare keyset query", floor_ms=bare, ours_ms=took, ms=16))
    return found


def _painted(desk: Desk) -> list[Row]:
    """Return how long a page of lots takes from the store's answer until it stands in the window; a program of its own paints it."""
    told = in_a_child("stock", desk.store.path)
    return [Row.within_ms("stock: a page of 200 lots painted after its answer", floor_name="painting it once more", floor_ms=told["again"],
                          ours_ms=told["ms"], ms=16)]


def _in_turn(bare: Callable[[], Any], ours: Callable[[], Any], times: int = 61) -> tuple[float, float]:
    """Return the medians of two acts done in turn, so that whatever else the machine does falls on both."""
    taken: list[list[float]] = [[], []]
    for number in range(times + 2):
        for act, kept in zip((bare, ours), taken, strict=True):
            start = perf_counter()
            act()
            if number > 1:
                kept.append((perf_counter() - start) * 1000)
    return median(taken[0]), median(taken[1])


def _balance(desk: Desk) -> list[Row]:
    random = Random(3)
    some = [_id("lot", random.randrange(LOT_COUNT)) for _number in range(200)]
    with desk.reading() as reading:
        lot, balance = _in_turn(lambda: [reading.lots.get(one) for one in some], lambda: [reading.balances.of_lot(one) for one in some], 21)
    return [Row.within_times("stock: the balance of 200 lots", floor_name="reading the lots", floor_ms=lot, ours_ms=balance, times=1.5)]


def _movements(both: SideBySide) -> list[Row]:
    desk, random = both.desk, Random(5)
    for number in range(ROUNDS):
        lot = random.randrange(LOT_COUNT // 5) * 5  # every fifth never expires
        with desk.reading() as reading:
            found = reading.lots.get(_id("lot", lot))
            place = reading.balances.of_lot(found.id)[0].site_id
        asked = Asked(item_id=found.item_id, site_id=place, quantity=3, lot_id=found.id)
        both.do(lambda asked=asked: stock.issue(desk, asked=asked), "issue of a lot")
        both.do(lambda asked=asked, number=number: stock.receive(desk, receipt=Receipt(
            item_id=asked.item_id, site_id=asked.site_id, quantity=50, lot_number=f"N{number}")), "receive a lot")
    return [Row.within_times(f"stock: {name}", floor_name="the same rows by the bare driver", floor_ms=median(both.floor[name]),
                             ours_ms=median(ours), times=2.5) for name, ours in both.ours.items()]


def _answers(desk: Desk) -> list[Row]:
    item = supplies.list_items(desk, limit=1)[0]
    asked = Asked(item_id=item.id, site_id=_id("depot", 0), quantity=500)
    page = median_ms(lambda: stock_lists.item_page(desk, item_id=item.id), 9)
    chosen = median_ms(lambda: stock.reserve(desk, asked=asked), 5)
    alarms = median_ms(lambda: stock_lists.stock_alarms(desk), 5)
    return [Row.within_ms(f"stock: {name}", floor_name="—", floor_ms=took, ours_ms=took, ms=limit)
            for name, took, limit in (("an item whole", page, 100), ("keep 500 back, first expired first", chosen, 100), ("alarms", alarms, 300))]
