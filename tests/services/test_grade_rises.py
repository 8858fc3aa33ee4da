"""A grade rises by worse figures or by a decision, and falls by a decision alone; the plan's level rises with it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, Happening, Incident, TaskState
from emergency_desk.domain.plan_records import Level
from emergency_desk.services import grades, incidents, ladder, responses
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.quickness import examples

REPORTS, DECISIONS = st.integers(0, 40), st.sampled_from(Grade)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def by_deaths(dead: int) -> Grade:
    """The fire table in the words of the law: 30, 10 and 3 deaths."""
    return Grade.ESPECIALLY_MAJOR if dead >= 30 else Grade.MAJOR if dead >= 10 else Grade.RELATIVELY_MAJOR if dead >= 3 else Grade.ORDINARY


def worse(one: Grade, other: Grade) -> bool:
    return one.rank < other.rank


def report(desk: Desk, fire: Id, **figures: int) -> Incident:
    return incidents.report_figures(desk, incident_id=fire, figures=story.figures(**figures), reported_by="119", reason="核实").value


def judge(desk: Desk, fire: Id, grade: Grade) -> None:
    grades.judge_grade(desk, incident_id=fire, grade=grade, decided_by="局长", reason="会商")


@settings(max_examples=examples(40))
@given(st.lists(REPORTS | DECISIONS, min_size=1, max_size=12))
def test_the_grade_is_what_was_decided_until_the_figures_themselves_say_worse(acts: list[int | Grade]) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock()
        desk = make_desk(Path(folder), clock=clock, plans=story.FIRE_PLANS)
        fire = story.opened(desk, figures=story.figures(dead=0)).id
        stands, dead, level = Grade.ORDINARY, 0, 4
        for act in acts:
            clock.forward(1)
            if isinstance(act, Grade):
                judge(desk, fire, act)
                stands = act
            else:
                suggested, before, dead = by_deaths(act), by_deaths(dead), act
                report(desk, fire, dead=act)
                stands = suggested if worse(suggested, before) and worse(suggested, stands) else stands
            kept = incidents.open_room(desk, incident_id=fire).incident
            assert kept.grade is stands
            assert Level(kept.plan_level).rank <= level, "no report and no judgement lowers the level of the plan"
            level = Level(kept.plan_level).rank
        story.assert_sound(desk)
        desk.store.close()


def test_a_grade_that_was_lowered_stays_when_the_same_figures_come_again(desk: Desk) -> None:
    fire = story.opened(desk, figures=story.figures(dead=3)).id
    judge(desk, fire, Grade.ORDINARY)
    assert report(desk, fire, dead=3, hurt=9).grade is Grade.ORDINARY
    assert report(desk, fire, dead=9).grade is Grade.ORDINARY  # no worse grade by the figures than three dead were
    assert report(desk, fire, dead=10).grade is Grade.MAJOR


def test_a_level_that_was_adjusted_down_stays_when_the_same_figures_come_again(desk: Desk) -> None:
    fire = story.opened(desk, figures=story.figures(trapped=14)).id
    responses.activate_response(desk, incident_id=fire, level=Level.II, matter="火灾", expected_hours=24, measures="搜救", decided_by="局长")
    responses.adjust_response(desk, incident_id=fire, level=Level.IV, decided_by="局长", reason="火已控制")
    assert report(desk, fire, trapped=14, hurt=1).plan_level == Level.IV
    assert report(desk, fire, dead=12).plan_level == Level.I


def test_what_a_street_took_runs_at_the_districts_level_once_the_district_reports_though_the_figures_are_the_same(desk: Desk) -> None:
    acting_as(desk, "street")
    fire = story.opened(desk, figures=story.figures(trapped=14)).id
    assert incidents.open_room(desk, incident_id=fire).incident.plan_tier == Tier.STREET
    acting_as(desk, "leader")
    assert report(desk, fire, trapped=14).plan_tier == Tier.DISTRICT


def test_a_grade_judged_worse_raises_the_level_and_lays_what_it_asks_for(desk: Desk) -> None:
    fire = story.opened(desk).id
    before = incidents.open_room(desk, incident_id=fire)
    assert before.incident.plan_level == Level.IV
    judge(desk, fire, Grade.RELATIVELY_MAJOR)
    room = incidents.open_room(desk, incident_id=fire)
    own = ladder.read_ladder(desk, incident_id=fire).own
    assert own is not None and own.suggested is not None
    assert room.incident.plan_level == own.suggested == Level.I
    assert len([task for task in room.tasks if task.state is TaskState.OPEN]) > len(before.tasks)
    assert [line.entry.value("level") for line in room.log if line.entry.happening is Happening.PLAN_CHOSEN] == ["I", "IV"]
    judge(desk, fire, Grade.ORDINARY)
    assert incidents.open_room(desk, incident_id=fire).incident.plan_level == Level.I
    story.assert_sound(desk)
