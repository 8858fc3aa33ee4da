"""Founds a real desk into a store of its own."""

from __future__ import annotations

from pathlib import Path

from emergency_desk.app import paths
from emergency_desk.app.opening import Clock, open_desk
from emergency_desk.domain.errors import DeskFounded
from emergency_desk.domain.store_keys import StoreKey
from emergency_desk.errands.division_finding import DivisionFinder, read_finder
from emergency_desk.errands.founding_city import Founded, Progress, Wanted, check, found_city
from emergency_desk.errands.trade import shipped_plans, shipped_rules
from emergency_desk.store import encrypting
from emergency_desk.store.opening import remove_store
from emergency_desk.store.reserve import release_reserve


def division_finder() -> DivisionFinder:
    """Read the shipped divisions. Raises BadFile."""
    return read_finder(paths.reference() / "divisions")


def found_store(
    path: Path, wanted: Wanted, *, finder: DivisionFinder | None = None, progress: Progress | None = None, clock: Clock | None = None,
) -> Founded:
    """Found a desk at a path where none is yet. Raises DeskFounded and what `founding_city.check` raises; then nothing is left behind."""
    found_here = path.exists()
    desk = open_desk(path, clock=clock) if found_here else None
    try:
        if desk is not None and desk.facts.code:
            raise DeskFounded(path=str(path), desk=desk.facts.name)
        finder = finder or division_finder()
        check(finder, wanted)
        desk = desk or open_desk(path, key=_new_key(path, wanted), clock=clock, create=True)
        founded = found_city(desk, finder=finder, wanted=wanted, rules=shipped_rules(paths.reference()), plans=shipped_plans(paths.plans()),
                             progress=progress)
    finally:
        if desk is not None:
            desk.store.close()
            if not found_here and not desk.facts.code:
                remove_store(path)
                release_reserve(path)
    return founded


def _new_key(path: Path, wanted: Wanted) -> StoreKey | None:
    """Lay the keys of an encrypted store beside where it is to be; None for a plain one."""
    if not wanted.passphrase:
        return None
    key = encrypting.new_key()
    path.parent.mkdir(parents=True, exist_ok=True)
    encrypting.lay_keys(path, key, wanted.passphrase)
    return key
