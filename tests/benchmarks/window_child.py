"""One fresh program for each measurement of the window: `python -m tests.benchmarks.window_child bare|frame|board|load|stock STORE`.

It prints one line of JSON. `bare` is a window of PySide6 that paints itself and nothing else: the floor. Clocks start where the
parent says (`EMERGENCY_DESK_BEGAN`, seconds of the monotonic clock all programs share), so the interpreter and imports count.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 150  # then every thread says where it stands, and the program ends
BEGAN = float(os.environ.get("EMERGENCY_DESK_BEGAN", time.monotonic()))


def told(**values: Any) -> None:
    """Print the answer and end at once; what is left to tidy is not measured."""
    print(json.dumps(values), flush=True)
    os._exit(0)


def since_began() -> float:
    """Return milliseconds since the parent started this program."""
    return (time.monotonic() - BEGAN) * 1000


def bare() -> None:
    """Show a window of PySide6 and tell when it was painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Bare(QWidget):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: told(ms=since_began()))

    application = QApplication([])
    window = Bare()
    window.resize(1366, 768)
    window.show()
    application.exec()


def frame(store: Path) -> None:
    """Open the desk as `app.window.run` does and tell when its rail was painted."""
    from emergency_desk.app.application import Asked, make_application, utc_now
    from emergency_desk.ui.main_window import MainWindow

    application = make_application(Asked(store=store, language="zh_CN"))
    window = MainWindow(utc_now)
    window.first_painted.connect(lambda: told(ms=since_began()))
    window.show()
    application.exec()


def at_the_board(store: Path, then: Any) -> None:
    """Open the desk, sit somebody down, and go on when the first rows of the board are painted."""
    from PySide6.QtCore import QTimer

    from emergency_desk.app.application import Asked, furnish_application, make_application, utc_now
    from emergency_desk.ui.main_window import MainWindow

    asked = Asked(store=store, language="zh_CN", account="leader")
    application = make_application(asked)
    window = MainWindow(utc_now)
    kept: dict[str, Any] = {}

    def go_on() -> None:
        furnish_application(application, asked)
        from emergency_desk.app.collecting import spare_what_stays
        from emergency_desk.app.session import Session
        from emergency_desk.ui.incidents.board import DutyBoardPage

        show_read, seat = DutyBoardPage.show_read, Session.seat

        def seated(session: Session) -> None:
            kept["seated"] = time.monotonic()
            seat(session)

        def shown(page: DutyBoardPage, answer: Any) -> None:
            show_read(page, answer)
            if "shown" not in kept:
                kept["shown"] = True
                page.repaint()
                ms = (time.monotonic() - kept["seated"]) * 1000
                QTimer.singleShot(0, lambda: then(kept["session"], ms))

        DutyBoardPage.show_read, Session.seat = shown, seated  # type: ignore[method-assign]
        kept["session"] = Session(application, asked, window, settled=spare_what_stays)
        kept["session"].begin()

    window.first_painted.connect(go_on)
    window.show()
    application.exec()


def board(store: Path) -> None:
    """Tell how long the first rows took from signing in."""
    at_the_board(store, lambda _session, ms: told(ms=ms))


def stock(store: Path) -> None:
    """Tell how long a page of 200 lots takes from the answer of the store until it is painted, at pages all over the list."""
    at_the_board(store, lambda session, _ms: Lots(session).begin())


