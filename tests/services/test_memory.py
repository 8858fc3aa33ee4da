"""What the desk remembers follows its own commits and those of other programs, and the screens hear of the latter."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

from emergency_desk.domain.areas import Area, Tier
from emergency_desk.domain.ids import Id
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import boards, founding, incidents, library, teams
from emergency_desk.services.accounts import act_as
from emergency_desk.services.desk import Desk
from emergency_desk.store.opening import open_store
from tests import story
from tests.builders import DISTRICT, SetClock, make_desk, trade

TODAY = date(2026, 11, 5)


def another_program(desk: Desk) -> Desk:
    """Return a second desk on the same file."""
    store = open_store(desk.store.path)
    other = Desk(store, facts=library.read_facts(store), trade=trade(), clock=SetClock(), random_bits=secrets.randbits)
    act_as(other, name="officer")
    return other


def test_an_own_commit_is_no_news_to_the_own_screens(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.tree()
    story.opened(desk)
    assert desk.memory.foreign_changes() is None


def test_another_programs_commit_is_noticed_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.tree()
    story.opened(another_program(desk))
    changes = desk.memory.foreign_changes()
    assert changes is not None and changes.everything
    assert desk.memory.foreign_changes() is None


def test_a_foreign_commit_before_an_own_one_is_still_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.tree()
    story.opened(another_program(desk))
    incidents.write_log(desk, text="接班")
    assert desk.memory.foreign_changes() is not None


def test_a_foreign_commit_met_while_somebody_types_is_still_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.roster(today=TODAY)
    story.opened(another_program(desk))
    desk.memory.roster(today=TODAY)
    assert desk.memory.foreign_changes() is not None


def test_the_roster_follows_an_own_order(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.roster(today=TODAY)
    story.take(desk, story.FIRE_ONE)
    assert desk.memory.roster(today=TODAY).team(story.FIRE_ONE).state is TeamState.MUSTERING


def test_the_roster_follows_an_order_of_another_program(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.roster(today=TODAY)
    story.take(another_program(desk), story.FIRE_ONE)
    assert desk.memory.roster(today=TODAY).team(story.FIRE_ONE).state is TeamState.MUSTERING


def counted(desk: Desk) -> dict[TeamState, int]:
    """Return the teams by state as the board tells them, which must be what the store itself counts."""
    told = boards.duty_board(desk).team_states
    with desk.reading() as reading:
        assert told == reading.team_states()
    return told


def test_the_count_of_teams_by_state_follows_orders_reports_and_other_programs(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    standing = counted(desk)[TeamState.STANDBY]
    incidents.write_log(desk, text="接班")
    assert counted(desk)[TeamState.STANDBY] == standing
    story.take(desk, story.FIRE_ONE)
    assert counted(desk)[TeamState.STANDBY] == standing - 1
    other = another_program(desk)
    story.take(other, story.FIRE_TWO)
    assert counted(desk)[TeamState.STANDBY] == standing - 2 == counted(other)[TeamState.STANDBY]
    teams.report_state(desk, team_id=story.SPECIAL, to=TeamState.UNAVAILABLE, note="车辆检修")
    assert counted(desk)[TeamState.STANDBY] == standing - 3


def test_the_roster_is_judged_for_the_day_asked(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    before, after = (desk.memory.roster(today=day) for day in (date(2026, 9, 1), TODAY))
    row = before.index[story.GAS]
    assert before.capabilities["gas_repair"][row] != after.capabilities["gas_repair"][row]  # its certificate ran out on 1 October


def test_a_new_area_is_found_by_both_programs(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    other = another_program(desk)
    other.memory.tree()
    zone = Area(id=Id("9" * 32), name="高新片区", tier=Tier.STREET, parent_id=DISTRICT)
    founding.add_areas(desk, areas=[zone])
    assert zone.id in desk.tree.by_id
    other.memory.foreign_changes()
    assert zone.id in other.tree.by_id
    assert other.memory.roster(today=TODAY).tree is other.tree


def test_teams_put_on_the_same_day_twice_are_read_once_each(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.memory.roster(today=TODAY)
    teams.report_state(desk, team_id=story.POWER, to=TeamState.UNAVAILABLE)
    teams.report_state(desk, team_id=story.POWER, to=TeamState.STANDBY)
    kept = desk.memory.roster(today=TODAY).team(story.POWER)
    assert kept == replace(teams.get_team(desk, team_id=story.POWER))
