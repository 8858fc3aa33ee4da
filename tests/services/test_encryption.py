"""A desk encrypts its own store while it is open, goes on working, and its page of the recovery key says what opens it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from emergency_desk.domain.accounts import Role
from emergency_desk.domain.errors import RoleMissing, StoreTrouble
from emergency_desk.domain.key_errors import KeyWrong, PassphraseTooShort, StoreIsEncrypted, StoreIsPlain
from emergency_desk.domain.store_keys import read_recovery
from emergency_desk.errands.recovery_paper import write_page
from emergency_desk.services import backups, encryption, incidents, integrity
from emergency_desk.services.desk import Desk
from emergency_desk.store import key_file
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.backups import list_made
from emergency_desk.store.engine import open_connection
from tests import story
from tests.builders import make_desk

ROOT = Path(__file__).resolve().parents[2]
WORDS, NEXT = "four words put together", "another four words"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))  # what is tried here is not the price of a guess
    made = make_desk(tmp_path)
    story.take(made, story.FIRE_ONE)
    return seat_as(made, Role.ADMINISTRATOR)


def seat_as(desk: Desk, role: Role) -> Desk:
    assert desk.account is not None
    desk.account = replace(desk.account, roles=(role,))
    return desk


def backed_up(desk: Desk) -> Path:
    backups.make(backups.order(desk))
    return list_made(desk.store.path, folder_of(desk.store.path))[-1].path


def actions(desk: Desk) -> list[str]:
    connection = open_connection(desk.store.path, key=desk.store.key, read_only=True)
    try:
        return [row[0] for row in connection.execute("SELECT action FROM journal ORDER BY number")]
    finally:
        connection.close()


def test_a_desk_goes_on_at_its_store_once_it_is_encrypted(desk: Desk) -> None:
    kept = backed_up(desk)
    assert encryption.state(desk).plain_backups == 1
    done = encryption.encrypt(desk, passphrase=WORDS, again=WORDS).value
    assert done.backups == 1 and key_file.is_encrypted(kept) and key_file.is_encrypted(desk.store.path)
    assert read_recovery("".join(done.sheet.rows)) == desk.store.key == key_file.unlock(desk.store.path, WORDS)
    assert encryption.state(desk).is_encrypted and encryption.state(desk).plain_backups == 0
    assert len(incidents.list_open(desk)) == 1 and integrity.check(desk).is_sound
    assert actions(desk)[-1] == "store_encrypted"
    assert key_file.is_encrypted(backed_up(desk))


def test_the_journal_tells_what_was_done_and_no_secret(desk: Desk) -> None:
    sheet = encryption.encrypt(desk, passphrase=WORDS, again=WORDS).value.sheet
    encryption.change_passphrase(desk, typed=WORDS, passphrase=NEXT, again=NEXT)
    encryption.renew_key(desk, passphrase=NEXT)
    encryption.decrypt(desk, typed=NEXT)
    assert actions(desk)[-4:] == ["store_encrypted", "passphrase_changed", "store_key_renewed", "store_decrypted"]
    raw = desk.store.path.read_bytes() + Path(f"{desk.store.path}-wal").read_bytes()
    for secret in (WORDS, NEXT, *sheet.rows, *(row.replace(" ", "") for row in sheet.rows)):
        assert secret.encode() not in raw


def test_the_passphrase_is_asked_for_before_anything_is_told_or_changed(desk: Desk) -> None:
    encryption.encrypt(desk, passphrase=WORDS, again=WORDS)
    raw = desk.store.path.read_bytes()
    for act in (lambda: encryption.recovery_sheet(desk, typed="wrong"), lambda: encryption.decrypt(desk, typed="wrong"),
                lambda: encryption.renew_key(desk, passphrase="wrong"),
                lambda: encryption.change_passphrase(desk, typed="wrong", passphrase=NEXT, again=NEXT)):
        with pytest.raises(KeyWrong):
            act()
    assert desk.store.path.read_bytes() == raw


def test_the_recovery_key_sets_a_new_passphrase_even_when_the_file_of_keys_is_lost(desk: Desk) -> None:
    rows = encryption.encrypt(desk, passphrase=WORDS, again=WORDS).value.sheet.rows
    key_file.key_file(desk.store.path).unlink()
    encryption.change_passphrase(desk, typed="\n".join(rows), passphrase=NEXT, again=NEXT)
    assert key_file.unlock(desk.store.path, NEXT) == desk.store.key


def test_what_does_not_fit_how_the_store_is_kept_is_refused(desk: Desk) -> None:
    with pytest.raises(StoreIsPlain):
        encryption.decrypt(desk, typed=WORDS)
    with pytest.raises(PassphraseTooShort):
        encryption.encrypt(desk, passphrase="short", again="short")
    encryption.encrypt(desk, passphrase=WORDS, again=WORDS)
    with pytest.raises(StoreIsEncrypted):
        encryption.encrypt(desk, passphrase=WORDS, again=WORDS)


def test_only_an_administrator_encrypts(desk: Desk) -> None:
    seat_as(desk, Role.DUTY_OFFICER)
    with pytest.raises(RoleMissing):
        encryption.encrypt(desk, passphrase=WORDS, again=WORDS)
    assert desk.store.key is None


def test_a_store_that_another_program_holds_stays_open_and_as_it_was(desk: Desk) -> None:
    other = open_connection(desk.store.path)
    other.execute("SELECT count(*) FROM journal").fetchone()
    with pytest.raises(StoreTrouble):
        encryption.encrypt(desk, passphrase=WORDS, again=WORDS)
    other.close()
    assert desk.store.key is None and len(incidents.list_open(desk)) == 1


@pytest.mark.parametrize(("language", "title"), [("en", "Recovery key"), ("zh_CN", "恢复密钥")])
def test_the_recovery_page_bears_the_rows_on_one_page(desk: Desk, tmp_path: Path, language: str, title: str) -> None:
    sheet = encryption.encrypt(desk, passphrase=WORDS, again=WORDS).value.sheet
    printed = write_page(sheet, tmp_path / "page.pdf", language=language, fonts=ROOT / "resources" / "fonts")
    assert printed.pages == 1 and not printed.missing_characters and printed.path.stat().st_mode & 0o077 == 0
    document = pypdfium2.PdfDocument(printed.path)
    text = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert all(row.replace(" ", "") in text for row in sheet.rows)
    assert title.replace(" ", "") in text and sheet.key_id in text
