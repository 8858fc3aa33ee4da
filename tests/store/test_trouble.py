"""Two programs on one store, a disk that is full, a lock that is held: told in the desk's words, and nothing half done."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.teams import TeamState
from emergency_desk.services import drafts, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store.engine import open_connection
from emergency_desk.store.opening import open_store
from emergency_desk.store.reserve import keep_reserve, reserve_of
from emergency_desk.store.trouble import as_trouble
from tests import story
from tests.builders import START, make_desk

ROOT = Path(__file__).resolve().parents[2]

OFFICER = """
import resource, secrets, sys
from pathlib import Path
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.ids import Id
from emergency_desk.domain.library import Setting
from emergency_desk.store.opening import open_store
from tests.builders import START
store = open_store(Path(sys.argv[1]))
if sys.argv[2] == "small":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
for number in range(int(sys.argv[4])):
    try:
        with store.open_work(account_id=None, desk_code=sys.argv[2], at=START) as work:
            work.settings.add(Setting(id=Id(sys.argv[2] + str(number)), content="x" * 20_000 if sys.argv[2] == "small" else ""))
            work.commit("keep", number=number)
    except StoreTrouble as error:
        print("trouble", error.values["reason"], flush=True)
        break
    print(number, flush=True)
"""


def officer(path: Path, name: str, *, size: int = 0, times: int = 40) -> subprocess.Popen[str]:
    """Start another program that writes settings into a store, one commit each."""
    command = [sys.executable, "-c", OFFICER, str(path), name, str(size), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def settings(desk: Desk, name: str) -> int:
    with desk.reading() as reading:
        return reading.settings.count("WHERE id LIKE ?", (name + "%",))


def test_two_programs_write_in_turn_and_each_keeps_what_it_wrote(desk: Desk) -> None:
    desk.memory.tree()
    other = officer(desk.store.path, "other")
    written = 0
    while other.poll() is None or written < 20:
        incidents.write_log(desk, text=f"第{written}行")
        written += 1
    assert other.stdout is not None
    said = other.stdout.read().split()
    other.stdout.close()
    assert len(said) == 40 == settings(desk, "other")
    assert incidents.read_log(desk, limit=1)[0].entry.sequence == written
    assert desk.memory.foreign_changes() is not None
    story.assert_sound(desk)


def test_a_writer_waits_for_another_and_readers_wait_for_nobody(desk: Desk) -> None:
    story.opened(desk)
    other = open_connection(desk.store.path)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    threading.Timer(0.2, lambda: other.execute("COMMIT")).start()
    assert len(incidents.list_open(desk)) == 1
    read_after = time.monotonic() - began
    incidents.write_log(desk, text="等到了")
    assert read_after < 0.15 < time.monotonic() - began
    other.close()


def test_a_lock_that_is_never_given_back_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.open_work() as work:  # the pool's connection, made impatient
        work._connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = open_connection(desk.store.path)
    other.execute("BEGIN IMMEDIATE")
    for act in (lambda: incidents.write_log(desk, text="x"), lambda: drafts.keep_draft(desk, name="call", content={})):
        with pytest.raises(StoreTrouble) as refusal:
            act()
        assert refusal.value.values["reason"] == "locked"
    other.execute("ROLLBACK")
    other.close()
    incidents.write_log(desk, text="又行了")


def fill_up(desk: Desk, *, spare: int = 0) -> Any:
    """Let the store grow by no more than a few pages, as a full disk would; returns what lifts the limit."""
    def limit(pages: int) -> None:
        with desk.open_work() as work:
            work._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with desk.open_work() as work:
        limit_now = work._connection.exec_driver_sql("PRAGMA page_count").scalar_one() + spare
    limit(limit_now)
    return lambda: limit(1 << 30)


def test_a_full_disk_is_told_nothing_is_half_done_and_the_reserve_is_given_back(desk: Desk) -> None:
    keep_reserve(desk.store.path)
    before = story.opened(desk)
    lift = fill_up(desk, spare=2)
    with pytest.raises(StoreTrouble) as refusal:
        for _ in range(200):
            incidents.write_log(desk, incident_id=before.id, text="满" * 300)
    assert (refusal.value.values["reason"], refusal.value.values["path"]) == ("disk_full", str(desk.store.path))
    assert not reserve_of(desk.store.path).exists()
    story.assert_sound(desk)
    lift()
    story.take(desk, story.FIRE_ONE)
    story.assert_sound(desk)


def test_a_full_disk_in_the_middle_of_an_order_leaves_no_team_half_sent(desk: Desk) -> None:
    for spare in range(6):
        lift = fill_up(desk, spare=spare)
        try:
            while True:
                story.take(desk, story.FIRE_ONE, caller=story.CALLER)
                story.report(desk, story.FIRE_ONE, TeamState.RETURNED, TeamState.STANDBY)
        except StoreTrouble:
            story.assert_sound(desk)
        lift()
        with desk.reading() as reading:
            if reading.teams.get(story.FIRE_ONE).is_out:
                story.report(desk, story.FIRE_ONE, TeamState.RETURNED, TeamState.STANDBY)


def test_a_file_that_may_grow_no_more_loses_nothing_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "small.store"
    open_store(path).close()
    other = officer(path, "small", size=1_200_000, times=500)
    said, _ = other.communicate(timeout=60)
    lines = said.split("\n")
    assert lines[-2].startswith("trouble disk"), said[-200:]
    store = open_store(path)
    with store.reading() as reading:
        assert reading.settings.count() == len(lines) - 2 > 3
    with store.open_work(account_id=None, desk_code="", at=START) as work:
        work.commit("again")
    store.close()


@pytest.mark.parametrize(("said", "reason"), [
    ("database or disk is full", "disk_full"), ("database is locked", "locked"), ("database table is locked", "locked"),
    ("attempt to write a readonly database", "read_only"), ("disk I/O error", "disk_error"), ("unable to open database file", "cannot_open"),
    ("database disk image is malformed", "damaged"), ("file is not a database", "damaged"),
])
def test_sqlites_words_become_the_desks_reasons(said: str, reason: str) -> None:
    trouble = as_trouble(dbapi2.OperationalError(said), path="p")
    assert isinstance(trouble, StoreTrouble) and (trouble.values["reason"], trouble.values["path"]) == (reason, "p")


@pytest.mark.parametrize("error", [
    dbapi2.IntegrityError("UNIQUE constraint failed"), dbapi2.OperationalError("no such table: incidnets"), KeyError("full"),
])
def test_our_own_mistakes_are_no_trouble_of_the_store(error: BaseException) -> None:
    assert as_trouble(error) is error
