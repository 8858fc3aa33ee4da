"""The clock of a window: real time, and on a drill's twin what the clock of the drill shows. It never goes back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from emergency_desk.app.application import utc_now

if TYPE_CHECKING:
    from emergency_desk.domain.drill_following import Following


class WindowClock:
    """Call it for the moment. `following` is the last look at the real desk, None at a real desk itself."""

    def __init__(self) -> None:
        self.following: Following | None = None
        self._shown: datetime | None = None

    def __call__(self) -> datetime:
        now = utc_now()
        if self.following is None:
            return now
        shown = self.following.clock(now)
        self._shown = shown if self._shown is None else max(self._shown, shown)  # also where this computer's clock was set back
        return self._shown
