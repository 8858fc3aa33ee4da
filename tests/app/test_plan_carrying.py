"""Plans leave and come in from the command line: what a file brings is told plan by plan, in words and for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.main import main
from emergency_desk.errands import plan_bundles
from emergency_desk.exchange.plan_writing import write_plan
from emergency_desk.services import library
from emergency_desk.services.desk import Desk
from tests.builders import PASSWORD, SetClock, make_desk
from tests.domain.plan_parts import sound_plan
from tests.errands.test_plan_bundles import CODE, both_went_on, foreign


@pytest.fixture(autouse=True)
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", PASSWORD)


def desk(folder: Path, name: str, account: str, minutes: float) -> Desk:
    clock = SetClock()
    clock.forward(minutes)
    return make_desk(folder, account=account, clock=clock, name=name)


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_plans_go_from_one_store_to_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there, file = desk(tmp_path, "here.store", "planner", 30), desk(tmp_path, "there.store", "planner", 60), tmp_path / "out.edplan"
    library.take_plans(here, texts=[("reservoir", "1.0", write_plan(sound_plan(code="reservoir")))], source="own")
    for each in (here, there):
        each.store.close()
    assert main(["export", "plans", "--out", str(file), "--plan", "reservoir", "--plan", CODE, "--store", str(tmp_path / "here.store"),
                 "--as", "planner", "--json"]) == 0
    assert told(capsys) == {"path": str(file), "plans": 2, "versions": 2}
    words = ["import", "plans", str(file), "--store", str(tmp_path / "there.store"), "--as", "planner", "--json"]
    assert main([*words, "--take", "none"]) == 0
    first = told(capsys)
    assert {plan["code"]: plan["verdict"] for plan in first["plans"]} == {"reservoir": "new", CODE: "same"}
    assert first["taken"] == {"versions": [], "drafts": []}
    assert main(words) == 0 and told(capsys)["taken"]["versions"] == ["reservoir 1.0"]
    assert main(words) == 0 and told(capsys)["taken"]["versions"] == []


def test_a_diverged_plan_is_told_with_both_authors_and_not_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = desk(tmp_path, "here.store", "planner", 30), desk(tmp_path, "there.store", "second_planner", 60)
    file = tmp_path / "a.edplan"
    there.facts = replace(there.facts, code="990102")
    both_went_on(here, there, file)
    plan_bundles.export_plans(there, path=file, codes=(CODE,))
    for each in (here, there):
        each.store.close()
    words = ["import", "plans", str(file), "--store", str(tmp_path / "here.store"), "--as", "planner", "--lang", "en"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "diverged: " in said and "2 parts differ" in said and "0 versions and drafts were taken" in said
    assert "Clause 1.1" in said and "here planner · 990101" in said and "there second_planner · 990102" in said
    assert main([*words, "--json"]) == 0
    (plan,) = told(capsys)["plans"]
    assert [(part["key"], part["outcome"]) for part in plan["parts"]] == [("1.1", "clash"), ("1.2", "theirs")]
    assert (plan["verdict"], plan["parts"][0]["theirs"]["person"]) == ("diverged", "second_planner")


def test_words_are_matched_by_an_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk(tmp_path, "here.store", "planner", 30).store.close()
    foreign(tmp_path / "far.edplan", sound_plan(code="volcano", hazards=("volcano",)))
    words = ["import", "plans", str(tmp_path / "far.edplan"), "--store", str(tmp_path / "here.store"), "--as", "planner", "--lang", "en"]
    assert main(words) == 2
    assert "does not know: volcano" in capsys.readouterr().err
    assert main([*words, "--take", "none"]) == 0
    assert "Not known here: Type of incident \"volcano\"" in capsys.readouterr().err
    assert main([*words, "--match", "volcano=earthquake"]) == 0
    assert "1 version or draft was taken" in capsys.readouterr().out


@pytest.mark.parametrize(("language", "said"), [("en", "its seal does not fit"), ("zh", "封印不符")])
def test_a_spoilt_file_is_refused_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
    desk(tmp_path, "here.store", "planner", 30).store.close()
    file = tmp_path / "far.edplan"
    foreign(file, sound_plan(code="volcano"))
    file.write_bytes(file.read_bytes()[:-1])
    assert main(["import", "plans", str(file), "--store", str(tmp_path / "here.store"), "--as", "planner", "--lang", language]) == 2
    assert said in capsys.readouterr().err


def test_a_plan_nobody_has_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk(tmp_path, "here.store", "planner", 30).store.close()
    assert main(["export", "plans", "--out", str(tmp_path / "x.edplan"), "--plan", "nowhere", "--store", str(tmp_path / "here.store"),
                 "--as", "planner", "--lang", "en"]) == 2
    assert "no plan nowhere" in capsys.readouterr().err
