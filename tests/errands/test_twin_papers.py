"""Every paper that is printed from a drill's twin says 演练 as plain text on each of its pages."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.teams import TeamState
from emergency_desk.errands import papers
from emergency_desk.errands.drill_paper_rows import NAMES_OF_A_DRILL
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as
from tests.reports.sheets import closed_up, text_of
from tests.services.test_drill_twins import made, opened
from tests.store import test_integrity

MARK = "演练"


def printed(desk: Desk, folder: Path) -> dict[str, list[str]]:
    """Print whatever the desk has something for; returns the text of each page by the paper's name."""
    folder.mkdir()
    found = {}
    for name in papers.NAMES:
        if name in NAMES_OF_A_DRILL:
            continue
        try:
            paper = papers.write_paper(desk, name, out=folder / f"{name}.pdf", language="zh_CN", fonts=paths.fonts())
        except DeskError:
            continue  # nothing of it here
        found[name] = list(map(closed_up, text_of(paper.path)))
    return found


def played(desk: Desk) -> Desk:
    story.take(desk, story.FIRE_ONE, figures=story.figures(trapped=1))
    story.report(desk, story.FIRE_ONE, TeamState.ON_SCENE)
    return desk


def test_every_page_of_every_paper_of_a_twin_says_so(tmp_path: Path) -> None:
    live = acting_as(test_integrity.desk_of_copy(test_integrity._full(), tmp_path / "live.store", clock=SetClock()), "leader")
    twin = played(opened(live, made(live)))
    of_twin = printed(twin, tmp_path / "twin")
    unmarked = {name: number for name, pages in of_twin.items() for number, page in enumerate(pages, start=1) if MARK not in page}
    assert (unmarked, len(of_twin) > 20) == ({}, True), sorted(of_twin)
