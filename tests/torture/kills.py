"""The desk is killed at any moment (SIGKILL), under load, again and again over the same store: what it acknowledged is there each time."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from itertools import chain
from pathlib import Path
from random import Random
from select import select

from tests.torture.judge import faults
from tests.torture.office import Fact, Officer, open_office, template
from tests.torture.verdict import Verdict

WHAT = "killed (SIGKILL) under load"
ROUNDS_A_STORE = 30
OPENING = 0.05  # seconds after which it is killed at the latest while it opens
MOST_HEARD, A_MOMENT, LONGEST = 200, 0.03, 5.0  # facts that are heard at most before it is killed, then a moment, on a slow machine at the latest


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Kill a desk so many times."""
    random, broken, told = Random(seed), list[str](), {"acts acknowledged": 0, "killed while opening": 0}
    began, done = time.monotonic(), 0
    while done < rounds:
        path = folder / f"killed-{done}.store"
        shutil.copyfile(template(), path)
        facts: list[Fact] = []
        for _ in range(min(ROUNDS_A_STORE, rounds - done)):
            heard = _one_round(path, random)
            facts += heard
            told["acts acknowledged"] += max(0, sum(fact.what == "journal" for fact in heard) - 1)
            told["killed while opening"] += not heard
            broken += [f"round {done + 1} of seed {seed}: {fault}" for fault in faults(path, facts)]
            done += 1
        path.unlink()
    return [Verdict(WHAT, done, told, tuple(broken), asked="nothing acknowledged is lost, the store is sound", seconds=time.monotonic() - began)]


def _one_round(path: Path, random: Random) -> list[Fact]:
    """Let a child work on a store, kill it, and return the facts it acknowledged before it died."""
    hears, tells = os.pipe()
    heard = 0 if random.random() < 0.15 else random.randrange(1, MOST_HEARD)
    moment = random.random() * (A_MOMENT if heard else OPENING)
    child = os.fork()
    if child == 0:
        os.close(hears)
        _work(path, tells, random.randrange(1 << 30))
    os.close(tells)
    said, end = bytearray(), time.monotonic() + LONGEST
    while len(_read(bytes(said))) < heard and select([hears], [], [], max(0.0, end - time.monotonic()))[0]:
        block = os.read(hears, 1 << 16)
        if not block:
            break  # it ended by itself, which is a fault of its own
        said += block
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    while block := os.read(hears, 1 << 16):
        said += block
    os.close(hears)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the desk ended by itself: {status}")
    return _read(bytes(said))


def _read(said: bytes) -> list[Fact]:
    facts, at = [], 0
    while at + 4 <= len(said):
        size = int.from_bytes(said[at:at + 4], "big")
        if at + 4 + size > len(said):
            break  # it was killed in the middle of a word
        facts.append(pickle.loads(said[at + 4:at + 4 + size]))
        at += 4 + size
    return facts


def _work(path: Path, tells: int, seed: int) -> None:
    """Act without end in the child; a fact goes into the pipe when its commit has returned."""
    try:
        officer = Officer(open_office(path), seed)
        for fact in chain([officer.link()], officer.work()):
            word = pickle.dumps(fact)
            os.write(tells, len(word).to_bytes(4, "big") + word)
    except BaseException:
        import traceback

        traceback.print_exc()
    os._exit(1)
