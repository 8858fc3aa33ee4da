"""Runs ordeals: each part in a program of its own, so many at once, ended when it takes too long."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from tests.torture.verdict import Verdict, put_together

LONGEST_SECONDS, SHORT_SECONDS = 540, 240  # then an ordeal is ended and told as broken
_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30


@dataclass(frozen=True, slots=True)
class Ordeal:
    """A module beside this file with its `run(times, folder, seed)`; `parts` run at the same time."""

    module: str
    full: int
    short: int
    parts: int = 1
    needs: str = "posix"  # systems on which it can be run


ORDEALS = (
    Ordeal("shift", 720, 6), Ordeal("power", 10_000, 60, parts=4), Ordeal("kills", 300, 8, parts=3), Ordeal("upgrades", 400, 8, parts=1),
    Ordeal("bits", 800, 40, parts=2), Ordeal("foreign_files", 1_200, 60), Ordeal("bad_disks", 90, 6, parts=2), Ordeal("pairs", 40, 3),
    Ordeal("rewrites", 105, 7), Ordeal("twins", 60, 5))


def run(ordeals: Sequence[Ordeal], *, short: bool, seed: int, at_once: int) -> list[Verdict]:
    """Run ordeals, so many parts at once, and return their verdicts in the order of the list."""
    with tempfile.TemporaryDirectory(dir=_fast_place(), prefix="desk-torture-", ignore_cleanup_errors=True) as folder:
        with ThreadPoolExecutor(at_once) as pool:
            parts = [pool.submit(_in_a_program, *part, Path(folder), short) for part in _parts(ordeals, short, seed)]
            return put_together(verdict for part in parts for verdict in part.result())


def _parts(ordeals: Sequence[Ordeal], short: bool, seed: int) -> Iterator[tuple[Ordeal, int, int]]:
    for one in ordeals:
        times, parts = (one.short, 1) if short else (one.full, one.parts)
        for part in range(parts):
            yield one, times // parts + (part < times % parts), seed + part


def _fast_place() -> str | None:
    """Return a folder in memory where there is room: what is cut off, killed or full is played, not the disk of this machine."""
    if os.access(_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(_MEMORY).free >= _ROOM:
        return str(_MEMORY)
    return None


def _in_a_program(ordeal: Ordeal, times: int, seed: int, folder: Path, short: bool) -> list[Verdict]:
    """Run a part in a program of its own and wait for it, but not for ever."""
    if os.name != ordeal.needs:
        return [Verdict(f"{ordeal.module} (not on this system)", 1, {}, asked="needs fork and signals")]
    print(f"{ordeal.module}: {times} …", file=sys.stderr, flush=True)
    place = Path(tempfile.mkdtemp(dir=folder))
    hears, tells = multiprocessing.Pipe(duplex=False)
    program = multiprocessing.get_context("spawn").Process(target=_part, args=(ordeal.module, times, place, seed, tells), name=ordeal.module)
    program.start()
    tells.close()
    try:
        limit = SHORT_SECONDS if short else LONGEST_SECONDS
        verdicts: list[Verdict] = hears.recv() if hears.poll(limit) else [_broken(ordeal, f"not ended after {limit} s")]
    except EOFError:
        program.join(5)
        verdicts = [_broken(ordeal, f"its program ended with {program.exitcode}")]
    finally:
        program.kill()
        program.join()
        shutil.rmtree(place, ignore_errors=True)
    return verdicts


def _broken(ordeal: Ordeal, why: str) -> Verdict:
    return Verdict(ordeal.module, 1, {}, (why,), asked="ends by itself")


def _part(module: str, times: int, folder: Path, seed: int, tells: Connection) -> None:
    """The program of one part."""
    from emergency_desk.app import paths
    from emergency_desk.wording import catalog
    from tests import quickness

    quickness.set_up()
    catalog.use_language("en", paths.locale())
    try:
        tells.send(import_module(f"tests.torture.{module}").run(times, folder, seed))
    except Exception:
        tells.send([Verdict(module, 1, {}, (traceback.format_exc(),), asked="runs to its end")])
    tells.close()
