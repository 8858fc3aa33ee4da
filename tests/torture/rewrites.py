"""The desk is killed while a whole store is written anew: encrypted, decrypted, replaced by a backup, copied into one.

What opens afterwards is the store as it was or the whole new one, with its key; there is never none, and never half of one.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import backups, encrypting, key_file, restoring
from tests.builders import START
from tests.torture.judge import faults
from tests.torture.office import Officer, open_office, template
from tests.torture.verdict import Verdict

WHAT = "killed while a whole store is written anew"
PASSPHRASE = "a made-up passphrase 口令"


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Kill each kind of rewriting in turn."""
    random, broken, told, began = Random(seed), list[str](), {"as it was": 0, "the new one": 0}, time.monotonic()
    ways = (_encrypting, _decrypting, _restoring, _backing_up)
    seconds = {way: _time(way, folder, seed) for way in ways}
    for number in range(rounds):
        way = ways[number % len(ways)]
        office = Office(folder / f"round-{number}", seed + number)
        rewrite = way(office)
        child = os.fork()
        if child == 0:
            try:
                rewrite()
            finally:
                os._exit(0)
        time.sleep(random.uniform(0, 1.1 * seconds[way]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found, is_new = office.judge()
        told["the new one" if is_new else "as it was"] += 1
        broken += [f"{way.__name__.strip('_')}, round {number} of seed {seed}: {fault}" for fault in found]
        shutil.rmtree(office.folder)
    return [Verdict(WHAT, rounds, told, tuple(broken), "the store as it was or the whole new one, never none", time.monotonic() - began)]


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
        self.key: StoreKey | None = None
        self.goes_back = False

    def encrypt(self) -> None:
        """Write the store anew under a key."""
        encrypting.encrypt(self.path, old=None, new=encrypting.new_key(), passphrase=PASSPHRASE)

    def judge(self) -> tuple[list[str], bool]:
        """Return what is wrong with what is left, and whether it is the new store."""
        if not self.path.exists():
            return [f"there is no store: {sorted(one.name for one in self.folder.iterdir())}"], False
        is_encrypted = key_file.is_encrypted(self.path)
        try:
            key = key_file.unlock(self.path, PASSPHRASE) if is_encrypted else None
        except StoreTrouble as error:
            return [f"no key opens it: {error!r}"], False
        whole = faults(self.path, (*self.before, *self.after), key=key)
        if whole and self.goes_back and not faults(self.path, self.before, key=key):
            return [], True
        unsound = [one.path.name for one in backups.list_made(self.path, self.kept) if not backups.is_sound(one.path)]
        return whole + [f"a backup is not sound: {name}" for name in unsound if not self.goes_back], is_encrypted


def _encrypting(office: Office) -> Callable[[], object]:
    return office.encrypt


def _decrypting(office: Office) -> Callable[[], object]:
    office.encrypt()
    key = key_file.unlock(office.path, PASSPHRASE)
    return lambda: encrypting.decrypt(office.path, old=key)


def _restoring(office: Office) -> Callable[[], object]:
    office.goes_back = True
    return lambda: restoring.restore(office.backup, office.path, office.kept, at=START)


def _backing_up(office: Office) -> Callable[[], object]:
    return lambda: backups.back_up(office.path, office.kept, at=START.replace(hour=23), reason="routine")


def _time(way: Callable[[Office], Callable[[], object]], folder: Path, seed: int) -> float:
    """Return how many seconds it takes when nobody is killed."""
    office = Office(folder / way.__name__, seed)
    rewrite = way(office)
    start = time.monotonic()
    rewrite()
    taken = time.monotonic() - start
    shutil.rmtree(office.folder)
    return taken
