"""A command at an older store says on stderr how it is brought up to date, one line a step, and nothing of it among its own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emergency_desk.app import command_line
from emergency_desk.store.schema import SCHEMA
from emergency_desk.wording import upgrade_words
from tests.torture import upgrades


@pytest.mark.parametrize(("language", "words"), [("en", "is brought from version 1 of the file to version"), ("zh", "从第 1 版升到第")])
def test_a_command_tells_an_upgrade_a_line_a_step_and_only_once(
    language: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    store = upgrades.lay_down(upgrades.OLDER[0], tmp_path)
    assert command_line.run(["--store", str(store), "--lang", language, "--json", "check"]) == 0
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert words in lines[0] and str(store) in lines[0]
    steps = SCHEMA - 1 + 4
    assert [line.split("  ")[0] for line in lines[1:]] == [f"{number}/{steps}" for number in range(1, steps + 1)]
    assert json.loads(said.out)
    assert command_line.run(["--store", str(store), "--lang", language, "check"]) == 0
    assert capsys.readouterr().err == ""


def test_a_fault_in_the_middle_of_a_command_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = upgrades.lay_down(upgrades.OLDER[0], tmp_path)
    before = store.read_bytes()
    with upgrades.after_statement(200, upgrades._fails):
        assert command_line.run(["--store", str(store), "--lang", "en", "check"]) == 2
    assert "The disk reports an error" in capsys.readouterr().err and store.read_bytes() == before


def test_it_is_told_of_every_version_of_the_file_what_it_brought() -> None:
    assert [version for version in range(2, SCHEMA + 1) if not upgrade_words.knows(version)] == []


def test_where_only_backups_are_left_a_command_names_them_and_how_one_is_put_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = upgrades.lay_down(upgrades.FROZEN[-1], tmp_path)
    assert command_line.run(["--store", str(store), "--lang", "en", "backup"]) == 0
    kept = capsys.readouterr().out.strip().splitlines()[0]
    store.unlink()
    assert command_line.run(["--store", str(store), "--lang", "en", "check"]) == 2
    told = capsys.readouterr().err
    assert kept in told and f"restore FILE --store {store}" in told
