"""The evaluation report of a drill with 2,000 entries in its log, from the store to the paper. The floor is drawing the same report alone."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from emergency_desk.domain.drills import Drill, DrillForm, DrillMark, DrillState, DrillStep, Inject, ItemScore
from emergency_desk.domain.ids import Id
from emergency_desk.errands import papers
from emergency_desk.reports import drill_papers
from emergency_desk.services.desk import Desk
from tests.benchmarks.rows import Row, median_ms
from tests.builders import SetClock, make_desk
from tests.reports import sheets

ENTRIES, INJECTS = 2_000, 200


def run() -> list[Row]:
    """Print the report from the store, and draw it alone, five times each."""
    with tempfile.TemporaryDirectory() as folder:
        desk, path = make_desk(Path(folder), clock=SetClock()), Path(folder, "report.pdf")
        fill(desk)
        sheet, paper = papers.read_sheet(desk, papers.PaperAsked("drill")), sheets.paper("zh_CN")
        floor = median_ms(lambda: drill_papers.write(sheet, path, paper), times=5)  # type: ignore[arg-type]
        ours = median_ms(lambda: papers.write_paper(desk, "drill", out=path, language="zh_CN", fonts=sheets.FONTS), times=5)
        desk.store.close()
    return [Row.within_times("report of a drill with 2,000 entries", floor_name="drawing the same report alone", floor_ms=floor, ours_ms=ours,
                             times=1.5)]


def fill(desk: Desk) -> None:
    """Put one drill into the store: 200 injects, each released and answered, observations besides, and every item given points."""
    begun = desk.now()
    with desk.open_work() as work:
        drill = work.drills.add(Drill(
            id=desk.new_id(), number="370212-2026-E0001", title="森林火灾实战演练", form=DrillForm.FIELD, planned_at=begun, created_at=begun,
            account_id=desk.who, expected_heads=214, counted_heads=214, state=DrillState.EVALUATED, started_at=begun,
            ended_at=begun + timedelta(hours=4), aims=("15分钟内到场",), scenario="北宅街道北山林区发生火情"))
        injects = [work.injects.add(Inject(
            id=desk.new_id(), drill_id=drill.id, number=number + 1, at_minutes=number, to_whom="北宅街道值班室",
            text=f"第{number}条：风向变化，威胁村庄", expected="报告区指挥部并转移群众", limit_minutes=5,
            released_at=begun + timedelta(minutes=number),
            answered_at=begun + timedelta(minutes=number + number % 9))) for number in range(INJECTS)]
        marks = [work.drill_marks.add(_mark(desk, drill, number, injects[number // 10 % INJECTS].id)) for number in range(ENTRIES)]
        for place, item in enumerate(desk.trade.drills.items_for(DrillForm.FIELD)):
            work.drill_scores.add(ItemScore(
                id=desk.new_id(), drill_id=drill.id, item_id=item.id, evaluator="评估员乙", scored_at=begun, account_id=desk.who, points=3,
                evidence="见现场评估记录", mark_ids=(marks[place].id,)))
        work.commit("bench")


def _mark(desk: Desk, drill: Drill, number: int, inject_id: Id) -> DrillMark:
    step = (DrillStep.RELEASED, DrillStep.ANSWERED, *[DrillStep.OBSERVED] * 8)[number % 10]
    at = desk.now() + timedelta(minutes=number / 10)
    return DrillMark(id=desk.new_id(), drill_id=drill.id, step=DrillStep.STARTED if number == 0 else step, occurred_at=at, recorded_at=at,
                     account_id=desk.who, about_id=inject_id, text=f"第{number}组到达北侧防火道，开始清理，通信正常", person="观察员丁")
