"""An upgrade told in a terminal: one line as it begins, one a step, on stderr. Never loads Qt."""

from __future__ import annotations

import sys
from typing import TextIO

from emergency_desk.domain.upgrades import Upgrade, UpgradeStep
from emergency_desk.wording import upgrade_words


class UpgradeLines:
    """Call it with each thing that is told of an upgrade."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._last: tuple[UpgradeStep, int] | None = None

    def __call__(self, upgrade: Upgrade) -> None:
        """Write a line where a step begins."""
        if self._last is None:
            print(upgrade_words.opening_line(upgrade), file=self._stream)
        if self._last != (upgrade.step, upgrade.version):
            print(upgrade_words.line(upgrade), file=self._stream, flush=True)
        self._last = (upgrade.step, upgrade.version)
