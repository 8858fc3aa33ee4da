"""Tells how far an upgrade is: each step as it begins, and of a step each whole per cent once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from emergency_desk.domain.upgrades import Told, Upgrade, UpgradeStep
from emergency_desk.store.schema import SCHEMA


class UpgradeTelling:
    """Belongs to one upgrade of one store."""

    def __init__(self, store: Path, backups: Path, before: int, told: Told) -> None:
        self._now = Upgrade(store, backups, before, SCHEMA, UpgradeStep.KEEPING)
        self._told = told

    def begin(self, step: UpgradeStep) -> None:
        """Tell that a step begins."""
        self._tell(replace(self._now, step=step, version=0, percent=0))

    def change(self, version: int) -> None:
        """Tell that the copy is brought to a version; behind the newest there is none."""
        if version <= self._now.after:
            self._tell(replace(self._now, step=UpgradeStep.CHANGING, version=version, percent=0))

    def copied(self, _status: int, remaining: int, total: int) -> None:
        """Tell how much of a copy is made, as SQLite's backup call says it."""
        percent = 100 * (total - remaining) // max(total, 1)
        if percent != self._now.percent:
            self._tell(replace(self._now, percent=percent))

    def _tell(self, now: Upgrade) -> None:
        self._now = now
        self._told(now)