class Lots:
    """The page of stock, turned to pages that were not there: each is answered, taken and painted at once."""

    def __init__(self, session: Any) -> None:
        self.session, self.taken, self.again = session, list[float](), list[float]()

    def begin(self) -> None:
        """Open the page and wait for its first lots."""
        from emergency_desk.ui.workplace import STOCK

        self.page: Any = self.session.window.show_page(STOCK)
        self.wait()

    def wait(self) -> None:
        """Go on when the first page is there."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(50, lambda: self.measure() if self.page._listed is not None else self.wait())  # a bound method would not keep us

    def measure(self) -> None:
        """Take pages from all over the list."""
        from statistics import median

        from emergency_desk.services import stock_lists

        asked, lines, desk = self.page._listed.asked, self.page.lines, self.session.desk
        pages = self.page._listed.count // stock_lists.PAGE
        for round_ in range(23):
            number = 1 + (pages - 2) * round_ // 23
            begins = stock_lists.place_of_page(desk, asked=asked, page=number)
            lots = tuple(stock_lists.page_of_stock(desk, asked=asked, after=begins))
            lines.scrollTo(lines.lines_model.index(number * stock_lists.PAGE + 5, 0))
            lines.viewport().repaint()  # blank: what was there before is gone
            start = time.thread_time()  # of the window's thread: it waits for nothing here, and what others do on the machine is not its own
            lines.take_page(number, self.page._worded(lots))
            lines.viewport().repaint()
            middle = time.thread_time()
            lines.viewport().repaint()
            if round_ > 1:
                self.taken.append((middle - start) * 1000)
                self.again.append((time.thread_time() - middle) * 1000)
        told(ms=median(self.taken), again=median(self.again), most=max(self.taken))


def load(store: Path) -> None:
    """Replay a day on the store thread; tell the longest stall of the window, and how much memory the program took."""
    at_the_board(store, lambda session, _ms: Load(session).begin())


class Load:
    """A day replayed behind the window, event by event, while a timer of 5 ms listens for stalls."""

    def __init__(self, session: Any) -> None:
        from datetime import UTC, datetime

        from PySide6.QtCore import QTimer

        from tests.builders import SetClock
        from tests.flows.test_replay import made_up_day
        from tests.replay import Replay, read_feed, real_day

        day = real_day(Path(__file__).resolve().parents[2])
        lines = day.read_text(encoding="utf-8").splitlines() if day.exists() else made_up_day()
        clock = SetClock(datetime.fromtimestamp(0, UTC))
        session.desk._clock = clock
        self.session, self.events = session, read_feed(lines)
        self.replay = Replay(session.desk, self.events, clock)
        self.gaps: list[float] = []
        self.last = 0.0
        self.timer = QTimer()
        self.timer.setInterval(5)
        self.timer.timeout.connect(self.listen)

    def begin(self) -> None:
        """Put the units into the register, then play one event after the other."""
        self.session.background.store(self.replay.prepare, then=lambda _nothing: self.start())

    def start(self) -> None:
        """Begin to listen and to play."""
        self.last = time.perf_counter()
        self.timer.start()
        self.waiting = iter(self.events)
        self.play_on()

    def play_on(self) -> None:
        """Play the next event; the window hears of it as of any other commit."""
        from emergency_desk.domain.changes import ChangeSet
        from emergency_desk.services.desk import Done

        event = next(self.waiting, None)
        if event is None:
            self.end()
            return

        def play() -> Done[None]:
            self.replay.play_one(event)
            return Done(None, ChangeSet(journal_number=0, everything=True))

        self.session.background.store(play, then=lambda _done: self.play_on())

    def listen(self) -> None:
        """Note how long the window did not come round."""
        now = time.perf_counter()
        self.gaps.append((now - self.last) * 1000 - 5)
        self.last = now

    def end(self) -> None:
        """Tell what was heard."""
        gaps = sorted(self.gaps)
        told(ms=gaps[-1], often=gaps[len(gaps) * 99 // 100], incidents=self.replay.tally.incidents, mb=most_memory_mb())


def most_memory_mb() -> float:
    """Return the most memory this program held; `ru_maxrss` would count what its parent held when it began."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _broken(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = _broken  # a window goes on after a mistake; a measurement must not
    faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True)
    modes = {"bare": lambda _store: bare(), "frame": frame, "board": board, "load": load, "stock": stock}
    modes[sys.argv[1]](Path(sys.argv[2]))
