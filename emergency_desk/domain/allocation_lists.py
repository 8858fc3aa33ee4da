"""What is to be sent, as the officers left it: the list of an allocation outlives page and program. Each change of it is appended whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emergency_desk.domain.allocation import FixedLine
from emergency_desk.domain.allocation_board import WantedGoods
from emergency_desk.domain.ids import Id


@dataclass(frozen=True, slots=True)
class AllocationList:
    """What is wanted, what was fixed, how far depots are asked, as it stood from a moment on. Appended; the newest holds."""

    id: Id
    recorded_at: datetime
    account_id: Id
    wanted: tuple[WantedGoods, ...] = ()
    fixed: tuple[FixedLine, ...] = ()
    reach_minutes: int | None = None
