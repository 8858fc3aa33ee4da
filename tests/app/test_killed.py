"""Killed at any moment: what was acknowledged is there at the next start, and the store is sound."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emergency_desk.app.opening import open_desk
from emergency_desk.services import drafts, integrity
from tests.builders import make_desk

ROOT = Path(__file__).resolve().parents[2]

# Takes one call after the other; a number is printed only when its commit has returned.
OFFICER = """
import sys
from pathlib import Path
from emergency_desk.app.opening import open_desk
from emergency_desk.domain.advice import CallDraft
from emergency_desk.services import calls, drafts
from emergency_desk.services.accounts import act_as
desk = open_desk(Path(sys.argv[1]))
act_as(desk, name="leader")
area = next(area for area in desk.tree.by_id.values() if area.name == "东台街道")
drafts.keep_draft(desk, name="call", content={"words": "电话还没有接完"})
for number in range(10_000):
    draft = CallDraft(words=f"居民楼着火了，第{number}个电话", area_id=area.id, address=f"一路{number}号")
    print(calls.take_call(desk, draft=draft).value.incident.number, flush=True)
"""


@pytest.mark.parametrize("heard", [1, 17, 40])
def test_a_killed_desk_loses_nothing_that_was_acknowledged(heard: int, tmp_path: Path) -> None:
    desk = make_desk(tmp_path, name="city.store")
    desk.store.close()
    path = Path(desk.store.path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    officer = subprocess.Popen([sys.executable, "-c", OFFICER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert officer.stdout is not None
    acknowledged = [officer.stdout.readline().strip() for _call in range(heard)]
    officer.kill()  # SIGKILL: no handler, no farewell
    acknowledged += officer.stdout.read().split()  # what was printed before it died counts too
    officer.wait()
    officer.stdout.close()

    reopened = open_desk(path)
    with reopened.reading() as reading:
        kept = {incident.number for incident in reading.incidents.where("")}
    draft = drafts.get_draft(reopened, name="call")
    report = integrity.check(reopened)
    reopened.store.close()
    assert all(acknowledged) and set(acknowledged) <= kept
    assert len(kept) - len(acknowledged) <= 1, "at most the call being saved when it died was saved unheard"
    assert draft == {"words": "电话还没有接完"}
    assert report.differences == ()
