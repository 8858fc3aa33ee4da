"""The clocks of reporting: who reports to whom, by what channel, within how many minutes (domain §2.3, R-2.2).

The law mostly says "at once"; minutes that a city or a house sets for itself are marked as internal limits and shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emergency_desk.domain.areas import LADDER, Tier
from emergency_desk.domain.incidents import Grade
from emergency_desk.domain.rules import RuleBasis
from emergency_desk.domain.texts import Text

LAW, QINGDAO, HOUSE_HABIT = "law", "qingdao_2009", "common"
ANY_EVENT = "any"
_ANY = (ANY_EVENT, "any", "any")
_AT_ONCE = (Grade.ESPECIALLY_MAJOR, Grade.MAJOR)


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


@dataclass(frozen=True, slots=True)
class FirstReport:
    """Until when the first report by one channel is due, and the row that says so."""

    due: datetime
    rule: ReportRule


def first_reports(
    clocks: ReportClocks, *, sender: Tier, received_at: datetime, grade: Grade | None, profile: str = QINGDAO,
) -> tuple[FirstReport, ...]:
    """Return until when a tier phones and writes to the tier above, by the rows that bind every event and give minutes.

    Rows of the law and of the desk's profile come first; only where they give no minutes for a tier does the house's habit count.
    Where two rows of one channel differ, the stricter holds (R-0.3). Nothing when the rows do not answer: rows for some kinds of
    event only (production accidents, health, disasters) are not guessed at. What is major is reported at once (ERL24 Art. 62).
    """
    if grade in _AT_ONCE:
        return tuple(FirstReport(received_at, rule) for rule in clocks.rules if rule.is_law and rule.minutes == 0 and (
            rule.applies_to, rule.sender, rule.receiver) == _ANY)[:1]
    upper = _above(sender)
    rows = [rule for rule in clocks.rules if rule.sender == sender and rule.receiver == upper and _binds(rule, grade)]
    own = [rule for rule in rows if rule.profile in (LAW, profile)] or [rule for rule in rows if rule.profile == HOUSE_HABIT]
    strictest: dict[Channel, ReportRule] = {}
    for rule in sorted(own, key=lambda rule: (rule.minutes or 0, rule.id)):
        strictest.setdefault(rule.channel, rule)
    return tuple(FirstReport(received_at + timedelta(minutes=strictest[channel].minutes or 0), strictest[channel])
                 for channel in (Channel.PHONE, Channel.WRITTEN) if channel in strictest)


def _binds(rule: ReportRule, grade: Grade | None) -> bool:
    if not rule.minutes or rule.applies_to != ANY_EVENT or rule.channel is Channel.ANY or rule.clock_start is not ClockStart.RECEIPT:
        return False
    return not rule.grades or grade in rule.grades


def _above(tier: Tier) -> Tier | None:
    place = LADDER.index(tier) + 1 if tier in LADDER else len(LADDER)
    return LADDER[place] if place < len(LADDER) else None
