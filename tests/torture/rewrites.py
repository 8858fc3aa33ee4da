"""The desk is killed while a whole store is written anew: encrypted, decrypted, given another key or passphrase, replaced by a backup, copied.

What opens afterwards is the store as it was or the whole new one, with its key; there is never none, and never half of one.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.errors import Refused, StoreTrouble
from emergency_desk.domain.key_errors import KeyWrong
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import backups, encrypting, key_file, restoring
from tests.builders import START
from tests.torture.disk import Disk, Step
from tests.torture.judge import faults
from tests.torture.office import Officer, open_office, template
from tests.torture.verdict import Verdict

WHAT = "killed while a whole store is written anew"
MOMENTS = ("names", "steps", "seconds")
CHEAP = (1, 64, 1)  # what a guess costs here, so that killing falls into the writing and not into the guessing
PASSPHRASE, NEXT = "a made-up passphrase 口令", "the next passphrase 下一个"


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Kill each kind of rewriting in turn: after something was done to the name of a file, before SQLite does something to one, at some time."""
    key_file.Cost.__init__.__defaults__ = CHEAP
    random, broken, began = Random(seed), list[str](), time.monotonic()
    told = {"as it was": 0, "the new one": 0, "killed at work": 0}
    ways = (_encrypting, _decrypting, _restoring, _backing_up, _renewing, _changing, _restoring_over)
    whole = {way: _not_killed(way, folder, seed) for way in ways}
    for number in range(rounds):
        turn, at = divmod(number, len(ways))
        way, times = ways[at], -(-rounds // len(ways))
        part = (turn + random.random()) / times  # of the whole way: evenly over all the rounds, and never twice the same
        office = Office(folder / f"round-{number}", seed + number)
        is_killed = _killed(way(office), MOMENTS[(turn + at) % len(MOMENTS)], part, whole[way])
        found, is_new = office.judge()
        told["the new one" if is_new else "as it was"] += 1
        told["killed at work"] += is_killed
        broken += [f"{way.__name__.strip('_')}, round {number} of seed {seed}: {fault}" for fault in found]
        shutil.rmtree(office.folder)
    return [Verdict(WHAT, rounds, told, tuple(broken), "the store as it was or the whole new one, never none", time.monotonic() - began)]


@dataclass
class Count:
    """How much is done by a rewriting that nobody kills: to names of files, by SQLite to their content, in how many seconds."""

    names: int = 0
    steps: int = 0
    seconds: float = 0.0


@contextmanager
def _counted(count: Count, then: Callable[[Count], object]) -> Iterator[None]:
    """Count what is done, and do something after each thing that is done to a name and before each that SQLite does."""
    def named(act: Callable[..., object]) -> Callable[..., object]:
        def do(*words: Any, **more: Any) -> object:
            done = act(*words, **more)
            count.names += 1
            then(count)
            return done

        return do

    def told(_step: Step) -> int:
        count.steps += 1
        then(count)
        return 0

    acts = [(place, name) for place in (os, backups) for name in ("replace", "link", "unlink", "fsync") if hasattr(place, name)]
    before = [getattr(place, name) for place, name in acts]
    for (place, name), act in zip(acts, before, strict=True):
        setattr(place, name, named(act))
    try:
        with Disk().watched(told):
            yield
    finally:
        for (place, name), act in zip(acts, before, strict=True):
            setattr(place, name, act)


def _not_killed(way: Callable[[Office], Callable[[], object]], folder: Path, seed: int) -> Count:
    """Return what a rewriting does when nobody kills it."""
    office, count = Office(folder / way.__name__, seed), Count()
    rewrite, began = way(office), time.monotonic()
    with _counted(count, lambda _count: None):
        rewrite()
    count.seconds = time.monotonic() - began
    shutil.rmtree(office.folder)
    return count


def _killed(rewrite: Callable[[], object], moment: str, part: float, whole: Count) -> bool:
    """Let a child rewrite, and kill it when so much of the whole is done; False when it was through before."""
    wanted = getattr(whole, moment)

    def die(count: Count) -> None:
        if moment != "seconds" and getattr(count, moment) > part * wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    hears, tells = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(tells, b"!")
            with _counted(Count(), die):
                rewrite()
        finally:
            os._exit(0)
    os.read(hears, 1)
    os.close(hears)
    os.close(tells)
    if moment == "seconds":
        time.sleep(1.1 * part * wanted)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


class Office:
    """A store with some acts in it, a backup of it, and some acts more."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.kept = folder, folder / "backups"
        self.kept.mkdir(parents=True)
        self.path = Path(shutil.copyfile(template(), folder / "office.store"))
        desk = open_office(self.path)
        officer = Officer(desk, seed)
        self.before = [fact for _ in range(6) for fact in officer.act()]
        self.backup = backups.back_up(self.path, self.kept, at=START, reason="routine")
        self.after = [officer.link()]
        self.after = [fact for _ in range(6) for fact in officer.act()] or self.after
        desk.store.close()
        self.key: StoreKey | None = None  # under which it was written before it is killed
        self.goes_back = False
        self.copies = len(backups.list_made(self.path, self.kept))

    def encrypt(self) -> None:
        """Write the store anew under a key."""
        encrypting.encrypt(self.path, old=None, new=encrypting.new_key(), passphrase=PASSPHRASE)

    def be_encrypted(self) -> StoreKey:
        """Be an encrypted store from the beginning; returns its key."""
        self.encrypt()
        self.key = key_file.unlock(self.path, PASSPHRASE)
        return self.key

    def judge(self) -> tuple[list[str], bool]:
        """Return what is wrong with what is left, and whether it is the new store."""
        if not self.path.exists():
            return [f"there is no store: {sorted(one.name for one in self.folder.iterdir())}"], False
        try:
            key, is_next = _opened(self.path)
        except (StoreTrouble, Refused) as error:
            return [f"no key opens it: {error!r}"], False
        whole = faults(self.path, (*self.before, *self.after), key=key)
        if self.goes_back:
            stays_locked = [] if self.key is None or self.key == key else ["it does not have the key of the store it replaced"]
            return (stays_locked, True) if whole and not faults(self.path, self.before, key=key) else (whole + stays_locked, False)
        made = backups.list_made(self.path, self.kept)
        found = whole + [f"a backup is not sound: {one.path.name}" for one in made if not backups.is_sound(one.path)]
        found += [f"no key opens the backup: {one.path.name}" for one in made if not _opens(one.path)]
        return found, is_next or key != self.key or len(made) > self.copies


def _opened(path: Path) -> tuple[StoreKey | None, bool]:
    """Return the key that people have, and whether it was the next passphrase that gave it. Raises KeyWrong."""
    if not key_file.is_encrypted(path):
        return None, False
    try:
        return key_file.unlock(path, PASSPHRASE), False
    except KeyWrong:
        return key_file.unlock(path, NEXT), True


def _opens(path: Path) -> bool:
    try:
        return _opened(path) is not None
    except (StoreTrouble, Refused):
        return False


def _encrypting(office: Office) -> Callable[[], object]:
    return office.encrypt


def _decrypting(office: Office) -> Callable[[], object]:
    key = office.be_encrypted()
    return lambda: encrypting.decrypt(office.path, old=key)


def _renewing(office: Office) -> Callable[[], object]:
    key = office.be_encrypted()
    return lambda: encrypting.encrypt(office.path, old=key, new=encrypting.new_key(), passphrase=PASSPHRASE)


def _changing(office: Office) -> Callable[[], object]:
    key = office.be_encrypted()
    encrypting.encrypt_backups(office.path, office.kept, key)
    return lambda: encrypting.change_passphrase(office.path, office.kept, key, NEXT)


def _restoring_over(office: Office) -> Callable[[], object]:
    """Put a plain backup in the place of an encrypted store."""
    key, office.goes_back = office.be_encrypted(), True
    return lambda: restoring.restore(office.backup, office.path, office.kept, at=START, key=key)


def _restoring(office: Office) -> Callable[[], object]:
    office.goes_back = True
    return lambda: restoring.restore(office.backup, office.path, office.kept, at=START)


def _backing_up(office: Office) -> Callable[[], object]:
    return lambda: backups.back_up(office.path, office.kept, at=START.replace(hour=23), reason="routine")
