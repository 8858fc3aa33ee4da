"""A drill made of a plan's own levels: the event grows as the plan has it, each owner is asked for his acts, within the plan's minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.drill_errors import DrillPlanGone
from emergency_desk.domain.drill_scoring import kept_limits
from emergency_desk.domain.drills import DrillForm, DrillState
from emergency_desk.domain.errors import NothingToPrint
from emergency_desk.domain.plan_records import Level, Plan
from emergency_desk.errands import drill_from_plan, drill_scripts
from emergency_desk.exchange.drill_scripts import read_drill_script, write_drill_script
from emergency_desk.services.desk import Desk
from tests.builders import SetClock, acting_as, make_desk

CODE = "forest_fire"


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")


def plan_of(desk: Desk) -> Plan:
    return next(plan for plan in desk.trade.current_plans if plan.code == CODE)


def test_every_act_of_the_plan_is_asked_for_once_with_its_clause_and_minutes(desk: Desk) -> None:
    plan = plan_of(desk)
    script = drill_from_plan.script_of(desk, code=CODE, tier=Tier.DISTRICT)
    told = "\n".join(one.expected.zh for one in script.injects)
    acts = [one for one in plan.actions if one.tier is Tier.DISTRICT and one.meets != "activate"]
    assert acts and all(told.count(f"{one.title.zh}（{one.clause}条，{one.due_minutes}分钟）") == 1 for one in acts)
    limits = {one.limit_minutes for one in script.injects}
    assert limits <= {None, *(one.due_minutes for one in plan.actions)}
    assert [one.at_minutes for one in script.injects] == sorted(one.at_minutes for one in script.injects)


def test_the_event_grows_by_the_plan_s_own_conditions_up_to_the_level_that_is_named(desk: Desk) -> None:
    whole = drill_from_plan.script_of(desk, code=CODE, tier=Tier.CITY)
    lower = drill_from_plan.script_of(desk, code=CODE, tier=Tier.CITY, level=Level.III)
    rules = plan_of(desk).levels_of(Tier.CITY)
    activated = [one for one in whole.injects if "启动" in one.expected.zh and "级响应（" in one.expected.zh]
    assert len(activated) == len(rules) and whole.injects[0] is activated[0] and whole.injects[0].text.zh.startswith("接报：")
    assert all(one.text.en and one.expected.en for one in whole.injects) and "activates level Ⅰ (clause 5.2.1)" in activated[-1].expected.en
    assert len(lower.injects) < len(whole.injects) and "至Ⅲ级响应" in lower.title.zh and "up to level Ⅲ" in lower.title.en


def test_it_reads_back_from_its_file_and_runs_by_itself(desk: Desk, clock: SetClock) -> None:
    script = drill_from_plan.script_of(desk, code=CODE, tier=Tier.DISTRICT, form=DrillForm.FIELD)
    assert read_drill_script(write_drill_script(script), "plan.drill") == script
    board = drill_scripts.run(desk, clock, script)  # type: ignore[arg-type]
    assert (board.drill.state, board.drill.plan_code) == (DrillState.ENDED, CODE)
    kept, limited = kept_limits(board.times)
    assert kept == limited > 3 and board.drill.aims and len(board.drill.stop_conditions) == 3


def test_a_drill_is_planned_in_the_language_of_the_desk(desk: Desk, clock: SetClock) -> None:
    drill = drill_from_plan.plan_of_levels(desk, code=CODE, tier=None, level=Level.II, form=DrillForm.TABLETOP, planned_at=clock.at)
    assert "Contingency Plan for Forest Fires" in drill.title and drill.plan_version


def test_a_plan_that_is_not_there_or_has_no_such_level_is_refused(desk: Desk) -> None:
    with pytest.raises(DrillPlanGone):
        drill_from_plan.script_of(desk, code="nothing")
    with pytest.raises(NothingToPrint):
        drill_from_plan.script_of(desk, code=CODE, tier=Tier.VILLAGE)
