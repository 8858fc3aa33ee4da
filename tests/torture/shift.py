"""A shift of twelve hours behind the real window, in two minutes: every half minute of it an act, every ten minutes another page, and the
memory of the program is flat from the third hour on.

`python -m tests.torture.shift STORE HOURS` is the child: it prints one line of JSON with the memory at each half hour.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from tests.torture.verdict import Verdict

WHAT = "a shift of twelve hours behind the window"
HOURS, WARM = 12.0, 3.0  # the first hours fill caches
ACTS_AN_HOUR, TURN_EVERY = 120, 20
MOST_MB_AN_HOUR = 1.0  # a house setting: a week without a restart then takes 170 MB
LONGEST_SECONDS = 400
MOST_OPEN = 10  # incidents; older ones are closed, as on any evening
ROOT = Path(__file__).resolve().parents[2]


def run(minutes: int, folder: Path, seed: int) -> list[Verdict]:
    """Sit through so many minutes of a shift."""
    from tests.torture.judge import faults
    from tests.torture.office import template

    began, path = time.monotonic(), folder / "shift.store"
    shutil.copyfile(template(), path)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "EMERGENCY_DESK_BEGAN": repr(time.monotonic())}
    command = [sys.executable, "-m", "tests.torture.shift", str(path), str(minutes / 60), str(seed)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS)
    lines = done.stdout.strip().splitlines()
    if not lines or done.returncode:
        return [Verdict(WHAT, 1, {}, (f"the window ended: {done.stderr[-1500:]}",), seconds=time.monotonic() - began)]
    said = json.loads(lines[-1])
    memory = said["mb"]
    warm = memory[int(WARM * 2):] or memory
    growth = _slope(warm) * 2  # a figure every half hour
    broken = faults(path, ())
    if minutes / 60 > WARM * 1.5 and growth > MOST_MB_AN_HOUR:  # a short form only warms up
        broken.append(f"memory grows by {growth:.1f} MB an hour: {[round(mb) for mb in memory]}")
    told = {"acts": said["acts"], "pages turned": said["turned"], "MB at first": round(warm[0]), "MB in the end": round(warm[-1])}
    return [Verdict(WHAT, minutes, told, tuple(broken), f"memory flat beside SQLite's pages (at most {MOST_MB_AN_HOUR:g} MB an hour)",
                    time.monotonic() - began)]


def _slope(values: list[float]) -> float:
    """Return how much a line through some values rises from one to the next."""
    places = range(len(values))
    middle, average = mean(places), mean(values)
    return sum((at - middle) * (value - average) for at, value in zip(places, values, strict=True)) / (
        sum((at - middle) ** 2 for at in places) or 1)


def _child(path: Path, hours: float, seed: int) -> None:
    from tests.benchmarks.window_child import at_the_board

    at_the_board(path, lambda session, _ms: Shift(session, hours, seed).begin())


class Shift:
    """An officer who acts on the store thread, and a window that follows."""

    def __init__(self, session: Any, hours: float, seed: int) -> None:
        from emergency_desk.ui import workplace
        from tests.builders import SetClock
        from tests.torture.office import Officer

        self.session, self.left, self.random = session, int(hours * ACTS_AN_HOUR), Random(seed)
        self.clock = session.desk._clock = SetClock()
        self.officer = Officer(session.desk, seed)
        self.officer.acts = (self.officer.call, self.officer.order, self.officer.order, self.officer.write, self.officer.figures)
        self.pages = (workplace.INCIDENTS, workplace.PLANS, workplace.STOCK, workplace.REPORT)
        self.mb: list[float] = []
        self.done = self.turned = 0

    def begin(self) -> None:
        """Go on until the shift is over; the window paints between two acts."""
        if self.done % (ACTS_AN_HOUR // 2) == 0:
            self.mb.append(memory_mb())
        if self.done >= self.left:
            print(json.dumps({"mb": self.mb, "acts": self.done, "turned": self.turned}), flush=True)
            os._exit(0)
        if self.done % TURN_EVERY == 0:
            self.session.window.show_page(self.pages[self.turned // 2 % len(self.pages)] if self.turned % 2 else "board")
            self.turned += 1
        self.done += 1
        self.session.background.store(self.act, then=lambda _done: self.settle())

    def act(self) -> Any:
        """Do one act, and close what is oldest when there is much open. Runs on the store thread."""
        from emergency_desk.domain.changes import ChangeSet
        from emergency_desk.services import incidents
        from emergency_desk.services.desk import Done

        self.clock.forward(0.5)
        list(self.officer.act())
        open_now = incidents.list_open(self.session.desk)
        if len(open_now) > MOST_OPEN:
            self.officer.close(open_now[-1].id)
        return Done(None, ChangeSet(journal_number=0, everything=True))

    def settle(self) -> None:
        """Let the window read and paint what changed before the next act."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, lambda: self.session.background.store(lambda: None, then=lambda _nothing: self.begin()))


def memory_mb() -> float:
    """Return what of this program lies in memory when the rubbish is out, without the pages SQLite keeps.

    Those grow with the store, up to 32 MB a connection.
    """
    import ctypes
    import gc

    from sqlcipher3 import _sqlite3

    gc.collect()
    used = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
    used.restype = ctypes.c_int64
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024 - float(used()) / (1 << 20)


if __name__ == "__main__":
    from tests.benchmarks.window_child import _broken

    sys.excepthook = _broken
    _child(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
