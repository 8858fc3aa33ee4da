"""What takes the place of an encrypted store is encrypted with that store's key; where nobody knows it, nothing is put back over it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.backups import Lock
from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong, StoreKeepsItsKey
from emergency_desk.domain.store_keys import StoreKey, recovery_rows
from emergency_desk.store import backups, encrypting, key_file, restoring, second_place
from emergency_desk.store.engine import open_connection
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from tests import story
from tests.builders import START, make_desk

KEY, OTHER = StoreKey(bytes(range(32))), StoreKey(bytes(range(1, 33)))
WORDS, NEXT = "four words put together", "another four words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guess cost little: what is tried here is not the price."""
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain store with an incident in it, closed."""
    desk = make_desk(tmp_path)
    story.take(desk, story.FIRE_ONE)
    desk.store.close()
    return tmp_path / "test.store"


@pytest.fixture
def plain(path: Path, folder: Path) -> Path:
    """A plain backup of it; the store itself is encrypted then."""
    kept = backups.back_up(path, folder, at=START, reason="routine")
    encrypting.encrypt(path, old=None, new=KEY, passphrase=WORDS)
    return kept


def incidents_in(path: Path, key: StoreKey | None) -> int:
    store = open_store(path, key=key, create=False)
    try:
        assert check_store(store).is_sound
        with store.reading() as reading:
            return reading.incidents.count()
    finally:
        store.close()


def opens_with(path: Path, typed: str) -> bool:
    return incidents_in(path, key_file.unlock(path, typed)) == 1


def test_a_plain_backup_over_an_encrypted_store_ends_encrypted_with_the_key_of_the_store(path: Path, plain: Path, folder: Path) -> None:
    for typed, key in ((WORDS, None), ("".join(recovery_rows(KEY)), None), ("", KEY)):
        aside = restoring.restore(plain, path, folder, at=START, typed=typed, key=key)
        assert key_file.is_encrypted(path) and opens_with(path, WORDS) and opens_with(path, "".join(recovery_rows(KEY)))
        assert aside is not None and backups.is_sound(aside) and opens_with(aside, WORDS), "the way back"
        assert "延安三路".encode() not in path.read_bytes()
    assert not [one.name for one in path.parent.iterdir() if "restoring" in one.name or one.name.endswith((".writing", ".before"))]


def test_nothing_of_a_plain_backup_lies_beside_an_encrypted_store_in_the_clear_while_it_is_put_back(
    path: Path, plain: Path, folder: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looks(working: Path, *, key: StoreKey | None = None) -> bool:
        assert key == KEY and "延安三路".encode() not in working.read_bytes()
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "is_whole", looks)
    with pytest.raises(KeyboardInterrupt):
        restoring.restore(plain, path, folder, at=START, typed=WORDS)
    assert opens_with(path, WORDS)


def test_without_the_key_of_the_store_nothing_is_put_back_over_it_and_it_says_what_to_do(path: Path, plain: Path, folder: Path) -> None:
    before = path.read_bytes()
    for typed in ("", "not the passphrase", "".join(recovery_rows(OTHER))):
        with pytest.raises(StoreKeepsItsKey) as refusal:
            restoring.restore(plain, path, folder, at=START, typed=typed)
        assert refusal.value.values["path"] == str(path)
    assert path.read_bytes() == before and opens_with(path, WORDS)
    path.rename(path.with_name("aside"))
    key_file.key_file(path).unlink()
    assert restoring.restore(plain, path, folder, at=START) is None and incidents_in(path, None) == 1


def test_a_damaged_encrypted_store_is_replaced_under_its_own_key(path: Path, plain: Path, folder: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:8192] = bytes(4096)
    path.write_bytes(raw)
    restoring.restore(plain, path, folder, at=START, typed=WORDS)
    assert opens_with(path, WORDS)


def test_a_backup_of_an_older_key_does_not_bring_the_older_key_back(path: Path, plain: Path, folder: Path) -> None:
    older = backups.back_up(path, folder, at=START + timedelta(hours=1), reason="routine", key=KEY)
    encrypting.encrypt(path, old=KEY, new=OTHER, passphrase=NEXT)
    with pytest.raises(KeyNeeded) as asked:
        restoring.preview(older, path, key=OTHER)
    assert asked.value.values["path"] == str(older)
    with pytest.raises(KeyWrong):
        restoring.preview(older, path, key=OTHER, typed=NEXT)
    assert restoring.preview(older, path, key=OTHER, typed=WORDS).lock is Lock.ANOTHER_KEY
    restoring.restore(older, path, folder, at=START, key=OTHER, typed=WORDS)
    assert opens_with(path, NEXT) and opens_with(path, "".join(recovery_rows(OTHER)))
    with pytest.raises(KeyWrong):
        open_store(path, key=key_file.unlock(path, "".join(recovery_rows(KEY))))
    with pytest.raises(StoreKeepsItsKey):
        restoring.restore(older, path, folder, at=START, typed=WORDS)  # a shell that has the backup's passphrase alone
    assert restoring.preview(plain, path, key=OTHER).lock is Lock.TO_BE_LOCKED


def test_where_no_encrypted_store_stands_the_backup_keeps_its_own_key(path: Path, plain: Path, folder: Path, tmp_path: Path) -> None:
    locked = backups.back_up(path, folder, at=START + timedelta(hours=1), reason="routine", key=KEY)
    assert restoring.preview(locked, path, key=KEY).lock is Lock.ALIKE
    anew = tmp_path / "anew" / "anew.store"
    assert restoring.preview(locked, anew, typed=WORDS).lock is Lock.ITS_OWN and restoring.preview(plain, anew).lock is Lock.NONE
    restoring.restore(plain, anew, anew.parent / "kept", at=START)
    assert incidents_in(anew, None) == 1
    restoring.restore(locked, anew, anew.parent / "kept", at=START, typed=WORDS)
    assert opens_with(anew, WORDS)


@pytest.mark.parametrize("is_plain", [True, False])
def test_an_encrypted_store_that_somebody_else_holds_is_not_replaced(path: Path, plain: Path, folder: Path, is_plain: bool) -> None:
    backup = plain if is_plain else backups.back_up(path, folder, at=START + timedelta(hours=1), reason="routine", key=KEY)
    other = open_connection(path, key=KEY)
    other.execute("BEGIN IMMEDIATE")
    other.execute("PRAGMA user_version").fetchone()
    before = path.read_bytes()
    with pytest.raises(StoreTrouble) as refusal:
        restoring.restore(backup, path, folder, at=START, typed=WORDS)
    other.execute("ROLLBACK")
    other.close()
    assert refusal.value.values["reason"] == "locked" and path.read_bytes() == before and opens_with(path, WORDS)


# -- the second place -------------------------------------------------------------------------------------------------
def test_what_lies_in_the_second_place_opens_with_the_new_passphrase_once_it_is_reached(path: Path, plain: Path, folder: Path) -> None:
    assert encrypting.encrypt_backups(path, folder, KEY) == 1
    stick = second_place.SecondPlace(str(folder.parent / "stick"), mark="ours")
    second_place.prepare(Path(stick.folder), stick.mark)
    first = backups.back_up(path, folder, at=START + timedelta(hours=1), reason="routine", key=KEY)
    newest = backups.back_up(path, folder, at=START + timedelta(hours=2), reason="routine", key=KEY)
    for one in (first, newest):
        second_place.send(path, one, stick, at=START)
    encrypting.change_passphrase(path, folder, KEY, NEXT)
    away = Path(stick.folder).rename(folder.parent / "drawer")
    assert second_place.send(path, newest, stick, at=START).trouble is not None
    away.rename(stick.folder)
    assert second_place.send(path, newest, stick, at=START).trouble is None
    for one in (first, newest):
        there = Path(stick.folder) / one.name
        assert key_file.unlock(there, NEXT) == KEY
        with pytest.raises(KeyWrong):
            key_file.unlock(there, WORDS)
