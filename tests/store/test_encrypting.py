"""A store is written anew under a key, another key or none: the same rows, the same seals, and whole at every moment."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.key_errors import KeyWrong
from emergency_desk.domain.store_keys import StoreKey, recovery_rows
from emergency_desk.store import backups, encrypting, holds, key_file, opening, restoring
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.key_file import Cost
from emergency_desk.store.opening import open_store
from emergency_desk.store.reserve import reserve_of
from tests import story
from tests.builders import START, make_desk

KEY, OTHER = StoreKey(bytes(range(32))), StoreKey(bytes(range(1, 33)))
ROOT = Path(__file__).resolve().parents[2]
WORDS, NEXT = "four words put together", "another four words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess cost little: what is tried here is not the price."""
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))
    assert Cost() == Cost(rounds=1, memory_kib=64, lanes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain store with an incident in it, closed."""
    desk = make_desk(tmp_path)
    story.take(desk, story.FIRE_ONE)
    desk.store.close()
    return tmp_path / "test.store"


def content(path: Path, key: StoreKey | None) -> dict[str, Any]:
    """Return every row of every table; the store is looked over as well."""
    store = open_store(path, key=key)
    assert check_store(store).is_sound
    store.close()
    connection = open_connection(path, key=key)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name != "plan_tokens"}
    found["tokens"] = connection.execute("SELECT count(*) FROM plan_tokens").fetchall()
    connection.close()
    return found


def beside(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir() if one.is_file() and not one.name.endswith((".reserve", "-shm", "-wal"))}


def test_an_encrypted_store_holds_the_same_and_opens_with_passphrase_and_recovery_key(path: Path) -> None:
    before = content(path, None)
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert content(path, key_file.unlock(path, WORDS)) == before
    assert content(path, key_file.unlock(path, "".join(recovery_rows(KEY)))) == before
    assert "延安三路".encode() not in path.read_bytes()
    assert beside(path) == {"test.store", "test.store.keys"}


def test_a_decrypted_store_is_a_plain_one_without_keys(path: Path) -> None:
    before = content(path, None)
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    encrypting.decrypt(path, old=KEY)
    assert content(path, None) == before
    assert beside(path) == {"test.store"}


def test_another_key_makes_the_old_recovery_page_void(path: Path) -> None:
    before = content(path, None)
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    encrypting.encrypt(path, old=KEY, new=OTHER, passphrase=WORDS)
    assert content(path, key_file.unlock(path, WORDS)) == before
    with pytest.raises(KeyWrong):
        open_store(path, key=key_file.unlock(path, "".join(recovery_rows(KEY))))


def test_another_passphrase_leaves_the_store_and_its_recovery_key_as_they_are(path: Path, tmp_path: Path) -> None:
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine", key=KEY)
    raw = path.read_bytes()
    assert encrypting.change_passphrase(path, tmp_path / "kept", KEY, NEXT) == 1
    assert path.read_bytes() == raw
    for one in (path, kept):
        assert key_file.unlock(one, NEXT) == KEY == key_file.unlock(one, "".join(recovery_rows(KEY)))
        with pytest.raises(KeyWrong):
            key_file.unlock(one, WORDS)


def test_older_backups_are_encrypted_too_and_come_back_whole(path: Path, tmp_path: Path) -> None:
    folder, before = tmp_path / "kept", content(path, None)
    kept = backups.back_up(path, folder, at=START, reason="routine")
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert encrypting.encrypt_backups(path, folder, KEY) == 1
    assert encrypting.encrypt_backups(path, folder, KEY) == 0
    assert backups.is_sound(kept) and key_file.is_encrypted(kept)
    assert content(kept, key_file.unlock(kept, WORDS)) == before


def test_a_backup_that_cannot_be_read_stays_as_it_is(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    kept = backups.back_up(path, folder, at=START, reason="routine")
    kept.write_bytes(kept.read_bytes()[:8192])
    raw = kept.read_bytes()
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert encrypting.encrypt_backups(path, folder, KEY) == 0
    assert kept.read_bytes() == raw and not key_file.key_file(kept).exists()


def test_a_store_that_somebody_else_holds_is_not_written_anew(path: Path) -> None:
    other = open_connection(path)
    other.execute("SELECT count(*) FROM journal").fetchone()
    raw = path.read_bytes()
    with pytest.raises(StoreTrouble) as refusal:
        encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    other.close()
    assert refusal.value.values["reason"] == "locked"
    assert path.read_bytes() == raw and beside(path) == {"test.store"}


def test_nobody_gets_in_while_the_store_is_written_anew(path: Path) -> None:
    tried: list[str] = []

    def knock(_done: int, _total: int, what: str) -> None:
        if not what:
            return
        other = dbapi2.connect(str(path), timeout=0)
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("SELECT count(*) FROM journal").fetchone()
        tried.append(what)
        other.close()

    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS, progress=knock)
    assert tried == ["copy", "compare", "swap"]


# -- power cuts -------------------------------------------------------------------------------------------------------
class PowerCut(BaseException):
    """The machine stops here: nothing behind it runs."""


def acts(monkeypatch: pytest.MonkeyPatch, cut_at: int) -> Callable[[], int]:
    """Count every act on the names of files, and stop before one of them."""
    done = 0

    def counted(act: Any) -> Any:
        def do(*words: Any, **more: Any) -> Any:
            nonlocal done
            done += 1
            if done > cut_at:
                raise PowerCut
            return act(*words, **more)

        return do

    for name in ("replace", "link", "unlink", "fsync"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    return lambda: done


def draft(path: Path) -> str:
    """Open the store with what its people have, and read the one draft in it."""
    store = open_store(path, key=opened(path))
    try:
        return store.draft("call")
    finally:
        store.close()


def opened(path: Path) -> StoreKey | None:
    """Return the key that either of the two passphrases gives, None for a plain store."""
    if not key_file.is_encrypted(path):
        return None
    try:
        return key_file.unlock(path, WORDS)
    except KeyWrong:
        return key_file.unlock(path, NEXT)


@pytest.mark.parametrize("what", ["encrypt", "another key", "decrypt", "another passphrase", "a plain backup", "a backup of an older key"])
def test_a_power_cut_at_any_step_leaves_a_store_that_opens(what: str, tmp_path: Path) -> None:
    path = tmp_path / "test.store"
    store = open_store(path)
    store.keep_draft("call", account_id="", content="是这样写的", at=START)
    store.close()
    reserve_of(path).unlink()
    folder = tmp_path / "kept"
    plain = backups.back_up(path, folder, at=START, reason="routine")
    if what != "encrypt":
        encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    locked = backups.back_up(path, folder, at=START.replace(hour=23), reason="routine", key=KEY) if what != "encrypt" else plain
    if what == "a backup of an older key":
        encrypting.encrypt(path, old=KEY, new=OTHER, passphrase=NEXT)
    own = opened(path)
    ways: dict[str, Callable[[], None]] = {
        "encrypt": lambda: encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS),
        "another key": lambda: encrypting.encrypt(path, old=KEY, new=OTHER, passphrase=WORDS),
        "decrypt": lambda: encrypting.decrypt(path, old=KEY),
        "another passphrase": lambda: encrypting.change_passphrase(path, folder, KEY, NEXT),
        "a plain backup": lambda: restoring.restore(plain, path, folder, at=START, key=own),
        "a backup of an older key": lambda: restoring.restore(locked, path, folder, at=START, key=own, typed=WORDS)}
    files = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    for cut in range(60):
        for one in tmp_path.rglob("*"):
            if one.is_file():
                one.unlink()
        for one, raw in files.items():
            one.write_bytes(raw)
        with pytest.MonkeyPatch.context() as patch:
            counted = acts(patch, cut)
            try:
                ways[what]()
                is_through = True
            except PowerCut:
                is_through = False
        assert draft(path) == "是这样写的", f"cut before act {cut + 1}"
        if what.startswith("a ") or what == "another passphrase":
            assert opened(path) == own, f"cut before act {cut + 1}"
            assert all(opened(one.path) in (None, KEY, own) for one in backups.list_made(path, folder)), f"cut before act {cut + 1}"
        opening.clear_up(path)
        assert not {"test.store.before", "test.store.writing"} & beside(path)
        if is_through:
            assert counted() == cut
            assert cut > 5
            return
    raise AssertionError("it never came to an end")


def test_what_a_power_cut_left_goes_at_the_next_opening(path: Path) -> None:
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    for name in ("test.store.before", "test.store.writing"):
        (path.parent / name).write_bytes(b"SQLite format 3\x00" + "郝不存在".encode() * 100)
    opening.open_store(path, key=KEY).close()
    assert beside(path) == {"test.store", "test.store.keys"}


# -- two programs -----------------------------------------------------------------------------------------------------
OPENER = """
import sys
from pathlib import Path
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.store import encrypting, opening
from emergency_desk.store.engine import open_connection
path = Path(sys.argv[2])
try:
    if sys.argv[1] == "open":
        opening.open_store(path).close()
    elif sys.argv[1] == "encrypt":
        encrypting.encrypt(path, old=None, new=encrypting.new_key(), passphrase="somebody else's words")
    print("done")
except StoreTrouble as trouble:
    print(trouble.values["reason"])
"""


def another_program(act: str, path: Path) -> str:
    """Let another program do something with the store; returns the reason it was refused for, or "done"."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", OPENER, act, str(path)], stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return done.stdout.strip()


