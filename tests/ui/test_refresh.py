"""Screens re-read what a commit touched, on the window's own thread, and only while they are shown."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from emergency_desk.domain.changes import ChangeSet, Subject
from emergency_desk.domain.errors import NotFound
from emergency_desk.domain.ids import Id
from emergency_desk.errands.background import Background
from emergency_desk.ui.palette_box import Found, PaletteBox
from emergency_desk.ui.refresh import Deliverer, Screen


class _Teams(Screen):
    subjects = frozenset({Subject.TEAM})

    def __init__(self, background: Any) -> None:
        super().__init__(background)
        self.readings, self.shown, self.told = 0, [], []

    def reader(self) -> Callable[[], int]:
        def read() -> int:
            self.readings += 1
            return self.readings

        return read

    def show_read(self, answer: int) -> None:
        self.shown.append(answer)


class _Greedy(_Teams):
    """A page that puts the cursor into a field once it is read, as many do."""

    def __init__(self, background: Any) -> None:
        super().__init__(background)
        self.field = QLineEdit(self)

    def show_read(self, answer: int) -> None:
        super().show_read(answer)
        self.field.setFocus()


class _LateBackground:
    """Keeps the questions until the test answers them."""

    takes_work = True

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[[], Any], Any, Any]] = []

    def store(self, job: Callable[[], Any], *, then: Any = None, refused: Any = None, broken: Any = None) -> None:
        self.asked.append((job, then, refused))

    def subscribe(self, _subscriber: Any) -> Callable[[], None]:
        return lambda: None

    def answer(self) -> None:
        job, then, _refused = self.asked.pop(0)
        then(job())


def _touched(subject: Subject) -> ChangeSet:
    return ChangeSet(1, frozenset({(subject, Id("7"))}))


def test_a_shown_screen_reads_again_when_its_subject_was_touched(qtbot: QtBot) -> None:
    background = Background(inline=True)
    screen = _Teams(background)
    qtbot.addWidget(screen)
    screen.show()
    background.announce(_touched(Subject.TEAM))
    background.announce(_touched(Subject.PLAN))
    assert screen.shown == [1, 2]


def test_a_hidden_screen_only_remembers_and_reads_when_it_is_shown(qtbot: QtBot) -> None:
    background = Background(inline=True)
    screen = _Teams(background)
    qtbot.addWidget(screen)
    screen.show()
    screen.hide()
    background.announce(_touched(Subject.TEAM))
    assert (screen.shown, screen.is_stale) == ([1], True)
    screen.show()
    assert (screen.shown, screen.is_stale) == ([1, 2], False)


def test_a_screen_of_a_desk_that_is_just_closing_reads_nothing_more(qtbot: QtBot) -> None:
    background = Background()
    screen = _Teams(background)
    qtbot.addWidget(screen)
    background.close()
    screen.refresh()  # as a pause in typing that ends only now
    assert screen.readings == 0 and not screen.shown


def test_asked_again_while_reading_it_reads_once_more(qtbot: QtBot) -> None:
    background = _LateBackground()
    screen = _Teams(background)
    qtbot.addWidget(screen)
    for _time in range(3):
        screen.refresh()
    assert len(background.asked) == 1
    background.answer()
    assert len(background.asked) == 1
    background.answer()
    assert (screen.shown, background.asked) == ([1, 2], [])


def test_an_answer_for_what_is_no_longer_shown_is_dropped(qtbot: QtBot) -> None:
    background = _LateBackground()
    screen = _Teams(background)
    qtbot.addWidget(screen)
    screen.refresh()
    screen.forget()
    background.answer()
    assert screen.shown == []
    background.answer()
    assert screen.shown == [2]


def test_a_page_that_is_read_late_takes_no_cursor_from_the_box_that_finds_anything(qtbot: QtBot) -> None:
    background, window, box = _LateBackground(), QWidget(), PaletteBox()
    layout = QVBoxLayout(window)
    screen = _Greedy(background)
    layout.addWidget(box)
    layout.addWidget(screen)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    box.add_provider("acts", lambda _text, then: then([Found("Take a call", "F2", lambda: None)]))
    box.open_box()
    background.answer()
    assert screen.shown and box.hasFocus()
    box.close_box()
    assert screen.field.hasFocus(), "and it goes where the page wanted it"


def test_an_answer_to_a_screen_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    background = _LateBackground()
    screen = _Teams(background)
    screen.refresh()
    delete(screen)
    background.answer()
    assert screen.shown == []


def test_a_refusal_of_the_reader_is_told(qtbot: QtBot) -> None:
    background = Background(inline=True)
    screen = _Teams(background)
    qtbot.addWidget(screen)

    def refuse() -> None:
        raise NotFound(kind="incident", key="0017")

    screen.reader = lambda: refuse  # type: ignore[method-assign, assignment, return-value]
    with qtbot.waitSignal(screen.refusal) as told:
        screen.refresh()
    assert isinstance(told.args[0], NotFound)


@pytest.mark.parametrize("count", [1, 50])
def test_answers_of_the_store_thread_arrive_on_the_windows_thread(qtbot: QtBot, qapp: QApplication, count: int) -> None:
    deliverer = Deliverer()
    arrived: list[bool] = []

    def ask() -> None:
        for _number in range(count):
            deliverer.deliver(lambda: arrived.append(QThread.currentThread() is qapp.thread()))

    asker = threading.Thread(target=ask)
    asker.start()
    qtbot.waitUntil(lambda: len(arrived) == count)
    asker.join()
    assert all(arrived)
