"""What saving a section of a draft costs among 300 drafts of 40 sections, beside the very same rows written by the bare driver.

The floor writes every row that our act wrote (the part, what stood before, the journal) on an equal store, with the same durability, in
one transaction. A section of some 800 characters is changed, added and taken back, in a draft of 300 sections.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.plan_drafts import PartKind
from emergency_desk.domain.plan_records import Clause, Plan, PlanKind
from emergency_desk.domain.texts import Text
from emergency_desk.services import plan_drafts, plan_editing
from emergency_desk.store.engine import open_connection
from tests.benchmarks.bench_store import SideBySide
from tests.benchmarks.rows import Row, median_ms
from tests.builders import make_desk

DRAFTS, SECTIONS, LONG, ROUNDS, TIMES = 300, 40, 300, 40, 5.0
WORDS = "接到报告后立即核实情况，通知有关单位，组织疏散和救援，并按规定时限报告。" * 20


def plan(code: str, sections: int) -> Plan:
    """Return a plan of so many sections in ten chapters."""
    clauses = tuple(Clause(number=f"{number % 10 + 1}.{number // 10 + 1}", title=Text("处置"), body=Text(WORDS)) for number in range(sections))
    return Plan(code=code, version="1.0", title=Text("预案"), kind=PlanKind.SPECIAL, hazard_types=("building_fire",), tier=Tier.DISTRICT,
                clauses=clauses)


def fold_in(path: Path) -> None:
    """Fold the log of the store into its file, so that a copy of the file is the whole store."""
    connection = open_connection(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def run() -> list[Row]:
    """Save, add and take back a section, over and over."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), account="planner")
        for number in range(DRAFTS):
            plan_drafts.start_draft(desk, plan=plan(f"plan{number}", SECTIONS))
        draft = plan_drafts.start_draft(desk, plan=plan("long", LONG)).value
        fold_in(desk.store.path)
        both = SideBySide(Path(folder), desk)
        try:
            return _measure(both, draft)
        finally:
            both.close()


def _measure(both: SideBySide, draft: plan_drafts.PlanDraft) -> list[Row]:
    desk = both.desk
    part = plan_drafts.open_draft(desk, draft_id=draft.id).part(PartKind.CLAUSE, "5.7")
    assert part is not None
    version, section = part.version, Clause(number="5.7", title=Text("处置"), body=Text(WORDS))
    for count in range(ROUNDS):
        record = replace(section, body=Text(f"{WORDS}{count}"))
        stored = both.do(lambda record=record, version=version: plan_editing.save_part(desk, part_id=part.id, record=record, version=version),
                         "saving a section")
        version = stored.value.version
        both.do(lambda count=count: plan_editing.add_part(desk, draft_id=draft.id, record=replace(section, number=f"11.{count + 1}")),
                "adding a section")
        both.do(lambda: plan_editing.undo(desk, draft_id=draft.id), "taking back")
    rows = [Row.within_times(f"{name}, draft of {LONG} sections among {DRAFTS:,} drafts", floor_name="the same rows by the bare driver",
                             floor_ms=median(both.floor[name]), ours_ms=median(both.ours[name]), times=TIMES) for name in both.ours]
    bare = median_ms(lambda: both._bare.execute("SELECT * FROM plan_parts WHERE draft_id = ?", (draft.id,)).fetchall())
    return [*rows, Row.within_ms(f"reading a draft of {LONG} sections as a plan", floor_name="its rows by the bare driver", floor_ms=bare,
                                 ours_ms=median_ms(lambda: plan_drafts.open_draft(desk, draft_id=draft.id)), ms=50)]
