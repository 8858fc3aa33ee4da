"""The mark of a drill through the whole table of papers: on every page of a drill's papers, on no page of any other (R-0.5)."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.ground import WalkGround
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.plan_errors import PlanLacks
from emergency_desk.errands import papers, walks
from emergency_desk.errands.drill_paper_rows import NAMES_OF_A_DRILL
from emergency_desk.errands.papers import NAMES, PaperAsked
from emergency_desk.services import stock_counts
from emergency_desk.services.desk import Desk
from tests.builders import START, trade, with_plans
from tests.reports.sheets import paper, text_of
from tests.services.stock_ground import ground

WALKS = Path(__file__).resolve().parents[2] / "plans" / "walks"
MARK = "演练\u3000DRILL"
# Between them these evenings leave something to print of every paper.
EVENINGS = ("forest_fire_drill", "tall_building_three_tiers", "typhoon_supplies", "typhoon_shelters", "isolation_beds")


def marked_pages(sheet: Any, folder: Path, *, is_drill: bool) -> list[bool]:
    """Return for each page of a paper whether it bears the mark; `is_drill` prints it as one of a drill."""
    told = {"is_exercise": is_drill} if "is_exercise" in {each.name for each in fields(sheet)} else {}
    sheet = replace(sheet, imprint=replace(sheet.imprint, is_exercise=is_drill), **told)
    printed = papers.set_paper(sheet, folder / "paper.pdf", paper("zh_CN"))
    return [MARK in text.replace(" ", "\u3000") for text in text_of(printed.path)]


def sheets_of(desk: Desk) -> dict[str, Any]:
    """Return every paper that a store has something to print of."""
    found = {}
    for name in NAMES:
        try:
            found[name] = papers.read_sheet(desk, PaperAsked(name))
        except (NothingToPrint, PlanLacks):
            continue
    return found


def desk_that_counted(folder: Path) -> Desk:
    """Return a desk at which stock was counted and a plan has two versions."""
    shelf = ground(folder)
    shelf.receive(70, "甲", days=700, place_id=shelf.bin)
    stock_counts.open_count(shelf.desk, site_id=shelf.depot)
    plan = trade().plan("overall", "1.0")
    with_plans(shelf.desk, plan, replace(plan, version="1.1"))
    return shelf.desk


@pytest.fixture(scope="module")
def every_paper(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return one sheet of every paper there is, real ones as the evenings left them."""
    folder = tmp_path_factory.mktemp("papers")
    demo = folder / "demo.store"
    WalkGround().build_demo(demo, lambda: START)
    found = sheets_of(desk_that_counted(folder))
    for name in EVENINGS:
        scratch = folder / name
        scratch.mkdir()
        walk = walks.read_file(WALKS / f"{name}.yaml")
        stage = walks.open_scratch(walk, WalkGround(), scratch, store=demo)
        walks.play(walk, stage)
        found |= {key: sheet for key, sheet in sheets_of(stage.desk).items() if key not in found}
        stage.desk.store.close()
    return found


def test_every_paper_of_the_table_is_looked_at(every_paper: dict[str, Any]) -> None:
    assert set(NAMES) - set(every_paper) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_mark_stands_on_every_page_of_a_drill_and_on_no_other(every_paper: dict[str, Any], name: str, tmp_path: Path) -> None:
    sheet = every_paper[name]
    assert sheet.is_exercise is (name in (*NAMES_OF_A_DRILL, "drill-year")), "as it was gathered"
    assert set(marked_pages(sheet, tmp_path, is_drill=True)) == {True}
    assert set(marked_pages(sheet, tmp_path, is_drill=False)) == {False}
