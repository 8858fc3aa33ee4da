"""`import plan-text`: a plan from Word or text at the command line, looked at or begun as a draft."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emergency_desk.app.main import main
from emergency_desk.services.plan_drafts import list_drafts, open_draft
from emergency_desk.store.opening import open_store
from tests.builders import PASSWORD, acting_as, make_desk
from tests.errands import plan_word_files as files


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the words of the command over a store of the made-up city, with a planner at it and a good plan beside it."""
    desk = make_desk(tmp_path, name="city.store")
    desk.store.close()
    files.good(tmp_path / "燃气.docx")
    monkeypatch.setenv("EMERGENCY_DESK_PASSWORD", PASSWORD)
    return ["import", "plan-text", str(tmp_path / "燃气.docx"), "--store", str(tmp_path / "city.store"), "--as", "planner", "--lang", "en"]


def drafts(tmp_path: Path) -> list[tuple[int, int]]:
    """Return how many clauses and levels each draft has."""
    from emergency_desk.services import library
    from emergency_desk.services.desk import Desk
    from tests.builders import SetClock, counting_bits, trade

    store = open_store(tmp_path / "city.store")
    desk = acting_as(Desk(store, facts=library.read_facts(store), trade=trade(), clock=SetClock(), random_bits=counting_bits()), "planner")
    plans = [open_draft(desk, draft_id=line.draft.id).plan for line in list_drafts(desk)]
    store.close()
    return [(len(plan.clauses), len(plan.levels)) for plan in plans]


def test_looking_begins_nothing(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--take", "none"]) == 0
    said = capsys.readouterr().out
    assert "某市燃气事故应急预案 (gas_leak" in said and "3 chapters, 7 clauses, 4 proposals" in said
    assert "2.1 Ⅰ级响应" in said and "line 6, Level (said outright)" in said
    assert drafts(tmp_path) == []


def test_a_draft_holds_the_text_and_by_itself_no_proposal(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "0 of 4 proposals stand in it" in capsys.readouterr().out
    assert drafts(tmp_path) == [(7, 0)]


def test_what_is_said_outright_may_be_confirmed_and_is_told_as_a_record(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*words, "--confirm", "sure", "--json"]) == 0
    (plan,) = json.loads(capsys.readouterr().out)["plans"]
    assert (plan["kind"], plan["hazard_types"], plan["confirmed"]) == ("special", ["gas_leak"], ["level I", "contact 1"])
    level = next(one for one in plan["proposals"] if one["id"] == "level I")
    assert (level["line"], level["clause"], level["sureness"]) == (6, "2.1", "sure")
    assert drafts(tmp_path) == [(7, 1)]


def test_a_file_that_is_no_plan_is_refused_with_a_sentence(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files.macros(tmp_path / "燃气.docx")
    assert main(words) != 0
    assert "contains macros" in capsys.readouterr().err
    assert drafts(tmp_path) == []


def test_a_file_with_two_plans_of_one_kind_gives_two_drafts(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapters = "\n".join(f"{at} 总则{at}\n{at}.1 应急处置一\n内容。\n{at}.2 应急处置二\n内容。\n{at}.3 应急处置三\n内容。" for at in range(1, 5))
    files.good(tmp_path / "燃气.docx", f"甲市燃气应急预案\n{chapters}\n乙市燃气应急预案\n{chapters}")
    assert main(words) == 0
    assert drafts(tmp_path) == [(16, 0), (16, 0)]
