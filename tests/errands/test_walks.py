"""Walks played through the services: the shipped ones hold, a deviation is told, and a real store is never touched."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.ground import WalkGround
from emergency_desk.domain.errors import WalkLacks, WalkNotInPlace
from emergency_desk.domain.library import Setting
from emergency_desk.domain.walks import Verdict
from emergency_desk.errands import walks
from emergency_desk.errands.walk_registry import read_walk
from emergency_desk.errands.walks import Played
from emergency_desk.services import incidents, integrity
from tests.builders import START, make_desk
from tests.errands.walk_ground import SmallGround

WALKS = Path(__file__).resolve().parents[2] / "plans" / "walks"
HEAD = """\
format: 1
title: {zh: 试, en: A try}
given:
  city: demo
  date: 2026-11-05
  clock: "19:31"
"""
CALL = """\
  - {at: "19:31", tier: tier_district, act: call, name: fire, words: 楼着火了，有浓烟, where: 北河区东台街道 一路1号, caller: 王某, phone: "0532"}
"""


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.store"
    WalkGround().build_demo(path, lambda: START)
    return path


def play(tmp_path: Path, steps: str, *, given: str = "") -> Played:
    """Play steps on the small city of the tests."""
    walk = read_walk(f"{HEAD}{given}steps:\n{steps}", "try.yaml")
    stage = walks.open_scratch(walk, SmallGround(tmp_path), tmp_path, store=None)
    try:
        return walks.play(walk, stage)
    finally:
        stage.desk.store.close()


@pytest.mark.parametrize("name", sorted(path.name for path in WALKS.glob("*.yaml")))
def test_a_shipped_walk_holds_on_the_demo_city(name: str, demo_store: Path, tmp_path: Path) -> None:
    walk = walks.read_file(WALKS / name)
    stage = walks.open_scratch(walk, WalkGround(), tmp_path, store=demo_store)
    try:
        played = walks.play(walk, stage)
    finally:
        stage.desk.store.close()
    assert [verdict for verdict in played.verdicts if not verdict.is_held] == []
    assert played.last_line == f"{len(walk.steps)} steps, {played.expected} expectations held"


def test_a_walk_in_a_scratch_copy_leaves_the_store_as_it_was(demo_store: Path, tmp_path: Path) -> None:
    before = demo_store.read_bytes()
    walk = walks.read_file(WALKS / "collapse_no_plan.yaml")
    stage = walks.open_scratch(walk, WalkGround(), tmp_path, store=demo_store)
    walks.play(walk, stage)
    stage.desk.store.close()
    assert demo_store.read_bytes() == before


def test_a_deviation_is_told_and_the_walk_goes_on(tmp_path: Path) -> None:
    heard: list[Verdict] = []
    walk = read_walk(f"{HEAD}steps:\n{CALL}    \n  - {{at: \"+1\", act: look, expect: {{orders: 3, type: building_fire}}}}\n", "try.yaml")
    stage = walks.open_scratch(walk, SmallGround(tmp_path), tmp_path, store=None)
    played = walks.play(walk, stage, told=heard.append)
    stage.desk.store.close()
    assert [verdict.is_held for verdict in heard] == [True, False]
    wrong = [finding for finding in heard[1].findings if not finding.is_held]
    assert [(one.figure, one.wanted, one.found) for one in wrong] == [("orders", "3", "0")]
    assert played.last_line == "2 steps, 1 of 2 expectations held"


def test_a_refusal_that_nobody_expected_is_a_deviation(tmp_path: Path) -> None:
    played = play(tmp_path, CALL + '  - {at: "+1", act: send, teams: [海波志愿队], override: 快}\n')
    assert not played.is_held
    assert played.verdicts[1].trouble.startswith("ApplicationNeeded: ")
    assert played.last_line == "2 steps, 0 of 1 expectations held"


def test_a_refusal_that_fails_to_come_is_a_deviation(tmp_path: Path) -> None:
    played = play(tmp_path, CALL + '  - {at: "+1", act: close, refused: IncidentHasTeamsOut}\n')
    assert [(one.figure, one.found) for one in played.verdicts[1].findings] == [("refused", "nothing")]
    assert not played.is_held


def test_who_acts_is_the_account_of_the_tier_whose_area_holds_the_place(tmp_path: Path) -> None:
    looks = ("tier: tier_street", "tier: tier_city", "as: officer")
    played = play(tmp_path, CALL + "".join(f'  - {{at: "+1", {who}, act: look}}\n' for who in looks))
    assert [verdict.account for verdict in played.verdicts] == ["leader", "street", "city", "officer"]


def test_a_tier_nobody_sits_at_is_named(tmp_path: Path) -> None:
    played = play(tmp_path, CALL + '  - {at: "+1", tier: tier_village, act: look}\n')
    assert played.verdicts[1].trouble.startswith("WalkLacks")


def test_a_walk_brings_teams_and_areas_of_its_own(tmp_path: Path) -> None:
    given = """\
  areas:
    - {name: 高新片区, parent: 北河区, tier: tier_street}
  teams:
    - {name: 片区消防队, kind: professional, area: 高新片区, capabilities: [fire_fighting], latitude: 36.08, longitude: 120.36}
