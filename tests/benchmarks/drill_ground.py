"""The store a drill's twin is made of: 100,000 teams, 1,000,000 lots each with its receipt (every hundredth with goods kept back and goods
in quarantine), 300 shelters; sound, and built once."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from emergency_desk.domain.ids import Id
from emergency_desk.domain.shelters import Shelter, ShelterTier
from emergency_desk.domain.sites import Site, SiteKind
from emergency_desk.domain.stock import INSIDE, Movement, MovementKind, accounts_of
from emergency_desk.domain.supplies import Depot, DepotKind, SupplyItem
from emergency_desk.services import founding, supplies
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.shapes import LOTS, MOVEMENTS
from emergency_desk.store.repositories.stock_balances import StockBalances
from emergency_desk.store.rows.tables import metadata
from emergency_desk.store.statements import Statements
from emergency_desk.store.store import Store
from tests.benchmarks import bench_stock, big_store
from tests.builders import START, STREET, make_desk

SHELTERS, DEPOTS, ITEMS = 300, 200, 400
KINDS = (MovementKind.PURCHASE_IN, MovementKind.RESERVE, MovementKind.QUARANTINE)


def kept() -> Path:
    """Return the store, which is built first where it is not kept yet."""
    shape = repr(sorted((table.name, [column.name for column in table.columns]) for table in metadata.tables.values()))
    mark = hashlib.sha256((shape + Path(__file__).read_text(encoding="utf-8")).encode()).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"emergency-desk-drill-{mark}.store"
    if not path.exists():
        _build(path)
    return path


def desk_on(folder: Path) -> Desk:
    """Return a desk over a copy of it."""
    path = folder / "live.store"
    shutil.copyfile(kept(), path)
    small = make_desk(folder, name="small.store", account="administrator")
    small.store.close()
    return Desk(Store(path), facts=small.facts, trade=small.trade, account=small.account, clock=small._clock,
                random_bits=Random(7).getrandbits)


def _build(path: Path) -> None:
    print("building the store of the drill, once …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        desk = make_desk(Path(folder), name="drill.store")
        depots = [Site(id=_id("depot", number), kind=SiteKind.DEPOT, name=f"第{number}库", area_id=STREET) for number in range(DEPOTS)]
        founding.fill(desk, teams=big_store._teams(big_store.WHOLE), sites=[*depots, *_sites()], shelters=_shelters())
        for depot in depots:
            supplies.keep_depot(desk, depot=Depot(depot.id, DepotKind.WAREHOUSE))
        for number in range(ITEMS):
            supplies.keep_item(desk, item=SupplyItem(id=Id(""), code=f"x-{number}", name=f"物资{number}", unit="件"))
        items = [item.id for item in supplies.list_items(desk)]
        connection = open_connection(desk.store.path)
        connection.execute("PRAGMA synchronous = OFF")
        big_store._insert(connection, LOTS, bench_stock._lots(items), desk.who)
        big_store._insert(connection, MOVEMENTS, _moves(items, desk.who), desk.who)
        connection.execute("BEGIN IMMEDIATE")
        StockBalances(Statements(connection)).build_anew()
        connection.execute("COMMIT")
        desk.store.close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.move(desk.store.path, path)


def _moves(items: list[Id], account: Id) -> Iterator[Movement]:
    for number in range(bench_stock.LOT_COUNT):
        place = _id("depot", number * 31 % DEPOTS)
        for step, kind in enumerate(KINDS if number % 100 == 0 else KINDS[:1]):
            start, end = accounts_of(kind)
            yield Movement(
                id=bench_stock._id("move", number * 3 + step), document=f"S{number * 3 + step}", kind=kind, lot_id=bench_stock._id("lot", number),
                item_id=items[number % ITEMS], quantity=100 if step == 0 else step, from_account=start, to_account=end, occurred_at=START,
                recorded_at=START, account_id=account, from_place=place if start in INSIDE else "", to_place=place if end in INSIDE else "")


def _id(kind: str, number: int) -> Id:
    return bench_stock._id(kind, number)


def _sites() -> Iterator[Site]:
    for number in range(SHELTERS):
        yield Site(id=_id("shelter", number), kind=SiteKind.SHELTER, name=f"第{number}避难场所", area_id=STREET, capacity=1_000,
                   effective_area_m2=2_000)


def _shelters() -> Iterator[Shelter]:
    for number in range(SHELTERS):
        yield Shelter(id=_id("shelter", number), tier=ShelterTier.COUNTY)
