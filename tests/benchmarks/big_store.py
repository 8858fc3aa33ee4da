"""A store as a large city has it after years: 100,000 teams, 20,000 incidents, a million log lines; sound, and built once.

`size` is a hundredth part of it and up: 1 for an office's first year, 10, 100 for all.
It is kept in the system's folder for temporary files and copied for each run. Rows are written in bulk by bare inserts, and each chunk
ends with its journal entry, so that the chain and every seal hold.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Happening, Incident, IncidentClass, IncidentState, LogEntry
from emergency_desk.domain.teams import Team, TeamKind
from emergency_desk.services import founding
from emergency_desk.services.desk import Desk
from emergency_desk.store import journal
from emergency_desk.store.codec import digest_of, moment_to_column
from emergency_desk.store.engine import open_connection
from emergency_desk.store.repositories.repository import Shape
from emergency_desk.store.repositories.shapes import INCIDENTS, LOG
from emergency_desk.store.rows.tables import metadata
from emergency_desk.store.store import Store
from tests.builders import DISTRICT, OTHER_DISTRICT, OTHER_STREET, START, STREET, make_desk

TEAMS, INCIDENT_COUNT, LOG_LINES, OPEN_COUNT = 100_000, 20_000, 1_000_000, 40
WHOLE = 100  # the size of all of it
CHUNK = 20_000
AREAS = (DISTRICT, OTHER_DISTRICT, STREET, OTHER_STREET)
CALL = ("居民楼着火", "树木倒伏", "电线坠落冒火花", "电梯困人", "急病", "交通事故有人受伤", "燃气气味", "道路积水")
LINE = "现场回报：已到达，正在展开，暂未发现新的被困人员，请求继续保持联络。"


def big_desk(folder: Path, size: int = WHOLE) -> Desk:
    """Return a desk over a fresh copy of the big store, building the store first where it is not kept yet."""
    kept = _kept(size)
    if not kept.exists():
        _build(kept, size)
    desk = make_desk(folder, name="small.store")
    path = folder / "big.store"
    shutil.copyfile(kept, path)
    desk.store.close()
    return Desk(Store(path), facts=desk.facts, trade=desk.trade, account=desk.account, clock=desk._clock, random_bits=Random(7).getrandbits)


def _kept(size: int) -> Path:
    shape = repr(sorted((table.name, [column.name for column in table.columns]) for table in metadata.tables.values()))
    mark = hashlib.sha256((shape + Path(__file__).read_text(encoding="utf-8")).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"emergency-desk-big-{size}-{mark}.store"


def _build(kept: Path, size: int) -> None:
    print(f"building the big store of size {size}, once …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        desk = make_desk(Path(folder), name="big.store")
        founding.fill(desk, teams=_teams(size), sites=())
        connection = open_connection(desk.store.path)
        connection.execute("PRAGMA synchronous = OFF")
        account = desk.who
        _insert(connection, INCIDENTS, _incidents(size), account)
        _insert(connection, LOG, _log(account, size), account)
        connection.execute("INSERT OR REPLACE INTO counters VALUES ('incident 990101 2026', ?)", (INCIDENT_COUNT * size // WHOLE,))
        desk.store.close()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.move(desk.store.path, kept)


def _insert(connection: Any, shape: Shape[Any], records: Iterable[Any], account: Id) -> None:
    """Write records in chunks, each with its chained journal entry."""
    waiting = iter(records)
    number, previous = connection.execute("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    while chunk := [shape.codec.encode(record) for record in islice(waiting, CHUNK)]:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(shape.insert, chunk)
        touched = "\n".join(f"{shape.table} {columns[shape.id_place]} 1 {digest_of(columns)}" for columns in chunk)
        number += 1
        at = moment_to_column(START) or 0
        own = journal.hash_of(number, at, account, "990101", "fill", "{}", touched, previous)
        connection.execute(
            'INSERT INTO journal (number, at, account_id, desk_code, action, "values", touched, previous, hash) VALUES (?,?,?,?,?,?,?,?,?)',
            (number, at, account, "990101", "fill", "{}", touched, previous, own))
        previous = own
        connection.execute("COMMIT")


def _teams(size: int) -> Iterator[Team]:
    random = Random(20261124)
    abilities = (("fire_fighting",), ("medical",), ("traffic_control", "cordon"), ("power_repair",), ("drainage", "flood_control"))
    for number in range(TEAMS * size // WHOLE):
        yield Team(
            id=Id(f"{0xb16 << 96 | number:032x}"), code=f"B{number:06}", name=f"第{number}队", kind=TeamKind.PROFESSIONAL,
            area_id=random.choice(AREAS), capabilities=random.choice(abilities), latitude=random.uniform(35.6, 37.1),
            longitude=random.uniform(119.5, 121.0), muster_minutes=random.choice((1, 2, 5, 15)), duty_phone="0532-00000000", vehicles="1 车")


def incident_id(number: int) -> Id:
    """Return the id of the big store's nth incident."""
    return Id(f"{0x1bc << 96 | number:032x}")


def _incidents(size: int) -> Iterator[Incident]:
    count = INCIDENT_COUNT * size // WHOLE
    for number in range(count):
        at = START - timedelta(minutes=25 * (count - number))
        is_open = number >= count - OPEN_COUNT
        words = CALL[number % len(CALL)]
        incident = Incident(
            id=incident_id(number), number=f"990101-2026-{number + 1:05d}", title=words, type_id="other", area_id=AREAS[number % len(AREAS)],
            occurred_at=at, recorded_at=at, address=f"延安三路{number}号", latitude=36.0 + number % 97 / 100, longitude=120.3,
            state=IncidentState.RESPONDING if is_open else IncidentState.CLOSED, incident_class=IncidentClass.ACCIDENT,
            closed_at=None if is_open else at + timedelta(hours=1), search_key=f"{words} 990101-2026-{number + 1:05d}", version=1)
        yield incident


def _log(account: Id, size: int) -> Iterator[LogEntry]:
    lines, count = LOG_LINES * size // WHOLE, INCIDENT_COUNT * size // WHOLE
    for number in range(1, lines + 1):
        at = START - timedelta(seconds=lines - number)
        yield LogEntry(id=Id(f"{0x109 << 96 | number:032x}"), sequence=number, happening=Happening.NOTE, occurred_at=at, recorded_at=at,
                       account_id=account, incident_id=incident_id(number * 7919 % count), text=f"{LINE}{number}")
