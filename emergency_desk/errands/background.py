"""The background: everything that would hold up the window runs here, and its answers come back where they are wanted.

Four workers, each one thread with a queue: the store thread serialises this program's store work; the second speaks with
the warm helper process; the third waits for limited children that parse foreign files; the fourth for work that has a process of its own,
such as a backup. An answer is handed over by
`deliver` (the window posts it to its own thread), and after it, in a `finally`, `changed(ChangeSet)` goes to all who
subscribed, once. A DeskError goes to `refused`; anything else is our bug: logged with its trace and given to `broken`.
No Qt here; nothing accepted is lost when it closes.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import pickle
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from emergency_desk.domain.changes import ChangeSet
from emergency_desk.domain.errors import DeskError
from emergency_desk.errands import limited_child, own_process
from emergency_desk.errands.helper_process import Helper, Report, load_modules

Then = Callable[[Any], object]
Refused = Callable[[DeskError], object]
Broken = Callable[[BaseException], object]
Deliver = Callable[[Callable[[], None]], object]

PROGRESS_SECONDS = 0.1  # no eye follows more than ten steps a second
_log = logging.getLogger(__name__)


class BackgroundClosed(RuntimeError):
    """Work was offered after the background had closed; this is our mistake."""


def at_once(call: Callable[[], None]) -> None:
    """Deliver on the thread that did the work; for tests and the command line."""
    call()


def to_crash_hook(error: BaseException) -> None:
    """Give our bug to the crash hook that the program installed."""
    sys.excepthook(type(error), error, error.__traceback__)


class Background:
    """Runs work off the window's thread. `inline=True` does everything at once on the caller's thread, for tests."""

    def __init__(self, deliver: Deliver = at_once, *, inline: bool = False, broken: Broken = to_crash_hook) -> None:
        self._deliver = at_once if inline else deliver
        self._inline = inline
        self._broken = broken
        self._refused: Refused = broken  # a refusal that nobody listens to must not pass in silence
        self._subscribers: list[Callable[[ChangeSet], object]] = []
        self._helper = Helper()
        self._waiting = limited_child.ChildInWaiting()
        self._store_worker, self._helper_worker, self._child_worker = (_Worker(name) for name in ("store", "helper", "children"))
        self._own_worker = _Worker("own")
        self._outstanding, self._finished = 0, threading.Condition()
        self._periodic: list[tuple[Callable[[], object], Callable[[], None]]] = []

    @property
    def takes_work(self) -> bool:
        """Say whether work is still taken. Work that goes on by itself, bite by bite, asks before the next bite."""
        return not self._store_worker.is_closed

    # -- work ----------------------------------------------------------------------------------------------------------
    def store(
        self, job: Callable[[], Any], *, then: Then | None = None, refused: Refused | None = None, broken: Broken | None = None,
    ) -> None:
        """Run a job on the store thread and hand `then` exactly what it returned, a Done included."""
        self._accept(self._store_worker, job, then, refused, broken)

    def helper(
        self, function: Callable[..., Any], *args: Any, then: Then | None = None, refused: Refused | None = None,
        broken: Broken | None = None, progress: Report | None = None,
    ) -> None:
        """Run a picklable top-level function in the helper process; with `progress` it is called with progress=report."""
        report = self.progress(progress) if progress is not None else None
        self._accept(self._helper_worker, lambda: self._in_helper(function, args, report), then, refused, broken)

    def beside(
        self, job: Callable[[], Any], *, then: Then | None = None, refused: Refused | None = None, broken: Broken | None = None,
    ) -> None:
        """Run a job on the helper's thread in this process: what is long, waits for the disk and has something that never leaves it."""
        self._accept(self._helper_worker, job, then, refused, broken)

    def limited(
        self, function: Callable[..., Any], *args: Any, then: Then | None = None, refused: Refused | None = None,
        broken: Broken | None = None, seconds: float = 20, memory_mb: int = 1024, heard: Callable[[Any], object] | None = None,
    ) -> None:
        """Parse a foreign file in a child with limits; what bursts them comes to `refused` as a BadFile, what it tells meanwhile to `heard`.

        `heard` is called on the thread that waits for the child, so it touches neither the store nor a screen.
        """
        def job() -> Any:
            return limited_child.run(function, *args, seconds=seconds, memory_mb=memory_mb, waiting=self._waiting, heard=heard)

        self._accept(self._child_worker, job, then, refused, broken)

    def in_own_process(
        self, function: Callable[..., Any], *args: Any, seconds: float, then: Then | None = None, refused: Refused | None = None,
        broken: Broken | None = None,
    ) -> None:
        """Run a picklable function in a process that is started for it, stands back behind everything else, and ends with it.

        One after another. What takes longer comes to `refused` as TookTooLong.
        """
        self._accept(self._own_worker, lambda: self.apart(function, *args, seconds=seconds), then, refused, broken)

    def apart(self, function: Callable[..., Any], *args: Any, seconds: float) -> Any:
        """Run a picklable function in a process of its own, inside a job that waits for it. Raises TookTooLong and what the function refused."""
        return _as_if_sent(function, args) if self._inline else own_process.run(function, *args, seconds=seconds)

    def let_own_finish(self) -> None:
        """Wait until what was given to processes of their own is done. Only another worker may wait so, never the window's thread."""
        if self._inline:
            return
        done = threading.Event()
        self._accept(self._own_worker, done.set, None, None, None)
        done.wait()

    def expect_file(self) -> None:
        """Have a limited child stand ready: somebody is about to choose a file, and starting one takes longer than refusing one."""
        self._accept(self._child_worker, lambda: None if self._inline else self._waiting.get_ready(), None, None, None)

    def every(self, seconds: float, job: Callable[[], Any]) -> Callable[[], None]:
        """Run a job on the store thread again and again, between other work. Returns what stops it."""
        def once() -> None:
            self._do(job, None, None, None)

        entry = (job, self._store_worker.every(seconds, once) if not self._inline else _nothing_to_stop)
        self._periodic.append(entry)

        def stop() -> None:
            entry[1]()
            if entry in self._periodic:
                self._periodic.remove(entry)

        return stop

    def run_periodic(self) -> None:
        """Run every periodic job now, as a test or a closing desk wishes."""
        for job, _stop in list(self._periodic):
            self.store(job)

    def progress(self, show: Report) -> Report:
        """Return a report(done, total, what) that delivers to `show` ten times a second at most, and always the last."""
        last = [0.0]

        def report(done: int, total: int, what: str = "") -> None:
            now = time.monotonic()
            if done >= total or now - last[0] >= PROGRESS_SECONDS:
                last[0] = now
                self._deliver(lambda: self._guarded(lambda: show(done, total, what)))

        return report

    # -- the helper process --------------------------------------------------------------------------------------------
    def prepare(self, function: Callable[..., object], *args: Any) -> None:
        """Run a picklable function in this helper process and in every later one, such as setting the language."""
        self._accept(self._helper_worker, lambda: None if self._inline else self._helper.prepare(function, *args), None, None, None)

    def warm(self, *modules: str) -> None:
        """Start the helper process before it is needed, with the modules it will want."""
        self.helper(load_modules, *modules)

    @property
    def helper_process_id(self) -> int | None:
        """Return the id of the running helper process, or None."""
        return self._helper.process_id

    # -- who listens ---------------------------------------------------------------------------------------------------
    def subscribe(self, subscriber: Callable[[ChangeSet], object]) -> Callable[[], None]:
        """Let somebody hear every change set, on the thread that answers are delivered to. Returns what ends it."""
        self._subscribers.append(subscriber)

        def leave() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return leave

    def announce(self, changes: ChangeSet) -> None:
        """Tell all subscribers what a commit touched; one that breaks does not keep the others from hearing."""
        for subscriber in tuple(self._subscribers):
            self._guarded(partial(subscriber, changes))

    def refusals_to(self, refused: Refused) -> None:
        """Say who hears a refusal for which the asker named nobody (the window's notice bar)."""
        self._refused = refused

    # -- the end -------------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Finish what was accepted, and what its answers ask for meanwhile, then end the threads and the helper."""
        workers = (self._store_worker, self._helper_worker, self._child_worker, self._own_worker)
        if any(worker.is_current for worker in workers):
            raise RuntimeError("a thread of the background cannot wait for itself")
        with self._finished:
            self._finished.wait_for(lambda: self._outstanding == 0)
        for worker in workers:
            worker.close()
        self._waiting.close()
        self._helper.close()

    # -- inside --------------------------------------------------------------------------------------------------------
    def _accept(
        self, worker: _Worker, job: Callable[[], Any], then: Then | None, refused: Refused | None, broken: Broken | None,
    ) -> None:
        def work() -> None:
            try:
                self._do(job, then, refused, broken)
            finally:
                self._count(-1)

        self._count(1)
        if self._inline and not worker.is_closed:
            work()
            return
        try:
            worker.put(work)
        except BackgroundClosed:
            self._count(-1)
            raise

    def _count(self, step: int) -> None:
        with self._finished:
            self._outstanding += step
            self._finished.notify_all()

    def _do(self, job: Callable[[], Any], then: Then | None, refused: Refused | None, broken: Broken | None) -> None:
        try:
            answer = job()
        except DeskError as error:
            self._hand_over(refused or self._refused, error)
        except Exception as error:  # one of the four places: logged with its trace, given to the crash hook
            _log.error("a background job broke", exc_info=error)
            self._hand_over(broken or self._broken, error)
        else:
            self._hand_over(then or _nobody_waits, answer, getattr(answer, "changes", None))

    def _hand_over(self, to: Callable[[Any], object], what: Any, changes: object = None) -> None:
        def hand_over() -> None:
            try:
                self._guarded(lambda: to(what))
            finally:
                if isinstance(changes, ChangeSet):
                    self.announce(changes)

        try:
            self._deliver(hand_over)
        except Exception as error:  # still the background: the window that waited is gone, the thread must live on
            if self._inline:
                raise
            _log.error("an answer could not be delivered", exc_info=error)

    def _guarded(self, call: Callable[[], object]) -> None:
        if self._inline:
            call()  # a test wants to see it break
            return
        try:
            call()
        except Exception as error:  # an answer's receiver broke: told like any bug, and the next answer still comes
            _log.error("the receiver of an answer broke", exc_info=error)
            self._broken(error)

    def _in_helper(self, function: Callable[..., Any], args: tuple[Any, ...], report: Report | None) -> Any:
        if not self._inline:
            return self._helper.run(function, args, report)
        return _as_if_sent(function, args, **({"progress": report} if report is not None else {}))


