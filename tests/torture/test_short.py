"""A little of the torture in the suite: every ordeal a few times. `python -m tests.torture` does all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from emergency_desk.store import key_file
from tests.torture import bad_disks, bits, foreign_files, kills, pairs, power, rewrites, twins
from tests.torture.verdict import Verdict, markdown, put_together, table

SEED = 11


@pytest.mark.parametrize(("ordeal", "times"), [
    (kills.run, 3), (power.run, 30), (bits.run, 16), (bad_disks.run, 3), (pairs.run, 2), (foreign_files.run, 20),
    (rewrites.run, 7), (twins.run, 5)], ids=["kills", "power", "bits", "bad_disks", "pairs", "foreign_files", "rewrites", "twins"])
def test_the_desk_holds(ordeal: object, times: int, tmp_path: Path) -> None:
    verdicts = ordeal(times, tmp_path, SEED)  # type: ignore[operator]
    assert verdicts and all(one.held for one in verdicts), table(verdicts)


def test_parts_of_an_ordeal_are_added_up_and_what_broke_is_told() -> None:
    parts = [Verdict("a", 2, {"kills": 3}), Verdict("b", 1, {}), Verdict("a", 3, {"kills": 4}, ("round 5: lost",))]
    first, second = put_together(parts)
    assert (first.times, first.told, first.held, second.held) == (5, {"kills": 7}, False, True)
    assert "round 5: lost" in table([first]) and "| a | 5 |" in markdown([first]) and "**broken**" in markdown([first])
    assert not Verdict("never done", 0, {}).held


@pytest.mark.parametrize(("moment", "part", "is_new"), [("names", 0.0, False), ("names", 0.99, True), ("steps", 0.5, False)])
def test_a_rewriting_is_killed_on_either_side_of_the_moment_at_which_the_new_store_stands(
    moment: str, part: float, is_new: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", rewrites.CHEAP)
    whole = rewrites._not_killed(rewrites._renewing, tmp_path, SEED)
    assert whole.names > 5 and whole.steps > 50
    office = rewrites.Office(tmp_path / "office", SEED)
    assert rewrites._killed(rewrites._renewing(office), moment, part, whole)
    assert office.judge() == ([], is_new)
