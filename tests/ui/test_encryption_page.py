"""A locked store asks for its key and opens with it; the page of encryption encrypts, shows the recovery key once, and takes it away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked, utc_now
from emergency_desk.app.founding import found_store
from emergency_desk.app.opening import open_desk
from emergency_desk.app.session import Session
from emergency_desk.domain.backups import Reason
from emergency_desk.domain.key_errors import PassphrasesDiffer
from emergency_desk.domain.store_keys import recovery_rows
from emergency_desk.errands import recovery_paper
from emergency_desk.errands.founding_city import Wanted
from emergency_desk.services import backups
from emergency_desk.store import backups as store_backups
from emergency_desk.store import encrypting, key_file
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.opening import remove_store
from emergency_desk.ui.settings.encryption import EncryptionPage
from emergency_desk.ui.start.unlock import UNLOCK, UnlockPage
from emergency_desk.ui.workplace import BOARD
from tests.builders import make_desk
from tests.ui.test_officers import begun

WORDS, NEXT = "four words put together", "another four words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    make_desk(tmp_path).store.close()
    return tmp_path / "test.store"


def session_at(qtbot: QtBot, qapp: QApplication, store: Path, typed_key: str = "") -> Session:
    session = begun(qtbot, qapp, Asked(store=store, account="administrator", typed_key=typed_key))
    session.window.furnish().show()
    return session


def opened(session: Session) -> EncryptionPage:
    assert session.window.acts.do("open_encryption")
    page = session.window.page
    assert isinstance(page, EncryptionPage)
    return page


def test_a_locked_store_asks_and_opens(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    key = encrypting.new_key()
    encrypting.encrypt(store, old=None, new=key, passphrase=WORDS)
    session = session_at(qtbot, qapp, store)
    page = session.window.page
    assert isinstance(page, UnlockPage) and session.desk is None
    for typed in ("wrong", "\n".join(recovery_rows(encrypting.new_key()))):
        page.words.setText(typed)
        QTest.keyClick(page.words, Qt.Key.Key_Return)
        assert session.window.page_id == UNLOCK and "Nothing was changed" in page.words.accessibleDescription()
    page.words.setText(" ".join(recovery_rows(key)).lower())
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    assert session.window.page_id == BOARD and session.asked.typed_key == ""
    session.window.close()


def test_what_the_environment_holds_opens_it_without_asking(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    encrypting.encrypt(store, old=None, new=encrypting.new_key(), passphrase=WORDS)
    session = session_at(qtbot, qapp, store, WORDS)
    assert session.window.page_id == BOARD
    session.window.close()


def test_a_store_whose_keys_are_lost_says_that_only_the_recovery_key_helps(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    encrypting.encrypt(store, old=None, new=encrypting.new_key(), passphrase=WORDS)
    key_file.key_file(store).unlink()
    session = session_at(qtbot, qapp, store)
    page = session.window.page
    assert isinstance(page, UnlockPage) and page.words.accessibleName() == "Recovery key"
    session.window.close()


def test_the_page_encrypts_and_shows_the_recovery_key_until_another_page_is_shown(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    session = session_at(qtbot, qapp, store)
    page = opened(session)
    assert not page.passphrase.isVisibleTo(page) and session.window.acts.can("encrypt_store") and not session.window.acts.can("decrypt_store")
    page.new_passphrase.setText(WORDS)
    page.again.setText("something else")
    page.encrypt()
    assert "differ" in page.again.accessibleDescription() and not key_file.is_encrypted(store)
    page.again.setText(WORDS)
    page.encrypt()
    assert session.desk is not None and session.desk.store.key is not None and key_file.is_encrypted(store)
    assert [label.text().replace(" ", "") for label in page.recovery.rows] == [row.replace(" ", "")
                                                                              for row in recovery_rows(session.desk.store.key)]
    assert page.recovery.isVisibleTo(page) and not page.new_passphrase.text() and "Encrypted" in page.told.text()
    session.window.show_page(BOARD)
    assert page.sheet is None
    assert session.window.acts.do("open_encryption") and not page.recovery.isVisibleTo(page) and page.passphrase.isVisibleTo(page)
    session.window.close()


def test_passphrase_changed_key_renewed_and_taken_off_again(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    encrypting.encrypt(store, old=None, new=encrypting.new_key(), passphrase=WORDS)
    session = session_at(qtbot, qapp, store, WORDS)
    page = opened(session)
    page.decrypt()
    assert "passphrase so far" in page.passphrase.accessibleDescription()
    assert session.window.focusWidget() is page.passphrase
    page.passphrase.setText("wrong")
    page.decrypt()
    assert "not the passphrase" in page.passphrase.accessibleDescription()
    page.passphrase.setText(WORDS)
    page.new_passphrase.setText(NEXT)
    page.again.setText(NEXT)
    page.change_passphrase()
    page.passphrase.setText(NEXT)
    before = key_file.unlock(store, NEXT)
    page.renew_key()
    assert page.recovery.isVisibleTo(page) and key_file.unlock(store, NEXT) != before
    page.passphrase.setText(NEXT)
    page.decrypt()
    assert not key_file.is_encrypted(store) and not page.recovery.isVisibleTo(page) and "Not encrypted" in page.told.text()
    session.window.close()


def test_a_page_that_no_printer_takes_leaves_no_file(
    qtbot: QtBot, qapp: QApplication, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    monkeypatch.setenv("PATH", str(memory))
    session = session_at(qtbot, qapp, store)
    page = opened(session)
    page.new_passphrase.setText(WORDS)
    page.again.setText(WORDS)
    page.encrypt()
    page.print_recovery()
    assert "no file of it was left" in session.window.notices.notice.text and not list(memory.rglob("*.pdf"))
    session.window.close()


def test_the_printed_page_is_gone_once_the_printer_has_it(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, store: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    went: list[bytes] = []
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(recovery_paper, "send_to_printer", lambda path: went.append(path.read_bytes()))
    session = session_at(qtbot, qapp, store)
    page = opened(session)
    page.new_passphrase.setText(WORDS)
    page.again.setText(WORDS)
    page.encrypt()
    page.print_recovery()
    assert went[0].startswith(b"%PDF") and not list(tmp_path.rglob("recovery.pdf"))
    session.window.close()


def test_a_desk_founded_with_a_passphrase_is_encrypted_and_one_refused_leaves_nothing(tmp_path: Path) -> None:
    wanted = Wanted(area="4420", account="wang", password="horse", passphrase=WORDS, passphrase_again=NEXT)
    with pytest.raises(PassphrasesDiffer):
        found_store(tmp_path / "own.store", wanted)
    assert list(tmp_path.iterdir()) == []
    found_store(tmp_path / "own.store", replace(wanted, passphrase_again=WORDS))
    assert key_file.is_encrypted(tmp_path / "own.store") and WORDS not in repr(wanted)
    open_desk(tmp_path / "own.store", typed=WORDS).store.close()


def test_an_encrypted_backup_of_a_store_that_is_gone_asks_for_its_key_before_it_takes_the_place(
    qtbot: QtBot, qapp: QApplication, store: Path,
) -> None:
    encrypting.encrypt(store, old=None, new=encrypting.new_key(), passphrase=WORDS)
    store_backups.back_up(store, folder_of(store), at=utc_now(), reason="asked", key=key_file.unlock(store, WORDS))
    remove_store(store)
    session = session_at(qtbot, qapp, store)
    assert session.window.acts.do("start_restore")
    page = session.window.page
    assert isinstance(page, UnlockPage)
    for typed in ("not the words", WORDS):
        page.words.setText(typed)
        page.open_store()
        assert (session.desk is not None) is (typed == WORDS)
    assert session.window.page_id == BOARD and key_file.is_encrypted(store)


def test_the_second_place_is_seen_to_at_once_and_one_that_is_away_is_told(
    qtbot: QtBot, qapp: QApplication, store: Path, tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    session = session_at(qtbot, qapp, store)
    assert session.desk is not None and session.workplace is not None and session.workplace.backups is not None
    backups.set_second_place(session.desk, folder=stick)
    session.workplace.backups.keep(Reason.ASKED)
    assert [key_file.is_encrypted(one) for one in stick.glob("*.store")] == [False]
    page = opened(session)
    page.new_passphrase.setText(WORDS)
    page.again.setText(WORDS)
    page.encrypt()
    notice = session.window.notices
    copy = max(stick.glob("*.store"))
    assert all(key_file.is_encrypted(one) for one in stick.glob("*.store"))
    assert notice.notice is not None and "second place are encrypted too" in notice.notice.text
    assert "all encrypted" in page.backups.text()
    for typed, words, is_there in ((WORDS, NEXT, True), (NEXT, "words number three", False)):
        if not is_there:
            stick.rename(tmp_path / "drawer")
        for field, text in ((page.passphrase, typed), (page.new_passphrase, words), (page.again, words)):
            field.setText(text)
        page.change_passphrase()
        assert notice.notice is not None and ("second place too" in notice.notice.text) is is_there
        assert is_there or "passphrase before" in notice.notice.text
    assert key_file.unlock(tmp_path / "drawer" / copy.name, NEXT) == session.desk.store.key
    (tmp_path / "drawer").rename(stick)
    session.workplace.backups.keep(Reason.ASKED)
    assert all(key_file.unlock(one, "words number three") == session.desk.store.key for one in stick.glob("*.store"))
    session.window.close()


def test_the_page_is_found_by_what_people_call_it(qtbot: QtBot, qapp: QApplication, store: Path) -> None:
    session = session_at(qtbot, qapp, store)
    box = session.window.top.box
    for words in ("encryption", "passphrase", "recovery key"):
        box.open_box()
        box.setText(words)
        box.look_up()
        assert any(offer.title.startswith("Encryption of the store") for offer in box.offered), words
    session.window.close()
