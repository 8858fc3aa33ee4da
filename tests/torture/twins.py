"""The desk is killed (SIGKILL) while the twin of a drill is made, at any moment of it.

The live store stays whole and says what it said, no half twin is ever opened, and what is left over is gone after the next start, which names it.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from emergency_desk.domain.drill_twins import TwinState
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.integrity import room_digests
from emergency_desk.services import drill_twins, drills, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.services.drills import AskedDrill
from emergency_desk.store.opening import open_store
from tests.builders import acting_as
from tests.torture.judge import faults
from tests.torture.office import Officer, open_office, template
from tests.torture.verdict import Verdict

WHAT = "killed while the twin of a drill is made"


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Kill the making so many times, over one store."""
    random, broken, began = Random(seed), list[str](), time.monotonic()
    told = {"nothing yet": 0, "half made": 0, "whole": 0}
    path = Path(shutil.copyfile(template(), folder / "live.store"))
    office = open_office(path)
    facts = [fact for _ in range(6) for fact in Officer(office, seed).act()]
    office.store.close()
    lasts = _seconds(path)
    for number in range(rounds):
        with _desk(path) as desk:
            drill_id = _planned(desk)
            before = room_digests(integrity.check(desk).tables)
        _killed(path, drill_id, random.uniform(0, 1.3 * lasts))
        with _desk(path) as desk:
            state, found = _judge(desk, drill_id)
            if room_digests(integrity.check(desk).tables) != before:
                found.append("the live store says other things than before")
        told[state] += 1
        broken += [f"round {number} of seed {seed}: {fault}" for fault in found + faults(path, facts)]
    return [Verdict(WHAT, rounds, told, tuple(broken), "the live store as it was, no half twin, nothing left over", time.monotonic() - began)]


@contextmanager
def _desk(path: Path) -> Iterator[Desk]:
    desk = acting_as(open_office(path), "leader")
    yield desk
    desk.store.close()


def _planned(desk: Desk) -> Id:
    return drills.plan_drill(desk, asked=AskedDrill(title="演练", planned_at=desk.now())).value.id


def _made(desk: Desk, drill_id: Id) -> None:
    order = drill_twins.order_twin(desk, drill_id=drill_id)
    drill_twins.note_twin(desk, order=order, counts=drill_twins.make_twin(order))


def _seconds(path: Path) -> float:
    """Return how long a twin takes that nobody kills."""
    with _desk(path) as desk:
        drill_id = _planned(desk)
        began = time.monotonic()
        _made(desk, drill_id)
        return time.monotonic() - began


def _killed(path: Path, drill_id: Id, seconds: float) -> None:
    """Let a child make the twin, and kill it so many seconds after it began."""
    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with _desk(path) as desk:
                os.write(tells, b"!")
                _made(desk, drill_id)
        finally:
            os._exit(0)
    os.read(hears, 1)
    os.close(hears)
    os.close(tells)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _judge(desk: Desk, drill_id: Id) -> tuple[str, list[str]]:
    """Say how far a twin came, and what is wrong with what is left; in the end it is made."""
    with desk.reading() as reading:
        target = drill_twins.order_path(desk, reading.drills.get(drill_id))
    left = [one for one in target.parent.iterdir() if one.name.startswith(target.name)]
    halves = [one for one in left if one.name != target.name and not one.name.endswith((".reserve", "-wal", "-shm"))]
    state = "whole" if target.exists() else "half made" if halves else "nothing yet"
    found = [f"a half twin opens: {one.name}" for one in halves if _opens(one) and faults(one, ())]
    if target.exists():
        found += faults(target, ())
    named = drill_twins.clear_up(desk)
    if named != ((target.name,) if halves else ()):
        found.append(f"the start names {named} where {sorted(one.name for one in halves)} were left")
    there = {one.name for one in target.parent.iterdir()}
    found += [f"left over: {name}" for name in sorted(there) if ".part" in name]
    twin = drill_twins.twin_of(desk, drill_id=drill_id)
    if twin is None:
        _made(desk, drill_id)
        twin = drill_twins.twin_of(desk, drill_id=drill_id)
    if twin is None or twin.state is not TwinState.OPEN or not target.exists() or faults(target, ()):
        found.append("the twin cannot be made anew")
    return state, found


def _opens(path: Path) -> bool:
    try:
        open_store(path).close()
    except StoreTrouble:
        return False
    return True
