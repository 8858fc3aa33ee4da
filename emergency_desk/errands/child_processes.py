"""How the desk starts a process of its own, and speaks with it: pickled frames over pipes.

Plain subprocesses, not multiprocessing: nothing forks the window, nothing imports the main module again, and a frozen
program starts itself with a word that `serve_if_child` answers before anything else is loaded. No Qt and no SQLAlchemy here.
"""

from __future__ import annotations

import importlib
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO, BinaryIO

import emergency_desk

CHILD_WORD = "--serve-as-child"
KINDS = {"helper": "emergency_desk.errands.helper_process", "limited": "emergency_desk.errands.limited_child"}
_SECRET = frozenset({  # no child signs in or opens a store
    "EMERGENCY_DESK_KEY", "EMERGENCY_DESK_BACKUP_KEY", "EMERGENCY_DESK_NEW_KEY", "EMERGENCY_DESK_PASSWORD", "EMERGENCY_DESK_NEW_PASSWORD"})
_LENGTH = struct.Struct(">Q")


class ChildGone(Exception):
    """The process on the other end of the pipe ended."""


def start(kind: str, *words: str, stderr: int | None = None) -> subprocess.Popen[bytes]:
    """Start a process of the desk whose standard input and output are ours; it finds further words among its arguments."""
    return subprocess.Popen(
        [*_command(kind), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=_where_errors_go(stderr), env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def serve_if_child(arguments: list[str]) -> bool:
    """Serve as the child that the arguments name; the frozen program asks this first. Returns False when it is none."""
    if len(arguments) < 2 or arguments[0] != CHILD_WORD:
        return False
    importlib.import_module(KINDS[arguments[1]]).main()
    return True


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return this child's two pipes; whatever the work prints by itself goes to standard error and cannot spoil an answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the desk, which then ends its children in order
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return incoming, outgoing


def write_frame(pipe: BinaryIO, content: bytes) -> None:
    """Write one pickled answer or question. Raises ChildGone."""
    try:
        pipe.write(_LENGTH.pack(len(content)))
        pipe.write(content)
        pipe.flush()
    except (OSError, ValueError) as error:
        raise ChildGone from error


def read_frame(pipe: IO[bytes], *, most: int = sys.maxsize) -> bytes:
    """Read one pickled answer or question of at most so many bytes. Raises ChildGone at the end of the pipe, and where more is announced."""
    length = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]
    if length > most:
        raise ChildGone
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    try:
        content = pipe.read(count)
    except (OSError, ValueError) as error:
        raise ChildGone from error
    if content is None or len(content) < count:
        raise ChildGone
    return content


def _command(kind: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_WORD, kind]
    return [sys.executable, "-m", KINDS[kind]]


def _environment() -> dict[str, str]:
    """Let the child find the same package, wherever it was started from, and speak UTF-8 whatever the locale says; and give it no secret."""
    source = str(Path(emergency_desk.__file__).resolve().parents[1])
    before = os.environ.get("PYTHONPATH", "")
    given = {name: value for name, value in os.environ.items() if name not in _SECRET}
    return {**given, "PYTHONPATH": os.pathsep.join(filter(None, (source, before))), "PYTHONUTF8": "1"}


def _where_errors_go(stderr: int | None) -> int | None:
    # A program with a window on Windows has no standard error to inherit.
    return stderr if stderr is not None or sys.stderr is not None else subprocess.DEVNULL
