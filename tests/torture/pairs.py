"""Two programs work on one store at the same time, and one of them is killed now and then; and the clock of a desk jumps."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from emergency_desk.domain.errors import Refused, StoreTrouble
from emergency_desk.services import boards, incidents
from emergency_desk.store import backups
from tests.torture.judge import faults
from tests.torture.office import Fact, Officer, open_office, template
from tests.torture.verdict import Verdict

TWO, JUMPS = "two programs on one store", "the clock jumps"
ACTS = 30  # of each program in a round
WAYS = (timedelta(hours=-3), timedelta(days=1), timedelta(days=-400), timedelta(days=3650), timedelta(days=-3650), timedelta(seconds=-1),
        timedelta(hours=8), timedelta(hours=-8), timedelta(minutes=-59), timedelta(days=29), timedelta(days=-29), timedelta(0))


def run(rounds: int, folder: Path, seed: int) -> list[Verdict]:
    """Let two programs work side by side so many times, and the clock jump as often."""
    return [_two(rounds, folder, seed), _jumps(rounds, folder, seed)]


# -- two programs -----------------------------------------------------------------------------------------------------
def _two(rounds: int, folder: Path, seed: int) -> Verdict:
    random, broken, told = Random(seed), list[str](), {"acts acknowledged": 0, "killed": 0, "had to wait too long": 0}
    began, path, facts = time.monotonic(), Path(shutil.copyfile(template(), folder / "two.store")), list[Fact]()
    for number in range(rounds):
        children = [_start(path, folder / f"told-{which}", random.randrange(1 << 30)) for which in range(2)]
        if random.random() < 0.3:
            time.sleep(random.uniform(0.02, 0.3))
            os.kill(children[1], signal.SIGKILL)
            told["killed"] += 1
        ends = [os.waitpid(child, 0)[1] for child in children]
        if any(os.WIFEXITED(end) and os.WEXITSTATUS(end) for end in ends):
            broken.append(f"round {number} of seed {seed}: a program broke down")
        for which in range(2):
            heard, waited = _heard(folder / f"told-{which}")
            facts += heard
            told["acts acknowledged"] += sum(fact.what == "journal" for fact in heard)
            told["had to wait too long"] += waited
        broken += [f"round {number} of seed {seed}: {fault}" for fault in faults(path, facts)]
    return Verdict(TWO, rounds, told, tuple(broken), "nothing acknowledged is lost, the store is sound", time.monotonic() - began)


def _start(path: Path, told: Path, seed: int) -> int:
    told.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            _work(path, told, seed)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def _work(path: Path, told: Path, seed: int) -> None:
    officer = Officer(open_office(path), seed)
    with told.open("ab", buffering=0) as file:
        for _ in range(ACTS):
            officer.desk.memory.foreign_changes()  # as the window asks
            try:
                for fact in officer.act():
                    file.write(pickle.dumps(fact))
            except StoreTrouble as trouble:
                if trouble.values["reason"] != "locked":
                    raise
                file.write(pickle.dumps(None))
    officer.desk.store.close()


def _heard(told: Path) -> tuple[list[Fact], int]:
    facts, waited = [], 0
    if not told.exists():
        return [], 0
    with told.open("rb") as file:
        while True:
            try:
                fact = pickle.load(file)
            except (EOFError, pickle.UnpicklingError):
                return facts, waited
            if fact is None:
                waited += 1
            else:
                facts.append(fact)


# -- the clock --------------------------------------------------------------------------------------------------------
def _jumps(rounds: int, folder: Path, seed: int) -> Verdict:
    random, broken, told = Random(seed), list[str](), {"acts acknowledged": 0, "acts refused": 0, "backups": 0}
    began, path = time.monotonic(), Path(shutil.copyfile(template(), folder / "clock.store"))
    desk, facts = open_office(path), list[Fact]()
    officer = Officer(desk, seed)
    for number in range(rounds):
        officer.clock.at = _within_reason(officer.clock.at + random.choice(WAYS))
        case = f"jump {number} of seed {seed} to {officer.clock.at:%Y-%m-%d %H:%M}"
        for _ in range(4):
            try:
                done = list(officer.act())
                facts += done
                told["acts acknowledged" if done else "acts refused"] += 1
            except Exception as error:  # no clock may break the desk
                broken.append(f"{case}: raised {error!r}")
        broken += [f"{case}: {fault}" for fault in _looks(officer, folder / "kept")]
        told["backups"] += 1
    desk.store.close()
    if officer.refused["MoveOutOfOrder"]:
        broken.append(f"teams were held up {officer.refused['MoveOutOfOrder']} times by a clock that had been wrong")
    broken += [f"in the end: {fault}" for fault in faults(path, facts)]
    return Verdict(JUMPS, rounds, told, tuple(broken), "the desk goes on, entries stay in their order, a backup that was made stays",
                   time.monotonic() - began)


def _within_reason(at: datetime) -> datetime:
    """Keep the clock between 2000, where a computer without a battery begins, and 2099."""
    return at.replace(year=min(2099, max(2000, at.year)), day=min(28, at.day)) if not 2000 <= at.year <= 2099 else at


def _looks(officer: Officer, kept: Path) -> list[str]:
    """Look at board and log, and keep a backup, as every day."""
    desk, found = officer.desk, list[str]()
    try:
        boards.duty_board(desk)
        lines = [line.entry.sequence for line in incidents.read_log(desk, limit=100)]
        if lines != sorted(lines, reverse=True):
            found.append("the log is out of order")
        made = backups.back_up(desk.store.path, kept, at=desk.now(), reason="routine")
        if not made.exists() or not backups.is_sound(made):
            found.append(f"the backup just made is not there: {made.name}")
    except Refused as error:
        found.append(f"refused {error!r}")
    except Exception as error:
        found.append(f"raised {error!r}")
    return found
