"""What tests ask a child process to do; top-level, so that it can travel."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from emergency_desk.domain.errors import BadFile, TeamIsOut

spoken: list[str] = []


def add(one: int, other: int) -> int:
    return one + other


def own_process() -> int:
    return os.getpid()


def loaded_modules() -> list[str]:
    return sorted({name.split(".")[0] for name in sys.modules})


def refuse(team: str) -> None:
    raise TeamIsOut(team=team, state="working", incident="370203-2026-0017")


def refuse_file(name: str) -> None:
    raise BadFile(name=name, reason="html", line=1)


def divide(number: int) -> float:
    return number / 0


def break_on(path: Path) -> float:
    return len(path.name) / 0


def die(status: int) -> None:
    os._exit(status)


def chatter(word: str) -> str:
    print("something a library prints by itself")
    os.write(1, b"and something it writes past Python")
    return word


def count_to(total: int, *, progress: Callable[[int, int, str], None]) -> int:
    for done in range(1, total + 1):
        progress(done, total, "rows")
    return total


def tell_parts(numbers: list[int], end: str, *, tell: Callable[[object], None]) -> str:
    for number in numbers:
        tell("x" * number)
    if end == "refused":
        raise BadFile(name="list.csv", reason="html")
    if end == "crashed":
        os._exit(9)
    return end


def speak(tag: str) -> None:
    spoken[:] = [tag]


def language() -> list[str]:
    return spoken


def take_memory(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def spin() -> None:
    while True:
        pass


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def unpicklable() -> object:
    return lambda: None


class Spell:
    """What a child that a file took over might say: to be read it has to be called."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (self._path,)


def cast(path: str) -> Spell:
    return Spell(path)
