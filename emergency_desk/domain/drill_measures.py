"""What the twin of a drill measured by itself: how long orders, receipts, ways, reports and responses took, each with the entry it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.ids import Id


class MeasureKind(StrEnum):
    """What was measured."""

    CALL = "measure_call"  # from the call to the first order
    ORDER = "measure_order"  # from the order to receipt and scene
    REPORT = "measure_report"  # from the start of its clock to its sending
    RESPONSE = "measure_response"  # from the call to the start of a response
    SHELTER = "measure_shelter"  # from the call to the opening, and how many came


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that was measured, in the time of the drill. `entry` is the number by which it is found in the twin, `about_id` its id there."""

    kind: MeasureKind
    about_id: Id
    entry: str
    at: datetime
    subject: str = ""  # the team, the shelter, the level
    tier: Tier | None = None
    took: timedelta | None = None
    receipt: timedelta | None = None
    due: timedelta | None = None
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """A measure in the words it is kept in."""

    about_id: Id
    text: str
    person: str = ""
