"""An encrypted store: what opens it, what does not, and that nothing is touched by who has no key."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from emergency_desk.domain.errors import DeskError, StoreDamaged, StoreTrouble
from emergency_desk.domain.key_errors import KeyNeeded, KeyWrong, RecoveryKeyMistyped
from emergency_desk.domain.store_keys import StoreKey, recovery_rows
from emergency_desk.store import backups, key_file, restoring
from emergency_desk.store.key_file import Cost
from emergency_desk.store.opening import open_store
from tests.builders import START

KEY, OTHER = StoreKey(bytes(range(32))), StoreKey(bytes(range(1, 33)))
WORDS = "正确 马 电池 订书钉"
CHEAP = Cost(rounds=1, memory_kib=64, lanes=1)


def lay_keys(path: Path, *keys: StoreKey, words: str = WORDS) -> None:
    key_file.write(key_file.key_file(path), [key_file.wrap(key, words, cost=CHEAP) for key in keys])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An encrypted store with a draft in it, closed; its keys lie beside it."""
    path = tmp_path / "secret.store"
    lay_keys(path, KEY)
    store = open_store(path, key=KEY)
    store.keep_draft("call", account_id="", content="郝不存在", at=START)
    store.close()
    return path


def draft(path: Path, key: StoreKey | None) -> str:
    store = open_store(path, key=key)
    try:
        return store.draft("call")
    finally:
        store.close()


def digests(folder: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir())
            if one.is_file() and not one.name.endswith(("-shm", "-wal"))}


# -- what opens it ----------------------------------------------------------------------------------------------------
def test_the_passphrase_and_the_recovery_key_open_the_store(path: Path) -> None:
    assert draft(path, key_file.unlock(path, f" {WORDS} ")) == "郝不存在"
    assert draft(path, key_file.unlock(path, "\n".join(recovery_rows(KEY)))) == "郝不存在"


def test_nothing_of_the_store_can_be_read_in_its_file(path: Path) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"SQLite") and "郝不存在".encode() not in raw and b"CREATE TABLE" not in raw


def test_the_write_ahead_log_is_encrypted_too(path: Path) -> None:
    store = open_store(path, key=KEY)
    store.keep_draft("call", account_id="", content="还没有合并进去的话", at=START)
    wal = Path(f"{path}-wal").read_bytes()
    store.close()
    assert len(wal) > 4096 and "还没有合并进去的话".encode() not in wal


@pytest.mark.parametrize(("typed", "family", "reason"), [
    ("", KeyNeeded, "passphrase"),
    ("a wrong one", KeyWrong, "passphrase"),
    ("\n".join(recovery_rows(KEY)[:3]) + "0000 0000 0000 0000", RecoveryKeyMistyped, "row"),
])
def test_what_does_not_open_it_is_told_and_touches_nothing(path: Path, typed: str, family: type[DeskError], reason: str) -> None:
    before = digests(path.parent)
    with pytest.raises(family) as refusal:
        key_file.unlock(path, typed)
    assert refusal.value.values["reason"] == reason and digests(path.parent) == before


def test_without_a_key_it_says_that_one_is_needed(path: Path) -> None:
    before = digests(path.parent)
    with pytest.raises(KeyNeeded):
        open_store(path)
    assert digests(path.parent) == before


def test_the_recovery_key_of_another_store_is_told_as_such(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = digests(path.parent)
    with pytest.raises(KeyWrong) as refusal:
        open_store(path, key=key_file.unlock(path, "".join(recovery_rows(OTHER))))
    assert refusal.value.values["reason"] == "recovery" and digests(path.parent) == before
    assert capfd.readouterr().err == ""  # the driver would tell of it on the terminal


def test_a_page_that_was_altered_is_damage_and_no_wrong_key(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(StoreDamaged) as refusal:
        open_store(path, key=KEY)
    assert refusal.value.values["reason"] == "damaged"


def test_a_store_that_was_cut_short_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096 * 3])
    with pytest.raises(StoreDamaged):
        open_store(path, key=KEY)


def test_a_key_is_not_used_for_a_plain_store(tmp_path: Path) -> None:
    open_store(tmp_path / "plain.store").close()
    store = open_store(tmp_path / "plain.store", key=KEY)
    assert store.key is None
    store.close()


