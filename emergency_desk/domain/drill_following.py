"""What a drill's twin hears from the real desk: how its drill stands, what its clock shows, which injects went out, which real events came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.boards import IncidentLine
from emergency_desk.domain.drill_life import OVER, clock_of, pace_now
from emergency_desk.domain.drills import Drill, DrillMark, DrillPace, DrillState, DrillStep, Inject


@dataclass(frozen=True, slots=True)
class Following:
    """One look at the real desk. `real`: open incidents that came since the drill began, the newest first; never one of a drill."""

    drill: Drill
    marks: tuple[DrillMark, ...]
    paces: tuple[DrillPace, ...]
    injects: tuple[Inject, ...]  # that went out, the newest first
    real: tuple[IncidentLine, ...]

    def clock(self, now: datetime) -> datetime:
        """Return what the clock of the drill shows."""
        return clock_of(self.drill, self.marks, self.paces, now=now)

    @property
    def pace(self) -> int:
        """Return the pace of the clock in per cent of real time; 0 while it stands."""
        return 0 if self.drill.state is DrillState.PAUSED or self.is_over else pace_now(self.paces)

    @property
    def is_over(self) -> bool:
        """Say whether the drill is over, so that nothing more is entered in its twin."""
        return self.drill.state in OVER

    @property
    def broken_off_for(self) -> str:
        """Return the real event the drill was broken off for, or "" where it was not."""
        stopped = stop_of(self.marks)
        return "" if stopped is None or stopped.about_id is None else stopped.text


def stop_of(marks: Sequence[DrillMark]) -> DrillMark | None:
    """Return the entry by which a drill was broken off, None where it was not."""
    return next((mark for mark in marks if mark.step is DrillStep.STOPPED), None)
