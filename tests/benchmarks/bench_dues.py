"""What is owed, recomputed for 500 open incidents: read from the store, judged by every row, and held against what was laid.

The floor is the reading alone: the same SELECTs with nothing decided.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.advice import CallDraft
from emergency_desk.domain.incidents import Figures
from emergency_desk.services import calls, incidents, reports
from emergency_desk.services.desk import Desk
from emergency_desk.store.readings.report_traces import report_traces
from tests.benchmarks.rows import Row, median_ms
from tests.builders import STREET, SetClock, make_desk

INCIDENTS, MOST_MS = 500, 50
WORDS = ("居民楼着火，有人被困", "山体滑坡压住房屋", "化工厂车间爆炸", "小区停电", "多人食物中毒")


def run() -> list[Row]:
    """Measure the recomputing of all dues."""
    with tempfile.TemporaryDirectory() as folder:
        clock = SetClock()
        desk = make_desk(Path(folder), clock=clock)
        _fill(desk, clock)
        reports.renew_dues(desk)

        def read() -> None:
            with desk.reading() as reading:
                report_traces(reading)

        ours, floor = median_ms(lambda: reports.renew_dues(desk)), median_ms(read)
        desk.store.close()
    return [Row.within_ms(f"recompute the dues of {INCIDENTS} open incidents", floor_name="read them only", floor_ms=floor, ours_ms=ours,
                          ms=MOST_MS)]


def _fill(desk: Desk, clock: SetClock) -> None:
    for number in range(INCIDENTS):
        draft = CallDraft(words=WORDS[number % len(WORDS)], area_id=STREET, address=f"一路 {number} 号")
        taken = calls.take_call(desk, draft=replace(draft, received_at=clock.at)).value
        if number % 3 == 0:
            incidents.report_figures(desk, incident_id=taken.incident.id, figures=Figures(dead=3 if number % 2 else 1))
        clock.forward(0.5)
