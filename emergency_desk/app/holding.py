"""What a window holds of its store: the lock, and the door at which a second start knocks."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from emergency_desk.app.handing import LEAVING, NOBODY, SHOWN, Door, Message, hand_over
from emergency_desk.app.instance import Holder, InstanceLock
from emergency_desk.domain.errors import StoreReadOnly

_PATIENCE_SECONDS, _LEAVING_SECONDS, _STEP_SECONDS = 2.0, 60.0, 0.1  # the second place alone is waited for 20 s at the end


class Holding:
    """Takes one store at a time. `listen` says who hears a second start; what came before is told then."""

    def __init__(self) -> None:
        self._store: Path | None = None
        self._lock: InstanceLock | None = None
        self._door: Door | None = None
        self._heard: Callable[[Message], object] | None = None
        self._waiting: list[Message] = []
        self.read_only: StoreReadOnly | None = None  # why the store is open to read only

    def take(self, store: Path, *, at: datetime) -> bool:
        """Take a store, giving back the one before; True when this program may write to it. One that is held already stays."""
        if self._store == store and self._lock is not None and self._lock.is_held:
            return True
        self.give_back()
        self._store, self.read_only = store, None
        if not store.parent.is_dir():
            return True  # nothing is there yet; whoever makes it takes it then
        self._lock = InstanceLock(store)
        if self._lock.take(at=at):
            self._door = Door(store, self._knocked)
            self._door.open()
        elif not self._lock.holder.is_this_program:
            self.read_only = read_only_because(store, self._lock.holder)
        if self.read_only is None and store.exists() and not os.access(store, os.W_OK):
            self.read_only = StoreReadOnly(path=str(store), reason="rights", backup="")
        return self.read_only is None

    @property
    def may_come_forward(self) -> bool:
        """Say whether the window that has the store is this user's own on this machine."""
        holder = self._lock.holder if self._lock is not None else Holder()
        return self.read_only is not None and holder.is_own_users

    def listen(self, heard: Callable[[Message], object]) -> None:
        """Say who hears a second start."""
        self._heard = heard
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            heard(message)

    def leave(self) -> None:
        """Say to whoever knocks from now on that the window is closed and the store soon free."""
        if self._door is not None:
            self._door.is_leaving = True

    def give_back(self) -> None:
        """Give the store back: from now on another program may have it."""
        if self._door is not None:
            self._door.close()
        if self._lock is not None:
            self._lock.give_back()
        self._lock = self._door = None

    def _knocked(self, message: Message) -> None:
        if self._heard is None:
            self._waiting.append(message)
        else:
            self._heard(message)


def read_only_because(store: Path, holder: Holder) -> StoreReadOnly:
    """Return why a store that somebody else holds is open to read only."""
    if not holder.pid:
        return StoreReadOnly(path=str(store), reason="rights" if not os.access(store.parent, os.W_OK) else "held_by_nobody_known", backup="")
    user = holder.user if holder.host in ("", socket.gethostname()) else f"{holder.user}@{holder.host}"
    return StoreReadOnly(path=str(store), reason="held", backup="", user=user, since=holder.since_moment)


def first_comes_forward(store: Path, file: Path | None, *, patience: float = _PATIENCE_SECONDS) -> bool:
    """Let the window that has the store come forward, with a file to show if there is one; False when it cannot.

    One that is just leaving, with a last backup to make, is waited for: afterwards the store is free.
    """
    began = time.monotonic()
    while (answer := hand_over(store, file)) in (NOBODY, LEAVING):
        if time.monotonic() - began > (_LEAVING_SECONDS if answer == LEAVING else patience):
            break
        time.sleep(_STEP_SECONDS)  # a window that is just opening has no door yet
    return answer == SHOWN
