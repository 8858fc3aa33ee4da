"""Backups of a store: which are kept as they grow old, when the last good one is too old, and what a copy holds against the present store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from emergency_desk.domain.moments import CHINA

# House settings, no law's: how often the desk makes one by itself, how many are kept of each age, and when silence becomes an alarm.
EVERY = timedelta(minutes=30)
HALF_HOURS, DAYS, WEEKS, MONTHS = 48, 12, 10, 9
TOO_OLD = 4 * EVERY


class Reason(StrEnum):
    """Why a copy was made; the word stands in its file's name."""

    ROUTINE = "routine"
    ASKED = "asked"
    PURGED = "purged"  # the first without the names that were destroyed
    MIGRATION = "migration"  # as the store was before the program brought it up to date
    REPLACED = "replaced"  # the store that a restored backup took the place of
    UNSOUND = "unsound"  # copied whole, but what it holds does not agree with its own journal
    OTHER = "other"


# What grows old and makes room. The others stay until somebody destroys them.
THINNED = frozenset({Reason.ROUTINE, Reason.ASKED, Reason.PURGED})


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in a folder."""

    path: Path
    made_at: datetime
    size: int
    reason: Reason = Reason.OTHER


def too_many(made: Iterable[Made]) -> list[Made]:
    """Return which backups make room: all that are the newest of no half-hour, day, week or month that is still kept."""
    thinned = sorted((one for one in made if one.reason in THINNED), key=lambda one: one.made_at, reverse=True)
    kept = {id(one) for slot, count in _SLOTS for one in _newest_of(thinned, slot, count)}
    return [one for one in reversed(thinned) if id(one) not in kept]


def _newest_of(made: list[Made], slot: Callable[[datetime], Any], count: int) -> Iterable[Made]:
    newest: dict[Any, Made] = {}
    for one in made:
        newest.setdefault(slot(one.made_at.astimezone(CHINA)), one)
    return list(newest.values())[:count]


_SLOTS: tuple[tuple[Callable[[datetime], Any], int], ...] = (
    (lambda at: (at.date(), at.hour, at.minute // 30), HALF_HOURS), (lambda at: at.date(), DAYS),
    (lambda at: at.isocalendar()[:2], WEEKS), (lambda at: (at.year, at.month), MONTHS))


# -- a second place ---------------------------------------------------------------------------------------------------
class PlaceTrouble(StrEnum):
    """Why nothing came to the second place."""

    ABSENT = "place_absent"  # not plugged in, not mounted, or another stick
    FULL = "place_full"
    REFUSED = "place_refused"  # may not be written
    UNREADABLE = "place_unreadable"  # what was written does not read back
    SLOW = "place_slow"  # does not answer


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """Where copies go besides: the folder, when the last came there, and what went wrong since."""

    folder: str = ""
    written_at: datetime | None = None
    trouble: PlaceTrouble | None = None
    mark: str = ""  # stands in a file of the place, so that another stick in the same folder is not taken for it
    copies: tuple[Made, ...] = ()  # what was written there and not taken away again, told also while the place is absent

    @property
    def is_set(self) -> bool:
        """Say whether the office named one."""
        return bool(self.folder)


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """What a process of its own needs to make one backup.

    `key`: the raw key of an encrypted store. It goes through the pipe to that one process of our own, which ends with the backup; nothing else
    ever sends it, and a key refuses to travel by itself.
    """

    store: Path
    folder: Path
    at: datetime
    reason: Reason
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BackupState:
    """How the backups of a desk are: the last good one, the second place, and why the last attempt failed where it did."""

    newest: Made | None
    second: SecondPlace = SecondPlace()
    failed: str = ""  # a reason of StoreTrouble, "" when the last attempt went well

    def is_old(self, now: datetime) -> bool:
        """Say whether the last good backup is too old, or there is none."""
        return self.newest is None or now - self.newest.made_at > TOO_OLD

    def alarms(self, now: datetime) -> bool:
        """Say whether somebody has to look: the last good one is old, the last attempt failed, or the second place did."""
        return self.is_old(now) or bool(self.failed) or self.second.trouble is not None


# -- what is in a copy ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Contents:
    """What a store or a copy of one holds. `link`: the hash of its last journal entry, `counts`: rows by table."""

    desk_code: str
    desk_name: str
    schema: int
    last_entry: int
    last_at: datetime | None
    link: str
    counts: tuple[tuple[str, int], ...]
    incidents: tuple[tuple[str, str], ...] = ()  # number and title, the newest first
    desk_name_en: str = ""
    is_demo: bool = False


class Kinship(StrEnum):
    """How a copy stands to the present store."""

    NOTHING_THERE = "nothing_there"
    SAME = "same_state"
    OLDER = "older_state"  # the present store went on from it
    NEWER = "newer_state"  # it went on from the present store
    PARTED = "parted"  # both went on from one state
    ANOTHER = "another_desk"
    UNREADABLE = "present_unreadable"


class Lock(StrEnum):
    """How a copy stands to the encryption of the store whose place it would take; an encrypted store stays so, under its own key."""

    NONE = "lock_none"
    ALIKE = "lock_alike"
    TO_BE_LOCKED = "lock_to_be_locked"  # the store is encrypted, the copy is not
    ANOTHER_KEY = "lock_another_key"  # both are, each with a key of its own
    ITS_OWN = "lock_its_own"  # the copy is encrypted, and no encrypted store stands there


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring a copy would bring, and what would be missing afterwards."""

    copy: Contents
    kinship: Kinship
    missing_entries: int = 0  # commits of the present store that the copy does not know
    missing_since: datetime | None = None
    missing_incidents: tuple[tuple[str, str], ...] = ()
    missing_counts: tuple[tuple[str, int], ...] = ()  # rows more in the present store, by table
    is_sealed: bool = True
    present: Contents | None = None
    lock: Lock = Lock.NONE
