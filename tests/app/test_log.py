"""The program's own log and its crash hook: what is told, what is written, and what never is."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from emergency_desk.app import crash, log
from emergency_desk.app.application import utc_now
from emergency_desk.app.fault_notice import FaultNotice
from emergency_desk.app.progress import ProgressLine
from emergency_desk.ui.main_window import MainWindow


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level, hooks = root.level, (sys.excepthook, threading.excepthook)
    yield log.start(tmp_path)
    log.stop(tmp_path)
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def test_no_phone_and_no_typed_text_of_an_error_reaches_the_log(kept: Path, logged_warnings: list[logging.LogRecord]) -> None:
    typed = "".join(("王师傅", " 0532-", "55550101"))
    try:
        raise ValueError(typed)
    except ValueError:
        logging.getLogger("desk").exception("called from 13800001111")
    told = kept.read_text(encoding="utf-8")
    assert "ValueError" in told and "test_log.py" in told
    assert not any(word in told for word in (typed, "55550101", "13800001111"))
    logged_warnings.clear()


def test_what_python_itself_says_of_a_fault_is_kept(kept: Path, logged_warnings: list[logging.LogRecord]) -> None:
    try:
        Path("/no/such/place").read_text()
    except FileNotFoundError:
        logging.getLogger("desk").exception("reading failed")
    assert os.strerror(errno.ENOENT) in kept.read_text(encoding="utf-8")  # in the language of the machine
    logged_warnings.clear()


def test_the_log_is_begun_once(kept: Path) -> None:
    count = len(logging.getLogger().handlers)
    assert log.start(kept.parent) == kept
    assert len(logging.getLogger().handlers) == count


def test_a_fault_of_any_thread_is_logged_and_told_once(kept: Path, logged_warnings: list[logging.LogRecord]) -> None:
    told: list[str] = []
    crash.install(kept, told=told.append)

    def burst() -> None:
        raise RuntimeError("inside")

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    assert len(told) == 1 and str(kept) in told[0]
    assert "RuntimeError" in kept.read_text(encoding="utf-8")
    logged_warnings.clear()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_leaves_it_clean() -> None:
    terminal = Terminal()
    line = ProgressLine(terminal)
    line(1, 4, "Filling the register")
    line(2, 4, "too soon to be shown")
    line(4, 4)
    shown = terminal.getvalue()
    assert " 25 %  Filling the register" in shown and "too soon" not in shown
    assert shown.endswith("\r") and "\n" not in shown


def test_progress_is_silent_where_nobody_watches() -> None:
    pipe, terminal = io.StringIO(), Terminal()
    ProgressLine(pipe)(1, 4, "Filling")
    ProgressLine(terminal, is_silent=True)(1, 4, "Filling")
    assert (pipe.getvalue(), terminal.getvalue()) == ("", "")


def test_a_fault_is_told_in_the_window_whatever_thread_it_came_from(
    qtbot: QtBot, kept: Path, logged_warnings: list[logging.LogRecord], capsys: pytest.CaptureFixture[str],
) -> None:
    window = MainWindow(utc_now)
    qtbot.addWidget(window)
    window.show()
    faults = crash.Telling()
    crash.install(kept, told=faults)
    faults.also(FaultNotice(window).tell)

    def burst() -> None:
        raise RuntimeError("inside")

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: window.notices.notice is not None)
    told = window.notices.notice
    assert told is not None and told.stays and str(kept) in told.text and told.text in capsys.readouterr().err
    logged_warnings.clear()
