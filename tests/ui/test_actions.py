"""Actions are data: key bar, shortcuts and the Ctrl+K box all come from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from emergency_desk.ui.actions import Action
from emergency_desk.ui.main_window import MainWindow
from emergency_desk.ui.palette_box import Found
from emergency_desk.ui.rail import RailEntry
from emergency_desk.wording.catalog import use_language
from tests.ui.conftest import TAKEN_AT


class _CallPage(QWidget):
    """A page that sends when there is something to send."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self.done, self.may_send = done, True
        self.words = QLineEdit()
        QVBoxLayout(self).addWidget(self.words)

    def can(self, action_id: str) -> bool:
        return self.may_send or action_id != "send"

    def send(self) -> None:
        self.done.append("sent")

    def leave(self) -> None:
        self.done.append("left")

    def next_act(self) -> None:
        self.done.append("next")


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, done: list[str]) -> MainWindow:
    made = MainWindow(lambda: TAKEN_AT)
    qtbot.addWidget(made)
    made.add_page("board", QWidget, RailEntry("board", "duty", "Duty"))
    made.add_page("call", lambda: _CallPage(done))
    made.show_page("board")
    made.show()
    made.activateWindow()
    return made


def test_the_key_bar_shows_only_what_the_page_can_do(window: MainWindow) -> None:
    assert window.keys.printed == ["anything"]
    window.show_page("call")
    assert window.keys.printed == ["send", "anything", "next_act"]


def test_an_action_that_makes_no_sense_now_is_not_shown_and_not_done(window: MainWindow, done: list[str]) -> None:
    page = window.show_page("call")
    page.may_send = False  # type: ignore[attr-defined]
    window.keys.rebuild()
    assert "send" not in window.keys.printed
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert done == []


def test_keys_reach_the_page_even_while_somebody_types(window: MainWindow, done: list[str]) -> None:
    page = window.show_page("call")
    page.words.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(page.words, Qt.Key.Key_F5)  # type: ignore[attr-defined]
    QTest.keyClick(page.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    QTest.keyClick(page.words, Qt.Key.Key_Escape)  # type: ignore[attr-defined]
    assert done == ["sent", "next", "left"]


def test_the_same_key_twice_on_a_page_is_refused(window: MainWindow) -> None:
    with pytest.raises(ValueError, match="taken"):
        window.acts.register([Action("other", "Other", "other", "F5", ("call",))])
    with pytest.raises(ValueError, match="twice"):
        window.acts.register([Action("send", "Send", "send")])


def test_ctrl_k_finds_a_team_by_initials_and_enter_runs_it(window: MainWindow, done: list[str], qtbot: QtBot) -> None:
    window.top.box.add_provider("teams", lambda _text, answer: answer([Found("消防二站", "", lambda: done.append("opened"))]))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.box.hasFocus()
    QTest.keyClicks(window.top.box, "xfez")
    QTest.keyClick(window.top.box, Qt.Key.Key_Return)
    assert done == ["opened"]


def test_the_box_finds_chinese_typed_by_an_input_method(window: MainWindow, type_chinese: Callable[[QWidget, str], None]) -> None:
    window.top.box.add_provider("teams", lambda _text, answer: answer([Found("消防二站", "", lambda: None)]))
    window.find_anything()
    type_chinese(window.top.box, "二站")
    window.top.box.look_up()
    assert [found.title for found in window.top.box.offered] == ["消防二站"]


def test_what_the_store_found_by_number_is_offered_whatever_its_title_says(window: MainWindow) -> None:
    fire, other = Found("高层着火", "370200-2026-0001", lambda: None, is_match=True), Found("路面塌陷", "370200-2026-0001", lambda: None)
    window.top.box.add_provider("incidents", lambda _text, answer: answer([fire, other]))
    window.find_anything()
    window.top.box.setText("0001")
    window.top.box.look_up()
    assert window.top.box.offered == [fire]


def test_leaving_the_box_gives_the_focus_back_and_keeps_the_text(window: MainWindow) -> None:
    page = window.show_page("call")
    page.words.setFocus()  # type: ignore[attr-defined]
    QTest.keyClicks(page.words, "smell of gas")  # type: ignore[attr-defined]
    window.find_anything()
    QTest.keyClicks(window.top.box, "xyz")
    QTest.keyClick(window.top.box, Qt.Key.Key_Escape)
    assert page.words.hasFocus()  # type: ignore[attr-defined]
    assert page.words.text() == "smell of gas"  # type: ignore[attr-defined]
    assert window.top.box.text() == "xyz"


def test_an_answer_to_an_older_question_is_dropped(window: MainWindow) -> None:
    answers: list[Callable[[list[Found]], None]] = []
    window.top.box.add_provider("slow", lambda _text, answer: answers.append(answer))
    window.find_anything()
    window.top.box.setText("fire")
    window.top.box.look_up()
    window.top.box.setText("gas")
    window.top.box.look_up()
    answers[1]([Found("Fire station", "", lambda: None)])
    assert window.top.box.offered == []
    answers[2]([Found("Gas repair", "", lambda: None)])
    assert [found.title for found in window.top.box.offered] == ["Gas repair"]


def test_an_empty_box_offers_what_can_be_done_here(window: MainWindow) -> None:
    window.show_page("call")
    window.find_anything()
    titles = [found.title for found in window.top.box.offered]
    assert titles[:3] == ["Send the recommended teams", "Do the next act", "Leave and keep the draft"]
    assert "Duty" in titles


def test_alt_and_a_number_open_a_page_of_the_rail(window: MainWindow) -> None:
    window.show_page("call")
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.page_id == "board"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_frame_fits_a_small_screen_and_no_word_is_cut(qtbot: QtBot, language: str, done: list[str]) -> None:
    use_language(language)
    from tests.ui.fitting import cut_labels, page_scroll_bars

    made = MainWindow(lambda: TAKEN_AT)
    qtbot.addWidget(made)
    made.take_call = lambda: None  # type: ignore[attr-defined]
    made.add_page("call", lambda: _CallPage(done), RailEntry("call", "duty", "Duty"))
    made.show_page("call")
    from emergency_desk.domain.areas import Tier

    made.top.show_desk("青岛西海岸新区应急指挥中心" if language != "en" else "Shibei District Operations Centre", Tier.DISTRICT, "Officer Li M.")
    made.top.show_overdue(12)
    made.keys.show_status("store sound · backup 12 min ago · one desk")
    made.notices.done("Fire station 2 was sent to incident 370203-2026-0017.", lambda: None)
    made.resize(1366, 768)
    made.show()
    assert (made.width(), made.height()) == (1366, 768)
    assert cut_labels(made) == []
    assert page_scroll_bars(made) == []


def test_ctrl_q_closes_the_desk_as_its_button_does_even_while_somebody_types(window: MainWindow) -> None:
    told: list[str] = []
    window.leaving.connect(lambda: told.append("leaving"))
    window.closing.connect(lambda: told.append("closing"))
    page = window.show_page("call")
    page.words.setFocus()  # type: ignore[attr-defined]
    assert "Quit the program" in [found.title for found in window.actions_found()]
    QTest.keyClick(page.words, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    assert told == ["leaving", "closing"] and not window.isVisible() and page.isVisibleTo(window)
