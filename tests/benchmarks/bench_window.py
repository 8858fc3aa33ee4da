"""How soon the window stands there, and whether it ever stands still: beside a bare window of PySide6, each in a fresh program.

Runs where a display is, or offscreen: QT_QPA_PLATFORM decides; without a display it is set to offscreen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests import story
from tests.benchmarks.rows import Row
from tests.builders import make_desk

ROOT = Path(__file__).resolve().parents[2]
PAIRS = 9


def in_a_child(mode: str, store: Path) -> dict[str, float]:
    """Run a measurement of the window in a fresh program, and return what it told."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["EMERGENCY_DESK_BEGAN"] = repr(time.monotonic())
    command = [sys.executable, "-m", "tests.benchmarks.window_child", mode, str(store)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200)
    lines = done.stdout.strip().splitlines()
    if not lines:
        raise RuntimeError(f"{mode} told nothing: {done.stderr[-2_000:]}")
    answer: dict[str, float] = json.loads(lines[-1])
    return answer


def run() -> list[Row]:
    """Start nine pairs of programs, then one under load."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        for _ in range(12):
            story.opened(desk)
        desk.store.close()
        store = desk.store.path
        times: dict[str, list[float]] = {"bare": [], "frame": [], "board": []}
        for pair in range(PAIRS + 1):
            for mode, taken in times.items():
                answer = in_a_child(mode, store)["ms"]
                if pair:  # the first one warms the disk
                    taken.append(answer)
        load = in_a_child("load", store)
    floor = median(times["bare"])
    first_paint = {"floor_name": "first paint of a bare PySide6 window", "floor_ms": floor}
    mb = load["mb"]
    return [
        Row.within_times("first paint of the frame with its rail", **first_paint, ours_ms=median(times["frame"]), times=1.5),
        Row.within_times("first rows of the board, from sign-in", **first_paint, ours_ms=median(times["board"]), times=4),
        Row.within_ms(f"longest stall while {load['incidents']:.0f} incidents are replayed", **first_paint, ours_ms=load["ms"], ms=50),
        Row.within_ms("stall not passed by 99 of 100 rounds", **first_paint, ours_ms=load["often"], ms=50),
        Row("memory of the window's program, MB", "300 MB", 300, mb, mb / 300, "≤ 300 MB", mb <= 300),
    ]
