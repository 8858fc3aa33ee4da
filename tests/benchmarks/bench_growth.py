"""How what an office waits for grows with its store: 1,000 teams and 10,000 log lines, ten times as many, a hundred times as many.

At the smallest size the floor is a bare read of sixty lines; at the greater ones it is what the desk itself took at the
smallest, so the ratio is the growth. A list or a command may not grow with the store; what must read all of it is measured elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from gc import collect
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from emergency_desk.app.collecting import spare_what_stays
from emergency_desk.app.opening import open_desk
from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.register import TeamFilter
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import boards, calls, incidents, register_lists, teams
from emergency_desk.services.desk import Desk
from emergency_desk.services.steps.sending import Sending
from emergency_desk.store.engine import open_connection
from tests.benchmarks import big_store
from tests.benchmarks.bench_window import in_a_child
from tests.benchmarks.rows import Row, median_ms
from tests.builders import STREET

SIZES = tuple(int(size) for size in os.environ.get("BENCHMARK_SIZES", "1 10 100").split())
ROUNDS, WINDOWS = 15, 4
LEAST_MS = 2.0  # below it a ratio tells the noise of the machine
DRAFT = CallDraft(words="居民楼着火，三楼有人被困", area_id=STREET, address="延安三路105号", latitude=36.087, longitude=120.360)
# What it is, how many milliseconds it may take at the smallest size, and how much it may grow with the store.
LIMITS: dict[str, tuple[float, float]] = {
    "window: first rows of the board": (1_000, 2), "open the desk": (500, 10),
    "first page: the duty board": (100, 2), "a room": (100, 2), "a page of the log": (50, 2),
    "a page of the register": (50, 2), "find a team by initials": (50, 8), "find an incident by initials": (50, 8),
    "take a call and send a team": (100, 4), "report a state": (50, 2)}


def run() -> list[Row]:
    """Measure every size."""
    rows: list[Row] = []
    smallest: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            took, floor = _measure(Path(folder), size)
        for name, ms in took.items():
            ms_allowed, growth = LIMITS[name]
            if size == SIZES[0]:
                smallest[name] = max(LEAST_MS, ms)
                rows.append(Row.within_ms(f"{name}, {size} ×", floor_name=floor[0], floor_ms=floor[1], ours_ms=ms, ms=ms_allowed))
            else:
                rows.append(Row.within_times(f"{name}, {size} ×", floor_name=f"the same at {SIZES[0]} ×", floor_ms=smallest[name], ours_ms=ms,
                                             times=growth))
    return sorted(rows, key=lambda row: list(LIMITS).index(row.name.rsplit(",", 1)[0]))


def _measure(folder: Path, size: int) -> tuple[dict[str, float], tuple[str, float]]:
    desk = big_store.big_desk(folder, size)
    path = desk.store.path
    bare = open_connection(path)
    floor = median_ms(lambda: bare.execute("SELECT * FROM log_entries ORDER BY sequence DESC LIMIT 60").fetchall())
    bare.close()
    desk.store.close()
    window = [in_a_child("board", path)["ms"] for _ in range(WINDOWS)][1:]  # the first one warms the disk
    opened = median_ms(lambda: _opened(path), 3)
    desk = big_store.big_desk(folder, size)
    took = {"window: first rows of the board": median(window), "open the desk": opened, **_readings(desk), **_commands(desk)}
    desk.store.close()
    return took, ("60 bare log lines", floor)


def _opened(path: Path) -> None:
    desk = open_desk(path)
    desk.memory.tree()
    desk.store.close()


def _readings(desk: Desk) -> dict[str, float]:
    newest = incidents.list_open(desk)[0].id
    places = register_lists.places_of_pages(desk, asked=TeamFilter())
    middle = places[len(places) // 2]
    acts: dict[str, Callable[[], Any]] = {
        "first page: the duty board": lambda: boards.duty_board(desk), "a room": lambda: incidents.open_room(desk, incident_id=newest),
        "a page of the log": lambda: incidents.read_log(desk, before=5_000),
        "a page of the register": lambda: register_lists.page_of_teams(desk, asked=TeamFilter(), after=middle),
        "find a team by initials": lambda: register_lists.page_of_teams(desk, asked=TeamFilter(text="d99d")),
        "find an incident by initials": lambda: incidents.find(desk, text="jmlzh")}
    return {name: median_ms(act) for name, act in acts.items()}


def _commands(desk: Desk) -> dict[str, float]:
    ready = [team.id for team in desk.memory.roster(today=desk.now().date()).teams if team.state is TeamState.STANDBY][:ROUNDS + 1]
    collect()
    spare_what_stays()
    sent: list[float] = []
    reported: list[float] = []
    for team in ready:
        calls.advise(desk, draft=DRAFT)  # as the form does while somebody types
        start = perf_counter()
        calls.take_call(desk, draft=DRAFT, send=(Sending(team_id=team, serves="fire_fighting"),), override_reason="近")
        middle = perf_counter()
        teams.report_state(desk, team_id=team, to=TeamState.EN_ROUTE)
        sent.append((middle - start) * 1000)
        reported.append((perf_counter() - middle) * 1000)
    return {"take a call and send a team": median(sent[1:]), "report a state": median(reported[1:])}