# -- the file of keys -------------------------------------------------------------------------------------------------
def test_the_file_of_keys_holds_neither_key_nor_passphrase(path: Path) -> None:
    raw = key_file.key_file(path).read_bytes()
    assert KEY.raw not in raw and KEY.raw.hex().encode() not in raw and WORDS.encode() not in raw
    assert key_file.key_file(path).stat().st_mode & 0o077 == 0


def test_no_part_of_a_slot_can_be_altered_unseen(path: Path) -> None:
    whole = json.loads(key_file.key_file(path).read_text())
    for name, value in whole["slots"][0].items():
        altered = {**whole["slots"][0], name: value + 1 if isinstance(value, int) else ("0" if value[0] != "0" else "1") + value[1:]}
        key_file.key_file(path).write_text(json.dumps({**whole, "slots": [altered]}))
        with pytest.raises(KeyWrong):
            key_file.unlock(path, WORDS)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "emergency-desk keys 1"}', '{"format": "emergency-desk keys 1", "slots": [{}]}',
                                     '{"format": "emergency-desk keys 1", "slots": [7]}'])
def test_a_file_of_keys_that_is_none_leaves_the_recovery_key(path: Path, content: str) -> None:
    key_file.key_file(path).write_text(content)
    with pytest.raises(KeyNeeded) as needed:
        open_store(path)
    with pytest.raises(KeyWrong) as wrong:
        key_file.unlock(path, WORDS)
    assert needed.value.values["reason"] == wrong.value.values["reason"] == "head_lost"
    assert draft(path, key_file.unlock(path, "".join(recovery_rows(KEY)))) == "郝不存在"


def test_a_file_of_keys_that_asks_for_all_memory_is_not_obeyed(path: Path) -> None:
    whole = json.loads(key_file.key_file(path).read_text())
    whole["slots"][0]["memory_kib"] = 1 << 40
    key_file.key_file(path).write_text(json.dumps(whole))
    assert key_file.read(key_file.key_file(path)) == ()


def test_a_store_whose_keys_are_lost_is_still_known_for_what_it_is(path: Path) -> None:
    key_file.key_file(path).unlink()
    assert key_file.is_encrypted(path)
    with pytest.raises(KeyNeeded) as refusal:
        open_store(path)
    assert refusal.value.values["reason"] == "head_lost"
    assert draft(path, key_file.unlock(path, "".join(recovery_rows(KEY)))) == "郝不存在"


def test_the_keys_beside_a_backup_open_a_store_that_lost_its_own(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    backups.back_up(path, folder, at=START, reason="routine", key=KEY)
    key_file.key_file(path).unlink()
    key = key_file.unlock(path, WORDS, others=backups.keys_made(path, folder))
    assert draft(path, key) == "郝不存在"


# -- backups ----------------------------------------------------------------------------------------------------------
def test_a_backup_is_encrypted_with_its_keys_beside_it_and_comes_back(path: Path, tmp_path: Path) -> None:
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine", key=KEY)
    assert backups.is_sound(kept) and "郝不存在".encode() not in kept.read_bytes()
    shutil.rmtree(path.parent / "elsewhere", ignore_errors=True)
    anew = tmp_path / "elsewhere" / "anew.store"
    with pytest.raises(KeyNeeded):
        restoring.restore(kept, anew, tmp_path / "kept", at=START)
    restoring.restore(kept, anew, tmp_path / "kept", at=START, typed=WORDS)
    assert draft(anew, key_file.unlock(anew, WORDS)) == "郝不存在"


def test_a_restored_backup_keeps_the_passphrase_it_was_made_under(path: Path, tmp_path: Path) -> None:
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine", key=KEY)
    lay_keys(path, KEY, words="the next passphrase")
    replaced = restoring.restore(kept, path, tmp_path / "kept", at=START + timedelta(hours=1), typed=WORDS)
    assert draft(path, key_file.unlock(path, WORDS)) == "郝不存在"
    assert replaced is not None and draft(replaced, key_file.unlock(replaced, "the next passphrase")) == "郝不存在"


def test_a_backup_that_is_destroyed_takes_its_keys_along(path: Path, tmp_path: Path) -> None:
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine", key=KEY)
    backups.destroy(kept)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_held_backup_is_refused_whole(path: Path, tmp_path: Path) -> None:
    kept = backups.back_up(path, tmp_path / "kept", at=START, reason="routine", key=KEY)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    before = digests(path.parent)
    with pytest.raises(StoreTrouble):
        restoring.restore(kept, path, tmp_path / "kept", at=START, typed=WORDS)
    assert digests(path.parent) == before
