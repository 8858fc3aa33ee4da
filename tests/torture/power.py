"""The power goes: what the desk wrote is recorded, and every moment of it is cut with what was not synced yet dropped, torn or out of order.

A disk promises only what was synced. Of everything written since, any sectors of 512 bytes may have arrived, in any order, and a new or
deleted name stands only once its folder was synced. Each cut makes a file as such a disk would show it after the restart; the desk opens it
and must know everything it had acknowledged by then. The same with weaker settings must be caught losing, else the cutter proves nothing.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.store import engine, key_file
from tests.torture.disk import Disk, Step
from tests.torture.judge import faults
from tests.torture.office import KEY, Fact, Officer, locked_template, open_office, template
from tests.torture.verdict import Verdict

WHAT, WEAKER = "power cuts, as shipped (WAL, synchronous=FULL)", "power cuts, weaker on purpose (WAL, synchronous=NORMAL)"
WHAT_LOCKED, WEAKER_LOCKED = f"encrypted store: {WHAT}", f"encrypted store: {WEAKER}"
LOCKED = 20  # for so many cuts of a plain store one of an encrypted store comes besides
SECTOR = 512
ACTS, REOPENED = 260, 3  # acts that are recorded, and how often the desk is closed and opened meanwhile
LOOKED_OVER = 40  # of so many images one is looked over whole
NEWEST = 40  # facts that are asked of the others
ENOUGH = 25  # losses that prove the cutter

Tape = list[Step | Fact]


# -- recording --------------------------------------------------------------------------------------------------------
def record(path: Path, seed: int, *, acts: int, key: StoreKey | None = None) -> Tape:
    """Let an officer work on a store; returns every write, cut, sync and acknowledgement in their order."""
    tape: Tape = []

    def told(step: Step) -> int:
        if not step.path.endswith("-shm"):
            tape.append(step)
        return 0

    with Disk().watched(told):
        for part in range(REOPENED):
            desk = open_office(path, key=key)
            officer = Officer(desk, seed + part)
            for _ in range(acts // REOPENED):
                tape += officer.act()
            desk.store.close()
    return tape


@contextmanager
def weaker_settings() -> Iterator[None]:
    """Open every connection with synchronous=NORMAL: faster, and not good enough."""
    as_shipped = engine.open_connection

    def weaker(*args: Any, **more: Any) -> Any:
        connection = as_shipped(*args, **more)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    engine.open_connection = weaker
    try:
        yield
    finally:
        engine.open_connection = as_shipped


# -- the disk after the restart ---------------------------------------------------------------------------------------
@dataclass(slots=True)
class _File:
    """What of a file is surely on the disk, and what was done to it since."""

    sure: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)
    is_named: bool = False  # its name in the folder is sure

    def sync(self) -> None:
        for step in self.waiting:
            _apply(self.sure, step)
        self.waiting.clear()

    def after_a_cut(self, random: Random) -> bytearray:
        """Return what may be left of it."""
        left = bytearray(self.sure)
        style = random.choice(("nothing", "in order", "in order", "any", "any", "all"))
        some = self.waiting[:random.randint(0, len(self.waiting))] if style == "in order" else self.waiting if style != "nothing" else []
        for step in some:
            if style == "any" or (style == "in order" and step is some[-1]):
                _tear(left, step, random)
            else:
                _apply(left, step)
        if some and random.random() < 0.3:  # the length reached the disk before what stands there
            longest = max((step.at + len(step.content) for step in self.waiting if step.kind == "write"), default=0)
            left.extend(bytes(max(0, longest - len(left))))
        return left


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.at:]
        return
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    content[step.at:step.at + len(step.content)] = step.content


def _tear(content: bytearray, step: Step, random: Random) -> None:
    """Let some sectors of a write arrive and others not."""
    if step.kind == "truncate":
        if random.random() < 0.5:
            _apply(content, step)
        return
    share, at, end = random.random(), step.at, step.at + len(step.content)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        if random.random() < share:
            _apply(content, Step("write", step.path, at, step.content[at - step.at:until - step.at]))
        at = until


class Medium:
    """All files of a store on a disk that promises only what was synced."""

    def __init__(self, store: Path) -> None:
        self.files = {str(store): _File(bytearray(store.read_bytes()), is_named=True)}
        self.ghosts: dict[str, _File] = {}  # deleted, and the folder not synced since

    def take(self, step: Step) -> None:
        """Do one step."""
        if step.kind == "open":
            self.files.setdefault(step.path, _File())
        elif step.kind == "delete":
            gone = self.files.pop(step.path, None)
            if gone is not None and gone.is_named:
                self.ghosts[step.path] = gone
        elif step.kind == "sync":
            file = self.files[step.path]
            file.sync()
            if not file.is_named:  # SQLite syncs the folder with the first sync of a new file
                file.is_named = True
                self.ghosts.clear()
        else:
            self.files[step.path].waiting.append(step)

    def cut(self, random: Random) -> dict[str, bytes]:
        """Return the files as they may be found after the power came back."""
        found: dict[str, bytes] = {}
        for path, file in self.files.items():
            if file.is_named or random.random() < 0.5:
                found[path] = bytes(file.after_a_cut(random))
        for path, ghost in self.ghosts.items():
            if path not in found and random.random() < 0.5:
                found[path] = bytes(ghost.after_a_cut(random))
        return found


# -- cutting ----------------------------------------------------------------------------------------------------------
def run(cuts: int, folder: Path, seed: int) -> list[Verdict]:
    """Cut the power so many times with the shipped settings, and with the weaker ones until they are caught."""
    return [_cut_all(folder, seed, cuts, WHAT), _weakened(folder, seed, max(cuts // 5, 400), WEAKER, enough=ENOUGH),
            _cut_all(folder, seed, max(cuts // LOCKED, 10), WHAT_LOCKED, key=KEY),
            _weakened(folder, seed, max(cuts // 5, 400), WEAKER_LOCKED, enough=ENOUGH // 5, key=KEY)]


def _weakened(folder: Path, seed: int, cuts: int, what: str, *, enough: int, key: StoreKey | None = None) -> Verdict:
    with weaker_settings():
        weak = _cut_all(folder, seed, cuts, what, enough=enough, key=key)
    caught = len(weak.broken)
    return Verdict(what, weak.times, {"losses caught": caught}, () if caught else ("the cutter found nothing lost",),
                   asked="must be caught losing, else the cutter proves nothing", seconds=weak.seconds)


def _cut_all(folder: Path, seed: int, cuts: int, what: str, *, enough: int = 1 << 30, key: StoreKey | None = None) -> Verdict:
    began, random, broken = time.monotonic(), Random(seed), list[str]()
    path, whole = folder / "recorded.store", template() if key is None else locked_template()
    shutil.copyfile(whole, path)
    key_file.copy_beside(whole, path)
    medium, tape = Medium(path), record(path, seed, acts=max(60, min(ACTS, cuts)), key=key)
    facts: list[Fact] = []
    steps = sum(isinstance(step, Step) for step in tape)
    done, passed = 0, 0
    for step in tape:
        if isinstance(step, Fact):
            facts.append(step)
            continue
        medium.take(step)
        passed += 1
        while done * steps < passed * cuts and len(broken) < enough:  # evenly over the whole recording
            found = _one_cut(folder, path, medium, facts, random, done, key)
            broken += [f"cut {done} of seed {seed}, after step {passed}: {fault}" for fault in found]
            done += 1
    told = {"writes and syncs recorded": steps, "acts acknowledged": sum(fact.what == "journal" for fact in facts)}
    return Verdict(what, done, told, tuple(broken), seconds=time.monotonic() - began,
                   asked="nothing acknowledged is lost, the store opens and is sound")


def _one_cut(
    folder: Path, path: Path, medium: Medium, facts: list[Fact], random: Random, number: int, key: StoreKey | None,
) -> list[str]:
    place = folder / "cut"
    place.mkdir(exist_ok=True)
    key_file.copy_beside(path, place / path.name)  # a file that nothing of the work writes
    for name, content in medium.cut(random).items():
        (place / Path(name).name).write_bytes(content)
    whole = number % LOOKED_OVER == 0
    found = faults(place / path.name, facts if whole else facts[-NEWEST:], key=key, looks_over=whole)
    for left in place.iterdir():
        if not left.name.endswith(".reserve"):
            left.unlink()
    return found
