"""Encryption and its backups on the command line: the passphrase comes from the environment, and every refusal says what to do."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from emergency_desk.app.main import main
from emergency_desk.app.opening import open_desk
from emergency_desk.services import backups
from emergency_desk.store import key_file
from tests.builders import acting_as, make_desk

WORDS, NEXT = "four words put together", "another four words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path, name="city.store")
    backups.set_second_place(acting_as(desk, "leader"), folder=tmp_path / "stick")
    desk.store.close()
    return Path(desk.store.path)


@pytest.fixture
def said(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command at the store under a key, with a new passphrase on its standard input."""

    def run(*words: str, key: str = "", new: str = "", code: int = 0) -> str:
        monkeypatch.setenv("EMERGENCY_DESK_KEY", key)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{new}\n"))
        asked = list(words) if "--store" in words else [*words, "--store", str(store)]
        assert main([*asked, "--lang", "en", "--as", "administrator"] if words[0] in ("encrypt", "change-passphrase") else asked) == code
        told = capsys.readouterr()
        return told.out + told.err

    return run


def test_a_store_is_encrypted_its_backups_and_the_second_place_with_it(store: Path, tmp_path: Path, said: Any) -> None:
    said("backup")
    copy, = (tmp_path / "stick").glob("*.store")
    assert not key_file.is_encrypted(copy)
    assert "second place are encrypted too" in said("encrypt", new=WORDS)
    assert key_file.is_encrypted(store) and key_file.is_encrypted(copy) and key_file.unlock(copy, WORDS) == key_file.unlock(store, WORDS)
    assert "second place too" in said("change-passphrase", key=WORDS, new=NEXT)
    assert key_file.unlock(copy, NEXT) == key_file.unlock(store, NEXT)
    (tmp_path / "stick").rename(tmp_path / "drawer")
    told = said("change-passphrase", key=NEXT, new="words number three")
    assert "not there" in told and "opens with the passphrase before" in told
    told = said("change-passphrase", "--json", key="words number three", new=WORDS)
    assert json.loads(told)["second_place_trouble"] == "place_absent"


def test_an_encrypted_backup_is_made_looked_into_and_restored_into_a_new_store(store: Path, tmp_path: Path, said: Any) -> None:
    said("encrypt", new=WORDS)
    backup = Path(json.loads(said("backup", "--out", str(tmp_path / "usb"), "--json", key=WORDS))["backup"])
    assert key_file.is_encrypted(backup) and key_file.key_file(backup).exists()
    new = tmp_path / "new" / "desk.store"
    assert f"{backup} is encrypted" in said("restore", str(backup), "--store", str(new), code=2)
    assert "not the passphrase" in said("restore", str(backup), "--store", str(new), key=NEXT, code=2)
    assert not new.exists()
    assert "of this backup opens the store" in said("restore", str(backup), "--look", "--store", str(new), key=WORDS)
    said("restore", str(backup), "--store", str(new), key=WORDS)
    open_desk(new, typed=WORDS).store.close()


def test_a_plain_backup_over_an_encrypted_store_wants_the_key_of_the_store(store: Path, tmp_path: Path, said: Any) -> None:
    backup = Path(json.loads(said("backup", "--out", str(tmp_path / "usb"), "--json"))["backup"])
    said("encrypt", new=WORDS)
    before = store.read_bytes()
    for key in ("", NEXT):
        told = said("restore", str(backup), key=key, code=2)
        assert f"{store} is encrypted" in told and "restore into a new store" in told and "Nothing was changed" in told
    assert store.read_bytes() == before
    assert "encrypted with the key of the present store" in said("restore", str(backup), key=WORDS)
    assert key_file.is_encrypted(store)
    open_desk(store, typed=WORDS).store.close()


@pytest.fixture
def older(store: Path, tmp_path: Path, said: Any) -> Path:
    """A backup under the key and passphrase that the store had before it got others."""
    said("encrypt", new=WORDS)
    backup = Path(json.loads(said("backup", "--out", str(tmp_path / "usb"), "--json", key=WORDS))["backup"])
    said("encrypt", "--new-key", key=WORDS)
    said("change-passphrase", key=WORDS, new=NEXT)
    return backup


def test_a_backup_of_another_key_is_put_back_with_a_passphrase_of_its_own(
    store: Path, older: Path, said: Any, monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = key_file.unlock(store, NEXT)
    told = said("restore", str(older), key=NEXT, code=2)
    assert f"does not open {older}" in told and "EMERGENCY_DESK_BACKUP_KEY" in told and "nothing was changed" in told
    monkeypatch.setenv("EMERGENCY_DESK_BACKUP_KEY", NEXT)
    assert f"not the passphrase of {older}" in said("restore", str(older), key=NEXT, code=2)
    monkeypatch.setenv("EMERGENCY_DESK_BACKUP_KEY", WORDS)
    assert f"{store} is encrypted" in said("restore", str(older), key=WORDS, code=2), "the store's own is wanted too"
    for words in (("restore", str(older), "--look"), ("restore", str(older))):
        monkeypatch.setenv("EMERGENCY_DESK_BACKUP_KEY", WORDS)
        assert "the key of the present store" in said(*words, key=NEXT)
    assert key_file.unlock(store, NEXT) == key
    open_desk(store, typed=NEXT).store.close()


@pytest.mark.parametrize("given", ["", NEXT])
def test_a_terminal_asks_for_whatever_of_the_two_is_missing(
    store: Path, older: Path, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    key, asked = key_file.unlock(store, NEXT), list[str]()

    def answer(question: str) -> str:
        asked.append(question)
        return WORDS if str(older) in question else NEXT

    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("getpass.getpass", answer)
    monkeypatch.setenv("EMERGENCY_DESK_KEY", given)
    assert main(["restore", str(older), "--store", str(store), "--lang", "en"]) == 0
    assert [str(older) in question for question in asked] == ([True] if given else [True, False])
    assert key_file.unlock(store, NEXT) == key
