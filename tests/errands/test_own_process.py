"""Work in a process of its own: its answer, its refusal and its end come back, and one that never answers is given up."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from emergency_desk.domain.backup_errors import TookTooLong
from emergency_desk.domain.backups import Reason
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.errands import own_process
from emergency_desk.errands.background import Background
from emergency_desk.services import backups
from tests import story
from tests.builders import make_desk


def test_a_backup_is_made_in_another_process_and_its_refusal_comes_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    story.opened(desk)
    state = own_process.run(backups.make, backups.order(desk, reason=Reason.ASKED), seconds=120)
    assert state.newest is not None and state.newest.path.exists() and state.newest.reason is Reason.ASKED
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreTrouble):
        own_process.run(backups.make, backups.order(desk, folder=tmp_path / "file" / "no folder"), seconds=120)
    desk.store.close()


def test_it_runs_elsewhere_and_behind_everything_else() -> None:
    assert own_process.run(os.getpid, seconds=60) != os.getpid()
    assert own_process.run(os.nice, 0, seconds=60) > os.nice(0)


def test_what_never_answers_is_given_up() -> None:
    with pytest.raises(TookTooLong) as given_up:
        own_process.run(time.sleep, 600, seconds=3)
    assert given_up.value.values == {"what": "sleep", "seconds": 3}


def test_the_background_goes_on_with_the_store_meanwhile() -> None:
    done: list[str] = []
    background = Background()
    background.in_own_process(time.sleep, 1.0, seconds=60, then=lambda _nothing: done.append("slept"))
    background.store(lambda: done.append("store"))
    background.close()
    assert done == ["store", "slept"]
