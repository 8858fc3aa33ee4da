"""From F2 on an open desk to the order sent, by keyboard alone, with the store on its own thread as in the real program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from emergency_desk.errands.background import Background
from emergency_desk.services import drafts
from emergency_desk.services.desk import Desk
from emergency_desk.ui import dressing, fonts
from emergency_desk.ui.refresh import Deliverer
from emergency_desk.ui.theme import Scheme
from emergency_desk.ui.workplace import ROOM
from emergency_desk.wording.catalog import use_language
from tests.builders import STREET, make_desk
from tests.ui.officer import ROOT, Officer

MOST_KEYS = 8


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """Return a background with real threads, whose answers come to the window's thread."""
    fonts.apply(qapp, ROOT / "resources" / "fonts")
    dressing.apply(qapp, Scheme.LIGHT)
    deliverer = Deliverer()
    made = Background(deliverer.deliver)
    yield made
    made.close()
    QApplication.processEvents()


@pytest.mark.parametrize(("language", "words", "area"), [
    ("en", "kitchen fire on the third floor, two people hurt", "dt"),
    ("zh_CN", "三楼厨房着火，两人受伤", "东台"),
])
def test_from_f2_to_the_order_sent_takes_few_keys(
    qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path, language: str, words: str, area: str,
) -> None:
    use_language(language)
    officer = Officer(qtbot, desk, tmp_path, background)
    keys = officer.keys
    keys.press("F2")
    keys.words(words)
    keys.press("Tab")
    officer.wait(lambda: officer.form._tree is not None)
    keys.words(area)
    keys.press("Tab")  # takes the area that is marked
    keys.words("延安三路105号")
    keys.press("Tab")
    keys.words("0")
    officer.wait_for_advice()
    promised = len(officer.form.chosen.facts(officer.form._thought))
    keys.press("Ctrl+Enter")
    officer.wait(lambda: officer.window.page_id == ROOM)
    assert promised > 0
    assert len(officer.orders()) == promised
    assert officer.incidents()[0].area_id == STREET
    assert officer.incidents()[0].dead == 0
    assert len(keys.acts) <= MOST_KEYS
    assert len(keys.acts) == 5


def test_whoever_types_faster_than_the_desk_thinks_gets_the_same_orders(
    qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path,
) -> None:
    officer = Officer(qtbot, desk, tmp_path, background)
    officer.keys.press("F2")
    officer.wait(lambda: officer.form._tree is not None)
    officer.keys.words("kitchen fire on the third floor")
    officer.keys.press("Tab")
    officer.keys.words("dt")
    officer.keys.press("Tab", "Tab")
    officer.keys.words("3")
    officer.keys.press("Ctrl+Enter")
    officer.wait(lambda: officer.window.page_id == ROOM)
    assert len(officer.orders()) == 9


def test_the_key_pressed_twice_saves_once(qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path) -> None:
    officer = Officer(qtbot, desk, tmp_path, background)
    officer.keys.press("F2")
    officer.wait(lambda: officer.form._tree is not None)
    officer.tell_call("kitchen fire on the third floor", "dt")
    officer.keys.press("Ctrl+Enter", "Ctrl+Enter", "F5", "Ctrl+S")
    assert officer.form.foot.act.text() == "Saving…"
    officer.wait(lambda: officer.window.page_id == ROOM)
    qtbot.wait(300)
    assert len(officer.incidents()) == 1
    assert drafts.list_drafts(desk) == []


def test_a_bug_while_saving_leaves_the_form_as_it_was_and_the_key_working(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged_warnings: list[object], qapp: QApplication,
) -> None:
    broken: list[BaseException] = []
    deliverer = Deliverer()
    background = Background(deliverer.deliver, broken=broken.append)
    officer = Officer(qtbot, desk, tmp_path, background)
    officer.keys.press("F2")
    officer.wait(lambda: officer.form._tree is not None)
    officer.tell_call("kitchen fire on the third floor", "dt")
    with monkeypatch.context() as patched:
        patched.setattr("emergency_desk.services.calls.take_call", lambda *_args, **_named: 1 / 0)
        officer.keys.press("Ctrl+Enter")
        officer.wait(lambda: broken)
    assert officer.form.fields.words.text() == "kitchen fire on the third floor"
    officer.wait(lambda: officer.form.foot.act.isEnabled())
    assert officer.form.foot.act.text().startswith("Save and send 1")
    logged_warnings.clear()  # the bug was logged, as it must be
    officer.keys.press("Ctrl+Enter")
    officer.wait(lambda: officer.window.page_id == ROOM)
    assert len(officer.incidents()) == 1
    background.close()


def test_a_call_about_the_same_fire_is_joined_by_one_key_and_parted_by_another(
    qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path,
) -> None:
    officer = Officer(qtbot, desk, tmp_path, background)
    for number in (1, 2):
        officer.keys.press("F2")
        officer.wait(lambda: officer.form._tree is not None)
        officer.tell_call("三楼厨房着火", "东台街道", "延安三路105号", hurt=number)
        if number == 1:
            officer.keys.press("Ctrl+S")
            officer.wait(lambda: officer.window.page_id == ROOM)
    assert officer.form.can("join")
    officer.keys.press("F8")
    officer.wait(lambda: officer.window.page_id == ROOM)
    assert [incident.hurt for incident in officer.incidents()] == [2]
    officer.keys.press("Alt+U")
    officer.wait(lambda: len(officer.incidents()) == 2)
    officer.wait(lambda: len(officer.room.shown) == 3)
    assert officer.incidents()[1].id == officer.room.shown[-1]


def test_the_draft_is_there_after_the_program_was_killed(qtbot: QtBot, desk: Desk, background: Background, tmp_path: Path) -> None:
    officer = Officer(qtbot, desk, tmp_path, background)
    officer.keys.press("F2")
    officer.wait(lambda: officer.form._tree is not None)
    officer.tell_call("三楼厨房着火", "东台街道", "延安三路105号", dead=1)
    officer.wait(lambda: drafts.get_draft(desk, name="call").get("dead") == "1")
    officer.window.hide()
    desk.store.close()  # nothing was written since: what follows is read from the file alone
    again = make_again(tmp_path)
    other = Officer(qtbot, again, tmp_path, Background(inline=True))
    other.keys.press("F2")
    assert other.form.fields.words.text() == "三楼厨房着火"
    assert other.form.fields.place.text() == "东台街道 · 延安三路105号"
    assert other.form.fields.figures["dead"].value == 1


def make_again(folder: Path) -> Desk:
    """Open the same store as the next start does."""
    from emergency_desk.services import library
    from emergency_desk.services.accounts import act_as
    from emergency_desk.store.opening import open_store
    from tests.builders import SetClock, counting_bits, trade

    store = open_store(folder / "test.store")
    desk = Desk(store, facts=library.read_facts(store), trade=trade(), clock=SetClock(), random_bits=counting_bits())
    act_as(desk, name="leader")
    return desk
