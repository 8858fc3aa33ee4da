"""Backups in the window: made by themselves and by key, told at the lower edge, looked into, and put back with a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.app.application import Asked
from emergency_desk.app.session import Session
from emergency_desk.domain.backups import Reason
from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.incidents import Caller
from emergency_desk.errands import keeping_backups, purging
from emergency_desk.services import backups, encryption, incidents
from emergency_desk.services.desk import Desk
from emergency_desk.store import encrypting, key_file
from emergency_desk.store.backup_folder import folder_of
from emergency_desk.store.opening import remove_store
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.settings.backups_page import BackupsPage
from emergency_desk.ui.start.onboarding import ONBOARDING
from emergency_desk.ui.start.start_page import StartPage
from emergency_desk.ui.start.unlock import UnlockPage
from emergency_desk.ui.theme import Tone
from emergency_desk.ui.workplace import BACKUPS
from tests import story
from tests.builders import SetClock, acting_as, make_desk


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: SetClock) -> Iterator[Session]:
    made = make_desk(tmp_path, clock=clock)
    story.opened(made)
    made.store.close()
    window = MainWindow(clock)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=tmp_path / "test.store", account="leader"), window, inline=True, clock=clock)
    session.begin()
    yield session
    session.window.close()


def page_of(session: Session) -> BackupsPage:
    page = session.window.show_page(BACKUPS)
    assert isinstance(page, BackupsPage)
    page.refresh()
    return page


def status(session: Session) -> str:
    return session.window.keys.status.text()


def test_the_first_is_made_by_itself_and_its_age_stands_at_the_lower_edge(session: Session, clock: SetClock, tmp_path: Path) -> None:
    made = list(folder_of(tmp_path / "test.store").glob("*-routine-*.store"))
    assert len(made) == 1 and "backup just now" in status(session)
    clock.forward(30)
    session.background.run_periodic()
    assert len(list(folder_of(tmp_path / "test.store").glob("*-routine-*.store"))) == 2


def test_an_old_backup_and_a_missing_second_place_alarm(session: Session, clock: SetClock, tmp_path: Path) -> None:
    assert session.desk is not None
    page, stick = page_of(session), tmp_path / "stick"
    page.folder.setText(str(stick))
    page.keep_place()
    assert len(list(stick.glob("*.store"))) == 1 and session.window.keys.status.property("tone") == Tone.SECONDARY.value
    assert page.lines.lines[0].cells[3].text == "also there"
    stick.rename(tmp_path / "drawer")
    clock.forward(30)
    page.back_up_now()
    assert "second place not there" in status(session) and session.window.keys.status.property("tone") == Tone.RED.value
    (tmp_path / "drawer").rename(stick)
    clock.forward(30)
    page.back_up_now()
    assert session.window.keys.status.property("tone") == Tone.SECONDARY.value
    clock.forward(125)
    watch = session._backups._watch
    assert watch is not None
    watch.show_state()
    assert "backup 2 h" in status(session) and session.window.keys.status.property("tone") == Tone.RED.value


def test_the_age_at_the_lower_edge_follows_when_names_are_destroyed_and_older_copies_with_them(session: Session, clock: SetClock) -> None:
    desk = session.desk
    assert desk is not None
    incident = story.take(desk, caller=Caller(name="郝报警", phone="15500001234")).incident
    incidents.close_incident(desk, incident_id=incident.id)
    clock.forward(25)
    session.background.run_periodic()
    desk.account = acting_as(desk, "administrator").account
    purge_id = purging.destroy(desk, incident_id=incident.id, decided_by="区长").purge.id
    session.background.announce(ChangeSet(0, everything=True))
    clock.forward(15)
    watch = session._backups._watch
    assert watch is not None
    watch.show_state()
    assert "backup 15 min" in status(session)
    session.background.store(lambda: purging.destroy_older(desk, purge_id=purge_id))
    assert "backup just now" in status(session)


def test_a_backup_that_fails_is_told_and_shown_and_the_desk_goes_on(session: Session, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    from emergency_desk.domain.errors import StoreTrouble

    def full(_order: object) -> object:
        raise StoreTrouble(reason="disk_full", path="", backup="")

    monkeypatch.setattr(keeping_backups.backups, "make", full)
    monkeypatch.setattr(keeping_backups.Background, "apart", lambda _self, function, *args, seconds: function(*args))
    page_of(session).back_up_now()
    assert "the last backup failed" in status(session) and session.window.keys.status.property("tone") == Tone.RED.value
    assert session.desk is not None
    incidents.write_log(session.desk, text="还在用")


def test_a_backup_is_looked_into_and_put_back_and_the_way_back_is_named(session: Session, clock: SetClock) -> None:
    page = page_of(session)
    first = page.lines.lines[0].key
    clock.forward(40)
    assert session.desk is not None
    later = story.opened(session.desk)
    page.look_into(Path(first))
    assert later.number in page.told.text() and "would be missing" in page.told.text()
    page.put_back()
    assert session.desk is not None
    with session.desk.reading() as reading:
        assert reading.incidents.count() == 1
    notice = session.window.notices.notice
    assert notice is not None and "-replaced-" in notice.text
    page = page_of(session)
    assert [one for one in page._made if one.reason is Reason.REPLACED]
    aside = next(one for one in page._made if one.reason is Reason.REPLACED)
    page.look_into(aside.path)
    page.put_back()
    with session.desk.reading() as reading:
        assert reading.incidents.count() == 2


def test_a_damaged_backup_is_refused_and_the_same_desk_goes_on(session: Session, tmp_path: Path) -> None:
    page = page_of(session)
    spoilt = tmp_path / "spoilt.store"
    spoilt.write_bytes(Path(page.lines.lines[0].key).read_bytes()[:-512])
    page.file.setText(str(spoilt))
    page._look_into_file()
    notice = session.window.notices.notice
    assert notice is not None and "damaged" in notice.text and not page.can("backup_restore")
    assert session.desk is not None
    incidents.write_log(session.desk, text="还在用")
    assert backups.state_of(session.desk.store.path, folder_of(session.desk.store.path)).newest is not None


def test_what_is_asked_for_while_one_is_made_comes_after_it(session: Session, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert session.workplace is not None and session.workplace.backups is not None
    keeper, asked = session.workplace.backups, []

    def asks_again(order: object) -> object:
        clock.forward(31)
        if not asked:
            asked.append(order)
            keeper.keep(Reason.ASKED, then=lambda _state: None)
        return backups.make(order)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping_backups.Background, "apart", lambda _self, function, *args, seconds: asks_again(*args))
    keeper.keep(Reason.ASKED, then=lambda _state: None)
    page = page_of(session)
    assert [one.reason for one in page._made].count(Reason.ASKED) == 2


def test_a_damaged_store_offers_its_newest_backup_at_the_start(
        qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: SetClock) -> None:
    made = make_desk(tmp_path, clock=clock)
    number = story.opened(made).number
    backups.make(backups.order(made))
    made.store.close()
    store = tmp_path / "test.store"
    raw = bytearray(store.read_bytes())
    raw[len(raw) // 2:len(raw) // 2 + 8192] = bytes(8192)
    store.write_bytes(raw[:-4096])
    window = MainWindow(clock)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=store, account="leader"), window, inline=True, clock=clock)
    session.begin()
    assert session.desk is None
    page = session.window.page
    assert isinstance(page, StartPage)
    assert not page.restore.isHidden() and page.restore.isEnabled()
    page.restore.click()
    assert session.desk is not None
    with session.desk.reading() as reading:
        assert [one.number for one in reading.incidents.where("")] == [number]
    notice = session.window.notices.notice
    assert notice is not None and "-replaced-" in notice.text
    session.window.close()


def test_a_damaged_encrypted_store_is_replaced_by_a_plain_backup_and_stays_encrypted(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))
    made, store = make_desk(tmp_path, clock=clock), tmp_path / "test.store"
    number = story.opened(made).number
    backups.make(backups.order(made))
    made.store.close()
    encrypting.encrypt(store, old=None, new=encrypting.new_key(), passphrase="the older words")
    raw = bytearray(store.read_bytes())
    raw[len(raw) // 2:len(raw) // 2 + 8192] = bytes(8192)
    store.write_bytes(raw[:-4096])
    window = MainWindow(clock)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=store, account="leader"), window, inline=True, clock=clock)
    session.begin()
    for _attempt in range(2):  # the locked store asks, and the backup that takes its place wants the same key
        lock = session.window.page
        if isinstance(lock, UnlockPage):
            lock.words.setText("the older words")
            QTest.keyClick(lock.words, Qt.Key.Key_Return)
    page = session.window.page
    assert isinstance(page, StartPage) and session.desk is None
    page.restore.click()
    assert session.desk is not None and session.desk.store.key is not None and key_file.is_encrypted(store)
    with session.desk.reading() as reading:
        assert [one.number for one in reading.incidents.where("")] == [number]
    session.window.close()


@pytest.fixture
def gone(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: SetClock) -> Iterator[Session]:
    """A window at a place where a desk was: its store is gone, two backups of it lie there."""
    made = make_desk(tmp_path, clock=clock)
    folder = folder_of(tmp_path / "test.store")
    story.opened(made)
    keep(made, folder)
    clock.forward(60)
    story.opened(made)
    keep(made, folder)
    made.store.close()
    remove_store(tmp_path / "test.store")
    window = MainWindow(clock)
    qtbot.addWidget(window)
    window.show()
    session = Session(qapp, Asked(store=tmp_path / "test.store", account="leader"), window, inline=True, clock=clock)
    session.begin()
    yield session
    session.window.close()


def keep(desk: Desk, folder: Path) -> None:
    backups.make(backups.order(desk, folder=folder, reason=Reason.ASKED))


def test_where_a_store_is_gone_its_backups_are_offered_first_and_the_newest_takes_its_place(gone: Session) -> None:
    page = gone.window.page
    assert isinstance(page, StartPage) and gone.desk is None and not gone.asked.store.exists()
    assert "2 backups of it lie in" in page._told.text() and "1 older one" in page._which.text()
    assert page.focusProxy() is page.restore and not page.found.isHidden() and page.demo.isHidden()
    assert gone.window.acts.do("start_restore")
    assert gone.desk is not None and len(incidents.list_open(gone.desk)) == 2


def test_a_backup_that_is_spoilt_gives_way_to_the_one_before_it(gone: Session) -> None:
    newest = max(folder_of(gone.asked.store).glob("*.store"))
    spoilt = bytearray(newest.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    newest.write_bytes(spoilt)
    page = gone.window.page
    assert isinstance(page, StartPage)
    gone.window.acts.do("start_restore")
    assert gone.desk is None and "seal does not fit" in page._told.text()
    assert gone.window.acts.do("start_restore")
    assert gone.desk is not None and len(incidents.list_open(gone.desk)) == 1


def test_whoever_really_wants_a_new_desk_may_found_one(gone: Session) -> None:
    assert gone.window.acts.do("start_found")
    assert gone.window.page_id == ONBOARDING
    assert len(list(folder_of(gone.asked.store).glob("*.store"))) == 2


def test_a_store_that_comes_back_is_opened_by_trying_again(gone: Session) -> None:
    newest = max(folder_of(gone.asked.store).glob("*.store"))
    gone.asked.store.write_bytes(newest.read_bytes())
    assert gone.window.acts.do("start_again")
    assert gone.desk is not None


def test_a_backup_with_an_older_key_is_asked_for_its_passphrase_and_comes_back_under_the_key_of_the_store(
    session: Session, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))
    assert session.desk is not None
    encryption.encrypt(acting_as(session.desk, "administrator"), passphrase="the older words", again="the older words")
    page = page_of(session)
    older = Path(page.lines.lines[0].key)
    encryption.renew_key(acting_as(session.desk, "administrator"), passphrase="the older words")
    encryption.change_passphrase(acting_as(session.desk, "administrator"), typed="the older words", passphrase="the newer words",
                                 again="the newer words")
    key = session.desk.store.key
    page.look_into(older)
    assert page.words.isVisibleTo(page) and session.window.focusWidget() is page.words
    assert "of its own" in page.told.text() and not page.can("backup_restore")
    for typed, is_right in (("the newer words", False), ("the older words", True)):
        page.words.setText(typed)
        QTest.keyClick(page.words, Qt.Key.Key_Return)
        assert page.can("backup_restore") is is_right
        assert is_right or "not the passphrase" in page.words.accessibleDescription()
    assert not page.words.isVisibleTo(page) and not page.words.text() and "gets the key of the present store" in page.told.text()
    page.put_back()
    assert session.desk is not None and session.desk.store.key == key
    assert key_file.unlock(session.desk.store.path, "the newer words") == key


def test_a_backup_that_is_not_encrypted_says_so_before_it_takes_the_place_of_an_encrypted_store(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_file.Cost.__init__, "__defaults__", (1, 64, 1))
    assert session.desk is not None
    page = page_of(session)
    plain = tmp_path / "elsewhere.store"
    plain.write_bytes(Path(page.lines.lines[0].key).read_bytes())
    encryption.encrypt(acting_as(session.desk, "administrator"), passphrase="the older words", again="the older words")
    page.look_into(plain)
    assert "encrypted with the key of the present store" in page.told.text()
    page.put_back()
    assert session.desk is not None and session.desk.store.key is not None and key_file.is_encrypted(session.desk.store.path)
    notice = session.window.notices.notice
    assert notice is not None and "-replaced-" in notice.text
