"""How far it is when a store of an older version is brought up to date: what is told of it while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class UpgradeStep(StrEnum):
    """What is being done, in this order; `CHANGING` once for each version on the way."""

    KEEPING = "keeping"  # a sealed copy of the store as it was, which stays
    COPYING = "copying"  # the copy that is worked on
    CHANGING = "changing"
    CHECKING = "checking"
    SWAPPING = "swapping"


_BEFORE, _AFTER = (UpgradeStep.KEEPING, UpgradeStep.COPYING), (UpgradeStep.CHECKING, UpgradeStep.SWAPPING)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Where an upgrade stands: the store, from which version of the file to which, and the step it is at.

    `version` is the one that is being made while the step is CHANGING; `percent` how much of a step is done, where that is known.
    """

    store: Path
    backups: Path
    before: int
    after: int
    step: UpgradeStep
    version: int = 0
    percent: int = 0

    @property
    def changes(self) -> int:
        """Return how many versions lie between."""
        return self.after - self.before

    @property
    def count(self) -> int:
        """Return how many steps there are."""
        return len(_BEFORE) + self.changes + len(_AFTER)

    @property
    def number(self) -> int:
        """Return the number of this step, from 1."""
        if self.step is UpgradeStep.CHANGING:
            return len(_BEFORE) + self.version - self.before
        if self.step in _BEFORE:
            return _BEFORE.index(self.step) + 1
        return len(_BEFORE) + self.changes + _AFTER.index(self.step) + 1


Told = Callable[[Upgrade], object]


def to_nobody(_upgrade: Upgrade) -> None:
    """Tell nobody how far an upgrade is."""
