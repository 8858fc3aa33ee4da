"""The twin a drill is played on, made of a store with 100,000 teams, 1,000,000 lots and 300 shelters, in the helper process.

Floors, in the same run: a file of the twin's size copied and synced; the same beats of a thread while nothing is made.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from threading import Event

from emergency_desk.domain.drill_twins import TwinCounts, TwinOrder
from emergency_desk.errands.background import Background
from emergency_desk.services import drill_twins, drills
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill
from tests.benchmarks import drill_ground
from tests.benchmarks.rows import Row
from tests.builders import acting_as

BLOCK = 1 << 20
BEAT_SECONDS = 0.005


def run() -> list[Row]:
    """Return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        desk = acting_as(drill_ground.desk_on(Path(folder)), "leader")
        drill = drills.plan_drill(desk, asked=AskedDrill(title="演练", planned_at=desk.now())).value
        order = drill_twins.order_twin(desk, drill_id=drill.id)
        seconds, stall = _made(order)
        floor = _copied(order.target, Path(folder) / "copy.store")
        idle = _longest_beat(Event(), 2.0)
        _check(desk, order)
    return [
        Row.within_times("twin: 100,000 teams, 1,000,000 lots, 300 shelters", floor_name="copy and sync a file of its size", floor_ms=floor,
                         ours_ms=seconds * 1000, times=2.5),
        Row.within_ms("longest stall while it is made", floor_name="longest beat while nothing is made", floor_ms=idle, ours_ms=stall, ms=50),
    ]


def _made(order: TwinOrder) -> tuple[float, float]:
    """Make the twin in the helper process; returns how many seconds it took, and the longest beat of this thread meanwhile."""
    background, done, made = Background(), Event(), list[TwinCounts]()
    background.warm("emergency_desk.services.drill_twins")
    ready = Event()
    background.helper(os.getpid, then=lambda _pid: ready.set())
    ready.wait()

    def keep(counts: TwinCounts) -> None:
        made.append(counts)
        done.set()

    begun = time.perf_counter()
    background.helper(drill_twins.make_twin, order, then=keep)
    stall = _longest_beat(done, 600)
    seconds = time.perf_counter() - begun
    background.close()
    assert made[0].lots == 1_000_000 and made[0].teams >= 100_000 and made[0].shelters == 300
    return seconds, stall


def _longest_beat(done: Event, seconds: float) -> float:
    """Beat until something is done; returns by how many milliseconds the latest beat came too late."""
    last, worst, until = time.perf_counter(), 0.0, time.perf_counter() + seconds
    while not done.is_set() and last < until:
        time.sleep(BEAT_SECONDS)
        now = time.perf_counter()
        worst, last = max(worst, now - last - BEAT_SECONDS), now
    return worst * 1000


def _copied(source: Path, target: Path) -> float:
    """Copy a file and sync it; returns the milliseconds it took."""
    begun = time.perf_counter()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(BLOCK):
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return (time.perf_counter() - begun) * 1000


def _check(desk: Desk, order: TwinOrder) -> None:
    """See that what was measured is a twin: it opens, and says of itself what it is."""
    drill_twins.note_twin(desk, order=order, counts=TwinCounts(0, 0, 0))
    from emergency_desk.app.opening import open_desk

    twin = open_desk(order.target)
    assert twin.facts.twin is not None and twin.facts.twin.number == order.mark.number
    twin.store.close()
    desk.store.close()
