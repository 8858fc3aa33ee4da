"""A walk that was lived by an office's own deadlines carries them along: played anywhere, the same reports fall due at the same second."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.walks import Step
from emergency_desk.errands import report_rules, walks
from emergency_desk.errands.walk_export import export_walk, walk_of
from emergency_desk.services import calls, incidents, ladder, report_settings
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.errands.playing_back import deviations
from tests.errands.walk_ground import SmallGround


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Desk:
    return make_desk(tmp_path, clock=clock)


def owed(desk: Desk, incident_id: Id) -> list[tuple[object, ...]]:
    return sorted((due.from_tier, due.to_tier, due.channel, due.kind, due.clock_at, due.due_at, due.created_at)
                  for due in ladder.read_ladder(desk, incident_id=incident_id).dues)


def limits(desk: Desk, incident_id: Id) -> list[Step]:
    return [step for step in walk_of(desk, incident_id=incident_id).steps if step.act in ("report_profile", "report_limit", "report_row")]


def played_elsewhere(desk: Desk, incident_id: Id, folder: Path) -> list[tuple[object, ...]]:
    """Play the export on a store whose table is the shipped one; return what was owed there."""
    export_walk(desk, incident_id=incident_id, path=folder / "exported.yaml")
    walk = walks.read_file(folder / "exported.yaml")
    stage = walks.open_scratch(walk, SmallGround(folder), folder, store=None)
    try:
        assert deviations(walks.play(walk, stage)) == []
        return owed(stage.desk, incidents.find(stage.desk, text="", limit=1)[0].id)
    finally:
        stage.desk.store.close()


def street_fire(desk: Desk) -> Id:
    return story.take(acting_as(desk, "street"), story.FIRE_ONE).incident.id


def test_a_table_nobody_changed_says_nothing(desk: Desk) -> None:
    assert limits(desk, street_fire(desk)) == []


def test_a_limit_changed_before_the_call_goes_along(desk: Desk, tmp_path: Path) -> None:
    report_rules.change_minutes(acting_as(desk, "planner"), rule_id="D15-phone", minutes=7)
    incident_id = street_fire(desk)
    assert {"rule": "D15-phone", "minutes": "7"} in [step.arguments for step in limits(desk, incident_id)]
    assert played_elsewhere(desk, incident_id, tmp_path) == owed(desk, incident_id)


def test_a_limit_changed_in_the_middle_holds_from_there(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    """What was laid keeps its time; the dues of the new grade are laid by the row as it stands by then."""
    incident_id = street_fire(desk)
    clock.forward(5)
    report_rules.change_minutes(acting_as(desk, "planner"), rule_id="D14-any-phone", minutes=11)
    clock.forward(5)
    calls.join_call(acting_as(desk, "officer"), draft=story.fire(words="楼上冒烟"), incident_id=incident_id)
    told = {step.arguments["rule"]: step for step in limits(desk, incident_id)}
    assert told["D14-any-phone"].arguments["minutes"] == "11" and told["D14-any-phone"].at > told["D15-phone"].at
    assert played_elsewhere(desk, incident_id, tmp_path) == owed(desk, incident_id)


def test_rows_of_the_offices_own_and_the_minutes_of_at_once_go_along(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    planner = acting_as(desk, "planner")
    report_settings.choose_profiles(planner, profiles=("strict_b", "common"), counts_first_day=True)
    report_rules.change_at_once(planner, minutes=10)
    report_rules.add_row(planner, from_tier=Tier.STREET, to_tier=Tier.DISTRICT, channel=Channel.PHONE, minutes=4)
    incident_id = street_fire(desk)
    steps = limits(desk, incident_id)
    assert [step.act for step in steps][:2] == ["report_profile", "report_limit"] and steps[1].arguments == {"rule": "at_once", "minutes": "10"}
    assert [step.arguments for step in steps if step.act == "report_row"] == [
        {"from": Tier.STREET, "to": Tier.DISTRICT, "channel": "phone", "minutes": "4"}]
    assert played_elsewhere(desk, incident_id, tmp_path) == owed(desk, incident_id)


def test_the_row_for_the_end_keeps_its_clock_when_its_minutes_change(desk: Desk) -> None:
    planner = acting_as(desk, "planner")
    before = desk.trade.clocks.rule("D17")
    report_rules.change_minutes(planner, rule_id="D17", minutes=600)
    after = planner.trade.clocks.rule("D17")
    assert before is not None and after is not None
    assert (after.clock_start, after.minutes, after.sender) == (before.clock_start, 600, before.sender)
