"""What holds for every test: English, no display, a user folder of its own, and no warning that nobody expected."""

from __future__ import annotations

import gc
import logging
import os
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from emergency_desk.wording import catalog, levels
from tests import quickness
from tests.builders import SetClock

ROOT = Path(__file__).resolve().parents[1]

# Before anything imports Qt or asks for a folder of the user.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("EMERGENCY_DESK_STORE", None)
os.environ.pop("EMERGENCY_DESK_PASSWORD", None)
_home = tempfile.TemporaryDirectory(prefix="emergency-desk-tests-", ignore_cleanup_errors=True)
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
    os.environ[_name] = str(Path(_home.name) / _name.lower())

# Who runs the tests has seen the news of every version; a test of the news says otherwise.
_own = Path(os.environ["XDG_CONFIG_HOME"]) / "emergency-desk"
_own.mkdir(parents=True)
(_own / "preferences.json").write_text('{"news_seen": "999.0.0"}', encoding="utf-8")

quickness.set_up()
quickness.keep_stores_in_memory()


class _Listener(logging.Handler):
    """Keeps what the program warned of."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@pytest.fixture(autouse=True)
def logged_warnings() -> Iterator[list[logging.LogRecord]]:
    """Fail a test that logs a WARNING or worse. A test that expects one takes it out of this list.

    Qt's own warnings fail a test through pytest-qt (`qt_log_level_fail` in pyproject.toml).
    """
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    yield listener.heard
    root.removeHandler(listener)
    told = [f"{record.name}: {record.getMessage()}" for record in listener.heard]
    assert not told, f"warnings nobody expected: {told}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are looked for: all that is read stays, and looking it through took a third of that time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        quickness.spare_what_stays()


@pytest.fixture(autouse=True)
def nothing_stays_frozen() -> Iterator[None]:
    """Give back to the collector what a desk took out of it: else the windows of one test live on and slow every later one."""
    usual = gc.get_threshold()
    yield
    if gc.get_threshold() != usual:  # what a desk sets when it takes things out; counting them takes milliseconds
        gc.unfreeze()
        quickness.spare_what_stays()


@pytest.fixture(autouse=True)
def no_window_lives_on() -> Iterator[None]:
    """Destroy what was given up for deletion: no event loop comes by between two tests, and the timers of a window that lives on
    would ask a desk that is closed in the midst of another test.
    """
    yield
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clock() -> SetClock:
    """A clock at half past seven in the evening that stands still until a test moves it."""
    return SetClock()


@pytest.fixture(autouse=True)
def spoken_english() -> Iterator[None]:
    """Begin each test in English, with the desk's own catalogue at hand, and leave it so."""
    catalog.use_language("en", ROOT / "resources" / "locale")
    yield
    catalog.use_language("en", ROOT / "resources" / "locale")
    levels.use_numerals(levels.Numerals.ROMAN)