"""
    call = '{at: "19:31", tier: tier_district, act: call, words: 楼着火了, where: 北河区高新片区 二路3号, '
    played = play(tmp_path, f"  - {call}send: [片区消防队], expect: {{orders: 1, area: 高新片区}}}}\n", given=given)
    assert [verdict.trouble for verdict in played.verdicts] == [""]
    assert played.is_held


def test_a_place_that_is_not_there_stops_the_walk_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(WalkLacks):
        play(tmp_path, CALL, given="  teams:\n    - {name: 队, kind: unit, area: 无此街道, capabilities: [cordon]}\n")


def test_the_same_fire_told_twice_is_found_by_the_steps_name(tmp_path: Path) -> None:
    again = '{at: "+2", act: join, incident: fire, words: 一路1号着火了, where: 北河区东台街道 一路1号, '
    assert play(tmp_path, f"{CALL}  - {again}expect: {{duplicates: [fire], calls: 2}}}}\n").is_held


def test_the_callers_name_is_gone_after_it_was_erased(tmp_path: Path) -> None:
    steps = CALL + """\
  - {at: "+1", act: look, expect: {caller_known: yes}}
  - {at: "+1", act: close, note: 处置完毕}
  - {at: "+1", act: erase_personal, expect: {caller_known: no}}
  - {at: "+1", act: check, expect: {check.differences: 0}}
"""
    assert play(tmp_path, steps).is_held


NOTHING = """\
format: 1
title: {zh: 空库, en: From nothing}
given: {city: nothing, date: 2026-11-05, clock: "08:00", area: 370203, desk: 370203}
steps:
  - {at: "08:05", tier: tier_street, act: call, words: 路面塌陷, where: 台东街道, expect: {number: 370203-2026-0001, open_incidents: 1}}
  - {at: "+1", tier: tier_district, act: look, expect: {team_count: 0, calls: 1}}
"""


def test_an_empty_store_is_founded_for_the_area_that_is_given(tmp_path: Path) -> None:
    walk = read_walk(NOTHING, "nothing.yaml")
    stage = walks.open_in_place(walk, SmallGround(tmp_path), tmp_path / "new.store")
    played = walks.play(walk, stage)
    try:
        assert [verdict for verdict in played.verdicts if not verdict.is_held] == []
        assert played.verdicts[0].account == "leader_370203021"
        assert integrity.check(stage.desk).is_sound
    finally:
        stage.desk.store.close()
    with pytest.raises(WalkNotInPlace):
        walks.open_in_place(walk, SmallGround(tmp_path), tmp_path / "new.store")


def test_a_walk_in_place_works_on_a_demo_store(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, name="city.store")
    desk.store.close()
    walk = read_walk(f"{HEAD}steps:\n{CALL}", "try.yaml")
    stage = walks.open_in_place(walk, SmallGround(tmp_path), tmp_path / "city.store")
    walks.play(walk, stage)
    assert len(incidents.list_open(stage.desk)) == 1
    stage.desk.store.close()


def test_a_walk_never_runs_in_place_on_a_real_store(tmp_path: Path) -> None:
    path = real_store(tmp_path)
    before = path.read_bytes()
    walk = read_walk(f"{HEAD}steps:\n{CALL}", "try.yaml")
    with pytest.raises(WalkNotInPlace) as raised:
        walks.open_in_place(walk, SmallGround(tmp_path), path)
    assert raised.value.values["reason"] == "real"
    assert path.read_bytes() == before


def real_store(folder: Path) -> Path:
    """Return a store that says it is no demo."""
    desk = make_desk(folder, name="real.store")
    with desk.open_work() as work:
        kept: Any = work.settings.get("desk")
        work.settings.put(Setting(id=kept.id, content=kept.content.replace('"is_demo": true', '"is_demo": false'), version=kept.version))
        work.commit("make_real")
    desk.store.close()
    fresh = folder / "kept.store"
    shutil.move(desk.store.path, fresh)
    return fresh


def test_the_first_steps_may_be_moved_to_end_now() -> None:
    walk = walks.read_file(WALKS / "building_fire.yaml")
    cut = walks.up_to(walk, "city_leads", ends_at=START)
    assert cut.steps[-1].name == "city_leads" and cut.steps[-1].at == START
    assert cut.steps[0].at - walk.steps[0].at == cut.given.start - walk.given.start
