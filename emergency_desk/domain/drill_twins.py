"""The twin a drill is played on: a second store with today's registers and stock, without history, that says of itself what it is (R-0.5).

The live store keeps a record of it (`DrillTwin`); the twin itself carries a mark (`TwinMark`) that nobody takes away without `check` finding it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from emergency_desk.domain.ids import Id
from emergency_desk.domain.store_keys import StoreKey


class TwinState(StrEnum):
    """Where a twin stands, as the live store has it."""

    OPEN = "twin_open"
    SEALED = "twin_sealed"
    DESTROYED = "twin_destroyed"


@dataclass(frozen=True, slots=True)
class DrillTwin:
    """The live store's record of a twin. `file` is its name in the folder beside the store; `sealed_*` the entry its journal ended with."""

    id: Id
    drill_id: Id
    file: str
    made_at: datetime
    account_id: Id
    state: TwinState = TwinState.OPEN
    teams: int = 0
    lots: int = 0
    shelters: int = 0
    sealed_number: int | None = None
    sealed_hash: str = ""
    closed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class TwinMark:
    """What a twin says of itself."""

    drill_id: Id
    number: str
    title: str
    live: str  # where the live store lies
    made_at: datetime
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class TwinOrder:
    """Everything that is needed to make a twin, so that another process can do it."""

    live: Path
    target: Path
    mark: TwinMark
    code: str  # the code its numbers bear
    account_id: Id
    first_id: int  # of the entries that are made; so many ids follow as there are lots on shelves
    key: StoreKey | None = None  # stays in this process


@dataclass(frozen=True, slots=True)
class TwinCounts:
    """What a new twin holds, and what was left out because it is out on real business."""

    teams: int
    lots: int
    shelters: int
    teams_out: int = 0
    shelters_open: int = 0


def code_of(desk_code: str, drill_number: str) -> str:
    """Return the code that numbers of a twin begin with: "370212E0003" of drill 370212-2026-E0003, so that no number is taken for a real one."""
    return f"{desk_code}{drill_number.rpartition('-')[2]}"
