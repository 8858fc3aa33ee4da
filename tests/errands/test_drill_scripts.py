"""The drills that ship: each reads whole in two languages and runs by itself to its end; a slip in a file is named with its line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.app import command_line, paths
from emergency_desk.domain.drill_scoring import kept_limits
from emergency_desk.domain.drills import DrillForm, DrillState
from emergency_desk.domain.errors import BadFile
from emergency_desk.errands import drill_scripts
from emergency_desk.errands.drill_scripts import DrillClock
from emergency_desk.exchange.drill_scripts import read_drill_script
from emergency_desk.services.desk import Desk
from tests.builders import START, acting_as, make_desk

FOLDER = paths.drills()
FILES = sorted(FOLDER.glob("*.drill"))


@pytest.fixture
def clock() -> DrillClock:
    return DrillClock(START)


@pytest.fixture
def desk(tmp_path: Path, clock: DrillClock) -> Desk:
    return acting_as(make_desk(tmp_path, clock=clock), "leader")  # type: ignore[arg-type]


def test_each_hazard_of_the_library_has_a_tabletop_and_a_field_drill() -> None:
    found = {(one.plan_code, one.form) for one in drill_scripts.shipped(FOLDER)}
    plans = {path.stem for path in FOLDER.parent.glob("*.yaml")} - {"overall"}
    assert found == {(plan, form) for plan in plans for form in DrillForm}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_drill_stands_in_both_languages_under_its_own_name(path: Path) -> None:
    script = drill_scripts.read_file(path)
    texts = [script.title, script.scenario, *script.aims, *script.stop_conditions,
             *(text for one in script.injects for text in (one.to_whom, one.text, one.expected))]
    assert script.id == path.stem and all(text.zh and text.en for text in texts)
    assert not any("\u4e00" <= sign <= "\u9fff" for text in texts for sign in text.en)


def test_a_drill_runs_by_itself_and_its_clock_is_its_own(desk: Desk, clock: DrillClock) -> None:
    told = []
    board = drill_scripts.run(desk, clock, drill_scripts.read_file(FOLDER / "forest_fire_field.drill"), told=told.append)
    assert board.drill.state is DrillState.ENDED and board.drill.counted_heads == board.drill.expected_heads == 120
    assert [one.at for one in told] == sorted(one.at for one in told) and len(told) == 12
    assert {one.late_by for one in board.times} == {timedelta(0)}
    assert kept_limits(board.times) == (5, 6)
    assert [one.inject.number for one in board.times if one.is_met is False] == [5], "the squad in the valley"


def test_who_does_not_act_kept_no_limit(desk: Desk, clock: DrillClock) -> None:
    text = (FOLDER / "gas_leak_tabletop.drill").read_text(encoding="utf-8").replace("    takes: 4\n", "", 1)
    board = drill_scripts.run(desk, clock, read_drill_script(text, "mine.drill"))
    assert board.times[0].took is None and kept_limits(board.times) == (3, 5)


@pytest.mark.parametrize(("old", "new", "reason"), [
    ("format: 1", "format: 9", "unknown_format"), ("  - at: 10", "  - at: 99", "not_rising"), ("heads: 16", "heads: 0", "not_a_number"),
    ("form: drill_tabletop", "form: chess", "unknown_word"), ("    limit: 5", "    limits: 5", "unknown_key")])
def test_a_slip_is_named_with_its_line(old: str, new: str, reason: str) -> None:
    text = (FOLDER / "gas_leak_tabletop.drill").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BadFile) as refused:
        read_drill_script(text.replace(old, new, 1), "mine.drill")
    assert refused.value.values["reason"] == reason and refused.value.values["line"] > 0


def test_the_command_leaves_the_store_as_it_was_and_writes_the_report(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk(tmp_path)
    path = desk.store.path
    desk.store.close()
    before = path.read_bytes()
    out = tmp_path / "report.pdf"
    words = ["drill", "run", "gas_leak_field", "--out", str(out), "--store", str(path), "--json", "--as", "leader"]
    assert command_line.run(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["heads"], told["kept"], told["limits"], told["late"]) == ("drill_ended", 60, 4, 5, [3])
    assert out.stat().st_size > 10_000 and path.read_bytes() == before
