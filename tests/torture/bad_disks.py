"""A disk that gives way: every k-th write failing, one single write failing, and a disk that is full at every step of an evening.

Whatever fails is told as trouble of the store, in the desk's words; nothing else is raised, nothing is half done, and the desk goes on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emergency_desk.domain.errors import StoreTrouble
from emergency_desk.store.reserve import RESERVE_BYTES, reserve_of
from emergency_desk.wording.refusals import sentence
from tests.torture.disk import FULL, SYNC_ERROR, TRUNCATE_ERROR, WRITE_ERROR, Disk, Step, Told
from tests.torture.judge import faults
from tests.torture.office import Fact, Officer, open_office, template
from tests.torture.verdict import Verdict

KTH, ONE, FULL_AT, REAL = ("every k-th write of the disk fails", "one write or sync of the disk fails", "the disk is full at every step",
                           "a real small disk is full")
ACTS = 14
PAGE = 4096
ASKED = "told as trouble of the store, nothing acknowledged is lost, nothing half done"
_CODES = {"write": WRITE_ERROR, "sync": SYNC_ERROR, "truncate": TRUNCATE_ERROR}


class Evening:
    """Some acts on a store whose disk gives way, and what was heard of them."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.seed = path, seed
        self.facts: list[Fact] = []
        self.troubles: list[StoreTrouble] = []
        self.wrong: list[str] = []

    def play(self, *, acts: int = ACTS, after_trouble: Callable[[StoreTrouble], None] = lambda _trouble: None) -> None:
        """Open the desk and act; trouble is noted and the desk goes on. Anything else that is raised is wrong."""
        try:
            desk = open_office(self.path)
        except StoreTrouble as error:
            self._note(error)
            return
        officer = Officer(desk, self.seed)
        for _ in range(acts):
            try:
                for fact in officer.act():
                    self.facts.append(fact)
            except StoreTrouble as error:
                self._note(error)
                after_trouble(error)
            except Exception as error:  # what no disk may do to the desk
                self.wrong.append(f"raised {error!r}")
        with suppress(StoreTrouble):
            desk.store.close()

    def _note(self, error: StoreTrouble) -> None:
        self.troubles.append(error)
        if not sentence(error):
            self.wrong.append(f"no sentence for {error!r}")


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Play so many evenings on each kind of bad disk."""
    return [_faulty(KTH, rounds, folder, seed, _every), _faulty(ONE, rounds, folder, seed, _only), _full(rounds, folder, seed),
            _really_full(max(2, rounds // 12), folder, seed)]


def _faulty(what: str, rounds: int, folder: Path, seed: int, plan: Callable[[int], Told]) -> Verdict:
    began, broken, told = time.monotonic(), list[str](), {"troubles told": 0, "acts acknowledged": 0}
    for number in range(1, rounds + 1):
        evening = Evening(_copy(folder), seed + number)
        with Disk().watched(plan(number)):
            evening.play()
        _judge(evening, f"{what}, {number} of seed {seed}", told, broken)
    return Verdict(what, rounds, told, tuple(broken), ASKED, time.monotonic() - began)


def _copy(folder: Path) -> Path:
    for old in folder.glob("bad.store*"):
        old.unlink()
    return Path(shutil.copyfile(template(), folder / "bad.store"))


def _judge(evening: Evening, case: str, told: dict[str, int], broken: list[str]) -> None:
    told["troubles told"] += len(evening.troubles)
    told["acts acknowledged"] += sum(fact.what == "journal" for fact in evening.facts)
    broken += [f"{case}: {fault}" for fault in (*evening.wrong, *faults(evening.path, evening.facts))]


def _is_of_store(step: Step) -> bool:
    return step.kind in _CODES and not step.path.endswith("-shm")


def _every(k: int) -> Told:
    """Let every 3k-th step fail: an act has a dozen of them and more."""
    passed = [0]

    def told(step: Step) -> int:
        if not _is_of_store(step):
            return 0
        passed[0] += 1
        return _CODES[step.kind] if passed[0] % (3 * k) == 0 else 0

    return told


def _only(nth: int) -> Told:
    """Let one step fail and no other."""
    passed = [0]

    def told(step: Step) -> int:
        passed[0] += _is_of_store(step)
        return _CODES[step.kind] if _is_of_store(step) and passed[0] == 2 * nth else 0

    return told


# -- full -------------------------------------------------------------------------------------------------------------
class Room:
    """A disk with so much room left: what makes a file longer takes of it, and what is written over takes nothing."""

    def __init__(self, store: Path, left: int) -> None:
        self.store, self.left = store, left
        self._had_reserve = False

    def __call__(self, step: Step) -> int:
        """Refuse what has no room."""
        if step.kind != "write" or step.path.endswith("-shm"):
            return 0
        if self._had_reserve and not reserve_of(self.store).exists():
            self._had_reserve, self.left = False, self.left + RESERVE_BYTES
        path = Path(step.path)
        grows = step.at + len(step.content) - (path.stat().st_size if path.exists() else 0)
        if grows > self.left:
            return FULL
        self.left -= max(0, grows)
        return 0

    def begin(self) -> None:
        """Count the reserve as taken from now on."""
        self._had_reserve = reserve_of(self.store).exists()


def _full(rounds: int, folder: Path, seed: int) -> Verdict:
    began, broken, told = time.monotonic(), list[str](), {"troubles told": 0, "acts acknowledged": 0, "reserves given": 0}
    for number in range(rounds):
        path = _copy(folder)
        open_office(path).store.close()  # lays the reserve down
        room, evening = Room(path, number * PAGE // 2), Evening(path, seed + number)
        room.begin()
        with Disk().watched(room):
            evening.play()
        case = f"{FULL_AT}, {number} of seed {seed}"
        told["reserves given"] += _given(evening, case, broken)
        _judge(evening, case, told, broken)
    return Verdict(FULL_AT, rounds, told, tuple(broken), ASKED + ", the reserve is given back once",
                   time.monotonic() - began)


def _given(evening: Evening, case: str, broken: list[str]) -> int:
    """Look whether the reserve came when it was needed, and whether the desk could go on with it. It may come while the desk opens."""
    if any(trouble.values["reason"] != "disk_full" for trouble in evening.troubles):
        broken.append(f"{case}: told otherwise: {evening.troubles}")
    was_given = not reserve_of(evening.path).exists()
    if evening.troubles and not was_given:
        broken.append(f"{case}: the reserve was kept")
    if len(evening.troubles) > 1 or not evening.facts:
        broken.append(f"{case}: did not go on with the reserve: {len(evening.troubles)} troubles")
    return was_given


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[Path | None]:
    """Mount a small disk of its own; None where this user may not."""
    place = folder / "small-disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    is_there = os.name == "posix" and subprocess.run(command, capture_output=True).returncode == 0 if shutil.which("mount") else False
    try:
        yield place if is_there else None
    finally:
        if is_there:
            subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def _really_full(rounds: int, folder: Path, seed: int) -> Verdict:
    began, broken, told = time.monotonic(), list[str](), {"troubles told": 0, "acts acknowledged": 0, "reserves given": 0}
    for number in range(rounds):
        with _small_disk(folder, 48) as place:
            if place is None:
                return Verdict(REAL, 1, {"not done: this user may mount no disk": 0}, asked=ASKED)
            path = _copy(place)
            open_office(path).store.close()
            left = shutil.disk_usage(place).free - number * 3 * PAGE
            with (place / "ballast").open("wb") as ballast:
                ballast.write(bytes(left))
            evening = Evening(path, seed + number)
            evening.play()
            case = f"{REAL}, {number} of seed {seed}"
            told["reserves given"] += _given(evening, case, broken)
            (place / "ballast").unlink()
            _judge(evening, case, told, broken)
    return Verdict(REAL, rounds, told, tuple(broken), ASKED, time.monotonic() - began)
