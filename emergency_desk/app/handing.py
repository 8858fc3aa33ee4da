"""How a second start reaches the first: a socket (on Windows a pipe) of this user alone, over which one short message goes.

Text goes over it and never pickled objects; whoever connects must first show the secret that lies in a folder of the user's own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import Any

import platformdirs

SECONDS = 3.0  # a first window that does not answer by then hangs
_WAKE_SECONDS = 0.5
_MOST = 8192
SHOWN, ELSEWHERE, LEAVING, NOBODY, NO_ANSWER = b"shown", b"elsewhere", b"leaving", b"nobody", b""  # what came of knocking
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What a second start asks of the first: come to the front, and show this file if there is one."""

    session: str
    file: str = ""


class Door:
    """The end of the first window. `knocked(Message)` is called on a thread of its own; hand it over to the window's."""

    def __init__(self, store: Path, knocked: Callable[[Message], object]) -> None:
        self._note, self._knocked, self._session = _note_of(store), knocked, session_now()
        self._secret = secrets.token_bytes(32)
        self._listener: Listener | None = None
        self.is_leaving = False  # the window is closed, and what it does yet needs the store

    def open(self) -> None:
        """Begin to listen. Where that cannot be done the desk works without, and a second start opens to read only."""
        address = _address(self._note)
        with contextlib.suppress(OSError):
            if sys.platform != "win32":
                os.unlink(address)  # whoever holds the lock of the store is the first; what lies here is of a dead program
        try:
            self._listener = Listener(address, authkey=self._secret)
            _keep_note(self._note, {"address": address, "secret": self._secret.hex()})
        except OSError:
            _log.info("no socket for a second start", exc_info=True)
            return
        threading.Thread(target=self._listen, args=(self._listener,), name="door", daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
            waking = threading.Thread(target=self._wake, args=(listener.address,), daemon=True)
            waking.start()
            waking.join(_WAKE_SECONDS)  # a door that is over already answers nobody
            listener.close()

    def _wake(self, address: Any) -> None:
        """Knock at the own door: whoever waits there finds that it is over."""
        with contextlib.suppress(OSError, EOFError, AuthenticationError):
            Client(address, authkey=self._secret).close()

    def _listen(self, listener: Listener) -> None:
        while self._listener is listener:
            with contextlib.suppress(OSError, EOFError, AuthenticationError), listener.accept() as caller:
                self._hear(caller)

    def _hear(self, caller: Any) -> None:
        if not caller.poll(SECONDS):
            return
        message = _message(caller.recv_bytes(_MOST))
        if message is None:
            return
        if message.session != self._session:
            caller.send_bytes(ELSEWHERE)
            return
        if self.is_leaving:
            caller.send_bytes(LEAVING)
            return
        self._knocked(message)
        caller.send_bytes(SHOWN)


def hand_over(store: Path, file: Path | None, *, seconds: float = SECONDS) -> bytes:
    """Ask the first window to come to the front and to show a file; returns what came of it."""
    answers: list[bytes] = []
    asking = threading.Thread(target=lambda: answers.append(_ask(store, file)), daemon=True)
    asking.start()
    asking.join(seconds)  # a window that hangs takes the call and never answers
    return answers[0] if answers else NO_ANSWER


def session_now() -> str:
    """Return which screen this program is on: a window on another one cannot be brought before these eyes."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return str(number.value)
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""


def _ask(store: Path, file: Path | None) -> bytes:
    note = _read_note(_note_of(store))
    if note is None:
        return NOBODY
    try:
        _let_come_forward()
        with Client(note["address"], authkey=bytes.fromhex(note["secret"])) as door:
            door.send_bytes(json.dumps({"session": session_now(), "file": str(file.absolute()) if file else ""}).encode())
            return door.recv_bytes(64) if door.poll(SECONDS) else NO_ANSWER
    except (OSError, EOFError, ValueError, AuthenticationError):
        return NOBODY


def _let_come_forward() -> None:
    """Windows lets a window come forward only if the program at the front allows it: that is this one, which was just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY


def _message(raw: bytes) -> Message | None:
    try:
        found = json.loads(raw)
        return Message(str(found["session"]), str(found["file"]))
    except (ValueError, TypeError, KeyError):
        return None


def _note_of(store: Path) -> Path:
    name = hashlib.sha256(str(store.resolve()).encode()).hexdigest()[:24]
    return _own_folder() / f"{name}.door"


def _own_folder() -> Path:
    """Return a folder that no other user reads: in memory where the system has one, else among the user's own data."""
    memory = os.environ.get("XDG_RUNTIME_DIR", "")
    place = Path(memory) if memory and os.access(memory, os.W_OK) else platformdirs.user_data_path("emergency-desk", appauthor=False)
    folder = place / "emergency-desk-doors"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="emergency-desk-"))  # nobody finds it there: a second start opens to read only
    return folder


def _address(note: Path) -> str:
    """Return the name of the socket; a path of 100 signs is about the longest a system takes."""
    if sys.platform == "win32":
        return rf"\\.\pipe\emergency-desk-{note.stem}-{secrets.token_hex(8)}"
    address = str(note.with_suffix(".sock"))
    return address if len(address.encode()) < 100 else str(Path(tempfile.mkdtemp(prefix="desk-")) / "door")


def _keep_note(path: Path, note: dict[str, str]) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(note, file)


def _read_note(path: Path) -> dict[str, str] | None:
    try:
        if sys.platform != "win32" and path.stat().st_uid != os.getuid():
            return None
        note = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(note[name]) for name in ("address", "secret")}
    except (OSError, ValueError, TypeError, KeyError):
        return None
