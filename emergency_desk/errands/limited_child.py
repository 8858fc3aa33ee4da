"""The limited child: a process of little memory and time in which foreign files are parsed, one child a file.

A file made to burst the reader ends the child, never the desk, and is told as a BadFile with its reason:
too_large, too_slow or crashed. What the function itself refuses comes through as it is. A child may be started ahead, so that it
stands there with its modules read when a file is chosen; it is an own process all the same, on every system.
"""

from __future__ import annotations

import gc
import importlib
import io
import logging
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import EnumMeta
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, BinaryIO, TypeVar

from emergency_desk.domain.errors import BadFile, DeskError
from emergency_desk.errands import child_limits, child_processes
from emergency_desk.errands.child_processes import ChildGone

_Answer = TypeVar("_Answer")
_log = logging.getLogger(__name__)
_MODULES = ("emergency_desk.exchange.register_files", "emergency_desk.exchange.plan_texts")  # read before the question comes
_AHEAD = "ahead"  # tells a child that it has time to read them
_OUT_OF_MEMORY = 77  # our own exit status: Python itself ran out, and could still say so


class ChildInWaiting:
    """One child that was started ahead; the next file gets it, and another is started when somebody expects a further file."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def get_ready(self) -> None:
        """Start a child unless one waits already."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process = _start(_AHEAD)

    def take(self) -> subprocess.Popen[bytes]:
        """Return the child that waits, or a new one."""
        with self._lock:
            waiting, self._process = self._process, None
        return waiting if waiting is not None and waiting.poll() is None else _start()

    def close(self) -> None:
        """End the child that waits."""
        with self._lock:
            waiting, self._process = self._process, None
        if waiting is not None:
            with waiting:
                waiting.kill()


def _start(*words: str) -> subprocess.Popen[bytes]:
    return child_processes.start("limited", *words, stderr=subprocess.PIPE)


def run(
    function: Callable[..., _Answer], *args: Any, seconds: float = 20, memory_mb: int = 1024, name: str = "",
    waiting: ChildInWaiting | None = None, heard: Callable[[Any], object] | None = None,
) -> _Answer:
    """Run a picklable top-level function under limits and return its answer. Blocks; call it off the GUI thread.

    With `heard` the function is called with `tell=`, and what it tells comes to `heard` while it works on.
    Raises the DeskError the function raised, or BadFile(name, reason) when a limit or a crash ended it.
    """
    name = name or next((Path(arg).name for arg in args if isinstance(arg, str | Path)), "")
    question = pickle.dumps((memory_mb, seconds)) + pickle.dumps((function, args, heard is not None))
    process = waiting.take() if waiting is not None else _start()
    said, was_late = [b""], threading.Event()

    def end_it() -> None:
        was_late.set()
        process.kill()

    clock = threading.Timer(seconds + 2, end_it)  # starting Python takes a moment of its own, which is no fault of the file
    ear = threading.Thread(target=lambda: said.append(_all_of(process.stderr)), daemon=True)
    with process:
        clock.start()
        ear.start()
        try:
            kind, content = _conversation(process, question, heard, room=memory_mb * child_limits.MEGABYTE)
        except BaseException:
            process.kill()
            raise
        finally:
            ear.join()  # it ends with the child
            clock.cancel()
    if was_late.is_set():
        raise BadFile(name=name, reason="too_slow", seconds=seconds)
    if process.returncode != 0 or not kind:
        raise _why_it_ended(process.returncode, said[-1], name=name, seconds=seconds, memory_mb=memory_mb)
    if kind == "refused":
        raise content
    result: _Answer = content
    return result


def _all_of(pipe: IO[bytes] | None) -> bytes:
    return pipe.read() if pipe is not None else b""


def _conversation(
    process: subprocess.Popen[bytes], question: bytes, heard: Callable[[Any], object] | None, *, room: int,
) -> tuple[str, Any]:
    """Ask, hear the parts, and return the answer with its kind; an empty kind when the child ended before, or said more than there is room."""
    assert process.stdin is not None and process.stdout is not None
    with suppress(OSError):  # it may end before it has heard all
        process.stdin.write(question)
        process.stdin.close()
    while True:
        try:
            frame = child_processes.read_frame(process.stdout, most=room)
        except ChildGone:
            process.stdout.close()
            return "", None
        room -= len(frame)
        try:
            with _collector_at_rest():
                kind, content = _Ears(io.BytesIO(frame)).load()
        except pickle.UnpicklingError as error:
            _log.error("the limited child said what is no answer: %s", error)
            process.stdout.close()
            return "", None
        if kind != "part" or heard is None:
            return kind, content
        heard(content)


