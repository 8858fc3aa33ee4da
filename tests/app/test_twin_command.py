"""The command `drill twin`: made, opened as a store that says what it is, sealed or destroyed; and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.application import utc_now
from emergency_desk.app.main import main
from emergency_desk.services import drill_twins, drills
from emergency_desk.services.desk import Desk
from tests import story
from tests.builders import SetClock, acting_as, make_desk
from tests.services.test_drill_twins import opened
from tests.services.test_drills import started


@pytest.fixture
def live(tmp_path: Path) -> Desk:
    return acting_as(make_desk(tmp_path, clock=SetClock(), plans=frozenset({"building_fire", "forest_fire"})), "leader")


def said(capsys: pytest.CaptureFixture[str], desk: Desk, *words: str, code: int = 0) -> Any:
    assert main(["--store", str(desk.store.path), "--as", "leader", "--json", "--lang", "en", *words]) == code
    out = capsys.readouterr()
    return json.loads(out.out) if code == 0 else out.err


def test_a_twin_is_made_checked_sealed_and_destroyed(live: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    live._clock = utc_now
    drill = started(live, SetClock())
    before = said(capsys, live, "check")["rooms"]
    made = said(capsys, live, "drill", "twin", "E1")
    assert (made["state"], made["teams"], Path(made["path"]).exists()) == ("twin_open", 13, True)
    twin = drill_twins.twin_of(live, drill_id=drill.id)
    assert twin is not None
    story.take(opened(live, twin), story.FIRE_ONE)
    assert main(["--store", made["path"], "--json", "check"]) == 0
    assert json.loads(capsys.readouterr().out)["is_sound"]
    drills.end_drill(live, drill_id=drill.id, heads=214)
    assert said(capsys, live, "drill", "twin", "E1", "--end", "keep")["state"] == "twin_sealed"
    assert said(capsys, live, "check")["rooms"] == before
    assert said(capsys, live, "drill", "twin", "E1", "--end", "destroy")["state"] == "twin_destroyed"
    assert not Path(made["path"]).exists()


def test_a_twin_of_a_twin_and_one_put_back_over_the_real_store_are_refused(live: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    started(live, SetClock())
    path = said(capsys, live, "drill", "twin", "")["path"]
    assert main(["--store", str(live.store.path), "--as", "leader", "--lang", "en", "restore", path]) == 2
    assert "the twin of drill" in capsys.readouterr().err
