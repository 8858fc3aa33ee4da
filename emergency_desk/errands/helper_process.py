"""The helper process: one warm process for work that would hold up the window, such as papers, solving and zipping.

The desk's end is `Helper`, used by one thread of the background; the other end is `main`. Plain records go in, a path or
a record comes out. The process ends by itself when the desk is gone. No Qt and no SQLAlchemy here.
"""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from emergency_desk.domain.errors import DeskError
from emergency_desk.errands import child_processes
from emergency_desk.errands.child_processes import ChildGone

Report = Callable[[int, int, str], None]


class HelperDied(Exception):
    """The helper process ended in the middle of a job; the next job starts a new one."""


class BrokeInHelper(Exception):
    """A job broke in the helper process. Carries the trace it left there."""

    def __init__(self, message: str, trace: str) -> None:
        super().__init__(f"{message}\n{trace}")
        self.trace = trace


class Helper:
    """The desk's end of the helper process; for one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare: list[tuple[Callable[..., object], tuple[Any, ...]]] = []

    @property
    def process_id(self) -> int | None:
        """Return the id of the running helper, or None."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def prepare(self, function: Callable[..., object], *args: Any) -> None:
        """Run a function at the start of this and of every later helper, such as setting the language."""
        self._prepare = [(known, given) for known, given in self._prepare if known is not function] + [(function, args)]
        if self.process_id is not None:
            self._ask(function, args, None)

    def run(self, function: Callable[..., Any], args: tuple[Any, ...], report: Report | None = None) -> Any:
        """Run a function in the helper and return its answer. Raises what it refused, BrokeInHelper, HelperDied."""
        if self.process_id is None:
            self.start()
        return self._ask(function, args, report)

    def start(self) -> None:
        """Start the helper and prepare it."""
        self._end()
        self._process = child_processes.start("helper")
        for function, args in self._prepare:
            self._ask(function, args, None)

    def close(self) -> None:
        """Let the helper end by itself; it has no job any more."""
        self._end()

    def kill(self) -> None:
        """End the helper at once, from any thread; whoever waits for its answer hears HelperDied."""
        if self._process is not None:
            self._process.kill()

    def _ask(self, function: Callable[..., Any], args: tuple[Any, ...], report: Report | None) -> Any:
        question = pickle.dumps((function, args, report is not None))
        try:
            child_processes.write_frame(self._pipe("stdin"), question)
            kind, content = self._answer()
            while kind == "progress":
                if report is not None:
                    report(*content)
                kind, content = self._answer()
        except ChildGone as error:
            status = self._end()
            raise HelperDied(f"the helper process ended with status {status} during {function.__qualname__}") from error
        if kind == "refused":
            raise content
        if kind == "broken":
            raise BrokeInHelper(*content)
        return content

    def _answer(self) -> tuple[str, Any]:
        kind, content = pickle.loads(child_processes.read_frame(self._pipe("stdout")))
        return kind, content

    def _pipe(self, name: str) -> BinaryIO:
        pipe: BinaryIO = getattr(self._process, name)
        return pipe

    def _end(self) -> int | None:
        if self._process is None:
            return None
        process, self._process = self._process, None
        try:
            process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return process.returncode


def load_modules(*names: str) -> None:
    """Import modules ahead of the first job that needs them; run in the helper by `warm`."""
    for name in names:
        importlib.import_module(name)


def main() -> None:
    """Serve job after job until the desk closes its end."""
    incoming, outgoing = child_processes.take_pipes()
    try:
        while True:
            _serve(child_processes.read_frame(incoming), outgoing)
    except ChildGone:
        sys.exit(0)


def _serve(question: bytes, outgoing: BinaryIO) -> None:
    try:
        function, args, wants_report = pickle.loads(question)
        answer = pickle.dumps(("done", function(*args, **({"progress": _reporter(outgoing)} if wants_report else {}))))
    except DeskError as error:
        answer = pickle.dumps(("refused", error))
    except ChildGone:
        raise
    except Exception as error:  # one of the four places: told to the desk with its trace
        answer = pickle.dumps(("broken", (f"{type(error).__name__}: {error}", traceback.format_exc())))
    child_processes.write_frame(outgoing, answer)


def _reporter(outgoing: BinaryIO) -> Report:
    def report(done: int, total: int, what: str = "") -> None:
        child_processes.write_frame(outgoing, pickle.dumps(("progress", (done, total, what))))

    return report


if __name__ == "__main__":
    main()
