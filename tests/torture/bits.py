"""One bit of a file is flipped: in a store, a backup, a file of plans. It is found by opening or `check`, or it changed nothing anybody reads.

The write-ahead log is left out: SQLite itself drops what does not fit its sum there, and takes it for the end.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from emergency_desk.domain.errors import BadFile, StoreTrouble
from emergency_desk.domain.integrity import IntegrityReport
from emergency_desk.errands import plan_bundles
from emergency_desk.exchange.plan_bundles import read_bundle
from emergency_desk.store import backups, restoring
from emergency_desk.store.integrity import check_store
from emergency_desk.store.opening import open_store
from tests.builders import START
from tests.torture.office import Officer, open_office, template
from tests.torture.verdict import Verdict

STORE, BACKUP, PLANS = "one bit of a store flipped", "one bit of a backup flipped", "one bit of a file of plans (.edplan) flipped"
FOUND, HARMLESS = "found", "harmless"
ACTS = 80


def run(flips: int, folder: Path, seed: int) -> list[Verdict]:
    """Flip so many bits, half of them in stores and a quarter each in backups and files of plans."""
    path = folder / "whole.store"
    shutil.copyfile(template(), path)
    desk = open_office(path)
    officer = Officer(desk, seed)
    for _ in range(ACTS):
        list(officer.act())
    bundle = folder / "whole.edplan"
    plan_bundles.export_plans(desk, path=bundle)
    kept = backups.back_up(path, folder / "kept", at=START, reason="routine")
    desk.store.close()
    whole = _look_at(path)
    return [_flip(STORE, path, flips // 2, seed, lambda copy: _store(copy, whole)),
            _flip(BACKUP, kept, flips // 4, seed, lambda copy: _backup(copy, folder)),
            _flip(PLANS, bundle, flips // 4, seed, _plans)]


def _flip(what: str, path: Path, flips: int, seed: int, judge: Callable[[Path], str]) -> Verdict:
    """Flip bits one at a time; `judge` says found, harmless, or what nobody noticed."""
    began, random, broken, told = time.monotonic(), Random(seed), list[str](), {FOUND: 0, HARMLESS: 0}
    raw = path.read_bytes()
    copy = path.with_name(f"flipped{path.suffix}")
    for _ in range(flips):
        at, bit = random.randrange(len(raw)), random.randrange(8)
        flipped = bytearray(raw)
        flipped[at] ^= 1 << bit
        copy.write_bytes(flipped)
        found = judge(copy)
        if found in told:
            told[found] += 1
        else:
            broken.append(f"byte {at} bit {bit} of seed {seed}: {found}")
    return Verdict(what, flips, told, tuple(broken), "found by opening or check, or harmless", time.monotonic() - began)


def _look_at(path: Path) -> IntegrityReport:
    store = open_store(path)
    try:
        return check_store(store)
    finally:
        store.close()


def _store(copy: Path, whole: IntegrityReport) -> str:
    try:
        report = _look_at(copy)
    except StoreTrouble:
        return FOUND
    except Exception as error:  # a damaged file may raise nothing else
        return f"raised {error!r}"
    finally:
        for side in ("-wal", "-shm"):
            copy.with_name(copy.name + side).unlink(missing_ok=True)
    if not report.is_sound:
        return FOUND
    otherwise = [one.table for one, other in zip(report.tables, whole.tables, strict=True) if one != other]
    return f"nobody noticed a change in {otherwise}" if otherwise else HARMLESS


def _backup(copy: Path, folder: Path) -> str:
    """Look whether a backup with its seal is refused; it is never put in the place of a store."""
    seal = next(one for one in (folder / "kept").glob("*.sha256") if one.stem != copy.stem)
    shutil.copyfile(seal, copy.with_suffix(".sha256"))
    if backups.is_sound(copy):
        return "the seal fits"
    try:
        restoring.restore(copy, folder / "restored.store", folder, at=START + timedelta(days=1))
    except StoreTrouble:
        return FOUND
    return "it was restored"


def _plans(copy: Path) -> str:
    try:
        read_bundle(copy)
    except BadFile:
        return FOUND
    return "it was read"
