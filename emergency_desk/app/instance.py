"""One window at one store: a lock beside the store that the system itself takes off a dead program, and a note of who holds it.

The lock of the system decides. The note says who that is, and it is believed against the lock in one case alone: where a disk has no true
locks and the program it names still runs, the store counts as held.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

_LOCKED_BYTE = 1 << 20  # behind what is written: on Windows a locked byte cannot be read
_MOST = 4096
_TRIES, _TRY_SECONDS = 5, 0.1


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a store open. `started` is when the process began, as the system counts it: a number given anew does not match."""

    pid: int = 0
    started: str = ""
    user: str = ""
    host: str = ""
    since: str = ""

    @property
    def since_moment(self) -> datetime | None:
        """When it was opened."""
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(self.since)
        return None

    @property
    def is_this_program(self) -> bool:
        """Say whether it is another window of this very program."""
        return self.pid == os.getpid() and self.host == _host()

    @property
    def is_own_users(self) -> bool:
        """Say whether it is a program of the same user on this machine."""
        return self.pid > 0 and (self.user, self.host) == (_user(), _host())


class InstanceLock:
    """The lock of one store. Take it before the window opens the store, give it back when it has closed it."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(store.name + ".lock")
        self.holder = Holder()  # who has it, after `take` was refused; or who left it without closing, after `take`
        self._file: IO[bytes] | None = None

    def take(self, *, at: datetime) -> bool:
        """Take the lock; False when another program has it, or when nothing may be written there."""
        file = self._open()
        if file is None:
            return False
        is_locked = _lock(file)
        self.holder = _holder_at(file) if is_locked else _holder_soon_at(file)
        if not is_locked or (self.holder.host == _host() and self.holder.pid != os.getpid() and is_running(self.holder)):
            file.close()
            return False
        self._file = file
        if not file.writable():
            return True
        own = Holder(os.getpid(), started_at(os.getpid()), _user(), _host(), at.astimezone(UTC).isoformat(timespec="seconds"))
        _write(file, json.dumps(asdict(own)).encode())
        return True

    def _open(self) -> IO[bytes] | None:
        """Open the file of the lock: another user's may be locked without being written."""
        try:
            return open(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
        except OSError:
            with contextlib.suppress(OSError):
                return self.path.open("rb", buffering=0)
        return None

    @property
    def is_held(self) -> bool:
        """Say whether this program has it."""
        return self._file is not None

    def give_back(self) -> None:
        """Give it back; the file stays, empty, so that nobody ever locks a file that is being removed."""
        if self._file is not None:
            if self._file.writable():
                _write(self._file, b"")
            self._file.close()
            self._file = None


def is_running(holder: Holder) -> bool:
    """Say whether the very program still runs: its number, and when it began."""
    return holder.pid > 0 and bool(holder.started) and started_at(holder.pid) == holder.started


def started_at(pid: int) -> str:
    """Return when a process began, as this system counts it; "" when there is none, or nobody says."""
    if sys.platform == "win32":
        return _started_on_windows(pid)
    with contextlib.suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        ticks = start_in(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace"))
        return f"{boot}/{ticks}" if ticks else ""
    return ""


def start_in(stat: str) -> str:
    """Return the start in ticks from a line of /proc/PID/stat (field 22); the name before it may hold blanks and brackets. "" for the dead."""
    words = stat.rpartition(")")[2].split()
    return words[19] if len(words) > 19 and words[0] not in "ZX" else ""


def _started_on_windows(pid: int) -> str:
    import ctypes
    from ctypes import wintypes

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return ""
    try:
        times = [wintypes.FILETIME() for _each in range(4)]
        code = wintypes.DWORD()
        runs = kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code)) and code.value == 259  # STILL_ACTIVE
        told = kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(one) for one in times))
        return f"{times[0].dwHighDateTime}/{times[0].dwLowDateTime}" if runs and told else ""
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write(file: IO[bytes], content: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(content)
    file.flush()


def _holder_at(file: IO[bytes]) -> Holder:
    file.seek(0)
    return _holder_in(file.read(_MOST))


def _holder_soon_at(file: IO[bytes]) -> Holder:
    """Read the note of whoever has the lock; it is written a moment after the lock is taken."""
    for _try in range(_TRIES):
        found = _holder_at(file)
        if found.pid:
            return found
        time.sleep(_TRY_SECONDS)
    return Holder()


def _holder_in(content: bytes) -> Holder:
    """Read the note; whatever else stands there is nobody's."""
    try:
        found = json.loads(content)
        given = {each.name: found[each.name] for each in fields(Holder)}
        is_sane = isinstance(given.pop("pid"), int) and all(isinstance(value, str) for value in given.values())
        return Holder(pid=found["pid"], **given) if is_sane else Holder()
    except (ValueError, TypeError, KeyError):
        return Holder()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _host() -> str:
    return socket.gethostname()
