"""The clocks of reporting: who reports to whom, by what channel, within how many minutes (domain §2.3, R-2.2).

The law mostly says "at once"; minutes that a city or a house sets for itself are marked as internal limits and shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text


class Channel(StrEnum):
    """How a report travels. Phone and written are two records with two clocks (R-2.3)."""

    PHONE = "phone"
    WRITTEN = "written"
    ANY = "any"


class ClockStart(StrEnum):
    """When the clock of a report starts."""

    RECEIPT = "receipt"
    OCCURRENCE = "occurrence"
    CHANGE = "change"  # a figure changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """One row of the deadline table. `minutes` 0 means at once; None means no limit in minutes (a daily report, a window in days)."""

    id: str
    row: str  # D1 … D16
    profile: str  # which set of rules a desk follows; "law" always holds
    says: Text
    applies_to: str
    sender: str
    receiver: str
    channel: Channel
    clock_start: ClockStart
    is_law: bool
    basis: RuleBasis
    grades: tuple[Grade, ...] = ()  # empty: any grade
    minutes: int | None = None
    times_a_day: int | None = None
    within_days: int | None = None
    due_clock: tuple[str, ...] = ()  # fixed clock times of the day, local


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClocks:
    """The deadlines a desk works by."""

    receipt_minutes: int  # no receipt of an order in so many minutes is an alarm
    receipt_basis: RuleBasis
    rules: tuple[ReportRule, ...]

    def rule(self, id_: str) -> ReportRule | None:
        """Return the rule of an id, or None."""
        return next((rule for rule in self.rules if rule.id == id_), None)