@pytest.mark.parametrize("act", ["open", "encrypt"])
def test_another_program_leaves_alone_what_is_being_written(act: str, path: Path) -> None:
    before, told = content(path, None), list[tuple[str, str, int]]()

    def come(_done: int, _total: int, what: str) -> None:
        if what in ("compare", "swap"):
            told.append((what, another_program(act, path), (path.parent / "test.store.writing").stat().st_size))

    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS, progress=come)
    assert [(what, reason) for what, reason, _size in told] == [("compare", "locked"), ("swap", "locked")]
    assert told[0][2] > 0 and content(path, key_file.unlock(path, WORDS)) == before
    assert len(key_file.read(key_file.key_file(path))) == 1 and beside(path) == {"test.store", "test.store.keys"}


def test_a_store_that_was_replaced_while_its_lock_was_waited_for_is_not_written_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = path.with_name("other.store")
    shutil.copyfile(path, other)
    really = holds.open_connection

    def too_late(store: Path, **more: Any) -> Any:
        held = really(store, **more)
        other.replace(path)  # the lock is got now, of a file that has no name any more
        return held

    monkeypatch.setattr(holds, "open_connection", too_late)
    with pytest.raises(StoreTrouble) as refusal:
        encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert refusal.value.values["reason"] == "locked" and not key_file.is_encrypted(path) and beside(path) == {"test.store"}


def test_a_disk_that_fails_once_the_new_store_stands_leaves_it_its_keys(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stands_but_fails(working: Path, store: Path) -> None:
        working.replace(store)
        raise OSError(errno.EIO, "the folder would not reach the disk")

    monkeypatch.setattr(encrypting, "swap_in", stands_but_fails)
    with pytest.raises(StoreTrouble) as refusal:
        encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert refusal.value.values["reason"] == "disk_error" and key_file.unlock(path, WORDS) == KEY


def test_a_disk_without_room_for_the_keys_is_told_as_that(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_store: Path, _slots: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(key_file, "lay_before", full)
    with pytest.raises(StoreTrouble) as refusal:
        encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    assert refusal.value.values["reason"] == "disk_full" and beside(path) == {"test.store"}
    assert draft(path) == ""
