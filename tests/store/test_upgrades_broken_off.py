"""An upgrade that is broken off at any statement leaves the older store as it was or the whole new one. `tests.torture` tries every statement."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from emergency_desk.domain.errors import StoreTooNew
from emergency_desk.domain.upgrades import Upgrade, UpgradeStep
from emergency_desk.store.engine import open_connection
from emergency_desk.store.migrations import running
from emergency_desk.store.opening import open_store
from emergency_desk.store.schema import SCHEMA
from tests import quickness
from tests.builders import START
from tests.torture import upgrades

OLDEST = upgrades.OLDER[0]
TRIED = 6  # statements a store, in the suite; the deep run tries every tenth


@pytest.mark.parametrize("frozen", upgrades.OLDER, ids=lambda path: path.name)
def test_a_fault_after_a_statement_leaves_the_older_store_as_it_was(frozen: Path, tmp_path: Path) -> None:
    count = upgrades.statements_of(frozen, tmp_path)
    assert count > 20
    step = 10 if quickness.DEEP else max(1, count // TRIED)
    for nth in (1, *range(step, count, step), count):
        assert upgrades.break_off(frozen, tmp_path, nth) == [], nth
    assert upgrades.faults_of_new(frozen, tmp_path / "older.store") == []


@pytest.mark.parametrize("part", [0.3, 0.99] if os.name == "posix" else [])  # a child is forked
def test_a_kill_after_a_statement_leaves_the_older_store_and_the_next_start_makes_the_new_one(part: float, tmp_path: Path) -> None:
    count = upgrades.statements_of(OLDEST, tmp_path)
    assert upgrades.kill_off(OLDEST, tmp_path, int(count * part)) == []


def test_every_migration_is_gone_through_by_the_oldest_store() -> None:
    versions = sorted(path.name[:4] for path in (Path(running.__file__).parent / "versions").glob("0*.py"))
    assert OLDEST.name.startswith(f"{versions[0]}-") and int(versions[-1]) == SCHEMA == len(versions)


@pytest.mark.parametrize("newer", [SCHEMA + 1, SCHEMA + 100])
def test_a_newer_store_is_refused_and_nothing_of_it_or_beside_it_is_touched(newer: int, tmp_path: Path) -> None:
    path = upgrades.lay_down(upgrades.FROZEN[-1], tmp_path)
    connection = open_connection(path)
    connection.execute(f"PRAGMA user_version = {newer}")
    connection.close()
    before = {one.name: sha256(one.read_bytes()).digest() for one in tmp_path.iterdir()}
    with pytest.raises(StoreTooNew) as refusal:
        open_store(path)
    assert (refusal.value.values["theirs"], refusal.value.values["ours"]) == (newer, SCHEMA)
    after = {one.name: sha256(one.read_bytes()).digest() for one in tmp_path.iterdir() if not one.name.endswith(("-shm", "-wal"))}
    assert after == before


OPENER = """
import sys
from pathlib import Path
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.store.opening import open_store
try:
    open_store(Path(sys.argv[1])).close()
    print("done")
except StoreTrouble as trouble:
    print(trouble.values["reason"])
"""


def test_another_program_that_opens_the_store_meanwhile_is_told_so_and_touches_nothing(tmp_path: Path) -> None:
    path, told = upgrades.lay_down(OLDEST, tmp_path), list[tuple[str, bool]]()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1"}

    def come(now: Upgrade) -> None:
        if (now.step, now.percent) in ((UpgradeStep.CHECKING, 0), (UpgradeStep.SWAPPING, 0)):
            done = subprocess.run([sys.executable, "-c", OPENER, str(path)], stdout=subprocess.PIPE, text=True, check=True, env=environment)
            told.append((done.stdout.strip(), path.with_name(path.name + ".migrating").exists()))

    open_store(path, told=come).close()
    assert told == [("locked", True), ("locked", True)]
    assert upgrades.faults_of_new(OLDEST, path) == []


def test_an_upgrade_that_another_program_made_meanwhile_is_not_made_again(tmp_path: Path) -> None:
    path, versions = upgrades.lay_down(OLDEST, tmp_path), list[int]()

    def come(now: Upgrade) -> None:
        if now.step is UpgradeStep.KEEPING and now.percent == 0 and not versions:
            versions.append(0)
            store = open_store(path)  # the other one is through before this one has the store for itself
            store.keep_draft("call", account_id="", content="是这样写的", at=START)
            store.close()
        elif now.step is UpgradeStep.CHANGING:
            versions.append(now.version)

    store = open_store(path, told=come)
    assert store.draft("call") == "是这样写的" and versions == [0]
    store.close()
