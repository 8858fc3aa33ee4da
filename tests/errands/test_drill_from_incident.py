"""A drill made of a real evening: what came in, what the desk did, the minutes it took; run by itself to its report, with nobody's name in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.drill_scoring import kept_limits
from emergency_desk.domain.drills import DrillState
from emergency_desk.domain.errors import RoleMissing
from emergency_desk.domain.incidents import Figures, Incident
from emergency_desk.errands import drill_from_incident, drill_scripts, papers, walks
from emergency_desk.errands.walk_export import export_walk
from emergency_desk.exchange.drill_scripts import read_drill_script, write_drill_script
from emergency_desk.services import incidents, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import find_incident
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.errands.walk_ground import SmallGround
from tests.reports.sheets import FONTS, text_of


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


@pytest.fixture
def evening(desk: Desk, clock: SetClock) -> Incident:
    """A call of Mr Zheng's; a team sent at once, figures after six minutes, another team after three more."""
    taken = story.take(desk, story.FIRE_ONE, caller=story.CALLER)
    clock.forward(6)
    incidents.report_figures(desk, incident_id=taken.incident.id, figures=Figures(trapped=2, hurt=1), reason="核实")
    clock.forward(3)
    story.send(desk, taken.incident, story.FIRE_TWO, reason="就近")
    return taken.incident


def test_what_came_in_becomes_injects_and_what_was_done_their_acts(desk: Desk, evening: Incident) -> None:
    script = drill_from_incident.script_of(desk, incident_id=evening.id)
    first, second = script.injects
    assert (first.at_minutes, first.takes_minutes, second.at_minutes, second.takes_minutes) == (0, 1, 6, 3)
    assert "Team sent" in second.expected.zh and "2" in second.text.zh
    assert script.plan_code == evening.plan_code and script.heads == 4


def test_nobody_is_named_and_the_file_reads_back_as_it_was(desk: Desk, evening: Incident, tmp_path: Path) -> None:
    path = tmp_path / "evening.drill"
    assert drill_from_incident.export_drill(desk, incident_id=evening.id, path=path) == 2
    text = path.read_text(encoding="utf-8")
    assert story.CALLER.name not in text and story.CALLER.phone not in text
    script = read_drill_script(text, path.name)
    assert script == drill_from_incident.script_of(desk, incident_id=evening.id)
    assert read_drill_script(write_drill_script(script), "again") == script


def test_it_runs_unattended_to_its_report(desk: Desk, evening: Incident, clock: SetClock, tmp_path: Path) -> None:
    script = drill_from_incident.script_of(desk, incident_id=evening.id)
    board = drill_scripts.run(desk, clock, script)  # type: ignore[arg-type]
    assert board.drill.state is DrillState.ENDED and kept_limits(board.times) == (2, 2)
    printed = papers.write_paper(desk, "drill", out=tmp_path / "report.pdf", language="zh", fonts=FONTS)
    assert printed.pages > 3 and integrity.check(desk).is_sound


def test_whoever_may_not_plan_drills_is_refused(desk: Desk, evening: Incident) -> None:
    acting_as(desk, "officer")
    with pytest.raises(RoleMissing):
        drill_from_incident.plan_of_incident(desk, incident_id=evening.id)


def test_an_evening_played_back_from_its_walk_becomes_a_drill_that_runs_to_its_report(desk: Desk, evening: Incident, tmp_path: Path) -> None:
    export_walk(desk, incident_id=evening.id, path=tmp_path / "evening.yaml")
    walk = walks.read_file(tmp_path / "evening.yaml")
    stage = walks.open_scratch(walk, SmallGround(tmp_path), tmp_path, store=None)
    try:
        assert walks.play(walk, stage).is_held
        incident = find_incident(stage.desk)
        script = drill_from_incident.script_of(stage.desk, incident_id=incident.id)
        assert [one.at_minutes for one in script.injects] == [0, 6]
        board = drill_scripts.run(stage.desk, stage.clock, script)  # type: ignore[arg-type]
        assert board.drill.state is DrillState.ENDED and kept_limits(board.times) == (2, 2)
        assert [one.took for one in board.times] == [timedelta(minutes=one.takes_minutes or 0) for one in script.injects]
        printed = papers.write_paper(stage.desk, "drill", out=tmp_path / "report.pdf", language="zh", fonts=FONTS)
        text = "\n".join(text_of(printed.path))
        assert "六、评估结论" in text and story.CALLER.name not in text and story.CALLER.phone not in text
    finally:
        stage.desk.store.close()