class _Worker:
    """One thread with a queue, started by its first job. Periodic jobs run between the others when they are due."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: deque[Callable[[], None]] = deque()
        self._due: list[tuple[float, int, float, Callable[[], None]]] = []
        self._stopped: set[int] = set()
        self._serial = itertools.count()
        self._awake = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def is_current(self) -> bool:
        """Say whether the caller runs on this thread."""
        return threading.current_thread() is self._thread

    @property
    def is_closed(self) -> bool:
        """Say whether no more work is taken."""
        return self._closed

    def put(self, job: Callable[[], None]) -> None:
        """Accept a job. Raises BackgroundClosed."""
        with self._awake:
            if self._closed:
                raise BackgroundClosed(f"the {self._name} thread has ended")
            self._jobs.append(job)
            self._wake()

    def every(self, seconds: float, job: Callable[[], None]) -> Callable[[], None]:
        """Accept a periodic job. Returns what stops it."""
        number = next(self._serial)

        def stop() -> None:
            with self._awake:
                self._stopped.add(number)

        with self._awake:
            heapq.heappush(self._due, (time.monotonic() + seconds, number, seconds, job))
            self._wake()
        return stop

    def close(self) -> None:
        """End the thread once its queue is empty."""
        with self._awake:
            self._closed = True
            self._awake.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"desk-{self._name}", daemon=True)
            self._thread.start()
        self._awake.notify_all()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job()
            del job  # what it holds would live on here until the next job

    def _next(self) -> Callable[[], None] | None:
        with self._awake:
            while True:
                job = self._take_due() or (self._jobs.popleft() if self._jobs else None)
                if job is not None:
                    return job
                if self._closed:
                    return None
                self._awake.wait(self._due[0][0] - time.monotonic() if self._due else None)

    def _take_due(self) -> Callable[[], None] | None:
        while self._due and not self._closed and self._due[0][0] <= time.monotonic():
            _at, number, seconds, job = heapq.heappop(self._due)
            if number not in self._stopped:
                heapq.heappush(self._due, (time.monotonic() + seconds, number, seconds, job))
                return job
            self._stopped.discard(number)
        return None


def _as_if_sent(function: Callable[..., Any], args: tuple[Any, ...], **more: Any) -> Any:
    """Call a function here; what could not travel to a process must not pass inline either."""
    function, args = pickle.loads(pickle.dumps((function, args)))
    return function(*args, **more)


def _nobody_waits(_answer: object) -> None:
    """Take an answer that nobody asked for; its change set is announced all the same."""


def _nothing_to_stop() -> None:
    """Stop a periodic job of an inline background, which only runs when it is told to."""