class _Ears(pickle.Unpickler):
    """Takes nothing from a child but values: records of the desk's own rooms, days and plain things. Whatever else it names is no answer.

    A file that took a child over can make it say anything; it cannot make the desk call anything.
    """

    _ROOMS = ("emergency_desk.domain.", "emergency_desk.exchange.")
    _PLAIN = frozenset({("builtins", "set"), ("builtins", "frozenset"), ("builtins", "bytearray"), ("builtins", "object"),
                        ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"), ("datetime", "timezone"),
                        ("collections", "OrderedDict"), ("collections", "Counter"), ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"),
                        ("emergency_desk.domain.errors", "_rebuild")})

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._PLAIN:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        found = super().find_class(module, name) if module.startswith(self._ROOMS) else None
        if not isinstance(found, type) or not found.__module__.startswith(self._ROOMS):
            raise pickle.UnpicklingError(f"{module}.{name} is no answer")
        return found


def _member(kind: object, name: str) -> Any:
    """Return the member of an enumeration: until 3.11.3, which Debian 12 is older than, Python tells members by getattr; nothing else is got."""
    if isinstance(kind, EnumMeta) and name in kind.__members__:
        return kind.__members__[name]
    raise pickle.UnpicklingError(f"{kind}.{name} is no answer")


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the collector from looking a hundred thousand new records through again and again while they arrive."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _why_it_ended(status: int, said: bytes, *, name: str, seconds: float, memory_mb: int) -> BadFile:
    words = said.decode("utf-8", "replace").strip()
    killed = -status
    if status == _OUT_OF_MEMORY or "memory allocation of" in words or "MemoryError" in words or killed == _signal("SIGKILL"):
        return BadFile(name=name, reason="too_large", memory_mb=memory_mb)
    if killed == _signal("SIGXCPU"):
        return BadFile(name=name, reason="too_slow", seconds=seconds)
    _log.error("the limited child ended with status %s while reading a file: %s", status, words)
    return BadFile(name=name, reason="crashed", detail=words.splitlines()[-1][:200] if words else str(status))


def _signal(name: str) -> int:
    return int(getattr(signal, name, -1))


def main() -> None:
    """Serve one question: limits first, then the work, then one answer. A fault of ours ends with its trace on stderr."""
    incoming, outgoing = child_processes.take_pipes()
    for module in _MODULES if _AHEAD in sys.argv else ():
        importlib.import_module(module)
    gc.disable()  # a process of one job has no time to look for rubbish; the limit of memory holds
    try:
        memory_mb, seconds = pickle.load(incoming)  # two pickles in a row: the work is loaded only inside the limits
    except EOFError:
        return  # the desk closed before it had a file
    child_limits.lay_on(memory_mb=memory_mb, seconds=seconds + time.process_time())
    mouth = _Mouth(outgoing)
    try:
        function, args, tells = pickle.load(incoming)
        mouth.say(*_ask(function, args, {"tell": lambda part: mouth.say("part", part)} if tells else {}))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
    mouth.close()


class _Mouth:
    """Says things to the desk one after another, on a thread of its own: the work goes on while the desk is busy with what it heard."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._waiting: SimpleQueue[bytes] = SimpleQueue()
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def say(self, kind: str, content: Any) -> None:
        """Say something as soon as what came before is said."""
        self._waiting.put(pickle.dumps((kind, content)))

    def close(self) -> None:
        """Wait until all is said."""
        self._waiting.put(b"")
        self._thread.join()
        with suppress(OSError):
            self._pipe.close()

    def _speak(self) -> None:
        with suppress(ChildGone):  # the desk hears no more
            while frame := self._waiting.get():
                child_processes.write_frame(self._pipe, frame)


def _ask(function: Callable[..., Any], args: tuple[Any, ...], more: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "done", function(*args, **more)
    except DeskError as error:
        return "refused", error


if __name__ == "__main__":
    main()
